"""From what was asked to SQL: the fragments of one WHERE over a published table, aliased ``r``."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from psycopg.types.range import Range

from border.api import places, reading
from border.api.asking import Asked
from border.api.parameters import Choice, Datasets, Flag, Parameter, Refused, Several, Slugs
from border.api.problems import Fault, bad_question
from border.api.questions import Questions
from border.kernel.dates import half_open, parse_window
from border.kernel.edtf import DateRange, EDTFError
from border.kernel.finding import search_keys
from border.publication.reference import NAMED

EARTH_M = 6_371_008.8
METRES_PER_DEGREE = 111_195.08


@dataclass
class Where:
    """The rows that stood, the conditions they meet, and their values, in order; and how surely a row holds, if asked."""

    state: reading.State
    table: str
    conditions: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    surely: str = ""
    surely_values: list[Any] = field(default_factory=list)
    # Conditions that part these rows in such as an index by day leads to directly; none where there is no need.
    parts: list[tuple[str, list[Any]]] = field(default_factory=list)

    def add(self, condition: str, *values: Any) -> None:
        """One more condition that rows must meet."""
        self.conditions.append(condition)
        self.values += values

    @property
    def sql(self) -> str:
        """FROM and WHERE: the rows, called ``r``, that meet all conditions."""
        standing, _ = self.state.standing(self.table)
        return f"FROM {standing} r WHERE {' AND '.join(self.conditions or ['true'])}"

    @property
    def all_values(self) -> list[Any]:
        """The values of ``sql``."""
        _, moments = self.state.standing(self.table)
        return [*moments, *self.values]

    @property
    def parted(self) -> list[tuple[str, list[Any]]]:
        """FROM and WHERE with their values, once for each part."""
        return [(f"{self.sql} AND {part}", [*self.all_values, *values]) for part, values in self.parts] or [
            (self.sql, self.all_values)
        ]


def read(parameters: Mapping[str, Parameter], asked: Asked) -> dict[str, Any]:
    """What was asked, each value read by its parameter. Raises Problem, naming every fault at once."""
    found: dict[str, Any] = {}
    faults: list[Fault] = []
    for name, text in asked.items():
        try:
            found[name] = parameters[name].read(text)
        except Refused as refused:
            faults.append(refused.fault)
    if faults:
        raise bad_question(faults)
    return found


def state(values: Mapping[str, Any], version: reading.Version) -> reading.State:
    """What the answer rests on, of which ``version`` is the newest. Raises Problem for a moment that has not come."""
    known_at = values.get("known_at")
    if known_at and not reading.is_over(known_at):
        message = f"{known_at.isoformat()} has not come yet: what will be known then nobody can say."
        raise bad_question([Fault("known_at", message)])
    return reading.State(version, known_at)


def where(questions: Questions, values: Mapping[str, Any], version: reading.Version) -> Where:
    """The conditions that the rows asked for meet. Raises Problem for slugs that are not public."""
    _refuse_halves(values)
    found = Where(state(values, version), questions.endpoint.table)
    window = days(questions, values, found)
    if found.surely and values.get("date_match") == "certain":
        found.add(found.surely, *found.surely_values)
    _check_slugs(questions, values, found.state)
    for name, parameter in questions.filters.items():
        if name not in values:
            continue
        value = values[name]
        if isinstance(parameter, Flag):
            found.add(f"r.{name} = %s", value)
        elif name.removeprefix("about_") == "territory":
            scope = values.get("territory_scope", "within")
            places.chosen(questions.endpoint, value, scope, window, found)
        elif isinstance(parameter, Several) and name not in {"actor", "role"}:
            _choice(parameter, value, found)
    _participants(questions, values, found)
    _map(values, found)
    if "q" in values:
        _text(questions, values["q"], found)
    if "changed_since" in values:
        found.add(
            "r.sequence >= coalesce((SELECT min(b.first) FROM published_block b WHERE b.at >= %s), 9223372036854775807)",
            values["changed_since"],
        )
    return found


def _check_slugs(questions: Questions, values: Mapping[str, Any], state: reading.State) -> None:
    """Make sure that every slug asked for is public. Raises Problem, naming all that are not."""
    faults = []
    for parameter in (questions.filters.get(name) for name in values):
        if isinstance(parameter, Slugs | Datasets):
            try:
                parameter.check(values[parameter.name], state)
            except Refused as refused:
                faults.append(refused.fault)
    if faults:
        raise bad_question(faults)


# What says nothing by itself, unless it says what holds anyhow.
_NEEDS = {
    "date_match": ("on", "from", "to"),
    "territory_scope": ("territory", "about_territory"),
    "within_km": ("near",),
    "near": ("within_km",),
}
_ANYHOW = {"date_match": "possible", "territory_scope": "within"}


def _refuse_halves(values: Mapping[str, Any]) -> None:
    faults = [
        Fault(name, f"{name} says nothing without {' or '.join(needs)}.", list(needs))
        for name, needs in _NEEDS.items()
        if name in values and values[name] != _ANYHOW.get(name) and not any(need in values for need in needs)
    ]
    if "on" in values and ("from" in values or "to" in values):
        faults.append(Fault("on", "Ask for a day with on, or for a window with from and to, not for both."))
    if faults:
        raise bad_question(faults)


def days(questions: Questions, values: Mapping[str, Any], found: Where) -> Range[dt.date] | None:
    """The day or window asked for, if any; adds that rows may fall in it, and how to say whether they surely do.

    As DatedQuerySet has it: what happened surely falls in a window that holds all its possible days; what lasted
    surely holds within one that holds any of its certain days, too.
    """
    if "on" in values:
        found.surely, found.surely_values = "r.certain @> %s::date", [values["on"]]
        found.add("r.possible @> %s::date", values["on"])
        window = half_open(DateRange(values["on"], values["on"]))
        _part(questions, window, found)
        return window
    if "from" not in values and "to" not in values:
        return None
    try:
        first, last = parse_window(values.get("from", ""), values.get("to", ""))
    except EDTFError as error:
        raise bad_question([Fault("to", str(error))]) from None
    window = half_open(DateRange(first, last))
    if questions.happened:
        found.surely, found.surely_values = "r.possible <@ %s::daterange", [window]
    else:
        found.surely = "(r.certain && %s::daterange OR r.possible <@ %s::daterange)"
        found.surely_values = [window, window]
    found.add("r.possible && %s::daterange", window)
    _part(questions, window, found)
    return window


def _part(questions: Questions, window: Range[dt.date], found: Where) -> None:
    """Parts the rows of a window into those that begin in it, and those that begin before it and reach in."""
    if questions.orderings[0] != "date":
        return
    before = ("r.sort < %s", [window.upper.isoformat()]) if window.upper else ("true", [])
    if window.lower is None:
        found.parts = [before]
        return
    first = window.lower
    sql, values = before
    found.parts = [(f"r.sort >= %s AND {sql}", [first.isoformat(), *values])]
    if first > dt.date.min:
        reaching = Range(first - dt.timedelta(days=1), first + dt.timedelta(days=1))
        found.parts.append(("r.sort < %s AND r.possible @> %s::daterange", [first.isoformat(), reaching]))


def _choice(parameter: Any, choice: Choice, found: Where) -> None:
    column = f"r.{parameter.column}"
    if parameter.many:
        if choice.any_of:
            found.add(f"{column} && %s::text[]", choice.any_of)
        if choice.none_of:
            found.add(f"NOT {column} && %s::text[]", choice.none_of)
        return
    if len(choice.any_of) == 1:
        found.add(f"{column} = %s", choice.any_of[0])
    elif choice.any_of:
        found.add(f"{column} = ANY(%s)", choice.any_of)
    if choice.none_of:
        found.add(f"{column} <> ALL(%s)", choice.none_of)


def _participants(questions: Questions, values: Mapping[str, Any], found: Where) -> None:
    """Actors and their roles: with both, the pair counts. What is not wanted is wanted of nobody asked about."""
    none = Choice([], [])
    if "roles" not in questions.columns:
        for name in ("actor", "role"):
            if name in values:
                _choice(questions.filters[name], values[name], found)
        return
    actors, roles = values.get("actor", none), values.get("role", none)

    def pairs(some: list[str], these: list[str]) -> list[str]:
        return [f"{actor}/{role}" for actor in some for role in these]

    if actors.any_of and roles.any_of:
        found.add("r.roles && %s::text[]", pairs(actors.any_of, roles.any_of))
    elif actors.any_of:
        found.add("r.actors && %s::text[]", actors.any_of)
    elif roles.any_of:
        found.add("r.roles && %s::text[]", roles.any_of)
    if actors.none_of and roles.any_of:
        found.add("NOT r.roles && %s::text[]", pairs(actors.none_of, roles.any_of))
    elif actors.none_of:
        found.add("NOT r.actors && %s::text[]", actors.none_of)
    if roles.none_of and actors.any_of:
        found.add("NOT r.roles && %s::text[]", pairs(actors.any_of, roles.none_of))
    elif roles.none_of:
        found.add("NOT r.roles && %s::text[]", roles.none_of)


def _metres(longitude: str, latitude: str) -> str:
    """SQL of the great-circle distance from the row's point."""
    return (
        f"{2 * EARTH_M} * asin(least(1, sqrt(power(sin(radians({latitude} - r.latitude) / 2), 2) + "
        f"cos(radians(r.latitude)) * cos(radians({latitude})) * power(sin(radians({longitude} - r.longitude) / 2), 2))))"
    )


_FROM_BOX = _metres("least(greatest(r.longitude, %s), %s)", "least(greatest(r.latitude, %s), %s)")
_FROM_POINT = _metres("%s", "%s")


def _map(values: Mapping[str, Any], found: Where) -> None:
    if "bbox" in values:
        west, south, east, north = values["bbox"]
        found.add("r.reach && box(point(%s, %s), point(%s, %s))", west, south, east, north)
        # The corners of a box around a circle reach further than the circle.
        clamped = [south, north, south, north, west, east]
        found.add(f"{_FROM_BOX} <= r.uncertainty_m", *clamped)
    if "near" in values:
        longitude, latitude = values["near"]
        metres = values["within_km"] * 1000
        _around(longitude, latitude, metres, found)
        found.add(f"{_FROM_POINT} <= r.uncertainty_m + %s", latitude, latitude, longitude, metres)
    if "border_within_km" in values:
        found.add("r.border_m <= r.uncertainty_m + %s", values["border_within_km"] * 1000)


def _around(longitude: float, latitude: float, metres: float, found: Where) -> None:
    """A box around a circle, for the index; none where it would reach over a pole or the 180th meridian."""
    north = metres / METRES_PER_DEGREE
    furthest = abs(latitude) + north
    if furthest >= 89:
        return
    east = north / math.cos(math.radians(furthest))
    if abs(longitude) + east < 180:
        corners = (longitude - east, latitude - north, longitude + east, latitude + north)
        found.add("r.reach && box(point(%s, %s), point(%s, %s))", *corners)


def _text(questions: Questions, text: str, found: Where) -> None:
    words = "r.words @@ websearch_to_tsquery('simple', %s)"
    if questions.endpoint.name not in NAMED:
        found.add(words, text)
        return
    strict, tokens = name_keys(text)
    names, moments = found.state.standing("published_name", erasable=False)
    found.add(
        f"({words} OR r.slug = ANY(ARRAY(SELECT n.slug FROM {names} n WHERE n.endpoint = %s "
        "AND (n.search_keys && %s::text[] OR n.search_keys @> %s::text[]))))",
        text,
        *moments,
        questions.endpoint.name,
        strict,
        tokens,
    )


def name_keys(text: str) -> tuple[list[str], list[str]]:
    """The keys of which a name must share one, and those of which it must have all. See docs/names.md.

    A text with nothing to offer, such as a dash, has keys that no name has.
    """
    keys = [key for key in search_keys(text) if key[2:]]
    tokens = [key for key in keys if key.startswith("t:")]
    strict = [key for key in keys if not key.startswith("t:")]
    return strict or ["e:"], tokens or strict or ["e:"]
