"""A source: a document, dataset release, person's account or image, and its archived copies."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from border.kernel import rules
from border.kernel.dates import Dated, DatedQuerySet, EDTFField
from border.kernel.history import tracked
from border.kernel.records import (
    Keyed,
    KeyedQuerySet,
    Reviewed,
    Slugged,
    in_order,
    keyed_indexes,
    prose_index,
    reviewed_rules,
)
from border.kernel.vocabulary import one_of
from sources.choices import Reliability, Sensitivity, SourceKind

ADDRESS = r"^((https?|ftp)://|urn:)\S+$"


PROSE = ("title", "title_original", "authors", "publisher")


class SourceQuerySet(KeyedQuerySet, DatedQuerySet):
    """Words about sources."""


@tracked()
class Source(Slugged, Reviewed, Dated, Keyed):
    """A document, dataset release, person's account or image that says something about the border."""

    dated_by: ClassVar[str] = "published"
    keyed_by: ClassVar[tuple[str, ...]] = ("title", "title_original")
    prose: ClassVar[tuple[str, ...]] = PROSE
    addresses: ClassVar[tuple[str, ...]] = ("doi", "url", "archived_url")
    period = None

    kind = models.CharField(
        max_length=20,
        choices=SourceKind,
        help_text="What sort of document it is.",
        db_comment="Kind of source, see the vocabulary of source kinds.",
    )
    title = models.CharField(
        max_length=400,
        help_text="The title in English, or translated.",
        db_comment="Title in English, or translated into it.",
    )
    title_original = models.CharField(
        max_length=400,
        blank=True,
        default="",
        db_default="",
        verbose_name="title in the original script",
        help_text="The title as printed, where it is not in English.",
        db_comment="Title in its own language and script, where it is not English.",
    )
    authors = models.CharField(
        max_length=400,
        blank=True,
        default="",
        db_default="",
        help_text="Names joined by semicolons.",
        db_comment="Authors, joined by semicolons.",
    )
    publisher = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="Who published it.",
        db_comment="Publisher, agency or outlet.",
    )
    published = EDTFField(
        blank=True,
        default="",
        db_default="",
        verbose_name="published",
        help_text="When it was published, as EDTF: 2020-03-31, 2019~.",
        db_comment="Date of publication as EDTF text (ISO 8601-2); empty where unknown.",
    )
    language = models.CharField(
        max_length=35,
        blank=True,
        default="",
        db_default="",
        help_text="BCP 47: en, ar, ar-Latn, fa; mul for several.",
        db_comment="Language of the source, BCP 47; mul for several.",
    )
    standpoint = models.CharField(
        max_length=120,
        blank=True,
        default="",
        db_default="",
        help_text="From where the source speaks: news agency, Syrian state media, opposition press …",
        db_comment="From where the source speaks, in the curators' words.",
    )
    url = models.URLField(
        max_length=1000,
        blank=True,
        default="",
        db_default="",
        help_text="Where it can be read.",
        db_comment="Address at which the source was read.",
    )
    archived_url = models.URLField(
        max_length=1000,
        blank=True,
        default="",
        db_default="",
        help_text="Where an archive keeps it.",
        db_comment="Address of a copy kept by a public archive.",
    )
    doi = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        verbose_name="DOI",
        help_text="Digital object identifier, without https://doi.org/.",
        db_comment="Digital object identifier, beginning with 10.",
    )
    isbn = models.CharField(
        max_length=17,
        blank=True,
        default="",
        db_default="",
        verbose_name="ISBN",
        help_text="International standard book number.",
        db_comment="International standard book number.",
    )
    dataset = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="For a dataset release: the dataset, such as UCDP GED.",
        db_comment="Name of the dataset of which this source is one release; empty for other kinds.",
    )
    version = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text="For a dataset release: its version, such as 23.1.",
        db_comment="Version of the dataset release.",
    )
    access_note = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="Paywall, login, or how much of it was seen.",
        db_comment="How it can be reached and how much of it the curator saw.",
    )
    licence = models.CharField(
        max_length=120,
        blank=True,
        default="",
        db_default="",
        help_text="The licence of the source, such as CC BY 4.0.",
        db_comment="Licence under which the source is offered.",
    )
    redistributable = models.BooleanField(
        default=True,
        db_default=True,
        help_text="What was taken from it may be passed on to readers.",
        db_comment="True where values and short quotes taken from this source may be published.",
    )
    reliability = models.CharField(
        max_length=1,
        choices=Reliability,
        default=Reliability.F,
        db_default=Reliability.F.value,
        help_text="The grade of the source as a rule (Admiralty A–F). F: cannot be judged.",
        db_comment="Usual Admiralty reliability of the source, A to F. F cannot be judged; it is not the worst.",
    )
    sensitivity = models.CharField(
        max_length=12,
        choices=Sensitivity,
        default=Sensitivity.PUBLIC,
        db_default=Sensitivity.PUBLIC.value,
        help_text="Restricted: readers learn that there is a source. Confidential: not even that.",
        db_comment="public, restricted (its citations show as withheld) or confidential (they do not show at all).",
    )

    objects = SourceQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        db_table_comment = (
            "Documents, dataset releases, accounts and images that say something about the border."
        )
        indexes = [
            *Dated.Meta.indexes,
            *keyed_indexes("source"),
            prose_index("source", *PROSE),
            in_order("source", "title"),
        ]
        constraints = [
            *reviewed_rules("source"),
            *Dated.Meta.constraints,
            one_of("source", "kind", SourceKind),
            one_of("source", "reliability", Reliability),
            one_of("source", "sensitivity", Sensitivity),
            rules.present("source", "title", "A source needs a title."),
            rules.clean_text(
                "source",
                lines=(
                    "title",
                    "title_original",
                    "authors",
                    "publisher",
                    "language",
                    "standpoint",
                    "url",
                    "archived_url",
                    "doi",
                    "isbn",
                    "dataset",
                    "version",
                    "access_note",
                    "licence",
                    "confidence_reason",
                    "published",
                ),
                texts=("note",),
            ),
            rules.language_form("source"),
            models.CheckConstraint(
                name="source_doi_form",
                condition=Q(doi="") | Q(doi__regex=r"^10\.\S+/\S+$"),
                violation_error_message="A DOI begins with 10. and has a slash: 10.1234/abc.",
            ),
            models.CheckConstraint(
                name="source_isbn_form",
                condition=Q(isbn="") | Q(isbn__regex=r"^[0-9][0-9-]{8,15}[0-9X]$"),
                violation_error_message="An ISBN is 10 or 13 digits, with or without hyphens.",
            ),
            models.CheckConstraint(
                name="source_address_form",
                condition=(Q(url="") | Q(url__regex=ADDRESS))
                & (Q(archived_url="") | Q(archived_url__regex=ADDRESS)),
                violation_error_message="An address begins with https://, http://, ftp:// or urn: and has no spaces.",
            ),
            models.CheckConstraint(
                name="source_only_public_is_published",
                condition=Q(sensitivity=Sensitivity.PUBLIC) | ~Q(status="published"),
                violation_error_message="Only a public source can be published. Withdraw it before making it restricted or confidential.",
            ),
            models.CheckConstraint(
                name="source_version_has_dataset",
                condition=Q(version="") | ~Q(dataset=""),
                violation_error_message="A version belongs to a dataset: name the dataset too.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class Snapshot(models.Model):
    """An archived copy of a source, with the digest that proves it unchanged."""

    source = models.ForeignKey(
        Source,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="snapshots",
        help_text="Of which source this is a copy.",
        db_comment="The source of which this is a copy.",
    )
    file = models.FileField(
        upload_to="snapshots/",
        max_length=300,
        help_text="The copy itself. It is never public.",
        db_comment="Path of the file below the media folder. Never public.",
    )
    media_type = models.CharField(
        max_length=100,
        help_text="Such as text/html or application/pdf.",
        db_comment="Media type of the file (RFC 6838).",
    )
    size = models.PositiveBigIntegerField(help_text="Bytes.", db_comment="Size of the file in bytes.")
    sha256 = models.CharField(
        max_length=64,
        verbose_name="SHA-256",
        help_text="Digest of the file.",
        db_comment="SHA-256 of the file's bytes, in lower-case hexadecimal.",
    )
    retrieved_at = models.DateTimeField(
        help_text="When it was fetched.", db_comment="When the copy was fetched."
    )
    retrieved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="snapshots",
        help_text="Who fetched it.",
        db_comment="Who fetched the copy.",
    )

    class Meta:
        db_table_comment = "Archived copies of sources, with the digest that proves them unchanged."
        constraints = [
            models.UniqueConstraint(
                fields=["source", "sha256"],
                name="snapshot_once_per_source",
                violation_error_message="This very file is already kept for this source.",
            ),
            models.CheckConstraint(
                name="snapshot_sha256_form",
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="A SHA-256 is 64 hexadecimal digits.",
            ),
            models.CheckConstraint(
                name="snapshot_media_type_form",
                condition=Q(media_type__regex=r"^[a-z]+/[a-zA-Z0-9.+-]+$"),
                violation_error_message="A media type looks like text/html.",
            ),
            rules.clean_text("snapshot", lines=("file",)),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.sha256[:12]}"
