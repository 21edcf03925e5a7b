"""What must be so before jobs are done in public."""

from typing import Any

from django.conf import settings
from django.core.checks import Error

LEAST = 30


def patience(**options: Any) -> list[Error]:
    """That a worker is declared dead only when it is: at least half a minute, and three signs of life, late."""
    if max(LEAST, 3 * settings.JOB_HEARTBEAT) <= settings.JOB_STALLED_AFTER:
        return []
    return [
        Error(
            "JOB_STALLED_AFTER is too short: a slow worker would be taken for dead, and its job be done twice, once in vain.",
            hint=f"At least {LEAST} seconds, and three times JOB_HEARTBEAT.",
            id="jobs.E001",
        )
    ]
