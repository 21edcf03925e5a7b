"""Migrations run forward and backward with rows in every table, say all that the models say, and can be undone."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO

import pghistory
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, migrations
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from border.embedded import place
from border.history import chain
from border.publication import operations
from tests.conftest import reaching
from tests.factories import FACTORIES, EventCitationFactory, EventFactory, TerritoryFactory, UserFactory

APPS = ("sources", "territories", "actors", "events", "history", "publication", "jobs", "tokens", "releases")


def test_models_say_nothing_that_migrations_do_not(db: None) -> None:
    out = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out)
    assert out.getvalue() == "No changes detected\n"


def test_every_step_says_how_it_is_undone() -> None:
    loader = MigrationLoader(None)
    ours = [migration for key, migration in loader.disk_migrations.items() if key[0] in APPS]
    assert len(ours) >= 15
    for migration in ours:
        for operation in migration.operations:
            assert operation.reversible, f"{migration}: {operation.describe()}"
            if isinstance(operation, migrations.RunSQL):
                assert operation.reverse_sql is not None, migration


def migrate(*targets: tuple[str, str | None]) -> None:
    """Bring the apps to their targets, forward or backward."""
    MigrationExecutor(connection).migrate(list(targets))


def counts() -> dict[str, int]:
    """The rows of every table of ours."""
    tables = [model._meta.db_table for app in APPS for model in apps.get_app_config(app).get_models()]
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
    return found


def guards() -> set[tuple[str, str]]:
    """The triggers of ours: those of the queue come and stay with its library."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
            " AND tgrelid::regclass::text NOT LIKE 'procrastinate\\_%'"
        )
        return set(cursor.fetchall())


def rights() -> set[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
        return set(cursor.fetchall())


def fill() -> None:
    """A row in every working table, and one event in the published record."""
    for factory in FACTORIES.values():
        factory()
    with pghistory.context(user=UserFactory().pk, via="admin"):
        territory = TerritoryFactory()
        event = EventFactory(territory=territory)
        EventCitationFactory(record=event)
    reviewer = UserFactory()
    operations.publish(
        territory,
        *(citation.source for citation in event.citations.all()),
        event,
        by=reviewer,
        reason="Checked against its sources.",
    )


def leaves() -> list[tuple[str, str | None]]:
    graph = MigrationLoader(None).graph
    # The tables of curation, imports and links rest on those of publication, and go and come back with them.
    return [leaf for app in (*APPS, "curation", "imports", "links") for leaf in graph.leaf_nodes(app)]


def firsts() -> list[tuple[str, str | None]]:
    graph = MigrationLoader(None).graph
    return [root for app in APPS for root in graph.root_nodes(app)]


def tables() -> list[str]:
    """The tables and sequences of ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S')"
            " AND relname ~ '^(sources|territories|actors|events|history|publication|published|border|jobs|tokens)_'"
        )
        return [name for (name,) in cursor.fetchall()]


def schema() -> str:
    """All of the database but its rows, as SQL that would make it."""
    dump = [
        place.wheel_binaries() / "pg_dump",
        "--schema-only",
        "--no-comments",
        "--restrict-key=same",
        connection.settings_dict["NAME"],
    ]
    return subprocess.run(dump, env=reaching(), check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def copied() -> Iterator[None]:
    """Django's own connection leads to a copy of the database meanwhile."""
    name = connection.settings_dict["NAME"]
    copy = f"{name}_copy"
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}"')
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        connection.settings_dict["NAME"] = copy
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = name
            cursor.execute(f'DROP DATABASE "{copy}"')


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_rows_stay_while_everything_but_the_tables_is_undone_and_done_again() -> None:
    """And tables with rows are taken away and made again: in a copy, since the rows go with them."""
    fill()
    before, guarded, allowed = counts(), guards(), rights()
    assert all(
        count
        for table, count in before.items()
        if not table.startswith("publi") and table != "history_pending"
    ), before
    assert before["published_events"] == 1
    migrate(*firsts())
    assert counts() == before
    assert {name for _, name in guards()} == set()
    with copied():
        made = schema()
        assert tables()
        migrate(*((app, None) for app in APPS))
        assert tables() == []
        migrate(*firsts())
        assert schema() == made
    migrate(*leaves())
    assert counts() == before
    assert guards() == guarded
    assert rights() == allowed
    assert list(chain.verify()) == []
    EventFactory()
    assert counts()["events_eventhistoryevent"] == before["events_eventhistoryevent"] + 1
    fill()
    assert counts()["published_events"] == 2
    assert list(chain.verify()) == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_history_written_before_there_was_a_chain_is_its_first_block() -> None:
    migrate(("history", None))
    for factory in FACTORIES.values():
        factory()
    with pghistory.context(user=UserFactory().pk):
        EventFactory()
    migrate(*leaves())
    assert chain.head().startswith("1:")
    assert list(chain.verify()) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rows, cardinality(contexts), (SELECT count(*) FROM history_line) FROM history_block"
        )
        rows, contexts, lines = cursor.fetchone()
    assert rows == lines > len(FACTORIES)
    assert contexts == 1
