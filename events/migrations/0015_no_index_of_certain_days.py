"""What is certain is possible: the index of the days that are possible serves for both. And what few rows have is indexed of them."""

from django.db import migrations, models
from django.db.models import Q

from border.kernel.migrating import WithoutIndex, together


class Migration(migrations.Migration):
    dependencies = [("events", "0014_updates_at_once")]

    operations = together(
        migrations.RemoveIndex("episode", "episode_certain"),
        migrations.RemoveIndex("event", "event_certain"),
        migrations.RemoveIndex("finding", "finding_certain"),
        migrations.RemoveIndex("movement", "movement_certain"),
        WithoutIndex("casualty", "actor"),
        WithoutIndex("event", "episode"),
        migrations.AddIndex(
            "casualty",
            models.Index(fields=["actor"], name="casualty_of_actor", condition=Q(actor__isnull=False)),
        ),
        migrations.AddIndex(
            "event",
            models.Index(fields=["episode"], name="event_of_episode", condition=Q(episode__isnull=False)),
        ),
    )
