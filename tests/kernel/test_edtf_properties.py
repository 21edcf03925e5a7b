"""Dates in EDTF against a slow oracle, against noise, and against the edtf package."""

import calendar
import datetime as dt
from math import inf

import pytest
from edtf import parse_edtf
from hypothesis import example, given, settings
from hypothesis import strategies as st

from border.kernel.edtf import DateRange, EDTFError, bounds, canonical, describe, suggest
from tests.kernel.edtf_oracle import Span, Unreadable, read

years = st.one_of(st.integers(1900, 2030), st.sampled_from([1, 2, 10, 99, 100, 9990, 9998, 9999])).map(
    "{:04}".format
)
months = st.builds("{}-{:02}".format, years, st.integers(1, 12))
days = st.one_of(
    st.dates(dt.date(2013, 11, 1), dt.date(2016, 4, 1)),
    st.dates(),
    st.sampled_from([dt.date.min, dt.date.max]),
).map(str)
seasons = st.builds("{}-{}".format, years, st.integers(21, 24))
unspecified = st.one_of(
    years.map(lambda year: f"{max(year, '0010')[:3]}X"),
    years.map(lambda year: f"{max(year, '0100')[:2]}XX"),
    years.map("{}-XX".format),
    years.map("{}-XX-XX".format),
    months.map("{}-XX".format),
)
dates = st.builds(
    "{}{}".format,
    st.one_of(days, days, months, years, seasons, unspecified),
    st.sampled_from(["", "", "~", "?", "%"]),
)
pairs = st.tuples(dates, dates).map(lambda pair: sorted(pair, key=lambda date: read(date)[0]))
intervals = st.one_of(
    pairs.map("/".join),
    st.builds("{}/{}".format, dates, st.sampled_from(["", ".."])),
    st.builds("{}/{}".format, st.sampled_from(["", ".."]), dates),
    st.just("../.."),
)
sets = st.one_of(
    st.lists(dates, min_size=1, max_size=3).map(lambda members: f"[{','.join(members)}]"),
    pairs.map(lambda pair: f"[{'..'.join(pair)}]"),
    st.builds("[..{}]".format, dates),
    st.builds("[{}..]".format, dates),
    st.builds("[..{},{},{}..]".format, dates, dates, dates),
)
texts = st.one_of(dates, intervals, sets)


def _shown(span: DateRange | None) -> Span | None:
    if span is None:
        return None
    return (
        span.first.toordinal() if span.first else -inf,
        span.last.toordinal() if span.last else inf,
    )


def _read_by_us(text: str) -> tuple[Span | None, Span | None]:
    return tuple(map(_shown, bounds(text)))


@settings(deadline=None)  # the oracle takes its time
@given(texts)
@example("2014-06-15/2014-06")
@example("9999-12-31~/..")
@example("../0001-01-01~")
@example("9999-24/")
@example("/0001~")
def test_bounds_are_those_of_the_oracle(text: str) -> None:
    assert _read_by_us(text) == read(text)


@settings(deadline=None)
@given(texts, st.data())
def test_a_slip_of_the_pen_is_refused_when_the_oracle_refuses_it(text: str, draw: st.DataObject) -> None:
    place = draw.draw(st.integers(0, len(text)))
    dropped = draw.draw(st.integers(0, 2))
    slip = text[:place] + draw.draw(st.text("0129-/.~?%X[], T{", max_size=2)) + text[place + dropped :]
    try:
        expected = read(slip)
    except Unreadable:
        with pytest.raises(EDTFError):
            bounds(slip)
    else:
        assert _read_by_us(slip) == expected


@given(texts)
def test_what_is_certain_is_possible(text: str) -> None:
    possible, certain = map(_shown, bounds(text))
    assert possible[0] <= possible[1]
    if certain:
        assert possible[0] <= certain[0] <= certain[1] <= possible[1]


@given(texts)
def test_a_valid_text_is_kept_as_written_and_described(text: str) -> None:
    assert canonical(text) == text
    assert describe(text)
    assert ("no day is certain" in describe(text)) == (bounds(text).certain is None)


@given(days)
def test_a_coarser_date_contains_the_finer(day: str) -> None:
    spans = [_shown(bounds(text).possible) for text in (day, day[:7], day[:4])]
    assert spans[2][0] <= spans[1][0] <= spans[0][0] <= spans[0][1] <= spans[1][1] <= spans[2][1]


@given(st.one_of(days, months, years, seasons, unspecified), st.sampled_from("~?%"))
def test_a_qualifier_only_widens(date: str, qualifier: str) -> None:
    plain, widened = _shown(bounds(date).possible), _shown(bounds(date + qualifier).possible)
    assert widened[0] < plain[0] or widened[0] == -inf
    assert plain[1] < widened[1] or widened[1] == inf
    assert bounds(date + qualifier).certain is None


def _refusal(text: str) -> EDTFError | None:
    try:
        bounds(text)
    except EDTFError as error:
        return error
    return None


@given(st.one_of(st.text(), st.text("0123456789-/.~?%X[]{}, TYES\u0662\n", max_size=30)))
def test_any_text_is_read_or_refused(text: str) -> None:
    error = _refusal(text)
    if error:
        assert error.text == text
        assert error.part in text
        assert error.problem
        assert error.remedy
        assert str(error)
    meant = suggest(text)
    assert meant is None or bounds(meant)


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["{0.day} {1} {0.year}", "{1} {0.day}, {0.year}"]),
)
def test_a_day_in_words_is_suggested(day: dt.date, form: str) -> None:
    assert suggest(form.format(day, calendar.month_name[day.month])) == day.isoformat()


@pytest.mark.parametrize(
    "text",
    [
        "X" * 50_000 + "!",
        "0X" * 25_000,
        "~" * 50_000 + "!",
        "2014~" * 10_000,
        "1-" * 25_000,
        "0" * 50_000 + "!",
        "1" * 50_000 + "E",
        " " * 50_000 + "!",
        "a " * 25_000,
        "2014-06-22T" + "1" * 50_000,
        "/" * 50_000,
        "[" * 50_000,
        "[" + "." * 50_000 + "]",
        "[" + "2014," * 10_000 + "]",
        "{" * 50_000,
        "\u0662" * 50_000,
        "from " * 10_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_very_long_text_is_refused_as_any_other(text: str) -> None:
    # Quadratic work here would be billions of steps, and stopped by the timeout of the suite.
    with pytest.raises(EDTFError):
        bounds(text)


def test_a_very_long_list_is_read() -> None:
    assert bounds("[" + "2014," * 10_000 + "2015]").possible == bounds("[2014..2015]").possible


def _read_by_the_package(text: str) -> tuple[str, str]:
    parsed = parse_edtf(text)
    return tuple("{}-{:02}-{:02}".format(*end[:3]) for end in (parsed.lower_strict(), parsed.upper_strict()))


@pytest.mark.parametrize(
    "text",
    [
        "2014-06-22", "2012-02-29", "2014-06", "2014", "196X", "19XX", "2014-XX", "2014-XX-XX", "2014-06-XX",
        "2014-21", "2014-22", "2014-23", "2014-06/2014-08", "2014-06-22/2014-06-30", "[2014-06,2014-08]",
        "[2014-06-20..2014-06-22]",
    ],
)  # fmt: skip
def test_the_edtf_package_agrees(text: str) -> None:
    possible = bounds(text).possible
    assert _read_by_the_package(text) == (str(possible.first), str(possible.last))


@pytest.mark.parametrize(
    ("text", "theirs"),
    [
        # A day that does not exist.
        ("2013-02-29", ("2013-02-29", "2013-02-29")),
        # An interval that ends before it starts.
        ("2014/2013", ("2014-01-01", "2013-12-31")),
        # Days only: the time would be lost. And many events are not one.
        ("2014-06-22T10:00:00Z", ("2014-06-22", "2014-06-22")),
        ("{2014,2015}", ("2014-01-01", "2015-12-31")),
        ("2014-25", ("2014-03-01", "2014-05-31")),
    ],
)
def test_the_edtf_package_accepts_what_we_refuse(text: str, theirs: tuple[str, str]) -> None:
    assert _read_by_the_package(text) == theirs
    with pytest.raises(EDTFError):
        bounds(text)


@pytest.mark.parametrize(
    ("text", "theirs", "ours"),
    [
        # It invents ten years for an end that is not known,
        ("/2003", ("1993-12-31", "2003-12-31"), "DateRange(.., 2003-12-31)"),
        ("2003/", ("2003-01-01", "2013-01-01"), "DateRange(2003-01-01, ..)"),
        # and ends the winter with the year.
        ("2014-24", ("2014-12-01", "2014-12-31"), "DateRange(2014-12-01, 2015-02-28)"),
    ],
)
def test_the_edtf_package_differs(text: str, theirs: tuple[str, str], ours: str) -> None:
    assert _read_by_the_package(text) == theirs
    assert repr(bounds(text).possible) == ours
