"""The queue's own tables and functions, which the library brings: who may use them, and what they hold."""

from django.db import migrations

ID = "Internal number; never leaves the database."

TABLES = {
    "procrastinate_jobs": (
        "The queue: what workers are to do next. An entry leaves once it is dealt with; jobs_job says what came of it.",
        {
            "id": ID,
            "queue_name": "Which queue: work, or the sweeps that take up what the dead have left.",
            "task_name": "What is to be done.",
            "priority": "Higher ones go first.",
            "lock": "Of the entries with the same text one is done at a time.",
            "queueing_lock": "Of the entries with the same text one waits at a time.",
            "args": "What it is about: the number of the job.",
            "status": "todo, doing, or how it ended.",
            "scheduled_at": "Not before this time, where one is given.",
            "attempts": "How often it was tried.",
            "abort_requested": "Not used: a job is called off in jobs_job.",
            "worker_id": "The worker that has it in hand.",
        },
    ),
    "procrastinate_events": (
        "What happened to the entries of the queue; goes with them.",
        {"id": ID, "job_id": "The entry.", "type": "What happened.", "at": "When."},
    ),
    "procrastinate_workers": (
        "The workers that live.",
        {"id": ID, "last_heartbeat": "When it last told that it lives."},
    ),
    "procrastinate_periodic_defers": (
        "Which sweep was queued last, so that one is queued and not one for each worker.",
        {
            "id": ID,
            "task_name": "What is to be done.",
            "defer_timestamp": "For which moment, in seconds since 1970.",
            "job_id": "The entry of the queue.",
            "periodic_id": "Not used.",
        },
    ),
}

# The tables came with the rights of any table, but for the one that those made before them were given later.
MAINTAIN = """
DO $$ BEGIN
    IF current_setting('server_version_num')::int >= 170000 THEN
        EXECUTE 'GRANT MAINTAIN ON jobs_job, procrastinate_jobs, procrastinate_events, procrastinate_workers,'
            ' procrastinate_periodic_defers TO border_app';
    END IF;
END $$;
"""
NOT_MAINTAIN = MAINTAIN.replace("GRANT MAINTAIN", "REVOKE MAINTAIN").replace(
    "TO border_app", "FROM border_app"
)

# A function is everybody's when it is made.
CLOSE = """
DO $$
DECLARE
    given regprocedure;
BEGIN
    FOR given IN
        SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'procrastinate\\_%'
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', given);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO border_app', given);
    END LOOP;
END $$;
"""
OPEN = """
DO $$
DECLARE
    given regprocedure;
BEGIN
    FOR given IN
        SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'procrastinate\\_%'
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM border_app', given);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO PUBLIC', given);
    END LOOP;
END $$;
"""


def quoted(text: str) -> str:
    """``text`` as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


COMMENTS = "\n".join(
    f"COMMENT ON TABLE {table} IS {quoted(meaning)};\n"
    + "\n".join(f"COMMENT ON COLUMN {table}.{name} IS {quoted(said)};" for name, said in columns.items())
    for table, (meaning, columns) in TABLES.items()
)


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_table"),
        ("events", "0003_roles"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]

    operations = [
        migrations.RunSQL(MAINTAIN, NOT_MAINTAIN),
        migrations.RunSQL(CLOSE, OPEN),
        # A comment does no harm to older code: undoing leaves it.
        migrations.RunSQL(COMMENTS, migrations.RunSQL.noop),
    ]
