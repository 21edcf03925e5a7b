"""The admin of territories: places, what they lay in, and crossings."""

from typing import Any

from django.contrib import admin
from django.db.models import Case, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.utils.safestring import SafeString

from border.admin_base import NameRows, RecordAdmin, Rows, in_both_scripts, named
from border.admin_filters import CitedFilter, CountryFilter, PointFilter, TouchedFilter, YearsFilter
from border.admin_skin import ChoiceFilter, RelatedFilter, display
from sources.admin import CitationRows
from territories.choices import Basis
from territories.models import (
    Containment,
    ContainmentCitation,
    Crossing,
    CrossingStatus,
    CrossingStatusCitation,
    Outline,
    Territory,
    TerritoryCitation,
    TerritoryName,
)


class TerritoryNames(NameRows):
    """Further names of a territory."""

    model = TerritoryName


class Outlines(Rows):
    """Shapes of a territory."""

    model = Outline
    verbose_name_plural = "outlines"
    fields = [("period", "source"), "geometry", "area_km2", "note"]


class Containments(Rows):
    """What a territory lay in."""

    model = Containment
    fk_name = "child"
    verbose_name = "containment"
    verbose_name_plural = "lies in"
    fields = [("parent", "basis"), ("period", "according_to"), "slug"]
    readonly_fields = ["slug"]
    show_change_link = True

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        """A containment is a record of its own, with its own citations: it is added on its own page."""
        return False

    has_change_permission = has_delete_permission = has_add_permission


class TerritoryCitations(CitationRows):
    """Passages that bear on a territory."""

    model = TerritoryCitation


@admin.register(Territory)
class TerritoryAdmin(RecordAdmin):
    """Territories: identity, names, place on the map."""

    list_display = ["both_names", "kind", "countries", "lies_in", "when", "standing", "confidence"]
    list_filter = [
        ("status", ChoiceFilter),
        ("kind", ChoiceFilter),
        CountryFilter,
        ("confidence", ChoiceFilter),
        YearsFilter,
        CitedFilter,
        PointFilter,
        TouchedFilter,
    ]
    ordering = ["name"]
    search_fields = ["name", "name_ar", "slug", "names__text", "pcode"]
    slug_from = ("name",)
    together = ("kind", "people_at_risk", "confidence", "confidence_reason")
    fieldsets = [
        (None, {"fields": [("name", "name_ar"), "slug", ("kind", "sub_kind"), "countries", "existed"]}),
        ("Place", {"fields": [("longitude", "latitude", "uncertainty_m"), "people_at_risk"]}),
        ("In other registers", {"fields": [("pcode", "wikidata_id"), ("geonames_id", "population")]}),
        ("How sure it is", {"fields": [("confidence", "confidence_reason"), "note"]}),
    ]
    inlines = [TerritoryNames, Containments, Outlines, TerritoryCitations]

    def labelled(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Each with the name of what it lies in, by law before all else."""
        by_law = Case(When(basis=Basis.DE_JURE, then=Value(0)), default=Value(1), output_field=IntegerField())
        above = Containment.objects.filter(child=OuterRef("pk")).order_by(by_law, "pk")
        return queryset.annotate(above=Subquery(above.values("parent__name")[:1]))

    def get_queryset(self, request: Any) -> QuerySet[Any]:
        """As Django's, with what the list shows."""
        return self.labelled(super().get_queryset(request))

    def label_parts(self, record: Any) -> list[str]:
        """Names, kind, and what it lies in or the country."""
        where = getattr(record, "above", None) or " ".join(record.countries)
        return [record.name, record.name_ar, record.get_kind_display(), where]

    @display(description="name", ordering="name")
    def both_names(self, record: Territory) -> SafeString:
        """The name in both scripts."""
        return in_both_scripts(record.name, record.name_ar)

    @display(description="lies in", ordering="above")
    def lies_in(self, record: Any) -> str:
        """What it lies in, by law before all else."""
        return record.above or "–"


class ContainmentCitations(CitationRows):
    """Passages that bear on a containment."""

    model = ContainmentCitation


@admin.register(Containment)
class ContainmentAdmin(RecordAdmin):
    """What lay in what, and when."""

    list_display = [
        named("child", "inside"),
        named("parent", "lies in"),
        "basis",
        "when",
        "standing",
        "confidence",
    ]
    list_filter = [
        ("status", ChoiceFilter),
        ("basis", ChoiceFilter),
        ("parent", RelatedFilter),
        ("confidence", ChoiceFilter),
        YearsFilter,
        CitedFilter,
        TouchedFilter,
    ]
    list_select_related = ["child", "parent"]
    ordering = ["child__name", "possible"]
    search_fields = ["slug", "child__name", "child__name_ar", "parent__name", "parent__name_ar"]
    slug_from = ("child", "parent", "basis")
    together = ("parent", "basis", "according_to", "confidence", "confidence_reason")
    fieldsets = [
        (None, {"fields": [("child", "parent"), ("basis", "according_to"), "slug"]}),
        ("When", {"fields": ["period", "date_verbatim", "date_note"]}),
        ("How sure it is", {"fields": [("confidence", "confidence_reason"), "note"]}),
    ]
    inlines = [ContainmentCitations]

    def labelled(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Each with both territories."""
        return queryset.select_related("child", "parent")

    def label_parts(self, record: Containment) -> list[str]:
        """Both territories, the basis and the period."""
        return [f"{record.child.name} in {record.parent.name}", record.get_basis_display(), record.period]


class CrossingStatuses(Rows):
    """What states a crossing was in; each is a record of its own."""

    model = CrossingStatus
    verbose_name_plural = "statuses"
    fields = [("state", "mode"), ("period", "traffic"), "slug"]
    show_change_link = True

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        """A status is a record of its own, with its own citations: it is added on its own page."""
        return False

    has_change_permission = has_delete_permission = has_add_permission


@admin.register(Crossing)
class CrossingAdmin(RecordAdmin):
    """Crossings and their two sides."""

    list_display = [
        named("territory", "crossing"),
        named("side_a", "side A"),
        named("side_b", "side B"),
        "standing",
        "confidence",
    ]
    list_filter = [("status", ChoiceFilter), ("confidence", ChoiceFilter), TouchedFilter]
    list_select_related = ["territory", "side_a", "side_b"]
    ordering = ["territory__name"]
    search_fields = [
        "slug",
        "territory__name",
        "territory__name_ar",
        "territory__names__text",
        "name_a",
        "name_b",
    ]
    slug_from = ("territory",)
    together = ("confidence", "confidence_reason")
    fieldsets = [
        (None, {"fields": ["territory", "slug", ("side_a", "name_a"), ("side_b", "name_b")]}),
        ("How sure it is", {"fields": [("confidence", "confidence_reason"), "note"]}),
    ]
    inlines = [CrossingStatuses]

    def labelled(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Each with its territory."""
        return queryset.select_related("territory").annotate(
            name_of_a=F("side_a__name"), name_of_b=F("side_b__name")
        )

    def label_parts(self, record: Any) -> list[str]:
        """Names and both sides."""
        sides = f"{record.name_of_a} – {record.name_of_b}" if hasattr(record, "name_of_a") else ""
        return [record.territory.name, record.territory.name_ar, sides]


class CrossingStatusCitations(CitationRows):
    """Passages that bear on the status of a crossing."""

    model = CrossingStatusCitation


@admin.register(CrossingStatus)
class CrossingStatusAdmin(RecordAdmin):
    """In what state a crossing was, and when."""

    list_display = [
        named("crossing__territory", "crossing"),
        "state",
        "mode",
        "when",
        "standing",
        "confidence",
    ]
    list_filter = [
        ("status", ChoiceFilter),
        ("state", ChoiceFilter),
        ("mode", ChoiceFilter),
        ("crossing", RelatedFilter),
        ("confidence", ChoiceFilter),
        YearsFilter,
        CitedFilter,
        TouchedFilter,
    ]
    list_select_related = ["crossing__territory"]
    ordering = ["-possible"]
    search_fields = ["slug", "crossing__slug", "crossing__territory__name", "crossing__territory__name_ar"]
    slug_from = ("crossing", "state", "period")
    together = ("state", "mode", "confidence", "confidence_reason")
    fieldsets = [
        (None, {"fields": ["crossing", ("state", "sub_state"), ("mode", "traffic"), "slug"]}),
        ("When", {"fields": ["period", "date_verbatim", "date_note"]}),
        ("How sure it is", {"fields": [("confidence", "confidence_reason"), "note"]}),
    ]
    inlines = [CrossingStatusCitations]

    def labelled(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Each with its crossing."""
        return queryset.select_related("crossing__territory")

    def label_parts(self, record: CrossingStatus) -> list[str]:
        """Crossing, state, period."""
        return [record.crossing.territory.name, record.get_state_display(), record.period]
