"""What the site's own roles may do: the app edits and adds to history, the reader sees nothing yet.

The reader's rights come with the tables of the published record.
"""

from django.db import migrations

# They exist already where somebody gave them passwords: they then sign in themselves. Elsewhere the owner signs in
# and takes the role.
PROVIDE = r"""
DO $$
DECLARE
    name text;
    remedy text := format(
        'As a superuser run: CREATE ROLE border_app NOLOGIN; CREATE ROLE border_reader NOLOGIN; '
        'GRANT border_app, border_reader TO %I; (leave out what is there), then migrate again.', current_user);
    settable boolean;
BEGIN
    FOREACH name IN ARRAY ARRAY['border_app', 'border_reader'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', name);
            EXCEPTION
                WHEN duplicate_object OR unique_violation THEN
                    NULL; -- another migration on this server was quicker
                WHEN insufficient_privilege THEN
                    RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = format(
                        'The database role %s is missing and %s may not create it. %s', name, current_user, remedy);
            END;
        END IF;
        IF current_setting('server_version_num')::int >= 160000 THEN
            EXECUTE format('SELECT pg_has_role(%L, ''SET'')', name) INTO settable;
        ELSE
            settable := pg_has_role(name, 'MEMBER');
        END IF;
        IF NOT settable THEN
            BEGIN
                IF current_setting('server_version_num')::int >= 160000 THEN
                    EXECUTE format('GRANT %I TO %I WITH SET TRUE, INHERIT FALSE', name, current_user);
                ELSE
                    EXECUTE format('GRANT %I TO %I', name, current_user);
                END IF;
            EXCEPTION WHEN insufficient_privilege THEN
                RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = format(
                    '%s may not take the database role %s. %s', current_user, name, remedy);
            END;
        END IF;
    END LOOP;
END $$;
"""

GRANT = r"""
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO border_app, border_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO border_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO border_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO border_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO border_app;
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM border_app;
"""

REVOKE = r"""
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM border_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM border_app;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM border_app;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM border_app;
REVOKE ALL ON SCHEMA public FROM border_app, border_reader;
GRANT USAGE ON SCHEMA public TO PUBLIC;
"""

# A later migration that makes a history table takes UPDATE and DELETE away from it too; a test sees to that.
SEAL_HISTORY = r"""
DO $$
DECLARE
    history regclass;
BEGIN
    FOR history IN
        SELECT oid FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname LIKE '%historyevent'
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM border_app', history);
    END LOOP;
END $$;
"""

# The upsert in _pgh_attach_context: a context gains words while its request lasts, and is closed afterwards.
SEAL_CONTEXT = r"""
REVOKE UPDATE, DELETE ON pghistory_context FROM border_app;
GRANT UPDATE (metadata, updated_at) ON pghistory_context TO border_app;
CREATE FUNCTION context_closes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'check_violation', CONSTRAINT = 'context_closes', TABLE = TG_TABLE_NAME,
        MESSAGE = 'context_closes: who changed what and why is not rewritten a day later. Begin a new context.';
END $$;
COMMENT ON FUNCTION context_closes() IS 'Refuses to rewrite who changed what and why once a day has passed.';
CREATE TRIGGER context_closes BEFORE UPDATE ON pghistory_context
    FOR EACH ROW WHEN (OLD.created_at < now() - interval '1 day') EXECUTE FUNCTION context_closes();
"""

UNSEAL_CONTEXT = r"""
DROP TRIGGER context_closes ON pghistory_context;
DROP FUNCTION context_closes();
"""

# pgtrigger lets any session name triggers to pass over (pgtrigger.ignore). Not these two: no change goes unrecorded.
# A later migration that adds triggers by pgtrigger's own operation restores its function; a test sees to that.
HEED_TRIGGERS = r"""
CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN current_user NOT IN ('border_app', 'border_reader')
        AND trigger_name = ANY (coalesce(nullif(current_setting('pgtrigger.ignore', true), ''), '{}')::text[]);
END $$;
"""

# For roles that sign in themselves, whatever program they use. The site asks for the same when it connects.
TIME_OUT = r"""
DO $$
DECLARE
    given record;
BEGIN
    FOR given IN VALUES
        ('border_app', 'statement_timeout', '30s'),
        ('border_app', 'lock_timeout', '5s'),
        ('border_app', 'idle_in_transaction_session_timeout', '60s'),
        ('border_reader', 'statement_timeout', '5s'),
        ('border_reader', 'lock_timeout', '2s'),
        ('border_reader', 'idle_in_transaction_session_timeout', '10s')
    LOOP
        EXECUTE format('ALTER ROLE %I IN DATABASE %I SET %I = %L',
            given.column1, current_database(), given.column2, given.column3);
    END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
    NULL; -- the owner may use the roles and not change them: the site's own time-outs stay
END $$;
"""

NO_TIME_OUT = r"""
DO $$
BEGIN
    EXECUTE format('ALTER ROLE border_app IN DATABASE %I RESET ALL', current_database());
    EXECUTE format('ALTER ROLE border_reader IN DATABASE %I RESET ALL', current_database());
EXCEPTION WHEN insufficient_privilege THEN
    NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0002_triggers"),
        ("actors", "0002_triggers"),
        ("territories", "0002_triggers"),
        ("sources", "0002_triggers"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        # The roles stay when this is undone: other databases of the server may use them.
        migrations.RunSQL(PROVIDE, migrations.RunSQL.noop),
        migrations.RunSQL(GRANT, REVOKE),
        migrations.RunSQL(SEAL_HISTORY, migrations.RunSQL.noop),
        migrations.RunSQL(SEAL_CONTEXT, UNSEAL_CONTEXT),
        migrations.RunSQL(HEED_TRIGGERS, migrations.RunSQL.noop),
        migrations.RunSQL(TIME_OUT, NO_TIME_OUT),
    ]
