"""What is certain is possible: the index of the days that are possible serves for both."""

from django.db import migrations

from border.kernel.migrating import together


class Migration(migrations.Migration):
    dependencies = [("sources", "0007_updates_at_once")]

    operations = together(
        migrations.RemoveIndex("source", "source_certain"),
    )
