"""Taking back by sets comes to what taking back row by row comes to, on worlds that three people made at random."""

from collections import Counter
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from border.history import undo
from border.history.selection import Selection, by_person, in_context, in_one_go, of_batch
from border.history.undo import UndoRefused, apply, take_back
from events.models import Casualty, Episode, Event, Match
from sources.models import Source
from territories.models import Territory
from tests import factories as make
from tests.history.world import everything, hand, last_go, metadata

pytestmark = pytest.mark.django_db

PEOPLE = 3
NOUNS = (Territory, Episode, Event, Source)


def nth(model: Any, number: int) -> Any:
    """Some row of ``model``; None where there is none."""
    rows = list(model.objects.order_by("pk"))
    return rows[number % len(rows)] if rows else None


def add_territory(number: int, other: int) -> None:
    make.TerritoryFactory(slug=f"place-{number}-{other}")


def add_episode(number: int, other: int) -> None:
    make.EpisodeFactory(slug=f"episode-{number}", parent=nth(Episode, other), territory=nth(Territory, other))


def add_event(number: int, other: int) -> None:
    episode = nth(Episode, other) if other % 2 else None
    event = make.EventFactory(slug=f"event-{number}", territory=nth(Territory, other), episode=episode)
    make.CasualtyFactory(event=event, number=1)
    make.ParticipationFactory(event=event, actor=make.ActorFactory(home=event.territory))


def bring_event(number: int, other: int) -> None:
    event = make.EventFactory(slug=f"brought-{number}", territory=nth(Territory, other))
    make.ExternalRecordFactory(event=event, release=nth(Source, other), key=str(number))


def link_row(number: int, other: int) -> None:
    make.ExternalRecordFactory(event=nth(Event, number), release=nth(Source, other), key=f"linked {number}")


def add_casualty(number: int, other: int) -> None:
    make.CasualtyFactory(event=nth(Event, number), number=other % 3 + 1, source=nth(Source, other))


def add_match(number: int, other: int) -> None:
    first, second = sorted((nth(Event, number), nth(Event, other)), key=lambda event: event.pk)
    make.MatchFactory(first=first, second=second)


def name_place(number: int, other: int) -> None:
    make.TerritoryNameFactory(record=nth(Territory, number), text=f"Name {other}", source=nth(Source, other))


def add_actor(number: int, other: int) -> None:
    make.ParticipationFactory(event=nth(Event, other), actor=make.ActorFactory(home=nth(Territory, number)))


def tell_of_event(number: int, other: int) -> None:
    event = nth(Event, number)
    event.outcome, event.title = ("Left.", "Stayed.", "Fled.")[other % 3], f"Fight {other % 2}"
    event.save()


def move_event(number: int, other: int) -> None:
    Event.objects.filter(pk=nth(Event, number).pk).update(
        territory=nth(Territory, other), episode=nth(Episode, other)
    )


def count_anew(number: int, other: int) -> None:
    casualty = nth(Casualty, number)
    casualty.best, casualty.source = other + 10, nth(Source, other)
    casualty.high = casualty.best + 5
    casualty.save()


def move_casualty(number: int, other: int) -> None:
    Casualty.objects.filter(pk=nth(Casualty, number).pk).update(event=nth(Event, other), number=other % 4 + 1)


def number_anew(number: int, _other: int) -> None:
    """Swap the numbers of the claims of an event."""
    claims = list(Casualty.objects.filter(event=nth(Event, number), number__lt=3).order_by("number"))
    for place in (90, 0):
        for claim in claims:
            Casualty.objects.filter(pk=claim.pk).update(number=place + 3 - claim.number)


def call_place(number: int, other: int) -> None:
    territory = nth(Territory, number)
    territory.name = f"Place {other}"
    territory.save()


def delete_row(number: int, other: int) -> None:
    nth((Casualty, Match, *NOUNS)[other % 6], number).delete()


def delete_event(number: int, _other: int) -> None:
    nth(Event, number).delete()


def review(number: int, other: int) -> None:
    Event.objects.filter(pk=nth(Event, number).pk).update(status=("draft", "in_review")[other % 2])


def review_place(number: int, other: int) -> None:
    Territory.objects.filter(pk=nth(Territory, number).pk).update(status=("draft", "in_review")[other % 2])


EDITS = (
    add_territory, add_episode, add_event, add_event, bring_event, link_row, add_casualty, add_match, tell_of_event, move_event, count_anew,
    move_casualty, number_anew, call_place, delete_row, delete_event, review, review,
    review_place, name_place, add_actor,
)  # fmt: skip
STORIES = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.sampled_from(EDITS), st.integers(0, 5), st.integers(0, 5)),
    max_size=25,
)


def tell(story: Any, people: list[Any]) -> None:
    """Make the edits of ``story`` that can be made, each by its person in a go of its own."""
    for who, edit, number, other in story:
        via = {"via": "review"} if edit in (review, review_place) else {}
        try:
            with transaction.atomic(), hand(people[who], person=who, **via):
                edit(number, other)
        except (IntegrityError, ProtectedError, AttributeError, ValueError):
            continue


def outcome(take: Any, selection: Selection, by: Any) -> tuple[Any, ...]:
    """What became of the world, how many rows were written, what stays and why; or why nothing was written."""
    savepoint = transaction.savepoint()
    try:
        done = take(selection, by=by, reason="Not so.")
    except UndoRefused as refused:
        return (str(refused),)
    else:
        rows = getattr(done, "rows", None)
        written = Counter((step.action, step.model) for step in done.steps) if rows is None else rows
        stays = Counter(
            (one.called.text, one.column, repr(one.kept), repr(one.wanted), one.reason.partition(":")[0])
            for one in done.conflicts
        )
        assert getattr(done, "kept", stays.total()) == stays.total()
        return everything(), written, stays
    finally:
        transaction.savepoint_rollback(savepoint)


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the few rows of these worlds were many: told so to the planner, and written in several stretches."""
    monkeypatch.setattr(undo, "MANY", 1)
    monkeypatch.setattr(undo, "AT_ONCE", 2)


@pytest.fixture
def people() -> list[Any]:
    return make.UserFactory.create_batch(PEOPLE + 1)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=STORIES)
def test_sets_and_rows_come_to_the_same(people: list[Any], story: Any) -> None:
    with transaction.atomic():
        with hand(people[-1]):
            for number in range(2):
                make.SourceFactory()
                add_territory(number, 9)
                add_event(number + 10, number)
        tell(story, people)
        for who in range(PEOPLE):
            selection = in_context("person", who)
            assert outcome(take_back, selection, people[-1]) == outcome(apply, selection, people[-1])
        transaction.set_rollback(True)


@pytest.fixture
def imported(people: list[Any]) -> Any:
    """A batch of three events with their claims, beside an event that it changed."""
    batch, territory = make.BatchFactory(), make.TerritoryFactory()
    changed = make.EventFactory(slug="known", territory=territory, outcome="Left.")
    with hand(people[0], batch=batch.pk):
        for event in [make.EventFactory(slug=f"made-{number}", territory=territory) for number in range(3)]:
            make.CasualtyFactory(event=event)
        changed.outcome, changed.title = "Stayed.", "سقوط البوكمال"
        changed.save()
    return batch


def test_history_of_what_went_back_says_who_and_why(imported: Any, people: list[Any]) -> None:
    told: list[tuple[int, int]] = []
    take_back(
        of_batch(imported), by=people[1], reason=" The wrong file. ", tell=lambda *one: told.append(one)
    )
    assert metadata(last_go()) == {
        "user": people[1].pk,
        "why": "The wrong file.",
        "via": "undo",
        "undoes": {"batch": imported.pk},
    }
    deleted = Event.pgh_event_model.objects.filter(pgh_label="delete", pgh_context=last_go())
    assert sorted(deleted.values_list("slug", flat=True)) == ["made-0", "made-1", "made-2"]
    assert told == [(0, 7), (2, 7), (3, 7), (5, 7), (6, 7), (7, 7)]


def test_what_went_back_by_sets_comes_back_by_sets(imported: Any, people: list[Any]) -> None:
    then = everything()
    take_back(of_batch(imported), by=people[1], reason="The wrong file.")
    assert [*Event.objects.values_list("slug", "outcome")] == [("known", "Left.")]
    done = take_back(in_one_go(last_go()), by=people[1], reason="The right one.")
    assert done.rows == {("insert", Event): 3, ("insert", Casualty): 3, ("update", Event): 1}
    assert everything() == then


def test_records_that_are_no_drafts_stay_with_what_they_own(imported: Any, people: list[Any]) -> None:
    with hand(people[2], via="review"):
        Event.objects.exclude(slug="made-0").update(status="in_review")
    before = everything()
    done = take_back(of_batch(imported), by=people[1], reason="The wrong file.")
    assert done.rows == {("delete", Casualty): 1, ("delete", Event): 1, ("update", Event): 1}
    assert (done.kept, sorted(one.called.slug for one in done.conflicts)) == (2, ["made-1", "made-2"])
    gone = before.keys() - everything().keys()
    assert len(gone) == 2


def test_of_many_that_stay_the_first_are_named(
    imported: Any, people: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undo, "MOST_NAMED", 1)
    with hand(people[2], via="review"):
        Event.objects.update(status="in_review")
    done = take_back(of_batch(imported), by=people[1], reason="The wrong file.")
    assert (done.kept, [one.called.slug for one in done.conflicts]) == (3, ["made-0"])


def test_rule_in_the_way_of_one_of_many_is_named_with_its_record(imported: Any, people: list[Any]) -> None:
    before = everything()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            " RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = 'It is kept'; END $$;"
            "CREATE TRIGGER kept BEFORE DELETE ON events_event FOR EACH ROW WHEN (OLD.slug = 'made-1')"
            " EXECUTE FUNCTION pg_temp.kept()"
        )
    with pytest.raises(
        UndoRefused, match=r"refuses event made-1 as it was: It is kept\. Nothing was taken back"
    ):
        take_back(of_batch(imported), by=people[1], reason="The wrong file.")
    assert everything() == before


def test_what_no_contexts_mark_is_not_taken_back_by_sets(people: list[Any]) -> None:
    with pytest.raises(TypeError, match="contexts"):
        take_back(by_person(people[0]), by=people[1], reason="Not so.")
