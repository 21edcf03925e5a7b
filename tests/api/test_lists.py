"""Lists and details: what they look like, what they cost, and that they are the documents of the record."""

import json
import re

import pytest
from django.db import connection

from border.api.questions import questions_of
from border.publication.endpoints import ENDPOINTS
from tests.api.conftest import golden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]

DATED = [name for name, endpoint in ENDPOINTS.items() if endpoint.dated]


@pytest.mark.parametrize("name", ENDPOINTS)
def test_endpoint_answers_what_is_golden(reader, name):
    query = "?on=2016-01-01&count=true" if name in DATED else "?count=true"
    page = reader.json(f"/api/v1/{name}/{query}")
    if not page["results"]:
        page = reader.json(f"/api/v1/{name}/?count=true")
    golden(f"{name}.json", json.dumps(page, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("name", ENDPOINTS)
def test_answers_are_the_bytes_of_the_record(reader, name):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT slug, document::text FROM {ENDPOINTS[name].table} ORDER BY slug")
        documents = dict(cursor.fetchall())
    listed = reader.get(f"/api/v1/{name}/?ordering=slug").content.decode()
    assert listed == f'{{"next":null,"previous":null,"results":[{",".join(documents.values())}]}}'
    for slug, document in documents.items():
        assert reader.get(f"/api/v1/{name}/{slug}/").content.decode() == document


def test_root_leads_to_every_list(reader):
    lists = reader.json("/api/v1/")
    assert set(ENDPOINTS) < set(lists)
    for name in ENDPOINTS:
        assert reader.json(lists[name])["results"]


@pytest.mark.parametrize("name", ENDPOINTS)
def test_fields_are_those_asked_for_in_their_own_order(reader, name):
    names = questions_of(name).fields
    asked = names[::-2]
    for document in reader.json(f"/api/v1/{name}/?fields={','.join(asked)}")["results"]:
        assert list(document) == [field for field in names if field in asked]
    whole = reader.json(f"/api/v1/{name}/")["results"][0]
    some = reader.json(f"/api/v1/{name}/{whole['slug']}/?fields={','.join(asked)}")
    assert some == {field: whole[field] for field in some}


def test_answers_may_be_kept_for_a_minute_by_anybody(reader):
    for address in (
        "/api/v1/",
        "/api/v1/events/",
        "/api/v1/events/bukamal-taken-2017/",
        "/api/v1/search/?q=is",
    ):
        headers = reader.get(address).headers
        assert headers["Cache-Control"] == "public, max-age=60"
        assert headers["Vary"] == "Accept, Authorization"
        assert headers["Content-Type"] == "application/json"
        assert "Set-Cookie" not in headers


def linked(response):
    """The pages to which the header Link leads, by relation."""
    found = re.findall(r'<([^>]*)>; rel="(next|prev)"', response.headers.get("Link", ""))
    return {relation: address for address, relation in found}


def test_pages_beside_one_stand_in_a_header_too(reader):
    first = reader.get("/api/v1/territories/?page_size=1&fields=slug,name")
    assert linked(first) == {"next": first.json()["next"]}
    second = reader.get(linked(first)["next"])
    assert linked(second)["prev"] == second.json()["previous"]
    assert linked(reader.get("/api/v1/territories/?page_size=1000")) == {}


def test_head_is_get_without_the_body(reader):
    for address in ("/api/v1/events/", "/api/v1/events/none/"):
        whole, head = reader.get(address), reader.head(address)
        assert head.content == b""
        assert head.status_code == whole.status_code
        assert head.headers["Content-Length"] == str(len(whole.content))


def test_surely_is_said_only_where_a_day_is_named(reader):
    assert all("surely" not in row for row in reader.json("/api/v1/authorities/")["results"])
    [row] = reader.json("/api/v1/authorities/?on=2016-01-01")["results"]
    assert row["surely"] is True
    assert list(row)[-1] == "surely"
    assert reader.json("/api/v1/authorities/is-holds-bukamal/?on=2014-07-15")["surely"] is False
    assert reader.json("/api/v1/authorities/is-holds-bukamal/?from=2016&to=2016")["surely"] is True


def test_undated_record_is_never_sure(reader):
    [row] = reader.json("/api/v1/containments/?on=2016-01-01&basis=de_jure")["results"]
    assert row["period"]["edtf"] == ""
    assert row["surely"] is False


@pytest.mark.parametrize("name", ENDPOINTS)
def test_what_holds_anyhow_may_be_said(reader, name):
    said = [
        f"{parameter.name}={default}"
        for parameter in questions_of(name).of_list.values()
        if (default := parameter.schema().get("default")) is not None
    ]
    assert len(said) >= 3
    assert reader.get(f"/api/v1/{name}/?{'&'.join(said)}").content == reader.get(f"/api/v1/{name}/").content
