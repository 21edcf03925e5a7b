"""What the pages of the admin share, and all that they owe to its skin (django-unfold).

Nothing else in the project imports unfold: another skin, or none, is a change to this file.
"""

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Any, ClassVar

import pghistory
from anyascii import anyascii
from django import forms
from django.contrib import admin, messages
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, InternalError, connection, models, transaction
from django.db.models import Max
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import slugify
from unfold.admin import ModelAdmin, StackedInline, TabularInline
from unfold.contrib.filters.admin import AutocompleteSelectFilter as RelatedFilter
from unfold.contrib.filters.admin import BooleanRadioFilter as YesNoFilter
from unfold.contrib.filters.admin import ChoicesDropdownFilter as ChoiceFilter
from unfold.contrib.filters.admin import DropdownFilter, RangeNumericListFilter
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, PaginationInlineFormSet, UserChangeForm, UserCreationForm
from unfold.sites import UnfoldAdminSite as SkinnedSite
from unfold.widgets import (
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldAdminURLInputWidget,
)

from border.admin_search import ranked
from border.kernel.dates import EDTFField
from border.kernel.records import Status
from border.widgets import EDTFInput, PointInput

__all__ = [
    "AdminPasswordChangeForm",
    "ChoiceFilter",
    "DropdownFilter",
    "ModelAdmin",
    "NameRows",
    "RangeNumericListFilter",
    "ReadOnlyAdmin",
    "RecordAdmin",
    "RelatedFilter",
    "Rows",
    "SkinnedSite",
    "TableRows",
    "TextAreaWidget",
    "UserChangeForm",
    "UserCreationForm",
    "YesNoFilter",
    "display",
    "in_both_scripts",
    "named",
]

Refusal = (IntegrityError, InternalError, DataError)
NOT_DRAFT = "Only drafts can be deleted. What readers have seen is withdrawn instead, with a reason."


class TextWidget(UnfoldAdminTextInputWidget):
    """One line of text."""


class DateWidget(EDTFInput, UnfoldAdminTextInputWidget):
    """A date or period, under which stands how it is understood."""


class LongitudeWidget(PointInput, UnfoldAdminDecimalFieldWidget):
    """The longitude of a point, under which a map shows and sets the whole point."""


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
    return display(description=description or path.split("__", maxsplit=1)[0], ordering=f"{path}__name")(column)


def refusal_message(error: Exception) -> str:
    """What the database said when it refused a row, in the words of the rule where one is named."""
    diagnosis = getattr(error.__cause__, "diag", None)
    said = getattr(diagnosis, "message_primary", None) or str(error)
    name = getattr(diagnosis, "constraint_name", None)
    table = getattr(diagnosis, "table_name", None)
    if not name:
        return said
    for model in admin.site._registry.keys() | {
        part for record in admin.site._registry for part in parts(record)
    }:
        if model._meta.db_table == table:
            for rule in model._meta.constraints:
                if rule.name == name:
                    return str(rule.get_violation_error_message())
    return said.removeprefix(f"{name}: ")


def parts(model: type[models.Model]) -> list[type[models.Model]]:
    """The models whose rows are owned by those of ``model``: its citations, names and so on."""
    return [
        relation.related_model
        for relation in model._meta.related_objects
        if relation.on_delete is models.CASCADE and not hasattr(relation.related_model, "pgh_tracked_model")
    ]


class TextAreaWidget(UnfoldAdminTextareaWidget):
    """Several lines of text."""


class RecordChoice(forms.ModelChoiceField):
    """A choice among records, shown by a label that tells namesakes apart."""

    def __init__(self, *args: Any, label_of: Callable[[Any], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_of = label_of

    def label_from_instance(self, obj: Any) -> str:
        """The label that the record's own admin gives it."""
        return self.label_of(obj)


class Inputs:
    """The inputs of a form: dates say how they are read, points have a map, foreign keys are looked up by name."""

    formfield_overrides = {
        EDTFField: {"widget": DateWidget},
        models.TextField: {"widget": UnfoldAdminTextareaWidget(attrs={"rows": 3})},
        models.URLField: {"widget": UnfoldAdminURLInputWidget, "assume_scheme": "https"},
        ArrayField: {"widget": TextWidget(attrs={"placeholder": "SY, IQ", "dir": "ltr"})},
    }

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """As Django's, in the direction that the text is written in."""
        if db_field.name == "longitude":
            kwargs["widget"] = LongitudeWidget()
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(db_field, models.CharField | models.TextField):
            if db_field.name == "name_ar":
                field.widget.attrs.update(dir="rtl", lang="ar")
            elif not db_field.choices:
                field.widget.attrs.setdefault("dir", "auto")
        return field

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """As Django's; a record that is already chosen shows the label by which it was found."""
        target = self.admin_site._registry.get(db_field.remote_field.model)  # type: ignore[attr-defined]
        if isinstance(target, RecordAdmin):
            kwargs.setdefault("queryset", target.labelled(target.model._default_manager.all()))
            kwargs["form_class"] = partial(RecordChoice, label_of=target.label)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Every foreign key to a record that has an admin of its own."""
        registry = self.admin_site._registry  # type: ignore[attr-defined]
        return [
            field.name
            for field in self.opts.fields  # type: ignore[attr-defined]
            if field.many_to_one and isinstance(registry.get(field.remote_field.model), RecordAdmin)
        ]


class NumberedFormSet(PaginationInlineFormSet):
    """Rows that are numbered within their record, like footnotes: a new one takes the next number."""

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Any:
        """As Django's, with the number given."""
        if "number" not in form.fields and hasattr(form.instance, "number"):
            taken = self.queryset.aggregate(highest=Max("number"))["highest"] if self.instance.pk else None
            self.given = max(getattr(self, "given", 0), taken or 0) + 1
            form.instance.number = self.given
        return super().save_new(form, commit)


class Rows(Inputs, StackedInline):
    """Rows that a record owns, one under the other in a tab of their own."""

    formset = NumberedFormSet
    extra = 0
    tab = True


class TableRows(Inputs, TabularInline):
    """Rows that a record owns, as a table in a tab of their own."""

    formset = NumberedFormSet
    extra = 0
    tab = True


class NameRows(Rows):
    """The further names of a record."""

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


class RecordForm(forms.ModelForm):
    """A form for a record: its slug may be left empty, and a change may say why."""

    refusal: ClassVar[str] = ""
    slug_from: ClassVar[tuple[str, ...]] = ()

    why = forms.CharField(
        label="Reason for this change",
        required=False,
        max_length=500,
        widget=TextWidget(attrs={"dir": "auto"}),
        help_text="Kept in the history beside what was changed.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields and self.slug_from:
            self.fields["slug"].required = False
            self.fields["slug"].help_text += " Leave it empty to have one made."

    def clean(self) -> dict[str, Any]:
        """As Django's, with a slug; says what the database refused when this form was first sent."""
        cleaned = super().clean() or self.cleaned_data
        if self.refusal:
            raise ValidationError(self.refusal, code="refused")
        if "slug" in self.fields and not cleaned.get("slug") and "slug" not in self.errors:
            if not (stem := self._stem(cleaned)):
                if all(name in cleaned for name in self.slug_from):
                    self.add_error("slug", "Write a slug: none can be made from the other fields.")
                return cleaned
            cleaned["slug"] = self._free(stem)
        return cleaned

    def _stem(self, cleaned: dict[str, Any]) -> str:
        values = [cleaned.get(name) for name in self.slug_from]
        words = [getattr(value, "slug", value) for value in values if value]
        return slugify(anyascii(" ".join(map(str, words))).replace("_", "-").replace("'", ""))[:90].strip("-")

    def _free(self, stem: str) -> str:
        taken = set(
            self._meta.model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True)
        )
        free = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
        return stem if stem not in taken else next(slug for slug in free if slug not in taken)


class RecordAdmin(Inputs, ModelAdmin):
    """The pages of a reviewed noun."""

    form = RecordForm
    slug_from: ClassVar[tuple[str, ...]] = ()
    list_per_page = 50
    list_filter_submit = True
    list_fullwidth = True
    show_full_result_count = False
    warn_unsaved_form = True
    search_help_text = "Any name, in any script, or a slug."

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
        return format_html('<bdi dir="ltr">{}</bdi>', getattr(record, record.dated_by) or "–")

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet[Any], search_term: str
    ) -> tuple[models.QuerySet[Any], bool]:
        """Records that any name answers, in any script and however spelt; the best answers first."""
        spelt, duplicates = super().get_search_results(request, queryset, search_term)
        if not search_term.strip() or not hasattr(queryset, "named"):
            return spelt, duplicates
        return ranked(queryset, spelt, search_term, keep_order="o" in request.GET), False

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
            fieldsets.append(("This change", {"fields": ["why"]}))
        return fieldsets

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
        connection.check_constraints()

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
