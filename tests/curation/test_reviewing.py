"""The steps of a review: who is asked, what is accepted and sent back, and what is not published before."""

import pytest
from django.db import IntegrityError, transaction

from border.curation import reviewing
from border.curation.judgement import points
from border.curation.models import Acceptance, Assignment, Comment
from border.publication import operations, review
from border.publication.refusal import PublicationRefused
from border.publication.versions import current
from tests import factories as make

REASON = "The paper says so."


def status(record):
    record.refresh_from_db()
    return record.status


def refusal(step, *records, **told):
    with pytest.raises(PublicationRefused) as refused:
        step(*records, **told)
    return refused.value.problems


def test_reviewer_who_is_asked_is_kept_until_the_review_ends(event, author, reviewer):
    reviewing.submit(event, by=author, reviewer=reviewer)
    assert status(event) == "in_review"
    assert Assignment.objects.get().reviewer == reviewer
    reviewing.publish(event, by=reviewer, reason=REASON)
    assert not Assignment.objects.exists()
    assert status(event) == "published"


def test_another_reviewer_takes_the_place_of_the_first(event, author, reviewer):
    other = make.UserFactory(is_superuser=True)
    reviewing.submit(event, by=author, reviewer=reviewer)
    reviewing.assign(event, reviewer=other, by=reviewer)
    assert [(row.reviewer, row.assigned_by) for row in Assignment.objects.all()] == [(other, reviewer)]


def test_author_and_those_who_may_not_publish_are_not_asked(event, author, writing):
    assert refusal(reviewing.assign, event, reviewer=author, by=author) == [
        "author may not publish: ask a reviewer."
    ]
    author.is_superuser = True
    author.save()
    assert refusal(reviewing.submit, event, by=author, reviewer=author) == [
        "events/fall has changes of author: ask somebody else to review it."
    ]
    assert status(event) == "draft"


def test_reviewers_are_those_who_may_publish(author, reviewer):
    chief = make.UserFactory(username="chief", is_superuser=True)
    make.UserFactory(username="gone", is_superuser=True, is_active=False)
    assert list(reviewing.reviewers()) == [chief, reviewer]


def test_record_that_was_sent_back_is_not_published_before_every_word_is_resolved(event, author, reviewer):
    reviewing.submit(event, by=author, reviewer=reviewer)
    reviewing.send_back(event, said={"title": "Which town?", "date": "Which day?"}, by=reviewer)
    assert status(event) == "draft"
    assert not Assignment.objects.exists()
    found = refusal(reviewing.publish, event, by=reviewer, reason=REASON)
    assert [sentence.partition("“")[2].partition("”")[0] for sentence in found] == [
        "Which town?",
        "Which day?",
    ]
    for word in Comment.objects.all():
        assert current(operations.endpoint_of(event), "fall") is None
        reviewing.resolve(word, by=author)
    assert Comment.objects.filter(resolved_by=author).count() == 2
    reviewing.publish(event, by=reviewer, reason=REASON)
    assert current(operations.endpoint_of(event), "fall") == 1


def test_every_door_refuses_what_was_sent_back(event, reviewer, monkeypatch):
    reviewing.send_back(event, said={"": "Not yet."}, by=reviewer)
    assert "sent back by reviewer" in refusal(operations.publish, event, by=reviewer, reason=REASON)[0]
    monkeypatch.setattr(review, "_REGISTERED", [])
    with (
        pytest.raises(PublicationRefused, match="review_nothing_sent_back: events/fall"),
        transaction.atomic(),
    ):
        operations.publish(event, by=reviewer, reason=REASON)


def test_withdrawing_does_not_wait_for_words(event, reviewer):
    reviewing.publish(event, by=reviewer, reason=REASON)
    reviewing.send_back(event, said={"title": "A hoax?"}, by=reviewer)
    reviewing.withdraw(event, by=reviewer, reason="A hoax.")
    assert status(event) == "withdrawn"


def test_other_records_are_published_beside_one_that_was_sent_back(event, paper, reviewer):
    other = make.EventFactory(slug="other", territory=event.territory)
    make.cite(other, source=paper)
    reviewing.send_back(event, said={"": "Not yet."}, by=reviewer)
    reviewing.publish(other, by=reviewer, reason=REASON)
    assert status(other) == "published"


@pytest.mark.parametrize("said", [{}, {"title": " "}])
def test_sending_back_says_why(event, reviewer, said):
    assert refusal(reviewing.send_back, event, said=said, by=reviewer) == [
        "Say what is to be changed: the author will ask."
    ]
    assert not Comment.objects.exists()


def test_word_that_cannot_be_kept_sends_nothing_back(event, author, reviewer):
    reviewing.submit(event, by=author)
    said = {"title": "Good.", "date": "<b>"}
    assert "markup" in refusal(reviewing.send_back, event, said=said, by=reviewer)[0]
    assert status(event) == "in_review"
    assert not Comment.objects.exists()


def accepted(record):
    return {point.name for point in points(record)[1] if point.accepted}


def test_acceptance_falls_away_when_its_field_changes_and_no_other(event, writing, reviewer):
    seen = max(point.word.sequence for point in points(event)[1] if point.word)
    reviewing.accept(event, fields=["title", "date", "citations"], seen=seen, by=reviewer)
    assert accepted(event) == {"title", "date", "citations"}
    with writing():
        event.title = "The town is taken"
        event.save()
    assert accepted(event) == {"date", "citations"}
    with writing():
        event.citations.update(quote="It was taken.")
    assert accepted(event) == {"date"}
    reviewing.accept(event, fields=["title"], seen=10**12, by=reviewer)
    assert accepted(event) == {"title", "date"}


def test_acceptance_ends_with_the_review(event, reviewer):
    reviewing.accept(event, fields=["title"], seen=10**12, by=reviewer)
    reviewing.publish(event, by=reviewer, reason=REASON)
    assert not Acceptance.objects.exists()


def test_author_accepts_nothing_of_theirs(event, author):
    assert refusal(reviewing.accept, event, fields=["title"], seen=10**12, by=author) == [
        "events/fall has changes of yours: somebody else must judge it."
    ]


def test_judgement_is_kept_whole_or_not_at_all(event, author):
    refusal(reviewing.judge, event, accepted=["title"], said={"date": "Why?"}, seen=10**12, by=author)
    assert not Acceptance.objects.exists()
    assert not Comment.objects.exists()


def test_steps_of_the_review_write_nothing_of_the_record(event, author, reviewer):
    before = reviewing.fingerprint(event)
    reviewing.submit(event, by=author)
    reviewing.send_back(event, said={"": "Not yet."}, by=reviewer)
    assert reviewing.fingerprint(event) == before


@pytest.mark.parametrize("change", ["record", "rows"])
def test_fingerprint_changes_with_the_record_and_its_rows(event, change):
    before = reviewing.fingerprint(event)
    if change == "record":
        event.save()
        assert reviewing.fingerprint(event) == before
        event.note = "A note."
        event.save()
    else:
        event.citations.all().delete()
    assert reviewing.fingerprint(event) != before


def test_closed_comment_stays_as_it_is(event, author, reviewer):
    word = reviewing.comment("events", "fall", text="Look.", by=reviewer)
    reviewing.resolve(word, by=author)
    reviewing.resolve(word, by=reviewer)
    word.refresh_from_db()
    assert word.resolved_by == author


def test_comment_is_resolved_by_somebody_at_some_time(event, reviewer):
    word = reviewing.comment("events", "fall", text="Look.", by=reviewer)
    with pytest.raises(IntegrityError, match="comment_resolved_by_somebody"), transaction.atomic():
        Comment.objects.filter(pk=word.pk).update(resolved_by=reviewer)
