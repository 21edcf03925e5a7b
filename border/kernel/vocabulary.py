"""Vocabularies: few, standard, each member explained and tied to the field's own terms."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

from django.db import models
from django.db.models import CheckConstraint, Q

# Datasets and standards whose terms the origins of words name.
ELSEWHERE = (
    *(
        "ACLED",
        "CiTO",
        "COD-AB",
        "CSL",
        "FtM",
        "GeoNames",
        "ICD 203",
        "IDMC",
        "ISO 15924",
        "NATO AJP-2.1",
        "OFAC",
    ),
    *("OSM", "PLOVER", "Powell & Thyne", "UCDP", "UNGEGN"),
)


class Term(NamedTuple):
    """What a dataset or standard calls the same."""

    where: str
    term: str


class Vocabulary(models.TextChoices):
    """Words that a column may hold: lower case, as they stand in CSV and URLs.

    A member is written ``NAME = "word", "meaning", "origin", "Label"``. ``meaning`` says in a sentence what
    the word asserts; ``origin`` names the same term in ACLED, UCDP, PLOVER, NATO or ISO, or is empty where
    the word is ours.
    """

    meaning: str
    origin: str

    @property
    def terms(self) -> list[Term]:
        """The terms that the origin names, one for each dataset or standard that has any."""
        found: list[Term] = []
        for part in filter(None, self.origin.split("; ")):
            where = next((name for name in ELSEWHERE if part.startswith(name)), "")
            if where or not found:
                found.append(Term(where, part.removeprefix(where).lstrip(": ")))
            else:  # a term that has a semicolon goes on
                found[-1] = Term(found[-1].where, f"{found[-1].term}; {part}")
        return found

    @classmethod
    def every(cls) -> Iterator[type["Vocabulary"]]:
        """All vocabularies that there are."""
        for one in cls.__subclasses__():
            yield one
            yield from one.every()

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
