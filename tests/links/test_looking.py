"""Which events of different datasets are candidates for being one, and how they are weighed."""

import datetime as dt
import itertools
import json
import math
import random

import pytest

from border.links import weights
from border.links.looking import look
from border.links.models import Candidate
from events.models import Match
from tests import factories as make
from tests.imports import invented
from tests.links.conftest import told

pytestmark = pytest.mark.django_db


def test_the_same_fight_in_two_datasets_is_found_with_what_was_compared(pair):
    first, second = pair
    assert str(look()) == "1 pairs of events may be one; nobody has judged 1 of them."
    found = Candidate.objects.get()
    assert (found.first, found.second, found.datasets, found.best) == (
        first.pk,
        second.pk,
        "ACLED + UCDP GED",
        True,
    )
    assert found.evidence["levels"] == {
        "days": "same", "place": "spot", "actors": "several", "kind": "same", "deaths": "many",
    }  # fmt: skip
    assert found.evidence["actors"] == ["is", "syria-state"]
    assert (found.evidence["days"], found.evidence["kinds"]) == (0, ["battle", "battle"])
    assert found.evidence["killed"] == [[5, 5, 7], [5, 5, 5]]
    bits = sum(weights.level(name, level).bits for name, level in found.evidence["levels"].items())
    assert found.bits == pytest.approx(bits, abs=0.001)
    assert found.score == pytest.approx(weights.score(bits, [bits]), abs=0.001)


def test_pair_of_one_dataset_is_no_candidate(world, take):
    take(invented.town(), invented.town(id="900002"))
    look()
    assert not Candidate.objects.exists()


def test_event_of_ours_is_compared_with_those_of_datasets_and_not_with_another_of_ours(pair, world):
    for _ in range(2):
        make.EventFactory(
            date="2015-03-01",
            territory=world["town"],
            longitude="40.92",
            latitude="34.45",
            uncertainty_m=500,
            kind="battle",
        )
    look()
    assert sorted(Candidate.objects.values_list("datasets", flat=True)) == [
        "ACLED + UCDP GED", "ACLED + ours", "ACLED + ours", "UCDP GED + ours", "UCDP GED + ours",
    ]  # fmt: skip
    assert not Candidate.objects.exclude(datasets="ACLED + UCDP GED").filter(best=True).exists()


def test_one_that_stands_alone_is_likelier_than_one_in_a_crowd(pair, take):
    look()
    alone = Candidate.objects.get()
    others = [
        told(event_id_cnty=f"SYR90001{number}", event_date="2015-03-03", fatalities="0")
        for number in range(4)
    ]
    take(*others, header=invented.ACLED_NOW, name="acled.csv")
    look()
    crowded = Candidate.objects.get(first=alone.first, second=alone.second)
    near = Candidate.objects.filter(first=alone.first).exclude(pk=crowded.pk)
    assert crowded.bits == alone.bits
    assert crowded.score < alone.score
    weighs = "days near", "place spot", "actors several", "kind same", "deaths untold"
    bits = sum(weights.level(*one.split()).bits for one in weighs)
    assert crowded.score == pytest.approx(weights.score(crowded.bits, [crowded.bits, *[bits] * 4]), abs=0.001)
    assert not near.filter(best=True).exists()


def test_pair_that_was_judged_is_not_open_and_one_told_apart_is_no_candidate(pair):
    look()
    Match.objects.create(
        first=pair[0], second=pair[1], verdict="unsure", reason="Who knows.", decided_by=make.UserFactory()
    )
    assert look().open == 0
    assert Candidate.objects.count() == 1
    Match.objects.update(verdict="different")
    assert look().pairs == 0


def test_withdrawn_event_is_no_candidate(pair):
    look()
    pair[0].status = "withdrawn"
    pair[0].save()
    assert not Candidate.objects.open().exists()
    assert look().pairs == 0


def test_two_that_are_as_likely_are_neither_the_best(pair, take):
    take(told(event_id_cnty="SYR900002"), header=invented.ACLED_NOW, name="acled.csv")
    look()
    assert list(Candidate.objects.values_list("best", flat=True)) == [False, False]


@pytest.mark.parametrize(
    ("changes", "comparison", "level"),
    [
        ({"event_date": "2015-03-02"}, "days", "next"),
        ({"event_date": "2015-03-04"}, "days", "near"),
        ({"event_date": "2015-03-03", "time_precision": "2"}, "days", "near"),
        ({"event_date": "2015-03-14", "time_precision": "3"}, "days", "vague"),
        ({"latitude": "34.4750"}, "place", "town"),
        ({"latitude": "34.5000"}, "place", "beyond"),
        ({"latitude": "34.5500", "geo_precision": "2"}, "place", "around"),
        ({"geo_precision": "3"}, "place", "province"),
        ({"actor2": "Unidentified Armed Group (Syria)"}, "actors", "one"),
        ({"actor1": "A", "actor2": "B"}, "actors", "unnamed"),
        ({"event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike"}, "kind", "kindred"),
        ({"event_type": "Protests", "sub_event_type": "Peaceful protest"}, "kind", "other"),
        ({"fatalities": "6"}, "deaths", "close"),
        ({"fatalities": "9"}, "deaths", "double"),
        ({"fatalities": "50"}, "deaths", "apart"),
        ({"fatalities": "0"}, "deaths", "untold"),
    ],
)  # fmt: skip
def test_comparison_comes_out_at_its_level(world, take, changes, comparison, level):
    deir = make.TerritoryFactory._meta.model.objects
    make.ContainmentFactory(child=world["town"], parent=deir.get(slug="albu-kamal"))
    make.ContainmentFactory(child=deir.get(slug="albu-kamal"), parent=deir.get(slug="deir-ez-zor"))
    for slug, name in (
        ("is", "Islamic State (Syria)"),
        ("syria-state", "Military Forces of Syria (2000-2024)"),
    ):
        actor = make.ActorFactory._meta.model.objects.get(slug=slug)
        make.ActorNameFactory(record=actor, text=name, kind="dataset")
    take(invented.town())
    take(told(**changes), header=invented.ACLED_NOW, name="acled.csv")
    assert compared()[0]["levels"][comparison] == level


def compared():
    """What is compared of every pair that is looked at, however unlikely."""
    from django.db import connection

    from border.documents.planning import whole_tables
    from border.links.comparing import COMPARED

    names = ", ".join(f"'{name}', {name}" for name in weights.COMPARISONS)
    with connection.cursor() as cursor, whole_tables(cursor):
        cursor.execute(
            f"{COMPARED} SELECT first, second, jsonb_build_object({names})::text FROM weighed ORDER BY 1, 2"
        )
        return [{"pair": row[:2], "levels": json.loads(row[2])} for row in cursor.fetchall()]


# Oracle: every event with every other.


@pytest.mark.parametrize("seed", range(5))
def test_all_pairs_near_each_other_are_looked_at_once_and_no_others(db, seed):
    lot = random.Random(seed)
    country = make.TerritoryFactory(kind="country")
    provinces = [make.TerritoryFactory(kind="governorate") for _ in range(2)]
    towns = [make.TerritoryFactory(kind="town") for _ in range(4)]
    inside = {pk: {pk} for pk in (one.pk for one in (country, *provinces, *towns))}
    for number, town in enumerate(towns):
        make.ContainmentFactory(child=town, parent=provinces[number % 2])
        inside[provinces[number % 2].pk].add(town.pk)
    for province in provinces:
        make.ContainmentFactory(child=province, parent=country)
    releases = [
        make.SourceFactory(kind="dataset", dataset=name, version="1") for name in ("UCDP GED", "ACLED")
    ]
    events = [_drawn(lot, releases, [country, *provinces, *towns]) for _ in range(90)]
    expected = {
        tuple(sorted((one.pk, other.pk)))
        for (one, set_of_one), (other, set_of_other) in itertools.combinations(events, 2)
        if set_of_one != set_of_other and _near(one, other, inside, country)
    }
    found = [tuple(one["pair"]) for one in compared()]
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert len(expected) > 50


def _drawn(lot, releases, territories):
    day = dt.date(2015, 3, 1) + dt.timedelta(days=lot.randrange(40))
    date = lot.choice(
        [
            f"{day}",
            f"{day}",
            f"[{day}..{day + dt.timedelta(days=6)}]",
            f"{day:%Y-%m}",
            "2015",
            "2015-03-05/..",
        ]
    )
    point = {}
    if lot.random() < 0.7:
        point = {
            "longitude": f"{40.9 + lot.uniform(-0.5, 0.5):.6f}",
            "latitude": f"{34.4 + lot.uniform(-0.5, 0.5):.6f}",
            "uncertainty_m": lot.choice([1, 2000, 25000]),
        }
    event = make.EventFactory(date=date, territory=lot.choice(territories), **point)
    release = lot.choice([*releases, None])
    if release:
        make.ExternalRecordFactory(release=release, event=event)
    event.refresh_from_db()
    return event, release


def _near(one, other, inside, country):
    spans = [event.possible for event in (one, other)]
    if any(span.upper is None or (span.upper - span.lower).days > 31 for span in spans):
        return False
    gap = max((spans[0].lower - spans[1].upper).days, (spans[1].lower - spans[0].upper).days) + 1
    if gap > 3:
        return False
    if one.latitude is not None and other.latitude is not None:
        north = float(one.latitude - other.latitude) * 111195.08
        east = (
            float(one.longitude - other.longitude)
            * 111195.08
            * math.cos(math.radians(float(min(one, other, key=lambda e: e.pk).latitude)))
        )
        return math.hypot(north, east) <= 10_000 + one.uncertainty_m + other.uncertainty_m
    places = one.territory_id, other.territory_id
    return any(small in inside[wide] for wide, small in (places, places[::-1]) if wide != country.pk)
