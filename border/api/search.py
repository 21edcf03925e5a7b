"""Records found by name, whatever the spelling or script, each with the name that matched and how."""

import json
import re
from typing import Any, NamedTuple

from django.http import HttpResponse

from border.api import filters, reading
from border.api.asking import Asked
from border.api.measures import Whole
from border.api.parameters import Choice, Parameter, Phrase, Several
from border.api.problems import Fault, bad_question, quote
from border.api.questions import FORMAT
from border.api.reading import Version
from border.api.shapes import SearchHit, page_of
from border.api.views import BASE, Reading, answer, as_json
from border.kernel import names
from border.publication.endpoints import ENDPOINTS
from border.publication.reference import NAMED

LONGEST, PAGE, MOST = 200, 20, 100
# So many names are graded at most; the strictest keys come first, so that what is left out is the least like.
CANDIDATES = 2000
# And so many records of each endpoint, where a word is unfinished.
BEGUN = 200
HOW = ("exact", "folded", "skeleton", "token", "near")
# Of equals, what is held and who holds come before what happened and who says so.
_FIRST = ("territories", "actors", "events", "sources")


class Endpoints(Several):
    """Endpoints whose records have names."""

    def read(self, text: str) -> Choice:
        """The endpoints. Raises Refused, listing those that there are."""
        found = super().read(text)
        for name in (*found.any_of, *found.none_of):
            if name not in NAMED:
                raise self.refuse(f"{quote(name)} is not searched by name.", list(_FIRST))
        return found

    @property
    def pattern(self) -> str:
        """One of the endpoints."""
        return f"^!?({'|'.join(_FIRST)})$"


PARAMETERS: dict[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        Phrase("q", "A name, or some of its words, in any spelling or script.", LONGEST),
        Endpoints("endpoint", "Where to search; everywhere when nothing is said."),
        Whole("page_size", "How many records to show at most.", 1, MOST, PAGE),
        FORMAT,
    )
}


class Hit(NamedTuple):
    """A record that answers, by which of its names, and how well."""

    endpoint: str
    slug: str
    text: str
    language: str
    how: str
    score: float

    @property
    def rank(self) -> tuple[Any, ...]:
        """Stricter answers first, then closer ones."""
        return (HOW.index(self.how), -self.score, _FIRST.index(self.endpoint), self.slug)


class SearchView(Reading):
    """Actors, territories, events and sources by name, best answer first."""

    parameters = PARAMETERS
    where = "search"
    operation = "search"
    summary = "Records by name, in any spelling or script, the best answer first."
    explained = (
        "Each hit says which of the record's names matched and how: exact, folded, skeleton, token or near."
    )
    tag = "search"
    required = ("q",)
    shown = page_of("SearchPage", SearchHit)

    def ask(self, question: Asked, version: Version, **kwargs: Any) -> HttpResponse:
        """The records, each with what tells it from its namesakes."""
        if "q" not in question:
            raise bad_question([Fault("q", "Say what to search for, as in ?q=Qaim.", list(PARAMETERS))])
        values = filters.read(PARAMETERS, question)
        choice = values.get("endpoint", Choice([], []))
        wanted = [name for name in choice.any_of or _FIRST if name not in choice.none_of]
        hits = found(values["q"], wanted)[: values.get("page_size", PAGE)]
        return answer(as_json({"next": None, "previous": None, "results": shown(hits)}))


def found(query: str, endpoints: list[str]) -> list[Hit]:
    """The records that answer ``query``, best first; each once, by the name that answers best.

    Names share a strict key with the query, or have all its words; where none answers better than nearly, some of
    its words will do, and the last may be unfinished.
    """
    strict, tokens = filters.name_keys(query)
    sharing, having = (f"n.search_keys {how} %s::text[] LIMIT {CANDIDATES}" for how in ("&&", "@>"))
    candidates = _candidates(endpoints, [(sharing, [strict]), (having, [tokens])])
    hits = _graded(query, candidates)
    if hits and hits[0].how != "near":
        return hits
    return _graded(query, [*candidates, *_candidates(endpoints, [(sharing, [tokens]), *_unfinished(query)])])


def _unfinished(query: str) -> list[tuple[str, list[Any]]]:
    """SQL of the names of records in whose texts a word begins as the last of the query does."""
    words = re.findall(r"\w+", query)
    if not words:
        return []
    records = " UNION ALL ".join(
        f"(SELECT '{name}', k.slug FROM {ENDPOINTS[name].table} k "
        f"WHERE upper_inf(k.known) AND k.words @@ to_tsquery('simple', %s) LIMIT {BEGUN})"
        for name in _FIRST
    )
    return [(f"(n.endpoint, n.slug) IN ({records})", [f"{words[-1]}:*"] * len(_FIRST))]


def _graded(query: str, candidates: list[tuple[str, str, str, str]]) -> list[Hit]:
    best: dict[tuple[str, str], Hit] = {}
    # Many events bear one title.
    grades = {text: names.grade(query, text) for text in {candidate[2] for candidate in candidates}}
    for endpoint, slug, text, language in candidates:
        if graded := grades[text]:
            hit = Hit(endpoint, slug, text, language, *graded)
            kept = best.get((endpoint, slug))
            if kept is None or hit.rank < kept.rank:
                best[endpoint, slug] = hit
    return sorted(best.values(), key=lambda hit: hit.rank)


def _candidates(endpoints: list[str], ways: list[tuple[str, list[Any]]]) -> list[tuple[str, str, str, str]]:
    """The names found in each of the ways, those of the first way first."""
    name = "SELECT n.endpoint, n.slug, n.text, n.language FROM published_name n WHERE upper_inf(n.known) AND n.endpoint = ANY(%s)"
    selects, parameters = [], []
    for way, (condition, values) in enumerate(ways):
        selects.append(f"SELECT {way} AS way, w.* FROM ({name} AND {condition}) w")
        parameters += [endpoints, *values]
    rows = reading.rows(
        f"SELECT endpoint, slug, text, language FROM ({' UNION ALL '.join(selects)}) c "
        f"GROUP BY endpoint, slug, text, language ORDER BY min(way), endpoint, slug, text LIMIT {CANDIDATES}",
        parameters,
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


# What tells namesakes apart, for each endpoint: kind, countries, date, and what the record belongs to.
_APART = {
    "territories": "k.document->'countries', k.document->'existed'->'edtf', (SELECT coalesce(json_agg(json_build_object("
    "'slug', c.parent, 'name', p.shown) ORDER BY c.parent), '[]') FROM published_containments c "
    "JOIN published_territories p ON p.slug = c.parent AND upper_inf(p.known) WHERE c.child = k.slug AND upper_inf(c.known))",
    "actors": "k.document->'countries', k.document->'existed'->'edtf', "
    "CASE WHEN k.parent = '' THEN '[]' ELSE json_build_array(k.document->'parent') END",
    "events": "'[]'::json, k.document->'date'->'edtf', "
    "CASE WHEN cardinality(k.territories) = 0 THEN '[]' ELSE json_build_array(k.document->'territory') END",
    "sources": "'[]'::json, k.document->'published'->'edtf', '[]'::json",
}
_SHOWN = " UNION ALL ".join(
    f"SELECT %s::text, k.slug, k.shown, k.kind, {apart} FROM {ENDPOINTS[name].table} k "
    "WHERE upper_inf(k.known) AND k.slug = ANY(%s)"
    for name, apart in _APART.items()
)


def shown(hits: list[Hit]) -> list[dict[str, Any]]:
    """The hits as readers get them."""
    parameters: list[Any] = []
    for name in _APART:
        parameters += [name, [hit.slug for hit in hits if hit.endpoint == name]]
    about = {(row[0], row[1]): row[2:] for row in reading.rows(_SHOWN, parameters)} if hits else {}
    results = []
    for hit in hits:
        # A record may be withdrawn between the two questions.
        if (hit.endpoint, hit.slug) not in about:
            continue
        name, kind, countries, date, within = about[hit.endpoint, hit.slug]
        results.append(
            {
                "endpoint": hit.endpoint,
                "slug": hit.slug,
                "url": f"{BASE}{hit.endpoint}/{hit.slug}/",
                "name": name,
                "kind": kind,
                "countries": json.loads(countries),
                "date": json.loads(date),
                "within": json.loads(within),
                "matched": {"text": hit.text, "language": hit.language, "how": hit.how},
            }
        )
    return results
