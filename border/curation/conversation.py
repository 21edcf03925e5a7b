"""What is said of one record, as its pages show it: open words first, each with what the person may do about it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from border.curation.fields import judged
from border.curation.models import Assignment, Comment
from border.curation.queues import written_by
from border.publication.endpoints import endpoint_of


@dataclass(frozen=True)
class Said:
    """One comment: the field as people call it, and whether this person may resolve it."""

    comment: Comment
    label: str
    resolvable: bool


def conversation(record: Any, user: Any) -> list[Said]:
    """All that was said of ``record``, what is open first, the oldest first."""
    endpoint = endpoint_of(record)
    words = (
        Comment.objects.about(endpoint.name, record.slug)
        .select_related("author", "addressee", "resolved_by")
        .order_by("made_at", "pk")
    )
    labels = dict(choices(record))
    wrote = endpoint.model._base_manager.filter(written_by(endpoint, user), pk=record.pk)
    reviews = user.has_perm("publication.publish")
    found = list(words)
    mine = bool(found) and (reviews or wrote.exists())
    return [
        Said(
            word,
            labels.get(word.field, word.field.replace("_", " ")),
            word.resolved_at is None
            and (
                reviews
                or user.pk in {word.author_id, word.addressee_id}
                or (word.addressee_id is None and mine)
            ),
        )
        for word in sorted(found, key=lambda word: word.resolved_at is not None)
    ]


def open_by_field(record: Any) -> dict[str, list[Comment]]:
    """The open comments on ``record`` by the field that they are about, named as on the form."""
    found: dict[str, list[Comment]] = defaultdict(list)
    endpoint = endpoint_of(record)
    words = Comment.objects.about(endpoint.name, record.slug).open().select_related("author")
    for word in words.order_by("made_at", "pk"):
        found[word.field].append(word)
    return found


def choices(record: Any) -> list[tuple[str, str]]:
    """The fields of ``record`` that can be spoken of, by their names on the form."""
    return [(one.name, one.label) for one in judged(endpoint_of(record)) if one.own]


def asked(record: Any) -> Assignment | None:
    """Who is asked to review ``record``, if somebody is."""
    rows: Any = Assignment.objects.about(endpoint_of(record).name, record.slug)
    return rows.select_related("reviewer", "assigned_by").first()
