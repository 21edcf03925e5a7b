"""Border's own tables, and outlines with P-codes, as an import: judged as `load` does, looked over, and written."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction
from shapely import get_num_coordinates
from shapely.geometry import shape

from border.contracts.declare import Contract
from border.contracts.load import Origin, load_sheets
from border.contracts.outcome import Change, Fault, Outcome
from border.contracts.tables import BY_NAME
from border.imports.choices import OUTLINES, ImportState, RowVerdict
from border.imports.formats.records import Remark
from border.imports.models import Import
from border.imports.ours import Ours, ours_in
from border.imports.values import as_json
from border.kernel.records import Reviewed
from border.publication.bulk import copy_in
from sources.models import Batch, Source
from territories.models import Outline

_COLUMNS = ("of_id", "number", "file", "line", "key", "told", "before", "title", "remarks", "verdict")
# The place of a row: its file or sheet, and its line.
Place = tuple[str, int]


class NotAsSaid(Exception):
    """What was said of a file does not go with what it is, or its rows are not what was looked over; ``problems`` say it."""

    @property
    def problems(self) -> list[str]:
        """What is to be said to whoever asked."""
        return [str(self)]


def look_over(one: Import, path: Path, tell: Callable[[int], None], *, whole: bool = False) -> bool:
    """Whether the file at ``path`` is ours; then its rows are judged, rehearsed and staged as those of ``one``.

    Raises NotReadable, and NotAsSaid where it is not said whose outlines these are, or more is said than is meant.
    """
    found = ours_in(path, one.name, one.release_said)
    if found is None:
        return False
    one.release = _source(one, found, whole=whole)
    with transaction.atomic():
        outcome = load_sheets(found.sheets, _origin(one, found), by=None, why="", via="import", dry_run=True)
        tell(found.count)
        one.format, one.dialect = found.format, _listed(found.tables)
        one.layout = {"said": [str(fault) for fault in found.left_out], "digest": _digest(outcome.changes)}
        one.begin(path)
        tables: dict[str, Counter[str]] = {name: Counter() for name in found.tables}
        beside = _Beside(found)
        copy_in("imports_stagedrow", _COLUMNS, _staged(one, found, outcome, beside, tables))
        one.counts = dict(sum(tables.values(), Counter()))
        one.layout["tables"] = {name: dict(counts) for name, counts in tables.items()}
        one.save(update_fields=["counts", "layout"])
    return True


def load_read(one: Import, path: Path, *, by: Any, why: str, via: str) -> Batch | None:
    """Write what was looked over as one batch, all or nothing; None where the database says all of it already.

    Raises NotAsSaid where what would be written is no longer what was looked over.
    """
    found = ours_in(path, one.name, one.release.slug if one.release else "")
    if found is None:
        raise NotAsSaid(_OUTDATED)
    with transaction.atomic():
        outcome = load_sheets(found.sheets, _origin(one, found), by=by, why=why, via=via)
        if outcome.faults or _digest(outcome.changes) != one.layout["digest"]:
            raise NotAsSaid(_OUTDATED)
        one.batch = Batch.objects.get(pk=outcome.batch) if outcome.batch else None
        one.state = ImportState.WRITTEN
        one.save(update_fields=["batch", "state"])
    return one.batch


def not_allowed(person: Any, one: Import) -> str:
    """Which tables of a file that was read ``person`` may not import, in words; nothing where all may be."""
    refused = [name for name in one.layout["tables"] if not person.has_perm(_right(BY_NAME[name]))]
    return f"You may not import {', '.join(refused)}." if refused else ""


def _right(contract: Contract) -> str:
    """The right to import a table: that of the noun that its rows are, or belong to."""
    model: Any = contract.model
    if not issubclass(model, Reviewed):
        model = contract.references[contract.keys[0]]
    return f"{model._meta.app_label}.import_{model._meta.model_name}"


_OUTDATED = (
    "What would be written now is not what was looked over: somebody has written to the same records since."
    " Have the file read again."
)


def _source(one: Import, found: Ours, *, whole: bool) -> Source | None:
    """Whose outlines these are. Raises NotAsSaid."""
    if one.within or whole:
        raise NotAsSaid("Border's own tables and outlines are taken in as they are: narrow them to no area.")
    if found.format == OUTLINES:
        source = Source.objects.filter(slug=one.release_said).first()
        if source is None:
            asked = f"There is no source {one.release_said}. " if one.release_said else ""
            raise NotAsSaid(
                f"{asked}Say whose outlines these are: give the slug of their source as the release."
            )
        return source
    if one.release_said:
        raise NotAsSaid("Border's own tables are no release of a dataset: leave the release empty.")
    return None


def _origin(one: Import, found: Ours) -> Origin:
    about = {"name": one.name, "size": one.size, "sha256": one.sha256, "rows": found.count}
    return Origin([about], found.format, one.release)


def _listed(tables: Sequence[str]) -> str:
    """Some tables by name, of many how many more.

    >>> _listed(["sources", "actors", "events", "episodes"])
    'sources, actors and 2 more tables'
    """
    if len(tables) <= 3:
        return ", ".join(tables)
    return f"{', '.join(tables[:2])} and {len(tables) - 2} more tables"


def _digest(changes: Iterable[Change]) -> str:
    """What tells whether the same would be written."""
    told = hashlib.sha256()
    for change in changes:
        told.update(as_json([change.table, change.key, change.before, change.after]).encode())
    return told.hexdigest()


def _staged(
    one: Import, found: Ours, outcome: Outcome, beside: "_Beside", tables: dict[str, Counter[str]]
) -> Iterator[Sequence[Any]]:
    """The rows of the file as they are looked over, in its order, counted by table and verdict in ``tables``."""
    remarks = _by_place([*found.refused, *outcome.faults, *outcome.warnings])
    refused = set(_by_place([*found.refused, *outcome.faults]))
    changes = {(change.file, change.line): change for change in outcome.changes}
    lines: dict[str, list[int]] = defaultdict(list)
    for file, line in sorted({*changes, *refused}):
        lines[file].append(line)
    number = 0
    for sheet in found.sheets:
        for line in lines[sheet.file]:
            place, number = (sheet.file, line), number + 1
            change = changes.get(place)
            verdict = RowVerdict.REFUSED if change is None or place in refused else _verdict(change)
            tables[sheet.contract.name][verdict.value] += 1
            key = " ".join(change.key) if change else ""
            told, before = beside.sides(change) if change and place not in refused else (None, None)
            yield (
                one.pk,
                number,
                sheet.file,
                line,
                key,
                told and as_json(told),
                before and as_json(before),
                f"{sheet.contract.name} {key}".strip(),
                as_json(remarks.get(place, [])),
                verdict.value,
            )


def _verdict(change: Change) -> RowVerdict:
    if change.new:
        return RowVerdict.NEW
    return RowVerdict.CHANGED if change.columns else RowVerdict.SAME


def _by_place(faults: Iterable[Fault]) -> dict[Place, list[Remark]]:
    """What is said of rows, by their places."""
    found: dict[Place, list[Remark]] = defaultdict(list)
    for fault in faults:
        found[fault.file, fault.line or 0].append((fault.column or "", fault.value or "", fault.message))
    return found


class _Beside:
    """The two sides of what changes; of outlines in words, and of new ones which others their territories have."""

    def __init__(self, found: Ours) -> None:
        self._here: dict[str, list[str]] = defaultdict(list)
        slugs = {
            row[sheet.columns.index("territory")]
            for sheet in found.sheets
            if found.format == OUTLINES
            for _, row in sheet.rows
        }
        drawn = Outline.objects.filter(territory__slug__in=slugs).order_by("number")
        for slug, number, by, geometry in drawn.values_list(
            "territory__slug", "number", "source__slug", "geometry"
        ):
            self._here[slug].append(f"number {number} by {by}: {shape_in_words(geometry)}")

    def sides(self, change: Change) -> tuple[dict[str, str], dict[str, str] | None]:
        """What a row says, and what was there before."""
        after, before = _in_words(change.after), change.before and _in_words(change.before)
        here = self._here.get(change.after.get("territory", ""))
        if before is None and here:
            before = {"shape": "\n".join(here)}
        return after, before


def _in_words(texts: dict[str, str]) -> dict[str, str]:
    """The texts of a row; in place of a geometry what it is in words."""
    if "geometry" not in texts:
        return texts
    others = {name: text for name, text in texts.items() if name != "geometry"}
    return others | {"shape": shape_in_words(json.loads(texts["geometry"]))}


def shape_in_words(geometry: dict[str, Any]) -> str:
    """What sort of shape it is, of how many points, and within which bounds.

    >>> shape_in_words({"type": "LineString", "coordinates": [[40.5, 34], [41, 35.25]]})
    'LineString, 2 points, longitude 40.5 to 41, latitude 34 to 35.25'
    """
    drawn = shape(geometry)
    west, south, east, north = (f"{degrees:.4f}".rstrip("0").rstrip(".") for degrees in drawn.bounds)
    points = f"{get_num_coordinates(drawn):,} points"
    return f"{geometry['type']}, {points}, longitude {west} to {east}, latitude {south} to {north}"
