"""People who write, merge and review; and a world in which every foreign key points to a record."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.db.models import Model

from border.curation.moving import Link, links_to
from border.publication import operations
from sources.models import Snapshot
from tests.factories import FACTORIES, EventFactory, UserFactory


@pytest.fixture
def curator(db: None) -> Any:
    return UserFactory(username="curator")


@pytest.fixture
def reviewer(db: None) -> Any:
    return UserFactory(username="reviewer")


@pytest.fixture
def publish(reviewer: Any) -> Callable[..., operations.Outcome]:
    """``publish(record, …)``, by the reviewer."""
    return lambda *records: operations.publish(*records, by=reviewer, reason="Checked against its sources.")


def surrounded(record: Model, links: Iterable[Link] = ()) -> dict[Link, list[Any]]:
    """Two rows for each foreign key that points to records of its kind, or for ``links``, pointing to ``record``.

    A place that can be taken once is taken once.
    """
    return {
        link: [_row(link, record, number) for number in ([1] if link.field.unique else [1, 2])]
        for link in links or links_to(type(record))
    }


def _row(link: Link, record: Any, number: int) -> Any:
    values: dict[str, Any] = {link.field.name: record}
    if any(column.name == "number" for column in link.model._meta.fields):
        values["number"] = number
    if link.table == "events_casualty.actor_id":
        values["whom"] = "actor"
    if link.model is Snapshot:
        values["sha256"] = f"{record.pk:032x}{number:032x}"
    if link.table == "events_match.second_id":  # the lower id comes first
        values["first"] = EventFactory(pk=-10 * record.pk - number)
    return FACTORIES[link.model](**values)
