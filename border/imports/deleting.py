"""Rows that a dataset took back: named in its list of deletions, or left out of a release that is there whole."""

from django.db import connection

from border.documents.planning import whole_tables
from border.imports.choices import RowVerdict
from border.imports.models import Import
from border.imports.releases import slug_of
from border.imports.sets import values_of
from border.kernel.records import Status
from border.publication.endpoints import ENDPOINTS
from events.models import Event

# The format of a list of rows that were deleted.
DELETIONS = "acled-deleted"
# The mark of a context of the history in which events were withdrawn because their rows were deleted.
MARK = "deletes"

_LISTED = f"""
WITH known AS (
    SELECT DISTINCT ON (k.key) k.key, k.id, k.event_id, k.told, k.deleted_at
    FROM imports_stagedrow s JOIN events_externalrecord k ON k.key = s.key AND k.release_id = ANY(%(releases)s)
    WHERE s.of_id = %(of)s AND s.verdict = '{RowVerdict.DELETED}' ORDER BY k.key, k.deleted_at IS NOT NULL, k.id DESC
)
UPDATE imports_stagedrow s SET record = k.id, event = k.event_id, before = k.told, verdict = CASE
    WHEN k.id IS NULL THEN '{RowVerdict.ABSENT}' WHEN k.deleted_at IS NOT NULL THEN '{RowVerdict.SAME}'
    WHEN s.updated_at < (k.told ->> 'updated_at')::bigint THEN '{RowVerdict.OLDER}' ELSE '{RowVerdict.DELETED}' END
FROM imports_stagedrow t LEFT JOIN known k USING (key)
WHERE s.id = t.id AND t.of_id = %(of)s AND t.verdict = '{RowVerdict.DELETED}'
"""
# Of each country the release says what happened from the first to the last year that it has of it.
_LEFT_OUT = rf"""
WITH covered AS (
    SELECT p.country, min(substring(s.date FROM '\d{{4}}')) AS first, max(substring(s.date FROM '\d{{4}}')) AS last
    FROM imports_stagedrow s JOIN imports_placereading p ON p.id = s.place
    WHERE s.of_id = %(of)s AND p.country <> '' GROUP BY 1
), known AS (
    SELECT DISTINCT ON (k.key) k.key, k.id, k.event_id, k.told FROM events_externalrecord k
    WHERE k.release_id = ANY(%(before)s) AND k.deleted_at IS NULL AND NOT EXISTS (
        SELECT FROM events_externalrecord o WHERE o.release_id = %(release)s AND o.key = k.key)
    ORDER BY k.key, k.id DESC
)
INSERT INTO imports_stagedrow (of_id, number, file, line, key, title, remarks, verdict, event, record, before)
SELECT %(of)s, (SELECT max(number) FROM imports_stagedrow WHERE of_id = %(of)s) + row_number() OVER (ORDER BY k.id), '', 0,
    k.key, '', '[]', '{RowVerdict.DELETED}', k.event_id, k.id, k.told
FROM known k JOIN imports_placereading p ON p.id = (k.told ->> 'place')::bigint
JOIN covered c ON c.country = p.country AND substring(k.told ->> 'date' FROM '\d{{4}}') BETWEEN c.first AND c.last
WHERE NOT EXISTS (SELECT FROM imports_stagedrow s WHERE s.of_id = %(of)s AND s.key = k.key)
"""
_GONE = f"""
UPDATE events_externalrecord k SET deleted_at = coalesce(to_timestamp(s.updated_at), now()) FROM imports_stagedrow s
WHERE s.of_id = %(of)s AND s.verdict = '{RowVerdict.DELETED}' AND k.key = s.key AND k.release_id = ANY(%(before)s) AND k.deleted_at IS NULL
"""
# An event that was public, was merged with another, or that another dataset still tells of is left to a reviewer.
_WITHDRAWN = f"""
UPDATE events_event e SET status = '{Status.WITHDRAWN.value}' FROM imports_stagedrow s
WHERE s.of_id = %(of)s AND s.verdict = '{RowVerdict.DELETED}' AND e.id = s.event AND e.status <> '{Status.WITHDRAWN.value}'
    AND s.before <> '{{}}' AND e.slug = {slug_of("s")}
    AND NOT EXISTS (SELECT FROM {ENDPOINTS["events"].published._meta.db_table} v WHERE v.slug = e.slug)
    AND NOT EXISTS (SELECT FROM events_externalrecord k WHERE k.event_id = e.id AND k.deleted_at IS NULL)
"""
# Rows that are there again: of a release that has no row of theirs yet, or of a dataset whose rows change in place.
_AGAIN = f"""
    s.of_id = %(of)s AND s.verdict IN ('{RowVerdict.NEW}', '{RowVerdict.CHANGED}') AND (s.record IS NULL OR %(rolling)s)
    AND k.key = s.key AND k.release_id = ANY(%(before)s) AND k.deleted_at IS NOT NULL
"""
# Only what a deletion withdrew comes back; whatever else withdrew an event since or before had its own reason.
_BACK = f"""
UPDATE events_event e SET status = '{Status.DRAFT.value}' FROM imports_stagedrow s, events_externalrecord k
WHERE {_AGAIN} AND e.id = s.event AND e.status = '{Status.WITHDRAWN.value}' AND (
    SELECT c.metadata ? '{MARK}' FROM events_eventhistoryevent h JOIN pghistory_context c ON c.id = h.pgh_context_id
    WHERE h.pgh_obj_id = e.id AND h.pgh_id > (SELECT max(w.pgh_id) FROM events_eventhistoryevent w
        WHERE w.pgh_obj_id = e.id AND w.status <> '{Status.WITHDRAWN.value}')
    ORDER BY h.pgh_id LIMIT 1)
"""
_ALIVE = f"UPDATE events_externalrecord k SET deleted_at = NULL FROM imports_stagedrow s WHERE {_AGAIN}"


def look_for_listed(of: Import) -> None:
    """Give each row of a list of deletions its verdict, and the event that was made from what it names."""
    _run(of, _LISTED)


def look_for_left_out(of: Import) -> None:
    """Stage, as deleted, what earlier releases have and this one, being whole, has not."""
    _run(of, _LEFT_OUT)


def withdraw(of: Import) -> None:
    """Note on the rows kept that their dataset deleted them, and withdraw the events that rest on nothing else."""
    _run(of, _GONE, _WITHDRAWN)


def revive(of: Import) -> None:
    """What was deleted and is there again is no longer deleted; its event is a draft again."""
    _run(of, _BACK, _ALIVE)


def left_standing(of: Import) -> int:
    """How many events of rows that were deleted are not withdrawn and await a reviewer."""
    if not of.counts.get(RowVerdict.DELETED):
        return 0
    gone = of.rows.filter(verdict=RowVerdict.DELETED, event__isnull=False)
    with connection.cursor() as cursor, whole_tables(cursor):
        return Event.objects.filter(pk__in=gone.values("event")).exclude(status=Status.WITHDRAWN).count()


def _run(of: Import, *statements: str) -> None:
    values = values_of(of)
    with connection.cursor() as cursor, whole_tables(cursor):
        for statement in statements:
            cursor.execute(statement, values)
