"""A writer, a reviewer, and the steps between them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pghistory
import pytest

from border.publication import operations
from tests.factories import UserFactory

Publish = Callable[..., operations.Outcome]
Writing = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def author(db: None) -> Any:
    return UserFactory(username="author")


@pytest.fixture
def reviewer(db: None) -> Any:
    return UserFactory(username="reviewer")


@pytest.fixture
def writing(author: Any) -> Writing:
    """``with writing():`` what is changed inside is the author's work."""
    return lambda: pghistory.context(user=author.pk, via="admin")


@pytest.fixture
def publish(reviewer: Any) -> Publish:
    """``publish(record, …)``, by the reviewer."""
    return lambda *records: operations.publish(*records, by=reviewer, reason="Checked against its sources.")
