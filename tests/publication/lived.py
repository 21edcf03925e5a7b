"""A history of the published record that several people made at once, and what readers saw at moments of it.

`lived` makes one; it commits, and stays until `forgotten`. What it leaves behind can be asked about afterwards: a
`Moment` knows every public document as it was when a block was the newest one, and from ``at`` until the next block
that is what the record must be known to have said.
"""

import datetime as dt
import random
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, OperationalError

from actors.models import Actor
from border.curation.merging import merge, publish_merge
from border.curation.models import Merge
from border.curation.parting import leads_on, publish_undo, undo_merge
from border.curation.refusal import MergeRefused
from border.kernel.retrying import passing
from border.publication import operations
from border.publication.endpoints import ENDPOINTS, endpoint_of
from events.models import Event
from sources.models import Source
from territories.models import Territory
from tests import factories as make
from tests.conftest import EMPTYING
from tests.publication.generated import LINES
from tests.publication.record import rows, run
from tests.race.test_curators import at_once

Documents = dict[str, str]

# Every step with how often it is taken; merges are dear.
STEPS = {"edit": 44, "rename": 6, "take_part": 14, "add": 6, "withdraw": 10, "restore": 8, "erase": 4, "unite": 4, "divide": 4}  # fmt: skip
# What is edited and made one: events most of all.
NOUNS = [Event, Event, Event, Actor, Territory, Source]
NOTES = {Event: "summary", Actor: "note", Territory: "note", Source: "note"}
NAMES = {Event: "title", Actor: "name", Territory: "name", Source: "title"}


class Moment(NamedTuple):
    """What readers saw when this block was the newest: every public document by ``endpoint/slug``, letter by letter."""

    number: int
    at: dt.datetime
    documents: Documents

    def differing(self, answered: Mapping[str, str]) -> list[str]:
        """The records of which somebody was told otherwise than readers saw, or nothing, or too much."""
        every = {*self.documents, *answered}
        return sorted(ref for ref in every if self.documents.get(ref) != answered.get(ref))


def seen() -> Moment:
    """What readers see now, in one statement, so that it is one state of the record."""
    each = " UNION ALL ".join(
        f"SELECT '{name}/' || slug, document::text FROM {endpoint.table} WHERE upper_inf(known)"
        for name, endpoint in ENDPOINTS.items()
    )
    found = rows(
        f"SELECT b.id, b.at, d.* FROM (SELECT id, at FROM published_block ORDER BY id DESC LIMIT 1) b, ({each}) d"
    )
    return Moment(found[0][0], found[0][1], {ref: text for *_, ref, text in found})


@dataclass
class Past:
    """A history that was lived: moments of it in order, and how often each step was taken, or could not be."""

    moments: list[Moment] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)


class Writer:
    """Somebody who takes random steps on the records of all, as a curator who has a reviewer at hand."""

    def __init__(self, name: str, lot: random.Random) -> None:
        self.name, self.lot = name, lot
        self.curator, self.reviewer = (
            make.UserFactory(username=f"{role}-{name}") for role in ("curator", "reviewer")
        )

    def step(self, way: str = "") -> str:
        """Take a step, this or any; returns its name. Raises what `in_the_way` knows."""
        [any_way] = self.lot.choices([*STEPS], [*STEPS.values()])
        getattr(self, way or any_way)()
        return way or any_way

    def any_of(self, model: Any, **having: Any) -> Any:
        """A record of this kind, in this standing. Raises Nothing where there is none."""
        keys = [*model.objects.filter(**having).order_by("pk").values_list("pk", flat=True)]
        if not keys:
            raise Nothing
        return model.objects.get(pk=self.lot.choice(keys))

    def publish(self, *records: Any) -> None:
        operations.publish(*records, by=self.reviewer, reason="Looked at it.")

    def words(self) -> str:
        return f"{self.lot.choice(LINES).strip()} {self.name} {self.lot.random():.9f}"

    def write(self, names: dict[Any, str]) -> None:
        model = self.lot.choice(NOUNS)
        record = self.any_of(model, status="published")
        setattr(record, names[model], self.words())
        record.save(update_fields=[names[model]])
        self.publish(record)

    def edit(self) -> None:
        self.write(NOTES)

    def rename(self) -> None:
        """A name shows in the documents of others too."""
        self.write(NAMES)

    def take_part(self) -> None:
        event = self.any_of(Event, status="published")
        if there := [*event.participations.all()]:
            self.lot.choice(there).delete()
        else:
            make.ParticipationFactory(event=event, actor=self.any_of(Actor, status="published"))
        self.publish(event)

    def add(self) -> None:
        slug = f"added-{self.name}-{self.lot.randrange(10**12)}"
        event = make.EventFactory(slug=slug, territory=self.any_of(Territory, status="published"))
        make.ParticipationFactory(event=event, actor=self.any_of(Actor, status="published"))
        make.EventCitationFactory(record=event, number=1, source=self.any_of(Source, status="published"))
        self.publish(event)

    def withdraw(self) -> None:
        record = self.any_of(self.lot.choice(NOUNS), status="published")
        operations.withdraw(record, by=self.reviewer, reason="In doubt.")

    def restore(self) -> None:
        self.publish(self.any_of(self.lot.choice(NOUNS), status="withdrawn"))

    def erase(self) -> None:
        gone = self.any_of(self.lot.choice(NOUNS), status="withdrawn")
        operations.erase(endpoint_of(gone).name, gone.slug, by=self.reviewer, reason="Danger.")

    def unite(self) -> None:
        model = self.lot.choice(NOUNS)
        kept, dropped = (self.any_of(model, status="published") for _ in range(2))
        made = merge(kept=kept, dropped=dropped, by=self.curator, reason="One and the same.")
        publish_merge(made, by=self.reviewer, reason="Looked at both.")

    def divide(self) -> None:
        made = self.any_of(Merge, undone_at=None)
        undo_merge(made, by=self.curator, reason="Two after all.")
        made.refresh_from_db()
        if leads_on(made):
            publish_undo(made, by=self.reviewer, reason="Looked at both again.")


class Nothing(Exception):
    """There is no such record now."""


def in_the_way(error: Exception) -> bool:
    """Whether a step could not be taken for a reason that a person would be told."""
    refusals = (Nothing, operations.PublicationRefused, MergeRefused, ObjectDoesNotExist)
    # Two who have the same actor take part in the same event at once: one of them is told that it does already.
    twice = isinstance(error, IntegrityError) and "participation_once" in str(error)
    return twice or isinstance(error, refusals) or (isinstance(error, OperationalError) and passing(error))


def lived(
    edits: int, *, writers: int, moments: int, seed: int, beside: Callable[[threading.Event], None]
) -> Past:
    """A history of so many ``edits``, or a few more, by so many ``writers`` at once, of which ``moments`` are kept.

    ``beside`` runs meanwhile, on a connection of its own; it is given an event that is set once all is over.
    """
    past, lot, one_by_one = Past(), random.Random(seed), threading.Lock()
    _begin()
    kept = {*lot.sample(range(1, edits + 1), moments)}
    people = [Writer(str(number), random.Random(f"{seed} {number}")) for number in range(writers)]
    over, working = threading.Event(), [*people]

    def wanted(one: Writer) -> str:
        """The step that one of them sees to once half are taken, so that a short history has one of each."""
        missing = [way for way in STEPS if not past.taken[way]]
        return missing[0] if missing and one is people[0] and past.taken.total() >= edits // 2 else ""

    def work(one: Writer) -> None:
        try:
            while wanted(one) or past.taken.total() < edits:
                # What is wanted may have to wait for another step.
                way = one.lot.choice([wanted(one), ""])
                try:
                    step, counted = one.step(way), past.taken
                except Exception as error:
                    if not in_the_way(error):
                        raise
                    step, counted = f"{type(error).__name__}: {error}"[:60], past.refused
                with one_by_one:
                    counted[step] += 1
                    keep = counted is past.taken and past.taken.total() in kept
                if keep:
                    past.moments.append(seen())
        finally:
            with one_by_one:
                working.remove(one)
                if not working:
                    over.set()

    at_once(*[lambda one=one: work(one) for one in people], lambda: beside(over))
    past.moments.sort(key=lambda moment: moment.number)
    return past


def _begin() -> None:
    """A small world, published: few records, so that many steps concern the same."""
    sources, places, actors = (
        [factory() for _ in range(size)]
        for factory, size in ((make.SourceFactory, 5), (make.TerritoryFactory, 5), (make.ActorFactory, 10))
    )
    events = [make.EventFactory(territory=places[number % 5]) for number in range(20)]
    for number, event in enumerate(events):
        make.ParticipationFactory(event=event, actor=actors[number % 10])
        make.EventCitationFactory(record=event, number=1, source=sources[number % 5])
    operations.publish(*sources, *places, *actors, *events, by=make.UserFactory(), reason="First.")


def forgotten() -> None:
    """Empty the tables of what was lived."""
    run(EMPTYING)
