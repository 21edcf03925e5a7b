"""What a dataset's licence keeps from readers, whichever door it is published by."""

from collections.abc import Iterator

from border.documents.planning import among
from border.publication.endpoints import ENDPOINTS
from border.publication.review import Records, obstacle
from events.models import ExternalRecord
from sources.models import Source

_MOST = 20


@obstacle
def not_ours_to_pass_on(grouped: Records) -> Iterator[str]:
    """Events that were made from rows of a dataset that may not be passed on: every word in them is its own."""
    events = grouped.get(ENDPOINTS["events"])
    if not events:
        return
    # Asked first: mostly there are none, and the rows of the others are many.
    kept_back = list(Source.objects.filter(redistributable=False).values_list("pk", flat=True))
    if not kept_back:
        return
    made = ExternalRecord.objects.filter(event__in=among(events), release__in=kept_back).exclude(told={})
    for slug, release in made.order_by("event__slug").values_list("event__slug", "release__slug")[:_MOST]:
        yield (
            f"events/{slug} was made from {release}, which may not be passed on. Write an event of your own from sources "
            "that may, and say that the two are the same."
        )
