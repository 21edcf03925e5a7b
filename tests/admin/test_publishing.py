"""The way to readers in the admin: who may take which step, what is asked, what is refused and said."""

import pghistory
import pytest
from django.db import connection
from django.urls import reverse

from border.history import chain as history
from border.publication import chain, operations
from border.publication.models import Review
from tests import factories


def move(record, name):
    label = f"{record._meta.app_label}_{record._meta.model_name}"
    return reverse(f"admin:{label}_move", args=[name])


def page(record):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def take(visitor, name, *records, reason="Both sources say so."):
    sent = {"ids": [record.pk for record in records], "confirmed": "1", "reason": reason}
    return visitor.post(move(records[0], name), sent)


def status(record):
    record.refresh_from_db()
    return record.status


@pytest.fixture
def paper(db):
    """A source that readers know."""
    source = factories.SourceFactory()
    operations.publish(source, by=factories.UserFactory(), reason="Known already.")
    return source


@pytest.fixture
def written(curator, paper):
    """An actor that the curator wrote, with a citation."""
    with pghistory.context(user=curator.user.pk):
        actor = factories.ActorFactory()
        factories.cite(actor, source=paper)
    return actor


def test_record_goes_to_readers_and_back(written, curator, reviewer):
    assert take(curator, "submit", written).status_code == 302
    assert status(written) == "in_review"
    assert take(reviewer, "publish", written).status_code == 302
    assert status(written) == "published"
    assert operations.state(written) == ("current", 1)
    assert Review.objects.get(endpoint="actors").reason == "Both sources say so."
    assert take(reviewer, "withdraw", written, reason="It was a hoax.").status_code == 302
    assert status(written) == "withdrawn"
    assert operations.state(written) == ("withdrawn", 1)


def test_edit_of_a_public_record_waits_for_review(written, curator, reviewer):
    take(reviewer, "publish", written)
    curator.post(page(written), curator.form(page(written)) | {"name": "Another name"})
    assert operations.state(written) == ("changed", 1)
    shown = curator.get(page(written)).content.decode()
    assert "Readers see version 1." in shown
    take(curator, "submit", written)
    assert "Your changes await review." in curator.get(page(written)).content.decode()
    take(reviewer, "publish", written)
    assert operations.state(written) == ("current", 2)
    assert "Readers see this text." in curator.get(page(written)).content.decode()


@pytest.mark.parametrize("group", ["curator", "importer", None])
@pytest.mark.parametrize("name", ["publish", "withdraw"])
def test_only_reviewers_publish_and_withdraw(written, visit, group, name):
    visitor = visit(group)
    assert take(visitor, name, written).status_code == 403
    assert visitor.get(move(written, name), {"ids": written.pk}).status_code == 403
    assert operations.state(written) == ("never", None)


def test_nobody_publishes_their_own_work(reviewer, paper):
    with pghistory.context(user=reviewer.user.pk):
        actor = factories.ActorFactory(slug="mine")
        factories.cite(actor, source=paper)
    shown = reviewer.get(page(actor)).content.decode()
    assert "somebody else reviews it" in shown
    assert move(actor, "publish") not in shown
    asked = reviewer.get(move(actor, "publish"), {"ids": actor.pk})
    assert asked.context["problems"] == ["actors/mine has changes of yours: somebody else must review it."]
    refused = take(reviewer, "publish", actor)
    assert refused.context["problems"] == asked.context["problems"]
    assert operations.state(actor) == ("never", None)


def test_what_stands_in_the_way_is_said_and_the_reason_is_kept(reviewer, paper):
    event = factories.EventFactory()
    factories.cite(event, source=paper)
    refused = take(reviewer, "publish", event, reason="Kept as typed.")
    assert refused.status_code == 200
    assert any("which is not public" in problem for problem in refused.context["problems"])
    assert "Kept as typed." in refused.content.decode()


@pytest.mark.parametrize("name", ["publish", "withdraw"])
def test_step_without_a_reason_is_not_taken(written, reviewer, name):
    if name == "withdraw":
        take(reviewer, "publish", written)
    before = operations.state(written)
    response = take(reviewer, name, written, reason="  ")
    assert response.context["form"].errors
    assert operations.state(written) == before


def test_record_without_a_citation_is_not_published(reviewer):
    actor = factories.ActorFactory(slug="hearsay")
    refused = take(reviewer, "publish", actor)
    assert refused.context["problems"] == ["actors/hearsay cites nothing that supports it: add a citation."]
    assert operations.state(actor) == ("never", None)


def test_selected_records_are_published_together(written, paper, curator, reviewer):
    other = factories.ActorFactory()
    factories.cite(other, source=paper)
    address = reverse("admin:actors_actor_changelist")
    asked = reviewer.post(address, {"action": "publish_selected", "_selected_action": [written.pk, other.pk]})
    assert set(asked.context["records"]) == {written, other}
    assert operations.state(written) == ("never", None)
    assert take(reviewer, "publish", written, other).status_code == 302
    assert operations.state(other) == ("current", 1)


def test_too_many_at_once_are_sent_to_the_shell(written, reviewer, monkeypatch):
    monkeypatch.setattr("border.publication.admin.MOST", 1)
    other = factories.ActorFactory()
    address = reverse("admin:actors_actor_changelist")
    sent = {"action": "publish_selected", "_selected_action": [written.pk, other.pk]}
    response = reviewer.post(address, sent, follow=True)
    assert "manage.py publish" in str(*response.context["messages"])
    assert operations.state(written) == ("never", None)


def test_actions_are_offered_to_those_who_may_take_them(written, curator, reviewer, visit):
    address = reverse("admin:actors_actor_changelist")

    def offered(visitor):
        return {value for value, _ in visitor.get(address).context["action_form"].fields["action"].choices}

    assert {"submit_selected", "publish_selected", "withdraw_selected"} <= offered(reviewer)
    assert "submit_selected" in offered(curator)
    assert not {"publish_selected", "withdraw_selected"} & offered(curator)
    assert not {"publish_selected", "withdraw_selected", "delete_selected"} & offered(visit("importer"))


@pytest.mark.parametrize("query", [{}, {"ids": "x"}, {"ids": "0"}])
def test_step_for_no_record_is_not_found(written, reviewer, query):
    assert reviewer.get(move(written, "publish"), query).status_code == 404


def test_unknown_step_is_not_found(written, reviewer):
    assert reviewer.get(move(written, "praise"), {"ids": written.pk}).status_code == 404


def test_looking_at_a_step_takes_none(written, reviewer):
    assert reviewer.get(move(written, "publish"), {"ids": written.pk, "confirmed": "1"}).status_code == 200
    assert operations.state(written) == ("never", None)


def test_banner_names_the_last_review(written, reviewer):
    take(reviewer, "publish", written)
    shown = reviewer.get(page(written)).content.decode()
    assert f"by {reviewer.user.username}" in shown
    assert "Both sources say so." in shown
    assert f"/api/v1/actors/{written.slug}/" in shown


def test_status_cannot_be_posted(written, curator):
    curator.post(page(written), curator.form(page(written)) | {"status": "published"})
    assert status(written) == "draft"


def test_only_drafts_are_deleted(written, curator, reviewer):
    take(reviewer, "publish", written)
    delete = reverse("admin:actors_actor_delete", args=[written.pk])
    assert curator.post(delete, {"post": "yes"}).status_code == 403
    sent = {"action": "delete_selected", "_selected_action": [written.pk], "post": "yes"}
    refused = curator.post(reverse("admin:actors_actor_changelist"), sent)
    assert refused.status_code == 200
    assert any("Only drafts can be deleted" in str(kept) for kept in refused.context["protected"])
    assert status(written) == "published"


def test_draft_is_deleted(written, curator):
    delete = reverse("admin:actors_actor_delete", args=[written.pk])
    assert curator.post(delete, {"post": "yes"}).status_code == 302
    assert not type(written).objects.exists()


def test_what_others_rest_on_is_not_deleted_and_they_are_named(curator):
    participation = factories.ParticipationFactory()
    delete = reverse("admin:actors_actor_delete", args=[participation.actor.pk])
    shown = curator.get(delete)
    assert shown.status_code == 200
    assert shown.context["protected"]


def test_database_refusing_a_deletion_is_a_message(written, curator, reviewer):
    # Withdrawn, then made a draft again behind the admin's back: it was public, so it stays.
    take(reviewer, "publish", written)
    type(written).objects.filter(pk=written.pk).update(status="draft")
    response = curator.post(
        reverse("admin:actors_actor_delete", args=[written.pk]), {"post": "yes"}, follow=True
    )
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert type(written).objects.filter(pk=written.pk).exists()


def test_heads_of_both_chains_stand_above_the_ledger(written, reviewer, visit):
    take(reviewer, "publish", written)
    connection.check_constraints()
    assert not chain.head().startswith("0:")
    page = reverse("admin:publication_entry_changelist")
    shown = reviewer.get(page).content.decode()
    for head in (chain.head(), history.head()):
        assert f">{head}</code>" in shown
    assert visit().get(page).status_code == 403


def test_reviews_and_ledger_are_for_reading(written, curator, reviewer):
    take(reviewer, "publish", written)
    review = Review.objects.get(endpoint="actors")
    for visitor in (curator, reviewer):
        assert visitor.get(reverse("admin:publication_review_changelist")).status_code == 200
        assert visitor.get(reverse("admin:publication_entry_changelist")).status_code == 200
        assert visitor.get(reverse("admin:publication_review_change", args=[review.pk])).status_code == 200
        assert (
            visitor.post(reverse("admin:publication_review_change", args=[review.pk]), {}).status_code == 403
        )
        assert visitor.get(reverse("admin:publication_review_add")).status_code == 403
