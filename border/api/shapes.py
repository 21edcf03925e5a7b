"""The shapes of answers other than documents: pages, hits, problems; for the OpenAPI document."""

from functools import cache

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from border.kernel.readings import HOW
from border.publication.endpoints import Endpoint


class Withheld(serializers.Serializer):
    """In place of a citation that may not show: why, and the source where at least that may be named."""

    source = serializers.DictField(  # type: ignore[assignment]
        child=serializers.CharField(), required=False, help_text="Slug and name."
    )
    withheld = serializers.CharField(help_text="restricted source, or not redistributable.")


class Error(serializers.Serializer):
    """One thing wrong with a question."""

    parameter = serializers.CharField(allow_blank=True, help_text="The parameter at fault.")
    message = serializers.CharField(help_text="What is wrong with it.")
    allowed = serializers.ListField(child=serializers.CharField(), help_text="What it may say.")


class Problem(serializers.Serializer):
    """A problem document (RFC 9457)."""

    type = serializers.CharField(help_text="about:blank: the status says what kind of problem it is.")
    title = serializers.CharField(help_text="The name of the status.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    detail = serializers.CharField(help_text="What is wrong, in a sentence or more.")
    errors = Error(many=True, required=False)  # type: ignore[assignment]
    withdrawn = serializers.DictField(
        child=serializers.CharField(), required=False, help_text="Of a withdrawn record: at, and reason."
    )


@extend_schema_field({"type": ["string", "null"], "format": "uri-reference"})
class Link(serializers.Field):
    """The address of another page, or null."""


class SearchMatch(serializers.Serializer):
    """The name that matched, and how."""

    text = serializers.CharField(help_text="The name.")
    language = serializers.CharField(allow_blank=True, help_text="Its language, BCP 47.")
    how = serializers.ChoiceField(
        list(HOW),
        help_text="How strictly it answers; see the docs on names.",
    )


class SearchPlace(serializers.Serializer):
    """What a record belongs to."""

    slug = serializers.CharField(help_text="Its slug.")
    name = serializers.CharField(help_text="Its name.")


class SearchHit(serializers.Serializer):
    """A record found by name, with what tells it from its namesakes."""

    endpoint = serializers.CharField(help_text="The list in which the record stands.")
    slug = serializers.CharField(help_text="Its slug.")
    url = serializers.CharField(help_text="Its address on this site.")
    name = serializers.CharField(help_text="The name by which it is shown.")
    kind = serializers.CharField(help_text="Its kind.")
    countries = serializers.ListField(child=serializers.CharField(), help_text="Its countries, ISO 3166-1.")
    date = serializers.CharField(allow_blank=True, help_text="When it existed, happened or appeared, EDTF.")
    within = SearchPlace(many=True, help_text="The territories it lies in, or the body it belongs to.")
    matched = SearchMatch(help_text="The name that matched, and how.")


@cache
def document_of(endpoint: Endpoint) -> type[serializers.Serializer]:
    """The document of an endpoint as answers have it, named for its noun."""
    members: dict[str, object] = {"__doc__": endpoint.document.__doc__}
    if endpoint.dated:
        members["surely"] = serializers.BooleanField(
            required=False,
            help_text="Where the question names a day or a window: whether the narrowest reading answers it too.",
        )
    return type(endpoint.model.__name__, (endpoint.document,), members)


def page_of(name: str, document: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The shape of a page of documents."""
    members = {
        "__doc__": "A page of a list.",
        "count": serializers.IntegerField(
            required=False, help_text="How many rows there are; with count=true."
        ),
        "next": Link(help_text="The next page, or null on the last."),
        "previous": Link(help_text="The page before, or null on the first."),
        "results": document(many=True),
    }
    return type(name, (serializers.Serializer,), members)
