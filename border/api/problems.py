"""Errors as problem documents (RFC 9457): what is wrong, where in the question, and what is allowed."""

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views import defaults
from rapidfuzz import process

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 5
_SHOWN = 200

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a question: the parameter at fault, what is wrong with it, and what is allowed."""

    parameter: str
    message: str
    allowed: Sequence[str] = ()

    def as_dict(self) -> dict[str, Any]:
        """As it stands in ``errors``."""
        return {"parameter": self.parameter, "message": self.message, "allowed": list(self.allowed)}


@dataclass
class Problem(Exception):
    """An answer that is not the one asked for: an HTTP status, a sentence, the faults, and further members."""

    status: int
    detail: str
    faults: Sequence[Fault] = ()
    headers: dict[str, str] = field(default_factory=dict)
    further: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The problem document."""
        found: dict[str, Any] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            **self.further,
        }
        if self.faults:
            found["errors"] = [fault.as_dict() for fault in self.faults]
        return found

    def response(self) -> HttpResponse:
        """The problem document as an answer."""
        body = json.dumps(self.as_dict(), ensure_ascii=False, separators=(",", ":")).encode()
        headers = {"Cache-Control": "no-store", "Vary": "Accept, Authorization", **self.headers}
        return HttpResponse(body, content_type=MEDIA_TYPE, status=self.status, headers=headers)


def bad_question(faults: Sequence[Fault]) -> Problem:
    """The 400 that names every fault of a question at once."""
    return Problem(400, " ".join(fault.message for fault in faults), faults)


def quote(text: str) -> str:
    """``text`` as messages show it: in quotes, cut where it is too long, control characters made visible."""
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return (
        '"'
        + "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in shown)
        + '"'
    )


def nearest(text: str, allowed: Iterable[str], limit: int = 5) -> list[str]:
    """The words of ``allowed`` that are spelt most like ``text``, best first."""
    found = process.extract(text[:_SHOWN], list(allowed), limit=limit, score_cutoff=60)
    return [word for word, _, _ in found]


def unavailable() -> Problem:
    """The 503 of a database that is away, or took too long."""
    return Problem(
        503,
        f"The database did not answer in time. Ask again in {RETRY_AFTER_S} seconds, or ask for less at once.",
        headers={"Retry-After": str(RETRY_AFTER_S)},
    )


def answered(answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """What ``answer`` gives, its exceptions turned into problem documents: never a trace, never HTML."""
    try:
        return answer()
    except Problem as problem:
        return problem.response()
    except (OperationalError, InterfaceError):
        logger.exception("The database did not answer")
        return unavailable().response()
    except Http404:
        return Problem(404, "There is nothing here.").response()
    except (BadRequest, SuspiciousOperation):
        return Problem(400, "The request could not be read.").response()
    except Exception:
        logger.exception("A question was not answered")
        return Problem(500, "Something went wrong here; it has been logged.").response()


def _ours(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The site's answer to a request that could not be read; a problem document below /api/."""
    if not _ours(request):
        return defaults.bad_request(request, exception)
    return Problem(400, "The request could not be read.").response()


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The site's answer where there is nothing; a problem document below /api/."""
    if not _ours(request):
        return defaults.page_not_found(request, exception)
    return Problem(404, "There is nothing here.").response()


def server_error(request: HttpRequest) -> HttpResponse:
    """The site's answer to a mistake of its own; a problem document below /api/."""
    if not _ours(request):
        return defaults.server_error(request)
    return Problem(500, "Something went wrong here; it has been logged.").response()
