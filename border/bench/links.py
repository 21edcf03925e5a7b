"""How well events of several datasets are recognised as one: against twins that are made up, and two releases of one dataset."""

import csv
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from border.bench import release, site, twins
from border.documents.planning import whole_tables
from border.imports.reading import read
from border.imports.writing import write
from border.links import weights
from border.links.comparing import COMPARED
from border.links.deciding import above
from border.links.looking import look
from border.links.models import Candidate
from events.models import ExternalRecord
from sources.models import Source

# The weights come from the first, and are measured on the second: the same kinds of noise, other rows.
LEARNT, MEASURED = 1, 2
HIDDEN = "UCDP GED, another release"
# Ids of the one release are so much higher, so that none is known again.
HIDES = 50_000_000
# What a threshold has to keep, and where it is chosen: the least at which so many of those taken are right.
WANTED = 0.95
ENOUGH = 100


@dataclass
class Measured:
    """What came of one comparison of two datasets whose true pairs are known."""

    name: str
    true: int
    looked_at: int
    found: int
    seconds: float
    taken: list[tuple[float, bool]]
    shares: dict[str, dict[str, tuple[int, int]]]

    def at(self, threshold: float) -> tuple[float, float]:
        """Precision and recall of what is taken for the same from ``threshold`` on."""
        taken = [right for score, right in self.taken if score >= threshold]
        return (sum(taken) / len(taken) if taken else 1.0), sum(taken) / max(1, self.true)

    @property
    def chosen(self) -> float:
        """The least threshold from which on at least `WANTED` of the pairs taken are right, in hundredths."""
        grid = [number / 100 for number in range(5, 100)]
        return next(
            (one for one in grid if all(self.at(more)[0] >= WANTED for more in grid if more >= one)), 1.0
        )


def measured(events: int, real: Path | None, *, fresh: bool, seed: int = MEASURED) -> list[Measured]:
    """What came of each comparison: of ``events`` made-up events with their twins, and of the files in ``real``."""
    found = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        made_up = site.world(
            "imports",
            "border.bench.release.make()",
            kept_in="territories_territory",
            fresh=fresh,
            told=f"a world of {release.KNOWN_PLACES:,} places and {release.KNOWN_ACTORS:,} actors",
        )
        release.write(folder / "ged.csv", events)
        found.append(_twins(folder, made_up, f"twins of {events:,} made-up events", seed))
        if real:
            ours = site.world(
                "links",
                "border.bench.links.make()",
                kept_in="territories_territory",
                fresh=fresh,
                told="a world of what comes with border",
            )
            files = sorted(path for path in real.glob("ged*.csv"))
            largest = max(files, key=lambda path: path.stat().st_size)
            (folder / "ged.csv").write_bytes(largest.read_bytes())
            found.append(_twins(folder, ours, f"twins of the events in {largest.name}", seed))
            for one, other in itertools.combinations(files, 2):
                (folder / "one.csv").write_bytes(one.read_bytes())
                hide_ids(other, folder / "other.csv")
                found.append(_measured(folder, ours, "releases", f"{one.name} and {other.name}, ids hidden"))
    return found


def _twins(folder: Path, environment: site.Environment, name: str, seed: int) -> Measured:
    true = twins.write(folder / "acled.csv", twins.rows_of(folder / "ged.csv"), seed)
    (folder / "true.json").write_text(json.dumps(true), encoding="utf-8")
    return _measured(folder, environment, "twinned", name)


def _measured(folder: Path, environment: site.Environment, way: str, name: str) -> Measured:
    with site.copied(environment, "links_measured") as copy:
        return Measured(name, **json.loads(site.call(copy, f"border.bench.links.{way}({str(folder)!r})")))


def make() -> None:
    """Fill an empty, migrated database with what comes with border."""
    call_command("load", str(settings.BASE_DIR / "fixtures"), stdout=_Nowhere())


def twinned(folder: str) -> None:
    """Print what came of a UCDP file and the ACLED file of its twins."""
    _take(Path(folder) / "ged.csv", "23.1")
    _take(Path(folder) / "acled.csv", "")
    true = json.loads((Path(folder) / "true.json").read_text("utf-8"))
    _tell({(ucdp, acled) for acled, ucdp in true.items()})


def releases(folder: str) -> None:
    """Print what came of two releases of UCDP whose ids say nothing, as if they were two datasets."""
    _take(Path(folder) / "one.csv", "19.1")
    Source.objects.filter(dataset="UCDP GED").update(dataset=HIDDEN)
    _take(Path(folder) / "other.csv", "23.1")
    keys = ExternalRecord.objects.filter(release__dataset=HIDDEN).values_list("key", flat=True)
    _tell({(key, str(int(key) + HIDES)) for key in keys}, HIDDEN, "UCDP GED")


def hide_ids(path: Path, to: Path) -> None:
    """Copy a UCDP file, with ids by which nothing is known again."""
    with (
        path.open(encoding="utf-8-sig", newline="") as old,
        to.open("w", encoding="utf-8", newline="") as new,
    ):
        table = csv.DictReader(old)
        hidden = csv.DictWriter(new, table.fieldnames or [], lineterminator="\n")
        hidden.writeheader()
        for row in table:
            if row["id"].isdigit():
                hidden.writerow({**row, "id": str(int(row["id"]) + HIDES)})


def _take(path: Path, version: str) -> None:
    found = read(path, path.name, release=version)
    write(found, by=None, why="To measure", via="bench")


def _tell(true: set[tuple[str, str]], one: str = "UCDP GED", other: str = "ACLED") -> None:
    """Print what was found of the ``true`` pairs, each given by the keys in the two datasets."""
    events = {
        dataset: dict(
            ExternalRecord.objects.filter(release__dataset=dataset, event__isnull=False).values_list(
                "key", "event_id"
            )
        )
        for dataset in (one, other)
    }
    pairs = {
        tuple(sorted((events[one][mine], events[other][theirs])))
        for mine, theirs in true
        if mine in events[one] and theirs in events[other]
    }
    begun = time.perf_counter()
    look()
    took = time.perf_counter() - begun
    taken = Candidate.objects.in_bulk(above(0).pairs)
    scores = [(row.score, (row.first, row.second) in pairs) for row in taken.values()]
    shares, looked_at = _shares(pairs, f"{min(one, other)} + {max(one, other)}")
    kept = set(Candidate.objects.values_list("first", "second"))
    told = {
        "true": len(pairs),
        "looked_at": looked_at,
        "found": len(pairs & kept),
        "seconds": took,
        "taken": sorted(scores, reverse=True),
        "shares": shares,
    }
    print(json.dumps(told))


def _shares(pairs: set[Any], datasets: str) -> tuple[dict[str, dict[str, list[int]]], int]:
    """How many true pairs, and others, come out at each level of each comparison; and how many were looked at."""
    names = [*weights.COMPARISONS]
    found = {name: {level.name: [0, 0] for level in levels} for name, levels in weights.COMPARISONS.items()}
    with transaction.atomic(), connection.cursor() as cursor, whole_tables(cursor):
        cursor.execute(
            f"{COMPARED} SELECT first, second, {', '.join(names)} FROM weighed WHERE datasets = %s",
            [datasets],
        )
        rows = cursor.fetchall()
    for first, second, *levels in rows:
        for name, level in zip(names, levels, strict=True):
            found[name][level][(first, second) not in pairs] += 1
    return found, len(rows)


def figures(several: list[Measured], threshold: float) -> Iterator[tuple[str, float, str, float | None]]:
    """Name, value, unit and bound of each figure."""
    for one in several:
        precision, recall = one.at(threshold)
        yield f"{one.name}: looked for in", one.seconds, "s", None
        yield "  pairs looked at", one.looked_at, "", None
        yield "  pairs that are one event", one.true, "", None
        yield "  of which are candidates", one.found / max(1, one.true), "ratio", None
        # A few pairs tell too little to be held to it.
        bound = 1 - WANTED if one.true >= ENOUGH else None
        yield f"  wrong of those taken from {threshold:g} on", 1 - precision, "ratio", bound
        yield f"  recall from {threshold:g} on", recall, "ratio", None
        yield "  least threshold that keeps " + f"{WANTED:.0%} right", one.chosen, "", None


class _Nowhere:
    """Takes what a command says, and keeps nothing."""

    def write(self, _text: str) -> int:
        return 0

    def flush(self) -> None:
        """Nothing to do."""
