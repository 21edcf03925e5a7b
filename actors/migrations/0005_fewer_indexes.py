"""No index that another one begins with, and none of a history by what is not looked up: each costs every write."""

from django.db import migrations

from border.kernel.migrating import WithoutIndex


class Migration(migrations.Migration):
    dependencies = [("actors", "0004_in_order")]

    operations = [
        WithoutIndex("actorcitation", "record"),
        WithoutIndex("actorcitationhistoryevent", "source"),
        WithoutIndex("actorhistoryevent", "home"),
        WithoutIndex("actorhistoryevent", "parent"),
        WithoutIndex("actorname", "record"),
        WithoutIndex("actornamehistoryevent", "source"),
        WithoutIndex("authoritycitation", "record"),
        WithoutIndex("authoritycitationhistoryevent", "source"),
        WithoutIndex("authorityhistoryevent", "actor"),
        WithoutIndex("authorityhistoryevent", "territory"),
        WithoutIndex("crossingcontrol", "crossing_status"),
        WithoutIndex("crossingcontrolhistoryevent", "actor"),
        WithoutIndex("relationshipcitation", "record"),
        WithoutIndex("relationshipcitationhistoryevent", "source"),
        WithoutIndex("relationshiphistoryevent", "object"),
        WithoutIndex("relationshiphistoryevent", "subject"),
        WithoutIndex("relationshiphistoryevent", "territory"),
    ]
