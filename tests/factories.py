"""One builder for every working table: the least row that the database takes, with words of our own world.

Each says everything it sets. ``EventFactory(people_at_risk=True)`` saves; ``EventFactory.build()`` does not;
``citations`` and other owned rows are made by their own factories with ``record=``, ``event=`` and so on.
"""

import datetime as dt
import hashlib

import factory
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from actors.models import (
    Actor,
    ActorCitation,
    ActorName,
    Authority,
    AuthorityCitation,
    CrossingControl,
    Relationship,
    RelationshipCitation,
)
from border.curation.models import Acceptance, Assignment, Comment, Different, Merge, SavedView
from border.imports.models import (
    ActorReading,
    Decision,
    Import,
    Meant,
    NameCount,
    PlaceReading,
    StagedRow,
)
from border.jobs.models import Job
from border.links.models import Candidate, Linking
from border.releases.models import Release
from border.releases.operations import folder_of
from border.tokens.models import Token
from border.tokens.operations import SHOWN, digest, drawn
from events.models import (
    AuthorityEvent,
    Casualty,
    Episode,
    EpisodeCitation,
    Event,
    EventCitation,
    ExternalRecord,
    Finding,
    FindingActor,
    FindingCitation,
    FindingTerritory,
    Match,
    Movement,
    MovementCitation,
    Participation,
)
from sources.models import Batch, Snapshot, Source
from territories.models import (
    Containment,
    ContainmentCitation,
    Crossing,
    CrossingStatus,
    CrossingStatusCitation,
    Outline,
    Territory,
    TerritoryCitation,
    TerritoryName,
)

SNAPSHOT_BYTES = b"<p>The crossing reopened on 30 September 2019.</p>"
OUTLINE = {"type": "Polygon", "coordinates": [[[40.8, 34.3], [41.1, 34.3], [41.1, 34.5], [40.8, 34.3]]]}


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"person-{n}")
    email = factory.LazyAttribute(lambda user: f"{user.username}@example.org")
    is_staff = True


# Sources


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    slug = factory.Sequence(lambda n: f"source-{n}")
    kind = "report"
    title = factory.Sequence(lambda n: f"Border Security and the Euphrates, part {n}")
    published = "2020-03-31"
    reliability = "B"


class SnapshotFactory(DjangoModelFactory):
    class Meta:
        model = Snapshot

    source = factory.SubFactory(SourceFactory)
    file = factory.LazyFunction(lambda: ContentFile(SNAPSHOT_BYTES, name="page.html"))
    media_type = "text/html"
    size = len(SNAPSHOT_BYTES)
    sha256 = hashlib.sha256(SNAPSHOT_BYTES).hexdigest()
    retrieved_at = dt.datetime(2026, 1, 15, 9, 30, tzinfo=dt.UTC)
    retrieved_by = factory.SubFactory(UserFactory)


class BatchFactory(DjangoModelFactory):
    class Meta:
        model = Batch

    files = factory.LazyFunction(lambda: [{"name": "events.csv", "sha256": "0" * 64, "rows": 1}])
    applied_by = factory.SubFactory(UserFactory)
    counts = factory.LazyFunction(lambda: {"events": {"new": 1, "changed": 0, "same": 0}})


class CitationFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    number = factory.Sequence(lambda n: n % 30_000 + 1)
    source = factory.SubFactory(SourceFactory)
    locator = "p. 7"


# Territories


class TerritoryFactory(DjangoModelFactory):
    class Meta:
        model = Territory

    slug = factory.Sequence(lambda n: f"territory-{n}")
    kind = "town"
    name = factory.Sequence(lambda n: f"Bukamal {n}")
    name_ar = "البوكمال"


class TerritoryNameFactory(DjangoModelFactory):
    class Meta:
        model = TerritoryName

    record = factory.SubFactory(TerritoryFactory)
    text = factory.Sequence(lambda n: f"Abu Kamal {n}")
    language = "ar-Latn"
    kind = "variant"


class OutlineFactory(DjangoModelFactory):
    class Meta:
        model = Outline

    territory = factory.SubFactory(TerritoryFactory)
    number = 1
    source = factory.SubFactory(SourceFactory)
    geometry = factory.LazyFunction(lambda: dict(OUTLINE))
    area_km2 = "305.60"


class TerritoryCitationFactory(CitationFactory):
    class Meta:
        model = TerritoryCitation

    record = factory.SubFactory(TerritoryFactory)


class ContainmentFactory(DjangoModelFactory):
    class Meta:
        model = Containment

    slug = factory.Sequence(lambda n: f"containment-{n}")
    child = factory.SubFactory(TerritoryFactory)
    parent = factory.SubFactory(TerritoryFactory, kind="district")
    basis = "de_jure"
    period = "1920/.."


class ContainmentCitationFactory(CitationFactory):
    class Meta:
        model = ContainmentCitation

    record = factory.SubFactory(ContainmentFactory)


class CrossingFactory(DjangoModelFactory):
    class Meta:
        model = Crossing

    slug = factory.Sequence(lambda n: f"crossing-{n}")
    territory = factory.SubFactory(TerritoryFactory, kind="crossing")
    side_a = factory.SubFactory(TerritoryFactory, kind="country")
    name_a = "Albukamal crossing"
    side_b = factory.SubFactory(TerritoryFactory, kind="country")
    name_b = "Al-Qaim crossing"


class CrossingStatusFactory(DjangoModelFactory):
    class Meta:
        model = CrossingStatus

    slug = factory.Sequence(lambda n: f"crossing-status-{n}")
    crossing = factory.SubFactory(CrossingFactory)
    state = "open"
    mode = "formal"
    period = "2019-09-30/.."


class CrossingStatusCitationFactory(CitationFactory):
    class Meta:
        model = CrossingStatusCitation

    record = factory.SubFactory(CrossingStatusFactory)


# Actors


class ActorFactory(DjangoModelFactory):
    class Meta:
        model = Actor

    slug = factory.Sequence(lambda n: f"actor-{n}")
    kind = "militia"
    name = factory.Sequence(lambda n: f"Brigade {n}")
    name_ar = "لواء"


class ActorNameFactory(DjangoModelFactory):
    class Meta:
        model = ActorName

    record = factory.SubFactory(ActorFactory)
    text = factory.Sequence(lambda n: f"Liwa {n}")
    language = "ar-Latn"
    kind = "self_designation"


class ActorCitationFactory(CitationFactory):
    class Meta:
        model = ActorCitation

    record = factory.SubFactory(ActorFactory)


class RelationshipFactory(DjangoModelFactory):
    class Meta:
        model = Relationship

    slug = factory.Sequence(lambda n: f"relationship-{n}")
    subject = factory.SubFactory(ActorFactory)
    kind = "backs"
    object = factory.SubFactory(ActorFactory)
    mode = "informal"
    period = "2014/.."


class RelationshipCitationFactory(CitationFactory):
    class Meta:
        model = RelationshipCitation

    record = factory.SubFactory(RelationshipFactory)


class AuthorityFactory(DjangoModelFactory):
    class Meta:
        model = Authority

    slug = factory.Sequence(lambda n: f"authority-{n}")
    actor = factory.SubFactory(ActorFactory)
    role = "controls"
    territory = factory.SubFactory(TerritoryFactory)
    mode = "informal"
    share = "shared"
    period = "2017-11-19/.."


class AuthorityCitationFactory(CitationFactory):
    class Meta:
        model = AuthorityCitation

    record = factory.SubFactory(AuthorityFactory)


class CrossingControlFactory(DjangoModelFactory):
    class Meta:
        model = CrossingControl

    crossing_status = factory.SubFactory(CrossingStatusFactory)
    side = "a"
    actor = factory.SubFactory(ActorFactory)


# Events


class EpisodeFactory(DjangoModelFactory):
    class Meta:
        model = Episode

    slug = factory.Sequence(lambda n: f"episode-{n}")
    title = factory.Sequence(lambda n: f"Turning point {n}")
    kind = "turning_point"
    ordinal = "1"
    period = "2014-06/2017-11"


class EpisodeCitationFactory(CitationFactory):
    class Meta:
        model = EpisodeCitation

    record = factory.SubFactory(EpisodeFactory)


class EventFactory(DjangoModelFactory):
    class Meta:
        model = Event

    slug = factory.Sequence(lambda n: f"event-{n}")
    kind = "territorial_takeover"
    title = factory.Sequence(lambda n: f"The crossing changes hands, {n}")
    date = "2014-06-22"
    territory = factory.SubFactory(TerritoryFactory)


class EventCitationFactory(CitationFactory):
    class Meta:
        model = EventCitation

    record = factory.SubFactory(EventFactory)


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    event = factory.SubFactory(EventFactory)
    actor = factory.SubFactory(ActorFactory)
    role = "initiator"


class CasualtyFactory(DjangoModelFactory):
    class Meta:
        model = Casualty

    event = factory.SubFactory(EventFactory)
    number = factory.Sequence(lambda n: n % 30_000 + 1)
    kind = "killed"
    low = 2
    best = 3
    high = 5


class AuthorityEventFactory(DjangoModelFactory):
    class Meta:
        model = AuthorityEvent

    authority = factory.SubFactory(AuthorityFactory)
    bound = "start"
    event = factory.SubFactory(EventFactory)


class MovementFactory(DjangoModelFactory):
    class Meta:
        model = Movement

    slug = factory.Sequence(lambda n: f"movement-{n}")
    title = factory.Sequence(lambda n: f"Fighters cross, {n}")
    kind = "fighters"
    origin = factory.SubFactory(TerritoryFactory)
    destination = factory.SubFactory(TerritoryFactory)
    period = "2003/2010"


class MovementCitationFactory(CitationFactory):
    class Meta:
        model = MovementCitation

    record = factory.SubFactory(MovementFactory)


class FindingFactory(DjangoModelFactory):
    class Meta:
        model = Finding

    slug = factory.Sequence(lambda n: f"finding-{n}")
    kind = "assessment"
    statement = "Whoever holds the crossing taxes what passes."
    as_of = "2020-03-31"


class FindingTerritoryFactory(DjangoModelFactory):
    class Meta:
        model = FindingTerritory

    finding = factory.SubFactory(FindingFactory)
    territory = factory.SubFactory(TerritoryFactory)


class FindingActorFactory(DjangoModelFactory):
    class Meta:
        model = FindingActor

    finding = factory.SubFactory(FindingFactory)
    actor = factory.SubFactory(ActorFactory)


class FindingCitationFactory(CitationFactory):
    class Meta:
        model = FindingCitation

    record = factory.SubFactory(FindingFactory)


class ExternalRecordFactory(DjangoModelFactory):
    class Meta:
        model = ExternalRecord

    release = factory.SubFactory(SourceFactory, kind="dataset", dataset="UCDP GED", version="23.1")
    key = factory.Sequence(lambda n: f"{100_000 + n}")
    raw = factory.LazyFunction(lambda: {"id": "100000", "best": "3"})


class MatchFactory(DjangoModelFactory):
    class Meta:
        model = Match

    first = factory.SubFactory(EventFactory)
    second = factory.SubFactory(EventFactory)
    verdict = "same"
    reason = "Same day, place and sides."
    decided_by = factory.SubFactory(UserFactory)


class CandidateFactory(DjangoModelFactory):
    class Meta:
        model = Candidate

    first = factory.Sequence(lambda n: 2 * n + 1)
    second = factory.Sequence(lambda n: 2 * n + 2)
    datasets = "ACLED + UCDP GED"
    score = 0.95
    bits = 7.4
    evidence = factory.LazyFunction(dict)
    best = True


class LinkingFactory(DjangoModelFactory):
    class Meta:
        model = Linking

    threshold = 0.9
    reason = "Chosen from the curve."
    decided_by = factory.SubFactory(UserFactory)


# Datasets of others


class ImportFactory(DjangoModelFactory):
    class Meta:
        model = Import

    name = "ged231.csv"
    size = 1000
    sha256 = factory.LazyFunction(lambda: hashlib.sha256(SNAPSHOT_BYTES).hexdigest())
    format = "ucdp-ged"
    dialect = "49 columns"
    layout = factory.LazyFunction(lambda: {"columns": ["id", "best"]})
    release = factory.SubFactory(SourceFactory, kind="dataset", dataset="UCDP GED", version="23.1")
    asked_by = factory.SubFactory(UserFactory)


class StagedRowFactory(DjangoModelFactory):
    class Meta:
        model = StagedRow

    of = factory.SubFactory(ImportFactory)
    number = factory.Sequence(lambda n: n + 1)
    line = factory.Sequence(lambda n: n + 2)
    key = factory.Sequence(lambda n: f"{100_000 + n}")
    verdict = "new"


class ActorReadingFactory(DjangoModelFactory):
    class Meta:
        model = ActorReading

    dataset = "UCDP GED"
    key = factory.Sequence(lambda n: f"id {n}")
    name = "IS"


class PlaceReadingFactory(DjangoModelFactory):
    class Meta:
        model = PlaceReading

    dataset = "UCDP GED"
    digest = factory.Sequence(lambda n: f"{n:032x}")
    name = "Albu Kamal town"
    level = "place"


class MeantFactory(DjangoModelFactory):
    class Meta:
        model = Meant

    reading = factory.SubFactory(ActorReadingFactory)
    actor = factory.SubFactory(ActorFactory)


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    actor_reading = factory.SubFactory(ActorReadingFactory)
    answer = "nobody"
    decided_by = factory.SubFactory(UserFactory)


class NameCountFactory(DjangoModelFactory):
    class Meta:
        model = NameCount

    of = factory.SubFactory(ImportFactory)
    actor_reading = factory.SubFactory(ActorReadingFactory)
    rows = 3


# What curators say to each other


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = Comment

    endpoint = "events"
    slug = factory.Sequence(lambda n: f"event-{n}")
    text = "The paper says the 21st."
    author = factory.SubFactory(UserFactory)


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    endpoint = "events"
    slug = factory.Sequence(lambda n: f"event-{n}")
    reviewer = factory.SubFactory(UserFactory)
    assigned_by = factory.SubFactory(UserFactory)


class AcceptanceFactory(DjangoModelFactory):
    class Meta:
        model = Acceptance

    endpoint = "events"
    slug = factory.Sequence(lambda n: f"event-{n}")
    field = "title"
    history = 1
    accepted_by = factory.SubFactory(UserFactory)


class MergeFactory(DjangoModelFactory):
    class Meta:
        model = Merge

    endpoint = "actors"
    slug = factory.Sequence(lambda n: f"given-up-{n}")
    into = "goes-on"
    reason = "One and the same."
    merged_by = factory.SubFactory(UserFactory)


class DifferentFactory(DjangoModelFactory):
    class Meta:
        model = Different

    endpoint = "actors"
    first = factory.Sequence(lambda n: f"brigade-a-{n}")
    second = factory.Sequence(lambda n: f"brigade-b-{n}")
    reason = "One fights in Syria, the other in Iraq."
    judged_by = factory.SubFactory(UserFactory)


class SavedViewFactory(DjangoModelFactory):
    class Meta:
        model = SavedView

    owner = factory.SubFactory(UserFactory)
    model = "events.event"
    name = factory.Sequence(lambda n: f"Drafts, {n}")
    query = "status__exact=draft"


class JobFactory(DjangoModelFactory):
    class Meta:
        model = Job

    kind = "test.write"
    about = "Sources of the border"
    asked_by = factory.SubFactory(UserFactory)


class TokenFactory(DjangoModelFactory):
    class Meta:
        model = Token
        exclude = ("token",)

    owner = factory.SubFactory(UserFactory)
    label = factory.Sequence(lambda n: f"A dashboard, {n}")
    token = factory.LazyFunction(drawn)
    digest = factory.LazyAttribute(lambda made: digest(made.token))
    start = factory.LazyAttribute(lambda made: made.token[:SHOWN])


class ReleaseFactory(DjangoModelFactory):
    """A release of one small file, which lies where it is looked for."""

    class Meta:
        model = Release
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"1999.{n + 1}")
    block = 1
    digest = bytes(32)
    at = made_at = dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC)
    made_with = "Python"
    files = factory.LazyFunction(
        lambda: [
            {
                "name": "events.csv",
                "bytes": 6,
                "sha256": hashlib.sha256(b"slug\r\n").hexdigest(),
                "rows": 0,
                "media_type": "text/csv",
                "meaning": "Something that happened.",
            }
        ]
    )

    @factory.post_generation
    def written(self, create: bool, given: object, **kwargs: object) -> None:
        folder = folder_of(self)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "events.csv").write_bytes(b"slug\r\n")


FACTORIES: dict[type, type[DjangoModelFactory]] = {
    built._meta.model: built
    for built in list(globals().values())
    if isinstance(built, type) and issubclass(built, DjangoModelFactory) and built._meta.model
}


def cite(record, **values):
    """A citation of ``record``, which it needs before it is published."""
    return FACTORIES[record._meta.get_field("citations").related_model](record=record, **values)
