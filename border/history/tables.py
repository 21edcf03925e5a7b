"""The tables that have a history, what their rows own, and which of their columns somebody wrote."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import CASCADE, Model, UniqueConstraint

from border.kernel.dates import Dated
from border.kernel.history import HistoryEvent
from border.kernel.records import Keyed

# Moved by the steps of a review only, or never.
FIXED = ("id", "slug", "status")


@cache
def tracked() -> dict[type[Any], type[Any]]:
    """The model of the history of each model that has one, in the order in which rows are locked."""
    return {
        history.pgh_tracked_model: history  # type: ignore[misc]
        for history in apps.get_models()
        if issubclass(history, HistoryEvent)
    }


def parts(model: type[Any]) -> tuple[tuple[type[Any], str], ...]:
    """The models whose rows are owned by those of ``model``, each with its column of the owner."""
    return tuple(
        (relation.related_model, relation.field.attname)
        for relation in model._meta.related_objects
        if relation.on_delete is CASCADE and relation.related_model in tracked()
    )


def owners(model: type[Any]) -> Iterator[tuple[type[Model], str]]:
    """The models whose rows own those of ``model``, each with the column that says which."""
    for field in model._meta.concrete_fields:
        if field.remote_field and field.remote_field.on_delete is CASCADE:
            yield field.related_model, field.attname


def companions(model: type[Any]) -> tuple[tuple[type[Any], str], ...]:
    """The models whose rows stay where one of ``model`` stays, each with its column of that: its parts, and what says so itself."""
    return parts(model) + tuple(
        (relation.related_model, relation.field.attname)
        for relation in model._meta.related_objects
        if relation.field.name in getattr(relation.related_model, "stays_with", ())
    )


def accompanied(model: type[Any]) -> Iterator[tuple[type[Model], str]]:
    """The models whose rows keep those of ``model`` by staying, each with the column that says which."""
    yield from owners(model)
    for name in getattr(model, "stays_with", ()):
        field = model._meta.get_field(name)
        yield field.related_model, field.attname


def derived(model: type[Any]) -> frozenset[str]:
    """The columns that follow from others whenever a row is written."""
    dated = ("possible", "certain") if issubclass(model, Dated) else ()
    keyed = model.derived if issubclass(model, Keyed) else ()
    return frozenset((*dated, *keyed))


def written(model: type[Any]) -> tuple[str, ...]:
    """The columns that somebody wrote and that can go back: neither derived, nor a slug, nor a review status."""
    left_out = derived(model) | {*FIXED}
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname not in left_out)


def references(model: type[Any]) -> Iterator[tuple[str, type[Any]]]:
    """The columns of ``model`` that point to a row, each with the model that it points to."""
    for one in model._meta.concrete_fields:
        if one.remote_field:
            yield one.attname, one.related_model


def resting(model: type[Any]) -> Iterator[tuple[type[Any], str]]:
    """The models whose rows keep one of ``model`` from going while they point to it, each with the column that does.

    Rows without a history that it owns go along, the database sees to it; and two tables that are joined by a third
    point to nothing themselves.
    """
    for relation in model._meta.related_objects:
        goes_along = relation.on_delete is CASCADE and relation.related_model not in tracked()
        if not (relation.many_to_many or goes_along or relation.related_model in tracked().values()):
            yield relation.related_model, relation.field.attname


def unique(model: type[Any]) -> Iterator[tuple[str, ...]]:
    """The columns of ``model`` that no two rows may share, alone or together."""
    for one in model._meta.concrete_fields:
        if one.unique and not one.primary_key:
            yield (one.attname,)
    for rule in model._meta.constraints:
        if isinstance(rule, UniqueConstraint) and rule.fields and rule.condition is None:
            yield tuple(model._meta.get_field(name).attname for name in rule.fields)
