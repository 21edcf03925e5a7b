"""Small answers that the admin's pages ask for: how a date is read, which records a name may mean."""

import datetime as dt
from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from border.admin_base import RecordAdmin
from border.kernel.edtf import DateRange, EDTFError, bounds, describe, suggest

LONGEST = 200


@require_GET
def edtf(request: HttpRequest) -> JsonResponse:
    """How the date ``text`` is understood: a description and both spans, or the mistake and what may be meant."""
    text = request.GET.get("text", "").strip()[:LONGEST]
    answer: dict[str, Any] = dict.fromkeys(["description", "possible", "certain", "suggestion", "message"])
    try:
        possible, certain = bounds(text)
    except EDTFError as error:
        return JsonResponse({"ok": False, **answer, "suggestion": suggest(text), "message": str(error)})
    spans = {"possible": _ends(possible), "certain": _ends(certain) if certain else None}
    return JsonResponse({"ok": True, **answer, "description": describe(text), **spans})


def _ends(span: DateRange) -> list[str | None]:
    return [_iso(span.first), _iso(span.last)]


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


class RecordLookup(AutocompleteJsonView):
    """Records that a name may mean, best first, each with a label that tells namesakes apart."""

    def get_queryset(self) -> QuerySet[Any]:
        """As Django's, with what the labels show."""
        found = super().get_queryset()
        if isinstance(self.model_admin, RecordAdmin):
            found = self.model_admin.labelled(found)
        return found if found.ordered else found.order_by("pk")

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """The key of the record and its label."""
        answer = super().serialize_result(obj, to_field_name)
        return (
            {**answer, "text": self.model_admin.label(obj)}
            if isinstance(self.model_admin, RecordAdmin)
            else answer
        )
