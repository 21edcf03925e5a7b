"""The endpoints: lists and details of the published record, and the page that lists them all."""

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.encoding import escape_uri_path, iri_to_uri
from rest_framework.views import APIView

from border.api import filters, formats, paging, reading
from border.api.asking import Asked, address, asked, negotiated
from border.api.counting import limited
from border.api.etags import etag, has
from border.api.operations import Operation
from border.api.parameters import Parameter
from border.api.problems import Fault, Problem, bad_question, quote
from border.api.questions import FORMAT, PAGE_SIZE, Questions, questions_of
from border.api.shapes import document_of, page_of
from border.documents.table import SURELY, Column, columns
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


def answer(
    body: bytes, media_type: str = "application/json", headers: Mapping[str, str] = HEADERS
) -> HttpResponse:
    """An answer that may be kept for a minute."""
    return HttpResponse(body, content_type=media_type, headers=headers)


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
        version = self.version()
        tag = etag(version, request.path, question)
        if has(request.META.get("HTTP_IF_NONE_MATCH", ""), tag):
            return HttpResponse(status=304, headers={**HEADERS, "ETag": tag})
        found = self.ask(question, version, **kwargs)
        # Published in the meantime, it may tell of the one state or of the other: then it has no name.
        now = found.version if isinstance(found, formats.WholeList) else self.version()
        if found.status_code == 200 and now == version:
            found.headers["ETag"] = tag
            if self.citable and version.number:
                _link(found, "cite-as", lasting(request.path, question, version))
                _link(found, "describedby", address(f"{BASE}cite/", {"of": address(request.path, question)}))
        return found

    def version(self) -> reading.Version:
        """The state on which an answer rests: that of the published record."""
        return reading.version()

    def ask(self, question: Asked, version: reading.Version, **kwargs: Any) -> HttpResponseBase:
        """The answer to a question whose parameters are known; ``version`` is the newest state of the record."""
        raise NotImplementedError


def lasting(path: str, question: Asked, version: reading.Version) -> str:
    """The address at which the answer that ``version`` gives is given at any time."""
    moment = version.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if version.at else ""
    kept = {name: text for name, text in question.items() if name != "cursor"}
    return address(path, {"known_at": moment} | kept)


def _link(found: HttpResponseBase, relation: str, to: str) -> None:
    """Name in the header Link (RFC 8288) what stands to the answer in this relation."""
    link = f'<{iri_to_uri(to)}>; rel="{relation}"'
    found.headers["Link"] = f"{found.headers['Link']}, {link}" if "Link" in found.headers else link


# What the pages beside one are called in the header Link (RFC 8288).
_RELATIONS = {"next": "next", "previous": "prev"}


class ListView(Reading):
    """A page of the records of one endpoint."""

    citable = True
    questions: ClassVar[Questions]

    def ask(self, question: Asked, version: reading.Version, **kwargs: Any) -> HttpResponseBase:
        """The documents of the page, one after the other as the database keeps them."""
        questions = self.questions
        values = filters.read(questions.of_list, question)
        order = paging.Order(questions.endpoint.name, values.get("ordering", questions.orderings[0]))
        where = filters.where(questions, values, version)
        if (form := values.get("format", "json")) != "json":
            return _whole(questions, values, where, order, form)
        cursor = order.cursor(values["cursor"]) if "cursor" in values else None
        size = values.get("page_size", PAGE_SIZE)
        page = paging.page(order, cursor, size, _rows(values, where, order, cursor, size))
        path = f"{BASE}{questions.endpoint.name}/"
        rest = {name: text for name, text in question.items() if name != "cursor"}

        beside = {
            name: address(path, {**rest, "cursor": to.text(order.within)}) if to else None
            for name, to in (("next", page.next), ("previous", page.previous))
        }
        count = b""
        if values.get("count"):
            count = b'"count":%d,' % _count(where)
        documents = (
            [_with_surely(*row) for row in page.rows] if where.surely else [row[0] for row in page.rows]
        )
        found = answer(
            b'{%b"next":%b,"previous":%b,"results":[%b]}'
            % (count, as_json(beside["next"]), as_json(beside["previous"]), b",".join(documents))
        )
        for name, to in beside.items():
            if to:
                _link(found, _RELATIONS[name], to)
        return found


def _whole(
    questions: Questions, values: Mapping[str, Any], where: filters.Where, order: paging.Order, form: str
) -> HttpResponseBase:
    """All that answers, sent as the database finds it. Raises Problem for what only a page has."""
    faults = [
        Fault(
            name, f"format={form} gives the whole list: leave {name} out, or ask for pages with format=json."
        )
        for name in ("cursor", "page_size", "count")
        if name in values
    ]
    if faults:
        raise bad_question(faults)
    line, parameters = _line(form, values, where)
    made = formats.FORMATS[form]
    found = formats.WholeList(
        made,
        f"SELECT {line} {where.sql} ORDER BY {order.sql(forward=True)}",
        [*parameters, *where.all_values],
        _columns(questions, values, where),
    )
    return _kept_as(found, f"border-{questions.endpoint.name}", where, form)


def _line(form: str, values: Mapping[str, Any], where: filters.Where) -> tuple[str, list[Any]]:
    """SQL of what a format makes of a document, with whether it surely answers where that is asked."""
    document, parameters = _document(values)
    line = f"({document})::text"
    if where.surely:
        line = f"left({line}, -1) || CASE WHEN {where.surely} THEN ',\"surely\":true}}' ELSE ',\"surely\":false}}' END"
    return formats.FORMATS[form].line(f"({line})"), [*parameters, *where.surely_values]


def _columns(questions: Questions, values: Mapping[str, Any], where: filters.Where) -> list[Column]:
    shown = values["fields"].any_of if "fields" in values else questions.fields
    found = [column for column in columns(questions.endpoint.document) if column.field in shown]
    return [*found, SURELY] if where.surely else found


def _kept_as(found: HttpResponseBase, name: str, where: filters.Where, form: str) -> HttpResponseBase:
    """The answer, to be kept as a file whose name says of what it is, and of which state of the record."""
    known_at = where.state.known_at
    of = f"{known_at:%Y%m%dT%H%M%SZ}" if known_at else f"v{where.state.version.number}"
    found.headers["Content-Disposition"] = f'attachment; filename="{name}-{of}.{form}"'
    for header, value in HEADERS.items():
        found.headers[header] = value
    return found


def _with_surely(document: bytes, surely: bool | None) -> bytes:
    return document[:-1] + (b',"surely":true}' if surely else b',"surely":false}')


def _document(values: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """SQL of the document, or of those of its fields that were asked for, in its own order."""
    if "fields" not in values:
        return "r.document", []
    chosen = (
        "(SELECT '{' || string_agg(to_json(d.key) || ':' || d.value, ',' ORDER BY d.n) || '}' "
        "FROM json_each(r.document) WITH ORDINALITY d(key, value, n) WHERE d.key = ANY(%s))::json"
    )
    return chosen, [values["fields"].any_of]


def _rows(
    values: Mapping[str, Any],
    where: filters.Where,
    order: paging.Order,
    cursor: paging.Cursor | None,
    size: int,
) -> list[tuple[Any, ...]]:
    document, shown = _document(values)
    surely = f", {where.surely}" if where.surely else ""
    beyond = f" AND {order.beyond(cursor)}" if cursor else ""
    forward = cursor is None or cursor.forward
    parts, parameters = [], []
    for found, rare in where.parted(by_day=order.by_day):
        parts.append(
            f"SELECT {', '.join(order.keys)}, {document}{surely} {found.sql}{beyond} "
            f"ORDER BY {order.sql(forward=forward, fetched=rare)} LIMIT %s"
        )
        parameters += [
            *shown,
            *where.surely_values,
            *found.values,
            *(cursor.keys if cursor else ()),
            size + 1,
        ]
    if len(parts) == 1:
        return reading.rows(parts[0], parameters)
    together = " UNION ALL ".join(f"({part})" for part in parts)
    return reading.rows(
        f"SELECT r.* FROM ({together}) r ORDER BY {order.sql(forward=forward)} LIMIT %s",
        [*parameters, size + 1],
    )


def _count(where: filters.Where) -> int:
    return int(reading.rows(f"SELECT count(*) {where.sql}", where.all_values)[0][0])


class DetailView(Reading):
    """One record."""

    citable = True
    questions: ClassVar[Questions]

    def ask(
        self, question: Asked, version: reading.Version, slug: str = "", **kwargs: Any
    ) -> HttpResponseBase:
        """Its document; 308 where it goes on under another slug, 410 where it was withdrawn, else 404."""
        values = filters.read(self.questions.of_record, question)
        where = filters.Where(filters.state(values, version), self.questions.endpoint.table)
        filters.days(self.questions, values, where)
        # A day asked about chooses nothing here: the answer says whether the record holds on it.
        where.conditions, where.values, where.window = ["r.slug = %s"], [slug], filters.EVERY
        form = values.get("format", "json")
        line, parameters = _line(form, values, where)
        found = reading.rows(f"SELECT {line} {where.sql}", [*parameters, *where.all_values])
        if not found:
            raise _gone(self.questions.endpoint.name, slug, question, where.state.known_at)
        line = found[0][0].encode()
        if form == "json":
            return answer(line)
        made = formats.FORMATS[form]
        body = b"".join(made.made([line + b"\n"], _columns(self.questions, values, where)))
        return _kept_as(answer(body, made.media_type), f"border-{slug}", where, form)


def _gone(endpoint: str, slug: str, question: Asked, known_at: dt.datetime | None) -> Problem:
    """What became of a record that is not public, or was not at that moment."""
    told = reading.rows(
        'SELECT change, "into", reason, at FROM published_entry WHERE endpoint = %s AND slug = %s ORDER BY sequence DESC',
        [endpoint, slug],
    )
    found = [row for row in told if known_at is None or row[3] <= known_at]
    if told and not found:
        return Problem(
            404,
            f"{endpoint}/{slug} was not public at that moment: it was published on {told[-1][3]:%Y-%m-%d}.",
        )
    if found and found[0][0] in {"added", "changed"}:
        reason = next(reason for change, _, reason, _ in told if change == "erased")
        return Problem(410, f"What {endpoint}/{slug} said at that moment was erased for good: {reason}")
    for change, into, reason, at in found:
        if change == "merged":
            location = address(f"{BASE}{endpoint}/{into}/", question)
            return Problem(
                308,
                f"{endpoint}/{slug} goes on as {endpoint}/{into}: {reason}",
                headers={"Location": location},
            )
        if change == "withdrawn":
            since = at.isoformat()
            detail = f"{endpoint}/{slug} was withdrawn on {at:%Y-%m-%d}: {reason}"
            return Problem(410, detail, further={"withdrawn": {"at": since, "reason": reason}})
    return Problem(404, f"There is no {quote(slug)} among {endpoint}.")


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


def list_view(name: str) -> type[ListView]:
    """The view that lists the endpoint ``name``."""
    questions = questions_of(name)
    noun = questions.endpoint.model.__name__
    members = {
        "questions": questions,
        "parameters": questions.of_list,
        "formats": questions.formats,
        "where": name,
        "operation": f"list_{name.replace('-', '_')}",
        "summary": f"A page of {name.replace('-', ' ')}.",
        "explained": str(questions.endpoint.document.__doc__),
        "tag": name,
        "shown": page_of(f"{noun}Page", document_of(questions.endpoint)),
    }
    return type(f"{noun}List", (ListView,), members)


def detail_view(name: str) -> type[DetailView]:
    """The view of one record of the endpoint ``name``."""
    questions = questions_of(name)
    noun = questions.endpoint.model.__name__
    members = {
        "questions": questions,
        "parameters": questions.of_record,
        "formats": questions.formats,
        "where": f"a single record of {name}",
        "operation": f"read_{name.replace('-', '_')}",
        "summary": f"One record of {name.replace('-', ' ')}.",
        "explained": str(questions.endpoint.document.__doc__),
        "tag": name,
        "shown": document_of(questions.endpoint),
        "problems": (308, 404, 410),
    }
    return type(f"{noun}Detail", (DetailView,), members)
