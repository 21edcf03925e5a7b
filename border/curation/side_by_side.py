"""Two records side by side, and the rows that point to one of them, as the pages of the admin show them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst

from border.curation.merging import POINT, choosable, fillable
from border.curation.moving import Link, links_to
from border.kernel.records import Reviewed

# So many rows of a table are shown one by one when they move; the rest are counted.
SHOWN = 10
# And so many can be chosen among, one by one.
CHOSEN_AMONG = 500


@dataclass
class Row:
    """One field of both records, and which of the two values is kept."""

    name: str
    label: str
    kept: str
    dropped: str
    same: bool
    taken: bool = False


def rows(kept: Any, dropped: Any) -> list[Row]:
    """Every field of which either value can be kept; what is empty in the one that goes on is filled."""
    filled = set(fillable(kept, dropped))
    found = [
        Row(
            column.name,
            "point" if column.name == POINT[0] else capfirst(str(column.verbose_name)),
            shown := _shown(kept, column),
            other := _shown(dropped, column),
            shown == other,
            column.name in filled,
        )
        for column in sorted(choosable(type(kept)), key=_place)
    ]
    return [row for row in found if row.kept or row.dropped]


def _place(column: Any) -> int:
    """Names come first, what was judged of the record last."""
    if column.name in getattr(column.model, "keyed_by", ()):
        return 0
    return 2 if any(column.name == one.name for one in Reviewed._meta.fields) else 1


def choose(found: Iterable[Row], taken: Iterable[str]) -> None:
    """Mark which values are taken from the record that is given up."""
    chosen = set(taken)
    for row in found:
        row.taken = row.name in chosen


def _shown(record: Any, column: Any) -> str:
    if column.name == POINT[0]:
        if record.point is None:
            return ""
        return f"{record.latitude}, {record.longitude} ± {record.uncertainty_m} m"
    value = getattr(record, column.name)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(value)
    return "" if value is None else str(value)


@dataclass
class Shown:
    """One row: its id, what it says, where it can be read, and whether it is chosen."""

    pk: int
    text: str
    address: str
    chosen: bool = False


@dataclass
class Group:
    """The rows of one table that point to a record by one column."""

    link: Link
    label: str
    count: int
    shown: list[Shown] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many are not shown one by one."""
        return self.count - len(self.shown)

    @property
    def chosen(self) -> list[int]:
        """The ids of the rows that are chosen."""
        return [row.pk for row in self.shown if row.chosen]


def moving(record: Any, site: Any) -> list[Group]:
    """What points to ``record``, by table: counts, and the first rows of each."""
    found = []
    for link in links_to(type(record)):
        queryset = link.rows(record)
        if count := queryset.count():
            found.append(Group(link, _label(link), count, _rows(link, queryset[:SHOWN], site)))
    return found


def splitting(links: Iterable[tuple[Link, QuerySet[Any]]], site: Any, chosen: Iterable[str]) -> list[Group]:
    """What points to a record, by table, with those rows ``chosen`` that are named ``table.column:id``."""
    marked = set(chosen)
    groups = []
    for link, queryset in links:
        shown = _rows(link, queryset[:CHOSEN_AMONG], site)
        for row in shown:
            row.chosen = f"{link.table}:{row.pk}" in marked
        groups.append(Group(link, _label(link), queryset.count(), shown))
    return groups


def _label(link: Link) -> str:
    plural = capfirst(
        str(link.model._meta.verbose_name_plural).removeprefix(
            f"{link.field.related_model._meta.verbose_name} "
        )
    )
    own = link.owned and link.field.name in {"record", "event", "territory", "source"}
    return plural if own else f"{plural}, as {link.field.verbose_name}"


def _rows(link: Link, queryset: QuerySet[Any], site: Any) -> list[Shown]:
    related = [one.name for one in link.model._meta.concrete_fields if one.many_to_one]
    return [Shown(row.pk, _said(row), _address(link, row, site)) for row in queryset.select_related(*related)]


def _said(row: Any) -> str:
    """What a row says, in a line; a citation by its source and passage."""
    if hasattr(row, "quote"):
        passage = " ".join(filter(None, [row.locator, row.quote and f"“{row.quote}”"]))
        return f"{row.number}. {row.source}{': ' + passage if passage else ''}"
    return str(row)


def _address(link: Link, row: Any, site: Any) -> str:
    """The page on which the row can be read: its own, or that of the record that owns it."""
    owners = [
        getattr(row, one.name)
        for one in link.model._meta.concrete_fields
        if one.many_to_one and one != link.field and one.remote_field.on_delete.__name__ == "CASCADE"
    ]
    for target in (row, *owners):
        if type(target) in site._registry:
            meta = target._meta
            return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[target.pk])
    return ""
