"""The OpenAPI document of the API, from the declarations that answer its questions."""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.settings import patched_settings

from border.api import filters
from border.api.asking import Asked
from border.api.operations import HEADERS, SECURITY
from border.api.parameters import Parameter
from border.api.questions import FORMAT
from border.api.reading import Version
from border.api.views import Reading, answer, as_json
from border.publication.endpoints import ENDPOINTS

ABOUT = """Who holds, crosses and contests the border between Bukamal (Syria) and Qa'im (Iraq).

Every record is a dated, cited, graded and reviewed statement; statements that contradict each other stand side by side.
Only GET, HEAD and OPTIONS. No account is needed; a token lets its owner ask more often. Errors are problem documents
(RFC 9457) that name each parameter at fault and list what is allowed. Lists are followed through `next` until it is null.
What every field and word means, the [codebook](/api/v1/codebook/?format=html) says."""


# What `fields` leaves of a document.
SOME_FIELDS = {
    "type": "object",
    "minProperties": 1,
    "properties": {},
    "description": "Where the question names fields: these of the document, and surely where a day or a window is named.",
}


def _with_some_fields(whole: dict[str, Any]) -> dict[str, Any]:
    """Says of every document that some of its fields may stand there alone."""
    schemas = whole["components"]["schemas"]
    schemas["SomeFields"] = SOME_FIELDS
    for name, endpoint in ENDPOINTS.items():
        page = schemas[f"{endpoint.model.__name__}Page"]["properties"]["results"]
        record = whole["paths"][f"/api/v1/{name}/{{slug}}/"]["get"]["responses"]["200"]["content"][
            "application/json"
        ]
        for holder, key in ((page, "items"), (record, "schema")):
            holder[key] = {"anyOf": [holder[key], {"$ref": "#/components/schemas/SomeFields"}]}
    return whole


@cache
def openapi() -> bytes:
    """The OpenAPI document, as JSON."""
    ours = {
        "POSTPROCESSING_HOOKS": [],
        "SORT_OPERATION_PARAMETERS": False,
        "DESCRIPTION": ABOUT,
        "APPEND_COMPONENTS": {"headers": HEADERS, "securitySchemes": SECURITY},
        "SECURITY": [{}, *({name: []} for name in SECURITY)],
    }
    with patched_settings(ours):
        return as_json(_with_some_fields(SchemaGenerator().get_schema(request=None, public=True)))


class SchemaView(Reading):
    """The OpenAPI document, version 3.1."""

    operation = "schema"
    summary = "This document."
    tag = "about"
    where = "the OpenAPI document"
    parameters: ClassVar[Mapping[str, Parameter]] = {FORMAT.name: FORMAT}

    def ask(self, question: Asked, version: Version, **kwargs: Any) -> HttpResponse:
        """The document."""
        filters.read(self.parameters, question)
        return answer(openapi())
