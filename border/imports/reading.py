"""A file read and compared with what is here: the preview, from which it is written or forgotten."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from border.contracts.outcome import Fault
from border.imports.area import Area
from border.imports.choices import RowVerdict
from border.imports.comparing import compare
from border.imports.deleting import DELETIONS, look_for_left_out, look_for_listed
from border.imports.formats import NotReadable, open_table
from border.imports.models import Import, StagedRow
from border.imports.releases import ROLLING, UnknownRelease, release_of
from border.imports.staging import counted, stage
from border.imports.writing import EVENTS

_CHUNK = 1024 * 1024
# Why a file is not the whole of a release: by whether it was narrowed.
_NOT_WHOLE = {
    False: "ACLED has no releases that are whole: what it deleted stands in its list of deletions. Leave out --whole.",
    True: "What is narrowed to an area is not whole. Leave out --within or --whole.",
}


def _quietly(_: int) -> None:
    """Nobody wants to hear."""


def read(
    path: Path,
    name: str,
    *,
    release: str = "",
    within: str = "",
    whole: bool = False,
    by: Any = None,
    tell: Callable[[int], None] = _quietly,
) -> Import:
    """The import that the file at ``path`` would be: its rows staged and compared, nothing written.

    ``name`` is what its owner calls it, ``release`` the slug or the version of its dataset release, ``within`` the area
    to which it is narrowed; where it is the ``whole`` release, what earlier ones had and it has not is deleted. ``by`` is who brings it; ``tell`` hears how many rows are read. Raises NotReadable,
    UnknownRelease and UnknownArea, whose ``problems`` are for people; then nothing is left behind.
    """
    area = Area(within)
    with transaction.atomic(), open_table(path, name) as table:
        if table.format.name not in (*EVENTS, DELETIONS):
            raise NotReadable(
                Fault(
                    file=name,
                    message=f"These are {table.format.title}, which are no events. They are read, but not taken in yet.",
                )
            )
        if whole and (table.format.dataset in ROLLING or within):
            raise UnknownRelease(_NOT_WHOLE[bool(within)])
        found = Import.objects.create(
            name=name,
            size=path.stat().st_size,
            sha256=_sha256(path),
            format=table.format.name,
            dialect=table.dialect,
            layout=table.layout,
            release=release_of(table, name, release),
            within=within,
            asked_by=by,
        )
        stage(found, table, area, tell)
        found.layout = table.layout
        if table.format.name == DELETIONS:
            look_for_listed(found)
        else:
            compare(found)
        if whole:
            look_for_left_out(found)
        found.counts = counted(found)
        found.save(update_fields=["counts", "layout"])
    return found


def forget(one: Import) -> None:
    """Take away the staged rows of an import, and the import itself unless it was written."""
    StagedRow.objects.filter(of=one).delete()
    if one.batch is None:
        one.delete()


def _sha256(path: Path) -> str:
    seen = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            seen.update(chunk)
    return seen.hexdigest()


def remarks(one: Import, most: int, *, refused: bool) -> Iterator[Fault]:
    """What is wrong with the refused rows of an import, or odd about the others, in their order; no more rows than ``most``."""
    rows = one.rows.exclude(remarks=[]).order_by("number")
    rows = rows.filter(verdict=RowVerdict.REFUSED) if refused else rows.exclude(verdict=RowVerdict.REFUSED)
    for row in rows[:most]:
        for column, value, message in row.remarks:
            yield Fault(
                file=row.file or one.name,
                line=row.line,
                column=column or None,
                value=value or None,
                message=message,
            )
