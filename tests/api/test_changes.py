"""The changes: every line of the ledger in its order, a cursor that holds for good, and what a copy is checked against."""

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from border.api import reading
from border.api.schema import openapi
from border.documents.canonical import canonical
from border.publication import chain, operations
from border.publication.endpoints import ENDPOINTS
from tests import factories as make
from tests.api.conftest import Reader
from tests.api.test_lists import linked
from tests.api.test_schema import fits, shut
from tests.conftest import standing
from tests.publication.generated import World
from tests.publication.record import guards, rows, run

pytestmark = pytest.mark.django_db
FEED = "/api/v1/changes/"


@pytest.fixture
def reviewer(db: None) -> Any:
    return make.UserFactory()


Told = tuple[str, str, str | None]


@pytest.fixture(scope="module")
def standing_story(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Told]]:
    """Something of every kind happens, once for the module; what is told of it: change, record, what it goes on as."""
    with standing(django_db_blocker):
        reviewer = make.UserFactory()
        kept, dropped, gone = (make.ActorFactory(slug=slug) for slug in ("kept", "dropped", "gone"))
        event = make.EventFactory(slug="fall", title="سقوط القائم 🏜️")
        operations.publish(event.territory, event, kept, dropped, gone, by=reviewer, reason="Good.")
        make.ParticipationFactory(event=event, actor=dropped)
        operations.publish(event, by=reviewer, reason="Good.")
        operations.withdraw(gone, by=reviewer, reason="In doubt.")
        operations.redirect(dropped, into=kept, by=reviewer, reason="One and the same.")
        operations.erase("actors", "gone", by=reviewer, reason="Danger.")
        yield [
            ("added", f"territories/{event.territory.slug}", None),
            ("added", "actors/dropped", None),
            ("added", "actors/gone", None),
            ("added", "actors/kept", None),
            ("added", "events/fall", None),
            ("changed", "events/fall", None),
            ("withdrawn", "actors/gone", None),
            ("changed", "events/fall", None),
            ("merged", "actors/dropped", "actors/kept"),
            ("erased", "actors/gone", None),
        ]


@pytest.fixture
def story(standing_story: list[Told], db: None) -> list[Told]:
    """The same, of which each test takes back what it changes."""
    return standing_story


def told(changes: list[dict[str, Any]]) -> list[Told]:
    return [(one["change"], one["record"], one["into"]) for one in changes]


def test_every_line_of_the_ledger_is_told_in_its_order(reader: Reader, story: list[Told]) -> None:
    page = reader.json(f"{FEED}?documents=true")
    assert (page["next"], page["previous"]) == (None, None)
    assert told(page["results"]) == story
    assert [one["reason"] for one in page["results"] if one["reason"]] == [
        "In doubt.",
        "One and the same.",
        "Danger.",
    ]
    ledger = rows("SELECT encode(digest, 'hex'), block, version FROM published_entry ORDER BY sequence")
    assert [(one["digest"], one["block"], one["version"]) for one in page["results"]] == ledger
    # Of what was erased nothing is left; of what was withdrawn or changed since, what it said then.
    assert [one["document"] is None for one in page["results"]] == [
        one[1] == "actors/gone" or one[0] in {"merged", "withdrawn", "erased"} for one in story
    ]
    shown = [one["document"] for one in page["results"] if one["record"] == "events/fall"]
    assert [[by["actor"]["slug"] for by in one["participations"]] for one in shown] == [
        [],
        ["dropped"],
        ["kept"],
    ]


def test_documents_are_the_bytes_of_the_record_and_come_when_asked_for(
    reader: Reader, story: list[Told]
) -> None:
    whole = reader.get(f"{FEED}?documents=true").content.decode()
    documents = [
        text
        for endpoint in ENDPOINTS.values()
        for (text,) in rows(f"SELECT document::text FROM {endpoint.table} WHERE document IS NOT NULL")
    ]
    assert len(documents) == 6
    assert all(f'"document":{text}}}' in whole for text in documents)
    for address in (FEED, f"{FEED}?documents=false"):
        assert "document" not in reader.json(address)["results"][0]


def test_all_documents_of_a_page_are_read_in_one_question(reader: Reader, story: list[Told]) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert len(reader.json(f"{FEED}?documents=true")["results"]) == len(story)
    assert len([one for one in asked if "ORDER BY e.sequence" in one["sql"]]) == 1
    assert len([one for one in asked if "published_events" in one["sql"]]) == 1


@pytest.mark.parametrize("size", [1, 3, 10, 1000])
def test_pages_follow_each_other_and_the_last_says_where_to_go_on(
    reader: Reader, story: list[Told], size: int
) -> None:
    following, found, cursors = f"{FEED}?page_size={size}&documents=true", [], []
    while following:
        response = reader.get(following)
        page = response.json()
        assert linked(response) == ({"next": page["next"]} if page["next"] else {})
        assert len(page["results"]) <= size
        assert page["cursor"] == page["results"][-1]["cursor"]
        assert all("document" in one for one in page["results"])
        found += page["results"]
        cursors.append(page["cursor"])
        following = page["next"]
    assert told(found) == story
    assert len(cursors) == -(-len(story) // size)
    for number, one in enumerate(found):
        rest = reader.json(f"{FEED}?since={one['cursor']}")
        assert told(rest["results"]) == story[number + 1 :]
        assert rest["cursor"] == cursors[-1]


def test_nothing_new_is_an_empty_page_that_keeps_the_place(
    reader: Reader, story: list[Told], reviewer: Any
) -> None:
    cursor = reader.json(FEED)["cursor"]
    nothing = reader.json(f"{FEED}?since={cursor}")
    assert nothing == {"next": None, "previous": None, "cursor": cursor, "results": []}
    operations.publish(make.ActorFactory(slug="new"), by=reviewer, reason="Good.")
    page = reader.json(f"{FEED}?since={nothing['cursor']}")
    assert told(page["results"]) == [("added", "actors/new", None)]


def test_endpoints_are_chosen_and_the_place_moves_past_the_others(reader: Reader, story: list[Told]) -> None:
    events = reader.json(f"{FEED}?endpoint=events,sources")
    assert told(events["results"]) == [one for one in story if one[1].startswith("events/")]
    assert events["cursor"] == reader.json(FEED)["cursor"] != events["results"][-1]["cursor"]
    others = reader.json(f"{FEED}?endpoint=!events&page_size=4")
    assert told(others["results"]) == [one for one in story if not one[1].startswith("events/")][:4]
    assert others["cursor"] == others["results"][-1]["cursor"]
    rest = reader.json(others["next"])
    assert told(others["results"] + rest["results"]) == [
        one for one in story if not one[1].startswith("events/")
    ]
    nothing = reader.json(f"{FEED}?endpoint=findings")
    assert (nothing["results"], nothing["cursor"]) == ([], events["cursor"])


# Cursors


def moved(text: str, by: int) -> str:
    """A cursor of another sequence."""
    sequence, _, digest = text.partition("-")
    return f"{int(sequence) + by}-{digest}"


@pytest.mark.parametrize(
    "text", ["x", "-1", "00", "1", "1-", "0-" + "0" * 32, "1-" + "g" * 32, "1-" + "A" * 32, "1-" + "0" * 33,
             "9223372036854775808-" + "0" * 32, "1 -" + "0" * 32, "٣-" + "0" * 32, "1-" + "0" * 32 + "%0A"],
)  # fmt: skip
def test_what_is_no_cursor_is_refused(reader: Reader, story: list[Told], text: str) -> None:
    [error] = reader.refusal(f"{FEED}?since={text}")["errors"]
    assert error["parameter"] == "since"
    assert "is no cursor of the changes" in error["message"]


def test_a_cursor_of_another_record_is_refused_by_name(reader: Reader, story: list[Told]) -> None:
    cursors = [one["cursor"] for one in reader.json(FEED)["results"]]
    other = cursors[3][:-1] + ("0" if cursors[3][-1] != "0" else "1")
    wrong = {
        moved(cursors[-1], 1): "there is no change",
        moved(cursors[-1], 10**9): "there is no change",
        moved(cursors[4], 1): "is another one here",
        other: "is another one here",
    }
    for cursor, why in wrong.items():
        found = reader.refusal(f"{FEED}?since={cursor}", 409)
        assert why in found["detail"]
        assert [one["parameter"] for one in found["errors"]] == ["since"]
        assert f'"{cursor}"' in found["errors"][0]["message"]


def test_a_cursor_survives_no_other_past(reader: Reader, story: list[Told], reviewer: Any) -> None:
    """An older backup that went on otherwise has the same sequences, and is another record."""
    cursors = [one["cursor"] for one in reader.json(FEED)["results"]]
    guards("DISABLE")
    run("DELETE FROM published_entry WHERE block > 2")
    run("DELETE FROM published_block WHERE id > 2")
    for cursor in cursors[:6]:
        assert len(reader.json(f"{FEED}?since={cursor}")["results"]) == 5 - cursors.index(cursor)
    for cursor in cursors[6:]:
        assert "there is no change" in reader.refusal(f"{FEED}?since={cursor}", 409)["detail"]
    guards("ENABLE")
    sequence = int(cursors[6].partition("-")[0])
    run(f"ALTER SEQUENCE published_entry_sequence_seq RESTART WITH {sequence}")
    operations.publish(make.ActorFactory(slug="else"), by=reviewer, reason="Good.")
    assert "is another one here" in reader.refusal(f"{FEED}?since={cursors[6]}", 409)["detail"]
    assert told(reader.json(f"{FEED}?since={cursors[5]}")["results"]) == [("added", "actors/else", None)]


@pytest.mark.parametrize(
    ("question", "parameter"),
    [
        ("since=0&page_size=0", "page_size"),
        ("page_size=1001", "page_size"),
        ("documents=yes", "documents"),
        ("endpoint=users", "endpoint"),
        ("endpoint=events,!people", "endpoint"),
        ("format=csv", "format"),
        ("cursor=0", "cursor"),
    ],
)
def test_faults_are_named(reader: Reader, question: str, parameter: str) -> None:
    assert [one["parameter"] for one in reader.refusal(f"{FEED}?{question}")["errors"]] == [parameter]


# The head


def test_the_head_is_the_newest_block(reader: Reader, story: list[Told], reviewer: Any) -> None:
    head = reader.json(f"{FEED}head/")
    assert f"{head['block']}:{head['digest']}" == chain.head()
    newest = reader.json(FEED)["results"][-1]
    assert (head["cursor"], head["at"], head["block"]) == (newest["cursor"], newest["at"], newest["block"])
    assert head["changes"] == {"added": 0, "changed": 0, "withdrawn": 0, "merged": 0, "erased": 1}
    assert head["first"] == head["last"] == int(newest["cursor"].partition("-")[0])
    operations.publish(make.ActorFactory(), make.ActorFactory(), by=reviewer, reason="Good.")
    after = reader.json(f"{FEED}head/")
    assert (after["block"], after["changes"]["added"]) == (head["block"] + 1, 2)
    assert after["last"] - after["first"] == 1


def test_the_shapes_are_those_of_the_document(reader: Reader, story: list[Told]) -> None:
    document = json.loads(openapi())
    closed = {**document, "components": shut(document["components"])}
    fits(closed, "ChangesPage", reader.json(f"{FEED}?documents=true&page_size=2"))
    fits(closed, "ChangesPage", reader.json(FEED))
    fits(closed, "ChangesHead", reader.json(f"{FEED}head/"))
    fits(document, "Problem", reader.refusal(f"{FEED}?since={moved(reader.json(FEED)['cursor'], 9)}", 409))


# What digests are made of


def test_documents_read_and_written_again_are_the_bytes_that_were_digested(
    reader: Reader, reviewer: Any
) -> None:
    """Over awkward texts and numbers of every noun, by what the answer says and nothing else."""
    before = reader.json(f"{FEED}head/")["cursor"]
    operations.publish(*World(7, size=3).publishable(), by=reviewer, reason="Good.")
    found = reader.json(f"{FEED}?documents=true&page_size=1000&since={before}")["results"]
    assert len({one["record"].partition("/")[0] for one in found}) == len(ENDPOINTS)
    for one in found:
        parts = [
            *one["record"].split("/"),
            str(one["version"]),
            one["change"],
            "",
            "",
            canonical(one["document"]),
        ]
        assert hashlib.sha256("\n".join(parts).encode()).hexdigest() == one["digest"], one["record"]


def test_numbers_of_documents_are_written_by_postgresql_as_by_python() -> None:
    """Documents hold doubles; below 10^15, beyond all that our columns hold, both write the shortest that reads back."""
    texts = ["40.98945", "-0.000001", "0.0000001", "1e-7", "0.1", "0.30000000000000004", "5e-324", "123456789012.34",
             "999999999999999", "0.0001", "0.00001", "33", "-0.05"]  # fmt: skip
    texts += [repr(number * 7919 % 360_000_000 / 1_000_000 - 180) for number in range(1, 20_000, 7)]
    [(written,)] = rows("SELECT array_to_json(%s::float8[])::text", texts)
    assert canonical(json.loads(written)) == written
    assert [float(one) for one in json.loads(written)] == [float(one) for one in texts]


def test_characters_of_documents_are_written_by_postgresql_as_by_python() -> None:
    text = "".join(chr(code) for code in (*range(1, 0x2100), 0x2028, 0xFEFF, 0xFFFD, 0x1F3DC, 0x10FFFD))
    [(written,)] = rows("SELECT to_json(%s::text)::text", text)
    assert canonical(json.loads(written)) == written


# Speed


def test_a_page_is_a_range_of_the_ledger_however_long_it_is(
    reader: Reader, story: list[Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    guards("DISABLE")
    run(
        "INSERT INTO published_entry (block, endpoint, slug, version, change, at, digest) "
        "SELECT 5, 'actors', 'made-up-' || n, 1, 'added', now(), sha256('') FROM generate_series(1, 20000) n"
    )
    run("UPDATE published_block SET last = (SELECT max(sequence) FROM published_entry) WHERE id = 5")
    run("ANALYZE published_entry, published_block")
    asked: list[tuple[str, Any]] = []
    real = reading.rows
    monkeypatch.setattr(reading, "rows", lambda sql, given=(): asked.append((sql, given)) or real(sql, given))
    page = reader.json(f"{FEED}?page_size=1000&documents=true")
    assert len(page["results"]) == 1000
    reader.json(page["next"])
    pages = [(sql, given) for sql, given in asked if "ORDER BY e.sequence" in sql]
    assert len(pages) == 2
    for sql, given in pages:
        plan = "\n".join(line for (line,) in rows(f"EXPLAIN (COSTS OFF) {sql}", *given))
        assert "Index Scan using published_entry_pkey on published_entry e\n" in plan, plan
        assert "Sort" not in plan, plan
        assert not re.search(r"Seq Scan on published_entry", plan), plan
