"""A file read and compared with what is here: the preview, from which it is written or forgotten."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from border.contracts.outcome import Fault
from border.imports.actor_lists import LIST, look_over_list
from border.imports.area import Area
from border.imports.choices import ImportState, RowVerdict
from border.imports.comparing import compare
from border.imports.deleting import DELETIONS, look_for_left_out, look_for_listed
from border.imports.formats import open_table
from border.imports.loading import look_over
from border.imports.models import Import, NameCount, StagedRow
from border.imports.releases import ROLLING, UnknownRelease, release_of
from border.imports.staging import counted, stage

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
    to which it is narrowed; where it is the ``whole`` release, what earlier ones had and it has not is deleted. ``by`` is
    who brings it; ``tell`` hears how many rows are read. Raises NotReadable, UnknownRelease, UnknownArea and NotAsSaid,
    whose ``problems`` are for people; then nothing is left behind.
    """
    found = Import(name=name, release_said=release, within=within, asked_by=by)
    read_into(found, path, tell, whole=whole)
    return found


def read_into(
    one: Import, path: Path, tell: Callable[[int], None] = _quietly, *, whole: bool = False
) -> None:
    """Read the file at ``path`` as that of ``one``, in the place of what was read of it before. Raises as `read` does."""
    area = Area(one.within)
    if look_over(one, path, tell, whole=whole):
        return
    with transaction.atomic(), open_table(path, one.name) as table:
        if whole and (table.format.dataset in ROLLING or one.within):
            raise UnknownRelease(_NOT_WHOLE[bool(one.within)])
        one.format, one.dialect = table.format.name, table.dialect
        one.release = release_of(table, one.name, one.release_said)
        one.begin(path)
        if table.format.name == LIST:
            look_over_list(one, table, tell, whole=whole)
        else:
            stage(one, table, area, tell)
        one.layout = table.layout | {"said": [str(warning) for warning in table.warnings]}
        if table.format.name == DELETIONS:
            look_for_listed(one)
        elif table.format.name != LIST:
            compare(one)
        if whole:
            look_for_left_out(one)
        one.counts = counted(one)
        one.save(update_fields=["counts", "layout"])


def forget(one: Import) -> None:
    """Take away the staged rows of an import and its file, and the import itself unless it was written."""
    clear(one)
    if one.batch is None:
        NameCount.objects.filter(of=one).delete()
        one.delete()


def give_up(one: Import) -> None:
    """Take away the staged rows of an import and its file; that there was one stays."""
    clear(one)
    NameCount.objects.filter(of=one).delete()
    one.state = ImportState.GIVEN_UP
    one.save(update_fields=["state"])


def clear(one: Import) -> None:
    """Take away what an import was looked over by: its staged rows, and its file once that is committed."""
    StagedRow.objects.filter(of=one).delete()
    if one.file:
        transaction.on_commit(partial(one.file.storage.delete, str(one.file.name)))
        one.file = ""
        one.save(update_fields=["file"])


def told(counts: dict[str, int]) -> str:
    """Rows by verdict, in words.

    >>> told({"same": 2000, "new": 1})
    '1 new, 2,000 same'
    """
    return ", ".join(f"{count:,} {verdict}" for verdict, count in sorted(counts.items())) or "no rows"


def remarks(one: Import, most: int, *, refused: bool) -> Iterator[Fault]:
    """What is wrong with the refused rows of an import, or odd about the others, in their order; no more rows than ``most``."""
    rows = one.rows.filter(verdict=RowVerdict.REFUSED) if refused else one.rows.flagged()
    for row in rows.order_by("number")[:most]:
        for column, value, message in row.remarks:
            yield Fault(
                file=row.file or one.name,
                line=row.line,
                column=column or None,
                value=value or None,
                message=message,
            )
