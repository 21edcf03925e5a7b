"""Changes are taken back where theirs is the latest word; what came later stays and is named."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from actors.models import Actor
from border.history.selection import by_person, in_context, in_one_go, of_batch, one_change, since
from border.history.undo import PlanChanged, UndoRefused, apply, plan
from events.models import Casualty, Event
from sources.models import Source
from territories.models import Territory, TerritoryName
from tests import factories as make
from tests.history.world import everything, hand, last_go, latest_number, metadata, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Any:
    return make.UserFactory(username="ann")


@pytest.fixture
def bob() -> Any:
    return make.UserFactory(username="bob")


def edit(row: Any, by: Any, **values: Any) -> int:
    """``by`` changes a row; the number of the change."""
    with hand(by):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    return latest_number()


def told(drawn: Any) -> list[tuple[str, str]]:
    return [(one.called.text, one.column) for one in drawn.conflicts]


# One change


def test_field_goes_back_to_what_it_was(ann: Any, bob: Any) -> None:
    event = make.EventFactory(slug="al-qaim", outcome="The garrison left.")
    number = edit(event, ann, outcome="The garrison stayed.")
    drawn = apply(one_change(Event, number), by=bob, reason="No source says so.")
    event.refresh_from_db()
    assert event.outcome == "The garrison left."
    assert [(step.action, step.fields) for step in drawn.steps] == [
        ("update", {"outcome": ("The garrison stayed.", "The garrison left.")})
    ]
    assert metadata(last_go()) == {
        "user": bob.pk,
        "why": "No source says so.",
        "via": "undo",
        "undoes": {"change": number},
    }


def test_later_word_stays_and_is_named(ann: Any, bob: Any) -> None:
    event = make.EventFactory(slug="al-qaim", outcome="Left.", sub_kind="raid")
    number = edit(event, ann, outcome="Stayed.", sub_kind="ambush")
    edit(event, bob, outcome="Fled.")
    drawn = apply(one_change(Event, number), by=bob, reason="Not so.")
    event.refresh_from_db()
    assert (event.outcome, event.sub_kind) == ("Fled.", "raid")
    (conflict,) = drawn.conflicts
    assert (conflict.column, conflict.kept, conflict.wanted) == ("outcome", "Fled.", "Left.")
    assert conflict.hand.who == "bob"
    assert told(drawn) == [("event al-qaim", "outcome")]


def test_later_word_that_says_the_same_as_before_is_no_conflict(ann: Any, bob: Any) -> None:
    event = make.EventFactory(outcome="Left.")
    number = edit(event, ann, outcome="Stayed.")
    edit(event, bob, outcome="Left.")
    drawn = plan(one_change(Event, number))
    assert (drawn.steps, drawn.conflicts) == ([], [])


def test_latest_of_two_changes_goes_back_to_the_word_between(ann: Any, bob: Any) -> None:
    event = make.EventFactory(outcome="Left.")
    edit(event, ann, outcome="Stayed.")
    edit(event, bob, outcome="Fled.")
    edit(event, ann, outcome="Hid.")
    drawn = apply(by_person(ann), by=bob, reason="Not so.")
    event.refresh_from_db()
    assert event.outcome == "Fled."
    assert drawn.conflicts == []


def test_derived_columns_follow(ann: Any, bob: Any) -> None:
    event = make.EventFactory(title="Bukamal falls", date="2014-06-22")
    before = whole(event)
    number = edit(event, ann, title="القائم", date="2015")
    assert whole(event) != before
    apply(one_change(Event, number), by=bob, reason="Not so.")
    assert whole(event) == before


def test_point_goes_back_whole_or_not_at_all(ann: Any, bob: Any) -> None:
    event = make.EventFactory(longitude="40.91", latitude="34.45", uncertainty_m=500)
    number = edit(event, ann, longitude="41.00", latitude="34.40")
    edit(event, bob, uncertainty_m=5000)
    drawn = plan(one_change(Event, number))
    assert drawn.steps == []
    assert {one.column for one in drawn.conflicts} == {"longitude", "latitude"}


def test_status_and_slug_are_never_taken_back(ann: Any, bob: Any) -> None:
    event = make.EventFactory(outcome="Left.")
    moment = latest_number()
    edit(event, ann, status="in_review", outcome="Stayed.")
    apply(since(event, moment), by=bob, reason="Not so.")
    event.refresh_from_db()
    assert (event.status, event.outcome) == ("in_review", "Left.")


# Rows that came


def test_row_that_was_added_goes(ann: Any, bob: Any) -> None:
    event = make.EventFactory()
    with hand(ann):
        casualty = make.CasualtyFactory(event=event)
    apply(one_change(Casualty, latest_number()), by=bob, reason="Not so.")
    assert not Casualty.objects.filter(pk=casualty.pk).exists()


def test_record_goes_with_what_came_with_it(ann: Any, bob: Any) -> None:
    source, territory = make.SourceFactory(), make.TerritoryFactory()
    before = everything()
    with hand(ann):
        event = make.EventFactory(territory=territory)
        make.EventCitationFactory(record=event, source=source)
        make.CasualtyFactory(event=event)
    (number,) = Event.pgh_event_model.objects.filter(pgh_label="insert").values_list("pgh_id", flat=True)
    apply(one_change(Event, number), by=bob, reason="Twice.")
    assert everything() == before


def test_record_that_was_changed_since_stays_whole(ann: Any, bob: Any) -> None:
    territory = make.TerritoryFactory()
    with hand(ann):
        event = make.EventFactory(slug="al-qaim", territory=territory)
        make.CasualtyFactory(event=event)
    edit(event, bob, outcome="Fled.")
    before = everything()
    drawn = apply(by_person(ann), by=bob, reason="Not so.")
    assert everything() == before
    assert told(drawn) == [("event al-qaim", "")]
    assert drawn.conflicts[0].hand.who == "bob"


def test_record_to_which_others_added_since_stays_whole(ann: Any, bob: Any) -> None:
    territory, source = make.TerritoryFactory(), make.SourceFactory()
    with hand(ann):
        event = make.EventFactory(slug="al-qaim", territory=territory)
        make.CasualtyFactory(event=event, number=1)
    with hand(bob):
        make.EventCitationFactory(record=event, source=source, number=4)
    before = everything()
    drawn = apply(by_person(ann), by=bob, reason="Not so.")
    assert everything() == before
    (conflict,) = drawn.conflicts
    assert conflict.reason == "Something that stays rests on it: event citation 4 of event al-qaim."
    assert conflict.hand.who == "bob"


def test_record_on_which_others_rest_stays_and_so_does_what_it_rests_on(ann: Any, bob: Any) -> None:
    with hand(ann):
        home = make.TerritoryFactory(slug="town")
        actor = make.ActorFactory(slug="liwa", home=home)
    with hand(bob):
        make.ParticipationFactory(actor=actor)
    drawn = apply(by_person(ann), by=bob, reason="Not so.")
    assert Actor.objects.filter(pk=actor.pk, home=home).exists()
    assert sorted(told(drawn)) == [("actor liwa", ""), ("territory town", "")]


def test_record_whose_last_reference_goes_back_too_goes(ann: Any, bob: Any) -> None:
    event = make.EventFactory()
    before = everything()
    with hand(ann):
        territory = make.TerritoryFactory()
        Event.objects.filter(pk=event.pk).update(territory=territory)
    drawn = apply(by_person(ann), by=bob, reason="Not so.")
    assert everything() == before
    assert drawn.conflicts == []


@pytest.mark.parametrize("status", ["in_review", "published", "withdrawn"])
def test_record_that_is_no_draft_is_not_deleted(ann: Any, bob: Any, status: str) -> None:
    with hand(ann):
        territory = make.TerritoryFactory()
        make.TerritoryNameFactory(record=territory)
    with hand(bob, via="review"):
        Territory.objects.update(status=status)
    before = everything()
    drawn = apply(by_person(ann), by=bob, reason="Not so.")
    assert everything() == before
    assert [one.reason for one in drawn.conflicts] == ["It is no draft any more: only drafts are deleted."]


# Rows that went


def test_record_comes_back_with_its_id_and_all_it_owned(ann: Any, bob: Any) -> None:
    event = make.EventFactory(longitude="40.91", latitude="34.45", uncertainty_m=500, date="2014-06~")
    make.EventCitationFactory(record=event, quote="«القائم»")
    make.CasualtyFactory(event=event)
    before = everything()
    with hand(ann):
        event.delete()
    (number,) = Event.pgh_event_model.objects.filter(pgh_label="delete").values_list("pgh_id", flat=True)
    apply(one_change(Event, number), by=bob, reason="Deleted by mistake.")
    assert everything() == before


def test_row_whose_owner_is_gone_stays_gone(ann: Any, bob: Any) -> None:
    name = make.TerritoryNameFactory(text="Hayy")
    with hand(ann):
        TerritoryName.objects.filter(pk=name.pk).delete()
    with hand(bob):
        Territory.objects.filter(pk=name.record_id).delete()
    drawn = apply(by_person(ann), by=bob, reason="Not so.")
    assert not TerritoryName.objects.exists()
    assert [one.reason for one in drawn.conflicts] == ["The record that it had is gone."]


def test_row_whose_place_is_taken_stays_gone(ann: Any, bob: Any) -> None:
    event = make.EventFactory(slug="al-qaim")
    make.CasualtyFactory(event=event, number=1)
    with hand(ann):
        Casualty.objects.all().delete()
    with hand(bob):
        make.CasualtyFactory(event=event, number=1, best=4)
    before = everything()
    drawn = apply(by_person(ann), by=bob, reason="Not so.")
    assert everything() == before
    (conflict,) = drawn.conflicts
    assert conflict.reason.startswith("Another row has taken its place")
    assert conflict.hand.who == "bob"


def test_field_that_pointed_to_what_is_gone_stays(ann: Any, bob: Any) -> None:
    old, new = make.TerritoryFactory(slug="old"), make.TerritoryFactory(slug="new")
    event = make.EventFactory(territory=old, outcome="Left.")
    edit(event, ann, territory=new, outcome="Stayed.")
    with hand(bob):
        old.delete()
    drawn = apply(by_person(ann), by=bob, reason="Not so.")
    event.refresh_from_db()
    assert (event.territory_id, event.outcome) == (new.pk, "Left.")
    assert [(one.column, one.reason) for one in drawn.conflicts] == [
        ("territory_id", "The territory that it had is gone.")
    ]


def test_change_of_what_was_deleted_since_is_a_conflict(ann: Any, bob: Any) -> None:
    event = make.EventFactory(slug="al-qaim", outcome="Left.")
    number = edit(event, ann, outcome="Stayed.")
    with hand(bob):
        event.delete()
    drawn = plan(one_change(Event, number))
    assert drawn.steps == []
    assert [(one.reason, one.hand.who) for one in drawn.conflicts] == [("It was deleted since.", "bob")]


# Selections


def test_record_to_a_moment(ann: Any, bob: Any) -> None:
    event = make.EventFactory()
    make.CasualtyFactory(event=event, number=1)
    gone = make.EventCitationFactory(record=event)
    before, moment = whole(event), latest_number()
    edit(event, ann, outcome="Fled.", date="2015")
    with hand(bob):
        make.CasualtyFactory(event=event, number=2)
        gone.delete()
        Casualty.objects.filter(number=1).update(best=5)
    apply(since(event, moment), by=ann, reason="As it was.")
    assert whole(event) == before


def test_part_that_moved_to_another_record_comes_back(ann: Any, bob: Any) -> None:
    event, other = make.EventFactory(), make.EventFactory()
    casualty = make.CasualtyFactory(event=event)
    moment = latest_number()
    with hand(ann):
        Casualty.objects.update(event=other)
    apply(since(event, moment), by=bob, reason="As it was.")
    casualty.refresh_from_db()
    assert casualty.event_id == event.pk


def test_person_within_a_time(ann: Any, bob: Any) -> None:
    event = make.EventFactory(outcome="Left.", sub_kind="raid")
    number = edit(event, ann, outcome="Stayed.")
    Event.pgh_event_model.objects.filter(pgh_id=number).update(
        pgh_created_at=timezone.now() - dt.timedelta(days=3)
    )
    edit(event, ann, sub_kind="ambush")
    edit(event, bob, note="Seen.")
    yesterday = timezone.now() - dt.timedelta(days=1)
    assert [step.fields for step in plan(by_person(ann, since=yesterday)).steps] == [
        {"sub_kind": ("ambush", "raid")}
    ]
    assert [step.fields for step in plan(by_person(ann, until=yesterday)).steps] == [
        {"outcome": ("Stayed.", "Left.")}
    ]


def test_batch_is_taken_back_brought_back_and_taken_back_again(ann: Any, bob: Any) -> None:
    batch = make.BatchFactory()
    source = make.SourceFactory(title="As it was")
    before = everything()
    with hand(ann, batch=batch.pk):
        make.TerritoryFactory()
        source.title = "As imported"
        source.save()
    imported = everything()
    apply(of_batch(batch), by=bob, reason="Wrong file.")
    assert everything() == before
    apply(in_one_go(last_go()), by=bob, reason="It was right.")
    assert everything() == imported
    apply(of_batch(batch), by=bob, reason="It was wrong after all.")
    assert everything() == before


def test_changes_are_found_by_what_the_history_says_of_them(ann: Any, bob: Any) -> None:
    event = make.EventFactory(outcome="Left.", sub_kind="raid")
    with hand(ann, merge=17):
        Event.objects.update(outcome="Stayed.")
    with hand(ann, merge=18):
        Event.objects.update(sub_kind="ambush")
    apply(in_context("merge", 17), by=bob, reason="Two after all.")
    event.refresh_from_db()
    assert (event.outcome, event.sub_kind) == ("Left.", "ambush")


def test_steps_of_a_review_are_never_meant(ann: Any) -> None:
    make.EventFactory()
    with hand(ann, via="review"):
        Event.objects.update(status="in_review")
    assert list(by_person(ann)) == []


# Undoing is a change


def test_undo_can_be_undone(ann: Any, bob: Any) -> None:
    event = make.EventFactory()
    citation = make.EventCitationFactory(record=event)
    moment = latest_number()
    edit(event, ann, outcome="Stayed.")
    with hand(ann):
        citation.delete()
        make.CasualtyFactory(event=event)
    changed = whole(event)
    apply(since(event, moment), by=bob, reason="Not so.")
    assert whole(event) != changed
    apply(in_one_go(last_go()), by=ann, reason="So after all.")
    assert whole(event) == changed


def test_plan_that_is_out_of_date_is_not_carried_out(ann: Any, bob: Any) -> None:
    event = make.EventFactory(outcome="Left.")
    drawn = plan(one_change(Event, edit(event, ann, outcome="Stayed.")))
    edit(event, bob, outcome="Fled.")
    with pytest.raises(PlanChanged) as refused:
        apply(drawn, by=bob, reason="Not so.")
    assert refused.value.plan.steps == []
    event.refresh_from_db()
    assert event.outcome == "Fled."


def test_rule_in_the_way_is_named_with_its_record_and_nothing_is_written(ann: Any, bob: Any) -> None:
    source = make.SourceFactory(slug="leak", dataset="UCDP GED", version="")
    other = make.SourceFactory(title="As it was")
    with hand(ann):
        Source.objects.filter(pk=other.pk).update(title="Changed")
        Source.objects.filter(pk=source.pk).update(dataset="")
        Source.objects.filter(pk=source.pk).update(dataset="ACLED")
    with hand(bob):
        Source.objects.filter(pk=source.pk).update(version="23.1")
    with hand(ann):
        Source.objects.filter(pk=source.pk).update(dataset="UCDP")
    Source.pgh_event_model.objects.filter(pgh_label="insert").update(dataset="")
    with pytest.raises(UndoRefused, match="refuses source leak as it was: A version belongs to a dataset"):
        apply(by_person(ann), by=bob, reason="Not so.")
    other.refresh_from_db()
    assert other.title == "Changed"


@pytest.mark.parametrize("reason", ["", "  ", "x" * 501, "hidden \u202e"])
def test_reason_is_asked_for(ann: Any, reason: str) -> None:
    event = make.EventFactory(outcome="Left.")
    number = edit(event, ann, outcome="Stayed.")
    with pytest.raises(UndoRefused, match="reason"):
        apply(one_change(Event, number), by=ann, reason=reason)
    event.refresh_from_db()
    assert event.outcome == "Stayed."
