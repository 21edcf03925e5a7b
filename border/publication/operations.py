"""Publishing, withdrawing, redirecting and erasing: the only code that writes the published record.

Everything here is one transaction under one short lock, so that the order of the ledger is the order of commits.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from border.documents.sql import quoted
from border.publication import chain, reference
from border.publication.endpoints import BORDER_LINE, ENDPOINTS, Endpoint, compiled, endpoint_of
from border.publication.models import Review

Records = dict[Endpoint, list[int]]

# Which records a statement publishes, as endpoint/slug: documents name each other by it.
PUBLISHING = "publishing AS MATERIALIZED (SELECT unnest(%(publishing)s::text[]) AS ref)"


class PublicationRefused(Exception):
    """Why nothing was published or withdrawn: one sentence per problem, each with its remedy."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


@dataclass
class Outcome:
    """What a publication did, per endpoint: records added, changed, and left as they were."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    same: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many records are public in a new version."""
        return sum(self.added.values()) + sum(self.changed.values())


@contextmanager
def _reviewing(by: Any, reason: str) -> Iterator[None]:
    if by is None or not getattr(by, "pk", None):
        raise PublicationRefused(["Somebody must answer for it: sign in, or name the reviewer with --by."])
    if not reason.strip():
        raise PublicationRefused(["Give a reason: those who come after will ask for it."])
    with transaction.atomic(), pghistory.context(user=by.pk, why=reason, via="review"):
        yield


def submit(*records: Any, by: Any) -> None:
    """Ask for the review of ``records``. Raises PublicationRefused for one that is not the author's to submit."""
    with _reviewing(by, "Submitted for review"):
        for endpoint, ids in _grouped(records).items():
            endpoint.model.objects.filter(pk__in=ids).exclude(status="in_review").update(status="in_review")


def publish(*records: Any, by: Any, reason: str) -> Outcome:
    """Publish the working copies of ``records``, instances or QuerySets, as they stand, all or none.

    Records that name each other may be published together. Raises PublicationRefused when ``by`` wrote any of
    them, when one shows a record that is not public, or when a source is not public by its sensitivity.
    """
    grouped = _grouped(records)
    outcome = Outcome()
    with _reviewing(by, reason):
        for endpoint, ids in grouped.items():
            _lock(endpoint, ids)
        authors = {endpoint: _authors(endpoint, ids) for endpoint, ids in grouped.items()}
        _refuse_own(grouped, authors, by)
        _refuse_sensitive(grouped)
        together = [
            f"{endpoint.name}/{slug}"
            for endpoint, ids in grouped.items()
            for slug in endpoint.model.objects.filter(pk__in=ids).values_list("slug", flat=True)
        ]
        with chain.block() as block:
            renamed: list[reference.Renaming] = []
            for endpoint, ids in grouped.items():
                renamed += _write(endpoint, ids, together, block, outcome)
            for renaming in renamed:
                renamed += reference.rename(renaming, block)
            _refuse_dangling(block)
            _names(block)
            _record(grouped, authors, by, reason, block)
    return outcome


def withdraw(record: Any, *, by: Any, reason: str) -> None:
    """Take ``record`` back: its version ends, and a tombstone says since when and why. ``reason`` is public.

    Documents that cite a withdrawn source go on without it: the citation shows as withheld. Any other record
    that public documents show is refused: withdraw those first. Raises PublicationRefused.
    """
    endpoint = endpoint_of(record)
    with _reviewing(by, reason):
        _lock(endpoint, [record.pk])
        with chain.block() as block:
            current = _current(endpoint, record.slug)
            if current is None:
                raise PublicationRefused([f"{endpoint.name}/{record.slug} is not public."])
            if endpoint.name == "sources":
                reference.withhold_source(record.slug, block)
            elif showing := reference.showing(endpoint.name, record.slug):
                raise PublicationRefused(
                    [
                        f"{one} shows {endpoint.name}/{record.slug}: withdraw or change it first."
                        for one in showing[:20]
                    ]
                )
            _end(endpoint, record.slug, block)
            block.enter(endpoint.name, record.slug, current, "withdrawn", reason=reason)
            Review.objects.create(
                endpoint=endpoint.name,
                slug=record.slug,
                version=current,
                change="withdrawn",
                authors=[],
                reviewer=by,
                reason=reason,
                at=block.at,
                history=_last_review(endpoint, record.slug),
            )
        endpoint.model.objects.filter(pk=record.pk).update(status="withdrawn")


def redirect(record: Any, *, into: Any, by: Any, reason: str) -> None:
    """End the public record ``record`` and send its readers to ``into``, which must be public. ``reason`` is public.

    Raises PublicationRefused when either is not public or other public documents still show the first.
    """
    endpoint = endpoint_of(record)
    if endpoint_of(into) is not endpoint or into.slug == record.slug:
        raise PublicationRefused(["A record is redirected to another of the same kind."])
    with _reviewing(by, reason):
        _lock(endpoint, [record.pk, into.pk])
        with chain.block() as block:
            current = _current(endpoint, record.slug)
            if current is None or _current(endpoint, into.slug) is None:
                raise PublicationRefused(["Both records must be public: publish them first."])
            if showing := reference.showing(endpoint.name, record.slug):
                raise PublicationRefused(
                    [
                        f"{one} still shows {endpoint.name}/{record.slug}: change it first."
                        for one in showing[:20]
                    ]
                )
            _end(endpoint, record.slug, block)
            block.enter(endpoint.name, record.slug, current, "merged", into=into.slug, reason=reason)
            Review.objects.create(
                endpoint=endpoint.name,
                slug=record.slug,
                version=current,
                change="merged",
                authors=[],
                reviewer=by,
                reason=reason,
                at=block.at,
                history=_last_review(endpoint, record.slug),
            )
        endpoint.model.objects.filter(pk=record.pk).update(status="withdrawn")


def erase(endpoint_name: str, slug: str, *, by: Any, reason: str) -> int:
    """Remove the text of all past versions of a withdrawn record, for good; returns how many. ``reason`` is public.

    Past versions of other records that show it lose theirs too; their current versions do not show it.

    The digests stay, so that the chain still verifies. Raises PublicationRefused while the record is public.
    """
    endpoint = ENDPOINTS[endpoint_name]
    with _reviewing(by, reason), chain.block() as block:
        if _current(endpoint, slug) is not None:
            raise PublicationRefused([f"{endpoint_name}/{slug} is public: withdraw it first, then erase it."])
        with connection.cursor() as cursor:
            blank = [
                f"{name} = {empty}"
                for name, empty in (("document", "NULL"), ("shown", "''"), ("words", "''"))
            ]
            cursor.execute(
                f"UPDATE {endpoint.table} SET {', '.join(blank)} WHERE slug = %s AND document IS NOT NULL RETURNING version",
                [slug],
            )
            versions = [version for (version,) in cursor.fetchall()]
            if not versions:
                raise PublicationRefused([f"{endpoint_name}/{slug} has no text to erase."])
            cursor.execute(
                "DELETE FROM published_name WHERE endpoint = %s AND slug = %s", [endpoint_name, slug]
            )
        block.enter(endpoint_name, slug, max(versions), "erased", reason=reason)
        others = _erase_mentions(f"{endpoint_name}/{slug}", reason, block)
    return len(versions) + others


def _erase_mentions(ref: str, reason: str, block: chain.OpenBlock) -> int:
    """Remove the text of past versions of other records that show ``ref``; returns how many."""
    found = 0
    with connection.cursor() as cursor:
        for endpoint in ENDPOINTS.values():
            cursor.execute(
                f"UPDATE {endpoint.table} SET document = NULL, words = '' "
                "WHERE refs @> ARRAY[%s] AND NOT upper_inf(known) AND document IS NOT NULL RETURNING slug, version",
                [ref],
            )
            rows = sorted(cursor.fetchall())
            found += len(rows)
            for slug, version in dict(rows).items():
                block.enter(endpoint.name, slug, version, "erased", reason=reason)
    return found


def state(record: Any) -> tuple[str, int | None]:
    """How the public sees ``record``: never, current, changed or withdrawn; and the public version, if any.

    "changed" means that the working copy differs from what readers see and awaits review.
    """
    endpoint = endpoint_of(record)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {PUBLISHING} SELECT k.version, k.document::text = {endpoint.document.compiled('r')}::text "
            f"FROM {quoted(endpoint.model)} r JOIN {endpoint.table} k ON k.slug = r.slug AND upper_inf(k.known) "
            "WHERE r.id = %(id)s",
            {"id": record.pk, "publishing": [f"{endpoint.name}/{record.slug}"]},
        )
        if found := cursor.fetchone():
            return ("current" if found[1] else "changed"), found[0]
        cursor.execute(f"SELECT max(version) FROM {endpoint.table} WHERE slug = %s", [record.slug])
        version = cursor.fetchone()[0]
    return ("withdrawn" if version else "never"), version


def _grouped(records: Iterable[Any]) -> Records:
    """The ids to publish, per endpoint in the order in which records rest on each other."""
    found: dict[Endpoint, list[int]] = defaultdict(list)
    for record in records:
        several = isinstance(record, QuerySet)
        try:
            endpoint = endpoint_of(record.model if several else record)
        except KeyError:
            raise PublicationRefused(
                [f"{type(record).__name__} is published with the record it belongs to, not by itself."]
            ) from None
        found[endpoint] += record.values_list("pk", flat=True) if several else [record.pk]
    return {endpoint: sorted(set(found[endpoint])) for endpoint in ENDPOINTS.values() if endpoint in found}


def _lock(endpoint: Endpoint, ids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {quoted(endpoint.model)} WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [ids]
        )


def _current(endpoint: Endpoint, slug: str) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT version FROM {endpoint.table} WHERE slug = %s AND upper_inf(known)", [slug])
        found = cursor.fetchone()
    return found[0] if found else None


def _end(endpoint: Endpoint, slug: str, block: chain.OpenBlock) -> None:
    with connection.cursor() as cursor:
        for table in (endpoint.table, "published_name"):
            same = "AND endpoint = %s" if table == "published_name" else ""
            cursor.execute(
                f"UPDATE {table} SET known = tstzrange(lower(known), %s) WHERE slug = %s AND upper_inf(known) {same}",
                [block.at, slug, *([endpoint.name] if same else [])],
            )


def _history_tables(endpoint: Endpoint) -> list[tuple[str, str]]:
    """Each history table in which a change of the record shows, and its column of the record's id."""
    model = endpoint.model
    tables = [(quoted(model.pgh_event_model), "pgh_obj_id")]
    for relation in model._meta.related_objects:
        child = relation.related_model
        if getattr(relation.on_delete, "__name__", "") == "CASCADE" and hasattr(child, "pgh_event_models"):
            tables.append((quoted(child.pgh_event_model), relation.field.column))
    return tables


def _authors(endpoint: Endpoint, ids: list[int]) -> dict[int, list[int]]:
    """Who changed each record, or what belongs to it, since it was last reviewed."""
    changes = " UNION ALL ".join(
        f'SELECT h."{owner}" AS id, h.pgh_id, h.pgh_context_id FROM {table} h WHERE h."{owner}" = ANY(%(ids)s)'
        for table, owner in _history_tables(endpoint)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH changes AS ({changes}),
            reviewed AS (
                SELECT r.id, (
                    SELECT v.history FROM publication_review v
                    WHERE v.endpoint = %(endpoint)s AND v.slug = r.slug ORDER BY v.history DESC LIMIT 1
                ) AS history
                FROM {quoted(endpoint.model)} r WHERE r.id = ANY(%(ids)s)
            )
            SELECT changes.id, array_agg(DISTINCT (x.metadata->>'user')::int)
            FROM changes JOIN reviewed USING (id) JOIN pghistory_context x ON x.id = changes.pgh_context_id
            WHERE changes.pgh_id > coalesce(reviewed.history, 0) AND x.metadata->>'user' IS NOT NULL
            GROUP BY changes.id
            """,
            {"ids": ids, "endpoint": endpoint.name},
        )
        return dict(cursor.fetchall())


def _refuse_own(grouped: Records, authors: dict[Endpoint, dict[int, list[int]]], by: Any) -> None:
    problems = []
    for endpoint in grouped:
        own = [pk for pk, people in authors[endpoint].items() if by.pk in people]
        slugs = endpoint.model.objects.filter(pk__in=own[:20]).order_by("slug").values_list("slug", flat=True)
        problems += [
            f"{endpoint.name}/{slug} has changes of yours: somebody else must review it." for slug in slugs
        ]
    if problems:
        raise PublicationRefused(problems)


def _refuse_sensitive(grouped: Records) -> None:
    ids = grouped.get(ENDPOINTS["sources"], [])
    hidden = ENDPOINTS["sources"].model.objects.filter(pk__in=ids).exclude(sensitivity="public")
    if problems := [
        f"sources/{source.slug} is {source.sensitivity}: only public sources are published."
        for source in hidden
    ]:
        raise PublicationRefused(problems)


def _write(
    endpoint: Endpoint, ids: list[int], together: list[str], block: chain.OpenBlock, outcome: Outcome
) -> list[reference.Renaming]:
    """Write new versions of the records that changed, in one statement; say whose shown name changed."""
    columns = compiled(endpoint)
    made = ", ".join(f'{sql} AS "{name}"' for name, sql in columns.items())
    names = ", ".join(f'"{name}"' for name in columns)
    compared = [name for name in columns if name != "document"]
    differs = " OR ".join(
        ["old.document::text IS DISTINCT FROM made.document::text"]
        + [f'old."{name}"::text IS DISTINCT FROM made."{name}"::text' for name in compared]
    )
    border = f"{BORDER_LINE}," if "border_m" in columns else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH {PUBLISHING}, {border} made AS (
                SELECT r.slug, {made} FROM {quoted(endpoint.model)} r WHERE r.id = ANY(%(ids)s)
            ), changed AS MATERIALIZED (
                SELECT made.*, old.slug IS NOT NULL AS known_before, old.shown AS shown_before,
                    coalesce((SELECT max(p.version) FROM {endpoint.table} p WHERE p.slug = made.slug), 0) + 1 AS version
                FROM made LEFT JOIN {endpoint.table} old ON old.slug = made.slug AND upper_inf(old.known)
                WHERE old.slug IS NULL OR {differs}
            ), ended AS (
                UPDATE {endpoint.table} p SET known = tstzrange(lower(p.known), %(at)s)
                FROM changed WHERE p.slug = changed.slug AND upper_inf(p.known) RETURNING p.slug
            ), entered AS (
                INSERT INTO published_entry (block, endpoint, slug, version, change, at, digest)
                SELECT %(block)s, %(endpoint)s, slug, version, CASE WHEN known_before THEN 'changed' ELSE 'added' END, %(at)s,
                    {chain.digest_sql("%(endpoint)s", "slug", "version", "CASE WHEN known_before THEN 'changed' ELSE 'added' END", "''", "document::text")}
                FROM changed ORDER BY slug COLLATE "C" RETURNING sequence, slug
            ), waited AS (SELECT count(*) FROM ended)
            INSERT INTO {endpoint.table} (sequence, slug, version, known, {names})
            SELECT entered.sequence, changed.slug, changed.version, tstzrange(%(at)s, NULL), {names}
            FROM changed JOIN entered USING (slug), waited
            RETURNING slug, version, (SELECT c.known_before FROM changed c WHERE c.slug = {endpoint.table}.slug),
                (SELECT c.shown_before FROM changed c WHERE c.slug = {endpoint.table}.slug), shown
            """,
            {
                "ids": ids,
                "at": block.at,
                "block": block.number,
                "endpoint": endpoint.name,
                "publishing": together,
            },
        )
        rows = cursor.fetchall()
    block.wrote(endpoint.name, [slug for slug, *_ in rows])
    changed = sum(1 for row in rows if row[2])
    outcome.added[endpoint.name] = len(rows) - changed
    outcome.changed[endpoint.name] = changed
    outcome.same[endpoint.name] = len(ids) - len(rows)
    return [
        reference.Renaming(endpoint.name, slug, before, now)
        for slug, _, _, before, now in rows
        if before is not None and before != now
    ]


def _refuse_dangling(block: chain.OpenBlock) -> None:
    """Every record that a new document shows must be public."""
    problems = []
    with connection.cursor() as cursor:
        for name, slugs in block.written.items():
            cursor.execute(
                f"SELECT DISTINCT p.slug, u.ref FROM {ENDPOINTS[name].table} p CROSS JOIN LATERAL unnest(p.refs) u(ref) "
                "WHERE p.slug = ANY(%s) AND upper_inf(p.known) ORDER BY 1, 2",
                [list(slugs)],
            )
            problems += [(name, slug, *ref.split("/", 1)) for slug, ref in cursor.fetchall()]
        wanted: dict[str, set[str]] = defaultdict(set)
        for _, _, to, slug in problems:
            wanted[to].add(slug)
        for to, slugs in wanted.items():
            cursor.execute(
                f"SELECT slug FROM {ENDPOINTS[to].table} WHERE slug = ANY(%s) AND upper_inf(known)",
                [list(slugs)],
            )
            slugs -= {slug for (slug,) in cursor.fetchall()}
    missing = [
        f"{name}/{slug} shows {to}/{target}, which is not public: publish that first, or together with it."
        for name, slug, to, target in problems
        if target in wanted[to]
    ]
    if missing:
        raise PublicationRefused(missing[:50])


def _names(block: chain.OpenBlock) -> None:
    for name, slugs in block.written.items():
        reference.index_names(ENDPOINTS[name], sorted(slugs), block.at)


def _record(
    grouped: Records,
    authors: dict[Endpoint, dict[int, list[int]]],
    by: Any,
    reason: str,
    block: chain.OpenBlock,
) -> None:
    """Note who reviewed what, and mark the working copies; the database refuses a reviewer who is an author."""
    for endpoint, ids in grouped.items():
        endpoint.model.objects.filter(pk__in=ids).exclude(status="published").update(status="published")
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('border_history')")
        history = cursor.fetchone()[0]
    rows = []
    for endpoint, ids in grouped.items():
        versions = _versions(endpoint, ids)
        rows += [
            Review(
                endpoint=endpoint.name,
                slug=slug,
                version=version,
                change="changed" if version > 1 else "added",
                authors=authors[endpoint].get(pk, []),
                reviewer=by,
                reason=reason[:500],
                at=block.at,
                history=history,
            )
            for pk, slug, version in versions
            if slug in block.written[endpoint.name]
        ]
    try:
        Review.objects.bulk_create(rows, batch_size=5000)
    except IntegrityError as error:
        raise PublicationRefused([f"The review was refused by the database: {error}"]) from error


def _versions(endpoint: Endpoint, ids: list[int]) -> list[tuple[int, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id, r.slug, p.version FROM {quoted(endpoint.model)} r "
            f"JOIN {endpoint.table} p ON p.slug = r.slug AND upper_inf(p.known) WHERE r.id = ANY(%s)",
            [ids],
        )
        return cursor.fetchall()


def _last_review(endpoint: Endpoint, slug: str) -> int:
    last = Review.objects.filter(endpoint=endpoint.name, slug=slug).order_by("-history").first()
    return last.history if last else 0
