"""Which events of different datasets may be one: pairs near in time and place, compared and weighed by one statement.

Events are put into boxes of some days and a quarter of a degree, as many as each may lie in; those that share a box are
looked at, each pair once. What has no point is looked at with what lies in its territory. That takes time in proportion
to the events and to how crowded their boxes are, not to the square of the events.
"""

from collections.abc import Iterable

from actors.choices import RelationshipKind
from border.curation.likeness.alike import DEGREE_M, metres
from border.documents.sql import literal
from border.kernel.records import Status
from border.links import weights
from border.links.killed import killed
from border.links.models.candidate import OURS
from events.choices import EventKind, ParticipantRole
from territories.choices import TerritoryKind

# So many days apart, and so many metres beyond what both may be wrong, two events may still be one.
DAYS = 3
BEYOND_M = 10_000
# An event that may have happened on any day of a longer time is like too many others to be compared with all.
LONGEST_DAYS = 31
# A point that may be wrong by more is known to its surroundings only.
WELL_KNOWN_M = 5_000
SPOT_M = 1_500
# Less likely pairs are not kept.
LEAST = 0.05
# The width of a box.
_BOX_DAYS, _BOX_DEGREES = 4, 0.25

# What can be taken for each other: datasets draw the lines between weapons, and who was meant, differently.
_ARMED = (
    EventKind.BATTLE, EventKind.RAID, EventKind.OPERATION, EventKind.TAKEOVER, EventKind.AIRSTRIKE, EventKind.SHELLING,
    EventKind.BOMBING, EventKind.CHEMICAL,
)  # fmt: skip
_ON_CIVILIANS = (
    EventKind.CIVILIANS, EventKind.ASSASSINATION, EventKind.ABDUCTION, EventKind.AIRSTRIKE, EventKind.SHELLING,
    EventKind.BOMBING, EventKind.CHEMICAL,
)  # fmt: skip
_CROWDS = (EventKind.PROTEST, EventKind.UNREST)
# Who reports an event or stands between its sides tells nothing of which event it is.
_BESIDE = (ParticipantRole.CLAIMANT, ParticipantRole.MEDIATOR, ParticipantRole.HOST)
_SMALL = (
    TerritoryKind.TOWN, TerritoryKind.NEIGHBOURHOOD, TerritoryKind.CROSSING, TerritoryKind.BASE, TerritoryKind.FIELD,
    TerritoryKind.SUBDISTRICT, TerritoryKind.DISTRICT,
)  # fmt: skip
# What is known to a whole country only is compared with nothing.
_TOO_WIDE = (TerritoryKind.COUNTRY, TerritoryKind.REGION, TerritoryKind.BORDER)


def _listed(words: Iterable[object]) -> str:
    return ", ".join(literal(str(word)) for word in words)


def _box(low: str, high: str, size: float) -> str:
    return f"generate_series(floor(({low}) / {size})::int, floor(({high}) / {size})::int)"


_EVENTS = f"""
event AS MATERIALIZED (
    SELECT e.id, lower(e.possible) AS begun, upper(e.possible) - 1 AS ended, e.longitude::float8 AS longitude,
        e.latitude::float8 AS latitude, coalesce(e.uncertainty_m, 0) AS uncertainty, e.territory_id AS territory, e.kind,
        coalesce(d.datasets, ARRAY['{OURS}']) AS datasets, coalesce(p.actors, '{{}}') AS actors, coalesce(p.bodies, '{{}}') AS bodies, k.low, k.best, k.high
    FROM events_event e
    LEFT JOIN (
        SELECT k.event_id, array_agg(DISTINCT s.dataset::text ORDER BY s.dataset::text) AS datasets FROM events_externalrecord k
        JOIN sources_source s ON s.id = k.release_id WHERE s.dataset <> '' GROUP BY 1
    ) d ON d.event_id = e.id
    LEFT JOIN (
        SELECT event_id, array_agg(DISTINCT actor_id) AS actors, array_agg(DISTINCT body) AS bodies
        FROM events_participation JOIN reckoned ON reckoned.actor = actor_id WHERE role NOT IN ({_listed(_BESIDE)}) GROUP BY 1
    ) p ON p.event_id = e.id
    LEFT JOIN ({killed()}) k ON k.event_id = e.id
    WHERE e.status <> '{Status.WITHDRAWN.value}' AND NOT lower_inf(e.possible) AND NOT upper_inf(e.possible)
        AND upper(e.possible) - lower(e.possible) <= {LONGEST_DAYS}
        AND NOT EXISTS (SELECT FROM curation_merge m WHERE m.endpoint = 'events' AND m.slug = e.slug AND m.undone_at IS NULL)
)"""

# Half of what may lie between two points, on each side of each: the boxes of any two that may be one meet.
_NORTH = f"(({BEYOND_M} / 2 + uncertainty) / {DEGREE_M})"
_EAST = f"(({BEYOND_M} / 2 + uncertainty) / ({DEGREE_M} * greatest(cos(radians(abs(latitude))), 0.01)))"


def _days(slack: int) -> str:
    """SQL of the boxes of days in which an event may lie, or one that is so many days off."""
    day = "DATE '2000-01-01'"
    return f"{_box(f'begun - {day} - {slack}', f'ended - {day} + {slack}', _BOX_DAYS)} AS day"


def _boxed(slack: int) -> str:
    """SQL of the boxes of place and days of all events that have a point, each with the first of those of its event."""
    return f"""
    SELECT id, datasets, east, north, day, min(east) OVER own AS first_east, min(north) OVER own AS first_north, min(day) OVER own AS first_day
    FROM event, {_box(f"longitude - {_EAST}", f"longitude + {_EAST}", _BOX_DEGREES)} AS east,
        {_box(f"latitude - {_NORTH}", f"latitude + {_NORTH}", _BOX_DEGREES)} AS north, {_days(slack)}
    WHERE latitude IS NOT NULL WINDOW own AS (PARTITION BY id)"""


def _of_territory(slack: int, which: str, territory: str = "territory", joined: str = "") -> str:
    """SQL of the events of which ``which`` holds, in their boxes of days, by a territory in which they lie."""
    return f"""
    SELECT id, datasets, {territory} AS place, day, min(day) OVER (PARTITION BY id, {territory}) AS first_day
    FROM event {joined}, {_days(slack)} WHERE {which}"""


_APART = "NOT a.datasets && b.datasets AND day = greatest(a.first_day, b.first_day)"
_ABOVE = "JOIN inside ON inside.child = territory"


def _in_one_territory(one: str, other: str) -> str:
    """SQL of pairs of which the ``other`` lies in the territory of the ``one``, each time both with the kind of the territory."""
    return f"""
    SELECT least(a.id, b.id), greatest(a.id, b.id), t.kind
    FROM ({_of_territory(DAYS, one)}) a JOIN ({_of_territory(0, other, "ancestor", _ABOVE)}) b USING (place, day)
    JOIN territories_territory t ON t.id = place AND t.kind NOT IN ({_listed(_TOO_WIDE)})
    WHERE a.id <> b.id AND {_APART}"""


# Of the boxes that two share, the first brings them together, so that each pair is looked at once.
_NEAR = f"""
inside (child, ancestor) AS (
    SELECT id, id FROM territories_territory UNION SELECT i.child, c.parent_id FROM inside i
    JOIN territories_containment c ON c.child_id = i.ancestor AND c.status <> '{Status.WITHDRAWN.value}'
), reckoned (actor, body) AS (
    SELECT id, id FROM actors_actor UNION SELECT r.actor, above.id FROM reckoned r JOIN (
        SELECT id AS body, parent_id AS id FROM actors_actor WHERE parent_id IS NOT NULL
        UNION ALL SELECT subject_id, object_id FROM actors_relationship
        WHERE kind = '{RelationshipKind.SUCCEEDED.value}' AND status <> '{Status.WITHDRAWN.value}'
    ) above USING (body)
), {_EVENTS}, near AS MATERIALIZED (
    SELECT a.id AS first, b.id AS second, NULL AS territory
    FROM ({_boxed(DAYS)}) a JOIN ({_boxed(0)}) b USING (east, north, day)
    WHERE a.id < b.id AND {_APART} AND east = greatest(a.first_east, b.first_east) AND north = greatest(a.first_north, b.first_north)
    UNION ALL
    SELECT DISTINCT ON (1, 2) * FROM (
        {_in_one_territory("latitude IS NULL", "true")} UNION ALL {_in_one_territory("latitude IS NOT NULL", "latitude IS NULL")}
    ) placed
)"""

_METRES = metres("a", "b")
_SLACK = "(a.uncertainty + b.uncertainty)"
_WELL = f"greatest(a.uncertainty, b.uncertainty) <= {WELL_KNOWN_M}"
_GAP = "greatest(a.begun - b.ended, b.begun - a.ended, 0)"
_LONGER = "greatest(a.ended - a.begun, b.ended - b.begun)"
_BOTH_IN = "(a.kind IN ({0}) AND b.kind IN ({0}))"
_KINDRED = " OR ".join(
    _BOTH_IN.format(_listed(kind.value for kind in kinds)) for kinds in (_ARMED, _ON_CIVILIANS, _CROWDS)
)
_FEWER, _MORE = "least(a.best, b.best)", "greatest(a.best, b.best)"
# How each comparison of the events ``a`` and ``b`` comes out, as `weights.COMPARISONS` names it.
_LEVELS = {
    "days": f"""CASE WHEN {_GAP} = 0 AND {_LONGER} = 0 THEN 'same' WHEN {_GAP} = 0 AND {_LONGER} < 7 THEN 'within'
        WHEN {_GAP} = 0 THEN 'vague' WHEN {_GAP} = 1 AND {_LONGER} = 0 THEN 'next' ELSE 'near' END""",
    "place": f"""CASE WHEN near.territory IN ({_listed(_SMALL)}) THEN 'district' WHEN near.territory IS NOT NULL THEN 'province'
        WHEN {_WELL} AND {_METRES} <= {SPOT_M} THEN 'spot' WHEN {_METRES} > {_SLACK} THEN 'beyond'
        WHEN {_WELL} THEN 'town' ELSE 'around' END""",
    "actors": """CASE WHEN a.actors = '{}' OR b.actors = '{}' THEN 'unnamed' WHEN NOT a.bodies && b.bodies THEN 'none'
        WHEN cardinality(ARRAY(SELECT unnest(a.actors) INTERSECT SELECT unnest(b.actors))) > 1 THEN 'several' ELSE 'one' END""",
    "kind": f"CASE WHEN a.kind = b.kind THEN 'same' WHEN {_KINDRED} THEN 'kindred' ELSE 'other' END",
    "deaths": f"""CASE WHEN a.best IS NULL OR b.best IS NULL THEN 'untold' WHEN a.best = b.best AND a.best >= 5 THEN 'many'
        WHEN a.best = b.best AND a.best > 1 THEN 'some' WHEN a.best = b.best THEN 'equal'
        WHEN a.low <= b.high AND b.low <= a.high OR {_MORE} - {_FEWER} <= greatest(1, {_MORE} / 5) THEN 'close'
        WHEN {_MORE} <= 2 * {_FEWER} THEN 'double' ELSE 'apart' END""",
}


def _weight(comparison: str, row: str) -> str:
    cases = " ".join(
        f"WHEN {literal(level.name)} THEN {level.bits:.4f}::float8"
        for level in weights.COMPARISONS[comparison]
    )
    return f"CASE {row}.{comparison} {cases} END"


_BITS = " + ".join(_weight(name, "compared") for name in weights.COMPARISONS)
_TOLD_APART = """
    EXISTS (SELECT FROM events_match m WHERE m.first_id = first AND m.second_id = second AND m.verdict = 'different')
    OR EXISTS (SELECT FROM curation_different d JOIN events_event x ON x.id = near.first JOIN events_event y ON y.id = near.second
        WHERE d.endpoint = 'events' AND d.first IN (x.slug, y.slug) AND d.second IN (x.slug, y.slug))"""


def _chance(end: str) -> str:
    """SQL of `weights.score` among all pairs of the event at that ``end`` with the same datasets."""
    near = f"(PARTITION BY {end}, datasets)"
    return f"ratio / (count(*) OVER {near} * {weights.NONE_TO_ONE:.6f} + sum(ratio) OVER {near})"


def _alone_at_the_top(end: str) -> str:
    """SQL of whether no other pair of the event at that ``end`` with the same datasets weighs as much."""
    near = f"PARTITION BY {end}, datasets"
    return f"bits = max(bits) OVER ({near}) AND count(*) OVER ({near}, bits) = 1"


# All pairs near each other, with how each comparison comes out and what all of them weigh.
COMPARED = f"""
WITH RECURSIVE {_NEAR}, compared AS MATERIALIZED (
    SELECT near.first, near.second, {", ".join(f"{sql} AS {name}" for name, sql in _LEVELS.items())},
        {_GAP} AS gap, round({_METRES})::int AS metres, near.territory,
        array_to_string(least(a.datasets, b.datasets), ' & ') || ' + ' || array_to_string(greatest(a.datasets, b.datasets), ' & ') AS datasets
    FROM near JOIN event a ON a.id = near.first JOIN event b ON b.id = near.second
    WHERE {_GAP} <= {DAYS} AND (near.territory IS NOT NULL OR {_METRES} <= {BEYOND_M} + {_SLACK}) AND NOT ({_TOLD_APART})
), weighed AS MATERIALIZED (SELECT compared.*, {_BITS} AS bits, power(2, {_BITS}) AS ratio FROM compared)
"""
_KILLED = "CASE WHEN {0}.best IS NOT NULL THEN jsonb_build_array({0}.low, {0}.best, {0}.high) END"
_EVIDENCE = f"""jsonb_strip_nulls(jsonb_build_object('days', gap, 'metres', metres, 'kinds', jsonb_build_array(a.kind, b.kind),
    'killed', jsonb_build_array({_KILLED.format("a")}, {_KILLED.format("b")}),
    'actors', ARRAY(SELECT s.slug FROM actors_actor s WHERE s.id = ANY(a.actors) AND s.id = ANY(b.actors) ORDER BY 1),
    'levels', jsonb_build_object({", ".join(f"'{name}', w.{name}" for name in weights.COMPARISONS)}),
    'bits', jsonb_build_object({", ".join(f"'{name}', {_weight(name, 'w')}" for name in weights.COMPARISONS)})))"""
# Of both ends the less likely: an event may be another's only neighbour and that one have many.
FILL = f"""{COMPARED}
INSERT INTO links_candidate (first, second, datasets, score, bits, evidence, best)
SELECT w.first, w.second, left(w.datasets, 200), w.score, bits, {_EVIDENCE}, w.best
FROM (
    SELECT *, least({_chance("first")}, {_chance("second")}) AS score,
        {_alone_at_the_top("first")} AND {_alone_at_the_top("second")} AS best FROM weighed
) w JOIN event a ON a.id = w.first JOIN event b ON b.id = w.second WHERE w.score >= {LEAST}
"""
