"""What changed and when, by the history: which records, by whom, and whether a reviewer has seen it since."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.utils import timezone

from border.documents.sql import literal, quoted
from border.publication.endpoints import Endpoint
from border.publication.review import owned

WEEKS = 26
WEEK = dt.timedelta(days=7)
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """The days from ``first`` to ``last``, both included, in UTC."""

    first: dt.date
    last: dt.date

    def bounds(self) -> dict[str, dt.datetime]:
        """The instants at which they begin and end."""
        since, until = (dt.datetime.combine(day, dt.time(), dt.UTC) for day in (self.first, self.last + DAY))
        return {"since": since, "until": until}

    def __str__(self) -> str:
        return (
            f"{self.first:%-d %B %Y}"
            if self.first == self.last
            else f"{self.first:%-d %b} – {self.last:%-d %b %Y}"
        )


def week() -> Days:
    """The seven days up to today."""
    today = timezone.now().date()
    return Days(today - WEEK + DAY, today)


def weeks() -> list[Days]:
    """Half a year of such weeks, this one last."""
    this = week()
    return [Days(this.first - back * WEEK, this.last - back * WEEK) for back in reversed(range(WEEKS))]


@dataclass(frozen=True)
class Changed:
    """A record and one of the people who changed it in some days: when last, and whether a review has seen it since."""

    endpoint: str
    slug: str
    pk: int
    who: int
    at: dt.datetime
    reviewed: bool


def by_person(endpoints: Sequence[Endpoint], days: Days) -> dict[int, tuple[int, int]]:
    """For each person, 0 being whoever writes past the site: how many records they changed that were reviewed since, and not."""
    rows = _ask(
        endpoints,
        days,
        "SELECT who, count(*) FILTER (WHERE reviewed), count(*) FILTER (WHERE NOT reviewed) FROM seen "
        "GROUP BY who ORDER BY count(*) DESC, who",
    )
    return {who: (seen, unseen) for who, seen, unseen in rows}


def by_week(endpoints: Sequence[Endpoint]) -> list[int]:
    """How many records were changed in each of `weeks`, once for each person who changed them."""
    spans = weeks()
    rows = _ask(
        endpoints,
        Days(spans[0].first, spans[-1].last),
        "SELECT ((at AT TIME ZONE 'UTC')::date - %(first)s) / 7, count(DISTINCT (endpoint, id, who)) FROM changes GROUP BY 1",
        first=spans[0].first,
    )
    found = dict(rows)
    return [found.get(number, 0) for number in range(WEEKS)]


def published_by_week() -> list[int]:
    """How many lines the public ledger gained in each of `weeks`."""
    spans = weeks()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ((at AT TIME ZONE 'UTC')::date - %(first)s) / 7, count(*) FROM published_entry "
            "WHERE at >= %(since)s AND at < %(until)s GROUP BY 1",
            {"first": spans[0].first, **Days(spans[0].first, spans[-1].last).bounds()},
        )
        found = dict(cursor.fetchall())
    return [found.get(number, 0) for number in range(WEEKS)]


@dataclass(frozen=True)
class Changes:
    """The changes of records in some days, narrowed to those by ``who`` and to those that were ``reviewed`` since or not."""

    endpoints: Sequence[Endpoint]
    days: Days
    who: int | None = None
    reviewed: bool | None = None

    def count(self) -> int:
        """How many records were changed, once for each person who changed them."""
        rows = self._ask("SELECT count(*) FROM seen")
        return int(rows[0][0]) if rows else 0

    def part(self, first: int, most: int) -> list[Changed]:
        """``most`` of them after the ``first``, the latest before all."""
        rows = self._ask(
            "SELECT endpoint, slug, id, who, at, reviewed FROM seen",
            "ORDER BY at DESC, endpoint, slug, who LIMIT %(most)s OFFSET %(first)s",
            first=first,
            most=most,
        )
        return [Changed(*row) for row in rows]

    def _ask(self, select: str, ordered: str = "", **asked: Any) -> list[tuple[Any, ...]]:
        narrowed = (
            "WHERE (%(who)s::bigint IS NULL OR who = %(who)s) "
            "AND (%(reviewed)s::boolean IS NULL OR reviewed = %(reviewed)s)"
        )
        question = f"{select} {narrowed} {ordered}"
        return _ask(self.endpoints, self.days, question, who=self.who, reviewed=self.reviewed, **asked)


def people(keys: Iterable[int]) -> dict[int, str]:
    """What the people of these keys are called; 0 and who is gone included."""
    names = dict(get_user_model()._default_manager.filter(pk__in=keys).values_list("pk", "username"))
    return {
        key: names.get(key) or ("somebody who is gone" if key else "directly in the database") for key in keys
    }


def _ask(endpoints: Sequence[Endpoint], days: Days, question: str, **asked: Any) -> list[tuple[Any, ...]]:
    """The answer to ``question`` about the changes of some days; steps of a review are none. Nouns that may not be seen are left out."""
    if not endpoints:
        return []
    touched = " UNION ALL ".join(map(_touched, endpoints))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH changes AS (
                SELECT t.endpoint, t.slug, t.id, t.pgh_id, t.at, coalesce((c.metadata->>'user')::bigint, 0) AS who
                FROM ({touched}) t LEFT JOIN pghistory_context c ON c.id = t.pgh_context_id
                WHERE c.metadata->>'via' IS DISTINCT FROM 'review'
            ), changed AS (
                SELECT endpoint, slug, id, who, max(pgh_id) AS last, max(at) AS at FROM changes GROUP BY endpoint, slug, id, who
            ), seen AS (
                SELECT *, EXISTS (
                    SELECT FROM publication_review r
                    WHERE r.endpoint = changed.endpoint AND r.slug = changed.slug AND r.history >= changed.last
                ) AS reviewed
                FROM changed
            ) {question}
            """,
            {**days.bounds(), **asked},
        )
        return cursor.fetchall()


def _touched(endpoint: Endpoint) -> str:
    """The history of the records of ``endpoint`` that are still there, and of what belongs to them."""
    tables = [(endpoint.model, "pgh_obj_id"), *owned(endpoint.model)]
    rows = " UNION ALL ".join(
        f'SELECT "{owner}" AS id, pgh_id, pgh_created_at AS at, pgh_context_id FROM {quoted(model.pgh_event_model)} '
        "WHERE pgh_created_at >= %(since)s AND pgh_created_at < %(until)s"
        for model, owner in tables
    )
    return (
        f"SELECT {literal(endpoint.name)} AS endpoint, r.slug, h.id, h.pgh_id, h.at, h.pgh_context_id "
        f"FROM ({rows}) h JOIN {quoted(endpoint.model)} r ON r.id = h.id"
    )
