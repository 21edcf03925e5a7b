"""From the bytes of a file to its rows, or to the reason why it is no CSV of ours."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Self

from border.contracts.cells import nearest, shown
from border.contracts.declare import Contract
from border.contracts.outcome import Fault

MOST_BYTES = 100 * 1024 * 1024
LONGEST_LINE = 1024 * 1024
LONGEST_CELL = 131_072

_MAGIC = (
    (b"PK\x03\x04", "a spreadsheet or zip archive", "save the sheet as CSV UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook", "save the sheet as CSV UTF-8"),
    (b"%PDF", "a PDF", "give the table itself as CSV"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
)
_TEXT_MAGIC = (
    (re.compile(r"\s*[\[{]"), "JSON", "give rows and columns as CSV; only outlines are GeoJSON, in files named .geojson"),
    (re.compile(r"\s*<[!?a-zA-Z]"), "HTML or XML", "give rows and columns as CSV"),
)  # fmt: skip
_UTF_16 = {b"\xff\xfe": "UTF-16 little-endian", b"\xfe\xff": "UTF-16 big-endian"}
_RUN_OF_HIGH_BYTES = re.compile(rb"[\x80-\xff]{3,}")
_AS_UTF_8 = "Save the file as UTF-8 (in Excel: CSV UTF-8)."
_MOST_NAMED = 10
_COMMA = "Put a cell that holds a comma in double quotes."
_WIDTH = {"row": "Empty the cells beside the table."}

# A row: where it begins, its cells, and what keeps it from being read.
Record = tuple[int, list[str], Fault | None]


class Given(NamedTuple):
    """A file handed in: its name, its bytes, and the table it is for."""

    name: str
    content: bytes
    table: str

    @classmethod
    def named(cls, name: str, content: bytes) -> Self:
        """A file whose name says the table, up to the first dot: events.2019.csv holds events."""
        suffix = Path(name).suffix.lower()
        return cls(name, content, "outlines" if suffix == ".geojson" else Path(name).name.split(".")[0])


@dataclass
class Sheet:
    """The rows of one file, each with the line on which it begins and one text for each column."""

    file: str
    contract: Contract
    columns: tuple[str, ...] = ()
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unit: str = "line"


class _Refused(Exception):
    def __init__(self, message: str, line: int | None = None, column: str | None = None) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


def sheet(given: Given, contract: Contract) -> Sheet:
    """The rows of a file held against its contract; its faults when it cannot be read as such."""
    return held(Sheet(given.name, contract), _records(given.content))


def held(found: Sheet, records: Iterator[Record]) -> Sheet:
    """``found`` with the rows among ``records``, of which the first is the header, and what is wrong with them."""
    try:
        _read_header(found, records)
        if not found.faults:
            _read_rows(found, records)
    except _Refused as refused:
        found.faults.append(
            Fault(file=found.file, line=refused.line, column=refused.column, message=refused.message)
        )
    return found


def _read_header(found: Sheet, records: Iterator[Record]) -> None:
    first = next(records, None)
    if first is None:
        wanted = ",".join(found.contract.header)
        raise _Refused(f"The file is empty. Even without rows it has its header: {wanted}")
    line, header, trouble = first
    if trouble:
        found.faults.append(trouble)
        return
    _check_delimiter(header, found.contract)
    found.faults += [
        Fault(
            file=found.file,
            line=line,
            column=shown(column) if column else None,
            message=message,
            unit=found.unit,
        )
        for column, message in header_faults(header, found.contract)
    ]
    found.columns = tuple(header)


def _check_delimiter(header: list[str], contract: Contract) -> None:
    if len(header) != 1 or header[0] in contract.header:
        return
    for sign, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "vertical bars")):
        if len(set(header[0].split(sign)) & set(contract.header)) > 1:
            raise _Refused(f"The columns are parted by {name}. Save the file with commas between columns.", 1)


def header_faults(header: list[str], contract: Contract) -> Iterator[tuple[str | None, str]]:
    """What keeps a header from being that of a contract: the column, and what to do."""
    known, seen = contract.header, set()
    missing = [name for name in known if name not in header]
    unknown = [name for name in header if name not in known]
    for name in header:
        if name in seen and name in known:
            yield name, "This column stands in the header twice. Delete one of the two."
        seen.add(name)
    for name in unknown[:_MOST_NAMED]:
        yield name or "(no name)", _unknown_column(name, missing, contract)
    if len(unknown) > _MOST_NAMED:
        yield None, f"{len(unknown) - _MOST_NAMED} more columns are unknown, {len(unknown)} in all."
    if missing and len(missing) == len(known):
        yield None, f"The first line is not the header of {contract.name}: {','.join(known)}"
        return
    for name in missing:
        yield (
            name,
            "This column is missing. Add it to the header; its cells may be empty where the column allows it.",
        )


def _unknown_column(name: str, missing: list[str], contract: Contract) -> str:
    if not name.strip():
        return "A column of the header has no name. Name it, or delete the empty column."
    if name in {field.name for field in contract.model._meta.get_fields()}:
        return "This column cannot be set by a file: it is derived, or set by review. Delete the column."
    likely = nearest(name, missing or contract.header)
    hint = f"Perhaps {likely}?" if likely else f"The columns are: {', '.join(contract.header)}."
    return f"There is no such column in {contract.name}. {hint}"


def _read_rows(found: Sheet, records: Iterator[Record]) -> None:
    width = len(found.columns)
    for line, cells, trouble in records:
        if trouble:
            found.faults.append(trouble)
        elif len(cells) != width:
            more = "more" if len(cells) > width else "fewer"
            found.faults.append(
                Fault(
                    file=found.file,
                    line=line,
                    message=f"The row has {len(cells)} cells, {more} than the header's {width}. "
                    f"{_WIDTH.get(found.unit, _COMMA)}",
                    unit=found.unit,
                )
            )
        else:
            found.rows.append((line, cells))


def _records(content: bytes) -> Iterator[Record]:
    """The rows of a CSV file that hold anything. Raises _Refused."""
    reader = csv.reader(_lines(content), strict=True)
    while True:
        line = reader.line_num + 1
        cells = _next(reader)
        if cells is None:
            return
        if cells:
            yield line, cells, None


def _next(reader: Any) -> list[str] | None:
    line = reader.line_num + 1
    try:
        cells: list[str] | None = next(reader, None)
    except csv.Error as error:
        raise _Refused(_csv_fault(str(error)), line) from error
    return cells


def _csv_fault(error: str) -> str:
    if "field larger" in error:
        return (
            f"A cell of the row that begins here has more than {LONGEST_CELL:,} characters: "
            "most likely a double quote is never closed."
        )
    if "unexpected end" in error:
        return "A double quote in the row that begins here is never closed. Close it, and double a quote within a cell."
    return "After a closing double quote comes neither a comma nor the end of the line. Double a quote within a cell."


def _lines(content: bytes) -> Iterator[str]:
    """The lines of a file, decoded, each ending with a line feed alone. Raises _Refused."""
    if len(content) > MOST_BYTES:
        raise _Refused(
            f"The file is larger than {MOST_BYTES // 1024**2} MB. Split it: several files load at once."
        )
    _check_magic(content)
    start, number = (3 if content.startswith(b"\xef\xbb\xbf") else 0), 0
    while start < len(content):
        number += 1
        end = content.find(b"\n", start, start + LONGEST_LINE) + 1
        if not end:
            if len(content) - start > LONGEST_LINE:
                raise _Refused(f"The line is longer than {LONGEST_LINE // 1024**2} MB.", number)
            end = len(content)
        yield _line(content[start:end], number)
        start = end


def _line(raw: bytes, number: int) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Refused(_not_utf_8(raw, error.start), number) from error
    if "\x00" in text:
        raise _Refused(
            f"Character {text.index(chr(0)) + 1} of the line is NUL (U+0000). Delete it; it belongs in no text.",
            number,
        )
    text = text.replace("\r\n", "\n")
    if "\r" in text:
        raise _Refused(
            "The line holds a carriage return without a line feed, as old Macintosh files do. "
            "Save the file with line ends LF or CRLF.",
            number,
        )
    return text


def _check_magic(content: bytes) -> None:
    for magic, what, remedy in _MAGIC:
        if content.startswith(magic):
            raise _Refused(f"This is {what}, not CSV: {remedy}.")
    encoding = _UTF_16.get(content[:2])
    if encoding is None and content[:200].count(b"\x00") > len(content[:200]) // 4:
        encoding = "UTF-16"
    if encoding:
        raise _Refused(f"The file is in {encoding}. {_AS_UTF_8}", 1)
    beginning = content[:200].decode("utf-8", "ignore").removeprefix("\ufeff")
    for pattern, what, remedy in _TEXT_MAGIC:
        if pattern.match(beginning):
            raise _Refused(f"This is {what}, not CSV: {remedy}.", 1)


def _not_utf_8(raw: bytes, place: int) -> str:
    """Why a line is not UTF-8, with a guess: Arabic in Windows-1256 comes in runs of high bytes."""
    arabic = _RUN_OF_HIGH_BYTES.search(raw)
    codec, name = ("cp1256", "Windows-1256 (Arabic)") if arabic else ("cp1252", "Latin-1 (Windows-1252)")
    begin, end = place, place
    while begin and raw[begin - 1] not in b',\n\r"':
        begin -= 1
    while end < len(raw) and raw[end] not in b',\n\r"':
        end += 1
    read = shown(raw[begin:end].decode(codec, "replace"), 40)
    return f'The file is not UTF-8: byte {place + 1} of the line. It may be {name}, and the cell "{read}". {_AS_UTF_8}'
