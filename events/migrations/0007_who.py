"""Which changes somebody made is found by index: the history asks it of every change there was."""

from django.db import migrations

CONTEXTS = "CREATE INDEX context_person ON pghistory_context ((metadata -> 'user'));"


class Migration(migrations.Migration):
    dependencies = [("events", "0006_in_order")]

    operations = [migrations.RunSQL(CONTEXTS, "DROP INDEX context_person;")]
