"""Making one record two: taking a merge back, and moving to another record what belongs to somebody else."""

from collections.abc import Iterable, Mapping
from typing import Any

import pghistory
from django.db import models, transaction
from django.utils import timezone

from border.curation.merging import locked, records_of
from border.curation.models import Merge
from border.curation.moving import Link, links_to, move, move_back
from border.curation.refusal import MergeRefused, refusing, require_reason
from border.history import undo
from border.history.plan import Plan
from border.history.selection import Selection, in_context
from border.kernel.history import check_now
from border.kernel.records import Named, Status
from border.publication import operations, review
from border.publication.endpoints import endpoint_of
from border.publication.models import Change, Entry


def changes_of(made: Merge) -> Selection:
    """Everything that a merge changed."""
    return in_context("merge", made.pk)


@refusing()
def undo_merge(made: Merge, *, by: Any, reason: str) -> Plan:
    """Take a merge back: what it moved goes back, what came to the record since stays; returns what was done.

    A field that somebody changed since stays too, and is among the conflicts. Readers who were led from one record
    to the other are, until `publish_undo`. Raises MergeRefused.
    """
    require_reason(by, reason)
    with transaction.atomic():
        made = Merge.objects.select_for_update().get(pk=made.pk)
        if not made.stands:
            raise MergeRefused(["The merge was taken back already."])
        kept, dropped = locked(*records_of(made))
        if later := Merge.objects.giving_up(made.endpoint, made.into):
            raise MergeRefused(
                [f"{made.endpoint}/{made.into} goes on as {later.into} since: take that merge back first."]
            )
        try:
            done = undo.apply(changes_of(made), by=by, reason=reason)
        except undo.UndoRefused as refused:
            raise MergeRefused([str(refused)]) from refused
        with pghistory.context(user=by.pk, why=reason, via="undo", undoes={"merge": made.pk}):
            type(dropped)._default_manager.filter(pk=dropped.pk).update(status=_status(made, dropped))
        move_back(made.moved, dropped, kept)
        made.undone_by, made.undone_at, made.undone_reason = by, timezone.now(), reason
        made.save(update_fields=["undone_by", "undone_at", "undone_reason"])
    return done


def _status(made: Merge, dropped: Any) -> str:
    """Where a record stands again: where it stood before, or in review where readers were led away from it."""
    if leads_on(made):
        return Status.IN_REVIEW
    versions = dropped.pgh_event_model.objects.filter(pgh_obj_id=dropped.pk)
    first = versions.filter(pgh_context__metadata__contains={"merge": made.pk}).earliest("pgh_id")
    return str(versions.filter(pgh_id__lt=first.pgh_id).latest("pgh_id").status)


def leads_on(made: Merge) -> bool:
    """Whether readers of the record that was given up are led to the other."""
    last = Entry.objects.filter(endpoint=made.endpoint, slug=made.slug).exclude(change=Change.ERASED)
    found = last.order_by("-sequence").first()
    return found is not None and (found.change, found.into) == (Change.MERGED, made.into)


def publish_undo(made: Merge, *, by: Any, reason: str) -> None:
    """Let readers see that a merge was taken back: both records again, each with what belongs to it.

    Documents that the merge had changed are put back to the text that was reviewed before, unless they were
    published anew since. Raises PublicationRefused or MergeRefused.
    """
    with transaction.atomic():
        made = Merge.objects.select_for_update().get(pk=made.pk)
        if made.stands:
            raise MergeRefused(["The merge stands: take it back first."])
        if not leads_on(made):
            raise MergeRefused(
                [f"Readers are not led away from {made.endpoint}/{made.slug}: there is nothing to publish."]
            )
        kept, dropped = records_of(made)
        operations.part(dropped, of=kept, by=by, reason=reason)


@refusing()
def split(*, record: Any, rows: Mapping[Link, Iterable[int]], into: Any, by: Any, reason: str) -> Any:
    """Move ``rows`` of ``record``, by the column through which they point to it, to ``into``; returns that record.

    ``into`` is another record of the same kind, or one that is not saved yet (see `beside`). All that changes bears
    ``split`` in the history, with the slug of ``into``. Raises MergeRefused.
    """
    require_reason(by, reason)
    if not any(map(list, rows.values())):
        raise MergeRefused(["Choose at least one name, citation or reference that belongs to the other."])
    with transaction.atomic():
        endpoint = endpoint_of(record)
        authors = review.authors_of(endpoint, [record.pk]).get(record.pk, [])
        along = {f"{endpoint.name}/{into.slug}": sorted({*authors, by.pk})}
        with pghistory.context(user=by.pk, why=reason, via="split", split=into.slug, authors=along):
            if into.pk is None:
                into.save()
            record, into = locked(record, into)
            for one in (record, into):
                if gone := Merge.objects.giving_up(endpoint.name, one.slug):
                    raise MergeRefused(
                        [f"{endpoint.name}/{one.slug} goes on as {gone.into}: choose that one."]
                    )
            move(record, into, {link: sorted(ids) for link, ids in rows.items()})
            check_now()
    return into


def beside(record: Any, *, name: str, slug: str) -> Any:
    """A new draft of the kind of ``record``, not saved yet, with what a record of its kind cannot be without."""
    columns = [
        column
        for column in type(record)._meta.concrete_fields
        if not (column.primary_key or column.blank or column.has_default() or not column.editable)
    ]
    values = {column.attname: getattr(record, column.attname) for column in columns}
    called = "name" if isinstance(record, Named) else "title"
    return type(record)(**{**values, called: name, "slug": slug})


def splittable(record: Any) -> list[tuple[Link, models.QuerySet[Any]]]:
    """The rows that can be given to another record, by the column through which they point to this one."""
    found = [(link, link.rows(record)) for link in links_to(type(record))]
    return [(link, rows) for link, rows in found if rows.exists()]
