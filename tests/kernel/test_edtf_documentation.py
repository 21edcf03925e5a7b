"""The tables of docs/dates.md, line by line."""

from pathlib import Path

import pytest

from border.kernel.edtf import DateRange, EDTFError, bounds

PAGE = (Path(__file__).parents[2] / "docs" / "dates.md").read_text()


def _table(heading: str) -> list[list[str]]:
    section = PAGE.split(f"## {heading}\n")[1].split("\n## ")[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def _words(span: DateRange | None) -> str:
    if span is None:
        return "none"
    if span.first and span.first == span.last:
        return str(span.first)
    return f"{span.first or '..'} to {span.last or '..'}"


@pytest.mark.parametrize(("text", "purpose", "possible", "certain"), _table("What to write"))
def test_documented_date_is_read_as_documented(text: str, purpose: str, possible: str, certain: str) -> None:
    read = bounds(text.strip("`"))
    assert (_words(read.possible), _words(read.certain)) == (possible, certain)


@pytest.mark.parametrize(("text", "reason", "remedy"), _table("What is refused"))
def test_documented_refusal_gives_the_documented_remedy(text: str, reason: str, remedy: str) -> None:
    with pytest.raises(EDTFError) as caught:
        bounds(text.strip("`"))
    assert remedy.strip("`") in caught.value.remedy
