"""Dated records in PostgreSQL: derived columns, their constraints, the words that ask by day, the form field."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django import forms
from django.apps.registry import Apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.range import Range

from border.kernel.dates import (
    Dated,
    DatedQuerySet,
    EDTFField,
    EDTFFormField,
    bounds_for,
    half_open,
    inclusive,
    parse_day,
    parse_window,
    set_bounds,
)
from border.kernel.edtf import DateRange, EDTFError, bounds

UNBOUNDED = Range(None, None, "()")
EMPTY = Range(empty=True)


class Stay(Dated):
    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        app_label = "tests"
        apps = Apps()


class Meeting(Dated):
    period = None
    dated_by = "date"
    date = EDTFField(blank=True, default="")
    topic = models.CharField(max_length=20, blank=True, default="")

    objects = DatedQuerySet.as_manager()

    class Meta(Dated.Meta):
        app_label = "tests"
        apps = Apps()


@pytest.fixture
def tables(db: None) -> Iterator[None]:
    """Tables for the models of this module, gone with the test's transaction."""
    with connection.schema_editor() as editor:
        editor.create_model(Stay)
        editor.create_model(Meeting)
    return


def _days(*ends: str) -> Range[dt.date]:
    first, last = (dt.date.fromisoformat(end) if end else None for end in ends)
    return half_open(DateRange(first, last))


@pytest.mark.parametrize(
    ("text", "possible", "certain"),
    [
        ("2014-06-22", _days("2014-06-22", "2014-06-22"), _days("2014-06-22", "2014-06-22")),
        ("2014-06", _days("2014-06-01", "2014-06-30"), EMPTY),
        ("2003-03-20/..", _days("2003-03-20", ""), _days("2003-03-20", "")),
        ("../..", UNBOUNDED, UNBOUNDED),
        ("", UNBOUNDED, EMPTY),
        # Python has no 10000-01-01: perhaps for ever, surely not on the very last day.
        ("9999-12-31", _days("9999-12-31", ""), EMPTY),
        ("2003-03-20/9999-12-31", _days("2003-03-20", ""), _days("2003-03-20", "9999-12-30")),
        ("../9999-12-31", UNBOUNDED, _days("", "9999-12-30")),
    ],
)
def test_ranges_of_a_text_survive_the_database(
    tables: None, text: str, possible: Range[dt.date], certain: Range[dt.date]
) -> None:
    assert bounds_for(text) == (possible, certain)
    Stay.objects.create(period=text)
    stored = Stay.objects.get()
    assert (stored.period, stored.possible, stored.certain) == (text, possible, certain)


def test_half_open_range_ends_on_the_day_after() -> None:
    assert bounds_for("2014-06")[0] == Range(dt.date(2014, 6, 1), dt.date(2014, 7, 1), "[)")


def test_inclusive_undoes_half_open() -> None:
    for span in (bounds("2014-06").possible, bounds("2003/..").possible, bounds("../2003").possible):
        assert inclusive(half_open(span)) == span
    assert inclusive(EMPTY) is None


def test_every_write_derives_the_ranges_alike(tables: None) -> None:
    expected = bounds_for("2014-06")
    saved = Meeting(date="2014-06")
    saved.save()
    made, updated, rewritten, partly = Meeting.objects.bulk_create(
        Meeting(date=text) for text in ["2014-06", "", "", ""]
    )
    updated.date = "2014-06"
    Meeting.objects.bulk_update([updated], ["date"])
    Meeting.objects.filter(pk=rewritten.pk).update(date="2014-06")
    partly.date = "2014-06"
    partly.save(update_fields=["date"])
    rows = Meeting.objects.in_bulk()
    assert set(rows) == {saved.pk, made.pk, updated.pk, rewritten.pk, partly.pk}
    assert all((row.possible, row.certain) == expected for row in rows.values())


def test_upsert_of_the_text_updates_the_ranges(tables: None) -> None:
    row = Meeting.objects.create(date="2003")
    Meeting.objects.bulk_create(
        [Meeting(pk=row.pk, date="2014-06")],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["date"],
    )
    row.refresh_from_db()
    assert (row.date, row.possible) == ("2014-06", _days("2014-06-01", "2014-06-30"))


def test_writes_that_leave_the_text_alone_leave_the_ranges_alone(tables: None) -> None:
    row = Meeting.objects.create(date="2014-06")
    Meeting.objects.filter(pk=row.pk).update(topic="water")
    row.topic = "trade"
    row.save(update_fields=["topic"])
    row.topic = "fuel"
    Meeting.objects.bulk_update([row], ["topic"])
    row.refresh_from_db()
    assert (row.topic, row.possible) == ("fuel", _days("2014-06-01", "2014-06-30"))


def test_update_from_an_expression_is_refused(tables: None) -> None:
    with pytest.raises(TypeError, match=r"Meeting\.date is parsed by Python"):
        Meeting.objects.update(date=F("topic"))


def test_text_that_is_no_date_reaches_no_row(tables: None) -> None:
    for write in (
        lambda: Stay(period="2014-13").save(),
        lambda: Stay.objects.bulk_create([Stay(period="2014"), Stay(period="2014-13")]),
        lambda: Stay.objects.update(period="2014-13"),
        lambda: set_bounds([Stay(period="2014-13")]),
    ):
        with pytest.raises(EDTFError, match='"13" is neither a month nor a season'):
            write()
    assert not Stay.objects.exists()


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        (
            "possible = '[2014-06-01,2014-07-01)', certain = '[2014-06-30,2014-07-02)'",
            "tests_stay_certain_within_possible",
        ),
        ("possible = 'empty', certain = 'empty'", "tests_stay_possible_on_some_day"),
        ("possible = NULL", '"possible"'),
        ("certain = NULL", '"certain"'),
    ],
)
def test_database_refuses_impossible_ranges(tables: None, columns: str, constraint: str) -> None:
    Stay.objects.create(period="2014-06")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE tests_stay SET {columns}")


def test_cleaning_judges_the_text_at_hand(tables: None) -> None:
    row = Stay.objects.create(period="2003")
    row.period = "2014-06-22"
    row.full_clean()
    assert row.certain == _days("2014-06-22", "2014-06-22")
    row.period = "2014-06-31"
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    assert list(caught.value.message_dict) == ["period"]
    assert "June 2014 has 30 days" in caught.value.message_dict["period"][0]


def _asked(rows: models.QuerySet[Stay]) -> dict[str, bool]:
    return {row.period: row.surely for row in rows}


@pytest.fixture
def stays(tables: None) -> None:
    Stay.objects.bulk_create(
        Stay(period=text) for text in ["2014-06", "2014-06-22", "2014-05-20/2014-07-10", "2003/..", ""]
    )


def test_on_a_day_says_which_surely_hold(stays: None) -> None:
    assert _asked(Stay.objects.on(dt.date(2014, 6, 22))) == {
        "2014-06": False,
        "2014-06-22": True,
        "2014-05-20/2014-07-10": True,
        "2003/..": True,
        "": False,
    }
    assert _asked(Stay.objects.on(dt.date(2003, 6, 1))) == {"2003/..": False, "": False}


def test_during_a_window_is_to_fall_within_it(stays: None) -> None:
    june = (dt.date(2014, 6, 1), dt.date(2014, 6, 30))
    assert _asked(Stay.objects.during(*june)) == {
        "2014-06": True,
        "2014-06-22": True,
        "2014-05-20/2014-07-10": False,
        "2003/..": False,
        "": False,
    }
    assert _asked(Stay.objects.during(*june, match="certain")) == {"2014-06": True, "2014-06-22": True}
    assert set(_asked(Stay.objects.during(dt.date(2014, 7, 1), None, match="certain"))) == set()
    assert "2003/.." in _asked(Stay.objects.during(dt.date(2003, 1, 1), None, match="certain"))


def test_overlapping_a_window_is_to_hold_on_some_day_of_it(stays: None) -> None:
    first_week = (dt.date(2014, 6, 1), dt.date(2014, 6, 7))
    assert _asked(Stay.objects.overlapping(*first_week)) == {
        "2014-06": False,
        "2014-05-20/2014-07-10": True,
        "2003/..": True,
        "": False,
    }
    june = (dt.date(2014, 6, 1), dt.date(2014, 6, 30))
    assert set(_asked(Stay.objects.overlapping(*june, match="certain"))) == {
        "2014-06",
        "2014-06-22",
        "2014-05-20/2014-07-10",
        "2003/..",
    }


def test_window_that_ends_before_it_starts_is_refused() -> None:
    for ask in (Stay.objects.during, Stay.objects.overlapping):
        with pytest.raises(ValueError, match="ends on 2014-06-01, before it starts on 2014-06-02"):
            ask(dt.date(2014, 6, 2), dt.date(2014, 6, 1))


_some_days = st.dates(dt.date(2014, 5, 28), dt.date(2014, 7, 3))
_some_texts = st.one_of(
    st.sampled_from(
        ["", "2014", "2014-06", "2014-06~", "2014-22", "2014-07/..", "../2014-06", "2014-06/", "../.."]
    ),
    _some_days.map(str),
    st.tuples(_some_days, _some_days).map(lambda ends: "/".join(map(str, sorted(ends)))),
    st.tuples(_some_days, _some_days).map(lambda ends: "~/".join(map(str, sorted(ends)))),
)


def _days_of(span: Range[dt.date], among: list[dt.date]) -> set[dt.date]:
    return {day for day in among if not span.isempty and day in span}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_some_texts, max_size=8, unique=True), st.tuples(_some_days, _some_days).map(sorted))
def test_questions_by_day_agree_with_counting_days(
    tables: None, texts: list[str], window: list[dt.date]
) -> None:
    first, last = window
    # A calendar wide enough that every bounded text lies within it, and every unbounded one reaches its edge.
    calendar = [dt.date(2013, 1, 1) + dt.timedelta(days=n) for n in range(1500)]
    inside = {day for day in calendar if first <= day <= last}
    possible, certain = (
        {text: _days_of(bounds_for(text)[which], calendar) for text in texts} for which in (0, 1)
    )
    with transaction.atomic():
        Stay.objects.bulk_create(Stay(period=text) for text in texts)
        on, during = _asked(Stay.objects.on(first)), _asked(Stay.objects.during(first, last))
        overlapping = _asked(Stay.objects.overlapping(first, last))
        transaction.set_rollback(True)
    assert on == {text: first in certain[text] for text in texts if first in possible[text]}
    perhaps = [text for text in texts if possible[text] & inside]
    assert during == {text: possible[text] <= inside for text in perhaps}
    assert overlapping == {text: bool(certain[text] & inside) or possible[text] <= inside for text in perhaps}


def test_form_field_reads_left_to_right_with_any_widget() -> None:
    class Form(forms.ModelForm):
        class Meta:
            model = Meeting
            fields = ("date",)
            widgets = {"date": forms.TextInput(attrs={"class": "from-the-admin"})}

    form = Form({"date": "June 2014"})
    assert isinstance(form.fields["date"], EDTFFormField)
    html = str(form["date"])
    assert 'dir="ltr"' in html
    assert "data-edtf" in html
    assert 'class="from-the-admin"' in html
    assert form.errors["date"] == [
        'The date "June 2014" is not a date in EDTF. Write 2014-06 if that is what is meant.'
    ]
    assert Form({"date": ""}).errors == {}


def test_field_is_written_into_migrations() -> None:
    field, imports = MigrationWriter.serialize(EDTFField(blank=True, default=""))
    assert field == "border.kernel.dates.EDTFField(blank=True, default='', max_length=64)"
    assert imports == {"import border.kernel.dates"}


def test_dated_model_without_its_text_or_constraints_is_reported() -> None:
    class Forgetful(Dated):
        dated_by = "when"

        class Meta:
            app_label = "tests"
            apps = Apps()
            constraints = ()
            indexes = ()

    errors = [error for error in Forgetful.check() if error.id.startswith("border.")]
    assert [error.id for error in errors] == ["border.E001", "border.E003", *["border.E002"] * 3]
    assert "'when'" in errors[0].msg
    assert "tests_forgetful_certain_within_possible" in errors[2].msg
    assert [
        error for model in (Stay, Meeting) for error in model.check() if error.id.startswith("border.")
    ] == []


def test_parse_day_reads_one_day() -> None:
    assert parse_day("2014-06-22") == dt.date(2014, 6, 22)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2015-02-30", "is not a day that exists: February 2015 has 28 days"),
        ("0000-01-01", "has a year outside 0001 to 9999"),
        ("2015-13-01", '"13" is not a month'),
        ("2015-02", "is not one day"),
        ("20150201", "is not one day"),
        ("2015-W05-1", "is not one day"),
        ("2015-02-01 ", "is not one day"),
        ("٢٠١٥-٠٢-٠١", "is not one day"),
        ("", "is not one day"),
    ],
)
def test_parse_day_refuses_all_else(text: str, problem: str) -> None:
    with pytest.raises(EDTFError, match=problem) as caught:
        parse_day(text)
    assert f'"{text}"' in str(caught.value)


@pytest.mark.parametrize(
    ("texts", "window"),
    [
        (("2014-06", "2014-06"), ("2014-06-01", "2014-06-30")),
        (("2014-06-22", "2014-06-22"), ("2014-06-22", "2014-06-22")),
        (("2014", ""), ("2014-01-01", None)),
        (("", "196X"), (None, "1969-12-31")),
        (("", ""), (None, None)),
        (("2014-22", ".."), None),
    ],
)
def test_parse_window_takes_the_widest(
    texts: tuple[str, str], window: tuple[str | None, str | None] | None
) -> None:
    if window is None:
        with pytest.raises(EDTFError):
            parse_window(*texts)
    else:
        assert parse_window(*texts) == tuple(end and dt.date.fromisoformat(end) for end in window)


def test_parse_window_refuses_an_end_before_the_start() -> None:
    with pytest.raises(EDTFError, match='"2014-05" ends before "2014-06" starts'):
        parse_window("2014-06", "2014-05")
