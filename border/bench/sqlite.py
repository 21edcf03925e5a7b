"""The published events of a world in SQLite, served by Datasette: what a publisher of data has who needs no more than a file."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings

from border.bench import site

# One row for each event with its document, and what a page is asked by; the index is the one that this page wants.
TABLE = """
CREATE TABLE events (
    slug TEXT PRIMARY KEY, territory TEXT NOT NULL, earliest TEXT NOT NULL, latest TEXT NOT NULL, sort TEXT NOT NULL, document TEXT NOT NULL
);
CREATE INDEX event_place ON events (territory, sort, slug);
"""
EVENTS = """
SELECT slug, document #>> '{territory,slug}', lower(possible)::text, (upper(possible) - 1)::text, sort, document::text
FROM published_events WHERE upper_inf(known) ORDER BY slug
"""
AT_ONCE = 10_000
# A page of a town and of five years, in the order of time, without what Datasette counts and offers beside it.
PAGE = (
    "/events/events.json?territory=town-1&earliest__lte=2016-12-31&latest__gte=2012-01-01&_sort=sort&_size=100"
    "&_shape=array&_json=document&_nocount=1&_nofacet=1&_nosuggest=1"
)


def file(environment: site.Environment, size: int, *, fresh: bool) -> Path:
    """The file with the ``size`` events of that world, made unless it is there."""
    folder = Path(settings.BORDER_DATA) / "bench" / str(size)
    path = folder / "events.db"
    if fresh or not path.exists():
        print(f"Copying {size:,} events to SQLite; they are kept in {path}.", file=sys.stderr, flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        begun = path.with_suffix(".part")
        begun.unlink(missing_ok=True)
        with psycopg.connect(environment["DATABASE_URL"]) as world:
            _fill(begun, world)
        begun.replace(path)
    return path


def _fill(path: Path, world: psycopg.Connection[Any]) -> None:
    with closing(sqlite3.connect(path)) as made, world.cursor("events") as events:
        made.executescript(TABLE)
        events.execute(EVENTS)
        while portion := events.fetchmany(AT_ONCE):
            made.executemany("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)", portion)
        made.execute("ANALYZE")
        made.commit()


@contextmanager
def served(path: Path, port: int) -> Iterator[None]:
    """Datasette on that file, at `site.HOST` and ``port``. Raises CommandError when it does not answer."""
    arguments = [
        "-m", "datasette", "serve", "--immutable", str(path), f"--host={site.HOST}", f"--port={port}",
        # Met for the first time the file is slow, and what is slow is given up on after a second.
        "--setting", "sql_time_limit_ms", "60000",
    ]  # fmt: skip
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with site.running(dict(os.environ), *arguments, **quiet) as server:
        site.wait_for(server, port, "/-/versions.json")
        yield


def slugs(body: bytes) -> list[str]:
    """The slugs of the events on a page of Datasette's."""
    return [row["slug"] for row in json.loads(body)]
