"""Documents made again from their own reviewed text, because what they show of other records has changed.

Three things can happen to a record that a public document shows: it gets another name, it is a source that is taken
back, or it is a source whose content may no longer be passed on. Nothing else of the document changes, and nothing of
its working copy is read: edits that await review stay where they are.
"""

import json
from collections.abc import Iterable, Iterator
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
from border.publication.versions import Remade, Renaming, supersede

Shape = type[Document]


@dataclass
class Remaking:
    """What is now shown otherwise: names by ``endpoint/slug``; slugs of sources gone, and of sources kept back."""

    names: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    kept_back: set[str] = field(default_factory=set)

    @property
    def refs(self) -> list[str]:
        """Every record concerned, as ``endpoint/slug``."""
        return sorted({*self.names, *(f"sources/{slug}" for slug in self.gone | self.kept_back)})

    def document(self, shape: Shape, document: dict[str, Any]) -> dict[str, Any]:
        """The document made again."""
        fields = _fields(shape)
        made = {name: self._value(fields.get(name), value) for name, value in document.items()}
        if "contested" in made:
            made["contested"] = any(one.get("stance") == "disputes" for one in made["citations"])
        return made

    def _value(self, shape: Any, value: Any) -> Any:
        if isinstance(shape, Citations):
            return [self._citation(one) for one in value]
        if isinstance(shape, References):
            return [self._reference(shape.reference.endpoint, one) for one in value]
        if isinstance(shape, Rows):
            return [self.document(shape.document, one) for one in value if not self._rests_on_kept(one)]
        return self._reference(shape.endpoint, value) if isinstance(shape, Reference) else value

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
        name = self.names.get(f"{endpoint}/{reference['slug']}", reference["name"])
        return {"slug": reference["slug"], "name": name}


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


def follow(renamed: list[Renaming], block: OpenBlock) -> list[Renaming]:
    """Rename the crossings of renamed territories, which are shown by their names; returns those crossings."""
    names = {one.slug: one.now for one in renamed if one.endpoint == "territories"}
    crossings = ENDPOINTS["crossings"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT slug, shown, document->'territory'->>'slug' FROM {crossings.table} "
            "WHERE territories && %s AND upper_inf(known) ORDER BY slug",
            [list(names)],
        )
        following = [
            Renaming("crossings", slug, names[territory])
            for slug, shown, territory in cursor.fetchall()
            if shown != names[territory]
        ]
    if names:
        remake(Remaking({one.ref: one.now for one in renamed}), block, only=[crossings])
    return following


def remake(change: Remaking, block: OpenBlock, only: Iterable[Endpoint] = ()) -> None:
    """Put every public document that ``change`` concerns, and that shows it, in the place of the one before."""
    if not (refs := change.refs):
        return
    for endpoint in only or ENDPOINTS.values():
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT to_jsonb(p) - ARRAY['document', 'words'], p.document::text FROM {endpoint.table} p "
                "WHERE p.refs && %s AND upper_inf(p.known) ORDER BY p.slug",
                [refs],
            )
            rows = cursor.fetchall()
        remade = [_remade(endpoint, json.loads(row), text, change) for row, text in rows]
        supersede(endpoint, [one for one in remade if one], block)


def _remade(endpoint: Endpoint, row: dict[str, Any], text: str, change: Remaking) -> Remade | None:
    document = change.document(endpoint.document, json.loads(text))
    if canonical(document) == text:
        return None
    refs = set(shown_in(endpoint.document, document))
    sources = [slug for slug in row["sources"] if f"sources/{slug}" in refs]
    stances = {one["stance"] for one in document.get("citations", []) if "stance" in one}
    return Remade(
        slug=row["slug"],
        document=canonical(document),
        # A crossing is shown by the name of its territory; every other record by a text of its own.
        shown=document["territory"]["name"] if endpoint.name == "crossings" else row["shown"],
        words=_words(endpoint, document),
        refs=[ref for ref in row["refs"] if ref in refs],
        sources=sources,
        stances=[stance for stance in row["stances"] if stance in stances],
        contested=document.get("contested", False),
        datasets=_datasets(row, sources),
    )


def _words(endpoint: Endpoint, document: dict[str, Any]) -> str:
    texts = [document.get(name) or "" for name in endpoint.texts]
    names = [name["text"] for name in document.get("names", [])]
    return " ".join([document["slug"].replace("-", " "), *texts, *names])


def _datasets(row: dict[str, Any], sources: list[str]) -> list[str]:
    if not row.get("datasets"):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT dataset FROM {ENDPOINTS['sources'].table} WHERE slug = ANY(%s) AND upper_inf(known)",
            [sources],
        )
        left = {dataset for (dataset,) in cursor.fetchall()}
    return [dataset for dataset in row["datasets"] if dataset in left]
