"""A world as curators meet it: many names in both scripts, namesakes among them, and events that many have worked on.

Names are the words of the fixtures put together anew, so that they have the shapes, the articles and the spellings
of real ones; a few words and places see most of it. Nothing is published: the admin reads the working tables only.
"""

import random
import time
from collections.abc import Iterator
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection, transaction

from border.bench.naming import BODIES, KINDS, TITLES, keys_of, one_of, put_together, respelt, spellings
from border.bench.world import quiet, say

WHO = "bench-curator"
# The event whose form is measured, and the name that its citations have in the list.
CITED, CITATIONS = "event-0000007", 50
PEOPLE = 10
# Of every hundred names: a place and an actor have two each, the rest are further names.
PLACES, ACTORS, FURTHER = 25, 15, 20

DRAWN = "SELECT slug, name, name_ar, search_keys, n FROM drawn WHERE what = %s ORDER BY n"
BASE = f"""
INSERT INTO territories_territory (slug, name, name_ar, search_keys, kind, countries, existed, possible, certain)
SELECT slug, name, name_ar, search_keys, CASE WHEN n <= 300 THEN 'district' ELSE 'town' END, ARRAY['IQ'], '',
    daterange(NULL, NULL), 'empty' FROM ({DRAWN.replace("%s", "'place'")}) d;

INSERT INTO territories_containment (slug, child_id, parent_id, basis, period, possible, certain)
SELECT c.slug || '-within', c.id, p.id, 'de_jure', '', daterange(NULL, NULL), 'empty'
FROM drawn d JOIN territories_territory c USING (slug) JOIN territories_territory p ON p.slug = 'place-' || (1 + d.n % 300)
WHERE d.what = 'place' AND d.n > 300;

INSERT INTO actors_actor (slug, name, name_ar, search_keys, kind, countries, existed, possible, certain)
SELECT slug, name, name_ar, search_keys, (ARRAY['militia', 'person', 'nonstate_armed_group'])[1 + n % 3], ARRAY['SY'], '',
    daterange(NULL, NULL), 'empty' FROM ({DRAWN.replace("%s", "'actor'")}) d;

INSERT INTO territories_territoryname (record_id, text, search_keys, script, kind, period, possible, certain)
SELECT t.id, d.name, d.search_keys, 'latn', 'variant', '', daterange(NULL, NULL), 'empty'
FROM drawn d JOIN territories_territory t ON t.slug = d.name_ar WHERE d.what = 'further' ON CONFLICT DO NOTHING;

INSERT INTO actors_actorname (record_id, text, search_keys, script, kind, period, possible, certain)
SELECT a.id, d.name, d.search_keys, 'latn', 'variant', '', daterange(NULL, NULL), 'empty'
FROM drawn d JOIN actors_actor a ON a.slug = d.name_ar WHERE d.what = 'further' ON CONFLICT DO NOTHING;

INSERT INTO sources_source (slug, kind, title, publisher, search_keys, published, possible, certain, redistributable, reliability, sensitivity)
SELECT slug, 'news', name, name_ar, search_keys, '', daterange(NULL, NULL), 'empty', true, 'C', 'public'
FROM ({DRAWN.replace("%s", "'source'")}) d;

INSERT INTO events_event (slug, kind, title, search_keys, summary, date, possible, certain, territory_id, status, confidence, longitude,
    latitude, uncertainty_m)
SELECT d.slug, (ARRAY['airstrike', 'battle', 'bombing', 'shelling', 'raid'])[1 + d.n % 5], d.name, d.search_keys,
    'Two sides met near the place and both claimed to have held the ground until nightfall.', to_char(d.day, 'YYYY-MM-DD'),
    daterange(d.day, d.day + 1), daterange(d.day, d.day + 1), t.id,
    CASE WHEN d.n % 100 = 0 THEN 'in_review' WHEN d.n % 3 = 0 THEN 'published' ELSE 'draft' END,
    (ARRAY['low', 'moderate', 'high'])[1 + d.n % 3], 41 + (d.n % 1000) / 1000.0, 34 + (d.n % 777) / 1000.0, 5000
FROM (SELECT *, date '2003-01-01' + ((n * 7919) % 7300)::int AS day FROM drawn WHERE what = 'event' ORDER BY n) d
JOIN territories_territory t ON t.slug = d.name_ar;
"""
ROWS = """
INSERT INTO events_participation (event_id, actor_id, role, certainty)
SELECT e.id, a.id, side.role, 'confirmed'
FROM events_event e CROSS JOIN (VALUES ('side_a', 1), ('side_b', 2)) side(role, k)
JOIN actors_actor a ON a.slug = 'actor-' || (1 + (floor(500 * (((e.id * 32452843 * side.k) %% 100003) / 100003.0) ^ 2)::int) * 2 + side.k);

INSERT INTO events_eventcitation (record_id, number, source_id, stance, locator, quote, credibility)
SELECT e.id, k, s.id, CASE WHEN k = 2 AND e.id %% 7 = 0 THEN 'disputes' ELSE 'supports' END, 'paragraph ' || k,
    'fighting was reported near the town', '3'
FROM events_event e CROSS JOIN LATERAL generate_series(1, CASE WHEN e.slug = %(cited)s THEN %(citations)s ELSE e.id %% 4 END) k
JOIN sources_source s ON s.slug = 'source-' || (1 + (e.id * 49979687 * k) %% (SELECT count(*) FROM sources_source));
"""
# Each save has a context of its own, as in the admin; a few people do most of the work.
HISTORY = """
CREATE TEMPORARY TABLE saves ON COMMIT DROP AS
SELECT gen_random_uuid() AS context, e.id AS event, v AS version,
    (%(people)s::bigint[])[1 + floor(cardinality(%(people)s::bigint[]) * (((e.id * 15485863 * v) %% 100003) / 100003.0) ^ 2)::int] AS who
FROM events_event e CROSS JOIN generate_series(1, 2) v;

INSERT INTO pghistory_context (id, created_at, updated_at, metadata)
SELECT context, now(), now(), jsonb_build_object('user', who, 'why', '', 'via', 'admin') FROM saves;

INSERT INTO events_eventhistoryevent (pgh_created_at, pgh_label, pgh_obj_id, pgh_context_id, {columns})
SELECT now(), CASE version WHEN 1 THEN 'insert' ELSE 'update' END, e.id, s.context, {values}
FROM saves s JOIN events_event e ON e.id = s.event ORDER BY s.version, e.id;
"""
TABLES = [
    "sources_source",
    "territories_territory",
    "territories_territoryname",
    "territories_containment",
    "actors_actor",
    "actors_actorname",
    "events_event",
    "events_eventhistoryevent",
    "events_participation",
    "events_eventcitation",
]


def make(names: int, events: int) -> None:
    """Fill an empty, migrated database with about ``names`` names and with ``events`` events."""
    begun = time.monotonic()
    with transaction.atomic(), connection.cursor() as cursor, quiet(cursor, TABLES):
        cursor.execute(
            "CREATE TEMPORARY TABLE drawn (what text, n bigint, slug text, name text, name_ar text, search_keys text[])"
            " ON COMMIT DROP"
        )
        with cursor.copy("COPY drawn FROM STDIN") as copy:
            for row in _drawn(names, events):
                copy.write_row(row)
        cursor.execute("ANALYZE drawn")
        say(f"{names:,} names and {events:,} titles drawn", begun)
        cursor.execute(BASE)
        cursor.execute(ROWS, {"cited": CITED, "citations": CITATIONS})
        columns = [
            column
            for column in _columns(cursor, "events_eventhistoryevent")
            if not column.startswith("pgh_") and column != "by_role"
        ]
        cursor.execute(
            HISTORY.format(columns=", ".join(columns), values=", ".join(f"e.{column}" for column in columns)),
            {"people": _people()},
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    say("made and vacuumed", begun)


def _people() -> list[int]:
    """The curators, the one who will ask first among them."""
    group = Group.objects.get(name="curator")
    people = [
        get_user_model().objects.create(username=name, is_staff=True)
        for name in [*(f"bench-{number}" for number in range(1, PEOPLE)), WHO]
    ]
    for person in people:
        person.groups.add(group)
    return [person.pk for person in people]


def _columns(cursor: Any, table: str) -> list[str]:
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


def _drawn(names: int, events: int) -> Iterator[tuple[Any, ...]]:
    """Rows for the names of each noun; of a further name and an event, the third text is whose it is."""
    dice, words = random.Random(2014), spellings()  # noqa: S311 -- the same world every time
    share = names // 100
    bearers: list[tuple[str, str]] = []
    for what, count, firsts in (("place", PLACES * share, KINDS), ("actor", ACTORS * share, BODIES)):
        known: list[tuple[str, str]] = []
        for number in range(1, count + 1):
            # Every fourth is the namesake of another.
            name = dice.choice(known) if number % 4 == 0 else put_together(dice, words, firsts)
            known.append(name)
            bearers.append((f"{what}-{number}", name[0]))
            yield what, number, f"{what}-{number}", *name, keys_of(*name)
    for number in range(1, FURTHER * share + 1):
        slug, known_as = dice.choice(bearers)
        text = respelt(dice, known_as, number)
        yield "further", number, "", text, slug, keys_of(text)
    for number in range(1, max(events // 10, CITATIONS) + 1):
        title = f"{one_of(dice, TITLES)} {dice.choice(bearers)[1]}"
        yield "source", number, f"source-{number}", title, one_of(dice, words)[0], keys_of(title)
    places = PLACES * share
    for number in range(1, events + 1):
        slug, known_as = bearers[int(places * dice.random() ** 2)]
        title = f"{one_of(dice, TITLES)} {known_as}"[:200]
        yield "event", number, f"event-{number:07}", title, slug, keys_of(title)
