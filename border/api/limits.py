"""How much one reader may ask in a minute, counted in memory that all workers of the web server share.

Nothing is kept of a reader but one number: the moment until which all that they asked is spread out, at so many a minute
(the generic cell rate algorithm). Who was quiet for a minute may ask a minute's worth at once; from then on each question is
regained after its share of a minute. In no stretch of time is more granted than one minute's worth and what that stretch
regains.
"""

import mmap
import secrets
import threading
import time
from collections.abc import Callable
from hashlib import blake2b
from typing import NamedTuple

WINDOW_S = 60
_SECOND = 1_000_000_000
_WINDOW = WINDOW_S * _SECOND
# Two readers who fall into one slot share what one may ask. Of 1,000 who ask in the same minute, that happens to one
# in 260; the memory is 2 MB, and only what is used of it is ever there.
SLOTS = 2**18


class Left(NamedTuple):
    """Whether a question is granted; how many more may follow at once; the seconds until all may, and until the next."""

    granted: bool
    questions: int
    whole_s: int
    wait_s: int


class Limiter:
    """Counts the questions of each reader, in this process and in those that are forked from it."""

    def __init__(self, slots: int = SLOTS, clock: Callable[[], int] = time.monotonic_ns) -> None:
        # Shared by processes that are forked later; zero at first, which is long ago.
        self._until = memoryview(mmap.mmap(-1, 8 * slots)).cast("q")
        # Nobody can work out who shares a slot with whom.
        self._key = secrets.token_bytes(16)
        self._clock = clock
        # Keeps the threads of a worker apart. Two workers that count the same reader within the same microsecond may
        # count one question instead of two: rather that than a lock that a killed worker would never open.
        self._lock = threading.Lock()

    def take(self, who: bytes, rate: int) -> Left:
        """What becomes of one question by ``who``, who may ask ``rate`` a minute; a refused one costs nothing."""
        slot = int.from_bytes(blake2b(who, digest_size=8, key=self._key).digest()) % len(self._until)
        cost = _WINDOW // rate
        now = self._clock()
        with self._lock:
            ahead = max(self._until[slot] - now, 0)
            if granted := ahead <= (rate - 1) * cost:
                ahead += cost
                self._until[slot] = now + ahead
        wait = 0 if granted else ahead - (rate - 1) * cost
        return Left(granted, max(rate - -(-ahead // cost), 0), -(-ahead // _SECOND), -(-wait // _SECOND))


# Made when the module is: by the web server before its workers part (border/wsgi.py), else by each for itself.
LIMITER = Limiter()
