"""Undoing beside a slow, obvious oracle, on edits drawn at random by three people over one event and what it owns."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from border.history.selection import by_person, in_one_go, since
from border.history.undo import apply, plan
from events.models import Casualty, Event, EventCitation, Participation
from tests import factories as make
from tests.history.world import everything, hand, last_go, latest_number, whole

pytestmark = pytest.mark.django_db

PEOPLE = 3
FIELDS = {
    Event: {
        "outcome": ["", "Left.", "Stayed.", "فرّوا"],
        "date": ["2014", "2014-06-22", "2014-06~/2015"],
        "title": ["Bukamal falls", "سقوط البوكمال"],
        "people_at_risk": [True, False],
    },
    Casualty: {"kind": ["killed", "injured"], "note": ["", "By radio."]},
    Participation: {"certainty": ["confirmed", "alleged"], "note": ["", "They deny it."]},
    EventCitation: {"stance": ["supports", "disputes"], "quote": ["", "«القائم»"], "note": ["", "See p. 8."]},
}
OWNED = (Casualty, Participation, EventCitation)


def values_of(model: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(values) for name, values in FIELDS[model].items()}
    )


EDITS = st.one_of(
    *(st.tuples(st.just("change"), st.just(model), st.integers(0, 2), values_of(model)) for model in FIELDS),
    *(st.tuples(st.just("add"), st.just(model), st.just(0), values_of(model)) for model in OWNED),
    *(st.tuples(st.just("delete"), st.just(model), st.integers(0, 2), st.just({})) for model in OWNED),
)
STORIES = st.lists(st.tuples(st.integers(0, PEOPLE - 1), EDITS), max_size=12)


class Oracle:
    """What every row would be without the edits of one person: told edit by edit, column by column."""

    def __init__(self) -> None:
        self.told: dict[tuple[type, int], list[tuple[int, str, str, Any]]] = {}

    def tell(self, model: Any, pk: int, who: int, verb: str, values: dict[str, Any]) -> None:
        told = self.told.setdefault((model, pk), [])
        told += [(who, verb, "", None)] if verb != "change" else []
        told += [(who, "change", name, value) for name, value in values.items()]

    def without(self, person: int) -> dict[tuple[type, int], dict[str, Any] | str | None]:
        """Rows as they would be: their values, None where there would be none, "as it is" where they stay whole."""
        return {key: self._without(told, person) for key, told in self.told.items()}

    def _without(self, told: list[Any], person: int) -> dict[str, Any] | str | None:
        came = next(who for who, verb, _, _ in told if verb == "add")
        went = next((who for who, verb, _, _ in told if verb == "delete"), None)
        if went is not None and went != person:
            return None
        if came == person:
            others = any(who != person for who, verb, _, _ in told if verb == "change")
            return "as it is" if others and went is None else None
        return {name: value for who, _, name, value in told if name and who != person}


def tell(story: Any, oracle: Oracle, event: Any, people: list[Any]) -> None:
    """Make the edits of ``story``, each by its person in a go of its own, and tell the oracle what came of them."""
    for who, (verb, model, place, values) in story:
        rows = (
            [event] if model is Event else list(model.objects.filter(**owned_by(model, event)).order_by("pk"))
        )
        with hand(people[who]):
            if verb == "add":
                row = make.FACTORIES[model](**owned_by(model, event), **values)
                oracle.tell(model, row.pk, who, "add", {})
                for name in FIELDS[model]:
                    oracle.tell(model, row.pk, who, "change", {name: getattr(row, name)})
            elif place < len(rows):
                row = model.objects.get(pk=rows[place].pk)
                if verb == "delete":
                    oracle.tell(model, row.pk, who, "delete", {})
                    row.delete()
                else:
                    new = {name: value for name, value in values.items() if getattr(row, name) != value}
                    oracle.tell(model, row.pk, who, "change", new)
                    for name, value in values.items():
                        setattr(row, name, value)
                    row.save()


def owned_by(model: Any, event: Any) -> dict[str, Any]:
    return {"record": event} if model is EventCitation else {"event": event}


@pytest.fixture
def people() -> list[Any]:
    return make.UserFactory.create_batch(PEOPLE + 1)


HYPOTHESIS = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@HYPOTHESIS
@given(before=STORIES, after=STORIES)
def test_record_goes_back_to_any_moment_and_forth_again(people: list[Any], before: Any, after: Any) -> None:
    with transaction.atomic():
        event = make.EventFactory()
        tell(before, Oracle(), event, people)
        then, moment = whole(event), latest_number()
        tell(after, Oracle(), event, people)
        now = whole(event)
        assert plan(since(event, moment)).conflicts == []
        drawn = apply(since(event, moment), by=people[-1], reason="As it was.")
        assert whole(event) == then
        if drawn.steps:
            apply(in_one_go(last_go()), by=people[-1], reason="As it was before that.")
        assert whole(event) == now
        transaction.set_rollback(True)


@HYPOTHESIS
@given(story=STORIES)
def test_what_one_person_did_goes_and_the_rest_stays(people: list[Any], story: Any) -> None:
    with transaction.atomic():
        oracle = Oracle()
        with hand(people[-1]):
            event = make.EventFactory()
        oracle.tell(Event, event.pk, PEOPLE, "add", {name: getattr(event, name) for name in FIELDS[Event]})
        tell(story, oracle, event, people)
        before = everything()
        apply(by_person(people[0]), by=people[-1], reason="Not to be relied on.")
        after = everything()
        for (model, pk), expected in oracle.without(0).items():
            row = after.get(f"{model.__name__} {pk}")
            if expected is None:
                assert row is None
            elif expected == "as it is":
                assert row == before[f"{model.__name__} {pk}"]
            else:
                assert {name: row[name] for name in FIELDS[model]} == expected
        transaction.set_rollback(True)
