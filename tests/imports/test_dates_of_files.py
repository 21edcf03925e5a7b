"""Days in every spelling, and the spans that a precision leaves open, as the kernel reads them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from border.imports.formats.dates import (
    DAY_FIRST,
    MONTH_FIRST,
    UNDECIDED,
    Mixed,
    Undecided,
    Unreadable,
    day,
    from_to,
    is_numeric,
    order_of,
    week_or_month,
)
from border.kernel import edtf

DAYS = st.dates(dt.date(1900, 1, 31), dt.date(2100, 12, 1))
MONTHS = "January February March April May June July August September October November December".split()


@given(DAYS)
def test_every_spelling_of_a_day_is_that_day(one: dt.date) -> None:
    month = MONTHS[one.month - 1]
    spelt = [
        one.isoformat(),
        f" {one:%Y/%m/%d} ",
        f"{one} 00:00:00",
        f"{one}T00:00:00Z",
        f"{one.day} {month} {one.year}",
        f"{one.day}-{month[:3]}-{one.year}",
        f"{month} {one.day}, {one.year}",
        f"{month[:3].upper()}. {one.day} {one.year}",
    ]
    assert {day(text, UNDECIDED) for text in spelt} == {one}
    assert day(f"{one.day}-{one.month}-{one.year}", DAY_FIRST) == one
    assert day(f"{one.month:02}/{one.day:02}/{one.year}", MONTH_FIRST) == one


@given(DAYS, st.sampled_from("123"))
def test_span_of_a_precision_is_as_the_kernel_reads_it(one: dt.date, precision: str) -> None:
    span = week_or_month(one.isoformat(), precision, UNDECIDED)
    possible, certain = edtf.bounds(span.date)
    assert edtf.canonical(span.date) == span.date
    assert span.possible == tuple(possible)
    assert span.certain == (tuple(certain) if certain else None)
    first, last = span.possible
    assert first <= one <= last
    if precision == "2":
        assert (first.weekday(), last.weekday(), (last - first).days) == (0, 6, 6)
    if precision == "3":
        assert (first.day, (last + dt.timedelta(days=1)).day, first.month) == (1, 1, last.month)
    assert (span.certain == (one, one)) is (precision == "1")


@given(DAYS, st.integers(0, 400), st.sampled_from("12345"))
def test_span_from_one_day_to_another_is_as_the_kernel_reads_it(
    start: dt.date, days: int, precision: str
) -> None:
    end = min(start + dt.timedelta(days=days), dt.date(2100, 12, 31))
    span = from_to(start.isoformat(), end.isoformat(), precision, UNDECIDED)
    possible, certain = edtf.bounds(span.date)
    assert span.possible == tuple(possible)
    assert (span.certain is None) is (certain is None)
    if start < end:
        assert span.possible == (start, end)
    assert (span.certain is not None) is (start == end and precision == "1")


@pytest.mark.parametrize(
    ("written", "year"), [("9-May-68", 2068), ("9-May-69", 1969), ("9-May-97", 1997), ("9-May-00", 2000)]
)
def test_two_digits_of_a_year_turn_at_the_pivot(written: str, year: int) -> None:
    assert day(written, UNDECIDED).year == year


def test_numbers_are_not_read_before_their_order_is_known() -> None:
    assert is_numeric("09-05-2020")
    assert not is_numeric("2020-05-09")
    with pytest.raises(Undecided):
        day("13-05-2020", UNDECIDED)


@pytest.mark.parametrize(
    "text", ["", "2020-W19-6", "20200509", "2020-05", "٢٠٢٠-٠٥-٠٩x", "1 April-2020x", "9999999999" * 10]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        day(text, DAY_FIRST)


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["2020-05-09"], DAY_FIRST),
        (["05-05-2020"], DAY_FIRST),
        (["04-05-2020", "13-05-2020"], DAY_FIRST),
        (["04/05/2020", "05/13/2020", "2020-05-09"], MONTH_FIRST),
        (["4.5.20", "31.5.20"], DAY_FIRST),
    ],
)
def test_order_by_the_dates_that_can_be_read_one_way_only(dates: list[str], order: str) -> None:
    assert order_of(enumerate(dates, 2)) == order


@pytest.mark.parametrize(
    ("dates", "line"),
    [(["04-05-2020"], 2), (["13-05-2020", "2020-05-09", "05-13-2020"], 4), (["13-05-2020", "14/05/2020"], 3)],
)
def test_order_that_cannot_be_told_names_the_line(dates: list[str], line: int) -> None:
    found = order_of(enumerate(dates, 2))
    assert isinstance(found, Mixed)
    assert found.line == line
