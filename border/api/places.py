"""Territories asked for, as SQL: the rows about them, or about what lay in or around them on the rows' own dates."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple, Protocol

from psycopg.types.range import Range

from border.api import inside, reading
from border.api.parameters import Choice
from border.api.questions import Questions
from border.api.sampling import sample

# So many territories the planner looks at one by one; for more, that takes longer than the answer.
FEW = 300


class Part(NamedTuple):
    """A condition that rows meet, with its values; whether it is known to be rare; and the day before which all are sorted."""

    sql: str
    values: list[Any]
    rare: bool = False
    before: str = ""


EVERY = Part("", [])


class Chosen(Protocol):
    """What conditions are added to, and the state that they are about."""

    state: reading.State
    window: Part
    parts: list[Part]
    rare: bool

    def add(self, condition: str, *values: Any) -> None:
        """One more condition that rows must meet."""


def by_day(questions: Questions, window: Range[dt.date]) -> list[Part]:
    """The rows of a window in two parts that an index by first day leads to: what begins in it, what reaches in from before."""
    first, after = window.lower, window.upper
    if questions.orderings[0] != "date" or first in {None, dt.date.min}:
        return []
    reaching = Range(first - dt.timedelta(days=1), first + dt.timedelta(days=1))
    until = Part(" AND r.sort < %s", [after.isoformat()]) if after else EVERY
    return [
        Part(f"r.sort >= %s{until.sql}", [first.isoformat(), *until.values]),
        Part(
            "r.sort < %s AND r.possible @> %s::daterange",
            [first.isoformat(), reaching],
            before=first.isoformat(),
        ),
    ]


def chosen(
    questions: Questions, choice: Choice, scope: str, window: Range[dt.date] | None, found: Chosen
) -> None:
    """Add that rows are about the territories that were asked for, and not about those that are not wanted."""
    asked = _Asked(questions, found.state, scope, window)
    if choice.any_of:
        always, at_times = asked.lying(choice.any_of)
        either = _either([always, *at_times.values()])
        parts = by_day(questions, _years(at_times)) if at_times else []
        if parts and questions.endpoint.published.in_one_place:
            # What lay there for some years is looked for among the rows of these years.
            for_a_time = _either(at_times.values())
            found.parts = [
                *(_both(always, part) for part in found.parts or [found.window]),
                *(_both(for_a_time, part) for part in parts),
            ]
            found.window = _both(either, found.window)
        else:
            found.add(either.sql, *either.values)
            found.rare = either.rare
    if choice.none_of:
        always, at_times = asked.lying(choice.none_of)
        either = _either([always, *at_times.values()])
        found.add(f"{either.sql} IS NOT TRUE", *either.values)


def _either(parts: Iterable[Part]) -> Part:
    parts = list(parts)
    return Part(
        f"({' OR '.join(part.sql for part in parts)})",
        [value for part in parts for value in part.values],
        all(part.rare for part in parts),
    )


def _both(one: Part, other: Part) -> Part:
    sql = " AND ".join(filter(None, (one.sql, other.sql)))
    before = min(filter(None, (one.before, other.before)), default="")
    return Part(sql, [*one.values, *other.values], one.rare or other.rare, before)


def _years(spans: Collection[inside.Span]) -> Range[dt.date]:
    """From the first day of them to the last."""
    return _range((min(first for first, _ in spans), max(after for _, after in spans)))


class _Asked:
    """Territories asked for, and the conditions that they come to."""

    def __init__(
        self, questions: Questions, state: reading.State, scope: str, window: Range[dt.date] | None
    ) -> None:
        self.endpoint, self.state, self.scope, self.window = questions.endpoint, state, scope, window

    def lying(self, slugs: list[str]) -> tuple[Part, dict[inside.Span, Part]]:
        """Rows about the territories, or about what lay in or around them always; and about what did so for a time."""
        if self.scope == "exact":
            return self._any_of(slugs), {}
        always, at_times = self._when(slugs)
        found = {}
        for span, others in at_times.items():
            part = self._any_of(others)
            sql = f"({part.sql} AND (r.possible IS NULL OR r.possible && %s::daterange))"
            found[span] = Part(sql, [*part.values, _range(span)], part.rare)
        return self._any_of(always), found

    def _any_of(self, slugs: Collection[str]) -> Part:
        """Rows about any of the territories ``slugs``, in the way that PostgreSQL answers soonest."""
        if not self.endpoint.published.in_one_place:
            return Part("r.territories && %s::text[]", [list(slugs)])
        if len(slugs) == 1:
            return Part("r.territories[1] = %s", list(slugs))
        # Slugs need no quotes in an array; a list of many takes long to be written out.
        listed = f"{{{','.join(slugs)}}}"
        seen = sample(self.state, self.endpoint)
        if seen.common(sum(seen.territories[slug] for slug in slugs)):
            return Part("(r.territories[1] IN (SELECT unnest(%s::text[]))) IS TRUE", [listed])
        if len(slugs) <= FEW:
            return Part("r.territories[1] = ANY(%s::text[])", [listed], rare=True)
        return Part("r.territories[1] = ANY(ARRAY(SELECT unnest(%s::text[])))", [listed], rare=True)

    def _when(self, slugs: list[str]) -> tuple[Collection[str], dict[inside.Span, list[str]]]:
        """What lay in or around any of these during all of the window, and what lay there for a part of it."""
        within = self.scope == "within"
        around = {slug: inside.lying(self.state, slug, "within" if within else "covering") for slug in slugs}
        always = frozenset[str]().union(
            *(one.always if within else one.always - {slug} for slug, one in around.items())
        )
        spans: dict[str, inside.Spans] = {}
        for one in around.values():
            for other, lying in one.at_times.items():
                if other not in always:
                    spans[other] = inside.union((*spans.get(other, ()), *lying))
        asked = inside.ALWAYS
        if self.window:
            first, after = self.window.lower, self.window.upper
            asked = ((_ordinal(first, inside.BEGINNING), _ordinal(after, inside.END)),)
        throughout: list[str] = []
        at_times: dict[inside.Span, list[str]] = defaultdict(list)
        for other, lying in spans.items():
            clipped = inside.shared(lying, asked)
            if clipped == asked:
                throughout.append(other)
            else:
                for span in clipped:
                    at_times[span].append(other)
        return always.union(throughout), at_times


def _ordinal(day: dt.date | None, unbounded: int) -> int:
    return unbounded if day is None else day.toordinal()


def _day(ordinal: int, unbounded: int) -> dt.date | None:
    return None if ordinal == unbounded else dt.date.fromordinal(ordinal)


def _range(span: inside.Span) -> Range[dt.date]:
    first, after = _day(span[0], inside.BEGINNING), _day(span[1], inside.END)
    return Range(first, after, "[)" if first else "()")
