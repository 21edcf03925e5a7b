"""One table of one file: recognised by its header, read row by row."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Self, cast

from border.contracts.outcome import Fault
from border.imports.formats import acled, ucdp
from border.imports.formats.archive import is_workbook, tables
from border.imports.formats.dates import Mixed, is_numeric, order_of
from border.imports.formats.headers import (
    ACLED,
    ACTORS,
    DELETED,
    GED,
    GED_COLUMNS,
    Format,
    dialect,
    normal,
    reason_against,
    recognise,
    repeated,
    unknown,
)
from border.imports.formats.lines import Lines, Record
from border.imports.formats.reader import Reader, fault_of
from border.imports.formats.records import NotReadable, Row
from border.imports.formats.seen import Seen
from border.imports.formats.workbook import Sheet, Workbook

MOST_ROWS = 1_000_000
MOST_KEPT = 1_000
_READERS: dict[str, type[Reader]] = {
    GED.name: ucdp.Events,
    ACTORS.name: ucdp.Actors,
    ACLED.name: acled.Events,
    DELETED.name: acled.Deletions,
}
_ROWS_LOOKED_AT = 100
_LINE_BITS = 24


class Part(NamedTuple):
    """A file of rows that was recognised, and how many of its first records are no rows."""

    grid: Lines | Sheet
    format: Format
    columns: list[str]
    header: bool
    hxl: list[str] | None

    @property
    def before_rows(self) -> int:
        """How many records stand before the first row."""
        return self.header + (self.hxl is not None)


class Table:
    """One table, in one file or in several of the same columns; a context manager that closes what it reads.

    ``warnings`` are about the table. While ``rows()`` runs, ``counted``, ``refused`` and ``warned`` count its rows, and
    ``faults`` keeps what is wrong with the first 1,000 that are refused.
    """

    def __init__(self, name: str, parts: Sequence[Part], warnings: list[Fault]) -> None:
        self.name, self._parts = name, parts
        self.opened = ExitStack()
        first = parts[0]
        self.format, self.columns = first.format, list(first.columns)
        self.dialect = _dialect(first)
        self.layout: dict[str, Any] = {
            "format": first.format.name,
            "dialect": self.dialect,
            "columns": self.columns,
            "header": first.header,
            "hxl": first.hxl,
            "delimiter": first.grid.delimiter,
            "bom": first.grid.bom,
            "newline": first.grid.newline,
        }
        self.warnings, self._warnings_of_file = warnings, list(warnings)
        self.faults: list[Fault] = []
        self.counted = self.refused = self.warned = 0
        self._order: str | None = None
        self._running: list[Iterator[Row]] = []
        self._say_what_is_unknown()
        self._decide_order_early()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; rows that are still being read end."""
        for rows in self._running:
            cast(Any, rows).close()
        self.opened.close()

    def rows(self) -> Iterator[Row]:
        """Every row from the first on, refused ones too. Raises NotReadable where the rest of the file is lost."""
        rows = self._rows()
        self._running.append(rows)
        return rows

    def _rows(self) -> Iterator[Row]:
        self.counted = self.refused = self.warned = 0
        self.faults, self.warnings = [], list(self._warnings_of_file)
        seen, width = Seen(), len(self.columns)
        for number, part in enumerate(self._parts):
            reader = _READERS[self.format.name](self.columns, self._ask_order)
            empty: list[int] = []
            for line, cells, trouble in islice(part.grid.records(), part.before_rows, None):
                if not any(cells) and trouble is None:
                    empty.append(line)
                    continue
                if trouble:
                    row = Row(line, "", cells, [trouble])
                elif len(cells) != width:
                    row = Row(line, "", cells, [("", "", _wrong_width(len(cells), width, part.grid.unit))])
                else:
                    row = reader.read(line, cells)
                    if row.key:
                        self._compare(row, seen, number)
                row.file = part.grid.name
                self._count(row, part)
                yield row
            if empty:
                self._warn_of_empty(part, empty)

    def _compare(self, row: Row, seen: Seen, number: int) -> None:
        """Refuses a second row of one id, or says that it repeats the first."""
        found = seen.before(row.key, row.cells, number << _LINE_BITS | row.line)
        if found is None:
            return
        place, same = found
        part, line = self._parts[place >> _LINE_BITS], place & (1 << _LINE_BITS) - 1
        where = f"{part.grid.unit} {line}"
        if place >> _LINE_BITS != number:
            where += f" of {part.grid.name}"
        column = next(name for name in self.columns if normal(name) == self.format.key).strip()
        if same:
            row.repeats = line
            row.warnings.append(
                (column, row.key, f"The same row, letter for letter, stands on {where} already.")
            )
        else:
            row.event = row.actor = row.deleted_at = None
            row.faults.append(
                (column, row.key, f"This id stands on {where} already, with another content. {_ONCE}")
            )

    def _count(self, row: Row, part: Part) -> None:
        self.counted += 1
        if self.counted > MOST_ROWS:
            message = f"The file has more than {MOST_ROWS:,} rows. Give it in parts, by country or year."
            raise NotReadable(Fault(file=part.grid.name, line=row.line, unit=part.grid.unit, message=message))
        if row.faults:
            self.refused += 1
            if self.refused <= MOST_KEPT:
                self.faults += [fault_of(row.file, part.grid.unit, row.line, one) for one in row.faults]
        if row.warnings:
            self.warned += 1

    def _warn_of_empty(self, part: Part, lines: list[int]) -> None:
        many = f"{len(lines):,} rows hold nothing and are left out; this is the first."
        message = many if len(lines) > 1 else "The row holds nothing and is left out."
        self.warnings.append(Fault(file=part.grid.name, line=lines[0], unit=part.grid.unit, message=message))

    def _say_what_is_unknown(self) -> None:
        extra = unknown(self.columns, self.format)
        if extra:
            names = ", ".join(name.strip() or "(no name)" for name in extra[:10])
            more = f" and {len(extra) - 10} more" if len(extra) > 10 else ""
            message = f"Columns that {self.format.title} do not have are kept as they came: {names}{more}."
            self._warnings_of_file.append(Fault(file=self.name, line=1, message=message))
            self.warnings.append(self._warnings_of_file[-1])

    def _decide_order_early(self) -> None:
        """Refuses a file of ambiguous dates before anything is made of its rows."""
        if any(is_numeric(text) for _, text in islice(self._dates(), _ROWS_LOOKED_AT)):
            self._ask_order()

    def _ask_order(self) -> str:
        """Whether day or month comes first in this table. Raises NotReadable when it cannot be told."""
        if self._order is None:
            found = order_of(self._dates())
            if isinstance(found, Mixed):
                part = self._parts[0] if len(self._parts) == 1 else None
                raise NotReadable(
                    Fault(
                        file=part.grid.name if part else self.name,
                        line=found.line,
                        column=self.format.dates[0],
                        value=found.value,
                        message=found.message,
                        unit=self._parts[0].grid.unit,
                    )
                )
            self._order = found
        return self._order

    def _dates(self) -> Iterator[tuple[int, str]]:
        places = [place for place, name in enumerate(self.columns) if normal(name) in self.format.dates]
        for part in self._parts:
            for line, cells, _ in islice(part.grid.records(), part.before_rows, None):
                if len(cells) == len(self.columns):
                    yield from ((line, cells[place]) for place in places)


def open_table(path: Path, name: str) -> Table:
    """The table in a file, recognised by its header; ``name`` is what its owner calls it. Raises NotReadable."""
    with ExitStack() as opened:
        groups, warnings = _groups(path, name, opened)
        parts = [_only_table(group) for group in groups]
        _check_alike(name, parts)
        table = Table(name, parts, warnings)
        table.opened = opened.pop_all()
        return table


def _groups(path: Path, name: str, opened: ExitStack) -> tuple[list[list[Lines | Sheet]], list[Fault]]:
    """What a file holds: for each table the file of rows, or the sheets among which it is one."""
    with path.open("rb") as stream:
        packed = stream.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}
    if not packed:
        return [[Lines(name, lambda: cast(BinaryIO, path.open("rb")))]], []
    try:
        archive = opened.enter_context(zipfile.ZipFile(path))
        if not is_workbook(archive):
            return tables(name, archive, opened)
    except (zipfile.BadZipFile, NotImplementedError) as error:
        message = "The archive is damaged, or cut off. Fetch it once more."
        raise NotReadable(Fault(file=name, message=message)) from error
    book = Workbook(name, cast(BinaryIO, opened.enter_context(path.open("rb"))))
    opened.callback(book.close)
    return [list(book.sheets)], []


def _only_table(grids: list[Lines | Sheet]) -> Part:
    """The one of some sheets that is a table. Raises NotReadable when none or several are."""
    found, refusals = [], []
    for grid in grids:
        try:
            found.append(_part(grid))
        except NotReadable as refusal:
            refusals += refusal.faults
    if len(found) > 1:
        names = " and ".join(part.grid.name.rpartition(": ")[2] for part in found[:2])
        message = f"More than one sheet is a table: {names}. Leave one of them in the workbook."
        raise NotReadable(Fault(file=found[0].grid.name.rpartition(": ")[0], message=message))
    if not found:
        raise NotReadable(*refusals)
    return found[0]


def _part(grid: Lines | Sheet) -> Part:
    beginning = [*islice(grid.records(), 3)]
    if not beginning:
        raise NotReadable(Fault(file=grid.name, message="The sheet is empty."))
    first, *rest = beginning
    if first.trouble:
        raise NotReadable(fault_of(grid.name, grid.unit, first.line, first.trouble))
    columns = first.cells
    if _is_row_of_ged(columns):
        return Part(grid, GED, list(GED_COLUMNS), header=False, hxl=None)
    found = recognise(columns)
    if found is None:
        message = _why_not(columns, rest)
        raise NotReadable(Fault(file=grid.name, line=first.line, unit=grid.unit, message=message))
    twice = repeated(columns, found.known)
    if twice:
        message = f"The column {twice[0]} stands in the header twice. Delete the one that is wrong."
        raise NotReadable(Fault(file=grid.name, line=first.line, unit=grid.unit, message=message))
    tags = rest[0].cells if rest and _is_hxl(rest[0].cells) else None
    if not rest or (tags and len(rest) < 2):
        message = "The file has a header and no rows. Fetch it once more, with the events."
        raise NotReadable(Fault(file=grid.name, line=first.line, unit=grid.unit, message=message))
    return Part(grid, found, columns, header=True, hxl=tags)


def _check_alike(name: str, parts: list[Part]) -> None:
    """Refuses several tables in an archive that are not one table in several files."""
    first = parts[0]
    for part in parts[1:]:
        one, other = (member.grid.name.removeprefix(f"{name}: ") for member in (first, part))
        if part.format is not first.format:
            what = f"{one} is a table of {first.format.title}, {other} of {part.format.title}"
        elif [*map(normal, part.columns)] != [*map(normal, first.columns)]:
            what = f"{one} and {other} do not have the same columns"
        else:
            continue
        raise NotReadable(Fault(file=name, message=f"In the archive, {what}. Give them one by one."))


def _is_row_of_ged(cells: list[str]) -> bool:
    return len(cells) == len(GED_COLUMNS) and _is_number(cells[0])


def _is_number(text: str) -> bool:
    return text.strip().isascii() and text.strip().isdigit()


def _is_hxl(cells: list[str]) -> bool:
    tags = [cell for cell in cells if cell.strip()]
    return len(tags) > 1 and all(tag.lstrip().startswith("#") for tag in tags)


def _why_not(columns: list[str], rest: list[Record]) -> str:
    """Why a first row is the header of no format."""
    width = len(columns)
    if rest and recognise(rest[0].cells):
        return f"The header stands only below this, on line {rest[0].line}. Delete what is above it."
    if not _is_number(columns[0]) and not acled.is_event_id(columns[0].strip()):
        return reason_against(columns)
    return (
        f"The file has no header, and {width} columns: without one only UCDP GED is read, which has {len(GED_COLUMNS)}."
        " Give the file with its header."
    )


def _wrong_width(width: int, wanted: int, unit: str) -> str:
    more = "more" if width > wanted else "fewer"
    remedy = _NO_COLUMN if unit == "row" else _QUOTE
    return f"The row has {width} cells, {more} than the header's {wanted}. {remedy}"


def _dialect(part: Part) -> str:
    if part.hxl is not None:
        return "HDX with HXL tags"
    return dialect(part.columns, part.format) if part.header else "without a header"


_NO_COLUMN = "Empty the cells beside the table."
_QUOTE = "Put a cell that holds the sign between columns or a line break in double quotes."
_ONCE = "Give the file with one line for each id."
