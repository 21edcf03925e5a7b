"""An actor who is only looked up by a name goes with it: the database sees to it, by whatever way the actor is deleted."""

from django.db import migrations

# Django writes the rule at the end of the migration that makes the table, under a name of its own.
RULE = """
DO $$
DECLARE
    rule text;
BEGIN
    SELECT conname INTO rule FROM pg_constraint
    WHERE contype = 'f' AND conrelid = 'imports_meant'::regclass AND confrelid = 'actors_actor'::regclass;
    EXECUTE format(
        'ALTER TABLE imports_meant DROP CONSTRAINT %1$I, ADD CONSTRAINT %1$I FOREIGN KEY (actor_id) REFERENCES actors_actor (id)'
        '{} DEFERRABLE INITIALLY DEFERRED', rule);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0004_decisions"),
    ]

    operations = [
        migrations.RunSQL(RULE.replace("{}", " ON DELETE CASCADE"), RULE.replace("{}", "")),
    ]
