"""Every question counts: what whoever asks may still ask goes with each answer, and whoever asks too much is told to wait.

The headers are those of the IETF's draft (draft-ietf-httpapi-ratelimit-headers).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from border.api.askers import Asker, asker
from border.api.limits import LIMITER, WINDOW_S
from border.api.problems import Problem, answered


def limited(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """What ``answer`` gives to somebody who may ask; the problem that keeps it from others. Either says what is left."""
    return answered(lambda: _counted(asker(request.META), answer))


def _counted(who: Asker, answer: Callable[[], HttpResponse]) -> HttpResponse:
    if not who.rate:
        return answered(answer)
    left = LIMITER.take(who.key, who.rate)
    found = answered(answer) if left.granted else _too_many(who, left.wait_s).response()
    found.headers["RateLimit-Policy"] = f'"{who.policy}";q={who.rate};w={WINDOW_S}'
    found.headers["RateLimit"] = f'"{who.policy}";r={left.questions};t={left.whole_s}'
    return found


def _too_many(who: Asker, wait_s: int) -> Problem:
    """The 429 that says when to ask again, and how to ask less or more."""
    return Problem(
        429,
        f"From your address come more than {who.rate:,} questions a minute. Ask again in {wait_s} s. Fewer questions do "
        "where page_size is larger.",
        headers={"Retry-After": str(wait_s)},
    )
