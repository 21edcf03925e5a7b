"""Who and where is meant: readings of names, looked up among actors and territories or as somebody decided, all at once.

An actor is known by its id in the dataset, else by a stored name of that dataset, else by the same name in any script;
what is the same only as another name that the dataset's list of actors has for that id, or only like a name, is left to a
person. A place is known by its name within 2 km; else the smallest division that
the dataset names is where it surely lies. Polygons decide nothing here: those of two countries may claim one point.
What somebody decided is followed: merges since then, and merges taken back; where what was meant is withdrawn, the name waits
again.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection

from border.curation.likeness.alike import metres
from border.imports.choices import Answer, Found
from border.imports.listed import listed, same_as
from border.imports.models import ActorReading, PlaceReading
from border.imports.names import bare_place, keys_of
from border.imports.standing import ACTORS, TERRITORIES
from territories.choices import TerritoryKind

NEAR_M = 2_000
# Within so far a place of the same name may be meant: which point of a town is told differs, and some are told wrongly.
FAR_M = 50_000
# So many places are asked about in one statement, which holds the keys of all their divisions.
_AT_ONCE = 2_500
# By what a name is known that somebody decided, and why one waits again.
DECIDED = "A person decided."
SAME_WORDS = "The same words were decided before."
LISTED = "Another name that UCDP has for it."
GONE = "A person decided, and what they named is withdrawn or gone."
# A skeleton of so few consonants is shared by chance.
_TELLING = "^([ef]:|s:...)"
_SAME = "^[ef]:"
_SMALL = (
    TerritoryKind.TOWN,
    TerritoryKind.NEIGHBOURHOOD,
    TerritoryKind.CROSSING,
    TerritoryKind.BASE,
    TerritoryKind.FIELD,
)
_DIVISIONS = (TerritoryKind.GOVERNORATE, TerritoryKind.DISTRICT, TerritoryKind.SUBDISTRICT)
# How many of the divisions surely hold a place that is known this well.
_SURE = {"place": 3, "near": 1, "adm2": 2, "adm1": 1, "area": 0, "country": 0}
_COLUMN = {"ACLED": "acled_name"}
_TABLES = "imports_actorreading, imports_placereading, imports_meant"

_ACTORS = f"""
WITH asked AS MATERIALIZED (
    SELECT id, key, name, ARRAY(SELECT k FROM unnest(keys) k WHERE k ~ '{_SAME}') AS same,
        ARRAY(SELECT k FROM unnest(keys) k WHERE k ~ '^s:...') AS like
    FROM imports_actorreading WHERE id = ANY(%(ids)s) AND decided_by_id IS NULL
), listed AS MATERIALIZED (
    SELECT id, keys FROM jsonb_to_recordset(%(listed)s) AS l(id bigint, keys text[])
), ways AS (
    SELECT r.id, a.id AS actor, 1 AS way FROM asked r JOIN actors_actor a ON %(numbered)s AND r.key = 'id ' || a.ucdp_id
    UNION ALL
    SELECT r.id, a.id, 2 FROM asked r JOIN (
        SELECT id, unnest(string_to_array({{column}}, '; ')) AS called FROM actors_actor WHERE {{column}} <> ''
    ) a ON a.called = r.name
    UNION ALL
    SELECT r.id, n.record_id, 2 FROM asked r JOIN actors_actorname n ON n.text = r.name AND n.kind = 'dataset'
    UNION ALL
    SELECT r.id, a.id, 3 FROM asked r JOIN actors_actor a ON a.search_keys && r.same
    UNION ALL
    SELECT r.id, n.record_id, 3 FROM asked r JOIN actors_actorname n ON n.search_keys && r.same AND NOT n.ambiguous
    UNION ALL
    SELECT r.id, a.id, 4 FROM listed l JOIN asked r USING (id) JOIN actors_actor a ON a.search_keys && l.keys
    UNION ALL
    SELECT r.id, n.record_id, 4 FROM listed l JOIN asked r USING (id) JOIN actors_actorname n ON n.search_keys && l.keys AND NOT n.ambiguous
    UNION ALL
    SELECT r.id, a.id, 5 FROM asked r JOIN actors_actor a ON a.search_keys && r.like
    UNION ALL
    SELECT r.id, n.record_id, 5 FROM asked r JOIN actors_actorname n ON n.search_keys && r.like
), standing AS (
    -- Whoever was given up for another is that one.
    SELECT w.id, w.way, coalesce(g.now, w.actor) AS actor FROM ways w LEFT JOIN {{going_on}} g ON g.was = w.actor
    JOIN actors_actor a ON a.id = coalesce(g.now, w.actor) AND a.status <> 'withdrawn'
), best AS (
    SELECT id, way, array_agg(DISTINCT actor) AS actors FROM (
        SELECT *, min(way) OVER (PARTITION BY id) AS first FROM standing
    ) ranked WHERE way = first GROUP BY 1, 2
), decided AS (
    SELECT DISTINCT ON (r.id) r.id, d.slugs, d.answer FROM imports_actorreading r JOIN imports_decision d ON d.actor_reading_id = r.id
    WHERE r.id = ANY(%(ids)s) AND r.decided_by_id IS NOT NULL ORDER BY r.id, d.id DESC
), said AS (
    SELECT d.id, d.answer, array_agg(DISTINCT a.id ORDER BY a.id) FILTER (WHERE a.id IS NOT NULL) AS actors
    FROM decided d LEFT JOIN LATERAL unnest(d.slugs) AS n (named) ON true LEFT JOIN actors_actor o ON o.slug = n.named
    LEFT JOIN {{going_on}} g ON g.was = o.id LEFT JOIN actors_actor a ON a.id = coalesce(g.now, o.id) AND a.status <> 'withdrawn' GROUP BY 1, 2
), answers AS (
    SELECT a.id, false AS decided, CASE WHEN b.id IS NULL THEN '{Found.UNKNOWN}' WHEN way < 3 OR way = 3 AND cardinality(b.actors) = 1
            THEN '{Found.MATCHED}' ELSE '{Found.UNSURE}' END AS found,
        coalesce((ARRAY['Its id in the dataset.', 'Its name in the dataset.', 'The same name.', '{LISTED}', 'A name that is like it.'])[way], '') AS how,
        coalesce(b.actors, '{{{{}}}}') AS actors
    FROM asked a LEFT JOIN best b USING (id)
    UNION ALL
    SELECT id, true, CASE WHEN answer = '{Answer.NOBODY}' THEN '{Found.NOBODY}' WHEN actors IS NULL THEN '{Found.UNKNOWN}' ELSE '{Found.MATCHED}' END,
        CASE WHEN answer <> '{Answer.NOBODY}' AND actors IS NULL THEN '{GONE}' ELSE '{DECIDED}' END, coalesce(actors, '{{{{}}}}') FROM said
), held AS (
    SELECT reading_id AS id, array_agg(actor_id ORDER BY actor_id) AS actors FROM imports_meant WHERE reading_id = ANY(%(ids)s) GROUP BY 1
), told AS (
    -- Somebody may decide meanwhile: then their word holds.
    UPDATE imports_actorreading r SET found = a.found, how = a.how FROM answers a LEFT JOIN held h USING (id)
    WHERE r.id = a.id AND (r.decided_by_id IS NOT NULL) = a.decided
        AND (r.found, r.how, coalesce(h.actors, '{{{{}}}}')) IS DISTINCT FROM (a.found::varchar, a.how::varchar, a.actors)
    RETURNING r.id
), gone AS (
    DELETE FROM imports_meant m USING told JOIN answers a USING (id) WHERE m.reading_id = a.id AND m.actor_id <> ALL (a.actors)
)
INSERT INTO imports_meant (reading_id, actor_id) SELECT a.id, unnest(a.actors) FROM told JOIN answers a USING (id)
ON CONFLICT (reading_id, actor_id) DO NOTHING
"""

_PLACES = f"""
WITH asked AS MATERIALIZED (
    SELECT id, dataset, name, divisions, country, level, longitude, latitude, decided_by_id IS NOT NULL AS decided,
        ARRAY(SELECT k FROM unnest(keys) k WHERE k ~ '{_TELLING}') AS keys
    FROM imports_placereading WHERE id = ANY(%(ids)s)
), said AS (
    SELECT DISTINCT ON (a.id) a.id, d.answer, t.id AS territory FROM asked a JOIN imports_decision d ON d.place_reading_id = a.id AND a.decided
    LEFT JOIN territories_territory o ON o.slug = d.slugs[1] LEFT JOIN {TERRITORIES} g ON g.was = o.id
    LEFT JOIN territories_territory t ON t.id = coalesce(g.now, o.id) AND t.status <> 'withdrawn' ORDER BY a.id, d.id DESC
), decided AS (
    SELECT DISTINCT ON (a.id) a.id, b.found, b.territory_id
    FROM asked a JOIN imports_placereading b USING (dataset, name, divisions, country)
    WHERE NOT a.decided AND b.decided_by_id IS NOT NULL AND b.found IN ('{Found.MATCHED}', '{Found.WITHIN}', '{Found.NOBODY}')
        AND {metres("a", "b")} <= {NEAR_M} ORDER BY a.id, b.decided_at DESC
), named AS (
    SELECT a.id, b.id AS territory FROM asked a JOIN territories_territory b ON b.search_keys && a.keys
    WHERE a.level = 'place'
    UNION
    SELECT a.id, n.record_id FROM asked a JOIN territories_territoryname n ON n.search_keys && a.keys AND NOT n.ambiguous
    WHERE a.level = 'place'
), measured AS (
    SELECT a.id, b.id AS territory, {metres("a", "b")} AS metres
    FROM named JOIN asked a USING (id) JOIN territories_territory b ON b.id = named.territory
    WHERE b.kind = ANY(%(small)s) AND b.status <> 'withdrawn' AND (a.country = '' OR b.countries = '{{}}' OR a.country = ANY(b.countries))
), near AS (
    SELECT id, array_agg(territory ORDER BY metres) AS territories, min(metres) AS metres
    FROM measured WHERE metres <= {NEAR_M} GROUP BY 1
), somewhere AS (
    SELECT id, array_agg(territory ORDER BY metres) AS territories
    FROM measured WHERE metres IS NULL OR metres <= {FAR_M} GROUP BY 1
), divided AS (
    SELECT DISTINCT ON (d.id) d.id, (array_agg(t.id))[1] AS territory, min(t.name) AS name
    FROM jsonb_to_recordset(%(divisions)s) AS d(id bigint, depth int, keys text[], country text)
    JOIN territories_territory t ON t.kind = (%(kinds)s::text[])[d.depth] AND d.country = ANY(t.countries) AND t.status <> 'withdrawn'
        AND (t.search_keys && d.keys OR EXISTS (
            SELECT FROM territories_territoryname n WHERE n.record_id = t.id AND n.search_keys && d.keys AND NOT n.ambiguous))
    GROUP BY d.id, d.depth HAVING count(DISTINCT t.id) = 1 ORDER BY d.id, d.depth DESC
), states AS (
    SELECT a.id, t.id AS territory, t.name FROM asked a
    JOIN territories_territory t ON t.kind = 'country' AND t.countries = ARRAY[a.country]::varchar[] AND t.status <> 'withdrawn' WHERE a.level <> 'none'
), answers AS (
    SELECT a.id, a.decided, coalesce(v.territory, c.territory) AS around,
        CASE WHEN p.id IS NOT NULL THEN CASE p.answer WHEN '{Answer.NOBODY}' THEN '{Found.NOBODY}' ELSE CASE WHEN p.territory IS NULL
                THEN '{Found.UNKNOWN}' WHEN p.answer = '{Answer.WITHIN}' THEN '{Found.WITHIN}' ELSE '{Found.MATCHED}' END END
            WHEN d.id IS NOT NULL THEN d.found WHEN cardinality(n.territories) = 1 THEN '{Found.MATCHED}'
            WHEN n.id IS NOT NULL OR s.id IS NOT NULL THEN '{Found.UNSURE}'
            WHEN a.level <> 'place' AND coalesce(v.id, c.id) IS NOT NULL THEN '{Found.MATCHED}' ELSE '{Found.UNKNOWN}' END AS found,
        CASE WHEN p.id IS NOT NULL THEN p.territory WHEN d.id IS NOT NULL AND d.found <> '{Found.NOBODY}' THEN d.territory_id
            WHEN cardinality(n.territories) = 1 THEN n.territories[1] END AS territory,
        CASE WHEN p.id IS NOT NULL THEN CASE WHEN p.answer <> '{Answer.NOBODY}' AND p.territory IS NULL THEN '{GONE}' ELSE '{DECIDED}' END
            WHEN d.id IS NOT NULL THEN '{SAME_WORDS}'
            WHEN cardinality(n.territories) = 1 THEN format('The same name, %%s m away.', round(n.metres))
            WHEN v.id IS NOT NULL THEN format('In %%s.', v.name) WHEN c.id IS NOT NULL THEN format('In %%s.', c.name) ELSE '' END AS how,
        CASE WHEN cardinality(n.territories) = 1 OR d.id IS NOT NULL OR p.id IS NOT NULL THEN '{{}}'
            ELSE coalesce(n.territories, s.territories, '{{}}') END AS candidates
    FROM asked a LEFT JOIN said p USING (id) LEFT JOIN decided d USING (id) LEFT JOIN near n USING (id) LEFT JOIN somewhere s USING (id)
    LEFT JOIN divided v USING (id) LEFT JOIN states c USING (id)
    WHERE p.id IS NOT NULL OR NOT a.decided
)
UPDATE imports_placereading r SET found = a.found, territory_id = coalesce(a.territory, a.around), how = left(a.how, 200), candidates = a.candidates
FROM answers a WHERE a.id = r.id AND (r.decided_by_id IS NOT NULL) = a.decided
    AND (r.found, r.territory_id, r.how, r.candidates)
        IS DISTINCT FROM (a.found::varchar, coalesce(a.territory, a.around), left(a.how, 200)::varchar, a.candidates)
"""


def match(dataset: str, actors: Iterable[int], places: Iterable[int]) -> None:
    """Look up all the readings of ``dataset`` that a file has, with these ids. Said before, it is said anew."""
    decided = PlaceReading.objects.filter(dataset=dataset).exclude(decided_by=None)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {_TABLES}")
        # What was decided of one place is taken over by others of the same words.
        look_up(dataset, places=decided.values_list("pk", flat=True))
        look_up(dataset, actors, places)
        # Taken for one matched reading instead of hundreds, all staged rows would be gone through for each of them.
        cursor.execute(f"ANALYZE {_TABLES}")


def look_up(dataset: str, actors: Iterable[int] = (), places: Iterable[int] = ()) -> None:
    """Bring these readings of ``dataset`` up to date: with what is here, and with what somebody decided."""
    with connection.cursor() as cursor:
        if found := sorted(actors):
            cursor.execute(
                _ACTORS.format(column=_COLUMN.get(dataset, "ucdp_name"), going_on=ACTORS),
                {
                    "ids": found,
                    "numbered": dataset.startswith("UCDP"),
                    "listed": json.dumps(_listed(dataset, found)),
                },
            )
        found = sorted(places)
        for some in (found[start : start + _AT_ONCE] for start in range(0, len(found), _AT_ONCE)):
            cursor.execute(
                _PLACES,
                {
                    "ids": some,
                    "small": [kind.value for kind in _SMALL],
                    "kinds": [kind.value for kind in _DIVISIONS],
                    "divisions": json.dumps(_divisions(some)),
                },
            )


def _listed(dataset: str, ids: list[int]) -> list[dict[str, Any]]:
    """The keys of all names that a list of actors has for those of these readings that it has."""
    keys = dict(ActorReading.objects.filter(pk__in=ids).values_list("pk", "key"))
    found = listed(dataset, keys.values())
    return [{"id": pk, "keys": same_as(found[key])} for pk, key in keys.items() if key in found]


def _divisions(ids: list[int]) -> list[dict[str, Any]]:
    """The divisions that surely hold each place, with their depth from 1 and the keys of their names."""
    rows = PlaceReading.objects.filter(pk__in=ids).values_list("pk", "divisions", "country", "level")
    return [
        {"id": pk, "depth": depth, "keys": keys_of([bare_place(name)]), "country": country}
        for pk, divisions, country, level in rows.iterator()
        for depth, name in enumerate(divisions[: _SURE.get(level, 0)], 1)
        if name
    ]
