"""A staged row may be one that its dataset deleted, with or without us having it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0002_files_that_wait"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="stagedrow",
            name="staged_row_verdict_known",
        ),
        migrations.AlterField(
            model_name="stagedrow",
            name="verdict",
            field=models.CharField(
                choices=[
                    ("new", "New"),
                    ("changed", "Changed"),
                    ("same", "Same"),
                    ("unplaced", "Unplaced"),
                    ("older", "Older"),
                    ("repeated", "Repeated"),
                    ("deleted", "Deleted"),
                    ("absent", "Absent"),
                    ("outside", "Outside"),
                    ("refused", "Refused"),
                ],
                db_comment="What becomes of it.",
                help_text="What becomes of it.",
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="stagedrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "verdict__in",
                        [
                            "absent",
                            "changed",
                            "deleted",
                            "new",
                            "older",
                            "outside",
                            "refused",
                            "repeated",
                            "same",
                            "unplaced",
                        ],
                    )
                ),
                name="staged_row_verdict_known",
                violation_error_message="Unknown verdict. Write one of: absent, changed, deleted, new, older, outside, refused, repeated, same, unplaced.",
            ),
        ),
    ]
