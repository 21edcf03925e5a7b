"""Names of more than 16 consonants lose the keys of what they nearly are; an article is one whether its hamza is written or not."""

import json
from collections.abc import Iterator
from typing import Any

import pghistory
from django.db import migrations

from border.kernel.finding import search_keys

_TABLES = {
    "sources_source": ("title", "title_original"),
    "territories_territory": ("name", "name_ar"),
    "territories_territoryname": ("text",),
    "actors_actor": ("name", "name_ar"),
    "actors_actorname": ("text",),
    "events_event": ("title",),
}
# Of a name so long, one of these keys at least has more than 16 consonants.
_LONG = "EXISTS (SELECT FROM unnest(search_keys) key WHERE key LIKE 'n:%' AND length(key) > 18)"
_UPDATE = """
UPDATE {table} SET search_keys = ARRAY(SELECT jsonb_array_elements_text(new.keys))
FROM jsonb_to_recordset(%s) AS new (id bigint, keys jsonb) WHERE {table}.id = new.id
"""
_AT_ONCE = 2_000


def _forwards(_apps: Any, schema_editor: Any) -> None:
    with (
        pghistory.context(why="Search keys are made otherwise by now.", via="migrate"),
        schema_editor.connection.cursor() as cursor,
    ):
        for table, columns in _TABLES.items():
            listed = ", ".join(columns)
            cursor.execute(
                f"SELECT id, {listed} FROM {table} WHERE {_LONG} OR concat({listed}) ~ '[آأإ]ل' ORDER BY id"
            )
            for some in _keyed(cursor.fetchall()):
                cursor.execute(_UPDATE.format(table=table), [json.dumps(some)])


def _keyed(rows: list[Any]) -> Iterator[list[Any]]:
    """The rows by their ids with the keys of their texts, some at a time."""
    for start in range(0, len(rows), _AT_ONCE):
        yield [
            {"id": pk, "keys": sorted({key for text in texts if text for key in search_keys(text)})}
            for pk, *texts in rows[start : start + _AT_ONCE]
        ]


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0006_fewer_indexes"),
        ("territories", "0006_fewer_indexes"),
        ("actors", "0005_fewer_indexes"),
        ("events", "0011_fewer_indexes"),
    ]

    operations = [migrations.RunPython(_forwards, migrations.RunPython.noop)]
