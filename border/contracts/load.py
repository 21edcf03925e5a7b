"""Loading: files in, and either every row of all of them is written in one transaction, or none."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from border.contracts import borrowed, outlines, read, write
from border.contracts.cells import nearest, shown
from border.contracts.chains import circles
from border.contracts.draft import Draft, Slugs, read_cells, refuse_repeats, resolve
from border.contracts.oddities import oddities
from border.contracts.outcome import Fault, Outcome
from border.contracts.read import Given, Sheet
from border.contracts.tables import BY_NAME, CONTRACTS
from border.kernel.retrying import retried
from sources.models import Batch, Source

_ORDER = {contract.name: place for place, contract in enumerate(CONTRACTS)}


def load(
    files: Sequence[Given],
    *,
    by: AbstractBaseUser | None = None,
    why: str = "",
    via: str = "load",
    outlines_by: str = "",
    dry_run: bool = False,
) -> Outcome:
    """Write the rows of ``files``, in any order, all or none; with ``dry_run`` none, but all is rehearsed.

    Every fault of every file is found in one go. Rows that say what the database says already are left alone
    and leave no history. Rows that no file mentions stay. What changed is one Batch, and its history carries
    the user ``by``, the reason ``why``, ``via`` and the batch. With ``outlines_by``, the slug of a source, GeoJSON
    files are that source's own, and their features find their territories by P-code. Where somebody else writes to the
    same rows at the same time, the whole is done again.
    """
    return retried(lambda: _load(files, by=by, why=why, via=via, outlines_by=outlines_by, dry_run=dry_run))


def _load(
    files: Sequence[Given],
    *,
    by: AbstractBaseUser | None,
    why: str,
    via: str,
    outlines_by: str,
    dry_run: bool,
) -> Outcome:
    outcome = Outcome()
    sheets = [sheet for given in files if (sheet := _sheet(given, outcome, outlines_by)) is not None]
    rows = {sheet.file: len(sheet.rows) for sheet in sheets}
    about = [
        {
            "name": Path(one.name).name,
            "size": len(one.content),
            "sha256": hashlib.sha256(one.content).hexdigest(),
            "rows": rows.get(one.name, 0),
        }
        for one in files
    ]
    _write(sheets, outcome, Origin(about), by=by, why=why, via=via, dry_run=dry_run)
    if outcome.faults:
        outcome.changes = []
    return outcome


class Origin(NamedTuple):
    """From where rows come, as their batch says: the files with name, size, sha256 and rows; their format; whose they are."""

    files: list[dict[str, Any]]
    format: str = "border-csv"
    release: Source | None = None


def load_sheets(
    sheets: Sequence[Sheet], origin: Origin, *, by: Any, why: str, via: str, dry_run: bool = False
) -> Outcome:
    """As ``load``, for sheets that were read already; beside faults, the changes of the rows that have none are told too."""
    outcome = Outcome(faults=[fault for sheet in sheets for fault in sheet.faults])
    _write(sheets, outcome, origin, by=by, why=why, via=via, dry_run=dry_run)
    return outcome


def _write(
    sheets: Sequence[Sheet], outcome: Outcome, origin: Origin, *, by: Any, why: str, via: str, dry_run: bool
) -> None:
    ordered = sorted(sheets, key=lambda sheet: _ORDER[sheet.contract.name])
    with transaction.atomic():
        drafts = _drafts(ordered, outcome)
        touched = [draft for draft in drafts if draft.touched]
        if touched and not outcome.faults:
            batch = _batch(origin, outcome, by)
            with pghistory.context(user=by.pk if by else None, why=why, via=via, batch=batch.pk):
                outcome.faults += write.write(touched) or write.settle(touched)
            outcome.batch = batch.pk
        if outcome.faults or dry_run:
            outcome.batch = None
            transaction.set_rollback(True)
    outcome.faults.sort(key=lambda fault: (fault.file, fault.line or 0))


def given(paths: Sequence[Path]) -> tuple[list[Given], list[Fault]]:
    """The files that ``paths`` name: files themselves, and of folders the .csv and .geojson in them.

    In a folder, outlines may lie in a folder ``outlines`` of their own; other files are none of ours.
    """
    found, faults = [], []
    for path in paths:
        try:
            for file in _files(path):
                if file.stat().st_size > read.MOST_BYTES:
                    faults.append(
                        Fault(
                            file=str(file),
                            message=f"The file is larger than {read.MOST_BYTES >> 20} MB. Split it: several files load at once.",
                        )
                    )
                else:
                    found.append(Given.named(str(file), file.read_bytes()))
        except OSError as error:
            faults.append(Fault(file=str(path), message=f"It cannot be read: {error.strerror}."))
    return found, faults


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted([*path.glob("*.csv"), *path.glob("*.geojson"), *path.glob("outlines/*.geojson")])


def _sheet(one: Given, outcome: Outcome, outlines_by: str) -> Sheet | None:
    contract = BY_NAME.get(one.table)
    if contract is None:
        likely = nearest(one.table, BY_NAME)
        hint = f"Perhaps {likely}.csv?" if likely else f"The tables are: {', '.join(BY_NAME)}."
        outcome.faults.append(
            Fault(
                file=one.name,
                message=f'No table is called "{shown(one.table)}"; the name of a file says its table. {hint}',
            )
        )
        return None
    if contract.name == "outlines" and outlines_by:
        sheet, warnings = borrowed.sheet(one, contract, outlines_by)
        outcome.warnings += warnings
    else:
        sheet = (outlines if contract.name == "outlines" else read).sheet(one, contract)
    outcome.faults += sheet.faults
    return sheet


def _drafts(sheets: Sequence[Sheet], outcome: Outcome) -> list[Draft]:
    """The rows of all sheets, judged by everything that can be known before they are written."""
    drafts = []
    for sheet in sheets:
        rows, faults = read_cells(sheet)
        drafts += rows
        outcome.faults += faults
    slugs = Slugs()
    outcome.faults += refuse_repeats(drafts)
    outcome.faults += resolve(drafts, slugs)
    touched = [draft for draft in drafts if draft.touched]
    outcome.faults += write.broken_rules([draft for draft in drafts if draft.unread or draft.touched])
    outcome.faults += circles(touched, slugs)
    outcome.warnings += oddities(touched)
    outcome.changes = [draft.change for draft in drafts if not draft.faulty]
    return drafts


def _batch(origin: Origin, outcome: Outcome, by: Any) -> Batch:
    return Batch.objects.create(
        files=origin.files,
        format=origin.format,
        release=origin.release,
        counts=outcome.counts,
        applied_by=by,
    )
