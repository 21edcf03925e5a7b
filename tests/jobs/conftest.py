"""A queue of our own for each test, and workers as they run beside the web server."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from border.embedded import place
from border.jobs.asking import ask
from border.jobs.models import Job
from border.jobs.progress import giving_up
from border.jobs.running import run
from tests import factories as make
from tests.publication.record import rows


def until(true: Callable[[], Any], seconds: float = 20) -> Any:
    """What ``true`` answers once it is something."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
    return found


@pytest.fixture(autouse=True)
def queue(settings: Any, db: None) -> Iterator[None]:
    """The tests' own work, and nothing in the queue before and after: Django empties the tables of models only."""
    settings.JOB_MODULES = ["tests.jobs.work"]
    giving_up.clear()
    yield
    giving_up.clear()
    with connection.cursor() as cursor:
        for table in ("periodic_defers", "jobs", "workers"):
            cursor.execute(f"DELETE FROM procrastinate_{table}")


@pytest.fixture
def beside() -> Iterator[Callable[[Job], threading.Thread]]:
    """``beside(job)``: the job is being done, in a thread with a connection of its own."""
    threads: list[threading.Thread] = []

    def begin(job: Job) -> threading.Thread:
        def work() -> None:
            try:
                run(job.pk)
            finally:
                connection.close()

        threads.append(threading.Thread(target=work))
        threads[-1].start()
        return threads[-1]

    yield begin
    for thread in threads:
        thread.join(30)


class Worker(subprocess.Popen[str]):
    """A worker at the database of the tests, with the rights of the web process, that does the tests' work."""

    def __init__(self) -> None:
        asked = connection.get_connection_params()
        named = {
            name: quote(str(asked.get(name) or ""), safe="") for name in ("user", "password", "host", "port")
        }
        address = "postgresql://{user}:{password}@/{name}?host={host}&port={port}".format(
            name=quote(asked["dbname"]), **named
        )
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
        super().__init__(
            [sys.executable, "manage.py", "worker"],
            cwd=place.PROJECT,
            env={
                **kept,
                "DATABASE_URL": address,
                "BORDER_DB_ROLE": "app",
                "DJANGO_SETTINGS_MODULE": "tests.jobs.site",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_until_ready(self) -> None:
        line = self.stdout.readline()
        assert line.startswith("Ready"), line + self.stdout.read()

    def end(self) -> str:
        """What it said until it ended, told to."""
        if self.poll() is None:
            self.send_signal(signal.SIGTERM)
        return self.communicate(timeout=20)[0]


@pytest.fixture
def workers() -> Iterator[Callable[[int], list[Worker]]]:
    """``workers(2)``: so many of them, ready."""
    started: list[Worker] = []

    def start(count: int) -> list[Worker]:
        new = [Worker() for _ in range(count)]
        started.extend(new)
        for one in new:
            one.wait_until_ready()
        return new

    yield start
    for one in started:
        one.kill()
        one.communicate()


def sources() -> list[str]:
    """The slugs of the sources there are, as another connection would see them."""
    return [slug for (slug,) in rows("SELECT slug FROM sources_source ORDER BY slug")]


def begun(path: Path) -> int:
    """The process that is at the work, as it wrote into the file ``path``; 0 before."""
    return int(path.read_text() or 0) if path.exists() else 0


def asked(kind: str = "test.write", **arguments: Any) -> Job:
    return ask(kind, about="Sources of the border", by=make.UserFactory(), **arguments)


def queued() -> list[int]:
    """The jobs that wait in the queue."""
    return [
        key for (key,) in rows("SELECT (args->>'job')::int FROM procrastinate_jobs WHERE status = 'todo'")
    ]
