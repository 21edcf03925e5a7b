"""The published record: versions of documents, the ledger of what was published when, and its chain.

Nothing here is ever changed but the end of a version's time, and, by an erasure, its text.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField, DateTimeRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q

from border.kernel.vocabulary import Vocabulary, one_of


class Change(Vocabulary):
    """What a line of the ledger says happened to a public record."""

    ADDED = "added", "It became public, or public again.", "", "Added"
    CHANGED = "changed", "A new version took the place of the one before.", "", "Changed"
    WITHDRAWN = "withdrawn", "It is no longer public; the reason is.", "", "Withdrawn"
    MERGED = "merged", "It goes on under another slug.", "", "Merged"
    ERASED = "erased", "The text of its past versions was removed; their digests stay.", "", "Erased"


class JsonText(models.TextField):
    """JSON kept letter by letter (``json``, not ``jsonb``) and read as text."""

    def db_type(self, connection: Any) -> str:
        """PostgreSQL's json."""
        return "json"

    def select_format(self, compiler: Any, sql: str, params: Any) -> tuple[str, Any]:
        """Read as text: it goes to readers as it stands."""
        return f"{sql}::text", params


class BoxField(models.Field):
    """A box of PostgreSQL: two corners in degrees."""

    def db_type(self, connection: Any) -> str:
        """PostgreSQL's box."""
        return "box"


class Block(models.Model):
    """One publishing transaction: the lines of the ledger that it wrote, chained to the block before."""

    id = models.BigIntegerField(
        primary_key=True, db_comment="Number of the block, from 1 without gaps; the data version."
    )
    first = models.BigIntegerField(db_comment="Sequence of its first ledger entry.")
    last = models.BigIntegerField(db_comment="Sequence of its last ledger entry.")
    at = models.DateTimeField(db_comment="When it was published; later than every block before.")
    digest = models.BinaryField(
        max_length=32,
        db_comment="SHA-256 over the digest of the block before and those of its own entries, in order.",
    )

    class Meta:
        db_table = "published_block"
        db_table_comment = "Publishing transactions, chained by digest: the proof that the record was never quietly rewritten."

    def __str__(self) -> str:
        return f"block {self.pk}"


class Entry(models.Model):
    """One line of the ledger: what became of one public record, in the order of publication."""

    sequence = models.BigAutoField(
        primary_key=True, db_comment="The order of publication, which is commit order."
    )
    block = models.BigIntegerField(db_comment="Number of the block that closed over this entry.")
    endpoint = models.CharField(max_length=20, db_comment="Endpoint of the record: events, actors …")
    slug = models.CharField(max_length=100, db_comment="Slug of the record.")
    version = models.PositiveIntegerField(db_comment="Version of the record, from 1.")
    change = models.CharField(
        max_length=9, choices=Change, db_comment="added, changed, withdrawn, merged or erased."
    )
    into = models.CharField(
        max_length=100,
        blank=True,
        db_default="",
        db_comment="For a merged record: the slug under which it goes on.",
    )
    reason = models.CharField(
        max_length=500,
        blank=True,
        db_default="",
        db_comment="Public reason of a withdrawal, merger or erasure.",
    )
    at = models.DateTimeField(db_comment="When it was published; the same for the whole block.")
    digest = models.BinaryField(
        max_length=32,
        db_comment="SHA-256 of endpoint, slug, version, change, into and the document, joined by line feeds.",
    )

    class Meta:
        db_table = "published_entry"
        verbose_name_plural = "entries"
        db_table_comment = "The ledger: every publication, change, withdrawal, merger and erasure, in order."
        indexes = [
            models.Index(fields=["endpoint", "slug", "-sequence"], name="published_entry_record"),
            models.Index(fields=["block"], name="published_entry_block"),
        ]
        constraints = [
            one_of("published_entry", "change", Change),
            models.CheckConstraint(
                name="published_entry_reasoned",
                condition=~Q(change__in=["withdrawn", "merged", "erased"]) | ~Q(reason=""),
                violation_error_message="Say why: readers who knew the record will ask.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.endpoint}/{self.slug} {self.change}"


class Review(models.Model):
    """Who published or withdrew which version, on whose work and why. Not public."""

    endpoint = models.CharField(max_length=20, db_comment="Endpoint of the record.")
    slug = models.CharField(max_length=100, db_comment="Slug of the record.")
    version = models.PositiveIntegerField(db_comment="The version that was published or withdrawn.")
    change = models.CharField(max_length=9, choices=Change, db_comment="What the reviewer did.")
    authors = ArrayField(
        models.IntegerField(),
        default=list,
        db_comment="Who changed the working copy since the version before: user ids.",
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews", db_comment="Who decided."
    )
    reason = models.CharField(max_length=500, db_comment="Why, in the reviewer's words.")
    at = models.DateTimeField(db_comment="When.")
    history = models.BigIntegerField(
        db_comment="How far the history had come: later changes await the next review."
    )

    class Meta:
        db_table_comment = "Who published or withdrew which version, on whose work and why. Not public."
        permissions = [
            ("publish", "Can publish what others wrote"),
            ("withdraw", "Can withdraw public records"),
        ]
        indexes = [models.Index(fields=["endpoint", "slug", "-history"], name="publication_review_record")]
        constraints = [
            one_of("review", "change", Change),
            models.CheckConstraint(
                name="review_not_by_author",
                condition=~Q(
                    authors__contains=Func(
                        models.F("reviewer"),
                        template="ARRAY[%(expressions)s]::integer[]",
                        output_field=ArrayField(models.IntegerField()),
                    )
                ),
                violation_error_message="The reviewer is never the author: ask somebody else to review it.",
            ),
            models.CheckConstraint(
                name="review_reasoned",
                condition=~Q(reason=""),
                violation_error_message="A review needs a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.endpoint}/{self.slug} {self.change} by {self.reviewer}"


class PublishedName(models.Model):
    """A name by which a public record is found, with its search keys."""

    endpoint = models.CharField(max_length=20, db_comment="Endpoint of the record.")
    slug = models.CharField(max_length=100, db_comment="Slug of the record.")
    text = models.CharField(max_length=400, db_comment="The name.")
    kind = models.CharField(
        max_length=20, db_comment="What the name is to the record: name, name_ar, title or a kind of name."
    )
    language = models.CharField(
        max_length=35, blank=True, db_default="", db_comment="Language of the name, BCP 47."
    )
    search_keys = ArrayField(models.TextField(), db_comment="Search keys of the name, see docs/names.md.")
    known = DateTimeRangeField(db_comment="When readers could find the record by it.")

    class Meta:
        db_table = "published_name"
        db_table_comment = "Names by which public records are found, with their search keys."
        indexes = [
            GinIndex(fields=["search_keys"], name="published_name_keys", condition=Q(known__upper_inf=True)),
            models.Index(fields=["endpoint", "slug"], name="published_name_record"),
        ]

    def __str__(self) -> str:
        return self.text


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
    endpoint: str, *, arrays: tuple[str, ...] = (), words: tuple[str, ...] = (), map_: bool = False
) -> list[Any]:
    """The indexes of a published table: by slug, order, day, array members, words; and by place where it has one."""
    current = Q(known__upper_inf=True)
    short = endpoint.replace("-", "_").replace("crossing_statuses", "crossing_status")
    found: list[Any] = [
        models.Index("sort", "slug", name=f"pub_{short}_order", condition=current),
        models.Index("slug", "version", name=f"pub_{short}_versions"),
        GistIndex(fields=["possible"], name=f"pub_{short}_possible", condition=current),
        GinIndex(fields=["words"], name=f"pub_{short}_words", condition=current),
    ]
    found += [
        GinIndex(fields=[name], name=f"pub_{short}_{name}"[:30], condition=current)
        for name in ("refs", "sources", *arrays)
    ]
    found += [
        models.Index(fields=[name, "sort", "slug"], name=f"pub_{short}_{name}"[:30], condition=current)
        for name in ("kind", *words)
    ]
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
        indexes = indexes("territories", arrays=("territories",), map_=True)
        constraints = [once("territories")]


class PublishedContainment(Published):
    """Public versions of containments."""

    endpoint = "containments"
    child = word("Slug of what lies inside.")
    parent = word("Slug of what it lies in.")
    basis = word("In what sense.")
    territories = texts("The slug of the child.")

    class Meta:
        db_table = "published_containments"
        db_table_comment = "Public versions of containments."
        indexes = indexes("containments", arrays=("territories",), words=("child", "parent"))
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
    crossing = word("Slug of the crossing.")
    status = word("Status of the crossing.")
    mode = word("formal, informal, hybrid or unclear.")
    territories = texts("The slug of the crossing's territory.")
    actors = texts("Slugs of those who man it.")

    class Meta:
        db_table = "published_crossing_statuses"
        db_table_comment = "Public versions of crossing statuses."
        indexes = indexes("crossing-statuses", arrays=("territories", "actors"), words=("crossing",))
        constraints = [once("crossing-statuses")]


class PublishedActor(Published):
    """Public versions of actors."""

    endpoint = "actors"
    territories = texts("The slug of its home.")
    countries = texts("Country codes.")
    parent = word("Slug of the body it is reckoned to.")

    class Meta:
        db_table = "published_actors"
        db_table_comment = "Public versions of actors."
        indexes = indexes("actors", arrays=("territories",), words=("parent",))
        constraints = [once("actors")]


class PublishedRelationship(Published):
    """Public versions of relationships."""

    endpoint = "relationships"
    subject = word("Slug of the subject.")
    object = word("Slug of the object.")
    mode = word("formal, informal, hybrid or unclear.")
    actors = texts("Slugs of both.")
    territories = texts("Slug of where, if anywhere.")

    class Meta:
        db_table = "published_relationships"
        db_table_comment = "Public versions of relationships."
        indexes = indexes("relationships", arrays=("actors", "territories"))
        constraints = [once("relationships")]


class PublishedAuthority(Published):
    """Public versions of statements of authority."""

    endpoint = "authorities"
    role = word("sovereign, governs, controls, present, contests or influences.")
    mode = word("formal, informal, hybrid or unclear.")
    share = word("sole, shared, contested or none.")
    actors = texts("Slug of the actor.")
    territories = texts("Slug of the territory.")

    class Meta:
        db_table = "published_authorities"
        db_table_comment = "Public versions of statements of authority."
        indexes = indexes("authorities", arrays=("actors", "territories"))
        constraints = [once("authorities")]


class PublishedEvent(Published):
    """Public versions of events."""

    endpoint = "events"
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
        indexes = indexes("events", arrays=("actors", "roles", "territories"), words=("episode",), map_=True)
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
