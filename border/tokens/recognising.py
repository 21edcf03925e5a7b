"""Whether a token that a program sends is good, remembered for some seconds: most programs send theirs often."""

import datetime as dt
import re
import time
from typing import Any

from django.db.models import Q
from django.utils import timezone

from border.tokens.models import Token
from border.tokens.operations import PREFIX, digest

# So many seconds a token goes on after it was revoked or its owner's account was switched off.
REMEMBERED_S = 5
# When it was used last is noted at most so often.
NOTED = dt.timedelta(hours=1)
FORM = re.compile(rf"{PREFIX}[0-9a-f]{{64}}")
_MOST = 2000

# Until when it is remembered of a digest what is wrong with its token.
_known: dict[str, tuple[float, str]] = {}


def fault(token: str) -> str:
    """What is wrong with a token, in a sentence; empty where nothing is."""
    if not FORM.fullmatch(token):
        return f"A token is {PREFIX} and 64 hexadecimal digits."
    key, now = digest(token), time.monotonic()
    until, said = _known.get(key, (0.0, ""))
    if until < now:
        said = _looked_up(key)
        if len(_known) >= _MOST:  # by somebody who tries many: the few that are used are soon known again
            _known.clear()
        _known[key] = now + REMEMBERED_S, said
    return said


def forget() -> None:
    """Look every token up again."""
    _known.clear()


def _looked_up(key: str) -> str:
    found: Any = Token.objects.select_related("owner").filter(digest=key).first()
    now = timezone.now()
    if found is None:
        return "This token is not known here."
    if found.revoked_at:
        return f"This token was revoked on {found.revoked_at:%Y-%m-%d}."
    if found.expires_at and found.expires_at <= now:
        return f"This token expired on {found.expires_at:%Y-%m-%d}."
    if not (found.owner.is_active and found.owner.is_staff):
        return "The account of this token's owner is switched off."
    if found.used_at is None or found.used_at <= now - NOTED:
        again = Q(used_at=None) | Q(used_at__lte=now - NOTED)
        Token.objects.filter(again, pk=found.pk).update(used_at=now)
    return ""
