"""What waits for whom: a question for each, over every noun that a person may see."""

import pghistory
import pytest

from border.curation import queues, reviewing
from border.publication.endpoints import ENDPOINTS
from tests import factories as make


def waiting(queue):
    return {f"{name}/{record.slug}" for name, found in queue.items() for record in found}


def comments(user):
    return [word.text for word in queues.comments_for(user).order_by("pk")]


@pytest.fixture
def second(reviewer):
    user = make.UserFactory(username="second")
    user.groups.set(reviewer.groups.all())
    return user


def test_what_is_in_review_waits_for_every_reviewer_but_its_author(event, author, reviewer, second):
    make.EventFactory(status="draft")
    assert waiting(queues.review_queue(reviewer)) == set()
    reviewing.submit(event, by=author)
    with pghistory.context(user=second.pk):
        make.cite(event, number=2)
    assert waiting(queues.review_queue(reviewer)) == {"events/fall"}
    assert waiting(queues.review_queue(second)) == set()


def test_what_somebody_is_asked_for_waits_for_them_alone(event, author, reviewer, second):
    reviewing.submit(event, by=author, reviewer=second)
    assert waiting(queues.review_queue(reviewer)) == set()
    assert waiting(queues.review_queue(second)) == {"events/fall"}


def test_nothing_waits_for_those_who_may_not_publish_or_see(event, author, reviewer):
    reviewing.submit(event, by=author)
    assert queues.review_queue(author) == {}
    stranger = make.UserFactory()
    assert queues.review_queue(stranger) == {}
    assert comments(stranger) == []
    assert queues.sent_back_to(stranger) == {}


def test_work_that_was_reviewed_is_nobodys_any_more(event, author, reviewer, writing):
    reviewing.publish(event, by=reviewer, reason="Good.")
    events = ENDPOINTS["events"]
    assert not events.model.objects.filter(queues.written_by(events, author)).exists()
    with writing():
        event.citations.update(quote="It fell at dawn.")
    assert events.model.objects.filter(queues.written_by(events, author)).get() == event


def test_what_was_sent_back_waits_for_its_author_until_it_is_resolved(event, author, reviewer):
    assert waiting(queues.sent_back_to(author)) == set()
    reviewing.send_back(event, said={"title": "Which town?"}, by=reviewer)
    assert waiting(queues.sent_back_to(author)) == {"events/fall"}
    assert waiting(queues.sent_back_to(reviewer)) == set()
    reviewing.resolve(queues.Comment.objects.get(), by=author)
    assert waiting(queues.sent_back_to(author)) == set()


def test_comment_waits_for_whom_it_is_for_or_for_whoever_wrote_the_record(event, author, reviewer, second):
    reviewing.comment("events", "fall", text="To nobody.", by=reviewer)
    reviewing.comment("events", "fall", text="To the second.", by=reviewer, addressee=second)
    reviewing.comment("events", "fall", text="My own.", by=author)
    assert comments(author) == ["To nobody."]
    assert comments(second) == ["To the second."]
    assert comments(reviewer) == []
    reviewing.resolve(queues.Comment.objects.get(text="To nobody."), by=author)
    assert comments(author) == []


@pytest.mark.parametrize("via", ["review", None])
def test_steps_of_a_review_are_nobodys_work(event, reviewer, via):
    events = ENDPOINTS["events"]
    with pghistory.context(user=reviewer.pk, **({"via": via} if via else {})):
        events.model.objects.update(status="in_review")
    wrote = events.model.objects.filter(queues.written_by(events, reviewer)).exists()
    assert wrote is (via is None)
