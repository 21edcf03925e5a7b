"""A comment on every table and column that no model of ours describes: Django's, pghistory's, and histories."""

from django.db import migrations

ID = "Internal number; never leaves the database."

TABLES = {
    "auth_group": (
        "Groups of users with the same rights.",
        {"id": ID, "name": "Name of the group: curator, reviewer, importer, admin."},
    ),
    "auth_group_permissions": (
        "Which rights each group has.",
        {"id": ID, "group_id": "The group.", "permission_id": "The right that its members have."},
    ),
    "auth_permission": (
        "Rights that users and groups may have, one for each act on each table.",
        {
            "id": ID,
            "name": "What the right allows, in words.",
            "content_type_id": "The table on which it allows it.",
            "codename": "The act and the table in one word, such as change_event.",
        },
    ),
    "auth_user": (
        "People who can sign in. Never public.",
        {
            "id": ID,
            "password": "Salted hash of the password (Argon2), with its method.",
            "last_login": "When they last signed in; empty if never.",
            "is_superuser": "True where they have every right without being given it.",
            "username": "The name with which they sign in.",
            "first_name": "First name, where they gave one.",
            "last_name": "Last name, where they gave one.",
            "email": "Address for messages about their account.",
            "is_staff": "True where they may enter the admin.",
            "is_active": "False once they may no longer sign in. People are not deleted: history names them.",
            "date_joined": "When the account was made.",
        },
    ),
    "auth_user_groups": (
        "Which groups each user is in.",
        {"id": ID, "user_id": "The user.", "group_id": "The group they are in."},
    ),
    "auth_user_user_permissions": (
        "Rights given to one user rather than to a group.",
        {"id": ID, "user_id": "The user.", "permission_id": "The right they have."},
    ),
    "django_admin_log": (
        "What was done in the admin, as its own pages list it. The history of the tables is the record.",
        {
            "id": ID,
            "action_time": "When it was done.",
            "object_id": "The id of the row, as text.",
            "object_repr": "The row in words at that time.",
            "action_flag": "1 added, 2 changed, 3 deleted.",
            "change_message": "Which fields were changed, as JSON.",
            "content_type_id": "The table.",
            "user_id": "Who did it.",
        },
    ),
    "django_content_type": (
        "The tables that rights and the admin's log speak of.",
        {"id": ID, "app_label": "The part of the site.", "model": "The noun within it, in lower case."},
    ),
    "django_migrations": (
        "Changes of the schema that have been made.",
        {
            "id": ID,
            "app": "The part of the site.",
            "name": "Name of the migration.",
            "applied": "When it was applied.",
        },
    ),
    "django_session": (
        "Browsers that are signed in.",
        {
            "session_key": "The secret that the browser's cookie holds.",
            "session_data": "Who is signed in there, signed against change.",
            "expire_date": "When it stops being valid.",
        },
    ),
    "pghistory_context": (
        "Who made a change and why: one row for each request, import or command that changed something.",
        {
            "id": "Identifier of the request, import or command; history rows point to it.",
            "created_at": "When its first change was made.",
            "updated_at": "When it last learnt more about itself.",
            "metadata": "Who, by which way, why, from which import: JSON such as {user, via, path, reason, batch}.",
        },
    ),
}


def quoted(text: str) -> str:
    """``text`` as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


THEIRS = "\n".join(
    f"COMMENT ON TABLE {table} IS {quoted(meaning)};\n"
    + "\n".join(f"COMMENT ON COLUMN {table}.{name} IS {quoted(said)};" for name, said in columns.items())
    for table, (meaning, columns) in TABLES.items()
)

OURS = r"""
DO $$
DECLARE
    given record;
    said text;
BEGIN
    FOR given IN
        SELECT c.oid::regclass AS of, c.relname, a.attname
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
            AND col_description(c.oid, a.attnum) IS NULL
    LOOP
        said := CASE given.attname
            WHEN 'pgh_id' THEN 'Order number over the history of all tables; later changes have higher numbers.'
            WHEN 'pgh_created_at' THEN 'When the transaction of the change began. Clocks may lie; the order is that of pgh_id.'
            WHEN 'pgh_label' THEN 'What happened: insert, update or delete. The row is as it was after an insert or update, before a delete.'
            WHEN 'pgh_obj_id' THEN 'The id of the row that changed.'
            WHEN 'pgh_context_id' THEN 'Who changed it and why, where a program of ours did: pghistory_context.'
            WHEN 'by_role' THEN 'The database role that signed in and made the change.'
            WHEN 'id' THEN 'Internal number; never leaves the database.'
        END;
        IF said IS NOT NULL THEN
            EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', given.of, given.attname, said);
        END IF;
    END LOOP;
    FOR given IN
        SELECT h.oid::regclass AS of, t.relname, obj_description(t.oid) AS meaning
        FROM pg_class h JOIN pg_class t ON h.relname = t.relname || 'historyevent'
        WHERE h.relnamespace = 'public'::regnamespace AND t.relnamespace = h.relnamespace AND h.relkind = 'r'
    LOOP
        EXECUTE format('COMMENT ON TABLE %s IS %L',
            given.of, format('History of %s: every version of every row. %s', given.relname, given.meaning));
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0003_roles")]

    operations = [
        # A comment does no harm to older code: undoing leaves it.
        migrations.RunSQL(THEIRS, migrations.RunSQL.noop),
        migrations.RunSQL(OURS, migrations.RunSQL.noop),
    ]
