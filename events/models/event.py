"""What happened: events, who took part, who was harmed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from actors.models import Actor, Authority
from border.kernel import rules
from border.kernel.dates import Dated, DatedQuerySet, EDTFField
from border.kernel.history import tracked
from border.kernel.prose import Prose
from border.kernel.records import (
    Keyed,
    KeyedQuerySet,
    Placed,
    Reviewed,
    Slugged,
    in_order,
    keyed_indexes,
    prose_index,
    reviewed_rules,
)
from border.kernel.statement import Statement
from border.kernel.vocabulary import one_of
from events.choices import Bound, CasualtyKind, Certainty, EventKind, ParticipantRole, Whom
from events.models.episode import Episode
from sources.models import Citation, citation_rules
from territories.models import Territory

PROSE = ("title", "summary")


class EventQuerySet(KeyedQuerySet, DatedQuerySet):
    """Words about events."""


@tracked()
class Event(Slugged, Reviewed, Statement, Keyed, Placed):
    """Something that happened at a time and place, with those who took part."""

    dated_by: ClassVar[str] = "date"
    keyed_by: ClassVar[tuple[str, ...]] = ("title",)
    prose: ClassVar[tuple[str, ...]] = PROSE
    period = None

    kind = models.CharField(
        max_length=22,
        choices=EventKind,
        help_text="What happened.",
        db_comment="Kind of event, see the vocabulary of event kinds.",
    )
    sub_kind = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="A finer word than the kind, such as ambush or drone strike.",
        db_comment="A finer word than the kind, in the curators' words.",
    )
    title = models.CharField(
        max_length=200, help_text="What happened, in a line.", db_comment="What happened, in a line."
    )
    summary = Prose(
        blank=True,
        default="",
        db_default="",
        help_text="What happened, in our own words.",
        db_comment="What happened, in our own words.",
    )
    outcome = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="How it ended.",
        db_comment="How it ended.",
    )
    date = EDTFField(
        help_text="When, as EDTF: 2014-06-22, 2014-06, 2014-06-20/2014-06-22, 2014-22 (summer), 2019-09-30~.",
        db_comment="When it happened, EDTF text (ISO 8601-2) as the curator wrote it.",
    )
    territory = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="events",
        help_text="The smallest territory in which it surely happened.",
        db_comment="The smallest territory in which it surely happened.",
    )
    episode = models.ForeignKey(
        Episode,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="events",
        help_text="The episode it belongs to.",
        db_comment="The episode it belongs to.",
    )

    objects = EventQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        db_table_comment = "What happened at a time and place."
        indexes = [
            *Dated.Meta.indexes,
            *keyed_indexes("event"),
            prose_index("event", *PROSE),
            models.Index(fields=["possible", "id"], name="event_in_time"),
            models.Index(fields=["status", "possible", "id"], name="event_standing"),
            models.Index(fields=["episode"], name="event_of_episode", condition=Q(episode__isnull=False)),
            in_order("event", "title"),
        ]
        constraints = [
            *reviewed_rules("event"),
            *Dated.Meta.constraints,
            *rules.placed("event"),
            one_of("event", "kind", EventKind),
            rules.present("event", "title", "An event needs a title."),
            rules.present("event", "date", "An event needs a date; if only a year is known, write the year."),
            rules.clean_text(
                "event",
                lines=("title", "sub_kind", "outcome", "confidence_reason", "date", "date_verbatim"),
                texts=("summary", "note", *Statement.TEXTS),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class EventCitation(Citation):
    """A passage that bears on an event."""

    record = models.ForeignKey(
        Event,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="citations",
        help_text="What the passage speaks about.",
        db_comment="The event cited.",
    )

    class Meta:
        db_table_comment = "Passages of sources that bear on events."
        constraints = citation_rules("event")


@tracked()
class Participation(models.Model):
    """An actor's part in an event, who says so, and how sure it is."""

    event = models.ForeignKey(
        Event,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="participations",
        help_text="In what.",
        db_comment="The event.",
    )
    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        related_name="participations",
        help_text="Who.",
        db_comment="The actor that took part.",
    )
    role = models.CharField(
        max_length=9,
        choices=ParticipantRole,
        help_text="What it did, or what was done to it.",
        db_comment="Role in the event, see the vocabulary of participant roles.",
    )
    sub_role = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="A finer word than the role, such as defender or denier.",
        db_comment="A finer word than the role, in the curators' words.",
    )
    certainty = models.CharField(
        max_length=9,
        choices=Certainty,
        default=Certainty.CONFIRMED,
        help_text="How sure it is.",
        db_comment="confirmed, alleged or disputed.",
    )
    attributed_by = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="Who says that this actor took part.",
        db_comment="Who says that this actor took part, where it is not plain.",
    )
    note = Prose(
        blank=True,
        default="",
        db_default="",
        help_text="What a reader should know about this part.",
        db_comment="The curator's note on this participation. Published with it.",
    )

    class Meta:
        db_table_comment = "Actors' parts in events: role, certainty, and who says so."
        constraints = [
            models.UniqueConstraint(
                fields=["event", "actor", "role", "sub_role"],
                name="participation_once",
                violation_error_message="This actor already has this role in the event.",
            ),
            one_of("participation", "role", ParticipantRole),
            one_of("participation", "certainty", Certainty),
            rules.clean_text("participation", lines=("sub_role", "attributed_by"), texts=("note",)),
        ]

    def __str__(self) -> str:
        return f"{self.actor} ({self.role}) in {self.event}"


@tracked()
class Casualty(models.Model):
    """One claim of how many people were killed, injured, captured or displaced in an event."""

    event = models.ForeignKey(
        Event,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="casualties",
        help_text="In what.",
        db_comment="The event.",
    )
    number = models.PositiveSmallIntegerField(
        help_text="Counts the claims of one event from 1.",
        db_comment="Number of the claim within its event, from 1.",
    )
    kind = models.CharField(
        max_length=9,
        choices=CasualtyKind,
        help_text="What happened to them.",
        db_comment="killed, injured, captured or displaced.",
    )
    whom = models.CharField(
        max_length=9,
        choices=Whom,
        default=Whom.UNKNOWN,
        help_text="Who was harmed.",
        db_comment="civilians, actor or unknown.",
    )
    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="casualties",
        help_text="Whose members, where whom is an actor.",
        db_comment="The actor whose members were harmed, where whom is actor.",
    )
    low = models.PositiveIntegerField(
        null=True, blank=True, help_text="Lowest count.", db_comment="Lowest count of persons claimed."
    )
    best = models.PositiveIntegerField(
        null=True, blank=True, help_text="Best estimate.", db_comment="Best estimate of persons."
    )
    high = models.PositiveIntegerField(
        null=True, blank=True, help_text="Highest count.", db_comment="Highest count of persons claimed."
    )
    source = models.ForeignKey(
        "sources.Source",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="casualties",
        help_text="Who claims it; empty for a span over all the sources cited.",
        db_comment="The source that claims it; empty for a span over all sources cited.",
    )
    note = Prose(
        blank=True,
        default="",
        db_default="",
        help_text="How the count was made or read.",
        db_comment="How the count was made or read.",
    )

    class Meta:
        verbose_name_plural = "casualties"
        db_table_comment = "Claims of how many people were killed, injured, captured or displaced, one row per claim and source."
        indexes = [models.Index(fields=["actor"], name="casualty_of_actor", condition=Q(actor__isnull=False))]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="casualty_number_once",
                violation_error_message="This number is taken by another claim about the event.",
            ),
            models.CheckConstraint(
                name="casualty_number_from_one",
                condition=Q(number__gte=1),
                violation_error_message="Claims are numbered from 1.",
            ),
            one_of("casualty", "kind", CasualtyKind),
            one_of("casualty", "whom", Whom),
            models.CheckConstraint(
                name="casualty_some_count",
                condition=Q(low__isnull=False) | Q(best__isnull=False) | Q(high__isnull=False),
                violation_error_message="A claim has at least one count: low, best or high.",
            ),
            models.CheckConstraint(
                name="casualty_actor_with_whom",
                condition=Q(whom=Whom.ACTOR, actor__isnull=False) | (~Q(whom=Whom.ACTOR) & Q(actor=None)),
                violation_error_message="Name the actor where whom is an actor, and only there.",
            ),
            rules.clean_text("casualty", texts=("note",)),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.kind} {self.low}–{self.high}"


@tracked()
class AuthorityEvent(models.Model):
    """An event that began or ended an actor's authority over a territory."""

    authority = models.ForeignKey(
        Authority,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="bounding_events",
        help_text="Which authority.",
        db_comment="The statement of authority that the event bounds.",
    )
    bound = models.CharField(max_length=5, choices=Bound, help_text="Which end.", db_comment="start or end.")
    event = models.ForeignKey(
        Event,
        on_delete=models.PROTECT,
        related_name="bounded_authorities",
        help_text="Which event.",
        db_comment="The event that began or ended it.",
    )

    class Meta:
        db_table_comment = "Events that began or ended an actor's authority over a territory."
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "bound"],
                name="authority_event_once",
                violation_error_message="This end of the authority already has its event.",
            ),
            one_of("authority_event", "bound", Bound),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.bound} {self.event.slug}"
