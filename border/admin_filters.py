"""The filters beside a list: what a curator looks for."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from border.admin_skin import DropdownFilter, RangeFilter
from border.kernel.dates import parse_window
from border.kernel.edtf import EDTFError


def touched_by(model: type[Any], user: Any) -> Q:
    """Records of ``model`` that ``user`` has written or changed, by the history."""
    history = model.pgh_event_model.objects.filter(pgh_obj=OuterRef("pk"))
    return Q(Exists(history.filter(pgh_context__metadata__user=user.pk)))


class YearsFilter(RangeFilter):
    """Records that may hold on some day of the years from … to …."""

    title = "years"
    parameter_name = "years"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Rows whose widest reading touches the years; nothing is left out when a year cannot be read."""
        first, last = (
            (self.used_parameters.get(f"years_{end}") or "").strip().zfill(4) for end in ("from", "to")
        )
        try:
            window = parse_window(*("" if year == "0000" else year for year in (first, last)))
        except EDTFError as error:
            messages.error(request, str(error))
            return queryset
        return queryset.overlapping(*window) if any(window) else queryset  # type: ignore[attr-defined]


class CitedFilter(DropdownFilter):
    """Records by what is cited for them."""

    title = "citations"
    parameter_name = "cited"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """None, some, disputed, contradicted."""
        return [
            ("none", "Without a citation"),
            ("some", "With a citation"),
            ("disputed", "Disputed by a source"),
            ("contradicted", "Sources give different values"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Rows that cite nothing, or something, or a source that disputes them, or sources that disagree."""
        citations = queryset.model._meta.get_field("citations").related_model.objects.filter(
            record=OuterRef("pk")
        )
        if self.value() == "none":
            return queryset.filter(~Exists(citations))
        if self.value() == "some":
            return queryset.filter(Exists(citations))
        if self.value() == "disputed":
            return queryset.filter(Exists(citations.filter(stance="disputes")))
        if self.value() == "contradicted":
            return queryset.filter(Exists(citations.contradicting()))
        return queryset


class CountryFilter(DropdownFilter):
    """Records by country."""

    title = "country"
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The countries that occur."""
        lists: Iterable[list[str]] = model_admin.model.objects.values_list("countries", flat=True).distinct()
        return [(code, code) for code in sorted({code for codes in lists for code in codes})]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Rows of that country, alone or with others."""
        return queryset.filter(countries__contains=[self.value()]) if self.value() else queryset


class TouchedFilter(DropdownFilter):
    """Records by who worked on them."""

    title = "worked on by"
    parameter_name = "touched"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Me, or others."""
        return [("me", "Me"), ("others", "Others only")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Rows that the person asking has written or changed, or has not."""
        if self.value() not in {"me", "others"}:
            return queryset
        mine = touched_by(queryset.model, request.user)
        return queryset.filter(mine if self.value() == "me" else ~mine)


class PointFilter(DropdownFilter):
    """Records with or without a point on the map."""

    title = "point"
    parameter_name = "point"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """With, without."""
        return [("yes", "On the map"), ("no", "Without a point")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Rows that have a point, or none."""
        if self.value() not in {"yes", "no"}:
            return queryset
        return queryset.filter(longitude__isnull=self.value() == "no")
