"""Rules that several nouns share, each a named constraint with a message for the person at the form."""

import pgtrigger
from django.db.models import CheckConstraint, F, Q

# Characters that hide or reorder text, or break CSV and JSON: controls, zero-width, direction marks
# (but the Arabic and Persian joiners stay), line and paragraph separators, a byte order mark inside.
_HIDDEN = "\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff"
LINE = rf"[\x01-\x1f\x7f-\x9f{_HIDDEN}]"
TEXT = rf"[\x01-\x08\x0b-\x1f\x7f-\x9f{_HIDDEN}]"
MARKUP = r"<[a-zA-Z/!?]"

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
LANGUAGE = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"


def slug_form(noun: str) -> CheckConstraint:
    """The rule that a slug is lower-case Latin letters and digits in words joined by single hyphens."""
    return CheckConstraint(
        name=f"{noun}_slug_form",
        condition=Q(slug__regex=SLUG),
        violation_error_message="A slug is lower-case letters a–z and digits, in words joined by single hyphens.",
    )


def slug_is_forever() -> pgtrigger.Trigger:
    """The rule that a slug stays what it was when the record was first saved."""
    return pgtrigger.Trigger(
        name="slug_is_forever",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("slug"),
        func="""
    RAISE EXCEPTION USING
        ERRCODE = 'check_violation', CONSTRAINT = 'slug_is_forever', TABLE = TG_TABLE_NAME,
        MESSAGE = 'slug_is_forever: ' || OLD.slug || ' keeps its slug, because the world may cite it. '
            || 'Make a new record, or merge the two.';
""",
    )


def language_form(noun: str) -> CheckConstraint:
    """The rule that a language is a BCP 47 tag, where one is given."""
    return CheckConstraint(
        name=f"{noun}_language_form",
        condition=Q(language="") | Q(language__regex=LANGUAGE),
        violation_error_message="A language is a BCP 47 tag such as en, ar or ar-Latn.",
    )


def clean_text(noun: str, *, lines: tuple[str, ...] = (), texts: tuple[str, ...] = ()) -> CheckConstraint:
    """The rule that no text of ``noun`` holds control or hidden characters, or markup.

    ``lines`` are the one-line columns; ``texts`` may hold line breaks and tabs.
    """
    condition = Q()
    for names, pattern in ((lines, LINE), (texts, TEXT)):
        for name in names:
            condition &= ~Q(**{f"{name}__regex": pattern}) & ~Q(**{f"{name}__regex": MARKUP})
    return CheckConstraint(
        name=f"{noun}_text_clean",
        condition=condition,
        violation_error_message=(
            "A text holds markup, a control character, or a hidden character that changes the direction of "
            "writing. Remove it: retype the text, or paste it without formatting."
        ),
    )


def present(noun: str, field: str, message: str) -> CheckConstraint:
    """The rule that ``field`` of ``noun`` is not empty."""
    return CheckConstraint(
        name=f"{noun}_{field}_present", condition=~Q(**{field: ""}), violation_error_message=message
    )


def placed(noun: str) -> list[CheckConstraint]:
    """The rules of a point: both degrees or none, on the globe, and never without its uncertainty."""
    empty = Q(longitude=None, latitude=None, uncertainty_m=None)
    whole = Q(longitude__isnull=False, latitude__isnull=False, uncertainty_m__isnull=False)
    return [
        CheckConstraint(
            name=f"{noun}_point_whole",
            condition=empty | whole,
            violation_error_message=(
                "A point needs longitude, latitude and uncertainty in metres together; or leave all three empty."
            ),
        ),
        CheckConstraint(
            name=f"{noun}_longitude_in_range",
            condition=Q(longitude=None) | Q(longitude__gte=-180, longitude__lte=180),
            violation_error_message="Longitude lies between -180 and 180 degrees.",
        ),
        CheckConstraint(
            name=f"{noun}_latitude_in_range",
            condition=Q(latitude=None) | Q(latitude__gte=-90, latitude__lte=90),
            violation_error_message="Latitude lies between -90 and 90 degrees.",
        ),
        CheckConstraint(
            name=f"{noun}_uncertainty_positive",
            condition=Q(uncertainty_m=None) | Q(uncertainty_m__gt=0, uncertainty_m__lte=1_000_000),
            violation_error_message="Uncertainty is between 1 and 1,000,000 metres.",
        ),
    ]


def ordered(noun: str, low: str, high: str) -> CheckConstraint:
    """The rule that ``low`` is not above ``high`` where both are given."""
    return CheckConstraint(
        name=f"{noun}_{low}_not_above_{high}",
        condition=Q(**{low: None}) | Q(**{high: None}) | Q(**{f"{low}__lte": F(high)}),
        violation_error_message=f"{low.replace('_', ' ')} cannot be above {high.replace('_', ' ')}.".capitalize(),
    )


def not_negative(noun: str, *fields: str) -> CheckConstraint:
    """The rule that the counts ``fields`` are zero or more where given.

    PostgreSQL holds NaN to be above all numbers, hence an upper bound.
    """
    condition = Q()
    for field in fields:
        condition &= Q(**{field: None}) | Q(**{f"{field}__gte": 0, f"{field}__lt": 1_000_000_000_000})
    return CheckConstraint(
        name=f"{noun}_counts_not_negative",
        condition=condition,
        violation_error_message=f"A count is zero or more: {', '.join(fields).replace('_', ' ')}.",
    )
