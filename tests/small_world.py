"""The files of fixtures/ and the page on their words, read back for tests."""

import csv
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "fixtures"
SEED = "carnegie-2020-seed"

CITED = {
    "territory": "territories",
    "containment": "containments",
    "crossing_status": "crossing_statuses",
    "actor": "actors",
    "relationship": "relationships",
    "authority": "authorities",
    "event": "events",
    "movement": "movements",
    "episode": "episodes",
    "finding": "findings",
}

Row = dict[str, str]


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def named_rows(name: str) -> list[Row]:
    return rows(FOLDER / f"{name}.csv")


def by_slug(name: str) -> dict[str, Row]:
    return {row["slug"]: row for row in named_rows(name)}


# The page that says which word became which term, read back.


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def code(text: str) -> list[str]:
    return re.findall(r"`([^`]+)`", text)


def vocabulary() -> dict[str, dict[str, tuple[list[str], str]]]:
    """For each gathered column, its words, each with the terms it may have become and its finer word."""
    found: dict[str, dict[str, tuple[list[str], str]]] = {}
    column = ""
    for line in (ROOT / "docs" / "vocabulary.md").read_text("utf-8").splitlines():
        if line.startswith("#"):
            tags = code(line)
            column = tags[0] if line.startswith("###") and tags else ""
        elif column and line.startswith("| `"):
            word, terms, finer, _ = cells(line)
            found.setdefault(column, {})[code(word)[0]] = (code(terms), finer)
    return found


def attributes() -> tuple[dict[str, set[str]], dict[tuple[str, str], str]]:
    """The attributes in use for each noun, and the gathered ones that became another."""
    _, section = (ROOT / "docs" / "vocabulary.md").read_text("utf-8").split("## Attributes of citations")
    used, renamed = {}, {}
    for line in section.splitlines():
        parts = cells(line) if line.startswith("|") else []
        if len(parts) == 3 and code(parts[1]):
            renamed[parts[0], code(parts[1])[0]] = code(parts[2])[0]
        elif len(parts) == 2 and code(parts[1]):
            used[parts[0]] = set(code(parts[1]))
    return used, renamed
