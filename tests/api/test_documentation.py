"""docs/api.md names every endpoint, parameter and error; its samples are real answers, and examples elsewhere run."""

import contextlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from border.api.changes import PARAMETERS as OF_CHANGES
from border.api.operations import PROBLEMS
from border.api.questions import questions_of
from border.api.search import HOW, PARAMETERS
from border.publication import chain, operations
from border.publication.endpoints import ENDPOINTS
from events.models import Event
from tests.api import examples
from tests.factories import UserFactory
from tests.publication.record import document, rows

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
SAMPLE = re.compile(r"^`GET (/\S+)`\n\n```json\n(.*?)```$", flags=re.MULTILINE | re.DOTALL)


def named() -> set[str]:
    """The words that the page has in code."""
    return set(re.findall(r"`([^`\n]+)`", PAGE.read_text("utf-8")))


@pytest.mark.parametrize("name", ENDPOINTS)
def test_page_names_endpoint_with_all_its_parameters(name):
    assert f"/api/v1/{name}/" in named()
    assert set(questions_of(name).of_list) - named() == set()


@pytest.mark.parametrize("name", ENDPOINTS)
def test_page_says_on_which_lists_a_parameter_is(name):
    """A row of the table of parameters that names some lists names all that have the parameter."""
    table = PAGE.read_text("utf-8").split("## All parameters")[1].split("\n## ")[0]
    said: dict[str, str] = {}
    for row in re.findall(r"^\| (`.*?) \| (.*?) \|", table, flags=re.MULTILINE):
        for parameter in re.findall(r"`(\w+)`", row[0]):
            said[parameter] = f"{said.get(parameter, '')}, {row[1]}"
    for parameter in questions_of(name).of_list:
        lists = re.split(r", | and ", said[parameter])
        but = re.search(r"(?:everything|all) but (.*)", said[parameter])
        if but:
            assert name not in re.split(r", | and ", but[1]), parameter
        else:
            assert name in lists or {"all", "most lists"} & set(lists), parameter


def test_page_names_search_and_its_answers():
    assert set(PARAMETERS) - named() - {"endpoint"} == set()
    assert set(HOW) <= named()


def test_page_names_the_changes_with_their_parameters():
    assert {"/api/v1/changes/", "/api/v1/changes/head/", *OF_CHANGES} - named() == set()


def test_page_names_every_error():
    statuses = set(re.findall(r"^\| (\d{3}) \|", PAGE.read_text("utf-8"), flags=re.MULTILINE))
    assert statuses == {str(status) for status in PROBLEMS} | {"304", "405"}


def test_page_names_the_addresses_outside_the_lists():
    assert {
        "/api/v1/search/?q=",
        "/api/v1/docs/",
        "/api/v1/schema/",
        "/api/v1/codebook/",
        "/healthz",
        "/readyz",
    } <= named()


@pytest.mark.django_db
@pytest.mark.usefixtures("fixtures")
def test_samples_are_real_answers(reader):
    """GOLDEN=write writes them instead, for a reviewer to read."""

    def answered(sample: re.Match[str]) -> str:
        text = json.dumps(reader.get(sample[1]).json(), ensure_ascii=False, indent=1)
        # Short objects and lists stand on one line, as a person would write them.
        text = re.sub(r"[\[{][^\[\]{}]{0,150}?[\]}]", lambda short: " ".join(short[0].split()), text)
        return f"`GET {sample[1]}`\n\n```json\n{text}\n```"

    assert len(SAMPLE.findall(PAGE.read_text("utf-8"))) >= 6
    says(SAMPLE, answered)


def says(sample: re.Pattern[str], answered: Callable[[re.Match[str]], str]) -> None:
    """The page has what is really answered; GOLDEN=write writes it there."""
    page = PAGE.read_text("utf-8")
    real = sample.sub(answered, page)
    if os.environ.get("GOLDEN") == "write":
        PAGE.write_text(real, "utf-8")
        page = real
    assert page == real


# Keeping a copy


CHANGE = re.compile(
    r"^(.* `(/api/v1/changes/\?\S+)` answers:\n\n```json\n)(.*?)```$", flags=re.MULTILINE | re.DOTALL
)
# These are others wherever the fixtures are published.
OWN = {
    r"\b\d+-[0-9a-f]{32}\b": "1-8a1f3c5e7092b4d6e8f0a1b2c3d4e5f6",
    r"\b\d{4}-\d\d-\d\dT[\d:.]+Z": "2026-11-23T09:00:00.000000Z",
}


@pytest.mark.django_db
@pytest.mark.usefixtures("fixtures")
def test_sample_of_the_changes_is_a_real_answer(reader):
    """But for the moment, and the cursors that rest on it."""

    def answered(sample: re.Match[str]) -> str:
        text = json.dumps(reader.json(sample[2]), ensure_ascii=False, indent=1)
        for own, shown in OWN.items():
            text = re.sub(own, shown, text)
        return f"{sample[1]}{text}\n```"

    assert CHANGE.search(PAGE.read_text("utf-8"))
    says(CHANGE, answered)


def program(reader: Any) -> dict[str, Any]:
    """The program of the page, which asks ``reader`` here."""
    [text] = re.findall(r"^```python\n(.*?)^```", PAGE.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    names: dict[str, Any] = {}
    exec(text, names)  # noqa: S102 -- readers are told to run it
    names["get"] = reader.json
    return names


def public() -> dict[str, Any]:
    """Every public document."""
    return {
        f"{name}/{slug}": json.loads(text)
        for name, endpoint in ENDPOINTS.items()
        for slug, text in rows(f"SELECT slug, document::text FROM {endpoint.table} WHERE upper_inf(known)")
    }


@pytest.mark.django_db
@pytest.mark.usefixtures("fixtures")
def test_program_of_the_page_keeps_a_copy_and_computes_the_head(reader):
    ours = program(reader)
    copy: dict[str, Any] = {"records": {}}
    ours["keep_up"](copy)
    assert copy["records"] == public()
    number, _, digest = ours["head"](ours["changes"]()).partition(":")
    head = reader.json("/api/v1/changes/head/")
    assert (int(number), digest) == (head["block"], head["digest"])

    event = Event.objects.get(slug="e-qaim-falls-2014-06")
    event.summary = "Falls."
    event.save()
    reviewer = UserFactory()
    operations.publish(event, by=reviewer, reason="Good.")
    gone = Event.objects.get(slug="e-tf20-strike-2003-06")
    operations.withdraw(gone, by=reviewer, reason="In doubt.")
    operations.erase("events", gone.slug, by=reviewer, reason="Danger.")
    before = len(copy["records"])
    ours["keep_up"](copy)
    assert copy["records"] == public()
    assert len(copy["records"]) == before - 1
    assert copy["records"][f"events/{event.slug}"] == document(f"events/{event.slug}")
    assert ours["head"](ours["changes"]()) == chain.head()


@pytest.mark.django_db
@pytest.mark.usefixtures("fixtures")
def test_program_of_the_page_finds_a_copy_that_is_another(reader):
    ours = program(reader)
    head, lines = ours["head"], list(ours["changes"]())
    assert head(lines) == chain.head()
    for forged in ([*lines[:7], *lines[8:]], [lines[1], lines[0], *lines[2:]], lines[:-1]):
        assert head(forged) != chain.head()
    lines[7]["document"]["slug"] += "-"
    with pytest.raises(AssertionError, match=lines[7]["record"]):
        head(lines)


# Examples for researchers


@pytest.fixture
def site(fixtures: None, db_role: Any) -> Iterator[str]:
    """The address of the running site, in the role of readers."""
    with db_role("border_reader"), examples.running() as address:
        yield address


@pytest.mark.django_db
def test_examples_for_curl_and_duckdb_print_what_the_page_shows(site: str, tmp_path: Path) -> None:
    examples.program("curl")
    told = [examples.printed("sh", "-ec", code, folder=tmp_path) for code in examples.asking(site, "sh")]
    examples.compare("sh", told)
    with contextlib.chdir(tmp_path):
        examples.compare("sql", [str(duckdb.sql(code)) for code in examples.asking(site, "sql")])


@pytest.mark.django_db
def test_examples_in_python_print_what_the_page_shows(site: str, tmp_path: Path) -> None:
    end = "--- end of an example ---"
    code, pieces = examples.ONE_BY_ONE.replace("END", repr(end)), examples.asking(site, "python")
    told = examples.printed(sys.executable, "-c", code, folder=tmp_path, given=json.dumps(pieces))
    examples.compare("python", told.split(f"{end}\n")[:-1])


@pytest.mark.django_db
def test_examples_in_r_run(site: str, tmp_path: Path) -> None:
    for code in examples.asking(site, "r"):
        assert examples.printed(examples.program("Rscript"), "-e", code, folder=tmp_path)


def test_every_example_is_run() -> None:
    found = examples.EXAMPLE.findall(examples.PAGE.read_text("utf-8"))
    assert {language for language, _, _ in found} == {"sh", "python", "sql", "r"}
    assert all(text for language, _, text in found if language != "r")
