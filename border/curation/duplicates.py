"""Records that may be one and the same: for a record, for one being typed, and for a whole noun."""

from collections.abc import Iterable
from dataclasses import dataclass

from border.curation.likeness import events
from border.curation.likeness.alike import Alike
from border.kernel.dates import bounds_for
from events.models import Event

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
    return _candidates(found)


def _candidates(found: list[Alike]) -> list[Candidate]:
    best = sorted((one for one in found if one.score >= LEAST), key=lambda one: -one.score)[:MOST]
    records = Event.objects.in_bulk([one.other for one in best])
    return [
        Candidate(
            one.other,
            records[one.other].slug,
            f"{records[one.other]} · {records[one.other].date}",
            round(one.score, 2),
            tuple(one.reasons),
        )
        for one in best
    ]
