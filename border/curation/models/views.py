"""Lists that people come back to."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from border.kernel import rules


class SavedViewQuerySet(models.QuerySet[Any]):
    """Words about saved lists."""

    def seen_by(self, person: Any) -> Self:
        """The lists of ``person``, then those that others share, each in the order of their names."""
        theirs = models.Case(models.When(owner=person, then=0), default=1, output_field=models.IntegerField())
        return (
            self.filter(Q(owner=person) | Q(shared=True))
            .select_related("owner")
            .order_by(theirs, "name", "pk")
        )


class SavedView(models.Model):
    """A list with its filters, under a name that somebody gave it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="saved_views",
        help_text="Whose it is.",
        db_comment="Whose it is.",
    )
    model = models.CharField(
        max_length=60,
        help_text="What is listed, as app.model.",
        db_comment="What is listed, as app.model in lower case.",
    )
    name = models.CharField(max_length=80, help_text="What it is called.", db_comment="What it is called.")
    query = models.CharField(
        max_length=2000,
        blank=True,
        default="",
        db_default="",
        help_text="The filters, as they stand in the address.",
        db_comment="The filters and the order, as they stand in the address of the list.",
    )
    shared = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Others see it too.",
        db_comment="True where others see it too.",
    )
    made_at = models.DateTimeField(auto_now_add=True, db_comment="When it was saved.")

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        db_table_comment = "Lists with their filters, saved under a name. Never public."
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "model", "name"],
                name="saved_view_once",
                violation_error_message="You already have a view of this name.",
            ),
            rules.present("saved_view", "name", "A saved view needs a name."),
            rules.clean_text("saved_view", lines=("model", "name", "query")),
        ]

    def __str__(self) -> str:
        return self.name
