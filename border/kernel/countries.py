"""Country codes (ISO 3166-1 alpha-2), none, one or several per record."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Regex


def country_field(**options: Any) -> ArrayField:
    """A column of country codes, in the order that the curator gave."""
    return ArrayField(
        models.CharField(max_length=2),
        default=list,
        blank=True,
        db_default=models.Value("{}", output_field=models.TextField()),
        **options,
    )


class JoinedCodes(Func):
    """The codes of an array joined by commas, a missing one as a question mark, for a pattern to check."""

    function = "array_to_string"
    template = "array_to_string(%(expressions)s, ',', '?')"
    output_field = models.TextField()


def country_codes(noun: str) -> models.CheckConstraint:
    """The rule that countries are two capital letters each."""
    return models.CheckConstraint(
        name=f"{noun}_country_codes",
        condition=Q(countries__len=0) | Q(Regex(JoinedCodes(F("countries")), r"^[A-Z]{2}(,[A-Z]{2})*$")),
        violation_error_message="Countries are two-letter ISO 3166-1 codes in capitals, such as SY and IQ.",
    )
