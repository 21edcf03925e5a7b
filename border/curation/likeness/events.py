"""How alike two events are: by their days, place, actors, kind and title."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

from actors.models import Actor
from border.curation.likeness.alike import Alike, apart, metres
from border.kernel.names import grade
from border.kernel.records import search_keys
from events.choices import EventKind

# What each agreement says at most; together they are certainty.
DAYS, PLACE, ACTORS, TITLE, KIND = 0.3, 0.25, 0.2, 0.15, 0.1
NEAR_M = 10_000
# Of so many the titles are compared, one by one.
COMPARED = 300
# An event that may have happened on any day of a long time is like too many others to be listed with all.
LONGEST_DAYS = 31
# The longest time that counts as one, for those that have no end.
_ENDLESS = 36_500

ASKED = """SELECT NULL::bigint AS id, %(possible)s::daterange AS possible, %(longitude)s::float8 AS longitude,
    %(latitude)s::float8 AS latitude, %(territory)s::bigint AS territory_id, %(kind)s::text AS kind, %(title)s::text AS title,
    %(keys)s::text[] AS keys, %(actors)s::bigint[] AS actors"""
STORED = """SELECT e.id, e.possible, e.longitude::float8, e.latitude::float8, e.territory_id, e.kind, e.title,
    ARRAY(SELECT k FROM unnest(e.search_keys) k WHERE k ~ '^[efs]:') AS keys,
    ARRAY(SELECT p.actor_id FROM events_participation p WHERE p.event_id = e.id) AS actors
    FROM events_event e WHERE {condition}"""

_LENGTH = f"coalesce(upper({{0}}) - lower({{0}}), {_ENDLESS})"
_SHARED = _LENGTH.format("(a.possible * b.possible)")
# Days that only touch count half: reports of one night often differ by a day.
_DAYS = (
    f"CASE WHEN a.possible && b.possible THEN {_SHARED}::float8 / greatest({_LENGTH.format('a.possible')}, "
    f"{_LENGTH.format('b.possible')}, 1) ELSE 0.5 END"
)
_FOUND = f"""
WITH asked AS MATERIALIZED ({{asked}}), near AS MATERIALIZED (
    SELECT a.id AS one, b.id AS other, {_DAYS} AS days, {metres("a", "b")} AS metres, a.territory_id AS place,
        b.territory_id AS other_place, a.kind AS kind, b.kind AS other_kind, a.title AS title, b.title AS other_title,
        a.actors, ARRAY(SELECT p.actor_id FROM events_participation p WHERE p.event_id = b.id) AS other_actors
    FROM asked a JOIN events_event b
        ON b.possible && daterange(lower(a.possible) - 1, upper(a.possible) + 1) AND {{which}}
    WHERE (b.territory_id = a.territory_id OR {metres("a", "b")} <= {NEAR_M} {{otherwise}}) AND {{apart}}
), ranked AS (
    SELECT near.*, ARRAY(SELECT unnest(actors) INTERSECT SELECT unnest(other_actors)) AS shared,
        ARRAY(SELECT unnest(actors) UNION SELECT unnest(other_actors)) AS either FROM near
)
SELECT one, other, days, metres, CASE WHEN place = other_place THEN 'same' WHEN EXISTS (
        SELECT FROM territories_containment c WHERE (c.child_id, c.parent_id) IN ((place, other_place), (other_place, place))
    ) THEN 'inside' ELSE '' END, kind, other_kind, title, other_title, shared, cardinality(shared)::float8 / greatest(cardinality(either), 1),
    cardinality(actors) > 0 AND cardinality(other_actors) > 0
FROM ranked
ORDER BY {DAYS} * days + {PLACE} * (place = other_place OR coalesce(metres <= {NEAR_M}, false))::int
    + {ACTORS} * cardinality(shared) / greatest(cardinality(either), 1) + {KIND} * (kind = other_kind)::int DESC, other
LIMIT {COMPARED}
"""
_ELSEWHERE = """OR b.search_keys && a.keys
    OR EXISTS (SELECT FROM events_participation p WHERE p.event_id = b.id AND p.actor_id = ANY(a.actors))"""


class _Facts(NamedTuple):
    one: int | None
    other: int
    days: float
    metres: float | None
    place: str
    kind: str
    other_kind: str
    title: str
    other_title: str
    shared: Sequence[int]
    share: float
    both_peopled: bool


def like_what_is_typed(values: dict[str, Any], apart_from: str) -> list[Alike]:
    """The events that are like one not yet saved: ``values`` are its possible days, point, territory, kind, title, actors.

    ``apart_from`` is SQL of which events ``b`` may be compared with ``a`` at all.
    """
    keys = [key for key in search_keys(values["title"]) if key[0] in "efs"] if values["title"] else []
    return _alike(ASKED, {**values, "keys": keys}, "true", _ELSEWHERE, apart_from)


def like(pk: int, apart_from: str) -> list[Alike]:
    """The events that are like the event ``pk``."""
    return _alike(
        STORED.format(condition="e.id = %(pk)s"), {"pk": pk}, "b.id <> a.id", _ELSEWHERE, apart_from
    )


def pairs(apart_from: str) -> list[Alike]:
    """The pairs of events that are most alike, of all that are dated to a month or closer and lie near each other."""
    short = f"upper({{0}}.possible) - lower({{0}}.possible) <= {LONGEST_DAYS}"
    return _alike(
        STORED.format(condition=short.format("e")), {}, f"b.id > a.id AND {short.format('b')}", "", apart_from
    )


def _alike(asked: str, values: dict[str, Any], which: str, otherwise: str, apart_from: str) -> list[Alike]:
    with connection.cursor() as cursor:
        cursor.execute(_FOUND.format(asked=asked, which=which, otherwise=otherwise, apart=apart_from), values)
        rows = [_Facts(*row) for row in cursor.fetchall()]
    names = _names(pk for row in rows for pk in row.shared)
    return [_weighed(row, names) for row in rows]


def _names(keys: Iterable[int]) -> dict[int, str]:
    return dict(Actor.objects.filter(pk__in=set(keys)).values_list("pk", "name"))


def _weighed(facts: _Facts, names: dict[int, str]) -> Alike:
    found = Alike(facts.one, facts.other)
    found.weigh(DAYS * facts.days, "The same days." if facts.days == 1 else "Days that touch or overlap.")
    if facts.place == "same":
        found.weigh(PLACE, "The same territory.")
    elif facts.metres is not None and facts.metres <= NEAR_M:
        found.weigh(PLACE, f"{apart(facts.metres).capitalize()}.")
    elif facts.place == "inside":
        found.weigh(PLACE / 2, "One territory lies in the other.")
    else:
        found.weigh(
            -PLACE, "Another place." if facts.metres is None else f"{apart(facts.metres).capitalize()}."
        )
    if facts.shared:
        who = ", ".join(sorted(names[pk] for pk in facts.shared))
        found.weigh(ACTORS * facts.share, f"Both name {who}.")
    elif facts.both_peopled:
        found.weigh(-ACTORS / 2, "They name nobody in common.")
    if facts.kind and facts.kind == facts.other_kind:
        found.weigh(KIND, f"The same kind: {EventKind(facts.kind).label.lower()}.")
    graded = grade(facts.title, facts.other_title) if facts.title else None
    if graded:
        found.weigh(
            TITLE * graded[1], "The same title." if graded[0] == "exact" else "Titles that are alike."
        )
    return found
