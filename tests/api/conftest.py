"""A reader who may see what ``border_reader`` may, and two published worlds to ask about."""

import json
import os
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client

from border.api import formats, reading
from border.contracts.load import load
from border.publication import operations
from border.publication.endpoints import ENDPOINTS
from tests.conftest import standing
from tests.contracts.world import world
from tests.factories import UserFactory

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden" / "api"


class Reader(Client):
    """Asks in the role that can read nothing but the published record, and does not take a trace for an answer."""

    def __init__(self, role: Callable[[str], Any]) -> None:
        super().__init__(raise_request_exception=False)
        self.role = role

    def request(self, **request: Any) -> Any:
        with self.role("border_reader"):
            return super().request(**request)

    def json(self, address: str, status: int = 200) -> Any:
        """The answer to a GET, parsed."""
        response = self.get(address)
        assert response.status_code == status, response.content[:1000]
        return response.json()

    def slugs(self, address: str) -> list[str]:
        """The slugs of all pages of a list."""
        return [row["slug"] for row in self.rows(address)]

    def rows(self, address: str) -> list[dict[str, Any]]:
        """The documents of all pages of a list."""
        found: list[dict[str, Any]] = []
        following: str | None = address
        while following:
            page = self.json(following)
            found += page["results"]
            following = page["next"]
        return found

    def refusal(self, address: str, status: int = 400) -> dict[str, Any]:
        """The problem document at an address."""
        response = self.get(address)
        assert response.status_code == status, (address, response.status_code, response.content[:500])
        return problem(response)


def problem(response: HttpResponse) -> dict[str, Any]:
    """The problem document of an answer that is one."""
    assert response.headers["Content-Type"] == "application/problem+json", response.content[:500]
    found = json.loads(response.content)
    assert found["status"] == response.status_code
    assert found["title"]
    assert found["detail"]
    return found


@pytest.fixture
def plain_static(settings: Any) -> None:
    """Static files by their own names: none are collected here."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture
def kept_connection() -> Iterator[None]:
    """The connection to the database, which is the test's, stays when an answer was given."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def dropped(response: Any) -> None:
    """The client goes away; the connection to the database, which is the test's, stays."""
    request_finished.disconnect(close_old_connections)
    response.close()
    request_finished.connect(close_old_connections)


@pytest.fixture(autouse=True)
def all_lists_are_over() -> Iterator[None]:
    """Whatever whole list a test asks for, it reads to its end or drops: the tests after it want to ask, too."""
    before = formats._sending._value
    yield
    assert formats._sending._value == before


@pytest.fixture(autouse=True)
def nothing_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test finds a process that has not read anything yet."""
    monkeypatch.setattr(reading.Seen, "last", None)
    monkeypatch.setattr(reading, "REMEMBERED", reading.Remembered())


@pytest.fixture
def reader(db_role: Any) -> Reader:
    """A client in the role of readers."""
    return Reader(db_role)


def publish_all() -> None:
    """Publish every record that there is."""
    records = [record for endpoint in ENDPOINTS.values() for record in endpoint.model.objects.all()]
    operations.publish(*records, by=UserFactory(username="reviewer"), reason="First publication.")


@pytest.fixture(scope="module")
def standing_fixtures(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The fixtures, loaded and published once for a module."""
    with standing(django_db_blocker):
        call_command("load", str(ROOT / "fixtures"), verbosity=0, stdout=StringIO(), stderr=StringIO())
        publish_all()
        yield


@pytest.fixture
def fixtures(standing_fixtures: None, db: None) -> None:
    """The fixtures, published."""


@pytest.fixture(scope="module")
def standing_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The small world of the CSV tests, loaded and published once for a module."""
    with standing(django_db_blocker):
        assert load(world()).faults == []
        publish_all()
        yield


@pytest.fixture
def small_world(standing_world: None, db: None) -> None:
    """The small world, published."""


def golden(name: str, text: str) -> None:
    """``text`` is what tests/golden/api/``name`` holds. GOLDEN=write writes it instead, for a reviewer to read."""
    path = GOLDEN / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"Write {path.name} with GOLDEN=write, and read it."
    assert text == path.read_text(encoding="utf-8"), (
        f"{name} has changed: GOLDEN=write shows how in git diff."
    )
