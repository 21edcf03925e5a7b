"""Whole lists as files: the same records as the pages have, line by line, and never taken for whole when they are not."""

import csv
import io
import json
import socket
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.test import Client

from border.api import formats, reading
from border.api.questions import questions_of
from border.documents.table import Column, columns
from border.publication.endpoints import ENDPOINTS
from tests.api.conftest import dropped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]

MAPPED = [name for name in ENDPOINTS if "geojson" in questions_of(name).formats]


def asked(address: str, form: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}format={form}"


def body(reader: Any, address: str, status: int = 200, **environ: Any) -> str:
    response = reader.get(address, **environ)
    content = b"".join(response.streaming_content) if response.streaming else response.content
    dropped(response)
    assert response.status_code == status, content[:500]
    return content.decode()


def as_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


QUESTIONS = [f"/api/v1/{name}/" for name in ENDPOINTS] + [
    "/api/v1/events/?on=2017-11-19",
    "/api/v1/authorities/?on=2017-11-19&fields=slug,period",
    "/api/v1/events/?fields=slug,point&ordering=-slug",
    "/api/v1/territories/?q=nothing-of-the-kind",
]


@pytest.mark.parametrize("address", QUESTIONS)
def test_ndjson_has_the_documents_of_the_pages(reader, address):
    lines = body(reader, asked(address, "ndjson")).splitlines()
    assert [json.loads(line) for line in lines] == reader.rows(address)


@pytest.mark.parametrize("address", QUESTIONS)
def test_csv_has_a_line_for_each_record_with_all_its_columns(reader, address):
    name = address.split("/")[3]
    rows, documents = as_csv(body(reader, asked(address, "csv"))), reader.rows(address)
    assert [row["slug"] for row in rows] == [document["slug"] for document in documents]
    for row, document in zip(rows, documents, strict=True):
        shown = [one for one in columns(ENDPOINTS[name].document) if one.field in document]
        assert list(row) == [one.name for one in shown] + (["surely"] if "surely" in document else [])
        if "surely" in document:
            assert row["surely"] == ("true" if document["surely"] else "false")


@pytest.mark.parametrize("name", MAPPED)
def test_geojson_has_a_feature_for_each_record(reader, name):
    found = json.loads(body(reader, f"/api/v1/{name}/?format=geojson"))
    documents = reader.rows(f"/api/v1/{name}/")
    assert found["type"] == "FeatureCollection"
    assert [feature["properties"] for feature in found["features"]] == documents
    for feature, document in zip(found["features"], documents, strict=True):
        point = document["point"]
        where = point and {"type": "Point", "coordinates": [point["longitude"], point["latitude"]]}
        assert (feature["id"], feature["geometry"]) == (document["slug"], where)


def test_map_of_nothing_is_a_map(reader):
    found = json.loads(body(reader, "/api/v1/events/?q=nothing-of-the-kind&format=geojson"))
    assert found == {"type": "FeatureCollection", "features": []}


@pytest.mark.parametrize("form", ["ndjson", "csv", "geojson"])
def test_single_record_is_told_in_every_format(reader, form):
    alone = body(reader, f"/api/v1/events/bukamal-taken-2017/?on=2017-11-19&format={form}")
    assert alone == body(reader, f"/api/v1/events/?q=takes&on=2017-11-19&format={form}")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/x-ndjson", "application/x-ndjson"),
        ("application/geo+json, */*;q=0.1", "application/geo+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/json;q=0.1, text/csv", "text/csv; charset=utf-8"),
        ("application/json;q=0, */*", "application/x-ndjson"),
        ("application/*", "application/json"),
    ],
)
def test_format_is_the_one_that_the_client_likes_best(reader, accept, media_type):
    response = reader.get("/api/v1/events/", headers={"Accept": accept})
    assert response.headers["Content-Type"] == media_type
    dropped(response)


def test_format_that_is_named_counts_for_more_than_what_is_accepted(reader):
    response = reader.get("/api/v1/events/?format=csv", headers={"Accept": "application/json"})
    assert response.headers["Content-Type"].startswith("text/csv")
    dropped(response)


def test_file_is_named_for_what_it_holds(reader):
    for address, name in (
        ("/api/v1/crossing-statuses/?format=csv", "border-crossing-statuses-v1.csv"),
        ("/api/v1/events/bukamal-taken-2017/?format=geojson", "border-bukamal-taken-2017-v1.geojson"),
    ):
        response = reader.get(address)
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        dropped(response)


@pytest.mark.parametrize("form", ["ndjson", "csv", "geojson"])
def test_each_format_has_an_etag_of_its_own(reader, form):
    address = f"/api/v1/events/?format={form}"
    whole = reader.get(address)
    dropped(whole)
    assert whole.headers["ETag"] != reader.get("/api/v1/events/").headers["ETag"]
    assert reader.get(address, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304
    bare = reader.head(address)
    assert (bare.status_code, b"".join(bare), bare.headers["ETag"]) == (200, b"", whole.headers["ETag"])
    assert "Content-Length" not in bare.headers


@pytest.mark.parametrize("form", ["ndjson", "csv", "geojson"])
def test_list_longer_than_what_is_sent_at_a_time_comes_whole_and_has_an_etag(monkeypatch, form):
    """The connection is busy with the list until its end: what else is to be known of it was asked before."""
    address = f"/api/v1/events/?format={form}"
    client = Client()  # in no role of its own: to leave that would be one more question
    at_once = client.get(address)
    monkeypatch.setattr(formats, "PORTION", 1)
    found = client.get(address)
    assert found.headers["ETag"] == at_once.headers["ETag"]
    assert len(content := list(found.streaming_content)) > 1
    assert b"".join(content) == b"".join(at_once.streaming_content)


def test_list_of_a_state_that_came_meanwhile_has_no_etag(reader, monkeypatch):
    known = reading.version()
    later = known._replace(number=known.number + 1)
    states = iter([known, later])
    monkeypatch.setattr(reading, "version", lambda: next(states))
    found = reader.get("/api/v1/events/?format=csv")
    assert "ETag" not in found.headers
    dropped(found)


@pytest.mark.parametrize("parameter", ["page_size=5", "count=true"])
def test_whole_list_has_no_pages(reader, parameter):
    found = reader.refusal(f"/api/v1/events/?format=csv&{parameter}")
    assert found["errors"][0]["parameter"] == parameter.split("=")[0]


def test_map_of_what_has_no_place_is_refused(reader):
    found = reader.refusal("/api/v1/authorities/?format=geojson")
    assert found["errors"][0]["allowed"] == ["json", "ndjson", "csv"]


def test_no_more_lists_are_sent_at_a_time_than_leave_room_for_pages(reader):
    sent = [reader.get("/api/v1/events/?format=csv") for _ in range(formats.AT_A_TIME)]
    refused = reader.get("/api/v1/events/?format=csv")
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) > 0
    assert reader.get("/api/v1/events/").status_code == 200
    for response in sent:
        dropped(response)
        dropped(response)
    body(reader, "/api/v1/events/?format=csv")


SLUG = Column("slug", "string", "A slug.", ("slug",))


def test_who_takes_nothing_for_long_is_given_up(reader):
    with socket.socket() as client:
        body(reader, "/api/v1/events/?format=csv", **{"gunicorn.socket": client})
        assert client.gettimeout() == formats.PATIENCE_S


def lines(several: int) -> Any:
    """So many lines, and then the database is away."""
    for _ in range(several):
        yield b'{"slug":"a-record-of-some-length"}\n'
    raise OperationalError("connection lost: 10.0.0.7")


@pytest.mark.parametrize("form", ["ndjson", "csv", "geojson"])
def test_list_that_breaks_off_never_looks_whole(form):
    parts = formats.Stream(formats._portions(formats.FORMATS[form], lines(10_000), [SLUG]))
    found = []
    with pytest.raises(OperationalError):
        found.extend(parts)
    text = b"".join(found).decode()
    parts.close()
    assert "10.0.0.7" not in text
    if form == "geojson":
        with pytest.raises(json.JSONDecodeError):
            json.loads(text)
    else:
        assert formats.BROKEN in text.splitlines()[-1]


def test_list_that_breaks_off_before_it_begins_is_a_problem(reader, monkeypatch):
    monkeypatch.setattr(reading, "lines", lambda *_, **__: lines(3))
    response = reader.get("/api/v1/events/?format=ndjson")
    assert response.status_code == 503
    assert response.headers["Content-Type"] == "application/problem+json"
    monkeypatch.undo()
    for _ in range(formats.AT_A_TIME + 1):
        body(reader, "/api/v1/events/?format=csv")


@pytest.mark.parametrize(
    ("address", "along"),
    [
        ("/api/v1/events/", True),
        ("/api/v1/events/?ordering=-slug&fields=slug", True),
        ("/api/v1/events/?kind=battle", False),
        ("/api/v1/events/?from=2014", False),
        ("/api/v1/events/?known_at=2026-01-01", False),
    ],
)
def test_all_of_a_table_is_read_along_an_index(reader, monkeypatch, address, along):
    """Sorted first, the first byte of a million events took six seconds, and 1.6 GB on disk."""
    seen = []

    class Read(formats.WholeList):
        def __init__(self, form: Any, sql: str, parameters: Any, *rest: Any, by_index: bool) -> None:
            seen.extend(reading.lines("SELECT current_setting('enable_sort')", (), id, by_index=by_index))
            with transaction.atomic(using=reading.ALIAS):
                reading.rows(f"SELECT set_config('enable_sort', '{seen[0].decode().strip()}', true)")
                seen.append(any("Sort" in line for (line,) in reading.rows(f"EXPLAIN {sql}", parameters)))
            super().__init__(form, sql, parameters, *rest, by_index=by_index)

    monkeypatch.setattr(formats, "WholeList", Read)
    body(reader, asked(address, "ndjson"))
    assert seen == [b"off\n", False] if along else seen[0] == b"on\n"


def test_whole_list_is_held_in_memory_no_more_than_a_portion(monkeypatch):
    """What is made ahead of what was taken is one portion, however long the list."""
    made = 0

    def endless() -> Any:
        nonlocal made
        while True:
            made += 1
            yield b"x" * 100

    parts = formats.Stream(formats._portions(formats.FORMATS["ndjson"], endless(), []))
    taken = iter(parts)
    for portions in (1, 2, 3):
        next(taken)
        assert made * 100 <= portions * (formats.PORTION + 100)
    parts.close()
