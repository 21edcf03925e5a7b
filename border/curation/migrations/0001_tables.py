"""What curators say to each other: comments, assignments, acceptances, merges, judgements, saved lists."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from border.kernel.migrating import together

ID = "Internal number; never leaves the database."
TABLES = ("acceptance", "assignment", "comment", "different", "merge", "savedview")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("publication", "0006_maintain"),
    ]

    operations = together(
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "endpoint",
                    models.CharField(
                        db_comment="Endpoint of the record: events, actors …",
                        help_text="Endpoint of the record: events, actors …",
                        max_length=20,
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        db_comment="Slug of the record it is about.",
                        help_text="Slug of the record.",
                        max_length=100,
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        db_comment="The field that was found good, as the form names it.",
                        help_text="The field, as the form names it.",
                        max_length=60,
                    ),
                ),
                (
                    "history",
                    models.BigIntegerField(
                        db_comment="How far the history had come: a later change of the field takes the acceptance away.",
                        help_text="How far the history had come.",
                    ),
                ),
                ("accepted_at", models.DateTimeField(auto_now_add=True, db_comment="When.")),
                (
                    "accepted_by",
                    models.ForeignKey(
                        db_comment="Who finds it good.",
                        help_text="Who finds it good.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acceptances",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table_comment": "Fields that a reviewer has found good, until they change. Never public.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("endpoint", "slug", "field"),
                        name="acceptance_once",
                        violation_error_message="This field is already accepted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("field", ""), _negated=True),
                        name="acceptance_field_present",
                        violation_error_message="An acceptance names a field.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "field__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("field__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="acceptance_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "endpoint",
                    models.CharField(
                        db_comment="Endpoint of the record: events, actors …",
                        help_text="Endpoint of the record: events, actors …",
                        max_length=20,
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        db_comment="Slug of the record it is about.",
                        help_text="Slug of the record.",
                        max_length=100,
                    ),
                ),
                ("assigned_at", models.DateTimeField(auto_now_add=True, db_comment="Since when.")),
                (
                    "assigned_by",
                    models.ForeignKey(
                        db_comment="Who asks.",
                        help_text="Who asks.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        db_comment="Who is asked to review it.",
                        help_text="Who is asked to review it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table_comment": "Who is asked to review which record. Never public.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("endpoint", "slug"),
                        name="assignment_once",
                        violation_error_message="Somebody is already asked to review this record.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "endpoint",
                    models.CharField(
                        db_comment="Endpoint of the record: events, actors …",
                        help_text="Endpoint of the record: events, actors …",
                        max_length=20,
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        db_comment="Slug of the record it is about.",
                        help_text="Slug of the record.",
                        max_length=100,
                    ),
                ),
                (
                    "field",
                    models.CharField(
                        blank=True,
                        db_comment="The field that it is about, as the form names it; empty for the record as a whole.",
                        db_default="",
                        default="",
                        help_text="The field it is about; empty for the record as a whole.",
                        max_length=60,
                    ),
                ),
                (
                    "text",
                    models.TextField(db_comment="What there is to say.", help_text="What there is to say."),
                ),
                (
                    "sends_back",
                    models.BooleanField(
                        db_comment="True where a reviewer sent the field back: nothing is published before it is resolved.",
                        db_default=False,
                        default=False,
                        help_text="A reviewer sends this field back: it is not published before this is resolved.",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, db_comment="When it was said.")),
                (
                    "resolved_at",
                    models.DateTimeField(
                        blank=True, db_comment="When it was resolved; empty while it is open.", null=True
                    ),
                ),
                (
                    "addressee",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Whom it is for; empty for whoever wrote the record.",
                        help_text="Whom it is for; empty for whoever wrote the record.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments_received",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        db_comment="Who says it.",
                        help_text="Who says it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who resolved it; empty while it is open.",
                        help_text="Who resolved it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments_resolved",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table_comment": "What curators and reviewers say about records and their fields. Never public.",
                "indexes": [models.Index(fields=["endpoint", "slug"], name="curation_comment_record")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="comment_text_present",
                        violation_error_message="A comment says something.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "field__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("field__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "text__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("text__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="comment_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resolved_at", None), ("resolved_by", None)),
                            models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="comment_resolved_by_somebody",
                        violation_error_message="A comment is resolved by somebody at some time, or open.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Different",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "endpoint",
                    models.CharField(
                        db_comment="Endpoint of both records.",
                        help_text="Endpoint of both records.",
                        max_length=20,
                    ),
                ),
                (
                    "first",
                    models.CharField(
                        db_comment="Slug of one record, the first of the two in the order of code points.",
                        help_text="Slug of one, the one that comes first in the alphabet.",
                        max_length=100,
                    ),
                ),
                (
                    "second",
                    models.CharField(
                        db_comment="Slug of the other record.", help_text="Slug of the other.", max_length=100
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        db_comment="What tells them apart.",
                        help_text="What tells them apart.",
                        max_length=500,
                    ),
                ),
                ("judged_at", models.DateTimeField(auto_now_add=True, db_comment="When.")),
                (
                    "judged_by",
                    models.ForeignKey(
                        db_comment="Who judged.",
                        help_text="Who judged.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judgements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "pairs that differ",
                "db_table_comment": "Records that look alike and are not the same, for good. Never public.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("endpoint", "first", "second"),
                        name="different_once",
                        violation_error_message="This pair is already judged.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="different_pair_in_order",
                        violation_error_message="Give the pair in the order of the alphabet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="different_reason_present",
                        violation_error_message="Say what tells them apart.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "reason__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("reason__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="different_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "endpoint",
                    models.CharField(
                        db_comment="Endpoint of the record: events, actors …",
                        help_text="Endpoint of the record: events, actors …",
                        max_length=20,
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        db_comment="Slug of the record it is about.",
                        help_text="Slug of the record.",
                        max_length=100,
                    ),
                ),
                (
                    "into",
                    models.CharField(
                        db_comment="Slug of the record that goes on.",
                        help_text="Slug of the record that goes on.",
                        max_length=100,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        db_comment="Why the two are one. Public.",
                        help_text="Why the two are one. It is public.",
                        max_length=500,
                    ),
                ),
                (
                    "moved",
                    models.JSONField(
                        db_comment="Rows that were moved or put together: {table: {moved, folded}}.",
                        default=dict,
                        help_text="How many rows moved, by table.",
                    ),
                ),
                ("merged_at", models.DateTimeField(auto_now_add=True, db_comment="When they were merged.")),
                (
                    "undone_at",
                    models.DateTimeField(
                        blank=True, db_comment="When it was taken back; empty while it holds.", null=True
                    ),
                ),
                (
                    "undone_reason",
                    models.CharField(
                        blank=True,
                        db_comment="Why it was taken back.",
                        db_default="",
                        default="",
                        help_text="Why it was taken back.",
                        max_length=500,
                    ),
                ),
                (
                    "merged_by",
                    models.ForeignKey(
                        db_comment="Who merged them.",
                        help_text="Who merged them.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who took it back; empty while it holds.",
                        help_text="Who took it back.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges_undone",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table_comment": "Records that go on as another, and merges taken back. Never public itself.",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("endpoint", "slug"),
                        name="merge_once",
                        violation_error_message="This record already goes on as another.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("slug", models.F("into")), _negated=True),
                        name="merge_into_another",
                        violation_error_message="A record is merged into another, not into itself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="merge_reason_present",
                        violation_error_message="Say why the two are one: readers who knew the other will ask.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at", None), ("undone_by", None), ("undone_reason", "")),
                            models.Q(
                                ("undone_at__isnull", False),
                                ("undone_by__isnull", False),
                                models.Q(("undone_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="merge_undone_by_somebody",
                        violation_error_message="A merge is taken back by somebody, at some time and for a reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "reason__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("reason__regex", "<[a-zA-Z/!?]"), _negated=True),
                            models.Q(
                                (
                                    "undone_reason__regex",
                                    "[\\x01-\\x08\\x0b-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("undone_reason__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="merge_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "model",
                    models.CharField(
                        db_comment="What is listed, as app.model in lower case.",
                        help_text="What is listed, as app.model.",
                        max_length=60,
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        db_comment="What it is called.", help_text="What it is called.", max_length=80
                    ),
                ),
                (
                    "query",
                    models.CharField(
                        blank=True,
                        db_comment="The filters and the order, as they stand in the address of the list.",
                        db_default="",
                        default="",
                        help_text="The filters, as they stand in the address.",
                        max_length=2000,
                    ),
                ),
                (
                    "shared",
                    models.BooleanField(
                        db_comment="True where others see it too.",
                        db_default=False,
                        default=False,
                        help_text="Others see it too.",
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, db_comment="When it was saved.")),
                (
                    "owner",
                    models.ForeignKey(
                        db_comment="Whose it is.",
                        help_text="Whose it is.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table_comment": "Lists with their filters, saved under a name. Never public.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "model", "name"),
                        name="saved_view_once",
                        violation_error_message="You already have a view of this name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="saved_view_name_present",
                        violation_error_message="A saved view needs a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "model__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("model__regex", "<[a-zA-Z/!?]"), _negated=True),
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
                                    "query__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("query__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="saved_view_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "".join(f"COMMENT ON COLUMN curation_{table}.id IS '{ID}';" for table in TABLES),
            migrations.RunSQL.noop,
        ),
    )
