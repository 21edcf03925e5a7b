"""From a row of UCDP to what happened, or who it is: GED in its dialects, and the list of actors.

Where: precision 1 is a named place, taken as 2 km around its point; 2 is near one, which the codebook puts at about
25 km. From 3 on the point is the middle or the seat of a division, an area or a country and stands for it: none is kept.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import ClassVar

from border.imports.formats.acled import AROUND_A_PLACE_M, NEAR_A_PLACE_M
from border.imports.formats.countries import country_of
from border.imports.formats.dates import Span, Unreadable, day, from_to
from border.imports.formats.figures import coordinates, whole, whole_if_small, wrong_count
from border.imports.formats.reader import Reader
from border.imports.formats.records import Happening, Party, Row, Spot, Toll
from events.choices import EventKind, ParticipantRole

_LEVELS = {"1": "place", "2": "near", "3": "adm2", "4": "adm1", "5": "area", "6": "country", "7": "none"}
_METRES = {"1": AROUND_A_PLACE_M, "2": NEAR_A_PLACE_M}
_DATE_PRECISIONS = frozenset("12345")
_FIGHT = (ParticipantRole.SIDE_A.value, ParticipantRole.SIDE_B.value)
_ONE_SIDED = (ParticipantRole.INITIATOR.value, ParticipantRole.TARGET.value)
_KINDS = {
    "1": (EventKind.BATTLE.value, "state-based conflict", _FIGHT),
    "2": (EventKind.BATTLE.value, "non-state conflict", _FIGHT),
    "3": (EventKind.CIVILIANS.value, "one-sided violence", _ONE_SIDED),
}
_TRUTHS = {"1": True, "0": False, "true": True, "false": False, "": None}
_LONGEST_NAME = 100

_PARTS = (
    ("side_a", "deaths_a"),
    ("side_b", "deaths_b"),
    ("civilians", "deaths_civilians"),
    ("unknown", "deaths_unknown"),
)

WRONG_ID = "The id of a UCDP row is a whole number. Write it like 114064."


class Events(Reader):
    """Reads the rows of UCDP GED."""

    wanted: ClassVar = tuple(
        "id year active_year code_status type_of_violence side_a_new_id side_a side_b_new_id side_b number_of_sources"
        " source_article source_headline where_prec where_coordinates where_description adm_1 adm_2 latitude longitude"
        " geom_wkt country country_id iso3 event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians"
        " deaths_unknown best high low gwnoa gwnob".split()
    )

    def __init__(self, header: Sequence[str], ask_order: Callable[[], str]) -> None:
        super().__init__(header, ask_order)
        self._sum_is_known = all(column in self._places for _, column in _PARTS)

    def read(self, line: int, cells: list[str]) -> Row:
        """What one row says; with any fault, no event."""
        (
            key, year, active_year, code_status, violence, id_a, side_a, id_b, side_b, number_of_sources, article,
            headline, where_prec, where, described, adm_1, adm_2, latitude, longitude, outline, country, country_id,
            iso3, clarity, date_prec, start, end, dead_a, dead_b, dead_civilians, dead_unknown, best, high, low, states_a,
            states_b,
        ) = self._take((*cells, ""))  # fmt: skip
        row = Row(line, key.strip(), cells)
        if not _is_id(row.key):
            self._refuse(row, "id", key, WRONG_ID)
        kind, sub_kind, roles = _KINDS.get(violence) or _KINDS["1"]
        if violence not in _KINDS:
            self._refuse(row, "type_of_violence", violence, "The type of violence is 1, 2 or 3.")
        span = self._when(row, start, end, date_prec)
        two_letters = country_of(
            gleditsch_ward=country_id[:9].removesuffix(".0"), three=iso3[:9], name=country[:_LONGEST_NAME]
        )
        place = coordinates(latitude, longitude, two_letters, outline)
        if place.column:
            self._judge(row, place, {"latitude": latitude, "longitude": longitude, "geom_wkt": outline})
        if where_prec not in _LEVELS:
            self._refuse(row, "where_prec", where_prec, "The precision of a place is a number from 1 to 7.")
        deaths = self._deaths(row, (low, best, high), (dead_a, dead_b, dead_civilians, dead_unknown))
        sources = None if number_of_sources in {"-1", ""} else whole(number_of_sources)
        if sources is None and number_of_sources not in {"-1", "", "-1.0"}:
            self._warn(
                row, "number_of_sources", number_of_sources, "This is no count, and not -1 for unknown."
            )
        active = _TRUTHS.get(active_year.lower())
        if active is None and active_year:
            self._warn(row, "active_year", active_year, "This is neither 1 nor 0, neither true nor false.")
        if clarity not in {"1", "2", ""}:
            self._warn(row, "event_clarity", clarity, "The clarity of an event is 1 or 2.")
        if span is None or row.faults:
            return row
        if span.warning:
            self._warn(row, "date_prec", date_prec, span.warning)
        if year and year != start[:4] and not span.covers(year):
            self._warn(row, "year", year, f"The date is {span.date}. The date is kept.")
        name, metres = where.strip(), _METRES.get(where_prec)
        point = place.point(metres)
        row.event = Happening(
            date=span.date,
            possible=span.possible,
            certain=span.certain,
            kind=kind,
            sub_kind=sub_kind,
            place=Spot(
                name,
                described.strip(),
                (adm_1.strip(), adm_2.strip()),
                two_letters,
                country.strip(),
                place.longitude,
                place.latitude,
                _LEVELS[where_prec],
            ),
            point=point,
            uncertainty_m=metres if point else None,
            parties=[
                Party(
                    side_a.strip(),
                    id_a.strip().removesuffix(".0"),
                    roles[0],
                    "",
                    self._states(row, "gwnoa", states_a),
                ),
                Party(
                    side_b.strip(),
                    id_b.strip().removesuffix(".0"),
                    roles[1],
                    "",
                    self._states(row, "gwnob", states_b),
                ),
            ],
            deaths=deaths,
            summary=headline,
            sources=article,
            updated_at=None,
            precision={
                "date_prec": date_prec,
                "where_prec": where_prec,
                "event_clarity": clarity,
                "code_status": code_status,
            },
            source_count=sources,
            active_year=active,
        )
        return row

    def _when(self, row: Row, start: str, end: str, precision: str) -> Span | None:
        if precision not in _DATE_PRECISIONS:
            self._refuse(row, "date_prec", precision, "The precision of a date is a number from 1 to 5.")
            precision = "1"
        try:
            return self._span(partial(from_to, start, end, precision))
        except Unreadable as error:
            self._refuse(row, *self._culprit(start, end), str(error))
            return None

    def _culprit(self, start: str, end: str) -> tuple[str, str]:
        """Which of the two dates cannot be read; the end, where both can and it lies before the start."""
        try:
            day(start, self._order)
        except Unreadable:
            return "date_start", start
        return "date_end", end

    def _deaths(
        self,
        row: Row,
        estimates: tuple[str, str, str],
        parts: tuple[str, str, str, str],
    ) -> list[Toll]:
        low, best, high = map(whole_if_small, estimates)
        if low is None or best is None or high is None:
            low, best, high = map(whole, estimates)
            for column, text, number in zip(
                ("low", "best", "high"), estimates, (low, best, high), strict=True
            ):
                if number is None:
                    self._refuse(row, column, text, wrong_count(text))
            if low is None or best is None or high is None:
                return []
        if not low <= best <= high:
            self._warn(
                row,
                "best",
                estimates[1],
                f"The estimates are not in order: low {low}, best {best}, high {high}. Kept as they came.",
            )
        counts = [whole_if_small(text or "0") for text in parts]
        for place, number in enumerate(counts):
            if number is None:
                counts[place] = whole(parts[place])
                if counts[place] is None:
                    self._refuse(row, _PARTS[place][1], parts[place], wrong_count(parts[place]))
        total = sum(filter(None, counts))
        if total != best and self._sum_is_known:
            self._warn(
                row,
                "best",
                estimates[1],
                f"The deaths of the sides add up to {total}, not to {best}. Kept as they came.",
            )
        told = [
            Toll(whom, None, number, None) for (whom, _), number in zip(_PARTS, counts, strict=True) if number
        ]
        return [Toll("all", low, best, high), *told]

    def _states(self, row: Row, column: str, text: str) -> str:
        if not text:
            return ""
        note = _numbers_of_states(text) if len(text) <= _LONGEST_NAME else None
        if note is None:
            self._warn(
                row,
                column,
                text,
                "This is no list of Gleditsch and Ward's numbers of states. Kept as it came.",
            )
        return note or ""


@lru_cache(maxsize=1_000)
def _numbers_of_states(text: str) -> str | None:
    """The states of a side as a note; None when the text is no list of numbers."""
    numbers = [part.strip().removesuffix(".0") for part in text.replace(",", ";").split(";")]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        return None
    return f"Gleditsch and Ward {', '.join(numbers)}"


class Actors(Reader):
    """Reads the rows of the UCDP Actor Dataset."""

    wanted: ClassVar = tuple(
        "actorid namedata nameorig nameorigfull nameorigfulleng newname newnamefullmothertongue newnamefulleng".split()
    )

    def read(self, line: int, cells: list[str]) -> Row:
        """Who one row is, with every name that it gives."""
        key, name, *others = self._take((*cells, ""))
        row = Row(line, key.strip(), cells)
        if not _is_id(row.key):
            self._refuse(row, "actorid", key, WRONG_ID)
        if not name.strip():
            self._refuse(row, "namedata", name, "An actor needs its name.")
        if not row.faults:
            first = name.strip()
            names = dict.fromkeys(one.strip() for one in others if one.strip().lower() not in {"", "n/a"})
            row.actor = Party(first, row.key, names=tuple(one for one in names if one != first))
        return row


def _is_id(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) <= 12
