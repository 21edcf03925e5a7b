"""What readers see beside what they would see: the public document and the working copy, field by field."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from django.db import connection

from border.curation.fields import Judged, judged
from border.curation.wording import Piece, pieces, told
from border.documents.canonical import canonical
from border.documents.lists import Rows
from border.documents.sql import quoted
from border.publication.endpoints import Endpoint

Document = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """One value on both sides, in pieces."""

    label: str
    before: list[Piece]
    after: list[Piece]

    @property
    def changes(self) -> bool:
        """Whether the two sides differ."""
        return any(piece.only_here for piece in [*self.before, *self.after])


@dataclass(frozen=True)
class RowDifference:
    """A row of a list that is new, gone, or not what it was."""

    state: Literal["added", "removed", "changed"]
    cells: list[Cell]


@dataclass(frozen=True)
class Difference:
    """A field that readers do not see as the working copy has it."""

    field: Judged
    cell: Cell | None = None
    rows: tuple[RowDifference, ...] = ()

    @property
    def summary(self) -> str:
        """The field's label; of a list also how many rows are new, changed, gone."""
        states = [row.state for row in self.rows]
        counts = [
            f"{states.count(state)} {state}" for state in ("added", "changed", "removed") if state in states
        ]
        return f"{self.field.label} ({', '.join(counts)})" if counts else self.field.label


def documents(endpoint: Endpoint, ids: list[int]) -> dict[int, tuple[Document | None, Document]]:
    """The public document, where there is one, and that of the working copy, by the record's id."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id, k.document::text, {endpoint.document.compiled('r')}::text FROM {quoted(endpoint.model)} r "
            f"LEFT JOIN {endpoint.table} k ON k.slug = r.slug AND upper_inf(k.known) WHERE r.id = ANY(%(ids)s)",
            {"ids": ids, "together": ids},
        )
        return {
            pk: (json.loads(public) if public else None, json.loads(working))
            for pk, public, working in cursor.fetchall()
        }


def differences(endpoint: Endpoint, public: Document | None, working: Document) -> list[Difference]:
    """The fields that differ, in reading order; of a record that was never public, all that say something."""
    shapes = endpoint.document().fields
    found = []
    for one in judged(endpoint):
        before, after = (public or {}).get(one.key), working.get(one.key)
        if canonical(before) == canonical(after) or (public is None and _says_nothing(after)):
            continue
        shape = shapes[one.key]
        if isinstance(shape, Rows) and one.rows is not None:
            found.append(Difference(one, rows=tuple(_rows(shape, before or [], after or []))))
        else:
            choices = _choices(endpoint.model, shape)
            found.append(Difference(one, _cell(one.label, told(before, choices), told(after, choices))))
    return found


def summaries(endpoint: Endpoint, ids: list[int]) -> dict[int, list[str]]:
    """For each of the records, the fields that differ in a word or two each. One query for all of them."""
    return {
        pk: [one.summary for one in differences(endpoint, *both)]
        for pk, both in documents(endpoint, ids).items()
    }


def _says_nothing(value: Any) -> bool:
    return value in (None, "", [], False) or (isinstance(value, dict) and value.get("edtf") == "")


def _choices(model: Any, shape: Any) -> dict[Any, Any]:
    columns = {column.name: column for column in model._meta.concrete_fields}
    column = columns.get(shape.source)
    return dict(column.flatchoices) if column is not None and column.choices else {}


def _cell(label: str, before: str, after: str) -> Cell:
    return Cell(label, *pieces(before, after))


def _rows(shape: Any, before: list[Any], after: list[Any]) -> Iterator[RowDifference]:
    """What became of the rows: equal ones are left out, the others paired with what they are most like."""
    gone, fresh = list(before), []
    for row in after:
        if row in gone:
            gone.remove(row)
        else:
            fresh.append(row)
    for row in fresh:
        likely = max(gone, key=lambda other: _likeness(other, row), default=None)
        if likely is not None and _likeness(likely, row) >= 0.5:
            gone.remove(likely)
            yield RowDifference("changed", _telling(list(_cells(shape, likely, row))))
        else:
            yield RowDifference("added", list(_cells(shape, {}, row)))
    for row in gone:
        yield RowDifference("removed", list(_cells(shape, row, {})))


def _telling(cells: list[Cell]) -> list[Cell]:
    """Of a row that changed: what it is of, which stands first, and what is not what it was."""
    return [cell for place, cell in enumerate(cells) if cell.changes or place == 0]


def _likeness(one: Document, other: Document) -> float:
    """How much of what either row says both say, from 0 to 1."""
    keys = {key for row in (one, other) for key, value in row.items() if not _says_nothing(value)}
    return sum(one.get(key) == other.get(key) for key in keys) / len(keys) if keys else 1.0


def _cells(shape: Any, before: Document, after: Document) -> Iterator[Cell]:
    fields = shape.document().fields
    for key in dict.fromkeys([*before, *after]):
        choices = _choices(shape.document.model, fields[key]) if key in fields else {}
        was, now = told(before.get(key), choices), told(after.get(key), choices)
        if was or now:
            yield _cell(key.replace("_", " "), was, now)
