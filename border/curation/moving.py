"""Moving what points to one record over to another: by introspection, every foreign key that there is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from border.curation.folding import differences, joined
from border.curation.refusal import MergeRefused
from border.kernel.records import Slugged, Status
from border.publication.endpoints import endpoint_of
from events.choices import Verdict
from events.models import Match


class Link(NamedTuple):
    """A column through which rows of a table point to a record."""

    model: Any
    field: Any

    @property
    def table(self) -> str:
        """The table and column, as `Merge.moved` names them."""
        return f"{self.model._meta.db_table}.{self.field.column}"

    @property
    def owned(self) -> bool:
        """Whether the rows belong to the record, as names and citations do."""
        return self.field.remote_field.on_delete is models.CASCADE

    @property
    def tracked(self) -> bool:
        """Whether the history keeps what becomes of the rows."""
        return hasattr(self.model, "pgh_event_models")

    def rows(self, record: Any) -> models.QuerySet[Any]:
        """The rows that point to ``record``, in the order in which they are locked."""
        return self.model._default_manager.filter(**{self.field.name: record.pk}).order_by("pk")


def links_to(model: Any) -> list[Link]:
    """Every foreign key of a working table that points to records of ``model``, what they own first."""
    found = [
        Link(relation.related_model, relation.field)
        for relation in model._meta.get_fields(include_hidden=True)
        if (relation.one_to_many or relation.one_to_one)
        and relation.auto_created
        and not hasattr(relation.related_model, "pgh_tracked_model")
    ]
    return sorted(found, key=lambda link: (not link.owned, link.table))


@dataclass
class Moving:
    """What became of the rows, by table and column; and what stands in the way."""

    counts: dict[str, dict[str, Any]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def note(self, link: Link, moved: list[Any], **counts: int) -> None:
        """Note which rows of a table moved, and how many were folded into others or left.

        The history tells later which ones they were; of a table without one, that is noted here.
        """
        found: dict[str, Any] = {
            name: count for name, count in {"moved": len(moved), **counts}.items() if count
        }
        if found:
            self.counts[link.table] = found
            if moved and not link.tracked:
                found["rows"] = [row.pk for row in moved]


def move(origin: Any, target: Any, chosen: Mapping[Link, Iterable[int]] | None = None) -> Moving:
    """Point every row that points to ``origin``, or the ``chosen`` ones by their ids, to ``target``.

    Numbered rows take the next numbers. A row that would say again what another says is folded into it; withdrawn
    records that cannot go along stay. Raises MergeRefused, naming each record in the way, and nothing has moved
    when the caller's transaction ends with it.
    """
    outcome = Moving()
    for link in links_to(type(origin)) if chosen is None else chosen:
        rows = link.rows(origin).select_for_update(of=("self",))
        if chosen is not None:
            rows = rows.filter(pk__in=list(chosen[link]))
        _move(link, list(rows), origin, target, outcome)
    if outcome.problems:
        raise MergeRefused(outcome.problems)
    return outcome


def move_back(counts: Mapping[str, Mapping[str, Any]], origin: Any, target: Any) -> None:
    """Point to ``origin`` again what `move` moved from it to ``target`` in tables without history, and is still there."""
    for link in links_to(type(origin)):
        if rows := counts.get(link.table, {}).get("rows"):
            link.rows(target).filter(pk__in=rows).update(**{link.field.name: origin.pk})


def _move(link: Link, rows: list[Any], origin: Any, target: Any, outcome: Moving) -> None:
    if not rows:
        return
    places = _Places(link, target)
    fates: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        fates[_fate(link, row, target, places, outcome.problems)].append(row)
    if outcome.problems:
        return
    manager = link.model._default_manager
    manager.filter(pk__in=[row.pk for row in fates["folded"]]).delete()
    manager.filter(pk__in=[row.pk for row in fates["cleared"]]).update(**{link.field.name: None})
    places.write(fates["moved"])
    outcome.note(
        link,
        fates["moved"],
        folded=len(fates["folded"]) + len(fates["cleared"]),
        left=len(fates["left"]),
    )


def _fate(link: Link, row: Any, target: Any, places: "_Places", problems: list[str]) -> str:
    """What becomes of ``row``: moved, folded into another, cleared of a link to itself, or left where it is."""
    if row == target:
        return "cleared"
    setattr(row, link.field.attname, target.pk)
    if isinstance(row, Match) and not _put_in_order(row):
        if row.verdict == Verdict.DIFFERENT:
            problems.append(
                f"The two were matched and found different: {row.reason} Change that match first."
            )
        return "folded"
    other = places.taken(row)
    if other is not None and not isinstance(row, Slugged):
        problems += _fold(row, other)
        return "folded"
    problem = places.refused(row) if other is None else _both(row, other)
    if not problem:
        places.take(row)
        return "moved"
    if row.status != Status.WITHDRAWN:
        problems.append(problem)
    return "left"


def _put_in_order(match: Any) -> bool:
    """Put the lower id first; whether two events are left to compare."""
    first, second = sorted((match.first_id, match.second_id))
    match.first_id, match.second_id = first, second
    return bool(first != second)


def _fold(row: Any, other: Any) -> list[str]:
    """Let ``other`` say what ``row`` says too, or say what keeps it from doing so."""
    if found := differences(row, other):
        remedy = "Make them say the same first, or take one away."
        return [f"Both have {_called(other)}, and differ in it: {'; '.join(found)}. {remedy}"]
    if changes := joined(row, other):
        for name, value in changes.items():
            setattr(other, name, value)
        type(other)._default_manager.filter(pk=other.pk).update(**changes)
    return []


def _both(row: Any, other: Any) -> str:
    return f"{_called(row)} and {_called(other)} would say the same: merge these two first, or withdraw one."


def _called(row: Any) -> str:
    if isinstance(row, Slugged):
        return f"{endpoint_of(row).name}/{row.slug}"
    return f"the {row._meta.verbose_name} “{row}”"


class _Places:
    """The places that rows at the target take already, by each rule that lets a place be taken once."""

    def __init__(self, link: Link, target: Any) -> None:
        self.link, self.target = link, target
        meta = link.model._meta
        uniques = [rule for rule in meta.constraints if isinstance(rule, UniqueConstraint)]
        named = [list(rule.fields) for rule in uniques if link.field.name in rule.fields]
        self.numbered = any("number" in names for names in named)
        keys = [names for names in named if "number" not in names]
        self.keys = [*keys, [link.field.name]] if link.field.unique else keys
        self.expressed = [rule for rule in uniques if rule.expressions]
        self.checks = [rule for rule in meta.constraints if isinstance(rule, CheckConstraint)]
        self.alike = [
            one
            for one in meta.concrete_fields
            if one.is_relation and one.related_model is link.field.related_model
        ]
        at_target = Q()
        for one in self.alike:
            at_target |= Q(**{one.name: target.pk})
        there: list[Any] = []
        if self.keys or self.numbered:
            found = link.model._default_manager.filter(at_target).select_for_update(of=("self",))
            there = list(found.order_by("pk"))
        self.by_place: dict[Any, Any] = {}
        self.highest = max((row.number for row in there), default=0) if self.numbered else 0
        for row in there:
            self.take(row, number=False)

    def _places(self, row: Any) -> Iterator[Any]:
        for names in self.keys:
            yield tuple((name, getattr(row, self.link.model._meta.get_field(name).attname)) for name in names)
        if self.numbered:  # the very same row under another number says nothing new
            yield tuple(
                str(getattr(row, one.attname))
                for one in self.link.model._meta.concrete_fields
                if not one.primary_key and one.name != "number"
            )

    def taken(self, row: Any) -> Any:
        """The row that has the place already, if any."""
        return next((self.by_place[place] for place in self._places(row) if place in self.by_place), None)

    def take(self, row: Any, *, number: bool = True) -> None:
        """Give ``row`` its place, and the next number where rows are numbered."""
        for place in self._places(row):
            self.by_place.setdefault(place, row)
        if number and self.numbered:
            self.highest += 1
            row.number = self.highest

    def refused(self, row: Any) -> str:
        """Why a rule keeps ``row`` from its place: it would relate the target to itself, or repeat another."""
        both = sum(getattr(row, one.attname) == self.target.pk for one in self.alike) > 1
        rules = [*self.expressed, *(self.checks if both else [])]
        for rule in rules:
            try:
                rule.validate(self.link.model, row)
            except ValidationError as error:
                remedy = "Change it first, delete it if it is a draft, or withdraw it."
                return f"{_called(row)} cannot go along: {' '.join(error.messages)} {remedy}"
        return ""

    def write(self, rows: list[Any]) -> None:
        """Write the rows that moved."""
        manager, name = self.link.model._default_manager, self.link.field.name
        if self.numbered:
            manager.bulk_update(rows, [name, "number"], batch_size=2000)
        elif self.link.model is Match:
            manager.bulk_update(rows, ["first", "second"], batch_size=2000)
        else:
            manager.filter(pk__in=[row.pk for row in rows]).update(**{name: self.target.pk})


def pointing(record: Any) -> dict[Link, int]:
    """How many rows point to ``record``, by the column through which they do; those with none are left out."""
    counts: dict[Link, int] = defaultdict(int)
    for link in links_to(type(record)):
        if count := link.rows(record).count():
            counts[link] = count
    return dict(counts)
