"""The published record is append-only: the database refuses everything else, whoever asks."""

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

FUNCTIONS = """
CREATE FUNCTION border_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE FUNCTION border_ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'published_append_only', TABLE = TG_TABLE_NAME,
        MESSAGE = 'published_append_only: ' || TG_TABLE_NAME || ' is only ever added to.';
END $$;
CREATE FUNCTION border_public_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE public boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE slug = $1 AND upper_inf(known))', 'published_' || TG_ARGV[0])
        INTO public USING OLD.slug;
    IF public THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'public_not_deleted', TABLE = TG_TABLE_NAME,
            MESSAGE = 'public_not_deleted: ' || OLD.slug || ' is public: withdraw it, with a reason, before deleting it.';
    END IF;
    RETURN OLD;
END $$;
COMMENT ON FUNCTION border_version_guard() IS 'Of a published version only its end is written, once, or its text erased.';
COMMENT ON FUNCTION border_ledger_guard() IS 'The ledger and its blocks are only ever added to.';
COMMENT ON FUNCTION border_public_guard() IS 'A public record is withdrawn before it is deleted.';
"""

INSTALL = "".join(
    [FUNCTIONS]
    + [
        f"""
CREATE TRIGGER version_guard BEFORE UPDATE OR DELETE ON published_{name}
    FOR EACH ROW EXECUTE FUNCTION border_version_guard();
CREATE TRIGGER version_never_truncated BEFORE TRUNCATE ON published_{name}
    FOR EACH STATEMENT EXECUTE FUNCTION border_ledger_guard();
"""
        for name in VERSIONS
    ]
    + [
        f"""
CREATE TRIGGER ledger_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION border_ledger_guard();
"""
        for table in ("published_entry", "published_block", "publication_review")
    ]
    + [
        f"""
CREATE TRIGGER public_not_deleted BEFORE DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION border_public_guard('{name}');
"""
        for table, name in WORKING.items()
    ]
)

REMOVE = "".join(
    [f"DROP TRIGGER public_not_deleted ON {table};" for table in WORKING]
    + [
        f"DROP TRIGGER ledger_guard ON {table};"
        for table in ("published_entry", "published_block", "publication_review")
    ]
    + [
        f"DROP TRIGGER version_guard ON published_{name}; DROP TRIGGER version_never_truncated ON published_{name};"
        for name in VERSIONS
    ]
    + ["DROP FUNCTION border_version_guard(), border_ledger_guard(), border_public_guard();"]
)


class Migration(migrations.Migration):
    dependencies = [
        ("publication", "0001_tables"),
        ("sources", "0002_triggers"),
        ("territories", "0002_triggers"),
        ("actors", "0002_triggers"),
        ("events", "0002_triggers"),
    ]

    operations = [migrations.RunSQL(INSTALL, REMOVE)]
