"""The sheets of an XLSX workbook, row by row.

A library that builds each row before it hands it out can be filled by one row without end, and one that holds the
texts as a tree by many short ones; so the parts are read here as they stream by. Formats of dates are openpyxl's.
"""

import datetime as dt
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, BinaryIO
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from border.contracts.cells import shown
from border.contracts.outcome import Fault
from border.imports.formats.lines import DAMAGED, Record
from border.imports.formats.records import NotReadable, Remark

# Texts are held in memory while a workbook is read; what is neither texts nor sheets is small.
_MOST_BYTES = {"xl/sharedStrings.xml": 20 * 1024**2, "xl/worksheets/": 100 * 1024**2, "": 4 * 1024**2}
_LAST_ROW, _LAST_COLUMN, _MOST_CELLS = 1_048_576, 16_384, 8_000_000
_LONGEST_CELL = 131_072
_CHUNK = 64 * 1024
# What stands in the code of a format and is no part of a date: words, colours and conditions.
_NOT_SHOWN = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_AS_CSV = "Save the sheet as CSV UTF-8 and give that."
_DAMAGED = (*DAMAGED, expat.ExpatError, ArithmeticError, LookupError, ValueError)
Attributes = dict[str, str]


class Sheet:
    """One sheet of a workbook."""

    unit = "row"
    delimiter, bom, newline = ",", False, "\n"

    def __init__(self, book: "Workbook", title: str, part: str) -> None:
        self.name, self._book, self._part = f"{book.name}: {title}", book, part

    def records(self) -> Iterator[Record]:
        """The rows that hold anything, from the first on. Raises NotReadable."""
        width = 0
        header: list[str] = []
        rows = _Rows(self._book)
        try:
            with self._book.archive.open(self._part) as stream:
                for line, cells, formula in rows.read(stream):
                    last = max((place for place, text in cells.items() if text), default=-1)
                    if last < 0:
                        continue
                    texts = [cells.get(place, "") for place in range(max(last + 1, width))]
                    header, width = header or texts, width or len(texts)
                    yield Record(line, texts, _trouble(line, texts, formula, header))
        except _DAMAGED as error:
            raise damaged(self.name) from error


class Workbook:
    """An open workbook: its texts, which of its styles are dates, and its sheets. Raises NotReadable.

    ``as_shown``: a day that is shown as a month or a year is no more than that; a spreadsheet makes a day of 2014-07.
    """

    def __init__(self, name: str, stream: BinaryIO, *, as_shown: bool = False) -> None:
        self.name, self.as_shown = name, as_shown
        try:
            self.archive = zipfile.ZipFile(stream)
            _check_sizes(name, self.archive)
            self.epoch = CALENDAR_WINDOWS_1900
            self.texts = self._texts()
            self.dates = self._dates()
            self.sheets = [Sheet(self, title, part) for title, part in self._sheets()]
        except _DAMAGED as error:
            raise damaged(name) from error
        if not self.sheets:
            raise NotReadable(
                Fault(file=name, message=f"The workbook holds no sheet that is read. {_AS_CSV}")
            )

    def close(self) -> None:
        """Closes the archive, not the stream that it was given."""
        self.archive.close()

    def _each(self, part: str, started: Callable[[str, Attributes], None]) -> None:
        """Calls ``started`` with the name and the attributes of every element of a part that is there."""
        if part in self.archive.NameToInfo:
            parser = _parser(started, lambda _: None, lambda _: None)
            with self.archive.open(part) as stream:
                parser.ParseFile(stream)

    def _texts(self) -> list[str]:
        texts: list[str] = []
        pieces: list[str] = []
        heard = [False, False]  # within a text, and within the reading aid of another script

        def started(name: str, _: Attributes) -> None:
            if name == "t":
                heard[0] = True
            elif name == "rPh":
                heard[1] = True

        def ended(name: str) -> None:
            if name == "t":
                heard[0] = False
            elif name == "rPh":
                heard[1] = False
            elif name == "si":
                texts.append("".join(pieces))
                pieces.clear()

        def told(text: str) -> None:
            if heard == [True, False]:
                pieces.append(text)

        if "xl/sharedStrings.xml" in self.archive.NameToInfo:
            with self.archive.open("xl/sharedStrings.xml") as stream:
                _parser(started, ended, told).ParseFile(stream)
        return texts

    def _dates(self) -> list[str]:
        """How a number in each of the styles is written as a date; empty where it is none."""
        formats, dates, within = dict(BUILTIN_FORMATS), [], [""]

        def started(name: str, attributes: Attributes) -> None:
            if name in {"cellXfs", "cellStyleXfs", "cellStyles", "dxfs"}:
                within[0] = name
            elif name == "numFmt":
                formats[int(attributes["numFmtId"])] = attributes["formatCode"]
            elif name == "xf" and within[0] == "cellXfs":
                code = formats.get(int(attributes.get("numFmtId", "0")), "General")
                dates.append(self._written(code) if is_date_format(code) else "")

        self._each("xl/styles.xml", started)
        return dates

    def _written(self, code: str) -> str:
        """As what a date of this format is written."""
        shown = _NOT_SHOWN.sub("", code).lower()
        if not self.as_shown or "y" not in shown or "d" in shown:
            return "%Y-%m-%d"
        return "%Y-%m" if "m" in shown else "%Y"

    def _sheets(self) -> Iterator[tuple[str, str]]:
        """The title and the part of each sheet, in the order of the workbook."""
        listed: list[tuple[str, str]] = []
        parts: dict[str, str] = {}

        def started(name: str, attributes: Attributes) -> None:
            if name == "sheet":
                keys = [value for attribute, value in attributes.items() if attribute.endswith(":id")]
                listed.append((attributes["name"], keys[0]))
            elif name == "Relationship" and attributes["Type"].endswith("/worksheet"):
                parts[attributes["Id"]] = posixpath.join("/xl", attributes["Target"]).lstrip("/")
            elif name == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
                self.epoch = CALENDAR_MAC_1904

        self._each("xl/_rels/workbook.xml.rels", started)
        self._each("xl/workbook.xml", started)
        return ((title, parts[key]) for title, key in listed if key in parts)


class _Rows:
    """What is said by the elements of a sheet while they stream by: the rows that have ended."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._ended: list[tuple[int, dict[int, str], str]] = []
        self._line, self._place, self._count, self._all = 0, -1, 0, 0
        self._cells: dict[int, str] = {}
        self._type = self._style = self._formula = ""
        self._pieces: list[str] = []
        self._length = 0
        self._heard = self._calculates = False

    def read(self, stream: Any) -> Iterator[tuple[int, dict[int, str], str]]:
        """For each row its number, its texts by their place, and its first formula: the letters, =, what it says."""
        parser = _parser(self._start, self._end, self._tell)
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
            yield from self._ended
            self._ended.clear()
        parser.Parse(b"", True)

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            address = attributes.get("r", "")
            self._place = (
                column_index_from_string(address.rstrip("0123456789")) - 1 if address else self._place + 1
            )
            self._count += 1
            if max(self._place, self._count) > _LAST_COLUMN:
                raise ValueError(address)
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._pieces, self._length = [], 0
        elif name in {"v", "t"}:
            self._heard = True
        elif name == "f":
            self._calculates, self._formula = (
                not self._formula,
                self._formula or f"{get_column_letter(self._place + 1)}=",
            )
        elif name == "row":
            line = int(attributes.get("r", self._line + 1))
            if not self._line < line <= _LAST_ROW:
                raise ValueError(line)
            self._line, self._place, self._count, self._cells, self._formula = line, -1, 0, {}, ""

    def _end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._heard = False
        elif name == "f":
            self._calculates = False
        elif name == "c":
            if self._pieces:
                self._cells[self._place] = self._text("".join(self._pieces))
        elif name == "row":
            self._all += self._count
            if self._all > _MOST_CELLS:
                raise ValueError(self._all)
            self._ended.append((self._line, self._cells, self._formula))

    def _tell(self, text: str) -> None:
        if self._heard and self._length <= _LONGEST_CELL:
            self._pieces.append(text)
            self._length += len(text)
        elif self._calculates and len(self._formula) < _LONGEST_CELL:
            self._formula += text

    def _text(self, value: str) -> str:
        """The value of a cell as a CSV file would have it."""
        if self._type == "s":
            return self._book.texts[int(value)]
        if self._type == "b":
            return "true" if value.strip() == "1" else "false"
        if self._type != "n":
            return value
        number = float(value)
        if self._style and (written := self._book.dates[int(self._style)]):
            with suppress(ValueError, OverflowError):  # no day, whatever its style says
                moment = from_excel(number, self._book.epoch)
                return day_of(moment) if written == "%Y-%m-%d" else f"{moment:{written}}"
        return number_of(value, number)


def number_of(value: str, number: float) -> str:
    """A number as people write it: a workbook has all digits that its computer knows.

    >>> number_of("34.600000000000001", 34.600000000000001), number_of("5.0", 5.0)
    ('34.6', '5')
    """
    if value.isdigit():
        return value
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def day_of(moment: Any) -> str:
    """A moment that a workbook keeps as a number: the day alone at midnight.

    >>> day_of(dt.datetime(2019, 9, 30)), day_of(dt.datetime(2019, 9, 30, 12))
    ('2019-09-30', '2019-09-30 12:00:00')
    """
    if isinstance(moment, dt.datetime) and moment.time() == dt.time():
        return moment.date().isoformat()
    return str(moment)


def damaged(name: str) -> NotReadable:
    """The refusal of a workbook whose inside is not as it should be."""
    return NotReadable(
        Fault(file=name, message=f"The workbook is damaged, or was made by no spreadsheet. {_AS_CSV}")
    )


def _trouble(line: int, texts: list[str], formula: str, header: list[str]) -> Remark | None:
    """What keeps a row from being read: a formula, whose value may be of another day, or a cell without end."""
    if formula:
        letters, _, says = formula.partition("=")
        place = column_index_from_string(letters) - 1
        column = header[place].strip() if place < len(header) else ""
        message = f"The cell {letters}{line} holds a formula. Put its value there: copy the column, and paste the values."
        return (column or letters, shown(f"={says}"), message)
    if max(map(len, texts)) > _LONGEST_CELL:
        return ("", "", f"A cell of the row has more than {_LONGEST_CELL:,} characters.")
    return None


def _parser(
    started: Callable[[str, Attributes], None], ended: Callable[[str], None], told: Callable[[str], None]
) -> Any:
    """A parser that names elements without their namespace, and takes no definitions of entities."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: started(name.rpartition(":")[2], attributes)
    parser.EndElementHandler = lambda name: ended(name.rpartition(":")[2])
    parser.CharacterDataHandler = told
    parser.StartDoctypeDeclHandler = _refuse_definitions
    return parser


def _refuse_definitions(*_: object) -> None:
    raise ValueError("a workbook has no DOCTYPE")


def _check_sizes(name: str, archive: zipfile.ZipFile) -> None:
    """Refuses a workbook that unpacks to more than is read. Raises NotReadable."""
    for member in archive.infolist():
        most = next(size for prefix, size in _MOST_BYTES.items() if member.filename.startswith(prefix))
        if member.file_size > most:
            message = (
                f"{shown(member.filename)} in the workbook unpacks to {member.file_size // 1024**2:,} MB,"
                f" more than the {most // 1024**2} MB that are read. {_AS_CSV}"
            )
            raise NotReadable(Fault(file=name, message=message))
