"""The chain over the history: what its digests are made of, and its head. The database writes it, see the models."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

NOTHING = b"\0" * 32

# How PostgreSQL writes the texts that digests are made of; the functions that write the chain set the same.
SETTINGS = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
}


def instant_sql(column: str) -> str:
    """SQL of an instant as digests have it: UTC, to the microsecond."""
    return f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


def shape_digest(table: str, columns: list[str]) -> bytes:
    """SHA-256 of the names of a history table and of its columns, joined by line feeds."""
    return hashlib.sha256("\n".join([table, *columns]).encode()).digest()


def row_sql(table: str, columns: list[str]) -> str:
    """SQL of the digest of a row ``r`` of a history table, over the columns that the table had when it was written."""
    named = ", ".join(f"r.{connection.ops.quote_name(column)}" for column in columns)
    return (
        f"sha256('\\x{shape_digest(table, columns).hex()}'::bytea || convert_to(ROW({named})::text, 'UTF8'))"
    )


CONTEXT_SQL = (
    f"sha256(convert_to(concat_ws(E'\\n', c.id, {instant_sql('c.created_at')}, c.metadata::text), 'UTF8'))"
)


def block_digest(before: bytes, number: int, instant: str, rows: list[bytes], contexts: list[bytes]) -> bytes:
    """SHA-256 of a block: the digest of the block before, its own figures, the digests of its rows, of its contexts.

    The database writes it; this says the same in Python.

    >>> block_digest(NOTHING, 1, "2026-11-25T09:00:00.000000Z", [NOTHING], []).hex()[:16]
    '7b20c44ec8fdca34'
    """
    figures = f"{number} {instant} {len(rows)} {len(contexts)}".encode()
    return hashlib.sha256(before + figures + b"".join(rows) + b"".join(contexts)).digest()


@contextmanager
def still() -> Iterator[Any]:
    """A cursor that sees the whole chain at one moment, and texts as digests have them."""
    alone = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if alone:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for name, value in SETTINGS.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        yield cursor


def verify(head: str | None = None) -> Iterator[str]:
    """What is wrong with the history: nothing, or a sentence per fault.

    Checks every row against its line, every block against its lines and the block before, every context against the
    last block that names it, and, where ``head`` is given, that the block it names (``number:digest``) is still
    there: a history cut off or rewritten as a whole shows only so.
    """
    from border.history.verification import faults

    yield from faults(head)


def head() -> str:
    """The newest block as ``number:digest``, to be kept elsewhere; ``0:`` before there is any history."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, digest FROM history_block ORDER BY id DESC LIMIT 1")
        found = cursor.fetchone()
    return f"{found[0]}:{bytes(found[1]).hex()}" if found else "0:"
