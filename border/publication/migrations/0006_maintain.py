"""A publication of many records counts its tables first, so that PostgreSQL plans for what is really there."""

from django.db import migrations

GRANT = """
DO $$ BEGIN
    -- PostgreSQL 16 and older know no such right: there the database's own rounds must do.
    IF current_setting('server_version_num')::int >= 170000 THEN
        EXECUTE 'GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO border_app';
    END IF;
END $$;
"""
REVOKE = GRANT.replace("GRANT MAINTAIN", "REVOKE MAINTAIN").replace("TO border_app", "FROM border_app")


class Migration(migrations.Migration):
    dependencies = [("publication", "0005_comments")]

    operations = [migrations.RunSQL(GRANT, REVOKE)]
