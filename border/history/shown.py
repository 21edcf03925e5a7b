"""How values of the history are shown to people: choices in words, records by what they are called."""

from collections.abc import Iterable
from typing import Any

from border.history.replay import Version
from border.history.tables import derived

LONGEST = 300
GONE = "a record that is gone"


def fields(model: type[Any]) -> list[Any]:
    """The fields of ``model`` that a person reads: neither its id nor what is derived from others."""
    left_out = {"id", *derived(model)}
    return [field for field in model._meta.concrete_fields if field.attname not in left_out]


class Shown:
    """Values as texts; the records that ``rows`` point to are asked for once a model."""

    def __init__(self, rows: Iterable[tuple[type[Any], Version]]) -> None:
        wanted: dict[type[Any], set[int | None]] = {}
        for model, row in rows:
            for field in fields(model):
                if field.remote_field:
                    wanted.setdefault(field.related_model, set()).add(row.get(field.attname))
        self.names = {
            (model, row.pk): str(row)
            for model, keys in wanted.items()
            for row in model._default_manager.filter(pk__in=keys - {None})
        }

    def __call__(self, field: Any, value: Any) -> str:
        """``value`` of ``field`` as a text, cut where it is long."""
        if value is None or value == "":
            return ""
        if field.remote_field:
            return self.names.get((field.related_model, value), GONE)
        text = str(dict(field.flatchoices).get(value, value)) if field.choices else str(value)
        return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
