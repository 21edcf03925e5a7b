"""What the database lets each role do: the app edits and adds to history, the reader sees the published record."""

import datetime as dt
from collections.abc import Callable

import pghistory
import pgtrigger
import psycopg
import pytest
from django.db import DEFAULT_DB_ALIAS, IntegrityError, ProgrammingError, connection
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg import errors

from border import settings as site
from sources.models import Source
from tests.conftest import DatabaseRole
from tests.factories import EventFactory, SourceFactory

pytestmark = pytest.mark.django_db

SEAL = "REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM border_app; -- in the migration that makes the table"


def tables(*, like: str = "%", but: str = "") -> list[str]:
    """The tables of the schema whose names are like ``like`` and not like ``but``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'm')"
            " AND relname LIKE %s AND relname NOT LIKE %s ORDER BY 1",
            [like, but],
        )
        return [name for (name,) in cursor.fetchall()]


def rights(role: str, table: str) -> set[str]:
    """What ``role`` may do to the whole of ``table``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT act FROM unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,REFERENCES,TRIGGER}'::text[]) act"
            " WHERE has_table_privilege(%s, %s::regclass, act)",
            [role, f'public."{table}"'],
        )
        return {act for (act,) in cursor.fetchall()}


@pytest.fixture
def refused(db_role: DatabaseRole) -> Callable[[str, str], bool]:
    """Whether the database refuses a statement because the role lacks the right to it."""

    def ask(role: str, sql: str) -> bool:
        with pytest.raises(ProgrammingError) as caught, db_role(role):
            connection.cursor().execute(sql)
        return isinstance(caught.value.__cause__, errors.InsufficientPrivilege)

    return ask


def test_reader_is_refused_on_every_working_table(refused: Callable[[str, str], bool]) -> None:
    working = tables(but="published\\_%")
    assert {"sources_source", "events_event", "events_eventhistoryevent", "auth_user"} < set(working)
    for table in working:
        assert not rights("border_reader", table), table
        assert refused("border_reader", f'SELECT FROM "{table}"'), table


def test_reader_calls_no_function_of_the_queue() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_function_privilege('border_app', oid, 'EXECUTE'), has_function_privilege('border_reader', oid, 'EXECUTE'),"
            " count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'procrastinate\\_%'"
            " GROUP BY 1, 2"
        )
        [(app, reader, count)] = cursor.fetchall()
    assert (app, reader) == (True, False)
    assert count > 10


def test_reader_writes_nowhere() -> None:
    for table in tables():
        assert rights("border_reader", table) <= {"SELECT"}, table


def test_nobody_else_may_do_anything() -> None:
    """PUBLIC has no right on the schema, nor on any table, column or sequence in it."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT nspname, privilege_type FROM pg_namespace, aclexplode(nspacl)
            WHERE nspname = 'public' AND grantee = 0
            UNION ALL
            SELECT relname, privilege_type FROM pg_class, aclexplode(relacl)
            WHERE relnamespace = 'public'::regnamespace AND grantee = 0
            UNION ALL
            SELECT attrelid::regclass::text, privilege_type FROM pg_attribute, aclexplode(attacl)
            WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace) AND grantee = 0
        """)
        assert cursor.fetchall() == []


@pytest.mark.parametrize("role", ["border_app", "border_reader"])
@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "ALTER TABLE sources_source ADD COLUMN mine int",
        "ALTER TABLE sources_source DISABLE TRIGGER ALL",
        "DROP TABLE sources_source",
        "DROP TRIGGER context_closes ON pghistory_context",
        "SET session_replication_role = replica",
        "SELECT setval('border_history', 1)",
    ],
)
def test_neither_role_changes_the_schema_or_steps_round_it(
    refused: Callable[[str, str], bool], role: str, sql: str
) -> None:
    assert refused(role, sql)


def test_app_edits_the_working_tables(db_role: DatabaseRole) -> None:
    with db_role("border_app"), pghistory.context(user=1, via="admin"):
        event = EventFactory()
        event.outcome = "The garrison left."
        event.save()
        event.delete()
        SourceFactory()
        assert Source.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_label FROM events_eventhistoryevent WHERE pgh_context_id IS NOT NULL ORDER BY pgh_id"
        )
        assert [label for (label,) in cursor.fetchall()] == ["insert", "update", "delete"]


def test_app_may_edit_every_table_that_is_not_sealed() -> None:
    sealed = {"django_migrations", "pghistory_context", *tables(like="%historyevent")}
    for table in tables(but="published\\_%"):
        if table not in sealed and not table.startswith(("publication_", "history_")):
            assert rights("border_app", table) == {"SELECT", "INSERT", "UPDATE", "DELETE"}, table


def test_app_adds_to_history_and_changes_none_of_it(refused: Callable[[str, str], bool]) -> None:
    SourceFactory()
    histories = tables(like="%historyevent")
    assert len(histories) > 30
    for table in histories:
        assert rights("border_app", table) == {"SELECT", "INSERT"}, SEAL.format(table)
    for act in ("UPDATE {} SET by_role = 'nobody'", "DELETE FROM {}", "TRUNCATE {}"):
        assert refused("border_app", act.format("sources_sourcehistoryevent"))


def test_app_reads_the_chain_of_the_history_and_writes_none_of_it(
    refused: Callable[[str, str], bool],
) -> None:
    SourceFactory()
    for table in tables(like="history\\_%"):
        assert rights("border_app", table) == {"SELECT"}, table
        for act in ("INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {}"):
            assert refused("border_app", act.format(table))
    assert refused("border_app", "UPDATE history_pending SET first = 1")
    for function in ("history_chain", "history_tell", "history_seal", "history_guard"):
        assert refused(
            "border_app",
            "CREATE TEMP TABLE mine (id int);"
            f"CREATE TRIGGER mine AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION {function}()",
        )


def test_app_writes_history_by_changing_records_only(db_role: DatabaseRole) -> None:
    SourceFactory()
    copy = "INSERT INTO sources_sourcehistoryevent SELECT (jsonb_populate_record(r, '{\"pgh_id\": -1}')).* FROM sources_sourcehistoryevent r"
    with pytest.raises(IntegrityError, match="history_by_triggers"), db_role("border_app"):
        connection.cursor().execute(copy)


def test_app_cannot_pass_over_the_triggers(db_role: DatabaseRole) -> None:
    source = SourceFactory()
    with pgtrigger.ignore(), db_role("border_app"):
        Source.objects.update(title="Rewritten")
    with pytest.raises(IntegrityError, match="slug_is_forever"), pgtrigger.ignore(), db_role("border_app"):
        Source.objects.update(slug="rewritten")
    with pgtrigger.ignore():  # the owner may, who could drop them anyway
        Source.objects.update(title="Corrected by the owner")
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM sources_sourcehistoryevent ORDER BY pgh_id")
        assert cursor.fetchall() == [(source.title,), ("Rewritten",)]


def test_no_column_of_a_history_may_be_updated() -> None:
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT attrelid::regclass, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE relname LIKE '%historyevent' AND attnum > 0 AND NOT attisdropped
                AND has_column_privilege('border_app', attrelid, attnum, 'UPDATE')
        """)
        assert cursor.fetchall() == []


def test_app_may_not_pretend_that_a_migration_ran() -> None:
    assert rights("border_app", "django_migrations") == {"SELECT"}


def test_context_says_more_while_it_lasts_and_is_closed_a_day_later(db_role: DatabaseRole) -> None:
    with db_role("border_app"):
        with pghistory.context(user=1):
            SourceFactory()
            with pghistory.context(reason="a better title"):
                SourceFactory()
        cursor = connection.cursor()
        cursor.execute("SELECT metadata->>'user', metadata->>'reason' FROM pghistory_context")
        assert cursor.fetchall() == [("1", "a better title")]
    assert rights("border_app", "pghistory_context") == {"SELECT", "INSERT"}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pghistory_context SET created_at = created_at - interval '25 hours'")
    with (
        pytest.raises(IntegrityError, match=r"context_closes.*not rewritten a day later"),
        db_role("border_app"),
    ):
        connection.cursor().execute("UPDATE pghistory_context SET metadata = '{}'")


def test_rights_of_future_tables_come_by_default(db_role: DatabaseRole) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id bigint GENERATED BY DEFAULT AS IDENTITY)")
    assert rights("border_app", "later") == {"SELECT", "INSERT", "UPDATE", "DELETE"}
    assert rights("border_reader", "later") == set()
    with db_role("border_app"):
        connection.cursor().execute("INSERT INTO later DEFAULT VALUES")


def connected(role: str) -> DatabaseWrapper:
    """A connection of the site's own settings to the database of the tests, in ``role``."""
    address = site.database(role)
    address["NAME"] = connection.settings_dict["NAME"]
    return DatabaseWrapper({**connection.settings_dict, **address}, alias=DEFAULT_DB_ALIAS)


def milliseconds(text: str) -> int:
    """A time-out as PostgreSQL counts it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM %s::interval) * 1000", [text])
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("role", ["app", "reader"])
def test_site_connects_in_each_role_with_its_time_outs(role: str) -> None:
    asked = connected(role)
    try:
        with asked.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == (f"border_{role}",)
            for name, value in site.TIMEOUTS[role].items():
                cursor.execute(f"SELECT setting::int FROM pg_settings WHERE name = '{name}'")
                assert cursor.fetchone() == (milliseconds(value),), name
    finally:
        asked.close()


@pytest.mark.parametrize("role", ["app", "reader"])
def test_roles_that_sign_in_themselves_have_the_same_time_outs(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unnest(setconfig) FROM pg_db_role_setting JOIN pg_database d ON d.oid = setdatabase"
            " WHERE setrole = %s::regrole AND datname = current_database()",
            [f"border_{role}"],
        )
        kept = dict(setting.split("=") for (setting,) in cursor.fetchall())
    assert kept == site.TIMEOUTS[role]


def test_statement_that_takes_too_long_is_stopped() -> None:
    asked = connected("reader")
    try:
        with asked.cursor() as cursor:
            cursor.execute("SET statement_timeout = '20ms'")
            with pytest.raises(Exception, match="statement timeout") as caught:
                cursor.execute("SELECT pg_sleep(5)")
        assert isinstance(caught.value.__cause__, psycopg.errors.QueryCanceled)
    finally:
        asked.close()


def test_history_keeps_who_signed_in_whatever_role_they_took(db_role: DatabaseRole) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        (signed_in,) = cursor.fetchone()
    with db_role("border_app"):
        SourceFactory(published=str(dt.date(2020, 3, 31)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT by_role FROM sources_sourcehistoryevent")
        assert cursor.fetchall() == [(signed_in,)]
