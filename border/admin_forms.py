"""The forms of the admin: dates that say how they are read, points with a map, look-ups by name, slugs made."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from anyascii import anyascii
from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.http import HttpRequest
from django.utils.text import slugify

from border.admin_history import changes, latest
from border.admin_skin import InlineFormSet, NumberInput, TextArea, TextInput, URLInput
from border.kernel.dates import EDTFField
from border.widgets import EDTFInput, PointInput


class DateWidget(EDTFInput, TextInput):
    """A date or period, under which stands how it is understood."""


class LongitudeWidget(PointInput, NumberInput):
    """The longitude of a point, under which a map shows and sets the whole point."""


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


class NumberedFormSet(InlineFormSet):
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
    slug_from: ClassVar[tuple[str, ...]] = ()

    why = forms.CharField(
        label="Reason for this change",
        required=False,
        max_length=500,
        widget=TextInput(attrs={"dir": "auto"}),
        help_text="Kept in the history beside what was changed.",
    )

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            self.initial["seen"] = latest(self.instance)
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
        if cleaned.get("seen"):
            self._refuse_overwriting(cleaned["seen"])
        if "slug" in self.fields and not cleaned.get("slug") and "slug" not in self.errors:
            if not (stem := self._stem(cleaned)):
                if all(name in cleaned for name in self.slug_from):
                    self.add_error("slug", "Write a slug: none can be made from the other fields.")
                return cleaned
            cleaned["slug"] = self._free(stem)
        return cleaned

    def _refuse_overwriting(self, seen: int) -> None:
        """Raises ValidationError when somebody changed the record after this form was opened; the second time it may be saved."""
        # Locked, so that of two people who save at once one is told.
        self._meta.model._base_manager.select_for_update(of=("self",)).get(pk=self.instance.pk)
        since = [change for change in changes(self.instance) if change.sequence > seen]
        if since:
            sent = self.data.copy()  # type: ignore[attr-defined]
            sent["seen"] = str(since[0].sequence)
            self.data = sent
            people = ", ".join(sorted({change.who for change in since}))
            raise ValidationError(
                f"This was changed by {people} while you were writing, last at {since[0].at:%H:%M} UTC, and nothing of yours "
                "was saved yet. Look at its history in another tab; to put your text in the place of theirs, save again.",
                code="overwriting",
            )

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
