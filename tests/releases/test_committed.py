"""A release beside others who read, write and are killed, each with a connection of their own."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import ProgrammingError, connection, transaction

from actors.models import Actor
from border.embedded import place
from border.jobs.asking import ask
from border.jobs.models import Job
from border.jobs.running import run as do
from border.publication import operations as publishing
from border.releases import making, record
from border.releases.models import Hand, Release
from tests import factories
from tests.conftest import reaching
from tests.publication.record import run
from tests.releases.conftest import Files

# A release is read through the connection of readers, beside that of the test.
pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "reader"])


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.RELEASES_ROOT = tmp_path / "releases"


@pytest.fixture
def committed(db: None) -> Iterator[Any]:
    """An actor whom readers see, for whoever looks through another connection."""
    reviewer = factories.UserFactory(username="reviewer")
    publishing.publish(factories.ActorFactory(slug="liwa", name="Liwa"), by=reviewer, reason="Good.")
    yield reviewer
    run("DELETE FROM procrastinate_jobs")


def test_killed_before_it_is_registered_there_is_no_release(committed: Any, tmp_path: Path) -> None:
    """At the worst moment: all files are in place, and the row that tells of them is not yet written."""
    found = reaching()
    name = quote(str(connection.settings_dict["NAME"]))
    address = f"postgresql://{quote(found['PGUSER'])}:{quote(found['PGPASSWORD'])}@/{name}?host={quote(found['PGHOST'], safe='')}"
    if "PGPORT" in found:
        address += f"&port={found['PGPORT']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    with transaction.atomic():
        run("LOCK TABLE published_release IN SHARE MODE")
        working = subprocess.Popen(
            [sys.executable, "manage.py", "release", "2026.1"],
            cwd=place.PROJECT,
            env={**kept, "DATABASE_URL": address, "BORDER_DATA": str(tmp_path), "SECRET_KEY": "x" * 50},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        end = time.monotonic() + 120
        while not (tmp_path / "releases" / "2026.1").exists():
            assert working.poll() is None, working.stdout and working.stdout.read()
            assert time.monotonic() < end
            time.sleep(0.05)
        working.send_signal(signal.SIGKILL)
        working.communicate()
    assert not Release.objects.exists()
    release = making.make("2026.1", by=None)
    assert not making.faults(release)


def test_what_is_published_meanwhile_is_not_in_it(committed: Any) -> None:
    """It is read in the role of readers, in one state, whatever others publish while it is read."""

    def publish_more() -> None:
        Actor.objects.update(name="Renamed")
        publishing.publish(Actor.objects.get(), factories.SourceFactory(), by=committed, reason="Good.")
        connection.close()

    def meanwhile(done: int, total: int | None, word: str) -> None:
        if word == "records" and done == 0:
            other = threading.Thread(target=publish_more)
            other.start()
            other.join()

    files = Files(making.make("2026.1", by=None, tell=meanwhile))
    assert files.release.block == 1
    assert [json.loads(line)["name"] for line in files.lines("actors.ndjson")] == ["Liwa"]
    assert files.lines("sources.ndjson") == []
    making.make_again("2026.1")
    newer = Files(making.make("2026.2", by=None))
    assert newer.release.changes == {"added": 1, "changed": 1}
    with record.standing_still() as reader, reader.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, current_setting('transaction_isolation'), current_setting('transaction_read_only')"
        )
        assert cursor.fetchone() == ("border_reader", "repeatable read", "on")
        with pytest.raises(ProgrammingError, match="permission denied"):
            cursor.execute("SELECT FROM actors_actor")


def test_worker_makes_it_and_tells_how_far_it_is(committed: Any) -> None:
    told = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("border.jobs.progress.Progress.step", lambda self, *step: told.append(step))
        job = ask("release.make", about="Release 2026.1", by=committed, name="2026.1")
        do(job.pk)
        refused = ask("release.make", about="Release 2026.1", by=committed, name="2026.1")
        do(refused.pk)
    job, refused = Job.objects.get(pk=job.pk), Job.objects.get(pk=refused.pk)
    assert (job.state, job.result["release"]) == ("done", "2026.1"), job.message
    assert told[:2] == [(0, 1, "records"), (1, 1, "records")]
    assert Hand.objects.get().by == committed
    assert (refused.state, refused.message) == (
        "failed",
        "There is a release 2026.1 already, and a name is used once. Take the next number.",
    )
