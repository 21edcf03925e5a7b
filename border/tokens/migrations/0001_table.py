"""Tokens with which people's programs ask the read API."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Token",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "label",
                    models.CharField(
                        db_comment="What it is for, in its owner's words.",
                        help_text="What it is for, or which program has it: you will know by this which one to revoke.",
                        max_length=80,
                    ),
                ),
                (
                    "digest",
                    models.CharField(
                        db_comment="SHA-256 of the token, in hexadecimal digits.",
                        editable=False,
                        max_length=64,
                    ),
                ),
                (
                    "start",
                    models.CharField(
                        db_comment="The first letters of the token, by which people recognise it.",
                        editable=False,
                        max_length=15,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, db_comment="When it was made.")),
                (
                    "used_at",
                    models.DateTimeField(
                        blank=True,
                        db_comment="When it was last used, give or take an hour; empty before.",
                        editable=False,
                        null=True,
                    ),
                ),
                (
                    "expires_at",
                    models.DateTimeField(
                        blank=True,
                        db_comment="Until when it holds; empty where it does not end by itself.",
                        null=True,
                    ),
                ),
                (
                    "revoked_at",
                    models.DateTimeField(
                        blank=True, db_comment="When it was revoked; empty while it holds.", null=True
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_comment="Whose it is; it holds as long as they are active and staff.",
                        db_index=False,
                        help_text="Whose it is.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        db_comment="Who revoked it; empty while it holds.",
                        help_text="Who revoked it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tokens_revoked",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "db_table_comment": "Tokens with which people's programs ask the read API more often than others. Never public.",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("digest",),
                        name="token_digest_once",
                        violation_error_message="This token is there already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None)),
                        fields=("owner", "label"),
                        name="token_label_once",
                        violation_error_message="You already have a token of this name: give it another, or revoke that one first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("label", ""), _negated=True),
                        name="token_label_present",
                        violation_error_message="Say what the token is for.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "label__regex",
                                    "[\\x01-\\x1f\\x7f-\\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060\u2066-\u2069\ufeff]",
                                ),
                                _negated=True,
                            ),
                            models.Q(("label__regex", "<[a-zA-Z/!?]"), _negated=True),
                        ),
                        name="token_text_clean",
                        violation_error_message="A text holds markup, a control character, or a hidden character that changes the direction of writing. Remove it: retype the text, or paste it without formatting.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("digest__regex", "^[0-9a-f]{64}$")),
                        name="token_digest_form",
                        violation_error_message="A digest is 64 hexadecimal digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("start__regex", "^border_[0-9a-f]{8}$")),
                        name="token_start_form",
                        violation_error_message="A token begins with border_ and hexadecimal digits.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_at", None), ("expires_at__gt", models.F("made_at")), _connector="OR"
                        ),
                        name="token_expires_later",
                        violation_error_message="A token holds for some time after it was made.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at", None), ("revoked_by", None)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="token_revoked_by_somebody",
                        violation_error_message="A token is revoked by somebody, at some time.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "COMMENT ON COLUMN tokens_token.id IS 'Number of the token; says nothing.';",
            migrations.RunSQL.noop,
        ),
    ]
