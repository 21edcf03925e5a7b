"""From the rows of a file to the table in which they are looked over: read once, in constant memory, and copied."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from django.db import connection

from border.imports.area import Area
from border.imports.choices import RowVerdict
from border.imports.counting import keep_counts
from border.imports.formats import Happening, Party, Row, Table
from border.imports.matching import match
from border.imports.models import Import
from border.imports.names import Named, Names
from border.imports.recognising import Digest, digesting, recogniser
from border.imports.values import as_json, as_range, encoder, found_by, plain, quoted
from border.kernel import garbage
from border.kernel.records import Confidence
from border.publication.bulk import copy_in
from events.choices import EventKind, ParticipantRole, Whom

AT_ONCE = 2000
LONGEST_TITLE = 200
COLUMNS = (
    "of_id", "number", "file", "line", "key", "raw", "told", "title", "search_keys", "date", "possible", "certain", "kind",
    "sub_kind", "confidence", "longitude", "latitude", "uncertainty_m", "place", "quote", "updated_at", "record", "event", "digest",
    "remarks", "verdict",
)  # fmt: skip
_LABELS = {kind.value: kind.label for kind in EventKind}
# Of the parts into which a count of deaths is divided, whose they are; the part that nobody knows is what remains of all.
_WHOM = {
    "all": Whom.UNKNOWN.value,
    "civilians": Whom.CIVILIANS.value,
    "side_a": Whom.ACTOR.value,
    "side_b": Whom.ACTOR.value,
}
_SIDES = {"side_a": 0, "side_b": 1}
# UCDP is as clear about an event as its sources are; what one row gathers of several events is less sure.
_CLEAR, _UNCLEAR = Confidence.MODERATE.value, Confidence.LOW.value

Tell = Callable[[int], None]
Encode = Callable[[Sequence[str]], str]


@garbage.looked_for_seldom()
def stage(of: Import, table: Table, area: Area, tell: Tell) -> None:
    """Copy what the rows of ``table`` say to the table of staged rows, as the rows of ``of``; ``tell`` hears how many.

    Names of actors and places get their readings, and are looked up unless somebody decided about them. A row is new
    until it is compared with what is there, unless it is known already, letter for letter.
    """
    names = Names(of.known_release.dataset)
    encode, digest = encoder(table.columns), digesting(table.columns)
    rows = iter(table.rows(None if area.is_narrow else recogniser(of.known_release, digest)))
    count = 0
    while some := list(islice(rows, AT_ONCE)):
        # Who is named outside of the area only is nobody's question.
        named = names.named(row.event if row.event and area.holds(row.event.place) else None for row in some)
        numbered = enumerate(zip(some, named, strict=True), count + 1)
        copy_in(
            "imports_stagedrow",
            COLUMNS,
            (_staged(of.pk, number, row, encode, digest, names, found) for number, (row, found) in numbered),
        )
        count += len(some)
        tell(count)
    match(of.known_release.dataset, names.actors_met, names.places_met)
    keep_counts(of, names)


def _staged(
    of: int, number: int, row: Row, encode: Encode, digest: Digest, names: Names, named: Named | None
) -> Sequence[Any]:
    remarks = as_json([*row.faults, *row.warnings]) if row.faults or row.warnings else "[]"
    head = (of, number, row.file, row.line, row.key.replace("\0", ""))
    event = row.event
    if row.deleted_at and not row.faults:
        kept = encode(row.cells)
        deleted = int(dt.datetime.fromisoformat(row.deleted_at).timestamp())
        verdict = RowVerdict.REPEATED if row.repeats else RowVerdict.DELETED
        return (*head, kept, *_NOTHING[1:-4], deleted, *_NOTHING[-3:], remarks, verdict.value)
    if row.known is not None and not row.faults:
        here = (None, None) if row.repeats else (row.known.record, row.known.event)
        verdict = RowVerdict.REPEATED if row.repeats else RowVerdict.SAME
        return (*head, *_known(row.known.told, names, head[-1]), *here, None, remarks, verdict.value)
    if row.faults or event is None:
        return (*head, *_NOTHING, remarks, RowVerdict.REFUSED.value)
    if named is None:
        return (*head, *_NOTHING, remarks, RowVerdict.OUTSIDE.value)
    place, actors = named
    title, keys = _title(event)
    names.count(actors, place, (head[-1], event.date, title))
    longitude, latitude = event.point or (None, None)
    confidence = _confidence(event)
    told = {
        "title": title,
        "date": event.date,
        "kind": event.kind,
        "sub_kind": event.sub_kind,
        "confidence": confidence,
        "point": [str(longitude), str(latitude), event.uncertainty_m] if event.point else None,
        "place": place,
        "parties": [
            [actor, party.role, party.type, *_side(party)]
            for actor, party in zip(actors, event.parties, strict=True)
        ],
        "deaths": _deaths(event, actors),
        "updated_at": event.updated_at,
    }
    return (
        *head,
        encode(row.cells),
        as_json(told),
        title,
        keys,
        event.date,
        as_range(event.possible),
        as_range(event.certain),
        event.kind,
        event.sub_kind,
        confidence,
        longitude,
        latitude,
        event.uncertainty_m if event.point else None,
        place,
        quoted(event.summary),
        event.updated_at,
        None,
        None,
        digest(row.cells),
        remarks,
        (RowVerdict.REPEATED if row.repeats else RowVerdict.NEW).value,
    )


# Of a row that says nothing: raw, told, title, search keys, date and its two readings, kind and the finer kind,
# confidence, longitude, latitude, uncertainty, place, quote, the time of its last change, record, event and digest.
_NOTHING = (
    None,
    None,
    "",
    "{}",
    "",
    None,
    None,
    "",
    "",
    "",
    None,
    None,
    None,
    None,
    "",
    None,
    None,
    None,
    None,
)


def _known(told: dict[str, Any], names: Names, key: str) -> Sequence[Any]:
    """What is staged of a row that is here already: what it is shown by."""
    actors, place, date, title = told["parties"], told["place"], told["date"], told["title"]
    names.count([actor for actor, *_ in actors], place, (key, date, title))
    return (None, None, title, "{}", date, *_NOTHING[5:13], place, "", None)


def _side(party: Party) -> list[str]:
    """With whom somebody took part who only stood beside another."""
    return [party.note] if party.role == ParticipantRole.ASSOCIATE and party.note else []


def _confidence(event: Happening) -> str:
    return _UNCLEAR if event.precision.get("event_clarity") == "2" else _CLEAR


def _deaths(event: Happening, actors: Sequence[int]) -> list[list[Any]]:
    """The claims about deaths: whose, of which actor, lowest, best and highest count."""
    return [
        [
            _WHOM[toll.whom],
            actors[_SIDES[toll.whom]] if toll.whom in _SIDES else None,
            toll.low,
            toll.best,
            toll.high,
        ]
        for toll in event.deaths
        if toll.whom in _WHOM
    ]


def _title(event: Happening) -> tuple[str, str]:
    return _titled(event.kind, tuple([party.name for party in event.parties[:2]]), event.place.name)


@lru_cache(maxsize=2_000)  # what is common recurs at once, and each takes some kilobytes
def _titled(kind: str, names: tuple[str, ...], place: str) -> tuple[str, str]:
    """A title that says what happened, between whom and where; and its search keys, as PostgreSQL writes arrays."""
    who = " – ".join(filter(None, map(plain, names)))
    title = ", ".join(filter(None, [f"{_LABELS[kind]}: {who}" if who else _LABELS[kind], plain(place)]))
    if len(title) > LONGEST_TITLE:
        title = f"{title[: LONGEST_TITLE - 1]}…"
    return title, found_by(title)


def counted(of: Import) -> Counter[str]:
    """The rows of an import by verdict."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verdict, count(*) FROM imports_stagedrow WHERE of_id = %s GROUP BY 1", [of.pk])
        return Counter(dict(cursor.fetchall()))
