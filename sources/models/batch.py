"""One import of files."""

from django.conf import settings
from django.db import models

from border.kernel import rules
from border.kernel.vocabulary import one_of
from sources.choices import BatchState
from sources.models.source import Source


class Batch(models.Model):
    """One import: which files, when, by whom, and what became of their rows.

    Every row that it touched is found through the history, whose context carries the batch's number.
    """

    files = models.JSONField(
        help_text="Name, size and SHA-256 of each file.",
        db_comment="The files of the import: a list of {name, sha256, rows}.",
    )
    format = models.CharField(
        max_length=20,
        default="border-csv",
        help_text="The format of the files.",
        db_comment="Format of the files: border-csv for our own.",
    )
    release = models.ForeignKey(
        Source,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="batches",
        help_text="The dataset release that the files are.",
        db_comment="The dataset release that the files are, where they are one.",
    )
    applied_at = models.DateTimeField(
        auto_now_add=True, help_text="When its rows were written.", db_comment="When the rows were written."
    )
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="batches",
        help_text="Who imported it.",
        db_comment="Who imported it.",
    )
    state = models.CharField(
        max_length=10,
        choices=BatchState,
        default=BatchState.APPLIED,
        help_text="How far it has come.",
        db_comment="applied or undone.",
    )
    counts = models.JSONField(
        default=dict,
        help_text="New, changed and same rows by table.",
        db_comment="Rows by table: {table: {new, changed, same}}.",
    )

    class Meta:
        verbose_name_plural = "batches"
        db_table_comment = "Imports: which files, when, by whom, and what became of their rows."
        constraints = [one_of("batch", "state", BatchState), rules.clean_text("batch", lines=("format",))]

    def __str__(self) -> str:
        return f"import {self.pk} of {self.applied_at:%Y-%m-%d %H:%M}"
