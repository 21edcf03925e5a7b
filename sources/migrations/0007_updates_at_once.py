"""History notes the rows of an UPDATE together: one by one, that was an eighth of what publishing a dataset costs."""

from django.db import migrations

from border.kernel.migrating import UpdatesAtOnce, heeded

_TRACKED = (
    "source",
    "snapshot",
)


class Migration(migrations.Migration):
    dependencies = [("sources", "0006_fewer_indexes")]

    operations = heeded(*map(UpdatesAtOnce, _TRACKED))
