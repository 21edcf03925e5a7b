"""Adding and changing records: what is typed is kept, what is refused is said, what is derived is made."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from actors.models import Actor
from events.models import Event
from sources.models import Snapshot, Source
from territories.models import Containment
from tests import factories

ADD_EVENT = reverse("admin:events_event_add")


@pytest.fixture
def event_form(curator):
    town = factories.TerritoryFactory()
    return curator.form(ADD_EVENT) | {
        "title": "Qa'im falls",
        "kind": "battle",
        "date": "2014-06-20/2014-06-22",
        "territory": town.pk,
    }


def errors(response):
    assert response.status_code == 200, getattr(response, "url", response)
    form = response.context["adminform"].form
    inlines = [inline.formset for inline in response.context["inline_admin_formsets"]]
    said = [str(error) for errors in form.errors.values() for error in errors]
    said += [str(error) for formset in inlines for error in formset.non_form_errors()]
    return said + [
        str(error) for formset in inlines for row in formset.errors for told in row.values() for error in told
    ]


def test_event_is_added_with_participant_and_numbered_citations(curator, event_form):
    actor, source = factories.ActorFactory(), factories.SourceFactory()
    sent = curator.add_row(
        event_form, "participations", actor=actor.pk, role="initiator", certainty="confirmed"
    )
    for quote in ("fell on 20 June", "fell on 22 June"):
        sent = curator.add_row(sent, "citations", source=source.pk, stance="supports", quote=quote)
    response = curator.post(ADD_EVENT, sent)
    assert response.status_code == 302, errors(response)
    event = Event.objects.get()
    assert event.slug == "qaim-falls"
    assert event.status == "draft"
    assert [one.actor for one in event.participations.all()] == [actor]
    assert list(event.citations.order_by("number").values_list("number", "quote")) == [
        (1, "fell on 20 June"),
        (2, "fell on 22 June"),
    ]


def test_new_citation_takes_the_next_number(curator):
    citation = factories.EventCitationFactory(number=7)
    address = reverse("admin:events_event_change", args=[citation.record.pk])
    sent = curator.add_row(curator.form(address), "citations", source=citation.source.pk, stance="disputes")
    assert curator.post(address, sent).status_code == 302
    assert sorted(citation.record.citations.values_list("number", flat=True)) == [7, 8]


def test_made_slug_is_free(curator, event_form):
    factories.EventFactory(slug="qaim-falls")
    factories.EventFactory(slug="qaim-falls-2")
    assert curator.post(ADD_EVENT, event_form).status_code == 302
    assert Event.objects.filter(slug="qaim-falls-3").exists()


def test_slug_of_a_statement_is_made_from_what_it_relates(curator):
    actor = factories.ActorFactory(slug="islamic-state")
    town = factories.TerritoryFactory(slug="qaim")
    address = reverse("admin:actors_authority_add")
    sent = {"actor": actor.pk, "territory": town.pk, "role": "governs", "mode": "informal", "share": "sole"}
    response = curator.post(address, curator.form(address) | sent)
    assert response.status_code == 302, errors(response)
    assert actor.authorities.get().slug == "islamic-state-governs-qaim"


def test_slug_never_changes(curator):
    event = factories.EventFactory(slug="first")
    address = reverse("admin:events_event_change", args=[event.pk])
    assert curator.post(address, curator.form(address) | {"slug": "second"}).status_code == 302
    event.refresh_from_db()
    assert event.slug == "first"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"date": "06/22/2014"}, "06/22/2014"),
        ({"date": ""}, "required"),
        ({"longitude": "40.9"}, "together"),
        ({"longitude": "400", "latitude": "34", "uncertainty_m": "10"}, "between -180 and 180"),
        ({"title": "Qa\u202eim"}, "hidden character"),
        ({"title": "<script>alert(1)</script>"}, "markup"),
        ({"slug": "Not A Slug"}, "lower-case"),
    ],
)
def test_what_breaks_a_rule_is_said_on_the_form_and_nothing_is_lost(curator, event_form, values, said):
    response = curator.post(ADD_EVENT, event_form | {"summary": "Kept as typed."} | values)
    assert any(said in error for error in errors(response)), errors(response)
    assert response.context["adminform"].form["summary"].value() == "Kept as typed."
    assert not Event.objects.exists()


def test_what_only_the_database_can_refuse_is_said_on_the_form(curator):
    inner = factories.ContainmentFactory(period="2014/2016")
    address = reverse("admin:territories_containment_add")
    sent = curator.form(address) | {
        "child": inner.parent.pk,
        "parent": inner.child.pk,
        "basis": "de_facto",
        "period": "2015",
        "note": "Kept as typed.",
    }
    response = curator.post(address, sent)
    [error] = errors(response)
    assert "would lie in itself" in error
    assert not error.startswith("containment_no_cycle")
    assert response.context["adminform"].form["note"].value() == "Kept as typed."
    assert list(Containment.objects.all()) == [inner]


def test_rule_over_rows_of_one_form_is_said_in_its_own_words(curator, event_form):
    actor = factories.ActorFactory()
    sent = event_form
    for _ in range(2):
        sent = curator.add_row(
            sent, "participations", actor=actor.pk, role="initiator", certainty="confirmed"
        )
    assert any(
        "duplicate" in error or "already has this role" in error
        for error in errors(curator.post(ADD_EVENT, sent))
    )


def test_reason_of_a_change_is_in_the_history(curator):
    actor = factories.ActorFactory()
    address = reverse("admin:actors_actor_change", args=[actor.pk])
    sent = curator.form(address) | {"sub_kind": "militia", "why": "Corrected after the 2020 report."}
    assert curator.post(address, sent).status_code == 302
    version = actor.history_events.latest("pgh_id")
    assert version.pgh_context.metadata["why"] == "Corrected after the 2020 report."
    assert version.pgh_context.metadata["user"] == curator.user.pk
    assert (
        "Corrected after the 2020 report."
        in curator.get(reverse("admin:actors_actor_history", args=[actor.pk])).content.decode()
    )


def test_form_saved_as_it_stands_changes_nothing(curator):
    citation = factories.ActorCitationFactory()
    factories.ActorNameFactory(record=citation.record, period="2014~/..")
    address = reverse("admin:actors_actor_change", args=[citation.record.pk])
    versions = Actor.pgh_event_model.objects.count()
    before = Actor.objects.values().get(pk=citation.record.pk)
    assert curator.post(address, curator.form(address)).status_code == 302
    assert Actor.objects.values().get(pk=citation.record.pk) == before
    assert Actor.pgh_event_model.objects.count() == versions


def test_history_has_what_came_by_psql(curator):
    event = factories.EventFactory(title="Before")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_event SET title = 'After' WHERE id = %s", [event.pk])
    changes = curator.get(reverse("admin:events_event_history", args=[event.pk])).context["changes"]
    assert [(change.action, change.hand.via) for change in changes] == [
        ("changed", "directly in the database"),
        ("added", "directly in the database"),
    ]
    assert changes[0].fields == [("title", "Before", "After")]
    assert changes[0].hand.who.startswith("database role ")


def test_history_has_what_belongs_to_the_record(curator):
    participation = factories.ParticipationFactory()
    event, actor = participation.event, participation.actor
    participation.delete()
    changes = curator.get(reverse("admin:events_event_history", args=[event.pk])).context["changes"]
    assert [(change.what, change.action) for change in changes] == [
        (f"participation {actor}", "deleted"),
        (f"participation {actor}", "added"),
        ("event", "added"),
    ]
    assert ("actor", "", str(actor)) in changes[1].fields


def test_inputs_know_their_direction_and_their_helpers(curator):
    page = curator.get(reverse("admin:territories_territory_add")).content.decode()
    assert 'name="name_ar"' in page
    assert 'dir="rtl" lang="ar"' in page
    assert f'data-edtf-url="{reverse("admin:edtf")}"' in page
    assert "data-point-latitude" in page


def test_source_keeps_its_dataset(curator):
    address = reverse("admin:sources_source_add")
    sent = curator.form(address) | {
        "title": "GED",
        "kind": "dataset",
        "dataset_name": "UCDP GED",
        "version": "23.1",
    }
    response = curator.post(address, sent)
    assert response.status_code == 302, errors(response)
    assert Source.objects.get().dataset == "UCDP GED"


def test_archived_copy_is_described_by_its_bytes(curator):
    source = factories.SourceFactory()
    address = reverse("admin:sources_source_change", args=[source.pk])
    copy = SimpleUploadedFile("page.html", factories.SNAPSHOT_BYTES)
    sent = curator.add_row(curator.form(address), "snapshots", file=copy)
    response = curator.post(address, sent)
    assert response.status_code == 302, errors(response)
    kept = Snapshot.objects.get()
    assert (kept.sha256, kept.size, kept.media_type) == (
        hashlib.sha256(factories.SNAPSHOT_BYTES).hexdigest(),
        len(factories.SNAPSHOT_BYTES),
        "text/html",
    )
    assert kept.retrieved_by == curator.user


def test_archived_copy_is_given_to_staff_who_may_see_it_and_never_run(curator, visit):
    copy = factories.SnapshotFactory()
    page = curator.get(reverse("admin:sources_source_change", args=[copy.source.pk])).content.decode()
    address = reverse("admin:kept", args=[copy.file.name])
    assert f'href="{address}"' in page
    answer = curator.get(address)
    assert b"".join(answer.streaming_content) == factories.SNAPSHOT_BYTES
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert visit().get(address).status_code == 403


@pytest.mark.parametrize("name", ["snapshots/none.html", "../secret-key", "snapshots/../../secret-key"])
def test_only_archived_copies_are_given(curator, name):
    assert curator.get(f"/admin/kept/{name}").status_code == 404


def test_archived_copy_whose_file_is_gone_is_not_found(curator):
    copy = factories.SnapshotFactory()
    copy.file.storage.delete(copy.file.name)
    assert curator.get(reverse("admin:kept", args=[copy.file.name])).status_code == 404
