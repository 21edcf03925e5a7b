"""The way to the database outlives the connection that it is on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext

from border.api import reading
from border.publication import operations
from tests import factories as make
from tests.api.test_late_commits import wait_until_somebody_waits

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "reader"])
LOCK = 77


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The connection of readers as a request finds it that was kept since an earlier one."""
    own = connections.create_connection("reader")
    own.inc_thread_sharing()
    monkeypatch.setattr(reading, "connections", {reading.ALIAS: own})
    reading.rows("SELECT 1")
    own.close_if_unusable_or_obsolete()
    yield own
    own.close()


def end(kept: Any) -> None:
    """Have the server end the connection, as it does when it is started anew."""
    one = kept.connection.info.backend_pid
    other = connections.create_connection("reader")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [one])
    finally:
        other.close()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: reading.rows("SELECT 7"),
        lambda: reading.rows_and_version("SELECT 7", [])[0],
    ],
)
def test_a_connection_that_died_between_two_requests_is_not_noticed(kept, ask):
    before = kept.connection
    end(kept)
    assert ask() == [(7,)]
    assert kept.connection is not before


def test_a_connection_that_lives_is_asked_nothing_but_the_question(kept):
    with CaptureQueriesContext(kept) as asked:
        reading.rows("SELECT 7")
    assert [one["sql"] for one in asked] == ["SELECT 7"]


def test_a_connection_that_dies_in_the_middle_of_a_request_is_told(kept):
    reading.rows("SELECT 7")
    end(kept)
    with pytest.raises(OperationalError):
        reading.rows("SELECT 7")


def test_a_question_that_the_database_refuses_is_not_asked_twice(kept):
    with CaptureQueriesContext(kept) as asked, pytest.raises(OperationalError):
        reading.rows("SET statement_timeout = 1; SELECT pg_sleep(1)")
    assert len(asked) == 1


def test_rows_and_the_state_of_the_record_are_of_one_moment(kept):
    event = make.EventFactory()
    operations.publish(event.territory, by=make.UserFactory(), reason="Checked.")
    before = reading.version()
    waiting = "SELECT pg_advisory_xact_lock_shared(%s), count(*) FROM published_entry"
    with connection.cursor() as cursor, ThreadPoolExecutor(1) as pool:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        asked = pool.submit(reading.rows_and_version, waiting, [LOCK])
        wait_until_somebody_waits(LOCK)
        operations.publish(event, by=make.UserFactory(), reason="Checked.")
        cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        [(_, entries)], version = asked.result()
    assert (entries, version) == (1, before)
    assert reading.version() > before


def test_transactions_of_readers_see_one_moment(kept):
    assert reading.rows("SHOW transaction_isolation") == [("repeatable read",)]
    kept.set_autocommit(False)
    assert reading.rows("SHOW transaction_isolation") == [("repeatable read",)]
    kept.rollback()
