"""Contested events of an actor are found among the contested, not among all of the actor."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("publication", "0010_names_of_events")]

    operations = [
        migrations.AddIndex(
            "publishedevent",
            GinIndex(
                fields=["actors"],
                name="pub_events_contested_actors",
                condition=Q(known__upper_inf=True, contested=True),
            ),
        ),
    ]
