"""No index that another one begins with, and none of a history by what is not looked up: each costs every write."""

from django.db import migrations

from border.kernel.migrating import WithoutIndex


class Migration(migrations.Migration):
    dependencies = [("territories", "0005_codes")]

    operations = [
        WithoutIndex("containmentcitation", "record"),
        WithoutIndex("containmentcitationhistoryevent", "source"),
        WithoutIndex("containmenthistoryevent", "child"),
        WithoutIndex("containmenthistoryevent", "parent"),
        WithoutIndex("crossinghistoryevent", "side_a"),
        WithoutIndex("crossinghistoryevent", "side_b"),
        WithoutIndex("crossinghistoryevent", "territory"),
        WithoutIndex("crossingstatuscitation", "record"),
        WithoutIndex("crossingstatuscitationhistoryevent", "source"),
        WithoutIndex("crossingstatushistoryevent", "crossing"),
        WithoutIndex("outline", "territory"),
        WithoutIndex("outlinehistoryevent", "source"),
        WithoutIndex("territorycitation", "record"),
        WithoutIndex("territorycitationhistoryevent", "source"),
        WithoutIndex("territoryname", "record"),
        WithoutIndex("territorynamehistoryevent", "source"),
    ]
