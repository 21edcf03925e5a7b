"""History notes the rows of an UPDATE together: one by one, that was an eighth of what publishing a dataset costs."""

from django.db import migrations

from border.kernel.migrating import UpdatesAtOnce, heeded

_TRACKED = (
    "episode",
    "episodecitation",
    "event",
    "eventcitation",
    "participation",
    "casualty",
    "authorityevent",
    "externalrecord",
    "match",
    "finding",
    "findingterritory",
    "findingactor",
    "findingcitation",
    "movement",
    "movementcitation",
)


class Migration(migrations.Migration):
    dependencies = [("events", "0013_digest")]

    operations = heeded(*map(UpdatesAtOnce, _TRACKED))
