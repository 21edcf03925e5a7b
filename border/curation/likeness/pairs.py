"""Which pairs of records are worth comparing, by what they share: keys of names, ids, an address, a place."""

from typing import Any

from django.db import connection

from border.documents.sql import quoted

# A key that so many records share tells nobody from anybody.
COMMON = 30
COMPARED = 500


def shared_keys(model: Any, pattern: str, wanted: str = "true") -> str:
    """SQL of the records ``id`` of which ``wanted`` holds, with each of the keys ``k`` of their names."""
    keyed = f"SELECT r.id, k FROM {quoted(model)} r CROSS JOIN LATERAL unnest(r.search_keys) k WHERE k ~ '{pattern}' AND {wanted}"
    if not hasattr(model, "names"):
        return keyed
    rows = quoted(model._meta.get_field("names").related_model)
    return (
        f"{keyed} UNION SELECT r.id, k FROM {quoted(model)} r JOIN {rows} n ON n.record_id = r.id "
        f"CROSS JOIN LATERAL unnest(n.search_keys) k WHERE k ~ '{pattern}' AND {wanted}"
    )


def same_value(model: Any, value: str, wanted: str = "true") -> str:
    """SQL of the records that have ``value``, an expression over ``r``, with it as their key."""
    return (
        f"SELECT r.id, ({value})::text AS k FROM {quoted(model)} r WHERE {wanted} AND ({value})::text <> ''"
    )


def found(model: Any, keys: list[str], apart: str, pk: int | None) -> list[tuple[int, int]]:
    """The pairs of ids that share most: of all records, or of ``pk`` with others.

    ``keys`` are SQL of records with their keys, each kind of key apart; ``apart`` of which rows ``a`` and ``b`` may be compared.
    """
    each = " UNION ALL ".join(
        f"SELECT id, '{n}' || k AS k FROM ({sql}) keyed_{n}" for n, sql in enumerate(keys)
    )
    which = "a.id = %(pk)s AND b.id <> a.id" if pk else "b.id > a.id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH keyed AS MATERIALIZED ({each}),
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
