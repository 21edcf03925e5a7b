"""A table that is written again reads the same: header and cells, and mostly the bytes."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from border.imports.formats import open_table, write_table
from tests.imports import invented
from tests.imports.invented import ACLED_NOW, GED, acled, ged
from tests.imports.reading import Read, read
from tests.imports.test_recognising import BOM, DIALECTS


def written(found: Read) -> bytes:
    """What was read, written again from a layout that went through a database."""
    stream = io.StringIO(newline="")
    write_table(stream, json.loads(json.dumps(found.table.layout)), [row.cells for row in found.rows])
    return stream.getvalue().encode()


def assert_same(one: Read, other: Read) -> None:
    assert other.table.columns == one.table.columns
    assert other.table.layout == one.table.layout
    assert [row.cells for row in other.rows] == [row.cells for row in one.rows]
    assert [row.event for row in other.rows] == [row.event for row in one.rows]


@pytest.mark.parametrize(("header", "row", "shape", "name", "dialect"), DIALECTS)
@pytest.mark.parametrize("bom", [b"", BOM])
def test_every_dialect_is_written_byte_for_byte(
    header: list[str],
    row: dict[str, str],
    shape: dict[str, object],
    name: str,
    dialect: str,
    bom: bytes,
    tmp_path: Path,
) -> None:
    content = bom + invented.file(header, [row], **shape)
    assert written(read(tmp_path, content)) == content


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_shape_of_text(delimiter: str, newline: str, tmp_path: Path) -> None:
    rows = list(invented.every_acled("since 2023"))
    first = read(tmp_path, invented.file(ACLED_NOW, rows, delimiter=delimiter, newline=newline))
    assert_same(first, read(tmp_path, written(first)))


@settings(max_examples=60, deadline=None)
@given(
    cells=st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
        min_size=3,
        max_size=3,
    ),
    delimiter=st.sampled_from(",;\t|"),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_any_text_in_a_cell(
    cells: list[str], delimiter: str, newline: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    row = acled(notes=cells[0], source=cells[1], location=cells[2])
    layout = {
        "columns": ACLED_NOW,
        "header": True,
        "hxl": None,
        "delimiter": delimiter,
        "bom": False,
        "newline": newline,
    }
    stream = io.StringIO(newline="")
    write_table(stream, layout, [[row.get(name, "") for name in ACLED_NOW]])
    found = read(tmp_path_factory.mktemp("written"), stream.getvalue().encode())
    assert [one.cells for one in found.rows] == [[row.get(name, "") for name in ACLED_NOW]]


def test_workbook_is_written_as_text_that_reads_the_same(tmp_path: Path) -> None:
    first = read(tmp_path, invented.sheet(("Data", GED, [ged(), ged(id="900002", best="3")])), "ged.xlsx")
    again = read(tmp_path, written(first))
    assert_same(first, again)


def test_refused_rows_are_written_too(tmp_path: Path) -> None:
    content = invented.file(ACLED_NOW, [acled(), acled(event_id_cnty="SYR900002", fatalities="many")])
    assert written(read(tmp_path, content)) == content


@pytest.mark.shared
@pytest.mark.parametrize("name", ["ged191_iraq_hxl.csv", "ged231_sample1000.csv", "ucdp-actor-221.csv"])
def test_real_files_are_written_byte_for_byte(name: str, shared: Path, tmp_path: Path) -> None:
    path = shared / "data" / "ucdp" / name
    with open_table(path, name) as table:
        found = Read(table, list(table.rows()))
    assert written(found) == path.read_bytes()
