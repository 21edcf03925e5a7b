"""Events, movements, episodes, findings, and records of other datasets."""

from events.models.episode import Episode, EpisodeCitation
from events.models.event import AuthorityEvent, Casualty, Event, EventCitation, Participation
from events.models.external import ExternalRecord, Match
from events.models.finding import Finding, FindingActor, FindingCitation, FindingTerritory
from events.models.movement import Movement, MovementCitation

__all__ = [
    "AuthorityEvent",
    "Casualty",
    "Episode",
    "EpisodeCitation",
    "Event",
    "EventCitation",
    "ExternalRecord",
    "Finding",
    "FindingActor",
    "FindingCitation",
    "FindingTerritory",
    "Match",
    "Movement",
    "MovementCitation",
    "Participation",
]
