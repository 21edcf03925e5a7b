"""The admin of actors: who they are, how they relate, what they hold."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.utils.safestring import SafeString

from actors.models import (
    Actor,
    ActorCitation,
    ActorName,
    Authority,
    AuthorityCitation,
    CrossingControl,
    Relationship,
    RelationshipCitation,
)
from border.admin_base import NameRows, RecordAdmin, TableRows, in_both_scripts, named
from border.admin_filters import CitedFilter, CountryFilter, TouchedFilter, YearsFilter
from border.admin_skin import ChoiceFilter, RelatedFilter, display
from sources.admin import CitationRows
from territories.admin import CrossingStatusAdmin


class ActorNames(NameRows):
    """Further names of an actor."""

    model = ActorName


class ActorCitations(CitationRows):
    """Passages that bear on an actor."""

    model = ActorCitation


@admin.register(Actor)
class ActorAdmin(RecordAdmin):
    """Actors: identity and names."""

    list_display = ["both_names", "kind", "countries", named("home"), "when", "standing", "confidence"]
    list_filter = [
        ("status", ChoiceFilter),
        ("kind", ChoiceFilter),
        CountryFilter,
        ("confidence", ChoiceFilter),
        YearsFilter,
        CitedFilter,
        TouchedFilter,
    ]
    list_select_related = ["home"]
    ordering = ["name"]
    search_fields = ["name", "name_ar", "slug", "names__text"]
    slug_from = ("name",)
    together = ("kind", "parent", "home", "confidence", "confidence_reason")
    fieldsets = [
        (None, {"fields": [("name", "name_ar"), "slug", ("kind", "sub_kind"), ("parent", "home"), "countries", "existed"]}),
        ("In other registers", {"fields": [("wikidata_id", "acled_name"), ("ucdp_name", "ucdp_id")]}),
        ("How sure it is", {"fields": [("confidence", "confidence_reason"), "note"]}),
    ]  # fmt: skip
    inlines = [ActorNames, ActorCitations]

    def labelled(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Each with the name of its home."""
        return queryset.annotate(home_name=F("home__name"))

    def label_parts(self, record: Any) -> list[str]:
        """Names, kind, and home or countries."""
        where = getattr(record, "home_name", None) or " ".join(record.countries)
        return [record.name, record.name_ar, record.get_kind_display(), where]

    @display(description="name", ordering="name")
    def both_names(self, record: Actor) -> SafeString:
        """The name in both scripts."""
        return in_both_scripts(record.name, record.name_ar)


class RelationshipCitations(CitationRows):
    """Passages that bear on a relationship."""

    model = RelationshipCitation


@admin.register(Relationship)
class RelationshipAdmin(RecordAdmin):
    """What one actor was to another."""

    list_display = [named("subject"), "kind", named("object"), "mode", "when", "standing", "confidence"]
    list_filter = [
        ("status", ChoiceFilter),
        ("kind", ChoiceFilter),
        ("mode", ChoiceFilter),
        ("subject", RelatedFilter),
        ("object", RelatedFilter),
        ("confidence", ChoiceFilter),
        YearsFilter,
        CitedFilter,
        TouchedFilter,
    ]
    list_select_related = ["subject", "object"]
    ordering = ["subject__name", "possible"]
    search_fields = ["slug", "subject__name", "subject__name_ar", "object__name", "object__name_ar"]
    slug_from = ("subject", "kind", "object")
    together = ("kind", "mode", "modality", "territory", "confidence", "confidence_reason")
    fieldsets = [
        (None, {"fields": [("subject", "object"), ("kind", "sub_kind"), ("mode", "modality"), "territory", "slug"]}),
        ("When", {"fields": ["period", "date_verbatim", "date_note"]}),
        ("How sure it is", {"fields": [("confidence", "confidence_reason"), "note"]}),
    ]  # fmt: skip
    inlines = [RelationshipCitations]

    def labelled(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Each with both actors."""
        return queryset.select_related("subject", "object")

    def label_parts(self, record: Relationship) -> list[str]:
        """Both actors, what they were to each other, and when."""
        return [
            f"{record.subject.name} {record.get_kind_display().lower()} {record.object.name}",
            record.period,
        ]


class AuthorityCitations(CitationRows):
    """Passages that bear on a statement of authority."""

    model = AuthorityCitation


@admin.register(Authority)
class AuthorityAdmin(RecordAdmin):
    """Who held what, by law or in fact."""

    list_display = [
        named("actor"),
        "role",
        named("territory"),
        "mode",
        "share",
        "when",
        "standing",
        "confidence",
    ]
    list_filter = [
        ("status", ChoiceFilter),
        ("role", ChoiceFilter),
        ("mode", ChoiceFilter),
        ("share", ChoiceFilter),
        ("actor", RelatedFilter),
        ("territory", RelatedFilter),
        ("confidence", ChoiceFilter),
        YearsFilter,
        CitedFilter,
        TouchedFilter,
    ]
    list_select_related = ["actor", "territory"]
    ordering = ["territory__name", "possible"]
    search_fields = ["slug", "actor__name", "actor__name_ar", "territory__name", "territory__name_ar"]
    slug_from = ("actor", "role", "territory")
    together = ("actor", "role", "territory", "mode", "share", "confidence", "confidence_reason")
    fieldsets = [
        (None, {"fields": [("actor", "territory"), ("role", "sub_role"), ("mode", "share"), "slug"]}),
        ("When", {"fields": ["period", "date_verbatim", "date_note"]}),
        ("How sure it is", {"fields": [("confidence", "confidence_reason"), "note"]}),
    ]
    inlines = [AuthorityCitations]

    def labelled(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Each with its actor and territory."""
        return queryset.select_related("actor", "territory")

    def label_parts(self, record: Authority) -> list[str]:
        """Who, as what, where, when."""
        return [
            f"{record.actor.name} {record.get_role_display().lower()} {record.territory.name}",
            record.get_mode_display(),
            record.period,
        ]


class CrossingControls(TableRows):
    """Who mans each side of a crossing while it has a status."""

    model = CrossingControl
    verbose_name_plural = "who mans it"
    fields = ["side", "actor"]


# Controls name actors, of which territories know nothing: the tab is added from here.
CrossingStatusAdmin.inlines = [CrossingControls, *CrossingStatusAdmin.inlines]
