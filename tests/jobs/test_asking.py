"""Asking for work: a job and its entry in the queue, and what takes up again what was left undone."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from border.jobs import checks
from border.jobs.asking import cancel
from border.jobs.kinds import job as registered
from border.jobs.models import Job
from border.jobs.queue import recover
from tests.conftest import DatabaseRole
from tests.jobs.conftest import asked, queued
from tests.publication.record import rows

pytestmark = pytest.mark.django_db


def test_rollback_leaves_no_job() -> None:
    with transaction.atomic():
        asked(name="never")
        assert len(queued()) == 1
        transaction.set_rollback(True)
    assert (Job.objects.count(), queued()) == (0, [])
    job = asked(name="once")
    assert queued() == [job.pk]


def test_web_process_asks_with_its_rights(db_role: DatabaseRole) -> None:
    with db_role("border_app"):
        job = asked(name="web")
        assert cancel(job, by=job.asked_by)
        assert queued() == [job.pk]


def test_what_cannot_be_done_is_refused_at_once() -> None:
    with pytest.raises(LookupError, match=r"no job test\.nothing"):
        asked("test.nothing")
    with pytest.raises(TypeError, match="speed"):
        asked(name="once", speed=2)
    assert Job.objects.count() == 0


def test_two_kinds_have_two_names() -> None:
    with pytest.raises(ValueError, match=r"There is a job test\.write already: tests\.jobs\.work\.write"):
        registered("test.write", title="Another")(lambda progress: None)


# Taking up again.


def take(job: Job, heard: str | None, queue: str = "work") -> None:
    """Have a worker take the job that gave its last sign of life so long ago; None: it is declared dead."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id",
            [heard or "1 hour"],
        )
        worker = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, queue_name = %s WHERE args->>'job' = %s",
            [worker[0], queue, str(job.pk)],
        )
        if heard is None:
            cursor.execute("DELETE FROM procrastinate_workers")


@pytest.mark.parametrize(("heard", "again"), [("29 seconds", False), ("31 seconds", True), (None, True)])
def test_job_of_a_dead_worker_is_queued_again(heard: str | None, again: bool) -> None:
    job = asked(name="left")
    take(job, heard)
    assert recover(30) == ([job.pk] if again else [])
    assert queued() == ([job.pk] if again else [])
    assert recover(30) == []


def test_job_that_fell_out_of_the_queue_is_queued_again() -> None:
    waiting, over = asked(name="lost"), asked(name="over")
    cancel(over, by=over.asked_by)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    assert recover(30) == [waiting.pk]
    assert queued() == [waiting.pk]


def test_sweep_of_a_dead_worker_is_forgotten() -> None:
    job = asked(name="sweep")
    take(job, None, queue="sweep")
    recover(30)
    assert rows("SELECT queue_name, status::text FROM procrastinate_jobs") == [("work", "todo")]


# Patience.


@pytest.mark.parametrize(
    ("heartbeat", "stalled", "faults"), [(10, 30, 0), (10, 29, 1), (20, 30, 1), (1, 29, 1)]
)
def test_impatience_is_refused_in_public(settings: Any, heartbeat: int, stalled: int, faults: int) -> None:
    settings.JOB_HEARTBEAT, settings.JOB_STALLED_AFTER = heartbeat, stalled
    assert len(checks.patience()) == faults


def test_settings_of_the_site_are_patient() -> None:
    call_command("check", "--deploy", tags=["security"])
    assert checks.patience() == []
