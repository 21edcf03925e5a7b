"""Tokens with which somebody's programs ask the read API."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from border.kernel import rules


class TokenQuerySet(models.QuerySet["Token"]):
    """Words about tokens."""

    def seen_by(self, person: Any) -> Self:
        """The tokens that ``person`` may see: their own, or all with the right to it."""
        return self if person.has_perm("tokens.view_token") else self.filter(owner=person)

    def standing(self) -> Self:
        """Tokens that nobody has revoked and that have not expired."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), revoked_at=None)


class Token(models.Model):
    """One token of somebody's: whose, what for, since when and until when. The token itself is kept nowhere.

    It has no history: a row tells its own story. Rows stay when the token is revoked.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="tokens",
        help_text="Whose it is.",
        db_comment="Whose it is; it holds as long as they are active and staff.",
    )
    label = models.CharField(
        max_length=80,
        help_text="What it is for, or which program has it: you will know by this which one to revoke.",
        db_comment="What it is for, in its owner's words.",
    )
    digest = models.CharField(
        max_length=64,
        editable=False,
        db_comment="SHA-256 of the token, in hexadecimal digits.",
    )
    start = models.CharField(
        max_length=15,
        editable=False,
        db_comment="The first letters of the token, by which people recognise it.",
    )
    made_at = models.DateTimeField(auto_now_add=True, db_comment="When it was made.")
    used_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        db_comment="When it was last used, give or take an hour; empty before.",
    )
    expires_at = models.DateTimeField(
        null=True, blank=True, db_comment="Until when it holds; empty where it does not end by itself."
    )
    revoked_at = models.DateTimeField(
        null=True, blank=True, db_comment="When it was revoked; empty while it holds."
    )
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tokens_revoked",
        help_text="Who revoked it.",
        db_comment="Who revoked it; empty while it holds.",
    )

    objects = TokenQuerySet.as_manager()

    class Meta:
        db_table_comment = (
            "Tokens with which people's programs ask the read API more often than others. Never public."
        )
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                name="token_digest_once",
                violation_error_message="This token is there already.",
            ),
            models.UniqueConstraint(
                fields=["owner", "label"],
                condition=Q(revoked_at=None),
                name="token_label_once",
                violation_error_message="You already have a token of this name: give it another, or revoke that one first.",
            ),
            rules.present("token", "label", "Say what the token is for."),
            rules.clean_text("token", lines=("label",)),
            models.CheckConstraint(
                name="token_digest_form",
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="A digest is 64 hexadecimal digits.",
            ),
            models.CheckConstraint(
                name="token_start_form",
                condition=Q(start__regex=r"^border_[0-9a-f]{8}$"),
                violation_error_message="A token begins with border_ and hexadecimal digits.",
            ),
            models.CheckConstraint(
                name="token_expires_later",
                condition=Q(expires_at=None) | Q(expires_at__gt=models.F("made_at")),
                violation_error_message="A token holds for some time after it was made.",
            ),
            models.CheckConstraint(
                name="token_revoked_by_somebody",
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                violation_error_message="A token is revoked by somebody, at some time.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
