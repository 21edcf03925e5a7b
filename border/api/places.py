"""Territories asked for, as SQL: the rows about them, or about what lay in or around them on the rows' own dates."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection
from typing import Any, Protocol

from psycopg.types.range import Range

from border.api import inside, reading
from border.api.parameters import Choice
from border.publication.endpoints import Endpoint

# So many territories the planner looks at one by one; for more, that takes longer than the answer.
FEW = 300
# Of a table, the part that is looked at to guess how many rows are about many territories, in per cent.
SAMPLE = 0.2
Condition = tuple[str, list[Any]]


class Chosen(Protocol):
    """What conditions are added to, and the state that they are about."""

    state: reading.State

    def add(self, condition: str, *values: Any) -> None:
        """One more condition that rows must meet."""


def chosen(
    endpoint: Endpoint, choice: Choice, scope: str, window: Range[dt.date] | None, found: Chosen
) -> None:
    """Add that rows are about the territories that were asked for, and not about those that are not wanted."""
    about = _About(endpoint, found.state)
    if choice.any_of:
        condition, values = about.lying(choice.any_of, scope, window)
        found.add(condition, *values)
    if choice.none_of:
        condition, values = about.lying(choice.none_of, scope, window)
        found.add(f"{condition} IS NOT TRUE", *values)


class _About:
    """Conditions on what the rows of an endpoint are about."""

    def __init__(self, endpoint: Endpoint, state: reading.State) -> None:
        self.endpoint, self.state = endpoint, state

    def lying(self, slugs: list[str], scope: str, window: Range[dt.date] | None) -> Condition:
        """Of rows about any of the territories, or about those that lay in or around them on the row's own dates."""
        if scope == "exact":
            condition, values = self.any_of(slugs)
            return f"({condition})", values
        always, at_times = self._when(slugs, scope, window)
        condition, values = self.any_of(always)
        conditions = [condition]
        for span, others in at_times.items():
            condition, more = self.any_of(others)
            conditions.append(f"{condition} AND (r.possible IS NULL OR r.possible && %s::daterange)")
            values += [*more, _range(span)]
        return f"({' OR '.join(conditions)})", values

    def any_of(self, slugs: Collection[str]) -> Condition:
        """Of rows about any of the territories ``slugs``, in the way that PostgreSQL answers soonest."""
        if not self.endpoint.published.in_one_place:
            return "r.territories && %s::text[]", [list(slugs)]
        if len(slugs) == 1:
            return "r.territories[1] = %s", list(slugs)
        if len(slugs) <= FEW:
            return "r.territories[1] = ANY(%s::text[])", [list(slugs)]
        # Slugs need no quotes in an array; a list of many takes long to be written out.
        listed = f"{{{','.join(slugs)}}}"
        if self._common(slugs):
            return "(r.territories[1] IN (SELECT unnest(%s::text[]))) IS TRUE", [listed]
        return "r.territories[1] = ANY(ARRAY(SELECT unnest(%s::text[])))", [listed]

    def _common(self, slugs: Collection[str]) -> bool:
        """Whether so many rows are about these that the first of them are found by going through all in order.

        Going through the rows until a hundred are found and fetching all of them to be sorted take equally long where
        they are as many as the root of fifty times all rows.
        """
        sample = self._sample()
        hits = sum(sample[slug] for slug in slugs)
        return hits**2 >= 50 * sample.total() * SAMPLE / 100

    def _sample(self) -> Counter[str]:
        """How many of a few rows are about each territory."""
        table = self.endpoint.table

        def read() -> Counter[str]:
            sampled = f"{table} r TABLESAMPLE SYSTEM ({SAMPLE})"
            return Counter(
                dict(
                    reading.rows(
                        f"SELECT coalesce(r.territories[1], ''), count(*) FROM {sampled} WHERE upper_inf(r.known) GROUP BY 1"
                    )
                )
            )

        return self.state.remembered(("sample", table), read)

    def _when(
        self, slugs: list[str], scope: str, window: Range[dt.date] | None
    ) -> tuple[Collection[str], dict[inside.Span, list[str]]]:
        """What lay in or around any of these during all of the window, and what lay there for a part of it."""
        within = scope == "within"
        around = {slug: inside.lying(self.state, slug, "within" if within else "covering") for slug in slugs}
        always = frozenset[str]().union(
            *(one.always if within else one.always - {slug} for slug, one in around.items())
        )
        spans: dict[str, inside.Spans] = {}
        for one in around.values():
            for other, lying in one.at_times.items():
                if other not in always:
                    spans[other] = inside.union((*spans.get(other, ()), *lying))
        asked = (
            ((_ordinal(window.lower, inside.BEGINNING), _ordinal(window.upper, inside.END)),)
            if window
            else inside.ALWAYS
        )
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


def _range(span: inside.Span) -> Range[dt.date]:
    first = None if span[0] == inside.BEGINNING else dt.date.fromordinal(span[0])
    after = None if span[1] == inside.END else dt.date.fromordinal(span[1])
    return Range(first, after, "[)" if first else "()")
