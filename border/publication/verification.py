"""Is the published record what was published? Every fault that can be seen from a copy, in words."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from border.history.verification import kept_elsewhere
from border.publication.chain import INSTANT_SQL, NOTHING, digest_sql
from border.publication.endpoints import ENDPOINTS


def faults(head: str | None = None) -> Iterator[str]:
    """A sentence per fault; none when the record is whole. See ``chain.verify``."""
    with connection.cursor() as cursor:
        yield from _blocks(cursor)
        for endpoint in ENDPOINTS.values():
            yield from _versions(cursor, endpoint.name, endpoint.table)
        yield from _endings(cursor)
        if head:
            yield from kept_elsewhere(cursor, head, table="published_block", whole="record")


def _blocks(cursor: Any) -> Iterator[str]:
    cursor.execute(
        f"""
        WITH entries AS (
            SELECT block, min(sequence) AS first, max(sequence) AS last, min(at) AS from_at, max(at) AS to_at,
                string_agg(digest, ''::bytea ORDER BY sequence) AS digests
            FROM published_entry GROUP BY block
        ), blocks AS (
            SELECT id, first, last, at, digest, {INSTANT_SQL} AS instant, lag(id, 1, 0::bigint) OVER w AS before_id,
                lag(last, 1, 0::bigint) OVER w AS before_last, lag(at) OVER w AS before_at, lag(digest) OVER w AS before
            FROM published_block WINDOW w AS (ORDER BY id)
        )
        SELECT b.id, b.before_id + 1, (e.first, e.last) IS DISTINCT FROM (b.first, b.last) OR b.first <= b.before_last,
            e.from_at <> b.at OR e.to_at <> b.at, b.at <= b.before_at,
            sha256(coalesce(b.before, %s) || convert_to(b.instant, 'UTF8') || coalesce(e.digests, '')) <> b.digest
        FROM blocks b LEFT JOIN entries e ON e.block = b.id ORDER BY b.id
        """,
        [NOTHING],
    )
    for number, expected, elsewhere, other_instant, earlier, other_digest in cursor.fetchall():
        if number != expected:
            yield f"Block {expected} is missing."
        if elsewhere:
            yield f"Block {number} does not span the entries that it names, or not after those of the block before."
        if other_instant:
            yield f"Block {number} has an entry of another instant."
        if earlier:
            yield f"Block {number} is not later than the block before."
        if other_digest:
            yield f"The digest of block {number} is not that of its entries and of the block before."
    cursor.execute(
        "SELECT block, min(sequence), max(sequence) FROM published_entry e "
        "WHERE NOT EXISTS (SELECT FROM published_block b WHERE b.id = e.block) GROUP BY block ORDER BY block"
    )
    for number, first, last in cursor.fetchall():
        yield f"Entries {first} to {last} belong to block {number}, which does not exist."


def _versions(cursor: Any, name: str, table: str) -> Iterator[str]:
    made = digest_sql("e.endpoint", "e.slug", "e.version", "e.change", "e.into", "e.reason", "p.document")
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
    made = digest_sql("e.endpoint", "e.slug", "e.version", "e.change", "e.into", "e.reason", "''")
    cursor.execute(
        f"SELECT e.sequence, e.endpoint, e.slug FROM published_entry e "
        f"WHERE e.change NOT IN ('added', 'changed') AND {made} <> e.digest ORDER BY 1"
    )
    for sequence, endpoint, slug in cursor.fetchall():
        yield f"Entry {sequence} ({endpoint}/{slug}) has another digest than its parts."
