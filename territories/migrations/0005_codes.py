"""A place is found by the beginning of its code without going through all places."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("territories", "0004_in_order"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="territory",
            index=models.Index(fields=["pcode"], name="territory_code", opclasses=["varchar_pattern_ops"]),
        ),
    ]
