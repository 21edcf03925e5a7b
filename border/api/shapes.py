"""The shapes of answers other than documents: pages, hits, problems; for the OpenAPI document."""

from functools import cache

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from border.documents.table import SURELY
from border.kernel.readings import HOW
from border.publication.endpoints import Endpoint
from border.publication.models import Change


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


@extend_schema_field({"type": ["object", "null"]})
class Shown(serializers.Field):
    """A document of whatever endpoint, or null."""


@extend_schema_field({"type": ["string", "null"]})
class Ref(serializers.Field):
    """Another record as endpoint/slug, or null."""


@extend_schema_field({"type": ["string", "null"], "format": "date-time"})
class Moment(serializers.Field):
    """An instant, or null."""


class ChangeRow(serializers.Serializer):
    """What became of one record."""

    cursor = serializers.CharField(help_text="Where to go on after this change.")
    at = serializers.DateTimeField(help_text="When it was published, UTC to the microsecond.")
    change = serializers.ChoiceField(list(Change.values), help_text="What happened.")
    record = serializers.CharField(help_text="The record, as endpoint/slug.")
    into = Ref(help_text="Of a merged record: the one as which it goes on, endpoint/slug.")
    reason = serializers.CharField(
        allow_blank=True, help_text="Why it was withdrawn, merged or erased; else empty."
    )
    version = serializers.IntegerField(help_text="The version that came, or the last one of what ended.")
    digest = serializers.CharField(help_text="SHA-256 of the change and its document, in hexadecimal digits.")
    block = serializers.IntegerField(help_text="Number of the block: what was published together.")
    document = Shown(
        required=False,
        help_text="With documents=true: the document of an added or changed version; null once erased.",
    )


class ChangesPage(serializers.Serializer):
    """A page of changes, oldest first."""

    next = Link(help_text="The next page, or null where nothing more has happened yet.")
    previous = Link(help_text="Null: the changes are followed forward only.")
    cursor = serializers.CharField(help_text="Where to go on, now or later: the value of since.")
    results = ChangeRow(many=True)


class ChangesHead(serializers.Serializer):
    """The newest block of the published record."""

    block = serializers.IntegerField(help_text="Its number; 0 before the first publication.")
    at = Moment(help_text="When it was published; null before the first publication.")
    digest = serializers.CharField(help_text="Its digest, in hexadecimal digits.")
    cursor = serializers.CharField(help_text="Where the changes go on after it.")
    first = serializers.IntegerField(help_text="Sequence of its first change.")
    last = serializers.IntegerField(help_text="Sequence of its last change.")
    changes = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many changes of each kind it holds."
    )
    verify = serializers.CharField(help_text="How the digests are made.")


@extend_schema_field({"type": ["integer", "null"]})
class Rows(serializers.Field):
    """A number of rows, or null."""


@extend_schema_field({"type": ["object", "null"], "additionalProperties": {"type": "integer"}})
class Counts(serializers.Field):
    """How many of each, or null."""


@extend_schema_field(
    {"type": ["object", "null"], "properties": {"at": {"type": "string"}, "reason": {"type": "string"}}}
)
class Withdrawal(serializers.Field):
    """Since when and why something is no longer there, or null."""


class ReleaseRow(serializers.Serializer):
    """A release: a state of the published record under a name."""

    name = serializers.CharField(help_text="Its name.")
    url = serializers.CharField(help_text="Where all is told of it.")
    page = serializers.CharField(help_text="Its page for people.")
    block = serializers.IntegerField(help_text="The data version: the last block that it holds.")
    digest = serializers.CharField(help_text="The digest that seals this block, in hexadecimal digits.")
    at = serializers.DateTimeField(help_text="The instant of this block: known_at= asks for the same.")
    made_at = serializers.DateTimeField(help_text="When its files were made.")
    before = Ref(help_text="The release that its differences are told from; null for the first.")
    note = serializers.CharField(allow_blank=True, help_text="What its makers say of it.")
    withdrawn = Withdrawal(
        help_text="Since when and why its files are no longer served; null while they are."
    )


class ReleaseFile(serializers.Serializer):
    """A file of a release."""

    url = serializers.CharField(help_text="Where it is served.")
    name = serializers.CharField(help_text="Its name.")
    bytes = serializers.IntegerField(help_text="Its size.")
    sha256 = serializers.CharField(help_text="Its digest, in hexadecimal digits.")
    rows = Rows(help_text="How many rows or documents it has; null for what has none.")
    media_type = serializers.CharField(help_text="Its media type.")
    meaning = serializers.CharField(help_text="What it is.")


class Citing(serializers.Serializer):
    """How to cite a release."""

    sentence = serializers.CharField(help_text="For a footnote.")
    bibtex = serializers.CharField(help_text="For a file of BibTeX.")
    csl = serializers.ListField(child=serializers.DictField(), help_text="The same as CSL-JSON.")


class ReleaseDetail(ReleaseRow):
    """All that is told of a release."""

    changes = Counts(help_text="How many records were added, changed and so on since the release before.")
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many rows each of its tables has."
    )
    files = ReleaseFile(many=True)
    made_with = serializers.CharField(
        help_text="The versions of the programs that decide on the bytes of its files."
    )
    cite = Citing(help_text="How to cite it.")


class ReleasesPage(serializers.Serializer):
    """The releases, the one made last first."""

    next = Link(help_text="Null: all stand on one page.")
    previous = Link(help_text="Null.")
    results = ReleaseRow(many=True)


@cache
def document_of(endpoint: Endpoint) -> type[serializers.Serializer]:
    """The document of an endpoint as answers have it, named for its noun."""
    members: dict[str, object] = {"__doc__": endpoint.document.__doc__}
    if endpoint.dated:
        members["surely"] = serializers.BooleanField(required=False, help_text=SURELY.meaning)
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
