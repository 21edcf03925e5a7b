"""How much memory it takes to take in a release of a dataset: here, and in the server that works for us."""

import json
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection

from border.bench import imports, release, site
from border.imports.reading import read
from border.imports.writing import write

PAUSE = 0.05
MB = 1024


def figures(rows: int, *, fresh: bool) -> list[tuple[str, float, str, float | None]]:
    """Name, value, unit and bound of each figure; a tenth of ``rows`` is compared with ten times as many."""
    environment = imports.world(fresh=fresh)
    (few, many), found = (rows // 10, rows * 10), []
    with TemporaryDirectory() as name:
        for count in (few, many):
            release.write(Path(name) / "ged.csv", count)
            with site.copied(environment, "imports_memory") as empty:
                found.append(json.loads(site.call(empty, f"border.bench.memory.measure({name!r})")))
    small, large = found
    told: list[tuple[str, float, str, float | None]] = [
        (f"{what} {many:,} rows", large[what]["seconds"], "s", None) for what in ("reading", "writing")
    ]
    for name, least, most, bounds in (
        ("process", small["process"], large["process"], (400.0, 1.3)),
        *(
            (f"server while {what}", small[what]["server"], large[what]["server"], (None, None))
            for what in ("reading", "writing")
        ),
    ):
        told += [
            (f"peak memory of the {name}, {few:,} rows", least, "MB", None),
            (f"peak memory of the {name}, {many:,} rows", most, "MB", bounds[0]),
            (f"peak memory of the {name}, many rows / few", most / least, "ratio", bounds[1]),
        ]
    return told


def measure(folder: str) -> None:
    """Print how long it took to read a file and to write it, in seconds, and the most memory meanwhile, in megabytes."""
    path, took = Path(folder) / "ged.csv", {}
    with _watched() as took["reading"]:
        found = read(path, path.name, release=imports.VERSION)
    with _watched() as took["writing"]:
        write(found, by=None, why="A release to measure", via="bench")
    print(json.dumps({**took, "process": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB}))


@contextmanager
def _watched() -> Iterator[dict[str, float]]:
    """What is known at the end: the seconds that it took, and the peak of our server process."""
    told: dict[str, float] = {"server": 0.0}
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        status = Path(f"/proc/{cursor.fetchone()[0]}/status")
    over, begun = threading.Event(), time.monotonic()

    def watch() -> None:
        while not over.wait(PAUSE):
            told["server"] = max(told["server"], _own(status))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        yield told
    finally:
        over.set()
        watching.join()
    told["seconds"] = time.monotonic() - begun


def _own(status: Path) -> float:
    """Megabytes that a process has for itself: without the buffers that all of the server share."""
    for line in status.read_text(encoding="ascii").splitlines():
        name, _, value = line.partition(":")
        if name == "RssAnon":
            return int(value.split()[0]) / MB
    return 0.0
