"""Whatever a superuser changes in the history behind the triggers' back, verifying finds it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pghistory
import pytest
from django.db import connection

from actors.models import Actor
from border.history import chain
from tests import factories as make
from tests.publication.record import rows, run

PAGE = Path(__file__).parents[2] / "docs" / "history.md"

pytestmark = pytest.mark.django_db


def seal() -> None:
    """What a commit does to the history."""
    run("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def guards(state: str) -> None:
    """``DISABLE`` or ``ENABLE`` all triggers of the history and its chain, as its owner could."""
    for (table,) in rows(
        r"SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ 'historyevent$|^history_|^pghistory_context$'"
    ):
        run(f"ALTER TABLE {table} {state} TRIGGER USER")


@pytest.fixture
def head() -> str:
    """Three blocks: two actors, rows 1 and 2; changes of both, rows 3 and 4; one is deleted, row 5. Then no triggers."""
    seal()
    before = rows("SELECT count(*) FROM history_block")[0][0]
    assert before == 0
    run("ALTER SEQUENCE border_history RESTART WITH 1")
    with pghistory.context(user=1):
        one, two = make.ActorFactory(slug="one", note="First."), make.ActorFactory(slug="two")
    seal()
    with pghistory.context(user=2, why="A correction."):
        Actor.objects.filter(pk=one.pk).update(note="Second.")
        Actor.objects.filter(pk=two.pk).update(note="Second.")
    seal()
    two.delete()
    seal()
    head = chain.head()
    assert head.startswith("3:")
    assert list(chain.verify(head)) == []
    guards("DISABLE")
    return head


def blocks_anew(start: int) -> None:
    """Write the digests of rows and blocks from ``start`` on anew, as somebody would who knows how they are made."""
    for shape, table, columns in rows('SELECT id, "table", columns FROM history_shape'):
        run("SET LOCAL TimeZone = 'UTC'")
        run(
            f"UPDATE history_line l SET digest = {chain.row_sql(table, columns)} FROM {table} r "
            "WHERE r.pgh_id = l.sequence AND l.shape = %s",
            shape,
        )
    for number, instant, first, said in rows(
        f"SELECT id, {chain.instant_sql('at')}, first, context_digests FROM history_block WHERE id >= %s ORDER BY id",
        start,
    ):
        before = rows("SELECT digest FROM history_block WHERE id = %s", number - 1)
        lines = rows("SELECT digest FROM history_line WHERE first = %s ORDER BY sequence", first)
        digest = chain.block_digest(
            bytes(before[0][0]) if before else chain.NOTHING,
            number,
            instant,
            [bytes(line) for (line,) in lines],
            [bytes(one) for one in said],
        )
        run("UPDATE history_block SET digest = %s WHERE id = %s", digest, number)


HISTORY = "actors_actorhistoryevent"
COPY = f"INSERT INTO {HISTORY} SELECT (jsonb_populate_record(r, '{{\"pgh_id\": 99}}')).* FROM {HISTORY} r WHERE pgh_id = 5"
SWAP = "SET {0} = -{0} WHERE {0} IN (3, 4); UPDATE {1} SET {0} = 7 + {0} WHERE {0} < 0"
ROW_3 = f"Row 3 of {HISTORY} (block 2) is not as it was written."
BLOCK_2 = "The digest of block 2 is not that of its rows, its contexts and the block before."
TAMPERS: dict[str, tuple[str, str]] = {
    "a row is rewritten": (f"UPDATE {HISTORY} SET note = 'Other.' WHERE pgh_id = 3", ROW_3),
    "a row is put in another's mouth": (f"UPDATE {HISTORY} SET by_role = 'nobody' WHERE pgh_id = 3", ROW_3),
    "a row is given another context": (
        f"UPDATE {HISTORY} SET pgh_context_id = (SELECT pgh_context_id FROM {HISTORY} WHERE pgh_id = 1) WHERE pgh_id = 3",
        ROW_3,
    ),
    "a row moves in time": (
        f"UPDATE {HISTORY} SET pgh_created_at = pgh_created_at - interval '1 microsecond' WHERE pgh_id = 3",
        ROW_3,
    ),
    "a row is deleted": (f"DELETE FROM {HISTORY} WHERE pgh_id = 3", f"Row 3 of {HISTORY} (block 2) is gone."),
    "a row is deleted with its line": (
        f"DELETE FROM {HISTORY} WHERE pgh_id = 3; DELETE FROM history_line WHERE sequence = 3",
        "Block 2 has other rows than it had when it was sealed.",
    ),
    "a row is inserted": (
        COPY,
        f"Row 99 of {HISTORY} was put in past the chain: nothing that was sealed has it there.",
    ),
    "a row is inserted with a line": (
        f"{COPY}; INSERT INTO history_line SELECT 99, shape, first, digest FROM history_line WHERE sequence = 5",
        f"Row 99 of {HISTORY} (block 3) is not as it was written.",
    ),
    "a row is inserted with a line of no block": (
        f"{COPY}; INSERT INTO history_line SELECT 99, shape, 99, digest FROM history_line WHERE sequence = 5",
        "1 rows from 99 to 99 belong to no block: it is gone, or was never sealed.",
    ),
    "rows change places": (f"UPDATE {HISTORY} {SWAP.format('pgh_id', HISTORY)}", ROW_3),
    "lines change places": (f"UPDATE history_line {SWAP.format('sequence', 'history_line')}", BLOCK_2),
    "rows and lines change places": (
        f"UPDATE {HISTORY} {SWAP.format('pgh_id', HISTORY)}; UPDATE history_line {SWAP.format('sequence', 'history_line')}",
        BLOCK_2,
    ),
    "a row moves to another block": (
        "UPDATE history_line SET first = 5 WHERE sequence = 4",
        "Block 2 has other rows than it had when it was sealed.",
    ),
    "a row passes for one of another table": (
        "UPDATE history_shape SET \"table\" = 'actors_relationshiphistoryevent'",
        "Row 3 of actors_relationshiphistoryevent (block 2) is gone.",
    ),
    "a column passes for one that was not there": (
        "UPDATE history_shape SET columns = array_remove(columns, 'note')",
        ROW_3,
    ),
    "the newest rows are cut off": (
        f"DELETE FROM {HISTORY} WHERE pgh_id = 5",
        f"Row 5 of {HISTORY} (block 3) is gone.",
    ),
    "the newest block is cut off": (
        "DELETE FROM history_block WHERE id = 3",
        "1 rows from 5 to 5 belong to no block: it is gone, or was never sealed.",
    ),
    "a block is deleted": ("DELETE FROM history_block WHERE id = 2", "Block 2 is missing."),
    "all blocks but the last are deleted": (
        "DELETE FROM history_block WHERE id < 3",
        "Blocks 1 to 2 are missing.",
    ),
    "a block is deleted with its rows": (
        f"DELETE FROM history_block WHERE id = 1; DELETE FROM history_line WHERE first = 1; DELETE FROM {HISTORY} WHERE pgh_id < 3",
        "Block 1 is missing.",
    ),
    "a block moves in time": (
        "UPDATE history_block SET at = at - interval '1 hour' WHERE id = 2",
        "Block 2 is not later than the block before.",
    ),
    "a block moves a little in time": (
        "UPDATE history_block SET at = at + interval '1 microsecond' WHERE id = 2",
        BLOCK_2,
    ),
    "blocks change places": (
        "UPDATE history_block SET id = -id WHERE id > 1; UPDATE history_block SET id = 5 + id WHERE id < 0",
        BLOCK_2,
    ),
}


@pytest.mark.usefixtures("head")
@pytest.mark.parametrize(("sql", "fault"), TAMPERS.values(), ids=TAMPERS)
def test_tampering_is_found(sql: str, fault: str) -> None:
    run(sql)
    assert fault in list(chain.verify())


@pytest.mark.usefixtures("head")
@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        (
            "UPDATE pghistory_context SET metadata = metadata || '{\"user\": 3}' WHERE metadata->>'user' = '2'",
            "Context {} (who changed what and why, block 3) is not as it was written.",
        ),
        (
            "UPDATE pghistory_context SET created_at = created_at - interval '1 day' WHERE metadata->>'user' = '2'",
            "Context {} (who changed what and why, block 3) is not as it was written.",
        ),
        (
            "DELETE FROM pghistory_context WHERE metadata->>'user' = '2'",
            "Context {} (who changed what and why, block 3) is gone.",
        ),
    ],
    ids=["another person", "another time", "nobody"],
)
def test_who_and_why_are_sealed(sql: str, fault: str) -> None:
    ((context,),) = rows("SELECT id FROM pghistory_context WHERE metadata->>'user' = '2'")
    run(sql)
    assert list(chain.verify()) == [fault.format(context)]


@pytest.mark.usefixtures("head")
def test_every_fault_is_named_and_nothing_else() -> None:
    run(
        f"DELETE FROM {HISTORY} WHERE pgh_id IN (1, 4); UPDATE {HISTORY} SET note = 'Other.' WHERE pgh_id IN (2, 3)"
    )
    assert list(chain.verify()) == [
        f"Row 1 of {HISTORY} (block 1) is gone.",
        f"Row 4 of {HISTORY} (block 2) is gone.",
        f"Row 2 of {HISTORY} (block 1) is not as it was written.",
        ROW_3,
    ]


@pytest.mark.usefixtures("head")
def test_block_written_anew_breaks_the_next_one() -> None:
    run(f"UPDATE {HISTORY} SET note = 'Other.' WHERE pgh_id = 1")
    blocks_anew(1)
    run("SAVEPOINT whole")
    assert list(chain.verify()) == []
    run(f"UPDATE {HISTORY} SET note = 'Another.' WHERE pgh_id = 1")
    (kept,) = rows("SELECT id, digest FROM history_block WHERE id = 2")
    blocks_anew(1)
    run("UPDATE history_block SET digest = %s WHERE id = 2", kept[1])
    assert BLOCK_2 in list(chain.verify())


def cut_off() -> None:
    run(f"DELETE FROM {HISTORY} WHERE pgh_id = 5")
    run("DELETE FROM history_line WHERE sequence = 5")
    run("DELETE FROM history_block WHERE id = 3")


def rewritten() -> None:
    run(f"UPDATE {HISTORY} SET note = 'Other.' WHERE pgh_id = 3")
    blocks_anew(2)


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (cut_off, "Block 3 of the head kept elsewhere is gone: the history was cut off."),
        (rewritten, "Block 3 is not the one of the head kept elsewhere: the history was rewritten."),
    ],
)
def test_what_is_consistent_in_itself_is_found_by_a_head_kept_elsewhere(
    head: str, tamper: Callable[[], None], fault: str
) -> None:
    tamper()
    assert list(chain.verify()) == []
    assert list(chain.verify(head)) == [fault]


def program() -> Callable[[Any], str]:
    """The program of docs/history.md, which computes the head of a copy."""
    (block,) = re.findall(
        r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    names: dict[str, Any] = {}
    exec(block, names)  # noqa: S102 -- readers are told to run it
    return names["history_head"]


def test_reader_with_a_copy_computes_the_head(head: str) -> None:
    assert program()(connection.connection) == head
    guards("ENABLE")
    run(f"ALTER TABLE {HISTORY} ADD COLUMN mood text NOT NULL DEFAULT 'calm'")
    with pghistory.context(user=3):
        make.EventFactory()
        seal()
        with pghistory.context(why="More to say."):
            run("UPDATE events_event SET outcome = 'Held'")
        seal()
    assert program()(connection.connection) == chain.head()


@pytest.mark.usefixtures("head")
@pytest.mark.parametrize("tamper", ["a row is rewritten", "a row is deleted", "rows change places"])
def test_reader_with_a_forged_copy_computes_another_head(head: str, tamper: str) -> None:
    run(TAMPERS[tamper][0])
    assert program()(connection.connection) != head


def test_reader_with_a_copy_finds_another_person_in_a_context(head: str) -> None:
    run("UPDATE pghistory_context SET metadata = metadata || '{\"user\": 3}' WHERE metadata->>'user' = '2'")
    with pytest.raises(AssertionError, match="who and why was rewritten"):
        program()(connection.connection)


def test_head_that_is_none_is_refused(head: str) -> None:
    assert list(chain.verify("yesterday")) == ["A head is written number:digest, not yesterday."]
    assert list(chain.verify("0:")) == []
