"""A passage of a source that bears on a record: the abstract citation, and its rules."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from border.kernel import rules
from border.kernel.prose import Prose
from border.kernel.vocabulary import one_of
from sources.choices import Credibility, Reliability, Stance
from sources.models.source import Source


class CitationQuerySet(models.QuerySet[Any]):
    """Words about what sources say."""

    def contradicting(self) -> Self:
        """Citations that give a value where another source gives another one for the same field of the same record."""
        others = self.model._default_manager.filter(
            ~Q(asserted_value=""),
            ~Q(asserted_value__iexact=OuterRef("asserted_value")),
            ~Q(source=OuterRef("source")),
            record=OuterRef("record"),
            attribute=OuterRef("attribute"),
        )
        return self.exclude(asserted_value="").filter(Exists(others))


class Citation(models.Model):
    """A passage of a source that bears on a record: on the whole of it, or on one attribute.

    Abstract: each cited noun has a concrete table with a real foreign key ``record``.
    """

    number = models.PositiveSmallIntegerField(
        help_text="Counts the citations of one record from 1.",
        db_comment="Number of the citation within its record, from 1, like a footnote.",
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        help_text="Who says so.",
        db_comment="The source that says so.",
    )
    attribute = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="Which field of the record the passage speaks about; empty for the record as a whole.",
        db_comment="Which field of the record the passage speaks about; empty for the record as a whole.",
    )
    asserted_value = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="What the source gives for it.",
        db_comment="What this source gives for the attribute, which may differ from what the record keeps.",
    )
    stance = models.CharField(
        max_length=8,
        choices=Stance,
        default=Stance.SUPPORTS,
        db_default=Stance.SUPPORTS.value,
        help_text="Does it support or dispute the value that the record keeps?",
        db_comment="supports, disputes or mentions the value that the record keeps.",
    )
    locator = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="Page, paragraph, bullet or time.",
        db_comment="Where in the source: page, paragraph, bullet, timestamp.",
    )
    quote = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="At most 300 characters, word for word.",
        db_comment="The words of the source, at most 300 characters.",
    )
    reliability = models.CharField(
        max_length=1,
        choices=Reliability,
        blank=True,
        default="",
        db_default="",
        help_text="Only where it differs from the source's usual grade.",
        db_comment="Admiralty reliability of the source for this passage; empty means the source's usual grade.",
    )
    credibility = models.CharField(
        max_length=1,
        choices=Credibility,
        blank=True,
        default="",
        db_default="",
        help_text="How believable this passage is (1–6). 6: cannot be judged. Empty: not graded yet.",
        db_comment="Admiralty credibility of this passage, 1 to 6. 6 cannot be judged; empty is not graded.",
    )
    note = Prose(
        blank=True,
        default="",
        db_default="",
        help_text="What a reader should know about this citation.",
        db_comment="The curator's note on this citation. Published with it.",
    )

    objects = CitationQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.record}#{self.number}"  # type: ignore[attr-defined]


def citation_rules(noun: str) -> list[Any]:
    """The rules of the citations of ``noun``."""
    table = f"{noun}_citation"
    return [
        models.UniqueConstraint(
            fields=["record", "number"],
            name=f"{table}_number_once",
            violation_error_message="This number is taken by another citation of the record.",
        ),
        models.CheckConstraint(
            name=f"{table}_number_from_one",
            condition=Q(number__gte=1),
            violation_error_message="Citations are numbered from 1.",
        ),
        one_of(table, "stance", Stance),
        one_of(table, "reliability", Reliability, blank=True),
        one_of(table, "credibility", Credibility, blank=True),
        models.CheckConstraint(
            name=f"{table}_value_has_attribute",
            condition=Q(asserted_value="") | ~Q(attribute=""),
            violation_error_message="An asserted value needs the attribute that it is a value of.",
        ),
        rules.clean_text(table, lines=("attribute", "asserted_value", "locator"), texts=("quote", "note")),
    ]
