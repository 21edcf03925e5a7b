"""Staged rows bring the digest by which their release knows them again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0006_fewer_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="stagedrow",
            name="digest",
            field=models.UUIDField(db_comment="Digest of the row as it came.", editable=False, null=True),
        ),
    ]
