"""Named stretches of time: turning points, phases, background."""

from django.db import models
from django.db.models import F, Q

from border.kernel import rules
from border.kernel.dates import Dated, DatedQuerySet
from border.kernel.history import tracked
from border.kernel.prose import Prose
from border.kernel.records import Reviewed, Slugged, reviewed_rules
from border.kernel.statement import Statement
from border.kernel.vocabulary import one_of
from events.choices import EpisodeKind
from sources.models import Citation, citation_rules
from territories.models import Territory


@tracked()
class Episode(Slugged, Reviewed, Statement):
    """A named stretch of time that groups what happened in it."""

    title = models.CharField(max_length=200, help_text="Its name.", db_comment="Name of the episode.")
    kind = models.CharField(
        max_length=13,
        choices=EpisodeKind,
        help_text="What it is to the story.",
        db_comment="turning_point, phase or background.",
    )
    ordinal = models.DecimalField(
        max_digits=5,
        decimal_places=2,
        help_text="Its place in the order of telling: 1, 2, 2.1.",
        db_comment="Place in the order of telling, such as 1, 2 or 2.1.",
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        help_text="The longer episode of which this is a part.",
        db_comment="The longer episode of which this is a part.",
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="episodes",
        help_text="Where.",
        db_comment="Where it took place.",
    )
    description = Prose(
        blank=True,
        default="",
        db_default="",
        help_text="What it was about, in our own words.",
        db_comment="What it was about.",
    )

    objects = DatedQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        db_table_comment = "Named stretches of time: turning points, phases, background."
        indexes = [*Dated.Meta.indexes]
        constraints = [
            *reviewed_rules("episode"),
            *Dated.Meta.constraints,
            one_of("episode", "kind", EpisodeKind),
            rules.present("episode", "title", "An episode needs a title."),
            models.CheckConstraint(
                name="episode_ordinal_in_range",
                condition=Q(ordinal__gte=0, ordinal__lt=1000),
                violation_error_message="The place in the order of telling is a number from 0 to 999.99.",
            ),
            models.CheckConstraint(
                name="episode_not_its_own_part",
                condition=Q(parent=None) | ~Q(parent=F("id")),
                violation_error_message="An episode is not a part of itself.",
            ),
            rules.clean_text(
                "episode",
                lines=("title", "confidence_reason", *Statement.LINES),
                texts=("description", "note", *Statement.TEXTS),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class EpisodeCitation(Citation):
    """A passage that bears on an episode."""

    record = models.ForeignKey(
        Episode,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="citations",
        help_text="What the passage speaks about.",
        db_comment="The episode cited.",
    )

    class Meta:
        db_table_comment = "Passages of sources that bear on episodes."
        constraints = citation_rules("episode")
