"""Lists open in their order by index, however long they are."""

from django.db import migrations, models

from border.kernel.migrating import together


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0005_words"),
        ("territories", "0004_in_order"),
    ]

    operations = together(
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["possible", "id"], name="event_in_time"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["status", "possible", "id"], name="event_standing"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["title", "id"], name="event_in_order"),
        ),
    )
