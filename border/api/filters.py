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
from border.api.places import EVERY, FEW, Part
from border.api.problems import Fault, bad_question
from border.api.questions import Questions
from border.api.sampling import Box, is_common, sample
from border.kernel.dates import half_open, parse_window
from border.kernel.edtf import DateRange, EDTFError
from border.kernel.finding import search_keys
from border.publication.endpoints import Endpoint
from border.publication.reference import NAMED
from sources.choices import Stance

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
    # That rows may fall in the window asked for; and, for a list in the order of days, conditions that say the same in
    # parts, each of which an index leads to directly.
    window: Part = EVERY
    parts: list[Part] = field(default_factory=list)
    # Whether so few rows meet the conditions that all are better fetched and sorted than looked for in order.
    rare: bool = False

    def add(self, condition: str, *values: Any) -> None:
        """One more condition that rows must meet."""
        self.conditions.append(condition)
        self.values += values

    @property
    def is_all(self) -> bool:
        """Whether every current row is asked for."""
        return not (self.conditions or self.window.sql or self.state.known_at)

    @property
    def sql(self) -> str:
        """FROM and WHERE: the rows, called ``r``, that meet all conditions."""
        return self._meeting(self.window, *self.state.standing(self.table)).sql

    @property
    def all_values(self) -> list[Any]:
        """The values of ``sql``."""
        return self._meeting(self.window, *self.state.standing(self.table)).values

    def parted(self, *, by_day: bool) -> list[Part]:
        """FROM and WHERE with their values, once for each part of what stood; for a list ``by_day`` and of the window."""
        return [
            self._meeting(part, f"({leg})", moments)
            for part in (by_day and self.parts) or [self.window]
            for leg, moments in self.state.legs(self.table)
        ]

    def _meeting(self, also: Part, standing: str, moments: list[Any]) -> Part:
        conditions = [*self.conditions, also.sql] if also.sql else self.conditions
        rows = f"FROM {standing} r WHERE {' AND '.join(conditions or ['true'])}"
        return Part(rows, [*moments, *self.values, *also.values], self.rare or also.rare, also.before)


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
        message = "This moment has not come yet: what will be known then nobody can say."
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
            places.chosen(questions, value, scope, window, found)
        elif isinstance(parameter, Several) and name not in {"actor", "role"}:
            _choice(parameter, value, found)
    _participants(questions, values, window, found)
    _map(questions.endpoint, values, found)
    if "q" in values:
        _text(questions, values["q"], found)
    if "changed_since" in values:
        found.add("r.sequence >= %s", found.state.first_since(values["changed_since"]))
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
        found.window = Part("r.possible @> %s::date", [values["on"]])
        window = half_open(DateRange(values["on"], values["on"]))
        found.parts = places.by_day(questions, window)
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
    found.window = Part("r.possible && %s::daterange", [window])
    found.parts = places.by_day(questions, window)
    return window


def _choice(parameter: Any, choice: Choice, found: Where) -> None:
    column = f"r.{parameter.column}"
    if parameter.many:
        if choice.any_of:
            found.add(f"{column} && %s::text[]", choice.any_of)
            if parameter.name == "stance" and Stance.SUPPORTS not in choice.any_of:
                # It follows from the other, and says to which index that leads: nearly all rows are only supported.
                found.add("r.stances <> '{supports}'")
        if choice.none_of:
            found.add(f"NOT {column} && %s::text[]", choice.none_of)
        return
    if len(choice.any_of) == 1:
        found.add(f"{column} = %s", choice.any_of[0])
    elif choice.any_of:
        found.add(f"{column} = ANY(%s)", choice.any_of)
    if choice.none_of:
        found.add(f"{column} <> ALL(%s)", choice.none_of)


def _participants(
    questions: Questions, values: Mapping[str, Any], window: Range[dt.date] | None, found: Where
) -> None:
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

    if actors.any_of and found.parts and window:
        # Who fights for some years is common among all rows, and not there at all in other years.
        seen = sample(found.state, questions.endpoint)
        found.rare = found.rare or not seen.common(
            seen.with_any_of(actors.any_of, window.lower, window.upper)
        )
        if found.rare:
            found.parts = [_in_years(actors.any_of, window, part) for part in found.parts]
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


def _in_years(actors: list[str], window: Range[dt.date], part: Part) -> Part:
    """The part; of what begins in the window, what an index of actors and years leads to. Without both ends there are no years."""
    if part.before or not (window.lower and window.upper):
        return part
    years = range(window.lower.year, (window.upper - dt.timedelta(days=1)).year + 1)
    if len(years) * len(actors) > FEW:
        return part
    keys = [f"{actor}/{year:04}" for actor in actors for year in years]
    return Part(
        f"border_actor_years(r.actors, r.sort) && %s::text[] AND {part.sql}", [keys, *part.values], part.rare
    )


def _metres(longitude: str, latitude: str) -> str:
    """SQL of the great-circle distance from the row's point."""
    return (
        f"{2 * EARTH_M} * asin(least(1, sqrt(power(sin(radians({latitude} - r.latitude) / 2), 2) + "
        f"cos(radians(r.latitude)) * cos(radians({latitude})) * power(sin(radians({longitude} - r.longitude) / 2), 2))))"
    )


_FROM_BOX = _metres("least(greatest(r.longitude, %s), %s)", "least(greatest(r.latitude, %s), %s)")
_FROM_POINT = _metres("%s", "%s")


def _map(endpoint: Endpoint, values: Mapping[str, Any], found: Where) -> None:
    if "bbox" in values:
        west, south, east, north = values["bbox"]
        # The corners of a box around a circle reach further than the circle.
        clamped = [south, north, south, north, west, east]
        _reaching(endpoint, values["bbox"], f"{_FROM_BOX} <= r.uncertainty_m", clamped, found)
    if "near" in values:
        longitude, latitude = values["near"]
        metres = values["within_km"] * 1000
        exactly = f"{_FROM_POINT} <= r.uncertainty_m + %s"
        _reaching(
            endpoint,
            _around(longitude, latitude, metres),
            exactly,
            [latitude, latitude, longitude, metres],
            found,
        )
    if "border_within_km" in values:
        found.add("r.border_m <= r.uncertainty_m + %s", values["border_within_km"] * 1000)


def _reaching(endpoint: Endpoint, box: Box | None, exactly: str, values: list[Any], found: Where) -> None:
    """Add that rows reach into the box, which an index leads to, and meet a condition that it does not.

    PostgreSQL takes any box for a small one: where much reaches into it, it is not told that there is an index.
    """
    if box is None:
        found.add(exactly, *values)
        return
    seen = sample(found.state, endpoint)
    within = "r.reach && box(point(%s, %s), point(%s, %s))"
    if seen.common(seen.reaching(box)):
        found.add(f"CASE WHEN {within} THEN {exactly} ELSE false END", *box, *values)
    else:
        found.add(f"{within} AND {exactly}", *box, *values)


def _around(longitude: float, latitude: float, metres: float) -> Box | None:
    """A box around a circle, for the index; none where it would reach over a pole or the 180th meridian."""
    north = metres / METRES_PER_DEGREE
    furthest = abs(latitude) + north
    if furthest >= 89:
        return None
    east = north / math.cos(math.radians(furthest))
    if abs(longitude) + east >= 180:
        return None
    return longitude - east, latitude - north, longitude + east, latitude + north


def _text(questions: Questions, text: str, found: Where) -> None:
    """Rows with the words of ``text``, or that are called so.

    What very many rows have is looked for in the order of the list, row by row: to fetch and sort all of them takes longer
    than readers wait. What few have is looked up.
    """
    has_words = "r.words @@ websearch_to_tsquery('simple', %s)"
    values: list[Any] = [text]
    one_by_one = looked_up = has_words
    if questions.endpoint.name in NAMED:
        names, moments = found.state.standing("published_name", erasable=False)
        of = f"FROM {names} n WHERE n.endpoint = %s"
        called = "(n.search_keys && %s::text[] OR n.search_keys @> %s::text[])"
        # One that is read anew for each row: PostgreSQL would gather all names first for EXISTS.
        one_by_one = f"{has_words} OR (SELECT true {of} AND n.slug = r.slug AND {called} LIMIT 1)"
        looked_up = f"({has_words} OR r.slug = ANY(ARRAY(SELECT n.slug {of} AND {called})))"
        values = [text, *moments, questions.endpoint.name, *name_keys(text)]
    if is_common(found.state, questions.endpoint, one_by_one, values):
        found.add(f"CASE WHEN {one_by_one} THEN true ELSE false END", *values)
    else:
        found.rare = True
        found.add(looked_up, *values)


def name_keys(text: str) -> tuple[list[str], list[str]]:
    """The keys of which a name must share one, and those of which it must have all. See docs/names.md.

    A text with nothing to offer, such as a dash, has keys that no name has.
    """
    keys = [key for key in search_keys(text) if key[2:]]
    tokens = [key for key in keys if key.startswith("t:")]
    strict = [key for key in keys if not key.startswith("t:")]
    return strict or ["e:"], tokens or strict or ["e:"]
