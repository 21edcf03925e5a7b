"""Questions drawn from the OpenAPI document, good and bad: every answer is one that the document names."""

import contextlib
import json
import os
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, given
from hypothesis import settings as drawn
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from border.api.schema import openapi

# So many questions, good and bad, of each kind; QUESTIONS=500 for a long look.
QUESTIONS = int(os.environ.get("QUESTIONS", "3"))
pytestmark = [
    pytest.mark.timeout(max(600, QUESTIONS * 60)),
    pytest.mark.django_db,
    pytest.mark.usefixtures("small_world", "plain_static", "kept_connection"),
]
# A slug that is not public, a window that ends before it begins, a half of a pair: 400, which no schema can say beforehand.
UNSAID = [positive_data_acceptance]
MODES = {"good": GenerationMode.POSITIVE, "bad": GenerationMode.NEGATIVE}


@pytest.fixture(scope="module")
def document() -> Any:
    """The OpenAPI document, answered by the site as a web server calls it."""
    found = schemathesis.openapi.from_dict(json.loads(openapi()))
    site = get_wsgi_application()

    def closing(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """The site, by a server that ends each answer, as any does."""
        with contextlib.closing(site(environ, start_response)) as answer:
            return [b"".join(answer)]

    found.app = closing
    return found


@pytest.mark.parametrize("mode", MODES)
def test_every_answer_is_one_that_the_document_names(document: Any, mode: str) -> None:
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) > 30
    for operation in operations:

        @given(operation.as_strategy(generation_mode=MODES[mode]))
        @drawn(max_examples=QUESTIONS, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def ask(case: Any) -> None:
            case.call_and_validate(excluded_checks=UNSAID)

        ask()
