"""What becomes of each row of an import, compared with what the dataset said before and with what is here."""

from typing import Any

from django.db import connection

from border.imports.choices import RowVerdict
from border.imports.models import Import
from border.imports.releases import ROLLING, before, earlier, slug_of
from border.imports.writing import event_columns, whole_tables
from events.models import Event

# The latest that the dataset said of each row; what this release said comes before what others did.
_COMPARE = f"""
WITH known AS (
    SELECT DISTINCT ON (k.key) k.key, k.id, k.event_id, k.told, k.raw, k.release_id = %(release)s AS own,
        extract(epoch FROM k.deleted_at) AS deleted, k.release_id = ANY(%(before)s) AS earlier
    FROM imports_stagedrow s JOIN events_externalrecord k ON k.key = s.key AND k.release_id = ANY(%(releases)s)
    WHERE s.of_id = %(of)s AND s.verdict = '{RowVerdict.NEW}'
    ORDER BY k.key, k.release_id = %(release)s DESC, k.id DESC
)
UPDATE imports_stagedrow s SET record = CASE WHEN k.own THEN k.id END, event = k.event_id, before = k.told,
    territory = p.territory_id, verdict = CASE
        WHEN k.id IS NULL AND p.territory_id IS NULL THEN '{RowVerdict.UNPLACED}' WHEN k.id IS NULL THEN '{RowVerdict.NEW}'
        WHEN k.own AND s.updated_at < (k.told ->> 'updated_at')::bigint THEN '{RowVerdict.OLDER}'
        WHEN %(rolling)s AND s.updated_at < k.deleted THEN '{RowVerdict.OLDER}'
        WHEN k.event_id IS NULL AND p.territory_id IS NOT NULL THEN '{RowVerdict.NEW}'
        WHEN k.deleted IS NOT NULL AND (%(rolling)s OR k.earlier) THEN '{RowVerdict.CHANGED}'
        WHEN k.raw <> s.raw OR NOT k.own AND k.told <> s.told THEN '{RowVerdict.CHANGED}' ELSE '{RowVerdict.SAME}' END
FROM imports_stagedrow t LEFT JOIN known k USING (key) LEFT JOIN imports_placereading p ON p.id = t.place
WHERE s.id = t.id AND t.of_id = %(of)s AND t.verdict = '{RowVerdict.NEW}'
"""
_REFUSE = f"""
UPDATE imports_stagedrow s SET verdict = '{RowVerdict.REFUSED}',
    remarks = jsonb_build_array(jsonb_build_array('', '', wrong.told)) || s.remarks
FROM ({{wrong}}) AS wrong (number, told) WHERE s.of_id = %(of)s AND s.number = wrong.number
"""
_TAKEN = f"""
SELECT s.number, format('Its slug would be %%s, which another event has already. Merge or rename nothing: tell the operator.', e.slug)
FROM imports_stagedrow s JOIN events_event e ON e.slug = {slug_of("s")}
WHERE s.of_id = %(of)s AND s.event IS NULL AND s.verdict = '{RowVerdict.NEW}'
"""
_RULES = """
SELECT conname, pg_get_expr(conbin, conrelid) FROM pg_constraint WHERE conrelid = 'events_event'::regclass AND contype = 'c'
ORDER BY conname
"""
_BROKEN = f"""
SELECT number, min(rule) FROM (SELECT s.number, {{columns}} FROM imports_stagedrow s
    WHERE s.of_id = %(of)s AND s.verdict IN ('{RowVerdict.NEW}', '{RowVerdict.CHANGED}')) AS given,
LATERAL unnest(ARRAY[{{rules}}]::text[]) AS judged(rule) WHERE rule IS NOT NULL GROUP BY 1
"""


def compare(of: Import) -> None:
    """Give every row that can be read its verdict, its event and what was said of it before."""
    values: dict[str, Any] = {
        "of": of.pk,
        "release": of.release_id,
        "releases": earlier(of.known_release),
        "before": before(of.known_release),
        "rolling": of.known_release.dataset in ROLLING,
    }
    with connection.cursor() as cursor:
        rules = _broken(cursor)
        with whole_tables(cursor):
            cursor.execute(_COMPARE, values)
            cursor.execute(_REFUSE.format(wrong=_TAKEN), values)
            cursor.execute(_REFUSE.format(wrong=rules), values)


def _broken(cursor: Any) -> str:
    """SQL of the rows whose event would break a rule, with its message; the rules are those in the database itself."""
    cursor.execute(_RULES)
    told = {rule.name: str(rule.violation_error_message) for rule in Event._meta.constraints}
    rules = ", ".join(
        f"CASE WHEN ({expression}) IS FALSE THEN {_literal(told.get(name, name))} END".replace("%", "%%")
        for name, expression in cursor.fetchall()
    )
    columns = ", ".join(f'{value} AS "{name}"' for name, value in event_columns("s").items())
    return _BROKEN.format(columns=columns, rules=rules)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
