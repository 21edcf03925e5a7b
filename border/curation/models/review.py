"""What reviewers and authors say to each other about a record."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from border.curation.models.about import About
from border.kernel import rules
from border.kernel.prose import Prose


class AboutQuerySet(models.QuerySet[Any]):
    """Words about what is said of records."""

    def about(self, endpoint: str, *slugs: str) -> Self:
        """Rows about these records of one endpoint."""
        return self.filter(endpoint=endpoint, slug__in=slugs)


class CommentQuerySet(AboutQuerySet):
    """Words about comments."""

    def open(self) -> Self:
        """Comments that nobody has resolved yet."""
        return self.filter(resolved_at=None)

    def sending_back(self) -> Self:
        """Open comments by which a reviewer sent a field back: their records are not published."""
        return self.open().filter(sends_back=True)


class Comment(About):
    """What somebody says about a record or about one field of it; open until somebody resolves it."""

    field = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="The field it is about; empty for the record as a whole.",
        db_comment="The field that it is about, as the form names it; empty for the record as a whole.",
    )
    text = Prose(help_text="What there is to say.", db_comment="What there is to say.")
    sends_back = models.BooleanField(
        default=False,
        db_default=False,
        help_text="A reviewer sends this field back: it is not published before this is resolved.",
        db_comment="True where a reviewer sent the field back: nothing is published before it is resolved.",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="comments",
        help_text="Who says it.",
        db_comment="Who says it.",
    )
    addressee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comments_received",
        help_text="Whom it is for; empty for whoever wrote the record.",
        db_comment="Whom it is for; empty for whoever wrote the record.",
    )
    made_at = models.DateTimeField(auto_now_add=True, db_comment="When it was said.")
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="comments_resolved",
        help_text="Who resolved it.",
        db_comment="Who resolved it; empty while it is open.",
    )
    resolved_at = models.DateTimeField(
        null=True, blank=True, db_comment="When it was resolved; empty while it is open."
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        db_table_comment = "What curators and reviewers say about records and their fields. Never public."
        indexes = [models.Index(fields=["endpoint", "slug"], name="curation_comment_record")]
        constraints = [
            rules.present("comment", "text", "A comment says something."),
            rules.clean_text("comment", lines=("field",), texts=("text",)),
            models.CheckConstraint(
                name="comment_resolved_by_somebody",
                condition=Q(resolved_by=None, resolved_at=None)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False),
                violation_error_message="A comment is resolved by somebody at some time, or open.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.endpoint}/{self.slug} {self.field}".strip()


class Assignment(About):
    """Who is asked to review a record. It ends with the review."""

    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assignments",
        help_text="Who is asked to review it.",
        db_comment="Who is asked to review it.",
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="assignments_made",
        help_text="Who asks.",
        db_comment="Who asks.",
    )
    assigned_at = models.DateTimeField(auto_now_add=True, db_comment="Since when.")

    objects = AboutQuerySet.as_manager()

    class Meta:
        db_table_comment = "Who is asked to review which record. Never public."
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "slug"],
                name="assignment_once",
                violation_error_message="Somebody is already asked to review this record.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.endpoint}/{self.slug} to {self.reviewer}"


class Acceptance(About):
    """A reviewer finds one field good as it stood when the history had come so far."""

    field = models.CharField(
        max_length=60,
        help_text="The field, as the form names it.",
        db_comment="The field that was found good, as the form names it.",
    )
    history = models.BigIntegerField(
        help_text="How far the history had come.",
        db_comment="How far the history had come: a later change of the field takes the acceptance away.",
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="acceptances",
        help_text="Who finds it good.",
        db_comment="Who finds it good.",
    )
    accepted_at = models.DateTimeField(auto_now_add=True, db_comment="When.")

    objects = AboutQuerySet.as_manager()

    class Meta:
        db_table_comment = "Fields that a reviewer has found good, until they change. Never public."
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "slug", "field"],
                name="acceptance_once",
                violation_error_message="This field is already accepted.",
            ),
            rules.present("acceptance", "field", "An acceptance names a field."),
            rules.clean_text("acceptance", lines=("field",)),
        ]

    def __str__(self) -> str:
        return f"{self.endpoint}/{self.slug} {self.field}"
