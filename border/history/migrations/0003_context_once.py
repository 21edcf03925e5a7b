"""Who changes what, and why, is written down once in a transaction, not once more with each row that it updates."""

from typing import Any

from django.db import migrations
from pghistory.models import Context

# As pghistory's own, which begins a subtransaction and writes the same row anew at every call. What was written is noted
# with the transaction, and is forgotten with it, or with the part of it that is taken back.
ONCE = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    said text := current_setting('pghistory.context_id', true);
    about text := current_setting('pghistory.context_metadata', true);
BEGIN
    IF coalesce(said, '') = '' OR coalesce(about, '') = '' THEN
        RETURN NULL;
    END IF;
    IF current_setting('border.context_written', true) IS DISTINCT FROM said || about THEN
        INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (said::uuid, about::jsonb, now(), now())
            ON CONFLICT (id) DO UPDATE SET metadata = excluded.metadata, updated_at = excluded.updated_at
            WHERE pghistory_context.metadata <> excluded.metadata;
        PERFORM set_config('border.context_written', said || about, true);
    END IF;
    RETURN said::uuid;
END $$;
"""


def _theirs(_apps: Any, schema_editor: Any) -> None:
    Context.install_pgh_attach_context_func(using=schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("history", "0002_chain")]

    operations = [
        migrations.RunSQL(ONCE, migrations.RunSQL.noop),
        migrations.RunPython(migrations.RunPython.noop, _theirs),
    ]
