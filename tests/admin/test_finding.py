"""Finding records: by any name in any script, namesakes told apart; by filters; dates explained."""

import pytest
from django.urls import reverse

from events.models import Event
from tests import factories

ACTORS = reverse("admin:actors_actor_changelist")


def listed(visitor, address, **query):
    response = visitor.get(address, query)
    assert response.status_code == 200
    return [record.slug for record in response.context["cl"].result_list]


def offered(visitor, app, model, field, term):
    response = visitor.get(
        reverse("admin:autocomplete"),
        {"app_label": app, "model_name": model, "field_name": field, "term": term},
    )
    assert response.status_code == 200, response
    return [result["text"] for result in response.json()["results"]]


@pytest.fixture
def towns(db):
    qaim = factories.TerritoryFactory(slug="qaim", name="Al-Qa'im", name_ar="القائم", countries=["IQ"])
    factories.TerritoryNameFactory(record=qaim, text="Husaybah")
    factories.TerritoryFactory(slug="qaim-district", name="Al-Qa'im", name_ar="القائم", kind="district")
    factories.TerritoryFactory(slug="paris", name="Paris", name_ar="باريس")
    return qaim


@pytest.mark.parametrize("term", ["Kaim", "al qaem", "القائم", "قايم", "qa'i", "QAIM"])
def test_any_spelling_in_any_script_finds(towns, curator, term):
    assert set(listed(curator, reverse("admin:territories_territory_changelist"), q=term)) == {
        "qaim",
        "qaim-district",
    }


def test_further_names_find(towns, curator):
    assert listed(curator, reverse("admin:territories_territory_changelist"), q="حصيبة") == ["qaim"]


def test_best_answer_comes_first(curator):
    for slug, name in [("a", "Islamic State in Iraq"), ("b", "Islamic State"), ("c", "State of Islam")]:
        factories.ActorFactory(slug=slug, name=name, name_ar="")
    found = listed(curator, ACTORS, q="Islamic State")
    assert found[:2] == ["b", "a"]


def test_chosen_order_wins_over_the_best_answer(curator):
    for slug, name in [("a", "Islamic State in Iraq"), ("b", "Islamic State")]:
        factories.ActorFactory(slug=slug, name=name, name_ar="")
    assert listed(curator, ACTORS, q="Islamic State", o="-1") == ["a", "b"]


def test_search_beyond_what_is_ranked_still_finds_all(curator, monkeypatch):
    monkeypatch.setattr("border.admin_search.CANDIDATES", 1)
    for number in range(3):
        factories.ActorFactory(name=f"Tribe {number}")
    assert len(listed(curator, ACTORS, q="Tribe")) == 3


def test_namesakes_are_told_apart(towns, curator):
    district = factories.TerritoryFactory(name="Qa'im district", name_ar="القائم", kind="district")
    factories.ContainmentFactory(child=towns, parent=district, basis="de_jure")
    assert set(offered(curator, "events", "event", "territory", "القائم")) == {
        "Al-Qa'im · القائم · District",
        "Al-Qa'im · القائم · Town · Qa'im district",
        "Qa'im district · القائم · District",
    }


@pytest.mark.parametrize(
    ("app", "model", "field", "factory", "term"),
    [
        ("events", "participation", "actor", "ActorFactory", "كتائب"),
        ("events", "casualty", "source", "SourceFactory", "كتائب"),
        ("events", "eventcitation", "source", "SourceFactory", "كتائب"),
        ("actors", "crossingcontrol", "actor", "ActorFactory", "kataeb"),
        ("territories", "outline", "source", "SourceFactory", "Kata'ib"),
    ],
)
def test_rows_of_a_record_are_looked_up_by_name_too(curator, app, model, field, factory, term):
    made = {
        "SourceFactory": {"title": "Kata'ib", "title_original": "كتائب"},
        "ActorFactory": {"name": "Kata'ib", "name_ar": "كتائب"},
    }
    getattr(factories, factory)(**made[factory])
    assert len(offered(curator, app, model, field, term)) == 1


def test_lookup_without_a_term_offers_all_in_a_steady_order(towns, curator):
    assert offered(curator, "events", "event", "territory", "")[0].startswith("Al-Qa'im")


def test_lookup_answers_only_those_who_may_see(towns, visit):
    response = visit().get(
        reverse("admin:autocomplete"),
        {"app_label": "events", "model_name": "event", "field_name": "territory", "term": "qaim"},
    )
    assert response.status_code == 403


def test_chosen_record_shows_the_label_it_was_found_by(towns, curator):
    event = factories.EventFactory(territory=towns)
    page = curator.get(reverse("admin:events_event_change", args=[event.pk])).content.decode()
    assert "Al-Qa&#x27;im · القائم · Town · IQ" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"years_from": "2014", "years_to": "2014"}, {"in-2014", "about-2015"}),
        ({"years_to": "2014"}, {"in-2014", "about-2015"}),
        ({"years_from": "2018"}, {"in-2019"}),
        ({"years_from": "soon"}, {"in-2014", "about-2015", "in-2019"}),
        ({"status__exact": "in_review"}, {"in-2019"}),
        ({"confidence__exact": "low"}, {"in-2014"}),
        ({"cited": "none"}, {"about-2015", "in-2019"}),
        ({"cited": "some"}, {"in-2014"}),
        ({"cited": "disputed"}, {"in-2014"}),
        ({"point": "yes"}, {"in-2019"}),
        ({"point": "no"}, {"in-2014", "about-2015"}),
        ({"touched": "me"}, set()),
        ({"touched": "others"}, {"in-2014", "about-2015", "in-2019"}),
    ],
)
def test_filters(curator, query, found):
    first = factories.EventFactory(slug="in-2014", date="2014-06-22", confidence="low")
    factories.EventCitationFactory(record=first, stance="disputes")
    factories.EventFactory(slug="about-2015", date="2015~")
    factories.EventFactory(
        slug="in-2019",
        date="2019-09-30",
        status="in_review",
        longitude="41",
        latitude="34",
        uncertainty_m=100,
    )
    assert set(listed(curator, reverse("admin:events_event_changelist"), **query)) == found


def test_dates_are_listed_in_the_order_of_time(curator):
    for slug, date in [("b", "2014-06~"), ("d", "2019"), ("a", "2003/.."), ("c", "2014-06-22/2014-06-24")]:
        factories.EventFactory(slug=slug, date=date)
    assert listed(curator, reverse("admin:events_event_changelist")) == ["d", "c", "b", "a"]
    assert listed(curator, reverse("admin:events_event_changelist"), o="3") == ["a", "b", "c", "d"]
    page = curator.get(reverse("admin:events_event_changelist")).content.decode()
    assert (
        '<span class="border-day">2014-06-22</span>/<wbr><span class="border-day">2014-06-24</span>' in page
    )


def test_country_filter(curator):
    factories.ActorFactory(slug="both", countries=["IQ", "SY"])
    factories.ActorFactory(slug="one", countries=["IQ"])
    assert listed(curator, ACTORS, country="SY") == ["both"]


def test_date_is_explained(curator):
    answer = curator.get(reverse("admin:edtf"), {"text": " 2014-06 "}).json()
    assert answer == {
        "ok": True,
        "description": "some time between 1 June 2014 and 30 June 2014; no day is certain",
        "possible": ["2014-06-01", "2014-06-30"],
        "certain": None,
        "suggestion": None,
        "message": None,
    }


def test_open_end_is_null(curator):
    assert curator.get(reverse("admin:edtf"), {"text": "2003/.."}).json()["possible"] == ["2003-01-01", None]


def test_mistaken_date_is_explained_with_what_may_be_meant(curator):
    answer = curator.get(reverse("admin:edtf"), {"text": "22 June 2014"}).json()
    assert (answer["ok"], answer["suggestion"]) == (False, "2014-06-22")
    assert "22 June 2014" in answer["message"]


def test_dates_are_explained_to_staff_only(client, db):
    assert client.get(reverse("admin:edtf"), {"text": "2014"}).status_code == 302


def test_dates_are_explained_by_reading_only(curator):
    assert curator.post(reverse("admin:edtf"), {"text": "2014"}).status_code == 405
    assert Event.objects.count() == 0
