"""A world of a stated number of published events, of realistic shape and skew, made once and kept.

Beside its events it has the names of 25,000 places and 15,000 actors in both scripts, what lay in what and when, and
who held what: the same in every world, so that worlds differ in the number of their events only.
"""

import datetime as dt
import random
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from border.bench.naming import BODIES, KINDS, TITLES, keys_of, put_together, respelt, spellings
from border.kernel.dates import bounds_for
from border.publication.endpoints import ENDPOINTS
from border.publication.operations import publish
from events.models import Event
from territories.models import Territory

COUNTRIES, GOVERNORATES, WILAYATS, DISTRICTS, TOWNS = 2, 20, 5, 300, 24_673
ACTORS, FURTHER, SOURCES, AUTHORITIES = 15_000, 20_000, 5_000, 20_000
FIRST_DAY, DAYS = dt.date(2003, 1, 1), 7300
# Events are made and published in portions of so many, each in one transaction; worlds have whole portions.
PORTION = 10_000
# A uniform number to this power gives the first of 25,000 places 5 % of the events, the ninth 0.35 %, and the last
# one of them in 90,000.
SKEW = 3.5
WORD = ("airstrike", "battle", "bombing", "shelling", "raid")

BASE = """
INSERT INTO sources_source (slug, kind, title, dataset, search_keys, published, possible, certain, redistributable, reliability, sensitivity)
SELECT d.slug, CASE d.n WHEN 1 THEN 'dataset' ELSE 'news' END, d.name, CASE d.n WHEN 1 THEN 'ucdp-ged' ELSE '' END, d.keys, '',
    daterange(NULL, NULL), 'empty', true, 'C', 'public' FROM drawn d WHERE d.what = 'source' ORDER BY d.n;

INSERT INTO territories_territory (slug, name, name_ar, search_keys, kind, countries, existed, possible, certain, longitude, latitude,
    uncertainty_m)
SELECT d.slug, d.name, d.name_ar, d.keys, d.kind, ARRAY[d.country], '', daterange(NULL, NULL), 'empty', d.longitude, d.latitude, 2000
FROM drawn d WHERE d.what = 'place' ORDER BY d.n;

INSERT INTO territories_containment (slug, child_id, parent_id, basis, period, possible, certain)
SELECT d.slug, c.id, p.id, d.kind, d.date, d.possible, d.certain
FROM drawn d JOIN territories_territory c ON c.slug = d.name JOIN territories_territory p ON p.slug = d.name_ar
WHERE d.what = 'containment' ORDER BY d.n;

INSERT INTO actors_actor (slug, name, name_ar, search_keys, kind, countries, existed, possible, certain)
SELECT d.slug, d.name, d.name_ar, d.keys, d.kind, ARRAY[d.country], '', daterange(NULL, NULL), 'empty'
FROM drawn d WHERE d.what = 'actor' ORDER BY d.n;

INSERT INTO territories_territoryname (record_id, text, search_keys, script, kind, period, possible, certain)
SELECT t.id, d.name, d.keys, 'latn', 'variant', '', daterange(NULL, NULL), 'empty'
FROM drawn d JOIN territories_territory t ON t.slug = d.name_ar WHERE d.what = 'further' ON CONFLICT DO NOTHING;

INSERT INTO actors_actorname (record_id, text, search_keys, script, kind, period, possible, certain)
SELECT a.id, d.name, d.keys, 'latn', 'variant', '', daterange(NULL, NULL), 'empty'
FROM drawn d JOIN actors_actor a ON a.slug = d.name_ar WHERE d.what = 'further' ON CONFLICT DO NOTHING;

INSERT INTO actors_authority (slug, actor_id, role, territory_id, mode, share, period, possible, certain)
SELECT d.slug, a.id, d.kind, t.id, (ARRAY['formal', 'informal', 'hybrid'])[1 + d.n % 3], (ARRAY['sole', 'shared', 'contested'])[1 + d.n % 3],
    d.date, d.possible, d.certain
FROM drawn d JOIN actors_actor a ON a.slug = d.name JOIN territories_territory t ON t.slug = d.name_ar
WHERE d.what = 'authority' ORDER BY d.n;

INSERT INTO actors_authoritycitation (record_id, number, source_id, attribute, asserted_value, stance, locator, quote, credibility)
SELECT r.id, 1, s.id, '', '', 'supports', 'paragraph 1', 'they were said to hold it', '3'
FROM actors_authority r JOIN sources_source s ON s.slug = 'source-' || (1 + r.id % 5000);
"""
EVENTS = """
INSERT INTO events_event (slug, kind, title, search_keys, summary, date, possible, certain, territory_id, longitude, latitude, uncertainty_m)
SELECT d.slug, d.kind, d.title, d.keys, 'Two sides met near the place and both claimed to have held the ground until nightfall.',
    d.date, d.possible, d.certain, t.id, t.longitude, t.latitude, 5000
FROM happened d JOIN territories_territory t ON t.slug = d.place ORDER BY d.n;

INSERT INTO events_participation (event_id, actor_id, role, certainty)
SELECT e.id, a.id, side.role, 'confirmed'
FROM happened d JOIN events_event e ON e.slug = d.slug
CROSS JOIN LATERAL (VALUES ('side_a', d.side_a), ('side_b', d.side_b)) side(role, slug)
JOIN actors_actor a ON a.slug = side.slug;

INSERT INTO events_eventcitation (record_id, number, source_id, attribute, asserted_value, stance, locator, quote, credibility)
SELECT e.id, k.number, s.id, CASE k.number WHEN 1 THEN 'date' ELSE '' END, CASE k.number WHEN 1 THEN e.date ELSE '' END,
    CASE WHEN k.number = 2 AND d.contested THEN 'disputes' ELSE 'supports' END, 'paragraph ' || k.number,
    'fighting was reported near the town', '3'
FROM happened d JOIN events_event e ON e.slug = d.slug
CROSS JOIN LATERAL (VALUES (1, d.source_1), (2, d.source_2)) k(number, slug)
JOIN sources_source s ON s.slug = k.slug;

INSERT INTO events_casualty (event_id, number, kind, whom, low, best, high, source_id)
SELECT e.id, k, CASE k WHEN 1 THEN 'killed' ELSE 'injured' END, 'unknown', d.n % 5, d.n % 5 + 1, d.n % 5 + 4, s.id
FROM happened d JOIN events_event e ON e.slug = d.slug CROSS JOIN generate_series(1, 2) k
JOIN sources_source s ON s.slug = d.source_1
WHERE k = 1 OR d.n % 10 < 3;
"""
# Made-up rows have no history worth keeping; without it the world is made in a fraction of the time.
BASE_TABLES = [
    "sources_source",
    "territories_territory",
    "territories_territoryname",
    "territories_containment",
    "actors_actor",
    "actors_actorname",
    "actors_authority",
    "actors_authoritycitation",
]
EVENT_TABLES = ["events_event", "events_participation", "events_eventcitation", "events_casualty"]


def make(events: int) -> None:
    """Fill a migrated database with the world, or make one that was made for fewer events larger, and publish it."""
    begun = time.monotonic()
    reviewer, _ = get_user_model().objects.get_or_create(username="bench")
    if not Territory.objects.exists():
        _make_base(reviewer)
        say("all but the events made and published", begun)
    names = dict(Territory.objects.filter(kind="town").values_list("slug", "name"))
    for first in range(Event.objects.count() + 1, events + 1, PORTION):
        _make_events(reviewer, first, names)
        say(f"{first + PORTION - 1:,} events made and published", begun)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    say("vacuumed", begun)


def _make_base(reviewer: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor, quiet(cursor, BASE_TABLES):
        _taken(cursor, "drawn", Drawn, _base())
        cursor.execute(BASE)
        records = [endpoint.model.objects.all() for endpoint in ENDPOINTS.values()]
        publish(*records, by=reviewer, reason="A world to measure")


def _make_events(reviewer: Any, first: int, names: dict[str, str]) -> None:
    last = first + PORTION - 1
    with transaction.atomic(), connection.cursor() as cursor, quiet(cursor, EVENT_TABLES):
        _taken(cursor, "happened", Happened, _happened(first, names))
        cursor.execute(EVENTS)
        portion = Event.objects.filter(slug__range=(f"event-{first:07}", f"event-{last:07}"))
        publish(portion, by=reviewer, reason=f"Events from {first:,} on, to measure")


class Drawn(NamedTuple):
    """A record that is not an event, or a further name; what ``name`` and ``name_ar`` are depends on what it is."""

    what: str
    n: int
    slug: str
    name: str
    name_ar: str = ""
    keys: Sequence[str] = ()
    kind: str = ""
    country: str = ""
    longitude: float | None = None
    latitude: float | None = None
    date: str = ""
    possible: Any = None
    certain: Any = None


class Happened(NamedTuple):
    """An event with all that belongs to it."""

    n: int
    slug: str
    kind: str
    title: str
    keys: Sequence[str]
    date: str
    possible: Any
    certain: Any
    place: str
    side_a: str
    side_b: str
    source_1: str
    source_2: str
    contested: bool


_TYPES = {
    str: "text",
    int: "bigint",
    float: "float8",
    bool: "boolean",
    Any: "daterange",
    Sequence[str]: "text[]",
}


def _taken(cursor: Any, table: str, shape: type[NamedTuple], rows: Iterable[NamedTuple]) -> None:
    """Bring ``rows`` into a table of their own that goes with the transaction."""
    columns = [f"{name} {_TYPES.get(kind, 'float8')}" for name, kind in shape.__annotations__.items()]
    cursor.execute(f"CREATE TEMPORARY TABLE {table} ({', '.join(columns)}) ON COMMIT DROP")
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row([list(one) if isinstance(one, tuple) else one for one in row])
    cursor.execute(f"ANALYZE {table}")


def _base() -> Iterator[Drawn]:
    dice, words = random.Random(2014), spellings()  # noqa: S311 -- the same world every time
    bearers = []
    for place in _places(dice, words):
        bearers.append((place.slug, place.name))
        yield place
    yield from _containments()
    for number in range(1, ACTORS + 1):
        name = put_together(dice, words, BODIES)
        bearers.append((f"actor-{number}", name[0]))
        yield Drawn(
            "actor", number, f"actor-{number}", *name, keys_of(*name),
            kind=("militia", "person", "nonstate_armed_group")[number % 3], country=("IQ", "SY")[number % 2],
        )  # fmt: skip
    for number in range(1, FURTHER + 1):
        slug, known_as = dice.choice(bearers)
        text = respelt(dice, known_as, number)
        yield Drawn("further", number, "", text, slug, keys_of(text))
    for number in range(1, SOURCES + 1):
        title = f"{dice.choice(TITLES)} {dice.choice(bearers)[1]}"
        yield Drawn("source", number, f"source-{number}", title, keys=keys_of(title))
    for number in range(1, AUTHORITIES + 1):
        yield _authority(dice, number)


def _places(dice: random.Random, words: Any) -> Iterator[Drawn]:
    """The places, the widest first; a town lies near the middle of its governorate."""
    number, known = 0, [put_together(dice, words, KINDS)]
    for kind, slug, count in (
        ("country", "country", COUNTRIES),
        ("governorate", "governorate", GOVERNORATES),
        ("governorate", "wilayat", WILAYATS),
        ("district", "district", DISTRICTS),
        ("town", "town", TOWNS),
    ):
        for one in range(1, count + 1):
            number += 1
            # Every fourth is the namesake of another.
            name = dice.choice(known) if number % 4 == 0 else put_together(dice, words, KINDS)
            known.append(name)
            governorate = one % GOVERNORATES
            yield Drawn(
                "place", number, f"{slug}-{one}", *name, keys_of(*name), kind,
                ("IQ", "SY")[governorate % 2],
                round(38 + governorate % 5 * 1.5 + dice.random(), 6),
                round(31 + governorate // 5 * 1.5 + dice.random(), 6),
            )  # fmt: skip


def _containments() -> Iterator[Drawn]:
    """Towns in districts, districts in governorates, those in countries; and for some years districts in wilayats."""
    links = [
        *((f"governorate-{n}", f"country-{1 + n % COUNTRIES}", "") for n in range(1, GOVERNORATES + 1)),
        *((f"district-{n}", f"governorate-{1 + n % GOVERNORATES}", "") for n in range(1, DISTRICTS + 1)),
        *((f"town-{n}", f"district-{1 + n % DISTRICTS}", "") for n in range(1, TOWNS + 1)),
        *((f"district-{n}", f"wilayat-{1 + n % WILAYATS}", "2014-06-29/2017-11-17") for n in range(1, 41)),
    ]
    for number, (child, parent, period) in enumerate(links, 1):
        basis = "declared" if period else "de_jure"
        slug = f"{child}-in-{parent}"
        yield Drawn(
            "containment", number, slug, child, parent, (), basis, "", None, None, period, *_bounds(period)
        )


def _authority(dice: random.Random, number: int) -> Drawn:
    day = FIRST_DAY + dt.timedelta(int(DAYS * dice.random()))
    last = day + dt.timedelta(int(2000 * dice.random() ** 2))
    period = f"{day}/.." if number % 10 == 0 else f"{day}/{last}"
    where = f"town-{_skewed(dice, TOWNS)}" if number % 3 else f"district-{_skewed(dice, DISTRICTS)}"
    role = ("governs", "controls", "present", "contests", "influences")[number % 5]
    actor = f"actor-{_skewed(dice, ACTORS)}"
    return Drawn(
        "authority",
        number,
        f"authority-{number}",
        actor,
        where,
        (),
        role,
        "",
        None,
        None,
        period,
        *_bounds(period),
    )


def _happened(first: int, names: dict[str, str]) -> Iterator[Happened]:
    """A portion of the events; the same ones in a small world and in a large one."""
    dice = random.Random(2014 + first)  # noqa: S311 -- the same world every time
    for number in range(first, first + PORTION):
        day = FIRST_DAY + dt.timedelta(int(DAYS * dice.random()))
        place = f"town-{_skewed(dice, TOWNS)}"
        title = f"{TITLES[int(len(TITLES) * dice.random() ** 2)]} {names[place]}"[:200]
        date = _dated(dice, day)
        possible, certain = _bounds(date)
        yield Happened(
            number, f"event-{number:07}", "coup" if number % 2000 == 0 else WORD[int(5 * dice.random() ** 2)],
            title, _title_keys(title), date, possible, certain, place,
            _active(dice, day), _active(dice, day),
            "source-1" if number % 5 < 2 else f"source-{_skewed(dice, SOURCES)}", f"source-{_skewed(dice, SOURCES)}",
            number % 50 == 0,
        )  # fmt: skip


def _dated(dice: random.Random, day: dt.date) -> str:
    """The day, or as much as is known of it: most events have a day, some a month, few a year."""
    known = dice.random()
    if known < 0.82:
        return day.isoformat()
    if known < 0.90:
        return f"{day}/{day + dt.timedelta(6)}"
    return f"{day:%Y-%m}" if known < 0.97 else f"{day:%Y}"


def _active(dice: random.Random, day: dt.date) -> str:
    """An actor that fights on this day: each has years in which it does, one in three all the time."""
    while True:
        number = _skewed(dice, ACTORS)
        begins = 2003 + number * 7 % 18
        if number % 3 == 0 or begins <= day.year < begins + 2 + number % 9:
            return f"actor-{number}"


def _skewed(dice: random.Random, count: int) -> int:
    return 1 + int(count * dice.random() ** SKEW)


@cache
def _bounds(text: str) -> tuple[Any, Any]:
    return bounds_for(text)


@cache
def _title_keys(title: str) -> tuple[str, ...]:
    return tuple(keys_of(title))


@contextmanager
def quiet(cursor: Any, tables: Iterable[str]) -> Iterator[None]:
    """Lets rows into ``tables`` without a trigger of ours for each; deferred rules are judged before the end."""
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def say(what: str, begun: float) -> None:
    """Tell whoever waits how far it has come."""
    print(f"  {what} after {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
