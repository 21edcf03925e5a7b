"""What only rows of events say is empty of itself in a staged row of anything else."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from border.kernel.migrating import together


class Migration(migrations.Migration):
    dependencies = [("imports", "0007_digest")]

    operations = together(
        migrations.AlterField(
            "stagedrow",
            "search_keys",
            ArrayField(
                models.TextField(),
                db_comment="Search keys of the title.",
                db_default=models.Value("{}", output_field=models.TextField()),
                default=list,
                editable=False,
            ),
        ),
        migrations.AlterField(
            "stagedrow",
            "date",
            models.TextField(db_comment="Date in EDTF.", db_default="", default="", help_text="EDTF."),
        ),
        migrations.AlterField(
            "stagedrow",
            "kind",
            models.TextField(db_comment="Kind of event.", db_default="", default="", help_text="Kind."),
        ),
        migrations.AlterField(
            "stagedrow",
            "sub_kind",
            models.TextField(
                db_comment="The dataset's own word for it.",
                db_default="",
                default="",
                help_text="Finer kind.",
            ),
        ),
        migrations.AlterField(
            "stagedrow",
            "confidence",
            models.TextField(
                db_comment="Confidence of its event.", db_default="", default="", help_text="Confidence."
            ),
        ),
        migrations.AlterField(
            "stagedrow",
            "quote",
            models.TextField(
                db_comment="The beginning of what it says in prose.",
                db_default="",
                default="",
                help_text="Quote.",
            ),
        ),
    )
