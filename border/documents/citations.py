"""What a reader may learn of who says so."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from border.documents.canonical import canonical
from border.documents.fields import Document, Model, OptionalText, Reference, Text, Word
from border.documents.lists import NOT_REDISTRIBUTABLE, WITHHELD, Rows, passed_on
from border.documents.sql import column, literal, quoted


@extend_schema_field(
    {
        "type": ["object", "null"],
        "description": "The source, or that it is withheld.",
        "properties": {
            "slug": {"type": "string"},
            "name": {"type": "string"},
            "withheld": {"type": "string"},
        },
    }
)
class SourceReference(Reference):
    """A source, or only that there is one."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("sources", name="title", **kwargs)

    def to_representation(self, value: Any) -> Any:
        """Its slug and title; that it is withheld where it is restricted."""
        return WITHHELD if value.sensitivity == "restricted" else super().to_representation(value)

    def sql(self, model: Model, row: str) -> str:
        """The same, by PostgreSQL."""
        key = column(model, row, self.source)
        return (
            f"CASE WHEN EXISTS (SELECT FROM sources_source s WHERE s.id = {key} AND s.sensitivity = 'restricted') "
            f"THEN {literal(canonical(WITHHELD))}::json ELSE {super().sql(model, row)} END"
        )

    def refs(self, model: Model, row: str) -> list[str]:
        """The source, where it is not restricted."""
        return [f"{select} AND t.sensitivity = 'public'" for select in super().refs(model, row)]


class Reliability(Word):
    """The grade given for the passage, else the usual grade of the source."""

    def get_attribute(self, instance: Any) -> Any:
        """A letter."""
        return instance.reliability or instance.source.reliability

    def sql(self, model: Model, row: str) -> str:
        """The same, by PostgreSQL."""
        known = "(SELECT k.document->>'reliability' FROM published_sources k WHERE k.slug = s.slug AND upper_inf(k.known))"
        usual = (
            f"(SELECT coalesce({known}, s.reliability) FROM sources_source s WHERE s.id = {row}.source_id)"
        )
        return f"coalesce(nullif({row}.reliability, ''), {usual})"


class CitationDocument(Document):
    """A passage of a public source: which, where, its words, what it says of which attribute, and its grades."""

    source = SourceReference()
    locator = Text()
    quote = Text()
    attribute = Text()
    asserted_value = Text()
    stance = Word()
    reliability = Reliability(source="*")
    credibility = OptionalText()
    note = Text()

    @classmethod
    def of(cls, model: Any) -> type[Document]:
        """The document of the concrete citation table ``model``."""
        return type(f"{model.__name__}Document", (cls,), {"model": model, "__doc__": cls.__doc__})


class Citations(Rows):
    """Who says so: every citation whose source a reader may know of, in the curator's order.

    A restricted source shows as withheld, a confidential one not at all; of a source whose content may not
    be passed on only its name shows.
    """

    def __init__(self, model: Any, **kwargs: Any) -> None:
        super().__init__(CitationDocument.of(model), order=("number",), **kwargs)

    def get_attribute(self, instance: Any) -> Any:
        """The citations that may show, in order."""
        rows = [
            row for row in getattr(instance, self.source).all() if row.source.sensitivity != "confidential"
        ]
        return sorted(rows, key=lambda row: row.number)

    def to_representation(self, value: Any) -> Any:
        """A list of citations, some withheld."""
        return [self._shown(row) for row in value]

    def _shown(self, row: Any) -> Any:
        if row.source.sensitivity == "restricted":
            return WITHHELD
        if not row.source.redistributable:
            return {
                "source": {"slug": row.source.slug, "name": row.source.title},
                "withheld": NOT_REDISTRIBUTABLE,
            }
        return self.document().to_representation(row)

    def _from(self, model: Model, row: str, alias: str) -> str:
        child = self.document.model
        return (
            f"FROM {quoted(child)} {alias} JOIN sources_source {alias}_s ON {alias}_s.id = {alias}.source_id "
            f"WHERE {alias}.record_id = {row}.id AND {alias}_s.sensitivity <> 'confidential'"
        )

    def sql(self, model: Model, row: str) -> str:
        """The same, by PostgreSQL."""
        alias = f"{row}_{self.source}"
        source = SourceReference().of(
            self.document.model._meta.get_field("source").related_model, f"{alias}_s", own=False
        )
        named = f"(SELECT row_to_json(w) FROM (SELECT {source} AS source, {literal(NOT_REDISTRIBUTABLE)} AS withheld) w)"
        shown = (
            f"CASE WHEN {alias}_s.sensitivity = 'restricted' THEN {literal(canonical(WITHHELD))}::json "
            f"WHEN NOT {passed_on(f'{alias}_s')} THEN {named} ELSE {self.document.compiled(alias)} END"
        )
        return (
            f"coalesce((SELECT array_to_json(array_agg({shown} ORDER BY {alias}.number)) "
            f"{self._from(model, row, alias)}), '[]'::json)"
        )

    def refs(self, model: Model, row: str) -> list[str]:
        """The public sources cited."""
        alias = f"{row}_{self.source}"
        return [
            f"SELECT 'sources/' || {alias}_s.slug {self._from(model, row, alias)} AND {alias}_s.sensitivity = 'public'"
        ]


@extend_schema_field({"type": "boolean"})
class Contested(serializers.Field):
    """Whether a citation that readers can see in full disputes what the record keeps."""

    def get_attribute(self, instance: Any) -> Any:
        """True or false."""
        return any(
            row.stance == "disputes" and row.source.sensitivity == "public" and row.source.redistributable
            for row in instance.citations.all()
        )

    def to_representation(self, value: Any) -> Any:
        """True or false."""
        return value

    def sql(self, model: Model, row: str) -> str:
        """The same, by PostgreSQL."""
        table = quoted(model._meta.get_field("citations").related_model)
        return (
            f"EXISTS (SELECT FROM {table} c JOIN sources_source s ON s.id = c.source_id WHERE c.record_id = {row}.id "
            f"AND c.stance = 'disputes' AND s.sensitivity = 'public' AND {passed_on('s')})"
        )

    def refs(self, model: Model, row: str) -> list[str]:
        """None."""
        return []
