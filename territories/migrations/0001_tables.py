import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.lookups
from django.db import migrations, models

import border.kernel.countries
import border.kernel.dates
import border.kernel.history
from border.kernel.migrating import together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("pghistory", "0007_auto_20250421_0444"),
        ("sources", "0001_tables"),
    ]

    operations = together(
        migrations.CreateModel(
            name="Territory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "possible",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this may hold: the widest reading of the date, half-open. Undated: unbounded.",
                        editable=False,
                        help_text="Every day on which this may hold: the widest reading of the date.",
                    ),
                ),
                (
                    "certain",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this surely holds: the narrowest reading of the date, half-open; empty when no day is certain.",
                        editable=False,
                        help_text="Every day on which this surely holds: the narrowest reading of the date.",
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        db_comment="Public key of the record, in URLs and CSV. Never reused; a renamed record redirects.",
                        help_text="The public key: lower-case Latin letters, digits and hyphens. It never changes once saved.",
                        max_length=100,
                        unique=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_comment="Review status of the working copy. Readers see the published record, never this row.",
                        db_default="draft",
                        default="draft",
                        editable=False,
                        help_text="Where the record stands on its way to readers.",
                        max_length=10,
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("low", "Low"), ("moderate", "Moderate"), ("high", "High")],
                        db_comment="Confidence in the statement as a whole: low, moderate or high.",
                        db_default="moderate",
                        default="moderate",
                        help_text="How far the statement as a whole can be relied on.",
                        max_length=8,
                    ),
                ),
                (
                    "confidence_reason",
                    models.CharField(
                        blank=True,
                        db_comment="The curator's reason for the confidence, in a sentence.",
                        default="",
                        db_default="",
                        help_text="Why this confidence, in a sentence.",
                        max_length=500,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="What a reader should know and no other column holds. Published with the record.",
                        default="",
                        db_default="",
                        help_text="What a reader should know and no other field holds. It is published with the record.",
                    ),
                ),
                (
                    "search_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_comment="Search keys derived from the text: folded forms, consonant skeletons, near variants.",
                        db_default=models.Value("{}", output_field=models.TextField()),
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        db_comment="Preferred name in English (or Latin script), shown in lists and references.",
                        help_text="The name in English by which lists and references show this record.",
                        max_length=200,
                    ),
                ),
                (
                    "name_ar",
                    models.CharField(
                        blank=True,
                        db_comment="Preferred name in Arabic script; empty where none is known.",
                        default="",
                        db_default="",
                        help_text="The preferred name in Arabic script.",
                        max_length=200,
                        verbose_name="name in Arabic",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        db_comment="Longitude of the point in decimal degrees east, WGS 84.",
                        decimal_places=6,
                        help_text="Degrees east, WGS 84, for example 40.918600.",
                        max_digits=9,
                        null=True,
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        db_comment="Latitude of the point in decimal degrees north, WGS 84.",
                        decimal_places=6,
                        help_text="Degrees north, WGS 84, for example 34.452200.",
                        max_digits=8,
                        null=True,
                    ),
                ),
                (
                    "uncertainty_m",
                    models.PositiveIntegerField(
                        blank=True,
                        db_comment="Radius in metres around the point within which the true place lies.",
                        help_text="The true place lies within this many metres of the point.",
                        null=True,
                        verbose_name="uncertainty (metres)",
                    ),
                ),
                (
                    "people_at_risk",
                    models.BooleanField(
                        db_comment="True where an exact place could endanger people: the published point is snapped to 0.1 degree.",
                        db_default=False,
                        default=False,
                        help_text="An exact place could endanger people: the published point is made coarse (0.1 degree).",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("region", "Region"),
                            ("country", "Country"),
                            ("governorate", "Governorate"),
                            ("district", "District"),
                            ("subdistrict", "Subdistrict"),
                            ("town", "Town"),
                            ("neighbourhood", "Neighbourhood"),
                            ("crossing", "Crossing"),
                            ("base", "Base"),
                            ("field", "Field"),
                            ("river", "River"),
                            ("border", "Border"),
                            ("border_area", "Border area"),
                            ("declared_province", "Declared province"),
                        ],
                        db_comment="Kind of place, see the vocabulary of territory kinds.",
                        help_text="What sort of place it is.",
                        max_length=20,
                    ),
                ),
                (
                    "sub_kind",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the kind, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the kind, such as village or gas field.",
                        max_length=60,
                    ),
                ),
                (
                    "countries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2),
                        blank=True,
                        db_comment="ISO 3166-1 alpha-2 codes of the states on whose land it lies: none, one or several.",
                        db_default=models.Value("{}", output_field=models.TextField()),
                        default=list,
                        help_text="ISO 3166-1 codes of the states on whose land it lies: none, one or several.",
                        size=None,
                    ),
                ),
                (
                    "pcode",
                    models.CharField(
                        blank=True,
                        db_comment="OCHA common operational dataset place code (P-code).",
                        default="",
                        db_default="",
                        help_text="OCHA place code, such as IQG01Q02.",
                        max_length=20,
                        verbose_name="P-code",
                    ),
                ),
                (
                    "geonames_id",
                    models.PositiveBigIntegerField(
                        blank=True,
                        db_comment="Identifier in GeoNames.",
                        help_text="Number of the place in GeoNames.",
                        null=True,
                        verbose_name="GeoNames id",
                    ),
                ),
                (
                    "wikidata_id",
                    models.CharField(
                        blank=True,
                        db_comment="Identifier in Wikidata, beginning with Q.",
                        default="",
                        db_default="",
                        help_text="Such as Q858.",
                        max_length=20,
                        verbose_name="Wikidata id",
                    ),
                ),
                (
                    "population",
                    models.PositiveIntegerField(
                        blank=True,
                        db_comment="Inhabitants by the figure kept; its source and year stand in the citations or the note.",
                        help_text="Inhabitants, with the year in the note.",
                        null=True,
                    ),
                ),
                (
                    "existed",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="Period in which the territory existed as such, EDTF text; empty for always.",
                        db_default="",
                        default="",
                        help_text="When the place existed as such, as EDTF; empty for always.",
                        max_length=64,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "territories",
                "db_table_comment": "Places that somebody can hold, cross or contest: their identity only.",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["possible"], name="territory_possible"),
                    django.contrib.postgres.indexes.GistIndex(fields=["certain"], name="territory_certain"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_keys"], name="territory_search_keys"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                        name="territory_status_known",
                        violation_error_message="Unknown status. Write one of: draft, in_review, published, withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["high", "low", "moderate"])),
                        name="territory_confidence_known",
                        violation_error_message="Unknown confidence. Write one of: high, low, moderate.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="territory_slug_form",
                        violation_error_message="A slug is lower-case letters a–z and digits, in words joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certain__contained_by", models.F("possible"))),
                        name="territories_territory_certain_within_possible",
                        violation_error_message="The days that are certain must lie within those that are possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("possible__isempty", False)),
                        name="territories_territory_possible_on_some_day",
                        violation_error_message="A date must leave at least one day possible; an unknown date is empty text.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude", None), ("longitude", None), ("uncertainty_m", None)),
                            models.Q(
                                ("latitude__isnull", False),
                                ("longitude__isnull", False),
                                ("uncertainty_m__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="territory_point_whole",
                        violation_error_message="A point needs longitude, latitude and uncertainty in metres together; or leave all three empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("longitude", None),
                            models.Q(("longitude__gte", -180), ("longitude__lte", 180)),
                            _connector="OR",
                        ),
                        name="territory_longitude_in_range",
                        violation_error_message="Longitude lies between -180 and 180 degrees.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("latitude", None),
                            models.Q(("latitude__gte", -90), ("latitude__lte", 90)),
                            _connector="OR",
                        ),
                        name="territory_latitude_in_range",
                        violation_error_message="Latitude lies between -90 and 90 degrees.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("uncertainty_m", None),
                            models.Q(("uncertainty_m__gt", 0), ("uncertainty_m__lte", 1000000)),
                            _connector="OR",
                        ),
                        name="territory_uncertainty_positive",
                        violation_error_message="Uncertainty is between 1 and 1,000,000 metres.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "base",
                                    "border",
                                    "border_area",
                                    "country",
                                    "crossing",
                                    "declared_province",
                                    "district",
                                    "field",
                                    "governorate",
                                    "neighbourhood",
                                    "region",
                                    "river",
                                    "subdistrict",
                                    "town",
                                ],
                            )
                        ),
                        name="territory_kind_known",
                        violation_error_message="Unknown kind. Write one of: base, border, border_area, country, crossing, declared_province, district, field, governorate, neighbourhood, region, river, subdistrict, town.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="territory_name_present",
                        violation_error_message="A territory needs a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("countries__len", 0),
                            django.db.models.lookups.Regex(
                                border.kernel.countries.JoinedCodes(models.F("countries")),
                                "^[A-Z]{2}(,[A-Z]{2})*$",
                            ),
                            _connector="OR",
                        ),
                        name="territory_country_codes",
                        violation_error_message="Countries are two-letter ISO 3166-1 codes in capitals, such as SY and IQ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wikidata_id", ""), ("wikidata_id__regex", "^Q[1-9][0-9]*$"), _connector="OR"
                        ),
                        name="territory_wikidata_form",
                        violation_error_message="A Wikidata id looks like Q858.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pcode", ""), ("pcode__regex", "^[A-Z][A-Z0-9]+$"), _connector="OR"
                        ),
                        name="territory_pcode_form",
                        violation_error_message="A P-code is capital letters and digits, such as IQG01Q02 or C5162.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "name__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("name__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "name_ar__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("name_ar__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "sub_kind__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("sub_kind__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "confidence_reason__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("confidence_reason__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "existed__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("existed__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "pcode__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("pcode__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "wikidata_id__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("wikidata_id__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("note__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="territory_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Containment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "period",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="When this holds, in EDTF (ISO 8601-2) as the curator wrote it. Empty: no date is known.",
                        default="",
                        help_text="In EDTF: 2014, 2014-06, 2014-06-22, 2014-06/2014-08, 2003/.. (still so), 2003/ (end unknown), 196X (the 1960s), 2014-22 (summer), 2014~ (about). Leave empty if no date is known.",
                        max_length=64,
                    ),
                ),
                (
                    "possible",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this may hold: the widest reading of the date, half-open. Undated: unbounded.",
                        editable=False,
                        help_text="Every day on which this may hold: the widest reading of the date.",
                    ),
                ),
                (
                    "certain",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this surely holds: the narrowest reading of the date, half-open; empty when no day is certain.",
                        editable=False,
                        help_text="Every day on which this surely holds: the narrowest reading of the date.",
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        db_comment="Public key of the record, in URLs and CSV. Never reused; a renamed record redirects.",
                        help_text="The public key: lower-case Latin letters, digits and hyphens. It never changes once saved.",
                        max_length=100,
                        unique=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_comment="Review status of the working copy. Readers see the published record, never this row.",
                        db_default="draft",
                        default="draft",
                        editable=False,
                        help_text="Where the record stands on its way to readers.",
                        max_length=10,
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("low", "Low"), ("moderate", "Moderate"), ("high", "High")],
                        db_comment="Confidence in the statement as a whole: low, moderate or high.",
                        db_default="moderate",
                        default="moderate",
                        help_text="How far the statement as a whole can be relied on.",
                        max_length=8,
                    ),
                ),
                (
                    "confidence_reason",
                    models.CharField(
                        blank=True,
                        db_comment="The curator's reason for the confidence, in a sentence.",
                        default="",
                        db_default="",
                        help_text="Why this confidence, in a sentence.",
                        max_length=500,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="What a reader should know and no other column holds. Published with the record.",
                        default="",
                        db_default="",
                        help_text="What a reader should know and no other field holds. It is published with the record.",
                    ),
                ),
                (
                    "date_verbatim",
                    models.CharField(
                        blank=True,
                        db_comment="The words in which the source gives the date or period.",
                        db_default="",
                        default="",
                        help_text="The words in which the source gives the date.",
                        max_length=200,
                    ),
                ),
                (
                    "date_note",
                    models.TextField(
                        blank=True,
                        db_comment="How the source's words were read as EDTF, and why.",
                        db_default="",
                        default="",
                        help_text="How those words were read as EDTF, and why.",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("de_jure", "De jure"),
                            ("declared", "Declared"),
                            ("de_facto", "De facto"),
                            ("geographic", "Geographic"),
                            ("analytic", "Analytic"),
                        ],
                        db_comment="In what sense: de jure, declared, de facto, geographic or analytic.",
                        help_text="In what sense.",
                        max_length=10,
                    ),
                ),
                (
                    "according_to",
                    models.CharField(
                        blank=True,
                        db_comment="By whose law or declaration: an actor's slug, or words.",
                        default="",
                        db_default="",
                        help_text="By whose law or declaration: the slug of that actor, or words.",
                        max_length=100,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        db_comment="The territory that lies inside.",
                        help_text="What lies inside.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="containments",
                        to="territories.territory",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        db_comment="The territory that it lies in.",
                        help_text="What it lies in.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contents",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Statements that one territory lay in another, in some sense, for a time.",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                        name="containment_status_known",
                        violation_error_message="Unknown status. Write one of: draft, in_review, published, withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["high", "low", "moderate"])),
                        name="containment_confidence_known",
                        violation_error_message="Unknown confidence. Write one of: high, low, moderate.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="containment_slug_form",
                        violation_error_message="A slug is lower-case letters a–z and digits, in words joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certain__contained_by", models.F("possible"))),
                        name="territories_containment_certain_within_possible",
                        violation_error_message="The days that are certain must lie within those that are possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("possible__isempty", False)),
                        name="territories_containment_possible_on_some_day",
                        violation_error_message="A date must leave at least one day possible; an unknown date is empty text.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("basis__in", ["analytic", "de_facto", "de_jure", "declared", "geographic"])
                        ),
                        name="containment_basis_known",
                        violation_error_message="Unknown basis. Write one of: analytic, de_facto, de_jure, declared, geographic.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("child", models.F("parent")), _negated=True),
                        name="containment_not_in_itself",
                        violation_error_message="A territory does not lie in itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "according_to__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("according_to__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "confidence_reason__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("confidence_reason__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "period__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("period__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "date_verbatim__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("date_verbatim__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("note__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "date_note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("date_note__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="containment_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["possible"], name="containment_possible"
                    ),
                    django.contrib.postgres.indexes.GistIndex(fields=["certain"], name="containment_certain"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Crossing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        db_comment="Public key of the record, in URLs and CSV. Never reused; a renamed record redirects.",
                        help_text="The public key: lower-case Latin letters, digits and hyphens. It never changes once saved.",
                        max_length=100,
                        unique=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_comment="Review status of the working copy. Readers see the published record, never this row.",
                        db_default="draft",
                        default="draft",
                        editable=False,
                        help_text="Where the record stands on its way to readers.",
                        max_length=10,
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("low", "Low"), ("moderate", "Moderate"), ("high", "High")],
                        db_comment="Confidence in the statement as a whole: low, moderate or high.",
                        db_default="moderate",
                        default="moderate",
                        help_text="How far the statement as a whole can be relied on.",
                        max_length=8,
                    ),
                ),
                (
                    "confidence_reason",
                    models.CharField(
                        blank=True,
                        db_comment="The curator's reason for the confidence, in a sentence.",
                        default="",
                        db_default="",
                        help_text="Why this confidence, in a sentence.",
                        max_length=500,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="What a reader should know and no other column holds. Published with the record.",
                        default="",
                        db_default="",
                        help_text="What a reader should know and no other field holds. It is published with the record.",
                    ),
                ),
                (
                    "name_a",
                    models.CharField(
                        blank=True,
                        db_comment="What side A calls the crossing.",
                        default="",
                        db_default="",
                        help_text="What that side calls the crossing.",
                        max_length=200,
                        verbose_name="name on side A",
                    ),
                ),
                (
                    "name_b",
                    models.CharField(
                        blank=True,
                        db_comment="What side B calls the crossing.",
                        default="",
                        db_default="",
                        help_text="What the other side calls it.",
                        max_length=200,
                        verbose_name="name on side B",
                    ),
                ),
                (
                    "side_a",
                    models.ForeignKey(
                        db_comment="The country or area on one side.",
                        help_text="The country or area on one side.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="crossings_as_side_a",
                        to="territories.territory",
                    ),
                ),
                (
                    "side_b",
                    models.ForeignKey(
                        db_comment="The country or area on the other side.",
                        help_text="The country or area on the other side.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="crossings_as_side_b",
                        to="territories.territory",
                    ),
                ),
                (
                    "territory",
                    models.OneToOneField(
                        db_comment="The territory, of kind crossing, that this describes.",
                        help_text="The territory of kind crossing.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="crossing",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Places where a border is crossed: their two sides and two names.",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                        name="crossing_status_known",
                        violation_error_message="Unknown status. Write one of: draft, in_review, published, withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["high", "low", "moderate"])),
                        name="crossing_confidence_known",
                        violation_error_message="Unknown confidence. Write one of: high, low, moderate.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="crossing_slug_form",
                        violation_error_message="A slug is lower-case letters a–z and digits, in words joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("side_a", models.F("side_b")), _negated=True),
                        name="crossing_has_two_sides",
                        violation_error_message="A crossing has two different sides.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "name_a__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("name_a__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "name_b__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("name_b__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "confidence_reason__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("confidence_reason__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("note__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="crossing_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContainmentCitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        db_comment="Number of the citation within its record, from 1, like a footnote.",
                        help_text="Counts the citations of one record from 1.",
                    ),
                ),
                (
                    "attribute",
                    models.CharField(
                        blank=True,
                        db_comment="Which field of the record the passage speaks about; empty for the record as a whole.",
                        default="",
                        db_default="",
                        help_text="Which field of the record the passage speaks about; empty for the record as a whole.",
                        max_length=60,
                    ),
                ),
                (
                    "asserted_value",
                    models.CharField(
                        blank=True,
                        db_comment="What this source gives for the attribute, which may differ from what the record keeps.",
                        default="",
                        db_default="",
                        help_text="What the source gives for it.",
                        max_length=300,
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "Supports"),
                            ("disputes", "Disputes"),
                            ("mentions", "Mentions"),
                        ],
                        db_comment="supports, disputes or mentions the value that the record keeps.",
                        db_default="supports",
                        default="supports",
                        help_text="Does it support or dispute the value that the record keeps?",
                        max_length=8,
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        db_comment="Where in the source: page, paragraph, bullet, timestamp.",
                        default="",
                        db_default="",
                        help_text="Page, paragraph, bullet or time.",
                        max_length=200,
                    ),
                ),
                (
                    "quote",
                    models.CharField(
                        blank=True,
                        db_comment="The words of the source, at most 300 characters.",
                        default="",
                        db_default="",
                        help_text="At most 300 characters, word for word.",
                        max_length=300,
                    ),
                ),
                (
                    "reliability",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A – Completely reliable"),
                            ("B", "B – Usually reliable"),
                            ("C", "C – Fairly reliable"),
                            ("D", "D – Not usually reliable"),
                            ("E", "E – Unreliable"),
                            ("F", "F – Cannot be judged"),
                        ],
                        db_comment="Admiralty reliability of the source for this passage; empty means the source's usual grade.",
                        default="",
                        db_default="",
                        help_text="Only where it differs from the source's usual grade.",
                        max_length=1,
                    ),
                ),
                (
                    "credibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1 – Confirmed"),
                            ("2", "2 – Probably true"),
                            ("3", "3 – Possibly true"),
                            ("4", "4 – Doubtful"),
                            ("5", "5 – Improbable"),
                            ("6", "6 – Cannot be judged"),
                        ],
                        db_comment="Admiralty credibility of this passage, 1 to 6. 6 cannot be judged; empty is not graded.",
                        default="",
                        db_default="",
                        help_text="How believable this passage is (1–6). 6: cannot be judged. Empty: not graded yet.",
                        max_length=1,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="The curator's note on this citation. Published with it.",
                        default="",
                        db_default="",
                        help_text="What a reader should know about this citation.",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The containment cited.",
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="territories.containment",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_comment="The source that says so.",
                        help_text="Who says so.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Passages of sources that bear on containments.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "number"),
                        name="containment_citation_number_once",
                        violation_error_message="This number is taken by another citation of the record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="containment_citation_number_from_one",
                        violation_error_message="Citations are numbered from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["disputes", "mentions", "supports"])),
                        name="containment_citation_stance_known",
                        violation_error_message="Unknown stance. Write one of: disputes, mentions, supports.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reliability__in", ["", "A", "B", "C", "D", "E", "F"])),
                        name="containment_citation_reliability_known",
                        violation_error_message="Unknown reliability. Write one of: A, B, C, D, E, F.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credibility__in", ["", "1", "2", "3", "4", "5", "6"])),
                        name="containment_citation_credibility_known",
                        violation_error_message="Unknown credibility. Write one of: 1, 2, 3, 4, 5, 6.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asserted_value", ""),
                            models.Q(("attribute", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="containment_citation_value_has_attribute",
                        violation_error_message="An asserted value needs the attribute that it is a value of.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "attribute__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("attribute__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "asserted_value__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("asserted_value__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "locator__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("locator__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "quote__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("quote__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("note__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="containment_citation_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContainmentCitationHistoryevent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=border.kernel.history.NextHistory(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("by_role", models.TextField(db_default=border.kernel.history.SessionUser(), editable=False)),
                ("id", models.BigIntegerField()),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        db_comment="Number of the citation within its record, from 1, like a footnote.",
                        help_text="Counts the citations of one record from 1.",
                    ),
                ),
                (
                    "attribute",
                    models.CharField(
                        blank=True,
                        db_comment="Which field of the record the passage speaks about; empty for the record as a whole.",
                        default="",
                        db_default="",
                        help_text="Which field of the record the passage speaks about; empty for the record as a whole.",
                        max_length=60,
                    ),
                ),
                (
                    "asserted_value",
                    models.CharField(
                        blank=True,
                        db_comment="What this source gives for the attribute, which may differ from what the record keeps.",
                        default="",
                        db_default="",
                        help_text="What the source gives for it.",
                        max_length=300,
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "Supports"),
                            ("disputes", "Disputes"),
                            ("mentions", "Mentions"),
                        ],
                        db_comment="supports, disputes or mentions the value that the record keeps.",
                        db_default="supports",
                        default="supports",
                        help_text="Does it support or dispute the value that the record keeps?",
                        max_length=8,
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        db_comment="Where in the source: page, paragraph, bullet, timestamp.",
                        default="",
                        db_default="",
                        help_text="Page, paragraph, bullet or time.",
                        max_length=200,
                    ),
                ),
                (
                    "quote",
                    models.CharField(
                        blank=True,
                        db_comment="The words of the source, at most 300 characters.",
                        default="",
                        db_default="",
                        help_text="At most 300 characters, word for word.",
                        max_length=300,
                    ),
                ),
                (
                    "reliability",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A – Completely reliable"),
                            ("B", "B – Usually reliable"),
                            ("C", "C – Fairly reliable"),
                            ("D", "D – Not usually reliable"),
                            ("E", "E – Unreliable"),
                            ("F", "F – Cannot be judged"),
                        ],
                        db_comment="Admiralty reliability of the source for this passage; empty means the source's usual grade.",
                        default="",
                        db_default="",
                        help_text="Only where it differs from the source's usual grade.",
                        max_length=1,
                    ),
                ),
                (
                    "credibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1 – Confirmed"),
                            ("2", "2 – Probably true"),
                            ("3", "3 – Possibly true"),
                            ("4", "4 – Doubtful"),
                            ("5", "5 – Improbable"),
                            ("6", "6 – Cannot be judged"),
                        ],
                        db_comment="Admiralty credibility of this passage, 1 to 6. 6 cannot be judged; empty is not graded.",
                        default="",
                        db_default="",
                        help_text="How believable this passage is (1–6). 6: cannot be judged. Empty: not graded yet.",
                        max_length=1,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="The curator's note on this citation. Published with it.",
                        default="",
                        db_default="",
                        help_text="What a reader should know about this citation.",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history_events",
                        to="territories.containmentcitation",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The containment cited.",
                        db_constraint=False,
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territories.containment",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_comment="The source that says so.",
                        db_constraint=False,
                        help_text="Who says so.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CrossingStatus",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "period",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="When this holds, in EDTF (ISO 8601-2) as the curator wrote it. Empty: no date is known.",
                        default="",
                        help_text="In EDTF: 2014, 2014-06, 2014-06-22, 2014-06/2014-08, 2003/.. (still so), 2003/ (end unknown), 196X (the 1960s), 2014-22 (summer), 2014~ (about). Leave empty if no date is known.",
                        max_length=64,
                    ),
                ),
                (
                    "possible",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this may hold: the widest reading of the date, half-open. Undated: unbounded.",
                        editable=False,
                        help_text="Every day on which this may hold: the widest reading of the date.",
                    ),
                ),
                (
                    "certain",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this surely holds: the narrowest reading of the date, half-open; empty when no day is certain.",
                        editable=False,
                        help_text="Every day on which this surely holds: the narrowest reading of the date.",
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        db_comment="Public key of the record, in URLs and CSV. Never reused; a renamed record redirects.",
                        help_text="The public key: lower-case Latin letters, digits and hyphens. It never changes once saved.",
                        max_length=100,
                        unique=True,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_comment="Review status of the working copy. Readers see the published record, never this row.",
                        db_default="draft",
                        default="draft",
                        editable=False,
                        help_text="Where the record stands on its way to readers.",
                        max_length=10,
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("low", "Low"), ("moderate", "Moderate"), ("high", "High")],
                        db_comment="Confidence in the statement as a whole: low, moderate or high.",
                        db_default="moderate",
                        default="moderate",
                        help_text="How far the statement as a whole can be relied on.",
                        max_length=8,
                    ),
                ),
                (
                    "confidence_reason",
                    models.CharField(
                        blank=True,
                        db_comment="The curator's reason for the confidence, in a sentence.",
                        default="",
                        db_default="",
                        help_text="Why this confidence, in a sentence.",
                        max_length=500,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="What a reader should know and no other column holds. Published with the record.",
                        default="",
                        db_default="",
                        help_text="What a reader should know and no other field holds. It is published with the record.",
                    ),
                ),
                (
                    "date_verbatim",
                    models.CharField(
                        blank=True,
                        db_comment="The words in which the source gives the date or period.",
                        db_default="",
                        default="",
                        help_text="The words in which the source gives the date.",
                        max_length=200,
                    ),
                ),
                (
                    "date_note",
                    models.TextField(
                        blank=True,
                        db_comment="How the source's words were read as EDTF, and why.",
                        db_default="",
                        default="",
                        help_text="How those words were read as EDTF, and why.",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("closed", "Closed"),
                            ("closed_one_side", "Closed on one side"),
                            ("restricted", "Restricted"),
                            ("seized", "Seized"),
                            ("informal", "Informal"),
                            ("abolished", "Abolished"),
                            ("planned", "Planned"),
                        ],
                        db_comment="Whether and for whom the crossing was passable, see the vocabulary of crossing states.",
                        help_text="Whether and for whom it was passable.",
                        max_length=16,
                        verbose_name="status of the crossing",
                    ),
                ),
                (
                    "sub_state",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the state, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the status.",
                        max_length=60,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("formal", "Formal"),
                            ("informal", "Informal"),
                            ("hybrid", "Hybrid"),
                            ("unclear", "Unclear"),
                        ],
                        db_comment="formal, informal, hybrid or unclear.",
                        default="unclear",
                        help_text="By law, in fact, or both.",
                        max_length=8,
                    ),
                ),
                (
                    "traffic",
                    models.CharField(
                        blank=True,
                        db_comment="Who or what passed, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="Who or what passed.",
                        max_length=200,
                    ),
                ),
                (
                    "crossing",
                    models.ForeignKey(
                        db_comment="The crossing.",
                        help_text="Which crossing.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statuses",
                        to="territories.crossing",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "crossing statuses",
                "db_table_comment": "Statements that a crossing was open, closed or otherwise for a time.",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                        name="crossing_status_status_known",
                        violation_error_message="Unknown status. Write one of: draft, in_review, published, withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["high", "low", "moderate"])),
                        name="crossing_status_confidence_known",
                        violation_error_message="Unknown confidence. Write one of: high, low, moderate.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="crossing_status_slug_form",
                        violation_error_message="A slug is lower-case letters a–z and digits, in words joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certain__contained_by", models.F("possible"))),
                        name="territories_crossingstatus_certain_within_possible",
                        violation_error_message="The days that are certain must lie within those that are possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("possible__isempty", False)),
                        name="territories_crossingstatus_possible_on_some_day",
                        violation_error_message="A date must leave at least one day possible; an unknown date is empty text.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "abolished",
                                    "closed",
                                    "closed_one_side",
                                    "informal",
                                    "open",
                                    "planned",
                                    "restricted",
                                    "seized",
                                ],
                            )
                        ),
                        name="crossing_status_state_known",
                        violation_error_message="Unknown state. Write one of: abolished, closed, closed_one_side, informal, open, planned, restricted, seized.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["formal", "hybrid", "informal", "unclear"])),
                        name="crossing_status_mode_known",
                        violation_error_message="Unknown mode. Write one of: formal, hybrid, informal, unclear.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "sub_state__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("sub_state__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "traffic__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("traffic__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "confidence_reason__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("confidence_reason__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "period__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("period__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "date_verbatim__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("date_verbatim__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("note__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "date_note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("date_note__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="crossing_status_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["possible"], name="crossingstatus_possible"
                    ),
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["certain"], name="crossingstatus_certain"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CrossingStatusCitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        db_comment="Number of the citation within its record, from 1, like a footnote.",
                        help_text="Counts the citations of one record from 1.",
                    ),
                ),
                (
                    "attribute",
                    models.CharField(
                        blank=True,
                        db_comment="Which field of the record the passage speaks about; empty for the record as a whole.",
                        default="",
                        db_default="",
                        help_text="Which field of the record the passage speaks about; empty for the record as a whole.",
                        max_length=60,
                    ),
                ),
                (
                    "asserted_value",
                    models.CharField(
                        blank=True,
                        db_comment="What this source gives for the attribute, which may differ from what the record keeps.",
                        default="",
                        db_default="",
                        help_text="What the source gives for it.",
                        max_length=300,
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "Supports"),
                            ("disputes", "Disputes"),
                            ("mentions", "Mentions"),
                        ],
                        db_comment="supports, disputes or mentions the value that the record keeps.",
                        db_default="supports",
                        default="supports",
                        help_text="Does it support or dispute the value that the record keeps?",
                        max_length=8,
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        db_comment="Where in the source: page, paragraph, bullet, timestamp.",
                        default="",
                        db_default="",
                        help_text="Page, paragraph, bullet or time.",
                        max_length=200,
                    ),
                ),
                (
                    "quote",
                    models.CharField(
                        blank=True,
                        db_comment="The words of the source, at most 300 characters.",
                        default="",
                        db_default="",
                        help_text="At most 300 characters, word for word.",
                        max_length=300,
                    ),
                ),
                (
                    "reliability",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A – Completely reliable"),
                            ("B", "B – Usually reliable"),
                            ("C", "C – Fairly reliable"),
                            ("D", "D – Not usually reliable"),
                            ("E", "E – Unreliable"),
                            ("F", "F – Cannot be judged"),
                        ],
                        db_comment="Admiralty reliability of the source for this passage; empty means the source's usual grade.",
                        default="",
                        db_default="",
                        help_text="Only where it differs from the source's usual grade.",
                        max_length=1,
                    ),
                ),
                (
                    "credibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1 – Confirmed"),
                            ("2", "2 – Probably true"),
                            ("3", "3 – Possibly true"),
                            ("4", "4 – Doubtful"),
                            ("5", "5 – Improbable"),
                            ("6", "6 – Cannot be judged"),
                        ],
                        db_comment="Admiralty credibility of this passage, 1 to 6. 6 cannot be judged; empty is not graded.",
                        default="",
                        db_default="",
                        help_text="How believable this passage is (1–6). 6: cannot be judged. Empty: not graded yet.",
                        max_length=1,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="The curator's note on this citation. Published with it.",
                        default="",
                        db_default="",
                        help_text="What a reader should know about this citation.",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The crossing status cited.",
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="territories.crossingstatus",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_comment="The source that says so.",
                        help_text="Who says so.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Passages of sources that bear on the status of crossings.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "number"),
                        name="crossing_status_citation_number_once",
                        violation_error_message="This number is taken by another citation of the record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="crossing_status_citation_number_from_one",
                        violation_error_message="Citations are numbered from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["disputes", "mentions", "supports"])),
                        name="crossing_status_citation_stance_known",
                        violation_error_message="Unknown stance. Write one of: disputes, mentions, supports.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reliability__in", ["", "A", "B", "C", "D", "E", "F"])),
                        name="crossing_status_citation_reliability_known",
                        violation_error_message="Unknown reliability. Write one of: A, B, C, D, E, F.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credibility__in", ["", "1", "2", "3", "4", "5", "6"])),
                        name="crossing_status_citation_credibility_known",
                        violation_error_message="Unknown credibility. Write one of: 1, 2, 3, 4, 5, 6.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asserted_value", ""),
                            models.Q(("attribute", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="crossing_status_citation_value_has_attribute",
                        violation_error_message="An asserted value needs the attribute that it is a value of.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "attribute__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("attribute__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "asserted_value__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("asserted_value__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "locator__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("locator__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "quote__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("quote__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("note__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="crossing_status_citation_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CrossingStatusCitationHistoryevent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=border.kernel.history.NextHistory(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("by_role", models.TextField(db_default=border.kernel.history.SessionUser(), editable=False)),
                ("id", models.BigIntegerField()),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        db_comment="Number of the citation within its record, from 1, like a footnote.",
                        help_text="Counts the citations of one record from 1.",
                    ),
                ),
                (
                    "attribute",
                    models.CharField(
                        blank=True,
                        db_comment="Which field of the record the passage speaks about; empty for the record as a whole.",
                        default="",
                        db_default="",
                        help_text="Which field of the record the passage speaks about; empty for the record as a whole.",
                        max_length=60,
                    ),
                ),
                (
                    "asserted_value",
                    models.CharField(
                        blank=True,
                        db_comment="What this source gives for the attribute, which may differ from what the record keeps.",
                        default="",
                        db_default="",
                        help_text="What the source gives for it.",
                        max_length=300,
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "Supports"),
                            ("disputes", "Disputes"),
                            ("mentions", "Mentions"),
                        ],
                        db_comment="supports, disputes or mentions the value that the record keeps.",
                        db_default="supports",
                        default="supports",
                        help_text="Does it support or dispute the value that the record keeps?",
                        max_length=8,
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        db_comment="Where in the source: page, paragraph, bullet, timestamp.",
                        default="",
                        db_default="",
                        help_text="Page, paragraph, bullet or time.",
                        max_length=200,
                    ),
                ),
                (
                    "quote",
                    models.CharField(
                        blank=True,
                        db_comment="The words of the source, at most 300 characters.",
                        default="",
                        db_default="",
                        help_text="At most 300 characters, word for word.",
                        max_length=300,
                    ),
                ),
                (
                    "reliability",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A – Completely reliable"),
                            ("B", "B – Usually reliable"),
                            ("C", "C – Fairly reliable"),
                            ("D", "D – Not usually reliable"),
                            ("E", "E – Unreliable"),
                            ("F", "F – Cannot be judged"),
                        ],
                        db_comment="Admiralty reliability of the source for this passage; empty means the source's usual grade.",
                        default="",
                        db_default="",
                        help_text="Only where it differs from the source's usual grade.",
                        max_length=1,
                    ),
                ),
                (
                    "credibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1 – Confirmed"),
                            ("2", "2 – Probably true"),
                            ("3", "3 – Possibly true"),
                            ("4", "4 – Doubtful"),
                            ("5", "5 – Improbable"),
                            ("6", "6 – Cannot be judged"),
                        ],
                        db_comment="Admiralty credibility of this passage, 1 to 6. 6 cannot be judged; empty is not graded.",
                        default="",
                        db_default="",
                        help_text="How believable this passage is (1–6). 6: cannot be judged. Empty: not graded yet.",
                        max_length=1,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="The curator's note on this citation. Published with it.",
                        default="",
                        db_default="",
                        help_text="What a reader should know about this citation.",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history_events",
                        to="territories.crossingstatuscitation",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The crossing status cited.",
                        db_constraint=False,
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territories.crossingstatus",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_comment="The source that says so.",
                        db_constraint=False,
                        help_text="Who says so.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CrossingStatusHistoryevent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=border.kernel.history.NextHistory(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("by_role", models.TextField(db_default=border.kernel.history.SessionUser(), editable=False)),
                ("id", models.BigIntegerField()),
                (
                    "period",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="When this holds, in EDTF (ISO 8601-2) as the curator wrote it. Empty: no date is known.",
                        default="",
                        help_text="In EDTF: 2014, 2014-06, 2014-06-22, 2014-06/2014-08, 2003/.. (still so), 2003/ (end unknown), 196X (the 1960s), 2014-22 (summer), 2014~ (about). Leave empty if no date is known.",
                        max_length=64,
                    ),
                ),
                (
                    "possible",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this may hold: the widest reading of the date, half-open. Undated: unbounded.",
                        editable=False,
                        help_text="Every day on which this may hold: the widest reading of the date.",
                    ),
                ),
                (
                    "certain",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this surely holds: the narrowest reading of the date, half-open; empty when no day is certain.",
                        editable=False,
                        help_text="Every day on which this surely holds: the narrowest reading of the date.",
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        db_comment="Public key of the record, in URLs and CSV. Never reused; a renamed record redirects.",
                        help_text="The public key: lower-case Latin letters, digits and hyphens. It never changes once saved.",
                        max_length=100,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_comment="Review status of the working copy. Readers see the published record, never this row.",
                        db_default="draft",
                        default="draft",
                        editable=False,
                        help_text="Where the record stands on its way to readers.",
                        max_length=10,
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("low", "Low"), ("moderate", "Moderate"), ("high", "High")],
                        db_comment="Confidence in the statement as a whole: low, moderate or high.",
                        db_default="moderate",
                        default="moderate",
                        help_text="How far the statement as a whole can be relied on.",
                        max_length=8,
                    ),
                ),
                (
                    "confidence_reason",
                    models.CharField(
                        blank=True,
                        db_comment="The curator's reason for the confidence, in a sentence.",
                        default="",
                        db_default="",
                        help_text="Why this confidence, in a sentence.",
                        max_length=500,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="What a reader should know and no other column holds. Published with the record.",
                        default="",
                        db_default="",
                        help_text="What a reader should know and no other field holds. It is published with the record.",
                    ),
                ),
                (
                    "date_verbatim",
                    models.CharField(
                        blank=True,
                        db_comment="The words in which the source gives the date or period.",
                        db_default="",
                        default="",
                        help_text="The words in which the source gives the date.",
                        max_length=200,
                    ),
                ),
                (
                    "date_note",
                    models.TextField(
                        blank=True,
                        db_comment="How the source's words were read as EDTF, and why.",
                        db_default="",
                        default="",
                        help_text="How those words were read as EDTF, and why.",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("closed", "Closed"),
                            ("closed_one_side", "Closed on one side"),
                            ("restricted", "Restricted"),
                            ("seized", "Seized"),
                            ("informal", "Informal"),
                            ("abolished", "Abolished"),
                            ("planned", "Planned"),
                        ],
                        db_comment="Whether and for whom the crossing was passable, see the vocabulary of crossing states.",
                        help_text="Whether and for whom it was passable.",
                        max_length=16,
                        verbose_name="status of the crossing",
                    ),
                ),
                (
                    "sub_state",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the state, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the status.",
                        max_length=60,
                    ),
                ),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("formal", "Formal"),
                            ("informal", "Informal"),
                            ("hybrid", "Hybrid"),
                            ("unclear", "Unclear"),
                        ],
                        db_comment="formal, informal, hybrid or unclear.",
                        default="unclear",
                        help_text="By law, in fact, or both.",
                        max_length=8,
                    ),
                ),
                (
                    "traffic",
                    models.CharField(
                        blank=True,
                        db_comment="Who or what passed, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="Who or what passed.",
                        max_length=200,
                    ),
                ),
                (
                    "crossing",
                    models.ForeignKey(
                        db_comment="The crossing.",
                        db_constraint=False,
                        help_text="Which crossing.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territories.crossing",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history_events",
                        to="territories.crossingstatus",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Outline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "period",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="When this holds, in EDTF (ISO 8601-2) as the curator wrote it. Empty: no date is known.",
                        default="",
                        help_text="In EDTF: 2014, 2014-06, 2014-06-22, 2014-06/2014-08, 2003/.. (still so), 2003/ (end unknown), 196X (the 1960s), 2014-22 (summer), 2014~ (about). Leave empty if no date is known.",
                        max_length=64,
                    ),
                ),
                (
                    "possible",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this may hold: the widest reading of the date, half-open. Undated: unbounded.",
                        editable=False,
                        help_text="Every day on which this may hold: the widest reading of the date.",
                    ),
                ),
                (
                    "certain",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this surely holds: the narrowest reading of the date, half-open; empty when no day is certain.",
                        editable=False,
                        help_text="Every day on which this surely holds: the narrowest reading of the date.",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        db_comment="Number of the outline within its territory, from 1.",
                        help_text="Counts the outlines of one territory from 1.",
                    ),
                ),
                (
                    "geometry",
                    models.JSONField(
                        db_comment="The shape as a GeoJSON geometry (RFC 7946), WGS 84, longitude first.",
                        help_text="A GeoJSON geometry (RFC 7946): Polygon, MultiPolygon, LineString or MultiLineString.",
                    ),
                ),
                (
                    "area_km2",
                    models.DecimalField(
                        blank=True,
                        db_comment="Area in square kilometres on the WGS 84 ellipsoid; empty for a line.",
                        decimal_places=2,
                        help_text="Leave empty to compute it from the shape.",
                        max_digits=12,
                        null=True,
                        verbose_name="area (km²)",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="How the shape was drawn, at what tolerance, under which licence.",
                        default="",
                        db_default="",
                        help_text="How it was drawn, at what tolerance, under which licence.",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The source that draws it so; empty where the note gives the credit.",
                        help_text="Who draws it so; where it is no source of ours, the note gives the credit.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outlines",
                        to="sources.source",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_comment="The territory of which this is a shape.",
                        help_text="Whose shape it is.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outlines",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Shapes of territories, each for a period and according to a source.",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("certain__contained_by", models.F("possible"))),
                        name="territories_outline_certain_within_possible",
                        violation_error_message="The days that are certain must lie within those that are possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("possible__isempty", False)),
                        name="territories_outline_possible_on_some_day",
                        violation_error_message="A date must leave at least one day possible; an unknown date is empty text.",
                    ),
                    models.UniqueConstraint(
                        fields=("territory", "number"),
                        name="outline_number_once",
                        violation_error_message="This number is taken by another outline of the territory.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="outline_number_from_one",
                        violation_error_message="Outlines are numbered from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("area_km2", None),
                            models.Q(("area_km2__gt", 0), ("area_km2__lte", 510072000)),
                            _connector="OR",
                        ),
                        name="outline_area_positive",
                        violation_error_message="An area is more than zero square kilometres and at most that of the Earth.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source__isnull", False), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="outline_credited",
                        violation_error_message="Say who draws it so: a source, or the credit in the note.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("geometry__has_keys", ["type", "coordinates"]),
                            (
                                "geometry__type__in",
                                ["Polygon", "MultiPolygon", "LineString", "MultiLineString"],
                            ),
                        ),
                        name="outline_geometry_known",
                        violation_error_message="An outline is a GeoJSON Polygon, MultiPolygon, LineString or MultiLineString.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "period__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("period__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("note__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="outline_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["possible"], name="outline_possible"),
                    django.contrib.postgres.indexes.GistIndex(fields=["certain"], name="outline_certain"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutlineHistoryevent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=border.kernel.history.NextHistory(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("by_role", models.TextField(db_default=border.kernel.history.SessionUser(), editable=False)),
                ("id", models.BigIntegerField()),
                (
                    "period",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="When this holds, in EDTF (ISO 8601-2) as the curator wrote it. Empty: no date is known.",
                        default="",
                        help_text="In EDTF: 2014, 2014-06, 2014-06-22, 2014-06/2014-08, 2003/.. (still so), 2003/ (end unknown), 196X (the 1960s), 2014-22 (summer), 2014~ (about). Leave empty if no date is known.",
                        max_length=64,
                    ),
                ),
                (
                    "possible",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this may hold: the widest reading of the date, half-open. Undated: unbounded.",
                        editable=False,
                        help_text="Every day on which this may hold: the widest reading of the date.",
                    ),
                ),
                (
                    "certain",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this surely holds: the narrowest reading of the date, half-open; empty when no day is certain.",
                        editable=False,
                        help_text="Every day on which this surely holds: the narrowest reading of the date.",
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        db_comment="Number of the outline within its territory, from 1.",
                        help_text="Counts the outlines of one territory from 1.",
                    ),
                ),
                (
                    "geometry",
                    models.JSONField(
                        db_comment="The shape as a GeoJSON geometry (RFC 7946), WGS 84, longitude first.",
                        help_text="A GeoJSON geometry (RFC 7946): Polygon, MultiPolygon, LineString or MultiLineString.",
                    ),
                ),
                (
                    "area_km2",
                    models.DecimalField(
                        blank=True,
                        db_comment="Area in square kilometres on the WGS 84 ellipsoid; empty for a line.",
                        decimal_places=2,
                        help_text="Leave empty to compute it from the shape.",
                        max_digits=12,
                        null=True,
                        verbose_name="area (km²)",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="How the shape was drawn, at what tolerance, under which licence.",
                        default="",
                        db_default="",
                        help_text="How it was drawn, at what tolerance, under which licence.",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history_events",
                        to="territories.outline",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The source that draws it so; empty where the note gives the credit.",
                        db_constraint=False,
                        help_text="Who draws it so; where it is no source of ours, the note gives the credit.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sources.source",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_comment="The territory of which this is a shape.",
                        db_constraint=False,
                        help_text="Whose shape it is.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CrossingHistoryevent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=border.kernel.history.NextHistory(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("by_role", models.TextField(db_default=border.kernel.history.SessionUser(), editable=False)),
                ("id", models.BigIntegerField()),
                (
                    "slug",
                    models.CharField(
                        db_comment="Public key of the record, in URLs and CSV. Never reused; a renamed record redirects.",
                        help_text="The public key: lower-case Latin letters, digits and hyphens. It never changes once saved.",
                        max_length=100,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_comment="Review status of the working copy. Readers see the published record, never this row.",
                        db_default="draft",
                        default="draft",
                        editable=False,
                        help_text="Where the record stands on its way to readers.",
                        max_length=10,
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("low", "Low"), ("moderate", "Moderate"), ("high", "High")],
                        db_comment="Confidence in the statement as a whole: low, moderate or high.",
                        db_default="moderate",
                        default="moderate",
                        help_text="How far the statement as a whole can be relied on.",
                        max_length=8,
                    ),
                ),
                (
                    "confidence_reason",
                    models.CharField(
                        blank=True,
                        db_comment="The curator's reason for the confidence, in a sentence.",
                        default="",
                        db_default="",
                        help_text="Why this confidence, in a sentence.",
                        max_length=500,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="What a reader should know and no other column holds. Published with the record.",
                        default="",
                        db_default="",
                        help_text="What a reader should know and no other field holds. It is published with the record.",
                    ),
                ),
                (
                    "name_a",
                    models.CharField(
                        blank=True,
                        db_comment="What side A calls the crossing.",
                        default="",
                        db_default="",
                        help_text="What that side calls the crossing.",
                        max_length=200,
                        verbose_name="name on side A",
                    ),
                ),
                (
                    "name_b",
                    models.CharField(
                        blank=True,
                        db_comment="What side B calls the crossing.",
                        default="",
                        db_default="",
                        help_text="What the other side calls it.",
                        max_length=200,
                        verbose_name="name on side B",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history_events",
                        to="territories.crossing",
                    ),
                ),
                (
                    "side_a",
                    models.ForeignKey(
                        db_comment="The country or area on one side.",
                        db_constraint=False,
                        help_text="The country or area on one side.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territories.territory",
                    ),
                ),
                (
                    "side_b",
                    models.ForeignKey(
                        db_comment="The country or area on the other side.",
                        db_constraint=False,
                        help_text="The country or area on the other side.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territories.territory",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_comment="The territory, of kind crossing, that this describes.",
                        db_constraint=False,
                        help_text="The territory of kind crossing.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ContainmentHistoryevent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=border.kernel.history.NextHistory(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("by_role", models.TextField(db_default=border.kernel.history.SessionUser(), editable=False)),
                ("id", models.BigIntegerField()),
                (
                    "period",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="When this holds, in EDTF (ISO 8601-2) as the curator wrote it. Empty: no date is known.",
                        default="",
                        help_text="In EDTF: 2014, 2014-06, 2014-06-22, 2014-06/2014-08, 2003/.. (still so), 2003/ (end unknown), 196X (the 1960s), 2014-22 (summer), 2014~ (about). Leave empty if no date is known.",
                        max_length=64,
                    ),
                ),
                (
                    "possible",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this may hold: the widest reading of the date, half-open. Undated: unbounded.",
                        editable=False,
                        help_text="Every day on which this may hold: the widest reading of the date.",
                    ),
                ),
                (
                    "certain",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this surely holds: the narrowest reading of the date, half-open; empty when no day is certain.",
                        editable=False,
                        help_text="Every day on which this surely holds: the narrowest reading of the date.",
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        db_comment="Public key of the record, in URLs and CSV. Never reused; a renamed record redirects.",
                        help_text="The public key: lower-case Latin letters, digits and hyphens. It never changes once saved.",
                        max_length=100,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_comment="Review status of the working copy. Readers see the published record, never this row.",
                        db_default="draft",
                        default="draft",
                        editable=False,
                        help_text="Where the record stands on its way to readers.",
                        max_length=10,
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("low", "Low"), ("moderate", "Moderate"), ("high", "High")],
                        db_comment="Confidence in the statement as a whole: low, moderate or high.",
                        db_default="moderate",
                        default="moderate",
                        help_text="How far the statement as a whole can be relied on.",
                        max_length=8,
                    ),
                ),
                (
                    "confidence_reason",
                    models.CharField(
                        blank=True,
                        db_comment="The curator's reason for the confidence, in a sentence.",
                        default="",
                        db_default="",
                        help_text="Why this confidence, in a sentence.",
                        max_length=500,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="What a reader should know and no other column holds. Published with the record.",
                        default="",
                        db_default="",
                        help_text="What a reader should know and no other field holds. It is published with the record.",
                    ),
                ),
                (
                    "date_verbatim",
                    models.CharField(
                        blank=True,
                        db_comment="The words in which the source gives the date or period.",
                        db_default="",
                        default="",
                        help_text="The words in which the source gives the date.",
                        max_length=200,
                    ),
                ),
                (
                    "date_note",
                    models.TextField(
                        blank=True,
                        db_comment="How the source's words were read as EDTF, and why.",
                        db_default="",
                        default="",
                        help_text="How those words were read as EDTF, and why.",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("de_jure", "De jure"),
                            ("declared", "Declared"),
                            ("de_facto", "De facto"),
                            ("geographic", "Geographic"),
                            ("analytic", "Analytic"),
                        ],
                        db_comment="In what sense: de jure, declared, de facto, geographic or analytic.",
                        help_text="In what sense.",
                        max_length=10,
                    ),
                ),
                (
                    "according_to",
                    models.CharField(
                        blank=True,
                        db_comment="By whose law or declaration: an actor's slug, or words.",
                        default="",
                        db_default="",
                        help_text="By whose law or declaration: the slug of that actor, or words.",
                        max_length=100,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history_events",
                        to="territories.containment",
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        db_comment="The territory that lies inside.",
                        db_constraint=False,
                        help_text="What lies inside.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territories.territory",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        db_comment="The territory that it lies in.",
                        db_constraint=False,
                        help_text="What it lies in.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TerritoryCitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        db_comment="Number of the citation within its record, from 1, like a footnote.",
                        help_text="Counts the citations of one record from 1.",
                    ),
                ),
                (
                    "attribute",
                    models.CharField(
                        blank=True,
                        db_comment="Which field of the record the passage speaks about; empty for the record as a whole.",
                        default="",
                        db_default="",
                        help_text="Which field of the record the passage speaks about; empty for the record as a whole.",
                        max_length=60,
                    ),
                ),
                (
                    "asserted_value",
                    models.CharField(
                        blank=True,
                        db_comment="What this source gives for the attribute, which may differ from what the record keeps.",
                        default="",
                        db_default="",
                        help_text="What the source gives for it.",
                        max_length=300,
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "Supports"),
                            ("disputes", "Disputes"),
                            ("mentions", "Mentions"),
                        ],
                        db_comment="supports, disputes or mentions the value that the record keeps.",
                        db_default="supports",
                        default="supports",
                        help_text="Does it support or dispute the value that the record keeps?",
                        max_length=8,
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        db_comment="Where in the source: page, paragraph, bullet, timestamp.",
                        default="",
                        db_default="",
                        help_text="Page, paragraph, bullet or time.",
                        max_length=200,
                    ),
                ),
                (
                    "quote",
                    models.CharField(
                        blank=True,
                        db_comment="The words of the source, at most 300 characters.",
                        default="",
                        db_default="",
                        help_text="At most 300 characters, word for word.",
                        max_length=300,
                    ),
                ),
                (
                    "reliability",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A – Completely reliable"),
                            ("B", "B – Usually reliable"),
                            ("C", "C – Fairly reliable"),
                            ("D", "D – Not usually reliable"),
                            ("E", "E – Unreliable"),
                            ("F", "F – Cannot be judged"),
                        ],
                        db_comment="Admiralty reliability of the source for this passage; empty means the source's usual grade.",
                        default="",
                        db_default="",
                        help_text="Only where it differs from the source's usual grade.",
                        max_length=1,
                    ),
                ),
                (
                    "credibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1 – Confirmed"),
                            ("2", "2 – Probably true"),
                            ("3", "3 – Possibly true"),
                            ("4", "4 – Doubtful"),
                            ("5", "5 – Improbable"),
                            ("6", "6 – Cannot be judged"),
                        ],
                        db_comment="Admiralty credibility of this passage, 1 to 6. 6 cannot be judged; empty is not graded.",
                        default="",
                        db_default="",
                        help_text="How believable this passage is (1–6). 6: cannot be judged. Empty: not graded yet.",
                        max_length=1,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="The curator's note on this citation. Published with it.",
                        default="",
                        db_default="",
                        help_text="What a reader should know about this citation.",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The territory cited.",
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="territories.territory",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_comment="The source that says so.",
                        help_text="Who says so.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Passages of sources that bear on territories.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "number"),
                        name="territory_citation_number_once",
                        violation_error_message="This number is taken by another citation of the record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="territory_citation_number_from_one",
                        violation_error_message="Citations are numbered from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["disputes", "mentions", "supports"])),
                        name="territory_citation_stance_known",
                        violation_error_message="Unknown stance. Write one of: disputes, mentions, supports.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reliability__in", ["", "A", "B", "C", "D", "E", "F"])),
                        name="territory_citation_reliability_known",
                        violation_error_message="Unknown reliability. Write one of: A, B, C, D, E, F.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credibility__in", ["", "1", "2", "3", "4", "5", "6"])),
                        name="territory_citation_credibility_known",
                        violation_error_message="Unknown credibility. Write one of: 1, 2, 3, 4, 5, 6.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asserted_value", ""),
                            models.Q(("attribute", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="territory_citation_value_has_attribute",
                        violation_error_message="An asserted value needs the attribute that it is a value of.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "attribute__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("attribute__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "asserted_value__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("asserted_value__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "locator__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("locator__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "quote__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("quote__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("note__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="territory_citation_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TerritoryCitationHistoryevent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=border.kernel.history.NextHistory(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("by_role", models.TextField(db_default=border.kernel.history.SessionUser(), editable=False)),
                ("id", models.BigIntegerField()),
                (
                    "number",
                    models.PositiveSmallIntegerField(
                        db_comment="Number of the citation within its record, from 1, like a footnote.",
                        help_text="Counts the citations of one record from 1.",
                    ),
                ),
                (
                    "attribute",
                    models.CharField(
                        blank=True,
                        db_comment="Which field of the record the passage speaks about; empty for the record as a whole.",
                        default="",
                        db_default="",
                        help_text="Which field of the record the passage speaks about; empty for the record as a whole.",
                        max_length=60,
                    ),
                ),
                (
                    "asserted_value",
                    models.CharField(
                        blank=True,
                        db_comment="What this source gives for the attribute, which may differ from what the record keeps.",
                        default="",
                        db_default="",
                        help_text="What the source gives for it.",
                        max_length=300,
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("supports", "Supports"),
                            ("disputes", "Disputes"),
                            ("mentions", "Mentions"),
                        ],
                        db_comment="supports, disputes or mentions the value that the record keeps.",
                        db_default="supports",
                        default="supports",
                        help_text="Does it support or dispute the value that the record keeps?",
                        max_length=8,
                    ),
                ),
                (
                    "locator",
                    models.CharField(
                        blank=True,
                        db_comment="Where in the source: page, paragraph, bullet, timestamp.",
                        default="",
                        db_default="",
                        help_text="Page, paragraph, bullet or time.",
                        max_length=200,
                    ),
                ),
                (
                    "quote",
                    models.CharField(
                        blank=True,
                        db_comment="The words of the source, at most 300 characters.",
                        default="",
                        db_default="",
                        help_text="At most 300 characters, word for word.",
                        max_length=300,
                    ),
                ),
                (
                    "reliability",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("A", "A – Completely reliable"),
                            ("B", "B – Usually reliable"),
                            ("C", "C – Fairly reliable"),
                            ("D", "D – Not usually reliable"),
                            ("E", "E – Unreliable"),
                            ("F", "F – Cannot be judged"),
                        ],
                        db_comment="Admiralty reliability of the source for this passage; empty means the source's usual grade.",
                        default="",
                        db_default="",
                        help_text="Only where it differs from the source's usual grade.",
                        max_length=1,
                    ),
                ),
                (
                    "credibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "1 – Confirmed"),
                            ("2", "2 – Probably true"),
                            ("3", "3 – Possibly true"),
                            ("4", "4 – Doubtful"),
                            ("5", "5 – Improbable"),
                            ("6", "6 – Cannot be judged"),
                        ],
                        db_comment="Admiralty credibility of this passage, 1 to 6. 6 cannot be judged; empty is not graded.",
                        default="",
                        db_default="",
                        help_text="How believable this passage is (1–6). 6: cannot be judged. Empty: not graded yet.",
                        max_length=1,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="The curator's note on this citation. Published with it.",
                        default="",
                        db_default="",
                        help_text="What a reader should know about this citation.",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history_events",
                        to="territories.territorycitation",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The territory cited.",
                        db_constraint=False,
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territories.territory",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_comment="The source that says so.",
                        db_constraint=False,
                        help_text="Who says so.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TerritoryHistoryevent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=border.kernel.history.NextHistory(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("by_role", models.TextField(db_default=border.kernel.history.SessionUser(), editable=False)),
                ("id", models.BigIntegerField()),
                (
                    "possible",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this may hold: the widest reading of the date, half-open. Undated: unbounded.",
                        editable=False,
                        help_text="Every day on which this may hold: the widest reading of the date.",
                    ),
                ),
                (
                    "certain",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this surely holds: the narrowest reading of the date, half-open; empty when no day is certain.",
                        editable=False,
                        help_text="Every day on which this surely holds: the narrowest reading of the date.",
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        db_comment="Public key of the record, in URLs and CSV. Never reused; a renamed record redirects.",
                        help_text="The public key: lower-case Latin letters, digits and hyphens. It never changes once saved.",
                        max_length=100,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        db_comment="Review status of the working copy. Readers see the published record, never this row.",
                        db_default="draft",
                        default="draft",
                        editable=False,
                        help_text="Where the record stands on its way to readers.",
                        max_length=10,
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        choices=[("low", "Low"), ("moderate", "Moderate"), ("high", "High")],
                        db_comment="Confidence in the statement as a whole: low, moderate or high.",
                        db_default="moderate",
                        default="moderate",
                        help_text="How far the statement as a whole can be relied on.",
                        max_length=8,
                    ),
                ),
                (
                    "confidence_reason",
                    models.CharField(
                        blank=True,
                        db_comment="The curator's reason for the confidence, in a sentence.",
                        default="",
                        db_default="",
                        help_text="Why this confidence, in a sentence.",
                        max_length=500,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="What a reader should know and no other column holds. Published with the record.",
                        default="",
                        db_default="",
                        help_text="What a reader should know and no other field holds. It is published with the record.",
                    ),
                ),
                (
                    "search_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_comment="Search keys derived from the text: folded forms, consonant skeletons, near variants.",
                        db_default=models.Value("{}", output_field=models.TextField()),
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        db_comment="Preferred name in English (or Latin script), shown in lists and references.",
                        help_text="The name in English by which lists and references show this record.",
                        max_length=200,
                    ),
                ),
                (
                    "name_ar",
                    models.CharField(
                        blank=True,
                        db_comment="Preferred name in Arabic script; empty where none is known.",
                        default="",
                        db_default="",
                        help_text="The preferred name in Arabic script.",
                        max_length=200,
                        verbose_name="name in Arabic",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        db_comment="Longitude of the point in decimal degrees east, WGS 84.",
                        decimal_places=6,
                        help_text="Degrees east, WGS 84, for example 40.918600.",
                        max_digits=9,
                        null=True,
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        db_comment="Latitude of the point in decimal degrees north, WGS 84.",
                        decimal_places=6,
                        help_text="Degrees north, WGS 84, for example 34.452200.",
                        max_digits=8,
                        null=True,
                    ),
                ),
                (
                    "uncertainty_m",
                    models.PositiveIntegerField(
                        blank=True,
                        db_comment="Radius in metres around the point within which the true place lies.",
                        help_text="The true place lies within this many metres of the point.",
                        null=True,
                        verbose_name="uncertainty (metres)",
                    ),
                ),
                (
                    "people_at_risk",
                    models.BooleanField(
                        db_comment="True where an exact place could endanger people: the published point is snapped to 0.1 degree.",
                        db_default=False,
                        default=False,
                        help_text="An exact place could endanger people: the published point is made coarse (0.1 degree).",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("region", "Region"),
                            ("country", "Country"),
                            ("governorate", "Governorate"),
                            ("district", "District"),
                            ("subdistrict", "Subdistrict"),
                            ("town", "Town"),
                            ("neighbourhood", "Neighbourhood"),
                            ("crossing", "Crossing"),
                            ("base", "Base"),
                            ("field", "Field"),
                            ("river", "River"),
                            ("border", "Border"),
                            ("border_area", "Border area"),
                            ("declared_province", "Declared province"),
                        ],
                        db_comment="Kind of place, see the vocabulary of territory kinds.",
                        help_text="What sort of place it is.",
                        max_length=20,
                    ),
                ),
                (
                    "sub_kind",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the kind, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the kind, such as village or gas field.",
                        max_length=60,
                    ),
                ),
                (
                    "countries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2),
                        blank=True,
                        db_comment="ISO 3166-1 alpha-2 codes of the states on whose land it lies: none, one or several.",
                        db_default=models.Value("{}", output_field=models.TextField()),
                        default=list,
                        help_text="ISO 3166-1 codes of the states on whose land it lies: none, one or several.",
                        size=None,
                    ),
                ),
                (
                    "pcode",
                    models.CharField(
                        blank=True,
                        db_comment="OCHA common operational dataset place code (P-code).",
                        default="",
                        db_default="",
                        help_text="OCHA place code, such as IQG01Q02.",
                        max_length=20,
                        verbose_name="P-code",
                    ),
                ),
                (
                    "geonames_id",
                    models.PositiveBigIntegerField(
                        blank=True,
                        db_comment="Identifier in GeoNames.",
                        help_text="Number of the place in GeoNames.",
                        null=True,
                        verbose_name="GeoNames id",
                    ),
                ),
                (
                    "wikidata_id",
                    models.CharField(
                        blank=True,
                        db_comment="Identifier in Wikidata, beginning with Q.",
                        default="",
                        db_default="",
                        help_text="Such as Q858.",
                        max_length=20,
                        verbose_name="Wikidata id",
                    ),
                ),
                (
                    "population",
                    models.PositiveIntegerField(
                        blank=True,
                        db_comment="Inhabitants by the figure kept; its source and year stand in the citations or the note.",
                        help_text="Inhabitants, with the year in the note.",
                        null=True,
                    ),
                ),
                (
                    "existed",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="Period in which the territory existed as such, EDTF text; empty for always.",
                        db_default="",
                        default="",
                        help_text="When the place existed as such, as EDTF; empty for always.",
                        max_length=64,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history_events",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TerritoryName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "period",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="When this holds, in EDTF (ISO 8601-2) as the curator wrote it. Empty: no date is known.",
                        default="",
                        help_text="In EDTF: 2014, 2014-06, 2014-06-22, 2014-06/2014-08, 2003/.. (still so), 2003/ (end unknown), 196X (the 1960s), 2014-22 (summer), 2014~ (about). Leave empty if no date is known.",
                        max_length=64,
                    ),
                ),
                (
                    "possible",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this may hold: the widest reading of the date, half-open. Undated: unbounded.",
                        editable=False,
                        help_text="Every day on which this may hold: the widest reading of the date.",
                    ),
                ),
                (
                    "certain",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this surely holds: the narrowest reading of the date, half-open; empty when no day is certain.",
                        editable=False,
                        help_text="Every day on which this surely holds: the narrowest reading of the date.",
                    ),
                ),
                (
                    "search_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_comment="Search keys derived from the text: folded forms, consonant skeletons, near variants.",
                        db_default=models.Value("{}", output_field=models.TextField()),
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        db_comment="The name as it is written, in its own script.",
                        help_text="The name as it is written.",
                        max_length=250,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        db_comment="Language and script of the name, BCP 47.",
                        default="",
                        db_default="",
                        help_text="BCP 47: ar for Arabic script, ar-Latn for Arabic in Latin letters, en, fa, ku-Latn.",
                        max_length=35,
                    ),
                ),
                (
                    "script",
                    models.CharField(
                        choices=[
                            ("latn", "Latin"),
                            ("arab", "Arabic"),
                            ("cyrl", "Cyrillic"),
                            ("hebr", "Hebrew"),
                            ("zyyy", "Other"),
                        ],
                        db_comment="Script of the text, ISO 15924 in lower case; derived from the text.",
                        editable=False,
                        max_length=4,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("official", "Official"),
                            ("self_designation", "Self-designation"),
                            ("exonym", "Exonym"),
                            ("transliteration", "Transliteration"),
                            ("translation", "Translation"),
                            ("abbreviation", "Abbreviation"),
                            ("short", "Short form"),
                            ("former", "Former"),
                            ("nom_de_guerre", "Nom de guerre"),
                            ("dataset", "Dataset"),
                            ("variant", "Variant"),
                        ],
                        db_comment="Kind of name, see the vocabulary of name kinds.",
                        help_text="What the name is to its bearer.",
                        max_length=16,
                    ),
                ),
                (
                    "sub_kind",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the kind, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the kind, such as metonym or press error.",
                        max_length=60,
                    ),
                ),
                (
                    "used_by",
                    models.CharField(
                        blank=True,
                        db_comment="Who uses the name: a dataset, agency, paper or people.",
                        default="",
                        db_default="",
                        help_text="Who uses it: UCDP, ACLED, press …",
                        max_length=200,
                    ),
                ),
                (
                    "ambiguous",
                    models.BooleanField(
                        db_comment="True where the same name is also used for something else.",
                        db_default=False,
                        default=False,
                        help_text="The same name is also used for something else.",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="The curator's note on this name. Published with it.",
                        default="",
                        db_default="",
                        help_text="What a reader should know about this name.",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The territory that bears the name.",
                        help_text="Whose name it is.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="territories.territory",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The source in which the name was seen.",
                        help_text="Where the name was seen.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="territory_names",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Further names of territories: spellings, scripts, former and dataset names.",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("certain__contained_by", models.F("possible"))),
                        name="territories_territoryname_certain_within_possible",
                        violation_error_message="The days that are certain must lie within those that are possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("possible__isempty", False)),
                        name="territories_territoryname_possible_on_some_day",
                        violation_error_message="A date must leave at least one day possible; an unknown date is empty text.",
                    ),
                    models.UniqueConstraint(
                        fields=("record", "text", "language"),
                        name="territory_name_once",
                        violation_error_message="The record already has this name in this language.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "abbreviation",
                                    "dataset",
                                    "exonym",
                                    "former",
                                    "nom_de_guerre",
                                    "official",
                                    "self_designation",
                                    "short",
                                    "translation",
                                    "transliteration",
                                    "variant",
                                ],
                            )
                        ),
                        name="territory_name_kind_known",
                        violation_error_message="Unknown kind. Write one of: abbreviation, dataset, exonym, former, nom_de_guerre, official, self_designation, short, translation, transliteration, variant.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("language", ""),
                            ("language__regex", "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
                            _connector="OR",
                        ),
                        name="territory_name_language_form",
                        violation_error_message="A language is a BCP 47 tag such as en, ar or ar-Latn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("script__in", ["arab", "cyrl", "hebr", "latn", "zyyy"])),
                        name="territory_name_script_known",
                        violation_error_message="Unknown script. Write one of: arab, cyrl, hebr, latn, zyyy.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="territory_name_text_present",
                        violation_error_message="A name is not empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "text__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("text__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "language__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("language__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "sub_kind__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("sub_kind__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "used_by__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("used_by__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "period__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("period__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("note__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="territory_name_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["possible"], name="territoryname_possible"
                    ),
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["certain"], name="territoryname_certain"
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_keys"], name="territory_name_search_keys"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TerritoryNameHistoryevent",
            fields=[
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "pgh_id",
                    models.BigIntegerField(
                        db_default=border.kernel.history.NextHistory(),
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("by_role", models.TextField(db_default=border.kernel.history.SessionUser(), editable=False)),
                ("id", models.BigIntegerField()),
                (
                    "period",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="When this holds, in EDTF (ISO 8601-2) as the curator wrote it. Empty: no date is known.",
                        default="",
                        help_text="In EDTF: 2014, 2014-06, 2014-06-22, 2014-06/2014-08, 2003/.. (still so), 2003/ (end unknown), 196X (the 1960s), 2014-22 (summer), 2014~ (about). Leave empty if no date is known.",
                        max_length=64,
                    ),
                ),
                (
                    "possible",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this may hold: the widest reading of the date, half-open. Undated: unbounded.",
                        editable=False,
                        help_text="Every day on which this may hold: the widest reading of the date.",
                    ),
                ),
                (
                    "certain",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Days on which this surely holds: the narrowest reading of the date, half-open; empty when no day is certain.",
                        editable=False,
                        help_text="Every day on which this surely holds: the narrowest reading of the date.",
                    ),
                ),
                (
                    "search_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_comment="Search keys derived from the text: folded forms, consonant skeletons, near variants.",
                        db_default=models.Value("{}", output_field=models.TextField()),
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        db_comment="The name as it is written, in its own script.",
                        help_text="The name as it is written.",
                        max_length=250,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        db_comment="Language and script of the name, BCP 47.",
                        default="",
                        db_default="",
                        help_text="BCP 47: ar for Arabic script, ar-Latn for Arabic in Latin letters, en, fa, ku-Latn.",
                        max_length=35,
                    ),
                ),
                (
                    "script",
                    models.CharField(
                        choices=[
                            ("latn", "Latin"),
                            ("arab", "Arabic"),
                            ("cyrl", "Cyrillic"),
                            ("hebr", "Hebrew"),
                            ("zyyy", "Other"),
                        ],
                        db_comment="Script of the text, ISO 15924 in lower case; derived from the text.",
                        editable=False,
                        max_length=4,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("official", "Official"),
                            ("self_designation", "Self-designation"),
                            ("exonym", "Exonym"),
                            ("transliteration", "Transliteration"),
                            ("translation", "Translation"),
                            ("abbreviation", "Abbreviation"),
                            ("short", "Short form"),
                            ("former", "Former"),
                            ("nom_de_guerre", "Nom de guerre"),
                            ("dataset", "Dataset"),
                            ("variant", "Variant"),
                        ],
                        db_comment="Kind of name, see the vocabulary of name kinds.",
                        help_text="What the name is to its bearer.",
                        max_length=16,
                    ),
                ),
                (
                    "sub_kind",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the kind, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the kind, such as metonym or press error.",
                        max_length=60,
                    ),
                ),
                (
                    "used_by",
                    models.CharField(
                        blank=True,
                        db_comment="Who uses the name: a dataset, agency, paper or people.",
                        default="",
                        db_default="",
                        help_text="Who uses it: UCDP, ACLED, press …",
                        max_length=200,
                    ),
                ),
                (
                    "ambiguous",
                    models.BooleanField(
                        db_comment="True where the same name is also used for something else.",
                        db_default=False,
                        default=False,
                        help_text="The same name is also used for something else.",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="The curator's note on this name. Published with it.",
                        default="",
                        db_default="",
                        help_text="What a reader should know about this name.",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="history_events",
                        to="territories.territoryname",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The territory that bears the name.",
                        db_constraint=False,
                        help_text="Whose name it is.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territories.territory",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The source in which the name was seen.",
                        db_constraint=False,
                        help_text="Where the name was seen.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    )
