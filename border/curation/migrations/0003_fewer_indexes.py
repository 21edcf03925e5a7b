"""No index that another one begins with, and none of a history by what is not looked up: each costs every write."""

from django.db import migrations

from border.kernel.migrating import WithoutIndex


class Migration(migrations.Migration):
    dependencies = [("curation", "0002_sent_back")]

    operations = [
        WithoutIndex("savedview", "owner"),
    ]
