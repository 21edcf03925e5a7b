"""No index that another one begins with, and none of a history by what is not looked up: each costs every write."""

from django.db import migrations

from border.kernel.migrating import WithoutIndex


class Migration(migrations.Migration):
    dependencies = [("events", "0010_judged_by")]

    operations = [
        WithoutIndex("authorityevent", "authority"),
        WithoutIndex("authorityeventhistoryevent", "event"),
        WithoutIndex("casualty", "event"),
        WithoutIndex("casualtyhistoryevent", "actor"),
        WithoutIndex("casualtyhistoryevent", "source"),
        WithoutIndex("episodecitation", "record"),
        WithoutIndex("episodecitationhistoryevent", "source"),
        WithoutIndex("episodehistoryevent", "parent"),
        WithoutIndex("episodehistoryevent", "territory"),
        WithoutIndex("eventcitation", "record"),
        WithoutIndex("eventcitationhistoryevent", "source"),
        WithoutIndex("eventhistoryevent", "episode"),
        WithoutIndex("eventhistoryevent", "territory"),
        WithoutIndex("externalrecord", "release"),
        WithoutIndex("externalrecordhistoryevent", "event"),
        WithoutIndex("externalrecordhistoryevent", "release"),
        WithoutIndex("findingactor", "finding"),
        WithoutIndex("findingactorhistoryevent", "actor"),
        WithoutIndex("findingcitation", "record"),
        WithoutIndex("findingcitationhistoryevent", "source"),
        WithoutIndex("findinghistoryevent", "parent"),
        WithoutIndex("findingterritory", "finding"),
        WithoutIndex("findingterritoryhistoryevent", "territory"),
        WithoutIndex("match", "first"),
        WithoutIndex("matchhistoryevent", "decided_by"),
        WithoutIndex("movementcitation", "record"),
        WithoutIndex("movementcitationhistoryevent", "source"),
        WithoutIndex("movementhistoryevent", "destination"),
        WithoutIndex("movementhistoryevent", "episode"),
        WithoutIndex("movementhistoryevent", "mover"),
        WithoutIndex("movementhistoryevent", "origin"),
        WithoutIndex("movementhistoryevent", "via"),
        WithoutIndex("participation", "event"),
        WithoutIndex("participationhistoryevent", "actor"),
    ]
