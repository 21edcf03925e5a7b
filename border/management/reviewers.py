"""In whose name a command publishes or withdraws."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError


def reviewer(name: str, right: str) -> Any:
    """The active user called ``name``, who has the ``right`` to publish or withdraw. Raises CommandError."""
    users = get_user_model()
    try:
        person = users._default_manager.get_by_natural_key(name)
    except users.DoesNotExist as error:
        raise CommandError(
            f"There is no user called {name}. Create the account first, or name another with --by."
        ) from error
    if not person.has_perm(f"publication.{right}"):
        raise CommandError(f"{name} may not {right}: name a reviewer with --by.")
    return person
