"""The names of events, of which there may be very many, are found by an index of their own, and in the order of length."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Length

CURRENT = Q(known__upper_inf=True)


class Migration(migrations.Migration):
    dependencies = [("publication", "0009_initials")]

    operations = [
        migrations.RemoveIndex("publishedname", "published_name_keys"),
        migrations.AddIndex(
            "publishedname",
            GinIndex(
                fields=["search_keys"], name="published_name_keys", condition=CURRENT & ~Q(endpoint="events")
            ),
        ),
        migrations.AddIndex(
            "publishedname",
            GinIndex(
                fields=["search_keys"], name="published_name_events", condition=CURRENT & Q(endpoint="events")
            ),
        ),
        migrations.AddIndex(
            "publishedname",
            models.Index(
                Length("text"),
                F("id"),
                name="published_name_lengths",
                condition=CURRENT & Q(endpoint="events"),
            ),
        ),
    ]
