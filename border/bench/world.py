"""A world of a stated number of published events, of realistic shape and skew, made once and kept.

Two participants, two citations and 1.3 casualty claims an event; territories, actors and sources are drawn with a
skew like that of conflict data: a few see most of it.
"""

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from border.publication.endpoints import ENDPOINTS
from border.publication.operations import publish

# Drawing with the square of a uniform number gives the first tenth of the places a third of the events.
WORLD = """
INSERT INTO sources_source (slug, kind, title, published, possible, certain, redistributable, reliability, sensitivity)
SELECT 'source-' || n, 'news', 'Report no. ' || n, '', daterange(NULL, NULL), 'empty', true, 'C', 'public'
FROM generate_series(1, 500) n;

INSERT INTO territories_territory (slug, name, kind, existed, possible, certain, longitude, latitude, uncertainty_m)
SELECT 'place-' || n, 'Place no. ' || n, CASE WHEN n <= 20 THEN 'district' ELSE 'town' END, '', daterange(NULL, NULL), 'empty',
    round((38 + 6 * ((n * 7919) % 1000) / 1000.0)::numeric, 6), round((32 + 4 * ((n * 104729) % 1000) / 1000.0)::numeric, 6), 2000
FROM generate_series(1, 400) n;

INSERT INTO territories_containment (slug, child_id, parent_id, basis, period, possible, certain)
SELECT 'place-' || n || '-within', c.id, p.id, 'de_jure', '', daterange(NULL, NULL), 'empty'
FROM generate_series(21, 400) n
JOIN territories_territory c ON c.slug = 'place-' || n
JOIN territories_territory p ON p.slug = 'place-' || (1 + n % 20);

INSERT INTO actors_actor (slug, name, kind, existed, possible, certain)
SELECT 'actor-' || n, 'Actor no. ' || n, 'militia', '', daterange(NULL, NULL), 'empty' FROM generate_series(1, 300) n;
"""
EVENTS = """
INSERT INTO events_event (slug, kind, title, summary, date, possible, certain, territory_id, longitude, latitude, uncertainty_m)
SELECT 'event-' || lpad(n::text, 7, '0'), (ARRAY['airstrike', 'battle', 'bombing', 'shelling', 'raid'])[1 + n % 5],
    'Event no. ' || n, 'Two sides met near the place and both claimed to have held the ground until nightfall.',
    to_char(day, 'YYYY-MM-DD'), daterange(day, day + 1), daterange(day, day + 1), t.id, t.longitude, t.latitude, 5000
FROM (
    SELECT n, date '2003-01-01' + ((n * 7919) % 7300)::int AS day, 1 + floor(400 * (((n * 15485863) % 100003) / 100003.0) ^ 2)::int AS place
    FROM generate_series(1::bigint, %(events)s) n
) drawn JOIN territories_territory t ON t.slug = 'place-' || place;

INSERT INTO events_participation (event_id, actor_id, role, certainty)
SELECT e.id, a.id, side.role, 'confirmed'
FROM events_event e
CROSS JOIN (VALUES ('side_a', 1), ('side_b', 2)) side(role, k)
JOIN actors_actor a ON a.slug = 'actor-' || (1 + (floor(150 * (((e.id * 32452843 * side.k) % 100003) / 100003.0) ^ 2)::int) * 2 + side.k - 1);

INSERT INTO events_eventcitation (record_id, number, source_id, attribute, asserted_value, stance, locator, quote, credibility)
SELECT e.id, k, s.id, CASE k WHEN 1 THEN 'date' ELSE '' END, CASE k WHEN 1 THEN e.date ELSE '' END,
    CASE WHEN k = 2 AND e.id % 7 = 0 THEN 'disputes' ELSE 'supports' END, 'paragraph ' || k, 'fighting was reported near the town', '3'
FROM events_event e CROSS JOIN generate_series(1, 2) k
JOIN sources_source s ON s.slug = 'source-' || (1 + (e.id * 49979687 * k) % 500);

INSERT INTO events_casualty (event_id, number, kind, whom, low, best, high, source_id)
SELECT e.id, k, CASE k WHEN 1 THEN 'killed' ELSE 'injured' END, 'unknown', e.id % 5, e.id % 5 + 1, e.id % 5 + 4, s.id
FROM events_event e CROSS JOIN generate_series(1, 2) k
JOIN sources_source s ON s.slug = 'source-' || (1 + (e.id * 67867967 * k) % 500)
WHERE k = 1 OR e.id % 10 < 3;
"""
# Made-up rows have no history worth keeping; without it the world is made in a fraction of the time.
TRACKED = [
    "sources_source",
    "territories_territory",
    "territories_containment",
    "actors_actor",
    "events_event",
    "events_participation",
    "events_eventcitation",
    "events_casualty",
]


def make(events: int) -> None:
    """Fill an empty, migrated database with the world, and publish it."""
    begun = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor, quiet(cursor, TRACKED):
        cursor.execute(WORLD)
        cursor.execute(EVENTS.replace("%(events)s", str(events)))
    say(f"{events:,} events made", begun)
    reviewer, _ = get_user_model().objects.get_or_create(username="bench")
    publish(
        *(endpoint.model.objects.all() for endpoint in ENDPOINTS.values()),
        by=reviewer,
        reason="A world to measure",
    )
    say("published", begun)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    say("vacuumed", begun)


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
