"""The table has the rights of any other, whichever was made first."""

from django.db import migrations

GRANT = """
DO $$ BEGIN
    IF current_setting('server_version_num')::int >= 170000 THEN
        EXECUTE 'GRANT MAINTAIN ON tokens_token TO border_app';
    END IF;
END $$;
"""
REVOKE = GRANT.replace("GRANT MAINTAIN", "REVOKE MAINTAIN").replace("TO border_app", "FROM border_app")


class Migration(migrations.Migration):
    dependencies = [("tokens", "0001_table"), ("publication", "0006_maintain")]

    operations = [migrations.RunSQL(GRANT, REVOKE)]
