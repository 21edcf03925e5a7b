"""Taking back all that one person, or one import, has changed."""

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from border.admin_undo import decide
from border.history.selection import by_person, last_undoing, of_batch
from border.imports.following import follow
from border.imports.models import Import
from sources.choices import BatchState
from sources.models import Batch

# How far back the changes of a person are looked for, unless somebody says otherwise.
DAYS = 7


class WhenForm(forms.Form):
    """From when until when; empty means from the beginning, or until now."""

    since = forms.DateTimeField(required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    until = forms.DateTimeField(required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))

    def clean(self) -> dict[str, Any]:
        """As Django's; a span ends after it begins."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] >= cleaned["until"]:
            self.add_error("until", "This is before the beginning: put the earlier time first.")
        return cleaned


class Undoing(admin.ModelAdmin):
    """What the pages of whatever can be taken back at once gain: the way there."""

    change_form_before_template = "admin/wholesale.html"

    def way_back(self, request: HttpRequest, object_id: str) -> tuple[str, str] | None:
        """The address of the page on which it is taken back, and the words for it; None for who may not."""
        raise NotImplementedError

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """As before, with the way back."""
        link = {}
        if object_id and (way := self.way_back(request, object_id)):
            link = {"wholesale": dict(zip(("address", "verb"), way, strict=True))}
        return super().changeform_view(request, object_id, form_url, {**link, **(extra_context or {})})


class UndoingPeople(Undoing):
    """What the pages of people gain: the way to take back what somebody changed."""

    def get_urls(self) -> list[URLPattern]:
        """As Django's, with the changes of a person."""
        view = self.admin_site.admin_view(self.changes_view)
        return [path("<int:object_id>/changes/", view, name="auth_user_changes"), *super().get_urls()]

    def way_back(self, request: HttpRequest, object_id: str) -> tuple[str, str] | None:
        """The page of the person's changes."""
        if not (object_id.isdecimal() and request.user.has_perm("auth.undo_user")):
            return None
        return reverse("admin:auth_user_changes", args=[object_id]), "Take back changes of this person"

    def changes_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The page on which what a person changed within a time is taken back."""
        if not request.user.has_perm("auth.undo_user"):
            raise PermissionDenied
        person = get_object_or_404(get_user_model(), pk=object_id)
        week = timezone.now() - dt.timedelta(days=DAYS)
        asked = request.GET if {"since", "until"} & {*request.GET} else {"since": f"{week:%Y-%m-%dT%H:%M}"}
        when = WhenForm(asked)
        within = when.cleaned_data if when.is_valid() else {"since": timezone.now(), "until": None}
        return decide(
            request,
            by_person(person, since=within["since"], until=within["until"]),
            title=f"Take back the changes of {person.get_username()}",
            meaning="Where theirs is the latest word, each field goes back to what it was before them.",
            back=reverse("admin:auth_user_change", args=[object_id])
            if self.has_view_permission(request, person)
            else reverse("admin:index"),
            context={"opts": self.opts, "when": when},
        )


class UndoingBatches(Undoing):
    """What the pages of imports gain: the way to take one back, and to bring it back again."""

    def get_urls(self) -> list[URLPattern]:
        """As Django's, with the undoing of an import."""
        view = self.admin_site.admin_view(self.undo_view)
        return [path("<int:object_id>/undo/", view, name="sources_batch_undo"), *super().get_urls()]

    def way_back(self, request: HttpRequest, object_id: str) -> tuple[str, str] | None:
        """The page of the undoing, or of the return of what was undone; of a dataset that of its import, where a worker does it."""
        batch = self.get_object(request, object_id)
        if not (batch and request.user.has_perm("sources.undo_batch")):
            return None
        verb = "Bring this import back" if batch.state == BatchState.UNDONE else "Take this import back"
        dataset = Import.objects.filter(batch=batch).first()
        if dataset and request.user.has_perm("imports.view_import"):
            return reverse("admin:import_preview", args=[dataset.pk]), verb
        return reverse("admin:sources_batch_undo", args=[batch.pk]), verb

    def undo_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The page on which an import is taken back; taken back already, on which it is brought back."""
        if not (self.has_view_permission(request) and request.user.has_perm("sources.undo_batch")):
            raise PermissionDenied
        batch = get_object_or_404(Batch, pk=object_id)
        back = reverse("admin:sources_batch_change", args=[batch.pk])
        undoing = last_undoing(batch)
        if batch.state == BatchState.UNDONE and undoing:
            return decide(
                request,
                undoing,
                title=f"Bring back {batch}",
                meaning="What was taken back of this import comes back where nobody has written since.",
                verb="Bring it back",
                back=back,
                done=partial(_mark, batch, BatchState.APPLIED),
                context={"opts": self.opts},
            )
        return decide(
            request,
            of_batch(batch),
            title=f"Take back {batch}",
            meaning="What the import added is deleted and what it changed goes back, where nobody has written since.",
            back=back,
            done=partial(_mark, batch, BatchState.UNDONE),
            context={"opts": self.opts},
        )


def _mark(batch: Batch, state: str) -> None:
    batch.state = state
    batch.save(update_fields=["state"])
    follow(batch.format, batch.release)
