"""The reader sees the published record and nothing else; the app may add to it and end versions."""

from django.db import migrations

VERSIONS = [
    "sources",
    "territories",
    "containments",
    "crossings",
    "crossing_statuses",
    "actors",
    "relationships",
    "authorities",
    "events",
    "movements",
    "episodes",
    "findings",
]
TABLES = ", ".join(f"published_{name}" for name in VERSIONS)
LEDGER = "published_entry, published_block"

GRANT = f"""
GRANT SELECT ON {TABLES}, {LEDGER}, published_name TO border_reader;
REVOKE DELETE, TRUNCATE ON {TABLES} FROM border_app;
REVOKE UPDATE ON {TABLES} FROM border_app;
GRANT UPDATE (known, document, shown, words) ON {TABLES} TO border_app;
REVOKE UPDATE, DELETE, TRUNCATE ON {LEDGER}, publication_review FROM border_app;
"""
REVOKE = f"""
REVOKE SELECT ON {TABLES}, {LEDGER}, published_name FROM border_reader;
GRANT UPDATE, DELETE ON {TABLES}, {LEDGER}, publication_review TO border_app;
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0002_guards"), ("events", "0003_roles")]

    operations = [migrations.RunSQL(GRANT, REVOKE)]
