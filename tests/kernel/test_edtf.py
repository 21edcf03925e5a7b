"""What dates in EDTF mean, and what is said of those that mean nothing."""

import datetime as dt
import pickle

import pytest

from border.kernel.edtf import Bounds, DateRange, EDTFError, bounds, canonical, describe, suggest


def _span(text: str) -> DateRange | None:
    if text == "none":
        return None
    first, last = text.split(" ") if " " in text else (text, text)
    return DateRange(*(None if end == ".." else dt.date.fromisoformat(end) for end in (first, last)))


@pytest.mark.parametrize(
    ("text", "possible", "certain"),
    [
        # One day, and spans of which one day is meant.
        ("2014-06-22", "2014-06-22", "2014-06-22"),
        ("2012-02-29", "2012-02-29", "2012-02-29"),
        ("2014-06", "2014-06-01 2014-06-30", "none"),
        ("2014", "2014-01-01 2014-12-31", "none"),
        ("196X", "1960-01-01 1969-12-31", "none"),
        ("19XX", "1900-01-01 1999-12-31", "none"),
        ("2014-XX", "2014-01-01 2014-12-31", "none"),
        ("2014-XX-XX", "2014-01-01 2014-12-31", "none"),
        ("2014-06-XX", "2014-06-01 2014-06-30", "none"),
        ("2014-21", "2014-03-01 2014-05-31", "none"),
        ("2014-22", "2014-06-01 2014-08-31", "none"),
        ("2014-23", "2014-09-01 2014-11-30", "none"),
        ("2014-24", "2014-12-01 2015-02-28", "none"),
        ("2015-24", "2015-12-01 2016-02-29", "none"),
        # A qualifier: one unit of the date's own precision on each side.
        ("2014-06-22~", "2014-06-21 2014-06-23", "none"),
        ("2014-03-01?", "2014-02-28 2014-03-02", "none"),
        ("2014-06%", "2014-05-01 2014-07-31", "none"),
        ("2014-01~", "2013-12-01 2014-02-28", "none"),
        ("1967~", "1966-01-01 1968-12-31", "none"),
        ("196X~", "1950-01-01 1979-12-31", "none"),
        ("19XX?", "1800-01-01 2099-12-31", "none"),
        ("2014-22~", "2014-03-01 2014-11-30", "none"),
        ("2014-06-XX~", "2014-05-01 2014-07-31", "none"),
        ("2014-XX~", "2013-01-01 2015-12-31", "none"),
        # Intervals.
        ("2014-06-22/2014-06-30", "2014-06-22 2014-06-30", "2014-06-22 2014-06-30"),
        ("2014-06-22/2014-06-22", "2014-06-22", "2014-06-22"),
        ("2014-06/2014-08", "2014-06-01 2014-08-31", "2014-06-30 2014-08-01"),
        ("1968~/2003", "1967-01-01 2003-12-31", "1969-12-31 2003-01-01"),
        ("2014-08-30~/2017-11", "2014-08-29 2017-11-30", "2014-08-31 2017-11-01"),
        ("2003/2004", "2003-01-01 2004-12-31", "2003-12-31 2004-01-01"),
        ("2014/2014-06", "2014-01-01 2014-06-30", "none"),
        ("2014-06/2014-05~", "2014-06-01 2014-06-30", "none"),
        # A start known to the day is certain whenever the end came, since it did not come before.
        ("2014-06-22/2014", "2014-06-22 2014-12-31", "2014-06-22"),
        ("2014/2014-06-22", "2014-01-01 2014-06-22", "2014-06-22"),
        # Open ends, and unknown ones.
        ("2003/..", "2003-01-01 ..", "2003-12-31 .."),
        ("../2003", ".. 2003-12-31", ".. 2003-01-01"),
        ("../..", ".. ..", ".. .."),
        ("2003-03-20/..", "2003-03-20 ..", "2003-03-20 .."),
        ("2003/", "2003-01-01 ..", "none"),
        ("/2003", ".. 2003-12-31", "none"),
        ("2003-03-20/", "2003-03-20 ..", "2003-03-20"),
        ("/2003-03-20", ".. 2003-03-20", "2003-03-20"),
        ("2003-03-20~/", "2003-03-19 ..", "none"),
        # One of several.
        ("[2014-06,2014-08]", "2014-06-01 2014-08-31", "none"),
        ("[2014-06-20..2014-06-22]", "2014-06-20 2014-06-22", "none"),
        ("[2014-08,2013,2014-06-22]", "2013-01-01 2014-08-31", "none"),
        ("[2014-06-22]", "2014-06-22", "2014-06-22"),
        ("[..2014]", ".. 2014-12-31", "none"),
        ("[2014..]", "2014-01-01 ..", "none"),
        ("[..2003,2014~]", ".. 2015-12-31", "none"),
        # The ends of the calendar.
        ("0001-01-01", "0001-01-01", "0001-01-01"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
        ("9999", "9999-01-01 9999-12-31", "none"),
        ("9999-24", "9999-12-01 ..", "none"),
        ("9999-12-31~", "9999-12-30 ..", "none"),
        ("0001~", ".. 0002-12-31", "none"),
        ("9999~/..", "9998-01-01 ..", "none"),
        ("../0001~", ".. 0002-12-31", "none"),
    ],
)
def test_bounds_of_a_date(text: str, possible: str, certain: str) -> None:
    assert bounds(text) == Bounds(_span(possible), _span(certain))
    assert canonical(text) is text


@pytest.mark.parametrize(
    ("text", "part", "problem", "remedy"),
    [
        ("2013-02-29", "2013-02-29", "February 2013 has 28 days", "from 01 to 28, or 2013-02"),
        ("2014-06-31", "2014-06-31", "June 2014 has 30 days", "from 01 to 30, or 2014-06"),
        ("2014-06-00", "2014-06-00", "June 2014 has 30 days", "from 01 to 30"),
        ("9999-12-32", "9999-12-32", "December 9999 has 31 days", "from 01 to 31"),
        ("2014-06-22/2014-06-31", "2014-06-31", "June 2014 has 30 days", "from 01 to 30"),
        ("2014-13", "13", "neither a month nor a season", "01 to 12"),
        ("2014-00", "00", "neither a month nor a season", "01 to 12"),
        ("2014-13-01", "13", "not a month", "01 to 12"),
        ("2014-22-10", "22", "a season has no days", "01 to 12"),
        ("2014-22-XX", "22", "neither a month nor a season", "01 to 12"),
        ("2014-25", "2014-25", "level 2", "2014-21"),
        ("2014-32", "2014-32", "level 2", "2014-24"),
        ("2014-34", "2014-34", "level 2", "[2014-04..2014-06]"),
        ("2014-41", "2014-41", "level 2", "21 spring"),
        ("2014-06-22T10:00:00Z", "2014-06-22T10:00:00Z", "time of day", "2014-06-22"),
        ("Y17000000", "Y17000000", "outside 0001 to 9999", "four digits"),
        ("Y-17E7", "Y-17E7", "outside 0001 to 9999", "four digits"),
        ("y-1", "y-1", "outside 0001 to 9999", "four digits"),
        ("-0044", "-0044", "outside 0001 to 9999", "common era"),
        ("12014", "12014", "outside 0001 to 9999", "four digits"),
        ("0000", "0000", "outside 0001 to 9999", "common era"),
        ("000X", "000X", "outside 0001 to 9999", "common era"),
        ("1950S2", "1950S2", "significant digits", "195X"),
        ("2014-06~-10", "2014-06~-10", "qualifier before its end", "2014-06-10~"),
        ("~2014", "~2014", "qualifier before its end", "2014~"),
        ("2014~?", "2014~?", "two of them", "%"),
        ("2014/~", "~", "no date before it", "2014-06~"),
        ("2014/..~", "..~", "no date before it", "2014-06~"),
        ("1X14", "1X14", "X where", "196X"),
        ("2014-XX-12", "2014-XX-12", "X where", "2014-XX"),
        ("2014-1X", "2014-1X", "X where", "2014-XX"),
        ("196X-06", "196X-06", "X where", "196X"),
        ("1XXX", "1XXX", "X where", "19XX"),
        ("XXXX", "XXXX", "century open", "empty"),
        ("196x", "196x", "not a date in EDTF", "196X"),
        ("{2014,2015}", "{2014,2015}", "all of", "one record for each"),
        ("[2014, 2015]", " 2015", "space", "[2014,2015]"),
        ("[2014,..,2016]", "..", "open end", "../2003"),
        ("[2013,..2014]", "", "empty", "2014-06"),
        ("[2016..2014]", "2016..2014", "ends before it starts", "2014..2016"),
        ("[2014", "[2014", "list of dates in brackets", "[2014-06,2014-08]"),
        ("[]", "[]", "list of dates in brackets", "[2014-06,2014-08]"),
        ("", "", "empty", "2014-06"),
        (" ", " ", "empty", "2014-06"),
        (" 2014", " 2014", "space", "Write 2014 if"),
        ("2014\n", "2014\n", "space", "Write 2014 if"),
        ("2014 / 2015", "2014 ", "space", "2014/2015"),
        ("٢٠١٤-٠٦", "٢٠١٤-٠٦", "digits other than 0 to 9", "2014-06"),
        ("03/04/2023", "03/04/2023", "more than one slash", "Write 2023-04-03"),
        ("2023/04/03", "2023/04/03", "more than one slash", "Write 2023-04-03"),
        ("06/2014", "06", "four digits", "2014-06"),
        ("2013/14", "14", "four digits", "2013/2014"),
        ("23", "23", "four digits", "four digits"),
        ("2014-6-2", "2014-6-2", "one digit", "2014-06-02"),
        ("20140622", "20140622", "not a date", "2014-06-22"),
        ("/", "/", "neither a start nor an end", "../.."),
        ("../", "../", "neither a start nor an end", "../.."),
        ("/..", "/..", "neither a start nor an end", "../.."),
        ("2014/2013", "2014/2013", "ends before it starts", "2013/2014"),
        ("2014-06-22/2014-06-21", "2014-06-22/2014-06-21", "ends before", "2014-06-21/2014-06-22"),
        ("..", "..", "open end", "2003/.."),
        ("June 2014", "June 2014", "not a date", "Write 2014-06 if"),
        ("circa 1967", "circa 1967", "not a date", "1967~"),
        ("1960s", "1960s", "not a date", "196X"),
        ("today", "today", "not a date", "2014-06-22"),
        ("infinity", "infinity", "not a date", "2014-06-22"),
    ],
)
def test_refusal_names_the_part_and_the_remedy(text: str, part: str, problem: str, remedy: str) -> None:
    with pytest.raises(EDTFError) as caught:
        bounds(text)
    error = caught.value
    assert (error.text, error.part) == (text, part)
    assert problem in error.problem
    assert remedy in error.remedy
    assert f'"{text}"' in str(error)
    assert f'"{part}"' in str(error)
    with pytest.raises(EDTFError):
        canonical(text)
    with pytest.raises(EDTFError):
        describe(text)


def test_refusal_of_a_long_text_quotes_its_beginning() -> None:
    with pytest.raises(EDTFError) as caught:
        bounds("lorem " * 10_000)
    assert len(str(caught.value)) < 500
    assert caught.value.text == "lorem " * 10_000


def test_refusal_survives_the_way_to_another_process() -> None:
    with pytest.raises(EDTFError) as caught:
        bounds("2014-13")
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes, made on this line
    assert (str(copy), copy.part, copy.remedy) == (str(caught.value), "13", caught.value.remedy)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("June 2014", "2014-06"),
        ("Sept. 2014", "2014-09"),
        ("22 June 2014", "2014-06-22"),
        ("22nd of June 2014", "2014-06-22"),
        ("June 22, 2014", "2014-06-22"),
        ("on 22 June 2014", "2014-06-22"),
        ("circa 1967", "1967~"),
        ("c. 1967", "1967~"),
        ("about June 2014", "2014-06~"),
        ("1960s", "196X"),
        ("the 1960s", "196X"),
        ("20th century", "19XX"),
        ("summer 2014", "2014-22"),
        ("winter 2013/14", "2013-24"),
        ("Q2 2014", "[2014-04..2014-06]"),
        ("before 2003", "[..2002]"),
        ("before 1 March 2012", "[..2012-02-29]"),
        ("before January 2014", "[..2013-12]"),
        ("after 2003", "[2004..]"),
        ("since 20 March 2003", "2003-03-20/.."),
        ("until 2003", "../2003"),
        ("between 2003 and 2011", "[2003..2011]"),
        ("2003-2011", "2003/2011"),
        ("2003 \N{EN DASH} 2011", "2003/2011"),
        ("from June 2014 to November 2017", "2014-06/2017-11"),
        ("03/04/2023", "2023-04-03"),
        ("12/25/2023", "2023-12-25"),
        ("3.4.2023", "2023-04-03"),
        ("2023/04/03", "2023-04-03"),
        ("06/2014", "2014-06"),
        ("20140622", "2014-06-22"),
        ("2014-06-22T10:00:00Z", "2014-06-22"),
        ("196x", "196X"),
        ("2014-06-uu", "2014-06"),
        (" 2014-06 ", "2014-06"),
        ("يونيو 2014", "2014-06"),
        ("حزيران 2014", "2014-06"),
        ("حزيران/يونيو 2014", "2014-06"),
        ("٢٢ حزيران ٢٠١٤", "2014-06-22"),
        ("كانون الثاني 2014", "2014-01"),
        ("تشرين الأول 2014", "2014-10"),
        ("صيف 2014", "2014-22"),
        ("حوالي 1967", "1967~"),
        ("قبل 2003", "[..2002]"),
        ("منذ 2003", "2003/.."),
        ("2014", None),
        ("2014-06-31", None),
        ("31 June 2014", None),
        ("soon", None),
        ("before 0001", None),
        ("after 31 December 9999", None),
        ("June 2014 " * 20, None),
        ("", None),
    ],
)
def test_suggestion_for_a_date_written_for_people(written: str, meant: str | None) -> None:
    assert suggest(written) == meant


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2014-06-22", "on 22 June 2014"),
        ("2014-06", "some time between 1 June 2014 and 30 June 2014; no day is certain"),
        ("[..2014]", "some time up to 31 December 2014; no day is certain"),
        ("[2014..]", "some time from 1 January 2014 onwards; no day is certain"),
        ("2014-06-22/2014-06-30", "from 22 June 2014 to 30 June 2014"),
        ("2003/", "perhaps from 1 January 2003 onwards; no day is certain"),
        (
            "2003/..",
            "surely from 31 December 2003 onwards, perhaps from 1 January 2003 onwards",
        ),
        ("../..", "at all times"),
        (
            "2014-08-30~/2017-11",
            "surely from 31 August 2014 to 1 November 2017, perhaps from 29 August 2014 to 30 November 2017",
        ),
    ],
)
def test_description_says_what_is_sure(text: str, sentence: str) -> None:
    assert describe(text) == sentence


def test_range_shows_open_ends() -> None:
    assert repr(bounds("2003/..").certain) == "DateRange(2003-12-31, ..)"
    assert repr(bounds("../2003-03-20").possible) == "DateRange(.., 2003-03-20)"
