"""What became of a record: every change of its row and of the rows it owns, and how it stood at any moment."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, QuerySet
from pghistory.models import Context

from border.history.replay import Version
from border.history.shown import Shown, fields
from border.history.tables import parts, tracked
from border.history.who import Hand, Hands

ACTIONS = {"insert": "added", "update": "changed", "delete": "deleted"}
Table = tuple[type[Any], str]


@dataclass(frozen=True)
class Change:
    """One change of one row: whose hand, what it did to which row, and each field before and after."""

    hand: Hand
    model: type[Any]
    pk: int
    context: Any
    what: str
    action: str
    fields: list[tuple[str, str, str]]

    @property
    def sequence(self) -> int:
        """Its number in the history."""
        return self.hand.sequence


def latest(record: Any) -> int:
    """The number of the last change of ``record`` or of what it owns; 0 when the history has none."""
    last = (
        tracked()[model]._default_manager.filter(**{column: record.pk}).aggregate(last=Max("pgh_id"))["last"]
        for model, column in _tables(type(record))
    )
    return max((number or 0 for number in last), default=0)


@dataclass(frozen=True)
class Entry:
    """One line of a record's history, without its values: enough to choose and to page by."""

    model: type[Any]
    pk: int
    sequence: int
    before: int | None
    label: str
    context: Any
    said: bool


@dataclass
class History:
    """The changes of one record, the latest first, as far as ``models`` may be seen.

    ``about`` is a field, as "model.column": only changes of it are meant. Values are read a page at a time, so that a
    record with thousands of changes costs what its page costs.
    """

    model: type[Any]
    pk: int
    models: Collection[type[Any]] | None = None
    person: int | None = None
    about: str = ""
    people: dict[int, int] = field(default_factory=dict, init=False)
    newest: int = field(default=0, init=False)

    def tables(self) -> list[Table]:
        """The tables of the record and of what it owns, each with its column of the record."""
        return [one for one in _tables(self.model) if self.models is None or one[0] in self.models]

    def entries(self, *, after: int = 0) -> list[Entry]:
        """Every change that is meant, the latest first, in the order of the one sequence.

        Says on the way how many changes each of the ``people`` made, and the number of the ``newest`` of all.
        """
        found = {entry.sequence: entry for table in self.tables() for entry in self._entries(*table)}
        self.newest = max(found, default=0)
        contexts = Context.objects.filter(pk__in={entry.context for entry in found.values()} - {None})
        users = dict(contexts.values_list("pk", "metadata__user"))
        self.people = dict(
            Counter(users[entry.context] for entry in found.values() if users.get(entry.context))
        )
        return sorted(
            (
                entry
                for entry in found.values()
                if entry.sequence > after and entry.said and self.person in {None, users.get(entry.context)}
            ),
            key=lambda entry: -entry.sequence,
        )

    def _entries(self, model: type[Any], owner: str) -> Iterator[Entry]:
        name, _, column = self.about.partition(".")
        known = name == model._meta.model_name and column in {one.attname for one in fields(model)}
        about = column if known else ""
        versions = _ever(model, owner, self.pk).order_by("pgh_obj_id", "pgh_id")
        columns = ["pgh_obj_id", "pgh_id", "pgh_label", "pgh_context_id", owner, *([about] if about else [])]
        last: tuple[Any, ...] | None = None
        for row in versions.values_list(*columns):
            pk, sequence, label, context, whose, *value = row
            before = last if last and last[0] == pk and last[2] != "delete" else None
            # A row that moves to another record, or from one, belongs to the history of both.
            if self.pk in (whose, before and before[4]):
                old = before[5:] if before else ("",) * len(value)
                said = not self.about or (bool(about) and label != "delete" and [*old] != value)
                number = before[1] if before else None
                yield Entry(model, pk, sequence, number, label, context, said)
            last = row

    def read(self, entries: Sequence[Entry]) -> list[Change]:
        """``entries`` with their hands and values."""
        wanted: dict[type[Any], set[int]] = {}
        for entry in entries:
            wanted.setdefault(entry.model, set()).update({entry.sequence, entry.before} - {None})  # type: ignore[arg-type]
        rows = {
            row["pgh_id"]: row
            for model, numbers in wanted.items()
            for row in tracked()[model]._default_manager.filter(pgh_id__in=numbers).values()
        }
        hands = Hands(rows.values())
        shown = Shown((entry.model, rows[number]) for entry in entries for number in (entry.sequence, entry.before) if number)  # fmt: skip
        return [
            Change(
                hand=hands.of(rows[entry.sequence]),
                model=entry.model,
                pk=entry.pk,
                context=entry.context,
                what=what(entry.model, rows[entry.sequence], shown),
                action=ACTIONS[entry.label],
                fields=[]
                if entry.label == "delete"
                else list(self._differences(entry, rows.get(entry.before), rows[entry.sequence], shown)),
            )
            for entry in entries
        ]

    def _differences(
        self, entry: Entry, old: Version | None, new: Version, shown: Shown
    ) -> Iterator[tuple[str, str, str]]:
        owner = dict(self.tables()).get(entry.model)
        for one in fields(entry.model):
            if old is None and one.attname == owner:
                continue
            was, now = old and old[one.attname], new[one.attname]
            before, after = shown(one, was), shown(one, now)
            if was != now and (before or after):
                yield str(one.verbose_name), before, after


def changes(record: Any, *, after: int = 0) -> list[Change]:
    """The changes of ``record`` and of what it owns after the one numbered ``after``, the latest first."""
    history = History(type(record), record.pk)
    return history.read(history.entries(after=after))


def what(model: type[Any], row: Version, shown: Shown) -> str:
    """A row in a word or two: its noun, and its number, name or actor."""
    actor = next((one for one in fields(model) if one.name == "actor"), None)
    telling = row.get("number") or row.get("text") or (actor and shown(actor, row["actor_id"])) or ""
    return f"{model._meta.verbose_name} {telling}".strip()


@dataclass(frozen=True)
class Portrait:
    """A record and what it owned as they stood after the change numbered ``sequence``, or as they stand now."""

    row: Version | None
    parts: dict[type[Any], dict[int, Version]]


def portrait(model: type[Any], pk: int, sequence: int | None = None, models: Collection[Any] | None = None) -> Portrait:  # fmt: skip
    """The record as the history has it; its row is None where there was none then."""
    own, *owned = _tables(model)
    rows = _standing(own, pk, sequence)
    found: dict[type[Any], dict[int, Version]] = {}
    for table in owned:
        if models is None or table[0] in models:
            found.setdefault(table[0], {}).update(_standing(table, pk, sequence))
    return Portrait(rows.get(pk), found)


def _tables(model: type[Any]) -> list[Table]:
    return [(model, "pgh_obj_id"), *parts(model)]


def _ever(model: type[Any], owner: str, pk: int) -> QuerySet[Any]:
    """The versions of all rows that the record has, or ever had."""
    versions = tracked()[model]._default_manager
    if owner == "pgh_obj_id":
        return versions.filter(pgh_obj_id=pk)
    return versions.filter(pgh_obj_id__in=versions.filter(**{owner: pk}).values("pgh_obj_id"))


def _standing(table: Table, pk: int, sequence: int | None) -> dict[int, Version]:
    model, owner = table
    versions = _ever(model, owner, pk)
    if sequence is not None:
        versions = versions.filter(pgh_id__lte=sequence)
    last = versions.values("pgh_obj_id").annotate(last=Max("pgh_id")).values("last")
    rows = tracked()[model]._default_manager.filter(pgh_id__in=last).exclude(pgh_label="delete")
    return {row["pgh_obj_id"]: row for row in rows.filter(**{owner: pk}).order_by("pgh_obj_id").values()}
