"""Whether two records are one: merges, and judgements that they are not."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from border.curation.models.about import About
from border.kernel import rules


class MergeQuerySet(models.QuerySet["Merge"]):
    """Words about merges."""

    def standing(self) -> Self:
        """Merges that nobody has taken back."""
        return self.filter(undone_at=None)

    def giving_up(self, endpoint: str, slug: str) -> "Merge | None":
        """The merge by which a record was given up, unless it was taken back."""
        return self.standing().filter(endpoint=endpoint, slug=slug).first()

    def going_on_as(self, endpoint: str, slug: str) -> Self:
        """Merges that stand and by which others go on as a record, the latest first."""
        return self.standing().filter(endpoint=endpoint, into=slug).order_by("-merged_at", "-pk")


class DifferentQuerySet(models.QuerySet["Different"]):
    """Words about pairs that were told apart."""

    def between(self, endpoint: str, one: str, other: str) -> "Different | None":
        """The judgement that tells two records apart, if there is one."""
        first, second = sorted((one, other))
        return self.filter(endpoint=endpoint, first=first, second=second).first()


class Merge(About):
    """One record that goes on as another: what moved, who decided, and whether it was taken back.

    ``slug`` is the record that was given up; every change that the merge made carries its id in the history.
    """

    into = models.CharField(
        max_length=100,
        help_text="Slug of the record that goes on.",
        db_comment="Slug of the record that goes on.",
    )
    reason = models.CharField(
        max_length=500,
        help_text="Why the two are one. It is public.",
        db_comment="Why the two are one. Public.",
    )
    moved = models.JSONField(
        default=dict,
        help_text="How many rows moved, by table.",
        db_comment="Rows that were moved or put together: {table: {moved, folded}}.",
    )
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="merges",
        help_text="Who merged them.",
        db_comment="Who merged them.",
    )
    merged_at = models.DateTimeField(auto_now_add=True, db_comment="When they were merged.")
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merges_undone",
        help_text="Who took it back.",
        db_comment="Who took it back; empty while it holds.",
    )
    undone_at = models.DateTimeField(
        null=True, blank=True, db_comment="When it was taken back; empty while it holds."
    )
    undone_reason = models.CharField(
        max_length=500,
        blank=True,
        default="",
        db_default="",
        help_text="Why it was taken back.",
        db_comment="Why it was taken back.",
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        db_table_comment = "Records that go on as another, and merges taken back. Never public itself."
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "slug"],
                condition=Q(undone_at=None),
                name="merge_once",
                violation_error_message="This record already goes on as another.",
            ),
            models.CheckConstraint(
                name="merge_into_another",
                condition=~Q(slug=F("into")),
                violation_error_message="A record is merged into another, not into itself.",
            ),
            rules.present("merge", "reason", "Say why the two are one: readers who knew the other will ask."),
            models.CheckConstraint(
                name="merge_undone_by_somebody",
                condition=Q(undone_by=None, undone_at=None, undone_reason="")
                | (Q(undone_by__isnull=False, undone_at__isnull=False) & ~Q(undone_reason="")),
                violation_error_message="A merge is taken back by somebody, at some time and for a reason.",
            ),
            rules.clean_text("merge", texts=("reason", "undone_reason")),
        ]

    def __str__(self) -> str:
        return f"{self.endpoint}/{self.slug} into {self.into}"

    @property
    def stands(self) -> bool:
        """Whether nobody has taken it back."""
        return self.undone_at is None


class Different(models.Model):
    """Two records that look alike and are not the same: they are not suggested for a merge again."""

    endpoint = models.CharField(
        max_length=20, help_text="Endpoint of both records.", db_comment="Endpoint of both records."
    )
    first = models.CharField(
        max_length=100,
        help_text="Slug of one, the one that comes first in the alphabet.",
        db_comment="Slug of one record, the first of the two in the order of code points.",
    )
    second = models.CharField(
        max_length=100, help_text="Slug of the other.", db_comment="Slug of the other record."
    )
    reason = models.CharField(
        max_length=500, help_text="What tells them apart.", db_comment="What tells them apart."
    )
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="judgements",
        help_text="Who judged.",
        db_comment="Who judged.",
    )
    judged_at = models.DateTimeField(auto_now_add=True, db_comment="When.")

    objects = DifferentQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "pairs that differ"
        db_table_comment = "Records that look alike and are not the same, for good. Never public."
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "first", "second"],
                name="different_once",
                violation_error_message="This pair is already judged.",
            ),
            models.CheckConstraint(
                name="different_pair_in_order",
                condition=Q(first__lt=F("second")),
                violation_error_message="Give the pair in the order of the alphabet.",
            ),
            rules.present("different", "reason", "Say what tells them apart."),
            rules.clean_text("different", texts=("reason",)),
        ]

    def __str__(self) -> str:
        return f"{self.endpoint}: {self.first} is not {self.second}"
