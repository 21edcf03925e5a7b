"""Somebody says who and where is meant by names of datasets: kept, followed through merges, taken back, never overwritten."""

import pghistory
import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from actors.models import Actor
from border.curation.merging import merge
from border.curation.parting import undo_merge
from border.history import undo
from border.history.selection import by_person
from border.imports.comparing import place_anew
from border.imports.deciding import DecisionRefused
from border.imports.models import ActorReading, Decision, Meant, NameCount, PlaceReading
from border.imports.reading import forget, give_up, read
from border.imports.writing import write
from events.models import Casualty, Event, ExternalRecord, Participation
from tests import factories as make
from tests.imports.invented import town

pytestmark = pytest.mark.django_db

VILLAGE = town(where_coordinates="Hasrat village", latitude="34.61", longitude="40.82")


def meant(reading):
    return list(reading.meant.order_by("actor").values_list("actor__slug", flat=True))


@pytest.fixture
def unknown(world, take):
    """The reading of an actor whom nobody knows, and one who may be meant."""
    take(town(side_a="Jaysh al-Wahm", side_a_new_id="99999"))
    return ActorReading.objects.get(key="id 99999"), make.ActorFactory(slug="wahm", name="Army of Illusion")


def test_decision_is_kept_with_who_and_when_and_holds_for_the_next_release(unknown, say, take, person):
    reading, actor = unknown
    say(reading, "this", actor)
    assert (reading.found, reading.decided_by, meant(reading), reading.how) == (
        "matched", person, ["wahm"], "A person decided.",
    )  # fmt: skip
    take(town(id="900007", side_a="Jaysh al-Wahm", side_a_new_id="99999"), name="ged241.csv")
    assert Participation.objects.get(event__slug="ucdp-900007", role="side_a").actor == actor


def test_several_may_be_meant_and_the_one_of_the_day_takes_part(unknown, say, take):
    reading, later = unknown
    later.existed = "2020/.."
    later.save()
    earlier = make.ActorFactory(slug="wahm-first", existed="2010/2019")
    say(reading, "this", earlier, later)
    take(town(id="900007", side_a="Jaysh al-Wahm", side_a_new_id="99999"), name="ged241.csv")
    assert Participation.objects.get(event__slug="ucdp-900007", role="side_a").actor == earlier


def test_nobody_of_ours_is_a_decision_too_and_is_not_asked_again(unknown, say, take):
    reading, _ = unknown
    say(reading, "nobody")
    take(town(id="900007", side_a="Jaysh al-Wahm", side_a_new_id="99999"), name="ged241.csv")
    reading.refresh_from_db()
    assert reading.found == "nobody"
    assert not ActorReading.objects.waiting().filter(pk=reading.pk).exists()


def test_second_of_two_is_told_and_overwrites_nothing(unknown, say):
    reading, actor = unknown
    say(reading, "this", actor)
    outcome = say(reading, "nobody", by=make.UserFactory(), seen=0)
    assert (outcome.decided, outcome.overtaken) == ([], [reading])
    assert (reading.found, meant(reading)) == ("matched", ["wahm"])


def test_decisions_are_kept_one_after_the_other_from_what_was_looked_up(world, take, say):
    take(town())
    reading, other = ActorReading.objects.get(key="id 118"), make.ActorFactory(slug="other")
    say(reading, "this", other)
    say(reading, "nobody")
    say(reading, "looked_up")
    told = [(one.answer, one.slugs, one.decided_by is not None) for one in reading.decisions.order_by("pk")]
    assert told == [
        ("looked_up", ["syria-state"], False),
        ("this", ["other"], True),
        ("nobody", [], True),
        ("looked_up", ["syria-state"], True),
    ]
    assert (reading.found, reading.decided_by, meant(reading)) == ("matched", None, ["syria-state"])


def test_what_is_looked_up_already_is_not_taken_back(unknown, say):
    reading, _ = unknown
    assert say(reading, "looked_up").decided == []
    assert not Decision.objects.exists()


def look_again(take):
    take(town(id="900010", side_a="Jaysh al-Wahm", side_a_new_id="99999"), name="ged241.csv")


def test_decision_follows_merges_and_merges_that_are_taken_back(unknown, say, take, person):
    reading, actor = unknown
    say(reading, "this", actor)
    kept, last = make.ActorFactory(slug="kept"), make.ActorFactory(slug="last")
    first = merge(kept=kept, dropped=actor, by=person, reason="One and the same.")
    look_again(take)
    assert meant(reading) == ["kept"]
    second = merge(kept=last, dropped=kept, by=person, reason="These too.")
    look_again(take)
    assert meant(reading) == ["last"]
    undo_merge(second, by=person, reason="They are not.")
    undo_merge(first, by=person, reason="They are not.")
    look_again(take)
    assert meant(reading) == ["wahm"]
    assert Decision.objects.get(answer="this").slugs == ["wahm"]


def test_what_was_decided_holds_though_a_merge_was_taken_back_after_the_file_was_read(
    unknown, say, file, person
):
    reading, actor = unknown
    say(reading, "this", actor)
    made = merge(kept=make.ActorFactory(), dropped=actor, by=person, reason="One and the same.")
    one = read(file(town(id="900007", side_a="Jaysh al-Wahm", side_a_new_id="99999")), "ged241.csv")
    undo_merge(made, by=person, reason="They are not.")
    place_anew(one)
    write(one, by=None, why="New.", via="load")
    assert Participation.objects.get(event__slug="ucdp-900007", role="side_a").actor == actor


def test_row_of_a_place_that_lies_nowhere_by_now_waits_and_becomes_no_event(world, say, file):
    make.TerritoryFactory(
        kind="town", name="Maiduguri", countries=["NG"], latitude="11.5", longitude="13.7", uncertainty_m=500
    )
    there = {"country": "Nigeria", "country_id": "475", "latitude": "11.5", "longitude": "13.7"}
    one = read(file(town(where_coordinates="Maiduguri town", adm_1="", adm_2="", **there)), "ged231.csv")
    assert one.counts == {"new": 1}
    say(PlaceReading.objects.get(country="NG"), "nobody")
    place_anew(one)
    batch = write(one, by=None, why="New.", via="load")
    assert batch.counts == {"events": {"new": 0, "changed": 0, "same": 0}}
    assert not Event.objects.exists()
    assert ExternalRecord.objects.get().event is None


def test_name_waits_again_where_whoever_was_meant_is_withdrawn(unknown, say, take):
    reading, actor = unknown
    say(reading, "this", actor)
    Actor.objects.filter(pk=actor.pk).update(status="withdrawn")
    look_again(take)
    reading.refresh_from_db()
    assert (reading.found, meant(reading)) == ("unknown", [])
    assert "withdrawn" in reading.how
    assert reading.decided_by is not None
    Actor.objects.filter(pk=actor.pk).update(status="draft")
    look_again(take)
    reading.refresh_from_db()
    assert (reading.found, meant(reading)) == ("matched", ["wahm"])


def test_what_does_not_stand_cannot_be_decided(unknown, say, world):
    reading, actor = unknown
    with pytest.raises(DecisionRefused, match="Say which actor"):
        say(reading, "this")
    with pytest.raises(DecisionRefused, match="lies in no territory"):
        say(reading, "within", actor)
    Actor.objects.filter(pk=actor.pk).update(status="withdrawn")
    with pytest.raises(DecisionRefused, match="withdrawn"):
        say(reading, "this", actor)
    assert not Decision.objects.exists()


def test_actor_who_is_meant_may_be_deleted_and_the_name_waits_again(unknown, say, take):
    reading, actor = unknown
    take(town())
    known = Actor.objects.get(slug="aqi")
    assert Meant.objects.filter(actor=known).exists()
    known.delete()
    say(reading, "this", actor)
    actor.delete()
    assert not Meant.objects.filter(actor__in=[known.pk, actor.pk]).exists()
    look_again(take)
    reading.refresh_from_db()
    assert (reading.found, Decision.objects.latest("pk").slugs) == ("unknown", ["wahm"])


def test_addition_of_an_actor_is_taken_back_though_a_name_was_looked_up(world, take, person):
    with pghistory.context(user=person.pk, why="New."):
        make.ActorFactory(slug="new-front", name="Invented Front of the East")
    take(town(side_a="Invented Front of the East", side_a_new_id="66666"))
    assert meant(ActorReading.objects.get(key="id 66666")) == ["new-front"]
    for model in (Participation, Casualty):
        model.objects.filter(actor__slug="new-front").delete()
    undo.apply(by_person(person), by=make.UserFactory(), reason="Wrong.")
    assert not Actor.objects.filter(slug="new-front").exists()
    assert meant(ActorReading.objects.get(key="id 66666")) == []


# Places


@pytest.fixture
def village(world, take):
    take(VILLAGE)
    return PlaceReading.objects.get(name="Hasrat village")


def test_place_is_a_territory_or_lies_in_a_larger_one(village, say, take, world):
    hasrat = make.TerritoryFactory(slug="hasrat", kind="town", name="Hasrat", countries=["SY"])
    say(village, "this", territory=hasrat)
    assert (village.found, village.territory) == ("matched", hasrat)
    say(village, "within", territory=world["syria"])
    assert (village.found, village.territory) == ("within", world["syria"])
    take(VILLAGE | {"id": "900009"}, name="ged241.csv")
    assert Event.objects.get(slug="ucdp-900009").territory == world["syria"]


def test_place_that_is_none_of_ours_still_lies_in_its_division(village, say):
    say(village, "nobody")
    assert (village.found, village.territory.slug) == ("nobody", "albu-kamal")
    with pytest.raises(DecisionRefused, match="Say which territory"):
        say(village, "this")


def test_same_words_close_by_are_decided_along_and_taken_back_along(world, take, say):
    take(
        VILLAGE,
        VILLAGE | {"id": "900002", "latitude": "34.6210"},
        VILLAGE | {"id": "900003", "latitude": "34.9000"},
    )
    near, along, far = PlaceReading.objects.order_by("latitude")
    hasrat = make.TerritoryFactory(slug="hasrat", kind="town", name="Hasrat", countries=["SY"])
    assert say(near, "this", territory=hasrat).along == [along]
    along.refresh_from_db()
    far.refresh_from_db()
    assert (along.territory, along.decided_by) == (hasrat, near.decided_by)
    assert (far.territory.slug, far.decided_by) == ("albu-kamal", None)
    say(near, "looked_up")
    along.refresh_from_db()
    assert (along.territory.slug, along.decided_by) == ("albu-kamal", None)


def test_place_follows_merges_of_territories_and_their_undoing(village, say, take, person):
    hasrat = make.TerritoryFactory(slug="hasrat", kind="town", name="Hasrat", countries=["SY"])
    kept = make.TerritoryFactory(slug="hasrat-kept", kind="town", name="Al Hasrat", countries=["SY"])
    say(village, "this", territory=hasrat)
    made = merge(kept=kept, dropped=hasrat, by=person, reason="One town.")
    take(VILLAGE | {"id": "900009"}, name="ged241.csv")
    village.refresh_from_db()
    assert village.territory == kept
    undo_merge(made, by=person, reason="They are not.")
    take(VILLAGE | {"id": "900010"}, name="ged251.csv")
    village.refresh_from_db()
    assert village.territory == hasrat


# Counts


def test_rows_with_each_name_are_counted_when_a_file_is_read(world, file):
    one = read(
        file(town(), town(id="900002", side_a="Jaysh", side_a_new_id="7"), town(id="3x")), "ged231.csv"
    )
    counts = {
        count.actor_reading.key: (count.rows, [example[0] for example in count.examples])
        for count in NameCount.objects.exclude(actor_reading=None)
    }
    assert counts == {"id 118": (1, ["900001"]), "id 234": (2, ["900001", "900002"]), "id 7": (1, ["900002"])}
    assert NameCount.objects.get(place_reading__name="Albu Kamal town").rows == 2
    give_up(one)
    assert not NameCount.objects.exists()


def test_forgotten_import_leaves_no_counts(world, file):
    forget(read(file(town()), "ged231.csv"))
    assert not NameCount.objects.exists()


# What was there before


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_readings_of_before_keep_whom_they_mean_and_what_was_decided():
    """Forward and backward, with rows in the tables."""

    def migrate(name=None):
        executor = MigrationExecutor(connection)
        executor.migrate([("imports", name)] if name else executor.loader.graph.leaf_nodes("imports"))

    actor, other, user = make.ActorFactory(), make.ActorFactory(), make.UserFactory()
    reading = make.ActorReadingFactory(found="matched")
    for one in (actor, other):
        Meant.objects.create(reading=reading, actor=one)
    place = make.PlaceReadingFactory(found="within", territory=make.TerritoryFactory())
    decided = make.PlaceReadingFactory(
        found="nobody", decided_by=user, decided_at="2026-01-01T00:00Z", name="Elsewhere"
    )
    make.ExternalRecordFactory(told={"parties": [[reading.pk, "side_a", ""]], "place": place.pk})
    migrate("0003_deleted")
    with connection.cursor() as cursor:
        cursor.execute("SELECT actors FROM imports_actorreading")
        assert cursor.fetchone()[0] == [actor.pk, other.pk]
        cursor.execute("SELECT found FROM imports_placereading ORDER BY id")
        assert cursor.fetchall() == [("matched",), ("nobody",)]
    migrate()
    assert list(reading.meant.order_by("actor").values_list("actor", flat=True)) == [actor.pk, other.pk]
    assert (ActorReading.objects.get().kept, PlaceReading.objects.get(pk=place.pk).kept) == (1, 1)
    found = Decision.objects.get()
    assert (found.place_reading, found.answer, found.decided_by) == (decided, "nobody", user)
    assert found.settled_at is not None
