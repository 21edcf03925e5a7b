"""What readers get of events, movements, episodes and findings."""

from typing import Any

from django.db import connection

from actors.serializers import AuthorityDocument
from border.documents.citations import Citations, Contested, SourceReference
from border.documents.fields import (
    Boolean,
    Date,
    Document,
    Integer,
    Model,
    Number,
    Point,
    Reference,
    Text,
    Url,
    Word,
    published_table,
)
from border.documents.lists import References, Rows
from border.documents.sql import quoted
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
    Verdict,
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
    Match,
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
    low = Integer("persons")
    best = Integer("persons")
    high = Integer("persons")
    source = SourceReference()
    note = Text()


class MatchDocument(Document):
    """Another public event, and whether it was judged to be the same as this one."""

    model = Match

    event = Reference("events", name="title", help_text="The other event.")
    verdict = Word(Verdict)


class Matches(Rows):
    """What was judged of an event and others that readers can see; what is not decided does not show.

    An event that is not public, and may be of a dataset that may not be passed on, shows by nothing: not its name, not
    that there is a match.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(MatchDocument, order=("event.slug",), **kwargs)

    def get_attribute(self, instance: Any) -> Any:
        """The other events with the verdicts, by slug."""
        judged = [(row.second, row.verdict) for row in instance.matches_as_first.select_related("second")]
        judged += [(row.first, row.verdict) for row in instance.matches_as_second.select_related("first")]
        public = _public([event.slug for event, _ in judged])
        found = [(event, said) for event, said in judged if said != Verdict.UNSURE and event.slug in public]
        return sorted(found, key=lambda one: one[0].slug.encode())

    def to_representation(self, value: Any) -> Any:
        """A list of documents."""
        reference = Reference("events", name="title")
        return [{"event": reference.to_representation(event), "verdict": said} for event, said in value]

    def _from(self, model: Model, row: str, alias: str) -> str:
        other = f"{alias}_other"
        return (
            f"FROM {quoted(Match)} {alias} JOIN {quoted(model)} {other} "
            f"ON {other}.id = CASE {alias}.first_id WHEN {row}.id THEN {alias}.second_id ELSE {alias}.first_id END "
            f"WHERE ({alias}.first_id = {row}.id OR {alias}.second_id = {row}.id) AND {alias}.verdict <> '{Verdict.UNSURE.value}' "
            f"AND ({other}.id = ANY(%(together)s::bigint[]) OR EXISTS (SELECT FROM {published_table('events')} k "
            f"WHERE k.slug = {other}.slug AND upper_inf(k.known)))"
        )

    def sql(self, model: Model, row: str) -> str:
        """The same, by PostgreSQL."""
        alias = f"{row}_match"
        other = f"{alias}_other"
        event = Reference("events", name="title").of(model, other, own=True)
        shown = f"(SELECT row_to_json(d) FROM (SELECT {event} AS event, {alias}.verdict AS verdict) d)"
        return (
            f'coalesce((SELECT array_to_json(array_agg({shown} ORDER BY {other}.slug COLLATE "C")) '
            f"{self._from(model, row, alias)}), '[]'::json)"
        )

    def refs(self, model: Model, row: str) -> list[str]:
        """The other events."""
        alias = f"{row}_match"
        return [f"SELECT 'events/' || {alias}_other.slug {self._from(model, row, alias)}"]


def _public(slugs: list[str]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT slug FROM {published_table('events')} WHERE slug = ANY(%s) AND upper_inf(known)", [slugs]
        )
        return {slug for (slug,) in cursor.fetchall()}


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
    matches = Matches(source="matches_as_first")
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
    quantity_low = Number("as unit says")
    quantity_high = Number("as unit says")
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
