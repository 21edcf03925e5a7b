"""The page about importing says what the program does."""

import re
from pathlib import Path

from border.imports.formats import acled, dates, lines, table, ucdp, workbook
from border.imports.formats.acled_codes import INTER, SUB_EVENT_TYPES
from border.imports.formats.headers import ALIASES, FORMATS

PAGE = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The rows of the first table below a heading."""
    below = PAGE.partition(f"\n### {heading}\n")[2]
    found = re.search(r"(?:^\|.*\n)+", below, flags=re.MULTILINE)
    assert found, heading
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found[0].splitlines()[2:]]


def test_formats_and_their_columns() -> None:
    told = {name: re.findall(r"`(\w+)`", columns) for name, columns, _ in rows("What is recognised")}
    assert list(told) == [
        one.title.removesuffix(" events") if one.name == "ucdp-ged" else one.title for one in FORMATS
    ]
    for columns, one in zip(told.values(), FORMATS, strict=True):
        assert [name.lower() for name in columns] == list(one.required)
    assert all(f"`{alias}`" in PAGE for alias in ALIASES)


def test_kinds_of_events() -> None:
    told = {name.lower(): kind.strip("`") for name, kind in rows("What")}
    assert told == {name: kind.value for name, (_, kind) in SUB_EVENT_TYPES.items()}


def test_precision_of_places() -> None:
    told = rows("Where")
    for codes, levels, metres in (
        (told[:3], acled._LEVELS, acled._METRES),
        (told[3:], ucdp._LEVELS, ucdp._METRES),
    ):
        assert {code: level.strip("`") for _, code, level, _, _ in codes} == levels
        assert {
            code: int(figure.removesuffix(" m").replace(",", "")) for _, code, _, _, figure in codes if figure
        } == metres
        assert all((point == "yes") is bool(figure) for _, _, _, point, figure in codes)


def test_kinds_of_actors_and_limits() -> None:
    assert ", ".join(dict.fromkeys(text for text in INTER.values() if text)) in PAGE
    assert f"{table.MOST_ROWS:,} rows" in PAGE
    assert f"{lines.LONGEST_LINE // 1024**2} MB, a cell {workbook._LONGEST_CELL:,} characters" in PAGE
    assert f"at most {workbook._MOST_BYTES['xl/worksheets/'] // 1024**2} MB" in PAGE
    assert f"texts to {workbook._MOST_BYTES['xl/sharedStrings.xml'] // 1024**2} MB" in PAGE
    assert f"{1900 + dates.PIVOT} to {1999 + dates.PIVOT}" in PAGE
