"""Lists open in their order by index, however long they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0005_words"),
        ("territories", "0004_in_order"),
    ]

    operations = [
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
    ]
