"""What every view of the API is, the page that lists what there is, and the addresses at which there is nothing."""

import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.encoding import escape_uri_path, iri_to_uri
from rest_framework.views import APIView

from border.api import filters, formats, reading
from border.api.asking import Asked, address, asked, negotiated
from border.api.counting import limited
from border.api.etags import etag, has
from border.api.operations import Operation
from border.api.parameters import Parameter
from border.api.problems import Problem, quote
from border.api.questions import FORMAT
from border.api.unchanged import note
from border.publication.chain import instant
from border.publication.endpoints import ENDPOINTS

BASE = "/api/v1/"
METHODS = "GET, HEAD, OPTIONS"
# Public also where a token was sent: it decides how often one may ask, never what is answered. A cache keeps the answers
# to different tokens apart all the same, since one that is no longer good is refused.
HEADERS = {"Cache-Control": "public, max-age=60", "Vary": "Accept, Authorization"}
# Whatever is answered is public, and nobody's name or password plays a part: pages of any site may read it.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, RateLimit, RateLimit-Policy, Retry-After, WWW-Authenticate",
}
MAY_ASK = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Authorization, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Answer(HttpResponse):
    """An answer that may be kept for a minute.

    ``version`` is the state of the published record that it was read from, where it was all read at one moment.
    """

    version: reading.Version | None = None


def answer(body: bytes, media_type: str = "application/json", headers: Mapping[str, str] = HEADERS) -> Answer:
    """An answer that may be kept for a minute."""
    return Answer(body, content_type=media_type, headers=headers)


def as_json(value: Any) -> bytes:
    """``value`` as JSON, its characters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class Reading(APIView):
    """A view that only reads. It answers by itself: Django REST framework describes it, and is not asked to run it."""

    schema: Any = Operation()
    parameters: ClassVar[Mapping[str, Parameter]] = {}
    formats: ClassVar[tuple[str, ...]] = ("json",)
    # Whether its answers can be cited: asked with a moment, they are the same at any time.
    citable: ClassVar[bool] = False
    where: ClassVar[str] = "this page"

    # For the OpenAPI document.
    operation: ClassVar[str] = ""
    summary: ClassVar[str] = ""
    explained: ClassVar[str] = ""
    tag: ClassVar[str] = ""
    required: ClassVar[tuple[str, ...]] = ()
    shown: ClassVar[Any] = {"type": "object"}
    problems: ClassVar[tuple[int, ...]] = ()
    media_types: ClassVar[tuple[str, ...]] = ("application/json",)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The answer to GET; its headers to HEAD; the methods to OPTIONS; 405 to the rest."""
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=OPEN | MAY_ASK)
        found = limited(request, lambda: self._answer(request, **kwargs))
        for name, value in OPEN.items():
            found.headers[name] = value
        if request.method == "HEAD":
            return formats.without_content(found)
        return found

    def _answer(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            raise Problem(
                405, f"{request.method} is not possible here: the API only reads.", headers={"Allow": METHODS}
            )
        return self.get(request, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """The answer, once the question and its format are read; 304 to who has it already. Raises Problem."""
        question = asked(request.META.get("QUERY_STRING", ""), self.parameters, self.where)
        if "format" not in question:
            form = negotiated(request.META.get("HTTP_ACCEPT", ""), self.formats)
            question |= {"format": form} if form != "json" else {}
        held = request.META.get("HTTP_IF_NONE_MATCH", "")
        found = None if held else self._begun_at_once(question, **kwargs)
        version = getattr(found, "version", None) or self.version()
        tag = etag(version, request.path, question)
        if has(held, tag):
            # What rests on something else may be new while the record is not.
            if type(self).version is Reading.version:
                note(request.META, version)
            return HttpResponse(status=304, headers={**HEADERS, "ETag": tag})
        found = found or self.ask(question, version, **kwargs)
        # Published in the meantime, it may tell of the one state or of the other: then it has no name.
        now = getattr(found, "version", None) or self.version()
        if found.status_code == 200 and now == version:
            found.headers["ETag"] = tag
            if self.citable and version.number:
                link(found, "cite-as", lasting(request.path, question, version))
                link(found, "describedby", address(f"{BASE}cite/", {"of": address(request.path, question)}))
        return found

    def _begun_at_once(self, question: Asked, **kwargs: Any) -> HttpResponseBase | None:
        """The answer of the state that was seen last, where its rows say that this is the newest still; else None.

        It costs one question to the database less than to ask first which the newest is.
        """
        seen = reading.Seen.last
        if seen is None or not self.checks(question):
            return None
        try:
            found = self.ask(question, seen, **kwargs)
        except Problem:
            if self.version() == seen:
                raise
            return None
        return found if getattr(found, "version", None) == seen else None

    def checks(self, question: Asked) -> bool:
        """Whether the answer to this question says of which state of the record it is."""
        return False

    def version(self) -> reading.Version:
        """The state on which an answer rests: that of the published record."""
        return reading.version()

    def ask(self, question: Asked, version: reading.Version, **kwargs: Any) -> HttpResponseBase:
        """The answer to a question whose parameters are known; ``version`` is the newest state of the record."""
        raise NotImplementedError


def lasting(path: str, question: Asked, version: reading.Version) -> str:
    """The address at which the answer that ``version`` gives is given at any time."""
    moment = instant(version.at) if version.at else ""
    kept = {name: text for name, text in question.items() if name != "cursor"}
    return address(path, {"known_at": moment} | kept)


def link(found: HttpResponseBase, relation: str, to: str) -> None:
    """Name in the header Link (RFC 8288) what stands to the answer in this relation."""
    link = f'<{iri_to_uri(to)}>; rel="{relation}"'
    found.headers["Link"] = f"{found.headers['Link']}, {link}" if "Link" in found.headers else link


class RootView(Reading):
    """Where the API begins: the address of each of its lists."""

    operation = "root"
    summary = "The address of each list."
    tag = "about"
    shown: ClassVar[Any] = {"type": "object", "additionalProperties": {"type": "string"}}
    where = "the root of the API"
    parameters: ClassVar[Mapping[str, Parameter]] = {FORMAT.name: FORMAT}

    def ask(self, question: Asked, version: reading.Version, **kwargs: Any) -> HttpResponseBase:
        """Names and addresses."""
        filters.read(self.parameters, question)
        names = [*ENDPOINTS, "totals", "changes", "releases", "search", "cite", "codebook", "schema", "docs"]
        return answer(as_json({name: f"{BASE}{name}/" for name in names}))


class NothingView(Reading):
    """An address below /api/ at which there is nothing; only a slash may be missing."""

    schema = None

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """308 to the address with a slash at its end where that leads somewhere, else 404. Raises Problem."""
        path, query = request.path, request.META.get("QUERY_STRING", "")
        try:
            found = None if path.endswith("/") else resolve(f"{path}/")
        except Resolver404:
            found = None
        if found is None or getattr(found.func, "cls", None) is NothingView:
            raise Problem(404, f"There is nothing at {quote(path)}; {BASE} lists what there is.")
        location = f"{escape_uri_path(path)}/" + (f"?{iri_to_uri(query)}" if query else "")
        raise Problem(308, "Addresses end with a slash here.", headers={"Location": location})
