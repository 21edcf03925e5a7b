"""A territory: its identity, names, outlines and citations."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from border.kernel import rules
from border.kernel.countries import country_codes, country_field
from border.kernel.dates import Dated, DatedQuerySet, EDTFField
from border.kernel.history import tracked
from border.kernel.naming import Name
from border.kernel.prose import Prose
from border.kernel.records import (
    KeyedQuerySet,
    Named,
    Placed,
    Reviewed,
    Slugged,
    in_order,
    keyed_indexes,
    reviewed_rules,
)
from border.kernel.vocabulary import one_of
from sources.models import Citation, citation_rules
from territories.choices import TerritoryKind


class TerritoryQuerySet(KeyedQuerySet, DatedQuerySet):
    """Words about territories."""


@tracked()
class Territory(Slugged, Reviewed, Dated, Named, Placed):
    """A place that somebody can hold, cross or contest: its identity, not its shape or its rulers."""

    dated_by: ClassVar[str] = "existed"
    codes: ClassVar[tuple[str, ...]] = ("slug", "pcode")
    period = None

    kind = models.CharField(
        max_length=20,
        choices=TerritoryKind,
        help_text="What sort of place it is.",
        db_comment="Kind of place, see the vocabulary of territory kinds.",
    )
    sub_kind = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="A finer word than the kind, such as village or gas field.",
        db_comment="A finer word than the kind, in the curators' words.",
    )
    countries = country_field(
        help_text="ISO 3166-1 codes of the states on whose land it lies: none, one or several.",
        db_comment="ISO 3166-1 alpha-2 codes of the states on whose land it lies: none, one or several.",
    )
    pcode = models.CharField(
        max_length=20,
        blank=True,
        default="",
        db_default="",
        verbose_name="P-code",
        help_text="OCHA place code, such as IQG01Q02.",
        db_comment="OCHA common operational dataset place code (P-code).",
    )
    geonames_id = models.PositiveBigIntegerField(
        null=True,
        blank=True,
        verbose_name="GeoNames id",
        help_text="Number of the place in GeoNames.",
        db_comment="Identifier in GeoNames.",
    )
    wikidata_id = models.CharField(
        max_length=20,
        blank=True,
        default="",
        db_default="",
        verbose_name="Wikidata id",
        help_text="Such as Q858.",
        db_comment="Identifier in Wikidata, beginning with Q.",
    )
    population = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="Inhabitants, with the year in the note.",
        db_comment="Inhabitants by the figure kept; its source and year stand in the citations or the note.",
    )
    existed = EDTFField(
        blank=True,
        default="",
        db_default="",
        help_text="When the place existed as such, as EDTF; empty for always.",
        db_comment="Period in which the territory existed as such, EDTF text; empty for always.",
    )

    objects = TerritoryQuerySet.as_manager()

    class Meta(Slugged.Meta):
        abstract = False
        verbose_name_plural = "territories"
        db_table_comment = "Places that somebody can hold, cross or contest: their identity only."
        indexes = [
            *Dated.Meta.indexes,
            *keyed_indexes("territory"),
            in_order("territory", "name"),
            # Of a code, too, whoever looks for it has typed the beginning.
            models.Index(fields=["pcode"], name="territory_code", opclasses=["varchar_pattern_ops"]),
        ]
        constraints = [
            *reviewed_rules("territory"),
            *Dated.Meta.constraints,
            *rules.placed("territory"),
            one_of("territory", "kind", TerritoryKind),
            rules.present("territory", "name", "A territory needs a name."),
            country_codes("territory"),
            models.CheckConstraint(
                name="territory_wikidata_form",
                condition=Q(wikidata_id="") | Q(wikidata_id__regex=r"^Q[1-9][0-9]*$"),
                violation_error_message="A Wikidata id looks like Q858.",
            ),
            models.CheckConstraint(
                name="territory_pcode_form",
                condition=Q(pcode="") | Q(pcode__regex=r"^[A-Z][A-Z0-9]+$"),
                violation_error_message="A P-code is capital letters and digits, such as IQG01Q02 or C5162.",
            ),
            rules.clean_text(
                "territory",
                lines=("name", "name_ar", "sub_kind", "confidence_reason", "existed", "pcode", "wikidata_id"),
                texts=("note",),
            ),
        ]


@tracked()
class TerritoryName(Name):
    """A further name of a territory, with who uses it and when."""

    record = models.ForeignKey(
        Territory,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="names",
        help_text="Whose name it is.",
        db_comment="The territory that bears the name.",
    )
    source = Name.source_field("territory_names")

    class Meta:
        db_table_comment = "Further names of territories: spellings, scripts, former and dataset names."
        indexes = [*Dated.Meta.indexes, *keyed_indexes("territory_name")]
        constraints = Name.rules("territory_name")


@tracked()
class Outline(Dated):
    """The shape of a territory for one period, according to somebody."""

    territory = models.ForeignKey(
        Territory,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="outlines",
        help_text="Whose shape it is.",
        db_comment="The territory of which this is a shape.",
    )
    number = models.PositiveSmallIntegerField(
        help_text="Counts the outlines of one territory from 1.",
        db_comment="Number of the outline within its territory, from 1.",
    )
    source = models.ForeignKey(
        "sources.Source",
        on_delete=models.PROTECT,
        related_name="outlines",
        null=True,
        blank=True,
        help_text="Who draws it so; where it is no source of ours, the note gives the credit.",
        db_comment="The source that draws it so; empty where the note gives the credit.",
    )
    geometry = models.JSONField(
        help_text="A GeoJSON geometry (RFC 7946): Polygon, MultiPolygon, LineString or MultiLineString.",
        db_comment="The shape as a GeoJSON geometry (RFC 7946), WGS 84, longitude first.",
    )
    area_km2 = models.DecimalField(
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        verbose_name="area (km²)",
        help_text="Leave empty to compute it from the shape.",
        db_comment="Area in square kilometres on the WGS 84 ellipsoid; empty for a line.",
    )
    note = Prose(
        blank=True,
        default="",
        db_default="",
        help_text="How it was drawn, at what tolerance, under which licence.",
        db_comment="How the shape was drawn, at what tolerance, under which licence.",
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        db_table_comment = "Shapes of territories, each for a period and according to a source."
        indexes = [*Dated.Meta.indexes]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["territory", "number"],
                name="outline_number_once",
                violation_error_message="This number is taken by another outline of the territory.",
            ),
            models.CheckConstraint(
                name="outline_number_from_one",
                condition=Q(number__gte=1),
                violation_error_message="Outlines are numbered from 1.",
            ),
            models.CheckConstraint(
                name="outline_area_positive",
                condition=Q(area_km2=None) | Q(area_km2__gt=0, area_km2__lte=510_072_000),
                violation_error_message="An area is more than zero square kilometres and at most that of the Earth.",
            ),
            models.CheckConstraint(
                name="outline_credited",
                condition=Q(source__isnull=False) | ~Q(note=""),
                violation_error_message="Say who draws it so: a source, or the credit in the note.",
            ),
            models.CheckConstraint(
                name="outline_geometry_known",
                condition=Q(geometry__has_keys=["type", "coordinates"])
                & Q(geometry__type__in=["Polygon", "MultiPolygon", "LineString", "MultiLineString"]),
                violation_error_message="An outline is a GeoJSON Polygon, MultiPolygon, LineString or MultiLineString.",
            ),
            rules.clean_text("outline", lines=("period",), texts=("note",)),
        ]

    def __str__(self) -> str:
        return f"{self.territory.slug}#{self.number}"


@tracked()
class TerritoryCitation(Citation):
    """A passage that bears on a territory."""

    record = models.ForeignKey(
        Territory,
        on_delete=models.CASCADE,
        db_index=False,
        related_name="citations",
        help_text="What the passage speaks about.",
        db_comment="The territory cited.",
    )

    class Meta:
        db_table_comment = "Passages of sources that bear on territories."
        constraints = citation_rules("territory")
