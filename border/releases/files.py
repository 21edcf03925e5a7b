"""The files of a table: CSV, Parquet, for records NDJSON, and GeoJSON where they have points.

The same rows give the same bytes: nothing in them tells when or where they were written.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from border.documents.canonical import canonical
from border.documents.table import cell
from border.publication.endpoints import Endpoint
from border.releases.tables import LIST, Field, Table, tables_of

# A part of a Parquet file: so many rows are held in memory.
ROW_GROUP = 20_000
ARROW = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    LIST: pa.list_(pa.string()),
}


class Parquet:
    """A Parquet file being written, row group by row group."""

    def __init__(self, path: Path, table: Table) -> None:
        self.schema = pa.schema([_column(one, key=one.name in table.key) for one in table.fields])
        self.writer = pq.ParquetWriter(path, self.schema, compression="zstd")
        self.rows: list[list[Any]] = []

    def add(self, row: list[Any]) -> None:
        """One more row."""
        self.rows.append(row)
        if len(self.rows) == ROW_GROUP:
            self._write()

    def _write(self) -> None:
        columns = zip(*self.rows, strict=True)
        arrays = [_array(list(values), kind.type) for values, kind in zip(columns, self.schema, strict=True)]
        self.writer.write_table(pa.Table.from_arrays(arrays, schema=self.schema), row_group_size=ROW_GROUP)
        self.rows = []

    def close(self) -> None:
        """Write what is left, and the end."""
        if self.rows:
            self._write()
        self.writer.close()


def _column(of: Field, *, key: bool) -> pa.Field:
    return pa.field(of.name, ARROW[of.type], nullable=not key, metadata={"description": of.meaning})


def _array(values: list[Any], kind: pa.DataType) -> pa.Array:
    # Days come as text, and numbers without a fraction as whole ones.
    return pa.array(values, pa.string()).cast(kind) if pa.types.is_date32(kind) else pa.array(values, kind)


class GeoJSON:
    """A file of GeoJSON being written: a feature for each record, without geometry where it has no point."""

    def __init__(self, path: Path, table: Table) -> None:
        self.file = path.open("w", encoding="utf-8", newline="\n")
        self.names = [one.name for one in table.fields]
        self.file.write('{"type":"FeatureCollection","features":[')
        self.before = "\n"

    def add(self, row: list[Any]) -> None:
        """One more record."""
        told = dict(zip(self.names, row, strict=True))
        point = [told.pop("longitude"), told.pop("latitude")]
        geometry = None if point[0] is None else {"type": "Point", "coordinates": point}
        feature = {"type": "Feature", "id": told["slug"], "geometry": geometry, "properties": told}
        self.file.write(f"{self.before}{canonical(feature)}")
        self.before = ",\n"

    def close(self) -> None:
        """Write the end."""
        self.file.write("\n]}\n")
        self.file.close()


@dataclass
class Told:
    """What is in a table that was written: how many rows, which columns are empty in some, and which words it holds."""

    rows: int = 0
    empty: set[str] = field(default_factory=set)
    words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class Written:
    """The files of one table, being written together."""

    def __init__(self, folder: Path, table: Table) -> None:
        self.told = Told()
        self.file = (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
        self.csv = csv.writer(self.file, lineterminator="\r\n")
        self.csv.writerow(one.name for one in table.fields)
        self.others: list[Parquet | GeoJSON] = [Parquet(folder / f"{table.name}.parquet", table)]
        if table.mapped:
            self.others.append(GeoJSON(folder / f"{table.name}.geojson", table))
        self._full = [(place, one.name) for place, one in enumerate(table.fields) if one.required]
        self._chosen = [(place, one.name) for place, one in enumerate(table.fields) if one.words]

    def add(self, rows: Iterable[list[Any]]) -> None:
        """Further rows."""
        for row in rows:
            self.told.rows += 1
            self.csv.writerow([cell(value) for value in row])
            for other in self.others:
                other.add(row)
            self.told.empty.update(name for place, name in self._full if row[place] in {None, ""})
            for place, name in self._chosen:
                self.told.words[name].add(row[place] or "")

    def close(self) -> None:
        """Write what is left."""
        for other in self.others:
            other.close()
        self.file.close()


def write(
    folder: Path, endpoint: Endpoint, documents: Iterable[str], tell: Callable[[], None]
) -> dict[str, Told]:
    """Write the files of an endpoint and of the lists within its documents; what each table holds.

    ``tell`` is called for each record.
    """
    tables = tables_of(endpoint)
    with ExitStack() as stack:
        written = [Written(folder, table) for table in tables]
        for one in written:
            stack.callback(one.close)
        lines = stack.enter_context(
            (folder / f"{tables[0].name}.ndjson").open("w", encoding="utf-8", newline="\n")
        )
        for text in documents:
            lines.write(f"{text}\n")
            document = json.loads(text)
            for table, one in zip(tables, written, strict=True):
                one.add(table.rows(document))
            tell()
    return {table.name: one.told for table, one in zip(tables, written, strict=True)}
