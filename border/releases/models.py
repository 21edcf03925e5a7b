"""What is known of a release: which state of the published record it holds, its files, and whether it was withdrawn."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

NAME = r"^[0-9]{4}\.[1-9][0-9]{0,3}$"


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Words about releases."""

    def standing(self) -> Self:
        """Releases that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def latest_first(self) -> Self:
        """The one made last comes first."""
        return self.order_by("-pk")


class Release(models.Model):
    """One release: a state of the published record under a name, and the files that hold it."""

    name = models.CharField(
        max_length=9, unique=True, db_comment="Its name, YEAR.NUMBER; a name is used once."
    )
    block = models.BigIntegerField(
        db_comment="The last block of the published record that it holds: the data version."
    )
    digest = models.BinaryField(max_length=32, db_comment="The digest that seals this block.")
    at = models.DateTimeField(db_comment="The instant of this block: known_at= asks the API for the same.")
    before = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="after",
        db_comment="The release that its differences are told from; empty for the first.",
    )
    files = models.JSONField(
        db_comment="Its files: name, bytes, sha256, rows, media_type and meaning of each."
    )
    changes = models.JSONField(
        null=True,
        db_comment="How many records were added, changed and so on since the release before; null for the first.",
    )
    note = models.CharField(
        max_length=500, blank=True, db_default="", db_comment="What its makers say of it. Public."
    )
    made_at = models.DateTimeField(db_comment="When its files were made.")
    made_with = models.CharField(
        max_length=200, db_comment="The versions of the programs that decide on the bytes of its files."
    )
    withdrawn_at = models.DateTimeField(
        null=True, db_comment="Since when its files are no longer served; empty while they are."
    )
    reason = models.CharField(
        max_length=500, blank=True, db_default="", db_comment="Why it was withdrawn. Public."
    )

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        db_table = "published_release"
        db_table_comment = "Releases: states of the published record under a name, with the digests of the files that hold them."
        default_permissions = ()
        permissions = [("make", "Can make and withdraw releases")]
        constraints = [
            models.CheckConstraint(
                name="release_named",
                condition=Q(name__regex=NAME),
                violation_error_message="A release is called by a year and a number: 2026.1.",
            ),
            models.CheckConstraint(
                name="release_withdrawn_with_reason",
                condition=Q(withdrawn_at=None, reason="") | (Q(withdrawn_at__isnull=False) & ~Q(reason="")),
                violation_error_message="Say why it is withdrawn: readers who cite it will ask.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def file(self, name: str) -> dict[str, Any] | None:
        """What is registered of the file of this name; None where it has none."""
        return next((file for file in self.files if file["name"] == name), None)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        return {
            file["name"].removesuffix(".parquet"): file["rows"]
            for file in self.files
            if file["name"].endswith(".parquet")
        }


class Hand(models.Model):
    """Who made or withdrew a release. Not public."""

    release = models.ForeignKey(
        Release, on_delete=models.PROTECT, related_name="hands", db_comment="The release."
    )
    withdrew = models.BooleanField(db_comment="False: made it. True: withdrew it.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="releases",
        db_comment="Who; empty where it was a command that named nobody.",
    )
    at = models.DateTimeField(db_comment="When.")

    class Meta:
        db_table = "publication_release_hand"
        db_table_comment = "Who made and who withdrew a release. Not public."
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.release} {'withdrawn' if self.withdrew else 'made'} by {self.by}"
