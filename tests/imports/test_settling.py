"""What was written before somebody decided about a name is brought up to date: once, as a batch, and only what imports wrote."""

import pghistory
import pytest
from django.core.management import CommandError, call_command

from border.curation.merging import merge
from border.imports.jobs import apply_decisions
from border.imports.models import ActorReading, Decision, Import, PlaceReading, StagedRow
from border.imports.settling import outlook, settle
from border.publication import operations
from events.models import Casualty, Event, ExternalRecord, Participation
from sources.models import Batch
from tests import factories as make
from tests.contracts.conftest import history
from tests.imports import invented
from tests.imports.invented import town
from tests.imports.test_import_jobs import Quiet

pytestmark = pytest.mark.django_db

WAHM = {"side_a": "Jaysh al-Wahm", "side_a_new_id": "99999"}
BAMA = {
    "country": "Nigeria",
    "country_id": "475",
    "adm_1": "Borno state",
    "adm_2": "",
    "where_coordinates": "Bama town",
    "latitude": "11.5",
    "longitude": "13.7",
}


@pytest.fixture
def wahm(world, take):
    """An event of which one side was not known, the reading of that side, and an actor that it may be."""
    take(town(**WAHM))
    return Event.objects.get(), ActorReading.objects.get(key="id 99999"), make.ActorFactory(slug="wahm")


def parts(event):
    return sorted(event.participations.values_list("role", "actor__slug", "note"))


def sides(event):
    return sorted(event.casualties.filter(whom="actor").values_list("actor__slug", "best"))


def settled(person, **how):
    return settle(by=person, via="settle", **how)


def test_side_that_is_known_now_takes_part_and_its_dead_are_counted(wahm, say, person):
    event, reading, actor = wahm
    assert sides(event) == [("is", 3)]
    say(reading, "this", actor)
    assert (outlook().decisions, outlook().rows) == (1, 1)
    done = settled(person, why="They are the same.")
    assert parts(event) == [("side_a", "wahm", "Named as: Jaysh al-Wahm"), ("side_b", "is", "Named as: IS")]
    assert sides(event) == [("is", 3), ("wahm", 2)]
    assert event.casualties.get(actor=actor).source.slug == "ucdp-ged-23-1"
    assert str(done) == "1 decision applied to 1 row: participations added 1, counts of deaths added 1."
    assert (done.batch.format, done.batch.applied_by) == ("names", person)
    event.refresh_from_db()
    assert event.status == "draft"
    version = Participation.pgh_event_model.objects.latest("pgh_id")
    assert version.pgh_context.metadata == {
        "user": person.pk,
        "why": "Names decided: Jaysh al-Wahm. They are the same.",
        "via": "settle",
        "batch": done.batch.pk,
    }
    assert (Import.objects.count(), StagedRow.objects.count()) == (1, 1)


def test_decisions_are_applied_once(wahm, say, person):
    _, reading, actor = wahm
    say(reading, "this", actor)
    first = settled(person)
    before = history()
    assert (settled(person).decisions, outlook().decisions, history()) == (0, 0, before)
    assert list(Batch.objects.filter(format="names")) == [first.batch]
    assert Decision.objects.get(answer="this").settled_in == first.batch


def test_decision_that_changes_nothing_leaves_no_batch_and_no_history(wahm, say, person):
    _, reading, _ = wahm
    say(reading, "nobody")
    before = history()
    done = settled(person)
    assert (done.decisions, done.rows, done.batch, history()) == (1, 1, None, before)
    assert "nothing was to be changed" in str(done)
    assert outlook().decisions == 0


def test_decision_that_is_changed_replaces_what_the_import_wrote(wahm, say, person):
    event, reading, actor = wahm
    other = make.ActorFactory(slug="other")
    say(reading, "this", actor)
    settled(person)
    say(reading, "this", other)
    done = settled(person)
    assert [one[:2] for one in parts(event)] == [("side_a", "other"), ("side_b", "is")]
    assert sides(event) == [("is", 3), ("other", 2)]
    assert done.wrote["participations taken away"] == 1
    say(reading, "looked_up")
    settled(person)
    assert [one[:2] for one in parts(event)] == [("side_b", "is")]
    assert sides(event) == [("is", 3)]


def test_decision_against_what_was_looked_up_replaces_it(world, take, say, person):
    take(town())
    event, other = Event.objects.get(), make.ActorFactory(slug="other")
    say(ActorReading.objects.get(key="id 118"), "this", other)
    settled(person)
    assert [one[:2] for one in parts(event)] == [("side_a", "other"), ("side_b", "is")]
    assert sides(event) == [("is", 3), ("other", 2)]


def test_of_several_the_one_that_existed_on_the_day_takes_part(world, take, say, person):
    take(
        town(**WAHM),
        town(id="900002", date_start="2021-03-01", date_end="2021-03-01", year="2021", **WAHM),
        town(id="900003", date_start="2019-12-30", date_end="2020-01-03", date_prec="2", **WAHM),
    )
    first = make.ActorFactory(slug="first", existed="2010/2019")
    second = make.ActorFactory(slug="second", existed="2020/..")
    say(ActorReading.objects.get(key="id 99999"), "this", first, second)
    settled(person)
    found = Participation.objects.filter(role="side_a").order_by("event__slug")
    assert list(found.values_list("event__slug", "actor__slug")) == [
        ("ucdp-900001", "first"),
        ("ucdp-900002", "second"),
    ]


def test_what_a_person_changed_since_stays(wahm, say, person):
    event, reading, actor = wahm
    other = make.ActorFactory(slug="other")
    say(reading, "this", actor)
    settled(person)
    with pghistory.context(user=person.pk, via="admin"):
        part = event.participations.get(role="side_a")
        part.note = "Checked."
        part.save()
        claim = event.casualties.get(actor=actor)
        claim.best = 4
        claim.save()
    say(reading, "this", other)
    settled(person)
    assert {one[:2] for one in parts(event)} == {("side_a", "wahm"), ("side_a", "other"), ("side_b", "is")}
    assert ("wahm", 4) in sides(event)


def test_what_a_person_took_away_does_not_come_back(wahm, say, person):
    event, reading, actor = wahm
    say(reading, "this", actor)
    settled(person)
    with pghistory.context(user=person.pk, via="admin"):
        event.participations.filter(role="side_a").delete()
        event.casualties.filter(actor=actor).delete()
    say(reading, "nobody")
    say(reading, "this", actor)
    assert settled(person).batch is None
    assert [one[:2] for one in parts(event)] == [("side_b", "is")]
    assert sides(event) == [("is", 3)]


def test_what_a_merge_moved_is_still_the_imports(wahm, say, person):
    event, reading, actor = wahm
    kept, other = make.ActorFactory(slug="kept"), make.ActorFactory(slug="other")
    say(reading, "this", actor)
    settled(person)
    merge(kept=kept, dropped=actor, by=person, reason="One and the same.")
    say(reading, "this", other)
    settled(person)
    assert [one[:2] for one in parts(event)] == [("side_a", "other"), ("side_b", "is")]
    assert sides(event) == [("is", 3), ("other", 2)]


def test_what_another_name_of_the_row_means_too_is_not_taken_away(world, take, say, person):
    """ACLED names several associates in one role."""
    row = invented.acled(assoc_actor_1="Wahm Front; Wahm Brigade")
    take(row, header=invented.ACLED_NOW, name="acled.csv")
    front, brigade = (ActorReading.objects.get(key=name) for name in ("Wahm Front", "Wahm Brigade"))
    actor, other = make.ActorFactory(slug="wahm"), make.ActorFactory(slug="other")
    say(front, "this", actor)
    say(brigade, "this", actor)
    settled(person)
    say(front, "this", other)
    settled(person)
    associates = Participation.objects.filter(role="associate").values_list("actor__slug", flat=True)
    assert sorted(associates) == ["other", "wahm"]


# Places


def test_row_without_event_becomes_one_as_if_it_had_been_placed_at_once(world, take, say, person, back):
    take(town(**BAMA, best="9", deaths_civilians="4", **WAHM))
    assert not Event.objects.exists()
    nigeria = make.TerritoryFactory(slug="nigeria", kind="country", name="Nigeria", countries=["NG"])
    say(PlaceReading.objects.get(name="Bama town"), "within", territory=nigeria)
    done = settled(person)
    assert done.wrote["events made"] == 1
    settled_at_last = everything_of(Event.objects.get())
    assert settled_at_last[0]["territory_id"] == nigeria.pk
    assert ExternalRecord.objects.get().event == Event.objects.get()
    back(done.batch, "The wrong place.")
    assert (Event.objects.count(), ExternalRecord.objects.get().event) == (0, None)
    take(town(**BAMA, best="9", deaths_civilians="4", **WAHM))
    assert everything_of(Event.objects.get()) == settled_at_last


def everything_of(event):
    """All that an event and what belongs to it say, without their numbers."""
    mine = {name: value for name, value in vars(event).items() if name not in {"id", "_state"}}
    owned = [
        sorted(
            str({name: value for name, value in row.items() if name not in {"id", "event_id", "record_id"}})
            for row in rows.values()
        )
        for rows in (event.participations.all(), event.casualties.all(), event.citations.all())
    ]
    return mine, owned


def test_event_moves_to_its_place_where_the_imports_word_still_stands(world, take, say, person):
    village = {"where_coordinates": "Hasrat village", "latitude": "34.61", "longitude": "40.82"}
    take(*[town(id=str(900001 + number), **village) for number in range(4)])
    events = list(Event.objects.order_by("slug"))
    hasrat = make.TerritoryFactory(slug="hasrat", kind="town", name="Hasrat", countries=["SY"])
    with pghistory.context(user=person.pk, via="admin"):
        events[1].territory = world["syria"]
        events[1].save()
        events[2].title = "A fight for the bridge"
        events[2].save()
        district = events[3].territory
        events[3].territory = world["syria"]
        events[3].save()
        events[3].territory = district
        events[3].save()
    say(PlaceReading.objects.get(), "this", territory=hasrat)
    done = settled(person)
    assert list(Event.objects.order_by("slug").values_list("territory__slug", flat=True)) == [
        "hasrat", "syria", "hasrat", "albu-kamal",
    ]  # fmt: skip
    assert done.wrote["events placed"] == 2
    say(PlaceReading.objects.get(), "looked_up")
    settled(person)
    assert Event.objects.get(slug="ucdp-900001").territory.slug == "albu-kamal"


def test_event_whose_territory_was_merged_still_moves(world, take, say, person):
    take(town(where_coordinates="Hasrat village", latitude="34.61", longitude="40.82"))
    hasrat = make.TerritoryFactory(slug="hasrat", kind="town", name="Hasrat", countries=["SY"])
    kept = make.TerritoryFactory(slug="kept", kind="district", name="Bukamal district", countries=["SY"])
    merge(kept=kept, dropped=Event.objects.get().territory, by=person, reason="One district.")
    assert Event.objects.get().territory == kept
    say(PlaceReading.objects.get(), "this", territory=hasrat)
    settled(person)
    assert Event.objects.get().territory == hasrat


def test_slug_that_is_taken_leaves_the_row_waiting(world, take, say, person):
    take(town(**BAMA))
    make.EventFactory(slug="ucdp-900001")
    say(PlaceReading.objects.get(), "within", territory=world["syria"])
    done = settled(person)
    assert (done.refused, done.batch) == (1, None)
    assert "1 cannot be right, and wait" in str(done)
    assert ExternalRecord.objects.get().event is None


# Several at once


def test_latest_release_has_the_word_and_all_is_one_batch(world, take, say, person, back):
    take(town(**WAHM), town(id="900002", **WAHM))
    take(town(), town(id="900002", **WAHM), town(id="900003", **WAHM), name="ged241.csv")
    acled = invented.acled(actor1="Wahm Front")
    take(acled, header=invented.ACLED_NOW, name="acled.csv")
    actor = make.ActorFactory(slug="wahm")
    say(ActorReading.objects.get(key="id 99999"), "this", actor)
    say(ActorReading.objects.get(key="Wahm Front"), "this", actor)
    done = settled(person)
    assert (done.decisions, done.rows) == (2, 3)
    assert sorted(actor.participations.values_list("event__slug", flat=True)) == [
        "acled-syr900001", "ucdp-900002", "ucdp-900003",
    ]  # fmt: skip
    back(done.batch, "Wrong.")
    assert not actor.participations.exists()


def test_row_that_its_dataset_deleted_and_event_that_a_person_linked_are_left_alone(world, take, say, person):
    take(town(**WAHM))
    ExternalRecord.objects.update(deleted_at="2026-01-01T00:00Z")
    make.ExternalRecordFactory(event=make.EventFactory())
    say(ActorReading.objects.get(key="id 99999"), "this", make.ActorFactory())
    assert settled(person).rows == 0
    assert not Participation.objects.filter(role="side_a").exists()


def test_published_event_is_changed_in_its_working_copy_only(wahm, say, person):
    event, reading, actor = wahm
    reviewer = make.UserFactory()
    records = [event.territory, *(part.actor for part in event.participations.all())]
    operations.publish(
        *records, *(one.source for one in event.citations.all()), event, by=reviewer, reason="Checked."
    )
    say(reading, "this", actor)
    settled(person)
    event.refresh_from_db()
    assert event.participations.filter(actor=actor).exists()
    assert [one.model for one in operations.differing(Event.objects.all())] == [Event]


def test_acled_stays_unpublished(world, take, say, person):
    take(invented.acled(actor1="Wahm Front"), header=invented.ACLED_NOW, name="acled.csv")
    say(ActorReading.objects.get(key="Wahm Front"), "this", make.ActorFactory())
    settled(person)
    event = Event.objects.get()
    with pytest.raises(operations.PublicationRefused, match="may not be passed on"):
        operations.publish(event, event.territory, by=make.UserFactory(), reason="Checked.")


# By a worker, and from the shell


def test_worker_may_do_it_and_answers_what_became_of_it(wahm, say, person, db_role):
    _, reading, actor = wahm
    with db_role("border_app"):
        say(reading, "this", actor)
        answer = apply_decisions(Quiet(make.JobFactory(asked_by=person).pk))
        assert apply_decisions(Quiet(make.JobFactory(asked_by=person).pk))["message"].startswith(
            "No decision"
        )
    assert answer["message"].startswith("1 decision applied to 1 row")
    assert Batch.objects.get(pk=answer["batch"]).applied_by == person
    reading.refresh_from_db()
    assert reading.kept == 1


def test_command_applies_them_in_somebodys_name(wahm, say, person, capsys):
    _, reading, actor = wahm
    call_command("settle")
    assert "No decision waits." in capsys.readouterr().out
    say(reading, "this", actor)
    call_command("settle", "--dry-run")
    assert "1 decisions wait; 1 rows name them." in capsys.readouterr().out
    assert not Casualty.objects.filter(actor=actor).exists()
    with pytest.raises(CommandError, match="no user called nobody-here"):
        call_command("settle", "--by", "nobody-here")
    call_command("settle", "--by", person.username, "--why", "Looked up.")
    assert f"Written as batch {Batch.objects.latest('pk').pk}." in capsys.readouterr().out
    assert Batch.objects.latest("pk").applied_by == person
