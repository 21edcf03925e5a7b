"""What is certain is possible: the index of the days that are possible serves for both."""

from django.db import migrations

from border.kernel.migrating import together


class Migration(migrations.Migration):
    dependencies = [("territories", "0007_updates_at_once")]

    operations = together(
        migrations.RemoveIndex("containment", "containment_certain"),
        migrations.RemoveIndex("crossingstatus", "crossingstatus_certain"),
        migrations.RemoveIndex("outline", "outline_certain"),
        migrations.RemoveIndex("territory", "territory_certain"),
        migrations.RemoveIndex("territoryname", "territoryname_certain"),
    )
