"""The web process of a measurement: the site, and before it an address that answers what a server takes by itself."""

import os
from collections.abc import Callable, Iterable
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "border.bench.settings"

from border.bench.site import ALONE
from border.wsgi import application as whole


def application(request: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The answer of the site; nothing at ``ALONE``."""
    if request["PATH_INFO"] == ALONE:
        start_response("304 Not Modified", [("ETag", '"alone"')])
        return []
    return whole(request, start_response)
