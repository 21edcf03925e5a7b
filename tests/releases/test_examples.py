"""The examples in docs/releases.md are run on a release, each where its program is at hand."""

import re
import runpy
from pathlib import Path
from typing import Any

import duckdb
import pytest

from border.api.releases import PATH
from border.releases.models import Release
from tests.releases.conftest import Two

pytestmark = pytest.mark.django_db
PAGE = (Path(__file__).parents[2] / "docs" / "releases.md").read_text("utf-8")


def examples(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL)


def test_example_for_duckdb_finds_the_events(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(two.new.folder)
    [example] = examples("sql")
    assert duckdb.sql(example).fetchall() == [("territorial_takeover", 1, 3)]


def test_examples_for_python_run(
    two: Two, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Any
) -> None:
    monkeypatch.chdir(two.new.folder)
    found: dict[str, Any] = {}
    for number, example in enumerate(examples("python")):
        script = tmp_path / f"example{number}.py"
        script.write_text(example)
        found |= runpy.run_path(str(script))
    assert found["by_actor"].to_dict() == {("is", "target"): 1, ("syrian-army", "initiator"): 1}
    assert found["held"]["actor"].to_list() == ["is"]
    assert str(found["events"].dtypes["uncertainty_m"]) == "Int64"
    assert str(found["events"].dtypes["date_possible_from"]).startswith("datetime64")


def test_page_names_the_files_that_there_are(two: Two) -> None:
    named = {
        name
        for row in re.findall(r"^\| (`.*?) \|", PAGE.split("\n## ")[1], flags=re.MULTILINE)
        for name in re.findall(r"`([^`]+)`", row)
    }
    there = {file["name"] for file in two.new.release.files}
    assert {name.replace("2026.1", "2026.2") for name in named} <= there
    forms = {name.rpartition(".")[2] for name in named}
    assert forms == {name.rpartition(".")[2] for name in there}
    assert f"{PATH}2026.1/files/events.parquet" in PAGE
    assert {"2026.1", "2026.2"} <= set(Release.objects.values_list("name", flat=True))
    members = set(re.findall(r"^\| `(\w+)` \|", PAGE.split("## What changed")[1], flags=re.MULTILINE))
    assert members == {"record", "change", "into", "reasons", "fields", "before_erased"}
