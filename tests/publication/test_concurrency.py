"""Several reviewers at once: every publication is whole, and the order of the ledger is the order of commits."""

import threading
from collections.abc import Callable
from typing import Any

import pghistory
import pytest
from django.db import connection, transaction

from border.publication import chain, operations
from tests import factories as make
from tests.publication.record import rows

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*tasks: Callable[[], Any]) -> list[Any]:
    """What each task came to, all of them started together, each on a connection of its own."""
    results: list[Any] = [None] * len(tasks)
    start = threading.Barrier(len(tasks))

    def work(number: int) -> None:
        start.wait()
        try:
            results[number] = tasks[number]()
        except Exception as error:  # noqa: BLE001 -- handed to the test, which judges it
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[number]) for number in range(len(tasks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_four_reviewers_make_one_chain() -> None:
    reviewer = make.UserFactory()
    records = [[make.ActorFactory() for _ in range(5)] for _ in range(4)]

    def task(own: list[Any]) -> None:
        for actor in own:
            operations.publish(actor, by=reviewer, reason="Good.")

    assert at_once(*[lambda own=own: task(own) for own in records]) == [None] * 4
    assert rows("SELECT array_agg(id ORDER BY id) FROM published_block") == [(list(range(1, 21)),)]
    assert rows(
        "SELECT bool_and(later) FROM (SELECT at > lag(at) OVER (ORDER BY sequence) AS later FROM published_entry) e"
    ) == [(True,)]
    assert list(chain.verify()) == []


def test_record_published_twice_at_once_has_one_version() -> None:
    actor, reviewers = make.ActorFactory(slug="liwa"), [make.UserFactory() for _ in range(3)]
    outcomes = at_once(
        *[lambda by=by: operations.publish(actor, by=by, reason="Good.").total for by in reviewers]
    )
    assert sorted(outcomes) == [0, 0, 1]
    assert rows("SELECT version FROM published_actors") == [(1,)]


def test_record_shown_is_not_withdrawn_while_it_is_being_shown() -> None:
    reviewer = make.UserFactory()
    event = make.EventFactory()
    operations.publish(event.territory, by=reviewer, reason="Good.")
    results = at_once(
        lambda: operations.publish(event, by=reviewer, reason="Good.").total,
        lambda: operations.withdraw(event.territory, by=reviewer, reason="In doubt."),
    )
    refused = [one for one in results if isinstance(one, operations.PublicationRefused)]
    assert len(refused) == 1, results
    assert list(chain.verify()) == []


@pytest.mark.parametrize("child", [False, True])
def test_edit_under_way_is_waited_for_and_its_author_known(child: bool) -> None:
    """Otherwise it could slip in between the search for authors and the reading of the text."""
    author, citation = make.UserFactory(), make.ActorCitationFactory()
    actor, edited = citation.record, threading.Event()
    operations.publish(actor, citation.source, by=make.UserFactory(), reason="Good.")
    looking = threading.Event()

    def edit() -> None:
        with transaction.atomic(), pghistory.context(user=author.pk):
            target = citation if child else actor
            type(target).objects.filter(pk=target.pk).update(note="Mine.")
            edited.set()
            looking.wait(10)
            # The publication is at the door by now; it must be kept there until this is committed.
            me = "SELECT FROM pg_locks WHERE granted AND pid = pg_backend_pid() AND transactionid = l.transactionid"
            waiting = f"SELECT count(*) FROM pg_locks l WHERE NOT granted AND EXISTS ({me})"
            for _ in range(200):
                if rows(waiting) == [(1,)]:
                    return
                threading.Event().wait(0.02)
            raise AssertionError("the publication did not wait")

    def publish() -> None:
        edited.wait(10)
        looking.set()
        operations.publish(actor, by=author, reason="Good.")

    first, second = at_once(edit, publish)
    assert first is None
    assert "has changes of yours" in str(second)
