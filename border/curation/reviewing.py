"""The steps of a review: submit, assign, accept and send back, publish, withdraw; and what people say meanwhile.

Every door for people (admin, commands) takes these steps here. `border.publication.operations` writes the published
record and knows of no assignments, comments or requirements.
"""

import hashlib
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from border.curation.authorship import changed_last
from border.curation.models import Acceptance, Assignment, Comment
from border.curation.requirements import unmet
from border.publication import operations, review
from border.publication.endpoints import endpoint_of
from border.publication.refusal import Outcome, PublicationRefused


def reviewers() -> QuerySet[Any]:
    """People who have the right to publish, by name."""
    people: Any = get_user_model()._default_manager
    return people.with_perm(
        "publication.publish", backend="django.contrib.auth.backends.ModelBackend"
    ).order_by("username")


@transaction.atomic
def submit(*records: Any, by: Any, reviewer: Any = None) -> None:
    """Ask for the review of ``records``, of ``reviewer`` where one is named. Raises PublicationRefused."""
    operations.submit(*records, by=by)
    if reviewer is not None:
        assign(*records, reviewer=reviewer, by=by)


@transaction.atomic
def assign(*records: Any, reviewer: Any, by: Any) -> None:
    """Ask ``reviewer`` to review ``records``, in the place of whoever was asked before.

    Raises PublicationRefused for a reviewer who may not publish, or who wrote any of it.
    """
    if not reviewer.has_perm("publication.publish"):
        raise PublicationRefused([f"{reviewer} may not publish: ask a reviewer."])
    grouped = operations.grouped_by_endpoint(records)
    written = [
        f"{endpoint.name}/{slug}"
        for endpoint, ids in grouped.items()
        for slug in _written(endpoint.model, ids, review.authors_of(endpoint, ids), reviewer)
    ]
    if written:
        raise PublicationRefused(
            [f"{one} has changes of {reviewer}: ask somebody else to review it." for one in written[:20]]
        )
    rows = [
        Assignment(
            endpoint=endpoint.name, slug=slug, reviewer=reviewer, assigned_by=by, assigned_at=timezone.now()
        )
        for endpoint, ids in grouped.items()
        for slug in _slugs(endpoint.model, ids)
    ]
    Assignment.objects.bulk_create(
        rows,
        batch_size=5000,
        update_conflicts=True,
        unique_fields=["endpoint", "slug"],
        update_fields=["reviewer", "assigned_by", "assigned_at"],
    )


def publish(*records: Any, by: Any, reason: str) -> Outcome:
    """Publish ``records`` as `operations.publish` does, where they have what they must have; their reviews end.

    Raises PublicationRefused.
    """
    with transaction.atomic():
        grouped = operations.grouped_by_endpoint(records)
        if lacking := unmet(grouped, must=True):
            raise PublicationRefused([*operations.obstacles(*records, by=by), *lacking])
        outcome = operations.publish(*records, by=by, reason=reason)
        _end(grouped)
    return outcome


def obstacles(*records: Any, by: Any) -> list[str]:
    """What is known beforehand to keep ``by`` from publishing ``records``: what they lack, and whose they are."""
    grouped = operations.grouped_by_endpoint(records)
    return [*operations.obstacles(*records, by=by), *unmet(grouped, must=True)]


def withdraw(*records: Any, by: Any, reason: str) -> None:
    """Take ``records`` back, all or none; their reviews end. ``reason`` is public. Raises PublicationRefused."""
    with transaction.atomic():
        for record in records:
            operations.withdraw(record, by=by, reason=reason)
        _end(operations.grouped_by_endpoint(records))


def accept(record: Any, *, fields: Iterable[str], seen: int, by: Any) -> None:
    """Find ``fields`` of ``record`` good as they stood when the history had come as far as ``seen``.

    Raises PublicationRefused when ``by`` wrote what they accept.
    """
    endpoint = endpoint_of(record)
    if by.pk in review.authors_of(endpoint, [record.pk]).get(record.pk, []):
        raise PublicationRefused(
            [f"{endpoint.name}/{record.slug} has changes of yours: somebody else must judge it."]
        )
    Acceptance.objects.bulk_create(
        [
            Acceptance(
                endpoint=endpoint.name,
                slug=record.slug,
                field=field,
                history=seen,
                accepted_by=by,
                accepted_at=timezone.now(),
            )
            for field in fields
        ],
        update_conflicts=True,
        unique_fields=["endpoint", "slug", "field"],
        update_fields=["history", "accepted_by", "accepted_at"],
    )


def judge(record: Any, *, accepted: Iterable[str], said: Mapping[str, str], seen: int, by: Any) -> None:
    """Accept some fields of ``record`` as they stood at ``seen`` and send others back, both or neither.

    Raises PublicationRefused.
    """
    with transaction.atomic():
        accept(record, fields=accepted, seen=seen, by=by)
        if said:
            send_back(record, said=said, by=by)


def fingerprint(*records: Any) -> str:
    """What stands for the state of ``records``: another one as soon as any of them, or its rows, is changed."""
    grouped = operations.grouped_by_endpoint(records)
    state = {
        endpoint.name: [(pk, last) for pk, last in sorted(changed_last(endpoint, ids).items())]
        for endpoint, ids in grouped.items()
    }
    return hashlib.sha256(repr(state).encode()).hexdigest()


def send_back(*records: Any, said: Mapping[str, str], by: Any) -> None:
    """Hand ``records`` back to their authors, with a word for each field in ``said``; ``""`` is the record as a whole.

    They are drafts again, and not published before every word is resolved. Raises PublicationRefused where
    nothing is said, or what cannot be kept.
    """
    if not said or not all(text.strip() for text in said.values()):
        raise PublicationRefused(["Say what is to be changed: the author will ask."])
    with operations.reviewing(by, "Sent back to its author"):
        grouped = operations.grouped_by_endpoint(records)
        for endpoint, ids in grouped.items():
            endpoint.model._default_manager.filter(pk__in=ids, status="in_review").update(status="draft")
            slugs = _slugs(endpoint.model, ids)
            try:
                for slug, (field, text) in product(slugs, said.items()):
                    comment(endpoint.name, slug, field=field, text=text, by=by, sends_back=True)
            except ValidationError as error:
                raise PublicationRefused(error.messages) from error
            Acceptance.objects.about(endpoint.name, *slugs).filter(field__in=list(said)).delete()
            Assignment.objects.about(endpoint.name, *slugs).delete()


def comment(
    endpoint: str,
    slug: str,
    *,
    text: str,
    by: Any,
    field: str = "",
    addressee: Any = None,
    sends_back: bool = False,
) -> Comment:
    """Say something about a record or about one field of it. Raises ValidationError for a text that cannot be kept."""
    said = Comment(
        endpoint=endpoint,
        slug=slug,
        field=field,
        text=text.strip(),
        author=by,
        addressee=addressee,
        sends_back=sends_back,
    )
    said.full_clean()
    said.save()
    return said


def resolve(said: Comment, *, by: Any) -> None:
    """Close a comment; one that is closed stays as it is. Who may is said by `conversation`."""
    Comment.objects.open().filter(pk=said.pk).update(resolved_by=by, resolved_at=timezone.now())


def _end(grouped: review.Records) -> None:
    for endpoint, ids in grouped.items():
        slugs = endpoint.model._base_manager.filter(pk__in=ids).values("slug")
        for rows in (Assignment.objects, Acceptance.objects):
            rows.filter(endpoint=endpoint.name, slug__in=slugs).delete()


def _slugs(model: Any, ids: list[int]) -> list[str]:
    return list(model._base_manager.filter(pk__in=ids).values_list("slug", flat=True))


def _written(model: Any, ids: list[int], authors: dict[int, list[int]], person: Any) -> list[str]:
    return _slugs(model, [pk for pk in ids if person.pk in authors.get(pk, [])])
