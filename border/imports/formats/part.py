"""One file of rows that was recognised: where its rows begin, and which way round its dates are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from border.contracts.outcome import Fault
from border.imports.formats import acled
from border.imports.formats.dates import Mixed, is_numeric, order_of
from border.imports.formats.headers import (
    GED,
    GED_COLUMNS,
    Format,
    dialect,
    normal,
    reason_against,
    recognise,
    repeated,
)
from border.imports.formats.lines import Lines, Record
from border.imports.formats.reader import fault_of
from border.imports.formats.records import NotReadable
from border.imports.formats.workbook import Sheet

_DATES_LOOKED_AT = 100


@dataclass
class Part:
    """A file of rows, or a sheet, with its format and its columns; without a header the columns are the standard ones."""

    grid: Lines | Sheet
    format: Format
    columns: list[str]
    header: bool
    hxl: list[str] | None
    _order: str | None = field(default=None, init=False)

    @property
    def name(self) -> str:
        """What it is called in messages."""
        return self.grid.name

    @property
    def dialect(self) -> str:
        """Which of the shapes of its format it has."""
        if self.hxl is not None:
            return "HDX with HXL tags"
        return dialect(self.columns, self.format) if self.header else "without a header"

    def rows(self) -> Iterator[Record]:
        """Its records without the header and the tags. Raises NotReadable."""
        return islice(self.grid.records(), self.header + (self.hxl is not None), None)

    def fault(self, line: int, message: str, column: str | None = None, value: str | None = None) -> Fault:
        """A fault at one of its lines."""
        return Fault(
            file=self.name, line=line, message=message, column=column, value=value, unit=self.grid.unit
        )

    def order(self) -> str:
        """Whether day or month comes first in its dates, by all of them. Raises NotReadable when it cannot be told."""
        if self._order is None:
            found = order_of(self._dates())
            if isinstance(found, Mixed):
                raise NotReadable(self.fault(found.line, found.message, self.format.dates[0], found.value))
            self._order = found
        return self._order

    def check_dates(self) -> None:
        """Refuses ambiguous dates before anything is made of the rows. Raises NotReadable."""
        if any(is_numeric(text) for _, text in islice(self._dates(), _DATES_LOOKED_AT)):
            self.order()

    def _dates(self) -> Iterator[tuple[int, str]]:
        places = [place for place, name in enumerate(self.columns) if normal(name) in self.format.dates]
        for line, cells, _ in self.rows():
            if len(cells) == len(self.columns):
                yield from ((line, cells[place]) for place in places)


def only_table(grids: Sequence[Lines | Sheet]) -> Part:
    """The one of some sheets that is a table. Raises NotReadable when none or several are."""
    found, refusals = [], []
    for grid in grids:
        try:
            found.append(_part(grid))
        except NotReadable as refusal:
            refusals += refusal.faults
    if len(found) > 1:
        book = found[0].name.rpartition(": ")[0]
        names = " and ".join(part.name.removeprefix(f"{book}: ") for part in found[:2])
        message = f"More than one sheet is a table: {names}. Leave one of them in the workbook."
        raise NotReadable(Fault(file=book, message=message))
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
    if len(columns) == len(GED_COLUMNS) and _is_number(columns[0]):
        return Part(grid, GED, list(GED_COLUMNS), header=False, hxl=None)
    found = recognise(columns)
    if found is None:
        message = _why_not(columns, rest)
    elif twice := repeated(columns, found.known):
        message = f"The column {twice[0]} stands in the header twice. Delete the one that is wrong."
    else:
        tags = rest[0].cells if rest and _is_hxl(rest[0].cells) else None
        if len(rest) > (tags is not None):
            return Part(grid, found, columns, header=True, hxl=tags)
        message = "The file has a header and no rows. Fetch it once more, with the events."
    raise NotReadable(Fault(file=grid.name, line=first.line, unit=grid.unit, message=message))


def _why_not(columns: list[str], rest: list[Record]) -> str:
    """Why a first row is the header of no format."""
    if rest and recognise(rest[0].cells):
        return f"The header stands only below this, on line {rest[0].line}. Delete what is above it."
    if not _is_number(columns[0]) and not acled.is_event_id(columns[0].strip()):
        return reason_against(columns)
    return (
        f"The file has no header, and {len(columns)} columns: without one only UCDP GED is read, which has"
        f" {len(GED_COLUMNS)}. Give the file with its header."
    )


def _is_number(text: str) -> bool:
    return text.strip().isascii() and text.strip().isdigit()


def _is_hxl(cells: list[str]) -> bool:
    tags = [cell for cell in cells if cell.strip()]
    return len(tags) > 1 and all(tag.lstrip().startswith("#") for tag in tags)
