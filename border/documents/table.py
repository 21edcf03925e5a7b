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
from border.documents.fields import (
    POINT_SCHEMA,
    Boolean,
    Date,
    Document,
    Integer,
    Number,
    Point,
    Reference,
    Texts,
)
from border.documents.lists import References, Rows
from border.documents.meaning import meaning, optional, vocabulary_of
from border.kernel.spreadsheets import harmless
from border.kernel.vocabulary import Vocabulary

# Within a column, `type` is its own.
_Vocabulary = type[Vocabulary]


@dataclass(frozen=True)
class Column:
    """A column: its name, its type as Frictionless Table Schema calls it, what it means, and where its value stands.

    With ``many``, the first step of the path leads to a list, and there is one value for each of its rows. ``unit`` is what
    a number counts or measures. With ``optional`` there may be no value. ``vocabulary`` has the words that it may be.
    """

    name: str
    type: str
    meaning: str
    path: tuple[str | int, ...]
    many: bool = False
    unit: str = ""
    optional: bool = False
    vocabulary: _Vocabulary | None = None

    @property
    def written_path(self) -> str:
        """The path as one writes it: ``date.possible[0]``, ``citations[].source.slug``."""
        first, *rest = self.path
        steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in rest]
        return f"{first}{'[]' if self.many else ''}{''.join(steps)}"

    @property
    def field(self) -> str:
        """The field of the document to which it belongs."""
        return str(self.path[0])

    def of(self, document: dict[str, Any]) -> Any:
        """What stands in this column of the document: a text, number or truth value, None, or a list of these."""
        if not self.many:
            return _follow(document, self.path)
        rows, within = document[self.field], self.path[1:]
        if len(within) != 1:
            return [_follow(row, within) for row in rows]
        key = within[0]
        return [row.get(key) for row in rows]


def _follow(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        if value is None:
            return None
        value = value[step] if isinstance(step, int) else value.get(step)
    return value


SURELY = Column(
    "surely",
    "boolean",
    "Where the question names a day or a window: whether the narrowest reading of the date answers it too.",
    ("surely",),
    optional=True,
)


@cache
def columns(document: type[Document]) -> tuple[Column, ...]:
    """The columns of a document, in the order of its fields."""
    return tuple(column for name, field in document().fields.items() for column in _columns(name, field))


def _columns(name: str, field: Any) -> Iterator[Column]:
    told = meaning(field)
    if isinstance(field, References):
        for one in _reference(name, told, field.reference, optional=False):
            yield replace(one, many=True)
    elif isinstance(field, Rows):
        inner = list(columns(field.document))
        if isinstance(field, Citations):
            # A source that may not be named takes its citation with it.
            inner = [replace(one, optional=True) for one in inner if one.name != "source_withheld"]
            why = "Why a citation does not show in full: restricted source, or not redistributable."
            inner.append(Column("withheld", "string", why, ("withheld",), optional=True))
        for one in inner:
            yield replace(one, name=f"{name}_{one.name}", path=(name, *one.path), many=True)
    elif isinstance(field, Texts):
        yield Column(name, "string", told, (name,), many=True)
    elif isinstance(field, Date):
        yield from _date(name, told, optional=optional(field))
    elif isinstance(field, Point):
        for part, schema in POINT_SCHEMA["properties"].items():
            unit = "metres" if part == "uncertainty_m" else "degrees"
            yield Column(
                part, schema["type"], schema["description"], (name, part), unit=unit, optional=optional(field)
            )
    elif isinstance(field, Reference):
        yield from _reference(name, told, field, optional=optional(field))
        if isinstance(field, SourceReference):
            why = "Why the source is not named: it is a restricted source."
            yield Column(f"{name}_withheld", "string", why, (name, "withheld"), optional=True)
    else:
        yield Column(
            name,
            _type(field),
            told,
            (name,),
            unit=getattr(field, "unit", ""),
            optional=optional(field),
            vocabulary=vocabulary_of(field),
        )


def _type(field: serializers.Field[Any, Any, Any, Any]) -> str:
    named = {Integer: "integer", Number: "number", Boolean: "boolean", Contested: "boolean"}
    return next((word for kind, word in named.items() if isinstance(field, kind)), "string")


def _reference(name: str, told: str, field: Reference, *, optional: bool) -> Iterator[Column]:
    slug = f"{told} By its slug, among {field.endpoint}."
    yield Column(name, "string", slug, (name, "slug"), optional=optional)
    shown = f"{told} By the name under which it is shown."
    yield Column(f"{name}_name", "string", shown, (name, "name"), optional=optional)


_READINGS = {
    "possible": "day on which it may be so, by the widest reading of {}; empty means open.",
    "certain": "day on which it surely is so, by the narrowest reading of {}; empty means open, or that no day is certain.",
}


def _date(name: str, told: str, *, optional: bool) -> Iterator[Column]:
    yield Column(name, "string", told, (name, "edtf"), optional=optional)
    for reading, which in _READINGS.items():
        for end, (word, ordinal) in enumerate((("from", "First"), ("to", "Last"))):
            sentence = f"{ordinal} {which.format(name)}"
            yield Column(f"{name}_{reading}_{word}", "date", sentence, (name, reading, end), optional=True)


def cell(value: Any) -> str:
    """What stands in a column, as a cell of CSV: empty for nothing; several values joined by semicolons.

    A value that has a semicolon, a quotation mark or a line break itself stands in quotation marks, as in CSV. Nothing is a
    formula.

    >>> cell(True), cell(40.9), cell(None), cell("=A1"), cell(["a", "b;c", None, 3])
    ('true', '40.9', '', "'=A1", 'a;"b;c";;3')
    """
    if isinstance(value, str):
        return harmless(value) if value else ""
    if isinstance(value, list):
        return (
            harmless(_joined([one if isinstance(one, str) else _written(one) for one in value]))
            if value
            else ""
        )
    return _written(value)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _joined(values: Sequence[str]) -> str:
    text = ";".join(values)
    if text.count(";") < len(values) and '"' not in text and "\n" not in text and "\r" not in text:
        return text  # nothing in it needs quotes, which is nearly always so
    line = io.StringIO()
    csv.writer(line, delimiter=";", lineterminator="\r\n").writerow(values)
    return line.getvalue().removesuffix("\r\n")
