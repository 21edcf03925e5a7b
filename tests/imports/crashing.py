"""Sites with a PostgreSQL of their own, on which an import is written and may be killed at any time."""

import os
import signal
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import StringIO
from pathlib import Path
from typing import Any, Self

import dj_database_url
import psycopg
from django.core.files import File
from django.core.management import call_command
from django.db import connection

from border.bench.imports import TABLES
from border.embedded import Server, place
from border.imports.asking import ask_for, bring
from border.imports.models import Import
from border.jobs.choices import OVER
from border.jobs.running import run
from tests import factories as make
from tests.conftest import reaching

RELEASE = "23.1"
GONE = "The rows that were read are gone, as after a crash. Have the file read again."
# What a table lacks of its history, or that has too much: each row stands in it once, as it was written, by a batch that
# is there; nothing else does.
AGREE = """
SELECT format('{table} %%s, history %%s', t.id, h.pgh_obj_id) FROM {table} t FULL JOIN {table}historyevent h ON h.pgh_obj_id = t.id
LEFT JOIN pghistory_context c ON c.id = h.pgh_context_id LEFT JOIN sources_batch b ON b.id = (c.metadata ->> 'batch')::bigint
WHERE t.id IS NULL OR b.id IS NULL OR h.pgh_label <> 'insert' OR (to_jsonb(h) @> to_jsonb(t)) IS NOT TRUE
UNION ALL SELECT '{table} twice in history ' || pgh_obj_id FROM {table}historyevent GROUP BY pgh_obj_id HAVING count(*) > 1
LIMIT 5
"""
COUNTED = [
    *(f"SELECT count(*) FROM {table}" for table in (*TABLES, "sources_batch")),
    "SELECT count(*) FROM imports_import WHERE state = 'written' AND batch_id IS NOT NULL",
    "SELECT count(*) FROM jobs_job WHERE kind = 'import.write' AND state = 'done'",
]


def until(true: Callable[[], Any], seconds: float = 120) -> Any:
    """What ``true`` answers once it is something."""
    end = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.005)
    return found


def fill(server: Server) -> None:
    """Bring the tables of the tests' own database, with what migrations wrote, into that of a server."""
    with psycopg.connect(server.url("superuser"), autocommit=True) as admin:
        # What a killed process has written the system still has: only the machine's own end would lose it.
        admin.execute("ALTER SYSTEM SET fsync = off")
        admin.execute("SELECT pg_reload_conf()")
    dump = server.folder / "dump"
    for program, *arguments in (
        ("pg_dump", "--format=custom", "--compress=0", f"--file={dump}", connection.settings_dict["NAME"]),
        (
            "pg_restore",
            "--exit-on-error",
            "--single-transaction",
            "--no-owner",
            f"--dbname={server.url('owner')}",
            str(dump),
        ),
    ):
        subprocess.run([place.wheel_binaries() / program, *arguments], env=reaching(), check=True)


def kill(server: Server) -> None:
    """Kill -9 of PostgreSQL, all of it."""
    postmaster = server._process
    assert postmaster is not None
    for pid in (postmaster.pid, *_children(postmaster.pid)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    postmaster.wait()


def _children(pid: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text(errors="replace").rpartition(")")[2].split()[1]) == pid:
                found.append(int(stat.parent.name))
    return found


class Site:
    """One of the databases of a server, and what is to be taken into it."""

    def __init__(self, server: Server, name: str, file: Path) -> None:
        self.server, self.name, self.file = server, name, file

    @property
    def url(self) -> str:
        return urllib.parse.urlsplit(self.server.url("owner"))._replace(path=f"/{self.name}").geturl()

    @contextmanager
    def here(self) -> Iterator[None]:
        """Django's own connection leads to this database meanwhile."""
        there, usual = dj_database_url.parse(self.url), dict(connection.settings_dict)
        connection.close()
        connection.settings_dict.update(there, OPTIONS=usual["OPTIONS"] | there["OPTIONS"])
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict.update(usual)

    @contextmanager
    def copied(self, name: str) -> Iterator["Site"]:
        """A site like this one, which is gone at the end."""
        # By files, which begins with a checkpoint: the other strategy takes over what sequences have logged ahead as logged
        # here too, and after a crash PostgreSQL gives the same numbers once more.
        self._administer(f"CREATE DATABASE {name} TEMPLATE {self.name} OWNER border_owner STRATEGY file_copy")
        try:
            yield Site(self.server, name, self.file)
        finally:
            self._administer(f"DROP DATABASE {name} WITH (FORCE)")

    def _administer(self, statement: str) -> None:
        # Only a superuser sends away the server's own vacuum.
        with psycopg.connect(self.server.url("superuser"), dbname="postgres", autocommit=True) as admin:
            admin.execute(statement)

    def begin(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """A command of the site, that has begun."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
        own = {
            "DATABASE_URL": self.url,
            "BORDER_DATA": str(self.server.folder),
            "DJANGO_SETTINGS_MODULE": "tests.imports.site",
            "PYTHONUNBUFFERED": "1",
        }
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=place.PROJECT,
            env=kept | own | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def ask(self, question: str) -> Sequence[tuple[Any, ...]]:
        with psycopg.connect(self.url) as asking:
            return asking.execute(question).fetchall()

    def alone(self) -> bool:
        """Whether nobody is at the database any more, not even for somebody who is gone."""
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        return self.ask(others) == [(0,)]

    def counts(self) -> list[int]:
        """How many rows of each kind there are, how many batches, imports that are written and jobs that wrote them."""
        return [count for question in COUNTED for (count,) in self.ask(question)]

    def disagreements(self) -> list[str]:
        """Where the history tells something else than the rows, or its chain something else than the history."""
        with self.here():
            call_command("verify", stdout=StringIO())
        return [told for table in TABLES for (told,) in self.ask(AGREE.format(table=table))]


class Writing:
    """A program of a site that writes an import."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.prepare()
        self.process = self.begun()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()

    def prepare(self) -> None:
        """What is done before it begins."""

    def begun(self) -> subprocess.Popen[str]:
        raise NotImplementedError

    def kill(self) -> None:
        with self.process:  # closes what it said
            self.process.kill()


class Shell(Writing):
    """The command, which reads the file and writes it."""

    def begun(self) -> subprocess.Popen[str]:
        return self.site.begin("load", str(self.site.file), "--release", RELEASE)

    def until_it_writes(self) -> None:
        """It tells what it has read before it writes."""
        self._until(self.site.file.name)

    def until_it_has_written(self) -> None:
        self._until("Written as batch")

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def _until(self, beginning: str) -> None:
        assert self.process.stdout is not None
        said = []
        for line in self.process.stdout:
            said.append(line)
            if line.startswith(beginning):
                return
        raise AssertionError("".join(said))

    def finish(self, *, lost: bool) -> None:
        """Run the same command again; it reads the file itself."""
        with self.site.here():
            call_command("load", str(self.site.file), release=RELEASE, stdout=StringIO(), stderr=StringIO())


class Worker(Writing):
    """A worker; the import was read already, and that it be written waits in the queue."""

    def prepare(self) -> None:
        with self.site.here():
            with self.site.file.open("rb") as file:
                name = self.site.file.name
                one = bring(File(file), name=name, release=RELEASE, within="", by=make.UserFactory())
            run(one.job_id)
            self._ask_for_writing(one)

    def _ask_for_writing(self, one: Import) -> Any:
        return ask_for(one, "import.write", "Write it", by=one.asked_by, why="The new release.")

    def begun(self) -> subprocess.Popen[str]:
        return self.site.begin("worker", BORDER_DB_ROLE="app")

    def until_it_writes(self) -> None:
        with psycopg.connect(self.site.url, autocommit=True) as asking:
            question = "SELECT id FROM jobs_job WHERE kind = 'import.write' AND state = 'running'"
            until(lambda: asking.execute(question).fetchone())

    def until_it_has_written(self) -> None:
        with psycopg.connect(self.site.url, autocommit=True) as asking:
            until(lambda: _outcome(asking), 3600)

    def has_ended(self) -> bool:
        with psycopg.connect(self.site.url) as asking:
            return _outcome(asking) is not None

    def finish(self, *, lost: bool) -> None:
        """Have a worker until the job is over; where the rows are ``lost`` it says so, and they are read again and written."""
        with psycopg.connect(self.site.url, autocommit=True) as asking:
            state, message = until(lambda: _outcome(asking) or self._looked_after(), 3600)
        assert (state, message == GONE) == (("failed", True) if lost else ("done", False))
        if lost:
            with self.site.here():
                one = Import.objects.get()
                run(ask_for(one, "import.read", "Read it again", by=one.asked_by).pk)
                run(self._ask_for_writing(one).pk)

    def _looked_after(self) -> None:
        """Start it again where it ended."""
        if self.process.poll() is not None:
            self.kill()
            self.process = self.begun()


def _outcome(asking: psycopg.Connection) -> tuple[str, str] | None:
    """The state and the message of the job once it is over."""
    question = "SELECT state, message FROM jobs_job WHERE kind = 'import.write' AND state = ANY(%s)"
    return asking.execute(question, [[*OVER]]).fetchone()
