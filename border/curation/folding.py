"""Two rows that come to say the same: what each lacks, and where they differ."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from border.kernel.dates import EDTFField
from border.kernel.naming import Name
from events.models import Match
from sources.models import Snapshot

# Derived from other columns, or given anew.
LEFT_OUT = {"search_keys", "script", "possible", "certain", "number"}
# Who fetched the same bytes again and when, or by what likeness a verdict came about, contradicts nothing.
BESIDE = {
    Snapshot: {"file", "retrieved_at", "retrieved_by"},
    Match: {"score", "evidence", "threshold", "decided_by", "judged_at"},
}
BETWEEN = "; "


def _compared(row: Any, other: Any) -> Iterator[tuple[Any, Any, Any]]:
    """The columns in which the two differ, with both values."""
    left_out = LEFT_OUT | BESIDE.get(type(row), set())
    for column in row._meta.concrete_fields:
        if not column.primary_key and column.name not in left_out:
            mine, theirs = getattr(row, column.attname), getattr(other, column.attname)
            if mine != theirs:
                yield column, mine, theirs


def _text(column: Any) -> bool:
    """Whether two values can stand side by side in one text."""
    return (
        isinstance(column, models.CharField | models.TextField)
        and not isinstance(column, EDTFField)
        and not column.choices
    )


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def _together(column: Any, mine: str, theirs: str) -> str:
    between = "\n" if isinstance(column, models.TextField) else BETWEEN
    parts = theirs.split(between)
    return between.join([*parts, *(part for part in mine.split(between) if part not in parts)])


def _classifies(column: Any) -> bool:
    """Whether the column says what sort of name it is: two sorts can be said of one name."""
    return issubclass(column.model, Name) and column.name == "kind"


def differences(row: Any, other: Any) -> list[str]:
    """Where the two contradict each other, in words; what one lacks, and texts, contradict nothing."""
    found = []
    for column, mine, theirs in _compared(row, other):
        if _empty(mine) or _empty(theirs) or isinstance(column, models.BooleanField) or _classifies(column):
            continue
        fits = _text(column) and len(_together(column, mine, theirs)) <= (column.max_length or 10_000)
        if not fits:
            shown = dict(column.flatchoices) if column.choices else {}
            found.append(f"{column.verbose_name} {shown.get(theirs, theirs)} and {shown.get(mine, mine)}")
    return found


def joined(row: Any, other: Any) -> dict[str, Any]:
    """What ``other`` takes over from ``row``: what it lacks, and texts side by side."""
    found: dict[str, Any] = {}
    for column, mine, theirs in _compared(row, other):
        if _classifies(column):
            # The note comes after the kind in the table, and is joined with what is said here.
            row.note = "\n".join(
                filter(None, [row.note, f"Also given as: {dict(column.flatchoices)[mine].lower()}."])
            )
        elif isinstance(column, models.BooleanField):
            found[column.attname] = True
        elif _empty(theirs):
            found[column.attname] = mine
        elif not _empty(mine):
            found[column.attname] = _together(column, mine, theirs)
    return found
