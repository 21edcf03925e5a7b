"""A release given back as it came: the same columns, the same values, in the order in which its rows first came."""

from collections.abc import Iterator
from pathlib import Path

from border.imports.actor_lists import LIST
from border.imports.choices import ImportState
from border.imports.formats import write_table
from border.imports.models import Import
from border.imports.writing import EVENTS
from events.models import ExternalRecord
from sources.models import Source

AT_ONCE = 2000
# The formats whose rows are kept as they came.
KEPT = (*EVENTS, LIST)


class NothingKept(Exception):
    """No file of the release was ever taken in."""


def give_back(release: Source, path: Path) -> int:
    """Write the rows that are kept of ``release`` to a file at ``path``; how many they are. Raises NothingKept.

    Its form is that of the file that was taken in last; what that did not have, other files of the release had.
    """
    taken = (
        Import.objects.filter(release=release, state=ImportState.WRITTEN, format__in=KEPT)
        .order_by("-pk")
        .first()
    )
    if taken is None:
        raise NothingKept(f"No file of {release.slug} was taken in: there is nothing to give back.")
    columns: list[str] = taken.layout["columns"]
    count = 0

    def rows() -> Iterator[list[str]]:
        nonlocal count
        kept = ExternalRecord.objects.filter(release=release).order_by("pk").values_list("raw", flat=True)
        for raw in kept.iterator(AT_ONCE):
            count += 1
            yield [raw.get(name, "") for name in columns]

    with path.open("w", encoding="utf-8", newline="") as file:
        write_table(file, taken.layout, rows())
    return count
