"""Which pairs of records are worth comparing, by what they share: keys of names, ids, an address, a place."""

from typing import Any, NamedTuple

from django.db import connection

from border.documents.sql import quoted

# A key that so many records share tells nobody from anybody.
COMMON = 30
COMPARED = 500
# Stands for the keys of the record whose like is looked for.
MINE = "{mine}"


class Keys(NamedTuple):
    """SQL of records ``id`` with their keys ``k``: of all, and of those only that have one of the keys in MINE.

    ``rare`` is SQL of whether a key ``k`` may be one that few records share.
    """

    every: str
    shared: str
    rare: str = "true"


def shared_keys(model: Any, pattern: str) -> Keys:
    """The records with each of the keys of their names."""
    tables = [(quoted(model), "id")]
    if hasattr(model, "names"):
        tables.append((quoted(model._meta.get_field("names").related_model), "record_id"))
    every, shared, rare = [], [], []
    for table, key in tables:
        keyed = f"SELECT r.{key} AS id, k FROM {table} r CROSS JOIN LATERAL unnest(r.search_keys) k WHERE k ~ '{pattern}'"
        every.append(keyed)
        shared.append(
            f"{keyed} AND r.search_keys && (SELECT array_agg(k) FROM {MINE}) AND k IN (SELECT k FROM {MINE})"
        )
        # Enough rows to tell; of a record, a few names may have the same key.
        some = f"SELECT r.{key} AS id FROM {table} r WHERE r.search_keys @> ARRAY[k] LIMIT {4 * COMMON}"
        rare.append(f"(SELECT count(DISTINCT id) FROM ({some}) few) <= {COMMON}")
    return Keys(" UNION ".join(every), " UNION ".join(shared), " AND ".join(rare))


def same_value(model: Any, value: str, wanted: str = "true") -> Keys:
    """The records of which ``wanted`` holds and that have ``value``, an expression over ``r``, with it as their key."""
    every = (
        f"SELECT r.id, ({value})::text AS k FROM {quoted(model)} r WHERE {wanted} AND ({value})::text <> ''"
    )
    return Keys(every, f"SELECT keyed.* FROM {MINE} JOIN ({every}) keyed USING (k)")


def found(model: Any, keys: list[Keys], apart: str, pk: int | None) -> list[tuple[int, int]]:
    """The pairs of ids that share most: of all records, or of ``pk`` with others.

    ``apart`` says of which rows ``a`` and ``b`` may be compared.
    """
    mine = [
        f"mine_{n} AS MATERIALIZED (SELECT k FROM ({kind.every}) own WHERE id = %(pk)s AND {kind.rare})"
        for n, kind in enumerate(keys)
        if pk
    ]
    each = " UNION ALL ".join(
        f"SELECT id, '{n}' || k AS k FROM ({kind.shared.replace(MINE, f'mine_{n}') if pk else kind.every}) keyed_{n}"
        for n, kind in enumerate(keys)
    )
    which = "a.id = %(pk)s AND b.id <> a.id" if pk else "b.id > a.id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH {"".join(f"{one}, " for one in mine)}keyed AS MATERIALIZED ({each}),
            telling AS (SELECT k FROM keyed GROUP BY k HAVING count(*) BETWEEN 2 AND {COMMON}),
            shared AS (
                SELECT a.id AS one, b.id AS other, count(*) AS keys
                FROM telling JOIN keyed a USING (k) JOIN keyed b USING (k) WHERE {which} GROUP BY 1, 2
            )
            SELECT a.id, b.id FROM shared JOIN {quoted(model)} a ON a.id = one JOIN {quoted(model)} b ON b.id = other
            WHERE {apart} ORDER BY shared.keys DESC, a.id, b.id LIMIT {COMPARED}
            """,
            {"pk": pk},
        )
        return cursor.fetchall()
