"""An import that is killed while it is being written: all of it is there or nothing, and the next run finishes it."""

import os
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from border.bench import release
from border.embedded import Server
from tests import factories as make
from tests.embedded.conftest import ground, make_server, new_server
from tests.imports.crashing import Shell, Site, Worker, fill, kill, until

__all__ = ["ground", "make_server", "new_server"]

# CRASH_ROWS=50000 kills each of the three at ten points of a larger import, which takes an hour or more; CRASH_POINTS="2 5 8"
# at fewer.
LARGE = "CRASH_ROWS" in os.environ
ROWS = int(os.environ.get("CRASH_ROWS", "400"))
# Of eleven equal parts of the time that the writing takes, after which of them the kill falls.
PARTS = 11
POINTS = [int(point) for point in os.environ.get("CRASH_POINTS", "1 2 3 4 5 6 7 8 9 10").split()]
VICTIMS: list[tuple[Any, str, list[int]]] = [
    (Shell, "itself", [4]),
    (Worker, "itself", [7]),
    (Worker, "PostgreSQL", [2]),
]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.timeout(4 * 3600 if LARGE else 600),
    pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc"),
]


@pytest.fixture
def site(new_server: Server, ground: Path, settings: Any) -> Site:
    """A site that knows the country and some of the actors of a file."""
    settings.MEDIA_ROOT = new_server.folder / "media"
    new_server.start()
    fill(new_server)
    site = Site(new_server, "border", ground / "ged231.csv")
    release.write(site.file, ROWS)
    with site.here():
        make.TerritoryFactory(slug="syria", kind="country", name="Syria", countries=["SY"])
        for number in range(1, 41):
            make.ActorFactory(ucdp_id=number)
    return site


def whole(site: Site, way: Any) -> tuple[list[int], float]:
    """How much there is once an import is written, and how long the writing took."""
    with site.copied("whole") as one, way(one) as writing:
        writing.until_it_writes()
        began = time.monotonic()
        writing.until_it_has_written()
        took = time.monotonic() - began
        writing.kill()
        assert one.disagreements() == []
        return one.counts(), took


def killed(site: Site, way: Any, victim: str, seconds: float) -> tuple[bool, list[int], list[int]]:
    """Whether a kill so long after the writing began came too late, how much there is after it, and once it is finished."""
    with site.copied("killed") as one, way(one) as writing:
        writing.until_it_writes()
        time.sleep(seconds)
        late = writing.has_ended()
        if victim == "PostgreSQL":
            kill(one.server)
            one.server.start()
        else:
            writing.kill()
            until(one.alone)
        left = one.counts()
        assert one.disagreements() == []
        # The table of the rows that are looked over is emptied when PostgreSQL recovers.
        writing.finish(lost=victim == "PostgreSQL" and not any(left))
        assert one.disagreements() == []
        return late, left, one.counts()


def test_killed_import_leaves_all_or_nothing_and_the_next_run_finishes_it(site: Site) -> None:
    nothing, seen = site.counts(), []
    measured = {way: whole(site, way) for way in (Shell, Worker)}
    for point in POINTS:
        for way, victim, few in VICTIMS:
            again = LARGE or point in few
            while again:
                everything, took = measured[way]
                again, left, finished = killed(site, way, victim, took * point / PARTS)
                told = f"{way.__name__}, {victim} killed at {point}/{PARTS} of {took:.2f} s"
                print(f"{told}: {'too late' if again else f'{left[0]:,} events'}", flush=True)
                assert left in (nothing, everything), told
                assert finished == everything, told
                seen.append(left)
                if again:  # the machine had more to do while it was measured
                    measured[way] = everything, took * 0.7
    assert nothing in seen, "every kill came too late"
