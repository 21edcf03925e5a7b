"""What one actor was to another, and when."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest, Least

from actors.choices import SYMMETRIC, RelationshipKind
from actors.models.actor import Actor
from border.kernel import rules
from border.kernel.dates import Dated, DatedQuerySet
from border.kernel.history import tracked
from border.kernel.records import Reviewed, Slugged, reviewed_rules
from border.kernel.statement import Statement
from border.kernel.vocabulary import one_of
from sources.models import Citation, citation_rules
from territories.choices import Mode
from territories.models import Territory


class RelationshipQuerySet(DatedQuerySet):
    """Words about relationships."""


@tracked()
class Relationship(Slugged, Reviewed, Statement):
    """A statement that one actor was something to another for a time."""

    subject = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="relationships_as_subject",
        help_text="Who is or does it.",
        db_comment="The actor that is or does it; for symmetric kinds either of the two.",
    )
    kind = models.CharField(
        max_length=20,
        choices=RelationshipKind,
        help_text="What the subject is or does to the object.",
        db_comment="Kind of relationship, see the vocabulary of relationship kinds.",
    )
    sub_kind = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="A finer word than the kind, such as pledged allegiance to.",
        db_comment="A finer word than the kind, in the curators' words.",
    )
    object = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="relationships_as_object",
        help_text="To whom.",
        db_comment="The actor to which the subject is or does it.",
    )
    mode = models.CharField(
        max_length=8,
        choices=Mode,
        default=Mode.UNCLEAR,
        help_text="By law or office, in fact, or both.",
        db_comment="formal, informal, hybrid or unclear.",
    )
    modality = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text="How the source puts it, where it does not simply assert: reported, conditional, necessity …",
        db_comment="How the source puts it: asserted, reported, conditional, necessity, implied.",
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="relationships",
        help_text="Where, if the statement is about one place.",
        db_comment="Where, if the statement is about one place.",
    )

    objects = RelationshipQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        db_table_comment = "Statements that one actor was something to another for a time."
        indexes = [*Dated.Meta.indexes]
        constraints = [
            *reviewed_rules("relationship"),
            *Dated.Meta.constraints,
            one_of("relationship", "kind", RelationshipKind),
            one_of("relationship", "mode", Mode),
            models.CheckConstraint(
                name="relationship_not_to_itself",
                condition=~Q(subject=F("object")),
                violation_error_message="An actor is not related to itself.",
            ),
            models.UniqueConstraint(
                "kind",
                Least("subject", "object"),
                Greatest("subject", "object"),
                "period",
                Coalesce("territory", 0),
                condition=Q(kind__in=SYMMETRIC),
                name="relationship_symmetric_once",
                violation_error_message="A symmetric relationship is stored once: this pair already has it for this period and place.",
            ),
            rules.clean_text(
                "relationship",
                lines=("sub_kind", "modality", "confidence_reason", *Statement.LINES),
                texts=("note", *Statement.TEXTS),
            ),
        ]


@tracked()
class RelationshipCitation(Citation):
    """A passage that bears on a relationship."""

    record = models.ForeignKey(
        Relationship,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="citations",
        help_text="What the passage speaks about.",
        db_comment="The relationship cited.",
    )

    class Meta:
        db_table_comment = "Passages of sources that bear on relationships."
        constraints = citation_rules("relationship")
