"""The words of a name are found by index, also those that are only begun; so are those of prose."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import migrations

from border.kernel.finding import Words
from border.kernel.migrating import together


class Migration(migrations.Migration):
    dependencies = [("events", "0004_comments"), ("sources", "0003_words")]

    operations = together(
        migrations.AddIndex(
            "event",
            GinIndex(Words("search_keys"), name="event_words"),
        ),
        migrations.AddIndex(
            "event",
            GinIndex(SearchVector("title", "summary", config="simple"), name="event_prose"),
        ),
    )
