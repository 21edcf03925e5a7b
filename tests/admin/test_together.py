"""Two people at one record: what each of them wrote is saved, or chosen against by a person who saw it."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.template.response import TemplateResponse
from django.urls import reverse

from actors.models import Actor
from border.admin_together import Together
from events.models import Event
from tests import factories


@pytest.fixture(autouse=True)
def undrawn(monkeypatch):
    """Forms are opened and not drawn: what stands in them is settled by then. What is answered to them is drawn."""
    draw = TemplateResponse.rendered_content.fget
    monkeypatch.setattr(
        TemplateResponse,
        "rendered_content",
        property(lambda response: "" if response._request.method == "GET" else draw(response)),
    )


@pytest.fixture
def layla(visit):
    return visit("curator", username="layla")


def place(record):
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])


def page(response):
    """The page that shows what both wrote."""
    assert response.status_code == 200, getattr(response, "url", response)
    assert response.template_name == "admin/conflict.html", response.context["errors"]
    return response.context["compared"]


def sides(differences):
    return {(one.where, one.label): (one.before, one.theirs, one.yours) for one in differences}


def again(response, **choices):
    """What the browser sends from that page, with these choices."""
    text = response.content.decode()
    fields = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", text):
        name, value = (re.search(f' {key}="([^"]*)"', tag) for key in ("name", "value"))
        fields[name[1]] = value[1].replace("&quot;", '"').replace("&#x27;", "'").replace("&amp;", "&")
    fields.pop("csrfmiddlewaretoken", None)
    return fields | {f"choice-{name}": choice for name, choice in choices.items()}


def test_what_both_changed_is_chosen_and_what_one_changed_is_kept(curator, layla):
    actor = factories.ActorFactory(name="As it was", name_ar="كما كان", sub_kind="", note="")
    mine, theirs = curator.form(place(actor)), layla.form(place(actor))
    layla.post(place(actor), theirs | {"name": "Theirs", "sub_kind": "militia"})

    response = curator.post(place(actor), mine | {"name": "Mine", "name_ar": "كما أراه"})
    compared = page(response)
    assert sides(compared.open) == {("", "Name"): ("As it was", "Theirs", "Mine")}
    assert sides(compared.settled) == {
        ("", "Sub kind"): ("", "militia", ""),
        ("", "Name in Arabic"): ("كما كان", "كما كان", "كما أراه"),
    }
    assert [one.who for one in compared.open] == ["layla"]
    assert response.context["people"] == [("layla", "admin")]
    actor.refresh_from_db()
    assert actor.name == "Theirs"

    assert curator.post(place(actor), again(response, name="yours") | {"_save": "1"}).status_code == 302
    actor.refresh_from_db()
    assert (actor.name, actor.sub_kind, actor.name_ar) == ("Mine", "militia", "كما أراه")


@pytest.mark.parametrize(
    ("choice", "name"), [("theirs", "Theirs"), ("yours", "Mine"), ("written", "Both of us")]
)
def test_choice_is_what_is_saved(curator, layla, choice, name):
    actor = factories.ActorFactory(name="As it was")
    mine = curator.form(place(actor)) | {"name": "Mine"}
    layla.post(place(actor), layla.form(place(actor)) | {"name": "Theirs"})
    sent = again(curator.post(place(actor), mine), name=choice) | {"written-name": "Both of us", "_save": "1"}
    assert curator.post(place(actor), sent).status_code == 302
    actor.refresh_from_db()
    assert actor.name == name


def test_nothing_is_saved_while_a_choice_is_open(curator, layla):
    actor = factories.ActorFactory(name="As it was")
    mine = curator.form(place(actor)) | {"name": "Mine"}
    layla.post(place(actor), layla.form(place(actor)) | {"name": "Theirs"})
    sent = again(curator.post(place(actor), mine)) | {"_save": "1"}
    response = curator.post(place(actor), sent)
    assert page(response).undecided
    assert response.context["undecided"]
    assert curator.post(place(actor), sent | {"choice-name": "nobody's"}).context["undecided"]
    actor.refresh_from_db()
    assert actor.name == "Theirs"


def test_third_change_while_deciding_is_shown_too(curator, layla):
    actor = factories.ActorFactory(name="As it was")
    mine = curator.form(place(actor)) | {"name": "Mine"}
    layla.post(place(actor), layla.form(place(actor)) | {"name": "Second"})
    sent = again(curator.post(place(actor), mine), name="yours") | {"_save": "1"}
    layla.post(place(actor), layla.form(place(actor)) | {"name": "Third"})

    response = curator.post(place(actor), sent)
    assert sides(page(response).open) == {("", "Name"): ("Second", "Third", "Mine")}
    assert curator.post(place(actor), again(response, name="theirs") | {"_save": "1"}).status_code == 302
    actor.refresh_from_db()
    assert actor.name == "Third"


def test_one_goes_on_in_the_form_with_what_was_chosen(curator, layla):
    actor = factories.ActorFactory(name="As it was", sub_kind="")
    mine = curator.form(place(actor)) | {"name": "Mine", "note": "Kept as typed."}
    layla.post(place(actor), layla.form(place(actor)) | {"name": "Theirs", "sub_kind": "militia"})
    sent = again(curator.post(place(actor), mine), name="theirs") | {"_edit": "1"}
    response = curator.post(place(actor), sent)
    form = response.context["adminform"].form
    assert [form[name].value() for name in ("name", "sub_kind", "note")] == [
        "Theirs",
        "militia",
        "Kept as typed.",
    ]
    assert "Nothing was saved yet" in str(form.non_field_errors())
    final = mine | {"name": "Theirs", "sub_kind": "militia", "seen": form["seen"].value()}
    assert curator.post(place(actor), final).status_code == 302


def test_same_change_by_both_is_no_conflict(curator, layla):
    actor = factories.ActorFactory(name="As it was")
    mine = curator.form(place(actor)) | {"name": "Agreed"}
    layla.post(place(actor), layla.form(place(actor)) | {"name": "Agreed"})
    assert curator.post(place(actor), mine).status_code == 302


def test_step_towards_readers_is_no_conflict(curator):
    actor = factories.ActorFactory()
    mine = curator.form(place(actor)) | {"name": "Mine"}
    Actor.objects.update(status="in_review")
    assert curator.post(place(actor), mine).status_code == 302
    actor.refresh_from_db()
    assert (actor.name, actor.status) == ("Mine", "in_review")


def test_form_that_has_seen_nothing_overwrites_nothing(curator):
    actor = factories.ActorFactory(name="As it is")
    sent = curator.form(place(actor)) | {"name": "Mine", "seen": "x"}
    assert sides(page(curator.post(place(actor), sent)).open) == {("", "Name"): ("", "As it is", "Mine")}


NOUNS = [model for model, pages in admin.site._registry.items() if isinstance(pages, Together)]


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.__name__)
def test_untouched_form_changes_nothing_whatever_it_had_seen(curator, noun):
    """Every input of every form can be read, compared and put back."""
    record = factories.FACTORIES[noun]()
    for inline in admin.site._registry[noun].inlines:
        owner = inline.fk_name or next(
            field.name for field in inline.model._meta.fields if field.related_model is noun
        )
        factories.FACTORIES[inline.model](**{owner: record})
    before = [
        noun.objects.values().get(pk=record.pk),
        *noun.pgh_event_model.objects.values_list("pgh_id", flat=True),
    ]
    response = curator.post(place(record), curator.form(place(record)) | {"seen": ""})
    assert response.status_code == 302, sides(page(response).differences)
    assert [
        noun.objects.values().get(pk=record.pk),
        *noun.pgh_event_model.objects.values_list("pgh_id", flat=True),
    ] == before


# Rows of the record.


@pytest.fixture
def event():
    return factories.EventFactory(title="Qa'im falls")


def test_change_of_one_row_and_of_another_are_both_kept(curator, layla, event):
    first, second = factories.ParticipationFactory.create_batch(2, event=event, note="")
    mine, theirs = curator.form(place(event)), layla.form(place(event))
    layla.post(place(event), theirs | {"participations-0-note": "Theirs."})
    response = curator.post(place(event), mine | {"participations-1-note": "Mine."})
    compared = page(response)
    assert not compared.open
    assert [(one.theirs, one.yours, one.taken) for one in compared.settled] == [
        ("Theirs.", "", "theirs"),
        ("", "Mine.", "yours"),
    ]
    assert compared.settled[0].where.startswith(f"Participant: {first.actor.name} · ")
    assert compared.settled[1].where.startswith(f"Participant: {second.actor.name} · ")
    assert curator.post(place(event), again(response) | {"_save": "1"}).status_code == 302
    assert sorted(event.participations.values_list("note", flat=True)) == ["Mine.", "Theirs."]


def test_row_that_both_changed_is_chosen_field_by_field(curator, layla, event):
    row = factories.ParticipationFactory(event=event, note="", certainty="confirmed", role="initiator")
    mine, theirs = curator.form(place(event)), layla.form(place(event))
    layla.post(place(event), theirs | {"participations-0-note": "ملاحظة", "participations-0-role": "target"})
    response = curator.post(place(event), mine | {"participations-0-note": "Mine."})
    [one] = page(response).open
    assert (one.label, one.before, one.theirs, one.yours) == ("Note", "", "ملاحظة", "Mine.")
    assert [(other.label, other.before, other.theirs) for other in page(response).settled] == [
        ("Role", "Initiator", "Target")
    ]
    sent = again(response, **{one.name: "theirs"}) | {"_save": "1"}
    assert curator.post(place(event), sent).status_code == 302
    row.refresh_from_db()
    assert (row.note, row.role) == ("ملاحظة", "target")


@pytest.mark.parametrize(("choice", "left"), [("theirs", []), ("yours", ["Mine."])])
def test_row_that_they_deleted_and_you_changed_is_chosen(curator, event, choice, left):
    row = factories.ParticipationFactory(event=event)
    mine = curator.form(place(event)) | {"participations-0-note": "Mine."}
    row.delete()
    response = curator.post(place(event), mine)
    [one] = page(response).open
    assert (one.theirs, "Note: Mine." in one.yours) == ("deleted", True)
    assert (
        curator.post(place(event), again(response, **{one.name: choice}) | {"_save": "1"}).status_code == 302
    )
    assert list(event.participations.values_list("note", flat=True)) == left


@pytest.mark.parametrize(("choice", "left"), [("theirs", ["Theirs."]), ("yours", [])])
def test_row_that_you_deleted_and_they_changed_is_chosen(curator, layla, event, choice, left):
    factories.ParticipationFactory(event=event)
    mine = curator.form(place(event)) | {"participations-0-DELETE": "on"}
    layla.post(place(event), layla.form(place(event)) | {"participations-0-note": "Theirs."})
    response = curator.post(place(event), mine)
    [one] = page(response).open
    assert ("Note: Theirs." in one.theirs, one.yours) == (True, "deleted")
    assert (
        curator.post(place(event), again(response, **{one.name: choice}) | {"_save": "1"}).status_code == 302
    )
    assert list(event.participations.values_list("note", flat=True)) == left


def test_row_that_only_they_deleted_goes(curator, event):
    gone, kept = factories.ParticipationFactory.create_batch(2, event=event)
    mine = curator.form(place(event)) | {"title": "Mine"}
    gone.delete()
    response = curator.post(place(event), mine)
    assert not page(response).open
    assert curator.post(place(event), again(response) | {"_save": "1"}).status_code == 302
    assert list(event.participations.all()) == [kept]
    event.refresh_from_db()
    assert event.title == "Mine"


def test_row_that_both_deleted_is_no_conflict(curator, event):
    row = factories.ParticipationFactory(event=event)
    mine = curator.form(place(event)) | {"participations-0-DELETE": "on"}
    row.delete()
    assert curator.post(place(event), mine).status_code == 302


def test_rows_that_both_added_are_both_kept(curator, layla, event):
    source = factories.SourceFactory()
    mine, theirs = curator.form(place(event)), layla.form(place(event))
    values = {"source": source.pk, "stance": "supports"}
    layla.post(place(event), layla.add_row(theirs, "citations", quote="Theirs.", **values))
    response = curator.post(place(event), curator.add_row(mine, "citations", quote="Mine.", **values))
    assert not page(response).open
    assert [one.taken for one in page(response).settled] == ["yours", "theirs"]
    assert curator.post(place(event), again(response) | {"_save": "1"}).status_code == 302
    assert list(event.citations.order_by("number").values_list("number", "quote")) == [
        (1, "Theirs."),
        (2, "Mine."),
    ]


def test_row_that_both_added_is_one(curator, layla, event):
    actor = factories.ActorFactory()
    values = {"actor": actor.pk, "role": "initiator", "certainty": "confirmed"}
    mine, theirs = curator.form(place(event)), layla.form(place(event))
    layla.post(place(event), layla.add_row(theirs, "participations", note="Theirs.", **values))
    response = curator.post(place(event), curator.add_row(mine, "participations", note="Mine.", **values))
    [one] = page(response).open
    assert (one.label, one.theirs, one.yours) == ("Note", "Theirs.", "Mine.")
    assert (
        curator.post(place(event), again(response, **{one.name: "yours"}) | {"_save": "1"}).status_code == 302
    )
    assert list(event.participations.values_list("note", flat=True)) == ["Mine."]


def test_change_of_a_row_by_sql_is_seen(curator):
    citation = factories.ActorCitationFactory(note="")
    mine = curator.form(place(citation.record)) | {"citations-0-note": "Mine."}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE actors_actorcitation SET note = 'Theirs.'")
    response = curator.post(place(citation.record), mine)
    assert [(one.theirs, one.yours) for one in page(response).open] == [("Theirs.", "Mine.")]
    assert response.context["people"][0][1] == "directly in the database"


# A record that is gone.


def test_what_was_typed_into_a_deleted_draft_comes_back_as_a_new_one(curator, layla, event):
    row = factories.ParticipationFactory(event=event)
    mine = curator.form(place(event)) | {"title": "Typed for an hour", "participations-0-note": "Mine."}
    assert layla.post(f"{place(event)[:-7]}delete/", {"post": "yes"}).status_code == 302
    sent = curator.post(place(event), mine)
    assert sent.status_code == 307
    response = curator.post(sent.url, mine)
    form = response.context["adminform"].form
    assert "was deleted by layla" in str(form.non_field_errors())
    assert [form[name].value() for name in ("title", "slug")] == ["Typed for an hour", event.slug]
    assert not Event.objects.exists()

    fields = dict(curator.form_of(response))
    fields.pop("seen")
    assert curator.post(sent.url, fields).status_code == 302
    made = Event.objects.get()
    assert (made.title, made.slug) == ("Typed for an hour", event.slug)
    assert [(part.actor, part.note) for part in made.participations.all()] == [(row.actor, "Mine.")]


def test_nobody_learns_of_a_deletion_who_may_not_see_the_noun(visit, event):
    event.delete()
    stranger = visit()
    assert (
        stranger.post(reverse("admin:events_event_add") + f"?gone={event.pk}", {"seen": "1"}).status_code
        == 403
    )
