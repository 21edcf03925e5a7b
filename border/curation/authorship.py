"""Who changed which field of a record last, when and why: what a reviewer asks of every difference."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from pghistory.models import Context

from border.curation.fields import Judged, judged
from border.publication.endpoints import endpoint_of


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
            rows = field.rows.pgh_event_model.objects.filter(**{field.owner: record.pk})
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
