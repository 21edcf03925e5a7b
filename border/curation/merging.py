"""Making two records one: field by field, with everything that points to the one that is given up."""

from collections.abc import Iterable
from typing import Any

import pghistory
from django.db import models, transaction
from django.db.models import QuerySet

from border.curation.models import Different, Merge
from border.curation.moving import move
from border.curation.refusal import MergeRefused, refusing, require_reason
from border.kernel.history import check_now
from border.kernel.names import direction
from border.kernel.records import NameKind, Placed, Status
from border.publication import operations, review
from border.publication.endpoints import ENDPOINTS, endpoint_of
from sources.choices import Sensitivity
from sources.models import Source

# What is chosen together: a point without its uncertainty says too much.
POINT = ("longitude", "latitude", "uncertainty_m")
_GIVEN = {"slug", "status", "search_keys", "possible", "certain", "people_at_risk"}


def choosable(model: Any) -> list[Any]:
    """The fields of which a merge can keep either side, in the order of the table; a point is one, by its longitude."""
    return [
        column
        for column in model._meta.concrete_fields
        if not column.primary_key
        and column.name not in _GIVEN
        and not (issubclass(model, Placed) and column.name in POINT[1:])
    ]


def fillable(kept: Any, dropped: Any) -> list[str]:
    """The fields that are empty in ``kept`` and say something in ``dropped``."""
    return [
        column.name
        for column in choosable(type(kept))
        if getattr(kept, column.attname) in (None, "", [])
        and getattr(dropped, column.attname) not in (None, "", [])
    ]


@refusing()
def merge(*, kept: Any, dropped: Any, by: Any, reason: str, take: Iterable[str] = ()) -> Merge:
    """Let ``dropped`` go on as ``kept``: everything that points to it moves, its names become further names.

    ``take`` are the fields whose value comes from ``dropped``. Its row stays, withdrawn, and its slug is never given
    to another. Readers see the two as before until `publish_merge`. Raises MergeRefused.
    """
    require_reason(by, reason)
    with transaction.atomic():
        kept, dropped = locked(kept, dropped)
        if problems := obstacles(kept, dropped):
            raise MergeRefused(problems)
        endpoint = endpoint_of(kept)
        made = Merge.objects.create(
            endpoint=endpoint.name, slug=dropped.slug, into=kept.slug, reason=reason, merged_by=by
        )
        # Whoever wrote what now belongs to `kept` does not review it there.
        authors = review.authors_of(endpoint, [dropped.pk]).get(dropped.pk, [])
        along = {f"{endpoint.name}/{kept.slug}": sorted({*authors, by.pk})}
        with pghistory.context(user=by.pk, why=reason, via="merge", merge=made.pk, authors=along):
            names = [*_names(kept), *_names(dropped)]
            _take(kept, dropped, set(take))
            made.moved = move(dropped, kept).counts
            _add_names(kept, names)
            type(dropped)._default_manager.filter(pk=dropped.pk).update(status=Status.WITHDRAWN)
            check_now()
        made.save(update_fields=["moved"])
    return made


def locked(*records: Any) -> list[Any]:
    """The records as they are now, held in the order of their ids."""
    if len({type(record) for record in records}) > 1 or len({record.pk for record in records}) < 2:
        raise MergeRefused(["Choose two different records of the same kind."])
    found = type(records[0])._default_manager.select_for_update(of=("self",)).order_by("pk")
    by_key = {record.pk: record for record in found.filter(pk__in=[record.pk for record in records])}
    if len(by_key) < 2:
        raise MergeRefused(["One of the two is no longer there: look again."])
    return [by_key[record.pk] for record in records]


def obstacles(kept: Any, dropped: Any) -> list[str]:
    """What is known beforehand to keep the two from being made one; the moving itself may find more."""
    endpoint = endpoint_of(kept).name
    gone = [Merge.objects.giving_up(endpoint, record.slug) for record in (kept, dropped)]
    found = [
        f"{endpoint}/{one.slug} already goes on as {endpoint}/{one.into}: choose that one."
        for one in gone
        if one
    ]
    if kept.status == Status.WITHDRAWN and not found:
        found.append(f"{endpoint}/{kept.slug} is withdrawn: keep the other.")
    if judged := Different.objects.between(endpoint, kept.slug, dropped.slug):
        found.append(
            f"{judged.judged_by} has told the two apart: {judged.reason} Take that judgement back first."
        )
    if isinstance(kept, Source):
        found += _sources_apart(kept, dropped)
    return found


def _sources_apart(kept: Source, dropped: Source) -> list[str]:
    """What was cited from a source must not become more public by going on under another."""
    found = []
    openness = [Sensitivity.CONFIDENTIAL, Sensitivity.RESTRICTED, Sensitivity.PUBLIC]
    if openness.index(Sensitivity(dropped.sensitivity)) < openness.index(Sensitivity(kept.sensitivity)):
        found.append(
            f"sources/{dropped.slug} is {dropped.sensitivity} and sources/{kept.slug} is {kept.sensitivity}: "
            "what rests on the first would be shown. Keep that one instead."
        )
    if kept.redistributable and not dropped.redistributable:
        found.append(
            f"What was taken from sources/{dropped.slug} may not be passed on, from sources/{kept.slug} it may. "
            "Keep the first, or correct one of them."
        )
    return found


def _take(kept: Any, dropped: Any, names: set[str]) -> None:
    known = {column.name for column in choosable(type(kept))}
    if unknown := sorted(names - known):
        raise MergeRefused(
            [f"There is no choice of {', '.join(unknown)}: take some of {', '.join(sorted(known))}."]
        )
    if "longitude" in names:
        names = {*names, *POINT}
    for column in type(kept)._meta.concrete_fields:
        # A record is not a part of itself.
        if column.name in names and getattr(dropped, column.attname) != (kept.pk if _own(column) else None):
            setattr(kept, column.attname, getattr(dropped, column.attname))
    at_risk = isinstance(kept, Placed) and dropped.people_at_risk and not kept.people_at_risk
    if at_risk:  # whoever knew of it is right
        kept.people_at_risk = True
    if names or at_risk:
        kept.save(update_fields=[*names, *(["people_at_risk"] if at_risk else [])])


def _own(column: Any) -> bool:
    return bool(column.is_relation and column.related_model is column.model)


def _names(record: Any) -> list[str]:
    """The names by which lists show a record that has further names too."""
    return [name for name in (record.name, record.name_ar) if name] if hasattr(record, "names") else []


def _add_names(kept: Any, names: list[str]) -> None:
    """Keep every former name as a further one, unless it is known already."""
    if not names:
        return
    known = {kept.name, kept.name_ar, *kept.names.values_list("text", flat=True)}
    rows = kept._meta.get_field("names").related_model
    rows._default_manager.bulk_create(
        rows(record=kept, text=name, kind=NameKind.VARIANT, language="ar" if direction(name) == "rtl" else "")
        for name in dict.fromkeys(names)
        if name not in known
    )


def records_of(made: Merge) -> tuple[Any, Any]:
    """The record that goes on and the one that was given up."""
    model = ENDPOINTS[made.endpoint].model
    found = {record.slug: record for record in model._default_manager.filter(slug__in=[made.into, made.slug])}
    if len(found) < 2:
        raise MergeRefused(["One of the two records is no longer there."])
    return found[made.into], found[made.slug]


def publish_merge(made: Merge, *, by: Any, reason: str) -> None:
    """Let readers see it: the record that goes on in its new version, and the other leading there, in one block.

    Whoever merged the two does not publish it, nor does anybody whose unreviewed words go along. ``reason`` stays
    inside; that of the merge is public. Raises PublicationRefused or MergeRefused.
    """
    with transaction.atomic():
        made = Merge.objects.select_for_update().get(pk=made.pk)
        kept, dropped = records_of(made)
        if not made.stands:
            raise MergeRefused(["The merge was taken back: there is nothing to publish."])
        operations.redirect(
            dropped, into=kept, by=by, reason=made.reason, judged=reason, decided_by=[made.merged_by_id]
        )


def visible(queryset: QuerySet[Any]) -> QuerySet[Any]:
    """``queryset`` without the records that go on as another."""
    endpoint = endpoint_of(queryset.model).name
    gone = Merge.objects.standing().filter(endpoint=endpoint, slug=models.OuterRef("slug"))
    return queryset.exclude(models.Exists(gone))
