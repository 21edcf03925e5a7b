"""Many records are changed together or not at all, after a look at what becomes of each."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from border.admin_base import RecordAdmin
from border.kernel.dates import EDTFField
from events.models import Event
from tests.admin.conftest import Visitor, plain_static  # noqa: F401 -- pages need their files under plain names
from tests.factories import (
    ActorFactory,
    ContainmentFactory,
    EpisodeFactory,
    EventFactory,
    RelationshipFactory,
    TerritoryFactory,
    UserFactory,
)

LIST = reverse("admin:events_event_changelist")
TOGETHER = reverse("admin:events_event_together")


@pytest.fixture
def curator(db):
    user = UserFactory(username="rana")
    user.groups.add(Group.objects.get(name="curator"))
    return Visitor(user)


@pytest.fixture
def events(db):
    town = TerritoryFactory(name="Qa'im")
    return [
        EventFactory(territory=town, confidence="moderate", kind="battle", note=note)
        for note in ("", "Old.", "")
    ]


def asked(rows, **fields):
    """What the page is sent for these rows."""
    return {"keys": ",".join(str(row.pk) for row in rows), **fields}


def applied(curator, address, sent, why="They are of one series."):
    """The answer to the change, sent as the preview shows it."""
    shown = curator.post(address, sent)
    assert shown.status_code == 200
    found = shown.context["found"]
    sent = sent | {"seen": found.seen, "previewed": shown.context["previewed"], "apply": "1", "why": why}
    return curator.post(address, sent)


def test_selection_is_asked_about(curator, events):
    page = curator.post(LIST, {"action": "change_selected", "_selected_action": [events[0].pk, events[1].pk]})
    assert page.context["title"] == "Edit 2 events together"
    whole = {"action": "change_selected", "_selected_action": [events[0].pk], "select_across": "1"}
    assert curator.post(LIST, whole).context["title"] == "Edit 3 events together"


def test_preview_shows_each_before_and_after_and_changes_nothing(curator, events):
    episode = EpisodeFactory(title="The fall")
    events[2].episode = episode
    events[2].save()
    sent = asked(events, set_episode="on", episode=episode.pk, set_confidence="on", confidence="moderate")
    found = curator.post(TOGETHER, sent).context["found"]
    assert (len(found.changes), found.same, found.faults) == (2, 1, 0)
    assert found.changes[0].differences == [("episode", "", "The fall")]
    assert Event.objects.filter(episode=None).count() == 2


def test_all_change_with_one_reason_in_the_history(curator, events):
    place = TerritoryFactory(name="Bukamal")
    sent = asked(
        events,
        set_territory="on",
        territory=place.pk,
        set_kind="on",
        kind="raid",
        added_to_note="One series.",
    )
    assert applied(curator, TOGETHER, sent)["Location"] == LIST
    assert set(Event.objects.values_list("territory__name", "kind", "note")) == {
        ("Bukamal", "raid", "One series."),
        ("Bukamal", "raid", "Old.\n\nOne series."),
    }
    changes = Event.pgh_event_model.objects.filter(pgh_label="update")
    contexts = {change.pgh_context for change in changes}
    assert len(changes) == 3
    assert [(one.metadata["user"], one.metadata["why"]) for one in contexts] == [
        (curator.user.pk, "They are of one series.")
    ]


def test_reason_is_asked_for(curator, events):
    page = applied(curator, TOGETHER, asked(events, set_kind="on", kind="raid"), why="")
    assert page.context["reason"].errors
    assert not Event.objects.filter(kind="raid").exists()


def test_rule_in_the_way_is_named_with_the_record_and_stops_all(curator):
    address = reverse("admin:actors_actor_together")
    parent, other = ActorFactory(name="The whole"), ActorFactory(name="A part")
    sent = asked([parent, other], set_parent="on", parent=parent.pk)
    found = curator.post(address, sent).context["found"]
    assert {one.name.partition(" · ")[0]: one.faults for one in found.changes} == {
        "The whole": ["An actor is not a part of itself."],
        "A part": [],
    }
    assert applied(curator, address, sent).context["problems"] == [
        "1 of the records would break a rule: see below which."
    ]
    other.refresh_from_db()
    assert other.parent is None


def test_somebody_elses_change_since_the_preview_stops_all(curator, events):
    sent = asked(events, set_kind="on", kind="raid")
    shown = curator.post(TOGETHER, sent).context
    events[1].title = "Theirs"
    events[1].save()
    sent |= {"seen": shown["found"].seen, "previewed": shown["previewed"], "apply": "1", "why": "Because."}
    (problem,) = curator.post(TOGETHER, sent).context["problems"]
    assert events[1].slug in problem
    assert not Event.objects.filter(kind="raid").exists()


def test_fields_changed_after_the_preview_are_shown_and_not_written(curator, events):
    shown = curator.post(TOGETHER, asked(events, set_kind="on", kind="raid")).context
    sent = asked(
        events, set_kind="on", kind="shelling", previewed=shown["previewed"], seen="0", apply="1", why="x"
    )
    page = curator.post(TOGETHER, sent)
    assert "after the preview" in page.context["problems"][0]
    assert not Event.objects.exclude(kind="battle").exists()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"set_kind": "on", "kind": ""},
        {"set_kind": "on", "kind": "nonsense"},
        {"set_territory": "on", "territory": "0"},
    ],
)
def test_what_cannot_be_set_is_said(curator, events, fields):
    page = curator.post(TOGETHER, asked(events, **fields))
    assert page.context["form"].errors
    assert page.context["found"] is None


def test_too_many_and_none_are_refused(curator, events, monkeypatch):
    monkeypatch.setattr("border.curation.together_admin.MOST", 2)
    for rows in (events, []):
        assert curator.post(TOGETHER, asked(rows, set_kind="on", kind="raid"))["Location"] == LIST
    assert not Event.objects.filter(kind="raid").exists()


def test_who_may_only_see_changes_nothing(events):
    user = UserFactory()
    assert Visitor(user).post(TOGETHER, asked(events, set_kind="on", kind="raid")).status_code == 403


def test_plain_fields_only_are_set_together():
    """Never a slug, a status, a name or a date: they are each record's own, or follow from its review."""
    for registered in admin.site._registry.values():
        if isinstance(registered, RecordAdmin):
            model = registered.model
            own = {"slug", "status", *getattr(model, "keyed_by", ())}
            assert registered.together
            for name in registered.together:
                assert name not in own
                assert not isinstance(model._meta.get_field(name), EDTFField)


@pytest.mark.parametrize("count", [1, 3, 50])
def test_preview_costs_the_same_for_one_and_for_fifty(curator, count, django_assert_num_queries):
    town = TerritoryFactory()
    rows = EventFactory.create_batch(count, territory=town, confidence="moderate")
    sent = asked(rows, set_confidence="on", confidence="low", added_to_note="Seen.")
    curator.post(TOGETHER, sent)
    with django_assert_num_queries(10):
        assert len(curator.post(TOGETHER, sent).context["found"].changes) == count


def test_every_noun_has_a_page_on_which_its_fields_can_be_set(curator):
    for build in (ActorFactory, TerritoryFactory, ContainmentFactory, RelationshipFactory, EpisodeFactory):
        row = build()
        opts = row._meta
        address = reverse(f"admin:{opts.app_label}_{opts.model_name}_together")
        sent = asked([row], set_confidence="on", confidence="low")
        assert applied(curator, address, sent).status_code == 302
        row.refresh_from_db()
        assert row.confidence == "low"
