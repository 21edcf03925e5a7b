"""What is certain is possible: the index of the days that are possible serves for both."""

from django.db import migrations

from border.kernel.migrating import together


class Migration(migrations.Migration):
    dependencies = [("actors", "0006_updates_at_once")]

    operations = together(
        migrations.RemoveIndex("actor", "actor_certain"),
        migrations.RemoveIndex("actorname", "actorname_certain"),
        migrations.RemoveIndex("authority", "authority_certain"),
        migrations.RemoveIndex("relationship", "relationship_certain"),
    )
