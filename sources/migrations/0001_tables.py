import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import border.kernel.dates
import border.kernel.history
from border.kernel.migrating import together


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = together(
        migrations.RunSQL(
            sql="CREATE SEQUENCE border_history AS bigint; COMMENT ON SEQUENCE border_history IS 'Numbers the history of every table in one order that owes nothing to clocks.';",
            reverse_sql="DROP SEQUENCE border_history;",
        ),
        migrations.CreateModel(
            name="Source",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("report", "Report"),
                            ("paper", "Scholarly paper"),
                            ("book", "Book"),
                            ("news", "News"),
                            ("analysis", "Analysis"),
                            ("official_record", "Official record"),
                            ("dataset", "Dataset"),
                            ("gazetteer", "Gazetteer"),
                            ("encyclopedia", "Encyclopedia"),
                            ("interview", "Interview"),
                            ("social_media", "Social media"),
                            ("imagery", "Imagery"),
                            ("map", "Map"),
                            ("own_knowledge", "Own knowledge"),
                        ],
                        db_comment="Kind of source, see the vocabulary of source kinds.",
                        help_text="What sort of document it is.",
                        max_length=20,
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        db_comment="Title in English, or translated into it.",
                        help_text="The title in English, or translated.",
                        max_length=400,
                    ),
                ),
                (
                    "title_original",
                    models.CharField(
                        blank=True,
                        db_comment="Title in its own language and script, where it is not English.",
                        default="",
                        db_default="",
                        help_text="The title as printed, where it is not in English.",
                        max_length=400,
                        verbose_name="title in the original script",
                    ),
                ),
                (
                    "authors",
                    models.CharField(
                        blank=True,
                        db_comment="Authors, joined by semicolons.",
                        default="",
                        db_default="",
                        help_text="Names joined by semicolons.",
                        max_length=400,
                    ),
                ),
                (
                    "publisher",
                    models.CharField(
                        blank=True,
                        db_comment="Publisher, agency or outlet.",
                        default="",
                        db_default="",
                        help_text="Who published it.",
                        max_length=200,
                    ),
                ),
                (
                    "published",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="Date of publication as EDTF text (ISO 8601-2); empty where unknown.",
                        db_default="",
                        default="",
                        help_text="When it was published, as EDTF: 2020-03-31, 2019~.",
                        max_length=64,
                        verbose_name="published",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        db_comment="Language of the source, BCP 47; mul for several.",
                        default="",
                        db_default="",
                        help_text="BCP 47: en, ar, ar-Latn, fa; mul for several.",
                        max_length=35,
                    ),
                ),
                (
                    "standpoint",
                    models.CharField(
                        blank=True,
                        db_comment="From where the source speaks, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="From where the source speaks: news agency, Syrian state media, opposition press …",
                        max_length=120,
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        db_comment="Address at which the source was read.",
                        default="",
                        db_default="",
                        help_text="Where it can be read.",
                        max_length=1000,
                    ),
                ),
                (
                    "archived_url",
                    models.URLField(
                        blank=True,
                        db_comment="Address of a copy kept by a public archive.",
                        default="",
                        db_default="",
                        help_text="Where an archive keeps it.",
                        max_length=1000,
                    ),
                ),
                (
                    "doi",
                    models.CharField(
                        blank=True,
                        db_comment="Digital object identifier, beginning with 10.",
                        default="",
                        db_default="",
                        help_text="Digital object identifier, without https://doi.org/.",
                        max_length=200,
                        verbose_name="DOI",
                    ),
                ),
                (
                    "isbn",
                    models.CharField(
                        blank=True,
                        db_comment="International standard book number.",
                        default="",
                        db_default="",
                        help_text="International standard book number.",
                        max_length=17,
                        verbose_name="ISBN",
                    ),
                ),
                (
                    "dataset",
                    models.CharField(
                        blank=True,
                        db_comment="Name of the dataset of which this source is one release; empty for other kinds.",
                        default="",
                        db_default="",
                        help_text="For a dataset release: the dataset, such as UCDP GED.",
                        max_length=60,
                    ),
                ),
                (
                    "version",
                    models.CharField(
                        blank=True,
                        db_comment="Version of the dataset release.",
                        default="",
                        db_default="",
                        help_text="For a dataset release: its version, such as 23.1.",
                        max_length=40,
                    ),
                ),
                (
                    "access_note",
                    models.CharField(
                        blank=True,
                        db_comment="How it can be reached and how much of it the curator saw.",
                        default="",
                        db_default="",
                        help_text="Paywall, login, or how much of it was seen.",
                        max_length=300,
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        db_comment="Licence under which the source is offered.",
                        default="",
                        db_default="",
                        help_text="The licence of the source, such as CC BY 4.0.",
                        max_length=120,
                    ),
                ),
                (
                    "redistributable",
                    models.BooleanField(
                        db_comment="True where values and short quotes taken from this source may be published.",
                        db_default=True,
                        default=True,
                        help_text="What was taken from it may be passed on to readers.",
                    ),
                ),
                (
                    "reliability",
                    models.CharField(
                        choices=[
                            ("A", "A – Completely reliable"),
                            ("B", "B – Usually reliable"),
                            ("C", "C – Fairly reliable"),
                            ("D", "D – Not usually reliable"),
                            ("E", "E – Unreliable"),
                            ("F", "F – Cannot be judged"),
                        ],
                        db_comment="Usual Admiralty reliability of the source, A to F. F cannot be judged; it is not the worst.",
                        db_default="F",
                        default="F",
                        help_text="The grade of the source as a rule (Admiralty A–F). F: cannot be judged.",
                        max_length=1,
                    ),
                ),
                (
                    "sensitivity",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("restricted", "Restricted"),
                            ("confidential", "Confidential"),
                        ],
                        db_comment="public, restricted (its citations show as withheld) or confidential (they do not show at all).",
                        db_default="public",
                        default="public",
                        help_text="Restricted: readers learn that there is a source. Confidential: not even that.",
                        max_length=12,
                    ),
                ),
            ],
            options={
                "db_table_comment": "Documents, dataset releases, accounts and images that say something about the border.",
                "abstract": False,
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["possible"], name="source_possible"),
                    django.contrib.postgres.indexes.GistIndex(fields=["certain"], name="source_certain"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_keys"], name="source_search_keys"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "in_review", "published", "withdrawn"])),
                        name="source_status_known",
                        violation_error_message="Unknown status. Write one of: draft, in_review, published, withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["high", "low", "moderate"])),
                        name="source_confidence_known",
                        violation_error_message="Unknown confidence. Write one of: high, low, moderate.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                        name="source_slug_form",
                        violation_error_message="A slug is lower-case letters a–z and digits, in words joined by single hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("certain__contained_by", models.F("possible"))),
                        name="sources_source_certain_within_possible",
                        violation_error_message="The days that are certain must lie within those that are possible.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("possible__isempty", False)),
                        name="sources_source_possible_on_some_day",
                        violation_error_message="A date must leave at least one day possible; an unknown date is empty text.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "analysis",
                                    "book",
                                    "dataset",
                                    "encyclopedia",
                                    "gazetteer",
                                    "imagery",
                                    "interview",
                                    "map",
                                    "news",
                                    "official_record",
                                    "own_knowledge",
                                    "paper",
                                    "report",
                                    "social_media",
                                ],
                            )
                        ),
                        name="source_kind_known",
                        violation_error_message="Unknown kind. Write one of: analysis, book, dataset, encyclopedia, gazetteer, imagery, interview, map, news, official_record, own_knowledge, paper, report, social_media.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reliability__in", ["A", "B", "C", "D", "E", "F"])),
                        name="source_reliability_known",
                        violation_error_message="Unknown reliability. Write one of: A, B, C, D, E, F.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sensitivity__in", ["confidential", "public", "restricted"])),
                        name="source_sensitivity_known",
                        violation_error_message="Unknown sensitivity. Write one of: confidential, public, restricted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="source_title_present",
                        violation_error_message="A source needs a title.",
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
                                    "title_original__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("title_original__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "authors__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("authors__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "publisher__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("publisher__regex", "<[a-zA-Z/!?]"), _negated=True),
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
                                    "standpoint__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("standpoint__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "url__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("url__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "archived_url__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("archived_url__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "doi__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("doi__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "isbn__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("isbn__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "dataset__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("dataset__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "version__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("version__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "access_note__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("access_note__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "licence__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("licence__regex", "<[a-zA-Z/!?]"), _negated=True),
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
                                    "published__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("published__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "note__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("note__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="source_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("language", ""),
                            ("language__regex", "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"),
                            _connector="OR",
                        ),
                        name="source_language_form",
                        violation_error_message="A language is a BCP 47 tag such as en, ar or ar-Latn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("doi", ""), ("doi__regex", "^10\\.\\S+/\\S+$"), _connector="OR"),
                        name="source_doi_form",
                        violation_error_message="A DOI begins with 10. and has a slash: 10.1234/abc.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("isbn", ""), ("isbn__regex", "^[0-9][0-9-]{8,15}[0-9X]$"), _connector="OR"
                        ),
                        name="source_isbn_form",
                        violation_error_message="An ISBN is 10 or 13 digits, with or without hyphens.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("url", ""), ("url__regex", "^((https?|ftp)://|urn:)\\S+$"), _connector="OR"
                            ),
                            models.Q(
                                ("archived_url", ""),
                                ("archived_url__regex", "^((https?|ftp)://|urn:)\\S+$"),
                                _connector="OR",
                            ),
                        ),
                        name="source_address_form",
                        violation_error_message="An address begins with https://, http://, ftp:// or urn: and has no spaces.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sensitivity", "public"),
                            models.Q(("status", "published"), _negated=True),
                            _connector="OR",
                        ),
                        name="source_only_public_is_published",
                        violation_error_message="Only a public source can be published. Withdraw it before making it restricted or confidential.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("version", ""), models.Q(("dataset", ""), _negated=True), _connector="OR"
                        ),
                        name="source_version_has_dataset",
                        violation_error_message="A version belongs to a dataset: name the dataset too.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        db_comment="Path of the file below the media folder. Never public.",
                        help_text="The copy itself. It is never public.",
                        max_length=300,
                        upload_to="snapshots/",
                    ),
                ),
                (
                    "media_type",
                    models.CharField(
                        db_comment="Media type of the file (RFC 6838).",
                        help_text="Such as text/html or application/pdf.",
                        max_length=100,
                    ),
                ),
                (
                    "size",
                    models.PositiveBigIntegerField(
                        db_comment="Size of the file in bytes.", help_text="Bytes."
                    ),
                ),
                (
                    "sha256",
                    models.CharField(
                        db_comment="SHA-256 of the file's bytes, in lower-case hexadecimal.",
                        help_text="Digest of the file.",
                        max_length=64,
                        verbose_name="SHA-256",
                    ),
                ),
                (
                    "retrieved_at",
                    models.DateTimeField(
                        db_comment="When the copy was fetched.", help_text="When it was fetched."
                    ),
                ),
                (
                    "retrieved_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who fetched the copy.",
                        help_text="Who fetched it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="snapshots",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_comment="The source of which this is a copy.",
                        help_text="Of which source this is a copy.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="snapshots",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "db_table_comment": "Archived copies of sources, with the digest that proves them unchanged.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "sha256"),
                        name="snapshot_once_per_source",
                        violation_error_message="This very file is already kept for this source.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="snapshot_sha256_form",
                        violation_error_message="A SHA-256 is 64 hexadecimal digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("media_type__regex", "^[a-z]+/[a-zA-Z0-9.+-]+$")),
                        name="snapshot_media_type_form",
                        violation_error_message="A media type looks like text/html.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "file__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("file__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="snapshot_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SnapshotHistoryevent",
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
                    "file",
                    models.FileField(
                        db_comment="Path of the file below the media folder. Never public.",
                        help_text="The copy itself. It is never public.",
                        max_length=300,
                        upload_to="snapshots/",
                    ),
                ),
                (
                    "media_type",
                    models.CharField(
                        db_comment="Media type of the file (RFC 6838).",
                        help_text="Such as text/html or application/pdf.",
                        max_length=100,
                    ),
                ),
                (
                    "size",
                    models.PositiveBigIntegerField(
                        db_comment="Size of the file in bytes.", help_text="Bytes."
                    ),
                ),
                (
                    "sha256",
                    models.CharField(
                        db_comment="SHA-256 of the file's bytes, in lower-case hexadecimal.",
                        help_text="Digest of the file.",
                        max_length=64,
                        verbose_name="SHA-256",
                    ),
                ),
                (
                    "retrieved_at",
                    models.DateTimeField(
                        db_comment="When the copy was fetched.", help_text="When it was fetched."
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
                        to="sources.snapshot",
                    ),
                ),
                (
                    "retrieved_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who fetched the copy.",
                        db_constraint=False,
                        help_text="Who fetched it.",
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        db_comment="The source of which this is a copy.",
                        db_constraint=False,
                        help_text="Of which source this is a copy.",
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
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "files",
                    models.JSONField(
                        db_comment="The files of the import: a list of {name, sha256, rows}.",
                        help_text="Name, size and SHA-256 of each file.",
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        db_comment="Format of the files: border-csv for our own.",
                        default="border-csv",
                        help_text="The format of the files.",
                        max_length=20,
                    ),
                ),
                (
                    "applied_at",
                    models.DateTimeField(
                        auto_now_add=True,
                        db_comment="When the rows were written.",
                        help_text="When its rows were written.",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("applied", "Applied"), ("undone", "Undone")],
                        db_comment="applied or undone.",
                        default="applied",
                        help_text="How far it has come.",
                        max_length=10,
                    ),
                ),
                (
                    "counts",
                    models.JSONField(
                        db_comment="Rows by table: {table: {new, changed, same}}.",
                        default=dict,
                        help_text="New, changed and same rows by table.",
                    ),
                ),
                (
                    "applied_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who imported it.",
                        help_text="Who imported it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        blank=True,
                        db_comment="The dataset release that the files are, where they are one.",
                        help_text="The dataset release that the files are.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="batches",
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "batches",
                "db_table_comment": "Imports: which files, when, by whom, and what became of their rows.",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["applied", "undone"])),
                        name="batch_state_known",
                        violation_error_message="Unknown state. Write one of: applied, undone.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "format__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("format__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="batch_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceHistoryevent",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("report", "Report"),
                            ("paper", "Scholarly paper"),
                            ("book", "Book"),
                            ("news", "News"),
                            ("analysis", "Analysis"),
                            ("official_record", "Official record"),
                            ("dataset", "Dataset"),
                            ("gazetteer", "Gazetteer"),
                            ("encyclopedia", "Encyclopedia"),
                            ("interview", "Interview"),
                            ("social_media", "Social media"),
                            ("imagery", "Imagery"),
                            ("map", "Map"),
                            ("own_knowledge", "Own knowledge"),
                        ],
                        db_comment="Kind of source, see the vocabulary of source kinds.",
                        help_text="What sort of document it is.",
                        max_length=20,
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        db_comment="Title in English, or translated into it.",
                        help_text="The title in English, or translated.",
                        max_length=400,
                    ),
                ),
                (
                    "title_original",
                    models.CharField(
                        blank=True,
                        db_comment="Title in its own language and script, where it is not English.",
                        default="",
                        db_default="",
                        help_text="The title as printed, where it is not in English.",
                        max_length=400,
                        verbose_name="title in the original script",
                    ),
                ),
                (
                    "authors",
                    models.CharField(
                        blank=True,
                        db_comment="Authors, joined by semicolons.",
                        default="",
                        db_default="",
                        help_text="Names joined by semicolons.",
                        max_length=400,
                    ),
                ),
                (
                    "publisher",
                    models.CharField(
                        blank=True,
                        db_comment="Publisher, agency or outlet.",
                        default="",
                        db_default="",
                        help_text="Who published it.",
                        max_length=200,
                    ),
                ),
                (
                    "published",
                    border.kernel.dates.EDTFField(
                        blank=True,
                        db_comment="Date of publication as EDTF text (ISO 8601-2); empty where unknown.",
                        db_default="",
                        default="",
                        help_text="When it was published, as EDTF: 2020-03-31, 2019~.",
                        max_length=64,
                        verbose_name="published",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        db_comment="Language of the source, BCP 47; mul for several.",
                        default="",
                        db_default="",
                        help_text="BCP 47: en, ar, ar-Latn, fa; mul for several.",
                        max_length=35,
                    ),
                ),
                (
                    "standpoint",
                    models.CharField(
                        blank=True,
                        db_comment="From where the source speaks, in the curators' words.",
                        default="",
                        db_default="",
                        help_text="From where the source speaks: news agency, Syrian state media, opposition press …",
                        max_length=120,
                    ),
                ),
                (
                    "url",
                    models.URLField(
                        blank=True,
                        db_comment="Address at which the source was read.",
                        default="",
                        db_default="",
                        help_text="Where it can be read.",
                        max_length=1000,
                    ),
                ),
                (
                    "archived_url",
                    models.URLField(
                        blank=True,
                        db_comment="Address of a copy kept by a public archive.",
                        default="",
                        db_default="",
                        help_text="Where an archive keeps it.",
                        max_length=1000,
                    ),
                ),
                (
                    "doi",
                    models.CharField(
                        blank=True,
                        db_comment="Digital object identifier, beginning with 10.",
                        default="",
                        db_default="",
                        help_text="Digital object identifier, without https://doi.org/.",
                        max_length=200,
                        verbose_name="DOI",
                    ),
                ),
                (
                    "isbn",
                    models.CharField(
                        blank=True,
                        db_comment="International standard book number.",
                        default="",
                        db_default="",
                        help_text="International standard book number.",
                        max_length=17,
                        verbose_name="ISBN",
                    ),
                ),
                (
                    "dataset",
                    models.CharField(
                        blank=True,
                        db_comment="Name of the dataset of which this source is one release; empty for other kinds.",
                        default="",
                        db_default="",
                        help_text="For a dataset release: the dataset, such as UCDP GED.",
                        max_length=60,
                    ),
                ),
                (
                    "version",
                    models.CharField(
                        blank=True,
                        db_comment="Version of the dataset release.",
                        default="",
                        db_default="",
                        help_text="For a dataset release: its version, such as 23.1.",
                        max_length=40,
                    ),
                ),
                (
                    "access_note",
                    models.CharField(
                        blank=True,
                        db_comment="How it can be reached and how much of it the curator saw.",
                        default="",
                        db_default="",
                        help_text="Paywall, login, or how much of it was seen.",
                        max_length=300,
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        blank=True,
                        db_comment="Licence under which the source is offered.",
                        default="",
                        db_default="",
                        help_text="The licence of the source, such as CC BY 4.0.",
                        max_length=120,
                    ),
                ),
                (
                    "redistributable",
                    models.BooleanField(
                        db_comment="True where values and short quotes taken from this source may be published.",
                        db_default=True,
                        default=True,
                        help_text="What was taken from it may be passed on to readers.",
                    ),
                ),
                (
                    "reliability",
                    models.CharField(
                        choices=[
                            ("A", "A – Completely reliable"),
                            ("B", "B – Usually reliable"),
                            ("C", "C – Fairly reliable"),
                            ("D", "D – Not usually reliable"),
                            ("E", "E – Unreliable"),
                            ("F", "F – Cannot be judged"),
                        ],
                        db_comment="Usual Admiralty reliability of the source, A to F. F cannot be judged; it is not the worst.",
                        db_default="F",
                        default="F",
                        help_text="The grade of the source as a rule (Admiralty A–F). F: cannot be judged.",
                        max_length=1,
                    ),
                ),
                (
                    "sensitivity",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("restricted", "Restricted"),
                            ("confidential", "Confidential"),
                        ],
                        db_comment="public, restricted (its citations show as withheld) or confidential (they do not show at all).",
                        db_default="public",
                        default="public",
                        help_text="Restricted: readers learn that there is a source. Confidential: not even that.",
                        max_length=12,
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
                        to="sources.source",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    )
