"""docs/api.md names every endpoint, parameter and error, and its samples are real answers."""

import json
import os
import re
from pathlib import Path

import pytest

from border.api.operations import PROBLEMS
from border.api.questions import questions_of
from border.api.search import HOW, PARAMETERS
from border.publication.endpoints import ENDPOINTS

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

    page = PAGE.read_text("utf-8")
    assert len(SAMPLE.findall(page)) >= 6
    real = SAMPLE.sub(answered, page)
    if os.environ.get("GOLDEN") == "write":
        PAGE.write_text(real, "utf-8")
        page = real
    assert page == real
