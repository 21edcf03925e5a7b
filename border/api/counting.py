"""Every question counts: what whoever asks may still ask goes with each answer, and whoever asks too much is told to wait.

The headers are those of the IETF's draft (draft-ietf-httpapi-ratelimit-headers).
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from border.api.askers import Asker, asker
from border.api.limits import LIMITER, WINDOW_S, Left
from border.api.problems import Problem, answered


def limited(request: HttpRequest, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """What ``answer`` gives to somebody who may ask; the problem that keeps it from others. Either says what is left."""
    return answered(lambda: _counted(asker(request.META), answer))


def left_of(who: Asker) -> Left | None:
    """What they may still ask once one question more is counted; None of who may ask any number. A refused one costs nothing."""
    return LIMITER.take(who.key, who.rate) if who.rate else None


def told(who: Asker, left: Left | None) -> dict[str, str]:
    """The headers that say it."""
    if left is None:
        return {}
    return {
        "RateLimit-Policy": f'"{who.policy}";q={who.rate};w={WINDOW_S}',
        "RateLimit": f'"{who.policy}";r={left.questions};t={left.whole_s}',
    }


def _counted(who: Asker, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    left = left_of(who)
    if left and not left.granted:
        found: HttpResponseBase = _too_many(who, left.wait_s).response()
    elif who.refusal:
        found = who.refusal.response()
    else:
        found = answered(answer)
    for name, value in told(who, left).items():
        found.headers[name] = value
    return found


def _too_many(who: Asker, wait_s: int) -> Problem:
    """The 429 that says when to ask again, and how to ask less or more."""
    by, more = "your address", ""
    if who.policy == "token":
        by = "programs with this token"
    elif (most := settings.API_TOKEN_RATE) > who.rate or not most:
        may = f"{most:,} questions a minute" if most else "any number of questions"
        more = f" A token allows {may}: send Authorization: Bearer border_… (staff make tokens in the admin, under Tokens)."
    return Problem(
        429,
        f"More than {who.rate:,} questions a minute come from {by}. Ask again in {wait_s} s. Fewer questions do where "
        f"page_size is larger.{more}",
        headers={"Retry-After": str(wait_s)},
    )
