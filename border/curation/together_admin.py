"""The page on which many records are changed together: what to set, what it would do to each, and why."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from border.admin_base import RecordAdmin, Refusal, refusal_message
from border.admin_skin import TextArea, TextInput
from border.curation.together import ADDED_TO, MOST, ChangeRefused, Preview, Values, change_together, preview
from border.kernel.records import Status

ADDED = "added_to_note"
TICK = "set_"


class TogetherForm(forms.Form):
    """The fields that may be set together, each behind a tick, and what is added to the note."""

    def __init__(self, model_admin: RecordAdmin, request: HttpRequest, data: Any = None) -> None:
        super().__init__(data)
        self.model_admin = model_admin
        for name in model_admin.together:
            column = model_admin.opts.get_field(name)
            shown = model_admin.formfield_for_dbfield(column, request)
            if isinstance(shown.widget, RelatedFieldWidgetWrapper):
                # Records are made on their own pages; from here a new window would lose what was chosen.
                shown.widget = shown.widget.widget
            shown.required, shown.initial = False, None
            label = str(column.verbose_name)
            self.fields[f"{TICK}{name}"] = forms.BooleanField(required=False, label=f"Set {label}")
            self.fields[name] = shown
        self.fields[ADDED] = forms.CharField(
            required=False,
            label="Add to the note",
            widget=TextArea(attrs={"rows": 2, "dir": "auto"}),
            help_text="Stands under what the note says already.",
        )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each field with its tick."""
        return [{"tick": self[f"{TICK}{name}"], "input": self[name]} for name in self.model_admin.together]

    def clean(self) -> dict[str, Any]:
        """As Django's; something is set, and nothing is emptied that may not be empty."""
        cleaned = super().clean() or self.cleaned_data
        for name in self.chosen:
            column = self.model_admin.opts.get_field(name)
            if cleaned.get(name) in (None, "") and not column.blank and name not in self.errors:
                self.add_error(name, f"Say what {column.verbose_name} it is to be, or take away the tick.")
        if not self.chosen and not cleaned.get(ADDED):
            self.add_error(None, "Tick the fields that are to be set, or add to the note.")
        return cleaned

    @property
    def chosen(self) -> list[str]:
        """The ticked fields."""
        return [name for name in self.model_admin.together if self.cleaned_data.get(f"{TICK}{name}")]

    @property
    def values(self) -> Values:
        """What is to become of every record, as the form says."""
        return Values({name: self.cleaned_data[name] for name in self.chosen}, self.cleaned_data[ADDED])


class ReasonForm(forms.Form):
    """Why many records are changed."""

    why = forms.CharField(
        label="Reason for this change",
        max_length=500,
        widget=TextInput(attrs={"dir": "auto"}),
        help_text="Kept in the history of each of them.",
    )


class ChangingTogether(RecordAdmin):
    """What the list of a noun gains: many records changed at once, after a look at what becomes of each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        declared: Any = self.actions  # type: ignore[has-type]
        self.actions = [*(declared or []), "change_selected"]

    def get_urls(self) -> list[URLPattern]:
        """As Django's, with the page on which many records are changed."""
        return [
            path("together/", self.admin_site.admin_view(self.together_view), name=self._route("together")),
            *super().get_urls(),
        ]

    @admin.action(description="Edit together…", permissions=["change"])
    def change_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        """Ask what is to be set in the selected records."""
        keys = [*queryset.order_by().values_list("pk", flat=True)[: MOST + 1]]
        return self._asked(request, keys, TogetherForm(self, request))

    def together_view(self, request: HttpRequest) -> HttpResponse:
        """Show what the change would do to the records ``keys``; with ``apply``, do it to all of them or none."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_change_permission(request):
            raise PermissionDenied
        sent = request.POST.get("keys", "").split(",")
        keys = [int(key) for key in sent if key.isdecimal() and len(key) < 19]
        form = TogetherForm(self, request, request.POST)
        if not form.is_valid():
            return self._asked(request, keys, form)
        found = preview(self.labelled(self._chosen(request, keys)), form.values, self.label)
        if "apply" not in request.POST:
            return self._asked(request, keys, form, found)
        reason = ReasonForm(request.POST)
        if request.POST.get("previewed") != _digest(form.values):
            problems = ["You changed the fields after the preview. This is the preview of what they say now."]
            return self._asked(request, keys, form, found, reason, problems)
        if not reason.is_valid():
            return self._asked(request, keys, form, found, reason)
        try:
            count = change_together(
                model=self.model,
                keys=keys,
                values=form.values,
                seen=int(request.POST.get("seen") or 0),
                by=request.user,
                why=reason.cleaned_data["why"],
            )
        except ChangeRefused as refused:
            return self._asked(request, keys, form, found, reason, refused.problems)
        except Refusal as error:
            return self._asked(request, keys, form, found, reason, [refusal_message(error)])
        noun = self.opts.verbose_name if count == 1 else self.opts.verbose_name_plural
        self.message_user(request, f"{count} {noun} changed.", messages.SUCCESS)
        return HttpResponseRedirect(self._whole_list())

    def _asked(
        self,
        request: HttpRequest,
        keys: Sequence[int],
        form: TogetherForm,
        found: Preview | None = None,
        reason: ReasonForm | None = None,
        problems: Sequence[str] = (),
    ) -> HttpResponse:
        """The page that asks; with the preview ``found`` it also asks why."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        chosen = self._chosen(request, keys)
        count = chosen.count()
        if not count or len(keys) > MOST:
            said = f"Change at most {MOST:,} at once: narrow the list." if count else "Select records first."
            self.message_user(request, said, messages.ERROR)
            return HttpResponseRedirect(self._whole_list())
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"Edit {count} {self.opts.verbose_name if count == 1 else self.opts.verbose_name_plural} together",
            "count": count,
            "public": chosen.filter(status=Status.PUBLISHED).count(),
            "keys": ",".join(map(str, keys)),
            "form": form,
            "found": found,
            "previewed": _digest(form.values) if found else "",
            "reason": (reason or ReasonForm()) if found else None,
            "problems": problems,
            "address": reverse(f"admin:{self._route('together')}"),
            "back": self._whole_list(),
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/together.html", context)

    def _chosen(self, request: HttpRequest, keys: Sequence[int]) -> Any:
        return self.get_queryset(request).filter(pk__in=keys)

    def _route(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def _whole_list(self) -> str:
        return reverse(f"admin:{self._route('changelist')}")


def _digest(values: Values) -> str:
    """What was previewed, so that nothing else is written."""
    said = "\n".join(f"{name}={getattr(value, 'pk', value)}" for name, value in values.fields.items())
    return hashlib.sha256(f"{said}\n{ADDED_TO}+={values.added}".encode()).hexdigest()
