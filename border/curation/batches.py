"""What an import touched, and how much of it awaits a review."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from border.curation.comparison import summaries
from border.publication import operations
from border.publication.endpoints import ENDPOINTS, Endpoint, endpoint_of
from border.publication.review import owned
from sources.models import Batch

SAMPLE = 5


@dataclass(frozen=True)
class Share:
    """What an import touched of one noun: how many records, those that readers do not see so, and a few of them."""

    endpoint: Endpoint
    touched: int
    waiting: int
    fresh: int
    sample: list[tuple[Any, list[str]]]


def written_in(endpoint: Endpoint, batch: int) -> Q:
    """Records that the import numbered ``batch`` wrote, or something that belongs to them, as the history says."""
    found = Q(pk__in=[])
    for model, owner in [(endpoint.model, "pgh_obj_id"), *owned(endpoint.model)]:
        written = model.pgh_event_model.objects.filter(pgh_context__metadata__batch=batch)
        found |= Q(pk__in=written.values(owner))
    return found


def touched(batch: Batch) -> Iterator[tuple[Endpoint, QuerySet[Any]]]:
    """The records that ``batch`` wrote, by endpoint."""
    for endpoint in ENDPOINTS.values():
        yield endpoint, endpoint.model._default_manager.filter(written_in(endpoint, batch.pk))


def waiting(batch: Batch) -> list[QuerySet[Any]]:
    """Those records that readers do not see as they stand, one QuerySet for each noun that has any.

    Sources that are not public are left out, as `manage.py publish` does, and so is what was withdrawn.
    """
    records = [found.exclude(status="withdrawn") for _, found in touched(batch)]
    meant = [
        found.filter(sensitivity="public") if found.model is ENDPOINTS["sources"].model else found
        for found in records
    ]
    return operations.differing(*meant)


def shares(batch: Batch, open_records: list[QuerySet[Any]]) -> list[Share]:
    """What ``batch`` touched, noun by noun, of which ``open_records`` await a review; in a few questions a noun."""
    counts = {endpoint: found.count() for endpoint, found in touched(batch)}
    by_endpoint = {endpoint_of(found.model): found for found in open_records}
    return [_share(endpoint, count, by_endpoint.get(endpoint)) for endpoint, count in counts.items() if count]


def _share(endpoint: Endpoint, count: int, found: QuerySet[Any] | None) -> Share:
    if found is None:
        return Share(endpoint, count, 0, 0, [])
    public = endpoint.published._default_manager.filter(known__upper_inf=True).values("slug")
    some = list(found.order_by("slug")[:SAMPLE])
    changes = summaries(endpoint, [record.pk for record in some])
    return Share(
        endpoint,
        count,
        found.count(),
        found.exclude(slug__in=public).count(),
        [(record, changes[record.pk]) for record in some],
    )
