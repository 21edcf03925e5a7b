"""What a list says of its rows beyond their status: changed since readers saw them, how long they wait, for whom."""

import datetime as dt
from typing import Any

from django.db.models import Max
from django.utils import timezone

from border.admin_skin import display
from border.curation.models import Assignment
from border.kernel.records import Status
from border.publication import versions
from border.publication.endpoints import endpoint_of


class ReviewList:
    """A page of a list whose rows know it; two questions more for the whole page, none for a row."""

    def get_results(self, request: Any) -> None:
        """As Django's, and the rows are told about."""
        super().get_results(request)  # type: ignore[misc]
        rows = self.result_list = list(self.result_list)  # type: ignore[has-type]
        endpoint = endpoint_of(self.model)  # type: ignore[attr-defined]
        published = [row.pk for row in rows if row.status == Status.PUBLISHED]
        changed = set(versions.differing(endpoint, published)) if published else set()
        waiting = {row.pk: row for row in rows if row.status == Status.IN_REVIEW}
        since = _since(endpoint.model, list(waiting)) if waiting else {}
        asked = _asked(endpoint.name, [row.slug for row in waiting.values()]) if waiting else {}
        for row in rows:
            row.changed_since = row.pk in changed
            row.waits_since, row.waits_for = since.get(row.pk), asked.get(row.slug, "")


def _since(model: Any, ids: list[int]) -> dict[int, dt.datetime]:
    """When each record was last submitted."""
    steps = model.pgh_event_model.objects.filter(
        pgh_obj_id__in=ids, status=Status.IN_REVIEW, pgh_context__metadata__via="review"
    )
    return dict(steps.values_list("pgh_obj_id").annotate(Max("pgh_created_at")))


def _asked(endpoint: str, slugs: list[str]) -> dict[str, str]:
    rows: Any = Assignment.objects.about(endpoint, *slugs)
    return dict(rows.values_list("slug", "reviewer__username"))


@display(
    description="status",
    ordering="status",
    label={"draft": "warning", "in_review": "info", "published": "success", "withdrawn": "danger", "changed": "warning"},
)  # fmt: skip
def standing(self: Any, record: Any) -> tuple[str, str]:
    """Where the record stands on its way to readers, whether they see an older text, how long it waits and for whom."""
    if getattr(record, "changed_since", False):
        return "changed", "Published, changed since"
    told = record.get_status_display()
    if waits_for := getattr(record, "waits_for", ""):
        told = f"{told}, {waits_for}"
    if since := getattr(record, "waits_since", None):
        days = (timezone.now() - since).days
        told = f"{told}, {days} d" if days else f"{told}, today"
    return record.status, told
