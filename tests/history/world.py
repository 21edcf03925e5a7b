"""A record with what it owns, as plain values, and people who change it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from pghistory.models import Context

from border.history.tables import derived, parts, tracked


def whole(record: Any) -> dict[str, Any]:
    """A record and all it owns as they lie in their tables, derived columns included."""
    model = type(record)
    found = {f"{model.__name__} {row['id']}": row for row in model.objects.filter(pk=record.pk).values()}
    for part, owner in parts(model):
        rows = part._default_manager.filter(**{owner: record.pk}).values()
        found |= {f"{part.__name__} {row['id']}": row for row in rows}
    return found


def everything() -> dict[str, Any]:
    """Every row of every table that has a history."""
    return {
        f"{model.__name__} {row['id']}": row for model in tracked() for row in model._default_manager.values()
    }


def latest_number() -> int:
    """The number of the last change of anything."""
    return max(
        (
            number
            for history in tracked().values()
            for number in history._default_manager.values_list("pgh_id", flat=True)
        ),
        default=0,
    )


def last_go() -> Any:
    """The context of the last change of anything."""
    number = latest_number()
    return next(
        context
        for history in tracked().values()
        for context in history._default_manager.filter(pgh_id=number).values_list("pgh_context", flat=True)
    )


@contextmanager
def hand(user: Any, **marks: Any) -> Iterator[None]:
    """Whatever is written within is the work of ``user``."""
    with pghistory.context(user=user.pk, **{"via": "admin", **marks}):
        yield


def metadata(context: Any) -> dict[str, Any]:
    return Context.objects.get(pk=context).metadata


def derived_again(row: Any) -> dict[str, Any]:
    """The derived columns of a row, as its text gives them now."""
    fresh = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    if hasattr(fresh, "derive"):
        fresh.derive()
    return {name: getattr(fresh, name) for name in derived(type(row))}
