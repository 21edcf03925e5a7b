"""The questions that readers ask, and what they cost: the same for one row and for three."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from border.api import reading, search
from border.api.search import HOW
from border.publication import operations
from tests.factories import EventFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixtures")]


# Of which state of the record an answer tells: asked with its rows, and before where nothing was seen yet or more is asked.
STATE = 1


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("", 1),
        ("&on=2015-01-01&date_match=certain", 1),
        ("&q=qaim&changed_since=2020-01-01", 1),
        ("&count=true", STATE + 3),
        # The slugs are looked up once for each state of the record.
        ("&territory=qaim-district&actor=islamic-state&source=carnegie-2020-seed", 1),
    ],
)
def test_page_costs_the_same_whatever_its_size(client, django_assert_num_queries, query, queries, rows):
    address = f"/api/v1/events/?page_size={rows}{query}"
    client.get(address)
    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def test_record_costs_one_query(client, django_assert_num_queries):
    with django_assert_num_queries(STATE + 1):
        assert client.get("/api/v1/events/e-nsa-raid-2016/?on=2016-01-01").status_code == 200
    with django_assert_num_queries(1):
        assert client.get("/api/v1/events/e-nsa-raid-2016/?on=2016-01-01").status_code == 200
    # And a second one, to say what became of it, and whether that is so still.
    with django_assert_num_queries(3):
        assert client.get("/api/v1/events/e-no-such-event/").status_code == 404


# Each a question in words, where it is asked, what is looked at, and what must, and must not, be there.
QUESTIONS: list[tuple[str, str, str, set[Any], set[Any]]] = [
    ("Who held Qa'im district in 2016?", "authorities/?territory=qaim-district&on=2016-01-01", "actor.slug", {"islamic-state"}, {"irgc"}),
    ("Whom does Iran back?", "relationships/?subject=iran-state&kind=backs", "subject.slug", {"iran-state"}, set()),
    ("What did the source dispute?", "events/?contested=true&stance=disputes", "slug", {"e-crossing-reopens-2019"}, set()),
    ("Which airstrikes were there in June 2014?", "events/?kind=airstrike&from=2014-06&to=2014-06", "slug", {"e-qaim-airstrike-2014-06-24"}, {"e-qaim-falls-2014-06"}),
    ("And what else?", "events/?kind=!airstrike&from=2014-06&to=2014-06", "slug", {"e-qaim-falls-2014-06"}, {"e-qaim-airstrike-2014-06-24"}),
    ("What lies in the border area?", "territories/?territory=qaim-bukamal-border-area", "slug", {"qaim-town", "bukamal-city"}, {"damascus"}),
    ("In what does Bukamal city lie in 2015?", "territories/?territory=bukamal-city&territory_scope=covering&on=2015-01-01", "slug", {"syria", "wilayat-al-furat", "bukamal-district"}, {"bukamal-city", "iraq"}),
    ("And in 2019?", "territories/?territory=bukamal-city&territory_scope=covering&on=2019-01-01", "slug", {"syria"}, {"wilayat-al-furat"}),
    ("What moved into Syria?", "movements/?destination=syria", "destination.slug", {"syria"}, {"iraq"}),
    ("Which findings are about Bukamal?", "findings/?about_territory=bukamal-district", "kind", set(), {None}),
    ("What is a branch of the dilemma?", "findings/?q=weakening", "slug", {"f-dilemma-weakening"}, set()),
    ("Which crossings are on the border?", "crossings/?territory=iraq-syria-border", "slug", {"qaim-bukamal-crossing"}, set()),
]  # fmt: skip


def followed(document: Any, path: str) -> Any:
    for key in path.split("."):
        document = document[key]
    return document


@pytest.mark.parametrize(
    ("words", "question", "looked_at", "there", "not_there"), QUESTIONS, ids=[q[0] for q in QUESTIONS]
)
def test_question_is_answered(reader, words, question, looked_at, there, not_there):
    found = {followed(row, looked_at) for row in reader.rows(f"/api/v1/{question}")}
    assert found
    assert there <= found
    assert not found & not_there


@pytest.mark.shared
def test_questions_of_the_seed_are_answered(reader, shared):
    asked = json.loads((Path(shared) / "acceptance" / "questions.json").read_text("utf-8"))
    assert len(asked) > 30
    for question in asked:
        answer = _answer(reader, question)
        found = _picked(answer, question["pick"]) if "pick" in question else []
        text = json.dumps(answer, ensure_ascii=False)
        assert all(word in text for word in question.get("contains_text", [])), question
        assert set(question.get("includes", [])) <= set(found), (question, found)
        assert not set(question.get("excludes", [])) & set(found), (question, found)
        if "equals" in question:
            assert found == question["equals"], question
        if "same" in question:
            assert set(found) == set(question["same"]), question
        if "count" in question:
            assert len(found) == question["count"], question


def _answer(reader: Any, question: Any) -> Any:
    if question.get("status", 200) != 200:
        return reader.refusal(question["get"], question["status"])
    answer = reader.json(question["get"])
    return {"results": reader.rows(question["get"])} if "results" in answer else answer


def _picked(answer: Any, path: str) -> list[Any]:
    found = [answer]
    for key in path.split("."):
        found = (
            [item for value in found for item in value]
            if key == "[]"
            else [value[key] for value in found if value]
        )
    return found


# Search


def hits(reader: Any, query: str, **more: Any) -> list[dict[str, Any]]:
    response = reader.get("/api/v1/search/", {"q": query, **more})
    assert response.status_code == 200, response.content
    return response.json()["results"]


@pytest.mark.parametrize(
    ("query", "slug", "how"),
    [
        ("القائم", "qaim-town", "exact"),
        ("Kaim", "qaim-town", "folded"),
        ("al qaim", "qaim-district", "folded"),
        ("Boukamal", "bukamal-city", "skeleton"),
        ("البوكمال", "bukamal-city", "exact"),
        ("Daesh", "islamic-state", "exact"),
        ("DAESH", "islamic-state", "exact"),
        ("Kataeb Hizbullah", "kataib-hezbollah", "skeleton"),
        ("Wilayat al Furat", "wilayat-al-furat", "skeleton"),
        ("Deir az-Zawr governorate", "deir-ez-zor-governorate", "token"),
        ("Islamic State of Iraq and Sham in Bukamal", "islamic-state", "token"),
        ("Islamic Sta", "islamic-state", "token"),
        ("wilay", "wilayat-al-furat", "token"),
        ("Wilayat Alfurat", "wilayat-al-furat", "skeleton"),
        ("Governorate of Deir Azzur", "deir-ez-zor-governorate", "token"),
        ("K.H.", "kataib-hezbollah", "initials"),
        ("Brigades of Hizballah", "kataib-hezbollah", "token"),
    ],
)
def test_record_is_found_however_it_is_spelt(reader, query, slug, how):
    found = {hit["slug"]: hit for hit in hits(reader, query)}
    assert slug in found
    assert HOW.index(found[slug]["matched"]["how"]) <= HOW.index(how)


def test_stricter_answers_come_first(reader):
    for query in ("Kaim", "Bukamal", "Islamic State", "crossing"):
        ranks = [HOW.index(hit["matched"]["how"]) for hit in hits(reader, query)]
        assert ranks
        assert ranks == sorted(ranks)


def test_hit_says_what_tells_it_from_its_namesakes(reader):
    [hit] = [hit for hit in hits(reader, "Kaim") if hit["slug"] == "qaim-town"]
    assert hit["kind"] == "town"
    assert hit["countries"] == ["IQ"]
    assert "qaim-district" in {place["slug"] for place in hit["within"]}
    assert reader.json(hit["url"])["name"] == hit["name"]


def test_search_can_be_narrowed(reader):
    assert {hit["endpoint"] for hit in hits(reader, "Bukamal", endpoint="events,actors")} <= {
        "events",
        "actors",
    }
    assert "territories" not in {hit["endpoint"] for hit in hits(reader, "Bukamal", endpoint="!territories")}
    assert len(hits(reader, "Bukamal", page_size=2)) == 2


@pytest.mark.parametrize("query", ["...", "—", "\u202e", "%", "'", "x" * 200, "ءءء", "1", "the of and"])
def test_search_for_nothing_in_particular_is_answered(reader, query):
    assert isinstance(hits(reader, query), list)


def test_search_costs_few_queries_found_or_not(client, django_assert_num_queries):
    """The state twice; which ways are common, who is called so and who else; what the hits are, or both for some words."""
    for query, queries in (("Kaim", 6), ("zzzzqqq", 7)):
        with django_assert_num_queries(queries):
            client.get("/api/v1/search/", {"q": query})


@pytest.mark.parametrize(
    "query", ["Qaim", "raid", "Battle of Bukamal", "القائم", "ISIL", "crossing reo", "zzzzqqq"]
)
@pytest.mark.parametrize("endpoint", [None, "events", "!events"])
def test_search_finds_the_same_of_common_words(reader, monkeypatch, query, endpoint):
    asked = {"page_size": 100} | ({"endpoint": endpoint} if endpoint else {})
    few = hits(reader, query, **asked)
    monkeypatch.setattr(
        search, "_sampled", lambda ways, *of: [way._replace(common=way.by_keys) for way in ways]
    )
    assert hits(reader, query, **asked) == few


@pytest.mark.parametrize("query", ["Qaim", "Battle of Bukamal", "القائم", "ISIL", "Islamic State", "zzzzqqq"])
def test_search_finds_the_same_whether_few_or_many_are_wanted(reader, query):
    many = hits(reader, query, page_size=100)
    for size in (1, 2, 3, 5, 20):
        assert hits(reader, query, page_size=size) == many[:size]


@pytest.mark.parametrize("common", [True, False])
def test_search_finds_former_names_at_their_time_however_common(reader, monkeypatch, common):
    event = EventFactory(title="Battle of the old bridge")
    operations.publish(event.territory, event, by=UserFactory(), reason="Good.")
    then = reader.json("/api/v1/changes/head/")["at"]
    event.title = "Clash at the new mill"
    event.save()
    operations.publish(event, by=UserFactory(), reason="Better.")
    monkeypatch.setattr(
        search, "_sampled", lambda ways, *of: [way._replace(common=common and way.by_keys) for way in ways]
    )
    for query, moment, found in (
        ("Battle of the old bridge", {"known_at": then}, True),
        ("Clash at the new mill", {"known_at": then}, False),
        ("Battle of the old bridge", {}, False),
        ("Clash at the new mill", {}, True),
    ):
        slugs = [hit["slug"] for hit in hits(reader, query, endpoint="events", **moment)]
        assert (event.slug in slugs) == found, (query, moment)


WORDS = st.lists(st.sampled_from("abcd"), max_size=4)


@given(lists=st.lists(WORDS, max_size=4), name=WORDS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_names_that_have_all_words_of_one_list(lists, name):
    way = search._having(lists, 10)
    with connection.cursor() as cursor:
        keys = [f"t:{word}" for word in name]
        cursor.execute(
            f"SELECT {way.condition} FROM (SELECT %s::text[] AS search_keys) n", [*way.values, keys]
        )
        assert cursor.fetchone()[0] == any(some and {*some} <= {*name} for some in lists)


def test_search_nowhere_finds_nothing(reader):
    assert hits(reader, "Qaim", endpoint="!territories,!actors,!events,!sources") == []


def test_search_looks_no_further_where_enough_are_called_so(client, django_assert_num_queries):
    """The state twice; which ways are common; who is called so; what the hits are."""
    with django_assert_num_queries(5):
        found = client.get("/api/v1/search/", {"q": "al-qaim", "page_size": 1}).json()["results"]
    assert [hit["matched"]["how"] for hit in found] == ["exact"]


def test_what_many_events_are_called_is_common(reader, monkeypatch):
    monkeypatch.setattr(search, "SHARE", 100)  # few as they are, all are looked at
    state = reading.State(reading.version())
    ways = [
        search.Way("true", [], 10),
        search.Way("n.slug = %s", ["e-crossing-reopens-2019"], 10),
        search.Way("true", [], 10, by_keys=False),
    ]
    monkeypatch.setattr(search, "EVEN", 10)
    assert [way.common for way in search._sampled(ways, ["events"], state)] == [True, False, False]
    assert search._sampled(ways, ["actors"], state) == ways
