"""Every row of history gets a line, and every transaction that wrote some a block: by triggers, for whoever writes.

A later migration that makes a history table adds the trigger `chained` to it; a test sees to that.
"""

from django.db import migrations

# What runs with the owner's rights takes nobody else's functions and tables for its own.
PATH = "SET search_path = pg_catalog, public, pg_temp"
# A row is digested as text, and these decide how PostgreSQL writes it, whatever the session asked for.
SETTINGS = f"""
    {PATH} SET "TimeZone" = 'UTC' SET "DateStyle" = 'ISO, YMD' SET "IntervalStyle" = 'postgres'
    SET extra_float_digits = 1 SET bytea_output = 'hex'"""

# The columns of a history table as they are now, noted once: the rows that are written now are digested over them.
SHAPE = f"""
CREATE FUNCTION history_shape_of(history oid, OUT shaped integer, OUT named bytea) LANGUAGE sql {PATH} AS $$
    INSERT INTO history_shape ("table", columns, digest)
        SELECT name, columns, sha256(convert_to(array_to_string(name || columns, E'\\n'), 'UTF8'))
        FROM (
            SELECT history::regclass::text AS name, array_agg(attname::text ORDER BY attnum) AS columns
            FROM pg_attribute WHERE attrelid = history AND attnum > 0 AND NOT attisdropped
        ) there
        RETURNING id, digest
$$;
COMMENT ON FUNCTION history_shape_of(oid) IS 'Notes the columns of a history table as they are now.';
"""

# The lines of one statement. The first statement of a transaction opens a block; the number of its first row is how
# the lines know it until it has a number of its own.
CHAIN = f"""
CREATE FUNCTION history_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {SETTINGS} AS $$
DECLARE
    mine CONSTANT bigint := pg_current_xact_id()::text::bigint;
    earliest bigint;
    told uuid;
    shaped integer;
    named bytea;
    opened history_pending;
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'history_by_triggers', TABLE = TG_TABLE_NAME,
            MESSAGE = 'history_by_triggers: ' || TG_TABLE_NAME || ' is written by the triggers of its table alone: '
                || 'change the record itself, and say why.';
    END IF;
    -- One question: an update of many rows comes here once for each.
    SELECT a.pgh_id, a.pgh_context_id, s.id, s.digest, p.transaction, p.first, p.contexts
        INTO earliest, told, shaped, named, opened.transaction, opened.first, opened.contexts
        FROM (SELECT pgh_id, pgh_context_id FROM added ORDER BY pgh_id LIMIT 1) a
        LEFT JOIN history_shape s ON s."table" = TG_TABLE_NAME AND s.columns = ARRAY(
            SELECT attname::text FROM pg_attribute WHERE attrelid = TG_RELID AND attnum > 0 AND NOT attisdropped ORDER BY attnum)
        LEFT JOIN history_pending p ON p.transaction = mine;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF shaped IS NULL THEN
        SELECT * INTO shaped, named FROM history_shape_of(TG_RELID);
    END IF;
    INSERT INTO history_line (sequence, shape, first, digest)
        SELECT a.pgh_id, shaped, coalesce(opened.first, earliest), sha256(named || convert_to(a::text, 'UTF8')) FROM added a;
    IF opened.transaction IS NULL THEN
        INSERT INTO history_pending (transaction, first, contexts) VALUES (mine, earliest, array_remove(ARRAY[told], NULL));
    ELSIF opened.first IS NULL OR told <> ALL (opened.contexts) THEN
        UPDATE history_pending
            SET first = coalesce(first, earliest), contexts = array_remove(array_remove(contexts, told) || told, NULL)
            WHERE transaction = mine;
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION history_chain() IS 'Adds a line to the chain for each row of history that a statement wrote.';
"""

# Who and why: a context is sealed by each transaction whose rows refer to it, and by each that lets it say more.
TELL = f"""
CREATE FUNCTION history_tell() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
BEGIN
    INSERT INTO history_pending AS p (transaction, contexts) VALUES (pg_current_xact_id()::text::bigint, ARRAY[NEW.id])
        ON CONFLICT (transaction) DO UPDATE SET contexts = p.contexts || NEW.id WHERE NEW.id <> ALL (p.contexts);
    RETURN NULL;
END $$;
COMMENT ON FUNCTION history_tell() IS 'Notes that a context says more than before: the block of the transaction seals it anew.';
CREATE TRIGGER chained AFTER UPDATE ON pghistory_context FOR EACH ROW EXECUTE FUNCTION history_tell();
"""

# Blocks stand in the order of commits, so one lock lets one transaction at a time through. It is asked for last, when
# nothing else can be waited for: the first firing only goes to the end of what waits for the end of the transaction.
SEAL = f"""
CREATE FUNCTION history_seal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {PATH} AS $$
DECLARE
    opened history_pending;
    block history_block;
    before history_block;
    lines bytea;
    said bytea;
BEGIN
    SELECT * INTO opened FROM history_pending WHERE transaction = NEW.transaction;
    IF NOT FOUND OR opened.held OR opened.last <> NEW.last THEN
        RETURN NULL;
    END IF;
    IF NOT opened.last THEN
        UPDATE history_pending SET last = true WHERE transaction = NEW.transaction;
        RETURN NULL;
    END IF;
    SELECT coalesce(string_agg(digest, '' ORDER BY sequence), ''), min(sequence), max(sequence), count(*)
        INTO lines, block.first, block.last, block.rows FROM history_line WHERE first = opened.first;
    SELECT coalesce(array_agg(id ORDER BY id), '{{}}'), coalesce(array_agg(digest ORDER BY id), '{{}}'),
            coalesce(string_agg(digest, '' ORDER BY id), '')
        INTO block.contexts, block.context_digests, said
        FROM (
            SELECT id, sha256(convert_to(concat_ws(E'\\n', id,
                to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), metadata), 'UTF8')) AS digest
            FROM pghistory_context WHERE id = ANY (opened.contexts)
        ) c;
    PERFORM pg_advisory_xact_lock(7204912);
    SELECT * INTO before FROM history_block ORDER BY id DESC LIMIT 1;
    block.id := coalesce(before.id, 0) + 1;
    block.at := greatest(clock_timestamp(), before.at + interval '1 microsecond');
    block.digest := sha256(coalesce(before.digest, decode(repeat('00', 32), 'hex')) || convert_to(concat_ws(' ', block.id,
        to_char(block.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), block.rows, cardinality(block.contexts)), 'UTF8') || lines || said);
    -- A transaction that does not see the newest block is told to try again.
    INSERT INTO history_block VALUES (block.*) ON CONFLICT (id) DO NOTHING;
    DELETE FROM history_pending WHERE transaction = NEW.transaction;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION history_seal() IS 'Makes a block of all history that the transaction wrote, as the last thing before its commit.';
CREATE CONSTRAINT TRIGGER history_sealed AFTER INSERT OR UPDATE OF held, last ON history_pending
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION history_seal();
"""

HOLD = f"""
CREATE FUNCTION history_hold(held boolean) RETURNS void LANGUAGE sql SECURITY DEFINER {PATH} AS $$
    UPDATE history_pending SET held = $1, last = false WHERE transaction = pg_current_xact_id_if_assigned()::text::bigint;
$$;
COMMENT ON FUNCTION history_hold(boolean) IS 'Lets the block wait while other deferred rules are asked before their time.';
"""

GUARD = """
CREATE FUNCTION history_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'history_append_only', TABLE = TG_TABLE_NAME,
        MESSAGE = 'history_append_only: ' || TG_TABLE_NAME || ' is only ever added to.';
END $$;
COMMENT ON FUNCTION history_guard() IS 'The chain of the history is only ever added to.';
""" + "".join(
    f"""
CREATE TRIGGER history_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION history_guard();
"""
    for table in ("history_shape", "history_line", "history_block")
)

GRANT = """
REVOKE ALL ON history_shape, history_line, history_block, history_pending FROM border_app;
GRANT SELECT ON history_shape, history_line, history_block, history_pending TO border_app;
REVOKE ALL ON SEQUENCE history_shape_id_seq FROM border_app;
REVOKE EXECUTE ON FUNCTION history_shape_of(oid), history_chain(), history_tell(), history_seal(), history_hold(boolean), history_guard() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION history_hold(boolean) TO border_app;
"""
GIVE_BACK = """
GRANT INSERT, UPDATE, DELETE ON history_shape, history_line, history_block, history_pending TO border_app;
GRANT USAGE ON SEQUENCE history_shape_id_seq TO border_app;
"""

TABLES = """
        SELECT oid::regclass AS name FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname LIKE '%historyevent' ORDER BY relname"""

INSTALL = f"""
DO $$
DECLARE
    history record;
BEGIN
    FOR history IN {TABLES}
    LOOP
        EXECUTE format('CREATE TRIGGER chained AFTER INSERT ON %s REFERENCING NEW TABLE AS added '
            'FOR EACH STATEMENT EXECUTE FUNCTION history_chain()', history.name);
    END LOOP;
END $$;
"""

REMOVE = f"""
DO $$
DECLARE
    history record;
BEGIN
    FOR history IN {TABLES}
    LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS chained ON %s', history.name);
    END LOOP;
END $$;
DROP TRIGGER chained ON pghistory_context;
DROP TRIGGER history_guard ON history_shape;
DROP TRIGGER history_guard ON history_line;
DROP TRIGGER history_guard ON history_block;
DROP TRIGGER history_sealed ON history_pending;
DROP FUNCTION history_shape_of(oid), history_chain(), history_tell(), history_seal(), history_hold(boolean), history_guard();
"""


# What was written before there was a chain becomes one block, sealed when this is committed.
TAKE_IN = f"""
CREATE FUNCTION pg_temp.history_take_in() RETURNS void LANGUAGE plpgsql {SETTINGS} AS $$
DECLARE
    history record;
    shaped integer;
    named bytea;
    earliest bigint;
    opened bigint;
BEGIN
    FOR history IN {TABLES}
    LOOP
        EXECUTE format('SELECT min(pgh_id) FROM %s r WHERE NOT EXISTS (SELECT FROM history_line l WHERE l.sequence = r.pgh_id)',
            history.name) INTO earliest;
        opened := least(opened, earliest);
    END LOOP;
    IF opened IS NULL THEN
        RETURN;
    END IF;
    FOR history IN {TABLES}
    LOOP
        SELECT * INTO shaped, named FROM history_shape_of(history.name);
        EXECUTE format($line$
            INSERT INTO history_line (sequence, shape, first, digest)
                SELECT r.pgh_id, $1, $2, sha256($3 || convert_to(r::text, 'UTF8')) FROM %s r
                WHERE NOT EXISTS (SELECT FROM history_line l WHERE l.sequence = r.pgh_id)
            $line$, history.name) USING shaped, opened, named;
    END LOOP;
    INSERT INTO history_pending (transaction, first, contexts)
        SELECT pg_current_xact_id()::text::bigint, opened, coalesce(array_agg(id), '{{}}') FROM pghistory_context;
END $$;
SELECT pg_temp.history_take_in();
DROP FUNCTION pg_temp.history_take_in();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("history", "0001_tables"),
        ("sources", "0002_triggers"),
        ("territories", "0002_triggers"),
        ("actors", "0002_triggers"),
        ("events", "0004_comments"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("publication", "0006_maintain"),  # it grants a right on every table there is: not on these
    ]

    operations = [
        migrations.RunSQL(SHAPE + CHAIN + TELL + SEAL + HOLD + GUARD + INSTALL, REMOVE),
        migrations.RunSQL(GRANT, GIVE_BACK),
        migrations.RunSQL(TAKE_IN, migrations.RunSQL.noop),
    ]
