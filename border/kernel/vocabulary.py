"""Vocabularies: few, standard, each member explained and tied to the field's own terms."""

from collections.abc import Iterable
from typing import Self

from django.db import models
from django.db.models import CheckConstraint, Q


class Vocabulary(models.TextChoices):
    """Words that a column may hold: lower case, as they stand in CSV and URLs.

    A member is written ``NAME = "word", "meaning", "origin", "Label"``. ``meaning`` says in a sentence what
    the word asserts; ``origin`` names the same term in ACLED, UCDP, PLOVER, NATO or ISO, or is empty where
    the word is ours.
    """

    meaning: str
    origin: str

    def __new__(cls, value: str, meaning: str = "", origin: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        member.origin = origin
        return member


def one_of(noun: str, field: str, vocabulary: type[Vocabulary], *, blank: bool = False) -> CheckConstraint:
    """The rule that ``field`` of ``noun`` holds a word of ``vocabulary`` and nothing else."""
    words: Iterable[str] = [*vocabulary.values, *([""] if blank else [])]
    return CheckConstraint(
        name=f"{noun}_{field}_known",
        condition=Q(**{f"{field}__in": sorted(words)}),
        violation_error_message=f"Unknown {field.replace('_', ' ')}. Write one of: {', '.join(sorted(vocabulary.values))}.",
    )
