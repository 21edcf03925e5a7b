"""The columns that Django adds by itself, which no model describes."""

from django.db import migrations

ID = "Internal number; never leaves the database."


class Migration(migrations.Migration):
    dependencies = [("publication", "0004_for_good")]

    operations = [
        migrations.RunSQL(
            f"COMMENT ON COLUMN published_name.id IS '{ID}'; COMMENT ON COLUMN publication_review.id IS '{ID}';",
            migrations.RunSQL.noop,
        ),
    ]
