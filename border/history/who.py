"""Whose hand it was: who made a change, when, why and by which door."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from pghistory.models import Context

from border.history.replay import Version


@dataclass(frozen=True)
class Hand:
    """Who made a change, when, why, by which door, and in which import, where it was one."""

    who: str
    at: dt.datetime
    why: str
    via: str
    batch: int | None
    sequence: int


class Hands:
    """The hands behind ``versions``, people and contexts asked for once."""

    def __init__(self, versions: Iterable[Version]) -> None:
        found = {version["pgh_context_id"] for version in versions} - {None}
        self.contexts = {key: context.metadata for key, context in Context.objects.in_bulk(found).items()}
        people = {metadata.get("user") for metadata in self.contexts.values()} - {None}
        self.people = {
            person.pk: person.get_username()
            for person in get_user_model()._default_manager.filter(pk__in=people)
        }

    def of(self, version: Version) -> Hand:
        """Whose hand made ``version``; without a context it was somebody at the database itself."""
        metadata = self.contexts.get(version["pgh_context_id"], {})
        return Hand(
            who=self.people.get(metadata.get("user", 0)) or f"database role {version['by_role']}",
            at=version["pgh_created_at"],
            why=str(metadata.get("why", "")),
            via=str(metadata.get("via", "")) or "directly in the database",
            batch=metadata.get("batch"),
            sequence=version["pgh_id"],
        )
