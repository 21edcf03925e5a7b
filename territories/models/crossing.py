"""Crossings and what state they were in."""

from django.db import models
from django.db.models import F, Q

from border.kernel import rules
from border.kernel.dates import Dated, DatedQuerySet
from border.kernel.history import tracked
from border.kernel.records import Reviewed, Slugged, reviewed_rules
from border.kernel.statement import Statement
from border.kernel.vocabulary import one_of
from sources.models import Citation, citation_rules
from territories.choices import CrossingState, Mode
from territories.models.territory import Territory


@tracked()
class Crossing(Slugged, Reviewed):
    """A place where a border is crossed: its two sides and the name that each side gives it."""

    territory = models.OneToOneField(
        Territory,
        on_delete=models.PROTECT,
        related_name="crossing",
        help_text="The territory of kind crossing.",
        db_comment="The territory, of kind crossing, that this describes.",
    )
    side_a = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="crossings_as_side_a",
        help_text="The country or area on one side.",
        db_comment="The country or area on one side.",
    )
    name_a = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        verbose_name="name on side A",
        help_text="What that side calls the crossing.",
        db_comment="What side A calls the crossing.",
    )
    side_b = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="crossings_as_side_b",
        help_text="The country or area on the other side.",
        db_comment="The country or area on the other side.",
    )
    name_b = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        verbose_name="name on side B",
        help_text="What the other side calls it.",
        db_comment="What side B calls the crossing.",
    )

    class Meta(Slugged.Meta):
        abstract = False
        db_table_comment = "Places where a border is crossed: their two sides and two names."
        constraints = [
            *reviewed_rules("crossing"),
            models.CheckConstraint(
                name="crossing_has_two_sides",
                condition=~Q(side_a=F("side_b")),
                violation_error_message="A crossing has two different sides.",
            ),
            rules.clean_text("crossing", lines=("name_a", "name_b", "confidence_reason"), texts=("note",)),
        ]


@tracked()
class CrossingStatus(Slugged, Reviewed, Statement):
    """A statement that a crossing was open, closed or otherwise for a time. Overlaps and contradictions stand."""

    crossing = models.ForeignKey(
        Crossing,
        on_delete=models.PROTECT,
        related_name="statuses",
        help_text="Which crossing.",
        db_comment="The crossing.",
    )
    state = models.CharField(
        max_length=16,
        choices=CrossingState,
        verbose_name="status of the crossing",
        help_text="Whether and for whom it was passable.",
        db_comment="Whether and for whom the crossing was passable, see the vocabulary of crossing states.",
    )
    sub_state = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="A finer word than the status.",
        db_comment="A finer word than the state, in the curators' words.",
    )
    mode = models.CharField(
        max_length=8,
        choices=Mode,
        default=Mode.UNCLEAR,
        help_text="By law, in fact, or both.",
        db_comment="formal, informal, hybrid or unclear.",
    )
    traffic = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="Who or what passed.",
        db_comment="Who or what passed, in the curators' words.",
    )

    objects = DatedQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        verbose_name_plural = "crossing statuses"
        db_table_comment = "Statements that a crossing was open, closed or otherwise for a time."
        indexes = [*Dated.Meta.indexes]
        constraints = [
            *reviewed_rules("crossing_status"),
            *Dated.Meta.constraints,
            one_of("crossing_status", "state", CrossingState),
            one_of("crossing_status", "mode", Mode),
            rules.clean_text(
                "crossing_status",
                lines=("sub_state", "traffic", "confidence_reason", *Statement.LINES),
                texts=("note", *Statement.TEXTS),
            ),
        ]


@tracked()
class CrossingStatusCitation(Citation):
    """A passage that bears on the status of a crossing."""

    record = models.ForeignKey(
        CrossingStatus,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="citations",
        help_text="What the passage speaks about.",
        db_comment="The crossing status cited.",
    )

    class Meta:
        db_table_comment = "Passages of sources that bear on the status of crossings."
        constraints = citation_rules("crossing_status")
