"""Documents made again from their own reviewed text, because what they show of other records has changed.

Four things can happen to a record that a public document shows: it gets another name, it goes on as another record, it
is a source that is taken back, or it is a source whose content may no longer be passed on. Nothing else of the document changes, and nothing of
its working copy is read: edits that await review stay where they are.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import connection

from border.documents.canonical import canonical
from border.documents.citations import Citations
from border.documents.fields import Document, Reference
from border.documents.lists import NOT_REDISTRIBUTABLE, WITHHELD, References, Rows
from border.publication.chain import OpenBlock
from border.publication.endpoints import ENDPOINTS, Endpoint
from border.publication.versions import LISTED, Remade, Renaming, supersede

Shape = type[Document]


@dataclass
class Remaking:
    """What is now shown otherwise: names by ``endpoint/slug``; slugs of sources gone, of events taken back that others
    were matched with (``parted``), and of sources kept back.

    ``merged`` says which records go on as which, both as ``endpoint/slug``; `names` has the names of the latter.
    """

    names: dict[str, str] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    parted: set[str] = field(default_factory=set)
    kept_back: set[str] = field(default_factory=set)

    @property
    def refs(self) -> list[str]:
        """Every record concerned, as ``endpoint/slug``."""
        return sorted(
            {
                *self.names,
                *self.merged,
                *(f"sources/{slug}" for slug in self.gone | self.kept_back),
                *(f"events/{slug}" for slug in self.parted),
            }
        )

    def document(self, shape: Shape, document: dict[str, Any]) -> dict[str, Any]:
        """The document made again."""
        fields = _fields(shape)
        made = {name: self._value(fields.get(name), value) for name, value in document.items()}
        if "matches" in made and (self.merged or self.parted):
            made["matches"] = self._matches(document["slug"], made["matches"])
        if "contested" in made:
            made["contested"] = any(one.get("stance") == "disputes" for one in made["citations"])
        return made

    def _value(self, shape: Any, value: Any) -> Any:
        if isinstance(shape, Citations):
            return [self._citation(one) for one in value]
        if isinstance(shape, References):
            rows = [self._reference(shape.reference.endpoint, one) or {} for one in value]
            shown = {one["slug"]: one for one in rows}
            return [shown[slug] for slug in sorted(shown)] if self.merged else [*shown.values()]
        if isinstance(shape, Rows):
            rows = [self.document(shape.document, one) for one in value if not self._rests_on_kept(one)]
            return sorted(rows, key=_order(shape)) if self.merged else rows
        return self._reference(shape.endpoint, value) if isinstance(shape, Reference) else value

    def _matches(self, slug: str, matches: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The matches with events that are still there, each event once; none is matched with itself."""
        others = {one["event"]["slug"]: one for one in matches}
        return [one for other, one in others.items() if other != slug and other not in self.parted]

    def _rests_on_kept(self, row: dict[str, Any]) -> bool:
        return (row.get("source") or {}).get("slug") in self.kept_back

    def _citation(self, citation: dict[str, Any]) -> dict[str, Any]:
        if "source" not in citation:
            return citation
        source = self._reference("sources", citation["source"])
        if source == WITHHELD:
            return source
        if source and source["slug"] in self.kept_back:
            return {"source": source, "withheld": NOT_REDISTRIBUTABLE}
        return {**citation, "source": source}

    def _reference(self, endpoint: str, reference: dict[str, Any] | None) -> dict[str, Any] | None:
        if not reference or "slug" not in reference:
            return reference
        if endpoint == "sources" and reference["slug"] in self.gone:
            return WITHHELD
        ref = self.now(f"{endpoint}/{reference['slug']}")
        return {"slug": ref.partition("/")[2], "name": self.names.get(ref, reference["name"])}

    def now(self, ref: str) -> str:
        """The record as which ``ref`` goes on, itself for most."""
        return self.merged.get(ref, ref)

    def leads(self, endpoint: Endpoint, row: dict[str, Any]) -> dict[str, Any]:
        """The columns of slugs that lead to a merged record, with the slugs to which they lead now."""
        found = {}
        for name, target in endpoint.leads.items():
            if name == "sources":
                continue
            now: Any = (
                sorted({self._slug(target, slug) for slug in row[name]})
                if name in LISTED
                else self._slug(target, row[name])
            )
            if now != row[name]:
                found[name] = now
        return found

    def _slug(self, endpoint: str, slug: str) -> str:
        """What stands in a column for ``slug``, which may be followed by a role."""
        own, between, role = slug.partition("/")
        return self.now(f"{endpoint}/{own}").partition("/")[2] + between + role

    def concerned(self, endpoint: Endpoint) -> tuple[str, list[Any]]:
        """SQL of the rows ``p`` that this may concern: they show one of the records or are found by a merged one.

        A merged record itself is about to end.
        """
        conditions, values = ["p.refs && %s"], [self.refs]
        for name, target in endpoint.leads.items():
            slugs = [slug for of, slug, _ in _split(self.merged) if of == target]
            if slugs and name != "roles":
                conditions.append(f'p."{name}" && %s::text[]' if name in LISTED else f'p."{name}" = ANY(%s)')
                values.append(slugs)
        own = [slug for of, slug, _ in _split(self.merged) if of == endpoint.name]
        return f"({' OR '.join(conditions)}) AND p.slug <> ALL(%s)", [*values, own]


def _order(shape: Rows) -> Callable[[dict[str, Any]], tuple[str, ...]]:
    """The key by which rows stand in order, as far as a row shows it: numbers are given and not shown."""

    def value(row: dict[str, Any], path: str) -> str:
        first, _, rest = path.partition(".")
        found = row.get(first) or ""
        return found.get(rest, "") if isinstance(found, dict) else found

    return lambda row: tuple(value(row, path) for path in shape.order)


@cache
def _fields(shape: Shape) -> dict[str, Any]:
    return dict(shape().fields)


def shown_in(shape: Shape, document: dict[str, Any]) -> Iterator[str]:
    """Every record that a document shows, as ``endpoint/slug``."""
    for name, value in document.items():
        found = _fields(shape).get(name)
        if isinstance(found, References):
            yield from (f"{found.reference.endpoint}/{one['slug']}" for one in value)
        elif isinstance(found, Rows):
            for one in value:
                yield from shown_in(found.document, one)
        elif isinstance(found, Reference) and value and "slug" in value:
            yield f"{found.endpoint}/{value['slug']}"


def follow(change: Remaking, block: OpenBlock) -> list[Renaming]:
    """Make the crossings of renamed and merged territories again, which are shown by their names; returns the renamed."""
    names = {slug: name for of, slug, name in _split(change.names) if of == "territories"}
    now = {slug: change.now(f"territories/{slug}").partition("/")[2] for of, slug, _ in _split(change.merged)}
    crossings = ENDPOINTS["crossings"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT slug, shown, document->'territory'->>'slug' FROM {crossings.table} "
            "WHERE territories && %s AND upper_inf(known) ORDER BY slug",
            [[*names, *now]],
        )
        shown = [(slug, was, names.get(now.get(of, of), was)) for slug, was, of in cursor.fetchall()]
    if names or now:
        remake(change, block, only=[crossings])
    return [Renaming("crossings", slug, name) for slug, was, name in shown if was != name]


def _split(refs: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Each record as endpoint and slug, with what is said of it."""
    for ref, said in refs.items():
        endpoint, _, slug = ref.partition("/")
        yield endpoint, slug, said


def remake(change: Remaking, block: OpenBlock, only: Iterable[Endpoint] = ()) -> None:
    """Put every public document that ``change`` concerns, and that shows it, in the place of the one before."""
    if not change.refs:
        return
    for endpoint in only or ENDPOINTS.values():
        where, values = change.concerned(endpoint)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT to_jsonb(p) - ARRAY['document', 'words'], p.document::text FROM {endpoint.table} p "
                f"WHERE {where} AND upper_inf(p.known) ORDER BY p.slug",
                values,
            )
            rows = cursor.fetchall()
        remade = [_remade(endpoint, json.loads(row), text, change) for row, text in rows]
        supersede(endpoint, [one for one in remade if one], block)


def put_back(number: int, change: Remaking, block: OpenBlock) -> None:
    """Put what was made again in the block ``number``, and is still shown so, back to the text reviewed before.

    ``change`` has the names by which records are known now.
    """
    for endpoint in ENDPOINTS.values():
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT to_jsonb(p) - ARRAY['document', 'words'], p.document::text FROM {endpoint.table} c "
                "JOIN published_entry e ON e.sequence = c.sequence AND e.block = %s AND e.change = 'changed' "
                f"JOIN {endpoint.table} p ON p.slug = c.slug AND p.version = c.version - 1 "
                "WHERE upper_inf(c.known) AND p.document IS NOT NULL ORDER BY p.slug",
                [number],
            )
            rows = [(json.loads(row), text) for row, text in cursor.fetchall()]
        before = [
            _columns(endpoint, row, change.document(endpoint.document, json.loads(text)), change, row)
            for row, text in rows
        ]
        supersede(endpoint, before, block)


def _remade(endpoint: Endpoint, row: dict[str, Any], text: str, change: Remaking) -> Remade | None:
    document = change.document(endpoint.document, json.loads(text))
    leads = change.leads(endpoint, row)
    if canonical(document) == text and not leads:
        return None
    return _columns(endpoint, row, document, change, leads)


def _columns(
    endpoint: Endpoint, row: dict[str, Any], document: dict[str, Any], change: Remaking, leads: dict[str, Any]
) -> Remade:
    """The document with the columns that follow from it and from those of ``row``; of ``leads``, those that lead."""
    refs = set(shown_in(endpoint.document, document))
    cited = {change._slug("sources", slug) for slug in row["sources"]}
    sources = sorted(slug for slug in cited if f"sources/{slug}" in refs)
    stances = {one["stance"] for one in document.get("citations", []) if "stance" in one}
    return Remade(
        slug=row["slug"],
        document=canonical(document),
        # A crossing is shown by the name of its territory; every other record by a text of its own.
        shown=document["territory"]["name"] if endpoint.name == "crossings" else row["shown"],
        words=_words(endpoint, document),
        refs=sorted({change.now(ref) for ref in row["refs"]} & refs),
        sources=sources,
        stances=[stance for stance in row["stances"] if stance in stances],
        contested=document.get("contested", False),
        datasets=_datasets(row, sources, change),
        leads={name: leads[name] for name in endpoint.leads if name != "sources" and name in leads},
    )


def _words(endpoint: Endpoint, document: dict[str, Any]) -> str:
    texts = [document.get(name) or "" for name in endpoint.texts]
    names = [name["text"] for name in document.get("names", [])]
    return " ".join([document["slug"].replace("-", " "), *texts, *names])


def _datasets(row: dict[str, Any], sources: list[str], change: Remaking) -> list[str]:
    """The datasets that are still cited, and those of the sources as which cited ones go on."""
    new = {change.now(f"sources/{slug}") for slug in row["sources"] if f"sources/{slug}" in change.merged}
    if not row.get("datasets") and not ("datasets" in row and new):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT slug, dataset FROM {ENDPOINTS['sources'].table} WHERE slug = ANY(%s) AND upper_inf(known)",
            [sources],
        )
        left = cursor.fetchall()
    return sorted(
        {name for slug, name in left if name in row["datasets"] or (name and f"sources/{slug}" in new)}
    )
