"""What the pages of every noun share: lists, searches, labels, forms that lose nothing, history, deleting."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, ClassVar

import pghistory
from django.contrib import admin, messages
from django.db import DataError, IntegrityError, InternalError, models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from border.admin_forms import Inputs, NumberedFormSet, RecordForm
from border.admin_keys import RowKey
from border.admin_list import Listing
from border.admin_rows import RowSet
from border.admin_search import ranked
from border.admin_skin import ModelAdmin, StackedInline, TabularInline, display
from border.history.tables import parts
from border.kernel.history import check_now
from border.kernel.records import Status

Refusal = (IntegrityError, InternalError, DataError)
NOT_DRAFT = "Only drafts can be deleted. What readers have seen is withdrawn instead, with a reason."


def in_both_scripts(name: str, name_ar: str = "") -> SafeString:
    """A name with its Arabic form beside it, each in its own direction."""
    if not name_ar:
        return format_html('<bdi dir="auto">{}</bdi>', name)
    return format_html(
        '<bdi dir="auto">{}</bdi> <bdi class="border-arabic" lang="ar" dir="rtl">{}</bdi>', name, name_ar
    )


def named(path: str, description: str = "") -> Callable[[Any], SafeString]:
    """A column of a list: the record at the end of ``path``, in both scripts; in the order of its names."""

    def column(record: Any) -> SafeString | str:
        target = attrgetter(path.replace("__", "."))(record)
        return "–" if target is None else in_both_scripts(target.name, target.name_ar)

    column.__name__ = path
    return display(description=description or path.split("__", maxsplit=1)[0], ordering=f"{path}__name")(
        column
    )


def refusal_message(error: Exception) -> str:
    """What the database said when it refused a row, in the words of the rule where one is named."""
    diagnosis = getattr(error.__cause__, "diag", None)
    said = getattr(diagnosis, "message_primary", None) or str(error)
    name = getattr(diagnosis, "constraint_name", None)
    table = getattr(diagnosis, "table_name", None)
    if not name:
        return said
    models_here = {
        *admin.site._registry,
        *(part for record in admin.site._registry for part, _ in parts(record)),
    }
    for rule in (
        rule for model in models_here if model._meta.db_table == table for rule in model._meta.constraints
    ):
        if rule.name == name:
            return str(rule.get_violation_error_message())
    return said.removeprefix(f"{name}: ")


class OwnedRows(Inputs):
    """Rows that a record owns, fetched with what they point to.

    ``keys`` add a row; ``again`` are the fields that come along to the next of a series.
    """

    keys: ClassVar[tuple[RowKey, ...]] = ()
    again: ClassVar[tuple[str, ...]] = ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        """As Django's, with whatever a row calls itself by."""
        rows = super().get_queryset(request)  # type: ignore[misc]
        related = [field.name for field in self.opts.fields if field.many_to_one]  # type: ignore[attr-defined]
        return rows.select_related(*related)


class Rows(OwnedRows, StackedInline):
    """Rows that a record owns, one under the other in a tab of their own."""

    template = "admin/rows.html"
    formset = NumberedFormSet
    extra = 0
    tab = True


class TableRows(OwnedRows, TabularInline):
    """Rows that a record owns, as a table in a tab of their own."""

    formset = NumberedFormSet
    extra = 0
    tab = True


class NameRows(Rows):
    """The further names of a record."""

    keys = (RowKey("n", "name", "text"),)
    verbose_name = "name"
    verbose_name_plural = "names"
    fields = [
        ("text", "language"), ("kind", "sub_kind"), ("period", "used_by"), ("source", "ambiguous"), "note",
    ]  # fmt: skip


class ReadOnlyAdmin(ModelAdmin):
    """Rows that the site itself writes, for reading."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


class RecordAdmin(Inputs, ModelAdmin):
    """The pages of a reviewed noun.

    ``pieces`` are templates that a class adds to its pages, by place: ``above_form``, ``below_form``, ``above_list``.
    Those of all its bases are shown, where an attribute of the skin would let one hide the others.
    """

    pieces: ClassVar[dict[str, str]] = {}
    change_form_before_template = "admin/above_form.html"
    change_form_outer_after_template = "admin/below_form.html"
    list_before_template = "admin/above_list.html"

    form = RecordForm
    slug_from: ClassVar[tuple[str, ...]] = ()
    # Plain fields that may be set for many records at once: never the slug, the status, a name or a date.
    together: ClassVar[tuple[str, ...]] = ()
    # Texts that come along to the next of a series; what is chosen comes by itself.
    again: ClassVar[tuple[str, ...]] = ()
    list_per_page = 50
    list_filter_submit = True
    list_fullwidth = True
    show_full_result_count = False
    warn_unsaved_form = True
    search_help_text = "Any name, in any script, or a slug."

    # What its pages are made of.

    @property
    def above_form(self) -> list[str]:
        """The templates above its form."""
        return self._placed("above_form")

    @property
    def below_form(self) -> list[str]:
        """The templates below its form, outside of it."""
        return self._placed("below_form")

    @property
    def above_list(self) -> list[str]:
        """The templates above its list."""
        return self._placed("above_list")

    def _placed(self, place: str) -> list[str]:
        own = (vars(base).get("pieces", {}) for base in type(self).__mro__)
        return [pieces[place] for pieces in own if place in pieces]

    # How a record is called.

    def labelled(self, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """``queryset`` with what `label` shows, so that a label costs no query of its own."""
        return queryset

    def label_parts(self, record: Any) -> list[str]:
        """What tells ``record`` from its namesakes, the name first."""
        return [str(record), *([record.slug] if str(record) != record.slug else [])]

    def label(self, record: Any) -> str:
        """One line that tells ``record`` from its namesakes: its names, kind and place."""
        return " · ".join(part for part in self.label_parts(record) if part)

    # Lists.

    @display(
        description="status",
        ordering="status",
        label={"Draft": "warning", "In review": "info", "Published": "success", "Withdrawn": "danger"},
    )
    def standing(self, record: Any) -> str:
        """Where the record stands on its way to readers."""
        return record.get_status_display()

    @display(description="date", ordering="possible")
    def when(self, record: Any) -> SafeString:
        """The date as the curator wrote it, in the order of time."""
        ends = (getattr(record, record.dated_by) or "–").split("/")
        days = format_html_join(
            mark_safe("/<wbr>"), '<span class="border-day">{}</span>', ((end,) for end in ends)
        )
        return format_html('<bdi dir="ltr">{}</bdi>', days)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[Any]:
        """A list that writes its own rows."""
        return Listing

    def standing_ones(self, queryset: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Those of ``queryset`` that can still be chosen in a form."""
        return queryset

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """Records that any name answers, in any script and however spelt; the best answers first."""
        if not search_term.strip() or not hasattr(queryset, "named"):
            return super().get_search_results(request, queryset, search_term)
        return ranked(queryset, search_term, keep_order="o" in request.GET), False

    # Forms.

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """As Django's; the second time round it says what the database refused."""
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal, form.slug_from = getattr(request, "refusal", ""), self.slug_from
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """As declared; a change may say why."""
        fieldsets = [*super().get_fieldsets(request, obj)]
        if obj is not None and self.has_change_permission(request, obj):
            fieldsets.append(("This change", {"fields": ["why", "seen"]}))
        return fieldsets

    def get_inline_formsets(
        self, request: HttpRequest, formsets: Any, inline_instances: Any, obj: Any = None
    ) -> Any:
        """As Django's; rows are drawn from a pattern."""
        found = super().get_inline_formsets(request, formsets, inline_instances, obj)
        return [RowSet.of(rows) for rows in found]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """As declared; a slug never changes once saved."""
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj is not None else [])]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """As Django's; what only the database can refuse comes back as an error of the form, nothing typed is lost."""
        why = request.POST.get("why", "").strip()
        with pghistory.context(**({"why": why} if why else {})):
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)
            except Refusal as error:
                if hasattr(request, "refusal"):
                    raise
                request.refusal = refusal_message(error)  # type: ignore[attr-defined]
                return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """As Django's; rules that wait for the end of the transaction speak now, while the form can still show them."""
        super().save_related(request, form, formsets, change)
        check_now()

    # Deleting.

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only drafts are deleted."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.status == Status.DRAFT)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """As Django's; records that are no drafts are named as what stands in the way."""
        to_delete, counts, lacking, protected = super().get_deleted_objects(objs, request)
        kept = [
            f"{record} is {record.get_status_display().lower()}. {NOT_DRAFT}"
            for record in objs
            if record.status != Status.DRAFT
        ]
        if kept and super().has_delete_permission(request):
            return to_delete, counts, lacking - {self.opts.verbose_name}, [*kept, *protected]
        return to_delete, counts, lacking, protected

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """As Django's; a refusal by the database is a message."""
        try:
            with transaction.atomic():
                return super().delete_view(request, object_id, extra_context)
        except Refusal as error:
            self.message_user(request, refusal_message(error), messages.ERROR)
            return HttpResponseRedirect(
                reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
            )

    def response_action(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """As Django's; a refusal by the database is a message."""
        try:
            with transaction.atomic():
                return super().response_action(request, queryset)
        except Refusal as error:
            self.message_user(request, refusal_message(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())
