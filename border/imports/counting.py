"""How many rows have each name: those of a file, counted while it is read, and those that are kept, counted once they are."""

import json

from django.db import connection

from border.documents.planning import whole_tables
from border.imports.models import Import, NameCount
from border.imports.names import Names

_COPY = "COPY imports_namecount (of_id, actor_reading_id, place_reading_id, rows, examples) FROM STDIN"
# Rows of one dataset, whatever releases have them.
_KEPT = """
WITH kept AS (
    SELECT k.key, k.told FROM events_externalrecord k JOIN sources_source s ON s.id = k.release_id
    WHERE s.dataset = %(dataset)s AND k.told <> '{}' AND k.deleted_at IS NULL
), counted AS (SELECT id, count(DISTINCT key) AS rows FROM ({named}) AS named (id, key) GROUP BY 1)
UPDATE imports_{table} r SET kept = coalesce(c.rows, 0) FROM imports_{table} o LEFT JOIN counted c USING (id)
WHERE r.id = o.id AND r.dataset = %(dataset)s AND r.kept <> coalesce(c.rows, 0)
"""
_NAMED = {
    "actorreading": "SELECT (part ->> 0)::bigint, key FROM kept CROSS JOIN LATERAL jsonb_array_elements(told -> 'parties') AS part",
    "placereading": "SELECT (told ->> 'place')::bigint, key FROM kept",
}


def keep_counts(of: Import, names: Names) -> None:
    """Keep how many rows of the file have each name that was met, in the place of what was counted of it before."""
    NameCount.objects.filter(of=of).delete()
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for actor, met in names.actors_met.items():
            copy.write_row((of.pk, actor, None, met.rows, json.dumps(met.examples)))
        for place, met in names.places_met.items():
            copy.write_row((of.pk, None, place, met.rows, json.dumps(met.examples)))


def count_kept(dataset: str) -> None:
    """Count anew how many rows of ``dataset`` that are kept have each name."""
    with connection.cursor() as cursor, whole_tables(cursor):
        for table, named in _NAMED.items():
            cursor.execute(_KEPT.replace("{named}", named).replace("{table}", table), {"dataset": dataset})
