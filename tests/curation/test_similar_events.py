"""Events that may be the one being typed."""

import pytest

from border.curation.duplicates import similar_events
from border.curation.models import Merge
from border.kernel.edtf import EDTFError
from tests.factories import (
    ActorFactory,
    EventFactory,
    ParticipationFactory,
    TerritoryFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
HERE = {"longitude": "40.918600", "latitude": "34.452200", "uncertainty_m": 500}
STRIKE = {"kind": "airstrike", "date": "2019-09-30", "title": "Strike on the Imam Ali base"}


@pytest.fixture
def town():
    return TerritoryFactory(slug="town", name="Bukamal")


@pytest.fixture
def strike(town):
    event = EventFactory(slug="strike", territory=town, **STRIKE, **HERE)
    ParticipationFactory(event=event, actor=ActorFactory(slug="guards", name="Revolutionary Guards"))
    return event


def typed(town, **changed):
    actor = ActorFactory._meta.model.objects.get(slug="guards").pk
    return similar_events(
        **{
            "date": "2019-09-30",
            "territory": town.pk,
            "point": (40.95, 34.46),
            "actors": [actor],
            "title": "Strike on Imam Ali base",
            "kind": "airstrike",
            **changed,
        }
    )


def test_the_same_event_is_found_and_the_reasons_are_said(town, strike):
    [found] = typed(town)
    assert (found.pk, found.slug) == (strike.pk, "strike")
    assert found.score > 0.9
    assert found.reason == (
        "The same days. The same territory. Both name Revolutionary Guards. The same kind: airstrike. Titles that are alike."
    )


def test_events_within_ten_kilometres_are_found_in_another_territory(town, strike):
    [found] = typed(TerritoryFactory(slug="village"))
    assert "3.0 km apart." in found.reasons
    assert typed(TerritoryFactory(), point=(41.9, 34.46), actors=[], title="", kind="") == []


def test_the_day_after_counts_less_than_the_same_day_and_another_month_not_at_all(town, strike):
    assert typed(town, date="2019-10-01")[0].score < typed(town)[0].score
    assert typed(town, date="2019-11") == []
    assert typed(town, date="2019")[0].score < typed(town, date="2019-09")[0].score


def test_nothing_is_compared_without_a_date_and_a_bad_one_is_refused(town, strike):
    assert typed(town, date=" ") == []
    with pytest.raises(EDTFError):
        typed(town, date="the other day")


def test_the_event_being_changed_is_no_candidate_nor_what_was_given_up_or_told_apart(town, strike):
    other = EventFactory(slug="twin", territory=town, **STRIKE)
    assert [found.slug for found in typed(town, exclude=other.pk)] == ["strike"]
    assert {found.slug for found in typed(town)} == {"strike", "twin"}
    Merge.objects.create(
        endpoint="events", slug="twin", into="strike", reason="One.", merged_by=UserFactory()
    )
    assert [found.slug for found in typed(town)] == ["strike"]
