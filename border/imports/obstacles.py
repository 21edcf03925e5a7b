"""What a dataset's licence keeps from readers, whichever door it is published by."""

from collections.abc import Iterator

from border.publication.endpoints import ENDPOINTS
from border.publication.review import Records, obstacle
from events.models import ExternalRecord

_MOST = 20


@obstacle
def not_ours_to_pass_on(grouped: Records) -> Iterator[str]:
    """Events that were made from rows of a dataset that may not be passed on: every word in them is its own."""
    made = ExternalRecord.objects.filter(
        event__in=grouped.get(ENDPOINTS["events"], []), release__redistributable=False
    ).exclude(told={})
    for slug, release in made.order_by("event__slug").values_list("event__slug", "release__slug")[:_MOST]:
        yield (
            f"events/{slug} was made from {release}, which may not be passed on. Write an event of your own from sources "
            "that may, and say that the two are the same."
        )
