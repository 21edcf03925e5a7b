"""What a row of a foreign file says, in our words, and the refusal of a file that cannot be read."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from border.contracts.outcome import Fault

# The column, its text (shortened), and what is wrong with it or odd about it; an empty column is the whole row.
Remark = tuple[str, str, str]

# Asked of some rows, each its id and its cells: what is known of those that are known already, by their place among them.
Recognise = Callable[[Sequence[tuple[str, Sequence[str]]]], Mapping[int, Any]]


class NotReadable(Exception):
    """A file that cannot be read at all; each fault names the place and the remedy."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults: list[Fault] = list(faults)

    @property
    def problems(self) -> list[str]:
        """What is to be said to whoever brought the file."""
        return list(map(str, self.faults))


@dataclass(slots=True)
class Party:
    """Somebody named by a row: in an event with a role, in a list of actors with all its names."""

    name: str
    id: str = ""
    role: str = ""
    type: str = ""
    note: str = ""
    names: tuple[str, ...] = ()


@dataclass(slots=True)
class Spot:
    """Where it happened, in the dataset's words, and how large an area these words leave open.

    ``divisions`` are the first administrative level, the second and so on, an empty text where the file names none.
    The coordinates are the file's own, also where they only stand for an area: whether they are a point says
    ``Happening.point``.
    """

    name: str
    described: str
    divisions: tuple[str, ...]
    country: str
    country_name: str
    longitude: Decimal | None
    latitude: Decimal | None
    level: str


@dataclass(slots=True)
class Toll:
    """How many were killed, and of whom: all, civilians, unknown, side_a or side_b."""

    whom: str
    low: int | None
    best: int | None
    high: int | None


@dataclass(slots=True)
class Happening:
    """One event of a dataset."""

    date: str
    possible: tuple[dt.date, dt.date]
    certain: tuple[dt.date, dt.date] | None
    kind: str
    sub_kind: str
    place: Spot
    point: tuple[Decimal, Decimal] | None
    uncertainty_m: int | None
    parties: list[Party]
    deaths: list[Toll]
    summary: str
    sources: str
    updated_at: int | None
    precision: dict[str, str]
    source_count: int | None = None
    active_year: bool | None = None


@dataclass(slots=True)
class Row:
    """One row of a file: its cells as they came, and what they say unless the row is refused.

    ``repeats`` is the line on which the very same row stands already; ``file`` says which, inside an archive. ``known`` is
    what somebody knew of it already, and then it says nothing else.
    """

    line: int
    key: str
    cells: list[str]
    faults: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    event: Happening | None = None
    actor: Party | None = None
    deleted_at: str | None = None
    repeats: int | None = None
    known: Any = None
    file: str = ""
