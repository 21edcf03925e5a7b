"""How fast readers are answered, in worlds of several sizes: pages, their rivals, whole sets, and every shape of question."""

import http.client
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import psycopg

from border.api.reading import Verbatim
from border.bench import growth, measure, plans, site, sqlite
from border.bench.shapes import PERIOD, SHAPES

Figure = tuple[str, float, str, float | None]
WHOLE = "/api/v1/events/?format=ndjson"
COPY = "COPY (SELECT document FROM published_events WHERE upper_inf(known)) TO STDOUT"
MB = 1 << 20
# What is measured in every world, in turn.
NAMES = (
    "page",
    "bare SELECT",
    "empty view",
    "hand-written SQL",
    "stock DRF",
    "Datasette",
    "304",
    "server alone",
)
# Which page of a long list is held against its first, and in what steps it is come by.
DEEP, STEP = 1000, 1000

SIZES = (10_000, 100_000, 1_000_000)
TOWN = f"territory=town-1&{PERIOD}"
PAGE = f"/api/v1/events/?territory_scope=exact&{TOWN}"
MANY = "/api/v1/events/?territory=country-1&from=2005-01-01&to=2020-12-31"
# The keys of the rows of a page, and the documents of these rows: the least that a page can cost.
KEYS = """SELECT sequence FROM published_events
WHERE upper_inf(known) AND territories @> ARRAY['town-1'] AND possible && daterange('2012-01-01', '2016-12-31', '[]')
ORDER BY sort, slug LIMIT 100"""
BARE = "SELECT document FROM published_events WHERE sequence = ANY(%s) LIMIT 100"


def worlds(sizes: list[int], *, fresh: bool) -> dict[int, site.Environment]:
    """The environments in which the site runs on worlds of so many events."""
    return {
        size: site.world(
            f"readers_{size}",
            f"border.bench.world.make({size})",
            kept_in=f"published_events WHERE slug = 'event-{size:07}'",
            fresh=fresh,
            told=f"a world of {size:,} events",
        )
        for size in sizes
    }


def figures(
    sizes: list[int], rounds: int, *, fresh: bool, written: bool = False, plot: Path | None = None
) -> list[Figure]:
    """Name, value, unit and bound of each figure.

    Plans are compared with those on file, or are to be ``written``; what a page costs by size is drawn to ``plot``.
    """
    with ExitStack() as stack:
        served = {
            size: Served(size, environment, site.PORT + 2 * number, stack, fresh=fresh)
            for number, (size, environment) in enumerate(worlds(sorted(sizes), fresh=fresh).items())
        }
        contenders = {f"{name}, {size:,}": ask for size, one in served.items() for name, ask in one.pages()}
        took = measure.turns(contenders, rounds)
        if plot:
            plot.write_text(growth.drawn(_costs(took, list(served))), encoding="utf-8")
        largest = list(served.values())[-1]
        return [
            *_told(took),
            *_ratios(took, list(served)),
            *largest.deep(rounds),
            *largest.whole(),
            *largest.shapes(max(20, rounds // 4)),
            *_plans(largest, written=written),
        ]


class Served:
    """A world that is served while it is measured, at ``port``, and by Datasette at the next."""

    def __init__(
        self, size: int, environment: site.Environment, port: int, stack: ExitStack, *, fresh: bool
    ) -> None:
        self.size, self.port = size, port
        self.environment = environment
        self.server = stack.enter_context(site.served(environment, port=port))
        stack.enter_context(sqlite.served(sqlite.file(environment, size, fresh=fresh), port + 1))
        self.database = stack.enter_context(psycopg.connect(environment["DATABASE_URL"], autocommit=True))
        # As bytes: whoever passes a document on has no need to understand it.
        self.database.adapters.register_loader("json", Verbatim)

    def ask(self, path: str, **asked: Any) -> measure.Asking:
        """One who asks for ``path``."""
        return measure.Asking(site.HOST, self.port, quote(path, safe="/?=&,:+!'%"), **asked)

    def pages(self) -> Iterator[tuple[str, Callable[[], Any]]]:
        """A page of 100 events and all that it is held against."""
        keys = [key for (key,) in self.database.execute(KEYS)]
        answer, body = self.ask(PAGE)()
        tag = answer.headers["ETag"]
        datasette = measure.Asking(site.HOST, self.port + 1, sqlite.PAGE)
        if sqlite.slugs(datasette()[1]) != [event["slug"] for event in json.loads(body)["results"]]:
            raise RuntimeError("Datasette has other events on the page: what they took cannot be compared.")
        yield "page", self.ask(PAGE)
        yield "bare SELECT", lambda: self.database.execute(BARE, [keys]).fetchall()
        yield "empty view", self.ask("/bench/empty/")
        yield "hand-written SQL", self.ask(f"/bench/sql/?{TOWN}")
        yield "stock DRF", self.ask(f"/bench/stock/?{TOWN}")
        yield "Datasette", datasette
        yield "304", self.ask(PAGE, headers={"If-None-Match": tag}, status=304)
        yield "server alone", self.ask(site.ALONE, status=304)

    def deep(self, rounds: int) -> list[Figure]:
        """A page far down a list against its first, or the last there is in a small world."""
        _, body = self.ask(f"{MANY}&page_size={STEP}&fields=slug")()
        for _ in range(DEEP * 100 // STEP - 1):
            following = json.loads(body)["next"]
            if not following:
                break
            last = following
            _, body = self.ask(following)()
        cursor = parse_qs(urlsplit(last).query)["cursor"][0]
        took = measure.turns({"first": self.ask(MANY), "deep": self.ask(f"{MANY}&cursor={cursor}")}, rounds)
        return [
            *_times("page 1 of a long list", took["first"]),
            *_times(f"page {DEEP:,} of a long list", took["deep"]),
            (f"page {DEEP:,} / page 1", measure.ratio(took["deep"], took["first"]), "ratio", 1.2),
        ]

    def whole(self) -> list[Figure]:
        """The whole set as NDJSON against COPY of the documents, and what the web process needs for it."""
        before, begun = self._most_memory(), time.perf_counter()
        got = self._streamed()
        streamed = got / (time.perf_counter() - begun)
        grown, begun, sent = self._most_memory() - before, time.perf_counter(), 0
        with self.database.cursor() as cursor, cursor.copy(COPY) as copy:
            for part in copy:
                sent += len(part)
        copied = sent / (time.perf_counter() - begun)
        return [
            (f"the whole of {self.size:,} events as NDJSON", streamed / MB, "MB/s", None),
            ("COPY of their documents", copied / MB, "MB/s", None),
            ("COPY / NDJSON, bytes a second", copied / streamed, "ratio", 2.0),
            ("memory of the web process, the most beyond what it had", grown, "MB", 50.0),
        ]

    def _streamed(self) -> int:
        """How many bytes the whole set has."""
        connection = http.client.HTTPConnection(site.HOST, self.port, timeout=600)
        connection.request("GET", WHOLE)
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{WHOLE} answered {answer.status}: {answer.read()[:500]!r}")
        got = 0
        while part := answer.read(MB):
            got += len(part)
        connection.close()
        return got

    def _most_memory(self) -> float:
        """The most megabytes that the process which answers has had."""
        children = (
            Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
            .read_text(encoding="ascii")
            .split()
        )
        return max(_high_water(int(pid)) for pid in children)

    def shapes(self, rounds: int) -> list[Figure]:
        """The 95th percentile of each shape."""
        took = measure.turns(
            {name: self.ask(f"/api/v1/{path}") for name, path in SHAPES.items()}, rounds, warm=3
        )
        return [(f"{name}, p95", measure.p95(spent), "ms", 50.0) for name, spent in took.items()]


def _high_water(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _plans(largest: Served, *, written: bool) -> list[Figure]:
    """How many shapes go through a large table, and how many have another plan than the one on file."""
    found: plans.Plans = json.loads(site.call(largest.environment, "border.bench.plans.told()"))
    if written:
        plans.write(found)
    changed = plans.changed(found)
    for line in (*plans.scanned(found), *changed):
        print(f"  {line}", file=sys.stderr)
    return [
        ("shapes that go through a large table", float(len(plans.scanned(found))), "", 0.0),
        ("shapes whose plan is another than on file", float(len(changed)), "", None),
    ]


def _times(name: str, took: list[float]) -> list[Figure]:
    return [
        (f"{name}, median", statistics.median(took), "ms", None),
        (f"{name}, p95", measure.p95(took), "ms", None),
    ]


def _beyond(alone: list[float], *took: list[float]) -> list[list[float]]:
    """What each took beyond the median of what the server takes by itself."""
    least = statistics.median(alone)
    return [[one - least for one in spent] for spent in took]


def _told(took: dict[str, list[float]]) -> list[Figure]:
    return [figure for name, spent in took.items() for figure in _times(name, spent)]


def _costs(took: dict[str, list[float]], sizes: list[int]) -> growth.Costs:
    """The median milliseconds of a page and its rivals, by the size of the world."""
    drawn = [name for name in NAMES if name not in {"304", "server alone"}]
    return {name: {size: statistics.median(took[f"{name}, {size:,}"]) for size in sizes} for name in drawn}


def _ratios(took: dict[str, list[float]], sizes: list[int]) -> list[Figure]:
    found: list[Figure] = []
    for size in sizes:
        page, bare, empty, by_hand, stock, datasette, kept, alone = (
            took[f"{name}, {size:,}"] for name in NAMES
        )
        least = [one + other for one, other in zip(bare, empty, strict=True)]
        found += [
            (f"page / bare SELECT and empty view, {size:,}", measure.ratio(page, least), "ratio", 2.0),
            (f"page / hand-written SQL, {size:,}", measure.ratio(page, by_hand), "ratio", 1.0),
            (f"page / stock DRF, {size:,}", measure.ratio(page, stock), "ratio", 0.1),
            (f"page / Datasette, {size:,}", measure.ratio(page, datasette), "ratio", None),
            (f"304 / page, {size:,}", measure.ratio(kept, page), "ratio", None),
            (
                f"304 / page, beyond the server alone, {size:,}",
                measure.ratio(*_beyond(alone, kept, page)),
                "ratio",
                0.1,
            ),
        ]
    few, many = took[f"page, {sizes[0]:,}"], took[f"page, {sizes[-1]:,}"]
    return [*found, (f"page, {sizes[-1]:,} / {sizes[0]:,}", measure.ratio(many, few), "ratio", 1.5)]
