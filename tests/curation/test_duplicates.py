"""Which records are suggested as one, with what score and for what reasons; and which are not."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from actors.models import Actor
from border.curation.duplicates import NOUNS, pairs, similar, tell_apart
from border.curation.models import Merge
from border.curation.refusal import MergeRefused
from events.models import Event
from sources.models import Source
from territories.models import Territory
from tests import factories as make

pytestmark = pytest.mark.django_db
FIXTURES = Path(__file__).parents[2] / "fixtures"


def suggested(model: Any) -> set[tuple[str, str]]:
    return {tuple(sorted((pair.one.slug, pair.other.slug))) for pair in pairs(model)}


def score(model: Any) -> float:
    return max((pair.score for pair in pairs(model)), default=0.0)


def test_actors_are_found_by_a_name_in_another_script() -> None:
    one = make.ActorFactory(name="Liwa al-Qa'im", name_ar="", countries=["IQ"])
    other = make.ActorFactory(name="Brigade of the west", name_ar="", countries=["IQ"])
    make.ActorFactory(name="Harakat al-Nujaba", name_ar="", countries=["IQ"])
    assert pairs(Actor) == []
    make.ActorNameFactory(record=other, text="لواء القائم", language="ar")
    [pair] = pairs(Actor)
    assert {pair.one, pair.other} == {one, other}
    assert "Names that are alike: Liwa al-Qa'im, لواء القائم." in pair.reasons
    [candidate] = similar(one)
    assert (candidate.pk, candidate.score) == (other.pk, pair.score)
    assert candidate.label.startswith("Brigade of the west · Militia")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"countries": ["SY"]}, "Other countries: IQ and SY."),
        ({"kind": "state"}, "Another kind: militia and state."),
        ({"wikidata_id": "Q2"}, "Another Wikidata id: Q1 and Q2."),
        ({"existed": "2014/.."}, "Another time: 1990/2003 and 2014/..."),
    ],
)
def test_what_speaks_against_it_lowers_the_score_and_is_said(changed: dict[str, Any], reason: str) -> None:
    both = {
        "name": "Baath Party",
        "name_ar": "",
        "countries": ["IQ"],
        "wikidata_id": "Q1",
        "existed": "1990/2003",
    }
    one = make.ActorFactory(**both)
    other = make.ActorFactory(**both)
    before = score(Actor)
    assert before == 1
    Actor.objects.filter(pk=other.pk).delete()
    other = make.ActorFactory(**both | changed)
    [candidate] = similar(one) or [None]
    assert candidate is None or (candidate.score < before and reason.rstrip(".") in candidate.reason)


def test_actors_that_are_related_are_two_to_somebody() -> None:
    one, other = (make.ActorFactory(name="Islamic State", name_ar="") for _ in range(2))
    assert score(Actor) == 0.75
    make.RelationshipFactory(subject=one, object=other, kind="succeeded")
    assert pairs(Actor) == []


def test_places_by_distance_and_a_town_in_its_district_is_none() -> None:
    point = {"longitude": "40.9186", "latitude": "34.4522", "uncertainty_m": 500}
    town = make.TerritoryFactory(slug="town", name="Bukamal", name_ar="", kind="town", **point)
    twin = make.TerritoryFactory(
        slug="twin", name="Al-Boukamal", name_ar="", kind="town", **point | {"latitude": "34.46"}
    )
    [pair] = pairs(Territory)
    assert pair.score > 0.9
    assert "867 m apart." in pair.reasons
    Territory.objects.filter(pk=twin.pk).update(latitude="34.9")
    assert pairs(Territory) == []
    district = make.TerritoryFactory(slug="district", name="Bukamal", name_ar="", kind="district")
    assert score(Territory) < 0.5
    make.ContainmentFactory(child=town, parent=district)
    assert suggested(Territory) == set()


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ({"url": "https://www.reuters.com/a/?utm_source=x#top"}, {"url": "http://reuters.com/a"}, True),
        ({"doi": "10.1234/ABC"}, {"doi": "10.1234/abc"}, True),
        ({"title": "A battle for the crossing", "published": "2017-11-09"},) * 2 + (True,),
        ({"title": "A battle for the crossing"}, {"title": "Another battle", "url": "https://example.org/b"}, False),
        ({"dataset": "GED", "version": "1", "url": "https://ucdp.uu.se"}, {"dataset": "GED", "version": "2", "url": "https://ucdp.uu.se"}, False),
    ],
)  # fmt: skip
def test_sources_by_address_doi_or_title_and_date(
    one: dict[str, Any], other: dict[str, Any], found: bool
) -> None:
    plain = {"title": "The border", "published": "2020"}
    for values in (one, other):
        make.SourceFactory(**{**plain, **values})
    assert bool(pairs(Source)) is found


def test_events_that_were_matched_as_different_are_not_suggested() -> None:
    town = make.TerritoryFactory()
    first, second = (
        make.EventFactory(territory=town, title="Strike on the base", date="2019-09-30") for _ in range(2)
    )
    assert score(Event) > 0.7
    match = make.MatchFactory(first=first, second=second, verdict="different")
    assert pairs(Event) == []
    match.delete()
    assert len(similar(first)) == 1


@pytest.mark.parametrize("model", NOUNS)
def test_what_was_given_up_or_told_apart_is_not_suggested(model: Any) -> None:
    factory = make.FACTORIES[model]
    alike = {"territory": make.TerritoryFactory()} if model is Event else {}
    called = "name" if hasattr(model, "name") else "title"
    one, other = (factory(**{called: "One and the same", **alike}) for _ in range(2))
    endpoint = model._meta.verbose_name_plural
    assert len(pairs(model)) == 1
    by = make.UserFactory()
    judged = tell_apart(one=one, other=other, by=by, reason="Two.")
    assert (pairs(model), similar(one), similar(other)) == ([], [], [])
    assert tell_apart(one=other, other=one, by=by, reason="Two.") == judged
    judged.delete()
    Merge.objects.create(endpoint=endpoint, slug=other.slug, into=one.slug, reason="One.", merged_by=by)
    assert (pairs(model), similar(one)) == ([], [])
    for wrong in ({"other": one}, {"reason": ""}):
        with pytest.raises(MergeRefused):
            tell_apart(**{"one": one, "other": other, "by": by, "reason": "Two.", **wrong})


def test_the_fixtures_hold_no_likely_duplicate() -> None:
    """Two parties of one name, a town with its district and its crossing, a group and its successor are told apart."""
    make.UserFactory(username="importer")
    call_command("load", str(FIXTURES), by="importer", verbosity=0)
    found = {
        model: [(pair.score, pair.one.slug, pair.other.slug) for pair in pairs(model)] for model in NOUNS
    }
    assert found[Territory] == found[Source] == []
    assert max(one[0] for rows in found.values() for one in rows) < 0.75
    assert sum(map(len, found.values())) <= 5
