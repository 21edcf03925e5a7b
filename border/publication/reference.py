"""What documents show of other records: names that change, sources taken back, and the index of names."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from border.documents.canonical import canonical
from border.documents.lists import WITHHELD
from border.kernel.records import search_keys
from border.publication.chain import OpenBlock
from border.publication.endpoints import ENDPOINTS, Endpoint
from border.publication.models import PublishedName


@dataclass(frozen=True)
class Renaming:
    """A public record that is shown by another name from now on."""

    endpoint: str
    slug: str
    before: str
    now: str


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


def rename(renaming: Renaming, block: OpenBlock) -> list[Renaming]:
    """Make the documents that show a renamed record again, from their reviewed text; returns whose names follow.

    A reference stands in a document as these very bytes, which no text can hold: its quotes would be escaped.
    """
    before = canonical({"slug": renaming.slug, "name": renaming.before})
    now = canonical({"slug": renaming.slug, "name": renaming.now})

    def change(text: str) -> str:
        return text.replace(before, now)

    return _remake(f"{renaming.endpoint}/{renaming.slug}", change, block)


def withhold_source(slug: str, block: OpenBlock) -> None:
    """Make the documents that cite a source again without it: its citations show as withheld."""

    def hidden(value: Any) -> Any:
        if isinstance(value, dict):
            source = value.get("source")
            if isinstance(source, dict) and source.get("slug") == slug:
                return (
                    {**value, "source": WITHHELD}
                    if "stance" not in value and "withheld" not in value
                    else WITHHELD
                )
            return {key: hidden(one) for key, one in value.items()}
        return [hidden(one) for one in value] if isinstance(value, list) else value

    _remake(
        f"sources/{slug}", lambda text: canonical(hidden(json.loads(text))), block, without=f"sources/{slug}"
    )


def _remake(ref: str, change: Callable[[str], str], block: OpenBlock, without: str = "") -> list[Renaming]:
    renamed = []
    for endpoint in ENDPOINTS.values():
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT slug, version, shown, document::text FROM {endpoint.table} "
                "WHERE refs @> ARRAY[%s] AND upper_inf(known) ORDER BY slug",
                [ref],
            )
            rows = cursor.fetchall()
        for slug, version, shown, text in rows:
            remade = change(text)
            if remade == text and not without:
                continue
            now = _shown_after(endpoint, remade, shown)
            _supersede(endpoint, slug, version, remade, now, block, without)
            block.wrote(endpoint.name, [slug])
            if now != shown:
                renamed.append(Renaming(endpoint.name, slug, shown, now))
    return renamed


def _shown_after(endpoint: Endpoint, document: str, shown: str) -> str:
    # A crossing is shown by the name of its territory; every other record by a text of its own.
    return json.loads(document)["territory"]["name"] if endpoint.name == "crossings" else shown


def _supersede(
    endpoint: Endpoint, slug: str, version: int, document: str, shown: str, block: OpenBlock, without: str
) -> None:
    """Put a new version of a record in the place of the current one, with the same filters."""
    kept = [
        field.column
        for field in endpoint.published._meta.concrete_fields
        if field.column not in {"sequence", "version", "known", "document", "shown", "refs", "sources"}
    ]
    columns = ", ".join(f'"{name}"' for name in kept)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {endpoint.table} SET known = tstzrange(lower(known), %s) "
            "WHERE slug = %s AND upper_inf(known) RETURNING sequence",
            [block.at, slug],
        )
        old = cursor.fetchone()[0]
        sequence = block.enter(endpoint.name, slug, version + 1, "changed", document=document)
        cursor.execute(
            f"INSERT INTO {endpoint.table} (sequence, version, known, document, shown, refs, sources, {columns}) "
            f"SELECT %s, %s, tstzrange(%s, NULL), %s, %s, array_remove(refs, %s), array_remove(sources, %s), {columns} "
            f"FROM {endpoint.table} WHERE sequence = %s",
            [
                sequence,
                version + 1,
                block.at,
                document,
                shown,
                without,
                without.removeprefix("sources/"),
                old,
            ],
        )


NAMED = ("sources", "territories", "actors", "events")


def index_names(endpoint: Endpoint, slugs: list[str], at: dt.datetime) -> None:
    """Bring the index of names in line with the current documents of ``slugs``; empty for those withdrawn."""
    if endpoint.name not in NAMED:
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
    PublishedName.objects.bulk_create(
        (
            PublishedName(
                endpoint=endpoint.name,
                slug=slug,
                text=text,
                kind=kind,
                language=language,
                search_keys=search_keys(text),
                known=DateTimeTZRange(at, None),
            )
            for slug, text, kind, language in sorted(wanted - there.keys())
        ),
        batch_size=2000,
    )


def _names_of(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Every name of a document: text, kind and language."""
    found = [
        (document.get("name", ""), "name", "en"),
        (document.get("name_ar", ""), "name_ar", "ar"),
        (document.get("title", ""), "title", "en"),
        (document.get("title_original", ""), "title", document.get("language", "")),
    ]
    found += [(name["text"], name["kind"], name["language"]) for name in document.get("names", [])]
    return [(text[:400], kind, language) for text, kind, language in dict.fromkeys(found)]
