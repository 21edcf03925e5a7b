"""The admin of events, movements, episodes and findings."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from actors.admin import AuthorityAdmin
from border.admin_base import ReadOnlyAdmin, RecordAdmin, Rows, TableRows, in_both_scripts, named
from border.admin_filters import CitedFilter, PointFilter, TouchedFilter, YearsFilter
from border.admin_keys import RowKey
from border.admin_skin import ChoiceFilter, ModelAdmin, RelatedFilter, YesNoFilter, display
from events.models import (
    AuthorityEvent,
    Casualty,
    Episode,
    EpisodeCitation,
    Event,
    EventCitation,
    ExternalRecord,
    Finding,
    FindingActor,
    FindingCitation,
    FindingTerritory,
    Match,
    Movement,
    MovementCitation,
    Participation,
)
from sources.admin import CitationRows


class Participations(Rows):
    """Who took part in an event."""

    model = Participation
    keys = (
        RowKey("i", "initiator", "actor", {"role": "initiator"}),
        RowKey("t", "target", "actor", {"role": "target"}),
        RowKey("p", "participant", "actor"),
    )
    again = ("actor", "role", "sub_role", "certainty")
    verbose_name = "participant"
    verbose_name_plural = "participants"
    fields = [("actor", "role"), ("sub_role", "certainty"), "attributed_by", "note"]


class Casualties(Rows):
    """Claims of who was harmed in an event."""

    model = Casualty
    keys = (
        RowKey("c", "casualties", "kind", source="source"),
        RowKey("l", "killed", "whom", {"kind": "killed"}, source="source"),
    )
    verbose_name_plural = "casualties"
    fields = [("kind", "whom", "best"), ("low", "high", "actor"), "source", "note"]


class EventCitations(CitationRows):
    """Passages that bear on an event."""

    model = EventCitation


@admin.register(Event)
class EventAdmin(RecordAdmin):
    """What happened, where, when and to whom."""

    list_display = ["heading", "kind", "when", named("territory", "place"), "standing", "confidence"]
    list_filter = [
        ("status", ChoiceFilter),
        ("kind", ChoiceFilter),
        ("territory", RelatedFilter),
        ("episode", RelatedFilter),
        ("confidence", ChoiceFilter),
        YearsFilter,
        CitedFilter,
        PointFilter,
        TouchedFilter,
    ]
    list_select_related = ["territory"]
    ordering = ["-possible"]
    search_fields = ["title", "slug", "summary"]
    slug_from = ("title",)
    together = ("kind", "territory", "episode", "people_at_risk", "confidence", "confidence_reason")
    again = ("title", "sub_kind")
    fieldsets = [
        (None, {"fields": ["title", ("date", "kind"), ("territory", "episode")]}),
        ("What happened", {"fields": ["summary", "outcome", ("sub_kind", "slug")]}),
        ("Where exactly", {"fields": [("longitude", "latitude", "uncertainty_m"), "people_at_risk"]}),
        ("How the date was read", {"fields": ["date_verbatim", "date_note"]}),
        ("How sure it is", {"fields": [("confidence", "confidence_reason"), "note"]}),
    ]  # fmt: skip
    inlines = [Participations, Casualties, EventCitations]

    def labelled(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Each with the name of its place."""
        return queryset.annotate(place_name=F("territory__name"))

    def label_parts(self, record: Any) -> list[str]:
        """Title, date, place."""
        return [record.title, record.date, getattr(record, "place_name", "")]

    @display(description="event", ordering="title")
    def heading(self, record: Event) -> SafeString:
        """The title."""
        return in_both_scripts(record.title)


class MovementCitations(CitationRows):
    """Passages that bear on a movement."""

    model = MovementCitation


@admin.register(Movement)
class MovementAdmin(RecordAdmin):
    """What crossed the border."""

    list_display = ["title", "kind", named("origin"), named("destination"), "when", "standing", "confidence"]
    list_filter = [
        ("status", ChoiceFilter),
        ("kind", ChoiceFilter),
        ("mover", RelatedFilter),
        ("origin", RelatedFilter),
        ("destination", RelatedFilter),
        ("both_ways", YesNoFilter),
        ("confidence", ChoiceFilter),
        YearsFilter,
        CitedFilter,
        TouchedFilter,
    ]
    list_select_related = ["origin", "destination"]
    ordering = ["-possible"]
    search_fields = ["title", "slug", "mover__name", "mover__name_ar"]
    slug_from = ("title",)
    together = ("kind", "mover", "episode", "confidence", "confidence_reason")
    again = ("title", "sub_kind", "purpose")
    fieldsets = [
        (None, {"fields": ["title", "slug", ("kind", "sub_kind"), ("mover", "episode"), "purpose"]}),
        ("When", {"fields": ["period", "date_verbatim", "date_note"]}),
        ("Where", {"fields": [("origin", "destination"), ("via", "direction"), "both_ways"]}),
        ("How much", {"fields": [("quantity_low", "quantity_high", "unit")]}),
        ("How sure it is", {"fields": [("confidence", "confidence_reason"), "note"]}),
    ]
    inlines = [MovementCitations]


class EpisodeCitations(CitationRows):
    """Passages that bear on an episode."""

    model = EpisodeCitation


@admin.register(Episode)
class EpisodeAdmin(RecordAdmin):
    """Named stretches of time."""

    list_display = ["ordinal", "title", "kind", "when", named("territory"), "standing", "confidence"]
    list_display_links = ["title"]
    list_filter = [
        ("status", ChoiceFilter),
        ("kind", ChoiceFilter),
        ("confidence", ChoiceFilter),
        YearsFilter,
        CitedFilter,
        TouchedFilter,
    ]
    list_select_related = ["territory"]
    ordering = ["ordinal"]
    search_fields = ["title", "slug"]
    slug_from = ("title",)
    together = ("kind", "territory", "confidence", "confidence_reason")
    fieldsets = [
        (None, {"fields": ["title", "slug", ("kind", "ordinal"), ("parent", "territory"), "description"]}),
        ("When", {"fields": ["period", "date_verbatim", "date_note"]}),
        ("How sure it is", {"fields": [("confidence", "confidence_reason"), "note"]}),
    ]
    inlines = [EpisodeCitations]

    def label_parts(self, record: Episode) -> list[str]:
        """Title and period."""
        return [record.title, record.period]


class FindingTerritories(TableRows):
    """The territories that a finding is about."""

    model = FindingTerritory
    verbose_name_plural = "territories"
    fields = ["territory"]


class FindingActors(TableRows):
    """The actors that a finding is about."""

    model = FindingActor
    verbose_name_plural = "actors"
    fields = ["actor"]


class FindingCitations(CitationRows):
    """Passages that bear on a finding."""

    model = FindingCitation


@admin.register(Finding)
class FindingAdmin(RecordAdmin):
    """Analytic judgements."""

    list_display = ["slug", "wording", "kind", "modality", "when", "standing", "confidence"]
    list_filter = [
        ("status", ChoiceFilter),
        ("kind", ChoiceFilter),
        ("modality", ChoiceFilter),
        ("confidence", ChoiceFilter),
        YearsFilter,
        CitedFilter,
        TouchedFilter,
    ]
    ordering = ["slug"]
    search_fields = ["slug", "statement"]
    slug_from = ("kind", "statement")
    together = ("kind", "modality", "confidence", "confidence_reason")
    fieldsets = [
        (None, {"fields": ["statement", "slug", ("kind", "sub_kind"), ("modality", "parent"), "as_of"]}),
        ("What it hangs on", {"fields": ["condition", "consequence"]}),
        ("How sure it is", {"fields": [("confidence", "confidence_reason"), "note"]}),
    ]
    inlines = [FindingTerritories, FindingActors, FindingCitations]

    @display(description="statement", ordering="statement")
    def wording(self, record: Finding) -> SafeString:
        """How the statement begins."""
        return in_both_scripts(
            f"{record.statement[:119]}…" if len(record.statement) > 120 else record.statement
        )

    def label_parts(self, record: Finding) -> list[str]:
        """Slug and how the statement begins."""
        return [record.slug, record.statement[:80]]


class AuthorityEvents(TableRows):
    """The events that began or ended an authority."""

    model = AuthorityEvent
    verbose_name_plural = "began and ended by"
    fields = ["bound", "event"]


# An authority is bounded by events, of which actors know nothing: the tab is added from here.
AuthorityAdmin.inlines = [AuthorityEvents, *AuthorityAdmin.inlines]


@admin.register(ExternalRecord)
class ExternalRecordAdmin(ReadOnlyAdmin):
    """Rows of other datasets as they came, for reading."""

    list_display = ["key", "release", "event"]
    list_filter = [("release", RelatedFilter)]
    list_select_related = ["release", "event"]
    search_fields = ["key"]
    fields = ["release", "key", "raw", "event", "deleted_at"]


@admin.register(Match)
class MatchAdmin(ModelAdmin):
    """Judgements on whether two events are one and the same."""

    list_display = ["first", "verdict", "second", "score", "decided_by"]
    list_filter = [("verdict", ChoiceFilter)]
    list_select_related = ["first", "second", "decided_by"]
    search_fields = ["first__title", "second__title", "reason"]
    autocomplete_fields = ["first", "second"]
    fields = [("first", "second"), ("verdict", "score"), "reason"]

    def save_model(self, request: HttpRequest, obj: Match, form: Any, change: bool) -> None:
        """As Django's; who judged is written down."""
        obj.decided_by, obj.threshold = request.user, None  # type: ignore[assignment]
        obj.judged_at = timezone.now()
        super().save_model(request, obj, form, change)
