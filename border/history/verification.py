"""Is the history what was written? Every fault that can be seen from a copy, in words."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps

from border.history.chain import CONTEXT_SQL, NOTHING, instant_sql, row_sql, still
from border.kernel.history import HistoryEvent

# What the transaction that asks has written itself is not sealed before it ends.
_OWN = "(SELECT FROM history_pending p WHERE p.transaction = pg_current_xact_id_if_assigned()::text::bigint AND {})"


class _Shape(NamedTuple):
    """The columns that a table had, in their order, while the rows of some lines were written."""

    id: int
    table: str
    columns: list[str]
    lines: int


def faults(head: str | None = None) -> Iterator[str]:
    """A sentence per fault; none when the history is whole. See ``chain.verify``."""
    with still() as cursor:
        tables, shapes = _tables(cursor), _shapes(cursor)
        yield from _blocks(cursor)
        yield from _unsealed(cursor)
        yield from _missing(cursor, tables)
        for shape in shapes:
            if set(shape.columns) <= tables.get(shape.table, set()):
                yield from _changed(cursor, shape)
        yield from _contexts(cursor)
        if head:
            yield from kept_elsewhere(cursor, head, table="history_block", whole="history")


def unread() -> Iterator[str]:
    """What cannot be checked beyond its stored digest, because a migration took columns or a table away since."""
    with still() as cursor:
        tables = _tables(cursor)
        gone: dict[tuple[str, str], int] = defaultdict(int)
        for shape in _shapes(cursor):
            if lost := sorted(set(shape.columns) - tables.get(shape.table, set())):
                gone[shape.table, ", ".join(lost) if shape.table in tables else "the table"] += shape.lines
    for (table, names), count in gone.items():
        if count:
            yield f"{count:,} rows of {table} are known by their digests only: a migration took away {names}."


def _tables(cursor: Any) -> dict[str, set[str]]:
    """Every history table with its columns."""
    names = [model._meta.db_table for model in apps.get_models() if issubclass(model, HistoryEvent)]
    cursor.execute(
        "SELECT attrelid::regclass::text, array_agg(attname::text) FROM pg_attribute "
        "WHERE attrelid = ANY (%s::regclass[]) AND attnum > 0 AND NOT attisdropped GROUP BY 1",
        [names],
    )
    return {table: set(columns) for table, columns in cursor.fetchall()}


def _shapes(cursor: Any) -> list[_Shape]:
    cursor.execute(
        'SELECT s.id, s."table", s.columns, count(l.sequence) '
        "FROM history_shape s LEFT JOIN history_line l ON l.shape = s.id GROUP BY s.id ORDER BY s.id"
    )
    return [_Shape(*row) for row in cursor.fetchall()]


def _blocks(cursor: Any) -> Iterator[str]:
    cursor.execute(
        f"""
        WITH lines AS (
            SELECT first, min(sequence) AS low, max(sequence) AS last, count(*) AS rows,
                string_agg(digest, ''::bytea ORDER BY sequence) AS digests
            FROM history_line GROUP BY first
        ), blocks AS (
            SELECT b.*, lag(id, 1, 0::bigint) OVER w AS before_id, lag(at) OVER w AS before_at,
                lag(digest) OVER w AS before
            FROM history_block b WINDOW w AS (ORDER BY id)
        )
        SELECT b.id, b.before_id + 1, (l.low, l.last, coalesce(l.rows, 0)) IS DISTINCT FROM (b.first, b.last, b.rows),
            b.at <= b.before_at,
            sha256(coalesce(b.before, %s) || convert_to(concat_ws(' ', b.id, {instant_sql("b.at")},
                coalesce(l.rows, 0), cardinality(b.contexts)), 'UTF8') || coalesce(l.digests, '') || coalesce(said.digests, ''))
                <> b.digest
        FROM blocks b LEFT JOIN lines l ON l.first = b.first
        CROSS JOIN LATERAL (
            SELECT string_agg(digest, ''::bytea ORDER BY place) AS digests
            FROM unnest(b.context_digests) WITH ORDINALITY AS c(digest, place)
        ) said ORDER BY b.id
        """,
        [NOTHING],
    )
    for number, expected, other_rows, earlier, other_digest in cursor:
        if number == expected + 1:
            yield f"Block {expected} is missing."
        elif number != expected:
            yield f"Blocks {expected} to {number - 1} are missing."
        if other_rows:
            yield f"Block {number} has other rows than it had when it was sealed."
        if earlier:
            yield f"Block {number} is not later than the block before."
        if other_digest:
            yield f"The digest of block {number} is not that of its rows, its contexts and the block before."


def _unsealed(cursor: Any) -> Iterator[str]:
    cursor.execute(
        f"""
        SELECT min(sequence), max(sequence), count(*) FROM history_line l
        WHERE NOT EXISTS (SELECT FROM history_block b WHERE b.first = l.first)
            AND NOT EXISTS {_OWN.format("p.first = l.first")}
        GROUP BY first ORDER BY 1
        """
    )
    for first, last, count in cursor:
        yield f"{count} rows from {first} to {last} belong to no block: it is gone, or was never sealed."


def _missing(cursor: Any, tables: dict[str, set[str]]) -> Iterator[str]:
    """Rows without a line, and lines without a row."""
    rows = " UNION ALL ".join(
        f"SELECT '{table}' AS \"table\", pgh_id AS sequence FROM {table}" for table in sorted(tables)
    )
    cursor.execute(
        f"""
        SELECT sequence, "table", b.id FROM ({rows}) r FULL JOIN (
            SELECT s."table", l.sequence, l.first FROM history_line l LEFT JOIN history_shape s ON s.id = l.shape
            WHERE s."table" IS NULL OR s."table" = ANY (%s)
        ) l USING ("table", sequence) LEFT JOIN history_block b ON b.first = l.first
        WHERE r.sequence IS NULL OR l.sequence IS NULL ORDER BY 1, l.sequence
        """,
        [list(tables)],
    )
    for sequence, table, block in cursor:
        if block is None:
            yield f"Row {sequence} of {table} was put in past the chain: nothing that was sealed has it there."
        else:
            yield f"Row {sequence} of {table or 'an unknown table'} (block {block}) is gone."


def _changed(cursor: Any, shape: _Shape) -> Iterator[str]:
    cursor.execute(
        f"""
        SELECT l.sequence, b.id FROM "{shape.table}" r JOIN history_line l ON l.sequence = r.pgh_id AND l.shape = %s
        LEFT JOIN history_block b ON b.first = l.first
        WHERE {row_sql(shape.table, shape.columns)} <> l.digest ORDER BY 1
        """,
        [shape.id],
    )
    for sequence, block in cursor:
        yield f"Row {sequence} of {shape.table} (block {block}) is not as it was written."


def _contexts(cursor: Any) -> Iterator[str]:
    """Contexts against the last block that names them: while its request lasts, a context says more and more."""
    cursor.execute(
        f"""
        WITH told AS (
            SELECT DISTINCT ON (t.id) t.id, t.digest, b.id AS block
            FROM history_block b CROSS JOIN unnest(b.contexts, b.context_digests) AS t(id, digest)
            ORDER BY t.id, b.id DESC
        )
        SELECT t.id, t.block, c.id IS NULL FROM told t LEFT JOIN pghistory_context c ON c.id = t.id
        WHERE (c.id IS NULL OR {CONTEXT_SQL} <> t.digest) AND NOT EXISTS {_OWN.format("t.id = ANY (p.contexts)")}
        ORDER BY t.block, t.id
        """
    )
    for context, block, gone in cursor:
        fault = "is gone" if gone else "is not as it was written"
        yield f"Context {context} (who changed what and why, block {block}) {fault}."


def kept_elsewhere(cursor: Any, head: str, *, table: str, whole: str) -> Iterator[str]:
    """What ``head``, a ``number:digest`` that was noted earlier, shows of the chain of blocks in ``table``."""
    number, _, wanted = head.partition(":")
    if not number.isdigit():
        yield f"A head is written number:digest, not {head}."
        return
    if int(number) == 0:
        return
    cursor.execute(f"SELECT digest FROM {table} WHERE id = %s", [int(number)])
    found = cursor.fetchone()
    if found is None:
        yield f"Block {number} of the head kept elsewhere is gone: the {whole} was cut off."
    elif bytes(found[0]).hex() != wanted:
        yield f"Block {number} is not the one of the head kept elsewhere: the {whole} was rewritten."
