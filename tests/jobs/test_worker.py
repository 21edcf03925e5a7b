"""Workers as they run beside the web server: several at one queue, killed in the middle, told to end."""

import os
import signal
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from procrastinate.contrib.django.utils import connector_params

from border.jobs.asking import ask
from border.jobs.models import Job
from tests.jobs.conftest import Worker, begun, sources, until
from tests.publication.record import rows

pytestmark = pytest.mark.django_db(transaction=True)

Workers = Callable[[int], list[Worker]]


def test_workers_share_the_queue_take_up_what_a_killed_one_left_and_give_back_what_they_cannot_end(
    workers: Workers, tmp_path: Path
) -> None:
    both = workers(2)
    assert all(os.getpriority(os.PRIO_PROCESS, one.pid) >= 10 for one in both)
    for number in range(12):
        ask("test.write", about="Short", by=None, name=f"short-{number}", count=2)
    until(lambda: not Job.objects.unfinished().exists())
    assert len(sources()) == 24
    assert set(Job.objects.values_list("state", "attempts")) == {("done", 1)}

    flag = tmp_path / "begun"
    left = ask("test.write", about="Long", by=None, name="left", count=10, pause=0.1, begun=str(flag))
    killed = until(lambda: begun(flag))
    os.kill(killed, signal.SIGKILL)
    [alive] = [one for one in both if one.pid != killed]
    until(lambda: Job.objects.filter(pk=left.pk, state="done").exists())
    assert begun(flag) == alive.pid
    assert len([slug for slug in sources() if slug.startswith("left")]) == 10
    assert Job.objects.get(pk=left.pk).attempts == 2

    flag.unlink()
    given = ask("test.write", about="Long", by=None, name="given", count=100, pause=0.1, begun=str(flag))
    until(lambda: begun(flag))
    said = alive.end()
    assert alive.returncode == 0
    given.refresh_from_db()
    assert (given.state, given.attempts, len(sources())) == ("waiting", 0, 34)
    assert rows("SELECT args->>'job', status::text FROM procrastinate_jobs WHERE queue_name = 'work'") == [
        (str(given.pk), "todo")
    ]
    assert f"Job {left.pk} was left undone by a worker that is gone; it is queued again.\n" in said
    assert f"Job {left.pk} is done after " in said
    assert f"Job {given.pk} was given back after " in said


@pytest.mark.django_db
def test_worker_without_its_tables_says_so_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = {**connector_params(), "dbname": "postgres"}
    monkeypatch.setattr("border.jobs.worker.connector_params", lambda: elsewhere)
    # All later tests would give way as well.
    monkeypatch.setattr("border.jobs.worker.os.setpriority", lambda *_: None)
    with pytest.raises(CommandError, match=r"^The worker ends: .*Is the database there, and migrated\?$"):
        call_command("worker", stdout=StringIO())
