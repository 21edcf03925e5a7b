"""Rows on their way into the database: their values, the record each speaks of, and the records it refers to."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import connection, models

from border.contracts.cells import nearest, text_of, value_of
from border.contracts.declare import Contract
from border.contracts.numerals import Unreadable
from border.contracts.outcome import Change, Fault
from border.contracts.read import Sheet
from border.kernel.dates import Dated, set_bounds
from border.kernel.records import Keyed

Model = type[models.Model]


@dataclass(eq=False)
class Draft:
    """One row: its texts, the values they mean, and the record as it is and as it will be."""

    sheet: Sheet
    line: int
    texts: dict[str, str]
    values: dict[str, Any]
    unread: set[str] = field(default_factory=set)
    repeated: bool = False
    existing: Any = None
    record: Any = None
    before: dict[str, str] | None = None

    @property
    def contract(self) -> Contract:
        """The contract of the file it stands in."""
        return self.sheet.contract

    @property
    def key(self) -> tuple[str, ...]:
        """What names the record, as it is written."""
        return tuple(self.texts[name] for name in self.contract.keys)

    @property
    def faulty(self) -> bool:
        """Whether a cell could not be read, or the row repeats another."""
        return bool(self.unread) or self.repeated

    @property
    def touched(self) -> bool:
        """Whether it is sound and changes anything."""
        return not self.faulty and (self.before is None or self.change.columns != ())

    @cached_property
    def change(self) -> Change:
        """What it does to its record."""
        after = {
            name: self.texts[name] if name in self.contract.references else text_of(self.values[name])
            for name in self.contract.header
        }
        return Change(
            self.contract.name, self.sheet.file, self.line, self.key, self.record.pk, self.before, after
        )

    def fault(self, message: str, column: str | None = None, value: str | None = None) -> Fault:
        """Something wrong here; the cell's text is shown with it."""
        text = self.texts.get(column) if column else None
        return Fault(
            file=self.sheet.file,
            line=self.line,
            unit=self.sheet.unit,
            column=column,
            value=value or text,
            message=message,
        )


def read_cells(sheet: Sheet) -> tuple[list[Draft], list[Fault]]:
    """The drafts of a sheet, and a fault for every cell that cannot be read."""
    drafts, faults = [], []
    fields, multiline = sheet.contract.fields, sheet.contract.multiline
    for line, cells in sheet.rows:
        draft = Draft(sheet, line, dict(zip(sheet.columns, cells, strict=True)), {})
        for name, text in draft.texts.items():
            try:
                draft.values[name] = value_of(fields[name], text, multiline=name in multiline)
            except Unreadable as unreadable:
                faults.append(draft.fault(str(unreadable), name))
                draft.unread.add(name)
        drafts.append(draft)
    return drafts, faults


class Slugs:
    """Which slug is which record, among all that a load mentions: in the database, or new in the load."""

    def __init__(self) -> None:
        self._numbers: dict[Model, dict[str, int]] = defaultdict(dict)
        self._slugs: dict[Model, dict[int, str]] = defaultdict(dict)

    def learn(self, model: Model, slug: str, number: int) -> None:
        """``slug`` is record ``number``."""
        self._numbers[model][slug] = number
        self._slugs[model][number] = slug

    def number(self, model: Model, slug: str) -> int | None:
        """The record of that slug, if there is one."""
        return self._numbers[model].get(slug)

    def slug(self, model: Model, number: int | None) -> str:
        """The slug of that record; empty for none."""
        return self._slugs[model][number] if number is not None else ""

    def look_up(self, model: Model, *, slugs: Iterable[str] = (), numbers: Iterable[int] = ()) -> None:
        """Learn those of ``slugs`` and ``numbers`` that the database knows."""
        wanted = {slug for slug in slugs if slug} - self._numbers[model].keys()
        unnamed = set(numbers) - self._slugs[model].keys()
        if not wanted and not unnamed:
            return
        found = model._default_manager.filter(models.Q(slug__in=wanted) | models.Q(pk__in=unnamed))
        for number, slug in found.values_list("pk", "slug"):
            self.learn(model, slug, number)

    def like(self, model: Model, slug: str) -> str | None:
        """The slug of that sort of record that is most like ``slug``."""
        known = {*self._numbers[model], *model._default_manager.values_list("slug", flat=True)}
        return nearest(slug, known)


def refuse_repeats(drafts: Iterable[Draft]) -> list[Fault]:
    """A fault for every row that speaks of the same record as an earlier one, in whichever file."""
    first: dict[tuple[Any, ...], Draft] = {}
    faults = []
    for draft in drafts:
        earlier = first.setdefault((draft.contract.name, *draft.key), draft)
        if earlier is not draft and draft.key[0]:
            place = f"{earlier.sheet.unit} {earlier.line}"
            if earlier.sheet is not draft.sheet:
                place = f"{earlier.sheet.file}, {place}"
            column = ", ".join(draft.contract.keys)
            faults.append(
                draft.fault(
                    f"The same record stands in {place}. Keep one of the two rows.",
                    column,
                    " ".join(draft.key),
                )
            )
            draft.repeated = True
    return faults


def resolve(drafts: Sequence[Draft], slugs: Slugs) -> list[Fault]:
    """Give every draft its record and every reference its target; a fault for each that has none.

    Existing rows are locked, in the order of their numbers, until the transaction ends; others may still refer to them.
    """
    by_contract: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_contract[draft.contract.name].append(draft)
    for group in by_contract.values():
        for name, model in group[0].contract.references.items():
            slugs.look_up(model, slugs=(draft.texts[name] for draft in group))
    # Records first: whatever refers to them may stand in any file and any row.
    groups = sorted(by_contract.values(), key=lambda group: group[0].contract.keys != ("slug",))
    for group in groups:
        _find_records(group, slugs)
    return [fault for group in groups for fault in _point(group, slugs)]


def _find_records(group: list[Draft], slugs: Slugs) -> None:
    contract = group[0].contract
    existing = _existing(group, slugs)
    fresh = [draft for draft in group if draft.key not in existing]
    for draft in group:
        draft.existing = existing.get(draft.key)
        if draft.existing is not None:
            draft.record = copy(draft.existing)
            draft.before = _texts(draft.existing, contract, slugs)
    for draft, number in zip(fresh, _new_numbers(contract.model, len(fresh)), strict=True):
        draft.record = contract.model(pk=number)
        if "slug" in draft.values and slugs.number(contract.model, draft.texts["slug"]) is None:
            slugs.learn(contract.model, draft.texts["slug"], number)


def _existing(group: list[Draft], slugs: Slugs) -> dict[tuple[str, ...], Any]:
    """The rows of the database that the drafts speak of, by key."""
    contract = group[0].contract
    name = contract.keys[0]
    named: set[Any]
    if name in contract.references:
        model = contract.references[name]
        named = {slugs.number(model, draft.texts[name]) for draft in group} - {None}
    else:
        named = {draft.texts[name] for draft in group}
    rows = list(
        contract.model._default_manager.select_for_update(no_key=True)
        .filter(**{f"{name}__in": named})
        .order_by("pk")
    )
    for each, model in contract.references.items():
        attribute = contract.fields[each].attname
        slugs.look_up(model, numbers=(getattr(row, attribute) for row in rows if getattr(row, attribute)))
    found = {}
    for row in rows:
        texts = _texts(row, contract, slugs)
        if name == "slug":
            slugs.learn(contract.model, texts["slug"], row.pk)
        found[tuple(texts[key] for key in contract.keys)] = row
    return found


def _texts(row: Any, contract: Contract, slugs: Slugs) -> dict[str, str]:
    return {
        name: slugs.slug(contract.references[name], getattr(row, each.attname))
        if name in contract.references
        else text_of(getattr(row, name))
        for name, each in contract.fields.items()
    }


def _new_numbers(model: Model, count: int) -> list[int]:
    """Numbers for new rows, known before they are written, so that rows may refer to each other in any order."""
    if not count:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [number for (number,) in cursor.fetchall()]


def _point(group: list[Draft], slugs: Slugs) -> list[Fault]:
    """Set the values of each record; a fault for every reference to a record that is nowhere."""
    contract, faults = group[0].contract, []
    for draft in group:
        if draft.before is not None and not draft.unread and not draft.change.columns:
            continue
        for name, value in draft.values.items():
            target = contract.references.get(name)
            if target is None:
                setattr(draft.record, name, value)
                continue
            number = slugs.number(target, value) if value else None
            if value and number is None:
                faults.append(draft.fault(_nowhere(target, value, slugs), name))
                draft.unread.add(name)
            setattr(draft.record, contract.fields[name].attname, number)
        _derive(draft)
    return faults


def _nowhere(target: Model, slug: str, slugs: Slugs) -> str:
    likely = slugs.like(target, slug)
    noun, hint = target._meta.verbose_name, f"Perhaps {likely}?" if likely else "Load it with this file."
    return f"There is no {noun} of this slug, neither in the database nor in the files loaded. {hint}"


def _derive(draft: Draft) -> None:
    """The columns that follow from others, as ``save()`` would set them."""
    if isinstance(draft.record, Keyed):
        draft.record.derive()
    if isinstance(draft.record, Dated) and draft.record.dated_by not in draft.unread:
        set_bounds([draft.record])
