"""A job is applied once or not at all, whatever happens, and says what became of it."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from border.jobs.asking import cancel
from border.jobs.choices import JobState
from border.jobs.kinds import job as registered
from border.jobs.models import Job
from border.jobs.progress import PAUSE, Progress, giving_up
from border.jobs.running import ATTEMPTS, run
from tests import factories as make
from tests.jobs.conftest import asked, queued, sources, until
from tests.publication.record import rows

pytestmark = pytest.mark.django_db(transaction=True)

# Work that is not begun needs no second connection, and the test no commit, which is slow to undo.
seen_by_nobody_else = pytest.mark.django_db

Beside = Callable[[Job], threading.Thread]


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("border.jobs.running.PAUSES", (0.01, 0.01))


def became(job: Job) -> Job:
    run(job.pk)
    job.refresh_from_db()
    return job


# Doing.


def test_work_is_applied_and_told_and_the_history_says_who_and_that_it_was_a_job() -> None:
    job = became(asked(name="one", count=3))
    assert (job.state, job.done, job.total, job.unit) == (JobState.DONE, 3, 3, "sources")
    assert (job.message, job.result["count"]) == ("3 sources are written.", 3)
    assert job.started_at < job.seen_at < job.finished_at
    assert sources() == ["one-0", "one-1", "one-2"]
    assert rows(
        "SELECT c.metadata->>'user', c.metadata->>'via', c.metadata->>'why', c.metadata->>'job', count(*)"
        " FROM sources_sourcehistoryevent h LEFT JOIN pghistory_context c ON c.id = h.pgh_context_id GROUP BY c.id"
    ) == [(str(job.asked_by_id), "job", "Sources of the border", str(job.pk), 3)]
    assert run(job.pk).startswith(f"Job {job.pk} was over already")
    assert Job.objects.get().attempts == 1


def test_second_run_waits_and_finds_it_done(beside: Beside) -> None:
    job = asked(name="one", count=2, pause=0.2)
    for thread in [beside(job) for _ in range(3)]:
        thread.join()
    assert sources() == ["one-0", "one-1"]
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 1)


def test_progress_is_seen_while_the_work_is_not(beside: Beside) -> None:
    job = asked(name="slow", count=8, pause=0.1)
    thread = beside(job)
    until(lambda: Job.objects.filter(state="running", done__gt=1, total=8, unit="sources").exists())
    assert sources() == []
    thread.join()
    assert len(sources()) == 8


@seen_by_nobody_else
def test_progress_is_written_twice_a_second_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    now, written = 100.0, []
    progress = Progress(1, clock=lambda: now)
    monkeypatch.setattr(progress, "_execute", lambda sql: written.append(progress.done) or (True,))
    for number in range(1, 1001):
        now += 0.01
        progress.step(number)
    assert 10 / PAUSE - 1 <= len(written) <= 10 / PAUSE + 1


def test_long_work_has_the_time_outs_of_long_work(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    found = []

    def look(progress: Progress) -> None:
        found.extend(
            rows(f"SELECT current_setting('{name}')")[0][0] for name in sorted(settings.JOB_TIMEOUTS)
        )

    monkeypatch.setattr("border.jobs.kinds._KINDS", {})
    registered("test.look", title="Look")(look)
    before = rows("SHOW lock_timeout")
    became(asked("test.look"))
    assert found == ["10min", "1min", "30min"]
    assert rows("SHOW lock_timeout") == before


# Calling off.


@seen_by_nobody_else
def test_job_that_waits_is_called_off_at_once() -> None:
    job = asked(name="never")
    assert cancel(job, by=job.asked_by)
    assert became(job).state == JobState.CANCELLED
    assert (sources(), job.message) == ([], "Called off before it began.")
    assert not cancel(job, by=job.asked_by)


def test_job_under_way_is_called_off_and_leaves_nothing(beside: Beside) -> None:
    job, other = asked(name="slow", count=100, pause=0.05), make.UserFactory()
    thread = beside(job)
    until(lambda: Job.objects.filter(state="running").exists())
    assert cancel(job, by=other)
    thread.join(5)
    job.refresh_from_db()
    assert (job.state, job.cancel_asked_by, sources()) == (JobState.CANCELLED, other, [])
    assert "Nothing of it is applied" in job.message


def test_job_called_off_after_its_last_step_is_not_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever called it off was told that it would not be."""
    job = asked(name="late")
    monkeypatch.setattr(Progress, "_tell", lambda progress: cancel(job, by=job.asked_by))
    assert (became(job).state, sources()) == (JobState.CANCELLED, [])


# Failing.


def test_failure_leaves_nothing_and_says_why(caplog: pytest.LogCaptureFixture) -> None:
    for how, said in (
        ("refused", "Line 2: there is no such place.\nLine 3: no date."),
        ("rule", "A text holds markup, a control character"),
        ("fault", "A fault of the program (RuntimeError), which the log"),
    ):
        job = became(asked("test.fail", how=how))
        assert (job.state, sources(), job.attempts) == (JobState.FAILED, [], 1)
        assert job.message.startswith(said)
        assert caplog.records[-1].exc_info


@seen_by_nobody_else
def test_work_that_the_program_forgot_fails() -> None:
    job = asked(name="old")
    Job.objects.update(kind="test.forgotten")
    assert became(job).state == JobState.FAILED
    assert "no work called test.forgotten" in job.message


@pytest.mark.parametrize("state", ["40P01", ""], ids=lambda state: state or "lost")
def test_work_is_begun_again_when_the_database_was_busy_or_gone(state: str) -> None:
    job = became(asked("test.busy", times=2, state=state))
    assert (job.state, job.attempts, sources()) == (JobState.DONE, 3, ["after-all"])


def test_work_is_not_begun_for_ever() -> None:
    job = became(asked("test.busy", times=9))
    assert (job.state, job.attempts, sources()) == (JobState.FAILED, ATTEMPTS, [])
    assert "begun 3 times" in job.message


@seen_by_nobody_else
def test_job_whose_workers_were_killed_three_times_fails() -> None:
    job = asked(name="deadly")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE jobs_job SET state = 'running', started_at = now(), attempts = 3")
    assert became(job).state == JobState.FAILED
    assert ("begun 3 times" in job.message, sources()) == (True, [])


def test_worker_that_ends_gives_its_job_back(beside: Beside) -> None:
    job = asked(name="again", count=40, pause=0.1)
    thread = beside(job)
    until(lambda: Job.objects.filter(state="running").exists())
    giving_up.set()
    thread.join(5)
    job.refresh_from_db()
    assert (job.state, job.attempts, sources()) == (JobState.WAITING, 0, [])
    assert queued() == [job.pk, job.pk]
    giving_up.clear()
    with connection.cursor() as cursor:
        cursor.execute('UPDATE jobs_job SET arguments = \'{"name": "again"}\'')
    assert became(job).state == JobState.DONE
