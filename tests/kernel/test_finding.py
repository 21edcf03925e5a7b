"""What an index finds is what a slow look at every name finds, in the same order."""

import csv
from functools import cache
from pathlib import Path

import pytest
from django.db import connection

from actors.models import Actor
from border import admin_search
from border.kernel.finding import SHORT, search_keys
from border.kernel.names import fold, tokens
from territories.models import Territory
from tests.conftest import standing
from tests.factories import ActorFactory, ActorNameFactory

FIXTURES = Path(__file__).parents[2] / "fixtures"


def rows(name):
    with (FIXTURES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def standing_names(django_db_setup, django_db_blocker):
    """The actors of the fixtures with all their names, made once for a module."""
    with standing(django_db_blocker):
        made = {
            row["slug"]: ActorFactory(slug=row["slug"], name=row["name"], name_ar=row["name_ar"])
            for row in rows("actors")
        }
        names = {actor.pk: [text for text in (actor.name, actor.name_ar) if text] for actor in made.values()}
        for number, row in enumerate(rows("actor_names")):
            actor = made[row["record"]]
            ActorNameFactory(record=actor, text=row["text"], language=row["language"] or f"x{number:02x}"[:3])
            names[actor.pk].append(row["text"])
        yield names


@pytest.fixture
def known(standing_names, db):
    """The actors of the fixtures with all their names: key, then texts."""
    return standing_names


def may_answer(term, text):
    """Whether they share a key, or all words but the last and the beginning of that; told by looking, not by index."""
    asked, keys = tokens(term), keys_of(text)
    if keys & keys_of(term):
        return True
    given = {(word.folded, word.skeleton if f"t:{word.skeleton}" in keys else "") for word in words(text)}
    others = all(
        any(
            word.folded == folded or (word.skeleton and word.skeleton == skeleton)
            for folded, skeleton in given
        )
        for word in asked[:-1]
    )
    return others and any(
        folded.startswith(asked[-1].folded)
        or (len(asked[-1].skeleton) > SHORT and skeleton.startswith(asked[-1].skeleton))
        for folded, skeleton in given
    )


@cache
def keys_of(text):
    """The keys by which a name is found."""
    return {key for key in search_keys(text) if key[2:]}


@cache
def words(text):
    """The words of a name, together and apart."""
    return [*tokens(text), *(word for part in fold(text).split() for word in tokens(part))]


def slowly(known, term):
    """Every record whose any name answers, best first, by looking at all of them."""
    scores = {
        key: max(admin_search.score(term, text) for text in texts)
        for key, texts in known.items()
        if any(may_answer(term, text) for text in texts)
    }
    return [
        key
        for key, score in sorted(scores.items(), key=lambda answer: (-answer[1], answer[0]))
        if score > admin_search.WRITTEN
    ]


def found(term):
    """What a look-up finds by names, best first."""
    written = set(Actor.objects.written(term).values_list("pk", flat=True))
    answers = admin_search.looked_up(Actor.objects.all(), term).values_list("pk", flat=True)
    return list(answers), written


TYPED = sorted(
    {
        text[:length]
        for row in rows("actors")[::8]
        for text in (row["name"], row["name_ar"], row["name"].split()[-1])
        for length in (2, 3, 4, 6, 9, 60)
        if len(text) >= 2
    }
)


def test_lookups_of_names_that_are_being_typed_equal_a_look_at_every_name(known, monkeypatch):
    monkeypatch.setattr(admin_search, "CANDIDATES", 500)
    wrong = {}
    for term in TYPED:
        expected = slowly(known, term)
        answers, written = found(term)
        named = [key for key in answers if key not in written or key in expected]
        if named != expected:
            wrong[term] = (expected, named)
    assert len(TYPED) > 100
    assert wrong == {}


@pytest.mark.parametrize(
    ("name", "begun"),
    [
        ("Abu Kamal", ["w:abu", "w:abukamal", "w:kamal"]),
        ("Tall Abu Kamal", ["w:abu", "w:abukamal", "w:kamal", "w:tall"]),
        ("Kata'ib Hizballah", ["w:hizballah", "w:kataib"]),
        ("القائم", ["w:قايم"]),
        ("", []),
    ],
)
def test_index_knows_the_words_of_a_name(db, name, begun):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(border_words(%s))", [search_keys(name)])
        (words,) = cursor.fetchone()
    assert sorted(word for word in words if word.startswith("w:")) == begun


@pytest.mark.parametrize(
    "term", ["'", "\\", "a'b\\c", "':*", "& |", "!", "x" * 5000, "\u0000".strip("\0"), "🙂", "ء"]
)
def test_nothing_that_is_typed_breaks_the_search(known, term):
    assert isinstance(list(admin_search.looked_up(Actor.objects.all(), term)), list)
    assert isinstance(list(Actor.objects.named(term)), list)


def test_filtered_records_are_found_among_themselves_however_many_answer(db, monkeypatch):
    monkeypatch.setattr(admin_search, "CANDIDATES", 2)
    for number in range(6):
        ActorFactory(name=f"Zorkan {number}", name_ar="", kind="tribe" if number == 5 else "militia")
    among = Actor.objects.filter(kind="tribe")
    assert [actor.name for actor in admin_search.looked_up(among, "zorkan")] == ["Zorkan 5"]
    assert [actor.name for actor in admin_search.ranked(among, "zorkan", keep_order=False)] == ["Zorkan 5"]


def test_all_that_answers_is_what_is_named_and_what_is_written_and_what_was_found_besides(known):
    nobody = ActorFactory(name="Zebra", name_ar="")
    for term in ("kata", "القائم", "isl", "zzgh", " "):
        ways = [Actor.objects.named(term), Actor.objects.written(term), Actor.objects.filter(pk=nobody.pk)]
        expected = {actor.pk for found in ways for actor in found}
        assert {actor.pk for actor in Actor.objects.answering(term, nobody.pk)} == expected


def planned(rows):
    """How PostgreSQL would find the rows if it did not like to read whole tables."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.explain()


def test_a_code_that_is_begun_is_found_by_index(db):
    assert "territory_code" in planned(Territory.objects.filter(pcode__startswith="SY0"))


def test_what_answers_is_one_list_of_keys(known):
    plan = planned(Actor.objects.answering("kata", 1, 2, 3))
    assert "SubPlan" not in plan
    assert "Seq Scan" not in plan
