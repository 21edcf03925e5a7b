"""Border's own tables in a file, and outlines with P-codes: which table each sheet is, by its header."""

import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from border.contracts import borrowed, outlines, read
from border.contracts.declare import Contract
from border.contracts.outcome import Fault
from border.contracts.read import MOST_BYTES, Given
from border.contracts.read import Sheet as Rows
from border.contracts.tables import BY_NAME
from border.imports.choices import OUTLINES, TABLES
from border.imports.formats.archive import inside_of, is_workbook, members, workbook
from border.imports.formats.lines import DAMAGED, Lines, Record
from border.imports.formats.reader import fault_of
from border.imports.formats.records import NotReadable
from border.imports.formats.workbook import Sheet, Workbook
from border.imports.judging import Judged, of_features, of_header

# Rows are judged together, with all to which they refer, and so are held in memory: some 10 kB each.
MOST_ROWS = 50_000
_HEAD = 64 * 1024


@dataclass
class Ours:
    """What a file holds of ours: rows by table, what of it is refused by itself, and what is left out."""

    format: str
    sheets: list[Rows]
    refused: list[Fault] = field(default_factory=list)
    left_out: list[Fault] = field(default_factory=list)

    @property
    def tables(self) -> list[str]:
        """The tables that the file has rows of, in the order of loading."""
        found = {sheet.contract.name for sheet in self.sheets}
        return [name for name in BY_NAME if name in found]

    @property
    def count(self) -> int:
        """How many rows it has."""
        return sum(len(sheet.rows) for sheet in self.sheets)


@dataclass
class _Part:
    """A sheet, or a file of rows: its name in messages, its size, the workbook in which it stands, and what it is.

    ``rows`` reads it as a table; of outlines with P-codes, by the slug of their source, with the features left out.
    """

    name: str
    size: int
    book: str
    judged: Judged
    rows: Callable[[Contract, str], tuple[Rows, list[Fault]]]


def ours_in(path: Path, name: str, by: str = "") -> Ours | None:
    """The tables of ours in the file at ``path``, or outlines with P-codes, drawn ``by`` the source of this slug.

    None where it is something else. Raises NotReadable where it is nearest to ours, and is not right.
    """
    with ExitStack() as opened:
        parts, left_out = _parts(path, name, opened)
        if not _are_ours(parts):
            return None
        left_out += [
            Fault(file=part.name, message="Not read: this is no table of border's own.")
            for part in parts
            if part.judged == Judged()
        ]
        parts = [part for part in parts if part.judged.table]
        _check_parts(name, parts)
        found = Ours(OUTLINES if parts[0].judged.theirs else TABLES, [], left_out=left_out)
        for part in parts:
            _take(part, by, found)
            if found.count > MOST_ROWS:
                message = f"The file has more than {MOST_ROWS:,} rows. Give it in parts."
                raise NotReadable(Fault(file=name, message=message))
        return found


def _are_ours(parts: Sequence[_Part]) -> bool:
    """Whether any of the parts is a table of ours. Raises NotReadable where others are almost, or do not go with it."""
    faults = [part.judged.fault for part in parts if part.judged.fault]
    tables = [part for part in parts if part.judged.table]
    foreign = [part for part in parts if part.judged.foreign]
    if not tables:
        if faults and not foreign:
            raise NotReadable(*faults)
        return False
    faults += [_misplaced(part.name, part.judged.foreign) for part in foreign]
    if len({part.judged.theirs for part in tables}) > 1:
        faults += [_misplaced(part.name, "outlines with P-codes") for part in tables if part.judged.theirs]
    if faults:
        raise NotReadable(*faults)
    return True


def _misplaced(name: str, what: str) -> Fault:
    return Fault(
        file=name, message=f"These are {what}, beside tables of border's own. Give them by themselves."
    )


def _check_parts(name: str, parts: Sequence[_Part]) -> None:
    """Refuses what is too large, and a workbook with two sheets of one table; of files there may be several."""
    if sum(part.size for part in parts) > MOST_BYTES:
        message = f"Its tables are larger than {MOST_BYTES >> 20} MB. Give it in parts."
        raise NotReadable(Fault(file=name, message=message))
    for called, count in Counter(part.name for part in parts).items():
        if count > 1:
            raise NotReadable(Fault(file=called, message="Two files of the archive are called so. Keep one."))
    seen: dict[tuple[str, str], _Part] = {}
    for part in parts:
        if part.book and part.judged.table:
            first = seen.setdefault((part.book, part.judged.table.name), part)
            if first is not part:
                one, other = (each.name.removeprefix(f"{part.book}: ") for each in (first, part))
                message = f"Two sheets are the table {part.judged.table.name}: {one} and {other}. Put their rows into one."
                raise NotReadable(Fault(file=part.book, message=message))


def _take(part: _Part, by: str, found: Ours) -> None:
    """Add the rows of a part to what was found; features of others that are not right are refused one by one."""
    if part.judged.table is None:
        raise ValueError(part.name)
    try:
        rows, placeless = part.rows(part.judged.table, by)
    except DAMAGED as error:
        message = "The archive is damaged, or cut off. Fetch it once more."
        raise NotReadable(Fault(file=part.name, message=message)) from error
    # A header that cannot be read is no fault of a row.
    if rows.faults and (not rows.columns or any(fault.line is None for fault in rows.faults)):
        raise NotReadable(*rows.faults)
    if part.judged.theirs:
        found.refused += [*rows.faults, *placeless]
        rows.faults = []
    found.sheets.append(rows)


# What a file is made of.


def _parts(path: Path, name: str, opened: ExitStack) -> tuple[list[_Part], list[Fault]]:
    with path.open("rb") as stream:
        packed = stream.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}
    if not packed:
        return [_file(name, name, path.stat().st_size, lambda: cast(BinaryIO, path.open("rb")))], []
    try:
        archive = opened.enter_context(zipfile.ZipFile(path))
        if not is_workbook(archive):
            return _inside(name, archive, opened)
    except DAMAGED:
        return [], []  # The reader of foreign files says what is wrong with it.
    book = Workbook(name, cast(BinaryIO, opened.enter_context(path.open("rb"))), as_shown=True)
    opened.callback(book.close)
    return [_page(book, sheet) for sheet in book.sheets], []


def _inside(name: str, archive: zipfile.ZipFile, opened: ExitStack) -> tuple[list[_Part], list[Fault]]:
    """The parts of an archive, and what is left out of it."""
    chosen, left_out = members(name, archive, [".geojson"])
    parts: list[_Part] = []
    for member in chosen:
        if member.filename.lower().endswith(".xlsx"):
            book = workbook(name, archive, member, opened, as_shown=True)
            parts += [_page(book, sheet) for sheet in book.sheets]
        else:
            opening = partial(archive.open, member)
            parts.append(_file(inside_of(name, member), member.filename, member.file_size, opening))
    return parts, left_out


def _page(book: Workbook, sheet: Sheet) -> _Part:
    """A sheet of a workbook."""
    title = sheet.name.removeprefix(f"{book.name}: ")

    def rows(contract: Contract, _: str) -> tuple[Rows, list[Fault]]:
        records = (
            (one.line, one.cells, _trouble(sheet, one)) for one in islice(sheet.records(), MOST_ROWS + 2)
        )
        return read.held(Rows(sheet.name, contract, unit=sheet.unit), records), []

    first = next(sheet.records(), None)
    if first is None:
        return _Part(sheet.name, 0, book.name, Judged(), rows)
    if trouble := _trouble(sheet, first):
        judged = _if_called(title, trouble)
    else:
        judged = of_header(
            first.cells, title, Fault(file=sheet.name, line=first.line, unit=sheet.unit, message="")
        )
    return _Part(sheet.name, 0, book.name, judged, rows)


def _trouble(sheet: Sheet, one: Record) -> Fault | None:
    return fault_of(sheet.name, sheet.unit, one.line, one.trouble) if one.trouble else None


def _file(name: str, path: str, size: int, opening: Callable[[], Any]) -> _Part:
    """A file of rows as text, or of features."""
    with opening() as stream:
        head: bytes = stream.read(_HEAD)

    def content() -> bytes:
        with opening() as stream:
            return cast(bytes, stream.read(MOST_BYTES + 1))

    if path.lower().endswith(".geojson") or (
        head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and b'"Feature' in head
    ):
        return _features(name, size, content)

    def rows(contract: Contract, _: str) -> tuple[Rows, list[Fault]]:
        return read.sheet(Given(name, content(), contract.name), contract), []

    return _Part(name, size, "", _of_text(name, PurePosixPath(path).name, opening), rows)


def _of_text(name: str, called: str, opening: Callable[[], Any]) -> Judged:
    """What a file of rows is; where it cannot be read, why, if it is called as a table of ours."""
    try:
        lines = Lines(name, opening)
        first = next(lines.records(), None)
    except NotReadable as refusal:
        return _if_called(called, refusal.faults[0])
    if first is None:
        return Judged()
    if first.trouble:
        return _if_called(called, fault_of(name, lines.unit, first.line, first.trouble))
    return of_header(first.cells, called, Fault(file=name, line=first.line, message=""))


def _if_called(called: str, fault: Fault) -> Judged:
    """A fault of what is called as a table of ours; else nobody knows what it is, and others may say more."""
    return Judged(fault=fault) if called.partition(".")[0] in BY_NAME else Judged()


def _features(name: str, size: int, content: Callable[[], bytes]) -> _Part:
    """A file of GeoJSON: outlines of ours, or of others with their P-codes."""

    def rows(contract: Contract, by: str) -> tuple[Rows, list[Fault]]:
        given = Given(name, content(), contract.name)
        return borrowed.sheet(given, contract, by) if judged.theirs else (outlines.sheet(given, contract), [])

    if size > MOST_BYTES:
        judged = Judged(
            fault=Fault(file=name, message=f"The file is larger than {MOST_BYTES >> 20} MB. Split it.")
        )
    else:
        judged = of_features(name, content())
    return _Part(name, size, "", judged, rows)
