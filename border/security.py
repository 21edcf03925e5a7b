"""Headers on every answer, and who is behind every change."""

from collections.abc import Callable
from typing import Any

import pghistory
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]

_COMMON = "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
STRICT = f"default-src 'none'; script-src 'self'; style-src 'self'; {_COMMON}"
# Unfold's Alpine evaluates expressions and sets styles; it needs no inline script.
ADMIN = f"default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; {_COMMON}"


class PolicyMiddleware:
    """Content-Security-Policy and its companions; relaxed under /admin/ to what the admin's skin needs."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer with its policy headers."""
        response = self.get_response(request)
        staff = request.path_info.startswith("/admin/")
        headers = response.headers
        headers.setdefault("Content-Security-Policy", ADMIN if staff else STRICT)
        headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        )
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin" if staff else "cross-origin")
        if staff:
            headers.setdefault("Cache-Control", "no-store")
        return response


class HistoryMiddleware:
    """Every change made during a request carries who made it and where."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer; unsafe methods run inside a history context."""
        if request.method in {"GET", "HEAD", "OPTIONS", "TRACE"}:
            return self.get_response(request)
        user: Any = getattr(request, "user", None)
        with pghistory.context(user=getattr(user, "pk", None), via="admin", path=request.path):
            return self.get_response(request)
