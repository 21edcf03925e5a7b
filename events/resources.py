"""The CSV files of episodes, events, movements and findings, and their citations."""

from border.contracts.declare import Contract
from events.models import (
    AuthorityEvent,
    Casualty,
    Episode,
    EpisodeCitation,
    Event,
    EventCitation,
    Finding,
    FindingActor,
    FindingCitation,
    FindingTerritory,
    Movement,
    MovementCitation,
    Participation,
)
from sources.resources import citations

CONTRACTS = (
    Contract(
        "episodes",
        Episode,
        "slug title kind ordinal parent territory description period date_verbatim date_note "
        "confidence confidence_reason note",
    ),
    citations("episode_citations", EpisodeCitation),
    Contract(
        "events",
        Event,
        "slug kind sub_kind title summary outcome date date_verbatim date_note territory "
        "longitude latitude uncertainty_m people_at_risk episode confidence confidence_reason note",
    ),
    citations("event_citations", EventCitation),
    Contract(
        "participations",
        Participation,
        "event actor role sub_role certainty attributed_by note",
        key="event actor role sub_role",
    ),
    Contract(
        "casualties", Casualty, "event number kind whom actor low best high source note", key="event number"
    ),
    Contract("authority_events", AuthorityEvent, "authority bound event", key="authority bound"),
    Contract(
        "movements",
        Movement,
        "slug title kind sub_kind mover origin destination via both_ways direction quantity_low quantity_high unit "
        "purpose episode period date_verbatim date_note confidence confidence_reason note",
    ),
    citations("movement_citations", MovementCitation),
    Contract(
        "findings",
        Finding,
        "slug kind sub_kind modality statement condition consequence as_of parent confidence confidence_reason note",
    ),
    Contract("finding_territories", FindingTerritory, "finding territory", key="finding territory"),
    Contract("finding_actors", FindingActor, "finding actor", key="finding actor"),
    citations("finding_citations", FindingCitation),
)
