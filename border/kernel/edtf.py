"""What a date written in EDTF can mean: the widest and the narrowest span of days.

The Extended Date/Time Format (ISO 8601-2:2019, annex A; Library of Congress, 2019): dates of level 0,
all of level 1 that is about days of the years 0001 to 9999, and of level 2 only "one of a set".
Every refusal names the part that could not be read and what would be right. See docs/dates.md.
"""

import datetime as dt
import re
from typing import NamedTuple

from border.kernel.written_dates import MONTHS, in_edtf

SEASON_NAMES = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
# Months counted from January of the year 0; a season starts in the month given here, winter in December.
_SEASON_STARTS = {21: 2, 22: 5, 23: 8, 24: 11}
_MONTHS_LEFT_OPEN = {2: 1200, 3: 120, 4: 12, 7: 1}

# Days are counted as in date.toordinal(); what lies outside the calendar is as good as unbounded.
_LAST_DAY = dt.date.max.toordinal()
_EARLIEST, _LATEST = 0, _LAST_DAY + 1

_FORMS = (
    "Write a year 2014, a month 2014-06, a day 2014-06-22, an interval 2014-06/2014-08, a decade 196X,"
    " a season 2014-22 (summer), or 2014~ for about 2014."
)
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([~?%])?").fullmatch
_UNSPECIFIED = re.compile(
    r"([0-9]{2}XX|[0-9]{3}X|[0-9]{4}-XX(?:-XX)?|[0-9]{4}-[0-9]{2}-XX)([~?%])?"
).fullmatch


class EDTFError(ValueError):
    """A text that is no date we can read: the ``text``, the ``part`` at fault, the ``problem``, the ``remedy``."""

    def __init__(self, text: str, part: str, problem: str, remedy: str) -> None:
        super().__init__(text, part, problem, remedy)
        self.text, self.part, self.problem, self.remedy = text, part, problem, remedy

    def __str__(self) -> str:
        text, part = _short(self.text), _short(self.part)
        where = f'The date "{text}"' if self.part == self.text else f'In the date "{text}", "{part}"'
        return f"{where} {self.problem}. {self.remedy}"


class DateRange(NamedTuple):
    """A span of days, both ends inclusive; None is an end without bound."""

    first: dt.date | None
    last: dt.date | None

    def __repr__(self) -> str:
        return f"DateRange({self.first or '..'}, {self.last or '..'})"


class Bounds(NamedTuple):
    """Both readings of a date; ``certain`` is None when no day is certain, and lies within ``possible``."""

    possible: DateRange
    certain: DateRange | None


class _Refusal(Exception):
    def __init__(self, part: str, problem: str, remedy: str) -> None:
        super().__init__(part)
        self.part, self.problem, self.remedy = part, problem, remedy


def bounds(text: str) -> Bounds:
    """The widest and the narrowest span of days that an EDTF ``text`` can mean.

    Proleptic Gregorian days, ends inclusive. A single date coarser than a day happened on *some* day
    within it, so no day is certain; an interval certainly covers what lies between its latest start and
    its earliest end, knowing that it does not end before it starts. ``~``, ``?`` and ``%`` move each end by one unit of the date's own precision, a
    convention of ours. Raises EDTFError, quoting ``text`` and naming the part it could not read.

    >>> bounds("2014-06").possible
    DateRange(2014-06-01, 2014-06-30)
    >>> bounds("2014-08-30~/2017-11")
    Bounds(possible=DateRange(2014-08-29, 2017-11-30), certain=DateRange(2014-08-31, 2017-11-01))
    """
    try:
        if "/" in text:
            return _interval(text)
        earliest, latest = _one_of(text) if text[:1] == "[" else _span(text)
    except _Refusal as refusal:
        remedy, meant = refusal.remedy, suggest(text)
        if meant and meant not in re.split("[ ,;.]+", remedy.removesuffix(_FORMS)):
            remedy = f"{remedy.removesuffix(_FORMS)} Write {meant} if that is what is meant.".lstrip()
        raise EDTFError(text, refusal.part, refusal.problem, remedy) from None
    possible = _range(earliest, latest)
    return Bounds(possible, possible if earliest == latest else None)


def canonical(text: str) -> str:
    """The text as it is kept: exactly as the curator wrote it. Raises EDTFError when it is not a date."""
    bounds(text)
    return text


def suggest(text: str) -> str | None:
    """The EDTF that a date written for people probably means, or None; for messages, never applied unasked.

    Of two numbers that could both be a month, the first is taken for the day, as in Syria and Iraq.

    >>> suggest("22 June 2014"), suggest("03/04/2023"), suggest("circa 1967"), suggest("soon")
    ('2014-06-22', '2023-04-03', '1967~', None)
    """
    for meant in ("".join(text.split()), in_edtf(text)):
        if meant and meant != text and _is_edtf(meant):
            return meant
    return None


def _is_edtf(text: str) -> bool:
    try:
        _interval(text) if "/" in text else _one_of(text) if text[:1] == "[" else _span(text)
    except _Refusal:
        return False
    return True


def describe(text: str) -> str:
    """How ``text`` was understood, in one English sentence without a full stop. Raises EDTFError.

    >>> describe("2014-06")
    'some time between 1 June 2014 and 30 June 2014; no day is certain'
    """
    possible, certain = bounds(text)
    if possible == certain:
        return _words(possible)
    if certain:
        return f"surely {_words(certain)}, perhaps {_words(possible)}"
    if "/" in text:
        return f"perhaps {_words(possible)}; no day is certain"
    if possible.first and possible.last:
        between = f"between {_day(possible.first)} and {_day(possible.last)}"
    else:
        between = _words(possible)
    return f"some time {between}; no day is certain"


def refused_day(text: str) -> EDTFError:
    """The error for a ``text`` of the form YYYY-MM-DD that names no day."""
    refusal = _no_such_day(*text.split("-")) if text[:4] != "0000" else _year_out_of_range(text)
    return EDTFError(text, refusal.part, refusal.problem, refusal.remedy)


def _words(span: DateRange) -> str:
    if span.first and span.last:
        if span.first == span.last:
            return f"on {_day(span.first)}"
        return f"from {_day(span.first)} to {_day(span.last)}"
    if span.first:
        return f"from {_day(span.first)} onwards"
    return f"up to {_day(span.last)}" if span.last else "at all times"


def _day(day: dt.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _range(earliest: int, latest: int) -> DateRange:
    return DateRange(
        dt.date.fromordinal(earliest) if earliest > _EARLIEST else None,
        dt.date.fromordinal(latest) if latest < _LATEST else None,
    )


def _month_start(months: int) -> int:
    """The ordinal of the first day of a month; outside the calendar, an ordinal beyond its end."""
    year, month = divmod(months, 12)
    if year < 1:
        return _EARLIEST
    if year > dt.MAXYEAR:
        return _LATEST + months - 12 * (dt.MAXYEAR + 1)
    return dt.date(year, month + 1, 1).toordinal()


def _span(part: str) -> tuple[int, int]:
    """The earliest and the latest day that one date can mean, as ordinals."""
    match = _DATE(part)
    if match is None:
        return _unspecified(part)
    year, month, day, qualifier = match.groups()
    number = int(year)
    if number == 0:
        raise _year_out_of_range(part)
    if day:
        try:
            ordinal = dt.date(number, int(month), int(day)).toordinal()
        except ValueError:
            raise _no_such_day(year, month, day) from None
        return (ordinal - 1, ordinal + 1) if qualifier else (ordinal, ordinal)
    if not month:
        return _months(number * 12, 12, qualifier)
    subdivision = int(month)
    if 1 <= subdivision <= 12:
        return _months(number * 12 + subdivision - 1, 1, qualifier)
    if subdivision in _SEASON_STARTS:
        return _months(number * 12 + _SEASON_STARTS[subdivision], 3, qualifier)
    raise _no_such_month(year, month)


def _unspecified(part: str) -> tuple[int, int]:
    match = _UNSPECIFIED(part)
    if match is None:
        raise _explained(part)
    known = match[1].rstrip("X-")
    length = _MONTHS_LEFT_OPEN[len(known)]
    year = int(known[:4].ljust(4, "0"))
    if year == 0:
        raise _year_out_of_range(part)
    month = int(known[5:] or 1)
    if not 1 <= month <= 12:
        raise _no_such_month(known[:4], known[5:])
    return _months(year * 12 + month - 1, length, match[2])


def _months(start: int, length: int, qualifier: str | None) -> tuple[int, int]:
    widened = length if qualifier else 0
    return _month_start(start - widened), _month_start(start + length + widened) - 1


def _interval(text: str) -> Bounds:
    ends = text.split("/")
    if len(ends) != 2:
        raise _Refusal(
            text,
            "has more than one slash, and a slash separates the start from the end",
            "Write days as 2014-06-22.",
        )
    start, end = ends
    if {start, end} <= {"", ".."} and text != "../..":
        raise _Refusal(
            text, "names neither a start nor an end", "Leave it empty, or write ../.. for all time."
        )
    earliest_start, latest_start = _end_of_interval(start, if_open=_EARLIEST)
    earliest_end, latest_end = _end_of_interval(end, if_open=_LATEST)
    if earliest_start > latest_end:
        raise _Refusal(text, "ends before it starts", f"Write the earlier date first: {end}/{start}.")
    # Nothing ends before it starts: each end limits what the other can be.
    latest_start, earliest_end = min(latest_start, latest_end), max(earliest_start, earliest_end)
    surely = latest_start <= earliest_end and latest_start < _LATEST and earliest_end > _EARLIEST
    return Bounds(
        _range(earliest_start, latest_end),
        _range(latest_start, earliest_end) if surely else None,
    )


def _end_of_interval(part: str, *, if_open: int) -> tuple[int, int]:
    if part == "":
        return _EARLIEST, _LATEST
    return (if_open, if_open) if part == ".." else _span(part)


def _one_of(text: str) -> tuple[int, int]:
    if not text.endswith("]") or text in ("[]", "[..]"):
        raise _Refusal(
            text, "is not a list of dates in brackets", "Write it as [2014-06,2014-08] or [2014..2016]."
        )
    members = text[1:-1].split(",")
    spans = [
        _member(member, may_open=number == 0, may_close=number == len(members) - 1)
        for number, member in enumerate(members)
    ]
    return min(span[0] for span in spans), max(span[1] for span in spans)


def _member(member: str, *, may_open: bool, may_close: bool) -> tuple[int, int]:
    if ".." not in member or member == "..":
        return _span(member)
    first, last = member.split("..", 1)
    if not first and may_open:
        return _EARLIEST, _span(last)[1]
    if not last and may_close:
        return _span(first)[0], _LATEST
    earliest, latest = _span(first)[0], _span(last)[1]
    if earliest > latest:
        raise _Refusal(member, "ends before it starts", f"Write the earlier date first: {last}..{first}.")
    return earliest, latest


def _year_out_of_range(part: str) -> _Refusal:
    return _Refusal(
        part, "has a year outside 0001 to 9999", "Write a year of the common era with four digits."
    )


def _no_such_day(year: str, month: str, day: str) -> _Refusal:
    if not 1 <= int(month) <= 12:
        problem = (
            "is not a month, and a season has no days" if int(month) in SEASON_NAMES else "is not a month"
        )
        return _Refusal(month, problem, f"Write a month from 01 to 12, or {year} for the whole year.")
    following = int(year) * 12 + int(month)
    length = _month_start(following) - _month_start(following - 1)
    return _Refusal(
        f"{year}-{month}-{day}",
        f"is not a day that exists: {MONTHS[int(month) - 1]} {int(year)} has {length} days",
        f"Write a day from 01 to {length}, or {year}-{month} for the whole month.",
    )


def _no_such_month(year: str, month: str) -> _Refusal:
    if 25 <= int(month) <= 41:
        return _Refusal(
            f"{year}-{month}",
            "is a season, quarter or half-year of EDTF level 2, which is not supported",
            "Write 21 spring, 22 summer, 23 autumn or 24 winter after the year,"
            " or name the months as in [2014-01..2014-03].",
        )
    return _Refusal(
        month, "is neither a month nor a season", "Write a month from 01 to 12, or a season from 21 to 24."
    )


# The first pattern that fits says what is wrong. None of them can take more than linear time.
_MISTAKES = [
    (r"\s*", "is empty", "Write a date such as 2014-06, or leave the whole field empty if none is known."),
    (r"\s[\s\S]*|[\s\S]*\s", "begins or ends with a space", "Remove the space."),
    (r"\{[\s\S]*", 'is a set of which every member is meant ("all of")', "Make one record for each date."),
    (
        r"-[0-9][\s\S]*|[Yy]-?[0-9][\s\S]*|[0-9]{5,7}|[0-9]{9,}|[0-9]+E[0-9]+",
        "has a year outside 0001 to 9999, or one written with Y, E or a minus sign",
        "Write a year of the common era with four digits.",
    ),
    (
        r"[0-9]+S[0-9]+",
        "has significant digits (EDTF level 2), which are not supported",
        "Write 195X or 19XX.",
    ),
    (
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9][\s\S]*",
        "has a time of day, and dates here are whole days",
        "Write the day alone, as in 2014-06-22.",
    ),
    (
        r"\.\.[~?%]|[~?%]",
        "has a qualifier but no date before it",
        "Write the qualifier after a date, as in 2014-06~.",
    ),
    (
        r"[0-9X-]*+[~?%][0-9X~?%-]++",
        "has a qualifier before its end, or two of them (EDTF level 2)",
        "Write one qualifier after the whole date, as in 2014-06-10~; % is both ~ and ?.",
    ),
    (
        r"X{2,4}(?:-XX){0,2}[~?%]?",
        "leaves the century open",
        "Leave the whole field empty if no date is known, or write 19XX.",
    ),
    (
        r"[0-9-]*+X[0-9X-]*+[~?%]?",
        "has an X where EDTF level 1 allows none",
        "Use X for the last digits only, as in 196X, 19XX, 2014-XX, 2014-06-XX or 2014-XX-XX.",
    ),
    (
        r"[0-9]{1,3}[~?%]?",
        "is not a year, which has four digits",
        "Write all four digits of the year, as in 2014 or 0067.",
    ),
    (r"\.\.", "is an open end, which only an interval has", "Write ../2003 or 2003/.. with a slash."),
    (
        r"[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?[~?%]?",
        "has a month or a day of one digit",
        "Write months and days with two digits, as in 2014-06-02.",
    ),
]
_MISTAKES_COMPILED = [
    (re.compile(pattern).fullmatch, problem, remedy) for pattern, problem, remedy in _MISTAKES
]


def _explained(part: str) -> _Refusal:
    if any(character.isdigit() and not character.isascii() for character in part):
        return _Refusal(part, "has digits other than 0 to 9", "Write the digits 0 to 9.")
    for fits, problem, remedy in _MISTAKES_COMPILED:
        if fits(part):
            return _Refusal(part, problem, remedy)
    return _Refusal(part, "is not a date in EDTF", _FORMS)


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}..."
