"""What lay inside what, and on which days: the closure of the published containments."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, NamedTuple

from border.api import reading

# Days are counted as date.toordinal(); an open end lies beyond the calendar. Spans are half-open.
BEGINNING, END = 0, 4_000_000
ALWAYS = ((BEGINNING, END),)

Span = tuple[int, int]
Spans = tuple[Span, ...]
Steps = dict[str, list[tuple[str, Span]]]
Direction = Literal["within", "covering"]


class Link(NamedTuple):
    """A containment: what lies inside, what it lies in, and the days on which it may hold."""

    child: str
    parent: str
    span: Span


def union(spans: Iterable[Span]) -> Spans:
    """The same days in as few spans as can be, in order.

    >>> union([(5, 9), (1, 3), (3, 6)])
    ((1, 9),)
    """
    found: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return tuple(found)


def shared(one: Iterable[Span], other: Iterable[Span]) -> Spans:
    """The days that are in both."""
    other = tuple(other)
    return union((max(a, c), min(b, d)) for a, b in one for c, d in other)


def closure(links: Iterable[Link], start: str, direction: Direction = "within") -> dict[str, Spans]:
    """Every territory that lies inside ``start``, or that ``start`` lies in, and on which days.

    A chain of containments holds on the days that all its links share; several chains add their days up.
    ``start`` itself is there, always.
    """
    return spread(steps(links, direction), start)


def steps(links: Iterable[Link], direction: Direction) -> Steps:
    """Where one containment leads from each territory, and on which days."""
    onward: Steps = defaultdict(list)
    for link in links:
        here, there = (link.parent, link.child) if direction == "within" else (link.child, link.parent)
        onward[here].append((there, link.span))
    return onward


def spread(onward: Steps, start: str) -> dict[str, Spans]:
    """Where any number of ``steps`` lead from ``start``, itself among them, and on which days."""
    found: dict[str, Spans] = {start: ALWAYS}
    waiting = [start]
    while waiting:
        here = waiting.pop()
        for there, span in onward.get(here, ()):
            before = found.get(there, ())
            after = union((*before, *shared(found[here], [span])))
            if after != before:
                found[there] = after
                waiting.append(there)
    return found


def links(state: reading.State) -> list[Link]:
    """The containments of the published record."""

    def read() -> list[Link]:
        there, values = state.standing("published_containments")
        found = reading.rows(
            "SELECT child, parent, lower(possible) - date '0001-01-01' + 1, upper(possible) - date '0001-01-01' + 1 "
            f"FROM {there} r WHERE NOT isempty(possible)",
            values,
        )
        return [
            Link(child, parent, (BEGINNING if first is None else first, END if after is None else after))
            for child, parent, first, after in found
        ]

    return state.remembered("links", read)


class Lying(NamedTuple):
    """What lies in or around a territory: always, or on some days only."""

    always: frozenset[str]
    at_times: dict[str, Spans]


def lying(state: reading.State, territory: str, direction: Direction) -> Lying:
    """What lies in or around ``territory`` by the published containments, itself among it."""

    def read() -> Lying:
        onward = state.remembered(direction, lambda: steps(links(state), direction))
        found = spread(onward, territory)
        always = frozenset(slug for slug, spans in found.items() if spans == ALWAYS)
        return Lying(always, {slug: spans for slug, spans in found.items() if slug not in always})

    return state.remembered((direction, territory), read)
