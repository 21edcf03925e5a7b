"""Events that were written before somebody decided about a name, brought up to date: whole tables at a time, as one batch.

The rows that are kept are staged once more, and written by the statements of an import. What a person changed since stays.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pghistory
from django.db import connection, transaction
from django.utils import timezone

from border.documents.planning import whole_tables
from border.imports.choices import Found, RowVerdict
from border.imports.comparing import refuse
from border.imports.counting import count_kept
from border.imports.formats.headers import normal
from border.imports.matching import look_up
from border.imports.models import Decision, Import, StagedRow
from border.imports.sets import MEANT, values_of
from border.imports.staging import AT_ONCE
from border.imports.standing import ACTORS
from border.imports.values import as_json, as_range, found_by, quoted
from border.imports.writing import CHANGED, DEATHS, EVENTS, LAST, PARTIES, UNLESS_THERE, WHO, of_new_rows
from border.kernel.edtf import bounds
from border.kernel.history import check_now
from border.publication.bulk import copy_in
from events.models import ExternalRecord
from sources.models import Batch, Source

# The format of a batch of which the rows were here already.
NAMES = "names"
NAMES_TOLD = 10
# The column of a dataset that is its prose.
_PROSE = {"UCDP GED": "source_headline", "ACLED": "notes"}
_COLUMNS = (
    "of_id", "number", "line", "file", "key", "raw", "told", "before", "title", "search_keys", "date", "possible", "certain",
    "kind", "sub_kind", "confidence", "longitude", "latitude", "uncertainty_m", "place", "quote", "remarks", "verdict", "event",
    "record",
)  # fmt: skip
# The latest that the dataset says of each row that has one of the names.
_NAMED = """
SELECT k.release_id, k.id FROM events_externalrecord k
WHERE k.release_id = ANY(%(releases)s) AND k.told <> '{}' AND k.deleted_at IS NULL
    AND ((k.told ->> 'place')::bigint = ANY(%(places)s) OR EXISTS (
        SELECT FROM jsonb_array_elements(k.told -> 'parties') AS part WHERE (part ->> 0)::bigint = ANY(%(actors)s)))
    AND NOT EXISTS (SELECT FROM events_externalrecord l WHERE l.key = k.key AND l.release_id = ANY(%(releases)s) AND l.id > k.id
        AND l.told <> '{}' AND l.deleted_at IS NULL)
ORDER BY 1, 2
"""
_SOMEWHERE = f"""
UPDATE imports_stagedrow s SET territory = p.territory_id, verdict = CASE
    WHEN s.event IS NULL AND p.territory_id IS NULL THEN '{RowVerdict.UNPLACED}' ELSE s.verdict END
FROM imports_placereading p WHERE p.id = s.place AND s.of_id = %(of)s
"""
_ROWS = f"s.of_id = %(of)s AND {CHANGED}"
# Whether a version in the history is the work of imports, or of merges, which move what imports wrote.
_OURS = """
coalesce(c.metadata ? 'merge', false) OR coalesce(c.metadata -> 'undoes' ? 'merge', false) OR EXISTS (
    SELECT FROM sources_batch b WHERE b.format = ANY(%(formats)s)
        AND b.id = coalesce(c.metadata ->> 'batch', c.metadata -> 'undoes' ->> 'batch')::bigint)
"""
_PARTS_NOW = f"""
SELECT s.event, who.actor_id, part ->> 1 AS role, part ->> 2 AS sub_role FROM imports_stagedrow s
CROSS JOIN LATERAL jsonb_array_elements(s.told -> 'parties') AS part
JOIN {MEANT} r ON r.id = (part ->> 0)::bigint AND r.found = '{Found.MATCHED}' CROSS JOIN {WHO} WHERE {_ROWS}
"""
_CLAIMS_NOW = f"""
SELECT s.event, who.actor_id, claim ->> 2 AS low, claim ->> 3 AS best, claim ->> 4 AS high FROM imports_stagedrow s
CROSS JOIN LATERAL jsonb_array_elements(s.told -> 'deaths') AS claim
JOIN {MEANT} r ON r.id = (claim ->> 1)::bigint AND r.found = '{Found.MATCHED}' CROSS JOIN {WHO} WHERE {_ROWS}
"""
# Whom each name meant at any time before.
_BEFORE = "unnest(%(names)s::bigint[], %(meant)s::bigint[]) AS f (reading, actor)"


def _by_persons(history: str) -> str:
    """SQL of the rows of events that are staged, by their ids in a table of history, that anybody else than imports wrote."""
    return f"""
        SELECT t.pgh_obj_id FROM {history} t LEFT JOIN pghistory_context c ON c.id = t.pgh_context_id
        WHERE t.event_id IN (SELECT s.event FROM imports_stagedrow s WHERE {_ROWS}) AND NOT ({_OURS})
    """


_PARTS_OF_PERSONS = _by_persons("events_participationhistoryevent")
_CLAIMS_OF_PERSONS = _by_persons("events_casualtyhistoryevent")
_NO_LONGER = f"""
DELETE FROM events_participation p USING (
    SELECT DISTINCT s.event, f.actor, part ->> 1 AS role, part ->> 2 AS sub_role FROM imports_stagedrow s
    CROSS JOIN LATERAL jsonb_array_elements(s.told -> 'parties') AS part JOIN {_BEFORE} ON f.reading = (part ->> 0)::bigint
    WHERE {_ROWS}
) was
WHERE p.event_id = was.event AND p.actor_id = was.actor AND p.role = was.role AND p.sub_role = was.sub_role
    AND NOT EXISTS (SELECT FROM ({_PARTS_NOW}) now WHERE now.event = p.event_id AND now.actor_id = p.actor_id AND now.role = p.role
        AND now.sub_role = p.sub_role)
    AND NOT EXISTS (SELECT FROM ({_PARTS_OF_PERSONS}) t WHERE t.pgh_obj_id = p.id)
"""
_NOT_COUNTED = f"""
DELETE FROM events_casualty p USING (
    SELECT DISTINCT s.event, f.actor, (claim ->> 2)::int AS low, (claim ->> 3)::int AS best, (claim ->> 4)::int AS high
    FROM imports_stagedrow s CROSS JOIN LATERAL jsonb_array_elements(s.told -> 'deaths') AS claim
    JOIN {_BEFORE} ON f.reading = (claim ->> 1)::bigint WHERE {_ROWS}
) was
WHERE p.event_id = was.event AND p.actor_id = was.actor AND p.kind = 'killed' AND p.whom = 'actor' AND p.source_id = ANY(%(releases)s)
    AND (p.low, p.best, p.high) IS NOT DISTINCT FROM (was.low, was.best, was.high)
    AND NOT EXISTS (SELECT FROM ({_CLAIMS_NOW}) now WHERE now.event = p.event_id AND now.actor_id = p.actor_id
        AND (now.low::int, now.best::int, now.high::int) IS NOT DISTINCT FROM (p.low, p.best, p.high))
    AND NOT EXISTS (SELECT FROM ({_CLAIMS_OF_PERSONS}) t WHERE t.pgh_obj_id = p.id)
"""
# What a person took away, or gave to another, does not come back.
_TAKE_PART = PARTIES.format(
    which=f"""{CHANGED} AND r.id = ANY(%(actors)s) AND NOT EXISTS (
        SELECT FROM events_participationhistoryevent h WHERE h.pgh_obj_id IN ({_PARTS_OF_PERSONS}) AND h.event_id = s.event
            AND h.actor_id = who.actor_id AND h.role = part.value ->> 1 AND h.sub_role = part.value ->> 2)""",
    there=UNLESS_THERE,
)
_COUNT = DEATHS.format(
    last=LAST,
    which=f"""{CHANGED} AND r.id = ANY(%(actors)s) AND NOT EXISTS (
        SELECT FROM events_casualty k WHERE k.event_id = s.event AND k.actor_id = who.actor_id AND k.kind = 'killed'
            AND k.source_id = ANY(%(releases)s) AND (k.low, k.best, k.high) IS NOT DISTINCT FROM (
                (claim.value ->> 2)::int, (claim.value ->> 3)::int, (claim.value ->> 4)::int))
        AND NOT EXISTS (SELECT FROM events_casualtyhistoryevent h WHERE h.pgh_obj_id IN ({_CLAIMS_OF_PERSONS})
            AND h.event_id = s.event AND h.actor_id = who.actor_id AND h.source_id = ANY(%(releases)s))""",
)
# The territory stays where a person was the last to set it, merges apart.
_PLACED = f"""
WITH versions AS (
    SELECT h.pgh_obj_id, h.pgh_id, h.pgh_context_id,
        h.territory_id IS DISTINCT FROM lag(h.territory_id) OVER (PARTITION BY h.pgh_obj_id ORDER BY h.pgh_id) AS sets
    FROM events_eventhistoryevent h WHERE h.pgh_obj_id IN (SELECT s.event FROM imports_stagedrow s WHERE {_ROWS})
), set_by AS (
    SELECT DISTINCT ON (v.pgh_obj_id) v.pgh_obj_id AS event, ({_OURS}) AS ours
    FROM versions v LEFT JOIN pghistory_context c ON c.id = v.pgh_context_id
    WHERE v.sets AND NOT coalesce(c.metadata ? 'merge' OR c.metadata -> 'undoes' ? 'merge', false) ORDER BY v.pgh_obj_id, v.pgh_id DESC
)
UPDATE events_event e SET territory_id = s.territory FROM imports_stagedrow s JOIN set_by b ON b.event = s.event AND b.ours
WHERE {_ROWS} AND e.id = s.event AND s.place = ANY(%(places)s) AND s.territory IS NOT NULL AND e.territory_id <> s.territory
"""
_LINKED = """
UPDATE events_externalrecord k SET event_id = s.event FROM imports_stagedrow s
WHERE s.of_id = %(of)s AND k.id = s.record AND k.event_id IS NULL AND s.event IS NOT NULL
"""
_FORMER = f"""
WITH former AS (
    SELECT d.actor_reading_id AS name, a.id AS actor FROM imports_decision d CROSS JOIN LATERAL unnest(d.slugs) AS n (named)
    JOIN actors_actor a ON a.slug = n.named WHERE d.actor_reading_id = ANY(%(actors)s) AND d.id <> ALL (%(standing)s)
)
SELECT name, actor FROM former UNION SELECT f.name, g.now FROM former f JOIN {ACTORS} g ON g.was = f.actor
"""


def _quietly(_done: int, _steps: int) -> None:
    """Nobody wants to hear."""


@dataclass
class Waiting:
    """The decisions about names of one dataset that wait."""

    dataset: str
    decisions: list[Decision] = field(default_factory=list)

    @property
    def values(self) -> dict[str, Any]:
        """What statements are told of them: the names of actors and of places, and the dataset's releases."""
        return {
            "actors": [one.actor_reading_id for one in self.decisions if one.actor_reading_id],
            "places": [one.place_reading_id for one in self.decisions if one.place_reading_id],
            "standing": [one.pk for one in self.decisions],
            "releases": list(Source.objects.filter(dataset=self.dataset).values_list("pk", flat=True)),
        }


@dataclass
class Settled:
    """What came of decisions: how many there were, how many rows name them, and what was written of what."""

    decisions: int = 0
    rows: int = 0
    refused: int = 0
    wrote: Counter[str] = field(default_factory=Counter)
    batch: Batch | None = None

    def __str__(self) -> str:
        one = self.decisions == 1
        told = ", ".join(f"{what} {count:,}" for what, count in self.wrote.items() if count)
        left = f" {self.refused:,} cannot be right, and wait." if self.refused else ""
        return (
            f"{self.decisions:,} decision{'' if one else 's'} applied to {self.rows:,} row{'' if self.rows == 1 else 's'}: "
            f"{told or 'nothing was to be changed'}.{left}"
        )


def outlook() -> Settled:
    """How many decisions wait, and how many rows that are kept name them; nothing is written."""
    found = Settled()
    for one in _pending(held=False):
        found.decisions += len(one.decisions)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({_NAMED}) AS named", one.values)
            found.rows += cursor.fetchone()[0]
    return found


def settle(*, by: Any, via: str, why: str = "", tell: Callable[[int, int], None] = _quietly) -> Settled:
    """Apply all decisions that wait to what was written before them, as one batch, all or nothing.

    Where nothing is to be changed there is no batch, and the decisions wait no longer. Raises Django's database errors, after
    which nothing is written.
    """
    with transaction.atomic():
        waiting, found = _pending(held=True), Settled()
        if not waiting:
            return found
        now = timezone.now()
        batch = Batch.objects.create(files=[], format=NAMES, applied_by=by)
        reason = " ".join(filter(None, [_reason(waiting), why]))
        with pghistory.context(user=by.pk if by else None, why=reason, via=via, batch=batch.pk):
            for number, one in enumerate(waiting):
                found.decisions += len(one.decisions)
                _apply(one, found)
                tell(number + 1, len(waiting))
            check_now()
        found.batch = _kept(batch, found.wrote)
        for one in waiting:
            _mark(one, now, found.batch)
            count_kept(one.dataset)
    return found


def _pending(*, held: bool) -> list[Waiting]:
    rows = Decision.objects.pending().select_related("actor_reading", "place_reading").order_by("pk")
    if held:
        rows = rows.select_for_update(of=("self",), no_key=True)
    found: dict[str, Waiting] = {}
    for one in rows:
        dataset = one.reading.dataset
        found.setdefault(dataset, Waiting(dataset)).decisions.append(one)
    return list(found.values())


def _reason(waiting: Sequence[Waiting]) -> str:
    names = [one.reading.name or "–" for of in waiting for one in of.decisions]
    told = ", ".join(dict.fromkeys(names[:NAMES_TOLD]))
    more = f" and {len(names) - NAMES_TOLD:,} more" if len(names) > NAMES_TOLD else ""
    return f"Names decided: {told}{more}."


def _apply(waiting: Waiting, found: Settled) -> None:
    """Write what the decisions change, release by release."""
    values = waiting.values
    look_up(waiting.dataset, values["actors"], values["places"])
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, values)
        named: dict[int, list[int]] = {}
        for release, record in cursor.fetchall():
            named.setdefault(release, []).append(record)
        cursor.execute(_FORMER, values)
        former = cursor.fetchall()
    values |= {
        "names": [name for name, _ in former],
        "meant": [actor for _, actor in former],
        "formats": [*EVENTS, NAMES],
    }
    for release, records in named.items():
        staged = Import.objects.create(name=NAMES, size=0, format=NAMES, release_id=release)
        _stage(staged, records, _PROSE.get(waiting.dataset, ""))
        _write(values_of(staged) | values, found.wrote)
        found.rows += len(records)
        found.refused += staged.rows.filter(verdict=RowVerdict.REFUSED).count()
        StagedRow.objects.filter(of=staged).delete()
        staged.delete()


def _stage(of: Import, records: Sequence[int], prose: str) -> None:
    """Stage rows that are kept once more: as new where they have no event yet, else as changed."""
    for start in range(0, len(records), AT_ONCE):
        kept = ExternalRecord.objects.filter(pk__in=records[start : start + AT_ONCE]).order_by("pk")
        rows = list(kept.values_list("pk", "key", "told", "raw", "event_id"))
        elsewhere = _events_of(rows, of)
        copy_in(
            "imports_stagedrow",
            _COLUMNS,
            (
                _row(of.pk, number, pk, key, told, raw, event or elsewhere.get(key), prose)
                for number, (pk, key, told, raw, event) in enumerate(rows, start + 1)
            ),
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE imports_stagedrow")


def _events_of(rows: Sequence[Any], of: Import) -> dict[str, int]:
    """The events that other releases of the dataset have for rows that have none here, by their ids in the dataset."""
    keys = [key for _, key, _, _, event in rows if event is None]
    found = ExternalRecord.objects.filter(
        key__in=keys, event__isnull=False, release__dataset=of.known_release.dataset
    )
    return dict(found.values_list("key", "event_id"))


def _row(
    of: int, number: int, pk: int, key: str, told: dict[str, Any], raw: Any, event: int | None, prose: str
) -> Sequence[Any]:
    possible, certain = _days(told["date"])
    longitude, latitude, metres = told["point"] or (None, None, None)
    said = as_json(told)
    # Of an event that is there neither the title nor the citation is written anew.
    keys, quote = ("{}", "") if event else (found_by(told["title"]), quoted(_prose_of(raw, prose)))
    return (
        of, number, number, "", key, "{}" if event else as_json(raw), said, said if event else None, told["title"], keys, told["date"], possible, certain,
        told["kind"], told["sub_kind"], told["confidence"], longitude, latitude, metres, told["place"], quote, "[]",
        (RowVerdict.CHANGED if event else RowVerdict.NEW).value, event, pk,
    )  # fmt: skip


def _prose_of(raw: dict[str, str], column: str) -> str:
    return next((text for name, text in raw.items() if normal(name) == column), "")


@lru_cache(maxsize=20_000)
def _days(text: str) -> tuple[str, str]:
    """Both readings of a date, as PostgreSQL writes ranges."""
    possible, certain = bounds(text)
    return as_range(_ends(possible)), as_range(_ends(certain))


def _ends(span: Any) -> tuple[dt.date, dt.date] | None:
    return (span.first, span.last) if span else None


def _write(values: dict[str, Any], wrote: Counter[str]) -> None:
    with connection.cursor() as cursor, whole_tables(cursor):
        cursor.execute(_SOMEWHERE, values)
        refuse(cursor, values)
        for what, statement in (
            *of_new_rows(),
            ("participations taken away", _NO_LONGER),
            ("counts of deaths taken away", _NOT_COUNTED),
            ("participations added", _TAKE_PART),
            ("counts of deaths added", _COUNT),
            ("events placed", _PLACED),
            ("", _LINKED),
        ):
            cursor.execute(statement, values)
            if what:
                wrote[what] += cursor.rowcount


def _kept(batch: Batch, wrote: Counter[str]) -> Batch | None:
    """The batch with what was written; None, and it is gone, where there is nothing."""
    if not wrote.total():
        batch.delete()
        return None
    batch.counts = {
        "events": {"new": wrote["events made"], "changed": wrote["events placed"], "same": 0},
        "participations": {
            "new": wrote["participations added"],
            "deleted": wrote["participations taken away"],
        },
        "casualties": {
            "new": wrote["counts of deaths added"],
            "deleted": wrote["counts of deaths taken away"],
        },
    }
    batch.save(update_fields=["counts"])
    return batch


def _mark(waiting: Waiting, now: dt.datetime, batch: Batch | None) -> None:
    """Let the decisions, and those that they took the place of, wait no longer."""
    with connection.cursor() as cursor:
        for link in ("actor_reading_id", "place_reading_id"):
            cursor.execute(
                f"UPDATE imports_decision d SET settled_at = %s, settled_in_id = %s FROM imports_decision w"
                f" WHERE w.id = ANY(%s) AND d.{link} = w.{link} AND d.id <= w.id AND d.settled_at IS NULL",
                [now, batch.pk if batch else None, [one.pk for one in waiting.decisions]],
            )
