"""What readers and curators notice of it when a release of a dataset is taken in by a worker beside them."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files import File
from django.urls import reverse
from django.utils.http import urlencode

from border.bench import desk, measure, release, site
from border.bench.imports import publish_batch
from border.bench.people import Curator, Person, Reader
from border.imports.asking import ask_for, bring
from border.imports.models import Import
from border.imports.reading import forget, read
from border.imports.writing import write
from events.models import Event
from sources.models import Batch

READERS, CURATORS = 16, 5
# Seconds between two questions of one of them, on average.
READER_RESTS, CURATOR_RESTS = 0.5, 5.0
WARMING, QUIET = 10.0, 90.0
# Events that readers find, and that curators work on. Those that come in have other ids.
PUBLISHED, DRAFTS = 20_000, 500
BEFORE, COMING = "22.1", "23.1"
FIRST = 1_000_001


def make() -> None:
    """Fill an empty, migrated database with an earlier release that is published, and with drafts."""
    release.make()
    by = get_user_model().objects.get(username=release.WHO)
    publish_batch(_taken(by, PUBLISHED, 1))
    _taken(by, DRAFTS, PUBLISHED + 1)
    curators = Group.objects.get(name="curator")
    for number in range(CURATORS):
        get_user_model().objects.create(username=f"bench-curator-{number}", is_staff=True).groups.add(
            curators
        )


def _taken(by: Any, count: int, first: int) -> Batch:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ged.csv"
        release.write(path, count, first=first)
        found = read(path, path.name, release=BEFORE, by=by)
    batch = write(found, by=by, why="A release to measure", via="bench")
    forget(found)
    if batch is None:
        raise RuntimeError("There was nothing to write.")
    return batch


def sign_in() -> None:
    """Print a session and the forms of each curator, and the pages that readers ask for."""
    people = get_user_model().objects.filter(username__startswith="bench-curator-").order_by("pk")
    drafts = list(Event.objects.filter(status="draft").order_by("pk").values_list("pk", flat=True))
    published = list(
        Event.objects.filter(status="published").order_by("pk").values_list("slug", flat=True)[:20]
    )
    forms = [reverse("admin:events_event_change", args=[pk]) for pk in drafts]
    curators = [
        [f"{settings.SESSION_COOKIE_NAME}={desk.session_of(person)}", forms[number::CURATORS]]
        for number, person in enumerate(people)
    ]
    asked = [
        *({"territory": f"town-{number}", "from": "2012", "to": "2016"} for number in range(0, 100, 5)),
        *({"actor": f"actor-{number}"} for number in range(0, 100, 5)),
        *({"territory": "syria", "from": f"{year}-06", "to": f"{year}-08"} for year in range(2012, 2022)),
    ]
    pages = [f"/api/v1/events/?{urlencode(one)}" for one in asked]
    pages += [f"/api/v1/events/{slug}/" for slug in published]
    print(json.dumps([curators, pages]))


def take(path: str) -> None:
    """Once somebody says so, have workers read a file and write it; print how long either took."""
    by = get_user_model().objects.get(username=release.WHO)
    sys.stdin.readline()
    begun = time.monotonic()
    with Path(path).open("rb") as file:
        one = bring(File(file), name=Path(path).name, release=COMING, within="", by=by)
    _await(one)
    has_read = time.monotonic()
    ask_for(one, "import.write", f"Write {one.name}", by=by, why="A release to measure")
    _await(one)
    print(json.dumps([has_read - begun, time.monotonic() - has_read]))


def _await(one: Import) -> None:
    """Wait until the work on it is over. Raises RuntimeError where it was not done."""
    while Import.objects.select_related("job").get(pk=one.pk).is_under_way:
        time.sleep(0.1)
    one.refresh_from_db()
    if one.job is None or one.job.state != "done":
        raise RuntimeError(f"The work on it is not done: {one.job and one.job.message}")


def figures(rows: int, *, fresh: bool) -> list[tuple[str, float, str, float | None]]:
    """Name, value, unit and bound of each figure: quiet, and while ``rows`` rows come in."""
    environment = site.world(
        "beside",
        "border.bench.beside.make()",
        kept_in="auth_user_groups",
        fresh=fresh,
        told=f"a world of {PUBLISHED:,} published events and {DRAFTS:,} drafts",
    )
    site.run(environment, "manage.py", "collectstatic", "--noinput", "--verbosity=0")
    with TemporaryDirectory() as folder, site.copied(environment, "imports_beside") as busy:
        path = Path(folder) / "ged.csv"
        release.write(path, rows, first=FIRST)
        curators, pages = json.loads(site.call(busy, "border.bench.beside.sign_in()"))
        with site.served(busy, workers=2, threads=4):
            people, parts, took = _while(busy, path, curators, pages)
    quiet, during = parts
    found: list[tuple[str, float, str, float | None]] = [
        (
            f"import of {rows:,} rows beside {READERS} readers and {CURATORS} curators, reading",
            took[0],
            "s",
            None,
        ),
        ("  writing", took[1], "s", None),
    ]
    for kind, what, share, bound in (
        (Reader, "page of a reader, p99", 0.99, 3.0),
        (Curator, "save of a curator, p95", 0.95, 2.0),
    ):
        before, since = (_spent(people, kind, *part) for part in (quiet, during))
        values = [measure.percentile(spent, share) for spent in (before, since)]
        found += [
            (f"{what}, quiet ({len(before):,} of them)", values[0], "ms", None),
            (f"{what}, while it comes in ({len(since):,} of them)", values[1], "ms", None),
            (f"{what}, while it comes in / quiet", values[1] / values[0], "ratio", bound),
        ]
    faults = [fault for person in people for fault in person.faults]
    for _, fault in faults[:5]:
        print(f"  {fault}", file=sys.stderr)
    return [*found, ("errors of readers and curators", float(len(faults)), "", 0.0)]


Part = tuple[float, float]


def _while(
    environment: site.Environment, path: Path, curators: Sequence[Any], pages: Sequence[str]
) -> tuple[list[Person], tuple[Part, Part], list[float]]:
    """The people, when it was quiet and when the import came in, and how long its two parts took."""
    over, address = threading.Event(), (site.HOST, site.PORT)
    people: list[Person] = [Reader(pages, number, address, READER_RESTS, over) for number in range(READERS)]
    people += [
        Curator(session, forms, number, address, CURATOR_RESTS, over)
        for number, (session, forms) in enumerate(curators)
    ]
    asking = f"import django; django.setup(); import border.bench.beside as b; b.take({str(path)!r})"
    worker = environment | {"BORDER_DB_ROLE": "app"}
    with (
        site.running(worker, "manage.py", "worker", stdout=subprocess.DEVNULL),
        site.running(environment, "-c", asking, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as asker,
    ):
        for person in people:
            person.start()
        time.sleep(WARMING)
        began = time.monotonic()
        time.sleep(QUIET)
        quiet = time.monotonic()
        said, _ = asker.communicate(b"\n")
        ended = time.monotonic()
        over.set()
        for person in people:
            person.join()
    if asker.returncode:
        raise RuntimeError("The import did not come to its end; what went wrong stands above.")
    return people, ((began, quiet), (quiet, ended)), json.loads(said)


def _spent(people: Iterable[Person], kind: type[Person], began: float, ended: float) -> list[float]:
    """How many milliseconds those of a kind waited for what they asked for in a time."""
    return [
        spent
        for person in people
        if isinstance(person, kind)
        for when, spent in person.took
        if began <= when < ended
    ]
