"""Versions: how new ones are written and old ones ended, for any number of records in one statement."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from border.documents.planning import array
from border.documents.sql import quoted
from border.publication import chain
from border.publication.endpoints import BORDER_LINE, Endpoint, compiled
from border.publication.refusal import Outcome

KEYS = {"sequence", "slug", "version", "known"}
# Columns of slugs that hold any number of them.
LISTED = {"actors", "roles", "territories", "sources"}
_CHUNK = 5000


@dataclass(frozen=True)
class Renaming:
    """A public record that is shown by another name from now on."""

    endpoint: str
    slug: str
    now: str

    @property
    def ref(self) -> str:
        """The record, as documents' references are written."""
        return f"{self.endpoint}/{self.slug}"


@dataclass
class Remade:
    """A public document made again from its own text, with the columns that follow from the text."""

    slug: str
    document: str
    shown: str
    words: str
    refs: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    stances: list[str] = field(default_factory=list)
    contested: bool = False
    datasets: list[str] = field(default_factory=list)
    # Slugs of other records by which the row is found, where they are no longer what they were.
    leads: dict[str, Any] = field(default_factory=dict)


def current(endpoint: Endpoint, slug: str) -> int | None:
    """The public version of a record, or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT version FROM {endpoint.table} WHERE slug = %s AND upper_inf(known)", [slug])
        found = cursor.fetchone()
    return found[0] if found else None


def shown(endpoint: Endpoint, slug: str) -> str:
    """The name by which readers know a public record."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT shown FROM {endpoint.table} WHERE slug = %s AND upper_inf(known)", [slug])
        return str(cursor.fetchone()[0])


def _made(endpoint: Endpoint) -> str:
    """The CTE ``made``: every published column, made from the working copies ``ids``, published ``together``."""
    columns = compiled(endpoint)
    made = ", ".join(f'{sql} AS "{name}"' for name, sql in columns.items())
    border = f"{BORDER_LINE}," if "border_m" in columns else ""
    return f"{border} made AS (SELECT r.id, r.slug, {made} FROM {quoted(endpoint.model)} r WHERE r.id = ANY(%(ids)s::bigint[]))"


def _differs(endpoint: Endpoint) -> str:
    """SQL of whether ``made`` is not what is public, as ``old``."""
    each = (f'old."{name}"::text IS DISTINCT FROM made."{name}"::text' for name in compiled(endpoint))
    return f"(old.slug IS NULL OR {' OR '.join(each)})"


def differing(endpoint: Endpoint, ids: list[int]) -> list[int]:
    """Those of the working copies ``ids`` that readers do not see as they stand."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {_made(endpoint)} SELECT made.id FROM made "
            f"LEFT JOIN {endpoint.table} old ON old.slug = made.slug AND upper_inf(old.known) "
            f"WHERE {_differs(endpoint)} ORDER BY made.id",
            {"ids": array(ids), "together": array([])},
        )
        return [pk for (pk,) in cursor.fetchall()]


def write(endpoint: Endpoint, ids: list[int], block: chain.OpenBlock, outcome: Outcome) -> list[Renaming]:
    """Write new versions of the records that changed, in one statement; say whose shown name changed.

    They are written in the order of lists, so that what stands on one page of a list lies together.
    """
    names = ", ".join(f'"{name}"' for name in compiled(endpoint))
    change = "CASE WHEN known_before THEN 'changed' ELSE 'added' END"
    digest = chain.digest_sql("%(endpoint)s", "slug", "version", change, "''", "''", "document")
    listed = array(ids)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH {_made(endpoint)}, compared AS (
                SELECT made.*, old.slug IS NOT NULL AS known_before, old.shown AS shown_before,
                    coalesce((SELECT max(p.version) FROM {endpoint.table} p WHERE p.slug = made.slug), 0) + 1 AS version
                FROM made LEFT JOIN {endpoint.table} old ON old.slug = made.slug AND upper_inf(old.known)
                WHERE {_differs(endpoint)} ORDER BY made.sort COLLATE "C", made.slug COLLATE "C"
            ), changed AS MATERIALIZED (
                SELECT compared.*, nextval(pg_get_serial_sequence('published_entry', 'sequence')) AS sequence FROM compared
            ), ended AS (
                UPDATE {endpoint.table} p SET known = tstzrange(lower(p.known), %(at)s)
                FROM changed WHERE p.slug = changed.slug AND upper_inf(p.known) RETURNING p.slug
            ), entered AS (
                INSERT INTO published_entry (sequence, block, endpoint, slug, version, change, at, digest)
                SELECT sequence, %(block)s, %(endpoint)s, slug, version, {change}, %(at)s, {digest} FROM changed
            ), waited AS (SELECT count(*) FROM ended), written AS (
                INSERT INTO {endpoint.table} (sequence, slug, version, known, {names})
                SELECT sequence, slug, version, tstzrange(%(at)s, NULL), {names} FROM changed, waited
            )
            SELECT slug, known_before, known_before AND shown_before <> shown, shown FROM changed
            """,
            {
                "ids": listed,
                "at": block.at,
                "block": block.number,
                "endpoint": endpoint.name,
                "together": listed,
            },
        )
        rows = cursor.fetchall()
    block.wrote(endpoint.name, [slug for slug, *_ in rows])
    changed = sum(1 for row in rows if row[1])
    outcome.added[endpoint.name] = len(rows) - changed
    outcome.changed[endpoint.name] = changed
    outcome.same[endpoint.name] = len(ids) - len(rows)
    return [Renaming(endpoint.name, slug, shown) for slug, _, renamed, shown in rows if renamed]


def supersede(endpoint: Endpoint, remade: list[Remade], block: chain.OpenBlock) -> None:
    """Put documents made again in the place of the current ones, with the same filters otherwise."""
    for start in range(0, len(remade), _CHUNK):
        _supersede(endpoint, remade[start : start + _CHUNK], block)
    block.wrote(endpoint.name, [one.slug for one in remade])


def _supersede(endpoint: Endpoint, remade: list[Remade], block: chain.OpenBlock) -> None:
    made = {name: _lead(name) for name in endpoint.leads}
    made |= {name: f"m.{name}" for name in Remade.__dataclass_fields__}
    made |= {"document": "m.document::json", "words": "to_tsvector('simple', m.words)"}
    columns = {
        str(column.column): made.get(str(column.column), f'ended."{column.column}"')
        for column in endpoint.published._meta.concrete_fields
        if column.column not in KEYS
    }
    digest = chain.digest_sql(
        "%(endpoint)s", "m.slug", "ended.version + 1", "'changed'", "''", "''", "m.document"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH m AS MATERIALIZED (
                SELECT * FROM json_to_recordset(%(remade)s::json) AS given(slug text, document text, shown text, words text,
                    refs text[], sources text[], stances text[], contested boolean, datasets text[], leads jsonb)
            ), ended AS (
                UPDATE {endpoint.table} p SET known = tstzrange(lower(p.known), %(at)s)
                FROM m WHERE p.slug = m.slug AND upper_inf(p.known) RETURNING p.*
            ), entered AS (
                INSERT INTO published_entry (block, endpoint, slug, version, change, at, digest)
                SELECT %(block)s, %(endpoint)s, m.slug, ended.version + 1, 'changed', %(at)s, {digest}
                FROM m JOIN ended USING (slug) ORDER BY m.slug COLLATE "C" RETURNING sequence, slug, version
            ), waited AS (SELECT count(*) FROM ended)
            INSERT INTO {endpoint.table} (sequence, slug, version, known, {", ".join(f'"{name}"' for name in columns)})
            SELECT entered.sequence, entered.slug, entered.version, tstzrange(%(at)s, NULL), {", ".join(columns.values())}
            FROM entered JOIN m USING (slug) JOIN ended USING (slug), waited
            """,
            {
                "remade": json.dumps([asdict(one) for one in remade]),
                "at": block.at,
                "block": block.number,
                "endpoint": endpoint.name,
            },
        )


def _lead(name: str) -> str:
    """SQL of a column of slugs: the new ones where there are any."""
    listed = f"ARRAY(SELECT jsonb_array_elements_text(m.leads->'{name}'))"
    return (
        f"""CASE WHEN m.leads ? '{name}' THEN {listed} ELSE ended."{name}" END"""
        if name in LISTED
        else f"""coalesce(m.leads->>'{name}', ended."{name}")"""
    )


def end(endpoint: Endpoint, slug: str, block: chain.OpenBlock) -> None:
    """End the current version of a record, and the names by which it is found."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {endpoint.table} SET known = tstzrange(lower(known), %s) WHERE slug = %s AND upper_inf(known)",
            [block.at, slug],
        )
        cursor.execute(
            "UPDATE published_name SET known = tstzrange(lower(known), %s) "
            "WHERE endpoint = %s AND slug = %s AND upper_inf(known)",
            [block.at, endpoint.name, slug],
        )


def blank(endpoint: Endpoint, condition: str, params: list[Any]) -> list[tuple[str, int]]:
    """Remove what past versions that meet ``condition`` say, text and filters; returns their slugs and versions."""
    empty = ", ".join(
        f'"{column.column}" = {_empty(column)}'
        for column in endpoint.published._meta.concrete_fields
        if column.column not in KEYS
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {endpoint.table} SET {empty} WHERE {condition} AND NOT upper_inf(known) AND document IS NOT NULL "
            "RETURNING slug, version",
            params,
        )
        return sorted(cursor.fetchall())


def _empty(column: "models.Field[Any, Any]") -> str:
    if column.null:
        return "NULL"
    if isinstance(column, ArrayField):
        return "'{}'"
    return "false" if isinstance(column, models.BooleanField) else "''"
