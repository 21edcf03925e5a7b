"""Small answers that the admin's pages ask for: how a date is read, what a name may mean, a file that is kept."""

import datetime as dt
from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from border.admin_base import RecordAdmin
from border.admin_search import looked_up
from border.kernel.edtf import DateRange, EDTFError, bounds, describe, suggest
from sources.models import Snapshot

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


@require_GET
def kept_copy(request: HttpRequest, name: str) -> FileResponse:
    """The file of an archived copy, to be saved and never run, for those who may see it."""
    if not request.user.has_perm("sources.view_snapshot"):
        raise PermissionDenied
    copy = get_object_or_404(Snapshot, file=name)
    try:
        return FileResponse(copy.file.open(), as_attachment=True, content_type="application/octet-stream")
    except FileNotFoundError as error:
        raise Http404(f"The file {name} is not in the media folder.") from error


class RecordLookup(AutocompleteJsonView):
    """Records that a name may mean, best first, each with a label that tells namesakes apart."""

    def get_queryset(self) -> QuerySet[Any]:
        """As Django's, with what the labels show; of records that many names mean, those that answer best."""
        if not isinstance(self.model_admin, RecordAdmin):
            found = super().get_queryset()
        elif self.term.strip() and hasattr(self.model_admin.model._default_manager, "named"):
            among = self.model_admin.standing_ones(self.model_admin.get_queryset(self.request))
            among = among.complex_filter(self.source_field.get_limit_choices_to())
            return self.model_admin.labelled(looked_up(among, self.term))
        else:
            found = self.model_admin.labelled(super().get_queryset())
        return found if found.ordered else found.order_by("pk")

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        """The key of the record and its label."""
        answer = super().serialize_result(obj, to_field_name)
        return (
            {**answer, "text": self.model_admin.label(obj)}
            if isinstance(self.model_admin, RecordAdmin)
            else answer
        )
