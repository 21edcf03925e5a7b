"""Who wrote a record, who may therefore not publish it, and what else stands in the way."""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import nullcontext
from typing import Any

from django.db import IntegrityError, connection
from django.utils.module_loading import autodiscover_modules

from border.documents.planning import MANY, among, array, known_again, whole_tables
from border.documents.sql import quoted
from border.publication.bulk import copy_in
from border.publication.chain import OpenBlock
from border.publication.endpoints import ENDPOINTS, Endpoint
from border.publication.models import Review
from border.publication.refusal import PublicationRefused

Records = dict[Endpoint, list[int]]
Authors = dict[Endpoint, dict[int, list[int]]]
Obstacle = Callable[[Records], Iterable[str]]

_REGISTERED: list[Obstacle] = []


def obstacle(ask: Obstacle) -> Obstacle:
    """A decorator that registers a further question: what stands in the way of publishing these records?

    For apps above this one, in a module ``obstacles`` of theirs.
    """
    _REGISTERED.append(ask)
    return ask


def owned(model: Any) -> list[tuple[Any, str]]:
    """The models whose rows belong to a record of ``model``, each with its column of the record's id."""
    return [
        (relation.related_model, relation.field.column)
        for relation in model._meta.related_objects
        if getattr(relation.on_delete, "__name__", "") == "CASCADE"
        and hasattr(relation.related_model, "pgh_event_models")
    ]


def lock(grouped: Records) -> None:
    """Hold the records, and all that belongs to them, as they are until the end of the transaction.

    Without it an edit under way could commit after its author was looked for and before the text is read.
    """
    listed = {endpoint: array(ids) for endpoint, ids in grouped.items()}
    with connection.cursor() as cursor:
        for endpoint, ids in listed.items():
            cursor.execute(
                f"SELECT id FROM {quoted(endpoint.model)} WHERE id = ANY(%s::bigint[]) ORDER BY id FOR UPDATE",
                [ids],
            )
        for endpoint, ids in listed.items():
            for child, owner in owned(endpoint.model):
                cursor.execute(
                    f'SELECT id FROM {quoted(child)} WHERE "{owner}" = ANY(%s::bigint[]) ORDER BY id FOR SHARE',
                    [ids],
                )


def count(grouped: Records) -> None:
    """Refresh the planner's statistics of the tables that a large publication reads.

    Right after an import PostgreSQL knows nothing of the new rows yet: it went through every source for every
    event, two hundred times as slow.
    """
    if sum(map(len, grouped.values())) < MANY:
        return
    models = {endpoint.model for endpoint in ENDPOINTS.values()}
    models |= {child for endpoint in grouped for child, _ in owned(endpoint.model)}
    with connection.cursor() as cursor:
        known_again(cursor, models)


def authors_of(endpoint: Endpoint, ids: list[int]) -> dict[int, list[int]]:
    """Who changed each record, or what belongs to it, since it was last reviewed; user ids by record id.

    The steps of the review itself only move a record's status: whoever takes them writes nothing. A merge brings
    along the work of others, whom its context names beside the record that goes on.
    """
    histories = [
        (quoted(endpoint.model.pgh_event_model), "pgh_obj_id"),
        *((quoted(child.pgh_event_model), owner) for child, owner in owned(endpoint.model)),
    ]
    changes = " UNION ALL ".join(
        f'SELECT h."{owner}" AS id, h.pgh_id, h.pgh_context_id FROM {table} h WHERE h."{owner}" = ANY(%(ids)s::bigint[])'
        for table, owner in histories
    )
    with connection.cursor() as cursor, whole_tables(cursor) if len(ids) >= MANY else nullcontext():
        cursor.execute(
            f"""
            WITH changes AS (
                SELECT id, pgh_context_id, max(pgh_id) AS pgh_id FROM ({changes}) AS each GROUP BY 1, 2
            ), reviewed AS (
                SELECT r.id, r.slug, (
                    SELECT v.history FROM publication_review v
                    WHERE v.endpoint = %(endpoint)s AND v.slug = r.slug ORDER BY v.history DESC LIMIT 1
                ) AS history
                FROM {quoted(endpoint.model)} r WHERE r.id = ANY(%(ids)s::bigint[])
            )
            SELECT changes.id, array_agg(DISTINCT who.id)
            FROM changes JOIN reviewed USING (id) JOIN pghistory_context x ON x.id = changes.pgh_context_id
            CROSS JOIN LATERAL (
                SELECT (x.metadata->>'user')::int UNION SELECT brought::int
                FROM jsonb_array_elements_text(x.metadata->'authors'->(%(endpoint)s || '/' || reviewed.slug)) brought
            ) who(id)
            WHERE changes.pgh_id > coalesce(reviewed.history, 0) AND who.id IS NOT NULL
                AND x.metadata->>'via' IS DISTINCT FROM 'review'
            GROUP BY changes.id
            """,
            {"ids": array(ids), "endpoint": endpoint.name},
        )
        return dict(cursor.fetchall())


def obstacles(grouped: Records, authors: Authors, by: Any, parted: Collection[str] = ()) -> list[str]:
    """What stands in the way of publishing these records, before any document is made: a sentence each.

    ``parted`` are records, as ``endpoint/slug``, whose merge was taken back.
    """
    autodiscover_modules("obstacles")
    further = (sentence for ask in _REGISTERED for sentence in ask(grouped))
    return [*_own(grouped, authors, by), *_sensitive(grouped), *_merged(grouped, parted), *further]


def _own(grouped: Records, authors: Authors, by: Any) -> Iterable[str]:
    for endpoint in grouped:
        own = [pk for pk, people in authors[endpoint].items() if by.pk in people]
        slugs = endpoint.model._base_manager.filter(pk__in=own).order_by("slug")[:20]
        for slug in slugs.values_list("slug", flat=True):
            yield f"{endpoint.name}/{slug} has changes of yours: somebody else must review it."


def _sensitive(grouped: Records) -> Iterable[str]:
    sources = ENDPOINTS["sources"]
    hidden = sources.model._base_manager.filter(pk__in=grouped.get(sources, [])).exclude(sensitivity="public")
    for source in hidden.order_by("slug"):
        yield f"sources/{source.slug} is {source.sensitivity}: only public sources are published."


def _merged(grouped: Records, parted: Collection[str]) -> Iterable[str]:
    with connection.cursor() as cursor:
        for endpoint, ids in grouped.items():
            cursor.execute(
                f'SELECT DISTINCT ON (e.slug) e.slug, e."into", e.change FROM published_entry e '
                f"JOIN {quoted(endpoint.model)} r USING (slug) WHERE e.endpoint = %s AND r.id = ANY(%s::bigint[]) "
                "AND e.change <> 'erased' ORDER BY e.slug, e.sequence DESC",
                [endpoint.name, array(ids)],
            )
            for slug, into, change in cursor.fetchall():
                if change == "merged" and f"{endpoint.name}/{slug}" not in parted:
                    yield (
                        f"{endpoint.name}/{slug} goes on as {endpoint.name}/{into}: publish that one instead, "
                        "or take the merge back and publish that."
                    )


def record(grouped: Records, authors: Authors, by: Any, reason: str, block: OpenBlock) -> None:
    """Note who reviewed what, and mark the working copies; the database refuses a reviewer who is an author."""
    for endpoint, ids in grouped.items():
        records = endpoint.model._base_manager.filter(pk__in=among(ids))
        records.exclude(status="published").update(status="published")
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('border_history')")
        history = cursor.fetchone()[0]
        rows = []
        for endpoint, ids in grouped.items():
            cursor.execute(
                f"SELECT r.id, r.slug, p.version FROM {quoted(endpoint.model)} r "
                f"JOIN {endpoint.table} p ON p.slug = r.slug AND upper_inf(p.known) WHERE r.id = ANY(%s::bigint[])",
                [array(ids)],
            )
            rows += [
                (
                    endpoint.name,
                    slug,
                    version,
                    "changed" if version > 1 else "added",
                    authors[endpoint].get(pk, []),
                    by.pk,
                    reason,
                    block.at,
                    history,
                )
                for pk, slug, version in cursor.fetchall()
                if slug in block.written.get(endpoint.name, ())
            ]
    columns = ("endpoint", "slug", "version", "change", "authors", "reviewer_id", "reason", "at", "history")
    try:
        copy_in("publication_review", columns, rows)
    except IntegrityError as error:
        raise PublicationRefused([f"The review was refused by the database: {error}"]) from error


def record_end(
    endpoint: Endpoint,
    slug: str,
    version: int,
    change: str,
    *,
    by: Any,
    reason: str,
    block: OpenBlock,
    authors: Sequence[int] = (),
) -> None:
    """Note who took a record back, and on whose decision; the database refuses a reviewer who is one of them.

    Its authors since the last review stay so: the text was not judged.
    """
    last = Review.objects.filter(endpoint=endpoint.name, slug=slug).order_by("-history").first()
    Review.objects.create(
        endpoint=endpoint.name,
        slug=slug,
        version=version,
        change=change,
        authors=list(authors),
        reviewer=by,
        reason=reason,
        at=block.at,
        history=last.history if last else 0,
    )
