"""A paper that readers know, somebody who writes and somebody who reviews."""

import pghistory
import pytest
from django.contrib.auth.models import Group

from border.publication import operations
from tests import factories as make


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
