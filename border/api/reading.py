"""The one way to the database: the published record, in the role that can read nothing else."""

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable, Generator, Hashable, Mapping, Sequence
from contextlib import closing
from typing import Any, NamedTuple, TypeVar

from django.db import InterfaceError, OperationalError, connections, transaction
from psycopg.abc import Buffer
from psycopg.adapt import Loader

from border.publication.chain import LOCK

ALIAS = "reader"
Found = TypeVar("Found")


class Verbatim(Loader):
    """JSON as the bytes that the database sends: it goes to readers as it stands."""

    def load(self, data: Buffer) -> bytes:
        """The bytes."""
        return bytes(data)


def rows(sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that ``sql`` finds in the published record; JSON as bytes."""
    return _asked(sql, parameters, lambda cursor: cursor.fetchall())


def rows_and_version(sql: str, parameters: Sequence[Any]) -> tuple[list[tuple[Any, ...]], "Version"]:
    """The rows that ``sql`` finds, and the newest state of the record at the same moment: both in one question."""

    def read(cursor: Any) -> tuple[list[tuple[Any, ...]], Version]:
        found = cursor.fetchall()
        cursor.nextset()
        return found, _version(cursor.fetchall())

    return _asked(sql + AND_VERSION, parameters, read)


def _asked(sql: str, parameters: Sequence[Any] | Mapping[str, Any], read: Callable[[Any], Found]) -> Found:
    """What is ``read`` of the answer of the database.

    A connection that was kept since an earlier request may have died in the meantime. To ask it beforehand whether it
    lives takes as long as a small answer: the first question of a request is asked anew where it did not.
    """
    connection: Any = connections[ALIAS]
    kept = connection.connection is not None and not connection.health_check_done
    connection.health_check_done = True
    try:
        return _asked_once(sql, parameters, read)
    except (InterfaceError, OperationalError):
        if not (kept and connection.connection.closed):
            raise
        connection.close()
        return _asked_once(sql, parameters, read)


def _asked_once(
    sql: str, parameters: Sequence[Any] | Mapping[str, Any], read: Callable[[Any], Found]
) -> Found:
    with connections[ALIAS].cursor() as cursor:
        cursor.adapters.register_loader("json", Verbatim)
        cursor.execute(sql, parameters)
        return read(cursor)


# A reader may be slow, and a list long.
LONGEST_MS = 3_600_000
# So many lines come from the database at a time, while it looks for the next.
_AT_ONCE = 64


def lines(
    sql: str, parameters: Sequence[Any], noted: Callable[["Version"], Any], *, by_index: bool = False
) -> Generator[bytes]:
    """The lines that ``sql`` finds, a text of one column each, as the database sends them: a few are waiting here.

    ``noted`` is told of which state of the record they are: what is asked on this connection before the last of them waits
    for ever. Both see what one moment saw, as whole transactions of readers do. ``by_index`` goes along an index that has
    their order where there is one: all of a long table is not sorted first, of which no reader would hear for seconds.
    """
    with transaction.atomic(using=ALIAS), connections[ALIAS].cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = {LONGEST_MS}")
        if by_index:
            cursor.execute("SET LOCAL enable_sort = off")
        noted(version())
        cursor.adapters.register_loader("text", Verbatim)
        with closing(cursor.stream(sql, parameters, size=_AT_ONCE)) as found:
            for (line,) in found:
                yield line + b"\n"


class Version(NamedTuple):
    """Which state of the published record an answer rests on: the last block, and the digest that seals it."""

    number: int
    digest: bytes
    at: dt.datetime | None = None


VERSION = "SELECT id, digest, at FROM published_block {earlier} ORDER BY id DESC LIMIT 1"
# Two statements that are sent as one see what one moment saw, as a whole transaction of readers does.
AND_VERSION = "; " + VERSION.format(earlier="")


class Seen:
    """The newest state of the published record that this process has seen: nothing says that there is none newer."""

    last: Version | None = None


def version(known_at: dt.datetime | None = None) -> Version:
    """The newest state of the published record, or that of an earlier moment."""
    if known_at is not None:
        return _version(rows(VERSION.format(earlier="WHERE at <= %s"), [known_at]))
    Seen.last = _version(rows(VERSION.format(earlier="")))
    return Seen.last


def _version(found: list[tuple[Any, ...]]) -> Version:
    return Version(found[0][0], bytes(found[0][1]), found[0][2]) if found else Version(0, b"")


class Remembered:
    """What was read for one state of the published record, kept in this process until the record moves on.

    The digest of a block tells apart states that bear the same number, as those of different databases do.
    """

    def __init__(self, limit: int = 2000) -> None:
        self.limit = limit
        self._of: tuple[Version, OrderedDict[Hashable, Any]] = (Version(-1, b""), OrderedDict())

    def get(self, version: Version, key: Hashable, read: Callable[[], Found]) -> Found:
        """What is kept under ``key`` for ``version``, else what ``read`` finds, kept from now on."""
        kept = self._kept(version)
        if key in kept:
            found: Found = kept[key]
            return found
        return self._add(kept, key, read())

    def held(self, version: Version, key: Hashable) -> Any:
        """What is kept under ``key`` for ``version``; None where nothing is."""
        of, kept = self._of
        return kept.get(key) if of == version else None

    def keep(self, version: Version, key: Hashable, found: Any) -> None:
        """Keep what was found for ``version``; what was kept for another is forgotten."""
        self._add(self._kept(version), key, found)

    def _kept(self, version: Version) -> OrderedDict[Hashable, Any]:
        of, kept = self._of
        if of != version:
            kept = OrderedDict()
            self._of = version, kept
        return kept

    def _add(self, kept: OrderedDict[Hashable, Any], key: Hashable, found: Found) -> Found:
        kept[key] = found
        while len(kept) > self.limit:
            kept.popitem(last=False)
        return found


REMEMBERED = Remembered()


class State(NamedTuple):
    """What an answer rests on: the newest state of the published record, or that of an earlier moment."""

    version: Version
    known_at: dt.datetime | None = None

    def standing(self, table: str, *, erasable: bool = True) -> tuple[str, list[Any]]:
        """SQL of the rows of a published ``table`` that stood, to be given a name in a FROM, and its values."""
        legs = self.legs(table, erasable=erasable)
        return f"({' UNION ALL '.join(sql for sql, _ in legs)})", [
            value for _, values in legs for value in values
        ]

    def legs(self, table: str, *, erasable: bool = True) -> list[tuple[str, list[Any]]]:
        """The rows that stood, in parts that have indexes of their own: SQL of each, and its values.

        Of an earlier moment these are current rows that were there by then, and rows that have ended since. What was erased
        stood too, and is not there any more: its text is empty.
        """
        current = f"SELECT * FROM {table} WHERE upper_inf(known)"
        if self.known_at is None:
            return [(current, [])]
        left = " AND document IS NOT NULL" if erasable else ""
        # That it ended later follows from the rest; of that alone PostgreSQL knows how common it is.
        ended = f"NOT upper_inf(known) AND known @> %s::timestamptz AND upper(known) > %s{left}"
        return [
            (f"{current} AND lower(known) <= %s", [self.known_at]),
            (f"SELECT * FROM {table} WHERE {ended}", [self.known_at, self.known_at]),
        ]

    def first_since(self, moment: dt.datetime) -> int:
        """The first entry of the ledger that was written at ``moment`` or later; the next one where there is none yet."""
        first = "(SELECT first FROM published_block WHERE at >= %s ORDER BY at LIMIT 1)"
        last = "(SELECT last FROM published_block ORDER BY id DESC LIMIT 1)"
        return self.remembered(
            ("since", moment), lambda: int(rows(f"SELECT coalesce({first}, {last} + 1, 0)", [moment])[0][0])
        )

    def remembered(self, key: Hashable, read: Callable[[], Found]) -> Found:
        """What is kept under ``key`` for this state, else what ``read`` finds, kept from now on."""
        return REMEMBERED.get(self.version, (self.known_at, key), read)


def is_over(moment: dt.datetime) -> bool:
    """Whether ``moment`` has come; and nothing is published any more that bears its date, or an earlier one.

    A publication bears the date at which it got the lock, and shows when it is committed. Where one may be under way
    that bears an earlier date, this waits for it: what is known at a moment does not change afterwards.
    """
    last = "(SELECT at FROM published_block ORDER BY id DESC LIMIT 1)"
    published_since, come = rows(f"SELECT {last} >= %s, clock_timestamp() >= %s", [moment, moment])[0]
    if not published_since and come:
        rows("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])
    return bool(published_since or come)


def are_public(state: State, table: str, slugs: Sequence[str]) -> set[str]:
    """Those of ``slugs`` that are the slugs of rows of the published ``table``."""
    known: set[str] = state.remembered(("public", table), set)
    if asked := [slug for slug in slugs if slug not in known]:
        there, values = state.standing(table)
        known |= {
            slug for (slug,) in rows(f"SELECT slug FROM {there} r WHERE slug = ANY(%s)", [*values, asked])
        }
    return known.intersection(slugs)


def merged_into(state: State, endpoint: str, slug: str) -> str:
    """The slug under which a merged record goes on, however often it was merged; empty for others."""
    found = rows(
        """WITH RECURSIVE led(slug, through) AS (
            SELECT %(slug)s::text, ARRAY[]::text[]
            UNION ALL
            SELECT e."into", led.through || led.slug FROM led CROSS JOIN LATERAL (
                SELECT "into", change FROM published_entry
                WHERE endpoint = %(endpoint)s AND slug = led.slug AND change <> 'erased' AND at <= coalesce(%(at)s::timestamptz, 'infinity')
                ORDER BY sequence DESC LIMIT 1
            ) e WHERE e.change = 'merged' AND led.slug <> ALL(led.through)
        ) SELECT slug FROM led WHERE slug <> %(slug)s ORDER BY cardinality(through) DESC LIMIT 1""",
        {"endpoint": endpoint, "slug": slug, "at": state.known_at},
    )
    return str(found[0][0]) if found else ""


def all_slugs(state: State, table: str) -> list[str]:
    """Every slug of the published ``table``, to suggest the nearest from; of very long tables the first 20,000."""
    there, values = state.standing(table)
    found = f"SELECT slug FROM {there} r ORDER BY slug LIMIT 20000"
    return state.remembered(("all", table), lambda: [slug for (slug,) in rows(found, values)])


def all_datasets(state: State) -> list[str]:
    """The datasets of the published sources."""
    there, values = state.standing("published_sources")
    found = f"SELECT DISTINCT dataset FROM {there} r WHERE dataset <> '' ORDER BY 1"
    return state.remembered("datasets", lambda: [dataset for (dataset,) in rows(found, values)])
