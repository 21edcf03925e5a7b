"""Asking for work, and calling it off."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from border.jobs.choices import JobState
from border.jobs.kinds import kind_of
from border.jobs.models import Job
from border.jobs.queue import put


def ask(kind: str, /, *, about: str, by: Any, **arguments: Any) -> Job:
    """A new job that a worker takes up once the caller's transaction is committed; rolled back, there was none.

    ``about`` says in words what it is about; ``by`` is who asks, None for a command. Raises LookupError where there is no
    such kind, and TypeError where its function does not take these arguments.
    """
    known = kind_of(kind)
    if known is None:
        raise LookupError(f"There is no job {kind}. Is its module in JOB_MODULES?")
    known.require(arguments)
    with transaction.atomic():
        asked = Job.objects.create(kind=kind, about=shortened(about, 500), asked_by=by, arguments=arguments)
        put(asked.pk)
    return asked


def cancel(job: Job, *, by: Any) -> bool:
    """Whether the job was called off in time: one that waits is over at once, one under way at its next step."""
    now = timezone.now()
    waiting = Job.objects.filter(pk=job.pk, state=JobState.WAITING)
    called_off = {"cancel_asked_at": now, "cancel_asked_by": by}
    if waiting.update(
        state=JobState.CANCELLED, finished_at=now, message="Called off before it began.", **called_off
    ):
        return True
    return bool(Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(**called_off))


def shortened(text: str, most: int) -> str:
    """``text`` in at most so many characters, none of which a database refuses."""
    text = text.replace("\0", "�")
    return text if len(text) <= most else f"{text[: most - 1]}…"
