"""Which state of the published record is the newest, known without asking: PostgreSQL tells when there is another.

Each process has one connection that listens. What it knows is right but for the time that a message takes; it is looked up
anew every few seconds all the same, for servers between that pass no messages on.
"""

import logging
import os
import threading
import time
from typing import Any

from django.db import Error, connections

from border.api import reading
from border.publication.chain import CHANNEL

# So many seconds an answer may be behind where no message arrives, and until a lost connection is tried again.
LOOKED_UP_S = 5
_LOG = logging.getLogger(__name__)


class Watch:
    """The newest state of the published record, watched by a thread from the first question on."""

    def __init__(self, looked_up_s: float = LOOKED_UP_S) -> None:
        self._looked_up_s = looked_up_s
        self._known: reading.Version | None = None
        self._process = 0
        self._lock = threading.Lock()

    def newest(self) -> reading.Version | None:
        """The newest state; None where that is not known at the moment."""
        if self._process != os.getpid():
            self._begin()
        return self._known

    def _begin(self) -> None:
        with self._lock:
            if self._process != os.getpid():
                self._process, self._known = os.getpid(), None
                threading.Thread(
                    target=self._watch, args=[os.getpid()], name="published", daemon=True
                ).start()

    def _watch(self, process: int) -> None:
        said = ""
        while self._process == process:
            try:
                self._listen(process)
            except Error as error:
                # A replica refuses each time.
                if str(error) != said:
                    said = str(error)
                    _LOG.info("Nobody tells at once what is published: %s", error)
            finally:
                connections[reading.ALIAS].close()
            if self._process == process:
                self._known = None
                time.sleep(self._looked_up_s)

    def _listen(self, process: int) -> None:
        """Know the newest state until the connection fails. Raises Error then."""
        with connections[reading.ALIAS].cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        connection: Any = connections[reading.ALIAS].connection
        while self._process == process and connections[reading.ALIAS].connection is connection:
            self._known = reading.version()
            # What was told since it was looked up is told first.
            with connections[reading.ALIAS].wrap_database_errors:
                for _ in connection.notifies(timeout=self._looked_up_s, stop_after=1):
                    self._known = None
