"""The declaration of one CSV file: which table, which columns in which order, and which of them are the key."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models

from border.kernel.rules import TEXT


@dataclass(frozen=True)
class Contract:
    """What ``name``.csv holds: one row a record of ``model``, these columns and no others.

    ``columns`` are field names in the order in which a person reads them, split at blanks; ``key`` are those
    that say which record a row speaks of. A reference is written as the slug of the record it points to.
    """

    name: str
    model: type[models.Model]
    columns: str = field(repr=False)
    key: str = "slug"

    @cached_property
    def header(self) -> tuple[str, ...]:
        """The column names, in reading order."""
        return tuple(self.columns.split())

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The columns that together name one record."""
        return tuple(self.key.split())

    @cached_property
    def fields(self) -> "dict[str, models.Field[Any, Any]]":
        """The model's field of each column, in reading order."""
        found = {name: self.model._meta.get_field(name) for name in self.header}
        return {name: each for name, each in found.items() if isinstance(each, models.Field)}

    @cached_property
    def references(self) -> dict[str, type[models.Model]]:
        """The columns that hold a slug of another record, and what sort of record."""
        return {
            name: each.related_model
            for name, each in self.fields.items()
            if isinstance(each, models.ForeignKey) and not isinstance(each.related_model, str)
        }

    @cached_property
    def multiline(self) -> frozenset[str]:
        """The columns in which the database allows line breaks, by its own rule of clean text."""
        rules = [rule for rule in self.model._meta.constraints if rule.name.endswith("_text_clean")]
        return frozenset(name for rule in rules for name in _allowing_breaks(rule.condition))  # type: ignore[attr-defined]

    @cached_property
    def queryset_columns(self) -> tuple[str, ...]:
        """The look-up that fetches each column as it is written: a reference by its slug."""
        return tuple(f"{name}__slug" if name in self.references else name for name in self.header)


def _allowing_breaks(condition: models.Q) -> list[str]:
    names = []
    for child in condition.children:
        if isinstance(child, models.Q):
            names += _allowing_breaks(child)
        elif isinstance(child, tuple) and child[1] == TEXT:
            names.append(child[0].removesuffix("__regex"))
    return names
