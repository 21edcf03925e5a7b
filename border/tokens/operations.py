"""Making and revoking tokens."""

import hashlib
import secrets
from typing import Any

from django.utils import timezone

from border.tokens.models import Token

PREFIX = "border_"
SHOWN = len(PREFIX) + 8


def drawn() -> str:
    """A new token: 256 bits that nobody can guess."""
    return PREFIX + secrets.token_hex(32)


def digest(token: str) -> str:
    """What is kept of a token.

    A hash that is slow on purpose, as of passwords, keeps people's words from being guessed. Of 256 drawn bits there is
    nothing to guess, and every question would pay for it.
    """
    return hashlib.sha256(token.encode()).hexdigest()


def written(token: str, row: Token) -> Token:
    """``row`` as that of ``token``, of which it keeps what is needed to know it again."""
    row.digest, row.start = digest(token), token[:SHOWN]
    return row


def revoke(row: Token, *, by: Any) -> bool:
    """Whether the token held until now; from now on, and within seconds in all processes, it does not."""
    revoked = Token.objects.filter(pk=row.pk, revoked_at=None)
    return bool(revoked.update(revoked_at=timezone.now(), revoked_by=by))
