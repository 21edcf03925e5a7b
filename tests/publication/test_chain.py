"""Whatever a superuser changes behind the triggers' back, verifying finds it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from border.publication import chain, operations
from tests import factories as make
from tests.publication.conftest import Publish
from tests.publication.record import guards, rows, run

PAGE = Path(__file__).parents[2] / "docs" / "publication.md"

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(publish: Publish, reviewer: object) -> str:
    """Three blocks: two actors; a change of one and a third; a withdrawal. Then its triggers are off."""
    one, two = make.ActorFactory(slug="one", note="First."), make.ActorFactory(slug="two")
    publish(one, two)
    one.note = "Second."
    one.save()
    publish(one, make.ActorFactory(slug="three"))
    operations.withdraw(two, by=reviewer, reason="In doubt.")
    head = chain.head()
    assert head.startswith("3:")
    assert list(chain.verify(head)) == []
    guards("DISABLE")
    return head


def sealed(number: int) -> None:
    """Write the digest of a block anew, as somebody would who knows how it is made."""
    (at,) = rows("SELECT at FROM published_block WHERE id = %s", number)[0]
    before = rows("SELECT digest FROM published_block WHERE id = %s", number - 1)
    entries = rows("SELECT digest FROM published_entry WHERE block = %s ORDER BY sequence", number)
    digest = chain.block_digest(
        bytes(before[0][0]) if before else chain.NOTHING, at, [bytes(entry) for (entry,) in entries]
    )
    run("UPDATE published_block SET digest = %s WHERE id = %s", digest, number)


COPY = 'SELECT (jsonb_populate_record(p, \'{"sequence": 99, "slug": "forged"}\')).* FROM published_actors p'
PARTS = "block, endpoint, slug, version, change, reason, at, digest"
TAMPERS: dict[str, tuple[str, str]] = {
    "a document is rewritten": (
        "UPDATE published_actors SET document = replace(document::text, 'First.', 'Other.')::json WHERE slug = 'one' AND version = 1",
        "actors/one (entry 1) has another text than was published.",
    ),
    "a version is deleted": (
        "DELETE FROM published_actors WHERE slug = 'three'",
        "actors/three (entry 4) is in the ledger and not in its table.",
    ),
    "a version is added": (
        f"INSERT INTO published_actors {COPY} WHERE slug = 'three'",
        "actors/forged (entry 99) is in its table and not in the ledger.",
    ),
    "a version passes for another": (
        "UPDATE published_actors SET slug = 'else' WHERE slug = 'three'",
        "actors/three (entry 4) is another record or version than its entry says.",
    ),
    "a text is erased on the quiet": (
        "UPDATE published_actors SET document = NULL WHERE slug = 'one' AND version = 1",
        "actors/one (entry 1) has lost its text without an erasure.",
    ),
    "an ended version is current again": (
        "UPDATE published_actors SET known = tstzrange(lower(known), NULL) WHERE slug = 'two'",
        "actors/two version 1 ended at another instant than the ledger says.",
    ),
    "a current version is ended": (
        "UPDATE published_actors SET known = tstzrange(lower(known), now() + interval '1 day') WHERE slug = 'three'",
        "actors/three version 1 ended at another instant than the ledger says.",
    ),
    "a version is older than it was": (
        "UPDATE published_actors SET known = tstzrange('2001-01-01', NULL) WHERE slug = 'three'",
        "actors/three (entry 4) was current from another instant than its entry says.",
    ),
    "a reason is put in another's mouth": (
        "UPDATE published_entry SET reason = 'By order.' WHERE change = 'withdrawn'",
        "Entry 5 (actors/two) has another digest than its parts.",
    ),
    "an entry is deleted": (
        "DELETE FROM published_entry WHERE sequence = 2",
        "The digest of block 1 is not that of its entries and of the block before.",
    ),
    "an entry is added": (
        f"INSERT INTO published_entry ({PARTS}) SELECT {PARTS} FROM published_entry WHERE sequence = 5",
        "The digest of block 3 is not that of its entries and of the block before.",
    ),
    "entries change places": (
        "UPDATE published_entry e SET digest = o.digest FROM published_entry o WHERE e.sequence + o.sequence = 3 AND e.block = 1",
        "The digest of block 1 is not that of its entries and of the block before.",
    ),
    "an entry moves to another instant": (
        "UPDATE published_entry SET at = at + interval '1 hour' WHERE sequence = 2",
        "Block 1 has an entry of another instant.",
    ),
    "a block moves to another instant": (
        "UPDATE published_block SET at = at - interval '1 hour' WHERE id = 1",
        "The digest of block 1 is not that of its entries and of the block before.",
    ),
    "a block is deleted": ("DELETE FROM published_block WHERE id = 2", "Block 2 is missing."),
    "a block is deleted with its entries": (
        "WITH gone AS (DELETE FROM published_block WHERE id = 1) DELETE FROM published_entry WHERE block = 1",
        "Block 1 is missing.",
    ),
    "entries have no block": (
        "UPDATE published_entry SET block = 7 WHERE sequence = 5",
        "Entries 5 to 5 belong to block 7, which does not exist.",
    ),
}


@pytest.fixture(autouse=True)
def from_one(db: None) -> None:
    run("ALTER SEQUENCE published_entry_sequence_seq RESTART WITH 1")


@pytest.mark.usefixtures("head")
@pytest.mark.parametrize(("sql", "fault"), TAMPERS.values(), ids=TAMPERS)
def test_tampering_is_found(sql: str, fault: str) -> None:
    run(sql)
    assert fault in list(chain.verify())


def test_block_written_anew_breaks_the_next_one(head: str) -> None:
    run("DELETE FROM published_entry WHERE sequence = 2")
    run("DELETE FROM published_actors WHERE slug = 'two'")
    run("UPDATE published_block SET last = 1 WHERE id = 1")
    sealed(1)
    assert "The digest of block 2 is not that of its entries and of the block before." in list(chain.verify())


def cut_off() -> None:
    run("DELETE FROM published_entry WHERE block = 3")
    run("DELETE FROM published_block WHERE id = 3")
    run("UPDATE published_actors SET known = tstzrange(lower(known), NULL) WHERE slug = 'two'")


def rewritten() -> None:
    run("UPDATE published_entry SET reason = 'By order.' WHERE change = 'withdrawn'")
    digest = chain.digest("actors", "two", 1, "withdrawn", "", "By order.", "")
    run("UPDATE published_entry SET digest = %s WHERE change = 'withdrawn'", digest)
    sealed(3)


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (cut_off, "Block 3 of the head kept elsewhere is gone: the record was cut off."),
        (rewritten, "Block 3 is not the one of the head kept elsewhere: the record was rewritten."),
    ],
)
def test_what_is_consistent_in_itself_is_found_by_a_head_kept_elsewhere(
    head: str, tamper: Callable[[], None], fault: str
) -> None:
    tamper()
    assert list(chain.verify()) == []
    assert list(chain.verify(head)) == [fault]


def test_head_that_is_none_is_refused(head: str) -> None:
    assert list(chain.verify("yesterday")) == ["A head is written number:digest, not yesterday."]
    assert list(chain.verify("0:")) == []


def program() -> Callable[[Any], str]:
    """The program of docs/publication.md, which computes the head of a copy."""
    (block,) = re.findall(
        r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    names: dict[str, Any] = {}
    exec(block, names)  # noqa: S102 -- readers are told to run it
    return names["head"]


def test_reader_with_a_copy_computes_the_head(head: str, reviewer: object) -> None:
    assert program()(connection.connection) == head
    guards("ENABLE")
    operations.erase("actors", "two", by=reviewer, reason="Danger to life.")
    assert program()(connection.connection) == chain.head()


def test_reader_with_a_forged_copy_computes_another_head(head: str) -> None:
    run(TAMPERS["a document is rewritten"][0])
    assert program()(connection.connection) != head
