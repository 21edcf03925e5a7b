"""How each question stands in the OpenAPI document: read from the view that answers it."""

from functools import cache
from typing import Any, cast

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from border.api.asking import MEDIA_TYPES
from border.api.parameters import Parameter, Words
from border.api.problems import MEDIA_TYPE
from border.api.shapes import Problem, Withheld
from border.documents.citations import CitationDocument
from border.documents.lists import References
from border.documents.meaning import column_of, meaning
from border.releases.models import NAME
from events.models import EventCitation


class RowsExtension(OpenApiSerializerFieldExtension):
    """Lists within documents: of documents of their own, or of references."""

    target_class = "border.documents.lists.Rows"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """An array of them."""
        if isinstance(self.target, References):
            return {
                "type": "array",
                "items": auto_schema._map_serializer_field(self.target.reference, direction),
            }
        return {"type": "array", "items": auto_schema.resolve_serializer(self.target.document, direction).ref}


class CitationsExtension(OpenApiSerializerFieldExtension):
    """Citations, some of them withheld."""

    target_class = "border.documents.citations.Citations"
    priority = 1

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """An array of citations and of what takes their place."""
        shown = auto_schema.resolve_serializer(_citation(), direction).ref
        withheld = auto_schema.resolve_serializer(Withheld, direction).ref
        return {"type": "array", "items": {"anyOf": [shown, withheld]}}


@cache
def _citation() -> type[serializers.Serializer]:
    """One citation for all nouns: their tables differ in nothing that shows."""
    return type(
        "Citation", (CitationDocument,), {"model": EventCitation, "__doc__": CitationDocument.__doc__}
    )


class WordExtension(OpenApiSerializerFieldExtension):
    """A word of a vocabulary."""

    target_class = "border.documents.fields.Word"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        """One of the words that its column may hold."""
        words = [str(word) for word, _ in getattr(column_of(self.target), "choices", None) or ()]
        if getattr(column_of(self.target), "blank", False):
            words.append("")
        return {"type": "string", "enum": words} if words else {"type": "string"}


class Operation(AutoSchema):
    """A question as its view declares it; fields of answers as the database describes their columns."""

    view: Any

    def get_operation_id(self) -> str:
        """The name of the question."""
        return str(self.view.operation)

    def get_summary(self) -> str:
        """What it answers, in a line."""
        return str(self.view.summary)

    def get_description(self) -> str:  # type: ignore[override]
        """What else there is to know."""
        return str(self.view.explained)

    def get_tags(self) -> list[str]:
        """The endpoint."""
        return [self.view.tag]

    def get_override_parameters(self) -> list[Any]:
        """Every parameter that it takes."""
        found = [
            described(parameter, required=name in self.view.required)
            for name, parameter in self.view.parameters.items()
        ]
        found += [
            OpenApiParameter(name, cast(Any, schema), OpenApiParameter.PATH, description=told)
            for name, (schema, told) in _IN_PATHS.items()
            if f"{{{name}}}" in self.path
        ]
        return [*found, _HELD, _ETAG]

    def get_request_serializer(self) -> None:
        """None: nothing is sent."""

    def get_response_serializers(self) -> Any:
        """The answer, and the problems that may take its place."""
        shown = OpenApiResponse(self.view.shown, description=self.view.summary)
        whole = {(200, MEDIA_TYPES[form]): _whole(form) for form in self.view.formats if form != "json"}
        told = {(200, kind): shown for kind in self.view.media_types}
        return {**told, **whole, 304: _UNCHANGED, **problems(*self.view.problems)}

    def _get_response_headers_for_code(self, status_code: str, direction: Any = "response") -> dict[str, Any]:
        more = {"401": ["WWW-Authenticate"], "429": ["Retry-After"], "503": ["Retry-After"]}
        names = ["RateLimit-Policy", "RateLimit", *more.get(status_code, [])]
        said = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
        return {**super()._get_response_headers_for_code(status_code, direction), **said}

    def _get_serializer_field_meta(self, field: Any, direction: Any) -> dict[str, Any]:
        meta = super()._get_serializer_field_meta(field, direction)
        told = meaning(field)
        return {"description": told, **meta} if told else meta


_IN_PATHS = {
    "slug": ({"type": "string"}, "Slug of the record."),
    "release": ({"type": "string", "pattern": NAME}, "Name of the release: 2026.1."),
    "file": ({"type": "string", "pattern": r"^[A-Za-z0-9_.-]+$"}, "Name of the file."),
}
_HELD = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="The ETag of the answer that one has."
)
_ETAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    description="Names this answer: it is another one as soon as anything public has changed.",
    response=[200, 304],
)
_GEOJSON = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "features": {"type": "array", "items": {"type": "object"}},
    },
}


def _whole(form: str) -> OpenApiResponse:
    schema = _GEOJSON if form == "geojson" else {"type": "string"}
    return OpenApiResponse(schema, description="All that answers, as a file.")


# Headers of many answers, said once.
HEADERS = {
    "RateLimit-Policy": {
        "schema": {"type": "string"},
        "description": "How many questions may be asked in how many seconds; not there where there is no limit.",
        "example": '"anonymous";q=600;w=60',
    },
    "RateLimit": {
        "schema": {"type": "string"},
        "description": "How many are left at once, and in how many seconds it will be all of them again; not there where "
        "there is no limit.",
        "example": '"anonymous";r=599;t=1',
    },
    "Retry-After": {
        "schema": {"type": "integer"},
        "description": "In how many seconds to ask again.",
    },
    "WWW-Authenticate": {
        "schema": {"type": "string"},
        "description": "How to send a token.",
        "example": 'Bearer realm="border", error="invalid_token"',
    },
}
SECURITY = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token, `border_…`: its owner may ask more often, and is answered the same as everybody.",
    }
}
_UNCHANGED = OpenApiResponse(description="Nothing public has changed since the answer that one has.")
PROBLEMS = {
    308: "It goes on at another address, which Location names.",
    400: "The question has a fault; every fault is named, with what is allowed.",
    401: "A token was sent that is not good; what is wrong with it, and what to do.",
    404: "There is no such record, release or file.",
    406: "The client takes none of the formats that there are.",
    409: "The cursor is of another record, or of a state of this one that is no more.",
    410: "The record, or the release, was withdrawn: since when, and why.",
    416: "The file is shorter than the part of it that was asked for.",
    429: "Too many questions in a minute; Retry-After says when to ask again, and the text how to ask more.",
    503: "The database does not answer; Retry-After says when to ask again.",
}


def problems(*more: int) -> dict[Any, OpenApiResponse]:
    """The problem documents that any question may get, and ``more``."""
    statuses = sorted({400, 401, 406, 429, 503, *more})
    return {
        (status, MEDIA_TYPE): OpenApiResponse(Problem, description=PROBLEMS[status]) for status in statuses
    }


def described(parameter: Parameter, *, required: bool = False) -> OpenApiParameter:
    """The parameter as the OpenAPI document has it."""
    meaning = parameter.meaning
    if isinstance(parameter, Words):
        meaning += "".join(
            f"\n- `{word.value}`: {word.meaning}" for word in parameter.vocabulary if word.value
        )
    listed: dict[str, Any] = {"style": "form", "explode": False} if parameter.listed else {}
    return OpenApiParameter(
        parameter.name, cast(Any, parameter.schema()), description=meaning, required=required, **listed
    )
