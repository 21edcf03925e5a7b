"""`manage.py bench`: measure the speed that is promised."""

import json
import os
import statistics
import subprocess
import sys
import time
import timeit
import urllib.parse
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from border.bench import measure
from border.kernel.edtf import bounds

PERIOD = "from=2012-01-01&to=2016-12-31"
PAGES = {
    "published": f"/api/v1/events/?territory=place-30&territory_scope=exact&{PERIOD}",
    "hand-written SQL": "/bench/sql/?territory=place-30&from=2012-01-01&to=2016-12-31",
    "stock DRF": "/bench/stock/?territory=place-30&from=2012-01-01&to=2016-12-31",
    "within a district": f"/api/v1/events/?territory=place-10&{PERIOD}",
    "an empty view": "/bench/empty/",
}
DATES = [
    "2014",
    "2014-06",
    "2014-06-22",
    "196X",
    "2014-22",
    "1968~/2003",
    "2014-08-30~/2017-11",
    "2003/..",
    "2014-06-20/2014-06-22",
]


class Command(BaseCommand):
    """Measure the speed that is promised, in one run, as ratios; prints a table and writes var/bench.json.

    Worlds of made-up events are built once in databases of their own beside this one, and kept. Whole requests go
    to the production server on loopback, each contender in turn.
    """

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """How much to measure."""
        parser.add_argument(
            "--events", type=int, default=300_000, help="Published events in the world (300000)."
        )
        parser.add_argument(
            "--rounds", type=int, default=200, help="Counted requests of each contender (200)."
        )
        parser.add_argument("--fresh", action="store_true", help="Make the world anew.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the world if need be, measure, print and write."""
        name = f"{connection.settings_dict['NAME']}_bench_{options['events']}"
        environment = self._world(name, options["events"], fresh=options["fresh"])
        figures = [*self._pages(environment, options["rounds"]), self._dates()]
        wide = max(len(figure["name"]) for figure in figures)
        for figure in figures:
            bound = "" if figure["bound"] is None else f"at most {figure['bound']:g}"
            verdict = "" if figure["ok"] is None else ("ok" if figure["ok"] else "MISSED")
            self.stdout.write(
                f"{figure['name']:<{wide}}  {figure['value']:>9.3f} {figure['unit']:<6} {bound:<14} {verdict}"
            )
        path = Path(settings.BORDER_DATA) / "bench.json"
        path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        self.stdout.write(f"Written to {path}")
        if any(figure["ok"] is False for figure in figures):
            raise CommandError("A promise is missed.")

    def _world(self, name: str, events: int, *, fresh: bool) -> dict[str, str]:
        """The environment in which the site runs on the world's database, made if it is not there."""
        parameters = connection.get_connection_params()
        here = {key: parameters[key] for key in ("host", "port", "user", "password") if parameters.get(key)}
        with psycopg.connect(**here, dbname=parameters["dbname"], autocommit=True) as admin:
            if fresh:
                admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
            there = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if not there:
                admin.execute(f'CREATE DATABASE "{name}"')
        user = urllib.parse.quote(here.get("user", ""), safe="")
        password = f":{urllib.parse.quote(here['password'], safe='')}" if "password" in here else ""
        query = urllib.parse.urlencode([(key, str(here[key])) for key in ("host", "port") if key in here])
        environment = os.environ | {
            "DATABASE_URL": f"postgresql://{user}{password}@/{name}?{query}",
            "BORDER_DATA": str(settings.BORDER_DATA),
            "SECRET_KEY": settings.SECRET_KEY,
        }
        with psycopg.connect(**here, dbname=name) as world:
            made = world.execute("SELECT to_regclass('published_block')").fetchone()
            whole = (
                made and made[0] and world.execute("SELECT EXISTS (SELECT FROM published_block)").fetchone()
            )
        if not (whole and whole[0]):
            self.stderr.write(f"Making a world of {events:,} events; it is kept in the database {name}.")
            self._run(environment, "manage.py", "migrate", "--verbosity=0")
            self._run(
                environment,
                "-c",
                f"import django; django.setup(); from border.bench.world import make; make({events})",
            )
        return environment

    def _run(self, environment: dict[str, str], *arguments: str) -> None:
        whole = environment | {"DJANGO_SETTINGS_MODULE": "border.settings"}
        if subprocess.run(
            [sys.executable, *arguments], env=whole, cwd=settings.BASE_DIR, check=False
        ).returncode:
            raise CommandError(
                "The world could not be made; what went wrong stands above. Then: make bench ARGS=--fresh"
            )

    def _pages(self, environment: dict[str, str], rounds: int) -> list[dict[str, Any]]:
        port = 8765
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "border.bench.wsgi",
                f"--bind=127.0.0.1:{port}",
                "--workers=1",
                "--worker-class=gthread",
                "--threads=2",
                "--keep-alive=60",
                "--log-level=warning",
            ],
            env=environment,
            cwd=settings.BASE_DIR,
        )
        try:
            self._await(port, server)
            took = measure.rounds("127.0.0.1", port, list(PAGES.values()), rounds)
        finally:
            server.terminate()
            server.wait()
        found = []
        for contender, path in PAGES.items():
            found.append(
                figure(f"page of 100 events: {contender}, median", statistics.median(took[path]), "ms")
            )
            found.append(figure(f"page of 100 events: {contender}, p95", measure.p95(took[path]), "ms"))
        ours = took[PAGES["published"]]
        found.append(
            figure(
                "published page / hand-written SQL",
                measure.ratio(ours, took[PAGES["hand-written SQL"]]),
                "ratio",
                1.0,
            )
        )
        found.append(
            figure(
                "published page / stock DRF view",
                measure.ratio(ours, took[PAGES["stock DRF"]]),
                "ratio",
                1 / 8,
            )
        )
        return found

    def _await(self, port: int, server: subprocess.Popen[bytes]) -> None:
        for _ in range(120):
            if server.poll() is not None:
                raise CommandError(f"The web server did not start; is port {port} taken?")
            try:
                measure.rounds("127.0.0.1", port, [PAGES["an empty view"]], 1, warm=0)
            except OSError:
                time.sleep(0.25)
            else:
                return
        raise CommandError("The web server did not answer within 30 seconds.")

    def _dates(self) -> dict[str, Any]:
        turns = 2000

        def read_all() -> None:
            for text in DATES:
                bounds(text)

        # The best of several: what others do on the machine only ever adds to it.
        best = min(timeit.repeat(read_all, number=turns, repeat=7))
        return figure("reading a date in EDTF, mean, best of 7", best * 1e6 / (turns * len(DATES)), "µs", 5.0)


def figure(name: str, value: float, unit: str, bound: float | None = None) -> dict[str, Any]:
    """One measured figure; ``ok`` says whether it keeps within its bound, None where there is none."""
    return {
        "name": name,
        "value": round(value, 4),
        "unit": unit,
        "bound": bound,
        "ok": None if bound is None else value <= bound,
    }
