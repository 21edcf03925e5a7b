"""Imports of datasets, and their rows while they are looked over."""

import hashlib
from pathlib import Path
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.utils import timezone

from border.imports.choices import OUTLINES, TABLES, ImportState, RowVerdict
from border.jobs.models import Job
from border.kernel import rules
from border.kernel.vocabulary import one_of
from sources.choices import BatchState
from sources.models import Batch, Source


class Import(models.Model):
    """One file of a dataset, read and compared with what is here; perhaps written.

    From the shell it begins with being read. In the admin it begins with a file that is kept until somebody decides.

    It has no history of its own: what it wrote is a batch, whose rows' history names it.
    """

    name = models.CharField(
        max_length=255,
        help_text="The name of the file.",
        db_comment="The name of the file, without its folder.",
    )
    size = models.BigIntegerField(help_text="Bytes.", db_comment="Size of the file in bytes.")
    sha256 = models.CharField(
        max_length=64,
        blank=True,
        default="",
        db_default="",
        help_text="Its SHA-256.",
        db_comment="SHA-256 of the file, in hexadecimal digits; empty before it is read.",
    )
    format = models.CharField(
        max_length=20,
        blank=True,
        default="",
        db_default="",
        help_text="What it is.",
        db_comment="Format of the file: ucdp-ged, acled …; empty before it is read.",
    )
    dialect = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="Which form of it.",
        db_comment="Form of the format, such as its number of columns.",
    )
    layout = models.JSONField(
        default=dict,
        help_text="How to write the same file again.",
        db_comment="What it takes to write the same file again: its columns in order, delimiter, line ends.",
    )
    release = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
        help_text="The dataset release that the file is.",
        db_comment="The dataset release that the file is, or is a part of; empty before it is read.",
    )
    release_said = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="Which release it is: a version such as 23.1, or the slug of a source.",
        db_comment="Which release it was said to be, as version or slug of a source; empty where nothing was said.",
    )
    within = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="A territory's slug, or west,south,east,north; empty for everything.",
        db_comment="Area to which it was narrowed: a territory's slug or a box west,south,east,north; empty for none.",
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
        help_text="Who brought it.",
        db_comment="Who brought the file; empty where a command did without a name.",
    )
    read_at = models.DateTimeField(
        default=timezone.now,
        help_text="When it was read.",
        db_comment="When the file was read last; before, when it was brought.",
    )
    file = models.FileField(
        upload_to="imports",
        blank=True,
        default="",
        db_default="",
        help_text="The file, until somebody decides.",
        db_comment="Path of the file in the media folder, while it is looked over; empty before, after, and from the shell.",
    )
    job = models.ForeignKey(
        Job,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
        help_text="The work on it that was asked for last.",
        db_comment="The job on it that was asked for last; empty from the shell.",
    )
    state = models.CharField(
        max_length=8,
        choices=ImportState,
        default=ImportState.READ,
        db_default=ImportState.READ,
        help_text="How far it has come.",
        db_comment="waiting, read, written or given_up; what is being done is said by the job.",
    )
    counts = models.JSONField(
        default=dict,
        help_text="Rows by what becomes of them.",
        db_comment="Rows by verdict: {new, changed, same, …}.",
    )
    batch = models.OneToOneField(
        Batch,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imported",
        help_text="What was written.",
        db_comment="The batch that was written; empty before, and where there was nothing to write.",
    )

    class Meta:
        db_table_comment = "Files of datasets that were read, and which batch they became. Never public."
        constraints = [
            one_of("import", "state", ImportState),
            rules.clean_text("import", lines=("name", "format", "dialect", "within", "release_said")),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.release.slug})" if self.release else self.name

    @property
    def known_release(self) -> Source:
        """The release of a file that was read."""
        if self.release is None:
            raise ValueError(f"{self.name} is not read yet: nobody knows which release it is.")
        return self.release

    def begin(self, path: Path) -> None:
        """Keep it as read from the file at ``path`` by now; what was read of it before is gone."""
        with path.open("rb") as file:
            self.size, self.sha256 = path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()
        self.state, self.read_at = ImportState.READ, timezone.now()
        self.save()
        StagedRow.objects.filter(of=self).delete()

    @property
    def is_of_a_dataset(self) -> bool:
        """Whether its rows are those of a dataset release; else they are border's own, or outlines of others."""
        return self.format not in {TABLES, OUTLINES}

    @property
    def must_be_whole(self) -> bool:
        """Whether it is written without a refused row or not at all: rows of ours may refer to each other."""
        return self.format == TABLES

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has it in hand, or will."""
        return self.job is not None and not self.job.is_over

    @property
    def is_undecided(self) -> bool:
        """Whether it may be read anew or given up: it was neither written nor given up, and no worker is at it."""
        return self.state in {ImportState.WAITING, ImportState.READ} and not self.is_under_way

    @property
    def stands(self) -> bool:
        """Whether what it wrote may be taken back: it is there, and no worker is at it."""
        return self.batch is not None and self.batch.state != BatchState.UNDONE and not self.is_under_way

    @property
    def may_return(self) -> bool:
        """Whether what it wrote may be brought back: it was taken back, and no worker is at it."""
        return self.batch is not None and self.batch.state == BatchState.UNDONE and not self.is_under_way


class StagedRowQuerySet(models.QuerySet["StagedRow"]):
    """Words about rows that are looked over."""

    def flagged(self) -> Self:
        """Rows that are read on, with something odd about them."""
        return self.exclude(verdict=RowVerdict.REFUSED).exclude(remarks=[])


class StagedRow(models.Model):
    """A row of a file while it is looked over. Not logged: after a crash it is read again from the file."""

    of = models.ForeignKey(
        Import,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="rows",
        help_text="Of which import.",
        db_comment="The import it belongs to.",
    )
    number = models.PositiveIntegerField(
        help_text="Which row.", db_comment="Counts the rows of the import from 1."
    )
    file = models.TextField(default="", help_text="File.", db_comment="Which file of an archive; else empty.")
    line = models.PositiveIntegerField(
        help_text="Line of the file.", db_comment="Line of the file where it begins."
    )
    key = models.TextField(help_text="Its id in the dataset.", db_comment="The row's own id in the dataset.")
    raw = models.JSONField(
        null=True,
        help_text="As it came.",
        db_comment="The row as it came: {column: text}; empty where refused.",
    )
    digest = models.UUIDField(null=True, editable=False, db_comment="Digest of the row as it came.")
    told = models.JSONField(
        null=True,
        help_text="What it says.",
        db_comment="What it says in our words, as external records keep it; empty where refused.",
    )
    title = models.TextField(default="", help_text="Title.", db_comment="Title of its event.")
    search_keys = ArrayField(
        models.TextField(),
        default=list,
        db_default=models.Value("{}", output_field=models.TextField()),
        db_comment="Search keys of the title.",
        editable=False,
    )
    date = models.TextField(default="", db_default="", help_text="EDTF.", db_comment="Date in EDTF.")
    possible = DateRangeField(null=True, db_comment="Widest reading of the date, half-open.", editable=False)
    certain = DateRangeField(
        null=True, db_comment="Narrowest reading of the date, half-open.", editable=False
    )
    kind = models.TextField(default="", db_default="", help_text="Kind.", db_comment="Kind of event.")
    sub_kind = models.TextField(
        default="", db_default="", help_text="Finer kind.", db_comment="The dataset's own word for it."
    )
    confidence = models.TextField(
        default="", db_default="", help_text="Confidence.", db_comment="Confidence of its event."
    )
    longitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        help_text="Degrees east.",
        db_comment="Longitude, if it is a point.",
    )
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=6,
        null=True,
        help_text="Degrees north.",
        db_comment="Latitude, if it is a point.",
    )
    uncertainty_m = models.IntegerField(
        null=True, help_text="Metres.", db_comment="Uncertainty of the point in metres."
    )
    place = models.BigIntegerField(
        null=True, help_text="Place.", db_comment="Id of the reading of its place."
    )
    quote = models.TextField(
        default="", db_default="", help_text="Quote.", db_comment="The beginning of what it says in prose."
    )
    updated_at = models.BigIntegerField(
        null=True, help_text="Unix seconds.", db_comment="When the dataset last changed it, in Unix seconds."
    )
    remarks = models.JSONField(
        default=list,
        help_text="What is wrong or odd.",
        db_comment="What is wrong with it or odd: [[column, value, message], …].",
    )
    verdict = models.CharField(
        max_length=8, choices=RowVerdict, help_text="What becomes of it.", db_comment="What becomes of it."
    )
    event = models.BigIntegerField(
        null=True, help_text="Event.", db_comment="Id of its event, which exists or will."
    )
    record = models.BigIntegerField(
        null=True,
        help_text="Record.",
        db_comment="Id of what is kept of it from this release, if there is one.",
    )
    before = models.JSONField(
        null=True,
        help_text="What it said before.",
        db_comment="What the dataset last said of it; empty where new.",
    )
    territory = models.BigIntegerField(
        null=True, help_text="Territory.", db_comment="Id of its event's territory."
    )

    objects = StagedRowQuerySet.as_manager()

    class Meta:
        db_table_comment = "Rows of files while they are looked over. Never public."
        constraints = [
            models.UniqueConstraint(
                fields=["of", "number"],
                name="staged_row_once",
                violation_error_message="The rows of an import are numbered from 1.",
            ),
            one_of("staged_row", "verdict", RowVerdict),
        ]

    def __str__(self) -> str:
        return f"line {self.line}: {self.key}"

    @property
    def differences(self) -> list[tuple[str, Any, Any]]:
        """What the row says otherwise than before: the name, before and after."""
        before, told = self.before or {}, self.told or {}
        return [
            (name, before.get(name), told.get(name)) for name in told if before.get(name) != told.get(name)
        ]
