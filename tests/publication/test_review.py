"""The reviewer is never the author: neither of the record nor of anything that belongs to it."""

import datetime as dt
from typing import Any

import pghistory
import pytest
from django.db import IntegrityError, connection

from border.publication import operations
from border.publication.models import Review
from tests import factories as make
from tests.publication.conftest import Publish, Writing

pytestmark = pytest.mark.django_db


def own(author: Any, *records: Any) -> bool:
    """Whether the author is refused for having written any of the records."""
    try:
        operations.publish(*records, by=author, reason="Good.")
    except operations.PublicationRefused as refused:
        return all("has changes of yours" in problem for problem in refused.problems)
    return False


def test_author_does_not_publish_own_record(author: Any, writing: Writing) -> None:
    with writing():
        actor = make.ActorFactory()
    assert own(author, actor)


def test_others_do(publish: Publish, author: Any, writing: Writing) -> None:
    with writing():
        actor = make.ActorFactory()
    publish(actor)
    assert Review.objects.get().authors == [author.pk]


@pytest.mark.parametrize("act", ["add", "change", "delete"])
def test_whoever_touches_a_citation_is_an_author(
    publish: Publish, author: Any, writing: Writing, act: str
) -> None:
    citation = make.ActorCitationFactory(source__slug="paper")
    publish(citation.record, citation.source)
    with writing():
        if act == "add":
            make.ActorCitationFactory(record=citation.record, source=citation.source)
        elif act == "change":
            type(citation).objects.filter(pk=citation.pk).update(quote="Another passage.")
        else:
            citation.delete()
    assert own(author, citation.record)


def test_work_that_was_reviewed_no_longer_counts(publish: Publish, author: Any, writing: Writing) -> None:
    with writing():
        actor = make.ActorFactory()
    publish(actor)
    with pghistory.context(user=make.UserFactory().pk):
        actor.note = "Somebody else's note."
        actor.save()
    assert not own(author, actor)


def test_submitting_and_withdrawing_is_not_writing(publish: Publish, author: Any, reviewer: Any) -> None:
    actor = make.ActorFactory()
    operations.submit(actor, by=author)
    actor.refresh_from_db()
    assert actor.status == "in_review"
    assert not own(author, actor)
    operations.withdraw(actor, by=reviewer, reason="In doubt.")
    publish(actor)


def test_work_stays_its_authors_through_a_withdrawal(
    publish: Publish, author: Any, reviewer: Any, writing: Writing
) -> None:
    actor = make.ActorFactory()
    publish(actor)
    with writing():
        actor.note = "Not reviewed."
        actor.save()
    operations.withdraw(actor, by=reviewer, reason="In doubt.")
    assert own(author, actor)


def test_one_own_record_stops_all(author: Any, writing: Writing) -> None:
    others = make.ActorFactory()
    with writing():
        mine = make.ActorFactory(slug="mine")
    assert operations.obstacles(others, mine, by=author) == [
        "actors/mine has changes of yours: somebody else must review it."
    ]
    assert own(author, others, mine)
    assert operations.state(others) == ("never", None)


def test_database_refuses_a_review_by_an_author(author: Any) -> None:
    with pytest.raises(IntegrityError, match="review_not_by_author"), connection.cursor():
        Review.objects.create(
            endpoint="actors", slug="liwa", version=1, change="added", authors=[author.pk], reviewer=author,
            reason="Mine.", at=dt.datetime.now(dt.UTC), history=1,
        )  # fmt: skip
