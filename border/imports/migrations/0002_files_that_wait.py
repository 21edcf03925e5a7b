"""A file is kept while it is looked over, and its import has a job."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from border.kernel.migrating import together

# ANALYZE is asked for by the worker, which does not own the tables.
MAINTAIN = """
DO $$ BEGIN
    IF current_setting('server_version_num')::int >= 170000 THEN
        EXECUTE 'GRANT MAINTAIN ON imports_import, imports_stagedrow, imports_actorreading, imports_placereading'
            ' TO border_app';
    END IF;
END $$;
"""
NOT_MAINTAIN = MAINTAIN.replace("GRANT MAINTAIN", "REVOKE MAINTAIN").replace(
    "TO border_app", "FROM border_app"
)


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0001_tables"),
        ("jobs", "0002_queue"),
        ("sources", "0004_in_order"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = together(
        migrations.RemoveConstraint(
            model_name="import",
            name="import_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="import",
            name="import_text_clean",
        ),
        migrations.AddField(
            model_name="import",
            name="file",
            field=models.FileField(
                blank=True,
                db_comment="Path of the file in the media folder, while it is looked over; empty before, after, and from the shell.",
                db_default="",
                default="",
                help_text="The file, until somebody decides.",
                upload_to="imports",
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="job",
            field=models.ForeignKey(
                blank=True,
                db_comment="The job on it that was asked for last; empty from the shell.",
                help_text="The work on it that was asked for last.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="imports",
                to="jobs.job",
            ),
        ),
        migrations.AddField(
            model_name="import",
            name="release_said",
            field=models.CharField(
                blank=True,
                db_comment="Which release it was said to be, as version or slug of a source; empty where nothing was said.",
                db_default="",
                default="",
                help_text="Which release it is: a version such as 23.1, or the slug of a source.",
                max_length=200,
            ),
        ),
        migrations.AlterField(
            model_name="import",
            name="dialect",
            field=models.CharField(
                blank=True,
                db_comment="Form of the format, such as its number of columns.",
                db_default="",
                default="",
                help_text="Which form of it.",
                max_length=60,
            ),
        ),
        migrations.AlterField(
            model_name="import",
            name="format",
            field=models.CharField(
                blank=True,
                db_comment="Format of the file: ucdp-ged, acled …; empty before it is read.",
                db_default="",
                default="",
                help_text="What it is.",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="import",
            name="layout",
            field=models.JSONField(
                db_comment="What it takes to write the same file again: its columns in order, delimiter, line ends.",
                default=dict,
                help_text="How to write the same file again.",
            ),
        ),
        migrations.AlterField(
            model_name="import",
            name="read_at",
            field=models.DateTimeField(
                db_comment="When the file was read last; before, when it was brought.",
                default=django.utils.timezone.now,
                help_text="When it was read.",
            ),
        ),
        migrations.AlterField(
            model_name="import",
            name="release",
            field=models.ForeignKey(
                blank=True,
                db_comment="The dataset release that the file is, or is a part of; empty before it is read.",
                help_text="The dataset release that the file is.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="imports",
                to="sources.source",
            ),
        ),
        migrations.AlterField(
            model_name="import",
            name="sha256",
            field=models.CharField(
                blank=True,
                db_comment="SHA-256 of the file, in hexadecimal digits; empty before it is read.",
                db_default="",
                default="",
                help_text="Its SHA-256.",
                max_length=64,
            ),
        ),
        migrations.AlterField(
            model_name="import",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Not read yet"),
                    ("read", "Read"),
                    ("written", "Written"),
                    ("given_up", "Given up"),
                ],
                db_comment="waiting, read, written or given_up; what is being done is said by the job.",
                db_default="read",
                default="read",
                help_text="How far it has come.",
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["given_up", "read", "waiting", "written"])),
                name="import_state_known",
                violation_error_message="Unknown state. Write one of: given_up, read, waiting, written.",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "name__regex",
                            "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                        ),
                        _negated=True,
                    ),
                    models.Q(("name__regex", "<[a-zA-Z/!?]"), _negated=True),
                    models.Q(
                        (
                            "format__regex",
                            "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                        ),
                        _negated=True,
                    ),
                    models.Q(("format__regex", "<[a-zA-Z/!?]"), _negated=True),
                    models.Q(
                        (
                            "dialect__regex",
                            "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                        ),
                        _negated=True,
                    ),
                    models.Q(("dialect__regex", "<[a-zA-Z/!?]"), _negated=True),
                    models.Q(
                        (
                            "within__regex",
                            "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                        ),
                        _negated=True,
                    ),
                    models.Q(("within__regex", "<[a-zA-Z/!?]"), _negated=True),
                    models.Q(
                        (
                            "release_said__regex",
                            "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                        ),
                        _negated=True,
                    ),
                    models.Q(("release_said__regex", "<[a-zA-Z/!?]"), _negated=True),
                ),
                name="import_text_clean",
                violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
            ),
        ),
        migrations.RunSQL(MAINTAIN, NOT_MAINTAIN),
    )
