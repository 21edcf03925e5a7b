"""From the rows of a file to the table in which they are looked over: read once, in constant memory, and copied."""

import datetime as dt
import json
import re
import unicodedata
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
from border.imports.names import Names
from border.kernel.finding import search_keys
from border.kernel.records import Confidence
from border.kernel.rules import LINE, MARKUP
from border.publication.bulk import copy_in
from events.choices import EventKind, ParticipantRole, Whom

AT_ONCE = 2000
LONGEST_TITLE = 200
LONGEST_QUOTE = 300
COLUMNS = (
    "of_id", "number", "file", "line", "key", "raw", "told", "title", "search_keys", "date", "possible", "certain", "kind",
    "sub_kind", "confidence", "longitude", "latitude", "uncertainty_m", "place", "quote", "updated_at", "remarks", "verdict",
)  # fmt: skip
_HIDDEN = re.compile(f"{LINE}|(?={MARKUP})<")
_LABELS = {kind.value: kind.label for kind in EventKind}
# Of the parts into which a count of deaths is divided, whose they are; the part that nobody knows is what remains of all.
_WHOM = {
    "all": Whom.UNKNOWN.value,
    "civilians": Whom.CIVILIANS.value,
    "side_a": Whom.ACTOR.value,
    "side_b": Whom.ACTOR.value,
}
# UCDP is as clear about an event as its sources are; what one row gathers of several events is less sure.
_UNCLEAR = {"event_clarity": "2"}

Tell = Callable[[int], None]


def stage(of: Import, table: Table, area: Area, tell: Tell) -> None:
    """Copy what the rows of ``table`` say to the table of staged rows, as the rows of ``of``; ``tell`` hears how many.

    Names of actors and places get their readings, and are looked up unless somebody decided about them. A row is new
    until it is compared with what is there.
    """
    names = Names(of.known_release.dataset)
    rows = iter(table.rows())
    count = 0
    while some := list(islice(rows, AT_ONCE)):
        inside = [row.event is not None and area.holds(row.event.place) for row in some]
        # Who is named outside of the area only is nobody's question.
        names.learn(row.event for row, within in zip(some, inside, strict=True) if within and row.event)
        numbered = enumerate(zip(some, inside, strict=True), count + 1)
        copy_in(
            "imports_stagedrow",
            COLUMNS,
            (
                _staged(of.pk, number, row, table.columns, names, within=within)
                for number, (row, within) in numbered
            ),
        )
        count += len(some)
        tell(count)
    match(of.known_release.dataset, names.actors_met, names.places_met)
    keep_counts(of, names)


def _staged(
    of: int, number: int, row: Row, columns: Sequence[str], names: Names, *, within: bool
) -> Sequence[Any]:
    remarks = as_json([*row.faults, *row.warnings])
    head = (of, number, row.file, row.line, row.key.replace("\0", ""))
    event = row.event
    if row.deleted_at and not row.faults:
        kept = as_json(dict(zip(columns, row.cells, strict=True)))
        deleted = int(dt.datetime.fromisoformat(row.deleted_at).timestamp())
        verdict = RowVerdict.REPEATED if row.repeats else RowVerdict.DELETED
        return (*head, kept, *_NOTHING[1:-1], deleted, remarks, verdict.value)
    if row.faults or event is None:
        return (*head, *_NOTHING, remarks, RowVerdict.REFUSED.value)
    if not within:
        return (*head, *_NOTHING, remarks, RowVerdict.OUTSIDE.value)
    place = names.place(event.place)
    title, keys = _title(event)
    actors = [names.actor(party) for party in event.parties]
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
        "deaths": _deaths(event, names),
        "updated_at": event.updated_at,
    }
    return (
        *head,
        as_json(dict(zip(columns, row.cells, strict=True))),
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
        remarks,
        (RowVerdict.REPEATED if row.repeats else RowVerdict.NEW).value,
    )


# Of a row that says nothing: raw, told, title, search keys, date and its two readings, kind and the finer kind,
# confidence, longitude, latitude, uncertainty, place, quote and the time of its last change.
_NOTHING = (None, None, "", "{}", "", None, None, "", "", "", None, None, None, None, "", None)

as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _side(party: Party) -> list[str]:
    """With whom somebody took part who only stood beside another."""
    return [party.note] if party.role == ParticipantRole.ASSOCIATE and party.note else []


def _confidence(event: Happening) -> str:
    unclear = any(event.precision.get(name) == code for name, code in _UNCLEAR.items())
    return (Confidence.LOW if unclear else Confidence.MODERATE).value


def _deaths(event: Happening, names: Names) -> list[list[Any]]:
    """The claims about deaths: whose, of which actor, lowest, best and highest count."""
    sides = {"side_a": 0, "side_b": 1}
    return [
        [
            _WHOM[toll.whom],
            names.actor(event.parties[sides[toll.whom]]) if toll.whom in sides else None,
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


def found_by(title: str) -> str:
    """The search keys of a title, as PostgreSQL writes arrays."""
    quoted = (key.replace("\\", "\\\\").replace('"', '\\"') for key in sorted(set(search_keys(title))))
    return "{" + ",".join(f'"{key}"' for key in quoted) + "}"


def quoted(text: str) -> str:
    """The beginning of ``text``, as much of it as a quote may be."""
    line = plain(text)
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 1]}…"


def plain(text: str) -> str:
    """``text`` as a line of ours may be: in normal form C, without hidden characters and markup."""
    return text if text.isascii() and text.isprintable() and "<" not in text else _plain(text)


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    return " ".join(_HIDDEN.sub(" ", unicodedata.normalize("NFC", text)).split())


@lru_cache(maxsize=4_000)
def as_range(days: tuple[dt.date, dt.date] | None) -> str:
    """From the first to the last of these days, as PostgreSQL writes it; of none, nothing."""
    if days is None:
        return "empty"
    first, last = days
    return f"[{first},{last + dt.timedelta(days=1)})"


def counted(of: Import) -> Counter[str]:
    """The rows of an import by verdict."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT verdict, count(*) FROM imports_stagedrow WHERE of_id = %s GROUP BY 1", [of.pk])
        return Counter(dict(cursor.fetchall()))
