"""In whose name a command writes, publishes, withdraws or erases, and what."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

from border.publication.endpoints import ENDPOINTS, Endpoint


def user(name: str | None, *, else_: str = "leave out --by") -> Any:
    """The user called ``name``; nobody where there is no name. Raises CommandError, which says what to do ``else_``."""
    if name is None:
        return None
    users = get_user_model()
    try:
        return users._default_manager.get_by_natural_key(name)
    except users.DoesNotExist as error:
        raise CommandError(
            f"There is no user called {name}. Create the account first, or {else_}."
        ) from error


def reviewer(name: str, right: str) -> Any:
    """The active user called ``name``, who has the ``right`` to publish or withdraw. Raises CommandError."""
    person = user(name, else_="name another with --by")
    if not person.has_perm(f"publication.{right}"):
        raise CommandError(f"{name} may not {right}: name a reviewer with --by.")
    return person


def public_record(text: str) -> tuple[Endpoint, str]:
    """The endpoint and the slug of ``ENDPOINT/SLUG``. Raises CommandError."""
    name, _, slug = text.partition("/")
    endpoint = ENDPOINTS.get(name.replace("_", "-"))
    if endpoint is None or not slug:
        raise CommandError(
            f'"{text}" is no record. Write ENDPOINT/SLUG; the endpoints are: {", ".join(ENDPOINTS)}.'
        )
    return endpoint, slug
