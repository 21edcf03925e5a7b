"""Two releases of a small world, and all that happened to it between them."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from actors.models import Actor
from border.contracts.load import load
from border.publication import operations
from border.publication.endpoints import ENDPOINTS
from border.releases.making import make
from border.releases.models import Release
from border.releases.operations import folder_of
from events.models import Event, Finding, Movement
from tests import factories
from tests.api.conftest import Reader
from tests.conftest import standing
from tests.contracts.world import world

FORMULA = '=HYPERLINK("https://example.org")'


class Files:
    """The files of a release, read."""

    def __init__(self, release: Release) -> None:
        self.release, self.folder = release, folder_of(release)

    def path(self, name: str) -> Path:
        return self.folder / name

    def json(self, name: str) -> Any:
        return json.loads(self.path(name).read_text("utf-8"))

    def lines(self, name: str) -> list[str]:
        return self.path(name).read_text("utf-8").split("\n")[:-1]

    def rows(self, name: str) -> list[dict[str, str]]:
        with self.path(name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


class Two:
    """An older release and a newer one. In between a record of each kind was added, changed, withdrawn, merged, erased."""

    def __init__(self) -> None:
        assert load(world()).faults == []
        self.reviewer = factories.UserFactory(username="reviewer-of-releases")
        twin = factories.ActorFactory(slug="daesh", name="Daesh")
        gone = factories.FindingFactory(slug="in-danger", statement="He told us so.")
        publish(self.reviewer)
        self.old = Files(make("2026.1", by=self.reviewer, note="The first."))
        Event.objects.filter(slug="bukamal-taken-2017").update(title=FORMULA, date="2017-11")
        Actor.objects.filter(slug="is").update(name_ar="داعش")
        factories.SourceFactory(slug="new-source", title="A new one")
        publish(self.reviewer)
        operations.withdraw(Movement.objects.get(), by=self.reviewer, reason="It was goods of another year.")
        operations.redirect(
            twin,
            into=Actor.objects.get(slug="is"),
            by=self.reviewer,
            reason="One and the same.",
            judged="Not public.",
        )
        operations.withdraw(gone, by=self.reviewer, reason="In doubt.")
        operations.erase("findings", "in-danger", by=self.reviewer, reason="It endangers him.")
        Finding.objects.filter(slug="dilemma").update(statement="Nobody has reviewed this.")
        self.new = Files(make("2026.2", by=self.reviewer))


def publish(reviewer: Any) -> None:
    """Publish whatever there is."""
    operations.publish(*(one.model.objects.all() for one in ENDPOINTS.values()), by=reviewer, reason="Good.")


@pytest.fixture(scope="module")
def standing_two(django_db_setup: None, django_db_blocker: Any) -> Iterator[Two]:
    with standing(django_db_blocker):
        yield Two()


@pytest.fixture
def two(standing_two: Two, db: None) -> Two:
    return standing_two


@pytest.fixture
def reader(db_role: Any) -> Reader:
    return Reader(db_role)


@pytest.fixture
def published(db: None) -> Any:
    """An actor whom readers see, and who published it."""
    reviewer = factories.UserFactory(username="reviewer")
    actor = factories.ActorFactory(slug="liwa", name="Liwa")
    operations.publish(actor, by=reviewer, reason="Good.")
    return reviewer
