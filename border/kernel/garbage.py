"""How often Python looks for garbage that reference counting leaves."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Of some thousand rows at a time 100,000 objects are made and more, none of which refers to itself.
MANY = 200_000


@contextmanager
def looked_for_seldom() -> Iterator[None]:
    """While many rows are taken at once: all objects at hand were gone through again and again, for a third of the time."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], MANY), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
