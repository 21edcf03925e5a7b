"""What pages of curators ask of the database: as much for fifty rows as for one."""

import pytest
from django.urls import reverse

from tests.factories import (
    CasualtyFactory,
    ContainmentFactory,
    EventCitationFactory,
    EventFactory,
    ParticipationFactory,
    TerritoryFactory,
    TerritoryNameFactory,
)

LIST = reverse("admin:events_event_changelist")


@pytest.mark.parametrize("count", [1, 3, 50])
def test_form_asks_the_same_for_one_row_and_for_fifty(curator, count, django_assert_num_queries):
    event = EventFactory()
    EventCitationFactory.create_batch(count, record=event)
    ParticipationFactory.create_batch(count, event=event)
    CasualtyFactory.create_batch(count, event=event)
    address = reverse("admin:events_event_change", args=[event.pk])
    curator.get(address)
    with django_assert_num_queries(34):
        page = curator.get(address).content.decode()
    for citation in event.citations.all():
        assert f'<option value="{citation.source_id}" selected>' in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_for_one_record_and_for_three(curator, count, django_assert_num_queries):
    EventFactory.create_batch(count)
    curator.get(LIST)
    with django_assert_num_queries(8):
        curator.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_search_in_a_list_asks_the_same_for_one_answer_and_for_three(
    curator, count, django_assert_num_queries
):
    EventFactory.create_batch(count, title="Raid near Qa'im")
    curator.get(LIST, {"q": "qaim"})
    with django_assert_num_queries(11):
        page = curator.get(LIST, {"q": "qaim"}).content.decode()
    assert page.count("Raid near Qa&#x27;im") >= count


@pytest.mark.parametrize("count", [1, 3, 20])
def test_lookup_asks_the_same_for_one_answer_and_for_twenty(curator, count, django_assert_num_queries):
    for number in range(count):
        town = TerritoryFactory(name=f"Qa'im {number}")
        TerritoryNameFactory(record=town, text=f"Husaybah {number}")
        ContainmentFactory(child=town)
    asked = {"app_label": "events", "model_name": "event", "field_name": "territory", "term": "qai"}
    curator.get(reverse("admin:autocomplete"), asked)
    with django_assert_num_queries(10):
        answer = curator.get(reverse("admin:autocomplete"), asked).json()
    assert len(answer["results"]) == count


def test_lookup_goes_on_page_by_page(curator):
    TerritoryFactory.create_batch(45, name="Qa'im")
    asked = {"app_label": "events", "model_name": "event", "field_name": "territory", "term": "qaim"}
    pages = [curator.get(reverse("admin:autocomplete"), asked | {"page": page}).json() for page in (1, 2, 3)]
    assert [len(page["results"]) for page in pages] == [20, 20, 5]
    assert [page["pagination"]["more"] for page in pages] == [True, True, False]
    assert len({one["id"] for page in pages for one in page["results"]}) == 45
