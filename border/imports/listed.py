"""What UCDP's list of actors says of an id: all that it is called there, and what else is told of it."""

from collections.abc import Iterable
from typing import Any

from border.imports.names import keys_of
from events.models import ExternalRecord

# The dataset that lists the actors of another: its rows say nothing of events.
LISTS = {"UCDP GED": "UCDP actors"}
_BEGINS = "id "
# By such keys a name is the same; by others it is only like one.
_SAME = ("e:", "f:")


def listed(dataset: str, keys: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What the latest list says of actors of ``dataset``, by their keys as readings have them; of those it has not, nothing."""
    numbers = [key.removeprefix(_BEGINS) for key in keys if key.startswith(_BEGINS)]
    if dataset not in LISTS or not numbers:
        return {}
    rows = ExternalRecord.objects.filter(release__dataset=LISTS[dataset], key__in=numbers, deleted_at=None)
    ordered = rows.order_by("release__version", "pk").values_list("key", "told")
    return {f"{_BEGINS}{key}": told for key, told in ordered}


def same_as(told: dict[str, Any]) -> list[str]:
    """The search keys by which a stored name is the same as one that a list has for an actor.

    A list puts several names of one time into one cell; each is one, and the cell as a whole may be one too.
    """
    cells = [told["name"], *told["names"]]
    names = [*cells, *(name.strip() for cell in cells for name in cell.split(", "))]
    return [key for key in keys_of(filter(None, names)) if key.startswith(_SAME)]
