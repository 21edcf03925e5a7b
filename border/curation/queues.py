"""Queues: what waits for whom. Each is a question about records of every noun that a person may see."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from border.curation.models import Assignment, Comment
from border.documents.sql import quoted
from border.kernel.records import Status
from border.publication.endpoints import ENDPOINTS, Endpoint
from border.publication.review import owned


def review_queue(user: Any) -> dict[str, QuerySet[Any]]:
    """Records that await a review by ``user``, by endpoint: theirs by assignment or nobody's, and not their own work."""
    return {
        endpoint.name: awaiting(endpoint, user)
        for endpoint in _seen_by(user)
        if user.has_perm("publication.publish")
    }


def awaiting(endpoint: Endpoint, user: Any) -> QuerySet[Any]:
    """Records of one endpoint that ``user`` may be asked to review, and that nobody else is."""
    return (
        endpoint.model._default_manager.filter(status=Status.IN_REVIEW)
        .filter(~Exists(assigned(endpoint).exclude(reviewer=user)))
        .filter(~written_by(endpoint, user))
    )


def sent_back_to(user: Any) -> dict[str, QuerySet[Any]]:
    """Records that a reviewer sent back to ``user``, who wrote what awaits review in them, by endpoint."""
    return {
        endpoint.name: endpoint.model._default_manager.filter(
            Exists(said_of(endpoint).sending_back()), written_by(endpoint, user)
        )
        for endpoint in _seen_by(user)
    }


def comments_for(user: Any) -> QuerySet[Comment]:
    """Open comments to ``user``: addressed to them, or to nobody and about a record with unreviewed work of theirs.

    Only about records of a kind that they may see.
    """
    mine = Q(pk__in=[])
    for endpoint in _seen_by(user):
        written = endpoint.model._default_manager.filter(written_by(endpoint, user)).values("slug")
        mine |= Q(endpoint=endpoint.name) & (Q(addressee=user) | Q(addressee=None, slug__in=written))
    return Comment.objects.open().exclude(author=user).filter(mine)


def assigned(endpoint: Endpoint) -> QuerySet[Assignment]:
    """The assignment of the record at hand, in a question about the records of ``endpoint``."""
    return Assignment.objects.filter(endpoint=endpoint.name, slug=OuterRef("slug"))


def said_of(endpoint: Endpoint) -> Any:
    """The comments on the record at hand, in a question about the records of ``endpoint``."""
    return Comment.objects.filter(endpoint=endpoint.name, slug=OuterRef("slug"))


def written_by(endpoint: Endpoint, user: Any) -> Q:
    """Records that ``user`` changed, or something that belongs to them, since they were last reviewed."""
    # In SQL: composed by Django, the questions of the desk take longer to write than to answer.
    theirs = " UNION ALL ".join(
        f'SELECT h."{owner}" AS id, h.pgh_id FROM {quoted(model.pgh_event_model)} h '
        "JOIN pghistory_context c ON c.id = h.pgh_context_id "
        "WHERE c.metadata->'user' = to_jsonb(%s::bigint) AND c.metadata->>'via' IS DISTINCT FROM 'review'"
        for model, owner in [(endpoint.model, "pgh_obj_id"), *owned(endpoint.model)]
    )
    unreviewed = (
        f"SELECT t.id FROM ({theirs}) t JOIN {quoted(endpoint.model)} w ON w.id = t.id WHERE t.pgh_id > coalesce("
        "(SELECT max(v.history) FROM publication_review v WHERE v.endpoint = %s AND v.slug = w.slug), 0)"
    )
    asked = [user.pk] * (1 + len(owned(endpoint.model)))
    return Q(pk__in=RawSQL(unreviewed, [*asked, endpoint.name]))  # noqa: S611 - names from the models, values as parameters


def _seen_by(user: Any) -> list[Endpoint]:
    return [
        endpoint
        for endpoint in ENDPOINTS.values()
        if user.has_perm(f"{endpoint.model._meta.app_label}.view_{endpoint.model._meta.model_name}")
    ]
