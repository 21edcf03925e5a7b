"""From staged rows to events and what belongs to them: whole tables at a time, in one transaction, as one batch."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pghistory
from django.db import connection, transaction

from border.documents.planning import MANY, known_again, whole_tables
from border.documents.sql import literal
from border.imports.choices import Found, ImportState, RowVerdict
from border.imports.deleting import DELETIONS, MARK, revive, withdraw
from border.imports.models import Import
from border.imports.releases import slug_of
from border.imports.sets import MEANT, values_of
from border.imports.staging import counted
from border.kernel.history import check_now
from events.models import Casualty, Event, EventCitation, ExternalRecord, Participation
from sources.models import Batch

_FILLED = (Event, EventCitation, Participation, Casualty, ExternalRecord)
# The formats whose rows are events.
EVENTS = ("ucdp-ged", "acled")
# The parts of an event that a row gives, each with the columns that hold it: as they are given, and as they were before.
_PARTS: dict[str, dict[str, tuple[str, str | None]]] = {
    "title": {"title": ("s.title", "s.before ->> 'title'"), "search_keys": ("s.search_keys", None)},
    "date": {
        "date": ("s.date", "s.before ->> 'date'"),
        "possible": ("s.possible", None),
        "certain": ("s.certain", None),
    },
    "kind": {"kind": ("s.kind", "s.before ->> 'kind'")},
    "sub_kind": {"sub_kind": ("s.sub_kind", "s.before ->> 'sub_kind'")},
    "confidence": {"confidence": ("s.confidence", "s.before ->> 'confidence'")},
    "point": {
        "longitude": ("s.longitude", "(s.before -> 'point' ->> 0)::numeric"),
        "latitude": ("s.latitude", "(s.before -> 'point' ->> 1)::numeric"),
        "uncertainty_m": ("s.uncertainty_m", "(s.before -> 'point' ->> 2)::int"),
    },
    "place": {"territory_id": ("s.territory", "was.territory_id")},
}
_MADE = f"('{RowVerdict.NEW}', '{RowVerdict.CHANGED}', '{RowVerdict.SAME}')"
_KEPT = f"('{RowVerdict.NEW}', '{RowVerdict.CHANGED}', '{RowVerdict.SAME}', '{RowVerdict.UNPLACED}')"

# The sequence is looked up once: by its name alone it would be for each row.
NEXT = "nextval((SELECT pg_get_serial_sequence('events_event', 'id')::regclass))"
# A row that is new only since somebody said where it was, or that is kept and had no event, has no number yet.
_NUMBER = f"""
UPDATE imports_stagedrow SET event = {NEXT}, before = NULL
WHERE of_id = %(of)s AND event IS NULL AND territory IS NOT NULL AND verdict IN {_MADE}
"""
_EVENTS = "INSERT INTO events_event ({columns}) SELECT {values} FROM imports_stagedrow s WHERE s.of_id = %(of)s AND {fresh} ORDER BY s.number"
# An event that is numbered and has nothing said before is made now.
_FRESH = f"s.event IS NOT NULL AND s.before IS NULL AND s.verdict = '{RowVerdict.NEW}'"
CHANGED = f"s.event IS NOT NULL AND s.before IS NOT NULL AND s.verdict = '{RowVerdict.CHANGED}'"

_CITATIONS = f"""
INSERT INTO events_eventcitation (record_id, number, source_id, attribute, asserted_value, stance, locator, quote, reliability,
    credibility, note)
SELECT s.event, 1, %(release)s, '', '', 'supports', left('id ' || s.key, 200), s.quote, '', '', ''
FROM imports_stagedrow s WHERE s.of_id = %(of)s AND {_FRESH} ORDER BY s.number
"""
_RECORDS = f"""
INSERT INTO events_externalrecord (release_id, key, raw, digest, told, event_id)
SELECT %(release)s, s.key, s.raw, s.digest, s.told, s.event
FROM imports_stagedrow s WHERE s.of_id = %(of)s AND s.record IS NULL AND s.verdict IN {_KEPT} ORDER BY s.number
"""
_RECORDED = f"""
UPDATE events_externalrecord k SET raw = s.raw, digest = s.digest, told = s.told, event_id = s.event
FROM imports_stagedrow s WHERE s.of_id = %(of)s AND s.record IS NOT NULL AND k.id = s.record AND s.verdict IN ('{RowVerdict.NEW}', '{RowVerdict.CHANGED}')
"""
# Of several actors that may be meant, the one that existed at the time; of none or still several, nobody.
WHO = """
LATERAL (
    SELECT r.one AS actor_id, r.called AS name WHERE r.one IS NOT NULL
    UNION ALL
    SELECT min(a.id), min(a.name) FROM actors_actor a
    WHERE cardinality(r.actors) > 1 AND a.id = ANY(r.actors) AND a.possible && s.possible HAVING count(*) = 1
) who
"""
PARTIES = f"""
INSERT INTO events_participation (event_id, actor_id, role, sub_role, certainty, attributed_by, note)
SELECT DISTINCT ON (s.number, who.actor_id, part.value ->> 1, part.value ->> 2) s.event, who.actor_id, part.value ->> 1,
    part.value ->> 2, 'confirmed', '', left(concat_ws('; ', 'Named as: ' || nullif(r.name, who.name), part.value ->> 3), 300)
FROM imports_stagedrow s
CROSS JOIN LATERAL jsonb_array_elements(s.told -> 'parties') WITH ORDINALITY AS part(value, place)
JOIN {MEANT} r ON r.id = (part.value ->> 0)::bigint AND r.found = '{Found.MATCHED}'
CROSS JOIN {WHO}
WHERE s.of_id = %(of)s AND {{which}}
ORDER BY s.number, who.actor_id, part.value ->> 1, part.value ->> 2, part.place
{{there}}
"""
# An event that is not new may have who takes part in it already.
UNLESS_THERE = "ON CONFLICT (event_id, actor_id, role, sub_role) DO NOTHING"
# How many claims an event has that is not new; looked for in a table that seemed empty, it is read whole for each of them.
LAST = "coalesce((SELECT max(number) FROM events_casualty c WHERE c.event_id = s.event), 0)"
DEATHS = f"""
INSERT INTO events_casualty (event_id, number, kind, whom, actor_id, low, best, high, source_id, note)
SELECT s.event, {{last}} + row_number() OVER (PARTITION BY s.number ORDER BY claim.place), 'killed', claim.value ->> 0, who.actor_id,
    (claim.value ->> 2)::int, (claim.value ->> 3)::int, (claim.value ->> 4)::int, %(release)s, ''
FROM imports_stagedrow s
CROSS JOIN LATERAL jsonb_array_elements(s.told -> 'deaths') WITH ORDINALITY AS claim(value, place)
LEFT JOIN {MEANT} r ON r.id = (claim.value ->> 1)::bigint AND r.found = '{Found.MATCHED}'
LEFT JOIN {WHO} ON true
WHERE s.of_id = %(of)s AND {{which}} AND (claim.value ->> 0 <> 'actor' OR who.actor_id IS NOT NULL)
    AND coalesce(claim.value ->> 2, claim.value ->> 3, claim.value ->> 4) IS NOT NULL
ORDER BY s.number, claim.place
"""
_NO_LONGER = f"""
DELETE FROM events_participation p USING imports_stagedrow s
CROSS JOIN LATERAL jsonb_array_elements(s.before -> 'parties') AS part
JOIN {MEANT} r ON r.id = (part ->> 0)::bigint
WHERE s.of_id = %(of)s AND {CHANGED} AND {{differs}} AND p.event_id = s.event AND p.actor_id = ANY(r.actors)
    AND p.role = part ->> 1 AND p.sub_role = part ->> 2
"""
_NOT_COUNTED = f"""
DELETE FROM events_casualty c USING imports_stagedrow s
WHERE s.of_id = %(of)s AND {CHANGED} AND {{differs}} AND c.event_id = s.event AND c.source_id = ANY(%(releases)s)
"""
_LOCK = f"""
SELECT count(*) FROM (SELECT e.id FROM events_event e JOIN imports_stagedrow s ON s.event = e.id
WHERE s.of_id = %(of)s AND ({CHANGED} OR s.verdict = '{RowVerdict.DELETED}') ORDER BY e.id FOR NO KEY UPDATE OF e) AS locked
"""


def event_columns(row: str) -> dict[str, str]:
    """SQL of every column of the event that a staged row tells of."""
    given = {
        "id": f"{row}.event",
        "slug": slug_of(row),
        "territory_id": f"{row}.territory",
        **{
            column: f"{row}.{column}"
            for column in (
                "title", "search_keys", "date", "possible", "certain", "kind", "sub_kind", "confidence", "longitude",
                "latitude", "uncertainty_m",
            )
        },
    }  # fmt: skip
    columns = {str(field.column): field for field in Event._meta.concrete_fields}
    return {name: given.get(name) or _default(field) for name, field in columns.items()}


def _quietly(_done: int, _steps: int) -> None:
    """Nobody wants to hear."""


def write(
    of: Import, *, by: Any, why: str, via: str, tell: Callable[[int, int], None] = _quietly
) -> Batch | None:
    """Write what is new or changed as one batch, all or nothing; None where there is nothing to write.

    What a curator changed since the last import stays as it is. ``tell`` hears how many steps are done, and of how many. Raises
    Django's database errors, after which nothing is written.
    """
    with transaction.atomic():
        counts = counted(of)
        values = values_of(of)
        with connection.cursor() as cursor:
            if not _anything(cursor, values):
                return None
            batch = _batch(of, counts, by)
            said = {"user": by.pk if by else None, "via": via, "batch": batch.pk}
            with pghistory.context(why=why, **said):
                with whole_tables(cursor):
                    _write(cursor, values, counts, tell)
                if counts[RowVerdict.NEW] >= MANY:
                    known_again(cursor, _FILLED)
                revive(of)
                check_now()
            if counts[RowVerdict.DELETED]:
                gone = f"{of.known_release.dataset} has it no longer. {why}".strip()
                with pghistory.context(why=gone, **said, **{MARK: True}):
                    withdraw(of)
                    check_now()
        of.batch, of.state, of.counts = batch, ImportState.WRITTEN, counts
        of.save(update_fields=["batch", "state", "counts"])
        return batch


def _anything(cursor: Any, values: dict[str, Any]) -> bool:
    cursor.execute(
        f"SELECT EXISTS (SELECT FROM imports_stagedrow s WHERE s.of_id = %(of)s AND (s.verdict IN ('{RowVerdict.NEW}', '{RowVerdict.CHANGED}', '{RowVerdict.DELETED}')"
        f" OR s.record IS NULL AND s.verdict IN {_KEPT}))",
        values,
    )
    return bool(cursor.fetchone()[0])


def _batch(of: Import, counts: Counter[str], by: Any) -> Batch:
    return Batch.objects.create(
        files=[
            {
                "name": of.name,
                "size": of.size,
                "sha256": of.sha256,
                "rows": of.rows.filter(line__gt=0).count(),
            }
        ],
        format=of.format,
        release=of.release,
        applied_by=by,
        counts={
            ("events" if of.format in (*EVENTS, DELETIONS) else "external_records"): {
                "new": counts[RowVerdict.NEW],
                "changed": counts[RowVerdict.CHANGED],
                "same": counts[RowVerdict.SAME],
                **({"deleted": counts[RowVerdict.DELETED]} if counts[RowVerdict.DELETED] else {}),
            }
        },
    )


def _write(
    cursor: Any, values: dict[str, Any], counts: Counter[str], tell: Callable[[int, int], None]
) -> None:
    statements = _statements(changed=bool(counts[RowVerdict.CHANGED]))
    for done, statement in enumerate(statements):
        tell(done, len(statements))
        cursor.execute(statement, values)
    tell(len(statements), len(statements))


def of_new_rows() -> list[tuple[str, str]]:
    """What is written of rows that are new, in this order: what that is, where it is counted, and the statement."""
    columns = event_columns("s")
    names, given = ", ".join(f'"{name}"' for name in columns), ", ".join(columns.values())
    return [
        ("", _NUMBER),
        ("", _LOCK),
        ("events made", _EVENTS.format(columns=names, values=given, fresh=_FRESH)),
        ("", _CITATIONS),
        ("participations added", PARTIES.format(which=_FRESH, there="")),
        ("counts of deaths added", DEATHS.format(which=_FRESH, last="0")),
    ]


def _statements(*, changed: bool) -> list[str]:
    return [
        *(statement for _, statement in of_new_rows()),
        *(_statements_of_changes() if changed else ()),
        _RECORDED,
        _RECORDS,
    ]


def _statements_of_changes() -> list[str]:
    found = [_change()]
    for name, taken, added in (("parties", _NO_LONGER, PARTIES), ("deaths", _NOT_COUNTED, DEATHS)):
        differs = f"s.told -> '{name}' IS DISTINCT FROM s.before -> '{name}'"
        which = f"{CHANGED} AND {differs}"
        found += [taken.format(differs=differs), added.format(which=which, there=UNLESS_THERE, last=LAST)]
    return found


def _change() -> str:
    """SQL that gives events what their rows say otherwise than before, where nobody changed it meanwhile."""
    columns, any_of = [], []
    for part, held in _PARTS.items():
        untouched = " AND ".join(
            f"e.{column} IS NOT DISTINCT FROM {before}" for column, (_, before) in held.items() if before
        )
        applies = f"(s.told -> '{part}' IS DISTINCT FROM s.before -> '{part}' AND {untouched})"
        any_of.append(applies)
        columns += [
            f"{column} = CASE WHEN {applies} THEN {now} ELSE e.{column} END"
            for column, (now, _) in held.items()
        ]
    return f"""
        UPDATE events_event e SET {", ".join(columns)} FROM imports_stagedrow s
        LEFT JOIN imports_placereading was ON was.id = (s.before ->> 'place')::bigint
        WHERE s.of_id = %(of)s AND {CHANGED} AND s.event = e.id AND ({" OR ".join(any_of)})
    """


def _default(field: Any) -> str:
    value = field.get_default()
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return str(value).upper()
    return literal(str(value))
