"""How fast a release of a dataset is taken in: against a resource that saves row by row, and against COPY."""

import io
import json
import time
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pghistory
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from border.bench import release, site, stock
from border.curation.batches import waiting
from border.history.selection import of_batch
from border.history.undo import take_back
from border.imports.formats import open_table
from border.imports.reading import read
from border.imports.releases import release_of
from border.imports.writing import write
from border.kernel.history import check_now
from border.publication.operations import publish
from events.models import ExternalRecord
from sources.models import Source

# Of so many rows the usual way is measured; it takes each of them as long.
ROW_BY_ROW = 300
VERSION = "23.1"
TABLES = (
    "events_event",
    "events_eventcitation",
    "events_participation",
    "events_casualty",
    "events_externalrecord",
)


def figures(rows: int, *, fresh: bool) -> list[tuple[str, float, str, float | None]]:
    """Name, value, unit and bound of each figure; every contender has a copy of the world to itself."""
    environment = world(fresh=fresh)
    with TemporaryDirectory() as name:
        folder = Path(name)
        release.write(folder / "ged.csv", rows)
        release.write(folder / "more.csv", ROW_BY_ROW, first=rows + 1)
        with site.copied(environment, "imports_taken") as taken:
            found = json.loads(site.call(taken, f"border.bench.imports.measure({str(folder)!r})"))
        with site.copied(environment, "imports_copied") as copied:
            bare = json.loads(site.call(copied, f"border.bench.imports.copy({str(folder)!r})"))
        with site.copied(environment, "imports_undone") as undone:
            back = json.loads(site.call(undone, f"border.bench.imports.undo({str(folder)!r})"))
    first = found["first"]
    return [
        (f"import of {rows:,} rows", first, "s", None),
        ("  of which reading, matching, comparing", found["read"], "s", None),
        ("  of which writing, with history", found["written"], "s", None),
        (f"row by row, {ROW_BY_ROW} rows", found["row by row"], "s", None),
        ("COPY of the finished rows", bare, "s", None),
        ("the same release again", found["again"], "s", None),
        ("publishing the batch", found["published"], "s", None),
        ("taking the batch back", back["back"], "s", None),
        ("import / row by row, per row", first / rows * ROW_BY_ROW / found["row by row"], "ratio", 1 / 30),
        ("import / COPY of the finished rows", first / bare, "ratio", 2.5),
        ("the same again / the first time", found["again"] / first, "ratio", 1 / 5),
        ("publishing the batch / importing it", found["published"] / first, "ratio", 1.0),
        ("taking the batch back / importing it", back["back"] / back["first"], "ratio", 1.0),
    ]


def world(*, fresh: bool) -> site.Environment:
    """The environment in which the site runs on a world that knows some of the names of the release."""
    return site.world(
        "imports",
        "border.bench.release.make()",
        kept_in="territories_territory",
        fresh=fresh,
        told=f"a world of {release.KNOWN_PLACES:,} places and {release.KNOWN_ACTORS:,} actors",
    )


def measure(folder: str) -> None:
    """Print how long each way took, in seconds; the usual way is taken before and after the other, since machines are uneven."""
    path, took, by = Path(folder) / "ged.csv", {}, get_user_model().objects.get(username=release.WHO)
    before, usual = _row_by_row(path, by)
    begun = time.perf_counter()
    found = read(path, path.name, release=VERSION, by=by)
    took["read"] = time.perf_counter() - begun
    batch = write(found, by=by, why="A release to measure", via="bench")
    took["first"] = time.perf_counter() - begun
    took["written"] = took["first"] - took["read"]
    if batch is None or stock.said([row[0] for row in usual]) != usual:
        raise RuntimeError("The two ways do not come to the same: what they took cannot be compared.")
    after, _ = _row_by_row(Path(folder) / "more.csv", by)
    took["row by row"] = (before + after) / 2
    begun = time.perf_counter()
    again = read(path, path.name, release=VERSION, by=by)
    if write(again, by=by, why="Again", via="bench"):
        raise RuntimeError("The same release again changed something.")
    took["again"] = time.perf_counter() - begun
    for table_name in TABLES:
        with (
            (Path(folder) / table_name).open("wb") as file,
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table_name} TO STDOUT") as finished,
        ):
            file.writelines(finished)
    took["published"] = publish_batch(batch)
    print(json.dumps(took))


def _row_by_row(path: Path, by: Any) -> tuple[float, list[tuple[Any, ...]]]:
    """How long the first rows of a file take in the usual way, in seconds, and what they come to; they are rolled back."""
    with transaction.atomic(), pghistory.context(user=by.pk, why="The usual way.", via="bench"):
        begun = time.perf_counter()
        with open_table(path, path.name) as table:
            source = release_of(table, path.name, VERSION)
            rows = list(islice(table.rows(), ROW_BY_ROW))
            stock.take(rows, source, table.columns)
        check_now()
        took = time.perf_counter() - begun
        said = stock.said(f"ucdp-{row.key}" for row in rows)
        transaction.set_rollback(True)
    return took, said


def publish_batch(batch: Any) -> float:
    """Publish what an import wrote, its release before; how many seconds the former took."""
    reviewer = get_user_model().objects.get(username=release.REVIEWER)
    publish(Source.objects.filter(pk=batch.release_id), by=reviewer, reason="A release to measure")
    begun = time.perf_counter()
    publish(*waiting(batch), by=reviewer, reason="A release to measure")
    return time.perf_counter() - begun


def undo(folder: str) -> None:
    """Print how long it took to take a release in, and how long to take it back, in seconds."""
    path, by = Path(folder) / "ged.csv", get_user_model().objects.get(username=release.WHO)
    begun = time.perf_counter()
    batch = write(
        read(path, path.name, release=VERSION, by=by), by=by, why="A release to measure", via="bench"
    )
    first = time.perf_counter() - begun
    begun = time.perf_counter()
    done = take_back(of_batch(batch), by=by, reason="Measured")
    back = time.perf_counter() - begun
    if done.conflicts or ExternalRecord.objects.exists():
        raise RuntimeError("The release was not taken back whole: what it took is not what it takes.")
    print(json.dumps({"first": first, "back": back}))


def copy(folder: str) -> None:
    """Print how long it takes to COPY the finished rows into the same tables, with all indexes, rules and history."""
    finished = {name: (Path(folder) / name).read_bytes() for name in TABLES}
    with connection.cursor() as cursor:
        # The rows name their release by the number that it had where they were made.
        citation = finished["events_eventcitation"].split(b"\n", 1)[0].decode().split("\t")
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = 'events_eventcitation'::regclass AND attnum > 0"
            " AND NOT attisdropped ORDER BY attnum"
        )
        named = dict(zip([name for (name,) in cursor.fetchall()], citation, strict=True))
        number = "setval(pg_get_serial_sequence('sources_source', 'id'), %s, false)"
        cursor.execute(f"SELECT {number}", [int(named["source_id"])])
    with open_table(Path(folder) / "ged.csv", "ged.csv") as table:
        release_of(table, "ged.csv", VERSION)
    begun = time.perf_counter()
    with (
        transaction.atomic(),
        pghistory.context(why="Finished rows", via="bench"),
        connection.cursor() as cursor,
    ):
        for name, rows in finished.items():
            with cursor.copy(f"COPY {name} FROM STDIN") as into:
                stream = io.BytesIO(rows)
                while part := stream.read(1 << 20):
                    into.write(part)
        check_now()
    print(json.dumps(time.perf_counter() - begun))
