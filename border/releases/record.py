"""The published record as a release reads it: one state of it, in the role of readers, row by row as the database sends it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connections
from psycopg import IsolationLevel

from border.publication.endpoints import ENDPOINTS, Endpoint
from border.releases.refusal import ReleaseRefused

ALIAS = "reader"
# So many rows come from the database at once.
ROWS = 1000


class State(NamedTuple):
    """A state of the published record: its last block, the digest that seals it, and its instant."""

    block: int
    digest: bytes
    at: dt.datetime


@contextmanager
def standing_still() -> Iterator[Any]:
    """A connection in the role of readers to which the record stands still: one transaction that sees one state of it.

    The role can read nothing but the published record, so that nothing else gets into a release whatever is asked.
    """
    connection = connections.create_connection(ALIAS)
    try:
        connection.ensure_connection()
        connection.connection.isolation_level = IsolationLevel.REPEATABLE_READ
        connection.connection.read_only = True
        connection.set_autocommit(False)
        with connection.cursor() as cursor:
            # To sort a long table takes longer than a page may.
            for name, value in settings.JOB_TIMEOUTS.items():
                cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        yield connection
    finally:
        connection.close()


def newest(connection: Any) -> State:
    """The state that ``connection`` sees. Raises ReleaseRefused before the first publication."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, digest, at FROM published_block ORDER BY id DESC LIMIT 1")
        found = cursor.fetchone()
    if found is None:
        raise ReleaseRefused("Nothing is published yet: there is nothing to release.")
    return State(found[0], bytes(found[1]), found[2])


def check(connection: Any, state: State) -> None:
    """Raises ReleaseRefused unless ``state`` is one that this record was in, and still tells all of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT digest, at FROM published_block WHERE id = %s", [state.block])
        found = cursor.fetchone()
        if found is None or (bytes(found[0]), found[1]) != (state.digest, state.at):
            raise ReleaseRefused(
                f"Block {state.block} of the published record is not the one that was released. Run manage.py verify."
            )
        gone = []
        for endpoint in ENDPOINTS.values():
            cursor.execute(
                f"SELECT slug FROM {endpoint.table} WHERE known @> %s::timestamptz AND document IS NULL ORDER BY slug",
                [state.at],
            )
            gone += [f"{endpoint.name}/{slug}" for (slug,) in cursor.fetchall()]
    if gone:
        raise ReleaseRefused(
            f"Of what it held was erased since: {', '.join(gone[:20])}. It cannot be made again; withdraw it."
        )


def count(connection: Any, state: State) -> int:
    """How many records stood."""
    each = " + ".join(
        f"(SELECT count(*) FROM {endpoint.table} WHERE known @> %(at)s::timestamptz)"
        for endpoint in ENDPOINTS.values()
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {each}", {"at": state.at})
        return int(cursor.fetchone()[0])


def documents(connection: Any, endpoint: Endpoint, state: State) -> Iterator[str]:
    """The documents of an endpoint that stood, letter by letter, by slug in the order of its bytes."""
    sql = f'SELECT document::text FROM {endpoint.table} WHERE known @> %s::timestamptz ORDER BY slug COLLATE "C"'
    for (text,) in _told(connection, sql, [state.at]):
        yield text


class Difference(NamedTuple):
    """A record whose document is not what it was: before and after, where there is one, and what the ledger says.

    ``erased`` says that what it said before was erased since.
    """

    slug: str
    before: str | None
    after: str | None
    erased: bool
    ledger: list[dict[str, Any]]


def differences(connection: Any, endpoint: Endpoint, old: State, new: State) -> Iterator[Difference]:
    """The records of an endpoint that are not in ``new`` what they were in ``old``, by slug in the order of its bytes."""
    stood = f"(SELECT * FROM {endpoint.table} WHERE known @> %(at_{{}})s::timestamptz)"
    ledger = (
        "(SELECT json_agg(json_build_object('change', e.change, 'at', to_char(e.at AT TIME ZONE 'UTC', "
        """'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'into', e."into", 'reason', e.reason) ORDER BY e.sequence) """
        "FROM published_entry e WHERE e.endpoint = %(endpoint)s AND e.slug = coalesce(n.slug, o.slug) "
        "AND e.block > %(old)s AND e.block <= %(new)s)"
    )
    sql = (
        f"SELECT coalesce(n.slug, o.slug), o.document::text, n.document::text, "
        f"o.slug IS NOT NULL AND o.document IS NULL, {ledger} "
        f"FROM {stood.format('old')} o FULL JOIN {stood.format('new')} n ON n.slug = o.slug "
        "WHERE o.sequence IS DISTINCT FROM n.sequence AND (n.document IS NULL OR o.document IS NULL "
        'OR o.document::text <> n.document::text) ORDER BY coalesce(n.slug, o.slug) COLLATE "C"'
    )
    values = {
        "at_old": old.at,
        "at_new": new.at,
        "old": old.block,
        "new": new.block,
        "endpoint": endpoint.name,
    }
    for slug, before, after, erased, told in _told(connection, sql, values):
        yield Difference(slug, before, after, erased, told or [])


def _told(connection: Any, sql: str, values: Any) -> Iterator[tuple[Any, ...]]:
    """The rows of a question, some at a time: however many there are, few are held."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(ROWS):
            yield from rows
