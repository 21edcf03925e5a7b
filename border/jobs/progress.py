"""How far work has come, seen by others while its transaction is still open."""

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

PAUSE = 0.5

# Set once this process is to end and its work should be given back.
giving_up = threading.Event()


class Cancelled(Exception):
    """Somebody called the work off; its transaction is rolled back."""


class Interrupted(Exception):
    """The worker ends before the work did; its transaction is rolled back, and another worker takes it up."""


class Progress:
    """What work tells of itself, through a connection of its own: the work's transaction shows nothing before it ends."""

    def __init__(self, job: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.job = job
        self.begun = False
        self.done = 0
        self.total: int | None = None
        self.unit = ""
        self._clock = clock
        self._told = float("-inf")
        self._connection: BaseDatabaseWrapper | None = None

    def step(self, done: int, total: int | None = None, word: str | None = None) -> None:
        """Tell that ``done`` units are done, of ``total`` where that is known; ``word`` is what is counted: rows.

        It is written at most twice a second, so that work may call this as often as it likes. Raises Cancelled or
        Interrupted when the work should not go on.
        """
        self.done = done
        self.total = self.total if total is None else total
        self.unit = self.unit if word is None else word
        if giving_up.is_set():
            raise Interrupted
        if self._clock() - self._told >= PAUSE:
            self._tell()

    def _tell(self) -> None:
        self._told = self._clock()
        goes_on = self._execute(
            "UPDATE jobs_job SET done = %(done)s, total = %(total)s, unit = %(unit)s, seen_at = clock_timestamp() "
            "WHERE id = %(job)s AND state = 'running' RETURNING cancel_asked_at IS NULL"
        )
        if goes_on != (True,):
            raise Cancelled

    def begin(self) -> None:
        """Say that the work begins, once more."""
        self.done, self.total, self.unit = 0, None, ""
        begun = self._execute(
            "UPDATE jobs_job SET state = 'running', attempts = attempts + 1, seen_at = clock_timestamp(), "
            "started_at = coalesce(started_at, clock_timestamp()), done = 0, total = NULL, unit = '' "
            "WHERE id = %(job)s AND state IN ('waiting', 'running') AND cancel_asked_at IS NULL RETURNING true"
        )
        if not begun:
            raise Cancelled
        self.begun = True

    def close(self) -> None:
        """Let go of the connection; the next word opens another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _execute(self, sql: str) -> Any:
        if self._connection is None:
            self._connection = connections.create_connection(DEFAULT_DB_ALIAS)
        with self._connection.cursor() as cursor:
            cursor.execute(
                sql, {"job": self.job, "done": self.done, "total": self.total, "unit": self.unit[:40]}
            )
            return cursor.fetchone()
