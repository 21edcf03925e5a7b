"""The document that PostgreSQL makes and the one that the serializer makes are the same bytes."""

import json
from typing import Any

import pytest

from border.documents.canonical import canonical
from border.publication.endpoints import ENDPOINTS, Endpoint
from border.publication.remaking import Remaking, shown_in
from tests.publication.conftest import Publish
from tests.publication.generated import World
from tests.publication.record import rows


def says_the_same(
    endpoint: Endpoint, text: str, refs: list[str], sources: list[str], stances: list[str]
) -> Any:
    """Checks that a text survives reading and remaking, and that the columns beside it follow from it."""
    document = json.loads(text)
    assert canonical(document) == text
    assert canonical(Remaking().document(endpoint.document, document)) == text
    assert set(refs) == set(shown_in(endpoint.document, document))
    cited = [one for one in document.get("citations", []) if "source" in one]
    assert set(sources) == {one["source"]["slug"] for one in cited}
    assert set(stances) == {one["stance"] for one in cited if "stance" in one}
    return document


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_compiled_documents_are_those_of_the_serializers(seed: int, publish: Publish) -> None:
    publish(*World(seed).publishable())
    for endpoint in ENDPOINTS.values():
        found = rows(f"SELECT document::text, refs, sources, stances FROM {endpoint.table} ORDER BY slug")
        documents = [says_the_same(endpoint, *row) for row in found]
        records = endpoint.model.objects.filter(slug__in=[one["slug"] for one in documents])
        made = {record.slug: canonical(endpoint.document(record).data) for record in records}
        assert made
        for text, *_ in found:
            assert text == made[json.loads(text)["slug"]]
    for contested, text in rows("SELECT contested, document::text FROM published_events"):
        assert contested == json.loads(text)["contested"]


def test_an_endpoint_is_called_by_the_plural_of_its_noun() -> None:
    for name, endpoint in ENDPOINTS.items():
        assert str(endpoint.model._meta.verbose_name_plural).replace(" ", "-") == name
