"""A paper that readers know; people who write, merge and review; and a world in which every foreign key points to a record."""

from collections.abc import Callable, Iterable
from typing import Any

import pghistory
import pytest
from django.contrib.auth.models import Group
from django.db.models import Model

from border.curation.moving import Link, links_to
from border.publication import operations
from sources.models import Snapshot
from tests import factories as make
from tests.factories import FACTORIES, EventFactory, UserFactory


@pytest.fixture
def author(db):
    user = make.UserFactory(username="author")
    user.groups.add(Group.objects.get(name="curator"))
    return user


@pytest.fixture
def reviewer(db):
    user = make.UserFactory(username="reviewer")
    user.groups.add(Group.objects.get(name="reviewer"))
    return user


@pytest.fixture
def writing(author):
    """``with writing():`` what is changed inside is the author's work."""
    return lambda **told: pghistory.context(user=author.pk, via="admin", **told)


@pytest.fixture
def paper(reviewer):
    source = make.SourceFactory(slug="paper", title="A paper")
    operations.publish(source, by=reviewer, reason="Known already.")
    return source


@pytest.fixture
def town(reviewer):
    territory = make.TerritoryFactory(slug="bukamal", name="Bukamal")
    operations.publish(territory, by=reviewer, reason="Known already.")
    return territory


@pytest.fixture
def event(writing, paper, town):
    """The author's draft, cited."""
    with writing(why="Seen in the paper."):
        made = make.EventFactory(slug="fall", title="The town falls", territory=town)
        make.cite(made, source=paper, number=1, quote="It fell.")
    return made


@pytest.fixture
def curator(db: None) -> Any:
    return UserFactory(username="curator")


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
