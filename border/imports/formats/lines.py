"""A text file of rows: checked while it is read, never held as a whole."""

import codecs
import csv
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple, NoReturn

from border.contracts.cells import shown
from border.contracts.outcome import Fault
from border.imports.formats.headers import familiar
from border.imports.formats.records import NotReadable, Remark

# What comes of reading a file, or a part of an archive, that is not whole.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, OSError, RuntimeError,
)  # fmt: skip
LONGEST_LINE = 1024 * 1024
MOST_LINES = 5_000_000
_CHUNK = 128 * 1024
_DELIMITERS = ",;\t|"
_BOM = codecs.BOM_UTF8

_MAGIC = (
    (b"PK\x03\x04", "an archive or a workbook under another name", "Give it by itself, as .zip or .xlsx."),
    (
        b"\xd0\xcf\x11\xe0",
        "an old Excel workbook, or one with a password",
        "Save it as .xlsx without one, or as CSV UTF-8.",
    ),
    (b"%PDF", "a PDF", "Give the table itself."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it first, or pack it as ZIP."),
    (b"BZh", "a bzip2 archive", "Unpack it first, or pack it as ZIP."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it first, or pack it as ZIP."),
    (b"Rar!", "a RAR archive", "Unpack it first, or pack it as ZIP."),
    (b"RDX", "a file of R", "Write it with write.csv and give that."),
    (b"<stata_dta>", "a file of Stata", "Write it with export delimited and give that."),
    (b"PAR1", "a Parquet file", "Give the table as CSV."),
)
_TEXT_MAGIC = (
    (re.compile(r"\s*[\[{]"), "JSON", "Ask for CSV: ACLED's API answers with it for _format=csv."),
    (re.compile(r"\s*<[!?a-zA-Z]"), "HTML or XML", "Perhaps it is a page that asks to log in. Give the file itself as CSV."),
)  # fmt: skip
_WIDE = {codecs.BOM_UTF16_LE: "UTF-16 little-endian", codecs.BOM_UTF16_BE: "UTF-16 big-endian"}
_AS_UTF_8 = "Save the file as UTF-8 (in Excel: CSV UTF-8)."
_RUN_OF_HIGH_BYTES = re.compile(rb"[\x80-\xff]{3,}")


class Record(NamedTuple):
    """One row as it stands in its file: where it begins, its cells, and what keeps it from being read."""

    line: int
    cells: list[str]
    trouble: Remark | None = None


class Lines:
    """A file of rows in UTF-8, with a comma, a semicolon, a tab or a vertical bar between cells."""

    unit = "line"

    def __init__(self, name: str, opening: Callable[[], BinaryIO]) -> None:
        self.name, self._opening = name, opening
        with opening() as stream:
            head = stream.read(_CHUNK)
        _check_kind(name, head)
        self.bom = head.startswith(_BOM)
        end = re.search(rb"\r\n|\n|\r", head)
        self.newline = end[0].decode() if end else "\n"
        self.delimiter = max(_DELIMITERS, key=self._familiar_with)

    def records(self) -> Iterator[Record]:
        """The rows from the first on; lines without anything are none. Raises NotReadable."""
        with self._opening() as stream:
            reader = self._reader(stream, self.delimiter)
            while True:
                line = reader.line_num + 1
                try:
                    for cells in reader:
                        if cells:
                            yield Record(line, cells)
                        line = reader.line_num + 1
                    return
                except csv.Error as error:
                    yield Record(line, [], self._trouble(str(error), line, reader.line_num))

    def _familiar_with(self, delimiter: str) -> tuple[int, int]:
        """How much of the first row makes sense with a delimiter."""
        with self._opening() as stream:
            try:
                first: list[str] = next((cells for cells in self._reader(stream, delimiter) if cells), [])
            except csv.Error:
                return (0, 0)
        return (familiar(first), len(first))

    def _reader(self, stream: BinaryIO, delimiter: str) -> Any:
        return csv.reader(_Text(stream, self.name), delimiter=delimiter, strict=True)

    def _trouble(self, error: str, line: int, last: int) -> Remark:
        """What is wrong with one row. Raises NotReadable when all that follows is lost with it."""
        if "field larger" in error:
            message = (
                f"A cell of the row that begins here has more than {csv.field_size_limit():,} characters:"
                " most likely a double quote is never closed."
            )
        elif "unexpected end" in error:
            message = (
                "A double quote in the row that begins here is never closed: the rest of the file is in it."
                " Close it, and double a quote within a cell; or give the whole file, if it was cut off."
            )
        else:
            lines = f" It was read as the lines {line} to {last}." if last > line else ""
            message = (
                "After a closing double quote comes neither the end of the cell nor that of the line."
                f" Double a quote within a cell.{lines}"
            )
            return ("", "", message)
        raise NotReadable(Fault(file=self.name, line=line, message=message))


class _Text:
    """The lines of a stream, as long as they are UTF-8 text of some length. Raises NotReadable."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream, self._name = stream, name
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._lines_before = self._unended = 0
        self._end = b"\n"

    def __iter__(self) -> Iterator[str]:
        rest = ""
        while chunk := self._read():
            lines = io.StringIO(rest + self._checked(chunk), newline="").readlines()
            # A carriage return at the end may be half of a line's end.
            rest = lines.pop() if lines and not lines[-1].endswith("\n") else ""
            yield from lines
        yield from io.StringIO(rest + self._checked(b""), newline="")

    def _read(self) -> bytes:
        try:
            chunk = self._stream.read(_CHUNK)
        except DAMAGED as error:
            message = "The file is damaged: it cannot be read to its end. Fetch it once more."
            raise NotReadable(Fault(file=self._name, message=message)) from error
        if not self._lines_before and not self._unended and b"\n" not in chunk:
            self._end = b"\r"
        return chunk

    def _checked(self, chunk: bytes) -> str:
        if b"\x00" in chunk:
            self._refuse(
                chunk,
                chunk.index(b"\x00"),
                "The line holds a NUL (U+0000). Delete it; it belongs in no text.",
            )
        try:
            text = self._decoder.decode(chunk, not chunk)
        except UnicodeDecodeError as error:
            carried = len(error.object) - len(chunk)
            message = (
                _not_utf_8(error.object, error.start)
                if chunk
                else "The file ends within a letter: it was cut off."
            )
            self._refuse(chunk, max(0, error.start - carried), message)
        first = chunk.find(self._end)
        length = self._unended + (first if first >= 0 else len(chunk))
        if length > LONGEST_LINE:
            self._refuse(
                chunk, 0, f"The line is longer than {LONGEST_LINE // 1024**2} MB: this is no table of events."
            )
        self._unended = length if first < 0 else len(chunk) - chunk.rfind(self._end) - 1
        self._lines_before += chunk.count(self._end)
        if self._lines_before > MOST_LINES:
            message = f"The file has more than {MOST_LINES:,} lines. Give it in parts, by country or year."
            raise NotReadable(Fault(file=self._name, message=message))
        return text

    def _refuse(self, chunk: bytes, place: int, message: str) -> NoReturn:
        line = self._lines_before + chunk.count(self._end, 0, place) + 1
        raise NotReadable(Fault(file=self._name, line=line, message=message))


def _check_kind(name: str, head: bytes) -> None:
    if not head.removeprefix(_BOM).strip():
        raise NotReadable(
            Fault(file=name, message="The file is empty. Give the export with its header and rows.")
        )
    for magic, what, remedy in _MAGIC:
        if head.startswith(magic):
            raise NotReadable(Fault(file=name, message=f"This is {what}, no table of rows. {remedy}"))
    encoding = _WIDE.get(head[:2])
    if encoding is None and head[:200].count(b"\x00") > len(head[:200]) // 4:
        encoding = "UTF-16"
    if encoding:
        raise NotReadable(Fault(file=name, line=1, message=f"The file is in {encoding}. {_AS_UTF_8}"))
    beginning = head[:200].decode("utf-8", "ignore").removeprefix("\ufeff")
    for pattern, what, remedy in _TEXT_MAGIC:
        if pattern.match(beginning):
            raise NotReadable(Fault(file=name, line=1, message=f"This is {what}, no table of rows. {remedy}"))


def _not_utf_8(raw: bytes, place: int) -> str:
    """Why bytes are not UTF-8, with a guess: Arabic in Windows-1256 comes in runs of high bytes."""
    begin, end = place, place
    while begin and place - begin < 40 and raw[begin - 1] not in b',;\t\n\r"':
        begin -= 1
    while end < len(raw) and end - place < 40 and raw[end] not in b',;\t\n\r"':
        end += 1
    arabic = _RUN_OF_HIGH_BYTES.search(raw, begin, end)
    codec, name = ("cp1256", "Windows-1256 (Arabic)") if arabic else ("cp1252", "Latin-1 (Windows-1252)")
    read = shown(raw[begin:end].decode(codec, "replace"), 40)
    return f'The file is not UTF-8. It may be {name}, and the cell "{read}". {_AS_UTF_8}'
