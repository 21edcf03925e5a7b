"""Lists open in their order by index, however long they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("sources", "0003_words"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["title", "id"], name="source_in_order"),
        ),
    ]
