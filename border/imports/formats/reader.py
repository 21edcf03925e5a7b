"""What the readers of all formats share: the places of the columns in one file, and the order of its dates."""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import ClassVar

from border.contracts.outcome import Fault
from border.imports.formats.dates import UNDECIDED, Span, Undecided
from border.imports.formats.figures import Place
from border.imports.formats.headers import normal
from border.imports.formats.records import Remark, Row

_LONGEST_VALUE = 200


class Reader:
    """Reads the rows of one file; ``ask_order`` goes through its dates, and is called when one is ambiguous."""

    wanted: ClassVar[tuple[str, ...]]

    def __init__(self, header: Sequence[str], ask_order: Callable[[], str]) -> None:
        self._header = header
        self._places: dict[str, int] = {}
        for place, name in enumerate(header):
            self._places.setdefault(normal(name), place)
        # A column that the file lacks is found behind the others, where an empty text is put.
        self._take = itemgetter(*(self._places.get(name, len(header)) for name in self.wanted))
        self._ask_order, self._order = ask_order, UNDECIDED

    def read(self, line: int, cells: list[str]) -> Row:
        """What one row says; with any fault, nothing."""
        raise NotImplementedError

    def _refuse(self, row: Row, name: str, value: str, message: str) -> None:
        """Says what is wrong with a cell."""
        row.faults.append(self._remark(name, value, message))

    def _warn(self, row: Row, name: str, value: str, message: str) -> None:
        """Says what is odd about a cell."""
        row.warnings.append(self._remark(name, value, message))

    def _remark(self, name: str, value: str, message: str) -> Remark:
        place = self._places.get(name)
        column = name if place is None else self._header[place].strip()
        return (column, value[:_LONGEST_VALUE], message)

    def _span(self, read: Callable[[str], Span]) -> Span:
        """A date read in the order of this file."""
        try:
            return read(self._order)
        except Undecided:
            self._order = self._ask_order()
            return read(self._order)

    def _judge(self, row: Row, place: Place, cells: dict[str, str]) -> None:
        """Says what is wrong with coordinates, or odd."""
        if place.fault:
            self._refuse(row, place.column, cells[place.column], place.fault)
        elif place.warning:
            self._warn(row, place.column, cells[place.column], place.warning)


def fault_of(file: str, unit: str, line: int, remark: Remark) -> Fault:
    """A remark about a row as a fault with its place."""
    column, value, message = remark
    return Fault(file=file, line=line, column=column or None, value=value or None, message=message, unit=unit)
