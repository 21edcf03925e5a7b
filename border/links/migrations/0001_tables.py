"""Pairs of events that may be one, and decisions about many of them at once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from border.kernel.migrating import together

ID = "Internal number; never leaves the database."
# ANALYZE is asked for by the worker, which does not own the table.
SQL = (
    "".join(f"COMMENT ON COLUMN links_{table}.id IS '{ID}';" for table in ("candidate", "linking"))
    + """
DO $$ BEGIN
    IF current_setting('server_version_num')::int >= 170000 THEN
        EXECUTE 'GRANT MAINTAIN ON links_candidate TO border_app';
    END IF;
END $$;
"""
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("events", "0010_judged_by"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = together(
        migrations.CreateModel(
            name="Candidate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "first",
                    models.BigIntegerField(
                        db_comment="Id of one event; the one with the lower id.", help_text="One event."
                    ),
                ),
                (
                    "second",
                    models.BigIntegerField(db_comment="Id of the other event.", help_text="The other event."),
                ),
                (
                    "datasets",
                    models.CharField(
                        db_comment="The two datasets in the order of the alphabet, with a plus between them; ours for events of none.",
                        help_text="Of which two datasets.",
                        max_length=200,
                    ),
                ),
                (
                    "score",
                    models.FloatField(
                        db_comment="How likely it is that the two are one, from 0 to 1.",
                        help_text="How likely they are one, from 0 to 1.",
                    ),
                ),
                (
                    "bits",
                    models.FloatField(
                        db_comment="What all comparisons weigh together, in bits: logarithms to the base 2 of likelihood ratios.",
                        help_text="What all comparisons weigh together.",
                    ),
                ),
                (
                    "evidence",
                    models.JSONField(
                        db_comment="What was compared: days and metres apart, actors shared, kinds, killed; and how each came out.",
                        help_text="What was compared.",
                    ),
                ),
                (
                    "best",
                    models.BooleanField(
                        db_comment="True where of each of the two events this is the likeliest pair of these datasets, alone.",
                        help_text="Whether neither has a pair of these datasets that is as likely.",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Pairs of events of different datasets that may be one; worked out anew as a whole. Never public.",
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("score"), descending=True),
                        models.F("id"),
                        name="candidate_in_order",
                    ),
                    models.Index(fields=["second"], name="candidate_second"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("first", "second"),
                        name="candidate_once",
                        violation_error_message="A pair is a candidate once.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="candidate_pair_in_order",
                        violation_error_message="The event with the lower id comes first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("score__gte", 0), ("score__lte", 1)),
                        name="candidate_score_in_range",
                        violation_error_message="A score lies between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "datasets__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("datasets__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="candidate_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Linking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "threshold",
                    models.FloatField(
                        db_comment="The score from which on pairs were taken for the same.",
                        help_text="The score from which on pairs were taken.",
                    ),
                ),
                (
                    "datasets",
                    models.CharField(
                        blank=True,
                        db_comment="The two datasets whose pairs were meant, with a plus between them; empty for all.",
                        db_default="",
                        default="",
                        help_text="Of which two datasets; empty for all.",
                        max_length=200,
                    ),
                ),
                (
                    "pairs",
                    models.PositiveIntegerField(
                        db_comment="How many pairs were taken for the same.",
                        db_default=0,
                        default=0,
                        help_text="How many.",
                    ),
                ),
                (
                    "reason",
                    models.CharField(db_comment="Why it was decided.", help_text="Why.", max_length=500),
                ),
                ("decided_at", models.DateTimeField(auto_now_add=True, db_comment="When it was decided.")),
                (
                    "undone_at",
                    models.DateTimeField(
                        blank=True, db_comment="When it was taken back; empty while it holds.", null=True
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_comment="Who stated the threshold.",
                        help_text="Who stated the threshold.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="linkings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who took it back; empty while it holds.",
                        help_text="Who took it back.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="linkings_undone",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table_comment": "Decisions that took all pairs above a threshold for the same. Never public.",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("threshold__gt", 0), ("threshold__lte", 1)),
                        name="linking_threshold_in_range",
                        violation_error_message="A threshold lies above 0, and is at most 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at", None), ("undone_by", None)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="linking_undone_by_somebody",
                        violation_error_message="A decision is taken back by somebody, at some time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="linking_reason_present",
                        violation_error_message="Say why: those who come after will ask.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "datasets__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("datasets__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "reason__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("reason__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="linking_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    )
