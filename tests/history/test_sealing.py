"""Whoever writes history honestly, however they do it: it is sealed when they commit, and verifying finds no fault."""

import shutil
import threading
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pghistory
import psycopg
import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from actors.models import Actor
from border.history import chain, verification
from border.kernel.history import check_now
from tests import factories as make
from tests.admin.conftest import Visitor, plain_static  # noqa: F401 -- a fixture
from tests.conftest import DatabaseRole
from tests.publication.record import rows, run
from tests.publication.test_concurrency import at_once

pytestmark = pytest.mark.django_db

FIXTURES = Path(__file__).parents[2] / "fixtures"
HISTORY = "actors_actorhistoryevent"


def seal() -> None:
    """What a commit does to the history."""
    run("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def blocks() -> list[tuple[int, int]]:
    """Each block as the number of its rows and of its contexts."""
    return rows("SELECT rows, cardinality(contexts) FROM history_block ORDER BY id")


def whole() -> bool:
    """Whether everything is sealed, and as it was written."""
    return rows("SELECT FROM history_pending") == [] and list(chain.verify()) == []


def test_transaction_is_one_block_with_who_and_why() -> None:
    with pghistory.context(user=1):
        actor = make.ActorFactory()
        Actor.objects.update(note="Second.")
        actor.delete()
    assert (blocks(), chain.head()) == ([], "0:")
    seal()
    with pghistory.context(user=2):
        make.ActorFactory.create_batch(2)
    seal()
    assert blocks() == [(3, 1), (2, 1)]
    assert whole()


def test_statement_that_changes_nothing_makes_no_block() -> None:
    Actor.objects.update(note="Nobody is there.")
    seal()
    assert blocks() == []


def test_what_was_rolled_back_is_in_no_block() -> None:
    with transaction.atomic(), pghistory.context(user=1):
        make.ActorFactory()
        transaction.set_rollback(True)
    make.ActorFactory()
    with transaction.atomic(), pghistory.context(user=2):
        make.ActorFactory()
        transaction.set_rollback(True)
    seal()
    assert blocks() == [(1, 0)]
    assert whole()


def test_context_that_says_more_later_is_sealed_again() -> None:
    with pghistory.context(user=1):
        make.ActorFactory()
        seal()
        with pghistory.context(why="A correction."):
            Actor.objects.update(note="Second.")
            seal()
            with pghistory.context(why="In vain."):
                Actor.objects.none().delete()
                run("DELETE FROM actors_actor WHERE id = -1")
        seal()
    assert blocks()[:2] == [(1, 1), (1, 1)]
    assert whole()


def test_block_waits_while_deferred_rules_are_asked() -> None:
    make.ActorFactory()
    check_now()
    assert blocks() == []
    make.ActorFactory()
    check_now()
    seal()
    assert blocks() == [(2, 0)]
    assert whole()


def test_block_is_made_although_a_deferred_rule_was_broken_before() -> None:
    inner = make.ContainmentFactory()
    point = transaction.savepoint()
    make.ContainmentFactory(child=inner.parent, parent=inner.child)
    with pytest.raises(IntegrityError, match="containment_no_cycle"):
        check_now()
    transaction.savepoint_rollback(point)
    seal()
    assert len(blocks()) == 1
    assert whole()


def test_constraints_that_are_immediate_make_a_block_each_time() -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    make.ActorFactory()
    make.ActorFactory()
    run("SET CONSTRAINTS ALL DEFERRED")
    assert blocks() == [(1, 0), (1, 0)]
    assert whole()


def test_app_that_holds_a_block_back_is_found_out(db_role: DatabaseRole) -> None:
    """It may call what `check_now` calls; rows that it leaves unsealed are named."""
    with db_role("border_app"):
        make.ActorFactory()
        run("SELECT history_hold(true)")
    seal()
    ((mine,),) = rows("SELECT transaction FROM history_pending")
    assert list(chain.verify()) == []  # its own transaction may still seal it
    run("UPDATE history_pending SET transaction = %s", mine - 1)
    assert [fault for fault in chain.verify() if "belong to no block" in fault]


def test_texts_are_sealed_alike_whatever_the_session_asks_for() -> None:
    run(
        "SET LOCAL TimeZone = 'Asia/Baghdad'; SET LOCAL DateStyle = 'SQL, DMY'; SET LOCAL extra_float_digits = 0"
    )
    with pghistory.context(user=1):
        make.EventFactory(date="2014-06-22")
    seal()
    assert rows("SHOW DateStyle") == [("SQL, DMY",)]
    assert whole()


def test_app_writes_history_that_is_sealed(db_role: DatabaseRole) -> None:
    with db_role("border_app"), pghistory.context(user=1):
        make.ActorFactory()
        seal()
        with pytest.raises(IntegrityError, match="history_by_triggers"), transaction.atomic():
            run(
                f"INSERT INTO {HISTORY} SELECT (jsonb_populate_record(h, '{{\"pgh_id\": -1}}')).* FROM {HISTORY} h"
            )
    assert blocks() == [(1, 1)]
    assert whole()


@pytest.mark.parametrize("table", ["history_line", "history_block", "history_shape"])
def test_owner_is_refused_too(table: str) -> None:
    make.ActorFactory()
    seal()
    for sql in (f"DELETE FROM {table}", f"TRUNCATE {table}", f"UPDATE {table} SET digest = digest"):
        if "SET" in sql and table == "history_shape":
            sql = "UPDATE history_shape SET \"table\" = ''"  # noqa: PLW2901 -- it has no digest
        with pytest.raises(IntegrityError, match="history_append_only"), transaction.atomic():
            run(sql)


def test_every_history_is_chained() -> None:
    """The migration that makes a history table adds the trigger to it."""
    bare = rows(
        r"""
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname LIKE '%historyevent'
            AND relkind = 'r' AND NOT EXISTS (
                SELECT FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'chained' AND tgenabled = 'O'
                    AND tgfoid = 'history_chain'::regproc AND tgnewtable = 'added' AND tgtype = 4)
        """
    )
    assert bare == [], (
        "CREATE TRIGGER chained AFTER INSERT ON … REFERENCING NEW TABLE AS added "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_chain(); -- in the migration that makes the table"
    )


# Migrations of the tables themselves


def test_column_that_is_added_leaves_old_rows_as_they_were() -> None:
    make.ActorFactory()
    seal()
    run(f"ALTER TABLE {HISTORY} ADD COLUMN mood text NOT NULL DEFAULT 'calm'")
    assert whole()
    Actor.objects.update(note="Second.")
    seal()
    assert whole()
    assert rows('SELECT count(*) FROM history_shape WHERE "table" = %s', HISTORY) == [(2,)]
    ((newest,),) = rows(f"SELECT max(pgh_id) FROM {HISTORY}")
    run(f"UPDATE {HISTORY} SET mood = 'angry' WHERE pgh_id = %s", newest)
    assert list(chain.verify()) == [f"Row {newest} of {HISTORY} (block 2) is not as it was written."]


@pytest.mark.parametrize("change", ["DROP COLUMN mood", "RENAME COLUMN mood TO temper"])
def test_column_that_is_taken_away_leaves_its_rows_to_their_digests(change: str) -> None:
    run(f"ALTER TABLE {HISTORY} ADD COLUMN mood text NOT NULL DEFAULT 'calm'")
    make.ActorFactory()
    seal()
    run(f"ALTER TABLE {HISTORY} {change}")
    Actor.objects.update(note="Second.")
    seal()
    assert whole()
    assert list(verification.unread()) == [
        f"1 rows of {HISTORY} are known by their digests only: a migration took away mood."
    ]
    ((first, second),) = rows(f"SELECT min(pgh_id), max(pgh_id) FROM {HISTORY}")
    run(f"DELETE FROM {HISTORY} WHERE pgh_id = %s", first)
    run(f"UPDATE {HISTORY} SET note = 'Other.' WHERE pgh_id = %s", second)
    assert list(chain.verify()) == [
        f"Row {first} of {HISTORY} (block 1) is gone.",
        f"Row {second} of {HISTORY} (block 2) is not as it was written.",
    ]


# Ways in


@pytest.mark.usefixtures("plain_static")
def test_save_in_the_admin_is_one_block() -> None:
    curator = Visitor(make.UserFactory(is_superuser=True))
    citation = make.ActorCitationFactory()
    seal()
    address = reverse("admin:actors_actor_change", args=[citation.record.pk])
    sent = curator.form(address) | {"note": "Second.", "citations-0-quote": "Seen.", "why": "A correction."}
    assert curator.post(address, sent).status_code == 302
    assert len(blocks()) == 1
    seal()
    assert blocks()[1:] == [(2, 1)]
    assert whole()


def test_load_is_one_block(tmp_path: Path) -> None:
    shutil.copy(FIXTURES / "sources.csv", tmp_path)
    call_command("load", str(tmp_path), stdout=StringIO(), stderr=StringIO())
    assert blocks() == []
    seal()
    assert len(blocks()) == 1
    assert whole()


@pytest.fixture
def others() -> Iterator[list[psycopg.Connection[Any]]]:
    """Two programs that know nothing of Django, each on a connection of its own."""
    settings = connection.get_connection_params()
    asked = {
        name: settings[name] for name in ("user", "password", "host", "port", "dbname") if name in settings
    }
    opened = [psycopg.connect(**asked) for _ in range(2)]
    yield opened
    for one in opened:
        one.close()


@pytest.mark.django_db(transaction=True)
def test_transactions_at_once_are_blocks_in_the_order_of_their_commits(
    others: list[psycopg.Connection[Any]],
) -> None:
    one, two = others
    insert = "INSERT INTO sources_source (slug, kind, title, possible, certain) VALUES (%s, 'report', 'T', '(,)', 'empty')"
    copied = "COPY sources_source (slug, kind, title, possible, certain) FROM STDIN"
    one.execute(insert, ["begun-first"])
    with two.cursor().copy(copied) as copy:
        for slug in ("a", "b"):
            copy.write_row((slug, "report", "Copied in", "(,)", "empty"))
    one.execute(insert, ["in-between"])
    two.execute("SAVEPOINT doubt")
    two.execute(insert, ["doubtful"])
    two.execute("ROLLBACK TO SAVEPOINT doubt")
    two.commit()
    one.execute(insert, ["last"])
    one.commit()
    assert blocks() == [(2, 0), (3, 0)]
    ((first, last), (begun, ended)) = rows("SELECT first, last FROM history_block ORDER BY id")
    assert begun < first < last < ended
    assert whole()
    # A transaction that sees the past only could put its block at the wrong place: it is told to try again.
    one.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    one.execute("SELECT count(*) FROM history_block")
    two.execute(insert, ["quicker"])
    two.commit()
    one.execute(insert, ["slower"])
    with pytest.raises(psycopg.errors.SerializationFailure):
        one.commit()
    one.rollback()
    assert len(blocks()) == 3
    assert whole()


@pytest.mark.django_db(transaction=True)
def test_writers_in_a_race_make_one_chain() -> None:
    """Their deferred rules take locks of their own; the lock of the chain comes after all of them."""
    territories = [make.TerritoryFactory() for _ in range(4)]
    before, start = len(blocks()), threading.Barrier(4)

    def work(number: int) -> None:
        start.wait(30)
        for time in range(5):
            with transaction.atomic(), pghistory.context(user=number):
                make.ContainmentFactory(
                    slug=f"race-{number}-{time}",
                    child=territories[number],
                    parent=make.TerritoryFactory(slug=f"r-{number}-{time}"),
                )
                check_now()
                type(territories[0]).objects.filter(pk=territories[0].pk).update(note=f"{number} {time}")

    assert at_once(*[lambda number=number: work(number) for number in range(4)]) == [None] * 4
    assert blocks()[before:] == [(3, 1)] * 20
    assert whole()
