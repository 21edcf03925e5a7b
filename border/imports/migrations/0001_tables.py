"""Imports of datasets, their rows while they are looked over, and what their names mean."""

import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from border.kernel.migrating import together

ID = "Internal number; never leaves the database."
# Staged rows can be read again from their file: they need not be written twice, nor survive a crash.
SQL = "ALTER TABLE imports_stagedrow SET UNLOGGED;" + "".join(
    f"COMMENT ON COLUMN imports_{table}.id IS '{ID}';"
    for table in ("import", "actorreading", "placereading", "stagedrow")
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "__first__"),
        ("curation", "0002_sent_back"),
        ("events", "0008_told"),
        ("sources", "0004_in_order"),
        ("territories", "0005_codes"),
    ]

    operations = together(
        migrations.CreateModel(
            name="Import",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        db_comment="The name of the file, without its folder.",
                        help_text="The name of the file.",
                        max_length=255,
                    ),
                ),
                ("size", models.BigIntegerField(db_comment="Size of the file in bytes.", help_text="Bytes.")),
                (
                    "sha256",
                    models.CharField(
                        db_comment="SHA-256 of the file, in hexadecimal digits.",
                        help_text="Its SHA-256.",
                        max_length=64,
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        db_comment="Format of the file: ucdp-ged, acled …",
                        help_text="What it is.",
                        max_length=20,
                    ),
                ),
                (
                    "dialect",
                    models.CharField(
                        db_comment="Form of the format, such as its number of columns.",
                        help_text="Which form of it.",
                        max_length=60,
                    ),
                ),
                (
                    "layout",
                    models.JSONField(
                        db_comment="What it takes to write the same file again: its columns in order, delimiter, line ends.",
                        help_text="How to write the same file again.",
                    ),
                ),
                (
                    "within",
                    models.CharField(
                        blank=True,
                        db_comment="Area to which it was narrowed: a territory's slug or a box west,south,east,north; empty for none.",
                        db_default="",
                        default="",
                        help_text="A territory's slug, or west,south,east,north; empty for everything.",
                        max_length=200,
                    ),
                ),
                (
                    "read_at",
                    models.DateTimeField(
                        auto_now_add=True, db_comment="When the file was read.", help_text="When it was read."
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("read", "Read"), ("written", "Written")],
                        db_comment="read or written.",
                        db_default="read",
                        default="read",
                        help_text="How far it has come.",
                        max_length=8,
                    ),
                ),
                (
                    "counts",
                    models.JSONField(
                        db_comment="Rows by verdict: {new, changed, same, …}.",
                        default=dict,
                        help_text="Rows by what becomes of them.",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who brought the file; empty where a command did without a name.",
                        help_text="Who brought it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "batch",
                    models.OneToOneField(
                        blank=True,
                        db_comment="The batch that was written; empty before, and where there was nothing to write.",
                        help_text="What was written.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imported",
                        to="sources.batch",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        db_comment="The dataset release that the file is, or is a part of.",
                        help_text="The dataset release that the file is.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Files of datasets that were read, and which batch they became. Never public.",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["read", "written"])),
                        name="import_state_known",
                        violation_error_message="Unknown state. Write one of: read, written.",
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
                                    "format__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("format__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "dialect__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("dialect__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "within__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("within__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="import_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaceReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dataset",
                    models.CharField(
                        db_comment="The dataset: UCDP GED, ACLED.", help_text="Which dataset.", max_length=60
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        db_comment="MD5 of the words for the place and of its coordinates to a hundredth of a degree.",
                        editable=False,
                        max_length=32,
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        db_comment="What the dataset calls it.",
                        help_text="What the dataset calls it.",
                        max_length=300,
                    ),
                ),
                (
                    "divisions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_comment="The divisions in which the dataset puts it, from large to small.",
                        default=list,
                        help_text="In which divisions, from large to small.",
                        size=None,
                    ),
                ),
                (
                    "country",
                    models.CharField(
                        blank=True,
                        db_comment="ISO 3166-1 alpha-2 code of its country; empty where unknown.",
                        db_default="",
                        default="",
                        help_text="ISO 3166-1 alpha-2.",
                        max_length=2,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        db_comment="place, near, adm2, adm1, area, country or none: how large an area the dataset leaves open.",
                        help_text="How large it is.",
                        max_length=7,
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        db_comment="Longitude that the dataset gives, decimal degrees east, WGS 84.",
                        decimal_places=6,
                        help_text="Degrees east.",
                        max_digits=9,
                        null=True,
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        db_comment="Latitude that the dataset gives, decimal degrees north, WGS 84.",
                        decimal_places=6,
                        help_text="Degrees north.",
                        max_digits=8,
                        null=True,
                    ),
                ),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_comment="Search keys of its name.",
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "found",
                    models.CharField(
                        choices=[
                            ("matched", "Matched"),
                            ("unsure", "Unsure"),
                            ("unknown", "Unknown"),
                            ("nobody", "None of ours"),
                        ],
                        db_comment="matched, unsure, unknown or nobody.",
                        db_default="unknown",
                        default="unknown",
                        help_text="Whether it is known which territory is meant.",
                        max_length=7,
                    ),
                ),
                (
                    "candidates",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        db_comment="Ids of the territories that it may be, where that is unsure.",
                        default=list,
                        help_text="Where unsure, which it may be.",
                        size=None,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        db_comment="By what it was found: a name and a distance, a division, a person.",
                        db_default="",
                        default="",
                        help_text="By what it was found.",
                        max_length=200,
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        blank=True, db_comment="When somebody decided.", help_text="When.", null=True
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who decided; empty where nobody had to.",
                        help_text="Who decided.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="place_readings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The smallest territory in which it surely lies: itself where matched; empty where none of ours is known to hold it.",
                        help_text="The smallest territory in which it surely lies.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="territories.territory",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Places of datasets, and which territory is meant. A decision holds for all releases. Never public.",
                "indexes": [models.Index(fields=["dataset", "name"], name="place_reading_name")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dataset", "digest"),
                        name="place_reading_once",
                        violation_error_message="This place of the dataset has a reading already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("found__in", ["matched", "nobody", "unknown", "unsure"])),
                        name="place_reading_found_known",
                        violation_error_message="Unknown found. Write one of: matched, nobody, unknown, unsure.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("found", "matched"), _negated=True),
                            ("territory__isnull", False),
                            _connector="OR",
                        ),
                        name="place_reading_matched_somewhere",
                        violation_error_message="A place that is matched is a territory.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StagedRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        db_comment="Counts the rows of the import from 1.", help_text="Which row."
                    ),
                ),
                (
                    "file",
                    models.TextField(
                        db_comment="Which file of an archive; else empty.", default="", help_text="File."
                    ),
                ),
                (
                    "line",
                    models.PositiveIntegerField(
                        db_comment="Line of the file where it begins.", help_text="Line of the file."
                    ),
                ),
                (
                    "key",
                    models.TextField(
                        db_comment="The row's own id in the dataset.", help_text="Its id in the dataset."
                    ),
                ),
                (
                    "raw",
                    models.JSONField(
                        db_comment="The row as it came: {column: text}; empty where refused.",
                        help_text="As it came.",
                        null=True,
                    ),
                ),
                (
                    "told",
                    models.JSONField(
                        db_comment="What it says in our words, as external records keep it; empty where refused.",
                        help_text="What it says.",
                        null=True,
                    ),
                ),
                ("title", models.TextField(db_comment="Title of its event.", default="", help_text="Title.")),
                (
                    "search_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_comment="Search keys of the title.",
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                ("date", models.TextField(db_comment="Date in EDTF.", default="", help_text="EDTF.")),
                (
                    "possible",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Widest reading of the date, half-open.", editable=False, null=True
                    ),
                ),
                (
                    "certain",
                    django.contrib.postgres.fields.ranges.DateRangeField(
                        db_comment="Narrowest reading of the date, half-open.", editable=False, null=True
                    ),
                ),
                ("kind", models.TextField(db_comment="Kind of event.", default="", help_text="Kind.")),
                (
                    "sub_kind",
                    models.TextField(
                        db_comment="The dataset's own word for it.", default="", help_text="Finer kind."
                    ),
                ),
                (
                    "confidence",
                    models.TextField(
                        db_comment="Confidence of its event.", default="", help_text="Confidence."
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        db_comment="Longitude, if it is a point.",
                        decimal_places=6,
                        help_text="Degrees east.",
                        max_digits=9,
                        null=True,
                    ),
                ),
                (
                    "latitude",
                    models.DecimalField(
                        db_comment="Latitude, if it is a point.",
                        decimal_places=6,
                        help_text="Degrees north.",
                        max_digits=8,
                        null=True,
                    ),
                ),
                (
                    "uncertainty_m",
                    models.IntegerField(
                        db_comment="Uncertainty of the point in metres.", help_text="Metres.", null=True
                    ),
                ),
                (
                    "place",
                    models.BigIntegerField(
                        db_comment="Id of the reading of its place.", help_text="Place.", null=True
                    ),
                ),
                (
                    "quote",
                    models.TextField(
                        db_comment="The beginning of what it says in prose.", default="", help_text="Quote."
                    ),
                ),
                (
                    "updated_at",
                    models.BigIntegerField(
                        db_comment="When the dataset last changed it, in Unix seconds.",
                        help_text="Unix seconds.",
                        null=True,
                    ),
                ),
                (
                    "remarks",
                    models.JSONField(
                        db_comment="What is wrong with it or odd: [[column, value, message], …].",
                        default=list,
                        help_text="What is wrong or odd.",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("changed", "Changed"),
                            ("same", "Same"),
                            ("unplaced", "Unplaced"),
                            ("older", "Older"),
                            ("repeated", "Repeated"),
                            ("outside", "Outside"),
                            ("refused", "Refused"),
                        ],
                        db_comment="What becomes of it.",
                        help_text="What becomes of it.",
                        max_length=8,
                    ),
                ),
                (
                    "event",
                    models.BigIntegerField(
                        db_comment="Id of its event, which exists or will.", help_text="Event.", null=True
                    ),
                ),
                (
                    "record",
                    models.BigIntegerField(
                        db_comment="Id of what is kept of it from this release, if there is one.",
                        help_text="Record.",
                        null=True,
                    ),
                ),
                (
                    "before",
                    models.JSONField(
                        db_comment="What the dataset last said of it; empty where new.",
                        help_text="What it said before.",
                        null=True,
                    ),
                ),
                (
                    "territory",
                    models.BigIntegerField(
                        db_comment="Id of its event's territory.", help_text="Territory.", null=True
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        db_comment="The import it belongs to.",
                        help_text="Of which import.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="imports.import",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Rows of files while they are looked over. Never public.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("of", "number"),
                        name="staged_row_once",
                        violation_error_message="The rows of an import are numbered from 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "verdict__in",
                                [
                                    "changed",
                                    "new",
                                    "older",
                                    "outside",
                                    "refused",
                                    "repeated",
                                    "same",
                                    "unplaced",
                                ],
                            )
                        ),
                        name="staged_row_verdict_known",
                        violation_error_message="Unknown verdict. Write one of: changed, new, older, outside, refused, repeated, same, unplaced.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActorReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dataset",
                    models.CharField(
                        db_comment="The dataset: UCDP GED, ACLED.", help_text="Which dataset.", max_length=60
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        db_comment="The dataset's id of the actor, else its name, by which it is known again.",
                        help_text="Its id in the dataset, else its name.",
                        max_length=300,
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        db_comment="What the dataset calls it.",
                        help_text="What the dataset calls it.",
                        max_length=300,
                    ),
                ),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        db_comment="Search keys of the names under which it is looked up.",
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "found",
                    models.CharField(
                        choices=[
                            ("matched", "Matched"),
                            ("unsure", "Unsure"),
                            ("unknown", "Unknown"),
                            ("nobody", "None of ours"),
                        ],
                        db_comment="matched, unsure, unknown or nobody.",
                        db_default="unknown",
                        default="unknown",
                        help_text="Whether it is known who is meant.",
                        max_length=7,
                    ),
                ),
                (
                    "actors",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        db_comment="Ids of the actors meant: where matched, of several the one that existed on the day; where unsure, who may be.",
                        default=list,
                        help_text="Who is meant; of several, the one that existed at the time. Where unsure, who may be.",
                        size=None,
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        db_comment="By what it was found: an id, a stored name, a person.",
                        db_default="",
                        default="",
                        help_text="By what it was found.",
                        max_length=200,
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        blank=True, db_comment="When somebody decided.", help_text="When.", null=True
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who decided; empty where nobody had to.",
                        help_text="Who decided.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actor_readings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table_comment": "Names of actors in datasets, and who is meant. A decision holds for all releases. Never public.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dataset", "key"),
                        name="actor_reading_once",
                        violation_error_message="This name of the dataset has a reading already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("found__in", ["matched", "nobody", "unknown", "unsure"])),
                        name="actor_reading_found_known",
                        violation_error_message="Unknown found. Write one of: matched, nobody, unknown, unsure.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    )
