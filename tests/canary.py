"""A world in which every value that readers must not see is unlike any other, so that a leak shows by itself."""

import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from border.kernel.dates import EDTFField
from border.kernel.records import Reviewed
from border.publication import operations
from border.publication.endpoints import ENDPOINTS
from events.models import AuthorityEvent, ExternalRecord, Match
from sources.models import Batch, Snapshot, Source
from territories.models import Outline
from tests import factories as make

# Rows of these are never public, whatever becomes of the record they belong to.
NEVER_PUBLIC = (Snapshot, Outline, Match, ExternalRecord, Batch)
# Words of a vocabulary cannot be recognised; they differ from one hidden world to the other.
VARIED = {"stance", "reliability", "credibility", "certainty", "confidence", "mode", "share"}


class Tokens:
    """Values by the columns they fill, each unlike any other. Two kinds that differ in a letter never meet."""

    def __init__(self, letter: str, number: int = 0) -> None:
        self.letter, self.number = letter, number
        self.other = letter.encode()[0] % 10
        self.made: dict[str, str] = {}

    def text(self) -> str:
        self.number += 1
        return f"zq{self.number:04d}{self.letter}"

    def keep(self, column: Any, value: Any, shown: str = "") -> Any:
        """Note the text by which a value would be recognised."""
        self.made[shown or str(value).lower()] = f"{column.model.__name__}.{column.name}"
        return value

    def value(self, column: Any) -> Any:
        """A value that the column takes, recognisable where the column is wide enough."""
        token, number, other = self.text(), self.number, self.other
        forms = {
            "language": f"qaa-{token}",
            "pcode": token.upper(),
            "wikidata_id": f"Q9{number:04d}{other}",
            "doi": f"10.1/{token}",
            "isbn": f"97{number:04d}{other}000",
            "url": f"https://{token}.example/",
            "archived_url": f"https://{token}.example/",
            "media_type": f"text/{token}",
            "sha256": hashlib.sha256(token.encode()).hexdigest(),
            "longitude": Decimal(f"43.{number:04d}{other}1"),
            "latitude": Decimal(f"36.{number:04d}{other}1"),
            "uncertainty_m": 900_000 + number * 10 + other,
        }
        if column.name in forms:
            return self.keep(column, forms[column.name])
        if isinstance(column, EDTFField):
            return self.keep(column, f"{number:04d}-03-{10 + other}")
        if isinstance(column, models.JSONField):
            return self.keep(
                column, {"type": "LineString", "coordinates": [[41, 34], [41, 35]], token: token}, token
            )
        if isinstance(column, (models.TextField, models.CharField, models.FileField)):
            return self.keep(column, token)
        if isinstance(column, models.DecimalField):
            whole = column.max_digits - column.decimal_places
            text = f"7{number:04d}{other}.37"
            return self.keep(column, Decimal(text)) if whole > 5 else Decimal(number % 900)
        if isinstance(column, models.FloatField):
            return self.keep(column, float(f"0.5{number:04d}{other}"))
        return self.keep(column, 600_000_000 + number * 10 + other)

    def fill(self, row: Any) -> Any:
        """Give every text, number and date of a row a value of its own; save it."""
        for column in row._meta.concrete_fields:
            fixed = column.primary_key or column.is_relation or not column.editable or column.choices
            small = isinstance(column, (models.BooleanField, models.DateTimeField, ArrayField))
            if column.name in VARIED and self.letter != "p":
                words = [word for word, _ in column.choices]
                setattr(row, column.name, words[0] if self.letter == "a" else words[-1])
            elif not (fixed or small or column.name in {"slug", "number", "counts", "files"}):
                setattr(row, column.name, self.value(column))
        if isinstance(row, make.MovementFactory._meta.model):
            row.quantity_low, row.quantity_high = sorted([row.quantity_low, row.quantity_high])
        row.save()
        return row


def owned(record: Any) -> Iterator[tuple[type[models.Model], str]]:
    """The models whose rows belong to a record, with the name of the foreign key."""
    for relation in record._meta.related_objects:
        if relation.on_delete is models.CASCADE and relation.related_model in make.FACTORIES:
            yield relation.related_model, relation.field.name


def children(record: Any, tokens: Tokens, hidden: Tokens) -> None:
    """One filled row of everything that may belong to a record."""
    for model, owner in owned(record):
        if model is Match and owner == "second":
            continue  # the other event of the pair gets it
        there = model._default_manager.filter(**{owner: record}).count()
        given = {Outline: {"number": there + 1}, AuthorityEvent: {"bound": "end" if there else "start"}}
        filler = hidden if model in NEVER_PUBLIC else tokens
        filler.fill(make.FACTORIES[model](**{owner: record}, **given.get(model, {})))


def rest_on(record: Any, source: Source, tokens: Tokens) -> None:
    """Rows of the record that rest on ``source``, each filled."""
    for model, owner in owned(record):
        names = {field.name for field in model._meta.fields}
        if "source" in names and model not in NEVER_PUBLIC:
            tokens.fill(make.FACTORIES[model](**{owner: record, "source": source}))


def everything() -> list[Any]:
    return [record for endpoint in ENDPOINTS.values() for record in endpoint.model.objects.all()]


class World:
    """Public records of every noun among drafts, edits, hidden sources and records erased.

    ``public`` are the tokens that readers may see, ``hidden`` those that they may not.
    """

    def __init__(self, letter: str) -> None:
        self.public, self.hidden = Tokens("p"), Tokens(letter, 1000)
        self.slugs: dict[str, str] = {}
        author = make.UserFactory(username=self.hidden.text(), email=f"{self.hidden.text()}@example.org")
        self.reviewer = make.UserFactory(username=self.hidden.text())
        with pghistory.context(user=author.pk, why=self.hidden.text()):
            self.hide_sources()
            self.publish()
            self.erase()
            self.edit()
            self.publish_late()
            self.draft()

    def hide_sources(self) -> None:
        self.sources = {
            kind: self.hidden.fill(make.SourceFactory(slug=self.slug(f"source-{kind}"), sensitivity=kind))
            for kind in ("restricted", "confidential")
        }
        self.kept_back = self.public.fill(make.SourceFactory(slug="kept-back", redistributable=False))

    def slug(self, name: str) -> str:
        """A slug that readers must not see."""
        self.slugs[name] = self.hidden.text()
        self.hidden.made[self.slugs[name]] = f"slug of {name}"
        return self.slugs[name]

    def hidden_slugs(self, endpoint: str) -> list[str]:
        """Slugs of records of this endpoint that readers must not see."""
        return [
            slug
            for name, slug in self.slugs.items()
            if name == endpoint or (endpoint, name[:7]) == ("sources", "source-")
        ]

    def publish(self) -> None:
        """One record of every noun, with rows on sources that hide them; and one where people are at risk."""
        self.records: dict[str, Any] = {}
        for name, endpoint in ENDPOINTS.items():
            record = self.public.fill(make.FACTORIES[endpoint.model](slug=f"public-{name}"))
            children(record, self.public, self.hidden)
            rest_on(record, self.kept_back, self.hidden)
            rest_on(record, self.sources["confidential"], self.hidden)
            for model, owner in owned(record):
                if model.__name__.endswith("Citation"):
                    given = {owner: record, "source": self.sources["restricted"]}
                    self.hidden.fill(make.FACTORIES[model](**given))
            self.records[name] = record
        for name, factory in (("events", make.EventFactory), ("territories", make.TerritoryFactory)):
            longitude, latitude = (
                self.hidden.value(factory._meta.model._meta.get_field(one))
                for one in ("longitude", "latitude")
            )
            factory(
                slug=f"at-risk-{name}",
                longitude=longitude,
                latitude=latitude,
                uncertainty_m=50,
                people_at_risk=True,
            )
        hidden = {source.pk for source in self.sources.values()}
        operations.publish(
            *[one for one in everything() if not (isinstance(one, Source) and one.pk in hidden)],
            by=self.reviewer,
            reason=self.hidden.text(),
        )

    def erase(self) -> None:
        """A record of every noun that was public, and is not even in the past any more."""
        gone = []
        for name, endpoint in ENDPOINTS.items():
            before = {one.pk for one in endpoint.model.objects.all()}
            record = self.hidden.fill(make.FACTORIES[endpoint.model](slug=f"gone-{name}"))
            children(record, self.hidden, self.hidden)
            gone.append((name, record))
            assert record.pk not in before
        operations.publish(*self.open(), by=self.reviewer, reason="Good.")
        for name, record in reversed(gone):
            operations.withdraw(record, by=self.reviewer, reason="In doubt.")
            operations.erase(name, record.slug, by=self.reviewer, reason="Danger.")

    def open(self) -> list[Any]:
        return [
            one
            for one in everything()
            if getattr(one, "sensitivity", "public") == "public" and one.status == "draft"
        ]

    def edit(self) -> None:
        """Edits to every public record, and to all that belongs to it, that nobody has reviewed."""
        for record in self.records.values():
            record.refresh_from_db()
            for model, owner in list(owned(record)):
                for row in model._default_manager.filter(**{owner: record}):
                    self.hidden.fill(row)
            self.hidden.fill(record)
            children(record, self.hidden, self.hidden)

    def publish_late(self) -> None:
        """Records of every noun that show those whose edits nobody has reviewed."""
        source, territory, actor, event, crossing, episode, finding = (
            self.records[name]
            for name in ("sources", "territories", "actors", "events", "crossings", "episodes", "findings")
        )
        late = make.EventFactory(slug="late-event", territory=territory, episode=episode)
        make.ParticipationFactory(event=late, actor=actor)
        make.EventCitationFactory(record=late, source=source)
        make.AuthorityEventFactory(
            authority=make.AuthorityFactory(actor=actor, territory=territory), event=event
        )
        make.ContainmentFactory(child=territory)
        make.CrossingFactory(side_a=territory)
        make.CrossingStatusFactory(crossing=crossing)
        make.RelationshipFactory(subject=actor)
        make.ActorFactory(parent=actor, home=territory)
        make.MovementFactory(mover=actor, origin=territory, destination=territory, episode=episode)
        make.EpisodeFactory(parent=episode, territory=territory)
        judged = make.FindingFactory(parent=finding)
        make.FindingActorFactory(finding=judged, actor=actor)
        make.FindingTerritoryFactory(finding=judged, territory=territory)
        operations.publish(*self.open(), by=self.reviewer, reason="Good.")

    def draft(self) -> None:
        """A record of every noun that nobody has published, and rows that are never public."""
        for name, endpoint in ENDPOINTS.items():
            record = self.hidden.fill(make.FACTORIES[endpoint.model](slug=self.slug(name)))
            children(record, self.hidden, self.hidden)
            assert isinstance(record, Reviewed)
        self.hidden.fill(make.ExternalRecordFactory(event=self.records["events"]))
        token = self.hidden.fill(make.TokenFactory())
        self.hidden.made |= {token.digest: "Token.digest", token.start: "Token.start"}
        make.BatchFactory(files=[{"name": f"{self.hidden.text()}.csv", "sha256": "0" * 64, "rows": 1}])

    def leaks(self, text: str) -> list[str]:
        """The hidden values that stand in ``text``, each with its column."""
        text = text.lower()
        # What holds a token is found by its token.
        words = set(re.findall(r"zq\d{4}[a-z]", text))
        words |= {one for one in self.hidden.made if "zq" not in one and one in text}
        return sorted(
            f"{one} ({self.hidden.made.get(one, 'hidden')})" for one in words if not one.endswith("p")
        )
