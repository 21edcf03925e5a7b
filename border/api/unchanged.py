"""An answer of 304 is given again before Django is asked: to the same question, while the record stands where it stood.

Programs that keep a copy ask the same thing every minute, and most times nothing is new. What such an answer says is only that
the reader has the newest: views say of which state of the record they gave it (:func:`note`), and in that state the same
request gets it again. Which state is the newest is known without asking (:mod:`border.api.watching`). Every question counts.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import Error

from border.api import reading
from border.api.askers import asker
from border.api.counting import left_of, told

Request = dict[str, Any]
Headers = list[tuple[str, str]]
Site = Callable[[Request, Callable[..., Any]], Iterable[bytes]]

_NOTED = "border.unchanged"
# What a request says of who sends it: no answer depends on it. Who they are is counted and checked each time.
_OF_THE_ASKER = {"HTTP_AUTHORIZATION", "HTTP_USER_AGENT", "HTTP_X_FORWARDED_FOR"}
_LIMITS = {"RateLimit", "RateLimit-Policy"}
# So many requests are known at most, none of them longer than this.
MOST, LONGEST = 2000, 2000


def note(request: Request, version: reading.Version) -> None:
    """Say that the answer to this request is 304, and the same as long as the record is in the state ``version``."""
    request[_NOTED] = version


class Unchanged:
    """The site, with the answers of 304 that it gave remembered until the record moves on."""

    def __init__(self, site: Site, newest: Callable[[], reading.Version | None]) -> None:
        self._site, self._newest = site, newest
        self._answers = reading.Remembered(MOST)

    def __call__(self, request: Request, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """The answer, as WSGI has it."""
        key = _key(request)
        if key is None:
            return self._site(request, start_response)
        version = self._newest()
        known: Headers | None = self._answers.held(version, key) if version else None
        if known is not None and (counted := _counted(request)) is not None:
            start_response("304 Not Modified", known + counted)
            return []

        def begun(status: str, headers: Headers, *error: Any) -> Any:
            if (noted := request.get(_NOTED)) and status.startswith("304 "):
                self._answers.keep(noted, key, [one for one in headers if one[0] not in _LIMITS])
            return start_response(status, headers, *error)

        return self._site(request, begun)


def _key(request: Request) -> tuple[str, ...] | None:
    """All that the answer to a request may depend on; None where it is not to be remembered."""
    if request["REQUEST_METHOD"] != "GET" or "HTTP_IF_NONE_MATCH" not in request:
        return None
    key = [
        request["wsgi.url_scheme"],
        request.get("SCRIPT_NAME", ""),
        request["PATH_INFO"],
        request.get("QUERY_STRING", ""),
    ]
    for name, said in request.items():
        if name.startswith("HTTP_") and name not in _OF_THE_ASKER:
            key += name, said
    return tuple(key) if sum(map(len, key)) <= LONGEST else None


def _counted(request: Request) -> Headers | None:
    """What the asker may still ask, once this is counted; None where the site has to refuse them, which counts by itself."""
    try:
        who = asker(request)
    except Error:
        return None
    if who.refusal:
        return None
    left = left_of(who)
    return None if left and not left.granted else list(told(who, left).items())
