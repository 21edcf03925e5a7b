"""Doing a job: all of its writes and its being done are one transaction, so that it is applied once or not at all."""

import logging
import time
from typing import Any

import pghistory
from django.apps import apps
from django.conf import settings
from django.db import (
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    OperationalError,
    connection,
    transaction,
)
from django.db.models import F
from django.utils import timezone

from border.jobs.asking import shortened
from border.jobs.choices import JobState
from border.jobs.kinds import kind_of
from border.jobs.models import Job
from border.jobs.progress import Cancelled, Interrupted, Progress, giving_up
from border.jobs.queue import put
from border.kernel.retrying import passing

logger = logging.getLogger(__name__)

# How often a job is begun at most, whatever ended it.
ATTEMPTS = 3
# Before it is begun again after the database was busy or gone: a server that was killed takes some seconds to return.
PAUSES = (1.0, 5.0)
# One advisory lock for each job. The first number is arbitrary and belongs to jobs alone.
LOCK = 7204913

_NEVER_ENDED = (
    f"It was begun {ATTEMPTS} times and never came to its end: its worker was killed, or the database was busy or gone. "
    "Nothing of it is applied. Ask for it again; the log of the worker says more."
)


class Exhausted(Exception):
    """The job was begun as often as it may be."""


def run(key: int) -> str:
    """Do the job of this key, unless it is over, and answer in a sentence what became of it.

    A second run of the same job waits for the first and finds it over. After the database was busy or gone it is begun
    again; any other fault ends it as failed, with a word for whoever asked.
    """
    began = time.monotonic()
    became = _done_at_last(key)
    return f"Job {key} {became} after {time.monotonic() - began:.1f} s."


def _done_at_last(key: int) -> str:
    for pause in (*PAUSES, None):
        progress = Progress(key)
        try:
            return "is done" if _apply(key, progress) else "was over already:"
        except Cancelled:
            return _end(
                key, JobState.CANCELLED, "Called off while it was under way. Nothing of it is applied."
            )
        except Interrupted:
            return _give_back(key, begun=progress.begun)
        except Exhausted:
            return _end(key, JobState.FAILED, _NEVER_ENDED)
        except Exception as error:
            if not _passes(error):
                logger.exception("Job %s failed.", key)
                return _end(key, JobState.FAILED, told(error))
            connection.close()
            logger.warning("Job %s was stopped by the database: %s", key, " ".join(str(error).split()))
            if pause is None:
                return _end(key, JobState.FAILED, _NEVER_ENDED)
            if giving_up.wait(pause):
                return _give_back(key, begun=progress.begun)
        finally:
            progress.close()
    raise AssertionError("the last try returns or raises")


def _apply(key: int, progress: Progress) -> bool:
    """Whether this call did the work: in one transaction with the job's being done."""
    asked = Job.objects.get(pk=key)
    context = {"user": asked.asked_by_id, "why": asked.about, "via": "job", "job": key}
    with pghistory.context(**context), transaction.atomic():
        _take_time()
        _alone(key)
        job = Job.objects.get(pk=key)
        if job.is_over:
            return False
        if job.cancel_asked_at:
            raise Cancelled
        if job.attempts >= ATTEMPTS:
            raise Exhausted
        kind = kind_of(job.kind)
        if kind is None:
            raise UnknownKind(job.kind)
        progress.begin()
        result = kind.work(progress, **job.arguments)
        # Whoever called it off until now was told that nothing would be applied.
        if not Job.objects.filter(pk=key, state=JobState.RUNNING, cancel_asked_at=None).update(
            state=JobState.DONE,
            finished_at=timezone.now(),
            done=progress.done,
            total=progress.total,
            unit=progress.unit[:40],
            result=result,
            message=shortened(str((result or {}).get("message", "")), 2000),
        ):
            raise Cancelled
    return True


class UnknownKind(Exception):
    """The program knows no such work (any more)."""

    def __init__(self, name: str) -> None:
        self.problems = [f"This version of the program knows no work called {name}. Ask for it anew."]
        super().__init__(name)


def _take_time() -> None:
    """Long work has the time-outs of long work, until the transaction ends."""
    with connection.cursor() as cursor:
        for name, value in settings.JOB_TIMEOUTS.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def _alone(key: int) -> None:
    """Wait until nobody else does the job. Its row stays free, for progress to be written and for calling it off."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, key])
            if cursor.fetchone() == (True,):
                return
            if giving_up.wait(0.2):
                raise Interrupted


def _end(key: int, state: JobState, message: str) -> str:
    """Say on the job that it is over without having been done."""
    Job.objects.filter(pk=key).unfinished().update(
        state=state, finished_at=timezone.now(), message=shortened(message, 2000)
    )
    return f"{state.label.lower()}"


def _give_back(key: int, *, begun: bool) -> str:
    """Queue a job again that the end of this worker interrupted; that it was begun does not count."""
    with transaction.atomic():
        if begun:
            Job.objects.filter(pk=key, state=JobState.RUNNING).update(
                state=JobState.WAITING, attempts=F("attempts") - 1, done=0, total=None, unit=""
            )
        put(key)
    return "was given back"


def _passes(error: Exception) -> bool:
    """Whether the same work may succeed a moment later: others were in its way, or the connection was lost."""
    if isinstance(error, InterfaceError):
        return True
    state = getattr(error.__cause__, "sqlstate", None) or "08000"
    lost = state.startswith("08") or state in {"57P01", "57P02", "57P03"}
    return isinstance(error, OperationalError) and (lost or passing(error))


def told(error: Exception) -> str:
    """Why work failed, for whoever asked for it: what a refusal says, the rule that was broken, else where to look."""
    problems: Any = getattr(error, "problems", None)
    if problems:
        return "\n".join(map(str, problems))
    if isinstance(error, (IntegrityError, InternalError, DataError)):
        diagnosis = getattr(error.__cause__, "diag", None)
        name = getattr(diagnosis, "constraint_name", None) or ""
        said = getattr(diagnosis, "message_primary", None) or str(error)
        return _message_of(name) or said.removeprefix(f"{name}: ")
    return f"A fault of the program ({type(error).__name__}), which the log of the worker tells. Nothing of it is applied."


def _message_of(rule: str) -> str:
    """What the rule of this name says to people."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == rule:
                return str(constraint.get_violation_error_message())
    return ""
