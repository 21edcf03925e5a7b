"""No index that another one begins with, and none of a history by what is not looked up: each costs every write."""

from django.db import migrations

from border.kernel.migrating import WithoutIndex


class Migration(migrations.Migration):
    dependencies = [("sources", "0005_words_sooner")]

    operations = [
        WithoutIndex("snapshot", "source"),
        WithoutIndex("snapshothistoryevent", "retrieved_by"),
    ]
