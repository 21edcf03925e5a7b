"""Whole lists as NDJSON, CSV or GeoJSON: line by line as the database sends them, never held in memory as a whole.

The connection is closed without an end where the database fails midway, and what was sent says that it is not whole: the
last line of NDJSON is a problem document, that of CSV a sentence, and GeoJSON is not closed. It is freed as soon as a reader
goes away.
"""

import csv
import io
import json
import logging
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from border.api import reading
from border.api.problems import Problem
from border.documents.table import Column, cell

# So many bytes are sent at a time.
PORTION = 65_536
# So many whole lists are sent by one process at a time; pages and records are answered meanwhile.
AT_A_TIME = 2
# One who takes nothing for so long is gone.
PATIENCE_S = 60
BROKEN = "The answer broke off here and is not whole: ask again."

logger = logging.getLogger(__name__)
_sending = threading.BoundedSemaphore(AT_A_TIME)


@dataclass(frozen=True)
class Format:
    """A format of whole lists: what the database makes of each record, and what is made of these lines."""

    media_type: str
    made: Callable[[Iterable[bytes], Sequence[Column]], Iterator[bytes]]
    line: Callable[[str], str] = str
    broken: bytes = b""


def _ndjson(lines: Iterable[bytes], columns: Sequence[Column]) -> Iterator[bytes]:
    yield from lines


def _csv(lines: Iterable[bytes], columns: Sequence[Column]) -> Iterator[bytes]:
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(column.name for column in columns)
    for line in lines:
        document = orjson.loads(line)
        rows.writerow([cell(column.of(document)) for column in columns])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    yield text.getvalue().encode()


def _feature(document: str) -> str:
    """SQL of a feature of GeoJSON, after a comma: its point, or null where there is none."""
    point = (
        "CASE WHEN r.longitude IS NULL THEN 'null' ELSE "
        """'{"type":"Point","coordinates":[' || r.longitude || ',' || r.latitude || ']}' END"""
    )
    return (
        """',{"type":"Feature","id":' || to_json(r.slug::text) || ',"geometry":' || """
        f"""{point} || ',"properties":' || {document} || '}}'"""
    )


def _geojson(lines: Iterable[bytes], columns: Sequence[Column]) -> Iterator[bytes]:
    head = b'{"type":"FeatureCollection","features":[\n'
    for line in lines:
        yield head + line[1:] if head else line
        head = b""
    yield head + b"]}\n"


FORMATS: dict[str, Format] = {
    "json": Format("application/json", _ndjson),
    "ndjson": Format(
        "application/x-ndjson", _ndjson, broken=f"{json.dumps(Problem(500, BROKEN).as_dict())}\n".encode()
    ),
    "csv": Format("text/csv; charset=utf-8", _csv, broken=f"{BROKEN}\n".encode()),
    "geojson": Format("application/geo+json", _geojson, _feature),
}


def _portions(form: Format, lines: Generator[bytes], columns: Sequence[Column]) -> Generator[bytes]:
    """What is sent, in portions; what fails once something was sent says so, and fails all the same."""
    parts: list[bytes] = []
    size = sent = 0
    with closing(lines):
        try:
            for part in form.made(lines, columns):
                parts.append(part)
                size += len(part)
                if size >= PORTION:
                    yield b"".join(parts)
                    sent += size
                    parts, size = [], 0
            if size:
                yield b"".join(parts)
        except Exception:
            if sent and form.broken:
                logger.exception("A whole list broke off")
                yield form.broken
            raise


class Stream:
    """What is sent of a whole list. Its first portion is made before anything is sent, so that it may fail in words."""

    def __init__(self, portions: Generator[bytes]) -> None:
        if not _sending.acquire(blocking=False):
            raise Problem(
                503,
                f"{AT_A_TIME} whole lists are being sent already. Ask again in a minute, or take pages of JSON.",
                headers={"Retry-After": "60"},
            )
        self._portions, self._open = portions, True
        try:
            self._first = next(portions, b"")
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Iterator[bytes]:
        """The portions."""
        if self._first:
            yield self._first
        yield from self._portions

    def close(self) -> None:
        """Free the database of what was not sent, and make room for another list."""
        if self._open:
            self._open = False
            self._portions.close()
            _sending.release()


def lose_patience_with(client: Any) -> None:
    """Have the web server give up on a ``client``, the socket that it has of one, who takes nothing for a minute."""
    if client is not None:
        client.settimeout(PATIENCE_S)


class WholeList(StreamingHttpResponse):
    """An answer with all that a statement finds. Raises Problem where too many are being sent.

    ``version`` is the state of the published record of which it is; ``by_index`` as `reading.lines` has it.
    """

    def __init__(
        self,
        form: Format,
        sql: str,
        parameters: Sequence[Any],
        columns: Sequence[Column],
        *,
        by_index: bool = False,
    ) -> None:
        states: list[reading.Version] = []
        lines = reading.lines(sql, parameters, states.append, by_index=by_index)
        self.stream = Stream(_portions(form, lines, columns))
        self.version = states[0] if states else None
        super().__init__(self.stream, content_type=form.media_type)


def without_content(found: HttpResponseBase) -> HttpResponseBase:
    """The headers of an answer."""
    headers = dict(found.headers)
    if isinstance(found, WholeList):
        found.stream.close()
        # Nobody knows its length yet; of an answer that is not streamed Django would say that it is 0.
        return StreamingHttpResponse((), headers=headers)
    if isinstance(found, HttpResponse):
        headers["Content-Length"] = str(len(found.content))
    return HttpResponse(status=found.status_code, headers=headers)
