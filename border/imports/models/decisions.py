"""What people decided about names of datasets, and how many rows of each file have a name."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from border.imports.choices import Answer
from border.imports.models.imported import Import
from border.imports.models.readings import ActorReading, PlaceReading
from border.kernel.vocabulary import one_of
from sources.models import Batch

# A row of these speaks of one actor's name or of one place's.
OF_ONE = Q(actor_reading__isnull=False, place_reading=None) | Q(
    actor_reading=None, place_reading__isnull=False
)


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Words about decisions."""

    def standing(self) -> Self:
        """The latest of each name."""
        actors = models.Q(actor_reading=models.OuterRef("actor_reading"))
        places = models.Q(place_reading=models.OuterRef("place_reading"))
        later = Decision.objects.filter(actors | places, pk__gt=models.OuterRef("pk"))
        return self.filter(~models.Exists(later))

    def pending(self) -> Self:
        """The latest of each name, where rows that were written before do not heed it yet."""
        return self.filter(settled_at=None).standing()


class OfOneName:
    """A row about one name of a dataset: of an actor or of a place."""

    actor_reading: Any
    place_reading: Any

    @property
    def reading(self) -> Any:
        """The name that it is about."""
        return self.actor_reading or self.place_reading


class Decision(OfOneName, models.Model):
    """What was so of a name from some moment on. The first of a name says what was looked up before anybody decided.

    Rows are only added: who decided what before stays. One that is taken back is followed by one that says so.
    """

    actor_reading = models.ForeignKey(
        ActorReading,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        help_text="Which name of an actor.",
        db_comment="The name of an actor; empty where it is a place.",
    )
    place_reading = models.ForeignKey(
        PlaceReading,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        help_text="Which place.",
        db_comment="The place; empty where it is an actor.",
    )
    answer = models.CharField(
        max_length=9,
        choices=Answer,
        help_text="What was decided.",
        db_comment="looked_up, this, within or nobody.",
    )
    # By slugs, as curation names records: a merge moves what points to one, and what somebody said stays as they said it.
    slugs = ArrayField(
        models.CharField(max_length=100),
        default=list,
        blank=True,
        help_text="Who is meant; of several actors, the one that existed at the time. Or which territory.",
        db_comment="Slugs of the actors who are meant, or of the territory that it is or lies in, as somebody said it.",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions_on_names",
        help_text="Who decided.",
        db_comment="Who decided, or took a decision back; empty where it was only looked up.",
    )
    decided_at = models.DateTimeField(default=timezone.now, db_comment="When.")
    settled_at = models.DateTimeField(
        null=True,
        blank=True,
        db_comment="When rows that were written before were brought up to date with it; empty where they wait.",
    )
    settled_in = models.ForeignKey(
        Batch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions_on_names",
        help_text="In which batch.",
        db_comment="The batch by which they were; empty where they wait, or where nothing was to be changed.",
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        db_table_comment = (
            "What people decided about names of datasets, each after what was so before. Never public."
        )
        constraints = [
            one_of("decision", "answer", Answer),
            models.CheckConstraint(
                name="decision_of_one_name",
                condition=OF_ONE,
                violation_error_message="A decision is about the name of an actor or about a place.",
            ),
            models.CheckConstraint(
                name="decision_names_somebody",
                condition=~Q(answer__in=[Answer.THIS, Answer.WITHIN]) | ~Q(slugs=[]),
                violation_error_message="Say who is meant, or which territory.",
            ),
            models.CheckConstraint(
                name="decision_by_somebody",
                condition=Q(answer=Answer.LOOKED_UP) | Q(decided_by__isnull=False),
                violation_error_message="Somebody decides.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reading}: {self.get_answer_display()}"


class NameCount(OfOneName, models.Model):
    """How many rows of a file have a name, and a few of them; counted when the file is read."""

    of = models.ForeignKey(
        Import,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="names",
        help_text="Of which import.",
        db_comment="The import.",
    )
    actor_reading = models.ForeignKey(
        ActorReading,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="counts",
        help_text="Which name of an actor.",
        db_comment="The name of an actor; empty where it is a place.",
    )
    place_reading = models.ForeignKey(
        PlaceReading,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="counts",
        help_text="Which place.",
        db_comment="The place; empty where it is an actor.",
    )
    rows = models.PositiveIntegerField(help_text="Rows.", db_comment="How many of its rows have the name.")
    examples = models.JSONField(
        default=list,
        help_text="A few of them.",
        db_comment="The first of them: [[id, date, title], …].",
    )

    class Meta:
        db_table_comment = "How many rows of a file have a name, counted when it was read. Never public."
        constraints = [
            models.UniqueConstraint(
                fields=["of", "actor_reading"],
                name="name_count_once_an_actor",
                violation_error_message="The rows with this name are counted already.",
            ),
            models.UniqueConstraint(
                fields=["of", "place_reading"],
                name="name_count_once_a_place",
                violation_error_message="The rows with this place are counted already.",
            ),
            models.CheckConstraint(
                name="name_count_of_one_name",
                condition=OF_ONE,
                violation_error_message="A count is of the name of an actor or of a place.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reading}: {self.rows}"
