"""When something happened: the spellings of a day in these files, and the span that a precision leaves open."""

import datetime as dt
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, cast

from border.contracts.cells import shown
from border.kernel import edtf
from border.kernel.written_dates import MONTHS

# Two digits are read as POSIX does: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068.
PIVOT = 69
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_LONGEST = 40

_MONTH_NUMBERS = {
    name[:length].lower(): number for number, name in enumerate(MONTHS, 1) for length in (3, len(name))
}
_MONTH_NUMBERS["sept"] = 9
_AT_MIDNIGHT = r"(?:[T ]0?0:00(?::00(?:\.0+)?)?Z?)?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _AT_MIDNIGHT)
_DAY_AND_NAME = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3,9})\.?,?[- ](\d{4}|\d{2})")
_NAME_AND_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")
_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + _AT_MIDNIGHT)
_WITH_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{1,2}:.*")
_EXCEL_DAY_ZERO = dt.date(1899, 12, 30)

DAY_FIRST, MONTH_FIRST, UNDECIDED = "day first", "month first", ""


# The first and the last day of a span, both within it.
Days = tuple[dt.date, dt.date]


class Unreadable(ValueError):
    """A text that names no day; the message says what would."""


class Span(NamedTuple):
    """A date as EDTF, both of its readings, and what is odd about it."""

    date: str
    possible: Days
    certain: Days | None
    warning: str = ""

    def covers(self, year: str) -> bool:
        """Whether a text names a year of the span; no text does not contradict it."""
        plain = year.strip().removesuffix(".0")
        years = range(self.possible[0].year, self.possible[1].year + 1)
        return not plain or plain in map(str, years)


class Mixed(NamedTuple):
    """Why the order of day and month cannot be told, and the line that shows it."""

    line: int
    value: str
    message: str


class Undecided(Unreadable):
    """A date in numbers with the year last, before it is known which of the others comes first in its file."""


def is_numeric(text: str) -> bool:
    """Whether a date is in numbers with the year last, so that day and month could be confused."""
    return len(text) <= _LONGEST and _NUMBERS.fullmatch(text.strip()) is not None


@lru_cache(maxsize=20_000)
def day(text: str, order: str) -> dt.date:
    """The day that ``text`` names; ``order`` says whether of two numbers the day or the month comes first.

    >>> day("9-May-20", UNDECIDED), day("09/05/2020", MONTH_FIRST)
    (datetime.date(2020, 5, 9), datetime.date(2020, 9, 5))
    """
    plain = text.strip()
    if len(plain) > _LONGEST:
        raise Unreadable("This is far too long for a date. Write it like 2014-06-22.")
    year, month, number = _parts(plain, order)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise Unreadable(_wrong_year(plain, year, month, number))
    try:
        return dt.date(year, month, number)
    except ValueError:
        raise Unreadable("There is no such day in the calendar. Write it like 2014-06-22.") from None


def order_of(dates: Iterable[tuple[int, str]]) -> str | Mixed:
    """Which comes first in the numeric dates of a file, by those that can be read one way only.

    ``Mixed`` when the lines contradict each other, or none of them tells.
    """
    proofs: dict[str, tuple[int, str]] = {}
    separators: dict[str, tuple[int, str]] = {}
    open_question: tuple[int, str] | None = None
    for line, text in dates:
        match = _NUMBERS.fullmatch(text.strip()) if len(text) <= _LONGEST else None
        if match is None:
            continue
        first, second = int(match[1]), int(match[3])
        separators.setdefault(match[2], (line, text))
        if first > 12 or second > 12:
            proofs.setdefault(DAY_FIRST if first > 12 else MONTH_FIRST, (line, text))
        elif first != second:
            open_question = open_question or (line, text)
        if len(proofs) > 1 or len(separators) > 1:
            return _contradiction(proofs if len(proofs) > 1 else separators)
    if proofs:
        return next(iter(proofs))
    if open_question:
        return Mixed(
            *open_question,
            "The day or the month may come first, here and in every other date of the file. Write dates like 2014-06-22.",
        )
    return DAY_FIRST


@lru_cache(maxsize=4_000)
def week_or_month(text: str, precision: str, order: str) -> Span:
    """The span of an ACLED date: the day; with time precision 2 its week, from Monday to Sunday; with 3 its month.

    On one day of the span it happened, and no day is certain: an EDTF interval would claim all of them.

    >>> week_or_month("2019-09-18", "2", UNDECIDED).date, week_or_month("2019-09-18", "3", UNDECIDED).date
    ('[2019-09-16..2019-09-22]', '2019-09')
    """
    return _span(_window(day(text, order), precision))


@lru_cache(maxsize=4_000)
def from_to(start: str, end: str, precision: str, order: str) -> Span:
    """The span of a UCDP date: the day, or one of the days from the start to the end.

    >>> from_to("2014-01-24", "2014-01-25 00:00:00.000", "2", UNDECIDED).date
    '[2014-01-24..2014-01-25]'
    """
    first, last = day(start, order), day(end, order)
    if last < first:
        raise Unreadable(f"The end lies before the start, {first}.")
    if first < last:
        warning = (
            "date_prec 1 is an exact day, and here are several: kept as one of them."
            if precision == "1"
            else ""
        )
        return _span(f"[{first}..{last}]", warning)
    if precision == "1":
        return _span(first.isoformat())
    wider, name = _WIDER[precision]
    return _span(
        _window(first, wider), f"date_prec {precision} is no exact day, and here is one: kept as its {name}."
    )


_WIDER = {"2": ("2", "week"), "3": ("2", "week"), "4": ("3", "month"), "5": ("year", "year")}


def _window(middle: dt.date, precision: str) -> str:
    if precision == "2":
        monday = middle - dt.timedelta(days=middle.weekday())
        return f"[{monday}..{monday + dt.timedelta(days=6)}]"
    return middle.isoformat()[: {"1": 10, "3": 7, "year": 4}[precision]]


def _span(text: str, warning: str = "") -> Span:
    """What the kernel reads in an EDTF text with two ends."""
    possible, certain = edtf.bounds(text)
    return Span(text, cast(Days, tuple(possible)), cast(Days, tuple(certain)) if certain else None, warning)


def _parts(plain: str, order: str) -> tuple[int, int, int]:
    if match := _YEAR_FIRST.fullmatch(plain):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _DAY_AND_NAME.fullmatch(plain):
        return _year(match[3]), _month(match[2]), int(match[1])
    if match := _NAME_AND_DAY.fullmatch(plain):
        return int(match[3]), _month(match[1]), int(match[2])
    if match := _NUMBERS.fullmatch(plain):
        if order == UNDECIDED:
            raise Undecided("The day or the month may come first. Write it like 2014-06-22.")
        first, second = int(match[1]), int(match[3])
        if order == MONTH_FIRST:
            first, second = second, first
        return _year(match[4]), second, first
    if not plain:
        raise Unreadable("A row needs its date. Write it like 2014-06-22.")
    if _WITH_TIME.fullmatch(plain):
        raise Unreadable(
            "This has a time of day, which may belong to another day elsewhere. Write the day alone."
        )
    if re.fullmatch(r"[34]\d{4}(\.0)?", plain):
        likely = _EXCEL_DAY_ZERO + dt.timedelta(days=int(float(plain)))
        raise Unreadable(
            f"This is Excel's number of a day, perhaps {likely}. Format the column as 2014-06-22."
        )
    raise Unreadable("This is no date that can be read. Write it like 2014-06-22.")


def _year(digits: str) -> int:
    number = int(digits)
    if len(digits) == 4:
        return number
    return number + (1900 if number >= PIVOT else 2000)


def _month(name: str) -> int:
    number = _MONTH_NUMBERS.get(name.lower())
    if number is None:
        raise Unreadable(f"{shown(name)} is no month in English. Write the date like 2014-06-22.")
    return number


def _wrong_year(plain: str, year: int, month: int, number: int) -> str:
    if year < 100:
        likely = f"{_year(f'{year:02}')}-{month:02}-{number:02}"
        return (
            f"The year {plain[:4]} was made from two digits by some program. Write {likely} if that is meant."
        )
    return f"The year {year} lies outside {_FIRST_YEAR} to {_LAST_YEAR}. Write the date like 2014-06-22."


def _contradiction(found: dict[str, tuple[int, str]]) -> Mixed:
    (one, (line, text)), (other, (later, value)) = list(found.items())[:2]
    if one in {DAY_FIRST, MONTH_FIRST}:
        how = f"has the {other.removesuffix(' first')} first, and line {line} ({text.strip()}) the {one.removesuffix(' first')}"
    else:
        how = f"is written with {other}, and line {line} ({text.strip()}) with {one}, as when a program changed some of them"
    return Mixed(later, value, f"The date {how}. Write all dates of the file like 2014-06-22.")
