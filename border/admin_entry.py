"""Quick ways through a form: keys that add rows, the source at hand, and the same again for the next of a series."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from border import admin_at_hand
from border.admin_base import RecordAdmin
from border.admin_skin import display
from sources.models import Source

AGAIN = "again"
PLACED = frozenset({"longitude", "latitude", "uncertainty_m"})


class Entry(RecordAdmin):
    """What the forms of every noun gain for those who type much."""

    pieces = {"above_form": "admin/entry.html", "below_form": "admin/entry_after.html"}

    class Media:
        css = {"all": ["border/entry.css"]}
        js = ["border/entry.js"]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """As before, with the bar of quick ways above the form."""
        may_add = self.has_add_permission(request)
        entry = {
            "at_hand": lambda: admin_at_hand.shown(request, admin.site._registry[Source].label),  # type: ignore[attr-defined]
            "same_again": f"{self._add_address()}?{AGAIN}={object_id}" if object_id and may_add else "",
            "cite": object_id if self.model is Source and object_id else "",
        }
        context = {"entry": entry, "may_repeat": may_add, "show_save_and_add_another": False}
        return super().changeform_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """As before; a new form opens with the cursor where writing begins."""
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None:
            first = self.first_field(request)
            if first in form.base_fields:
                form.base_fields[first].widget.attrs["autofocus"] = True
        return form

    def first_field(self, request: HttpRequest) -> str:
        """The field in which writing begins: the first one; the date, where all the rest is there again."""
        if self.repeated(request) is not None and hasattr(self.model, "dated_by"):
            return str(self.model.dated_by)
        row = self.get_fieldsets(request)[0][1]["fields"][0]
        return str(row if isinstance(row, str) else row[0])

    # The same again.

    def _add_address(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")

    def repeated(self, request: HttpRequest) -> Any:
        """The record whose like is about to be written, if this person may see it."""
        if not hasattr(request, "repeated"):
            key = request.GET.get(AGAIN, "")
            record = self.get_object(request, key) if key.isdigit() and request.method == "GET" else None
            if record is not None and not self.has_view_permission(request, record):
                record = None
            request.repeated = record  # type: ignore[attr-defined]
        return request.repeated  # type: ignore[attr-defined]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """As Django's; what was chosen for the record before is chosen again, what was written about it is not."""
        initial = super().get_changeform_initial_data(request)
        if (record := self.repeated(request)) is None:
            return initial
        chosen = [
            field.name
            for field in self.model._meta.fields
            if field.editable and not field.unique and (_chosen(field) or field.name in self.again)
        ]
        return {**initial, **model_to_dict(record, fields=chosen)}

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Any:
        """As Django's, with room for the rows that come again."""
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            formset.extra += len(self._rows_again(request, formset, inline)) if obj is None else 0
            yield formset, inline

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """As Django's; the rows that come again are filled in."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj is None or obj.pk is None:
            rows = self._rows_again(request, inline.get_formset(request), inline)
            kwargs |= {"initial": rows} if rows else {}
        return kwargs

    def _rows_again(self, request: HttpRequest, formset: Any, inline: Any) -> list[dict[str, Any]]:
        record, names = self.repeated(request), getattr(inline, "again", ())
        if record is None or not names:
            return []
        rows = inline.model._default_manager.filter(**{formset.fk.name: record}).order_by("pk")
        attributes = {name: inline.model._meta.get_field(name).attname for name in names}
        found = [{name: getattr(row, at) for name, at in attributes.items()} for row in rows]
        # A source cited for three passages is offered once: the next record has passages of its own.
        return [row for place, row in enumerate(found) if row not in found[:place]]

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """As Django's; after *Save and same again* comes the form for the next one."""
        return self._once_more(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """As Django's; after *Save and same again* comes the form for the next one."""
        return self._once_more(request, obj) or super().response_change(request, obj)

    def _once_more(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        if "_again" not in request.POST or not self.has_add_permission(request):
            return None
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk])
        said = format_html('Saved: <a href="{}">{}</a>. Here is the form for the next like it.', address, obj)
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(f"{self._add_address()}?{AGAIN}={obj.pk}")


def _chosen(field: Any) -> bool:
    """Whether a field is filled by choosing: from a vocabulary, among records, on the map."""
    if field.name == "confidence":  # judged anew each time
        return False
    return bool(
        field.choices
        or field.many_to_one
        or field.name in PLACED
        or isinstance(field, models.BooleanField | ArrayField)
    )


class Cited(RecordAdmin):
    """The list of sources, from which one is taken in hand."""

    pieces = {"above_list": "admin/at_hand.html"}

    def get_list_display(self, request: HttpRequest) -> list[str]:
        """As declared, with a button to cite each source."""
        return [*super().get_list_display(request), "cite_this"]

    @display(description="")
    def cite_this(self, record: Source) -> str:
        """Takes the source in hand."""
        return format_html(
            '<button type="submit" form="border-at-hand" name="source" value="{}" class="border-button is-small">'
            'Cite this<span class="border-unseen"> {}</span></button>',
            record.pk,
            record.title,
        )
