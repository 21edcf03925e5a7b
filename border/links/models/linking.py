"""Decisions that take all pairs above a threshold for the same."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from border.kernel import rules


class Linking(models.Model):
    """One decision by which all pairs above a threshold were taken for the same: what was stated, by whom, and why.

    Every match that it made bears its number in the history, by which it is taken back.
    """

    threshold = models.FloatField(
        help_text="The score from which on pairs were taken.",
        db_comment="The score from which on pairs were taken for the same.",
    )
    datasets = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="Of which two datasets; empty for all.",
        db_comment="The two datasets whose pairs were meant, with a plus between them; empty for all.",
    )
    pairs = models.PositiveIntegerField(
        default=0, db_default=0, help_text="How many.", db_comment="How many pairs were taken for the same."
    )
    reason = models.CharField(max_length=500, help_text="Why.", db_comment="Why it was decided.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="linkings",
        help_text="Who stated the threshold.",
        db_comment="Who stated the threshold.",
    )
    decided_at = models.DateTimeField(auto_now_add=True, db_comment="When it was decided.")
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="linkings_undone",
        help_text="Who took it back.",
        db_comment="Who took it back; empty while it holds.",
    )
    undone_at = models.DateTimeField(
        null=True, blank=True, db_comment="When it was taken back; empty while it holds."
    )

    class Meta:
        db_table_comment = "Decisions that took all pairs above a threshold for the same. Never public."
        constraints = [
            models.CheckConstraint(
                name="linking_threshold_in_range",
                condition=Q(threshold__gt=0, threshold__lte=1),
                violation_error_message="A threshold lies above 0, and is at most 1.",
            ),
            models.CheckConstraint(
                name="linking_undone_by_somebody",
                condition=Q(undone_by=None, undone_at=None)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
                violation_error_message="A decision is taken back by somebody, at some time.",
            ),
            rules.present("linking", "reason", "Say why: those who come after will ask."),
            rules.clean_text("linking", lines=("datasets",), texts=("reason",)),
        ]

    def __str__(self) -> str:
        return f"{self.pairs:,} pairs from {self.threshold:g}"

    @property
    def stands(self) -> bool:
        """Whether nobody has taken it back."""
        return self.undone_at is None
