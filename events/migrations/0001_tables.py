import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import border.kernel.dates
import border.kernel.history
from border.kernel.migrating import together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("actors", "0001_tables"),
        ("auth", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("sources", "0001_tables"),
        ("territories", "0001_tables"),
    ]

    tables = together(
        migrations.CreateModel(
            name="Episode",
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
                    "title",
                    models.CharField(
                        db_comment="Name of the episode.", help_text="Its name.", max_length=200
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("turning_point", "Turning point"),
                            ("phase", "Phase"),
                            ("background", "Background"),
                        ],
                        db_comment="turning_point, phase or background.",
                        help_text="What it is to the story.",
                        max_length=13,
                    ),
                ),
                (
                    "ordinal",
                    models.DecimalField(
                        db_comment="Place in the order of telling, such as 1, 2 or 2.1.",
                        decimal_places=2,
                        help_text="Its place in the order of telling: 1, 2, 2.1.",
                        max_digits=5,
                    ),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True,
                        db_comment="What it was about.",
                        default="",
                        db_default="",
                        help_text="What it was about, in our own words.",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The longer episode of which this is a part.",
                        help_text="The longer episode of which this is a part.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="events.episode",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Where it took place.",
                        help_text="Where.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="episodes",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Named stretches of time: turning points, phases, background.",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                        name="episode_status_known",
                        violation_error_message="Unknown status. Write one of: draft, in_review, published, withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["high", "low", "moderate"])),
                        name="episode_confidence_known",
                        violation_error_message="Unknown confidence. Write one of: high, low, moderate.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="episode_slug_form",
                        violation_error_message="A slug is lower-case letters a–z and digits, in words joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certain__contained_by", models.F("possible"))),
                        name="events_episode_certain_within_possible",
                        violation_error_message="The days that are certain must lie within those that are possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("possible__isempty", False)),
                        name="events_episode_possible_on_some_day",
                        violation_error_message="A date must leave at least one day possible; an unknown date is empty text.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["background", "phase", "turning_point"])),
                        name="episode_kind_known",
                        violation_error_message="Unknown kind. Write one of: background, phase, turning_point.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="episode_title_present",
                        violation_error_message="An episode needs a title.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ordinal__gte", 0), ("ordinal__lt", 1000)),
                        name="episode_ordinal_in_range",
                        violation_error_message="The place in the order of telling is a number from 0 to 999.99.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="episode_not_its_own_part",
                        violation_error_message="An episode is not a part of itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "title__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("title__regex", "<[a-zA-Z/!?]"), _negated=True),
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
                                    "description__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("description__regex", "<[a-zA-Z/!?]"), _negated=True),
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
                        name="episode_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["possible"], name="episode_possible"),
                    django.contrib.postgres.indexes.GistIndex(fields=["certain"], name="episode_certain"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
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
                            ("battle", "Battle"),
                            ("raid", "Raid"),
                            ("military_operation", "Military operation"),
                            ("airstrike", "Airstrike"),
                            ("shelling", "Shelling"),
                            ("bombing", "Bombing"),
                            ("chemical_attack", "Chemical attack"),
                            ("attack_on_civilians", "Attack on civilians"),
                            ("assassination", "Assassination"),
                            ("abduction", "Abduction"),
                            ("territorial_takeover", "Territorial takeover"),
                            ("deployment", "Deployment"),
                            ("withdrawal", "Withdrawal"),
                            ("coup", "Coup"),
                            ("unrest", "Unrest"),
                            ("protest", "Protest"),
                            ("arrest", "Arrest"),
                            ("seizure", "Seizure"),
                            ("displacement", "Displacement"),
                            ("crossing_opened", "Crossing opened"),
                            ("crossing_closed", "Crossing closed"),
                            ("political_change", "Political change"),
                            ("statement", "Statement"),
                            ("administrative_measure", "Administrative measure"),
                            ("infrastructure", "Infrastructure"),
                            ("other", "Other"),
                        ],
                        db_comment="Kind of event, see the vocabulary of event kinds.",
                        help_text="What happened.",
                        max_length=22,
                    ),
                ),
                (
                    "sub_kind",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the kind, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the kind, such as ambush or drone strike.",
                        max_length=60,
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        db_comment="What happened, in a line.",
                        help_text="What happened, in a line.",
                        max_length=200,
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        db_comment="What happened, in our own words.",
                        default="",
                        db_default="",
                        help_text="What happened, in our own words.",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        db_comment="How it ended.",
                        default="",
                        db_default="",
                        help_text="How it ended.",
                        max_length=300,
                    ),
                ),
                (
                    "date",
                    border.kernel.dates.EDTFField(
                        db_comment="When it happened, EDTF text (ISO 8601-2) as the curator wrote it.",
                        help_text="When, as EDTF: 2014-06-22, 2014-06, 2014-06-20/2014-06-22, 2014-22 (summer), 2019-09-30~.",
                        max_length=64,
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The episode it belongs to.",
                        help_text="The episode it belongs to.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="events.episode",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_comment="The smallest territory in which it surely happened.",
                        help_text="The smallest territory in which it surely happened.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "db_table_comment": "What happened at a time and place.",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                        name="event_status_known",
                        violation_error_message="Unknown status. Write one of: draft, in_review, published, withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["high", "low", "moderate"])),
                        name="event_confidence_known",
                        violation_error_message="Unknown confidence. Write one of: high, low, moderate.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="event_slug_form",
                        violation_error_message="A slug is lower-case letters a–z and digits, in words joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certain__contained_by", models.F("possible"))),
                        name="events_event_certain_within_possible",
                        violation_error_message="The days that are certain must lie within those that are possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("possible__isempty", False)),
                        name="events_event_possible_on_some_day",
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
                        name="event_point_whole",
                        violation_error_message="A point needs longitude, latitude and uncertainty in metres together; or leave all three empty.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("longitude", None),
                            models.Q(("longitude__gte", -180), ("longitude__lte", 180)),
                            _connector="OR",
                        ),
                        name="event_longitude_in_range",
                        violation_error_message="Longitude lies between -180 and 180 degrees.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("latitude", None),
                            models.Q(("latitude__gte", -90), ("latitude__lte", 90)),
                            _connector="OR",
                        ),
                        name="event_latitude_in_range",
                        violation_error_message="Latitude lies between -90 and 90 degrees.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("uncertainty_m", None),
                            models.Q(("uncertainty_m__gt", 0), ("uncertainty_m__lte", 1000000)),
                            _connector="OR",
                        ),
                        name="event_uncertainty_positive",
                        violation_error_message="Uncertainty is between 1 and 1,000,000 metres.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "abduction",
                                    "administrative_measure",
                                    "airstrike",
                                    "arrest",
                                    "assassination",
                                    "attack_on_civilians",
                                    "battle",
                                    "bombing",
                                    "chemical_attack",
                                    "coup",
                                    "crossing_closed",
                                    "crossing_opened",
                                    "deployment",
                                    "displacement",
                                    "infrastructure",
                                    "military_operation",
                                    "other",
                                    "political_change",
                                    "protest",
                                    "raid",
                                    "seizure",
                                    "shelling",
                                    "statement",
                                    "territorial_takeover",
                                    "unrest",
                                    "withdrawal",
                                ],
                            )
                        ),
                        name="event_kind_known",
                        violation_error_message="Unknown kind. Write one of: abduction, administrative_measure, airstrike, arrest, assassination, attack_on_civilians, battle, bombing, chemical_attack, coup, crossing_closed, crossing_opened, deployment, displacement, infrastructure, military_operation, other, political_change, protest, raid, seizure, shelling, statement, territorial_takeover, unrest, withdrawal.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="event_title_present",
                        violation_error_message="An event needs a title.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("date", ""), _negated=True),
                        name="event_date_present",
                        violation_error_message="An event needs a date; if only a year is known, write the year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "title__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("title__regex", "<[a-zA-Z/!?]"), _negated=True),
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
                                    "outcome__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("outcome__regex", "<[a-zA-Z/!?]"), _negated=True),
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
                                    "date__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("date__regex", "<[a-zA-Z/!?]"), _negated=True),
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
                                    "summary__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("summary__regex", "<[a-zA-Z/!?]"), _negated=True),
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
                        name="event_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["possible"], name="event_possible"),
                    django.contrib.postgres.indexes.GistIndex(fields=["certain"], name="event_certain"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_keys"], name="event_search_keys"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuthorityEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "bound",
                    models.CharField(
                        choices=[("start", "Start"), ("end", "End")],
                        db_comment="start or end.",
                        help_text="Which end.",
                        max_length=5,
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_comment="The statement of authority that the event bounds.",
                        help_text="Which authority.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bounding_events",
                        to="actors.authority",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_comment="The event that began or ended it.",
                        help_text="Which event.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bounded_authorities",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Events that began or ended an actor's authority over a territory.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("authority", "bound"),
                        name="authority_event_once",
                        violation_error_message="This end of the authority already has its event.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("bound__in", ["end", "start"])),
                        name="authority_event_bound_known",
                        violation_error_message="Unknown bound. Write one of: end, start.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Casualty",
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
                        db_comment="Number of the claim within its event, from 1.",
                        help_text="Counts the claims of one event from 1.",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("killed", "Killed"),
                            ("injured", "Injured"),
                            ("captured", "Captured"),
                            ("displaced", "Displaced"),
                        ],
                        db_comment="killed, injured, captured or displaced.",
                        help_text="What happened to them.",
                        max_length=9,
                    ),
                ),
                (
                    "whom",
                    models.CharField(
                        choices=[
                            ("civilians", "Civilians"),
                            ("actor", "An actor"),
                            ("unknown", "Unknown or all"),
                        ],
                        db_comment="civilians, actor or unknown.",
                        default="unknown",
                        help_text="Who was harmed.",
                        max_length=9,
                    ),
                ),
                (
                    "low",
                    models.PositiveIntegerField(
                        blank=True,
                        db_comment="Lowest count of persons claimed.",
                        help_text="Lowest count.",
                        null=True,
                    ),
                ),
                (
                    "best",
                    models.PositiveIntegerField(
                        blank=True,
                        db_comment="Best estimate of persons.",
                        help_text="Best estimate.",
                        null=True,
                    ),
                ),
                (
                    "high",
                    models.PositiveIntegerField(
                        blank=True,
                        db_comment="Highest count of persons claimed.",
                        help_text="Highest count.",
                        null=True,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="How the count was made or read.",
                        default="",
                        db_default="",
                        help_text="How the count was made or read.",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The actor whose members were harmed, where whom is actor.",
                        help_text="Whose members, where whom is an actor.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="casualties",
                        to="actors.actor",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The source that claims it; empty for a span over all sources cited.",
                        help_text="Who claims it; empty for a span over all the sources cited.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="casualties",
                        to="sources.source",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_comment="The event.",
                        help_text="In what.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="casualties",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "casualties",
                "db_table_comment": "Claims of how many people were killed, injured, captured or displaced, one row per claim and source.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "number"),
                        name="casualty_number_once",
                        violation_error_message="This number is taken by another claim about the event.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="casualty_number_from_one",
                        violation_error_message="Claims are numbered from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["captured", "displaced", "injured", "killed"])),
                        name="casualty_kind_known",
                        violation_error_message="Unknown kind. Write one of: captured, displaced, injured, killed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("whom__in", ["actor", "civilians", "unknown"])),
                        name="casualty_whom_known",
                        violation_error_message="Unknown whom. Write one of: actor, civilians, unknown.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("low__isnull", False),
                            ("best__isnull", False),
                            ("high__isnull", False),
                            _connector="OR",
                        ),
                        name="casualty_some_count",
                        violation_error_message="A claim has at least one count: low, best or high.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("actor__isnull", False), ("whom", "actor")),
                            models.Q(models.Q(("whom", "actor"), _negated=True), ("actor", None)),
                            _connector="OR",
                        ),
                        name="casualty_actor_with_whom",
                        violation_error_message="Name the actor where whom is an actor, and only there.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("note__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="casualty_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EpisodeCitation",
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
                        db_comment="The episode cited.",
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="events.episode",
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
                "db_table_comment": "Passages of sources that bear on episodes.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "number"),
                        name="episode_citation_number_once",
                        violation_error_message="This number is taken by another citation of the record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="episode_citation_number_from_one",
                        violation_error_message="Citations are numbered from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["disputes", "mentions", "supports"])),
                        name="episode_citation_stance_known",
                        violation_error_message="Unknown stance. Write one of: disputes, mentions, supports.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reliability__in", ["", "A", "B", "C", "D", "E", "F"])),
                        name="episode_citation_reliability_known",
                        violation_error_message="Unknown reliability. Write one of: A, B, C, D, E, F.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credibility__in", ["", "1", "2", "3", "4", "5", "6"])),
                        name="episode_citation_credibility_known",
                        violation_error_message="Unknown credibility. Write one of: 1, 2, 3, 4, 5, 6.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asserted_value", ""),
                            models.Q(("attribute", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="episode_citation_value_has_attribute",
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
                        name="episode_citation_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EpisodeCitationHistoryevent",
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
                        to="events.episodecitation",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The episode cited.",
                        db_constraint=False,
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.episode",
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
            name="EpisodeHistoryevent",
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
                    "title",
                    models.CharField(
                        db_comment="Name of the episode.", help_text="Its name.", max_length=200
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("turning_point", "Turning point"),
                            ("phase", "Phase"),
                            ("background", "Background"),
                        ],
                        db_comment="turning_point, phase or background.",
                        help_text="What it is to the story.",
                        max_length=13,
                    ),
                ),
                (
                    "ordinal",
                    models.DecimalField(
                        db_comment="Place in the order of telling, such as 1, 2 or 2.1.",
                        decimal_places=2,
                        help_text="Its place in the order of telling: 1, 2, 2.1.",
                        max_digits=5,
                    ),
                ),
                (
                    "description",
                    models.TextField(
                        blank=True,
                        db_comment="What it was about.",
                        default="",
                        db_default="",
                        help_text="What it was about, in our own words.",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The longer episode of which this is a part.",
                        db_constraint=False,
                        help_text="The longer episode of which this is a part.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.episode",
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
                        to="events.episode",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Where it took place.",
                        db_constraint=False,
                        help_text="Where.",
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
        migrations.CreateModel(
            name="CasualtyHistoryevent",
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
                        db_comment="Number of the claim within its event, from 1.",
                        help_text="Counts the claims of one event from 1.",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("killed", "Killed"),
                            ("injured", "Injured"),
                            ("captured", "Captured"),
                            ("displaced", "Displaced"),
                        ],
                        db_comment="killed, injured, captured or displaced.",
                        help_text="What happened to them.",
                        max_length=9,
                    ),
                ),
                (
                    "whom",
                    models.CharField(
                        choices=[
                            ("civilians", "Civilians"),
                            ("actor", "An actor"),
                            ("unknown", "Unknown or all"),
                        ],
                        db_comment="civilians, actor or unknown.",
                        default="unknown",
                        help_text="Who was harmed.",
                        max_length=9,
                    ),
                ),
                (
                    "low",
                    models.PositiveIntegerField(
                        blank=True,
                        db_comment="Lowest count of persons claimed.",
                        help_text="Lowest count.",
                        null=True,
                    ),
                ),
                (
                    "best",
                    models.PositiveIntegerField(
                        blank=True,
                        db_comment="Best estimate of persons.",
                        help_text="Best estimate.",
                        null=True,
                    ),
                ),
                (
                    "high",
                    models.PositiveIntegerField(
                        blank=True,
                        db_comment="Highest count of persons claimed.",
                        help_text="Highest count.",
                        null=True,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="How the count was made or read.",
                        default="",
                        db_default="",
                        help_text="How the count was made or read.",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The actor whose members were harmed, where whom is actor.",
                        db_constraint=False,
                        help_text="Whose members, where whom is an actor.",
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
                        to="events.casualty",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The source that claims it; empty for a span over all sources cited.",
                        db_constraint=False,
                        help_text="Who claims it; empty for a span over all the sources cited.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="sources.source",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_comment="The event.",
                        db_constraint=False,
                        help_text="In what.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AuthorityEventHistoryevent",
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
                    "bound",
                    models.CharField(
                        choices=[("start", "Start"), ("end", "End")],
                        db_comment="start or end.",
                        help_text="Which end.",
                        max_length=5,
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        db_comment="The statement of authority that the event bounds.",
                        db_constraint=False,
                        help_text="Which authority.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="actors.authority",
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
                        to="events.authorityevent",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_comment="The event that began or ended it.",
                        db_constraint=False,
                        help_text="Which event.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="EventCitation",
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
                        db_comment="The event cited.",
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="events.event",
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
                "db_table_comment": "Passages of sources that bear on events.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "number"),
                        name="event_citation_number_once",
                        violation_error_message="This number is taken by another citation of the record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="event_citation_number_from_one",
                        violation_error_message="Citations are numbered from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["disputes", "mentions", "supports"])),
                        name="event_citation_stance_known",
                        violation_error_message="Unknown stance. Write one of: disputes, mentions, supports.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reliability__in", ["", "A", "B", "C", "D", "E", "F"])),
                        name="event_citation_reliability_known",
                        violation_error_message="Unknown reliability. Write one of: A, B, C, D, E, F.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credibility__in", ["", "1", "2", "3", "4", "5", "6"])),
                        name="event_citation_credibility_known",
                        violation_error_message="Unknown credibility. Write one of: 1, 2, 3, 4, 5, 6.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asserted_value", ""),
                            models.Q(("attribute", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="event_citation_value_has_attribute",
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
                        name="event_citation_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EventCitationHistoryevent",
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
                        to="events.eventcitation",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The event cited.",
                        db_constraint=False,
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.event",
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
            name="EventHistoryevent",
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
                            ("battle", "Battle"),
                            ("raid", "Raid"),
                            ("military_operation", "Military operation"),
                            ("airstrike", "Airstrike"),
                            ("shelling", "Shelling"),
                            ("bombing", "Bombing"),
                            ("chemical_attack", "Chemical attack"),
                            ("attack_on_civilians", "Attack on civilians"),
                            ("assassination", "Assassination"),
                            ("abduction", "Abduction"),
                            ("territorial_takeover", "Territorial takeover"),
                            ("deployment", "Deployment"),
                            ("withdrawal", "Withdrawal"),
                            ("coup", "Coup"),
                            ("unrest", "Unrest"),
                            ("protest", "Protest"),
                            ("arrest", "Arrest"),
                            ("seizure", "Seizure"),
                            ("displacement", "Displacement"),
                            ("crossing_opened", "Crossing opened"),
                            ("crossing_closed", "Crossing closed"),
                            ("political_change", "Political change"),
                            ("statement", "Statement"),
                            ("administrative_measure", "Administrative measure"),
                            ("infrastructure", "Infrastructure"),
                            ("other", "Other"),
                        ],
                        db_comment="Kind of event, see the vocabulary of event kinds.",
                        help_text="What happened.",
                        max_length=22,
                    ),
                ),
                (
                    "sub_kind",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the kind, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the kind, such as ambush or drone strike.",
                        max_length=60,
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        db_comment="What happened, in a line.",
                        help_text="What happened, in a line.",
                        max_length=200,
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        db_comment="What happened, in our own words.",
                        default="",
                        db_default="",
                        help_text="What happened, in our own words.",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        db_comment="How it ended.",
                        default="",
                        db_default="",
                        help_text="How it ended.",
                        max_length=300,
                    ),
                ),
                (
                    "date",
                    border.kernel.dates.EDTFField(
                        db_comment="When it happened, EDTF text (ISO 8601-2) as the curator wrote it.",
                        help_text="When, as EDTF: 2014-06-22, 2014-06, 2014-06-20/2014-06-22, 2014-22 (summer), 2019-09-30~.",
                        max_length=64,
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The episode it belongs to.",
                        db_constraint=False,
                        help_text="The episode it belongs to.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.episode",
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
                        to="events.event",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_comment="The smallest territory in which it surely happened.",
                        db_constraint=False,
                        help_text="The smallest territory in which it surely happened.",
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
            name="ExternalRecord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        db_comment="The row's own id in that dataset.",
                        help_text="The row's own id.",
                        max_length=100,
                    ),
                ),
                (
                    "raw",
                    models.JSONField(
                        db_comment="The row as it came: {column: text}, untouched.",
                        help_text="The row as it came.",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The event of ours that speaks of the same.",
                        help_text="The event of ours.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="external_records",
                        to="events.event",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        db_comment="The dataset release: a source with dataset and version.",
                        help_text="Which dataset release.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="external_records",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Rows of other datasets as they came, and the events linked to them. Never public.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("release", "key"),
                        name="external_record_once",
                        violation_error_message="This release already has a row with this id.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        name="external_record_key_present",
                        violation_error_message="A row of a dataset has an id.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "key__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("key__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="external_record_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExternalRecordHistoryevent",
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
                    "key",
                    models.CharField(
                        db_comment="The row's own id in that dataset.",
                        help_text="The row's own id.",
                        max_length=100,
                    ),
                ),
                (
                    "raw",
                    models.JSONField(
                        db_comment="The row as it came: {column: text}, untouched.",
                        help_text="The row as it came.",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The event of ours that speaks of the same.",
                        db_constraint=False,
                        help_text="The event of ours.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.event",
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
                        to="events.externalrecord",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        db_comment="The dataset release: a source with dataset and version.",
                        db_constraint=False,
                        help_text="Which dataset release.",
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
            name="Finding",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("assessment", "Assessment"),
                            ("causal", "Causal"),
                            ("conditional", "Conditional"),
                            ("prediction", "Prediction"),
                            ("dilemma", "Dilemma"),
                        ],
                        db_comment="Kind of finding.",
                        help_text="What sort of judgement.",
                        max_length=11,
                    ),
                ),
                (
                    "sub_kind",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the kind.",
                        default="",
                        db_default="",
                        help_text="A finer word than the kind.",
                        max_length=60,
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("asserted", "Asserted"),
                            ("likely", "Likely"),
                            ("possible", "Possible"),
                            ("uncertain", "Uncertain"),
                            ("necessity", "Necessity"),
                            ("alternative", "Alternative"),
                        ],
                        db_comment="How firmly it is put.",
                        default="asserted",
                        help_text="How firmly it is put.",
                        max_length=11,
                    ),
                ),
                (
                    "statement",
                    models.TextField(
                        db_comment="The judgement, in our own words.",
                        help_text="The judgement, in our own words.",
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        blank=True,
                        db_comment="On what it depends.",
                        default="",
                        db_default="",
                        help_text="On what it depends.",
                        max_length=300,
                    ),
                ),
                (
                    "consequence",
                    models.CharField(
                        blank=True,
                        db_comment="What follows.",
                        default="",
                        db_default="",
                        help_text="What follows.",
                        max_length=300,
                    ),
                ),
                (
                    "as_of",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="When the judgement was made, EDTF text.",
                        db_default="",
                        default="",
                        help_text="When it was made, as EDTF.",
                        max_length=64,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The dilemma of which this is a branch.",
                        help_text="The dilemma of which this is a branch.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="branches",
                        to="events.finding",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Analytic judgements about territories and actors, as of a day.",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                        name="finding_status_known",
                        violation_error_message="Unknown status. Write one of: draft, in_review, published, withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["high", "low", "moderate"])),
                        name="finding_confidence_known",
                        violation_error_message="Unknown confidence. Write one of: high, low, moderate.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="finding_slug_form",
                        violation_error_message="A slug is lower-case letters a–z and digits, in words joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certain__contained_by", models.F("possible"))),
                        name="events_finding_certain_within_possible",
                        violation_error_message="The days that are certain must lie within those that are possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("possible__isempty", False)),
                        name="events_finding_possible_on_some_day",
                        violation_error_message="A date must leave at least one day possible; an unknown date is empty text.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["assessment", "causal", "conditional", "dilemma", "prediction"])
                        ),
                        name="finding_kind_known",
                        violation_error_message="Unknown kind. Write one of: assessment, causal, conditional, dilemma, prediction.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "modality__in",
                                ["alternative", "asserted", "likely", "necessity", "possible", "uncertain"],
                            )
                        ),
                        name="finding_modality_known",
                        violation_error_message="Unknown modality. Write one of: alternative, asserted, likely, necessity, possible, uncertain.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("statement", ""), _negated=True),
                        name="finding_statement_present",
                        violation_error_message="A finding needs its statement.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("parent", None),
                            models.Q(("parent", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="finding_not_its_own_branch",
                        violation_error_message="A finding is not a branch of itself.",
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
                                    "condition__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("condition__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "consequence__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("consequence__regex", "<[a-zA-Z/!?]"), _negated=True),
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
                                    "as_of__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("as_of__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "statement__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("statement__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("note__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="finding_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["possible"], name="finding_possible"),
                    django.contrib.postgres.indexes.GistIndex(fields=["certain"], name="finding_certain"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingActor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_comment="The actor it is about.",
                        help_text="About whom.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="about_findings",
                        to="actors.actor",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        db_comment="The finding.",
                        help_text="Which finding.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="about_actors",
                        to="events.finding",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Actors that a finding is about.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("finding", "actor"),
                        name="finding_actor_once",
                        violation_error_message="The finding is already about this actor.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingActorHistoryevent",
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
                    "actor",
                    models.ForeignKey(
                        db_comment="The actor it is about.",
                        db_constraint=False,
                        help_text="About whom.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="actors.actor",
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        db_comment="The finding.",
                        db_constraint=False,
                        help_text="Which finding.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.finding",
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
                        to="events.findingactor",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FindingCitation",
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
                        db_comment="The finding cited.",
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="events.finding",
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
                "db_table_comment": "Passages of sources that bear on findings.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "number"),
                        name="finding_citation_number_once",
                        violation_error_message="This number is taken by another citation of the record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="finding_citation_number_from_one",
                        violation_error_message="Citations are numbered from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["disputes", "mentions", "supports"])),
                        name="finding_citation_stance_known",
                        violation_error_message="Unknown stance. Write one of: disputes, mentions, supports.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reliability__in", ["", "A", "B", "C", "D", "E", "F"])),
                        name="finding_citation_reliability_known",
                        violation_error_message="Unknown reliability. Write one of: A, B, C, D, E, F.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credibility__in", ["", "1", "2", "3", "4", "5", "6"])),
                        name="finding_citation_credibility_known",
                        violation_error_message="Unknown credibility. Write one of: 1, 2, 3, 4, 5, 6.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asserted_value", ""),
                            models.Q(("attribute", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="finding_citation_value_has_attribute",
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
                        name="finding_citation_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingCitationHistoryevent",
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
                        to="events.findingcitation",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The finding cited.",
                        db_constraint=False,
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.finding",
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
            name="FindingHistoryevent",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("assessment", "Assessment"),
                            ("causal", "Causal"),
                            ("conditional", "Conditional"),
                            ("prediction", "Prediction"),
                            ("dilemma", "Dilemma"),
                        ],
                        db_comment="Kind of finding.",
                        help_text="What sort of judgement.",
                        max_length=11,
                    ),
                ),
                (
                    "sub_kind",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the kind.",
                        default="",
                        db_default="",
                        help_text="A finer word than the kind.",
                        max_length=60,
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("asserted", "Asserted"),
                            ("likely", "Likely"),
                            ("possible", "Possible"),
                            ("uncertain", "Uncertain"),
                            ("necessity", "Necessity"),
                            ("alternative", "Alternative"),
                        ],
                        db_comment="How firmly it is put.",
                        default="asserted",
                        help_text="How firmly it is put.",
                        max_length=11,
                    ),
                ),
                (
                    "statement",
                    models.TextField(
                        db_comment="The judgement, in our own words.",
                        help_text="The judgement, in our own words.",
                    ),
                ),
                (
                    "condition",
                    models.CharField(
                        blank=True,
                        db_comment="On what it depends.",
                        default="",
                        db_default="",
                        help_text="On what it depends.",
                        max_length=300,
                    ),
                ),
                (
                    "consequence",
                    models.CharField(
                        blank=True,
                        db_comment="What follows.",
                        default="",
                        db_default="",
                        help_text="What follows.",
                        max_length=300,
                    ),
                ),
                (
                    "as_of",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="When the judgement was made, EDTF text.",
                        db_default="",
                        default="",
                        help_text="When it was made, as EDTF.",
                        max_length=64,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The dilemma of which this is a branch.",
                        db_constraint=False,
                        help_text="The dilemma of which this is a branch.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.finding",
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
                        to="events.finding",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="FindingTerritory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "finding",
                    models.ForeignKey(
                        db_comment="The finding.",
                        help_text="Which finding.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="about_territories",
                        to="events.finding",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_comment="The territory it is about.",
                        help_text="About what place.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="about_findings",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "finding territories",
                "db_table_comment": "Territories that a finding is about.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("finding", "territory"),
                        name="finding_territory_once",
                        violation_error_message="The finding is already about this territory.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingTerritoryHistoryevent",
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
                    "finding",
                    models.ForeignKey(
                        db_comment="The finding.",
                        db_constraint=False,
                        help_text="Which finding.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.finding",
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
                        to="events.findingterritory",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        db_comment="The territory it is about.",
                        db_constraint=False,
                        help_text="About what place.",
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
            name="Match",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[("same", "Same"), ("different", "Different"), ("unsure", "Unsure")],
                        db_comment="same, different or unsure.",
                        help_text="Same, different or unsure.",
                        max_length=9,
                    ),
                ),
                (
                    "score",
                    models.FloatField(
                        blank=True,
                        db_comment="Likeness from 0 to 1, where a program proposed the match.",
                        help_text="From 0 to 1, where a program proposed it.",
                        null=True,
                    ),
                ),
                (
                    "reason",
                    models.CharField(db_comment="Why it was judged so.", help_text="Why.", max_length=500),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who judged; empty where a stated threshold did.",
                        help_text="Who judged.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        db_comment="One event; the one with the lower id.",
                        help_text="One event.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matches_as_first",
                        to="events.event",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        db_comment="The other event.",
                        help_text="The other event.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matches_as_second",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "matches",
                "db_table_comment": "Judgements on whether two events are one and the same. The same event is counted once.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("first", "second"),
                        name="match_once",
                        violation_error_message="This pair is already judged.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="match_pair_in_order",
                        violation_error_message="Give the pair in the order in which the events were entered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("score", None), models.Q(("score__gte", 0), ("score__lte", 1)), _connector="OR"
                        ),
                        name="match_score_in_range",
                        violation_error_message="A score lies between 0 and 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["different", "same", "unsure"])),
                        name="match_verdict_known",
                        violation_error_message="Unknown verdict. Write one of: different, same, unsure.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="match_reason_present",
                        violation_error_message="A judgement needs its reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "reason__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("reason__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="match_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MatchHistoryevent",
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
                    "verdict",
                    models.CharField(
                        choices=[("same", "Same"), ("different", "Different"), ("unsure", "Unsure")],
                        db_comment="same, different or unsure.",
                        help_text="Same, different or unsure.",
                        max_length=9,
                    ),
                ),
                (
                    "score",
                    models.FloatField(
                        blank=True,
                        db_comment="Likeness from 0 to 1, where a program proposed the match.",
                        help_text="From 0 to 1, where a program proposed it.",
                        null=True,
                    ),
                ),
                (
                    "reason",
                    models.CharField(db_comment="Why it was judged so.", help_text="Why.", max_length=500),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who judged; empty where a stated threshold did.",
                        db_constraint=False,
                        help_text="Who judged.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        db_comment="One event; the one with the lower id.",
                        db_constraint=False,
                        help_text="One event.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.event",
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
                        to="events.match",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        db_comment="The other event.",
                        db_constraint=False,
                        help_text="The other event.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Movement",
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
                    "title",
                    models.CharField(
                        db_comment="What moved, in a line.",
                        help_text="What moved, in a line.",
                        max_length=200,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("fighters", "Fighters"),
                            ("arms", "Arms"),
                            ("goods", "Goods"),
                            ("displaced", "Displaced people"),
                            ("travellers", "Travellers"),
                            ("aid", "Aid"),
                            ("fuel", "Fuel"),
                            ("drugs", "Drugs"),
                            ("influence", "Influence"),
                        ],
                        db_comment="Kind of movement, see the vocabulary of movement kinds.",
                        help_text="What moves.",
                        max_length=10,
                    ),
                ),
                (
                    "sub_kind",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the kind, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the kind, such as soldiers or oil.",
                        max_length=60,
                    ),
                ),
                (
                    "both_ways",
                    models.BooleanField(
                        db_comment="True where it also moves from the destination to the origin.",
                        db_default=False,
                        default=False,
                        help_text="It also moves from the destination to the origin.",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        blank=True,
                        db_comment="The direction in the curators' words.",
                        default="",
                        db_default="",
                        help_text="The direction in words, such as Iran through Iraq to Syria.",
                        max_length=60,
                    ),
                ),
                (
                    "quantity_low",
                    models.DecimalField(
                        blank=True,
                        db_comment="Lowest quantity, in the unit of the column unit.",
                        decimal_places=2,
                        help_text="Lowest quantity, in the unit given.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "quantity_high",
                    models.DecimalField(
                        blank=True,
                        db_comment="Highest quantity, in the unit of the column unit.",
                        decimal_places=2,
                        help_text="Highest quantity, in the unit given.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        db_comment="Unit of the quantities.",
                        default="",
                        db_default="",
                        help_text="Of what the quantity counts: soldiers, trucks, barrels a day.",
                        max_length=100,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        blank=True,
                        db_comment="What for, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="What for.",
                        max_length=300,
                    ),
                ),
                (
                    "destination",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The territory to which it moves.",
                        help_text="To where.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements_to",
                        to="territories.territory",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The episode it belongs to.",
                        help_text="The episode it belongs to.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="events.episode",
                    ),
                ),
                (
                    "mover",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The actor that moves, or moves it.",
                        help_text="Who moves, or moves it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="actors.actor",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The territory from which it moves.",
                        help_text="From where.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements_from",
                        to="territories.territory",
                    ),
                ),
                (
                    "via",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The territory through which it moves.",
                        help_text="Through where.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements_through",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Statements that something or somebody moved from one territory to another for a time.",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                        name="movement_status_known",
                        violation_error_message="Unknown status. Write one of: draft, in_review, published, withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["high", "low", "moderate"])),
                        name="movement_confidence_known",
                        violation_error_message="Unknown confidence. Write one of: high, low, moderate.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="movement_slug_form",
                        violation_error_message="A slug is lower-case letters a–z and digits, in words joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certain__contained_by", models.F("possible"))),
                        name="events_movement_certain_within_possible",
                        violation_error_message="The days that are certain must lie within those that are possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("possible__isempty", False)),
                        name="events_movement_possible_on_some_day",
                        violation_error_message="A date must leave at least one day possible; an unknown date is empty text.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "aid",
                                    "arms",
                                    "displaced",
                                    "drugs",
                                    "fighters",
                                    "fuel",
                                    "goods",
                                    "influence",
                                    "travellers",
                                ],
                            )
                        ),
                        name="movement_kind_known",
                        violation_error_message="Unknown kind. Write one of: aid, arms, displaced, drugs, fighters, fuel, goods, influence, travellers.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="movement_title_present",
                        violation_error_message="A movement needs a title.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quantity_low", None),
                            ("quantity_high", None),
                            ("quantity_low__lte", models.F("quantity_high")),
                            _connector="OR",
                        ),
                        name="movement_quantity_low_not_above_quantity_high",
                        violation_error_message="Quantity low cannot be above quantity high.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("quantity_low", None),
                                models.Q(("quantity_low__gte", 0), ("quantity_low__lt", 1000000000000)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("quantity_high", None),
                                models.Q(("quantity_high__gte", 0), ("quantity_high__lt", 1000000000000)),
                                _connector="OR",
                            ),
                        ),
                        name="movement_counts_not_negative",
                        violation_error_message="A count is zero or more: quantity low, quantity high.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "title__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("title__regex", "<[a-zA-Z/!?]"), _negated=True),
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
                                    "direction__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("direction__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "unit__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("unit__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "purpose__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("purpose__regex", "<[a-zA-Z/!?]"), _negated=True),
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
                        name="movement_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["possible"], name="movement_possible"),
                    django.contrib.postgres.indexes.GistIndex(fields=["certain"], name="movement_certain"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MovementCitation",
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
                        db_comment="The movement cited.",
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="events.movement",
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
                "db_table_comment": "Passages of sources that bear on movements.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("record", "number"),
                        name="movement_citation_number_once",
                        violation_error_message="This number is taken by another citation of the record.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="movement_citation_number_from_one",
                        violation_error_message="Citations are numbered from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["disputes", "mentions", "supports"])),
                        name="movement_citation_stance_known",
                        violation_error_message="Unknown stance. Write one of: disputes, mentions, supports.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reliability__in", ["", "A", "B", "C", "D", "E", "F"])),
                        name="movement_citation_reliability_known",
                        violation_error_message="Unknown reliability. Write one of: A, B, C, D, E, F.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credibility__in", ["", "1", "2", "3", "4", "5", "6"])),
                        name="movement_citation_credibility_known",
                        violation_error_message="Unknown credibility. Write one of: 1, 2, 3, 4, 5, 6.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asserted_value", ""),
                            models.Q(("attribute", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="movement_citation_value_has_attribute",
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
                        name="movement_citation_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MovementCitationHistoryevent",
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
                        to="events.movementcitation",
                    ),
                ),
                (
                    "record",
                    models.ForeignKey(
                        db_comment="The movement cited.",
                        db_constraint=False,
                        help_text="What the passage speaks about.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.movement",
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
            name="MovementHistoryevent",
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
                    "title",
                    models.CharField(
                        db_comment="What moved, in a line.",
                        help_text="What moved, in a line.",
                        max_length=200,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("fighters", "Fighters"),
                            ("arms", "Arms"),
                            ("goods", "Goods"),
                            ("displaced", "Displaced people"),
                            ("travellers", "Travellers"),
                            ("aid", "Aid"),
                            ("fuel", "Fuel"),
                            ("drugs", "Drugs"),
                            ("influence", "Influence"),
                        ],
                        db_comment="Kind of movement, see the vocabulary of movement kinds.",
                        help_text="What moves.",
                        max_length=10,
                    ),
                ),
                (
                    "sub_kind",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the kind, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the kind, such as soldiers or oil.",
                        max_length=60,
                    ),
                ),
                (
                    "both_ways",
                    models.BooleanField(
                        db_comment="True where it also moves from the destination to the origin.",
                        db_default=False,
                        default=False,
                        help_text="It also moves from the destination to the origin.",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        blank=True,
                        db_comment="The direction in the curators' words.",
                        default="",
                        db_default="",
                        help_text="The direction in words, such as Iran through Iraq to Syria.",
                        max_length=60,
                    ),
                ),
                (
                    "quantity_low",
                    models.DecimalField(
                        blank=True,
                        db_comment="Lowest quantity, in the unit of the column unit.",
                        decimal_places=2,
                        help_text="Lowest quantity, in the unit given.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "quantity_high",
                    models.DecimalField(
                        blank=True,
                        db_comment="Highest quantity, in the unit of the column unit.",
                        decimal_places=2,
                        help_text="Highest quantity, in the unit given.",
                        max_digits=14,
                        null=True,
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        blank=True,
                        db_comment="Unit of the quantities.",
                        default="",
                        db_default="",
                        help_text="Of what the quantity counts: soldiers, trucks, barrels a day.",
                        max_length=100,
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        blank=True,
                        db_comment="What for, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="What for.",
                        max_length=300,
                    ),
                ),
                (
                    "destination",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The territory to which it moves.",
                        db_constraint=False,
                        help_text="To where.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territories.territory",
                    ),
                ),
                (
                    "episode",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The episode it belongs to.",
                        db_constraint=False,
                        help_text="The episode it belongs to.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.episode",
                    ),
                ),
                (
                    "mover",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The actor that moves, or moves it.",
                        db_constraint=False,
                        help_text="Who moves, or moves it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="actors.actor",
                    ),
                ),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The territory from which it moves.",
                        db_constraint=False,
                        help_text="From where.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="territories.territory",
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
                        to="events.movement",
                    ),
                ),
                (
                    "via",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The territory through which it moves.",
                        db_constraint=False,
                        help_text="Through where.",
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
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("initiator", "Initiator"),
                            ("target", "Target"),
                            ("side_a", "Side A"),
                            ("side_b", "Side B"),
                            ("associate", "Associate"),
                            ("victim", "Victim"),
                            ("mediator", "Mediator"),
                            ("host", "Host"),
                            ("claimant", "Claimant"),
                        ],
                        db_comment="Role in the event, see the vocabulary of participant roles.",
                        help_text="What it did, or what was done to it.",
                        max_length=9,
                    ),
                ),
                (
                    "sub_role",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the role, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the role, such as defender or denier.",
                        max_length=60,
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("confirmed", "Confirmed"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                        ],
                        db_comment="confirmed, alleged or disputed.",
                        default="confirmed",
                        help_text="How sure it is.",
                        max_length=9,
                    ),
                ),
                (
                    "attributed_by",
                    models.CharField(
                        blank=True,
                        db_comment="Who says that this actor took part, where it is not plain.",
                        default="",
                        db_default="",
                        help_text="Who says that this actor took part.",
                        max_length=200,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="The curator's note on this participation. Published with it.",
                        default="",
                        db_default="",
                        help_text="What a reader should know about this part.",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_comment="The actor that took part.",
                        help_text="Who.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="actors.actor",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_comment="The event.",
                        help_text="In what.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Actors' parts in events: role, certainty, and who says so.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("event", "actor", "role", "sub_role"),
                        name="participation_once",
                        violation_error_message="This actor already has this role in the event.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "associate",
                                    "claimant",
                                    "host",
                                    "initiator",
                                    "mediator",
                                    "side_a",
                                    "side_b",
                                    "target",
                                    "victim",
                                ],
                            )
                        ),
                        name="participation_role_known",
                        violation_error_message="Unknown role. Write one of: associate, claimant, host, initiator, mediator, side_a, side_b, target, victim.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certainty__in", ["alleged", "confirmed", "disputed"])),
                        name="participation_certainty_known",
                        violation_error_message="Unknown certainty. Write one of: alleged, confirmed, disputed.",
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
                                    "attributed_by__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("attributed_by__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("note__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="participation_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ParticipationHistoryevent",
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
                    "role",
                    models.CharField(
                        choices=[
                            ("initiator", "Initiator"),
                            ("target", "Target"),
                            ("side_a", "Side A"),
                            ("side_b", "Side B"),
                            ("associate", "Associate"),
                            ("victim", "Victim"),
                            ("mediator", "Mediator"),
                            ("host", "Host"),
                            ("claimant", "Claimant"),
                        ],
                        db_comment="Role in the event, see the vocabulary of participant roles.",
                        help_text="What it did, or what was done to it.",
                        max_length=9,
                    ),
                ),
                (
                    "sub_role",
                    models.CharField(
                        blank=True,
                        db_comment="A finer word than the role, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="A finer word than the role, such as defender or denier.",
                        max_length=60,
                    ),
                ),
                (
                    "certainty",
                    models.CharField(
                        choices=[
                            ("confirmed", "Confirmed"),
                            ("alleged", "Alleged"),
                            ("disputed", "Disputed"),
                        ],
                        db_comment="confirmed, alleged or disputed.",
                        default="confirmed",
                        help_text="How sure it is.",
                        max_length=9,
                    ),
                ),
                (
                    "attributed_by",
                    models.CharField(
                        blank=True,
                        db_comment="Who says that this actor took part, where it is not plain.",
                        default="",
                        db_default="",
                        help_text="Who says that this actor took part.",
                        max_length=200,
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        db_comment="The curator's note on this participation. Published with it.",
                        default="",
                        db_default="",
                        help_text="What a reader should know about this part.",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        db_comment="The actor that took part.",
                        db_constraint=False,
                        help_text="Who.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="actors.actor",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_comment="The event.",
                        db_constraint=False,
                        help_text="In what.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="events.event",
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
                        to="events.participation",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    )
    operations = [
        *tables,
        migrations.AddField(
            model_name="finding",
            name="actors",
            field=models.ManyToManyField(
                related_name="findings", through="events.FindingActor", to="actors.actor"
            ),
        ),
        migrations.AddField(
            model_name="finding",
            name="territories",
            field=models.ManyToManyField(
                related_name="findings", through="events.FindingTerritory", to="territories.territory"
            ),
        ),
    ]
