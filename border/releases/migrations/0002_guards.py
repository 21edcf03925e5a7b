"""A release is never changed but to be withdrawn, once; readers see all of it but who made it."""

from django.db import migrations

ID = "Internal number; never leaves the database."

# Of a release only its withdrawal is written, once. It is read by whoever reads the published record.
GUARDS = f"""
CREATE FUNCTION border_release_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL
        AND to_jsonb(OLD) - ARRAY['withdrawn_at', 'reason'] = to_jsonb(NEW) - ARRAY['withdrawn_at', 'reason']
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'release_never_changed', TABLE = TG_TABLE_NAME,
        MESSAGE = 'release_never_changed: a release stays what it is; it may be withdrawn, once.';
END $$;
COMMENT ON FUNCTION border_release_guard() IS 'A release is never changed but to be withdrawn, once.';
CREATE TRIGGER release_guard BEFORE UPDATE OR DELETE ON published_release
    FOR EACH ROW EXECUTE FUNCTION border_release_guard();
CREATE TRIGGER release_never_truncated BEFORE TRUNCATE ON published_release
    FOR EACH STATEMENT EXECUTE FUNCTION border_ledger_guard();
CREATE TRIGGER hand_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON publication_release_hand
    FOR EACH STATEMENT EXECUTE FUNCTION border_ledger_guard();
COMMENT ON COLUMN published_release.id IS '{ID}';
COMMENT ON COLUMN publication_release_hand.id IS '{ID}';
"""
UNGUARDED = """
DROP TRIGGER release_guard ON published_release;
DROP TRIGGER release_never_truncated ON published_release;
DROP TRIGGER hand_guard ON publication_release_hand;
DROP FUNCTION border_release_guard();
"""

GRANT = """
GRANT SELECT, INSERT ON published_release, publication_release_hand TO border_app;
GRANT USAGE ON SEQUENCE published_release_id_seq, publication_release_hand_id_seq TO border_app;
GRANT SELECT ON published_release TO border_reader;
REVOKE UPDATE, DELETE, TRUNCATE ON published_release, publication_release_hand FROM border_app;
GRANT UPDATE (withdrawn_at, reason) ON published_release TO border_app;
"""
# As every other table has it (publication 0006), whichever is made first.
MAINTAIN = """
DO $$ BEGIN
    IF current_setting('server_version_num')::int >= 170000 THEN
        EXECUTE 'GRANT MAINTAIN ON published_release, publication_release_hand TO border_app';
    END IF;
END $$;
"""
REVOKE = """
REVOKE SELECT ON published_release FROM border_reader;
GRANT UPDATE, DELETE ON published_release, publication_release_hand TO border_app;
"""


class Migration(migrations.Migration):
    dependencies = [("releases", "0001_tables"), ("publication", "0006_maintain")]

    operations = [
        migrations.RunSQL(GUARDS, UNGUARDED),
        migrations.RunSQL(GRANT, REVOKE),
        migrations.RunSQL(
            MAINTAIN,
            MAINTAIN.replace("GRANT MAINTAIN", "REVOKE MAINTAIN").replace("TO border_app", "FROM border_app"),
        ),
    ]
