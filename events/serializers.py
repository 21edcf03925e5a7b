"""What readers get of events, movements, episodes and findings."""

from actors.serializers import AuthorityDocument
from border.documents.citations import Citations, Contested, SourceReference
from border.documents.fields import (
    Boolean,
    Date,
    Document,
    Integer,
    Number,
    Point,
    Reference,
    Text,
    Url,
    Word,
)
from border.documents.lists import References, Rows
from events.choices import (
    Bound,
    CasualtyKind,
    Certainty,
    EpisodeKind,
    EventKind,
    FindingKind,
    Modality,
    MovementKind,
    ParticipantRole,
    Whom,
)
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


class ParticipationDocument(Document):
    """An actor's part in an event."""

    model = Participation

    actor = Reference("actors")
    role = Word(ParticipantRole)
    sub_role = Text()
    certainty = Word(Certainty)
    attributed_by = Text()
    note = Text()


class CasualtyDocument(Document):
    """One claim of how many people were harmed."""

    model = Casualty

    kind = Word(CasualtyKind)
    whom = Word(Whom)
    actor = Reference("actors")
    low = Integer()
    best = Integer()
    high = Integer()
    source = SourceReference()
    note = Text()


class EventDocument(Document):
    """Something that happened at a time and place, with those who took part."""

    model = Event
    endpoint = "events"

    slug = Text()
    url = Url("events")
    title = Text()
    kind = Word(EventKind)
    sub_kind = Text()
    date = Date()
    date_verbatim = Text()
    date_note = Text()
    territory = Reference("territories")
    point = Point()
    episode = Reference("episodes", name="title")
    summary = Text()
    outcome = Text()
    contested = Contested()
    participations = Rows(ParticipationDocument, order=("role", "actor.slug", "sub_role"))
    casualties = Rows(CasualtyDocument, order=("number",))
    confidence = Word()
    confidence_reason = Text()
    note = Text()
    citations = Citations(EventCitation)


class AuthorityEventDocument(Document):
    """An event that began or ended an authority."""

    model = AuthorityEvent

    bound = Word(Bound)
    event = Reference("events", name="title")


class BoundedAuthorityDocument(AuthorityDocument):
    """A statement that an actor held some authority over a territory, and the events that began and ended it."""

    events = Rows(AuthorityEventDocument, order=("bound",), source="bounding_events")


class MovementDocument(Document):
    """A statement that something or somebody moved from one territory to another for a time."""

    model = Movement
    endpoint = "movements"

    slug = Text()
    url = Url("movements")
    title = Text()
    kind = Word(MovementKind)
    sub_kind = Text()
    mover = Reference("actors")
    origin = Reference("territories")
    destination = Reference("territories")
    via = Reference("territories")
    both_ways = Boolean()
    direction = Text()
    period = Date()
    date_verbatim = Text()
    date_note = Text()
    quantity_low = Number()
    quantity_high = Number()
    unit = Text()
    purpose = Text()
    episode = Reference("episodes", name="title")
    confidence = Word()
    confidence_reason = Text()
    note = Text()
    citations = Citations(MovementCitation)


class EpisodeDocument(Document):
    """A named stretch of time."""

    model = Episode
    endpoint = "episodes"

    slug = Text()
    url = Url("episodes")
    title = Text()
    kind = Word(EpisodeKind)
    ordinal = Number()
    parent = Reference("episodes", name="title")
    territory = Reference("territories")
    period = Date()
    date_verbatim = Text()
    date_note = Text()
    description = Text()
    confidence = Word()
    confidence_reason = Text()
    note = Text()
    citations = Citations(EpisodeCitation)


class BranchDocument(Document):
    """A branch of a dilemma."""

    model = Finding


class FindingTerritoryDocument(Document):
    """A territory that a finding is about."""

    model = FindingTerritory


class FindingActorDocument(Document):
    """An actor that a finding is about."""

    model = FindingActor


class FindingDocument(Document):
    """An analytic judgement, what it is about and who makes it."""

    model = Finding
    endpoint = "findings"

    slug = Text()
    url = Url("findings")
    kind = Word(FindingKind)
    sub_kind = Text()
    modality = Word(Modality)
    statement = Text()
    condition = Text()
    consequence = Text()
    as_of = Date()
    parent = Reference("findings", name="statement")
    branches = References(Reference("findings", name="statement"), BranchDocument)
    about_territories = References(Reference("territories"), FindingTerritoryDocument, through="territory")
    about_actors = References(Reference("actors"), FindingActorDocument, through="actor")
    confidence = Word()
    confidence_reason = Text()
    note = Text()
    citations = Citations(FindingCitation)
