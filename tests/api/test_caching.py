"""Who has the answer of the newest state of the published record is told so, without a look at the records."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from border.api import reading
from border.api.etags import code
from border.publication import operations
from tests.factories import EventFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]

LIST = "/api/v1/events/?kind=battle,raid&page_size=5"
ADDRESSES = [
    "/api/v1/",
    LIST,
    "/api/v1/events/bukamal-taken-2017/",
    "/api/v1/search/?q=is",
    "/api/v1/totals/",
    "/api/v1/changes/?documents=true",
    "/api/v1/changes/head/",
    "/api/v1/schema/",
    "/api/v1/codebook/?format=csv",
]


def held(reader: Any, address: str, tag: str) -> Any:
    """The answer to somebody who has the answer of that ``tag``."""
    return reader.get(address, headers={"If-None-Match": tag})


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_the_answer_is_told_so_after_one_question_to_the_database(reader: Any, address: str) -> None:
    whole = reader.get(address)
    tag = whole.headers["ETag"]
    assert tag[0] == tag[-1] == '"'
    with CaptureQueriesContext(connection) as asked:
        found = held(reader, address, tag)
    assert (found.status_code, found.content) == (304, b"")
    assert {name: found.headers[name] for name in ("ETag", "Cache-Control", "Vary")} == {
        name: whole.headers[name] for name in ("ETag", "Cache-Control", "Vary")
    }
    assert ["published_block" in one["sql"] for one in asked if " FROM " in one["sql"]] == [True]


@pytest.mark.parametrize("held_as", ["W/{}", '"other", {}', '"other",W/{} '])
def test_a_cache_may_say_that_it_holds_it_in_other_words(reader: Any, held_as: str) -> None:
    tag = reader.get(LIST).headers["ETag"]
    assert held(reader, LIST, held_as.format(tag)).status_code == 304


@pytest.mark.parametrize("words", ["", "*", "{}x", "x{}", '"', "W/", '"é"', "0"])
def test_other_words_get_the_whole_answer(reader: Any, words: str) -> None:
    whole = reader.get(LIST)
    found = held(reader, LIST, words.format(whole.headers["ETag"].strip('"')))
    assert (found.status_code, found.content) == (200, whole.content)


def test_every_question_has_an_etag_of_its_own_however_it_is_put(reader: Any) -> None:
    tags = [reader.get(address).headers["ETag"] for address in ADDRESSES]
    tags += [
        reader.get(f"/api/v1/events/{rest}").headers["ETag"]
        for rest in ("?kind=battle&page_size=5", "?kind=raid,battle&page_size=5", "?kind=battle,raid&page_size=50")
    ]  # fmt: skip
    assert len({*tags}) == len(tags)
    turned = reader.get("/api/v1/events/?page_size=5&kind=battle%2Craid")
    assert turned.headers["ETag"] == reader.get(LIST).headers["ETag"]


def test_what_is_published_makes_a_new_answer(reader: Any) -> None:
    before = reader.get(LIST)
    draft = EventFactory(kind="battle")
    assert held(reader, LIST, before.headers["ETag"]).status_code == 304
    operations.publish(draft.territory, draft, by=UserFactory(), reason="Checked.")
    after = held(reader, LIST, before.headers["ETag"])
    assert after.status_code == 200
    assert after.headers["ETag"] != before.headers["ETag"]
    operations.withdraw(draft, by=UserFactory(), reason="A mistake.")
    assert held(reader, LIST, after.headers["ETag"]).status_code == 200
    # The same words as at first, of another state: `changes` differ, so the answers are not one.
    assert held(reader, LIST, before.headers["ETag"]).status_code == 200


@pytest.mark.parametrize("address", ["/api/v1/totals/", "/api/v1/events/?count=true"])
def test_an_answer_between_two_states_has_no_name(
    reader: Any, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = iter([reading.Version(7, b"seven"), reading.Version(8, b"eight")])
    monkeypatch.setattr(reading, "version", lambda: next(states))
    found = reader.get(address)
    assert found.status_code == 200
    assert "ETag" not in found.headers


@pytest.mark.parametrize("address", [LIST, "/api/v1/events/battle/"])
def test_an_answer_of_a_later_state_than_was_asked_for_has_no_name(
    reader: Any, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = EventFactory(slug="battle", kind="battle")
    operations.publish(event.territory, event, by=UserFactory(), reason="Checked.")
    before = reading.version()
    assert "ETag" in reader.get(address).headers
    other = EventFactory()
    operations.publish(other.territory, other, by=UserFactory(), reason="Checked.")
    monkeypatch.setattr(reading, "version", lambda: before)
    found = reader.get(address)
    assert found.status_code == 200
    assert "ETag" not in found.headers


@pytest.mark.parametrize(
    ("address", "status"),
    [("/api/v1/events/", 200), ("/api/v1/events/battle/", 404), ("/api/v1/events/?territory=hamlet", 400)],
)
def test_what_was_seen_last_is_not_taken_for_the_newest(reader: Any, address: str, status: int) -> None:
    assert reader.get("/api/v1/events/").status_code == 200
    assert reader.get(address).status_code == status
    event = EventFactory(slug="battle", territory__slug="hamlet")
    operations.publish(event.territory, event, by=UserFactory(), reason="Checked.")
    known = reading.Seen.last
    after = reader.get(address)
    assert (after.status_code, b"battle" in after.content) == (200, True)
    assert reading.Seen.last != known
    assert held(reader, address, after.headers["ETag"]).status_code == 304
    operations.withdraw(event, by=UserFactory(), reason="A mistake.")
    assert b'"slug":"battle"' not in reader.get(address).content


def test_another_version_of_the_program_makes_other_answers(
    reader: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = reader.get(LIST).headers["ETag"]
    monkeypatch.setattr("border.api.etags._CODE", b"another")
    assert held(reader, LIST, tag).status_code == 200


def test_another_meaning_of_a_column_or_look_of_a_page_makes_another_version(tmp_path: Path) -> None:
    digests = [code(tmp_path)]
    for name in (
        "events/models/event.py",
        "border/templates/api/codebook.html",
        "border/api/static/api/codebook.css",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True)
        for text in ("one", "other"):
            path.write_text(text)
            digests.append(code(tmp_path))
    assert len(set(digests)) == len(digests) == 7


def test_problems_have_no_etag(reader: Any) -> None:
    for address in ("events/?kind=none", "events/none/", "nothing/"):
        assert "ETag" not in reader.get(f"/api/v1/{address}").headers


def test_head_says_as_much(reader: Any) -> None:
    tag = reader.head(LIST).headers["ETag"]
    assert tag == reader.get(LIST).headers["ETag"]
    assert reader.head(LIST, headers={"If-None-Match": tag}).status_code == 304
