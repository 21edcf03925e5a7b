"""The changes while one publication is slow to commit: nothing that comes after it is told before it."""

import threading
from urllib.parse import quote

import pytest
from django.db import transaction

from border.publication import chain, operations
from tests import factories as make
from tests.api.conftest import Reader
from tests.conftest import in_role
from tests.publication.record import rows
from tests.race.test_curators import at_once

FEED = "/api/v1/changes/"


# Somebody of this database who is kept waiting by somebody else.
WAITING = """
SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
WHERE l.locktype = 'advisory' AND l.objid = %s AND NOT l.granted
"""


def wait_until_somebody_waits(lock: int = chain.LOCK) -> None:
    for _ in range(500):
        if rows(WAITING, lock) == [(1,)]:
            return
        threading.Event().wait(0.02)
    raise AssertionError("nobody waited")


@pytest.mark.django_db
def test_before_the_first_publication_there_is_the_beginning() -> None:
    reader = Reader(in_role)
    page = reader.json(FEED)
    assert page == {"next": None, "previous": None, "cursor": "0", "results": []}
    head = reader.json(f"{FEED}head/")
    assert (head["block"], head["at"], head["digest"], head["cursor"]) == (0, None, "0" * 64, "0")
    operations.publish(make.ActorFactory(slug="first"), by=make.UserFactory(), reason="Good.")
    later = reader.json(f"{FEED}?since={page['cursor']}")
    assert [line["record"] for line in later["results"]] == ["actors/first"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("commits", [True, False])
def test_what_commits_late_is_not_missed(commits: bool) -> None:
    """A later publication waits for it, so that nobody's place moves past a line that is not there yet."""
    reader, reviewer = Reader(in_role), make.UserFactory()
    slow, quick, before = (make.ActorFactory(slug=slug) for slug in ("slow", "quick", "before"))
    operations.publish(before, by=reviewer, reason="Good.")
    written, go = threading.Event(), threading.Event()

    def publish_slowly() -> None:
        with transaction.atomic():
            operations.publish(slow, by=reviewer, reason="Good.")
            written.set()
            assert go.wait(30)
            transaction.set_rollback(not commits)

    def publish_quickly() -> None:
        assert written.wait(30)
        operations.publish(quick, by=reviewer, reason="Good.")

    pages = []

    def read() -> None:
        assert written.wait(30)
        pages.append(reader.json(f"{FEED}?since=0"))
        wait_until_somebody_waits()
        pages.append(reader.json(f"{FEED}?since={pages[-1]['cursor']}"))
        go.set()

    at_once(publish_slowly, publish_quickly, read)
    assert [[line["record"] for line in page["results"]] for page in pages] == [["actors/before"], []]
    after = reader.json(f"{FEED}?since={pages[-1]['cursor']}")["results"]
    assert [line["record"] for line in after] == ["actors/slow"] * commits + ["actors/quick"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("commits", [True, False])
def test_what_is_known_at_a_moment_waits_for_what_bears_an_earlier_date(commits: bool) -> None:
    """The answer of a moment is the same when it is asked for again, also where a publication was under way."""
    reader, reviewer = Reader(in_role), make.UserFactory()
    slow, before = (make.ActorFactory(slug=slug) for slug in ("slow", "before"))
    operations.publish(before, by=reviewer, reason="Good.")
    written, go = threading.Event(), threading.Event()

    def publish_slowly() -> None:
        with transaction.atomic():
            operations.publish(slow, by=reviewer, reason="Good.")
            written.set()
            assert go.wait(30)
            transaction.set_rollback(not commits)

    found = []

    def read() -> None:
        assert written.wait(30)
        [[moment]] = rows("SELECT clock_timestamp()")
        at = f"/api/v1/actors/?known_at={quote(moment.isoformat())}"
        found.append(reader.slugs(at))
        found.append(reader.slugs(at))

    def let_it_go() -> None:
        assert written.wait(30)
        wait_until_somebody_waits()
        go.set()

    at_once(publish_slowly, read, let_it_go)
    assert found == [["before", *["slow"] * commits]] * 2
