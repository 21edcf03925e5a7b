"""No index that another one begins with, and none of a history by what is not looked up: each costs every write."""

from django.db import migrations

from border.kernel.migrating import WithoutIndex


class Migration(migrations.Migration):
    dependencies = [("imports", "0005_going_along")]

    operations = [
        WithoutIndex("meant", "reading"),
        WithoutIndex("namecount", "of"),
        WithoutIndex("stagedrow", "of"),
    ]
