"""Rows of other datasets as they came, and which of our events are the same as each other."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from border.kernel import rules
from border.kernel.history import tracked
from border.kernel.vocabulary import one_of
from events.choices import Verdict
from events.models.event import Event


@tracked()
class ExternalRecord(models.Model):
    """One row of a dataset release, untouched, and the event of ours that was made from it or linked to it."""

    # An event that stays when its import is taken back still came from there, and under that licence.
    stays_with = ("event",)

    release = models.ForeignKey(
        "sources.Source",
        on_delete=models.PROTECT,
        db_index=False,
        related_name="external_records",
        help_text="Which dataset release.",
        db_comment="The dataset release: a source with dataset and version.",
    )
    key = models.CharField(
        max_length=100, help_text="The row's own id.", db_comment="The row's own id in that dataset."
    )
    raw = models.JSONField(
        help_text="The row as it came.", db_comment="The row as it came: {column: text}, untouched."
    )
    digest = models.UUIDField(
        null=True,
        blank=True,
        editable=False,
        help_text="By what the row is known as it came.",
        db_comment="BLAKE2 of the row as it came, 128 bits, by which the same row is known again; empty where not noted.",
    )
    told = models.JSONField(
        default=dict,
        blank=True,
        db_default={},
        help_text="What the row says, in our words, as it was read.",
        db_comment="What the row says, in our words, as it was read: title, date, kind, point, who, deaths. Empty where a person linked it.",
    )
    event = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="external_records",
        help_text="The event of ours.",
        db_comment="The event of ours that speaks of the same.",
    )

    deleted_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the dataset deleted it; empty where it still has it.",
        db_comment="When the dataset deleted the row, or when a release was found to lack it; empty where the dataset has it.",
    )

    class Meta:
        db_table_comment = "Rows of other datasets as they came, and the events linked to them. Never public."
        triggers = [
            pgtrigger.Trigger(
                name="digest_of_raw",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(
                    old__raw__df=pgtrigger.F("new__raw"), old__digest__ndf=pgtrigger.F("new__digest")
                ),
                func="NEW.digest = NULL; RETURN NEW;",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "key"],
                name="external_record_once",
                violation_error_message="This release already has a row with this id.",
            ),
            rules.present("external_record", "key", "A row of a dataset has an id."),
            rules.clean_text("external_record", lines=("key",)),
        ]

    def __str__(self) -> str:
        return f"{self.release} {self.key}"


@tracked()
class Match(models.Model):
    """A judgement on whether two events are one and the same."""

    first = models.ForeignKey(
        Event,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="matches_as_first",
        help_text="One event.",
        db_comment="One event; the one with the lower id.",
    )
    second = models.ForeignKey(
        Event,
        on_delete=models.CASCADE,
        related_name="matches_as_second",
        help_text="The other event.",
        db_comment="The other event.",
    )
    verdict = models.CharField(
        max_length=9,
        choices=Verdict,
        help_text="Same, different or unsure.",
        db_comment="same, different or unsure.",
    )
    score = models.FloatField(
        null=True,
        blank=True,
        help_text="From 0 to 1, where a program proposed it.",
        db_comment="Likeness from 0 to 1, where a program proposed the match.",
    )
    evidence = models.JSONField(
        default=dict,
        blank=True,
        db_default={},
        editable=False,
        help_text="What was compared, where a program proposed it.",
        db_comment="What was compared, where a program proposed it: days and metres apart, actors shared, kinds, killed; and how each came out.",
    )
    threshold = models.FloatField(
        null=True,
        blank=True,
        editable=False,
        help_text="The score from which pairs were taken for the same unseen; empty where a person judged.",
        db_comment="The score from which pairs were taken for the same, where that decided; empty where a person judged.",
    )
    reason = models.CharField(max_length=500, help_text="Why.", db_comment="Why it was judged so.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="matches",
        help_text="Who judged.",
        db_comment="Who judged; empty where a stated threshold did.",
    )
    judged_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When it was judged last.",
        db_comment="When it was judged last; empty where that was not noted yet.",
    )

    class Meta:
        verbose_name_plural = "matches"
        db_table_comment = (
            "Judgements on whether two events are one and the same. The same event is counted once."
        )
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="match_once",
                violation_error_message="This pair is already judged.",
            ),
            models.CheckConstraint(
                name="match_pair_in_order",
                condition=Q(first__lt=F("second")),
                violation_error_message="Give the pair in the order in which the events were entered.",
            ),
            models.CheckConstraint(
                name="match_score_in_range",
                condition=Q(score=None) | Q(score__gte=0, score__lte=1),
                violation_error_message="A score lies between 0 and 1.",
            ),
            models.CheckConstraint(
                name="match_threshold_in_range",
                condition=Q(threshold=None) | Q(threshold__gte=0, threshold__lte=1),
                violation_error_message="A threshold lies between 0 and 1.",
            ),
            models.CheckConstraint(
                name="match_by_person_or_threshold",
                condition=Q(threshold=None) | Q(decided_by=None),
                violation_error_message="A pair is judged by a person or by a threshold, not by both.",
            ),
            one_of("match", "verdict", Verdict),
            rules.present("match", "reason", "A judgement needs its reason."),
            rules.clean_text("match", lines=("reason",)),
        ]

    def __str__(self) -> str:
        return f"{self.first.slug} {self.verdict} {self.second.slug}"
