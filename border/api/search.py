"""Records found by name, whatever the spelling or script, each with the name that matched and how."""

import json
import re
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from django.http import HttpResponse

from border.api import filters, reading, sampling
from border.api.asking import Asked
from border.api.measures import Whole
from border.api.parameters import Choice, Endpoints, Parameter, Phrase
from border.api.problems import Fault, bad_question
from border.api.questions import FORMAT, KNOWN_AT
from border.api.reading import State, Version
from border.api.shapes import SearchHit, page_of
from border.api.views import BASE, Reading, answer, as_json
from border.kernel import names, readings
from border.publication.endpoints import ENDPOINTS

LONGEST, PAGE, MOST = 200, 20, 100
# So many names are graded at most that share a strict key, that are found in another way, and of records with a word.
STRICT, OTHERS, CANDIDATES = 300, 200, 1000
# Of a question of more words, parts are not looked for.
WORDS = 6
# And so many records of each endpoint, where a word is unfinished.
BEGUN = 200
# Of the names of events so many per cent are tried, to see in which of the ways very many are found; these are looked for in
# order where they are more than the root of so many times all, until there are so many that are longer and that are shorter.
EVENTS, SHARE, EVEN, EITHER = "events", 0.05, 100, 100
# Where so many names answer, others that are only near need not be looked for.
ENOUGH = 10
HOW = readings.HOW
# Of equals, what is held and who holds come before what happened and who says so.
SEARCHED = ("territories", "actors", "events", "sources")


PARAMETERS: dict[str, Parameter] = {
    parameter.name: parameter
    for parameter in (
        Phrase("q", "A name, or some of its words, in any spelling or script.", LONGEST),
        Endpoints(
            "endpoint",
            "Where to search; everywhere when nothing is said.",
            SEARCHED,
            "is not searched by name",
        ),
        Whole("page_size", "How many records to show at most.", 1, MOST, PAGE),
        KNOWN_AT,
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
        return (HOW.index(self.how), -self.score, SEARCHED.index(self.endpoint), self.slug)


class SearchView(Reading):
    """Actors, territories, events and sources by name, best answer first."""

    citable = True
    parameters = PARAMETERS
    where = "search"
    operation = "search"
    summary = "Records by name, in any spelling or script, the best answer first."
    explained = "Each hit says which of the record's names matched and how: exact, folded, skeleton, initials, token or near."
    tag = "search"
    required = ("q",)
    shown = page_of("SearchPage", SearchHit)

    def ask(self, question: Asked, version: Version, **kwargs: Any) -> HttpResponse:
        """The records, each with what tells it from its namesakes."""
        if "q" not in question:
            raise bad_question([Fault("q", "Say what to search for, as in ?q=Qaim.", list(PARAMETERS))])
        values = filters.read(PARAMETERS, question)
        choice = values.get("endpoint", Choice([], []))
        wanted = [name for name in choice.any_of or SEARCHED if name not in choice.none_of]
        state = filters.state(values, version)
        results = best(values["q"], wanted, state, values.get("page_size", PAGE))
        return answer(as_json({"next": None, "previous": None, "results": results}))


def best(query: str, endpoints: Sequence[str], state: State, most: int = PAGE) -> list[dict[str, Any]]:
    """The records that answer ``query`` best, at most so many, as readers get them."""
    return shown(found(query, endpoints, state, most)[:most], state)


def found(query: str, endpoints: Sequence[str], state: State, most: int = PAGE) -> list[Hit]:
    """The records that answer ``query``, best first; each once, by the name that answers best. The first ``most`` are sure.

    Names share a strict key with the query, or have all its words; where few do, another reading of the query or most
    of its words will do; where none answers better than nearly, some of its words, and the last may be unfinished.
    """
    if not endpoints:
        return []
    asked = readings.asked(query)
    strict, loose = _strict(asked), _loose(asked)
    so_called, *ways = _sampled([*strict, *loose], endpoints, state)
    # Who is called so, but for accents and the like, comes before all others.
    candidates = _candidates(asked, endpoints, [so_called], state)
    hits = _graded(asked, candidates)
    if sum(hit.how in HOW[:2] for hit in hits) >= most:
        return hits
    others = _candidates(asked, endpoints, ways, state)
    hits = _graded(asked, [*candidates, *(name for name in others if name[0] < len(strict) - 1)])
    if sum(hit.how != "near" for hit in hits) >= ENOUGH:
        return hits
    hits = _graded(asked, [*candidates, *others])
    if hits and hits[0].how != "near":
        return hits
    further = _sampled(
        [_sharing(filters.name_keys(query)[1], OTHERS), *_unfinished(query, state)], endpoints, state
    )
    return _graded(asked, [*candidates, *others, *_candidates(asked, endpoints, further, state)])


class Way(NamedTuple):
    """SQL of the names found in one way, its parameters, and how many are graded at most.

    What is found by keys is looked for apart among events and among the rest: so many of each. It is ``common`` where so
    many events are found that the nearest in length are found soonest in order.
    """

    condition: str
    values: list[Any]
    most: int
    by_keys: bool = True
    common: bool = False


# PostgreSQL does not look into a question in a question: it would think that many keys are cheaper to look for by
# reading the table, which takes a thousand times as long.
_ANY, _ALL = "n.search_keys && (SELECT %s::text[])", "n.search_keys @> %s::text[]"


def _sharing(keys: list[str], most: int) -> Way:
    return Way(_ANY, [keys], most)


def _having(words: Iterable[Iterable[str]], most: int) -> Way:
    """Names that have all words of one list; words by their skeletons.

    What all lists share is asked for once, and single words that tell them apart together: each may be tried on many rows.
    """
    lists = {frozenset(f"t:{word}" for word in some) for some in words} - {frozenset()}
    if not lists:
        return Way("false", [], most)
    shared = frozenset.intersection(*lists)
    apart = sorted(sorted(some - shared) for some in lists)
    conditions, values = ([_ALL], [[*shared]]) if shared else ([], [])
    if all(len(some) == 1 for some in apart):
        conditions.append(_ANY)
        values.append([word for [word] in apart])
    elif all(apart):
        conditions.append(f"({' OR '.join([_ALL] * len(apart))})")
        values += apart
    return Way(" AND ".join(conditions), values, most)


def _strict(asked: readings.Asked) -> list[Way]:
    """Names that share a strict key with what is asked, have its initials, or have all of its words."""
    texts = (asked.keys, *map(names.keys, asked.spellings))
    written = [
        f"{kind}:{key}" for keys in texts for kind, key in (("e", keys.exact), ("f", keys.folded)) if key
    ]
    if asked.initials:
        written.append(f"f:{asked.initials}")
    return [
        _sharing(written, STRICT),
        _sharing([f"s:{skeleton}" for keys in texts for skeleton in keys.skeletons], STRICT),
        Way(
            "n.endpoint = 'actors' AND border_initials(n.text) = ANY(%s)",
            [[*asked.abbreviated]],
            OTHERS,
            by_keys=False,
        ),
        _having([*filter(None, (keys.tokens for keys in texts)), *asked.translations.values()], OTHERS),
    ]


def _loose(asked: readings.Asked) -> list[Way]:
    """Names that answer another reading of what is asked, are a part of it, are nearly it or have most of its words."""
    words = asked.words
    keys = [f"s:{skeleton}" for skeleton in asked.skeletons]
    if len(words) == 1:
        keys += [f"t:{skeleton}" for skeleton in asked.skeletons if len(skeleton) > 2]
    parts = {"".join(words[start:end]) for start, end in combinations(range(len(words[:WORDS]) + 1), 2)}
    # What is kept of a name is what remains without one of its consonants.
    near = [f"n:{key}" for key in asked.keys.near or asked.keys.skeletons[:1] if len(key) > 2]
    most = combinations(words, len(words) - 1) if 2 < len(words) <= WORDS else ()
    return [
        _sharing(keys, OTHERS),
        _sharing(near, OTHERS),
        _sharing([f"s:{part}" for part in parts if len(words) > 1], OTHERS),
        _having(most, OTHERS),
    ]


def _unfinished(query: str, state: State) -> list[Way]:
    """The names of records in whose texts a word begins as the last of the query does."""
    words = re.findall(r"\w+", query)
    if not words:
        return []
    selects, values = [], []
    for name in SEARCHED:
        standing, moments = state.standing(ENDPOINTS[name].table)
        selects.append(
            f"(SELECT '{name}', k.slug FROM {standing} k WHERE k.words @@ to_tsquery('simple', %s) LIMIT {BEGUN})"
        )
        values += [*moments, f"{words[-1]}:*"]
    condition = f"(n.endpoint, n.slug) IN ({' UNION ALL '.join(selects)})"
    return [Way(condition, values, CANDIDATES, by_keys=False)]


def _graded(asked: readings.Asked, candidates: list[tuple[Any, ...]]) -> list[Hit]:
    best: dict[tuple[str, str], Hit] = {}
    # Many events bear one title.
    grades = {text: asked.answer(text) for text in {candidate[3] for candidate in candidates}}
    for _, endpoint, slug, text, language in candidates:
        if graded := grades[text]:
            hit = Hit(endpoint, slug, text, language, *graded)
            kept = best.get((endpoint, slug))
            if kept is None or hit.rank < kept.rank:
                best[endpoint, slug] = hit
    return sorted(best.values(), key=lambda hit: hit.rank)


def _candidates(
    asked: readings.Asked, endpoints: Sequence[str], ways: list[Way], state: State
) -> list[tuple[Any, ...]]:
    """The names found in each of the ways, those of the first way first, with the number of the way.

    Of many found in one way those that are about as long as what is asked come first. So ordered they are looked for by
    index; without an order PostgreSQL would hope to meet enough of them by reading the table.
    """
    standing, moments = state.standing("published_name", erasable=False)
    (current, since), *ended = state.legs("published_name", erasable=False)
    told_of = "SELECT n.endpoint, n.slug, n.text, n.language, n.id FROM"
    name = f"{told_of} {standing} n"
    length, others = len(asked.text), [one for one in endpoints if one != EVENTS]
    far = f"ORDER BY abs(length(n.text) - {length}), n.id"
    selects: list[str] = []
    parameters: list[Any] = []

    def add(number: int, way: Way, found: str, *values: Any) -> None:
        told = "w.endpoint, w.slug, w.text, w.language"
        selects.append(f"(SELECT {number} AS way, {told} FROM ({found} LIMIT {way.most}) w)")
        parameters.extend(values)

    for number, way in enumerate(ways):
        if not way.by_keys:
            where = f"{name} WHERE n.endpoint = ANY(%s) AND ({way.condition}) {far}"
            add(number, way, where, *moments, [*endpoints], *way.values)
            continue
        if others:
            where = (
                f"{name} WHERE n.endpoint <> '{EVENTS}' AND n.endpoint = ANY(%s) AND ({way.condition}) {far}"
            )
            add(number, way, where, *moments, others, *way.values)
        if EVENTS in endpoints and not way.common:
            where = f"{name} WHERE n.endpoint = '{EVENTS}' AND ({way.condition}) {far}"
            add(number, way, where, *moments, *way.values)
        elif EVENTS in endpoints:
            # From the length of what is asked on, and back from it, until there are enough.
            of = f"{told_of} ({current}) n WHERE n.endpoint = '{EVENTS}' AND CASE WHEN {way.condition} THEN true ELSE false END"
            longer = f"{of} AND length(n.text) >= {length} ORDER BY length(n.text), n.id LIMIT {EITHER}"
            shorter = (
                f"{of} AND length(n.text) < {length} ORDER BY length(n.text) DESC, n.id DESC LIMIT {EITHER}"
            )
            values = [*since, *way.values]
            add(number, way, f"SELECT * FROM (({longer}) UNION ALL ({shorter})) n {far}", *values, *values)
            for past, then in ended:
                where = f"{told_of} ({past}) n WHERE n.endpoint = '{EVENTS}' AND ({way.condition}) {far}"
                add(number, way, where, *then, *way.values)
    return reading.rows(
        f"SELECT min(way), endpoint, slug, text, language FROM ({' UNION ALL '.join(selects)}) c "
        "GROUP BY endpoint, slug, text, language ORDER BY min(way), endpoint, slug, text",
        parameters,
    )


def _sampled(ways: list[Way], endpoints: Sequence[str], state: State) -> list[Way]:
    """The ways, and which of them are common."""
    by_keys = [way for way in ways if way.by_keys]
    if EVENTS not in endpoints or not by_keys:
        return ways

    def read() -> list[bool]:
        rows = f"published_name n TABLESAMPLE SYSTEM ({SHARE}) WHERE upper_inf(n.known) AND n.endpoint = '{EVENTS}'"
        return sampling.tried(rows, [(way.condition, way.values) for way in by_keys], SHARE, EVEN)

    common = iter(state.remembered(("common ways", str(by_keys)), read))
    return [way._replace(common=next(common)) if way.by_keys else way for way in ways]


# What tells namesakes apart, for each endpoint: kind, countries, date, and what the record belongs to.
_APART = {
    # Looked up one by one: of an earlier moment PostgreSQL would join all territories that there were.
    "territories": "k.document->'countries', k.document->'existed'->'edtf', (SELECT coalesce(json_agg(json_build_object("
    "'slug', c.parent, 'name', c.name) ORDER BY c.parent), '[]') FROM (SELECT c.parent, (SELECT p.shown "
    "FROM {territories} p WHERE p.slug = c.parent) AS name FROM {containments} c WHERE c.child = k.slug) c WHERE c.name IS NOT NULL)",
    "actors": "k.document->'countries', k.document->'existed'->'edtf', "
    "CASE WHEN k.parent = '' THEN '[]' ELSE json_build_array(k.document->'parent') END",
    "events": "'[]'::json, k.document->'date'->'edtf', "
    "CASE WHEN cardinality(k.territories) = 0 THEN '[]' ELSE json_build_array(k.document->'territory') END",
    "sources": "'[]'::json, k.document->'published'->'edtf', '[]'::json",
}


def shown(hits: list[Hit], state: State) -> list[dict[str, Any]]:
    """The hits as readers get them."""
    about = {(row[0], row[1]): row[2:] for row in _about(hits, state)} if hits else {}
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


def _about(hits: list[Hit], state: State) -> list[tuple[Any, ...]]:
    """What tells each of the hits from its namesakes."""
    selects: list[str] = []
    parameters: list[Any] = []
    for name, apart in _APART.items():
        parameters.append(name)
        tables = {}
        for other in ("containments", "territories"):
            tables[other], moments = state.standing(ENDPOINTS[other].table)
            parameters += moments if f"{{{other}}}" in apart else []
        standing, moments = state.standing(ENDPOINTS[name].table)
        told = apart.format(**tables)
        selects.append(
            f"SELECT %s::text, k.slug, k.shown, k.kind, {told} FROM {standing} k WHERE k.slug = ANY(%s)"
        )
        parameters += [*moments, [hit.slug for hit in hits if hit.endpoint == name]]
    return reading.rows(" UNION ALL ".join(selects), parameters)
