"""What was asked of the workers, and what became of it."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from border.jobs.choices import OVER, UNFINISHED, JobState
from border.kernel import rules
from border.kernel.vocabulary import one_of


class JobQuerySet(models.QuerySet["Job"]):
    """Words about jobs."""

    def unfinished(self) -> Self:
        """Jobs that wait or are being done."""
        return self.filter(state__in=UNFINISHED)

    def seen_by(self, person: Any) -> Self:
        """The jobs that ``person`` may see: their own, or all with the right to it."""
        return self if person.has_perm("jobs.view_job") else self.filter(asked_by=person)


class Job(models.Model):
    """One piece of work that somebody asked for: what about, how far it is, and what came of it.

    It has no history: a row tells its own story, its moments included, and what the work itself writes is in the history
    of the tables that it writes to, with who asked and the number of the job.
    """

    kind = models.CharField(
        max_length=60,
        help_text="Which work: import.commit …",
        db_comment="Which work, as its function is registered: import.commit …",
    )
    about = models.CharField(
        max_length=500,
        help_text="What it is about, in words.",
        db_comment="What it is about, in words.",
    )
    arguments = models.JSONField(
        default=dict,
        db_comment="What the function of this kind is given, by name.",
        editable=False,
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs",
        help_text="Who asked for it.",
        db_comment="Who asked for it; empty where it was a command.",
    )
    asked_at = models.DateTimeField(auto_now_add=True, db_comment="When it was asked for.")
    started_at = models.DateTimeField(
        null=True, blank=True, db_comment="When a worker first took it up; empty before."
    )
    finished_at = models.DateTimeField(
        null=True, blank=True, db_comment="When it was done, failed or cancelled; empty before."
    )
    state = models.CharField(
        max_length=10,
        choices=JobState,
        default=JobState.WAITING,
        db_default=JobState.WAITING,
        help_text="How far it has come.",
        db_comment="waiting, running, done, failed or cancelled.",
    )
    done = models.BigIntegerField(
        default=0,
        db_default=0,
        help_text="How many units are done.",
        db_comment="How many units of the work are done, as last told.",
    )
    total = models.BigIntegerField(
        null=True,
        blank=True,
        help_text="How many units there are.",
        db_comment="How many units there are; empty while nobody knows.",
    )
    unit = models.CharField(
        max_length=40,
        blank=True,
        default="",
        db_default="",
        help_text="What is counted: rows, records …",
        db_comment="What is counted, in the plural: rows, records …",
    )
    message = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="What came of it, in words.",
        db_comment="What came of it, in words for whoever asked; why, where it failed.",
    )
    result = models.JSONField(
        null=True, blank=True, db_comment="What the work answered, for programs.", editable=False
    )
    cancel_asked_at = models.DateTimeField(
        null=True, blank=True, db_comment="When somebody called it off; empty where nobody did."
    )
    cancel_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="jobs_cancelled",
        help_text="Who called it off.",
        db_comment="Who called it off; empty where nobody did.",
    )
    attempts = models.PositiveSmallIntegerField(
        default=0,
        db_default=0,
        help_text="How often it was begun.",
        db_comment="How often it was begun: more than once where a worker was killed or the database was busy.",
    )
    seen_at = models.DateTimeField(
        null=True,
        blank=True,
        db_comment="Last sign of life: when the work last told how far it is.",
    )

    objects = JobQuerySet.as_manager()

    class Meta:
        db_table_comment = (
            "Work that somebody asked for and a worker does, outside of requests. Never public."
        )
        indexes = [
            models.Index(fields=["id"], condition=Q(state__in=sorted(UNFINISHED)), name="job_unfinished")
        ]
        constraints = [
            one_of("job", "state", JobState),
            rules.present("job", "kind", "A job is of some kind."),
            rules.present("job", "about", "Say what the job is about."),
            rules.not_negative("job", "done", "total"),
            models.CheckConstraint(
                name="job_finished_once_over",
                condition=(~Q(state__in=sorted(UNFINISHED)) | Q(finished_at=None))
                & (~Q(state__in=sorted(OVER)) | Q(finished_at__isnull=False)),
                violation_error_message="A job has the time of its end once it is done, failed or cancelled, not before.",
            ),
            models.CheckConstraint(
                name="job_started_to_be_done",
                condition=~Q(state__in=sorted((JobState.RUNNING, JobState.DONE)))
                | Q(started_at__isnull=False),
                violation_error_message="A job that is running or done has been started.",
            ),
            models.CheckConstraint(
                name="job_cancel_asked_by_somebody",
                condition=Q(cancel_asked_at=None, cancel_asked_by=None)
                | Q(cancel_asked_at__isnull=False, cancel_asked_by__isnull=False),
                violation_error_message="A job is called off by somebody at some time, or goes on.",
            ),
        ]

    def __str__(self) -> str:
        return f"job {self.pk}: {self.about}"

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state not in UNFINISHED

    @property
    def lasted(self) -> dt.timedelta | None:
        """How long it took, or has taken so far; None before it began."""
        return (self.finished_at or timezone.now()) - self.started_at if self.started_at else None
