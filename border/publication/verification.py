"""Is the published record what was published? Every fault that can be seen from a copy, in words."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from border.publication.chain import NOTHING, block_digest, digest_sql
from border.publication.endpoints import ENDPOINTS


def faults(head: str | None = None) -> Iterator[str]:
    """A sentence per fault; none when the record is whole. See ``chain.verify``."""
    with connection.cursor() as cursor:
        yield from _blocks(cursor)
        for endpoint in ENDPOINTS.values():
            yield from _versions(cursor, endpoint.name, endpoint.table)
        yield from _endings(cursor)
        if head:
            yield from _head(cursor, head)


def _blocks(cursor: Any) -> Iterator[str]:
    cursor.execute("SELECT id, first, last, at, digest FROM published_block ORDER BY id")
    blocks = cursor.fetchall()
    cursor.execute("SELECT block, sequence, digest, at FROM published_entry ORDER BY sequence")
    entries: dict[int, list[tuple[int, bytes, Any]]] = {}
    previous = 0
    for block, sequence, digest, at in cursor.fetchall():
        entries.setdefault(block, []).append((sequence, bytes(digest), at))
        if block < previous:
            yield f"Entry {sequence} stands after entries of a later block."
        previous = max(previous, block)
    before, moment = NOTHING, None
    for expected, (number, first, last, at, digest) in enumerate(blocks, start=1):
        if number != expected:
            yield f"Block {expected} is missing."
            return
        own = entries.pop(number, [])
        if not own or (own[0][0], own[-1][0]) != (first, last):
            yield f"Block {number} does not span the entries that it names."
        if any(when != at for *_, when in own):
            yield f"Block {number} has an entry of another instant."
        if moment is not None and at <= moment:
            yield f"Block {number} is not later than the block before."
        if block_digest(before, [found for _, found, _ in own]) != bytes(digest):
            yield f"The digest of block {number} is not that of its entries."
            return
        before, moment = bytes(digest), at
    for number, own in entries.items():
        yield f"Entries {own[0][0]} to {own[-1][0]} belong to block {number}, which does not exist."


def _versions(cursor: Any, name: str, table: str) -> Iterator[str]:
    made = digest_sql("e.endpoint", "e.slug", "e.version", "e.change", "e.into", "p.document::text")
    cursor.execute(
        f"""
        SELECT e.sequence, e.slug, CASE
            WHEN p.sequence IS NULL THEN 'is in the ledger and not in its table'
            WHEN (p.slug, p.version) <> (e.slug, e.version) THEN 'is another record or version than its entry says'
            WHEN lower(p.known) <> e.at THEN 'was current from another instant than its entry says'
            WHEN p.document IS NULL AND NOT EXISTS (
                SELECT FROM published_entry x WHERE x.endpoint = e.endpoint AND x.slug = e.slug AND x.change = 'erased'
                AND x.sequence > e.sequence) THEN 'has lost its text without an erasure'
            ELSE 'has another text than was published' END
        FROM published_entry e LEFT JOIN {table} p ON p.sequence = e.sequence
        WHERE e.endpoint = %(name)s AND e.change IN ('added', 'changed') AND (
            p.sequence IS NULL OR (p.slug, p.version) <> (e.slug, e.version) OR lower(p.known) <> e.at
            OR (p.document IS NOT NULL AND {made} <> e.digest)
            OR (p.document IS NULL AND NOT EXISTS (
                SELECT FROM published_entry x WHERE x.endpoint = e.endpoint AND x.slug = e.slug AND x.change = 'erased'
                AND x.sequence > e.sequence)))
        UNION ALL
        SELECT p.sequence, p.slug, 'is in its table and not in the ledger'
        FROM {table} p LEFT JOIN published_entry e ON e.sequence = p.sequence AND e.endpoint = %(name)s
        WHERE e.sequence IS NULL ORDER BY 1
        """,
        {"name": name},
    )
    for sequence, slug, fault in cursor.fetchall():
        yield f"{name}/{slug} (entry {sequence}) {fault}."
    cursor.execute(
        f"""
        SELECT p.slug, p.version FROM {table} p CROSS JOIN LATERAL (
            SELECT min(e.at) AS next FROM published_entry e
            WHERE e.endpoint = %s AND e.slug = p.slug AND e.sequence > p.sequence AND e.change <> 'erased'
        ) n WHERE upper(p.known) IS DISTINCT FROM n.next ORDER BY 1, 2
        """,
        [name],
    )
    for slug, version in cursor.fetchall():
        yield f"{name}/{slug} version {version} ended at another instant than the ledger says."


def _endings(cursor: Any) -> Iterator[str]:
    made = digest_sql("e.endpoint", "e.slug", "e.version", "e.change", "e.into", "''")
    cursor.execute(
        f"SELECT e.sequence, e.endpoint, e.slug FROM published_entry e "
        f"WHERE e.change NOT IN ('added', 'changed') AND {made} <> e.digest ORDER BY 1"
    )
    for sequence, endpoint, slug in cursor.fetchall():
        yield f"Entry {sequence} ({endpoint}/{slug}) has another digest than its parts."


def _head(cursor: Any, head: str) -> Iterator[str]:
    number, _, wanted = head.partition(":")
    if not number.isdigit():
        yield f"A head is written number:digest, not {head}."
        return
    if int(number) == 0:
        return
    cursor.execute("SELECT digest FROM published_block WHERE id = %s", [int(number)])
    found = cursor.fetchone()
    if found is None:
        yield f"Block {number} of the head kept elsewhere is gone: the record was cut off."
    elif bytes(found[0]).hex() != wanted:
        yield f"Block {number} is not the one of the head kept elsewhere: the record was rewritten."
