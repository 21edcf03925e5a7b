"""The forms of the admin: dates that say how they are read, points with a map, look-ups by name, slugs made."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar, Self

from anyascii import anyascii
from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.text import slugify

from border.admin_skin import InlineFormSet, NumberInput, TextArea, TextInput, URLInput
from border.kernel.dates import EDTFField
from border.widgets import EDTFInput, PointInput


class DateWidget(EDTFInput, TextInput):
    """A date or period, under which stands how it is understood."""


class LongitudeWidget(PointInput, NumberInput):
    """The longitude of a point, under which a map shows and sets the whole point."""


class ChosenRecords:
    """Records that were fetched for all rows of a form at once, asked as a look-up asks its own table."""

    def __init__(self, records: dict[Any, Any]) -> None:
        self.records = records

    def using(self, alias: str | None) -> Self:
        """These records, which are from one database."""
        return self

    def filter(self, **lookup: Iterable[str]) -> list[Any]:
        """Those whose keys are looked up."""
        return [
            record for (keys,) in [lookup.values()] for key, record in self.records.items() if key in keys
        ]


class RecordChoices(ModelChoiceIterator):
    """The records to choose from, or those that are known to be chosen."""

    def __init__(self, field: "RecordChoice") -> None:
        super().__init__(field)
        if field.chosen is not None:
            self.queryset = field.chosen  # type: ignore[assignment]


class RecordChoice(forms.ModelChoiceField):
    """A choice among records, shown by a label that tells namesakes apart."""

    iterator = RecordChoices
    chosen: ChosenRecords | None = None

    def __init__(self, *args: Any, label_of: Callable[[Any], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_of = label_of

    def know(self, chosen: ChosenRecords) -> None:
        """Show the chosen record without asking for it again."""
        self.chosen = chosen
        self.widget.choices = self.choices

    def label_from_instance(self, obj: Any) -> str:
        """The label that the record's own admin gives it."""
        return self.label_of(obj)


class Inputs:
    """The inputs of a form: dates say how they are read, points have a map, foreign keys are looked up by name."""

    formfield_overrides = {
        EDTFField: {"widget": DateWidget},
        models.TextField: {"widget": TextArea(attrs={"rows": 3})},
        models.URLField: {"widget": URLInput, "assume_scheme": "https"},
        ArrayField: {"widget": TextInput(attrs={"placeholder": "SY, IQ", "dir": "ltr"})},
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

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """As Django's; where nothing is the default nothing is chosen, so that no first word is saved unseen."""
        if not db_field.has_default():
            kwargs.setdefault("choices", db_field.get_choices(blank_choice=[("", "Select value")]))
        return super().formfield_for_choice_field(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """As Django's; a record that is already chosen shows the label by which it was found."""
        target = self.admin_site._registry.get(db_field.remote_field.model)  # type: ignore[attr-defined]
        if hasattr(target, "labelled"):
            kwargs.setdefault("queryset", target.labelled(target.model._default_manager.all()))
            kwargs["form_class"] = partial(RecordChoice, label_of=target.label)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        """Every foreign key to a record that has an admin of its own."""
        registry = self.admin_site._registry  # type: ignore[attr-defined]
        return [
            field.name
            for field in self.opts.fields  # type: ignore[attr-defined]
            if field.many_to_one and hasattr(registry.get(field.remote_field.model), "labelled")
        ]


class RowFormSet(InlineFormSet):
    """Rows of a record, whose look-ups fetch what is chosen in all of them at once."""

    @cached_property
    def forms(self) -> list[Any]:
        """As Django's; each look-up knows the records that are chosen."""
        rows = super().forms
        for name, field in rows[0].fields.items() if rows else ():
            if isinstance(field, RecordChoice):
                keys = {str(value) for row in rows if (value := row[name].value()) not in field.empty_values}
                wanted: Any = field.queryset
                found = wanted.in_bulk([key for key in keys if key.isdecimal() and len(key) < 19])
                chosen = ChosenRecords({str(key): record for key, record in found.items()})
                for row in rows:
                    row.fields[name].know(chosen)
        return rows


class NumberedFormSet(RowFormSet):
    """Rows that are numbered within their record, like footnotes: a new one takes the next number."""

    def save_new(self, form: forms.ModelForm, commit: bool = True) -> Any:
        """As Django's, with the number given."""
        if "number" not in form.fields and hasattr(form.instance, "number"):
            taken = self.queryset.aggregate(highest=Max("number"))["highest"] if self.instance.pk else None
            self.given = max(getattr(self, "given", 0), taken or 0) + 1
            form.instance.number = self.given
        return super().save_new(form, commit)


class RecordForm(forms.ModelForm):
    """A form for a record: its slug may be left empty, and a change may say why."""

    refusal: ClassVar[str] = ""
    standing: ClassVar[str] = ""
    slug_from: ClassVar[tuple[str, ...]] = ()

    why = forms.CharField(
        label="Reason for this change",
        required=False,
        max_length=500,
        widget=TextInput(attrs={"dir": "auto"}),
        help_text="Kept in the history beside what was changed.",
    )

    # The versions of the record and its rows that the form showed.
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            self.initial["seen"] = self.standing
        if "slug" in self.fields and self.slug_from:
            self.fields["slug"].required = False
            self.fields["slug"].help_text += " Leave it empty to have one made."

    def add_prefix(self, field_name: str) -> str:
        """As Django's; the skin would take a posted ``dataset`` for its own and throw the form away."""
        return super().add_prefix("dataset_name" if field_name == "dataset" else field_name)

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
