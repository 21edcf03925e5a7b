"""Records that may be one and the same: for a record, for one being typed, and for a whole noun."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from actors.models import Actor
from border.curation.likeness import events, names, sources
from border.curation.likeness.alike import Alike
from border.curation.models import Different
from border.curation.refusal import MergeRefused, require_reason
from border.documents.sql import quoted
from border.kernel.dates import bounds_for
from border.publication.endpoints import endpoint_of
from events.models import Event
from sources.models import Source
from territories.models import Territory

# What is less likely is not worth a curator's time.
LEAST = 0.5
MOST = 10


@dataclass(frozen=True)
class Candidate:
    """A record that may be the one in question: what it is called, how likely it is, and why."""

    pk: int
    slug: str
    label: str
    score: float
    reasons: tuple[str, ...]

    @property
    def reason(self) -> str:
        """All reasons, in a line."""
        return " ".join(self.reasons)


def _apart(endpoint: str, table: str) -> str:
    """SQL of whether the rows ``a`` and ``b`` may be compared: neither is given up, nobody has told them apart."""
    slugs = f"(SELECT s.slug FROM {table} s WHERE s.id = a.id)"
    return (
        f"NOT EXISTS (SELECT FROM curation_merge m WHERE m.endpoint = '{endpoint}' AND m.undone_at IS NULL "
        f"AND m.slug IN (b.slug, {slugs})) "
        f"AND NOT EXISTS (SELECT FROM curation_different d WHERE d.endpoint = '{endpoint}' "
        f"AND (d.first, d.second) IN ((b.slug, {slugs}), ({slugs}, b.slug)))"
    )


_EVENTS_APART = f"""{_apart("events", "events_event")} AND NOT EXISTS (
    SELECT FROM events_match m WHERE m.verdict = 'different' AND m.first_id = least(a.id, b.id) AND m.second_id = greatest(a.id, b.id)
    AND a.id IS NOT NULL)"""


def similar_events(
    *,
    date: str,
    territory: int | None = None,
    point: tuple[float, float] | None = None,
    actors: Iterable[int] = (),
    title: str = "",
    kind: str = "",
    exclude: int | None = None,
) -> list[Candidate]:
    """The events that may be the one being typed, the likeliest first, at most ten.

    ``date`` is EDTF text, ``point`` longitude and latitude; ``territory``, ``actors`` and ``exclude``, the event
    being changed, are ids. Without a date nothing is compared. Raises EDTFError.
    """
    if not date.strip():
        return []
    longitude, latitude = point or (None, None)
    values = {
        "possible": bounds_for(date.strip())[0],
        "territory": territory,
        "longitude": longitude,
        "latitude": latitude,
        "actors": list(actors),
        "title": title.strip(),
        "kind": kind,
        "exclude": exclude,
    }
    found = events.like_what_is_typed(values, f"b.id IS DISTINCT FROM %(exclude)s AND {_EVENTS_APART}")
    return _candidates(found, Event)


def similar(record: Any) -> list[Candidate]:
    """The records that may be ``record``, the likeliest first, at most ten. Raises KeyError for other nouns."""
    return _candidates(_compared(type(record), record.pk), type(record))


@dataclass(frozen=True)
class Pair:
    """Two records that may be one, how likely, and why."""

    one: Any
    other: Any
    score: float
    reasons: tuple[str, ...]


def pairs(model: Any, most: int = 200) -> list[Pair]:
    """The pairs of records of ``model`` that may be one, the likeliest first. Raises KeyError for other nouns."""
    best = sorted((one for one in _compared(model, None) if one.score >= LEAST), key=lambda one: -one.score)[
        :most
    ]
    records = model._default_manager.in_bulk({pk for it in best for pk in (it.one, it.other)})
    return [Pair(records[it.one], records[it.other], round(it.score, 2), tuple(it.reasons)) for it in best]


def tell_apart(*, one: Any, other: Any, by: Any, reason: str) -> Different:
    """Judge, for good, that two records are not the same: they are not suggested again. Raises MergeRefused."""
    require_reason(by, reason)
    endpoint = endpoint_of(one)
    if endpoint_of(other) is not endpoint or one.slug == other.slug:
        raise MergeRefused(["Choose two different records of the same kind."])
    first, second = sorted((one.slug, other.slug))
    judged, _ = Different.objects.get_or_create(
        endpoint=endpoint.name, first=first, second=second, defaults={"reason": reason, "judged_by": by}
    )
    return judged


def _compared(model: Any, pk: int | None) -> list[Alike]:
    if model is Event:
        return events.like(pk, _EVENTS_APART) if pk else events.pairs(_EVENTS_APART)
    apart = _apart(endpoint_of(model).name, quoted(model))
    return sources.alike(apart, pk) if model is Source else names.alike(model, apart, pk)


# The nouns whose duplicates are looked for.
NOUNS = (Actor, Territory, Source, Event)


def _candidates(found: list[Alike], model: Any) -> list[Candidate]:
    best = sorted((one for one in found if one.score >= LEAST), key=lambda one: -one.score)[:MOST]
    records = model._default_manager.in_bulk([one.other for one in best])
    return [
        Candidate(
            one.other,
            records[one.other].slug,
            _called(records[one.other]),
            round(one.score, 2),
            tuple(one.reasons),
        )
        for one in best
    ]


def _called(record: Any) -> str:
    """What tells a record from its namesakes: its name, and its date or kind."""
    called = getattr(record, "name", "") or str(record)
    return " · ".join(filter(None, [called, record.get_kind_display(), getattr(record, record.dated_by)]))
