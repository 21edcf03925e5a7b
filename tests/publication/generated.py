"""A small world of every noun, drawn by lot from awkward values."""

import itertools
import random
from decimal import Decimal
from typing import Any

from django.db import models

from tests import factories as make

LINES = (
    "",
    "البوكمال",
    'Qa\'im "the border"',
    r"back\slash \n \u0041 \" /",
    "emoji 🏜️👩‍👩‍👧 and 𐎀",
    "می‌خواهم",
    "é ŕ 漢字 \U0010fffd \ufffd",
    "5 < 6 & 7 > 4",
    " spaces ",
    '{"slug":"actor-0","name":"Brigade 0"}',
    "%s %(ids)s {name} $1 ' ''",
)
TEXTS = (*LINES, "two\nlines", "a\ttab", "\n", "one\n\nthree " * 40)
DATES = (
    "2014", "2014-06-22", "2014-06", "196X", "1968~/2003", "2014-22", "2003/..", "../2003", "2003/", "/2003", "0001",
    "0999-12-31", "9999", "9999-12-31", "2014-06-22?", "2016-02-29", "1999-12/2000-01",
)  # fmt: skip
POINTS = (
    ("40.950000", "34.450000", 1), ("-0.040000", "-0.050000", 250), ("180.000000", "90.000000", 1_000_000),
    ("-180.000000", "-90.000000", 7), ("0.000001", "-0.000001", 1), ("41.000000", "34.000000", 5000), ("0.25", "0.35", 99),
)  # fmt: skip
QUANTITIES = (None, "0", "0.01", "0.10", "999999999999.99", "100000000000", "1234567.50", "3.14")
COUNTS = (None, 0, 1, 2_147_483_647)
SENSITIVITIES = ("public", "public", "public", "restricted", "confidential")


class World:
    """Records of every noun with all that belongs to them. The same seed draws the same world."""

    def __init__(self, seed: int, size: int = 5) -> None:
        self.lot = random.Random(seed)
        self.size = size
        self.sources = [
            self.make(
                make.SourceFactory,
                sensitivity=self.lot.choice(SENSITIVITIES),
                redistributable=self.lot.random() < 0.7,
                reliability=self.lot.choice("ABCDEF"),
                dataset=(dataset := self.lot.choice(["", "UCDP GED", 'a "set"'])),
                version="23.1" if dataset else "",
                published=self.lot.choice(["", *DATES]),
                doi=self.lot.choice(["", "10.1/x"]),
            )
            for _ in range(size * 2)
        ]
        self.territories = [self.territory() for _ in range(size)]
        self.actors: list[Any] = []
        for _ in range(size):
            self.actors.append(self.actor())
        self.containments = [self.containment(*pair) for pair in itertools.combinations(self.territories, 2)]
        self.crossings = [self.crossing() for _ in range(2)]
        self.statuses = [self.status() for _ in range(size)]
        self.relationships = [self.relationship(*pair) for pair in itertools.pairwise(self.actors)]
        self.episodes: list[Any] = []
        for _ in range(size):
            self.episodes.append(self.episode())
        self.events = [self.event() for _ in range(size * 2)]
        self.authorities = [self.authority() for _ in range(size)]
        self.movements = [self.movement() for _ in range(size)]
        self.findings: list[Any] = []
        for _ in range(size):
            self.findings.append(self.finding())

    def publishable(self) -> list[Any]:
        """Every record that may be public."""
        public = [source for source in self.sources if source.sensitivity == "public"]
        nouns = (
            self.territories, self.actors, self.containments, self.crossings, self.statuses, self.relationships,
            self.episodes, self.events, self.authorities, self.movements, self.findings,
        )  # fmt: skip
        return [*public, *itertools.chain(*nouns)]

    def make(self, factory: Any, **given: Any) -> Any:
        """A row whose free texts and vocabularies are drawn by lot, but for what is given."""
        model = factory._meta.model
        skipped = {"slug", "status", "language", "script", "wikidata_id", "pcode", "doi", "isbn", "version"}
        skipped |= {"url", "archived_url", model.dated_by if hasattr(model, "dated_by") else "", *given}
        drawn: dict[str, Any] = {}
        for column in model._meta.concrete_fields:
            if column.name in skipped or column.is_relation or column.name.endswith("_ptr"):
                continue
            if column.choices:
                drawn[column.name] = self.lot.choice([value for value, _ in column.choices if value])
            elif isinstance(column, models.TextField):
                drawn[column.name] = self.lot.choice(TEXTS) or "stated"
            elif isinstance(column, models.CharField):
                drawn[column.name] = self.lot.choice(LINES)[: column.max_length] or (
                    "" if column.blank else "named"
                )
            elif isinstance(column, models.BooleanField):
                drawn[column.name] = self.lot.random() < 0.5
        return factory(**drawn | given)

    def maybe(self, of: list[Any]) -> Any:
        return self.lot.choice([None, *of]) if of else None

    def dated(self) -> str:
        return self.lot.choice(DATES)

    def placed(self) -> dict[str, Any]:
        if self.lot.random() < 0.2:
            return {}
        longitude, latitude, uncertainty = self.lot.choice(POINTS)
        return {
            "longitude": Decimal(longitude),
            "latitude": Decimal(latitude),
            "uncertainty_m": uncertainty,
            "people_at_risk": self.lot.random() < 0.5,
        }

    def cited(self, record: Any, factory: Any) -> Any:
        for number in self.lot.sample(range(1, 100), self.lot.randrange(4)):
            self.make(
                factory,
                record=record,
                number=number,
                source=self.lot.choice(self.sources),
                attribute="date",
                reliability=self.lot.choice(["", "B"]),
                credibility=self.lot.choice(["", "2"]),
            )
        return record

    def named(self, record: Any, factory: Any) -> Any:
        for number in range(self.lot.randrange(4)):
            self.make(
                factory,
                record=record,
                text=f"{self.lot.choice(LINES)} {number}",
                language=self.lot.choice(["", "ar", "ar-Latn"]),
                source=self.maybe(self.sources),
                period=self.lot.choice(["", *DATES]),
            )
        return record

    def territory(self) -> Any:
        made = self.make(
            make.TerritoryFactory,
            existed=self.lot.choice(["", *DATES]),
            countries=self.lot.choice([[], ["SY"], ["SY", "IQ"]]),
            geonames_id=self.lot.choice([None, 0, 9_223_372_036_854_775_807]),
            population=self.lot.choice(COUNTS),
            **self.placed(),
        )
        return self.named(self.cited(made, make.TerritoryCitationFactory), make.TerritoryNameFactory)

    def containment(self, child: Any, parent: Any) -> Any:
        made = self.make(make.ContainmentFactory, child=child, parent=parent, period=self.dated())
        return self.cited(made, make.ContainmentCitationFactory)

    def crossing(self) -> Any:
        place = self.make(make.TerritoryFactory, kind="crossing", countries=["SY"])
        self.territories.append(place)
        one, other = self.lot.sample(self.territories[:-1], 2)
        return self.make(make.CrossingFactory, territory=place, side_a=one, side_b=other)

    def status(self) -> Any:
        made = self.make(
            make.CrossingStatusFactory, crossing=self.lot.choice(self.crossings), period=self.dated()
        )
        for side, actor in itertools.product("ab", self.lot.sample(self.actors, 2)):
            make.CrossingControlFactory(crossing_status=made, side=side, actor=actor)
        return self.cited(made, make.CrossingStatusCitationFactory)

    def actor(self) -> Any:
        made = self.make(
            make.ActorFactory,
            existed=self.lot.choice(["", *DATES]),
            countries=self.lot.choice([[], ["IQ"], ["IR", "IQ"]]),
            parent=self.maybe(self.actors),
            home=self.maybe(self.territories),
            ucdp_id=self.lot.choice(COUNTS),
        )
        return self.named(self.cited(made, make.ActorCitationFactory), make.ActorNameFactory)

    def relationship(self, subject: Any, other: Any) -> Any:
        made = self.make(
            make.RelationshipFactory,
            subject=subject,
            object=other,
            territory=self.maybe(self.territories),
            period=self.dated(),
        )
        return self.cited(made, make.RelationshipCitationFactory)

    def episode(self) -> Any:
        made = self.make(
            make.EpisodeFactory,
            ordinal=Decimal(self.lot.choice(["0", "1", "2.1", "999.99", "0.05"])),
            parent=self.maybe(self.episodes),
            territory=self.maybe(self.territories),
            period=self.dated(),
        )
        return self.cited(made, make.EpisodeCitationFactory)

    def event(self) -> Any:
        made = self.make(
            make.EventFactory,
            date=self.dated(),
            territory=self.lot.choice(self.territories),
            episode=self.maybe(self.episodes),
            **self.placed(),
        )
        for actor in self.lot.sample(self.actors, self.lot.randrange(4)):
            self.make(make.ParticipationFactory, event=made, actor=actor)
        for number in range(1, self.lot.randrange(1, 4)):
            whom = self.lot.choice(["civilians", "actor", "unknown"])
            self.make(
                make.CasualtyFactory,
                event=made,
                number=number,
                whom=whom,
                actor=self.lot.choice(self.actors) if whom == "actor" else None,
                low=0,
                best=self.lot.choice(COUNTS),
                high=self.lot.choice(COUNTS),
                source=self.maybe(self.sources),
            )
        return self.cited(made, make.EventCitationFactory)

    def authority(self) -> Any:
        made = self.make(
            make.AuthorityFactory,
            actor=self.lot.choice(self.actors),
            territory=self.lot.choice(self.territories),
            period=self.dated(),
        )
        for bound in ("start", "end"):
            make.AuthorityEventFactory(authority=made, bound=bound, event=self.lot.choice(self.events))
        return self.cited(made, make.AuthorityCitationFactory)

    def movement(self) -> Any:
        low, high = self.lot.choice(QUANTITIES), self.lot.choice(QUANTITIES)
        if low and high and Decimal(low) > Decimal(high):
            low, high = high, low
        made = self.make(
            make.MovementFactory,
            mover=self.maybe(self.actors),
            origin=self.lot.choice(self.territories),
            destination=self.maybe(self.territories),
            via=self.maybe(self.territories),
            episode=self.maybe(self.episodes),
            quantity_low=low and Decimal(low),
            quantity_high=high and Decimal(high),
            period=self.dated(),
        )
        return self.cited(made, make.MovementCitationFactory)

    def finding(self) -> Any:
        made = self.make(
            make.FindingFactory, as_of=self.lot.choice(["", *DATES]), parent=self.maybe(self.findings)
        )
        for territory in self.lot.sample(self.territories, 2):
            make.FindingTerritoryFactory(finding=made, territory=territory)
        for actor in self.lot.sample(self.actors, 2):
            make.FindingActorFactory(finding=made, actor=actor)
        return self.cited(made, make.FindingCitationFactory)
