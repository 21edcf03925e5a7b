"""The OpenAPI document: valid, golden, without a warning, and true of what is answered."""

import json
import re
from typing import Any

import jsonschema
import pytest
from drf_spectacular.drainage import GENERATOR_STATS, reset_generator_stats
from openapi_spec_validator import validate

from border.api.questions import questions_of
from border.api.schema import openapi
from border.publication.endpoints import ENDPOINTS
from tests.api.conftest import golden

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixtures")]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The OpenAPI document."""
    return json.loads(openapi())


def test_document_is_valid(document):
    validate(document)
    assert document["openapi"] == "3.1.1"


def test_document_is_golden(document):
    golden("openapi.json", json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def test_document_is_made_without_a_warning():
    openapi.cache_clear()
    reset_generator_stats()
    openapi()
    assert not GENERATOR_STATS, GENERATOR_STATS.emit_summary()


def test_document_is_served(reader, document):
    assert reader.json("/api/v1/schema/") == document


def test_document_names_every_route(document):
    paths = {f"/api/v1/{name}/" for name in ENDPOINTS} | {f"/api/v1/{name}/{{slug}}/" for name in ENDPOINTS}
    assert set(document["paths"]) == {
        *paths,
        "/api/v1/",
        "/api/v1/totals/",
        "/api/v1/changes/",
        "/api/v1/changes/head/",
        "/api/v1/releases/",
        "/api/v1/releases/{release}/",
        "/api/v1/releases/{release}/files/{file}",
        "/api/v1/search/",
        "/api/v1/cite/",
        "/api/v1/codebook/",
        "/api/v1/schema/",
    }
    assert all(set(operations) == {"get"} for operations in document["paths"].values())


@pytest.mark.parametrize("name", ENDPOINTS)
def test_document_names_every_parameter(document, name):
    questions = questions_of(name)
    for path, parameters in (
        (f"/api/v1/{name}/", questions.of_list),
        (f"/api/v1/{name}/{{slug}}/", questions.of_record),
    ):
        declared = [p["name"] for p in document["paths"][path]["get"]["parameters"] if p["in"] == "query"]
        assert declared == list(parameters)


def test_document_tells_of_the_limits_with_every_answer(document):
    for path in document["paths"].values():
        for status, told in path["get"]["responses"].items():
            assert {"RateLimit-Policy", "RateLimit"} <= set(told["headers"])
            assert ("Retry-After" in told["headers"]) is (status in {"429", "503"})
            assert ("WWW-Authenticate" in told["headers"]) is (status == "401")
        assert {"401", "429"} < set(path["get"]["responses"])


def test_document_says_that_a_token_may_be_sent_and_need_not(document):
    [name] = [name for name, scheme in document["components"]["securitySchemes"].items()
              if (scheme["type"], scheme["scheme"]) == ("http", "bearer")]  # fmt: skip
    for path in document["paths"].values():
        assert path["get"]["security"] == [{}, {name: []}]


def fits(document: dict[str, Any], name: str, value: Any) -> None:
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    jsonschema.Draft202012Validator(schema).validate(value)


def shut(schema: Any) -> Any:
    """The schema with every object closed: what is not declared fails."""
    if isinstance(schema, list):
        return [shut(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: shut(part) for key, part in schema.items()}
    return closed | ({"additionalProperties": False} if "properties" in closed else {})


@pytest.mark.parametrize("name", ENDPOINTS)
def test_document_is_true_of_every_record(reader, document, name):
    noun = ENDPOINTS[name].model.__name__
    closed = {**document, "components": shut(document["components"])}
    day = "&from=1800" if ENDPOINTS[name].dated else ""
    page = reader.json(f"/api/v1/{name}/?page_size=1000&count=true{day}")
    fits(closed, f"{noun}Page", page)
    assert page["results"]
    for record in reader.rows(f"/api/v1/{name}/?page_size=1000"):
        fits(closed, noun, record)


def test_document_is_true_of_hits_and_problems(reader, document):
    fits(document, "SearchPage", reader.json("/api/v1/search/?q=Bukamal"))
    fits(document, "Problem", reader.refusal("/api/v1/events/?x=1"))
    fits(document, "Problem", reader.refusal("/api/v1/events/none/", 404))


def test_document_is_true_of_the_codebook(reader, document):
    answers = document["paths"]["/api/v1/codebook/"]["get"]["responses"]["200"]["content"]
    assert {"application/json", "text/csv", "text/html"} == set(answers)
    schema = shut(answers["application/json"]["schema"])
    jsonschema.Draft202012Validator(schema).validate(reader.json("/api/v1/codebook/"))


def test_every_field_is_described(document):
    bare = [
        f"{name}.{field}"
        for name, schema in document["components"]["schemas"].items()
        for field, described in schema["properties"].items()
        if not described.get("description") and "$ref" not in described and described.get("type") != "array"
    ]
    assert bare == []


def test_words_of_a_vocabulary_are_explained(document):
    [kind] = [p for p in document["paths"]["/api/v1/events/"]["get"]["parameters"] if p["name"] == "kind"]
    assert "- `airstrike`: " in kind["description"]
    assert re.fullmatch(kind["schema"]["items"]["pattern"], "!airstrike")
    assert (kind["style"], kind["explode"]) == ("form", False)
