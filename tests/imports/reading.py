"""Reads a made-up file as the importer will."""

from pathlib import Path
from typing import NamedTuple

from border.contracts.outcome import Fault
from border.imports.formats import NotReadable, Row, Table, open_table


class Read(NamedTuple):
    """A table that was read to its end and closed, and its rows."""

    table: Table
    rows: list[Row]

    @property
    def faults(self) -> list[str]:
        return [f"{column}: {message}" for row in self.rows for column, _, message in row.faults]

    @property
    def warnings(self) -> list[str]:
        return [f"{column}: {message}" for row in self.rows for column, _, message in row.warnings]


def read(folder: Path, content: bytes, name: str = "invented.csv") -> Read:
    """The table in ``content``, and all of its rows."""
    path = folder / "uploaded"
    path.write_bytes(content)
    with open_table(path, name) as table:
        return Read(table, list(table.rows()))


def said_of(path: Path, name: str) -> list[Fault]:
    """What is wrong with a file, as a whole or with its rows."""
    try:
        with open_table(path, name) as table:
            for _ in table.rows():
                pass
            return table.faults
    except NotReadable as refusal:
        return refusal.faults
