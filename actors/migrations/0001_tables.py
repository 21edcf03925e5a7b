import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
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
        ("territories", "0001_tables"),
    ]

    operations = together(
        migrations.CreateModel(
            name="Actor",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("state", "State"),
                            ("government", "Government"),
                            ("state_military", "State military"),
                            ("state_security", "State security"),
                            ("party", "Party"),
                            ("nonstate_armed_group", "Nonstate armed group"),
                            ("militia", "Militia"),
                            ("coalition", "Coalition"),
                            ("tribe", "Tribe"),
                            ("population", "Population"),
                            ("civil_authority", "Civil authority"),
                            ("company", "Company"),
                            ("international_organisation", "International organisation"),
                            ("person", "Person"),
                            ("aggregate", "Aggregate"),
                        ],
                        db_comment="Kind of actor, see the vocabulary of actor kinds.",
                        help_text="What sort of body or person it is.",
                        max_length=30,
                    ),
                ),
                (
                    "sub_kind",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the kind, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the kind, such as jihadist group or parastate unit.",
                        max_length=60,
                    ),
                ),
                (
                    "countries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2),
                        blank=True,
                        db_comment="ISO 3166-1 alpha-2 codes of the states it belongs to or acts from: none, one or several.",
                        db_default=models.Value("{}", output_field=models.TextField()),
                        default=list,
                        help_text="ISO 3166-1 codes of the states it belongs to or acts from: none, one or several.",
                        size=None,
                    ),
                ),
                (
                    "existed",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="Period from its founding to its end, EDTF text; empty where unknown.",
                        db_default="",
                        default="",
                        help_text="From its founding to its end, as EDTF: 2014-06-10/.., 2003~/2013-04-08; empty if unknown.",
                        max_length=64,
                    ),
                ),
                (
                    "wikidata_id",
                    models.CharField(
                        blank=True,
                        db_comment="Identifier in Wikidata, beginning with Q.",
                        default="",
                        db_default="",
                        help_text="Such as Q2429253.",
                        max_length=20,
                        verbose_name="Wikidata id",
                    ),
                ),
                (
                    "acled_name",
                    models.CharField(
                        blank=True,
                        db_comment="Name of the actor in ACLED.",
                        default="",
                        db_default="",
                        help_text="The actor's name in ACLED.",
                        max_length=200,
                        verbose_name="ACLED name",
                    ),
                ),
                (
                    "ucdp_name",
                    models.CharField(
                        blank=True,
                        db_comment="Name of the actor in UCDP.",
                        default="",
                        db_default="",
                        help_text="The actor's name in UCDP.",
                        max_length=200,
                        verbose_name="UCDP name",
                    ),
                ),
                (
                    "ucdp_id",
                    models.PositiveIntegerField(
                        blank=True,
                        db_comment="ActorId in the UCDP Actor Dataset; several actors may share one.",
                        help_text="The actor's number in UCDP.",
                        null=True,
                        verbose_name="UCDP id",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The territory it comes from or sits in.",
                        help_text="Where it comes from or sits.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actors_at_home",
                        to="territories.territory",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The body it is reckoned to, undated; dated and cited belonging is a relationship.",
                        help_text="The body it is reckoned to. Dated and cited belonging is a relationship.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="actors.actor",
                    ),
                ),
            ],
            options={
                "db_table_comment": "States, groups, populations and persons that hold, cross or contest the border.",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                        name="actor_status_known",
                        violation_error_message="Unknown status. Write one of: draft, in_review, published, withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["high", "low", "moderate"])),
                        name="actor_confidence_known",
                        violation_error_message="Unknown confidence. Write one of: high, low, moderate.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="actor_slug_form",
                        violation_error_message="A slug is lower-case letters a–z and digits, in words joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certain__contained_by", models.F("possible"))),
                        name="actors_actor_certain_within_possible",
                        violation_error_message="The days that are certain must lie within those that are possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("possible__isempty", False)),
                        name="actors_actor_possible_on_some_day",
                        violation_error_message="A date must leave at least one day possible; an unknown date is empty text.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "aggregate",
                                    "civil_authority",
                                    "coalition",
                                    "company",
                                    "government",
                                    "international_organisation",
                                    "militia",
                                    "nonstate_armed_group",
                                    "party",
                                    "person",
                                    "population",
                                    "state",
                                    "state_military",
                                    "state_security",
                                    "tribe",
                                ],
                            )
                        ),
                        name="actor_kind_known",
                        violation_error_message="Unknown kind. Write one of: aggregate, civil_authority, coalition, company, government, international_organisation, militia, nonstate_armed_group, party, person, population, state, state_military, state_security, tribe.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="actor_name_present",
                        violation_error_message="An actor needs a name.",
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
                        name="actor_country_codes",
                        violation_error_message="Countries are two-letter ISO 3166-1 codes in capitals, such as SY and IQ.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="actor_not_its_own_parent",
                        violation_error_message="An actor is not a part of itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wikidata_id", ""), ("wikidata_id__regex", "^Q[1-9][0-9]*$"), _connector="OR"
                        ),
                        name="actor_wikidata_form",
                        violation_error_message="A Wikidata id looks like Q858.",
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
                                    "wikidata_id__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("wikidata_id__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "acled_name__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("acled_name__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "ucdp_name__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("ucdp_name__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("note__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="actor_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["possible"], name="actor_possible"),
                    django.contrib.postgres.indexes.GistIndex(fields=["certain"], name="actor_certain"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_keys"], name="actor_search_keys"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActorCitation",
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
                        db_comment="The actor cited.",
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="actors.actor",
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
                "db_table_comment": "Passages of sources that bear on actors.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "number"),
                        name="actor_citation_number_once",
                        violation_error_message="This number is taken by another citation of the record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="actor_citation_number_from_one",
                        violation_error_message="Citations are numbered from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["disputes", "mentions", "supports"])),
                        name="actor_citation_stance_known",
                        violation_error_message="Unknown stance. Write one of: disputes, mentions, supports.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reliability__in", ["", "A", "B", "C", "D", "E", "F"])),
                        name="actor_citation_reliability_known",
                        violation_error_message="Unknown reliability. Write one of: A, B, C, D, E, F.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credibility__in", ["", "1", "2", "3", "4", "5", "6"])),
                        name="actor_citation_credibility_known",
                        violation_error_message="Unknown credibility. Write one of: 1, 2, 3, 4, 5, 6.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asserted_value", ""),
                            models.Q(("attribute", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="actor_citation_value_has_attribute",
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
                        name="actor_citation_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActorCitationHistoryevent",
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
                        to="actors.actorcitation",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The actor cited.",
                        db_constraint=False,
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="actors.actor",
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
            name="ActorHistoryevent",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("state", "State"),
                            ("government", "Government"),
                            ("state_military", "State military"),
                            ("state_security", "State security"),
                            ("party", "Party"),
                            ("nonstate_armed_group", "Nonstate armed group"),
                            ("militia", "Militia"),
                            ("coalition", "Coalition"),
                            ("tribe", "Tribe"),
                            ("population", "Population"),
                            ("civil_authority", "Civil authority"),
                            ("company", "Company"),
                            ("international_organisation", "International organisation"),
                            ("person", "Person"),
                            ("aggregate", "Aggregate"),
                        ],
                        db_comment="Kind of actor, see the vocabulary of actor kinds.",
                        help_text="What sort of body or person it is.",
                        max_length=30,
                    ),
                ),
                (
                    "sub_kind",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the kind, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the kind, such as jihadist group or parastate unit.",
                        max_length=60,
                    ),
                ),
                (
                    "countries",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2),
                        blank=True,
                        db_comment="ISO 3166-1 alpha-2 codes of the states it belongs to or acts from: none, one or several.",
                        db_default=models.Value("{}", output_field=models.TextField()),
                        default=list,
                        help_text="ISO 3166-1 codes of the states it belongs to or acts from: none, one or several.",
                        size=None,
                    ),
                ),
                (
                    "existed",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="Period from its founding to its end, EDTF text; empty where unknown.",
                        db_default="",
                        default="",
                        help_text="From its founding to its end, as EDTF: 2014-06-10/.., 2003~/2013-04-08; empty if unknown.",
                        max_length=64,
                    ),
                ),
                (
                    "wikidata_id",
                    models.CharField(
                        blank=True,
                        db_comment="Identifier in Wikidata, beginning with Q.",
                        default="",
                        db_default="",
                        help_text="Such as Q2429253.",
                        max_length=20,
                        verbose_name="Wikidata id",
                    ),
                ),
                (
                    "acled_name",
                    models.CharField(
                        blank=True,
                        db_comment="Name of the actor in ACLED.",
                        default="",
                        db_default="",
                        help_text="The actor's name in ACLED.",
                        max_length=200,
                        verbose_name="ACLED name",
                    ),
                ),
                (
                    "ucdp_name",
                    models.CharField(
                        blank=True,
                        db_comment="Name of the actor in UCDP.",
                        default="",
                        db_default="",
                        help_text="The actor's name in UCDP.",
                        max_length=200,
                        verbose_name="UCDP name",
                    ),
                ),
                (
                    "ucdp_id",
                    models.PositiveIntegerField(
                        blank=True,
                        db_comment="ActorId in the UCDP Actor Dataset; several actors may share one.",
                        help_text="The actor's number in UCDP.",
                        null=True,
                        verbose_name="UCDP id",
                    ),
                ),
                (
                    "home",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The territory it comes from or sits in.",
                        db_constraint=False,
                        help_text="Where it comes from or sits.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territories.territory",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The body it is reckoned to, undated; dated and cited belonging is a relationship.",
                        db_constraint=False,
                        help_text="The body it is reckoned to. Dated and cited belonging is a relationship.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="actors.actor",
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
                        to="actors.actor",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ActorName",
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
                        db_comment="The actor that bears the name.",
                        help_text="Whose name it is.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="actors.actor",
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
                        related_name="actor_names",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Further names of actors: self-designations, abbreviations, transliterations, dataset names.",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("certain__contained_by", models.F("possible"))),
                        name="actors_actorname_certain_within_possible",
                        violation_error_message="The days that are certain must lie within those that are possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("possible__isempty", False)),
                        name="actors_actorname_possible_on_some_day",
                        violation_error_message="A date must leave at least one day possible; an unknown date is empty text.",
                    ),
                    models.UniqueConstraint(
                        fields=("record", "text", "language"),
                        name="actor_name_once",
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
                        name="actor_name_kind_known",
                        violation_error_message="Unknown kind. Write one of: abbreviation, dataset, exonym, former, nom_de_guerre, official, self_designation, short, translation, transliteration, variant.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("language", ""),
                            ("language__regex", "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
                            _connector="OR",
                        ),
                        name="actor_name_language_form",
                        violation_error_message="A language is a BCP 47 tag such as en, ar or ar-Latn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("script__in", ["arab", "cyrl", "hebr", "latn", "zyyy"])),
                        name="actor_name_script_known",
                        violation_error_message="Unknown script. Write one of: arab, cyrl, hebr, latn, zyyy.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="actor_name_text_present",
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
                        name="actor_name_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["possible"], name="actorname_possible"),
                    django.contrib.postgres.indexes.GistIndex(fields=["certain"], name="actorname_certain"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_keys"], name="actor_name_search_keys"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActorNameHistoryevent",
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
                        to="actors.actorname",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The actor that bears the name.",
                        db_constraint=False,
                        help_text="Whose name it is.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="actors.actor",
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
        migrations.CreateModel(
            name="Authority",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("sovereign", "Sovereign"),
                            ("governs", "Governs"),
                            ("controls", "Controls"),
                            ("present", "Present"),
                            ("contests", "Contests"),
                            ("influences", "Influences"),
                        ],
                        db_comment="Role of the actor: sovereign, governs, controls, present, contests or influences.",
                        help_text="What the actor is to the territory.",
                        max_length=10,
                    ),
                ),
                (
                    "sub_role",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the role, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the role, such as mans checkpoint.",
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
                        help_text="By law or office, in fact, or both.",
                        max_length=8,
                    ),
                ),
                (
                    "share",
                    models.CharField(
                        choices=[
                            ("sole", "Sole"),
                            ("shared", "Shared"),
                            ("contested", "Contested"),
                            ("none", "None"),
                        ],
                        db_comment="sole, shared, contested or none.",
                        help_text="Alone, with others, or against others.",
                        max_length=9,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_comment="The actor that holds the authority.",
                        help_text="Who.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorities",
                        to="actors.actor",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_comment="The territory over which the authority is held.",
                        help_text="Over what.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="authorities",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "authorities",
                "db_table_comment": "Statements that an actor held some authority over a territory for a time.",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                        name="authority_status_known",
                        violation_error_message="Unknown status. Write one of: draft, in_review, published, withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["high", "low", "moderate"])),
                        name="authority_confidence_known",
                        violation_error_message="Unknown confidence. Write one of: high, low, moderate.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="authority_slug_form",
                        violation_error_message="A slug is lower-case letters a–z and digits, in words joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certain__contained_by", models.F("possible"))),
                        name="actors_authority_certain_within_possible",
                        violation_error_message="The days that are certain must lie within those that are possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("possible__isempty", False)),
                        name="actors_authority_possible_on_some_day",
                        violation_error_message="A date must leave at least one day possible; an unknown date is empty text.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                ["contests", "controls", "governs", "influences", "present", "sovereign"],
                            )
                        ),
                        name="authority_role_known",
                        violation_error_message="Unknown role. Write one of: contests, controls, governs, influences, present, sovereign.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["formal", "hybrid", "informal", "unclear"])),
                        name="authority_mode_known",
                        violation_error_message="Unknown mode. Write one of: formal, hybrid, informal, unclear.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share__in", ["contested", "none", "shared", "sole"])),
                        name="authority_share_known",
                        violation_error_message="Unknown share. Write one of: contested, none, shared, sole.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "sub_role__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("sub_role__regex", "<[a-zA-Z/!?]"), _negated=True),
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
                        name="authority_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["possible"], name="authority_possible"),
                    django.contrib.postgres.indexes.GistIndex(fields=["certain"], name="authority_certain"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorityCitation",
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
                        db_comment="The authority cited.",
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="actors.authority",
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
                "db_table_comment": "Passages of sources that bear on statements of authority.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "number"),
                        name="authority_citation_number_once",
                        violation_error_message="This number is taken by another citation of the record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="authority_citation_number_from_one",
                        violation_error_message="Citations are numbered from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["disputes", "mentions", "supports"])),
                        name="authority_citation_stance_known",
                        violation_error_message="Unknown stance. Write one of: disputes, mentions, supports.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reliability__in", ["", "A", "B", "C", "D", "E", "F"])),
                        name="authority_citation_reliability_known",
                        violation_error_message="Unknown reliability. Write one of: A, B, C, D, E, F.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credibility__in", ["", "1", "2", "3", "4", "5", "6"])),
                        name="authority_citation_credibility_known",
                        violation_error_message="Unknown credibility. Write one of: 1, 2, 3, 4, 5, 6.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asserted_value", ""),
                            models.Q(("attribute", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="authority_citation_value_has_attribute",
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
                        name="authority_citation_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorityCitationHistoryevent",
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
                        to="actors.authoritycitation",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The authority cited.",
                        db_constraint=False,
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="actors.authority",
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
            name="AuthorityHistoryevent",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("sovereign", "Sovereign"),
                            ("governs", "Governs"),
                            ("controls", "Controls"),
                            ("present", "Present"),
                            ("contests", "Contests"),
                            ("influences", "Influences"),
                        ],
                        db_comment="Role of the actor: sovereign, governs, controls, present, contests or influences.",
                        help_text="What the actor is to the territory.",
                        max_length=10,
                    ),
                ),
                (
                    "sub_role",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the role, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the role, such as mans checkpoint.",
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
                        help_text="By law or office, in fact, or both.",
                        max_length=8,
                    ),
                ),
                (
                    "share",
                    models.CharField(
                        choices=[
                            ("sole", "Sole"),
                            ("shared", "Shared"),
                            ("contested", "Contested"),
                            ("none", "None"),
                        ],
                        db_comment="sole, shared, contested or none.",
                        help_text="Alone, with others, or against others.",
                        max_length=9,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_comment="The actor that holds the authority.",
                        db_constraint=False,
                        help_text="Who.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="actors.actor",
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
                        to="actors.authority",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_comment="The territory over which the authority is held.",
                        db_constraint=False,
                        help_text="Over what.",
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
            name="CrossingControl",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[("a", "Side A"), ("b", "Side B")],
                        db_comment="a or b, as named in the crossing.",
                        help_text="Which side, as named in the crossing.",
                        max_length=1,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_comment="The actor that mans that side.",
                        help_text="Who mans that side.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="crossing_controls",
                        to="actors.actor",
                    ),
                ),
                (
                    "crossing_status",
                    models.ForeignKey(
                        db_comment="The status of the crossing under which this holds.",
                        help_text="Under which status of the crossing.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="controls",
                        to="territories.crossingstatus",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Who mans one side of a crossing while it has a status.",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("side__in", ["a", "b"])),
                        name="crossing_control_side_known",
                        violation_error_message="Unknown side. Write one of: a, b.",
                    ),
                    models.UniqueConstraint(
                        fields=("crossing_status", "side", "actor"),
                        name="crossing_control_once",
                        violation_error_message="This actor is already named for this side.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CrossingControlHistoryevent",
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
                    "side",
                    models.CharField(
                        choices=[("a", "Side A"), ("b", "Side B")],
                        db_comment="a or b, as named in the crossing.",
                        help_text="Which side, as named in the crossing.",
                        max_length=1,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_comment="The actor that mans that side.",
                        db_constraint=False,
                        help_text="Who mans that side.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="actors.actor",
                    ),
                ),
                (
                    "crossing_status",
                    models.ForeignKey(
                        db_comment="The status of the crossing under which this holds.",
                        db_constraint=False,
                        help_text="Under which status of the crossing.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territories.crossingstatus",
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
                        to="actors.crossingcontrol",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Relationship",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("part_of", "Part of"),
                            ("member_of", "Member of"),
                            ("commands", "Commands"),
                            ("backs", "Backs"),
                            ("funds", "Funds"),
                            ("arms", "Arms"),
                            ("allied_with", "Allied with"),
                            ("coordinates_with", "Coordinates with"),
                            ("rival_of", "Rival of"),
                            ("fights", "Fights"),
                            ("opposes", "Opposes"),
                            ("tension_with", "Tension with"),
                            ("accommodates", "Accommodates"),
                            ("splintered_from", "Splintered from"),
                            ("succeeded", "Succeeded"),
                            ("merged_into", "Merged into"),
                        ],
                        db_comment="Kind of relationship, see the vocabulary of relationship kinds.",
                        help_text="What the subject is or does to the object.",
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
                        help_text="A finer word than the kind, such as pledged allegiance to.",
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
                        help_text="By law or office, in fact, or both.",
                        max_length=8,
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        blank=True,
                        db_comment="How the source puts it: asserted, reported, conditional, necessity, implied.",
                        default="",
                        db_default="",
                        help_text="How the source puts it, where it does not simply assert: reported, conditional, necessity …",
                        max_length=40,
                    ),
                ),
                (
                    "object",
                    models.ForeignKey(
                        db_comment="The actor to which the subject is or does it.",
                        help_text="To whom.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relationships_as_object",
                        to="actors.actor",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_comment="The actor that is or does it; for symmetric kinds either of the two.",
                        help_text="Who is or does it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relationships_as_subject",
                        to="actors.actor",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Where, if the statement is about one place.",
                        help_text="Where, if the statement is about one place.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="relationships",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Statements that one actor was something to another for a time.",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                        name="relationship_status_known",
                        violation_error_message="Unknown status. Write one of: draft, in_review, published, withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["high", "low", "moderate"])),
                        name="relationship_confidence_known",
                        violation_error_message="Unknown confidence. Write one of: high, low, moderate.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="relationship_slug_form",
                        violation_error_message="A slug is lower-case letters a–z and digits, in words joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certain__contained_by", models.F("possible"))),
                        name="actors_relationship_certain_within_possible",
                        violation_error_message="The days that are certain must lie within those that are possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("possible__isempty", False)),
                        name="actors_relationship_possible_on_some_day",
                        violation_error_message="A date must leave at least one day possible; an unknown date is empty text.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "accommodates",
                                    "allied_with",
                                    "arms",
                                    "backs",
                                    "commands",
                                    "coordinates_with",
                                    "fights",
                                    "funds",
                                    "member_of",
                                    "merged_into",
                                    "opposes",
                                    "part_of",
                                    "rival_of",
                                    "splintered_from",
                                    "succeeded",
                                    "tension_with",
                                ],
                            )
                        ),
                        name="relationship_kind_known",
                        violation_error_message="Unknown kind. Write one of: accommodates, allied_with, arms, backs, commands, coordinates_with, fights, funds, member_of, merged_into, opposes, part_of, rival_of, splintered_from, succeeded, tension_with.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("mode__in", ["formal", "hybrid", "informal", "unclear"])),
                        name="relationship_mode_known",
                        violation_error_message="Unknown mode. Write one of: formal, hybrid, informal, unclear.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject", models.F("object")), _negated=True),
                        name="relationship_not_to_itself",
                        violation_error_message="An actor is not related to itself.",
                    ),
                    models.UniqueConstraint(
                        models.F("kind"),
                        django.db.models.functions.comparison.Least("subject", "object"),
                        django.db.models.functions.comparison.Greatest("subject", "object"),
                        models.F("period"),
                        django.db.models.functions.comparison.Coalesce("territory", 0),
                        condition=models.Q(
                            (
                                "kind__in",
                                ("allied_with", "coordinates_with", "fights", "rival_of", "tension_with"),
                            )
                        ),
                        name="relationship_symmetric_once",
                        violation_error_message="A symmetric relationship is stored once: this pair already has it for this period and place.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
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
                                    "modality__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("modality__regex", "<[a-zA-Z/!?]"), _negated=True),
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
                        name="relationship_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["possible"], name="relationship_possible"
                    ),
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["certain"], name="relationship_certain"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RelationshipCitation",
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
                        db_comment="The relationship cited.",
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="actors.relationship",
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
                "db_table_comment": "Passages of sources that bear on relationships.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "number"),
                        name="relationship_citation_number_once",
                        violation_error_message="This number is taken by another citation of the record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="relationship_citation_number_from_one",
                        violation_error_message="Citations are numbered from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["disputes", "mentions", "supports"])),
                        name="relationship_citation_stance_known",
                        violation_error_message="Unknown stance. Write one of: disputes, mentions, supports.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reliability__in", ["", "A", "B", "C", "D", "E", "F"])),
                        name="relationship_citation_reliability_known",
                        violation_error_message="Unknown reliability. Write one of: A, B, C, D, E, F.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credibility__in", ["", "1", "2", "3", "4", "5", "6"])),
                        name="relationship_citation_credibility_known",
                        violation_error_message="Unknown credibility. Write one of: 1, 2, 3, 4, 5, 6.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asserted_value", ""),
                            models.Q(("attribute", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="relationship_citation_value_has_attribute",
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
                        name="relationship_citation_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RelationshipCitationHistoryevent",
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
                        to="actors.relationshipcitation",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The relationship cited.",
                        db_constraint=False,
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="actors.relationship",
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
            name="RelationshipHistoryevent",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("part_of", "Part of"),
                            ("member_of", "Member of"),
                            ("commands", "Commands"),
                            ("backs", "Backs"),
                            ("funds", "Funds"),
                            ("arms", "Arms"),
                            ("allied_with", "Allied with"),
                            ("coordinates_with", "Coordinates with"),
                            ("rival_of", "Rival of"),
                            ("fights", "Fights"),
                            ("opposes", "Opposes"),
                            ("tension_with", "Tension with"),
                            ("accommodates", "Accommodates"),
                            ("splintered_from", "Splintered from"),
                            ("succeeded", "Succeeded"),
                            ("merged_into", "Merged into"),
                        ],
                        db_comment="Kind of relationship, see the vocabulary of relationship kinds.",
                        help_text="What the subject is or does to the object.",
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
                        help_text="A finer word than the kind, such as pledged allegiance to.",
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
                        help_text="By law or office, in fact, or both.",
                        max_length=8,
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        blank=True,
                        db_comment="How the source puts it: asserted, reported, conditional, necessity, implied.",
                        default="",
                        db_default="",
                        help_text="How the source puts it, where it does not simply assert: reported, conditional, necessity …",
                        max_length=40,
                    ),
                ),
                (
                    "object",
                    models.ForeignKey(
                        db_comment="The actor to which the subject is or does it.",
                        db_constraint=False,
                        help_text="To whom.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="actors.actor",
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
                        to="actors.relationship",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        db_comment="The actor that is or does it; for symmetric kinds either of the two.",
                        db_constraint=False,
                        help_text="Who is or does it.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="actors.actor",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Where, if the statement is about one place.",
                        db_constraint=False,
                        help_text="Where, if the statement is about one place.",
                        null=True,
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
    )
