"""The review in the admin: differences to judge, words at the field, whose turn it is, imports as a whole."""

import pghistory
import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from border.curation import reviewing
from border.curation.models import Acceptance, Assignment, Comment
from border.publication import operations
from tests import factories as make

REASON = "Both papers say so."


def at(record, page):
    name = f"admin:{record._meta.app_label}_{record._meta.model_name}_{page}"
    return reverse(name, args=[record.pk])


def move(record, name):
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_move", args=[name])


def text(response):
    assert response.status_code == 200, response
    return response.content.decode()


def status(record):
    record.refresh_from_db()
    return record.status


@pytest.fixture
def paper(db):
    source = make.SourceFactory(slug="paper")
    operations.publish(source, by=make.UserFactory(), reason="Known already.")
    return source


@pytest.fixture
def actor(curator, paper):
    """A public actor that the curator has changed since, in review."""
    made = make.ActorFactory(slug="liwa", name="Liwa", note="It holds the bridge.")
    make.cite(made, source=paper, number=1)
    operations.publish(made, by=make.UserFactory(), reason="Known already.")
    with pghistory.context(user=curator.user.pk, via="admin", why="The paper names it."):
        made.name, made.note = "Liwa al-Tufuf", "It holds the bridge and the road."
        made.save()
    reviewing.submit(made, by=curator.user)
    return made


def judge(visitor, record, **sent):
    seen = visitor.get(at(record, "review")).context["seen"]
    return visitor.post(at(record, "review"), {"seen": seen, **sent})


def test_page_shows_both_texts_and_whose_word_it_is(actor, reviewer):
    shown = text(reviewer.get(at(actor, "review")))
    assert "<ins> al-Tufuf</ins>" in shown
    assert "<ins> and the road</ins>" in shown
    assert "The paper names it." in shown
    assert "Accept all and publish" in shown


def test_who_may_only_see_judges_nothing(actor, visit, curator):
    viewer = visit()
    viewer.user.user_permissions.add(Permission.objects.get(codename="view_actor"))
    for visitor in (viewer, curator):
        assert "Accept" not in text(visitor.get(at(actor, "review")))
        assert visitor.post(at(actor, "review"), {"judge-name": "accept"}).status_code == 403
    shown = text(viewer.get(at(actor, "comments")))
    assert "Say something" not in shown
    assert viewer.post(at(actor, "comments"), {"text": "Hello."}).status_code == 403
    assert not Comment.objects.exists()


def test_author_is_told_that_somebody_else_judges(actor, reviewer):
    with pghistory.context(user=reviewer.user.pk):
        type(actor).objects.filter(pk=actor.pk).update(sub_kind="brigade")
    shown = text(reviewer.get(at(actor, "review")))
    assert "somebody else judges and publishes it" in shown
    refused = judge(reviewer, actor, publish="1", reason=REASON)
    assert any("has changes of yours" in problem for problem in refused.context["problems"])
    refused = judge(reviewer, actor, **{"judge-note": "accept"})
    assert any("has changes of yours" in problem for problem in refused.context["problems"])
    assert operations.state(actor) == ("changed", 1)


def test_accepted_field_need_not_be_judged_again_and_the_rest_is_sent_back(actor, reviewer, curator):
    response = judge(
        reviewer, actor, **{"judge-name": "accept", "judge-note": "back", "say-note": "Which road?"}
    )
    assert response["Location"] == at(actor, "change")
    assert Acceptance.objects.get().field == "name"
    assert status(actor) == "draft"

    shown = text(curator.get(at(actor, "change")))
    assert "1 field sent back" in shown
    at_the_field = shown[shown.index('id="id_note"') :][:1200]
    assert "Which road?" in at_the_field
    assert f"Sent back by {reviewer.user}" in at_the_field

    refused = judge(reviewer, actor, publish="1", reason=REASON)
    assert any("Which road?" in problem for problem in refused.context["problems"])

    word = Comment.objects.get()
    curator.post(
        at(actor, "change"),
        curator.form(at(actor, "change")) | {"note": "It holds the bridge and the road to T2."},
    )
    assert curator.post(at(actor, "comments"), {"resolve": word.pk}).status_code == 302
    word.refresh_from_db()
    assert word.resolved_by == curator.user

    points = {point.name: point for point in reviewer.get(at(actor, "review")).context["points"]}
    assert points["name"].accepted
    assert not points["note"].accepted
    assert judge(reviewer, actor, publish="1", reason=REASON).status_code == 302
    assert operations.state(actor) == ("current", 2)
    assert not Acceptance.objects.exists()


def test_what_is_typed_is_kept_when_a_word_is_missing(actor, reviewer):
    response = judge(
        reviewer, actor, **{"judge-name": "back", "say-name": " ", "judge-note": "back", "say-note": "Why?"}
    )
    shown = text(response)
    assert "Say what is to be changed" in shown
    assert "Why?" in shown
    assert not Comment.objects.exists()
    assert status(actor) == "in_review"


def test_word_that_cannot_be_kept_is_a_fault_of_its_field(actor, reviewer):
    response = judge(reviewer, actor, **{"judge-note": "back", "say-note": "Qa" + chr(0x202E) + "im"})
    assert "U+202E" in text(response)
    response = judge(reviewer, actor, **{"judge-note": "back", "say-note": "<b>bold</b>"})
    assert "markup" in text(response)
    assert not Comment.objects.exists()


def test_field_changed_after_the_page_was_shown_is_judged_anew(actor, reviewer, curator):
    seen = reviewer.get(at(actor, "review")).context["seen"]
    with pghistory.context(user=curator.user.pk):
        actor.note = "It holds nothing."
        actor.save()
    sent = {"seen": seen, "judge-note": "accept", "judge-name": "accept"}
    assert "look again" in text(reviewer.post(at(actor, "review"), sent))
    assert not Acceptance.objects.exists()
    refused = reviewer.post(at(actor, "review"), {"seen": seen, "publish": "1", "reason": REASON})
    assert refused.context["problems"] == [
        "It was changed after this page was shown: see what changed, then publish."
    ]
    assert operations.state(actor) == ("changed", 1)


def test_selection_changed_after_the_page_was_shown_is_not_published(actor, reviewer, curator):
    sent = {"ids": actor.pk, "confirmed": "1", "reason": REASON}
    sent["seen"] = reviewer.get(move(actor, "publish"), {"ids": actor.pk}).context["seen"]
    with pghistory.context(user=curator.user.pk):
        make.cite(actor, number=2, quote="Unseen.")
    refused = reviewer.post(move(actor, "publish"), sent)
    assert "changed after this page was shown" in refused.context["problems"][0]
    assert operations.state(actor) == ("changed", 1)


@pytest.mark.parametrize("sent", [{}, {"seen": "x", "judge-name": "praise"}])
def test_judging_nothing_says_so(actor, reviewer, sent):
    response = reviewer.post(at(actor, "review"), sent)
    assert response.context["problems"] == ["Nothing was judged: accept a field or send it back."]


def test_publishing_needs_a_reason_here_too(actor, reviewer):
    refused = judge(reviewer, actor, publish="1", reason=" ")
    assert "Give a reason" in refused.context["problems"][0]


def test_reviewer_is_asked_when_submitting_or_later(actor, curator, reviewer):
    asked = curator.get(move(actor, "assign"), {"ids": actor.pk})
    assert reviewer.user in asked.context["form"].fields["reviewer"].queryset
    assert curator.user not in asked.context["form"].fields["reviewer"].queryset
    sent = {"ids": actor.pk, "confirmed": "1", "reviewer": reviewer.user.pk}
    assert curator.post(move(actor, "assign"), sent).status_code == 302
    assert Assignment.objects.get().reviewer == reviewer.user
    assert "is asked to review it" in text(curator.get(at(actor, "change")))
    curator.post(move(actor, "submit"), sent)
    assert Assignment.objects.count() == 1


def test_only_what_is_in_review_is_assigned_or_sent_back(curator, reviewer):
    draft = make.ActorFactory(slug="draft")
    for visitor, name in ((curator, "assign"), (reviewer, "send-back")):
        sent = {"ids": draft.pk, "confirmed": "1", "reviewer": reviewer.user.pk, "reason": "Why?"}
        response = visitor.post(move(draft, name), sent)
        assert response.context["problems"] == ["draft is draft: this is for records in review."]
    assert not Assignment.objects.exists()
    assert not Comment.objects.exists()


def test_selection_is_sent_back_with_one_word(actor, reviewer):
    sent = {"ids": actor.pk, "confirmed": "1", "reason": "Not enough."}
    assert reviewer.post(move(actor, "send-back"), sent).status_code == 302
    word = Comment.objects.get()
    assert (word.text, word.field, word.sends_back) == ("Not enough.", "", True)
    assert status(actor) == "draft"


def test_single_records_are_left_out_of_a_selection(actor, reviewer, paper):
    other = make.ActorFactory(slug="other")
    make.cite(other, source=paper)
    address = reverse("admin:actors_actor_changelist")
    asked = reviewer.post(address, {"action": "publish_selected", "_selected_action": [actor.pk, other.pk]})
    assert {row["record"]: row["changes"] for row in asked.context["rows"]}[actor] == ["name", "note"]
    assert f'name="ids" value="{other.pk}" checked' in text(asked)
    sent = {"ids": other.pk, "confirmed": "1", "reason": REASON, "seen": reviewing.fingerprint(other)}
    assert reviewer.post(move(actor, "publish"), sent).status_code == 302
    assert status(other) == "published"
    assert status(actor) == "in_review"
    left = reviewer.post(move(actor, "publish"), {"confirmed": "1", "reason": REASON}, follow=True)
    assert "left out" in " ".join(map(str, left.context["messages"]))


def test_comment_stands_at_its_field_and_in_the_panel(actor, curator, reviewer):
    sent = {"field": "name", "text": "Two spellings.\r\nWhich?", "addressee": curator.user.pk}
    assert reviewer.post(at(actor, "comments"), sent).status_code == 302
    word = Comment.objects.get()
    assert (word.author, word.addressee, word.text) == (reviewer.user, curator.user, "Two spellings.\nWhich?")
    shown = text(curator.get(at(actor, "change")))
    assert "Two spellings." in shown[shown.index('id="id_name"') :][:1200]
    assert shown.index(f'id="comment-{word.pk}"') > shown.index('id="comments"')


def test_comment_on_rows_stands_above_them(actor, curator, reviewer):
    reviewer.post(at(actor, "comments"), {"field": "citations", "text": "The page is missing."})
    shown = text(curator.get(at(actor, "change")))
    assert "The page is missing." in shown[shown.index('id="citations-group"') :][:3000]


@pytest.mark.parametrize(
    "sent", [{"text": ""}, {"text": "x", "field": "status"}, {"text": "<b>"}, {"text": "x", "addressee": "0"}]
)
def test_comment_that_cannot_be_kept_comes_back_as_typed(actor, curator, sent):
    response = curator.post(at(actor, "comments"), sent)
    assert response.context["conversation"]["form"].errors
    assert not Comment.objects.exists()


def test_comment_is_resolved_by_those_who_may(actor, curator, reviewer, visit):
    stranger, addressee = visit("curator"), visit("curator")
    reviewing.comment("actors", "liwa", text="Look.", by=reviewer.user, addressee=addressee.user)
    word = Comment.objects.get()
    for visitor in (stranger, curator):
        assert visitor.post(at(actor, "comments"), {"resolve": word.pk}).status_code == 403
    assert addressee.post(at(actor, "comments"), {"resolve": word.pk}).status_code == 302
    again = reviewer.post(at(actor, "comments"), {"resolve": word.pk}, follow=True)
    assert "resolved already" in " ".join(map(str, again.context["messages"]))
    word.refresh_from_db()
    assert word.resolved_by == addressee.user


def test_comment_of_another_record_is_not_resolved_from_here(actor, reviewer):
    word = reviewing.comment("actors", "another", text="Look.", by=reviewer.user)
    assert reviewer.post(at(actor, "comments"), {"resolve": word.pk}).status_code == 404


def listed(visitor, **query):
    return {
        row.name
        for row in visitor.get(reverse("admin:actors_actor_changelist"), query).context["cl"].result_list
    }


def test_list_is_narrowed_to_whose_turn_it_is(actor, curator, reviewer, visit):
    other = visit("reviewer")
    assert listed(reviewer, review="mine") == {"Liwa al-Tufuf"} == listed(reviewer, review="unassigned")
    assert listed(curator, review="mine") == set()
    reviewing.assign(actor, reviewer=other.user, by=curator.user)
    assert listed(reviewer, review="mine") == set()
    assert listed(reviewer, review="others") == {"Liwa al-Tufuf"} == listed(other, review="asked")
    reviewing.send_back(actor, said={"name": "Which?"}, by=reviewer.user)
    assert listed(curator, review="back") == {"Liwa al-Tufuf"} == listed(other, review="held")
    assert listed(reviewer, review="back") == set()
    assert listed(reviewer, review="discussed") == {"Liwa al-Tufuf"}
    # What is said to nobody is for whoever wrote the record.
    assert listed(curator, review="comment") == {"Liwa al-Tufuf"}
    assert listed(reviewer, review="comment") == set()


def test_list_is_narrowed_to_what_readers_see(actor, reviewer, paper):
    make.ActorFactory(name="Unseen")
    same = make.ActorFactory(name="Same")
    make.cite(same, source=paper)
    operations.publish(same, by=make.UserFactory(), reason="Known already.")
    assert listed(reviewer, readers="changed") == {"Liwa al-Tufuf"}
    assert listed(reviewer, readers="any") == {"Liwa al-Tufuf", "Same"}
    assert listed(reviewer, readers="none") == {"Unseen"}


def test_list_says_what_was_changed_since_and_who_is_asked(actor, curator, reviewer):
    address = reverse("admin:actors_actor_changelist")
    reviewing.assign(actor, reviewer=reviewer.user, by=curator.user)
    assert f"In review, {reviewer.user}, today" in text(reviewer.get(address))
    type(actor).objects.filter(pk=actor.pk).update(status="published")
    assert "Published, changed since" in text(reviewer.get(address))


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_any_number_of_rows(reviewer, paper, count):
    for _ in range(count):
        for state in ("published", "in_review"):
            make.ActorFactory(status=state)
    reviewer.get(reverse("admin:actors_actor_changelist"))
    with CaptureQueriesContext(connection) as queries:
        reviewer.get(reverse("admin:actors_actor_changelist"))
    assert len(queries) == LIST_QUERIES


LIST_QUERIES = 12


@pytest.fixture
def batch(actor, paper):
    """An import that wrote two actors, one of them by a citation only."""
    made = make.BatchFactory()
    with pghistory.context(user=make.UserFactory().pk, via="load", batch=made.pk):
        fresh = make.ActorFactory(slug="fresh", name="Fresh")
        make.cite(fresh, source=paper)
        make.cite(actor, number=2, source=paper, quote="Imported.")
    return made


def test_import_is_reviewed_and_published_as_a_whole(batch, actor, reviewer, curator):
    address = reverse("admin:sources_batch_review", args=[batch.pk])
    assert address in text(reviewer.get(reverse("admin:sources_batch_change", args=[batch.pk])))
    shown = reviewer.get(address)
    (share,) = (row["share"] for row in shown.context["shares"])
    assert (share.touched, share.waiting, share.fresh) == (2, 2, 1)
    assert {record.slug: changes for record, changes in share.sample}["liwa"] == [
        "name",
        "note",
        "citations (1 added)",
    ]
    assert curator.post(address, {"reason": REASON}).status_code == 403
    assert reviewer.post(address, {"reason": " "}).context["form"].errors
    assert reviewer.post(address, {"reason": REASON, "seen": "old"}).context["problems"]
    sent = {"reason": REASON, "seen": shown.context["seen"]}
    assert reviewer.post(address, sent).status_code == 302
    assert operations.state(actor) == ("current", 2)
    assert "Readers see all of it as it stands" in text(reviewer.get(address))
    assert listed(reviewer, batch=batch.pk) == {"Fresh", "Liwa al-Tufuf"}


def test_import_is_not_published_while_something_stands_in_the_way(batch, actor, reviewer):
    make.ActorFactory._meta.model.objects.get(slug="fresh").citations.all().delete()
    address = reverse("admin:sources_batch_review", args=[batch.pk])
    assert any(
        "actors/fresh cites nothing" in problem for problem in reviewer.get(address).context["problems"]
    )
    refused = reviewer.post(address, {"reason": REASON})
    assert any("actors/fresh cites nothing" in problem for problem in refused.context["problems"])
    assert operations.state(actor) == ("changed", 1)


@pytest.mark.parametrize("count", [1, 3])
def test_review_of_an_import_asks_as_often_for_any_number_of_records(batch, reviewer, count):
    with pghistory.context(batch=batch.pk):
        for _ in range(count):
            make.ActorFactory()
    address = reverse("admin:sources_batch_review", args=[batch.pk])
    reviewer.get(address)
    with CaptureQueriesContext(connection) as queries:
        reviewer.get(address)
    assert len(queries) == BATCH_QUERIES


BATCH_QUERIES = 56
