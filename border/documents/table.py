"""A document as one line of a table: its columns, each with a type and a meaning, and what stands in them.

Every field of the document is there. A date is five columns, a point three, a reference two; a list is as many columns as
its rows have, each with as many values as there are rows, in their order.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from rest_framework import serializers

from border.documents.citations import Citations, Contested, SourceReference
from border.documents.fields import Boolean, Date, Document, Integer, Number, Point, Reference, Texts
from border.documents.lists import References, Rows
from border.documents.meaning import meaning
from border.kernel.spreadsheets import harmless


@dataclass(frozen=True)
class Column:
    """A column: its name, its type as Frictionless Table Schema calls it, what it means, and where its value stands.

    With ``many``, the first step of the path leads to a list, and there is one value for each of its rows.
    """

    name: str
    type: str
    meaning: str
    path: tuple[str | int, ...]
    many: bool = False

    @property
    def field(self) -> str:
        """The field of the document to which it belongs."""
        return str(self.path[0])

    def of(self, document: dict[str, Any]) -> Any:
        """What stands in this column of the document: a text, number or truth value, None, or a list of these."""
        if not self.many:
            return _follow(document, self.path)
        return [_follow(row, self.path[1:]) for row in document[self.field]]


def _follow(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        if value is None:
            return None
        value = value[step] if isinstance(step, int) else value.get(step)
    return value


@cache
def columns(document: type[Document]) -> tuple[Column, ...]:
    """The columns of a document, in the order of its fields."""
    return tuple(column for name, field in document().fields.items() for column in _columns(name, field))


def _columns(name: str, field: Any) -> Iterator[Column]:
    told = meaning(field)
    if isinstance(field, References):
        for one in _reference(name, f"{told} {meaning(field.reference)}".strip()):
            yield replace(one, many=True)
    elif isinstance(field, Rows):
        inner = list(columns(field.document))
        if isinstance(field, Citations):
            # A source that may not be named takes its citation with it.
            inner = [one for one in inner if one.name != "source_withheld"]
            inner.append(Column("withheld", "string", "Why a citation does not show in full.", ("withheld",)))
        for one in inner:
            yield replace(one, name=f"{name}_{one.name}", path=(name, *one.path), many=True)
    elif isinstance(field, Texts):
        yield Column(name, "string", told, (name,), many=True)
    elif isinstance(field, Date):
        yield from _date(name, told)
    elif isinstance(field, Point):
        yield Column("longitude", "number", "Degrees east, WGS 84.", (name, "longitude"))
        yield Column("latitude", "number", "Degrees north, WGS 84.", (name, "latitude"))
        yield Column(
            "uncertainty_m", "integer", "Metres within which the true place lies.", (name, "uncertainty_m")
        )
    elif isinstance(field, Reference):
        yield from _reference(name, told)
        if isinstance(field, SourceReference):
            yield Column(f"{name}_withheld", "string", "Why the source is not named.", (name, "withheld"))
    else:
        yield Column(name, _type(field), told, (name,))


def _type(field: serializers.Field[Any, Any, Any, Any]) -> str:
    named = {Integer: "integer", Number: "number", Boolean: "boolean", Contested: "boolean"}
    return next((word for kind, word in named.items() if isinstance(field, kind)), "string")


def _reference(name: str, told: str) -> Iterator[Column]:
    yield Column(name, "string", f"{told} Its slug.", (name, "slug"))
    yield Column(f"{name}_name", "string", "The name by which it is shown.", (name, "name"))


def _date(name: str, told: str) -> Iterator[Column]:
    yield Column(name, "string", told, (name, "edtf"))
    for reading, how in (("possible", "may"), ("certain", "surely")):
        for end, (word, which) in enumerate((("from", "First"), ("to", "Last"))):
            sentence = f"{which} day on which it {how} hold{'s' if how == 'surely' else ''}; empty means open"
            sentence += ", or that no day is certain." if reading == "certain" else "."
            yield Column(f"{name}_{reading}_{word}", "date", sentence, (name, reading, end))


def cell(value: Any) -> str:
    """What stands in a column, as a cell of CSV: empty for nothing; several values joined by semicolons.

    A value that has a semicolon, a quotation mark or a line break itself stands in quotation marks, as in CSV. Nothing is a
    formula.

    >>> cell(True), cell(40.9), cell(None), cell("=A1"), cell(["a", "b;c", None, 3])
    ('true', '40.9', '', "'=A1", 'a;"b;c";;3')
    """
    if isinstance(value, list):
        return harmless(_joined([_written(one) for one in value]))
    text = _written(value)
    return harmless(text) if isinstance(value, str) else text


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _joined(values: Sequence[str]) -> str:
    if len(values) < 2 and not any(mark in value for value in values for mark in ';"\r\n'):
        return "".join(values)
    line = io.StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow(values)
    return line.getvalue().removesuffix("\r\n")
