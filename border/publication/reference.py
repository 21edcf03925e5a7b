"""What documents show of other records, and the names by which records are found."""

import datetime as dt
import json
from collections import defaultdict
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from border.documents.sql import quoted
from border.kernel.finding import search_keys
from border.publication.bulk import copy_in
from border.publication.chain import OpenBlock
from border.publication.endpoints import ENDPOINTS, Endpoint


def showing(endpoint: str, slug: str) -> list[str]:
    """The public records whose documents show this one, as ``endpoint/slug``."""
    found = []
    with connection.cursor() as cursor:
        for one in ENDPOINTS.values():
            cursor.execute(
                f"SELECT slug FROM {one.table} WHERE refs @> ARRAY[%s] AND upper_inf(known) ORDER BY slug",
                [f"{endpoint}/{slug}"],
            )
            found += [f"{one.name}/{other}" for (other,) in cursor.fetchall()]
    return found


def dangling(block: OpenBlock) -> list[str]:
    """A sentence for each record that a new document shows and that is not public."""
    found = []
    with connection.cursor() as cursor:
        for name in block.written:
            new = (
                f"FROM {ENDPOINTS[name].table} p JOIN published_entry e ON e.sequence = p.sequence "
                "CROSS JOIN LATERAL unnest(p.refs) u(ref) WHERE e.block = %s AND upper_inf(p.known)"
            )
            cursor.execute(f"SELECT DISTINCT u.ref {new}", [block.number])
            missing = _not_public(cursor, [ref for (ref,) in cursor.fetchall()])
            if missing:
                cursor.execute(
                    f"SELECT p.slug, u.ref {new} AND u.ref = ANY(%s) ORDER BY 1, 2", [block.number, missing]
                )
                found += [
                    f"{name}/{slug} shows {ref}, which is not public: publish that first, or together with it."
                    for slug, ref in cursor.fetchall()
                ]
    return found


def _not_public(cursor: Any, refs: list[str]) -> list[str]:
    wanted: dict[str, set[str]] = defaultdict(set)
    for ref in refs:
        endpoint, slug = ref.split("/", 1)
        wanted[endpoint].add(slug)
    for endpoint, slugs in wanted.items():
        cursor.execute(
            f"SELECT slug FROM {ENDPOINTS[endpoint].table} WHERE slug = ANY(%s) AND upper_inf(known)",
            [list(slugs)],
        )
        slugs -= {slug for (slug,) in cursor.fetchall()}
    return sorted(f"{endpoint}/{slug}" for endpoint, slugs in wanted.items() for slug in slugs)


NAMED = ("sources", "territories", "actors", "events")


_NAME = ("slug", "text", "kind", "language")
_TITLE = ("title", "en")
_LONGEST = 400
# Where names stand in a document.
_NAMES = {"name", "name_ar", "title", "title_original", "names"}


def index_names(endpoint: Endpoint, slugs: list[str], at: dt.datetime) -> None:
    """Bring the index of names in line with the current documents of ``slugs``; empty for those withdrawn."""
    if endpoint.name not in NAMED:
        return
    if endpoint.document().fields.keys() & _NAMES == {"title"}:
        _index_titles(endpoint, slugs, at)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT slug, document::text FROM {endpoint.table} WHERE slug = ANY(%s) AND upper_inf(known)",
            [slugs],
        )
        wanted = {
            (slug, *name)
            for slug, text in cursor.fetchall()
            for name in _names_of(json.loads(text))
            if name[0]
        }
        cursor.execute(
            "SELECT id, slug, text, kind, language FROM published_name "
            "WHERE endpoint = %s AND slug = ANY(%s) AND upper_inf(known)",
            [endpoint.name, slugs],
        )
        there = {row[1:]: row[0] for row in cursor.fetchall()}
        gone = [there[name] for name in there.keys() - wanted]
        cursor.execute(
            "UPDATE published_name SET known = tstzrange(lower(known), %s) WHERE id = ANY(%s)", [at, gone]
        )
    _add(endpoint, sorted(wanted - there.keys()), at)


# A document that has a title and no other name is shown by it, cut to what a name may be.
_TITLES = """
SELECT p.slug, left(p.shown, {longest}) AS text FROM {table} p
WHERE p.slug = ANY(%(slugs)s) AND upper_inf(p.known) AND p.shown <> ''
"""
_CURRENT = "n.endpoint = %(endpoint)s AND upper_inf(n.known)"
_NO_MORE = f"""
UPDATE published_name n SET known = tstzrange(lower(n.known), %(at)s) WHERE {_CURRENT} AND n.slug = ANY(%(slugs)s)
    AND NOT EXISTS (SELECT FROM ({{titles}}) t WHERE t.slug = n.slug AND t.text = n.text)
"""
_NEW = f"({{titles}}) t WHERE NOT EXISTS (SELECT FROM published_name n WHERE {_CURRENT} AND n.slug = t.slug)"
# Where the working copy has the very title, it has its keys. Titles about as long as one another, which a search compares,
# lie together.
_KEYED = f"""
INSERT INTO published_name (endpoint, slug, text, kind, language, search_keys, known)
SELECT %(endpoint)s, t.slug, t.text, '{_TITLE[0]}', '{_TITLE[1]}', r.search_keys, tstzrange(%(at)s, NULL)
FROM {{model}} r JOIN (SELECT * FROM {_NEW}) t ON r.slug = t.slug AND r.title = t.text ORDER BY length(t.text), t.slug
"""


def _index_titles(endpoint: Endpoint, slugs: list[str], at: dt.datetime) -> None:
    """As `index_names`, of documents that have a title and no other name: without asking what each of them says."""
    titles = _TITLES.format(table=endpoint.table, longest=_LONGEST)
    given: dict[str, Any] = {"endpoint": endpoint.name, "slugs": slugs, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_NO_MORE.format(titles=titles), given)
        cursor.execute(_KEYED.format(titles=titles, model=quoted(endpoint.model)), given)
        cursor.execute(f"SELECT slug, text FROM {_NEW.format(titles=titles)} ORDER BY slug", given)
        _add(endpoint, [(*found, *_TITLE) for found in cursor.fetchall()], at)


def _add(endpoint: Endpoint, names: list[tuple[str, str, str, str]], at: dt.datetime) -> None:
    """Add names, each a slug, its text, kind and language."""
    if not names:
        return
    copy_in(
        "published_name",
        ("endpoint", *_NAME, "search_keys", "known"),
        (
            (endpoint.name, slug, text, kind, language, search_keys(text), DateTimeTZRange(at, None))
            for slug, text, kind, language in names
        ),
    )


def _names_of(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Every name of a document: text, kind and language."""
    found = [
        (document.get("name", ""), "name", "en"),
        (document.get("name_ar", ""), "name_ar", "ar"),
        (document.get("title", ""), *_TITLE),
        (document.get("title_original", ""), "title", document.get("language", "")),
    ]
    found += [(name["text"], name["kind"], name["language"]) for name in document.get("names", [])]
    return [(text[:_LONGEST], kind, language) for text, kind, language in dict.fromkeys(found)]
