"""The lists and single records of the published record."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.http.response import HttpResponseBase

from border.api import filters, formats, paging, reading
from border.api.asking import Asked, address
from border.api.parameters import Parameter
from border.api.places import Part
from border.api.problems import Fault, Problem, bad_question, quote
from border.api.questions import PAGE_SIZE, Questions, questions_of
from border.api.shapes import document_of, page_of
from border.api.views import BASE, HEADERS, Reading, answer, as_json, link
from border.documents.table import SURELY, Column, columns

# What the pages beside one are called in the header Link (RFC 8288).
_RELATIONS = {"next": "next", "previous": "prev"}


class ListView(Reading):
    """A page of the records of one endpoint."""

    citable = True
    questions: ClassVar[Questions]

    def checks(self, question: Asked) -> bool:
        """For a page: a whole list is one of which the state is asked first, and to count is one question more."""
        return "format" not in question and "count" not in question

    def ask(self, question: Asked, version: reading.Version, **kwargs: Any) -> HttpResponseBase:
        """The documents of the page, one after the other as the database keeps them."""
        questions = self.questions
        values = filters.read(questions.of_list, question)
        order = paging.Order(questions.endpoint.name, values.get("ordering", questions.orderings[0]))
        where = filters.where(questions, values, version)
        if (form := values.get("format", "json")) != "json":
            formats.lose_patience_with(self.request.META.get("gunicorn.socket"))
            return _whole(questions, values, where, order, form)
        cursor = order.cursor(values["cursor"]) if "cursor" in values else None
        size = values.get("page_size", PAGE_SIZE)
        rows, now = _rows(values, where, order, cursor, size)
        page = paging.page(order, cursor, size, rows)
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
        found.version = None if count else now
        for name, to in beside.items():
            if to:
                link(found, _RELATIONS[name], to)
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
        by_index=where.is_all,
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
) -> tuple[list[tuple[Any, ...]], reading.Version]:
    document, shown = _document(values)
    surely = f", {where.surely}" if where.surely else ""
    beyond = f" AND {order.beyond(cursor)}" if cursor else ""
    forward = cursor is None or cursor.forward
    selects, parameters = [], []
    empty = _Empty(where, order, cursor)
    parts = [part for part in where.parted(by_day=order.by_day) if part not in empty]
    for part in parts:
        selects.append(
            f"SELECT {', '.join(order.keys)}, {document}{surely} {part.sql}{beyond} "
            f"ORDER BY {order.sql(forward=forward, fetched=part.rare)} LIMIT %s"
        )
        parameters += [
            *shown,
            *where.surely_values,
            *part.values,
            *(cursor.keys if cursor else ()),
            size + 1,
        ]
    if len(selects) == 1:
        return reading.rows_and_version(selects[0], parameters)
    together = " UNION ALL ".join(f"({select})" for select in selects)
    found, version = reading.rows_and_version(
        f"SELECT r.* FROM ({together}) r ORDER BY {order.sql(forward=forward)} LIMIT %s",
        [*parameters, size + 1],
    )
    if version == where.state.version:
        empty.learn(parts, found)
    return found, version


class _Empty:
    """The parts of a list of which it is known that they have no rows, or none from the cursor on.

    What reaches into a window from before it comes first where the earliest do: a first page without any says that there
    are none. That is kept as long as the record stands, since to look for them takes as long as the rest of a page.
    """

    KEPT = 5_000

    def __init__(self, where: filters.Where, order: paging.Order, cursor: paging.Cursor | None) -> None:
        self._known: set[tuple[str, str]] = where.state.remembered(("empty", order.endpoint), set)
        self._earliest_first = order.by_day and not order.descending
        self._cursor = cursor
        # The day that the page is past; all that is sorted before it is on other pages.
        self._past = str(cursor.keys[0]) if cursor and cursor.forward and self._earliest_first else ""

    def __contains__(self, part: Part) -> bool:
        return bool(part.before) and (self._past >= part.before or self._key(part) in self._known)

    def learn(self, parts: Sequence[Part], rows: Sequence[tuple[Any, ...]]) -> None:
        """Note those of the ``parts`` that would have come first among the ``rows`` of a first page, and did not."""
        if self._cursor or not self._earliest_first or len(self._known) >= self.KEPT:
            return
        for part in parts:
            if part.before and not (rows and rows[0][0] < part.before):
                self._known.add(self._key(part))

    @staticmethod
    def _key(part: Part) -> tuple[str, str]:
        return part.sql, str(part.values)


def _count(where: filters.Where) -> int:
    return int(reading.rows(f"SELECT count(*) {where.sql}", where.all_values)[0][0])


class DetailView(Reading):
    """One record."""

    citable = True
    questions: ClassVar[Questions]

    def checks(self, question: Asked) -> bool:
        """For its document as it stands."""
        return "format" not in question

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
        rows, now = reading.rows_and_version(f"SELECT {line} {where.sql}", [*parameters, *where.all_values])
        if not rows:
            raise _gone(self.questions.endpoint.name, slug, question, where.state.known_at)
        line = rows[0][0].encode()
        if form == "json":
            found = answer(line)
            found.version = now
            return found
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


def list_view(name: str) -> type[ListView]:
    """The view that lists the endpoint ``name``."""
    questions = questions_of(name)
    noun = questions.endpoint.model.__name__
    members = {
        "where": name,
        "operation": f"list_{name.replace('-', '_')}",
        "summary": f"A page of {name.replace('-', ' ')}.",
        "shown": page_of(f"{noun}Page", document_of(questions.endpoint)),
    }
    return type(f"{noun}List", (ListView,), _of(questions, questions.of_list) | members)


def detail_view(name: str) -> type[DetailView]:
    """The view of one record of the endpoint ``name``."""
    questions = questions_of(name)
    members = {
        "where": f"a single record of {name}",
        "operation": f"read_{name.replace('-', '_')}",
        "summary": f"One record of {name.replace('-', ' ')}.",
        "shown": document_of(questions.endpoint),
        "problems": (308, 404, 410),
    }
    noun = questions.endpoint.model.__name__
    return type(f"{noun}Detail", (DetailView,), _of(questions, questions.of_record) | members)


def _of(questions: Questions, parameters: Mapping[str, Parameter]) -> dict[str, Any]:
    """What both views of an endpoint have alike."""
    return {
        "questions": questions,
        "parameters": parameters,
        "formats": questions.formats,
        "explained": str(questions.endpoint.document.__doc__),
        "tag": questions.endpoint.name,
    }
