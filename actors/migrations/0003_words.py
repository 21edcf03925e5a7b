"""The words of a name are found by index, also those that are only begun."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from border.kernel.finding import Words
from border.kernel.migrating import together


class Migration(migrations.Migration):
    dependencies = [("actors", "0002_triggers"), ("sources", "0003_words")]

    operations = together(
        migrations.AddIndex(
            "actor",
            GinIndex(Words("search_keys"), name="actor_words"),
        ),
        migrations.AddIndex(
            "actorname",
            GinIndex(Words("search_keys"), name="actor_name_words"),
        ),
    )
