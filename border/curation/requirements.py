"""What a record needs before it is published: citations for itself, for its date, for its figures.

Each requirement is one question over any number of records. The first one must be met; the others are said to
author and reviewer, who may know why the record stands without (docs/adr/0022-review.md).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CASCADE, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from border.publication.endpoints import Endpoint, endpoint_of
from border.publication.review import Records

# Attributes by which a citation speaks of a record's date, beside the name of the date's own field.
DATE_WORDS = ("date", "period", "start", "end")
# … and of how many people were harmed: "fatalities", "insurgents killed", "civilian deaths" …
FIGURE_WORDS = r"\m(fatalities|casualties|deaths|killed|injured|wounded|captured|displaced|bodies)\M"
_MOST = 20


@dataclass(frozen=True)
class Requirement:
    """One thing that a record needs: whether it must be there, and which records lack it."""

    name: str
    must: bool
    wanted: str
    lacking: str
    applies: Callable[[type[Any]], bool]
    missing: Callable[[QuerySet[Any]], QuerySet[Any]]


@dataclass(frozen=True)
class Check:
    """Whether one record meets one requirement."""

    wanted: str
    met: bool
    must: bool


def _owned(model: type[Any], relation: str) -> QuerySet[Any]:
    """The rows that the record at hand owns, in a question about records of ``model``."""
    found = model._meta.get_field(relation)
    rows: QuerySet[Any] = found.related_model._default_manager.all()
    return rows.filter(**{found.field.name: OuterRef("pk")})


def _supporting(records: QuerySet[Any]) -> QuerySet[Any]:
    return _owned(records.model, "citations").filter(stance="supports")


def _uncited(records: QuerySet[Any]) -> QuerySet[Any]:
    return records.filter(~Exists(_supporting(records)))


def _date_uncited(records: QuerySet[Any]) -> QuerySet[Any]:
    dated_by = records.model.dated_by
    speaking = _supporting(records).filter(attribute__in=["", dated_by, *DATE_WORDS])
    return records.exclude(**{dated_by: ""}).filter(~Exists(speaking))


def _figures_unsourced(records: QuerySet[Any]) -> QuerySet[Any]:
    unsourced = _owned(records.model, "casualties").filter(source=None)
    speaking = _owned(records.model, "citations").filter(Q(attribute="") | Q(attribute__iregex=FIGURE_WORDS))
    return records.filter(Exists(unsourced), ~Exists(speaking))


def _owns(relation: str) -> Callable[[type[Any]], bool]:
    return lambda model: any(
        one.name == relation and one.on_delete is CASCADE for one in model._meta.related_objects
    )


REQUIREMENTS = (
    Requirement(
        "citation",
        True,
        "a citation that supports it",
        "cites nothing that supports it: add a citation",
        _owns("citations"),
        _uncited,
    ),
    Requirement(
        "date",
        False,
        "a citation for the date",
        "has a date for which nothing is cited",
        lambda model: hasattr(model, "dated_by") and _owns("citations")(model),
        _date_uncited,
    ),
    Requirement(
        "figures",
        False,
        "a source for each count of people",
        "counts people without a source or a citation that speaks of them",
        _owns("casualties"),
        _figures_unsourced,
    ),
)


def lacking(endpoint: Endpoint, ids: list[int]) -> Iterator[tuple[Requirement, QuerySet[Any]]]:
    """Each requirement that records of this endpoint have, with those of ``ids`` that do not meet it."""
    # One array, however many: a list of constants has an end at 65,535.
    chosen = endpoint.model._base_manager.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [ids]))
    for requirement in REQUIREMENTS:
        if requirement.applies(endpoint.model):
            yield requirement, requirement.missing(chosen)


def unmet(grouped: Records, *, must: bool) -> list[str]:
    """A sentence for each record that lacks what it must have, or else what it should have."""
    told = []
    for endpoint, ids in grouped.items():
        for requirement, records in lacking(endpoint, ids):
            if requirement.must is not must:
                continue
            slugs = list(records.order_by("slug").values_list("slug", flat=True))
            told += [f"{endpoint.name}/{slug} {requirement.lacking}." for slug in slugs[:_MOST]]
            if len(slugs) > _MOST:
                told.append(
                    f"{len(slugs) - _MOST:,} more {endpoint.name} lack {requirement.wanted}, from {slugs[_MOST]} on."
                )
    return told


def advice(grouped: Records) -> list[str]:
    """For each thing that records should have, how many of them lack it: a sentence each, where any does."""
    found = (
        (endpoint, len(ids), requirement, records.count())
        for endpoint, ids in grouped.items()
        for requirement, records in lacking(endpoint, ids)
        if not requirement.must
    )
    return [
        f"{count:,} of {total:,} {endpoint.name} lack {requirement.wanted}."
        for endpoint, total, requirement, count in found
        if count
    ]


def checklist(record: Any) -> list[Check]:
    """What ``record`` needs before it is published, and whether it has it."""
    return [
        Check(requirement.wanted, not records.exists(), requirement.must)
        for requirement, records in lacking(endpoint_of(record), [record.pk])
    ]
