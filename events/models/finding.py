"""Analytic judgements about the border."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from actors.models import Actor
from border.kernel import rules
from border.kernel.dates import Dated, DatedQuerySet, EDTFField
from border.kernel.history import tracked
from border.kernel.prose import Prose
from border.kernel.records import Reviewed, Slugged, reviewed_rules
from border.kernel.vocabulary import one_of
from events.choices import FindingKind, Modality
from sources.models import Citation, citation_rules
from territories.models import Territory


@tracked()
class Finding(Slugged, Reviewed, Dated):
    """A judgement that an analyst makes about territories and actors, as of a day. A dilemma has branches."""

    dated_by: ClassVar[str] = "as_of"
    period = None

    kind = models.CharField(
        max_length=11, choices=FindingKind, help_text="What sort of judgement.", db_comment="Kind of finding."
    )
    sub_kind = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="A finer word than the kind.",
        db_comment="A finer word than the kind.",
    )
    modality = models.CharField(
        max_length=11,
        choices=Modality,
        default=Modality.ASSERTED,
        help_text="How firmly it is put.",
        db_comment="How firmly it is put.",
    )
    statement = Prose(
        help_text="The judgement, in our own words.", db_comment="The judgement, in our own words."
    )
    condition = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="On what it depends.",
        db_comment="On what it depends.",
    )
    consequence = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="What follows.",
        db_comment="What follows.",
    )
    as_of = EDTFField(
        blank=True,
        default="",
        db_default="",
        help_text="When it was made, as EDTF.",
        db_comment="When the judgement was made, EDTF text.",
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        help_text="The dilemma of which this is a branch.",
        db_comment="The dilemma of which this is a branch.",
    )
    territories = models.ManyToManyField(Territory, through="FindingTerritory", related_name="findings")
    actors = models.ManyToManyField(Actor, through="FindingActor", related_name="findings")

    objects = DatedQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        db_table_comment = "Analytic judgements about territories and actors, as of a day."
        indexes = [*Dated.Meta.indexes]
        constraints = [
            *reviewed_rules("finding"),
            *Dated.Meta.constraints,
            one_of("finding", "kind", FindingKind),
            one_of("finding", "modality", Modality),
            rules.present("finding", "statement", "A finding needs its statement."),
            models.CheckConstraint(
                name="finding_not_its_own_branch",
                condition=Q(parent=None) | ~Q(parent=F("id")),
                violation_error_message="A finding is not a branch of itself.",
            ),
            rules.clean_text(
                "finding",
                lines=("sub_kind", "condition", "consequence", "confidence_reason", "as_of"),
                texts=("statement", "note"),
            ),
        ]


@tracked()
class FindingTerritory(models.Model):
    """A territory that a finding is about."""

    finding = models.ForeignKey(
        Finding,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="about_territories",
        help_text="Which finding.",
        db_comment="The finding.",
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="about_findings",
        help_text="About what place.",
        db_comment="The territory it is about.",
    )

    class Meta:
        verbose_name_plural = "finding territories"
        db_table_comment = "Territories that a finding is about."
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "territory"],
                name="finding_territory_once",
                violation_error_message="The finding is already about this territory.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.finding} about {self.territory.slug}"


@tracked()
class FindingActor(models.Model):
    """An actor that a finding is about."""

    finding = models.ForeignKey(
        Finding,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="about_actors",
        help_text="Which finding.",
        db_comment="The finding.",
    )
    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="about_findings",
        help_text="About whom.",
        db_comment="The actor it is about.",
    )

    class Meta:
        db_table_comment = "Actors that a finding is about."
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "actor"],
                name="finding_actor_once",
                violation_error_message="The finding is already about this actor.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.finding} about {self.actor.slug}"


@tracked()
class FindingCitation(Citation):
    """A passage that bears on a finding."""

    record = models.ForeignKey(
        Finding,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="citations",
        help_text="What the passage speaks about.",
        db_comment="The finding cited.",
    )

    class Meta:
        db_table_comment = "Passages of sources that bear on findings."
        constraints = citation_rules("finding")
