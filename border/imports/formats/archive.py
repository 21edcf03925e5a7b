"""A ZIP archive as these datasets are published in: one table, or several of the same format."""

import tempfile
import zipfile
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from border.contracts.cells import shown
from border.contracts.outcome import Fault
from border.imports.formats.lines import Lines
from border.imports.formats.records import NotReadable
from border.imports.formats.workbook import Sheet, Workbook

MOST_BYTES = 2 * 1024**3
# A table of text shrinks to a tenth or a twentieth; what shrinks to less than this is made to burst.
_MOST_SHRUNK, _SHRINKS_ANYHOW = 200, 1024**2
_MOST_MEMBERS = 200
_SUFFIXES = {".csv", ".tsv", ".txt", ".tab", ".xlsx"}
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
_CHUNK = 1024 * 1024


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether an archive is an XLSX workbook."""
    return "[Content_Types].xml" in archive.NameToInfo and any(
        name.startswith("xl/") for name in archive.NameToInfo
    )


def tables(
    name: str, archive: zipfile.ZipFile, opened: ExitStack
) -> tuple[list[list[Lines | Sheet]], list[Fault]]:
    """The tables in an archive, each as one file of rows or the sheets of one workbook, and what is left out.

    Raises NotReadable.
    """
    chosen, left_out = members(name, archive)
    if not chosen:
        raise _refused(name, "The archive holds no table: no file in it ends in .csv, .tsv, .txt or .xlsx.")
    return [_table(name, archive, member, opened) for member in chosen], left_out


def members(
    name: str, archive: zipfile.ZipFile, more: Iterable[str] = ()
) -> tuple[list[zipfile.ZipInfo], list[Fault]]:
    """The files of an archive that may be tables, by the ends of their names, and what is left out.

    ``more`` are further ends of names. Raises NotReadable where it is too much, or cannot be unpacked.
    """
    inside = [member for member in archive.infolist() if not member.is_dir() and not _hidden(member.filename)]
    if "mimetype" in archive.NameToInfo and "content.xml" in archive.NameToInfo:
        raise _refused(name, "This is an OpenDocument spreadsheet. Save it as .xlsx or as CSV UTF-8.")
    if len(inside) > _MOST_MEMBERS:
        raise _refused(name, f"The archive holds {len(inside):,} files. Give the one that is the table.")
    ends = {*_SUFFIXES, *more}
    chosen = [member for member in inside if PurePosixPath(member.filename).suffix.lower() in ends]
    if len(chosen) > 1:
        chosen = [member for member in chosen if not member.filename.lower().endswith(".txt")] or chosen
    _check_sizes(name, chosen)
    left_out = [
        Fault(file=inside_of(name, member), message="Not read: this is no table.")
        for member in inside
        if member not in chosen
    ]
    return chosen, left_out


def inside_of(name: str, member: zipfile.ZipInfo) -> str:
    """What a file of an archive is called in messages."""
    return f"{name}: {shown(member.filename)}"


def workbook(
    name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, opened: ExitStack, *, as_shown: bool = False
) -> Workbook:
    """A workbook in an archive, unpacked until ``opened`` is closed, its dates ``as_shown``. Raises NotReadable."""
    unpacked = opened.enter_context(cast(BinaryIO, tempfile.TemporaryFile()))  # noqa: SIM115
    with archive.open(member) as packed:
        while chunk := packed.read(_CHUNK):
            unpacked.write(chunk)
    book = Workbook(inside_of(name, member), unpacked, as_shown=as_shown)
    opened.callback(book.close)
    return book


def _table(
    name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, opened: ExitStack
) -> list[Lines | Sheet]:
    if not member.filename.lower().endswith(".xlsx"):
        return [Lines(inside_of(name, member), lambda: cast(BinaryIO, archive.open(member)))]
    return list(workbook(name, archive, member, opened).sheets)


def _check_sizes(name: str, members: list[zipfile.ZipInfo]) -> None:
    for member in members:
        if member.flag_bits & 0x1:
            raise _refused(
                name, f"{shown(member.filename)} in the archive is encrypted. Give it without a password."
            )
        if member.compress_type not in _METHODS:
            raise _refused(
                name,
                f"{shown(member.filename)} in the archive is packed in a way that is not read."
                " Pack it as an ordinary ZIP, or give it unpacked.",
            )
        if member.file_size > _SHRINKS_ANYHOW and member.file_size > _MOST_SHRUNK * member.compress_size:
            raise _refused(
                name,
                f"{shown(member.filename)} in the archive unpacks to more than {_MOST_SHRUNK} times its size:"
                " no table does. Give the table unpacked.",
            )
    size = sum(member.file_size for member in members)
    if size > MOST_BYTES:
        raise _refused(
            name, f"The archive unpacks to more than {MOST_BYTES // 1024**3} GB. Give it in parts."
        )


def _hidden(filename: str) -> bool:
    """What a Mac puts into archives, and what is hidden in folders."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(filename).parts)


def _refused(name: str, message: str) -> NotReadable:
    return NotReadable(Fault(file=name, message=message))
