"""Releases, and who made and withdrew them."""

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
            name="Release",
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
                        db_comment="Its name, YEAR.NUMBER; a name is used once.", max_length=9, unique=True
                    ),
                ),
                (
                    "block",
                    models.BigIntegerField(
                        db_comment="The last block of the published record that it holds: the data version."
                    ),
                ),
                ("digest", models.BinaryField(db_comment="The digest that seals this block.", max_length=32)),
                (
                    "at",
                    models.DateTimeField(
                        db_comment="The instant of this block: known_at= asks the API for the same."
                    ),
                ),
                (
                    "files",
                    models.JSONField(
                        db_comment="Its files: name, bytes, sha256, rows, media_type and meaning of each."
                    ),
                ),
                (
                    "changes",
                    models.JSONField(
                        db_comment="How many records were added, changed and so on since the release before; null for the first.",
                        null=True,
                    ),
                ),
                (
                    "note",
                    models.CharField(
                        blank=True,
                        db_comment="What its makers say of it. Public.",
                        db_default="",
                        max_length=500,
                    ),
                ),
                ("made_at", models.DateTimeField(db_comment="When its files were made.")),
                (
                    "made_with",
                    models.CharField(
                        db_comment="The versions of the programs that decide on the bytes of its files.",
                        max_length=200,
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        db_comment="Since when its files are no longer served; empty while they are.",
                        null=True,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, db_comment="Why it was withdrawn. Public.", db_default="", max_length=500
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        db_comment="The release that its differences are told from; empty for the first.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="after",
                        to="releases.release",
                    ),
                ),
            ],
            options={
                "db_table": "published_release",
                "db_table_comment": "Releases: states of the published record under a name, with the digests of the files that hold them.",
                "permissions": [("make", "Can make and withdraw releases")],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Hand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("withdrew", models.BooleanField(db_comment="False: made it. True: withdrew it.")),
                ("at", models.DateTimeField(db_comment="When.")),
                (
                    "by",
                    models.ForeignKey(
                        db_comment="Who; empty where it was a command that named nobody.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        db_comment="The release.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hands",
                        to="releases.release",
                    ),
                ),
            ],
            options={
                "db_table": "publication_release_hand",
                "db_table_comment": "Who made and who withdrew a release. Not public.",
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("name__regex", "^[0-9]{4}\\.[1-9][0-9]{0,3}$")),
                name="release_named",
                violation_error_message="A release is called by a year and a number: 2026.1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("withdrawn_at", None)),
                    models.Q(("withdrawn_at__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="release_withdrawn_with_reason",
                violation_error_message="Say why it is withdrawn: readers who cite it will ask.",
            ),
        ),
    ]
