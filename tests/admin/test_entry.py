"""The quick ways through a form, without a browser: same again, the source at hand, references, likely duplicates."""

import json

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from border.admin_entry import Entry
from events.models import Event
from sources.models import Source
from tests import factories

NOUNS = sorted(
    (model for model, registered in admin.site._registry.items() if isinstance(registered, Entry)),
    key=lambda model: model._meta.label,
)
ADD_EVENT = reverse("admin:events_event_add")
ADD_SOURCE = reverse("admin:sources_source_add")
AT_HAND = reverse("admin:at_hand")
SIMILAR = reverse("admin:events_event_similar")


def change(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def initial(response):
    return response.context["adminform"].form.initial


# ---- The same again.


@pytest.fixture
def strike():
    event = factories.EventFactory(
        title="Strike on the base", kind="airstrike", date="2018-06-17", summary="At night.", confidence="high",
        longitude="40.9", latitude="34.4", uncertainty_m=500, people_at_risk=True, date_note="Read so.",
    )  # fmt: skip
    factories.ParticipationFactory(event=event, role="target", note="Denied it.")
    factories.CasualtyFactory(event=event)
    source = factories.SourceFactory()
    for quote in ("It struck.", "Twice."):
        factories.EventCitationFactory(record=event, source=source, quote=quote)
    return event


def test_same_again_opens_with_what_was_chosen_and_not_with_what_was_written(curator, strike):
    sent = curator.form(f"{ADD_EVENT}?again={strike.pk}")
    assert (sent["title"], sent["kind"], sent["territory"]) == (
        strike.title,
        strike.kind,
        strike.territory.pk,
    )
    assert (float(sent["longitude"]), float(sent["latitude"]), sent["uncertainty_m"]) == (40.9, 34.4, 500)
    assert sent["people_at_risk"] == "on"
    for name in ("date", "summary", "date_note", "slug"):
        assert sent[name] == "", name
    assert sent["confidence"] == "moderate"
    part = strike.participations.get()
    assert (
        sent["participations-TOTAL_FORMS"],
        sent["casualties-TOTAL_FORMS"],
        sent["citations-TOTAL_FORMS"],
    ) == (1, 0, 1)
    assert (sent["participations-0-actor"], sent["participations-0-role"]) == (part.actor.pk, "target")
    assert sent["participations-0-note"] == ""
    assert (sent["citations-0-source"], sent["citations-0-quote"]) == (strike.citations.first().source.pk, "")


def test_what_came_again_is_saved_though_nobody_touched_it(curator, strike):
    sent = curator.form(f"{ADD_EVENT}?again={strike.pk}") | {"date": "2018-06-24", "_again": ""}
    response = curator.post(f"{ADD_EVENT}?again={strike.pk}", sent)
    latest = Event.objects.get(date="2018-06-24")
    assert response["Location"] == f"{ADD_EVENT}?again={latest.pk}"
    assert latest.slug != strike.slug
    assert latest.participations.get().actor == strike.participations.get().actor
    assert latest.citations.get().source == strike.citations.first().source


@pytest.mark.parametrize("key", ["", "x", "0", "99999999999999999999"])
def test_same_again_as_nothing_is_an_empty_form(curator, key):
    assert curator.form(f"{ADD_EVENT}?again={key}")["title"] == ""


def test_same_again_of_a_record_that_one_may_not_see_is_an_empty_form(visit, strike):
    writer = visit()
    writer.user.user_permissions.set(_rights("add_event"))
    assert writer.form(f"{ADD_EVENT}?again={strike.pk}")["title"] == ""


def test_same_again_is_offered_to_those_who_may_add(curator, visit, strike):
    assert f"{ADD_EVENT}?again={strike.pk}" in curator.get(change(strike)).content.decode()
    reader = visit()
    reader.user.user_permissions.set(_rights("view_event"))
    page = reader.get(change(strike)).content.decode()
    assert "?again=" not in page
    assert 'name="_again"' not in page


def _rights(*names):
    return Permission.objects.filter(codename__in=names)


# ---- The source at hand.


def test_source_at_hand_stands_above_every_form_until_it_is_put_away(curator):
    source = factories.SourceFactory(title='Night & raid ">')
    back = curator.post(AT_HAND, {"source": source.pk, "next": change(source)})
    assert back["Location"] == change(source)
    page = curator.get(ADD_EVENT).content.decode()
    assert f'data-at-hand="{source.pk}"' in page
    assert "Night &amp; raid &quot;&gt;" in page
    assert "Night & raid" not in page
    answer = curator.post(AT_HAND, {"source": ""}, headers={"Accept": "application/json"})
    assert answer.json() == {"said": "No source is at hand now."}
    assert "data-at-hand=" not in curator.get(ADD_EVENT).content.decode()


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/admin/", "//elsewhere.example", "/api/v1/", ""]
)
def test_taking_in_hand_leads_nowhere_else(curator, address):
    source = factories.SourceFactory()
    back = curator.post(AT_HAND, {"source": source.pk, "next": address})
    assert back["Location"] == reverse("admin:sources_source_changelist")


@pytest.mark.parametrize("key", ["0", "x"])
def test_source_that_is_not_here_cannot_be_at_hand(curator, key):
    assert curator.post(AT_HAND, {"source": key}).status_code == 404


def test_source_at_hand_is_seen_by_those_only_who_may_see_sources(curator, visit):
    source = factories.SourceFactory()
    curator.post(AT_HAND, {"source": source.pk})
    source.delete()
    assert "data-at-hand=" not in curator.get(ADD_EVENT).content.decode()
    writer = visit()
    writer.user.user_permissions.set(_rights("add_event"))
    assert writer.post(AT_HAND, {"source": factories.SourceFactory().pk}).status_code == 403


# ---- References.


def pasted(curator, text, **typed):
    return curator.post(ADD_SOURCE, curator.form(ADD_SOURCE) | {"reference": text, "_fill": "", **typed})


def test_pasted_reference_fills_the_form_and_saves_nothing(curator):
    response = pasted(
        curator, "TY  - NEWS\nTI  - A town falls\nSP  - 3\nER  - ", publisher="The Daily", redistributable=""
    )
    assert response.status_code == 200
    filled = initial(response)
    assert (filled["title"], filled["kind"], filled["publisher"]) == ("A town falls", "news", "The Daily")
    assert filled["redistributable"] is False
    assert response.context["paste"]["left"] == [("SP", "3")]
    assert not response.context["adminform"].form.is_bound
    assert Source.objects.count() == 0


def test_what_was_typed_stays_and_the_reference_is_told_beside_it(curator):
    response = pasted(curator, "TY  - NEWS\nTI  - A town falls\nER  - ", title="A city falls")
    assert initial(response)["title"] == "A city falls"
    assert response.context["paste"]["kept"] == [("title", "A town falls")]


def test_of_several_items_one_is_chosen(curator):
    text = "@book{a, title={One}}\n@book{b, title={Two}}"
    asked = pasted(curator, text)
    assert asked.context["paste"]["several"] == [(1, "One"), (2, "Two")]
    assert initial(pasted(curator, text, _fill="2"))["title"] == "Two"


def test_unread_reference_is_refused_with_its_line_and_kept(curator):
    response = pasted(curator, "@book{a,\n title={One", title="Typed")
    page = response.content.decode()
    assert "Line 2: the { that opens here is never closed" in page
    assert "title={One" in page
    assert initial(response)["title"] == "Typed"


def test_source_that_is_here_already_is_offered(curator):
    source = factories.SourceFactory(title="Known", doi="10.1234/known")
    response = pasted(curator, "10.1234/KNOWN")
    assert [one["pk"] for one in response.context["paste"]["here"]] == [source.pk]
    assert change(source) in response.content.decode()
    window = curator.post(f"{ADD_SOURCE}?_popup=1", {"_choose": source.pk, "_popup": "1"})
    chosen = json.loads(window.context["popup_response_data"])
    assert chosen["value"] == str(source.pk)
    assert chosen["obj"].startswith("Known")
    assert Source.objects.count() == 1


def test_reading_a_reference_asks_little(curator, django_assert_max_num_queries):
    for number in range(3):
        factories.SourceFactory(title=f"Source {number}", url=f"https://daily.example/{number}")
    sent = curator.form(ADD_SOURCE) | {"reference": "https://daily.example/4", "_fill": ""}
    with django_assert_max_num_queries(12):
        curator.post(ADD_SOURCE, sent)


def test_doi_or_address_finds_a_source_in_a_look_up(curator):
    source = factories.SourceFactory(doi="10.1234/known", url="https://daily.example/a")
    asked = {"app_label": "events", "model_name": "eventcitation", "field_name": "source"}
    for term in ("10.1234/known", "https://daily.example/a"):
        found = curator.get(reverse("admin:autocomplete"), asked | {"term": term}).json()["results"]
        assert [one["id"] for one in found] == [str(source.pk)], term


# ---- What may be here already.


def test_similar_events_are_told_with_reasons(curator):
    event = factories.EventFactory(title="Night raid", date="2018-06-17", kind="airstrike")
    asked = {
        "date": "2018-06-17",
        "territory": event.territory.pk,
        "kind": "airstrike",
        "title": "Raid at night",
    }
    [found] = curator.get(SIMILAR, asked).json()["events"]
    assert (found["pk"], found["address"]) == (event.pk, change(event))
    assert "The same days." in found["reasons"]
    assert curator.get(SIMILAR, asked | {"exclude": event.pk}).json() == {"events": []}


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"date": "22 June"},
        {
            "date": "2018",
            "territory": "x",
            "longitude": "north",
            "latitude": "1",
            "actor": ["", "y"],
            "exclude": "-",
        },
        {"date": "2018", "longitude": "999", "latitude": "nan", "territory": "9" * 30},
    ],
)
def test_half_typed_event_is_no_mistake(curator, asked):
    assert curator.get(SIMILAR, asked).json() == {"events": []}


def test_asking_for_similar_events_costs_the_same_for_three(curator):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            curator.get(SIMILAR, {"date": "2018-06-17", "territory": town.pk, "kind": "airstrike"})
        return len(queries)

    town = factories.TerritoryFactory()
    factories.EventFactory(date="2018-06-17", territory=town, kind="airstrike")
    one = cost()
    for _ in range(2):
        factories.EventFactory(date="2018-06-17", territory=town, kind="airstrike")
    assert cost() == one


def test_new_event_that_may_be_here_already_is_saved_and_said_unless_the_form_said_it(curator):
    known = factories.EventFactory(title="Night raid", date="2018-06-17", kind="airstrike")
    sent = curator.form(ADD_EVENT) | {
        "title": "Night raid", "kind": "airstrike", "date": "2018-06-17", "territory": known.territory.pk,
    }  # fmt: skip
    said = curator.post(ADD_EVENT, sent, follow=True).content.decode()
    assert "It may be here already" in said
    assert change(known) in said
    told = " ".join(str(event.pk) for event in Event.objects.all())
    said = curator.post(ADD_EVENT, sent | {"similar_told": told}, follow=True).content.decode()
    assert "It may be here already" not in said
    assert Event.objects.count() == 3


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_every_noun_can_be_written_again(curator, model):
    record = factories.FACTORIES[model]()
    response = curator.get(
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add") + f"?again={record.pk}"
    )
    assert response.status_code == 200
    form = response.context["adminform"].form
    unique = [field.name for field in model._meta.fields if field.unique]
    assert not set(unique) & form.initial.keys()
    assert len(form.initial) > 0


def test_no_word_of_a_vocabulary_is_chosen_for_the_curator(curator):
    """A browser sends the first word of a list that has no empty one."""
    form = curator.get(ADD_EVENT).context["adminform"].form
    assert form.fields["kind"].choices[0] == ("", "Select value")
    assert form.fields["confidence"].choices[0][0] == "low"
