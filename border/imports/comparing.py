"""What becomes of each row of an import, compared with what the dataset said before and with what is here."""

from typing import Any

from django.db import connection

from border.contracts.write import checks_of, message_of
from border.documents.planning import whole_tables
from border.documents.sql import literal
from border.imports.choices import RowVerdict
from border.imports.matching import look_up
from border.imports.models import ActorReading, Import, PlaceReading
from border.imports.releases import slug_of
from border.imports.sets import values_of
from border.imports.writing import NEXT, event_columns
from events.models import Event

# The latest that the dataset said of each row; what this release said comes before what others did. The event of a row that
# is new gets its number already: given when it is written, all rows would be written out once more.
_COMPARE = f"""
WITH known AS (
    SELECT DISTINCT ON (k.key) k.key, k.id, k.event_id, k.told, k.raw, k.release_id = %(release)s AS own,
        extract(epoch FROM k.deleted_at) AS deleted, k.release_id = ANY(%(before)s) AS earlier
    FROM imports_stagedrow s JOIN events_externalrecord k ON k.key = s.key AND k.release_id = ANY(%(releases)s)
    WHERE s.of_id = %(of)s AND s.verdict = '{RowVerdict.NEW}'
    ORDER BY k.key, k.release_id = %(release)s DESC, k.id DESC
)
UPDATE imports_stagedrow s SET record = CASE WHEN k.own THEN k.id END, before = k.told, territory = p.territory_id,
    event = CASE WHEN k.id IS NULL AND p.territory_id IS NOT NULL THEN {NEXT} ELSE k.event_id END, verdict = CASE
        WHEN k.id IS NULL AND p.territory_id IS NULL THEN '{RowVerdict.UNPLACED}' WHEN k.id IS NULL THEN '{RowVerdict.NEW}'
        WHEN k.own AND s.updated_at < (k.told ->> 'updated_at')::bigint THEN '{RowVerdict.OLDER}'
        WHEN %(rolling)s AND s.updated_at < k.deleted THEN '{RowVerdict.OLDER}'
        WHEN k.event_id IS NULL AND p.territory_id IS NOT NULL THEN '{RowVerdict.NEW}'
        WHEN k.deleted IS NOT NULL AND (%(rolling)s OR k.earlier) THEN '{RowVerdict.CHANGED}'
        WHEN k.raw <> s.raw OR NOT k.own AND k.told <> s.told THEN '{RowVerdict.CHANGED}' ELSE '{RowVerdict.SAME}' END
FROM imports_stagedrow t LEFT JOIN known k USING (key) LEFT JOIN imports_placereading p ON p.id = t.place
WHERE s.id = t.id AND t.of_id = %(of)s AND t.verdict = '{RowVerdict.NEW}'
"""
# Where somebody said so since the rows were compared.
_PLACE = f"""
UPDATE imports_stagedrow s SET territory = p.territory_id,
    event = CASE WHEN s.verdict <> '{RowVerdict.NEW}' OR p.territory_id IS NOT NULL THEN s.event END, verdict = CASE
        WHEN s.verdict = '{RowVerdict.UNPLACED}' AND p.territory_id IS NOT NULL THEN '{RowVerdict.NEW}'
        WHEN s.verdict = '{RowVerdict.NEW}' AND s.before IS NULL AND p.territory_id IS NULL THEN '{RowVerdict.UNPLACED}'
        ELSE s.verdict END
FROM imports_placereading p WHERE p.id = s.place AND s.of_id = %(of)s AND s.territory IS DISTINCT FROM p.territory_id
    AND s.verdict IN ('{RowVerdict.UNPLACED}', '{RowVerdict.NEW}', '{RowVerdict.CHANGED}', '{RowVerdict.SAME}')
"""
_REFUSE = f"""
UPDATE imports_stagedrow s SET verdict = '{RowVerdict.REFUSED}',
    remarks = jsonb_build_array(jsonb_build_array('', '', wrong.told)) || s.remarks
FROM ({{wrong}}) AS wrong (number, told) WHERE s.of_id = %(of)s AND s.number = wrong.number
"""
_TAKEN = f"""
SELECT s.number, format('Its slug would be %%s, which another event has already. Merge or rename nothing: tell the operator.', e.slug)
FROM imports_stagedrow s JOIN events_event e ON e.slug = {slug_of("s")}
WHERE s.of_id = %(of)s AND s.verdict = '{RowVerdict.NEW}'
"""
_BROKEN = f"""
SELECT number, min(rule) FROM (SELECT s.number, {{columns}} FROM imports_stagedrow s
    WHERE s.of_id = %(of)s AND s.verdict IN ('{RowVerdict.NEW}', '{RowVerdict.CHANGED}')) AS given,
LATERAL unnest(ARRAY[{{rules}}]::text[]) AS judged(rule) WHERE rule IS NOT NULL GROUP BY 1
"""


def compare(of: Import) -> None:
    """Give every row that can be read its verdict, its event and what was said of it before."""
    values = values_of(of)
    with connection.cursor() as cursor, whole_tables(cursor):
        cursor.execute(_COMPARE, values)
        refuse(cursor, values)


def place_anew(of: Import) -> None:
    """Let rows that were compared heed what was decided since, and merges and merges taken back since."""
    values, dataset = values_of(of), of.known_release.dataset
    decided = [
        model._default_manager.filter(dataset=dataset).exclude(decided_by=None).values_list("pk", flat=True)
        for model in (ActorReading, PlaceReading)
    ]
    look_up(dataset, *decided)
    with connection.cursor() as cursor, whole_tables(cursor):
        cursor.execute(_PLACE, values)
        if cursor.rowcount:
            refuse(cursor, values)


def refuse(cursor: Any, values: dict[str, Any]) -> None:
    """Refuse the rows whose event would break a rule, or would have the slug of another."""
    for wrong in (_TAKEN, _broken()):
        cursor.execute(_REFUSE.format(wrong=wrong), values)


def _broken() -> str:
    """SQL of the rows whose event would break a rule, with its message; the rules are those in the database itself."""
    rules = ", ".join(
        f"CASE WHEN ({expression}) IS FALSE THEN {literal(message_of(Event, name))} END".replace("%", "%%")
        for name, expression, _ in checks_of(Event)
    )
    columns = ", ".join(f'{value} AS "{name}"' for name, value in event_columns("s").items())
    return _BROKEN.format(columns=columns, rules=rules)
