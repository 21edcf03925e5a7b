"""Dated records: EDTF text as the curator wrote it, and beside it the two spans of days it can mean."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Literal, Self, TypeVar

from django import forms
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GistIndex
from django.core import checks
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import F, Q
from psycopg.types.range import Range

from border.kernel.edtf import DateRange, EDTFError, bounds, refused_day

Match = Literal["possible", "certain"]
Row = TypeVar("Row", bound="Dated")

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})").fullmatch
_RANGES = ("possible", "certain")


def bounds_for(text: str) -> tuple[Range[dt.date], Range[dt.date]]:
    """The possible and the certain range of an EDTF ``text``, half-open as PostgreSQL keeps them.

    An empty text is undated: perhaps on any day, surely on none. Raises EDTFError.

    >>> bounds_for("2014-06-22")[0]
    Range(datetime.date(2014, 6, 22), datetime.date(2014, 6, 23), '[)')
    """
    if not text:
        return Range(None, None, "()"), Range(empty=True)
    possible, certain = bounds(text)
    return half_open(possible), _without_last_day_of_all(certain) if certain else Range(empty=True)


def half_open(span: DateRange) -> Range[dt.date]:
    """The range of an inclusive span; one that reaches the calendar's last day has no upper bound."""
    last = span.last
    after = None if last is None or last == dt.date.max else last + dt.timedelta(days=1)
    return Range(span.first, after, "[)" if span.first else "()")


def _without_last_day_of_all(span: DateRange) -> Range[dt.date]:
    # Python has no day after 9999-12-31 to end a half-open range with. Claiming less is still true.
    if span.last != dt.date.max:
        return half_open(span)
    if span.first == dt.date.max:
        return Range(empty=True)
    return Range(span.first, dt.date.max, "[)" if span.first else "()")


def inclusive(span: Range[dt.date]) -> DateRange | None:
    """The span of days of a half-open range, for people; None for the empty range.

    >>> inclusive(Range(dt.date(2014, 6, 1), dt.date(2014, 7, 1)))
    DateRange(2014-06-01, 2014-06-30)
    """
    if span.isempty:
        return None
    return DateRange(span.lower, span.upper - dt.timedelta(days=1) if span.upper else None)


def validate_edtf(text: str) -> None:
    """Raises ValidationError, in the words of EDTFError, unless ``text`` is a date."""
    try:
        bounds(text)
    except EDTFError as error:
        raise ValidationError(str(error), code="edtf") from error


class EDTFFormField(forms.CharField):
    """An input for a date in EDTF, left to right whatever the page's language."""

    default_validators = [validate_edtf]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """What any text input needs here; ``data-edtf`` lets a script show how the date is understood."""
        ours = {
            "dir": "ltr",
            "inputmode": "text",
            "spellcheck": "false",
            "autocomplete": "off",
            "data-edtf": "",
        }
        return super().widget_attrs(widget) | ours


class EDTFField(models.CharField):
    """A date or period as the curator wrote it, in EDTF; kept letter by letter."""

    default_validators = [validate_edtf]
    description = "Date or period (EDTF)"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 64)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        """The form field; the admin may bring its own widget, which then gets the attributes."""
        return super().formfield(**{"form_class": EDTFFormField, **kwargs})


class DatedQuerySet(models.QuerySet[Row]):
    """Rows asked by day. Every answer says, as ``surely``, whether the narrowest reading agrees.

    The bulk writes keep ``possible`` and ``certain`` true to the text, as ``save()`` does.
    """

    def on(self, day: dt.date) -> Self:
        """Rows that may hold on ``day``; ``surely`` is true where the narrowest reading holds too.

        Undated rows may hold on any day.
        """
        return self.filter(possible__contains=day).annotate(surely=Q(certain__contains=day))

    def during(self, first: dt.date | None, last: dt.date | None, match: Match = "possible") -> Self:
        """Rows that may fall in the window, or with ``match="certain"`` those that lie in it whole.

        Both days belong to the window; None leaves it open. ``surely`` is true where the widest reading
        lies within it. Raises ValueError when the window ends before it starts.
        """
        window = _window(first, last)
        surely = Q(possible__contained_by=window)
        found = surely if match == "certain" else Q(possible__overlap=window)
        return self.filter(found).annotate(surely=surely)

    def overlapping(self, first: dt.date | None, last: dt.date | None, match: Match = "possible") -> Self:
        """Rows that may hold on some day of the window, or with ``match="certain"`` those that surely do.

        For what lasts: a state that began before the window and outlives it surely holds within.
        A row surely holds on some day of the window when one of its certain days falls in it, or when all
        its possible days do. Raises ValueError when the window ends before it starts.
        """
        window = _window(first, last)
        surely = Q(certain__overlap=window) | Q(possible__contained_by=window)
        found = self.filter(possible__overlap=window)
        return (found.filter(surely) if match == "certain" else found).annotate(surely=surely)

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> list[Row]:
        """As Django's, with both ranges derived from the text; an upsert of the text updates them too."""
        rows = list(objs)
        set_bounds(rows)
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = self._with_ranges(kwargs["update_fields"])
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Row], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        """As Django's; when the text is among ``fields``, both ranges are derived and written too."""
        rows, fields = list(objs), self._with_ranges(fields)
        if "possible" in fields:
            set_bounds(rows)
        return super().bulk_update(rows, fields, *args, **kwargs)

    def update(self, **values: Any) -> int:
        """As Django's; a new text brings its ranges. Raises TypeError for a text computed by the database."""
        # Django's bulk_update comes by here too, with all three columns as expressions.
        if self.model.dated_by in values and not values.keys() >= set(_RANGES):
            text = values[self.model.dated_by]
            if not isinstance(text, str):
                raise TypeError(
                    f"{self.model.__name__}.{self.model.dated_by} is parsed by Python: update it with a string."
                )
            values["possible"], values["certain"] = bounds_for(text)
        return super().update(**values)

    update.alters_data = True  # type: ignore[attr-defined]

    def _with_ranges(self, fields: Iterable[str]) -> list[str]:
        return _with_ranges(self.model, fields)


class Dated(models.Model):
    """A statement about a date or period, with its widest and its narrowest reading.

    A noun that calls its column otherwise says ``period = None``, ``dated_by = "existed"`` and declares
    ``existed = EDTFField(...)``. Its Meta inherits from ``Dated.Meta`` and adds to both lists:
    ``constraints = [*Dated.Meta.constraints, ...]``. Every noun has ``objects``, a DatedQuerySet or one of
    its own kind as manager. ``check`` reports a model that forgot any of these.
    """

    dated_by: ClassVar[str] = "period"

    period: Any = EDTFField(
        blank=True,
        default="",
        help_text="In EDTF: 2014, 2014-06, 2014-06-22, 2014-06/2014-08, 2003/.. (still so), 2003/ (end unknown),"
        " 196X (the 1960s), 2014-22 (summer), 2014~ (about). Leave empty if no date is known.",
        db_comment="When this holds, in EDTF (ISO 8601-2) as the curator wrote it. Empty: no date is known.",
    )
    possible = DateRangeField(
        editable=False,
        help_text="Every day on which this may hold: the widest reading of the date.",
        db_comment="Days on which this may hold: the widest reading of the date, half-open. Undated: unbounded.",
    )
    certain = DateRangeField(
        editable=False,
        help_text="Every day on which this surely holds: the narrowest reading of the date.",
        db_comment="Days on which this surely holds: the narrowest reading of the date, half-open;"
        " empty when no day is certain.",
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_certain_within_possible",
                condition=Q(certain__contained_by=F("possible")),
                violation_error_message="The days that are certain must lie within those that are possible.",
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_possible_on_some_day",
                condition=Q(possible__isempty=False),
                violation_error_message="A date must leave at least one day possible; an unknown date is empty text.",
            ),
        ]
        # What is certain is possible, so that one index serves both.
        indexes = [GistIndex(fields=["possible"], name="%(class)s_possible")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's, with both ranges derived from the text. Raises EDTFError when it is not a date."""
        set_bounds([self])
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = _with_ranges(type(self), kwargs["update_fields"])
        super().save(*args, **kwargs)

    def clean_fields(self, exclude: Any = None) -> None:
        """As Django's; then derives both ranges, so that constraints are judged on the text at hand."""
        super().clean_fields(exclude=exclude)
        if self.dated_by not in (exclude or ()):
            set_bounds([self])

    @classmethod
    def check(cls, **kwargs: Any) -> list[checks.CheckMessage]:
        """As Django's; and the model has the text column it names, and the constraints and indexes of Dated."""
        return [*super().check(**kwargs), *_check_dated(cls)]


def set_bounds(rows: Sequence[Any]) -> None:
    """Derives ``possible`` and ``certain`` of unsaved rows from their text: the one place that does.

    Used by ``save()``, by the bulk writes of DatedQuerySet and by imports. Raises EDTFError.
    """
    for row in rows:
        row.possible, row.certain = bounds_for(getattr(row, row.dated_by))


def parse_day(text: str) -> dt.date:
    """The day of an ISO 8601 date YYYY-MM-DD. Raises EDTFError, quoting ``text``.

    >>> parse_day("2014-06-22")
    datetime.date(2014, 6, 22)
    """
    match = _DAY(text)
    if match is None:
        raise EDTFError(text, text, "is not one day", "Write year, month and day, as in 2014-06-22.")
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise refused_day(text) from None


def parse_window(from_text: str, to_text: str) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day of the window between two dates in EDTF; None where a text is empty or open.

    ``from`` counts from its earliest day, ``to`` up to its latest. Raises EDTFError.

    >>> parse_window("2014-06", "2014-06")
    (datetime.date(2014, 6, 1), datetime.date(2014, 6, 30))
    """
    first = bounds(from_text).possible.first if from_text else None
    last = bounds(to_text).possible.last if to_text else None
    if first and last and first > last:
        raise EDTFError(to_text, to_text, f'ends before "{from_text}" starts', "Put the earlier date first.")
    return first, last


def _window(first: dt.date | None, last: dt.date | None) -> Range[dt.date]:
    if first and last and first > last:
        raise ValueError(f"The window ends on {last}, before it starts on {first}.")
    return half_open(DateRange(first, last))


def _with_ranges(model: type[Dated], fields: Iterable[str]) -> list[str]:
    named = list(fields)
    if model.dated_by in named:
        named += [name for name in _RANGES if name not in named]
    return named


def _check_dated(model: type[Dated]) -> list[checks.CheckMessage]:
    if model._meta.abstract or model._meta.proxy:
        return []
    found: list[checks.CheckMessage] = []
    try:
        field = model._meta.get_field(model.dated_by)
    except FieldDoesNotExist:
        field = None
    if not isinstance(field, EDTFField):
        found.append(
            checks.Error(
                f"dated_by names {model.dated_by!r}, which is not an EDTFField of this model.",
                hint="Declare it, or set dated_by to the name of the column that holds the date.",
                obj=model,
                id="border.E001",
            )
        )
    if not isinstance(model._default_manager.get_queryset(), DatedQuerySet):
        found.append(
            checks.Error(
                "The default manager would write rows without deriving possible and certain.",
                hint="Write objects = DatedQuerySet.as_manager(), or that of a subclass.",
                obj=model,
                id="border.E003",
            )
        )
    label = {"app_label": model._meta.app_label, "class": model._meta.model_name}
    for kind, inherited in (("constraints", Dated._meta.constraints), ("indexes", Dated._meta.indexes)):
        declared = {declaration.name for declaration in getattr(model._meta, kind)}
        found += [
            checks.Error(
                f"Meta.{kind} lacks {declaration.name % label!r}, which every dated record has.",
                hint=f"Write class Meta(Dated.Meta) with {kind} = [*Dated.Meta.{kind}, ...].",
                obj=model,
                id="border.E002",
            )
            for declaration in inherited
            if declaration.name % label not in declared
        ]
    return found
