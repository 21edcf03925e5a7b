"""The ledger and its chain: entries in order of publication, closed block by block, each over the one before."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection

# One advisory lock orders all publications. The number is arbitrary and belongs to it alone.
LOCK = 7_204_911
# Whoever listens to it is told of every block.
CHANNEL = "border_published"
NOTHING = b"\0" * 32


def digest_sql(
    endpoint: str, slug: str, version: str, change: str, into: str, reason: str, document: str
) -> str:
    """SQL of an entry's digest over the SQL of its parts; ``digest`` says the same in Python."""
    parts = ", ".join(f"({part})::text" for part in (endpoint, slug, version, change, into, reason, document))
    return f"sha256(convert_to(concat_ws(E'\\n', {parts}), 'UTF8'))"


def digest(
    endpoint: str, slug: str, version: int, change: str, into: str, reason: str, document: str
) -> bytes:
    """SHA-256 of an entry: its parts joined by line feeds, in UTF-8.

    An entry has a document or a reason, never both: the other one is empty, and so is ``into`` but for mergers.

    >>> digest("events", "e", 1, "added", "", "", "{}").hex()[:16]
    '2dc00c56d66659db'
    """
    parts = [endpoint, slug, str(version), change, into, reason, document]
    return hashlib.sha256("\n".join(parts).encode()).digest()


# How the instant of a block is written in its digest: UTC, to the microsecond.
INSTANT_SQL = """to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""


def instant(at: dt.datetime) -> str:
    """The same in Python."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def block_digest(before: bytes, at: dt.datetime, entries: list[bytes]) -> bytes:
    """SHA-256 of a block: the digest of the block before, its instant, then the digests of its entries in order."""
    return hashlib.sha256(before + instant(at).encode() + b"".join(entries)).digest()


@dataclass
class OpenBlock:
    """A block being written: its number, its instant, and which records have a new version in it."""

    number: int
    at: dt.datetime
    before: bytes
    written: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def wrote(self, endpoint: str, slugs: Iterable[str]) -> None:
        """Note that these records have a new version."""
        if names := set(slugs):
            self.written[endpoint] |= names

    def enter(
        self,
        endpoint: str,
        slug: str,
        version: int,
        change: str,
        *,
        reason: str,
        into: str = "",
    ) -> None:
        """Write one line of the ledger, of a record that no longer has a document."""
        with connection.cursor() as cursor:
            cursor.execute(
                'INSERT INTO published_entry (block, endpoint, slug, version, change, "into", reason, at, digest) '
                "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
                [
                    self.number,
                    endpoint,
                    slug,
                    version,
                    change,
                    into,
                    reason,
                    self.at,
                    digest(endpoint, slug, version, change, into, reason, ""),
                ],
            )


@contextmanager
def block() -> Iterator[OpenBlock]:
    """A block to write in, inside a transaction. It closes over its entries; without entries there is no block."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute("SELECT id, at, digest FROM published_block ORDER BY id DESC LIMIT 1")
        number, last, before = cursor.fetchone() or (0, None, NOTHING)
        # A clock that was set back must not bring two versions to one instant.
        cursor.execute(
            "SELECT greatest(clock_timestamp(), %s::timestamptz + interval '1 microsecond')", [last]
        )
        opened = OpenBlock(number + 1, cursor.fetchone()[0], bytes(before))
        yield opened
        cursor.execute(
            "SELECT sequence, digest FROM published_entry WHERE block = %s ORDER BY sequence", [opened.number]
        )
        entries = cursor.fetchall()
        if not entries:
            return
        cursor.execute(
            "INSERT INTO published_block (id, first, last, at, digest) VALUES (%s, %s, %s, %s, %s)",
            [
                opened.number,
                entries[0][0],
                entries[-1][0],
                opened.at,
                block_digest(opened.before, opened.at, [bytes(found) for _, found in entries]),
            ],
        )
        # Told once the block is there for all to see.
        cursor.execute(f"NOTIFY {CHANNEL}")


def merging(endpoint: str, slug: str) -> int | None:
    """The block in which a record began to lead to another, as it still does; None for others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT block, change FROM published_entry WHERE endpoint = %s AND slug = %s AND change <> 'erased' "
            "ORDER BY sequence DESC LIMIT 1",
            [endpoint, slug],
        )
        found = cursor.fetchone()
    return found[0] if found and found[1] == "merged" else None


def verify(head: str | None = None) -> Iterator[str]:
    """What is wrong with the published record: nothing, or a sentence per fault.

    Checks every document against its entry, every block against its entries and the block before, the times of
    versions against the ledger, and, where ``head`` is given, that the block it names (``number:digest``) is
    still there: a record cut off or rewritten as a whole shows only so.
    """
    from border.publication.verification import faults

    yield from faults(head)


def head() -> str:
    """The newest block as ``number:digest``, to be kept elsewhere; ``0:`` before the first publication."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, digest FROM published_block ORDER BY id DESC LIMIT 1")
        found = cursor.fetchone()
    return f"{found[0]}:{bytes(found[1]).hex()}" if found else "0:"
