"""Every route of the site, as its URL table has it."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def walk(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each route with its pattern; arguments stand in angle brackets, without the kind of text they take."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + _plain(str(entry.pattern))
        if isinstance(entry, URLResolver):
            yield from walk(entry, route)
        else:
            yield route, entry


def _plain(pattern: str) -> str:
    pattern = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", pattern)
    pattern = re.sub(r"\(\?P<(\w+)>.*?\)", r"<\1>", pattern)
    return pattern.replace("^", "").replace("$", "").replace("\\Z", "").replace("\\.", ".")


def filled(route: str, **values: Any) -> str:
    """The address of a route, its arguments filled in."""
    return "/" + re.sub(r"<(\w+)>", lambda found: str(values[found[1]]), route)
