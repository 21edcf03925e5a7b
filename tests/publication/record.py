"""The published record, read back for tests."""

import json
from typing import Any

from django.db import connection

from border.publication.endpoints import ENDPOINTS


def rows(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        return cursor.fetchall()


def run(sql: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)


def guards(state: str) -> None:
    """``DISABLE`` or ``ENABLE`` what keeps the published record append-only, as its owner could."""
    for (table,) in rows("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE 'published\\_%'"):
        run(f"ALTER TABLE {table} {state} TRIGGER USER")


def text(ref: str) -> str | None:
    """The public document of ``endpoint/slug``, letter by letter; None when it is not public."""
    endpoint, slug = ref.split("/")
    found = rows(
        f"SELECT document::text FROM {ENDPOINTS[endpoint].table} WHERE slug = %s AND upper_inf(known)", slug
    )
    return found[0][0] if found else None


def document(ref: str) -> dict[str, Any]:
    found = text(ref)
    assert found is not None, f"{ref} is not public"
    return json.loads(found)


def column(ref: str, name: str) -> Any:
    """One column of the public version."""
    endpoint, slug = ref.split("/")
    return rows(
        f'SELECT "{name}" FROM {ENDPOINTS[endpoint].table} WHERE slug = %s AND upper_inf(known)', slug
    )[0][0]


def versions(ref: str) -> list[int]:
    endpoint, slug = ref.split("/")
    found = rows(f"SELECT version FROM {ENDPOINTS[endpoint].table} WHERE slug = %s ORDER BY 1", slug)
    return [version for (version,) in found]


def ledger() -> list[tuple[str, str]]:
    """Every entry as its change and record, in order."""
    return rows("SELECT change, endpoint || '/' || slug FROM published_entry ORDER BY sequence")


def everything() -> str:
    """All that the tables that readers may see hold, as one text."""
    tables = [endpoint.table for endpoint in ENDPOINTS.values()]
    found = ""
    for table in [*tables, "published_name", "published_entry", "published_block"]:
        found += rows(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")[0][0]
    return found
