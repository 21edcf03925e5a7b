"""What the names of datasets mean here."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from border.imports.choices import Found
from border.kernel.vocabulary import one_of

# Names of which nobody knows who or where is meant.
WAITING = (Found.UNSURE, Found.UNKNOWN)


def _who_decided(related_name: str) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name=related_name,
        help_text="Who decided.",
        db_comment="Who decided; empty where nobody had to.",
    )


def _when_decided() -> Any:
    return models.DateTimeField(null=True, blank=True, help_text="When.", db_comment="When somebody decided.")


class ReadingQuerySet(models.QuerySet[Any]):
    """Words about readings."""

    def waiting(self) -> Self:
        """Names of which nobody knows who or where is meant; also those that were decided, where what was meant is gone."""
        return self.filter(found__in=WAITING)


class ActorReading(models.Model):
    """Who is meant by a name or an id of a dataset: found, or decided once and for all its releases."""

    dataset = models.CharField(
        max_length=60, help_text="Which dataset.", db_comment="The dataset: UCDP GED, ACLED."
    )
    key = models.CharField(
        max_length=300,
        help_text="Its id in the dataset, else its name.",
        db_comment="The dataset's id of the actor, else its name, by which it is known again.",
    )
    name = models.CharField(
        max_length=300, help_text="What the dataset calls it.", db_comment="What the dataset calls it."
    )
    keys = ArrayField(
        models.TextField(),
        default=list,
        editable=False,
        db_comment="Search keys of the names under which it is looked up.",
    )
    found = models.CharField(
        max_length=7,
        choices=Found,
        default=Found.UNKNOWN,
        db_default=Found.UNKNOWN,
        help_text="Whether it is known who is meant.",
        db_comment="matched, unsure, unknown or nobody.",
    )
    actors = models.ManyToManyField(
        "actors.Actor",
        through="imports.Meant",
        related_name="readings",
        help_text="Who is meant; of several, the one that existed at the time. Where unsure, who may be.",
    )
    how = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="By what it was found.",
        db_comment="By what it was found: an id, a stored name, a person.",
    )
    decided_by = _who_decided("actor_readings")
    decided_at = _when_decided()
    kept = models.PositiveIntegerField(
        default=0,
        db_default=0,
        editable=False,
        db_comment="How many rows of the dataset that are kept name it, as counted last.",
    )

    objects = ReadingQuerySet.as_manager()

    class Meta:
        db_table_comment = (
            "Names of actors in datasets, and who is meant. A decision holds for all releases. Never public."
        )
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "key"],
                name="actor_reading_once",
                violation_error_message="This name of the dataset has a reading already.",
            ),
            one_of("actor_reading", "found", Found),
        ]

    def __str__(self) -> str:
        return f"{self.dataset}: {self.name}"


class Meant(models.Model):
    """An actor who is meant by a name, or who may be: as it was looked up, or as somebody decided, after merges."""

    reading = models.ForeignKey(
        ActorReading,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="meant",
        help_text="Which name.",
        db_comment="The name.",
    )
    # What was only looked up keeps no draft from being deleted; what somebody decided is kept apart.
    actor = models.ForeignKey(
        "actors.Actor",
        on_delete=models.CASCADE,
        related_name="meant",
        help_text="Who is meant.",
        db_comment="The actor who is meant, or may be.",
    )

    class Meta:
        db_table_comment = "Actors who are meant by names of datasets, or who may be. Never public."
        constraints = [
            models.UniqueConstraint(
                fields=["reading", "actor"],
                name="meant_once",
                violation_error_message="This actor is meant by the name already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reading}: {self.actor}"


class PlaceReading(models.Model):
    """Where a place of a dataset is: the territory itself, and the smallest one that surely holds it."""

    dataset = models.CharField(
        max_length=60, help_text="Which dataset.", db_comment="The dataset: UCDP GED, ACLED."
    )
    digest = models.CharField(
        max_length=32,
        editable=False,
        db_comment="MD5 of the words for the place and of its coordinates to a hundredth of a degree.",
    )
    name = models.CharField(
        max_length=300, help_text="What the dataset calls it.", db_comment="What the dataset calls it."
    )
    divisions = ArrayField(
        models.TextField(),
        default=list,
        help_text="In which divisions, from large to small.",
        db_comment="The divisions in which the dataset puts it, from large to small.",
    )
    country = models.CharField(
        max_length=2,
        blank=True,
        default="",
        db_default="",
        help_text="ISO 3166-1 alpha-2.",
        db_comment="ISO 3166-1 alpha-2 code of its country; empty where unknown.",
    )
    level = models.CharField(
        max_length=7,
        help_text="How large it is.",
        db_comment="place, near, adm2, adm1, area, country or none: how large an area the dataset leaves open.",
    )
    longitude = models.DecimalField(
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="Degrees east.",
        db_comment="Longitude that the dataset gives, decimal degrees east, WGS 84.",
    )
    latitude = models.DecimalField(
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="Degrees north.",
        db_comment="Latitude that the dataset gives, decimal degrees north, WGS 84.",
    )
    keys = ArrayField(models.TextField(), default=list, editable=False, db_comment="Search keys of its name.")
    found = models.CharField(
        max_length=7,
        choices=Found,
        default=Found.UNKNOWN,
        db_default=Found.UNKNOWN,
        help_text="Whether it is known which territory is meant.",
        db_comment="matched, within, unsure, unknown or nobody.",
    )
    territory = models.ForeignKey(
        "territories.Territory",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="readings",
        help_text="The smallest territory in which it surely lies.",
        db_comment="The smallest territory in which it surely lies: itself where matched; empty where none of ours is known to hold it.",
    )
    candidates = ArrayField(
        models.BigIntegerField(),
        default=list,
        help_text="Where unsure, which it may be.",
        db_comment="Ids of the territories that it may be, where that is unsure.",
    )
    how = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="By what it was found.",
        db_comment="By what it was found: a name and a distance, a division, a person.",
    )
    decided_by = _who_decided("place_readings")
    decided_at = _when_decided()
    kept = models.PositiveIntegerField(
        default=0,
        db_default=0,
        editable=False,
        db_comment="How many rows of the dataset that are kept name it, as counted last.",
    )

    objects = ReadingQuerySet.as_manager()

    class Meta:
        db_table_comment = "Places of datasets, and which territory is meant. A decision holds for all releases. Never public."
        indexes = [models.Index(fields=["dataset", "name"], name="place_reading_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "digest"],
                name="place_reading_once",
                violation_error_message="This place of the dataset has a reading already.",
            ),
            one_of("place_reading", "found", Found),
            models.CheckConstraint(
                name="place_reading_matched_somewhere",
                condition=~Q(found__in=[Found.MATCHED, Found.WITHIN]) | Q(territory__isnull=False),
                violation_error_message="A place that is matched is a territory, or lies in one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dataset}: {self.name}"
