"""An answer names an address that keeps it, and how it is cited."""

import json
import re
from typing import Any
from urllib.parse import urlencode

import pytest

from border.api import reading
from border.publication import operations
from events.models import Event
from tests.api.conftest import dropped
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]

ASKED = [
    "/api/v1/events/?actor=is&from=2014&to=2018",
    "/api/v1/events/bukamal-taken-2017/",
    "/api/v1/totals/?territory=syria",
    "/api/v1/events/?q=%D8%A7%D9%84&format=csv",
]


def links(response: Any) -> dict[str, str]:
    return {
        relation: to for to, relation in re.findall(r'<([^>]*)>; rel="([^"]*)"', response.headers["Link"])
    }


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("address", ASKED)
def test_answer_is_given_again_at_the_address_that_it_names(reader, address):
    before = reader.get(address)
    text, lasting = body(before), links(before)["cite-as"]
    operations.withdraw(Event.objects.get(slug="qaim-opened-2019"), by=UserFactory.create(), reason="Not so")
    Event.objects.filter(slug="bukamal-taken-2017").update(date="1999", title="الأخرى")
    operations.publish(Event.objects.all()[:1], by=UserFactory.create(), reason="Corrected")
    again = reader.get(lasting)
    assert body(again) == text
    assert links(again)["cite-as"] == lasting


@pytest.mark.parametrize("address", ASKED)
def test_citation_names_the_question_and_the_state_of_the_record(reader, address):
    answer = reader.get(address)
    told = links(answer)
    if answer.streaming:
        dropped(answer)
    found = reader.json(told["describedby"])
    version = reading.version()
    assert (found["version"], found["digest"]) == (version.number, version.digest.hex())
    assert found["url"] == f"http://testserver{told['cite-as']}"
    for text in (found["sentence"], found["bibtex"], json.dumps(found["csl"])):
        assert "The border contributors" in text
        assert str(version.number) in text
    assert found["csl"]["URL"] == found["url"]
    assert re.fullmatch(r"@misc\{[\w-]+,\n(  \w+ = \{.*\},\n)+\}\n", found["bibtex"])


def test_citation_of_an_earlier_moment_names_the_state_of_that_moment(reader):
    first = reading.version()
    lasting = links(reader.get("/api/v1/events/"))["cite-as"]
    operations.withdraw(Event.objects.get(slug="qaim-opened-2019"), by=UserFactory.create(), reason="Not so")
    found = reader.json(f"/api/v1/cite/?{urlencode({'of': lasting})}")
    assert found["version"] == first.number
    assert found["url"] == f"http://testserver{lasting}"


@pytest.mark.parametrize(
    "of",
    [
        "events",
        "/api/v1/",
        "/api/v1/schema/",
        "https://elsewhere.example/api/v1/nothing/",
        "/api/v1/events/?actr=is",
        "/api/v1/events/?kind=party",
        "/admin/",
        "//",
        "/api/v1/events/?known_at=2001-01-01",
        "/api/v1/events/?known_at=2999-01-01",
    ],
)
def test_what_cannot_be_cited_is_refused_with_a_reason(reader, of):
    found = reader.refusal(f"/api/v1/cite/?{urlencode({'of': of})}")
    assert found["errors"][0]["message"]


def test_nothing_to_cite_is_refused(reader):
    assert reader.refusal("/api/v1/cite/")["errors"][0]["parameter"] == "of"
