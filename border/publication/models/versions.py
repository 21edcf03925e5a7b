"""Versions of public records, one table an endpoint: the document as readers get it, and what it is filtered by."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField, DateRangeField, DateTimeRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q

from border.publication.models.columns import BoxField, JsonText


class Published(models.Model):
    """A version of a public record: the document as readers get it, and what it is filtered by."""

    sequence = models.BigIntegerField(
        primary_key=True, db_comment="The ledger entry that published this version."
    )
    slug = models.CharField(max_length=100, db_comment="Slug of the record.")
    version = models.PositiveIntegerField(db_comment="Version of the record, from 1.")
    known = DateTimeRangeField(
        db_comment="When this version was the current one; its end is open while it is."
    )
    document = JsonText(
        null=True, db_comment="The JSON as the API serves it, letter by letter; null once erased."
    )
    shown = models.TextField(db_comment="The name by which other documents show this record.")
    sort = models.TextField(
        db_collation="C",
        db_comment="What lists are ordered by: the first possible day, the ordinal or the slug.",
    )
    possible = DateRangeField(null=True, db_comment="Days on which it may hold, half-open.")
    certain = DateRangeField(null=True, db_comment="Days on which it surely holds, half-open.")
    kind = models.CharField(max_length=30, db_default="", db_comment="Kind of the record.")
    confidence = models.CharField(
        max_length=8, db_default="", db_comment="Confidence: low, moderate or high."
    )
    refs = ArrayField(
        models.TextField(), db_comment="Every public record that the document shows, as endpoint/slug."
    )
    sources = ArrayField(models.TextField(), db_comment="Slugs of the public sources it cites.")
    stances = ArrayField(models.TextField(), db_comment="Stances of the citations it shows.")
    words = SearchVectorField(db_comment="Words of its texts and names, for q=.")

    endpoint: ClassVar[str]
    # Whether ``territories`` names one at most: then rows are found by it in the order of the list.
    in_one_place: ClassVar[bool] = False

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.slug} v{self.version}"


def texts(comment: str) -> ArrayField:
    """A column of slugs or words."""
    return ArrayField(models.TextField(), db_comment=comment)


def word(comment: str) -> models.CharField:
    """A column of one slug or word, empty where there is none."""
    return models.CharField(max_length=100, db_default="", db_comment=comment)


def indexes(
    endpoint: str,
    *,
    arrays: tuple[str, ...] = (),
    words: tuple[str, ...] = (),
    place: bool = False,
    map_: bool = False,
) -> list[Any]:
    """The indexes of a published table: by slug, order, day, array members, words; by its one place; by where it lies."""
    current = Q(known__upper_inf=True)
    short = endpoint.replace("-", "_").replace("crossing_statuses", "crossing_status")
    found: list[Any] = [
        models.Index("sort", "slug", name=f"pub_{short}_order", condition=current),
        models.Index("slug", "version", name=f"pub_{short}_versions"),
        GistIndex(fields=["possible"], name=f"pub_{short}_possible", condition=current),
        GinIndex(fields=["words"], name=f"pub_{short}_words", condition=current),
        models.Index("sort", "slug", name=f"pub_{short}_past", condition=~current),
        models.Index(Func(F("known"), function="upper"), name=f"pub_{short}_ended", condition=~current),
    ]
    found += [
        GinIndex(fields=[name], name=f"pub_{short}_{name}"[:30], condition=current)
        for name in ("refs", "sources", *arrays)
    ]
    found += [
        models.Index(fields=[name, "sort", "slug"], name=f"pub_{short}_{name}"[:30], condition=current)
        for name in ("kind", *words)
    ]
    if place:
        found.append(
            models.Index("territories__0", "sort", "slug", name=f"pub_{short}_place", condition=current)
        )
    if map_:
        found.append(GistIndex(fields=["reach"], name=f"pub_{short}_reach", condition=current))
    return found


def once(endpoint: str) -> models.UniqueConstraint:
    """The rule that a record has one current version."""
    return models.UniqueConstraint(
        fields=["slug"],
        name=f"published_{endpoint.replace('-', '_')}_one_current",
        condition=Q(known__upper_inf=True),
    )


class PublishedSource(Published):
    """Public versions of sources."""

    endpoint = "sources"
    dataset = word("Dataset of which it is a release.")

    class Meta:
        db_table = "published_sources"
        db_table_comment = "Public versions of sources."
        indexes = indexes("sources", words=("dataset",))
        constraints = [once("sources")]


class PublishedTerritory(Published):
    """Public versions of territories."""

    endpoint = "territories"
    in_one_place = True
    territories = texts("Its own slug, by which territory filters find it.")
    countries = texts("Country codes.")
    reach = BoxField(null=True, db_comment="Box in degrees around the point and its uncertainty.")
    longitude = models.FloatField(null=True, db_comment="Public longitude in degrees.")
    latitude = models.FloatField(null=True, db_comment="Public latitude in degrees.")
    uncertainty_m = models.IntegerField(null=True, db_comment="Public uncertainty in metres.")
    border_m = models.FloatField(null=True, db_comment="Metres from the public point to the border line.")

    class Meta:
        db_table = "published_territories"
        db_table_comment = "Public versions of territories."
        indexes = indexes("territories", place=True, map_=True)
        constraints = [once("territories")]


class PublishedContainment(Published):
    """Public versions of containments."""

    endpoint = "containments"
    in_one_place = True
    child = word("Slug of what lies inside.")
    parent = word("Slug of what it lies in.")
    basis = word("In what sense.")
    territories = texts("The slug of the child.")

    class Meta:
        db_table = "published_containments"
        db_table_comment = "Public versions of containments."
        indexes = indexes("containments", place=True, words=("child", "parent"))
        constraints = [once("containments")]


class PublishedCrossing(Published):
    """Public versions of crossings."""

    endpoint = "crossings"
    territories = texts("The slug of its territory.")

    class Meta:
        db_table = "published_crossings"
        db_table_comment = "Public versions of crossings."
        indexes = indexes("crossings", arrays=("territories",))
        constraints = [once("crossings")]


class PublishedCrossingStatus(Published):
    """Public versions of crossing statuses."""

    endpoint = "crossing-statuses"
    in_one_place = True
    crossing = word("Slug of the crossing.")
    status = word("Status of the crossing.")
    mode = word("formal, informal, hybrid or unclear.")
    territories = texts("The slug of the crossing's territory.")
    actors = texts("Slugs of those who man it.")

    class Meta:
        db_table = "published_crossing_statuses"
        db_table_comment = "Public versions of crossing statuses."
        indexes = indexes("crossing-statuses", arrays=("actors",), place=True, words=("crossing",))
        constraints = [once("crossing-statuses")]


class PublishedActor(Published):
    """Public versions of actors."""

    endpoint = "actors"
    in_one_place = True
    territories = texts("The slug of its home.")
    countries = texts("Country codes.")
    parent = word("Slug of the body it is reckoned to.")

    class Meta:
        db_table = "published_actors"
        db_table_comment = "Public versions of actors."
        indexes = indexes("actors", place=True, words=("parent",))
        constraints = [once("actors")]


class PublishedRelationship(Published):
    """Public versions of relationships."""

    endpoint = "relationships"
    in_one_place = True
    subject = word("Slug of the subject.")
    object = word("Slug of the object.")
    mode = word("formal, informal, hybrid or unclear.")
    actors = texts("Slugs of both.")
    territories = texts("Slug of where, if anywhere.")

    class Meta:
        db_table = "published_relationships"
        db_table_comment = "Public versions of relationships."
        indexes = indexes("relationships", arrays=("actors",), place=True)
        constraints = [once("relationships")]


class PublishedAuthority(Published):
    """Public versions of statements of authority."""

    endpoint = "authorities"
    in_one_place = True
    role = word("sovereign, governs, controls, present, contests or influences.")
    mode = word("formal, informal, hybrid or unclear.")
    share = word("sole, shared, contested or none.")
    actors = texts("Slug of the actor.")
    territories = texts("Slug of the territory.")

    class Meta:
        db_table = "published_authorities"
        db_table_comment = "Public versions of statements of authority."
        indexes = indexes("authorities", arrays=("actors",), place=True)
        constraints = [once("authorities")]


class PublishedEvent(Published):
    """Public versions of events."""

    endpoint = "events"
    in_one_place = True
    episode = word("Slug of the episode.")
    contested = models.BooleanField(db_comment="True where a public citation disputes it.")
    actors = texts("Slugs of those who took part.")
    roles = texts("Roles, and actor/role pairs, of those who took part.")
    territories = texts("Slug of the territory.")
    datasets = texts("Datasets of the sources it cites.")
    reach = BoxField(null=True, db_comment="Box in degrees around the point and its uncertainty.")
    longitude = models.FloatField(null=True, db_comment="Public longitude in degrees.")
    latitude = models.FloatField(null=True, db_comment="Public latitude in degrees.")
    uncertainty_m = models.IntegerField(null=True, db_comment="Public uncertainty in metres.")
    border_m = models.FloatField(null=True, db_comment="Metres from the public point to the border line.")

    class Meta:
        db_table = "published_events"
        db_table_comment = "Public versions of events."
        indexes = [
            *indexes("events", arrays=("actors", "roles"), place=True, words=("episode",), map_=True),
            models.Index(
                fields=["sort", "slug"],
                name="pub_events_contested",
                condition=Q(known__upper_inf=True, contested=True),
            ),
            GinIndex(
                fields=["actors"],
                name="pub_events_contested_actors",
                condition=Q(known__upper_inf=True, contested=True),
            ),
            GinIndex(
                Func(F("actors"), F("sort"), function="border_actor_years"),
                name="pub_events_actor_years",
                condition=Q(known__upper_inf=True),
            ),
            models.Index(
                fields=["sort", "slug"],
                name="pub_events_stances",
                condition=Q(known__upper_inf=True) & ~Q(stances=["supports"]),
            ),
        ]
        constraints = [once("events")]


class PublishedMovement(Published):
    """Public versions of movements."""

    endpoint = "movements"
    actors = texts("Slug of the mover.")
    origin = word("Slug of the origin.")
    destination = word("Slug of the destination.")
    via = word("Slug of what it passes through.")
    episode = word("Slug of the episode.")
    territories = texts("Slugs of origin, destination and what it passes through.")

    class Meta:
        db_table = "published_movements"
        db_table_comment = "Public versions of movements."
        indexes = indexes("movements", arrays=("actors", "territories"), words=("episode",))
        constraints = [once("movements")]


class PublishedEpisode(Published):
    """Public versions of episodes."""

    endpoint = "episodes"
    parent = word("Slug of the longer episode.")
    territories = texts("Slug of where.")

    class Meta:
        db_table = "published_episodes"
        db_table_comment = "Public versions of episodes."
        indexes = indexes("episodes", arrays=("territories",))
        constraints = [once("episodes")]


class PublishedFinding(Published):
    """Public versions of findings."""

    endpoint = "findings"
    modality = word("How firmly it is put.")
    parent = word("Slug of the dilemma of which it is a branch.")
    actors = texts("Slugs of the actors it is about.")
    territories = texts("Slugs of the territories it is about.")

    class Meta:
        db_table = "published_findings"
        db_table_comment = "Public versions of findings."
        indexes = indexes("findings", arrays=("actors", "territories"))
        constraints = [once("findings")]
