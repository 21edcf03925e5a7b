"""A staged row is written once and changed once, by its verdict: with room for that on its page no index is touched."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("imports", "0008_empty_by_default")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE imports_stagedrow SET (fillfactor = 50)",
            "ALTER TABLE imports_stagedrow RESET (fillfactor)",
        ),
    ]
