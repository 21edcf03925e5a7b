"""One table of one file: recognised by its header, read row by row."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Self, cast

from border.contracts.outcome import Fault
from border.imports.formats import acled, ucdp
from border.imports.formats.archive import is_workbook, tables
from border.imports.formats.headers import ACLED, ACTORS, DELETED, GED, listed, normal, unknown
from border.imports.formats.lines import DAMAGED, Lines, Record
from border.imports.formats.part import Part, only_table
from border.imports.formats.reader import Reader, fault_of
from border.imports.formats.records import NotReadable, Recognise, Row
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
_LINE_BITS = 24
# Of so many rows at a time it is asked whether they are known.
_AT_ONCE = 1_000


class Table:
    """One table, in one file or in several of the same columns; a context manager that closes what it reads.

    ``warnings`` are about the table. While ``rows()`` runs, ``counted``, ``refused`` and ``warned`` count its rows, and
    ``faults`` keeps what is wrong with the first 1,000 that are refused.
    """

    def __init__(
        self, name: str, parts: Sequence[Part], warnings: Sequence[Fault], opened: ExitStack
    ) -> None:
        self.name, self._parts, self._opened = name, parts, opened
        first = parts[0]
        self.format, self.columns, self.dialect = first.format, first.columns, first.dialect
        self.layout: dict[str, Any] = {
            "format": self.format.name,
            "dialect": self.dialect,
            "columns": self.columns,
            "header": first.header,
            "hxl": first.hxl,
            "delimiter": first.grid.delimiter,
            "bom": first.grid.bom,
            "newline": first.grid.newline,
        }
        self._key = [*map(normal, self.columns)].index(self.format.key)
        self._warnings_of_file = [*warnings, *self._of_columns()]
        self.warnings = list(self._warnings_of_file)
        self.faults: list[Fault] = []
        self.counted = self.refused = self.warned = 0
        self._running: list[Iterator[Row]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file; rows that are still being read end."""
        for rows in self._running:
            cast(Any, rows).close()
        self._opened.close()

    def rows(self, recognise: Recognise | None = None) -> Iterator[Row]:
        """Every row from the first on, refused ones too. Raises NotReadable where the rest of the file is lost.

        Rows that ``recognise`` knows are not read on; it is asked of some rows at a time.
        """
        rows = self._rows(recognise)
        self._running.append(rows)
        return rows

    def _rows(self, recognise: Recognise | None) -> Iterator[Row]:
        self.counted = self.refused = self.warned = 0
        self.faults, self.warnings = [], list(self._warnings_of_file)
        seen, width = Seen(), len(self.columns)
        for number, part in enumerate(self._parts):
            reader = _READERS[self.format.name](self.columns, part.order)
            empty, first_empty = 0, 0
            for (line, cells, trouble), known in self._looked_at(part, recognise):
                if trouble:
                    row = Row(line, "", cells, [trouble])
                elif not any(cells):
                    empty, first_empty = empty + 1, first_empty or line
                    continue
                elif len(cells) != width:
                    row = Row(line, "", cells, [("", "", _wrong_width(len(cells), width, part.grid.unit))])
                else:
                    row = known or reader.read(line, cells)
                    if row.key:
                        self._compare(row, seen, number)
                row.file = part.name
                self._count(row, part)
                yield row
            if empty:
                self.warnings.append(part.fault(first_empty, _left_out(empty)))

    def _looked_at(self, part: Part, recognise: Recognise | None) -> Iterator[tuple[Record, Row | None]]:
        """The records of a file, each with its row where that is known already."""
        records = part.rows()
        if recognise is None:
            yield from ((record, None) for record in records)
            return
        while some := list(islice(records, _AT_ONCE)):
            whole = [
                record for record in some if not record.trouble and len(record.cells) == len(self.columns)
            ]
            keyed = [(record.cells[self._key].strip(), record.cells) for record in whole]
            known = {
                whole[place].line: Row(whole[place].line, *keyed[place], known=one)
                for place, one in recognise(keyed).items()
            }
            yield from ((record, known.get(record.line)) for record in some)

    def _compare(self, row: Row, seen: Seen, number: int) -> None:
        """Refuses a second row of one id, or says that it repeats the first."""
        found = seen.before(row.key, row.cells, number << _LINE_BITS | row.line)
        if found is None:
            return
        place, same = found
        part, line = self._parts[place >> _LINE_BITS], place & (1 << _LINE_BITS) - 1
        where = f"{part.grid.unit} {line}"
        if place >> _LINE_BITS != number:
            where += f" of {part.name}"
        column = self.columns[self._key].strip()
        if same:
            row.repeats = line
            row.warnings.append(
                (column, row.key, f"The same row, letter for letter, stands on {where} already.")
            )
        else:
            row.event = row.actor = row.deleted_at = row.known = None
            row.faults.append(
                (column, row.key, f"This id stands on {where} already, with another content. {_ONCE}")
            )

    def _count(self, row: Row, part: Part) -> None:
        self.counted += 1
        if self.counted > MOST_ROWS:
            message = f"The file has more than {MOST_ROWS:,} rows. Give it in parts, by country or year."
            raise NotReadable(part.fault(row.line, message))
        if row.faults:
            self.refused += 1
            if self.refused <= MOST_KEPT:
                self.faults += [fault_of(part.name, part.grid.unit, row.line, one) for one in row.faults]
        if row.warnings:
            self.warned += 1

    def _of_columns(self) -> Iterator[Fault]:
        extra = unknown(self.columns, self.format)
        if extra:
            message = f"Columns that {self.format.title} do not have are kept as they came: {listed(extra)}."
            yield Fault(file=self.name, line=1, message=message)


def open_table(path: Path, name: str) -> Table:
    """The table in a file, recognised by its header; ``name`` is what its owner calls it. Raises NotReadable."""
    with ExitStack() as opened:
        groups, warnings = _groups(path, name, opened)
        parts = [only_table(group) for group in groups]
        _check_alike(name, parts)
        for part in parts:
            part.check_dates()
        return Table(name, parts, warnings, opened.pop_all())


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
    except DAMAGED as error:
        message = "The archive is damaged, or cut off. Fetch it once more."
        raise NotReadable(Fault(file=name, message=message)) from error
    book = Workbook(name, cast(BinaryIO, opened.enter_context(path.open("rb"))))
    opened.callback(book.close)
    return [list(book.sheets)], []


def _check_alike(name: str, parts: list[Part]) -> None:
    """Refuses several tables in an archive that are not one table in several files."""
    first = parts[0]
    for part in parts[1:]:
        one, other = (member.name.removeprefix(f"{name}: ") for member in (first, part))
        if part.format is not first.format:
            what = f"{one} is a table of {first.format.title}, {other} of {part.format.title}"
        elif [*map(normal, part.columns)] != [*map(normal, first.columns)]:
            what = f"{one} and {other} do not have the same columns"
        else:
            continue
        raise NotReadable(Fault(file=name, message=f"In the archive, {what}. Give them one by one."))


def _left_out(count: int) -> str:
    if count == 1:
        return "The row holds nothing and is left out."
    return f"{count:,} rows hold nothing and are left out; this is the first."


def _wrong_width(width: int, wanted: int, unit: str) -> str:
    more = "more" if width > wanted else "fewer"
    remedy = _NO_COLUMN if unit == "row" else _QUOTE
    return f"The row has {width} cells, {more} than the header's {wanted}. {remedy}"


_NO_COLUMN = "Empty the cells beside the table."
_QUOTE = "Put a cell that holds the sign between columns or a line break in double quotes."
_ONCE = "Give the file with one line for each id."
