"""Lists open in their order by index, however long they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("territories", "0003_words"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="territory",
            index=models.Index(fields=["name", "id"], name="territory_in_order"),
        ),
    ]
