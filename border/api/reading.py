"""The one way to the database: the published record, in the role that can read nothing else."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from django.db import connections
from psycopg.abc import Buffer
from psycopg.adapt import Loader

ALIAS = "reader"
Found = TypeVar("Found")


class Verbatim(Loader):
    """JSON as the bytes that the database sends: it goes to readers as it stands."""

    def load(self, data: Buffer) -> bytes:
        """The bytes."""
        return bytes(data)


def rows(sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """The rows that ``sql`` finds in the published record; JSON as bytes."""
    with connections[ALIAS].cursor() as cursor:
        cursor.adapters.register_loader("json", Verbatim)
        cursor.execute(sql, parameters)
        return cursor.fetchall()


class Version(NamedTuple):
    """Which state of the published record an answer rests on: the last block, and the digest that seals it."""

    number: int
    digest: bytes


def version() -> Version:
    """The state of the published record at this moment."""
    found = rows("SELECT id, digest FROM published_block ORDER BY id DESC LIMIT 1")
    return Version(found[0][0], bytes(found[0][1])) if found else Version(0, b"")


class Remembered:
    """What was read for one state of the published record, kept in this process until the record moves on.

    The digest of a block tells apart states that bear the same number, as those of different databases do.
    """

    def __init__(self, limit: int = 2000) -> None:
        self.limit = limit
        self._of: tuple[Version, OrderedDict[Hashable, Any]] = (Version(-1, b""), OrderedDict())

    def get(self, version: Version, key: Hashable, read: Callable[[], Found]) -> Found:
        """What is kept under ``key`` for ``version``, else what ``read`` finds, kept from now on."""
        of, kept = self._of
        if of != version:
            kept = OrderedDict()
            self._of = version, kept
        if key in kept:
            found: Found = kept[key]
            return found
        found = read()
        kept[key] = found
        while len(kept) > self.limit:
            kept.popitem(last=False)
        return found


REMEMBERED = Remembered()


def are_public(version: Version, table: str, slugs: Sequence[str]) -> set[str]:
    """Those of ``slugs`` that are the slugs of current rows of the published ``table``."""
    known: set[str] = REMEMBERED.get(version, ("public", table), set)
    if asked := [slug for slug in slugs if slug not in known]:
        known |= {
            slug
            for (slug,) in rows(
                f"SELECT slug FROM {table} WHERE upper_inf(known) AND slug = ANY(%s)", [asked]
            )
        }
    return known.intersection(slugs)


def merged_into(endpoint: str, slug: str) -> str:
    """The slug under which a merged record goes on, however often it was merged; empty for others."""
    found = rows(
        """WITH RECURSIVE led(slug, through) AS (
            SELECT %(slug)s::text, ARRAY[]::text[]
            UNION ALL
            SELECT e."into", led.through || led.slug FROM led CROSS JOIN LATERAL (
                SELECT "into", change FROM published_entry
                WHERE endpoint = %(endpoint)s AND slug = led.slug AND change <> 'erased' ORDER BY sequence DESC LIMIT 1
            ) e WHERE e.change = 'merged' AND led.slug <> ALL(led.through)
        ) SELECT slug FROM led WHERE slug <> %(slug)s ORDER BY cardinality(through) DESC LIMIT 1""",
        {"endpoint": endpoint, "slug": slug},
    )
    return str(found[0][0]) if found else ""


def all_slugs(version: Version, table: str) -> list[str]:
    """Every slug of the published ``table``, to suggest the nearest from; of very long tables the first 20,000."""
    return REMEMBERED.get(
        version,
        ("all", table),
        lambda: [
            slug
            for (slug,) in rows(f"SELECT slug FROM {table} WHERE upper_inf(known) ORDER BY slug LIMIT 20000")
        ],
    )


def all_datasets(version: Version) -> list[str]:
    """The datasets of the published sources."""
    return REMEMBERED.get(
        version,
        "datasets",
        lambda: [
            dataset
            for (dataset,) in rows(
                "SELECT DISTINCT dataset FROM published_sources WHERE upper_inf(known) AND dataset <> '' ORDER BY 1"
            )
        ],
    )
