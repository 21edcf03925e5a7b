from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection

from border.contracts.load import load
from border.contracts.tables import CONTRACTS
from border.kernel.history import HistoryEvent
from tests.conftest import standing
from tests.contracts.world import world


@pytest.fixture(scope="module")
def standing_world(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The small world, loaded once for a module; what its tests change is undone after each."""
    with standing(django_db_blocker):
        assert load(world()).faults == []
        yield


@pytest.fixture
def small_world(standing_world, db) -> None:
    """The small world, loaded."""


def counts() -> list[tuple[str, int]]:
    """How many rows every working table and its history hold."""
    models = [*(contract.model for contract in CONTRACTS), *history_tables()]
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{model._meta.db_table}', count(*) FROM {model._meta.db_table}" for model in models
            )
        )
        return sorted(cursor.fetchall())


def history_tables() -> list[type[HistoryEvent]]:
    return [model for model in apps.get_models() if issubclass(model, HistoryEvent)]


def history() -> int:
    """How many versions of rows the history holds."""
    return sum(table.objects.count() for table in history_tables())
