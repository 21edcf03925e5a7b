"""What is wrong with a file is said once, with its place and the remedy, soon and in little memory."""

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.contracts.world import OUTLINE, text
from tests.imports import invented
from tests.imports.broken import CORPUS, LARGE, Broken
from tests.imports.broken_tables import ARMY, OURS, SHEET, said_of_ours
from tests.imports.invented import ACLED_NOW, GED, acled, ged, several
from tests.imports.reading import read, said_of

ROOT = Path(__file__).parents[2]
MEASURED = """
import json, resource, sys, time
from pathlib import Path
from tests.imports.reading import said_of

for path, name in json.loads(sys.argv[1]):
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    said = [str(fault) for fault in said_of(Path(path), name)]
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(json.dumps([name, said, more, time.monotonic() - began]))
"""


def test_corpus_is_large_and_every_file_of_it_another() -> None:
    assert len(CORPUS) + len(LARGE) >= 80
    assert len({one.name for one in (*CORPUS, *LARGE)}) == len(CORPUS) + len(LARGE)


@pytest.mark.parametrize("broken", CORPUS, ids=lambda one: one.name)
def test_one_right_thing_is_said(broken: Broken, tmp_path: Path) -> None:
    path = tmp_path / "uploaded"
    path.write_bytes(broken.make())
    began = time.monotonic()
    assert [str(fault) for fault in said_of(path, broken.name)] == [broken.said]
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("broken", OURS, ids=lambda one: one.name)
def test_one_right_thing_is_said_of_tables_of_ours(broken: Broken, tmp_path: Path) -> None:
    path = tmp_path / "uploaded"
    path.write_bytes(broken.make())
    assert [str(fault) for fault in said_of_ours(path, broken.name)] == [broken.said]


@pytest.mark.parametrize("broken", CORPUS, ids=lambda one: one.name)
def test_files_of_others_are_never_taken_for_ours(broken: Broken, tmp_path: Path) -> None:
    path = tmp_path / "uploaded"
    path.write_bytes(broken.make())
    assert [str(fault) for fault in said_of_ours(path, broken.name)] in ([], [broken.said])


def test_large_files_are_refused_in_little_memory(tmp_path: Path) -> None:
    """The memory of a process of its own, which only ever grows: what each file adds to its peak."""
    given = []
    for number, broken in enumerate(LARGE):
        path = tmp_path / str(number)
        path.write_bytes(broken.make())
        given.append((str(path), broken.name))
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, json.dumps(given)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    measured = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(name, said) for name, said, _, _ in measured] == [(one.name, [one.said]) for one in LARGE]
    for name, _, more_kb, seconds in measured:
        assert more_kb < 100 * 1024, name
        assert seconds < 20, name


WHOLE = {
    "acled.csv": invented.file(ACLED_NOW, [*invented.every_acled("since 2023")][:12]),
    "ged.csv": invented.file(GED, several(ged, 3, "id"), with_header=False),
    "made.xlsx": invented.sheet(("Data", ACLED_NOW, several(acled, 2, "event_id_cnty"))),
    "excel.xlsx": invented.excel_sheet(ACLED_NOW, acled(), dates={"event_date": 43726}),
    "both.zip": invented.packed(
        a__csv=invented.file(ACLED_NOW, [acled()]),
        b__xlsx=invented.sheet(("Data", ACLED_NOW, [acled(event_id_cnty="SYR900002")])),
    ),
}


def damage(content: bytes, lots: random.Random) -> bytes:
    """Some bytes changed, cut out, put in, or all that follows cut off."""
    damaged = bytearray(content)
    for _ in range(lots.choice([1, 1, 2, 8])):
        place = lots.randrange(len(damaged))
        match lots.randrange(4):
            case 0:
                damaged[place] = lots.randrange(256)
            case 1:
                del damaged[place : place + lots.randrange(50)]
            case 2:
                damaged[place:place] = lots.choices(b'",;\n\r\t<>&0-1X', k=3)
            case 3:
                del damaged[place + 1 :]
        damaged = damaged or bytearray(b"?")
    return bytes(damaged)


@pytest.mark.parametrize("name", WHOLE)
def test_damage_of_any_sort_is_a_refusal_and_no_failure(name: str, tmp_path: Path) -> None:
    lots, path, refused = random.Random(name), tmp_path / "uploaded", 0
    for _ in range(120):
        path.write_bytes(damage(WHOLE[name], lots))
        refused += bool(said_of(path, name))
        said_of_ours(path, name)
    assert refused > 10


WHOLE_OURS = {
    "own.zip": invented.packed(actors__csv=text("actors", ARMY), people__xlsx=invented.sheet(SHEET)),
    "own.xlsx": invented.sheet(SHEET),
    "actors.csv": text("actors", ARMY),
    "own.geojson": json.dumps(OUTLINE).encode(),
}


@pytest.mark.parametrize("name", WHOLE_OURS)
def test_damage_to_tables_of_ours_is_a_refusal_and_no_failure(name: str, tmp_path: Path) -> None:
    lots, path, refused = random.Random(name), tmp_path / "uploaded", 0
    for _ in range(120):
        path.write_bytes(damage(WHOLE_OURS[name], lots))
        refused += bool(said_of_ours(path, name) or said_of(path, name))
    assert refused > 10


@pytest.mark.parametrize("part", ["sheet", "workbook.xml", "styles", "sharedStrings", ".rels"])
def test_damage_within_a_workbook_is_a_refusal_and_no_failure(part: str, tmp_path: Path) -> None:
    lots, path, refused = random.Random(part), tmp_path / "uploaded", 0
    for _ in range(60):
        path.write_bytes(invented.changed(WHOLE["excel.xlsx"], part, lambda xml: damage(xml, lots)))
        refused += bool(said_of(path, "excel.xlsx"))
    assert refused > 10


def test_every_fault_of_a_file_is_reported(tmp_path: Path) -> None:
    rows = [
        acled(event_id_cnty="SYR900001", event_date="soon", fatalities="many", latitude="95"),
        acled(event_id_cnty="SYR900002"),
        acled(event_id_cnty="SYR900003", event_type="Peace", geo_precision="9"),
    ]
    found = read(tmp_path, invented.file(ACLED_NOW, rows))
    assert [[column for column, _, _ in row.faults] for row in found.rows] == [
        ["event_date", "latitude", "fatalities"],
        [],
        ["event_type", "geo_precision"],
    ]
    assert [row.event is None for row in found.rows] == [True, False, True]
    assert [fault.line for fault in found.table.faults] == [2, 2, 2, 4, 4]
    assert (found.table.counted, found.table.refused) == (3, 2)


def test_faults_are_counted_on_and_kept_no_longer(tmp_path: Path) -> None:
    rows = [row | {"fatalities": "many"} for row in several(acled, 1_200, "event_id_cnty")]
    found = read(tmp_path, invented.file(ACLED_NOW, rows))
    assert found.table.refused == found.table.counted == 1_200
    assert len(found.table.faults) == 1_000
    assert all(row.faults for row in found.rows)


def test_value_in_a_fault_is_short(tmp_path: Path) -> None:
    found = read(
        tmp_path, invented.file(ACLED_NOW, [acled(event_date="x" * 100_000, latitude="1" * 100_000)])
    )
    assert [len(value) for _, value, _ in found.rows[0].faults] == [200, 200]


def test_rows_after_one_that_falls_apart_are_read(tmp_path: Path) -> None:
    content = invented.text(ACLED_NOW, several(acled, 3, "event_id_cnty")).replace('"On 18', '"On "18', 1)
    found = read(tmp_path, content.encode())
    assert [bool(row.faults) for row in found.rows] == [True, False, False]
    assert [row.line for row in found.rows] == [2, 3, 4]


def test_row_that_swallowed_others_says_which(tmp_path: Path) -> None:
    content = invented.text(ACLED_NOW, several(acled, 4, "event_id_cnty")).replace('hill."', "hill.", 1)
    found = read(tmp_path, content.encode())
    (fault,) = found.faults
    assert fault == (
        ": After a closing double quote comes neither the end of the cell nor that of the line."
        " Double a quote within a cell. It was read as the lines 2 to 3."
    )


def test_same_row_twice_is_kept_and_flagged(tmp_path: Path) -> None:
    found = read(tmp_path, invented.file(ACLED_NOW, [acled(), acled(event_id_cnty="SYR900002"), acled()]))
    assert [row.repeats for row in found.rows] == [None, None, 2]
    assert found.rows[2].event
    assert found.warnings == ["event_id_cnty: The same row, letter for letter, stands on line 2 already."]


def test_rows_of_nothing_are_left_out_and_counted(tmp_path: Path) -> None:
    content = invented.file(ACLED_NOW, [acled()]) + (b"," * 30 + b"\n") * 3 + b"\n\n"
    found = read(tmp_path, content)
    assert len(found.rows) == 1
    assert [str(warning) for warning in found.table.warnings] == [
        "invented.csv, line 3: 3 rows hold nothing and are left out; this is the first."
    ]
