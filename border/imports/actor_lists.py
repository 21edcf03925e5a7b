"""UCDP's list of actors taken in: its rows are kept as they came, and tell of ids what they are called. Nobody is made of them."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection

from border.imports.choices import RowVerdict
from border.imports.formats import Row, Table
from border.imports.formats.headers import ACTORS, normal
from border.imports.listed import LISTS
from border.imports.matching import look_up
from border.imports.models import ActorReading, Import
from border.imports.releases import UnknownRelease
from border.imports.sets import values_of
from border.imports.values import as_json, plain
from border.publication.bulk import copy_in

LIST = ACTORS.name
_AT_ONCE = 2000
_COLUMNS = ("of_id", "number", "file", "line", "key", "raw", "told", "title", "remarks", "verdict")
# Of an actor in a list, what is told beside its names, and the columns that say it: a name, and perhaps its id.
_FACTS = {
    "location": ("location",),
    "earlier": ("nameprev", "actoridprev"),
    "later": ("namesplittemp", "actoridsplittemp"),
    "alliance": ("namealliance", "actoridalliance"),
    "joined": ("groupname", "actoridgroup"),
}
_NOTHING = {"", "n/a"}
# What this release said comes before what others did, which differ in their version at least.
_COMPARE = f"""
WITH known AS (
    SELECT DISTINCT ON (k.key) k.key, k.id, k.told, k.raw, k.release_id = %(release)s AS own
    FROM imports_stagedrow s JOIN events_externalrecord k
        ON k.key = s.key AND (k.release_id = %(release)s OR k.release_id = ANY(%(before)s))
    WHERE s.of_id = %(of)s AND s.verdict = '{RowVerdict.NEW}'
    ORDER BY k.key, k.release_id = %(release)s DESC, k.id DESC
)
UPDATE imports_stagedrow s SET record = CASE WHEN k.own THEN k.id END, before = k.told,
    verdict = CASE WHEN k.own AND k.raw <> s.raw OR k.told <> s.told THEN '{RowVerdict.CHANGED}' ELSE '{RowVerdict.SAME}' END
FROM known k WHERE k.key = s.key AND s.of_id = %(of)s AND s.verdict = '{RowVerdict.NEW}'
"""


def look_over_list(one: Import, table: Table, tell: Callable[[int], None], *, whole: bool = False) -> None:
    """Stage the rows of a list of actors, and compare them with what lists said before. Raises UnknownRelease."""
    if one.within or whole:
        raise UnknownRelease("A list of actors has neither places nor years: leave out --within and --whole.")
    rows, count = table.rows(), 0
    while some := list(islice(rows, _AT_ONCE)):
        copy_in("imports_stagedrow", _COLUMNS, _staged(one, table.columns, some, count))
        count += len(some)
        tell(count)
    with connection.cursor() as cursor:
        cursor.execute(_COMPARE, values_of(one))


def ask_again(written: str) -> None:
    """After a list of the dataset ``written`` came or went: look up anew whom the names may mean that wait."""
    for dataset, lists in LISTS.items():
        if lists == written:
            waiting = ActorReading.objects.waiting().filter(dataset=dataset, decided_by=None)
            look_up(dataset, actors=waiting.values_list("pk", flat=True))


def _staged(one: Import, columns: Sequence[str], rows: Sequence[Row], before: int) -> Iterator[Sequence[Any]]:
    for number, row in enumerate(rows, before + 1):
        cells = dict(zip(columns, row.cells, strict=True)) if row.actor else None
        verdict = RowVerdict.REFUSED if row.faults else RowVerdict.REPEATED if row.repeats else RowVerdict.NEW
        yield (
            one.pk,
            number,
            row.file,
            row.line,
            row.key.replace("\0", ""),
            cells and as_json(cells),
            cells and as_json(_told(row, cells)),
            plain(row.actor.name) if row.actor else "",
            as_json([*row.faults, *row.warnings]),
            verdict.value,
        )


def _told(row: Row, cells: dict[str, str]) -> dict[str, Any]:
    """What a row says of an actor: its name, its further names, and what else is told."""
    said = {normal(column): cell.strip() for column, cell in cells.items()}
    found: dict[str, Any] = {"name": row.actor.name, "names": list(row.actor.names)} if row.actor else {}
    for fact, (name, *ids) in _FACTS.items():
        parts = [said.get(column, "") for column in (name, *ids)]
        parts = [part for part in parts if part.lower() not in _NOTHING]
        if parts and said.get(name, "").lower() not in _NOTHING:
            found[fact] = parts[0] + "".join(f" ({part})" for part in parts[1:])
    return found
