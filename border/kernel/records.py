"""What records of every noun share: a slug, a review status, names, a place, notes. No tables of their own."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models, transaction
from django.db.models import Case, Q, Value, When

from border.kernel import finding, rules
from border.kernel.finding import Words, search_keys
from border.kernel.prose import Prose
from border.kernel.vocabulary import Vocabulary, one_of


class Status(Vocabulary):
    """Where a working copy stands on its way to readers."""

    DRAFT = "draft", "Being written; nobody but curators sees it.", "", "Draft"
    IN_REVIEW = "in_review", "Its author asks somebody else to review it.", "", "In review"
    PUBLISHED = "published", "A reviewer who is not its author has published it.", "", "Published"
    WITHDRAWN = "withdrawn", "It was public once and was taken back, with a reason.", "", "Withdrawn"


class Confidence(Vocabulary):
    """How far the statement as a whole can be relied on, in the curator's judgement."""

    LOW = "low", "Rests on one weak source, on inference or on memory.", "ICD 203: low confidence", "Low"
    MODERATE = (
        "moderate",
        "Credible and plausible, not corroborated enough.",
        "ICD 203: moderate confidence",
        "Moderate",
    )
    HIGH = "high", "Good sources agree, or one source is decisive.", "ICD 203: high confidence", "High"


class Slugged(models.Model):
    """A record that the world may cite: its slug is its one public key and never changes hands."""

    slug = models.CharField(
        max_length=100,
        unique=True,
        help_text="The public key: lower-case Latin letters, digits and hyphens. It never changes once saved.",
        db_comment="Public key of the record, in URLs and CSV. Never reused; a renamed record redirects.",
    )

    class Meta:
        abstract = True
        triggers = [rules.slug_is_forever()]

    def __str__(self) -> str:
        return self.slug

    def natural_key(self) -> tuple[str]:
        """The slug, which CSV and fixtures use instead of an id."""
        return (self.slug,)


class Reviewed(models.Model):
    """A working copy that curators edit and that a reviewer, never its author, publishes."""

    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        db_default=Status.DRAFT.value,
        editable=False,
        help_text="Where the record stands on its way to readers.",
        db_comment="Review status of the working copy. Readers see the published record, never this row.",
    )
    confidence = models.CharField(
        max_length=8,
        choices=Confidence,
        default=Confidence.MODERATE,
        db_default=Confidence.MODERATE.value,
        help_text="How far the statement as a whole can be relied on.",
        db_comment="Confidence in the statement as a whole: low, moderate or high.",
    )
    confidence_reason = models.CharField(
        max_length=500,
        blank=True,
        default="",
        db_default="",
        help_text="Why this confidence, in a sentence.",
        db_comment="The curator's reason for the confidence, in a sentence.",
    )
    note = Prose(
        blank=True,
        default="",
        db_default="",
        help_text="What a reader should know and no other field holds. It is published with the record.",
        db_comment="What a reader should know and no other column holds. Published with the record.",
    )

    class Meta:
        abstract = True


class KeyedQuerySet(models.QuerySet[Any]):
    """Words that find rows by a name in any script; bulk writes that keep the search keys true to the text, as save() does."""

    def named(self, query: str) -> Self:
        """Rows that ``query`` names in any script and spelling, the last of its words perhaps unfinished; unranked."""
        keys = self._naming(query)
        return self.filter(pk__in=keys[0].union(*keys[1:])) if keys else self.none()

    def answering(self, query: str, *more: Any) -> Self:
        """Rows that ``query`` names or is written in, as `named` and `written` say, and those of ``more`` keys.

        All in one list of keys: of either of two conditions PostgreSQL would read the whole table.
        """
        every = self.model._default_manager.all()
        keys = [*every._naming(query), *every._writing(query), every.filter(pk__in=more).values("pk")]
        return self.filter(pk__in=keys[0].union(*keys[1:]))

    def nearest(self, query: str, most: int) -> list[Any]:
        """The keys of at most ``most`` rows that ``query`` may mean, those that it names most strictly first."""
        found: dict[Any, None] = {}
        for conditions in (finding.strict(query), finding.loose(query)):
            ways = [
                rows.annotate(way=Value(way)).values_list("way", key)[:most]
                for way, condition in enumerate(conditions)
                for rows, key in self._bearing(condition)
            ]
            if ways and len(found) < most:
                found |= dict.fromkeys(key for _, key in sorted(ways[0].union(*ways[1:], all=True)))
        return [*found][:most]

    def written(self, query: str) -> Self:
        """Rows with a code that begins as ``query`` does, of that very address, or whose prose has all its words.

        The last word may be unfinished.
        """
        keys = self.model._default_manager.all()._writing(query)
        return self.filter(pk__in=keys[0].union(*keys[1:])) if keys else self.none()

    def _naming(self, query: str) -> list[Any]:
        """The keys of the rows that meet each of the conditions of `named`."""
        return [
            rows.values(key) for condition in finding.surely(query) for rows, key in self._bearing(condition)
        ]

    def _writing(self, query: str) -> list[Any]:
        """The keys of the rows that meet each of the conditions of `written`."""
        term, plain = query.strip(), self.order_by()
        if not term:
            return []
        found = [plain.filter(**{f"{code}__startswith": cased}) for code, cased in self._codes(term)]
        if "/" in term:
            found += [plain.filter(**{f"{name}__iexact": term}) for name in self.model.addresses]
        if self.model.prose and (words := finding.prose_query(term)):
            found.append(plain.alias(said=finding.prose(*self.model.prose)).filter(said=words))
        return [rows.values("pk") for rows in found]

    def _codes(self, term: str) -> list[tuple[str, str]]:
        return [(code, term.lower() if code == "slug" else term.upper()) for code in self.model.codes]

    def _bearing(self, condition: Q) -> Iterator[tuple[Any, str]]:
        """The rows whose own name meets ``condition``, then the further names that do, each with its column of the key."""
        plain = self.order_by()
        yield plain.filter(condition), "pk"
        if hasattr(self.model, "names"):
            names = self.model._meta.get_field("names").related_model._default_manager.filter(condition)
            yield names.filter(record__in=plain.values("pk")) if plain.query.where else names, "record"

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """As Django's, with the search keys derived from the text; an upsert of the text updates them too."""
        rows = list(objs)
        for row in rows:
            row.derive()
        if kwargs.get("update_fields"):
            kwargs["update_fields"] = self.model.with_derived(kwargs["update_fields"])
        return super().bulk_create(rows, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        """As Django's; when a text is among ``fields``, the search keys are derived and written too."""
        rows, fields = list(objs), list(fields)
        if not {*fields}.isdisjoint(self.model.keyed_by):
            for row in rows:
                row.derive()
        return super().bulk_update(rows, self.model.with_derived(fields), *args, **kwargs)

    def update(self, **values: Any) -> int:
        """As Django's; a new text brings its search keys. Raises TypeError for a text computed by the database."""
        texts = {name: values[name] for name in self.model.keyed_by if name in values}
        # Django's bulk_update comes by here too, with the derived columns among its values.
        if not texts or values.keys() >= {*self.model.derived}:
            return super().update(**values)
        computed = [name for name, text in texts.items() if not isinstance(text, str)]
        if computed:
            raise TypeError(
                f"{self.model.__name__}.{computed[0]} is keyed by Python: update it with a string."
            )
        if len(texts) == len(self.model.keyed_by):  # then every row gets the same keys
            row = self.model(**texts)
            row.derive()
            return super().update(**values, **{name: getattr(row, name) for name in self.model.derived})
        with transaction.atomic(using=self.db):
            rows = list(self.select_for_update(of=("self",)))
            return sum(
                self._update_keyed(rows[start : start + 1000], values, texts)
                for start in range(0, len(rows), 1000)
            )

    def _update_keyed(self, rows: Sequence[Any], values: dict[str, Any], texts: dict[str, str]) -> int:
        """One statement for ``rows``, which differ in the texts that stay: each gets its own keys."""
        for row in rows:
            for name, text in texts.items():
                setattr(row, name, text)
            row.derive()
        derived = {
            name: Case(
                *(When(pk=row.pk, then=Value(getattr(row, name))) for row in rows),
                output_field=self.model._meta.get_field(name),
            )
            for name in self.model.derived
        }
        chosen = self.model._default_manager.using(self.db).filter(pk__in=[row.pk for row in rows])
        return chosen.update(**values, **derived)

    update.alters_data = True  # type: ignore[attr-defined]


class Keyed(models.Model):
    """A row found by its text in any script, through search keys derived from it when it is written."""

    keyed_by: ClassVar[tuple[str, ...]]
    derived: ClassVar[tuple[str, ...]] = ("search_keys",)
    # Beside its names a row is found by the beginning of its codes, and by the words of its prose.
    codes: ClassVar[tuple[str, ...]] = ("slug",)
    prose: ClassVar[tuple[str, ...]] = ()
    # And by these as a whole, where it has any.
    addresses: ClassVar[tuple[str, ...]] = ()

    search_keys = ArrayField(
        models.TextField(),
        default=list,
        db_default=models.Value("{}", output_field=models.TextField()),
        editable=False,
        db_comment="Search keys derived from the text: folded forms, consonant skeletons, near variants.",
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Django's, with the search keys derived from the text."""
        self.derive()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = self.with_derived(kwargs["update_fields"])
        super().save(*args, **kwargs)

    @classmethod
    def with_derived(cls, fields: Iterable[str]) -> list[str]:
        """``fields``, and the columns that follow from the texts where one of these is among them."""
        named = list(fields)
        if {*named}.isdisjoint(cls.keyed_by):
            return named
        return [*named, *(name for name in cls.derived if name not in named)]

    def keyed_texts(self) -> tuple[str, ...]:
        """The texts by which this row is to be found."""
        return tuple(getattr(self, name) for name in self.keyed_by)

    def derive(self) -> None:
        """Set the columns that follow from others; save() and the bulk paths both call it."""
        self.search_keys = sorted({key for text in self.keyed_texts() if text for key in search_keys(text)})


class Named(Keyed):
    """A noun with a preferred name in English and in Arabic; all its other names are rows of their own."""

    keyed_by: ClassVar[tuple[str, ...]] = ("name", "name_ar")

    name = models.CharField(
        max_length=200,
        help_text="The name in English by which lists and references show this record.",
        db_comment="Preferred name in English (or Latin script), shown in lists and references.",
    )
    name_ar = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        verbose_name="name in Arabic",
        help_text="The preferred name in Arabic script.",
        db_comment="Preferred name in Arabic script; empty where none is known.",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class NameKind(Vocabulary):
    """What a further name is to its bearer."""

    OFFICIAL = (
        "official",
        "Used by the authority that governs it or by its own law.",
        "COD-AB: official name",
        "Official",
    )
    SELF = "self_designation", "What the bearer calls itself.", "UNGEGN: endonym", "Self-designation"
    EXONYM = "exonym", "What others call the bearer.", "UNGEGN: exonym", "Exonym"
    TRANSLITERATION = "transliteration", "The same name in another script.", "", "Transliteration"
    TRANSLATION = "translation", "The same name in another language.", "", "Translation"
    ABBREVIATION = "abbreviation", "An acronym or initials.", "", "Abbreviation"
    SHORT = "short", "A shortened form in common use.", "", "Short form"
    FORMER = "former", "No longer in use.", "GeoNames: historic", "Former"
    NOM_DE_GUERRE = "nom_de_guerre", "A fighting name.", "OFAC: a.k.a.", "Nom de guerre"
    DATASET = "dataset", "The spelling of a dataset, named in used by.", "", "Dataset"
    VARIANT = "variant", "Another spelling seen in print.", "GeoNames: alternate name", "Variant"


class Script(Vocabulary):
    """Writing systems, by their ISO 15924 codes in lower case."""

    LATN = "latn", "Latin.", "ISO 15924 Latn", "Latin"
    ARAB = "arab", "Arabic, Persian and Kurdish letters.", "ISO 15924 Arab", "Arabic"
    CYRL = "cyrl", "Cyrillic.", "ISO 15924 Cyrl", "Cyrillic"
    HEBR = "hebr", "Hebrew.", "ISO 15924 Hebr", "Hebrew"
    OTHER = "zyyy", "Any other, or none in particular.", "ISO 15924 Zyyy", "Other"


class Placed(models.Model):
    """A record with a point on the map, never without the distance by which it may be wrong."""

    longitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="Degrees east, WGS 84, for example 40.918600.",
        db_comment="Longitude of the point in decimal degrees east, WGS 84.",
    )
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="Degrees north, WGS 84, for example 34.452200.",
        db_comment="Latitude of the point in decimal degrees north, WGS 84.",
    )
    uncertainty_m = models.PositiveIntegerField(
        null=True,
        blank=True,
        verbose_name="uncertainty (metres)",
        help_text="The true place lies within this many metres of the point.",
        db_comment="Radius in metres around the point within which the true place lies.",
    )
    people_at_risk = models.BooleanField(
        default=False,
        db_default=False,
        help_text="An exact place could endanger people: the published point is made coarse (0.1 degree).",
        db_comment="True where an exact place could endanger people: the published point is snapped to 0.1 degree.",
    )

    class Meta:
        abstract = True

    @property
    def point(self) -> tuple[Decimal, Decimal] | None:
        """Longitude and latitude, or None where the record has no point."""
        if self.longitude is None or self.latitude is None:
            return None
        return self.longitude, self.latitude


def keyed_indexes(noun: str) -> list[GinIndex]:
    """The indexes by which rows of ``noun`` are found by name: by their keys, and by words that are begun."""
    return [
        GinIndex(fields=["search_keys"], name=f"{noun}_search_keys"),
        GinIndex(Words("search_keys"), name=f"{noun}_words"),
    ]


def prose_index(noun: str, *fields: str) -> GinIndex:
    """The index by which rows of ``noun`` are found by the words of their ``fields``."""
    return GinIndex(finding.prose(*fields), name=f"{noun}_prose")


def in_order(noun: str, field: str) -> models.Index:
    """The index by which a list of ``noun`` opens in the order of ``field``, with its key where two are alike."""
    return models.Index(fields=[field, "id"], name=f"{noun}_in_order")


def reviewed_rules(noun: str) -> list[models.CheckConstraint]:
    """The rules of every reviewed record: a known status and a known confidence."""
    return [one_of(noun, "status", Status), one_of(noun, "confidence", Confidence), rules.slug_form(noun)]
