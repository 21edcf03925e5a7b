"""Filters of a list that the review brings: whose turn it is, and what readers do not see yet."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, QuerySet
from django.http import HttpRequest

from border.admin_skin import DropdownFilter
from border.curation import queues
from border.curation.authorship import changed_last
from border.curation.batches import written_in
from border.kernel.records import Status
from border.publication import versions
from border.publication.endpoints import Endpoint, endpoint_of
from sources.models import Batch

Ask = Callable[[Endpoint, QuerySet[Any], Any], QuerySet[Any]]


def _in_review(records: QuerySet[Any]) -> QuerySet[Any]:
    return records.filter(status=Status.IN_REVIEW)


def _mine(endpoint: Endpoint, records: QuerySet[Any], user: Any) -> QuerySet[Any]:
    queue = queues.review_queue(user).get(endpoint.name)
    return records.none() if queue is None else records.filter(pk__in=queue.values("pk"))


def _asked(endpoint: Endpoint, records: QuerySet[Any], user: Any) -> QuerySet[Any]:
    return _in_review(records).filter(Exists(queues.assigned(endpoint).filter(reviewer=user)))


def _unassigned(endpoint: Endpoint, records: QuerySet[Any], user: Any) -> QuerySet[Any]:
    return _in_review(records).filter(~Exists(queues.assigned(endpoint)))


def _others(endpoint: Endpoint, records: QuerySet[Any], user: Any) -> QuerySet[Any]:
    return _in_review(records).filter(Exists(queues.assigned(endpoint).exclude(reviewer=user)))


def _back(endpoint: Endpoint, records: QuerySet[Any], user: Any) -> QuerySet[Any]:
    return records.filter(Exists(queues.said_of(endpoint).sending_back()), queues.written_by(endpoint, user))


def _held(endpoint: Endpoint, records: QuerySet[Any], user: Any) -> QuerySet[Any]:
    return records.filter(Exists(queues.said_of(endpoint).sending_back()))


def _discussed(endpoint: Endpoint, records: QuerySet[Any], user: Any) -> QuerySet[Any]:
    return records.filter(Exists(queues.said_of(endpoint).open()))


def _addressed(endpoint: Endpoint, records: QuerySet[Any], user: Any) -> QuerySet[Any]:
    said = queues.comments_for(user).filter(endpoint=endpoint.name)
    return records.filter(slug__in=said.values("slug"))


class ReviewFilter(DropdownFilter):
    """Records by whose turn it is."""

    title = "review"
    parameter_name = "review"
    questions: dict[str, tuple[str, Ask]] = {
        "mine": ("To review by me", _mine),
        "asked": ("To review, I am asked", _asked),
        "unassigned": ("To review, nobody is asked", _unassigned),
        "others": ("To review, others are asked", _others),
        "back": ("Sent back to me", _back),
        "held": ("Sent back", _held),
        "comment": ("With an open comment to me", _addressed),
        "discussed": ("With open comments", _discussed),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Mine, others', sent back, commented on."""
        return [(value, label) for value, (label, _) in self.questions.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Rows in which it is that person's turn."""
        if self.value() not in self.questions:
            return queryset
        _, ask = self.questions[self.value()]
        return ask(endpoint_of(queryset.model), queryset, request.user)


class ReadersFilter(DropdownFilter):
    """Records by what readers see of them."""

    title = "readers see"
    parameter_name = "readers"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """An older text, some text, none."""
        return [("changed", "An older text"), ("any", "It, or an older text"), ("none", "Nothing of it")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Rows whose public version is not what the working copy says, or that have one, or none."""
        endpoint = endpoint_of(queryset.model)
        public = endpoint.published._default_manager.filter(known__upper_inf=True).values("slug")
        if self.value() == "changed":
            return queryset.filter(pk__in=changed_since(endpoint))
        if self.value() in {"any", "none"}:
            seen = queryset.filter(slug__in=public)
            return seen if self.value() == "any" else queryset.exclude(slug__in=public)
        return queryset


class BatchFilter(DropdownFilter):
    """Records by the import that wrote them."""

    title = "import"
    parameter_name = "batch"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The latest imports."""
        return [(str(batch.pk), str(batch)) for batch in Batch.objects.order_by("-pk")[:20]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Rows that the import wrote, or something that belongs to them."""
        if not (self.value() or "").isdigit():
            return queryset
        return queryset.filter(written_in(endpoint_of(queryset.model), int(self.value())))


def changed_since(endpoint: Endpoint) -> list[int]:
    """Ids of public records that readers do not see as they stand: one comparison of those that were touched.

    The history says which were changed since their review; only their documents are made and compared.
    """
    public = endpoint.published._default_manager.filter(known__upper_inf=True).values("slug")
    ids = list(endpoint.model._base_manager.filter(slug__in=public).values_list("pk", flat=True))
    return versions.differing(endpoint, sorted(changed_last(endpoint, ids)))
