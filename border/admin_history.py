"""What became of a record: every change of its row and of the rows it owns, as the database wrote it down."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import CASCADE, Max, Model
from pghistory.models import Context

# Derived from other columns, or the same in every version.
LEFT_OUT = {"id", "possible", "certain", "search_keys", "script"}
LONGEST = 300


@dataclass(frozen=True)
class Change:
    """One version of one row: who made it, when, why and by which door, and what it changed from what."""

    sequence: int
    at: dt.datetime
    who: str
    why: str
    via: str
    what: str
    action: str
    fields: list[tuple[str, str, str]]


ACTIONS = {"insert": "added", "update": "changed", "delete": "deleted"}


def parts(model: type[Any]) -> list[tuple[type[Any], str]]:
    """The models whose rows are owned by those of ``model``, each with its column of the owner."""
    return [
        (relation.related_model, relation.field.attname)
        for relation in model._meta.related_objects
        if relation.on_delete is CASCADE and hasattr(relation.related_model, "pgh_event_model")
    ]


def latest(record: Model) -> int:
    """The number of the last change of ``record`` or of what it owns; 0 when the history has none."""
    tables = [(type(record), "pgh_obj_id"), *parts(type(record))]
    last = (
        model.pgh_event_model.objects.filter(**{column: record.pk}).aggregate(last=Max("pgh_id"))["last"]
        for model, column in tables
    )
    return max((number or 0 for number in last), default=0)


def changes(record: Model) -> list[Change]:
    """The changes of ``record`` and of what it owns, the latest first, in the order of the one sequence."""
    owners = dict(parts(type(record)))
    tables = [(type(record), "pgh_obj_id"), *owners.items()]
    versions = [
        (model, version)
        for model, column in tables
        for version in model.pgh_event_model.objects.filter(**{column: record.pk}).order_by("pgh_id")
    ]
    contexts = Context.objects.in_bulk({version.pgh_context_id for _, version in versions} - {None})
    people = {
        person.pk: person.get_username()
        for person in get_user_model()._default_manager.filter(
            pk__in={context.metadata.get("user") for context in contexts.values()} - {None}
        )
    }
    shown = _Shown(versions)
    found = []
    before: dict[tuple[type[Any], int], Any] = {}
    for model, version in versions:
        key = (model, version.pgh_obj_id)
        context = contexts[version.pgh_context_id].metadata if version.pgh_context_id else {}
        fields = list(_differences(model, before.get(key), version, shown, owners.get(model, "")))
        before[key] = version
        if version.pgh_label == "update" and not fields:
            continue
        found.append(
            Change(
                sequence=version.pgh_id,
                at=version.pgh_created_at,
                who=people.get(context.get("user", 0), "") or f"database role {version.by_role}",
                why=str(context.get("why", "")),
                via=str(context.get("via", "")) or "directly in the database",
                what=str(model._meta.verbose_name),
                action=ACTIONS.get(version.pgh_label, version.pgh_label),
                fields=fields if version.pgh_label != "delete" else [],
            )
        )
    return sorted(found, key=lambda change: -change.sequence)


class _Shown:
    """How values are shown: other records by what they are called, each model asked once."""

    def __init__(self, versions: Iterable[tuple[type[Any], Any]]) -> None:
        wanted: dict[type[Any], set[int]] = {}
        for model, version in versions:
            for field in _fields(model):
                if field.many_to_one:
                    wanted.setdefault(field.related_model, set()).add(getattr(version, field.attname))
        self.names = {
            (model, row.pk): str(row)
            for model, keys in wanted.items()
            for row in model._default_manager.filter(pk__in=keys - {None})
        }

    def __call__(self, field: Any, value: Any) -> str:
        if value is None or value == "":
            return ""
        if field.many_to_one:
            return self.names.get((field.related_model, value), "a record that is gone")
        text = str(dict(field.flatchoices).get(value, value)) if field.choices else str(value)
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _fields(model: type[Any]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if field.name not in LEFT_OUT]


def _differences(
    model: type[Any], old: Any, new: Any, shown: _Shown, owner: str
) -> Iterator[tuple[str, str, str]]:
    for field in _fields(model):
        if field.attname == owner:
            continue
        was, now = (getattr(version, field.attname) if version else None for version in (old, new))
        if was != now and (shown(field, was) or shown(field, now)):
            yield str(field.verbose_name), shown(field, was), shown(field, now)
