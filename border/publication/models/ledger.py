"""The ledger: what was published when, chained; who decided; and the names by which records are found."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Length

from border.kernel.vocabulary import Vocabulary, one_of


class Change(Vocabulary):
    """What a line of the ledger says happened to a public record."""

    ADDED = "added", "It became public, or public again.", "", "Added"
    CHANGED = "changed", "A new version took the place of the one before.", "", "Changed"
    WITHDRAWN = "withdrawn", "It is no longer public; the reason is.", "", "Withdrawn"
    MERGED = "merged", "It goes on under another slug.", "", "Merged"
    ERASED = "erased", "The text of its past versions was removed; their digests stay.", "", "Erased"


class Block(models.Model):
    """One publishing transaction: the lines of the ledger that it wrote, chained to the block before."""

    id = models.BigIntegerField(
        primary_key=True, db_comment="Number of the block, from 1 without gaps; the data version."
    )
    first = models.BigIntegerField(db_comment="Sequence of its first ledger entry.")
    last = models.BigIntegerField(db_comment="Sequence of its last ledger entry.")
    at = models.DateTimeField(db_comment="When it was published; later than every block before.")
    digest = models.BinaryField(
        max_length=32,
        db_comment="SHA-256 over the digest of the block before and those of its own entries, in order.",
    )

    class Meta:
        db_table = "published_block"
        db_table_comment = "Publishing transactions, chained by digest: the proof that the record was never quietly rewritten."
        indexes = [models.Index(fields=["at"], name="published_block_at")]

    def __str__(self) -> str:
        return f"block {self.pk}"


class Entry(models.Model):
    """One line of the ledger: what became of one public record, in the order of publication."""

    sequence = models.BigAutoField(
        primary_key=True, db_comment="The order of publication, which is commit order."
    )
    block = models.BigIntegerField(db_comment="Number of the block that closed over this entry.")
    endpoint = models.CharField(max_length=20, db_comment="Endpoint of the record: events, actors …")
    slug = models.CharField(max_length=100, db_comment="Slug of the record.")
    version = models.PositiveIntegerField(db_comment="Version of the record, from 1.")
    change = models.CharField(
        max_length=9, choices=Change, db_comment="added, changed, withdrawn, merged or erased."
    )
    into = models.CharField(
        max_length=100,
        blank=True,
        db_default="",
        db_comment="For a merged record: the slug under which it goes on.",
    )
    reason = models.CharField(
        max_length=500,
        blank=True,
        db_default="",
        db_comment="Public reason of a withdrawal, merger or erasure.",
    )
    at = models.DateTimeField(db_comment="When it was published; the same for the whole block.")
    digest = models.BinaryField(
        max_length=32,
        db_comment="SHA-256 of endpoint, slug, version, change, into and the document, joined by line feeds.",
    )

    class Meta:
        db_table = "published_entry"
        verbose_name_plural = "entries"
        db_table_comment = "The ledger: every publication, change, withdrawal, merger and erasure, in order."
        indexes = [
            models.Index(fields=["endpoint", "slug", "-sequence"], name="published_entry_record"),
            models.Index(fields=["block"], name="published_entry_block"),
        ]
        constraints = [
            one_of("published_entry", "change", Change),
            models.CheckConstraint(
                name="published_entry_reasoned",
                condition=~Q(change__in=["withdrawn", "merged", "erased"]) | ~Q(reason=""),
                violation_error_message="Say why: readers who knew the record will ask.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.endpoint}/{self.slug} {self.change}"


class Review(models.Model):
    """Who published or withdrew which version, on whose work and why. Not public."""

    endpoint = models.CharField(max_length=20, db_comment="Endpoint of the record.")
    slug = models.CharField(max_length=100, db_comment="Slug of the record.")
    version = models.PositiveIntegerField(db_comment="The version that was published or withdrawn.")
    change = models.CharField(max_length=9, choices=Change, db_comment="What the reviewer did.")
    authors = ArrayField(
        models.IntegerField(),
        default=list,
        db_comment="Who changed the working copy since the version before: user ids.",
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews", db_comment="Who decided."
    )
    reason = models.CharField(max_length=500, db_comment="Why, in the reviewer's words.")
    at = models.DateTimeField(db_comment="When.")
    history = models.BigIntegerField(
        db_comment="How far the history had come: later changes await the next review."
    )

    class Meta:
        db_table_comment = "Who published or withdrew which version, on whose work and why. Not public."
        permissions = [
            ("publish", "Can publish what others wrote"),
            ("withdraw", "Can withdraw public records"),
        ]
        indexes = [models.Index(fields=["endpoint", "slug", "-history"], name="publication_review_record")]
        constraints = [
            one_of("review", "change", Change),
            models.CheckConstraint(
                name="review_not_by_author",
                condition=~Q(
                    authors__contains=Func(
                        models.F("reviewer"),
                        template="ARRAY[%(expressions)s]::integer[]",
                        output_field=ArrayField(models.IntegerField()),
                    )
                ),
                violation_error_message="The reviewer is never the author: ask somebody else to review it.",
            ),
            models.CheckConstraint(
                name="review_reasoned",
                condition=~Q(reason=""),
                violation_error_message="A review needs a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.endpoint}/{self.slug} {self.change} by {self.reviewer}"


class PublishedName(models.Model):
    """A name by which a public record is found, with its search keys."""

    endpoint = models.CharField(max_length=20, db_comment="Endpoint of the record.")
    slug = models.CharField(max_length=100, db_comment="Slug of the record.")
    text = models.CharField(max_length=400, db_comment="The name.")
    kind = models.CharField(
        max_length=20, db_comment="What the name is to the record: name, name_ar, title or a kind of name."
    )
    language = models.CharField(
        max_length=35, blank=True, db_default="", db_comment="Language of the name, BCP 47."
    )
    search_keys = ArrayField(models.TextField(), db_comment="Search keys of the name, see docs/names.md.")
    known = DateTimeRangeField(db_comment="When readers could find the record by it.")

    class Meta:
        db_table = "published_name"
        db_table_comment = "Names by which public records are found, with their search keys."
        indexes = [
            # Of events there may be very many, and their titles have words in common.
            GinIndex(
                fields=["search_keys"],
                name="published_name_keys",
                condition=Q(known__upper_inf=True) & ~Q(endpoint="events"),
            ),
            GinIndex(
                fields=["search_keys"],
                name="published_name_events",
                condition=Q(known__upper_inf=True) & Q(endpoint="events"),
            ),
            models.Index(
                Length("text"),
                F("id"),
                name="published_name_lengths",
                condition=Q(known__upper_inf=True) & Q(endpoint="events"),
            ),
            GinIndex(fields=["search_keys"], name="published_name_past", condition=Q(known__upper_inf=False)),
            models.Index(
                Func(F("known"), function="upper"),
                name="published_name_ended",
                condition=Q(known__upper_inf=False),
            ),
            models.Index(fields=["endpoint", "slug"], name="published_name_record"),
            models.Index(
                Func(F("text"), function="border_initials"),
                name="published_name_initials",
                condition=Q(endpoint="actors", known__upper_inf=True),
            ),
        ]

    def __str__(self) -> str:
        return self.text
