"""The first page says what is published, finds names, leads to everything, and needs no script."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from border.api import counting
from border.api.limits import Limiter
from border.publication import operations
from border.publication.endpoints import ENDPOINTS
from tests.api.conftest import problem
from tests.factories import ActorFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world", "plain_static")]


def text(reader: Any, address: str = "/") -> str:
    """The page, as it stands."""
    answer = reader.get(address)
    assert answer.status_code == 200, answer.content[:500]
    return str(answer.content.decode())


def test_counts_are_those_of_the_lists(reader: Any) -> None:
    page = text(reader)
    for name in ENDPOINTS:
        count = reader.json(f"/api/v1/{name}/?count=true&page_size=1")["count"]
        assert re.search(rf'href="/api/v1/{name}/">{name}</a> <span class="soft">{count}</span>', page)
    head = reader.json("/api/v1/changes/head/")
    assert f"block {head['block']}." in page


def test_what_is_published_counts_at_once(reader: Any) -> None:
    before = re.search(r'/actors/">actors</a> <span class="soft">(\d+)', text(reader))
    ActorFactory(slug="draft")
    operations.publish(ActorFactory(slug="new"), by=UserFactory(), reason="Good.")
    after = re.search(r'/actors/">actors</a> <span class="soft">(\d+)', text(reader))
    assert before
    assert after
    assert int(after[1]) == int(before[1]) + 1


def test_every_address_on_it_answers(reader: Any, client: Any) -> None:
    links = set(re.findall(r'(?:href|action)="(/[^"]*)"', text(reader)))
    assert len(links) > 20
    for address in sorted(links):
        if not address.startswith("/static/"):
            answer = client.get(address.replace("&amp;", "&"))
            assert answer.status_code in {200, 302}, address


@pytest.mark.parametrize("name", ["Al-Qaim", "القائم", "el kaim"])
def test_names_are_found_as_the_api_finds_them(reader: Any, name: str) -> None:
    hits = reader.json(f"/api/v1/search/?q={name}")["results"]
    assert hits
    page = text(reader, f"/?q={name}")
    found = re.findall(r'<a href="(/api/v1/\w+/[\w-]+/)"><bdi dir="auto">', page)
    assert found == [hit["url"] for hit in hits]


def test_nothing_found_and_nothing_to_look_for(reader: Any) -> None:
    assert "Nobody and nothing public is called so" in text(reader, "/?q=zzzzqqq")
    for address in ("/?q=", "/?q=%00", "/?q=%20", "/?other=1"):
        assert "Found for" not in text(reader, address)
    assert "at most 200 characters" in text(reader, f"/?q={'x' * 201}")


def test_what_was_typed_is_text(reader: Any) -> None:
    page = text(reader, "/?q=<script>alert(1)</script>%22 onfocus=%22x")
    assert "<script" not in page
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;&quot; onfocus=&quot;x"' in page


def test_page_needs_no_script_and_no_working_table(reader: Any) -> None:
    answer = reader.get("/?q=qaim")
    page = answer.content.decode()
    assert "<script" not in page
    assert " style=" not in page
    assert "'unsafe" not in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in answer
    assert 'lang="ar" dir="rtl"' in page


def test_page_costs_few_queries(reader: Any) -> None:
    reader.get("/")
    with CaptureQueriesContext(connection) as asked:
        reader.get("/")
    assert len([one for one in asked if " FROM " in one["sql"]]) == 2, "the state, and the newest release"


def test_page_counts_as_a_question(reader: Any, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.API_RATE = 2
    monkeypatch.setattr(counting, "LIMITER", Limiter(slots=64, clock=lambda: 10**12))
    assert [reader.get("/").status_code for _ in range(3)] == [200, 200, 429]
    assert problem(reader.get("/?q=qaim"))["status"] == 429
