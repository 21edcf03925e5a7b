"""What readers get of a source."""

from border.documents.fields import Boolean, Date, Document, OptionalText, Text, Url, Word
from sources.choices import Reliability, SourceKind
from sources.models import Source


class SourceDocument(Document):
    """A document, dataset release, account or image that says something about the border."""

    model = Source
    endpoint = "sources"

    slug = Text()
    url = Url("sources")
    kind = Word(SourceKind)
    title = Text()
    title_original = Text()
    authors = Text()
    publisher = Text()
    published = Date()
    language = Text()
    standpoint = Text()
    address = OptionalText(source="url")
    archived_address = OptionalText(source="archived_url")
    doi = OptionalText()
    isbn = OptionalText()
    dataset = OptionalText()
    version = OptionalText()
    access_note = Text()
    licence = Text()
    redistributable = Boolean()
    reliability = Word(Reliability)
    confidence = Word()
    note = Text()
