"""Two events side by side, as whoever judges them sees them: what both say, what was compared, and what it weighs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from border.curation.likeness.alike import apart
from border.imports.looking import counts_in_words
from border.links import weights
from border.links.models import Candidate
from events.models import Event


@dataclass(frozen=True)
class Line:
    """One thing that both events say: in lines of each, whether they differ, and what that weighs."""

    label: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    weighed: str = ""
    bits: float | None = None

    @property
    def sides(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What both say."""
        return self.one, self.other

    @property
    def differs(self) -> bool:
        """Whether the two say it otherwise."""
        return self.one != self.other

    @property
    def weight(self) -> str:
        """What it weighs, in bits with their sign.

        >>> Line("Date", (), (), "", 1.25).weight, Line("Date", (), (), "", -2.0).weight
        ('+1.2', '−2.0')
        """
        return "" if self.bits is None else f"{self.bits:+.1f}".replace("-", "−")


@dataclass
class Sides:
    """Two events that may be one, line by line."""

    one: Event
    other: Event
    lines: list[Line] = field(default_factory=list)
    score: float | None = None
    best: bool = True

    @property
    def events(self) -> tuple[Event, Event]:
        """Both."""
        return self.one, self.other

    @property
    def percent(self) -> int:
        """How likely they are one, in hundredths; what is not certain never reads as if it were."""
        return min(99, int(100 * (self.score or 0)))


def of_candidates(found: Iterable[Candidate]) -> list[Sides]:
    """The pairs of candidates, in their order; those whose events are gone are left out."""
    rows = list(found)
    events = _events({pk for row in rows for pk in (row.first, row.second)})
    return [
        Sides(one, other, _lines(one, other, row.evidence), row.score, row.best)
        for row in rows
        if (one := events.get(row.first)) and (other := events.get(row.second))
    ]


def _events(keys: set[int]) -> dict[int, Event]:
    found = Event.objects.select_related("territory").prefetch_related(
        "participations__actor", "casualties__source", "casualties__actor", "citations__source"
    )
    return found.in_bulk(keys)


def _lines(one: Event, other: Event, evidence: dict[str, Any]) -> list[Line]:
    levels, bits = evidence.get("levels", {}), evidence.get("bits", {})

    def line(label: str, says: Any, comparison: str = "") -> Line:
        known = comparison in levels
        meaning = weights.level(comparison, levels[comparison]).meaning if known else ""
        more = _measured(comparison, evidence) if known else ""
        return Line(
            label, says(one), says(other), " ".join(filter(None, [meaning, more])), bits.get(comparison)
        )

    return [
        line("Date", lambda event: _told(event.date), "days"),
        line("Place", _place, "place"),
        line("Who", _who, "actors"),
        line("What", lambda event: _told(event.get_kind_display(), event.sub_kind), "kind"),
        line("Killed and harmed", _harmed, "deaths"),
        line("Sources", _sources),
    ]


def _measured(comparison: str, evidence: dict[str, Any]) -> str:
    """The figures behind a comparison."""
    if comparison == "days" and evidence.get("days"):
        return f"{evidence['days']} apart."
    if comparison == "place" and "metres" in evidence:
        return f"{apart(evidence['metres']).capitalize()}."
    return ""


def _told(*texts: str) -> tuple[str, ...]:
    return tuple(filter(None, texts))


def _place(event: Event) -> tuple[str, ...]:
    point = ""
    if event.point is not None:
        point = f"{event.latitude:.4f}, {event.longitude:.4f} ± {event.uncertainty_m:,} m"
    return _told(event.territory.name, point)


def _who(event: Event) -> tuple[str, ...]:
    parts = sorted(
        (part.role, part.actor.name, part.get_role_display()) for part in event.participations.all()
    )
    return tuple(f"{name}, {role.lower()}" for _, name, role in parts)


def _harmed(event: Event) -> tuple[str, ...]:
    return tuple(_claim(row) for row in sorted(event.casualties.all(), key=lambda row: row.number))


def _claim(row: Any) -> str:
    whom = row.actor.name if row.actor else {"civilians": "civilians"}.get(row.whom, "")
    said = counts_in_words(row.low, row.best, row.high) or "no number"
    of = " ".join(filter(None, [row.get_kind_display().lower(), whom and f"of {whom}"]))
    return f"{of}: {said}"


def _sources(event: Event) -> tuple[str, ...]:
    return tuple(
        " · ".join(filter(None, [citation.source.title, citation.locator]))
        for citation in sorted(event.citations.all(), key=lambda citation: citation.number)
    )
