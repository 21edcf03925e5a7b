"""Dumping: every table as its CSV, every outline as its GeoJSON, the same bytes for the same rows."""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction

from border.contracts import outlines
from border.contracts.cells import text_of
from border.contracts.declare import Contract
from border.contracts.tables import BY_NAME
from border.kernel.spreadsheets import harmless


def dump(folder: Path, contracts: Sequence[Contract]) -> dict[str, int]:
    """Write the tables of ``contracts`` into ``folder``; the number of rows of each.

    The rows are those of one moment. All is written beside the folder's own files first and then put in their
    place, so that a dump that fails leaves what was there. Files of no table dumped are left alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts = {}
    with tempfile.TemporaryDirectory(dir=folder, prefix=".dump-") as beside, _one_moment():
        written = []
        for contract in contracts:
            rows = list(texts(contract, contract.model._default_manager.all()))
            counts[contract.name] = len(rows)
            for name, content in _files(contract, rows):
                fresh = Path(beside, name)
                fresh.parent.mkdir(exist_ok=True)
                fresh.write_bytes(content)
                written.append(name)
        for name in written:
            Path(folder, name).parent.mkdir(exist_ok=True)
            Path(beside, name).replace(Path(folder, name))
    return counts


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that sees the rows of one moment, whatever is written meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def strangers(folder: Path) -> list[Path]:
    """Outline files in ``folder`` that name no outline of the database: ``load`` would bring them back."""
    known = {_outline_name(texts) for texts in _outlines()}
    return [path for path in sorted(folder.glob("outlines/*.geojson")) if path.name not in known]


def texts(contract: Contract, rows: "models.QuerySet[Any]") -> Iterator[dict[str, str]]:
    """The rows of a table as their cells read, in the order of their keys."""
    found = [
        {name: text_of(value) for name, value in zip(contract.header, row, strict=True)}
        for row in rows.order_by().values_list(*contract.queryset_columns)
    ]
    return iter(sorted(found, key=lambda row: tuple(_place(row[name]) for name in contract.keys)))


def as_csv(contract: Contract, rows: Iterable[dict[str, str]]) -> bytes:
    """Rows as the bytes of a contract's file: UTF-8, LF, quotes only where needed."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, contract.header, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def for_spreadsheets(rows: Iterable[dict[str, str]]) -> Iterator[dict[str, str]]:
    """Rows in which no cell is run as a formula by a spreadsheet: ' before one that would be. Not to be loaded."""
    for row in rows:
        yield {name: harmless(text) for name, text in row.items()}


def _place(text: str) -> tuple[int, str]:
    """Words in the order of their letters' code points, then numbers in order of size."""
    return (int(text) if text.isdecimal() and text.isascii() else -1, text)


def _files(contract: Contract, rows: list[dict[str, str]]) -> Iterator[tuple[str, bytes]]:
    if contract.name != "outlines":
        yield f"{contract.name}.csv", as_csv(contract, rows)
        return
    for row in rows:
        yield f"outlines/{_outline_name(row)}", outlines.written(row)


def _outline_name(row: dict[str, str]) -> str:
    return f"{row['territory']}-{row['number']}.geojson"


def _outlines() -> Iterator[dict[str, str]]:
    contract = BY_NAME["outlines"]
    return texts(contract, contract.model._default_manager.all())
