"""The admin of sources: documents, their archived copies, and what was imported."""

import hashlib
import mimetypes
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from border.admin_base import ReadOnlyAdmin, RecordAdmin, Rows, TableRows, in_both_scripts
from border.admin_filters import TouchedFilter, YearsFilter
from border.admin_keys import RowKey
from border.admin_skin import ChoiceFilter, YesNoFilter, display
from sources.models import Batch, Snapshot, Source


class CitationRows(Rows):
    """The passages that bear on a record, numbered like footnotes."""

    keys = (
        RowKey("q", "citation", "source", source="source", beside="quote"),
        RowKey("s", "same source", "source", same="source", beside="quote"),
        RowKey("w", "other source", "source"),
    )
    again = ("source",)
    verbose_name = "citation"
    verbose_name_plural = "citations"
    fields = [
        "source", "quote", ("locator", "stance"), ("attribute", "asserted_value"), ("reliability", "credibility"), "note",
    ]  # fmt: skip


class SnapshotForm(forms.ModelForm):
    """The file of an archived copy; its size, type and digest are read from it."""

    class Meta:
        model = Snapshot
        fields = ["file"]

    def clean(self) -> dict[str, Any]:
        """As Django's, and the copy is described by its own bytes."""
        cleaned = super().clean() or self.cleaned_data
        if (file := cleaned.get("file")) and "file" in self.changed_data:
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            self.instance.sha256 = digest.hexdigest()
            self.instance.size = file.size
            self.instance.media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            self.instance.retrieved_at = self.instance.retrieved_at or timezone.now()
        return cleaned


class SnapshotRows(TableRows):
    """Archived copies: added and kept, never changed."""

    model = Snapshot
    form = SnapshotForm
    verbose_name_plural = "archived copies"
    fields = ["file", "media_type", "size", "sha256", "retrieved_at"]
    readonly_fields = ["media_type", "size", "sha256", "retrieved_at"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: evidence is not edited."""
        return False


@admin.register(Source)
class SourceAdmin(RecordAdmin):
    """Sources: what they are, who may know of them, how far they are trusted."""

    list_display = ["titles", "kind", "published_on", "publisher", "reliability", "sensitivity", "standing"]
    list_filter = [
        ("status", ChoiceFilter),
        ("kind", ChoiceFilter),
        ("reliability", ChoiceFilter),
        ("sensitivity", ChoiceFilter),
        ("redistributable", YesNoFilter),
        YearsFilter,
        TouchedFilter,
    ]
    ordering = ["title"]
    search_fields = ["title", "title_original", "authors", "publisher", "slug", "doi", "url"]
    slug_from = ("publisher", "title")
    together = (
        "kind",
        "reliability",
        "sensitivity",
        "redistributable",
        "licence",
        "confidence",
        "confidence_reason",
    )
    again = ("publisher", "language", "standpoint", "licence", "dataset")
    fieldsets = [
        (None, {"fields": ["title", "title_original", "slug", ("kind", "language"), ("authors", "publisher"), "published"]}),
        ("Where it is", {"fields": ["url", "archived_url", ("doi", "isbn"), ("dataset", "version"), "access_note"]}),
        (
            "How far it is trusted, and who may know",
            {
                "fields": [
                    ("reliability", "sensitivity"),
                    ("licence", "redistributable"),
                    "standpoint",
                    ("confidence", "confidence_reason"),
                    "note",
                ]
            },
        ),
    ]  # fmt: skip
    inlines = [SnapshotRows]

    @display(description="title", ordering="title")
    def titles(self, record: Source) -> SafeString:
        """The title, with that in its own script beside it."""
        return in_both_scripts(record.title, record.title_original)

    @display(description="published", ordering="possible")
    def published_on(self, record: Source) -> SafeString:
        """The date of publication."""
        return self.when(record)

    def label_parts(self, record: Source) -> list[str]:
        """Title, publisher, date."""
        return [record.title, record.publisher, record.published, record.get_kind_display()]

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """As Django's; who keeps a copy is written down."""
        for row in formset.forms:
            if isinstance(row.instance, Snapshot) and row.instance.retrieved_by is None:
                row.instance.retrieved_by = request.user  # type: ignore[assignment]
        super().save_formset(request, form, formset, change)


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    """Imports, for reading."""

    list_display = ["__str__", "applied_by", "format", "state"]
    list_filter = [("state", ChoiceFilter)]
    fields = ["files", "format", "release", "applied_at", "applied_by", "state", "counts"]
