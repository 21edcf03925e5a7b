"""The forms of names of datasets: which are listed, who or where is meant, and why decisions are applied."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.http import QueryDict

from actors.models import Actor
from border.admin_skin import TextArea
from border.history.undo import LONGEST_REASON
from border.imports.choices import Answer
from border.imports.deciding import Said
from border.imports.models import Import, Meant, PlaceReading
from border.imports.queue import STATES, Asked, datasets
from border.kernel.records import Status
from border.kernel.writing import refuse
from territories.models import Territory

WHAT = {"actors": "Actors", "places": "Places"}
FIRST = "first"


class AskedForm(forms.Form):
    """Which names are listed. What cannot be meant is not asked for."""

    what = forms.ChoiceField(choices=list(WHAT.items()), required=False, label="Names of")
    state = forms.ChoiceField(choices=list(STATES.items()), required=False, label="State")
    dataset = forms.CharField(required=False, max_length=60, label="Dataset")
    of = forms.IntegerField(required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput)
    q = forms.CharField(
        required=False,
        max_length=200,
        label="Name",
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )

    def __init__(self, sent: QueryDict) -> None:
        super().__init__(sent)
        what = sent.get("what") if sent.get("what") in WHAT else "actors"
        known = [("", "All"), *((name, name) for name in datasets(str(what)))]
        self.fields["dataset"].widget = forms.Select(choices=known)
        for name, usual in (("what", "actors"), ("state", "waiting")):
            self.fields[name].initial = usual

    @property
    def asked(self) -> Asked:
        """What is asked for."""
        self.full_clean()
        said = self.cleaned_data
        return Asked(
            what=said.get("what") or "actors",
            state=said.get("state") or "waiting",
            dataset=said.get("dataset") or "",
            of=said.get("of"),
            q=(said.get("q") or "").replace("\0", "").strip(),
        )


class _Labelled:
    """A choice of records that shows what tells each from its namesakes."""

    def label_from_instance(self, obj: Any) -> str:
        """The label that the record's own admin gives it."""
        shown: Any = admin.site._registry[type(obj)]
        return str(shown.label(obj))


class ActorsField(_Labelled, forms.ModelMultipleChoiceField):
    """Actors that stand, looked up by name."""


class TerritoryField(_Labelled, forms.ModelChoiceField):
    """A territory that stands, looked up by name."""


class AnswerForm(forms.Form):
    """Who or where is meant: looked up by name."""

    def __init__(self, what: str, data: Any = None) -> None:
        super().__init__(data)
        self.what = what
        if what == "actors":
            self.fields["actors"] = ActorsField(
                Actor.objects.exclude(status=Status.WITHDRAWN),
                required=False,
                label="Actors",
                help_text="Of several, the one that existed on the day takes part.",
                widget=AutocompleteSelectMultiple(Meant._meta.get_field("actor"), admin.site),
            )
        else:
            self.fields["territory"] = TerritoryField(
                Territory.objects.exclude(status=Status.WITHDRAWN),
                required=False,
                label="Territory",
                widget=AutocompleteSelect(PlaceReading._meta.get_field("territory"), admin.site),
            )

    def said(self, answer: str) -> Said:
        """What is said, with what was looked up."""
        if self.what == "actors":
            return Said(Answer(answer), actors=tuple(sorted(one.pk for one in self.cleaned_data["actors"])))
        territory = self.cleaned_data["territory"]
        return Said(Answer(answer), territory=territory.pk if territory else None)


class TogetherForm(AnswerForm):
    """One answer for many names."""

    def __init__(self, what: str, data: Any = None) -> None:
        super().__init__(what, data)
        answers = [
            (FIRST, "The first candidate of each"),
            (Answer.THIS.value, "The one looked up here"),
            (Answer.NOBODY.value, Answer.NOBODY.label),
        ]
        if what == "places":
            answers.insert(2, (Answer.WITHIN.value, "Lies in the one looked up here"))
        self.fields["answer"] = forms.ChoiceField(choices=answers, label="Answer")
        self.order_fields(["answer"])


class ApplyForm(forms.Form):
    """Why decisions are applied, beside the names themselves."""

    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=LONGEST_REASON,
        help_text="Kept in the history, after the names that were decided.",
        widget=TextArea(attrs={"rows": 2, "dir": "auto"}),
    )

    def clean_reason(self) -> str:
        """A text that may be kept."""
        text: str = self.cleaned_data["reason"]
        if fault := refuse(text, multiline=True):
            raise forms.ValidationError(fault)
        return text


def import_of(asked: Asked) -> Import | None:
    """The import of which names are asked for."""
    return Import.objects.select_related("release").filter(pk=asked.of).first() if asked.of else None
