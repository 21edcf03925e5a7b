"""The order of day and month is that of the file, found wherever in it the proof stands."""

from pathlib import Path

import pytest

from border.imports.formats import NotReadable, open_table
from tests.imports import invented
from tests.imports.invented import ACLED_NOW, acled, several
from tests.imports.reading import read


def dated(*dates: str) -> bytes:
    rows = several(acled, len(dates), "event_id_cnty")
    return invented.file(
        ACLED_NOW, [row | {"event_date": date} for row, date in zip(rows, dates, strict=True)]
    )


def test_proof_far_below_decides_for_the_first_row(tmp_path: Path) -> None:
    days_first = read(tmp_path, dated(*["04-05-2019"] * 300, "31-05-2019"))
    months_first = read(tmp_path, dated(*["04-05-2019"] * 300, "05-31-2019"))
    assert [found.rows[0].event.date for found in (days_first, months_first)] == ["2019-05-04", "2019-04-05"]


def test_numbers_far_below_other_spellings_are_read_by_their_own_proof(tmp_path: Path) -> None:
    found = read(tmp_path, dated(*["2019-05-04"] * 300, "04-05-2019", "31-05-2019"))
    assert [row.event.date for row in found.rows[-2:]] == ["2019-05-04", "2019-05-31"]


def test_numbers_far_below_without_a_proof_end_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "uploaded"
    path.write_bytes(dated(*["2019-05-04"] * 300, "04-05-2019"))
    with open_table(path, "late.csv") as table, pytest.raises(NotReadable, match="line 302, event_date"):
        list(table.rows())


def test_refusal_comes_before_any_row(tmp_path: Path) -> None:
    path = tmp_path / "uploaded"
    path.write_bytes(dated("04-05-2019", "05-06-2019"))
    with pytest.raises(NotReadable, match="The day or the month may come first"):
        open_table(path, "early.csv")


def test_each_file_of_an_archive_has_an_order_of_its_own(tmp_path: Path) -> None:
    days_first = dated("04-05-2019", "31-05-2019")
    months_first = dated("04-05-2019", "05-31-2019").replace(b"SYR9", b"IRQ9")
    found = read(tmp_path, invented.packed(a__csv=days_first, b__csv=months_first), "both.zip")
    assert [row.event.date for row in found.rows] == ["2019-05-04", "2019-05-31", "2019-04-05", "2019-05-31"]


def test_file_of_an_archive_that_does_not_tell_is_named(tmp_path: Path) -> None:
    path = tmp_path / "uploaded"
    path.write_bytes(invented.packed(a__csv=dated("31-05-2019"), b__csv=dated("04-05-2019")))
    with pytest.raises(NotReadable, match=r"both\.zip: b\.csv, line 2, event_date"):
        open_table(path, "both.zip")
