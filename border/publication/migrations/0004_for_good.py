"""What was public stays accounted for: slugs are never given again, sources not hidden in place, erasures thorough."""

from django.db import migrations

WORKING = {
    "sources_source": "sources",
    "territories_territory": "territories",
    "territories_containment": "containments",
    "territories_crossing": "crossings",
    "territories_crossingstatus": "crossing_statuses",
    "actors_actor": "actors",
    "actors_relationship": "relationships",
    "actors_authority": "authorities",
    "events_event": "events",
    "events_movement": "movements",
    "events_episode": "episodes",
    "events_finding": "findings",
}

# Of a version only its end is written, once. When its text goes, everything else that it says goes with it.
VERSION_GUARD = """
CREATE OR REPLACE FUNCTION border_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'published_append_only', TABLE = TG_TABLE_NAME,
            MESSAGE = 'published_append_only: ' || TG_TABLE_NAME || ' keeps every version: withdraw or erase the record instead.';
    END IF;
    IF (OLD.sequence, OLD.slug, OLD.version) IS DISTINCT FROM (NEW.sequence, NEW.slug, NEW.version)
        OR lower(OLD.known) IS DISTINCT FROM lower(NEW.known)
        OR (NOT upper_inf(OLD.known) AND OLD.known <> NEW.known)
        OR (NEW.document IS NULL AND (upper_inf(OLD.known) OR OLD.document IS NULL))
        OR (NEW.document IS NOT NULL AND (OLD.document::text IS DISTINCT FROM NEW.document::text
            OR to_jsonb(OLD) - 'known' IS DISTINCT FROM to_jsonb(NEW) - 'known'))
    THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'published_append_only', TABLE = TG_TABLE_NAME,
            MESSAGE = 'published_append_only: of a published version only its end is written, once, or all that it says erased.';
    END IF;
    RETURN NEW;
END $$;
"""

BEFORE = """
CREATE OR REPLACE FUNCTION border_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'published_append_only', TABLE = TG_TABLE_NAME,
            MESSAGE = 'published_append_only: ' || TG_TABLE_NAME || ' keeps every version: withdraw or erase the record instead.';
    END IF;
    IF to_jsonb(OLD) - ARRAY['known', 'document', 'shown', 'words'] IS DISTINCT FROM to_jsonb(NEW) - ARRAY['known', 'document', 'shown', 'words']
        OR lower(OLD.known) IS DISTINCT FROM lower(NEW.known)
        OR (NOT upper_inf(OLD.known) AND OLD.known <> NEW.known)
        OR (NEW.document IS NOT NULL AND (OLD.document::text IS DISTINCT FROM NEW.document::text OR OLD.shown <> NEW.shown))
    THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'published_append_only', TABLE = TG_TABLE_NAME,
            MESSAGE = 'published_append_only: of a published version only its end is written, once, or its text erased.';
    END IF;
    RETURN NEW;
END $$;
"""

# The columns that an erasure empties and that 0003 did not name; the guard above says when.
ERASABLE = r"""
DO $$
DECLARE
    place record;
BEGIN
    FOR place IN
        SELECT attrelid::regclass AS relation, string_agg(quote_ident(attname), ', ') AS names
        FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
        WHERE relnamespace = 'public'::regnamespace AND relname = ANY ({tables}) AND attnum > 0 AND NOT attisdropped
            AND attname NOT IN ('sequence', 'slug', 'version', 'known', 'document', 'shown', 'words')
        GROUP BY 1
    LOOP
        EXECUTE format('{verb}', place.names, place.relation);
    END LOOP;
END $$;
"""
TABLES = "ARRAY[" + ", ".join(f"'published_{name}'" for name in WORKING.values()) + "]"

# Upserts fire it for the rows that they really insert, and for those alone.
NEVER_AGAIN = """
CREATE FUNCTION border_slug_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE taken text;
BEGIN
    EXECUTE format('SELECT min(slug) FROM added WHERE EXISTS (SELECT FROM %I p WHERE p.slug = added.slug)',
        'published_' || TG_ARGV[0]) INTO taken;
    IF taken IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'slug_never_reused', TABLE = TG_TABLE_NAME,
            MESSAGE = 'slug_never_reused: ' || taken || ' was the public key of another record. Choose another slug.';
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION border_slug_guard() IS 'A slug that was once public is never given to another record.';
""" + "".join(
    f"""
CREATE TRIGGER slug_never_reused AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION border_slug_guard('{name}');
"""
    for table, name in WORKING.items()
)
AGAIN = "".join(f"DROP TRIGGER slug_never_reused ON {table};" for table in WORKING)

HIDDEN_LAST = """
CREATE FUNCTION border_sensitivity_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM published_sources WHERE slug = NEW.slug AND upper_inf(known)) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'source_withdrawn_before_hidden', TABLE = TG_TABLE_NAME,
            MESSAGE = 'source_withdrawn_before_hidden: ' || NEW.slug || ' is public: withdraw it before making it '
                || NEW.sensitivity || '.';
    END IF;
    RETURN NEW;
END $$;
COMMENT ON FUNCTION border_sensitivity_guard() IS 'A public source is withdrawn before it becomes restricted or confidential.';
CREATE TRIGGER source_withdrawn_before_hidden BEFORE UPDATE OF sensitivity ON sources_source
    FOR EACH ROW WHEN (NEW.sensitivity <> 'public' AND OLD.sensitivity = 'public') EXECUTE FUNCTION border_sensitivity_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("publication", "0003_grants")]

    operations = [
        migrations.RunSQL(VERSION_GUARD, BEFORE),
        migrations.RunSQL(
            ERASABLE.format(tables=TABLES, verb="GRANT UPDATE (%s) ON %s TO border_app"),
            ERASABLE.format(tables=TABLES, verb="REVOKE UPDATE (%s) ON %s FROM border_app"),
        ),
        migrations.RunSQL(NEVER_AGAIN, AGAIN + "DROP FUNCTION border_slug_guard();"),
        migrations.RunSQL(
            HIDDEN_LAST,
            "DROP TRIGGER source_withdrawn_before_hidden ON sources_source; DROP FUNCTION border_sensitivity_guard();",
        ),
    ]
