"""A file is recognised by its header, however it is spelt, ordered, parted, encoded and packed."""

from pathlib import Path

import pytest

from border.imports.formats import NotReadable, open_table
from border.imports.formats.headers import ACLED, GED_COLUMNS
from tests.imports import invented
from tests.imports.invented import (
    ACLED_BEFORE,
    ACLED_NOW,
    ACTORS,
    DELETED,
    GED,
    GED_19_1,
    GED_HDX,
    GED_SYRIA,
    POPULATION,
    acled,
    ged,
    several,
)
from tests.imports.reading import read

BOM = b"\xef\xbb\xbf"
DIALECTS = [
    (GED, ged(), {}, "ucdp-ged", "49 columns"),
    (GED_19_1, ged(), {}, "ucdp-ged", "42 columns"),
    (GED_SYRIA, ged(), {}, "ucdp-ged", "41 columns"),
    (GED_HDX, ged(), {}, "ucdp-ged", "45 columns"),
    (GED_HDX, ged(), {"hxl": invented.hxl_tags(GED_HDX)}, "ucdp-ged", "HDX with HXL tags"),
    (GED, ged(), {"with_header": False}, "ucdp-ged", "without a header"),
    (ACTORS, invented.ACTOR_ROW, {}, "ucdp-actors", "35 columns"),
    (ACLED_NOW, acled(), {}, "acled", "since 2023"),
    ([*ACLED_NOW, *POPULATION], acled(), {}, "acled", "since 2023"),
    (ACLED_BEFORE, acled(), {}, "acled", "before 2023"),
    (ACLED_NOW, acled(), {"hxl": invented.hxl_tags(ACLED_NOW)}, "acled", "HDX with HXL tags"),
    (DELETED, {"event_id_cnty": "SYR1", "deleted_timestamp": "1658707200"}, {}, "acled-deleted", "2 columns"),
]


@pytest.mark.parametrize(("header", "row", "shape", "name", "dialect"), DIALECTS)
def test_every_dialect_is_known(
    header: list[str], row: dict[str, str], shape: dict[str, object], name: str, dialect: str, tmp_path: Path
) -> None:
    found = read(tmp_path, invented.file(header, [row], **shape))
    assert (found.table.format.name, found.table.dialect) == (name, dialect)
    assert found.table.columns == header
    assert found.faults == found.warnings == found.table.warnings == []
    (one,) = found.rows
    assert one.cells == [row.get(column, "") for column in header]
    assert one.line == 1 + shape.get("with_header", True) + ("hxl" in shape)
    assert one.event or one.actor or one.deleted_at


def test_names_of_datasets(tmp_path: Path) -> None:
    datasets = {
        read(tmp_path, invented.file(header, [row])).table.format.dataset for header, row, *_ in DIALECTS
    }
    assert datasets == {"UCDP GED", "UCDP actors", "ACLED"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", BOM])
def test_delimiter_line_end_and_bom_do_not_matter(
    delimiter: str, newline: str, bom: bytes, tmp_path: Path
) -> None:
    rows = [acled(notes=f'One;{newline}two, \tthree | “four” "five"')]
    content = invented.file(ACLED_NOW, rows, delimiter=delimiter, newline=newline)
    found = read(tmp_path, bom + content)
    assert found.rows[0].event
    assert found.rows[0].event.summary == rows[0]["notes"]
    assert [found.table.layout[name] for name in ("delimiter", "newline", "bom")] == [
        delimiter,
        newline,
        bool(bom),
    ]


def test_order_and_spelling_of_columns_are_free(tmp_path: Path) -> None:
    header = [
        f" {name.upper()} " if number % 2 else name.title() for number, name in enumerate(reversed(ACLED_NOW))
    ]
    content = invented.text([name.strip().lower() for name in header], [acled()]).split("\n", 1)
    found = read(tmp_path, f"{','.join(header)}\n{content[1]}".encode())
    assert found.table.columns == header
    assert found.rows[0].key == "SYR900001"
    assert found.rows[0].event


def test_faults_name_a_column_as_the_file_does(tmp_path: Path) -> None:
    content = invented.file(ACLED_NOW, [acled(fatalities="many")]).replace(b"fatalities", b" FATALITIES ", 1)
    assert read(tmp_path, content).rows[0].faults[0][0] == "FATALITIES"


def test_columns_that_only_inform_may_be_missing(tmp_path: Path) -> None:
    found = read(tmp_path, invented.file(list(ACLED.required), [acled()]))
    assert found.rows[0].event
    assert found.rows[0].event.updated_at is None
    assert not found.faults


def test_columns_of_others_are_kept_and_said(tmp_path: Path) -> None:
    found = read(tmp_path, invented.file(["", *GED, "my_note"], [ged() | {"my_note": "mine"}]))
    assert found.rows[0].cells[-1] == "mine"
    assert [str(warning) for warning in found.table.warnings] == [
        "invented.csv, line 1: Columns that UCDP GED events do not have are kept as they came: (no name), my_note."
    ]


def test_estimates_of_old_releases_are_known_by_their_names(tmp_path: Path) -> None:
    header = [{"best": "best_est", "high": "high_est", "low": "low_est"}.get(name, name) for name in GED_19_1]
    content = invented.text(GED_19_1, [ged()]).split("\n", 1)
    found = read(tmp_path, f"{','.join(header)}\n{content[1]}".encode())
    assert found.rows[0].event
    first = found.rows[0].event.deaths[0]
    assert (first.low, first.best, first.high) == (2, 3, 5)


def test_order_of_the_estimates_is_that_of_the_header(tmp_path: Path) -> None:
    header = [name for name in GED_19_1 if name not in {"best", "high", "low"}] + ["low", "best", "high"]
    (row,) = read(tmp_path, invented.file(header, [ged()])).rows
    assert row.event
    first = row.event.deaths[0]
    assert (first.low, first.best, first.high) == (2, 3, 5)


def test_file_without_a_header_has_the_standard_columns(tmp_path: Path) -> None:
    found = read(tmp_path, invented.file(GED, several(ged, 2, "id"), with_header=False))
    assert found.table.columns == list(GED_COLUMNS) == GED
    assert [row.key for row in found.rows] == ["900001", "900002"]


# Workbooks


def test_workbook_with_one_table_among_its_sheets(tmp_path: Path) -> None:
    content = invented.sheet(
        ("Licence", ["Do not hand on"], []),
        ("Events", ACLED_NOW, [acled(fatalities=3, latitude=34.6, notes="Two\nlines")]),  # type: ignore[arg-type]
    )
    found = read(tmp_path, content, "export.xlsx")
    (row,) = found.rows
    assert found.faults == []
    assert (row.line, row.file) == (2, "export.xlsx: Events")
    assert row.cells == [
        acled(notes="Two\nlines").get(name, "").replace("34.6000", "34.6") for name in ACLED_NOW
    ]


@pytest.mark.parametrize(("since_1904", "number"), [(False, 43726), (True, 42264)])
def test_workbook_as_excel_writes_it(since_1904: bool, number: float, tmp_path: Path) -> None:
    content = invented.excel_sheet(ACLED_NOW, acled(), dates={"event_date": number}, since_1904=since_1904)
    (row,) = read(tmp_path, content, "export.xlsx").rows
    assert row.line == 3
    assert row.cells == [acled().get(name, "") for name in ACLED_NOW]
    assert row.event
    assert row.event.date == "2019-09-18"


def test_row_that_reaches_beyond_the_header_of_a_sheet(tmp_path: Path) -> None:
    content = invented.sheet(("Events", [*ACLED_NOW, "beside"], [acled(), acled() | {"beside": "?"}]))
    nameless = invented.changed(content, "sheet1", lambda sheet: sheet.replace(b"<t>beside</t>", b"<t></t>"))
    found = read(tmp_path, nameless, "wide.xlsx")
    assert [row.faults for row in found.rows] == [
        [],
        [("", "", "The row has 32 cells, more than the header's 31. Empty the cells beside the table.")],
    ]


# Archives


def test_archive_with_one_table_and_a_codebook(tmp_path: Path) -> None:
    members = {
        "codebook__pdf": b"%PDF-1.7",
        "GEDEvent_v23_1__csv": invented.file(GED, [ged()]),
        "readme__txt": b"Please cite.",
        "__MACOSX/._GEDEvent_v23_1.csv": b"\0\5\x16\7",
    }
    found = read(tmp_path, invented.packed(**members), "ged231.zip")
    assert found.rows[0].event
    assert found.rows[0].file == "ged231.zip: GEDEvent_v23_1.csv"
    assert [str(warning) for warning in found.table.warnings] == [
        "ged231.zip: codebook.pdf: Not read: this is no table.",
        "ged231.zip: readme.txt: Not read: this is no table.",
    ]


def test_archive_of_one_text_file(tmp_path: Path) -> None:
    found = read(tmp_path, invented.packed(ged__txt=invented.file(GED, [ged()], delimiter="\t")), "ged.zip")
    assert found.rows[0].event


def test_archive_of_several_files_of_one_format_is_one_table(tmp_path: Path) -> None:
    members = {
        "iraq__csv": invented.file(
            ACLED_NOW, [acled(event_id_cnty="IRQ1", iso="368", country="Iraq", latitude="34.3")]
        ),
        "syria__csv": BOM + invented.file(ACLED_NOW, several(acled, 2, "event_id_cnty"), delimiter=";"),
        "more__xlsx": invented.sheet(("Data", ACLED_NOW, [acled(event_id_cnty="SYR900009")])),
    }
    found = read(tmp_path, invented.packed(**members), "middle-east.zip")
    assert [(row.key, row.line) for row in found.rows] == [
        ("IRQ1", 2),
        ("SYR900001", 2),
        ("SYR900002", 3),
        ("SYR900009", 2),
    ]
    assert found.faults == []


# Opening and closing


def test_rows_can_be_read_more_than_once(tmp_path: Path) -> None:
    path = tmp_path / "uploaded"
    path.write_bytes(invented.file(ACLED_NOW, [acled(), acled(event_id_cnty="SYR900002", fatalities="x")]))
    with open_table(path, "twice.csv") as table:
        first = [(row.key, row.faults) for row in table.rows()]
        assert first == [(row.key, row.faults) for row in table.rows()]
        assert (table.counted, table.refused, len(table.faults)) == (2, 1, 1)


def test_closing_ends_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "uploaded"
    path.write_bytes(invented.file(ACLED_NOW, several(acled, 3, "event_id_cnty")))
    with open_table(path, "ended.csv") as table:
        rows = table.rows()
        next(rows)
    assert list(rows) == []


def test_refusal_before_any_row(tmp_path: Path) -> None:
    path = tmp_path / "uploaded"
    path.write_bytes(invented.file([name for name in ACLED_NOW if name != "event_date"], [acled()]))
    with pytest.raises(NotReadable, match="lacks the column: event_date"):
        open_table(path, "dateless.csv")
