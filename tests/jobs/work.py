"""Work for the tests: it writes sources, one by one, and tells how far it is."""

import os
import time
from pathlib import Path
from typing import Any

from django.db import connection

from border.jobs.kinds import job
from border.jobs.progress import Progress
from sources.models import Source


class NotLikeThis(Exception):
    problems = ["Line 2: there is no such place.", "Line 3: no date."]


def add(name: str) -> None:
    Source.objects.create(slug=name, kind="report", title=name, published="2020", reliability="B")


@job("test.write", title="Write sources")
def write(
    progress: Progress, *, name: str, count: int = 1, pause: float = 0.0, begun: str = ""
) -> dict[str, Any]:
    """Write ``count`` sources, resting ``pause`` seconds after each. The file ``begun`` says which process is at it."""
    for number in range(count):
        add(f"{name}-{number}")
        progress.step(number + 1, count, "sources")
        if begun:
            Path(begun).write_text(str(os.getpid()))
        time.sleep(pause)
    return {"message": f"{count} sources are written.", "count": count}


@job("test.fail", title="Fail")
def fail(progress: Progress, *, how: str) -> None:
    """Write a source, then fail."""
    add("in-vain")
    if how == "refused":
        raise NotLikeThis
    if how == "rule":
        Source.objects.update(title="<b>")
    raise RuntimeError("what only a programmer understands")


@job("test.busy", title="Be in somebody's way")
def busy(progress: Progress, *, times: int, state: str = "") -> None:
    """Write a source; the first ``times`` the database refuses with ``state``, or the connection is lost."""
    add("after-all")
    progress.step(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT attempts FROM jobs_job")
        if cursor.fetchone()[0] > times:
            return
        if state:
            cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'busy' USING ERRCODE = '{state}'; END $$")
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
