"""Events that may be the one being typed: asked for while it is typed, and once more when it is saved."""

import contextlib
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_GET

from border.admin_base import RecordAdmin
from border.curation.duplicates import Candidate, similar_events
from border.kernel.edtf import EDTFError

TOLD = "similar_told"


class Similar(RecordAdmin):
    """What the form of an event gains: a word, while it is typed, that it may be here already."""

    def get_urls(self) -> list[URLPattern]:
        """As before, with the page that the form asks."""
        address = path(
            "similar/",
            self.admin_site.admin_view(require_GET(self.similar_view)),
            name="events_event_similar",
        )
        return [address, *super().get_urls()]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """As before; the form knows whom to ask."""
        context = {"similar": {"address": reverse("admin:events_event_similar"), "exclude": object_id or ""}}
        return super().changeform_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def similar_view(self, request: HttpRequest) -> JsonResponse:
        """The events that may be the one described by the fields of a form, the likeliest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return JsonResponse({"events": [self._told(one) for one in _similar(request.GET)]})

    def _told(self, one: Candidate) -> dict[str, Any]:
        return {
            "pk": one.pk,
            "label": one.label,
            "address": reverse("admin:events_event_change", args=[one.pk]),
            "score": one.score,
            "reasons": list(one.reasons),
        }

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """As before; a new event that may be here already is saved, and the form's writer told if it was not yet."""
        super().save_related(request, form, formsets, change)
        if not change:
            self._tell(request, form.instance)

    def _tell(self, request: HttpRequest, event: Any) -> None:
        told = set(request.POST.get(TOLD, "").split())
        actors = event.participations.values_list("actor", flat=True)
        point = (float(event.longitude), float(event.latitude)) if event.longitude is not None else None
        found = similar_events(
            date=event.date,
            territory=event.territory_id,
            point=point,
            actors=actors,
            title=event.title,
            kind=event.kind,
            exclude=event.pk,
        )
        news = [self._told(one) for one in found if str(one.pk) not in told]
        if news:
            links = format_html_join(
                "; ",
                '<a href="{}">{}</a> ({})',
                ((one["address"], one["label"], " ".join(one["reasons"])) for one in news),
            )
            said = format_html("Saved. It may be here already: {}", links)
            self.message_user(request, said, messages.WARNING)


def _similar(asked: QueryDict) -> list[Candidate]:
    """The events like what is asked for; nothing while the date cannot be read yet."""
    territory, exclude = asked.get("territory", ""), asked.get("exclude", "")
    with contextlib.suppress(EDTFError):
        return similar_events(
            date=asked.get("date", ""),
            territory=_key(territory),
            point=_point(asked.get("longitude", ""), asked.get("latitude", "")),
            actors=_keys(asked.getlist("actor")),
            title=asked.get("title", "")[:200],
            kind=asked.get("kind", ""),
            exclude=_key(exclude),
        )
    return []


def _key(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _keys(texts: Iterable[str]) -> list[int]:
    return [key for text in texts if (key := _key(text)) is not None][:50]


def _point(longitude: str, latitude: str) -> tuple[float, float] | None:
    try:
        point = float(longitude), float(latitude)
    except ValueError:
        return None
    return point if abs(point[0]) <= 180 and abs(point[1]) <= 90 else None
