"""What was asked of the workers: jobs."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        db_comment="Which work, as its function is registered: import.commit …",
                        help_text="Which work: import.commit …",
                        max_length=60,
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        db_comment="What it is about, in words.",
                        help_text="What it is about, in words.",
                        max_length=500,
                    ),
                ),
                (
                    "arguments",
                    models.JSONField(
                        db_comment="What the function of this kind is given, by name.",
                        default=dict,
                        editable=False,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True, db_comment="When it was asked for.")),
                (
                    "started_at",
                    models.DateTimeField(
                        blank=True, db_comment="When a worker first took it up; empty before.", null=True
                    ),
                ),
                (
                    "finished_at",
                    models.DateTimeField(
                        blank=True,
                        db_comment="When it was done, failed or cancelled; empty before.",
                        null=True,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                            ("cancelled", "Cancelled"),
                        ],
                        db_comment="waiting, running, done, failed or cancelled.",
                        db_default="waiting",
                        default="waiting",
                        help_text="How far it has come.",
                        max_length=10,
                    ),
                ),
                (
                    "done",
                    models.BigIntegerField(
                        db_comment="How many units of the work are done, as last told.",
                        db_default=0,
                        default=0,
                        help_text="How many units are done.",
                    ),
                ),
                (
                    "total",
                    models.BigIntegerField(
                        blank=True,
                        db_comment="How many units there are; empty while nobody knows.",
                        help_text="How many units there are.",
                        null=True,
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        db_comment="What is counted, in the plural: rows, records …",
                        db_default="",
                        default="",
                        help_text="What is counted: rows, records …",
                        max_length=40,
                    ),
                ),
                (
                    "message",
                    models.TextField(
                        blank=True,
                        db_comment="What came of it, in words for whoever asked; why, where it failed.",
                        db_default="",
                        default="",
                        help_text="What came of it, in words.",
                    ),
                ),
                (
                    "result",
                    models.JSONField(
                        blank=True,
                        db_comment="What the work answered, for programs.",
                        editable=False,
                        null=True,
                    ),
                ),
                (
                    "cancel_asked_at",
                    models.DateTimeField(
                        blank=True,
                        db_comment="When somebody called it off; empty where nobody did.",
                        null=True,
                    ),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(
                        db_comment="How often it was begun: more than once where a worker was killed or the database was busy.",
                        db_default=0,
                        default=0,
                        help_text="How often it was begun.",
                    ),
                ),
                (
                    "seen_at",
                    models.DateTimeField(
                        blank=True,
                        db_comment="Last sign of life: when the work last told how far it is.",
                        null=True,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who asked for it; empty where it was a command.",
                        help_text="Who asked for it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cancel_asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who called it off; empty where nobody did.",
                        help_text="Who called it off.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="jobs_cancelled",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table_comment": "Work that somebody asked for and a worker does, outside of requests. Never public.",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["running", "waiting"])),
                        fields=["id"],
                        name="job_unfinished",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["cancelled", "done", "failed", "running", "waiting"])
                        ),
                        name="job_state_known",
                        violation_error_message="Unknown state. Write one of: cancelled, done, failed, running, waiting.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", ""), _negated=True),
                        name="job_kind_present",
                        violation_error_message="A job is of some kind.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("about", ""), _negated=True),
                        name="job_about_present",
                        violation_error_message="Say what the job is about.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done", None),
                                models.Q(("done__gte", 0), ("done__lt", 1000000000000)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("total", None),
                                models.Q(("total__gte", 0), ("total__lt", 1000000000000)),
                                _connector="OR",
                            ),
                        ),
                        name="job_counts_not_negative",
                        violation_error_message="A count is zero or more: done, total.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                models.Q(("state__in", ["running", "waiting"]), _negated=True),
                                ("finished_at", None),
                                _connector="OR",
                            ),
                            models.Q(
                                models.Q(("state__in", ["cancelled", "done", "failed"]), _negated=True),
                                ("finished_at__isnull", False),
                                _connector="OR",
                            ),
                        ),
                        name="job_finished_once_over",
                        violation_error_message="A job has the time of its end once it is done, failed or cancelled, not before.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["done", "running"]), _negated=True),
                            ("started_at__isnull", False),
                            _connector="OR",
                        ),
                        name="job_started_to_be_done",
                        violation_error_message="A job that is running or done has been started.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancel_asked_at", None), ("cancel_asked_by", None)),
                            models.Q(("cancel_asked_at__isnull", False), ("cancel_asked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="job_cancel_asked_by_somebody",
                        violation_error_message="A job is called off by somebody at some time, or goes on.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "COMMENT ON COLUMN jobs_job.id IS 'Number of the job; the history of what it wrote names it.';",
            migrations.RunSQL.noop,
        ),
    ]
