"""The production server on a made-up world in a database of its own."""

import os
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from border.bench import measure

HOST, PORT = "127.0.0.1", 8765
# Where the server answers without the site (border/bench/wsgi.py).
ALONE = "/bench/alone/"
Environment = dict[str, str]


def world(suffix: str, making: str, *, kept_in: str, fresh: bool, told: str) -> Environment:
    """The environment in which the site runs on the world of that ``suffix``.

    It is made by the call ``making`` where its table ``kept_in`` is not there or empty, or anew where it is to be
    ``fresh``; ``told`` says what is being made. Raises CommandError when that fails.
    """
    parameters = connection.get_connection_params()
    here = {key: parameters[key] for key in ("host", "port", "user", "password") if parameters.get(key)}
    name = f"{parameters['dbname']}_bench_{suffix}"
    with psycopg.connect(**here, dbname=parameters["dbname"], autocommit=True) as admin:
        if fresh:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            admin.execute(f'CREATE DATABASE "{name}"')
    user = urllib.parse.quote(here.get("user", ""), safe="")
    password = f":{urllib.parse.quote(here['password'], safe='')}" if "password" in here else ""
    query = urllib.parse.urlencode([(key, str(here[key])) for key in ("host", "port") if key in here])
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://{user}{password}@/{name}?{query}",
        "BORDER_DATA": str(settings.BORDER_DATA),
        "SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "border.settings",
        "BORDER_API_RATE": "0",
        "BORDER_API_TOKEN_RATE": "0",
    }
    # A world that was kept learns what the tables have become since.
    run(environment, "manage.py", "migrate", "--verbosity=0")
    with psycopg.connect(**here, dbname=name) as made:
        whole = made.execute(f"SELECT EXISTS (SELECT FROM {kept_in})").fetchone()
    if not (whole and whole[0]):
        print(f"Making {told}; it is kept in the database {name}.", file=sys.stderr, flush=True)
        call(environment, making)
    return environment


@contextmanager
def copied(environment: Environment, suffix: str) -> Iterator[Environment]:
    """The environment in which the site runs on a copy of that world, which is dropped at the end."""
    parameters = connection.get_connection_params()
    here = {key: parameters[key] for key in ("host", "port", "user", "password") if parameters.get(key)}
    kept = urllib.parse.urlsplit(environment["DATABASE_URL"])
    name = f"{parameters['dbname']}_bench_{suffix}"
    with psycopg.connect(**here, dbname=parameters["dbname"], autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{kept.path.removeprefix("/")}"')
        try:
            yield environment | {"DATABASE_URL": kept._replace(path=f"/{name}").geturl()}
        finally:
            admin.execute(f'DROP DATABASE "{name}"')


def call(environment: Environment, expression: str) -> str:
    """What a call of ours prints in that environment: ``border.bench.world.make(20)``."""
    module = expression.partition("(")[0].rpartition(".")[0]
    return run(environment, "-c", f"import django; django.setup(); import {module}; {expression}")


def run(environment: Environment, *arguments: str) -> str:
    """What Python prints with these arguments. Raises CommandError when it fails."""
    done = subprocess.run(
        [sys.executable, *arguments],
        env=environment,
        cwd=settings.BASE_DIR,
        check=False,
        stdout=subprocess.PIPE,
        text=True,
    )
    if done.returncode:
        raise CommandError(
            "The world could not be made; what went wrong stands above. Then: make bench ARGS=--fresh"
        )
    return done.stdout.strip()


@contextmanager
def served(
    environment: Environment, *, workers: int = 1, threads: int = 2, port: int = PORT
) -> Iterator[subprocess.Popen[bytes]]:
    """The process of the site on that world, which answers at `HOST` and ``port``. Raises CommandError when it does not."""
    arguments = [
        "-m",
        "gunicorn",
        "border.bench.wsgi",
        f"--bind={HOST}:{port}",
        f"--workers={workers}",
        "--worker-class=gthread",
        f"--threads={threads}",
        "--keep-alive=60",
        "--log-level=warning",
    ]
    with running(environment, *arguments) as server:
        wait_for(server, port, "/bench/empty/")
        yield server


@contextmanager
def running(environment: Environment, *arguments: str, **pipes: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Python with these arguments, which is told to end at the end."""
    process = subprocess.Popen([sys.executable, *arguments], env=environment, cwd=settings.BASE_DIR, **pipes)
    try:
        yield process
    finally:
        process.terminate()
        process.communicate()


def wait_for(server: subprocess.Popen[bytes], port: int, path: str) -> None:
    """Return once ``path`` is answered. Raises CommandError when it is not, or the server has ended."""
    for _ in range(120):
        if server.poll() is not None:
            raise CommandError(f"A server did not start; is port {port} taken?")
        try:
            measure.rounds(HOST, port, [path], 1, warm=0)
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise CommandError(f"The server at port {port} did not answer within 30 seconds.")
