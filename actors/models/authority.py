"""Who holds what, in which role, by law or in fact, and who mans a crossing."""

from django.db import models

from actors.choices import AuthorityRole, Share, Side
from actors.models.actor import Actor
from border.kernel import rules
from border.kernel.dates import Dated, DatedQuerySet
from border.kernel.history import tracked
from border.kernel.records import Reviewed, Slugged, reviewed_rules
from border.kernel.statement import Statement
from border.kernel.vocabulary import one_of
from sources.models import Citation, citation_rules
from territories.choices import Mode
from territories.models import CrossingStatus, Territory


class AuthorityQuerySet(DatedQuerySet):
    """Words about authority."""


@tracked()
class Authority(Slugged, Reviewed, Statement):
    """A statement that an actor held some authority over a territory for a time. Overlaps are the point."""

    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="authorities",
        help_text="Who.",
        db_comment="The actor that holds the authority.",
    )
    role = models.CharField(
        max_length=10,
        choices=AuthorityRole,
        help_text="What the actor is to the territory.",
        db_comment="Role of the actor: sovereign, governs, controls, present, contests or influences.",
    )
    sub_role = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="A finer word than the role, such as mans checkpoint.",
        db_comment="A finer word than the role, in the curators' words.",
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="authorities",
        help_text="Over what.",
        db_comment="The territory over which the authority is held.",
    )
    mode = models.CharField(
        max_length=8,
        choices=Mode,
        help_text="By law or office, in fact, or both.",
        db_comment="formal, informal, hybrid or unclear.",
    )
    share = models.CharField(
        max_length=9,
        choices=Share,
        help_text="Alone, with others, or against others.",
        db_comment="sole, shared, contested or none.",
    )

    objects = AuthorityQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        verbose_name_plural = "authorities"
        db_table_comment = "Statements that an actor held some authority over a territory for a time."
        indexes = [*Dated.Meta.indexes]
        constraints = [
            *reviewed_rules("authority"),
            *Dated.Meta.constraints,
            one_of("authority", "role", AuthorityRole),
            one_of("authority", "mode", Mode),
            one_of("authority", "share", Share),
            rules.clean_text(
                "authority",
                lines=("sub_role", "confidence_reason", *Statement.LINES),
                texts=("note", *Statement.TEXTS),
            ),
        ]


@tracked()
class AuthorityCitation(Citation):
    """A passage that bears on a statement of authority."""

    record = models.ForeignKey(
        Authority,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="citations",
        help_text="What the passage speaks about.",
        db_comment="The authority cited.",
    )

    class Meta:
        db_table_comment = "Passages of sources that bear on statements of authority."
        constraints = citation_rules("authority")


@tracked()
class CrossingControl(models.Model):
    """Who mans one side of a crossing while it has a status."""

    crossing_status = models.ForeignKey(
        CrossingStatus,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="controls",
        help_text="Under which status of the crossing.",
        db_comment="The status of the crossing under which this holds.",
    )
    side = models.CharField(
        max_length=1,
        choices=Side,
        help_text="Which side, as named in the crossing.",
        db_comment="a or b, as named in the crossing.",
    )
    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="crossing_controls",
        help_text="Who mans that side.",
        db_comment="The actor that mans that side.",
    )

    class Meta:
        db_table_comment = "Who mans one side of a crossing while it has a status."
        constraints = [
            one_of("crossing_control", "side", Side),
            models.UniqueConstraint(
                fields=["crossing_status", "side", "actor"],
                name="crossing_control_once",
                violation_error_message="This actor is already named for this side.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.crossing_status} {self.side} {self.actor.slug}"
