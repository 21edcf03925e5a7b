"""How a record stood: the versions of its row and of the rows on its form, and who has changed them since.

A page remembers the numbers of the versions that it showed. They say exactly what its reader saw, which a moment or a
highest number would not: a transaction may commit after another that began later.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Max, Model
from pghistory.models import Context

# The model of a row, and the column that says to which record it belongs; of the record itself its own key.
Table = tuple[type[Any], str]


@dataclass(frozen=True)
class Touch:
    """One change of one row: when, by whom and by which door."""

    model: type[Model]
    row: int
    at: dt.datetime
    who: str
    via: str


def versions(tables: Sequence[Table], owner: int) -> frozenset[int]:
    """The numbers of the versions that stand now, one for each row that is there."""
    return frozenset(
        number
        for model, column in tables
        for number in model.pgh_event_model.objects.filter(
            pgh_obj_id__in=model._base_manager.filter(**{column: owner}).values("pk")
        )
        .values("pgh_obj_id")
        .annotate(last=Max("pgh_id"))
        .values_list("last", flat=True)
    )


def rows(table: Table, owner: int, numbers: Collection[int]) -> dict[int, Any]:
    """The rows of ``owner`` as the versions ``numbers`` hold them, by key."""
    model, column = table
    names = [field.attname for field in model._meta.concrete_fields]
    found = {}
    for version in _of(model, column, owner).filter(pgh_id__in=numbers):
        row = model(**{name: getattr(version, name) for name in names if hasattr(version, name)})
        row._state.adding = False
        found[version.pgh_obj_id] = row
    return found


def since(tables: Sequence[Table], owner: int, seen: Collection[int]) -> list[Touch]:
    """Every change that came after the versions ``seen``, in the order of the history."""
    found = []
    for model, column in tables:
        of = _of(model, column, owner)
        last = dict(of.filter(pgh_id__in=seen).values_list("pgh_obj_id", "pgh_id"))
        found += [
            (model, version)
            for version in of.exclude(pgh_id__in=seen)
            if version.pgh_id > last.get(version.pgh_obj_id, 0)
        ]
    contexts = Context.objects.in_bulk({version.pgh_context_id for _, version in found} - {None})
    people = {
        person.pk: person.get_username()
        for person in get_user_model()._default_manager.filter(
            pk__in={context.metadata.get("user") for context in contexts.values()} - {None}
        )
    }
    touches = []
    for model, version in sorted(found, key=lambda one: one[1].pgh_id):
        context = contexts[version.pgh_context_id].metadata if version.pgh_context_id else {}
        who = people.get(context.get("user", 0), "") or f"database role {version.by_role}"
        via = str(context.get("via", "")) or "directly in the database"
        touches.append(Touch(model, version.pgh_obj_id, version.pgh_created_at, who, via))
    return touches


def _of(model: type[Any], column: str, owner: int) -> Any:
    column = "pgh_obj_id" if column == "pk" else column
    return model.pgh_event_model.objects.filter(**{column: owner})
