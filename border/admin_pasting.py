"""A source from a pasted reference: the form of a new source, filled; nothing is saved until the curator saves."""

import json
from typing import Any

from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from border.admin_base import RecordAdmin
from sources.models import Source
from sources.references import Reference, ReferenceUnread, read
from sources.references.known import already_here, completed

# Of so many items one is chosen from a list.
LISTED = 50


class Pasting(RecordAdmin):
    """What the form of a new source gains: a box into which a reference is pasted."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """As before, with the box; what was pasted fills the form, or one of those that are here already is chosen."""
        if object_id is not None or not self.has_add_permission(request):
            return super().changeform_view(request, object_id, form_url, extra_context)
        if request.method == "POST" and "_choose" in request.POST and (chosen := self._choose(request)):
            return chosen
        paste: dict[str, Any] = {"text": request.POST.get("reference", "")}
        if request.method == "POST" and "_fill" in request.POST:
            paste |= self._fill(request, paste["text"], request.POST["_fill"])
            # The form that comes back is a new one, with what is known filled in: nothing is checked or saved yet.
            request.method = "GET"
        return super().changeform_view(
            request, object_id, form_url, {"paste": paste, **(extra_context or {})}
        )

    def _fill(self, request: HttpRequest, text: str, place: str) -> dict[str, Any]:
        """Reads ``text`` and sets out what to fill into the form; what was typed before stays."""
        typed = self._typed(request)
        request.filled = typed  # type: ignore[attr-defined]
        try:
            found = read(text)
        except ReferenceUnread as refused:
            return {"refused": str(refused)}
        if len(found) > 1 and not place.isdigit():
            return {"several": list(enumerate(map(str, found[:LISTED]), 1)), "more": len(found[LISTED:])}
        reference = found[min(int(place), len(found)) - 1 if place.isdigit() else 0]
        guessed = completed(reference, Source.objects.all())
        kept = {name for name, value in reference.fields.items() if typed.get(name, value) != value}
        request.filled = {**reference.fields, **typed}  # type: ignore[attr-defined]
        return {
            "filled": [self._named(name) for name in reference.fields if name not in kept],
            "kept": [(self._named(name), reference.fields[name]) for name in sorted(kept)],
            "guessed": [self._named(name) for name in guessed if name not in kept],
            "left": reference.left,
            "doubts": reference.doubts,
            "here": self._here(request, reference),
        }

    def _typed(self, request: HttpRequest) -> dict[str, Any]:
        """What was written or chosen in the form already, other than what it opens with."""
        form = self.get_form(request)(request.POST)
        return {name: form[name].value() for name in form.changed_data}

    def _named(self, name: str) -> str:
        return str(self.model._meta.get_field(name).verbose_name)

    def _here(self, request: HttpRequest, reference: Reference) -> list[dict[str, Any]]:
        return [
            {
                "pk": source.pk,
                "label": self.label(source),
                "address": reverse("admin:sources_source_change", args=[source.pk]),
            }
            for source in already_here(reference, self.get_queryset(request))
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """As Django's, with what the pasted reference says."""
        return {**super().get_changeform_initial_data(request), **getattr(request, "filled", {})}

    def _choose(self, request: HttpRequest) -> HttpResponse | None:
        """Closes the little window with a source that is here already as the answer."""
        key = request.POST["_choose"]
        source = self.get_queryset(request).filter(pk=key).first() if key.isdigit() else None
        if source is None or IS_POPUP_VAR not in request.POST:
            return None
        answer = json.dumps({"value": str(source.pk), "obj": self.label(source)})
        return TemplateResponse(request, "admin/popup_response.html", {"popup_response_data": answer})
