"""Lists open in their order by index, however long they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0003_words"),
        ("territories", "0004_in_order"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="actor",
            index=models.Index(fields=["name", "id"], name="actor_in_order"),
        ),
    ]
