"""Errors: every one a problem document that names the place and the remedy; nothing that a stranger sends breaks it."""

from unittest import mock
from urllib.parse import quote

import pytest
from django.db import OperationalError, connection
from django.test import Client

from border.api.questions import questions_of
from border.publication.endpoints import ENDPOINTS
from tests.api.conftest import problem

pytestmark = pytest.mark.django_db

# A question, the parameter at fault, a part of the message, and some of what is allowed.
REFUSED = [
    ("events/?teritory=x", "teritory", 'Did you mean "territory"?', {"territory", "kind"}),
    ("events/?q=a&q=b", "q", "twice", set()),
    ("events/?kind=", "kind", "empty", set()),
    ("events/?kind=%20", "kind", "empty", set()),
    ("events/?kind=battle,,raid", "kind", "empty value between commas", set()),
    ("events/?kind=!", "kind", "empty value between commas", set()),
    ("events/?kind=air_strike", "kind", 'Did you mean "airstrike"?', {"airstrike", "battle"}),
    ("events/?kind=" + "battle," * 10_000 + "raid", "", "longer than", set()),
    ("events/?kind=" + "battle," * 300 + "raid", "kind", "at most 200 values", set()),
    ("events/?q=" + "x" * 201, "q", "at most 200 characters", set()),
    ("events/?q=a%00b", "q", "NUL", set()),
    ("events/?q=%ff", "", "UTF-8", set()),
    ("events/?on=2015-02-30", "on", "2015-02-30", set()),
    ("events/?on=2015", "on", "is not one day", set()),
    ("events/?on=2015-01-01&from=2014", "on", "not for both", set()),
    ("events/?from=2015-13", "from", "2015-13", set()),
    ("events/?from=2015&to=2014", "to", "ends before", set()),
    ("events/?from=soon", "from", "soon", set()),
    ("events/?date_match=certain", "date_match", "without on or from or to", {"on"}),
    ("events/?on=2015-01-01&date_match=maybe", "date_match", "maybe", {"possible", "certain"}),
    ("events/?territory_scope=exact", "territory_scope", "without territory", {"territory"}),
    ("events/?territory=wilayat-al-furt", "territory", 'Did you mean "wilayat-al-furat"?', {"wilayat-al-furat"}),
    ("events/?territory=!syra", "territory", '"syra"', {"syria"}),
    ("events/?territory=Syria;DROP%20TABLE", "territory", "Syria;DROP TABLE", set()),
    ("events/?actor=" + quote("' OR 1=1 --"), "actor", "' OR 1=1 --", set()),
    ("events/?dataset=none", "dataset", "none", set()),
    ("actors/?country=iq", "country", "two capitals", set()),
    ("events/?contested=yes", "contested", "true or false", {"true", "false"}),
    ("events/?bbox=1,2,3", "bbox", "west,south,east,north", set()),
    ("events/?bbox=1,2,3,nan", "bbox", "west,south,east,north", set()),
    ("events/?bbox=1,2,3,1e400", "bbox", "west,south,east,north", set()),
    ("events/?bbox=170,-10,-170,10", "bbox", "180th meridian", set()),
    ("events/?bbox=40,35,41,34", "bbox", "south 35", set()),
    ("events/?bbox=40,-91,41,34", "bbox", "south is between", set()),
    ("events/?bbox=40,34,181,35", "bbox", "east is between", set()),
    ("events/?near=41,34", "near", "without within_km", {"within_km"}),
    ("events/?within_km=5", "within_km", "without near", {"near"}),
    ("events/?near=41,34&within_km=-1", "within_km", "0 to 20,040", set()),
    ("events/?border_within_km=inf", "border_within_km", "0 to 20,040", set()),
    ("events/?changed_since=yesterday", "changed_since", "yesterday", {"2026-01-31T00:00Z"}),
    ("events/?changed_since=0001-01-01T00:00%2B14:00", "changed_since", "0001-01-01", set()),
    ("events/?page_size=0", "page_size", "1 to 1,000", set()),
    ("events/?page_size=1000000000", "page_size", "1 to 1,000", set()),
    ("events/?page_size=-1", "page_size", "1 to 1,000", set()),
    ("events/?page_size=٣", "page_size", "1 to 1,000", set()),
    ("events/?ordering=title", "ordering", "title", {"date", "-changed"}),
    ("events/?fields=slug,secret", "fields", "secret", {"slug", "citations"}),
    ("events/?fields=!slug", "fields", "without !", {"slug"}),
    ("events/?format=xml", "format", "xml", {"json", "csv", "ndjson", "geojson"}),
    ("authorities/?format=geojson", "format", "geojson", {"json", "csv", "ndjson"}),
    ("events/?cursor=%F0%9F%92%A3", "cursor", "no cursor", set()),
    ("crossings/?on=2015-01-01", "on", "not a parameter of crossings", {"territory", "q"}),
    ("events/bukamal-taken-2017/?kind=battle", "kind", "not a parameter of a single record", {"on", "fields"}),
    ("search/", "q", "Say what to search for", {"q"}),
    ("search/?q=" + "x" * 201, "q", "at most 200", set()),
    ("search/?q=is&endpoint=findings", "endpoint", "findings", {"actors"}),
    ("search/?q=is&page_size=1000", "page_size", "1 to 100", set()),
    ("schema/?format=yaml", "format", "yaml", {"json"}),
    ("docs/?next=x", "next", "next", set()),
    ("?depth=1", "depth", "depth", {"format"}),
]  # fmt: skip


@pytest.mark.usefixtures("small_world")
@pytest.mark.parametrize(
    ("question", "parameter", "words", "allowed"), REFUSED, ids=[r[0][:40] for r in REFUSED]
)
def test_fault_is_named_with_its_remedy(reader, question, parameter, words, allowed):
    found = reader.refusal(f"/api/v1/{question}")
    [error] = found["errors"]
    assert error["parameter"] == parameter
    assert words in error["message"]
    assert words in found["detail"]
    assert allowed <= set(error["allowed"])


@pytest.mark.usefixtures("small_world")
def test_every_fault_is_named_at_once(reader):
    errors = reader.refusal("/api/v1/events/?kind=x&confidence=y&on=z&page_size=0")["errors"]
    assert [error["parameter"] for error in errors] == ["kind", "confidence", "on", "page_size"]
    errors = reader.refusal("/api/v1/events/?territory=x&actor=y&source=z")["errors"]
    assert {error["parameter"] for error in errors} == {"territory", "actor", "source"}


@pytest.mark.usefixtures("small_world")
@pytest.mark.parametrize("name", ENDPOINTS)
def test_every_parameter_refuses_nonsense_and_none_breaks(reader, name):
    for parameter in questions_of(name).of_list:
        for value in (
            "\u202e",
            "'",
            '"',
            "%",
            "\\",
            "{}",
            "[]",
            "../..",
            "a/b",
            "1e999",
            "\t",
            "🚧",
            "-0",
            "!!",
            "0x1",
        ):
            response = reader.get(f"/api/v1/{name}/", {parameter: value})
            assert response.status_code in {200, 400}, (parameter, value, response.content)
            if response.status_code == 400:
                problem(response)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
@pytest.mark.parametrize("path", ["", "events/", "events/x/", "search/", "schema/", "docs/", "nothing"])
def test_api_only_reads(reader, method, path):
    response = reader.generic(method, f"/api/v1/{path}")
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert problem(response)["title"] == "Method Not Allowed"


def test_options_names_the_methods(reader):
    response = reader.options("/api/v1/events/")
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_page_of_another_site_may_ask_and_say_what_it_has(reader):
    asked = {
        "Origin": "https://dashboard.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    allowed = reader.options("/api/v1/events/", headers=asked).headers
    assert allowed["Access-Control-Allow-Origin"] == "*"
    assert "GET" in allowed["Access-Control-Allow-Methods"]
    assert {"Authorization", "If-None-Match"} < {*allowed["Access-Control-Allow-Headers"].split(", ")}
    assert "Access-Control-Allow-Credentials" not in allowed


@pytest.mark.parametrize(
    "path", ["", "events/", "events/x/", "events/?kind=x", "search/?q=is", "schema/", "nothing/"]
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_page_of_another_site_may_read_every_answer(reader, method, path):
    response = reader.generic(method, f"/api/v1/{path}", headers={"Origin": "https://dashboard.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    told = {"ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After", "WWW-Authenticate"}
    assert told == {*response.headers["Access-Control-Expose-Headers"].split(", ")}


@pytest.mark.parametrize(
    "accept",
    ["", "*/*", "application/json", "text/html, application/*;q=0.8", "application/json; charset=utf-8"],
)
def test_json_is_given_to_those_who_take_it(reader, accept):
    assert reader.get("/api/v1/events/", HTTP_ACCEPT=accept).status_code == 200


@pytest.mark.parametrize(
    "accept", ["text/html", "text/html, image/*", "application/json;q=0", "application/xml"]
)
def test_others_are_told_what_there_is(reader, accept):
    response = reader.get("/api/v1/events/", HTTP_ACCEPT=accept)
    assert response.status_code == 406
    assert problem(response)["errors"][0]["allowed"] == [
        "application/json",
        "application/x-ndjson",
        "text/csv",
        "application/geo+json",
    ]


@pytest.mark.parametrize(
    "path", ["nothing/", "events/a/b/", "events/%00/", "events/a%2Fb/", "events/%ff/", "events/../secret/"]
)
def test_nothing_is_a_problem_document_too(reader, path):
    assert reader.refusal(f"/api/v1/{path}", 404)["title"] == "Not Found"


def test_address_without_its_slash_goes_on(reader):
    response = reader.get("/api/v1/events?kind=battle&q=%D8%A7")
    assert response.status_code == 308
    assert response.headers["Location"] == "/api/v1/events/?kind=battle&q=%D8%A7"
    assert reader.refusal("/api/v1/none", 404)


def test_stranger_at_the_door_gets_a_problem_document(reader):
    response = reader.get("/api/v1/events/", HTTP_HOST="evil.example")
    assert response.status_code == 400
    assert problem(response)["detail"] == "The request could not be read."
    assert reader.get("/nothing/here/").headers["Content-Type"].startswith("text/html")


# When the database is away


def test_database_that_is_away_is_no_trace(client):
    with mock.patch("border.api.reading.rows", side_effect=OperationalError("connection refused: 10.0.0.7")):
        response = client.get("/api/v1/events/")
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "10.0.0.7" not in str(problem(response))


@pytest.mark.usefixtures("small_world")
def test_question_that_takes_too_long_is_ended(client):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '1ms'")
    slow = "SELECT * FROM published_events WHERE (SELECT count(*) FROM generate_series(1, 1000000)) > 0"
    with mock.patch("border.api.reading.State.legs", return_value=[(slow, [])]):
        response = client.get("/api/v1/events/")
    assert response.status_code == 503
    connection.needs_rollback = False


def test_mistake_of_ours_is_no_trace():
    with mock.patch("border.api.reading.rows", side_effect=ZeroDivisionError("secret")):
        response = Client(raise_request_exception=False).get("/api/v1/events/")
    assert response.status_code == 500
    assert "secret" not in response.content.decode()
    problem(response)
