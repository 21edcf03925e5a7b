"""The slow, obvious reading of EDTF: every day that a date can mean, written out one by one.

Independent of border.kernel.edtf: no regular expression, no month arithmetic; it walks the calendar.
A day is its ordinal; -inf and inf stand for days before and after all others.
"""

import calendar
import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator
from math import inf

Days = list[float]
Span = tuple[float, float]

_QUALIFIERS = "~?%"
_SEASON_MONTHS = {21: (3, 4, 5), 22: (6, 7, 8), 23: (9, 10, 11), 24: (12, 13, 14)}


class Unreadable(Exception):
    """The text is not a date."""


def read(text: str) -> tuple[Span, Span | None]:
    """The first and last possible day, and the first and last certain day or None. Raises Unreadable."""
    if "/" in text:
        return _read_interval(text)
    days = _one_of(text[1:-1]) if text.startswith("[") and text.endswith("]") else days_of(text)
    possible = (days[0], days[-1])
    return possible, possible if len(days) == 1 else None


def _read_interval(text: str) -> tuple[Span, Span | None]:
    if text.count("/") != 1 or text in ("/", "../", "/.."):
        raise Unreadable(text)
    start_text, end_text = text.split("/")
    starts, ends = _days_of_end(start_text, -inf), _days_of_end(end_text, inf)
    # Not known: it may be any day, of which those that matter are the outermost and the days of the other end.
    starts = starts or [-inf, *(ends or ()), inf]
    ends = ends or [-inf, *starts, inf]
    # Every way to choose a start and an end not before it. Of each, only the outermost matter.
    readings = []
    for start in starts:
        place = bisect_left(ends, start)
        readings += [(start, ends[place]), (start, ends[-1])] if place < len(ends) else []
    if not readings:
        raise Unreadable(text)
    possible = min(start for start, _ in readings), max(end for _, end in readings)
    certain = max(start for start, _ in readings), min(end for _, end in readings)
    if certain[0] > certain[1] or certain[0] == inf or certain[1] == -inf:
        return possible, None
    return possible, certain


def _days_of_end(part: str, side: float) -> Days:
    if part == "..":
        return [side]
    return days_of(part) if part else []


def _one_of(inside: str) -> Days:
    days: set[float] = set()
    members = inside.split(",")
    for member in members:
        if ".." not in member:
            days.update(days_of(member))
            continue
        first, last = member.split("..", 1)
        if first and last:
            earliest, latest = days_of(first)[0], days_of(last)[-1]
            if earliest > latest:
                raise Unreadable(member)
            days.update([earliest, latest])
        elif last and member is members[0]:
            days.update([-inf, *days_of(last)])
        elif first and member is members[-1]:
            days.update([*days_of(first), inf])
        else:
            raise Unreadable(member)
    return sorted(days)


def days_of(part: str) -> Days:
    """Every day that a single date can be, in order."""
    qualified = part[-1:] in _QUALIFIERS and part != ""
    body = part[:-1] if qualified else part
    pieces = body.split("-")
    if any(not piece or any(c not in "0123456789X" for c in piece) for piece in pieces):
        raise Unreadable(part)
    if [len(piece) for piece in pieces] not in ([4], [4, 2], [4, 2, 2]):
        raise Unreadable(part)
    digits = body.replace("-", "")
    known = digits.rstrip("X")
    if "X" in known or len(known) < 2 or (len(pieces) > 1 and len(known) < 4):
        raise Unreadable(part)
    if len(digits) > 4 and len(known) % 2:
        raise Unreadable(part)
    if "X" not in digits and len(pieces) == 3:
        return _single_day(pieces, qualified, part)
    months = list(_months(pieces, known, part))
    if qualified:
        months = _neighbours(months)
    days: Days = []
    for year, month in months:
        if 1 <= year <= 9999:
            first = dt.date(year, month, 1).toordinal()
            days += range(first, first + len(_month_days(year, month)))
        elif days[-1:] != [outside := -inf if year < 1 else inf]:
            days.append(outside)
    return days


def _single_day(pieces: list[str], qualified: bool, part: str) -> Days:
    year, month, day = map(int, pieces)
    if year == 0 or not 1 <= month <= 12 or day not in _month_days(year, month):
        raise Unreadable(part)
    ordinal = dt.date(year, month, day).toordinal()
    if not qualified:
        return [ordinal]
    last = dt.date.max.toordinal()
    return [-inf if ordinal == 1 else ordinal - 1, ordinal, inf if ordinal == last else ordinal + 1]


def _month_days(year: int, month: int) -> range:
    return range(1, calendar.monthrange(year, month)[1] + 1)


def _months(pieces: list[str], known: str, part: str) -> Iterator[tuple[int, int]]:
    if len(known) == 6:
        number = int(known[4:])
        named = _SEASON_MONTHS.get(number, ()) if len(pieces) == 2 else ()
        if 1 <= number <= 12:
            named = (number,)
        if not named or known.startswith("0000"):
            raise Unreadable(part)
        for month in named:
            yield (int(known[:4]) + (month > 12), month - 12 if month > 12 else month)
        return
    years = [year for year in range(10000) if f"{year:04}".startswith(known[:4])]
    if years[0] == 0:
        raise Unreadable(part)
    for year in years:
        for month in range(1, 13):
            yield year, month


def _neighbours(months: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many months again before and after."""
    before, after = [], []
    (year, month), (last_year, last_month) = months[0], months[-1]
    for _ in months:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        before.append((year, month))
        last_year, last_month = (last_year, last_month + 1) if last_month < 12 else (last_year + 1, 1)
        after.append((last_year, last_month))
    return [*reversed(before), *months, *after]
