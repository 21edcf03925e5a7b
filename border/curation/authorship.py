"""Who changed which field of a record last, when and why: what a reviewer asks of every difference."""

import datetime as dt
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Q
from pghistory.models import Context

from border.curation.fields import Judged, judged
from border.documents.sql import quoted
from border.publication.endpoints import Endpoint, endpoint_of
from border.publication.review import owned


@dataclass(frozen=True)
class Word:
    """The last word on one field: its number in the history, and who wrote it, when and why."""

    sequence: int
    at: dt.datetime
    who: str
    why: str


def last_words(record: Any) -> dict[str, Word]:
    """The last change of each field of ``record``, by the field's name on the form. Costs a query for each table."""
    model, fields = type(record), judged(endpoint_of(record))
    versions = list(model.pgh_event_model.objects.filter(pgh_obj_id=record.pk).order_by("pgh_id"))
    latest: dict[str, Any] = {}
    for before, version in zip([None, *versions], versions, strict=False):
        latest |= {
            field.name: version for field in fields if field.columns and _differs(field, before, version)
        }
    for field in fields:
        if field.rows is not None:
            theirs = reduce(or_, (Q(**{owner: record.pk}) for owner in field.owners))
            rows = field.rows.pgh_event_model.objects.filter(theirs)
            if version := rows.order_by("-pgh_id").first():
                latest[field.name] = version
    return _words(latest)


def _differs(field: Judged, before: Any, version: Any) -> bool:
    return before is None or any(getattr(before, name) != getattr(version, name) for name in field.columns)


def _words(latest: dict[str, Any]) -> dict[str, Word]:
    contexts = Context.objects.in_bulk({version.pgh_context_id for version in latest.values()} - {None})
    told = {key: context.metadata for key, context in contexts.items()}
    keys = {metadata.get("user") for metadata in told.values()} - {None}
    people = get_user_model()._default_manager.in_bulk(keys)
    found = {}
    for name, version in latest.items():
        metadata = told.get(version.pgh_context_id, {})
        person = people.get(metadata.get("user"))
        found[name] = Word(
            sequence=version.pgh_id,
            at=version.pgh_created_at,
            who=person.get_username() if person else f"database role {version.by_role}",
            why=str(metadata.get("why", "")),
        )
    return found


def changed_last(endpoint: Endpoint, ids: list[int]) -> dict[int, int]:
    """The number of the last change of each record, or of what belongs to it, since its last review, by record id.

    Steps of the review are no changes. Records that did not change are left out.
    """
    histories = [
        (quoted(endpoint.model.pgh_event_model), "pgh_obj_id"),
        *((quoted(child.pgh_event_model), owner) for child, owner in owned(endpoint.model)),
    ]
    changes = " UNION ALL ".join(
        f'SELECT h."{owner}" AS id, h.pgh_id, h.pgh_context_id FROM {table} h WHERE h."{owner}" = ANY(%(ids)s)'
        for table, owner in histories
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH changes AS ({changes}), reviewed AS (
                SELECT v.slug, max(v.history) AS history FROM publication_review v
                WHERE v.endpoint = %(endpoint)s GROUP BY v.slug
            )
            SELECT r.id, max(c.pgh_id)
            FROM changes c JOIN {quoted(endpoint.model)} r USING (id)
            LEFT JOIN reviewed ON reviewed.slug = r.slug
            LEFT JOIN pghistory_context x ON x.id = c.pgh_context_id
            WHERE c.pgh_id > coalesce(reviewed.history, 0) AND x.metadata->>'via' IS DISTINCT FROM 'review'
            GROUP BY r.id
            """,
            {"ids": ids, "endpoint": endpoint.name},
        )
        return dict(cursor.fetchall())
