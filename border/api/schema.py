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

ABOUT = """Who holds, crosses and contests the border between Bukamal (Syria) and Qa'im (Iraq).

Every record is a dated, cited, graded and reviewed statement; statements that contradict each other stand side by side.
Only GET, HEAD and OPTIONS. No account is needed; a token lets its owner ask more often. Errors are problem documents (RFC 9457) that name each parameter at
fault and list what is allowed. Lists are followed through `next` until it is null."""


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
        return as_json(SchemaGenerator().get_schema(request=None, public=True))


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
