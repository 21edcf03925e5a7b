"""The words of a name are found by index, also those that are only begun."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from border.kernel.finding import Words
from border.kernel.migrating import together


class Migration(migrations.Migration):
    dependencies = [("territories", "0002_triggers"), ("sources", "0003_words")]

    operations = together(
        migrations.AddIndex(
            "territory",
            GinIndex(Words("search_keys"), name="territory_words"),
        ),
        migrations.AddIndex(
            "territoryname",
            GinIndex(Words("search_keys"), name="territory_name_words"),
        ),
    )
