"""How many events answer, and how many people were killed in them, what is the same event counted once."""

from collections import defaultdict
from typing import Any, ClassVar, NamedTuple

from django.http import HttpResponse

from border.api import filters, reading
from border.api.asking import Asked
from border.api.parameters import Parameter
from border.api.questions import FORMAT, questions_of
from border.api.views import Reading, answer, as_json
from border.links.groups import Group, groups
from border.links.killed import READING, killed

EVENTS = questions_of("events")
# So many groups are told one by one; all of them are counted once.
MOST_GROUPS = 1000

_MATCHED = """
SELECT r.slug, m->'event'->>'slug', m->>'verdict' FROM {standing} r CROSS JOIN LATERAL json_array_elements(r.document->'matches') m
WHERE array_to_string(r.refs, ' ') LIKE '%%events/%%'
"""
_CLAIMS = """
SELECT r.slug AS event_id, nullif((claim->'source')::text, 'null') AS source, claim->>'kind' AS kind, claim->>'whom' AS whom,
    (claim->>'low')::bigint AS low, (claim->>'best')::bigint AS best, (claim->>'high')::bigint AS high
FROM asked r CROSS JOIN LATERAL json_array_elements(r.document->'casualties') AS claim
"""
_FOUND = f"""
WITH asked AS MATERIALIZED (SELECT r.slug, r.document, r.datasets {{rows}})
SELECT asked.slug, asked.datasets <> '{{{{}}}}', k.low, k.best, k.high FROM asked LEFT JOIN ({killed(_CLAIMS)}) k ON k.event_id = asked.slug
"""
_COUNT = {"type": "integer"}
_SLUGS = {"type": "array", "items": {"type": "string"}}


class Told(NamedTuple):
    """An event that answers: whether it cites a dataset, and how many were killed."""

    slug: str
    of_dataset: bool
    low: int | None
    best: int | None
    high: int | None


class TotalsView(Reading):
    """Events that answer, counted once, and how many were killed in them."""

    citable = True
    operation = "totals"
    summary = "How many events, and how many killed, each event counted once."
    explained = (
        "Takes the filters of events. Events that were judged to be the same are counted once; the answer says whose "
        "figures were taken. A group in which two events were judged to be different as well is not taken for one: each "
        "of its events is counted, and the group is told."
    )
    tag = "events"
    where = "totals"
    parameters: ClassVar[dict[str, Parameter]] = {**EVENTS.filters, FORMAT.name: FORMAT}
    shown: ClassVar[Any] = {
        "type": "object",
        "required": ["records", "events", "killed", "same", "contradicted", "left_off", "reading"],
        "properties": {
            "records": {**_COUNT, "description": "How many records answer."},
            "events": {**_COUNT, "description": "How many events these are, the same counted once."},
            "killed": {
                "type": "object",
                "description": "The sums of those counted, and how many of them say how many were killed.",
                "required": ["low", "best", "high", "told"],
                "properties": {"low": _COUNT, "best": _COUNT, "high": _COUNT, "told": _COUNT},
            },
            "same": {
                "type": "array",
                "description": "Of each event that several records tell of: whose figures were taken, and the others that answer.",
                "items": {
                    "type": "object",
                    "required": ["counted", "same_as"],
                    "properties": {"counted": {"type": "string"}, "same_as": _SLUGS},
                },
            },
            "contradicted": {
                "type": "array",
                "description": "Groups that are the same by some judgements and different by others: each event is counted.",
                "items": _SLUGS,
            },
            "left_off": {**_COUNT, "description": "How many groups were counted and are not listed."},
            "reading": {"type": "string", "description": "How the figures were read."},
        },
    }

    def ask(self, question: Asked, version: reading.Version, **kwargs: Any) -> HttpResponse:
        """The numbers, and the groups that were counted once."""
        values = filters.read(self.parameters, question)
        where = filters.where(EVENTS, values, version)
        rows = reading.rows(_FOUND.format(rows=where.sql), where.all_values)
        return answer(as_json(counted([Told(*row) for row in rows], matched(where.state))))


def matched(state: reading.State) -> list[Group[str]]:
    """The public events that are the same by what was judged in public."""

    def read() -> list[Group[str]]:
        pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
        standing, values = state.standing(EVENTS.endpoint.table)
        for one, other, verdict in reading.rows(_MATCHED.format(standing=standing), values):
            pairs[verdict].append((min(one, other), max(one, other)))
        return groups(pairs["same"], dict.fromkeys(pairs["different"]))

    return state.remembered("matched", read)


def counted(found: list[Told], matches: list[Group[str]]) -> dict[str, Any]:
    """The totals of the events ``found``, each of ``matches`` counted once unless judgements contradict each other in it."""
    by_slug = {one.slug: one for one in found}
    same, contradicted = [], []
    for group in matches:
        members = [by_slug[slug] for slug in group.members if slug in by_slug]
        if len(members) < 2:
            continue
        if group.contradicted:
            contradicted.append([one.slug for one in members])
            continue
        taken, *others = sorted(members, key=lambda one: (one.best is None, one.of_dataset, one.slug))
        same.append({"counted": taken.slug, "same_as": [one.slug for one in others]})
        for one in others:
            del by_slug[one.slug]
    told = [one for one in by_slug.values() if one.best is not None]
    shown = {"same": same[:MOST_GROUPS], "contradicted": contradicted[:MOST_GROUPS]}
    left_off = len(same[MOST_GROUPS:]) + len(contradicted[MOST_GROUPS:])
    return {
        "records": len(found),
        "events": len(by_slug),
        "killed": {
            **{name: int(sum(getattr(one, name) for one in told)) for name in ("low", "best", "high")},
            "told": len(told),
        },
        **shown,
        "left_off": left_off,
        "reading": READING,
    }
