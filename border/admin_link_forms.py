"""The forms of links: which pairs are shown, and from which score on they are taken for the same."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from border.admin_import_forms import ReasonForm
from border.documents.sql import quoted
from border.kernel.records import Status
from border.links.models import Candidate
from events.models import Event
from territories.models import Containment, Territory


class DatasetsForm(forms.Form):
    """Of which two datasets."""

    datasets = forms.ChoiceField(label="Datasets", required=False)

    def __init__(self, *args: Any, datasets: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["datasets"].choices = [("", "All"), *((one, one) for one in datasets)]  # type: ignore[attr-defined]


class QueueForm(DatasetsForm):
    """Which pairs of the queue are shown."""

    territory = forms.CharField(
        label="Territory",
        required=False,
        max_length=100,
        help_text="The slug of a territory: pairs in it and in what lies in it.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    least = forms.FloatField(label="Score from", required=False, min_value=0, max_value=1)
    most = forms.FloatField(label="Score to", required=False, min_value=0, max_value=1)

    def clean_territory(self) -> str:
        """A territory that there is."""
        slug = self.cleaned_data["territory"].strip()
        if slug and not Territory.objects.filter(slug=slug).exists():
            raise forms.ValidationError("There is no territory of this slug.")
        return str(slug)

    def narrowed(self, found: Any) -> QuerySet[Candidate]:
        """Those of ``found`` that were asked for."""
        asked = self.cleaned_data
        found = found.between(asked["datasets"])
        if asked["least"] is not None:
            found = found.filter(score__gte=asked["least"])
        if asked["most"] is not None:
            found = found.filter(score__lte=asked["most"])
        if asked["territory"]:
            events = Event.objects.filter(territory__in=_inside(asked["territory"])).values("pk")
            found = found.filter(first__in=events) | found.filter(second__in=events)
        return found


def _inside(slug: str) -> list[int]:
    """The ids of a territory and of all that ever lay in it."""
    sql = f"""WITH RECURSIVE inside(id) AS (
        SELECT id FROM {quoted(Territory)} WHERE slug = %s
        UNION SELECT c.child_id FROM inside JOIN {quoted(Containment)} c ON c.parent_id = inside.id AND c.status <> %s
    ) SELECT id FROM inside"""
    return [one.pk for one in Territory.objects.raw(sql, [slug, Status.WITHDRAWN.value])]


class ThresholdForm(DatasetsForm):
    """From which score on pairs are taken for the same."""

    threshold = forms.FloatField(
        label="Threshold",
        min_value=0.01,
        max_value=1,
        help_text="The score from which on a pair is taken for the same.",
        widget=forms.NumberInput(attrs={"step": "0.01"}),
    )
    field_order = ("threshold", "datasets", "reason")


class AboveForm(ThresholdForm, ReasonForm):
    """From which score on pairs are taken for the same, and why."""
