"""Lists that people come back to, above each list: their own, and those that others share."""

import copy
from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, SEARCH_VAR
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse

from border.admin_base import RecordAdmin
from border.admin_skin import TextInput
from border.curation.models import SavedView

# What a saved list shows of them may be many; the bar above a list is not the place for more.
MOST = 30
LONGEST = 2000


class SavedViewForm(forms.ModelForm):
    """A name for a list, and whether others see it."""

    class Meta:
        model = SavedView
        fields = ["name", "shared"]
        widgets = {"name": TextInput(attrs={"dir": "auto"})}

    def _get_validation_exclusions(self) -> set[str]:
        """Whose it is and of what are no fields of the form, and still part of the rule that names are given once."""
        return super()._get_validation_exclusions() - {"owner", "model", "query"}  # type: ignore[misc]


class SavedLists(RecordAdmin):
    """What the list of a noun gains: the lists that were saved of it, and a way to save the present one."""

    pieces = {"above_list": "admin/saved_lists.html"}

    def get_urls(self) -> list[URLPattern]:
        """As Django's, with the addresses to which lists are saved, changed and thrown away."""
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("saved/", self.admin_site.admin_view(self.save_list_view), name=f"{name}_save_list"),
            path(
                "saved/<int:key>/",
                self.admin_site.admin_view(self.saved_list_view),
                name=f"{name}_saved_list",
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """As Django's, with the saved lists above."""
        return super().changelist_view(
            request, {"saved": lambda: self.saved(request), **(extra_context or {})}
        )

    def saved(self, request: HttpRequest) -> dict[str, Any]:
        """The saved lists that this person sees here, and which of them, if any, is the present one."""
        views = SavedView.objects.filter(model=self.opts.label_lower).seen_by(request.user)[:MOST]
        present = _plain(request.GET)
        shown = [
            {
                "view": view,
                "own": view.owner_id == request.user.pk,
                "present": view.query == present,
                "address": f"{self._list()}?{view.query}",
                "change": reverse(f"{self._list_name()}_saved_list", args=[view.pk]),
            }
            for view in views
        ]
        return {
            "lists": shown,
            "whole": self._list(),
            "mine": next((one for one in shown if one["own"] and one["present"]), None),
            "none_present": not any(one["present"] for one in shown),
            "query": present,
            "save": reverse(f"{self._list_name()}_save_list"),
        }

    def save_list_view(self, request: HttpRequest) -> HttpResponse:
        """Save the list of ``query`` under a name, for oneself or for all."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        person: Any = request.user
        view = SavedView(owner=person, model=self.opts.label_lower)
        return self._kept(request, view, request.POST.get("query", ""))

    def saved_list_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Rename, share or, with ``delete``, throw away a saved list of one's own."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            raise PermissionDenied
        seen = SavedView.objects.filter(model=self.opts.label_lower).seen_by(request.user)
        view = get_object_or_404(seen, pk=key)
        if view.owner_id != request.user.pk:
            raise PermissionDenied
        if "delete" in request.POST:
            view.delete()
            self.message_user(request, f"The list “{view.name}” is no longer saved.", messages.SUCCESS)
            return HttpResponseRedirect(f"{self._list()}?{view.query}")
        return self._kept(request, view, view.query)

    def _kept(self, request: HttpRequest, view: SavedView, query: str) -> HttpResponse:
        """The way to the list, saved; or the list with what is wrong, where nothing typed is lost."""
        form = SavedViewForm(request.POST, instance=view)
        try:
            view.query = self.checked(request, query)
            faults = (
                [] if form.is_valid() else sorted({str(one) for many in form.errors.values() for one in many})
            )
        except ValidationError as error:
            view.query, faults = "", [str(error.message)]
        if faults:
            asked = _asking(request, view.query)
            return self.changelist_view(asked, {"faults": faults, "typed": request.POST})
        form.save()
        self.message_user(request, f"The list is saved as “{view.name}”.", messages.SUCCESS)
        return HttpResponseRedirect(f"{self._list()}?{view.query}")

    def checked(self, request: HttpRequest, query: str) -> str:
        """``query`` as it is kept. Raises ValidationError when the list has no such filter or does not take it."""
        asked = _asking(request, _plain(QueryDict(query)))
        try:
            known = {SEARCH_VAR, ORDER_VAR, *_parameters(self.get_changelist_instance(asked))}
        except (IncorrectLookupParameters, SuspiciousOperation, ValidationError, ValueError) as error:
            raise ValidationError("One of its filters cannot be read: set the filters anew.") from error
        if not asked.GET:
            raise ValidationError("There is nothing to save: set a filter, a search or an order first.")
        if unknown := sorted({*asked.GET} - known):
            raise ValidationError(f"This list has no filter “{unknown[0]}”.")
        kept = asked.GET.urlencode()
        if len(kept) > LONGEST:
            raise ValidationError("The search is too long to be saved. Shorten it.")
        return kept

    def _list_name(self) -> str:
        return f"admin:{self.opts.app_label}_{self.opts.model_name}"

    def _list(self) -> str:
        return reverse(f"{self._list_name()}_changelist")


def _asking(request: HttpRequest, query: str) -> HttpRequest:
    """A request like this one for the list of ``query``."""
    asked = copy.copy(request)
    asked.method, asked.GET = "GET", QueryDict(query)
    return asked


def _plain(query: QueryDict) -> str:
    """A query in one order, without its page and without what was left empty."""
    kept = QueryDict(mutable=True)
    for name in sorted(query):
        if name != PAGE_VAR and (values := [value for value in query.getlist(name) if value]):
            kept.setlist(name, values)
    return kept.urlencode()


def _parameters(shown: Any) -> Iterator[str]:
    """The parameters of the filters beside a list."""
    for spec in shown.filter_specs:
        yield from spec.expected_parameters()
