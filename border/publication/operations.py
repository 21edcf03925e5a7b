"""Publishing, withdrawing, redirecting and erasing: the only code that writes the published record.

Everything here is one transaction under one short lock, so that the order of the ledger is the order of commits.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pghistory
from django.db import connection, transaction
from django.db.models import QuerySet

from border.documents.planning import among
from border.documents.sql import quoted
from border.kernel import garbage
from border.kernel.writing import refuse
from border.publication import chain, reference, remaking, review, versions
from border.publication.endpoints import ENDPOINTS, Endpoint, endpoint_of
from border.publication.refusal import Outcome, PublicationRefused

__all__ = [
    "Outcome",
    "PublicationRefused",
    "differing",
    "erase",
    "grouped_by_endpoint",
    "obstacles",
    "part",
    "publish",
    "redirect",
    "reviewing",
    "state",
    "submit",
    "withdraw",
    "wrote",
]


@contextmanager
def reviewing(by: Any, reason: str) -> Iterator[None]:
    """A transaction whose changes are steps of a review, by somebody and for a reason. Raises PublicationRefused."""
    if by is None or not getattr(by, "pk", None):
        raise PublicationRefused(["Somebody must answer for it: sign in, or name the reviewer with --by."])
    if not reason.strip():
        raise PublicationRefused(["Give a reason: those who come after will ask for it."])
    if len(reason) > 500:
        raise PublicationRefused([f"The reason has {len(reason)} characters: shorten it to 500."])
    if fault := refuse(reason, multiline=True):
        raise PublicationRefused([f"The reason cannot be kept as it is. {fault}"])
    with transaction.atomic(), pghistory.context(user=by.pk, why=reason, via="review"):
        yield


def submit(*records: Any, by: Any) -> None:
    """Ask for the review of ``records``. Raises PublicationRefused for what is not published by itself."""
    with reviewing(by, "Submitted for review"):
        for endpoint, ids in grouped_by_endpoint(records).items():
            drafts = endpoint.model.objects.filter(pk__in=among(ids)).exclude(status="in_review")
            drafts.update(status="in_review")


def obstacles(*records: Any, by: Any) -> list[str]:
    """What is known beforehand to keep ``by`` from publishing ``records``; making the documents may find more."""
    grouped = grouped_by_endpoint(records)
    return review.obstacles(grouped, _authors(grouped), by)


def wrote(record: Any, person: Any) -> bool:
    """Whether ``person`` changed ``record``, or what belongs to it, since its last review."""
    return person.pk in review.authors_of(endpoint_of(record), [record.pk]).get(record.pk, [])


@garbage.looked_for_seldom()
def publish(*records: Any, by: Any, reason: str) -> Outcome:
    """Publish the working copies of ``records``, instances or QuerySets, as they stand, all or none.

    Records that name each other may be published together. Documents that show a record whose name changes are
    made again, and so are those that quote a source whose content may no longer be passed on. Raises
    PublicationRefused when ``by`` wrote any of the records, when one shows a record that is not public, when a
    source is not public by its sensitivity, and when a slug was redirected to another.
    """
    grouped = grouped_by_endpoint(records)
    outcome = Outcome()
    with reviewing(by, reason):
        review.lock(grouped)
        review.count(grouped)
        authors = _authors(grouped)
        if problems := review.obstacles(grouped, authors, by):
            raise PublicationRefused(problems)
        with chain.block() as block:
            renamed: list[versions.Renaming] = []
            for endpoint in ENDPOINTS.values():
                if endpoint in grouped:
                    renamed += versions.write(endpoint, grouped[endpoint], block, outcome)
                if endpoint.name == "crossings":
                    renamed += remaking.follow(
                        remaking.Remaking({one.ref: one.now for one in renamed}), block
                    )
            names = {one.ref: one.now for one in renamed}
            remaking.remake(remaking.Remaking(names, kept_back=_kept_back(block)), block)
            if missing := reference.dangling(block):
                raise PublicationRefused(missing[:50])
            _index_names(block)
            review.record(grouped, authors, by, reason, block)
    return outcome


def withdraw(record: Any, *, by: Any, reason: str) -> None:
    """Take ``record`` back: its version ends, and a tombstone says since when and why. ``reason`` is public.

    Documents that cite a withdrawn source go on without it: the citation shows as withheld. Events that were matched
    with a withdrawn one go on without the match. Any other record that public documents show is refused: withdraw those first. Raises PublicationRefused.
    """
    endpoint = endpoint_of(record)
    with reviewing(by, reason):
        review.lock({endpoint: [record.pk]})
        with chain.block() as block:
            version = versions.current(endpoint, record.slug)
            if version is None:
                raise PublicationRefused([f"{endpoint.name}/{record.slug} is not public."])
            if endpoint.name == "sources":
                remaking.remake(remaking.Remaking(gone={record.slug}), block)
                _index_names(block)
            if endpoint.name == "events":
                remaking.remake(remaking.Remaking(parted={record.slug}), block, only=[endpoint])
            _refuse_shown(endpoint, record.slug, "withdraw or change it first")
            _take_back(endpoint, record, version, "withdrawn", by=by, reason=reason, block=block)


def redirect(
    record: Any, *, into: Any, by: Any, reason: str, judged: str = "", decided_by: Iterable[int] = ()
) -> None:
    """End the public record ``record`` and send its readers to ``into``, which is published as it stands.

    Documents that show the first are made again, from their own reviewed text, to show the other. ``reason`` is
    public, what the reviewer ``judged`` is not. Raises PublicationRefused when the first is not public, when ``by``
    wrote any of the other or is among those who ``decided`` that the two are one, and for what keeps a record from
    being published.
    """
    endpoint = endpoint_of(record)
    if endpoint_of(into) is not endpoint or into.slug == record.slug:
        raise PublicationRefused(["A record is redirected to another of the same kind."])
    people = sorted(set(decided_by))
    if by is not None and by.pk in people:
        raise PublicationRefused(["You decided that the two are one: somebody else must review it."])
    grouped = {endpoint: [into.pk]}
    with reviewing(by, judged or reason):
        review.lock({endpoint: [record.pk, into.pk]})
        authors = _authors(grouped)
        if problems := review.obstacles(grouped, authors, by):
            raise PublicationRefused(problems)
        with chain.block() as block:
            version = versions.current(endpoint, record.slug)
            if version is None:
                raise PublicationRefused(
                    [
                        f"{endpoint.name}/{record.slug} is not public: publish {endpoint.name}/{into.slug} by itself."
                    ]
                )
            renamed = versions.write(endpoint, [into.pk], block, Outcome())
            _lead_on(endpoint, record.slug, into.slug, renamed, block)
            if missing := reference.dangling(block):
                raise PublicationRefused(missing[:50])
            _index_names(block)
            review.record(grouped, authors, by, judged or reason, block)
            _refuse_shown(endpoint, record.slug, "change it first")
            _take_back(
                endpoint, record, version, "merged",
                into=into.slug, by=by, reason=reason, block=block, judged=judged, authors=people,
            )  # fmt: skip


def part(record: Any, *, of: Any, by: Any, reason: str) -> None:
    """Publish ``record`` again, whose readers were sent to ``of``, and ``of`` without it.

    Documents that were made again when they became one are put back to the text that was reviewed before, unless
    they were published anew since. Raises PublicationRefused, also when ``record`` leads nowhere.
    """
    endpoint = endpoint_of(record)
    grouped = {endpoint: sorted([record.pk, of.pk])}
    with reviewing(by, reason):
        review.lock(grouped)
        authors = _authors(grouped)
        if problems := review.obstacles(grouped, authors, by, parted={f"{endpoint.name}/{record.slug}"}):
            raise PublicationRefused(problems)
        with chain.block() as block:
            merged = chain.merging(endpoint.name, record.slug)
            if merged is None:
                raise PublicationRefused([f"{endpoint.name}/{record.slug} does not go on as another."])
            versions.write(endpoint, grouped[endpoint], block, Outcome())
            names = {
                f"{endpoint.name}/{one.slug}": versions.shown(endpoint, one.slug) for one in (record, of)
            }
            change = remaking.Remaking(names, kept_back=_kept_back(block, record.slug, of.slug))
            remaking.put_back(merged, change, block)
            if endpoint.name == "territories":
                change.names |= {one.ref: one.now for one in remaking.follow(change, block)}
            remaking.remake(change, block)
            if missing := reference.dangling(block):
                raise PublicationRefused(missing[:50])
            _index_names(block)
            review.record(grouped, authors, by, reason, block)


def _lead_on(
    endpoint: Endpoint, slug: str, into: str, renamed: list[versions.Renaming], block: chain.OpenBlock
) -> None:
    """Make the documents again that show ``slug``, so that they show ``into``; and those that show its new name."""
    old, new = f"{endpoint.name}/{slug}", f"{endpoint.name}/{into}"
    names = {one.ref: one.now for one in renamed} | {new: versions.shown(endpoint, into)}
    change = remaking.Remaking(names, merged={old: new}, kept_back=_kept_back(block, into))
    if endpoint.name == "territories":
        change.names |= {one.ref: one.now for one in remaking.follow(change, block)}
    remaking.remake(change, block)


def erase(endpoint_name: str, slug: str, *, by: Any, reason: str) -> int:
    """Remove what all past versions of a withdrawn record say, for good; returns how many. ``reason`` is public.

    Text, names, dates, places and every other column by which they were found are emptied. Past versions of
    other records that show it lose theirs too; their current versions do not show it. The digests stay, so that
    the chain still verifies. Raises PublicationRefused while the record is public.
    """
    endpoint = ENDPOINTS[endpoint_name]
    with reviewing(by, reason), chain.block() as block:
        if versions.current(endpoint, slug) is not None:
            raise PublicationRefused([f"{endpoint_name}/{slug} is public: withdraw it first, then erase it."])
        erased = versions.blank(endpoint, "slug = %s", [slug])
        if not erased:
            raise PublicationRefused([f"{endpoint_name}/{slug} has no text to erase."])
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM published_name WHERE endpoint = %s AND slug = %s", [endpoint_name, slug]
            )
        block.enter(endpoint_name, slug, erased[-1][1], "erased", reason=reason)
        for other in ENDPOINTS.values():
            mentions = versions.blank(other, "refs @> ARRAY[%s]", [f"{endpoint_name}/{slug}"])
            for one, version in dict(mentions).items():
                block.enter(other.name, one, version, "erased", reason=reason)
            erased += mentions
    return len(erased)


def state(record: Any) -> tuple[str, int | None]:
    """How the public sees ``record``: never, current, changed or withdrawn; and the public version, if any.

    "changed" means that the working copy differs from what readers see and awaits review.
    """
    endpoint = endpoint_of(record)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT k.version, k.document::text = {endpoint.document.compiled('r')}::text "
            f"FROM {quoted(endpoint.model)} r JOIN {endpoint.table} k ON k.slug = r.slug AND upper_inf(k.known) "
            "WHERE r.id = %(id)s",
            {"id": record.pk, "together": [record.pk]},
        )
        if found := cursor.fetchone():
            return ("current" if found[1] else "changed"), found[0]
        cursor.execute(f"SELECT max(version) FROM {endpoint.table} WHERE slug = %s", [record.slug])
        version = cursor.fetchone()[0]
    return ("withdrawn" if version else "never"), version


def differing(*records: Any) -> list[QuerySet[Any]]:
    """Those of ``records`` that readers do not see as they stand, one QuerySet per endpoint that has any."""
    found = {
        endpoint: versions.differing(endpoint, ids) for endpoint, ids in grouped_by_endpoint(records).items()
    }
    return [endpoint.model.objects.filter(pk__in=among(ids)) for endpoint, ids in found.items() if ids]


def grouped_by_endpoint(records: Iterable[Any]) -> review.Records:
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


def _authors(grouped: review.Records) -> review.Authors:
    return {endpoint: review.authors_of(endpoint, ids) for endpoint, ids in grouped.items()}


def _kept_back(block: chain.OpenBlock, *more: str) -> set[str]:
    """Sources published in this block, and ``more``, whose content may not be passed on."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT slug FROM {ENDPOINTS['sources'].table} "
            "WHERE slug = ANY(%s) AND upper_inf(known) AND document->>'redistributable' = 'false'",
            [sorted({*block.written.get("sources", ()), *more})],
        )
        return {slug for (slug,) in cursor.fetchall()}


def _index_names(block: chain.OpenBlock) -> None:
    for name, slugs in block.written.items():
        reference.index_names(ENDPOINTS[name], sorted(slugs), block.at)


def _refuse_shown(endpoint: Endpoint, slug: str, remedy: str) -> None:
    if showing := reference.showing(endpoint.name, slug):
        raise PublicationRefused([f"{one} shows {endpoint.name}/{slug}: {remedy}." for one in showing[:20]])


def _take_back(
    endpoint: Endpoint,
    record: Any,
    version: int,
    change: str,
    *,
    by: Any,
    reason: str,
    block: chain.OpenBlock,
    into: str = "",
    judged: str = "",
    authors: Sequence[int] = (),
) -> None:
    """End the public version for the public ``reason``; the review keeps what was ``judged`` and on whose decision."""
    versions.end(endpoint, record.slug, block)
    block.enter(endpoint.name, record.slug, version, change, into=into, reason=reason)
    review.record_end(
        endpoint, record.slug, version, change, by=by, reason=judged or reason, block=block, authors=authors
    )
    endpoint.model.objects.filter(pk=record.pk).update(status="withdrawn")
