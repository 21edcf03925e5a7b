"""How common among the rows of a table is what PostgreSQL keeps no count of: guessed from a few of them."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from border.api import reading
from border.publication.endpoints import Endpoint

# The part of a table that is looked at, in per cent.
SHARE = 0.2
# About so many rows a condition is tried on; of a small table a tenth.
TRIED, MOST = 500, 10.0
# To look into the names of a row takes longer than to look at the row.
LOOKED_INTO = 150

Box = tuple[float, float, float, float]


class Sample(NamedTuple):
    """A few rows of a table: how many, how many of them are about each territory, who takes part when, what reaches where."""

    rows: int
    territories: Counter[str]
    taking_part: list[tuple[str, set[str]]]
    reaches: list[Box]

    def common(self, hits: int) -> bool:
        """Whether a condition that ``hits`` of the sample meet is common: whether its first rows are found in order."""
        return common(hits, self.rows, SHARE)

    def with_any_of(self, actors: Collection[str], first: dt.date | None, after: dt.date | None) -> int:
        """How many of the sample begin in this window with one of the ``actors``."""
        since, until = str(first or ""), str(after or "a")
        return sum(since <= sort < until and not them.isdisjoint(actors) for sort, them in self.taking_part)

    def reaching(self, box: Box) -> int:
        """How many of the sample reach into ``box``: west, south, east and north."""
        west, south, east, north = box
        return sum(
            one[0] <= east and one[2] >= west and one[1] <= north and one[3] >= south for one in self.reaches
        )


def common(hits: int, rows: int, share: float, even: int = 50) -> bool:
    """Whether what ``hits`` of the ``rows`` meet that are ``share`` per cent of all is found soonest in order.

    Going through the rows in order until a hundred are found, and fetching all that are found to be sorted, take
    equally long where these are as many as the root of ``even`` times all rows.
    """
    return hits**2 >= even * rows * share / 100


def is_common(state: reading.State, endpoint: Endpoint, condition: str, values: Sequence[Any]) -> bool:
    """Whether so many public rows ``r`` of ``endpoint`` meet a condition that the first are found soonest in order.

    It is tried on a few of them, once for each state of the record.
    """
    share = min(MOST, TRIED * SHARE / max(sample(state, endpoint).rows, 1))

    def read() -> bool:
        rows = f"{endpoint.table} r TABLESAMPLE SYSTEM ({share}) WHERE upper_inf(r.known)"
        return tried(rows, [(condition, values)], share, LOOKED_INTO) == [True]

    return state.remembered(("common", endpoint.name, condition, str(values)), read)


def tried(rows: str, conditions: Sequence[tuple[str, Sequence[Any]]], share: float, even: int) -> list[bool]:
    """Of each of the ``conditions``, with its values, whether it is `common`, tried on ``rows``: so many per cent of all."""
    counts = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition, _ in conditions)
    [(of, *hits)] = reading.rows(
        f"SELECT count(*), {counts} FROM {rows}", [value for _, values in conditions for value in values]
    )
    return [some > 0 and common(some, of, share, even) for some in hits]


def sample(state: reading.State, endpoint: Endpoint) -> Sample:
    """A few of the public rows of ``endpoint``, looked at once for each state of the record."""

    def read() -> Sample:
        columns = {field.name for field in endpoint.published._meta.concrete_fields}
        territory, nowhere = "coalesce(r.territories[1], '')", "''"
        reach = "json_build_array((r.reach[1])[0], (r.reach[1])[1], (r.reach[0])[0], (r.reach[0])[1])"
        found = reading.rows(
            f"SELECT {territory if 'territories' in columns else nowhere}, r.sort, "
            f"{'r.actors' if 'actors' in columns else 'ARRAY[]::text[]'}, "
            f"{f'CASE WHEN r.reach IS NOT NULL THEN {reach} END' if 'reach' in columns else 'NULL'} "
            f"FROM {endpoint.table} r TABLESAMPLE SYSTEM ({SHARE}) WHERE upper_inf(r.known)"
        )
        return Sample(
            len(found),
            Counter(territory for territory, *_ in found),
            [(sort, set(actors)) for _, sort, actors, _ in found],
            [tuple(json.loads(reach)) for *_, reach in found if reach],
        )

    return state.remembered(("sample", endpoint.name), read)
