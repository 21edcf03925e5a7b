"""Which refusals of the database pass by themselves, and work that is tried again after one."""

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection

Result = TypeVar("Result")

# Two transactions were in each other's way: serialization_failure, deadlock_detected, lock_not_available.
PASSING = frozenset({"40001", "40P01", "55P03"})
TRIES = 3


def passing(error: OperationalError) -> bool:
    """Whether the same work, begun again, may well succeed: others held what it needed and will let it go."""
    return getattr(error.__cause__, "sqlstate", None) in PASSING


def retried(work: Callable[[], Result], *, prepare: Callable[[], object] = lambda: None) -> Result:
    """What ``work``, a whole transaction, comes to; after a deadlock or a busy lock it is done again, `TRIES` times in all.

    ``prepare`` runs before each repetition. Inside another transaction nothing is repeated, since that one is lost
    with its first error. Raises the last OperationalError.
    """
    for left in range(TRIES - 1, -1, -1):
        try:
            return work()
        except OperationalError as error:
            if not left or connection.in_atomic_block or not passing(error):
                raise
            prepare()
    raise AssertionError("the last try returns or raises")
