"""Lists within documents: rows that belong to the record, and its citations."""

from typing import Any

from django.db import models
from rest_framework import serializers

from border.documents.fields import Document, Model, Reference
from border.documents.sql import column, literal, quoted

WITHHELD = {"withheld": "restricted source"}
NOT_REDISTRIBUTABLE = "not redistributable"


class Rows(serializers.Field):
    """The rows that belong to a record, each as a document of its own, in a stated order.

    Rows that rest on a source that readers may not know, or whose content may not be passed on, do not show.
    """

    def __init__(self, document: type[Document], *, order: tuple[str, ...], **kwargs: Any) -> None:
        self.document, self.order = document, order
        super().__init__(**kwargs)

    def _owner(self, model: Model) -> models.ForeignKey[Any, Any]:
        return model._meta.get_field(self.source).field

    @property
    def _sourced(self) -> bool:
        return any(field.name == "source" for field in self.document.model._meta.fields)

    def get_attribute(self, instance: Any) -> Any:
        """The rows, in order."""
        rows = list(getattr(instance, self.source).all())
        if self._sourced:
            rows = [row for row in rows if row.source is None or readable(row.source)]
        return sorted(rows, key=self._key)

    def _key(self, row: Any) -> tuple[Any, ...]:
        values = []
        for path in self.order:
            value = row
            for step in path.split("."):
                value = getattr(value, step)
            # PostgreSQL's C collation orders text by its bytes.
            values.append(value.encode() if isinstance(value, str) else value)
        return tuple(values)

    def to_representation(self, value: Any) -> Any:
        """A list of documents."""
        return [self.document().to_representation(row) for row in value]

    def _from(self, model: Model, row: str, alias: str) -> str:
        child = self.document.model
        found = (
            f"FROM {quoted(child)} {alias} WHERE {column(child, alias, self._owner(model).name)} = {row}.id"
        )
        if self._sourced:
            found += (
                f" AND ({alias}.source_id IS NULL OR EXISTS (SELECT FROM sources_source s WHERE s.id = {alias}.source_id"
                f" AND s.sensitivity <> 'confidential' AND {passed_on('s')}))"
            )
        return found

    def sql(self, model: Model, row: str) -> str:
        """The same, by PostgreSQL."""
        alias = f"{row}_{self.source}"
        order = ", ".join(self._order_sql(alias, path) for path in self.order)
        return (
            f"coalesce((SELECT array_to_json(array_agg({self.document.compiled(alias)} ORDER BY {order})) "
            f"{self._from(model, row, alias)}), '[]'::json)"
        )

    def _order_sql(self, alias: str, path: str) -> str:
        child = self.document.model
        first, _, rest = path.partition(".")
        field = child._meta.get_field(first)
        if rest:
            target = field.related_model
            found = f"(SELECT o.{rest} FROM {quoted(target)} o WHERE o.id = {column(child, alias, first)})"
            field = target._meta.get_field(rest)
        else:
            found = column(child, alias, first)
        return f'{found} COLLATE "C"' if isinstance(field, (models.CharField, models.TextField)) else found

    def refs(self, model: Model, row: str) -> list[str]:
        """What each row shows."""
        alias = f"{row}_{self.source}"
        return [
            f"SELECT q.ref {self._from(model, row, alias).replace(' WHERE ', f' CROSS JOIN LATERAL ({select}) q(ref) WHERE ', 1)}"
            for select in self.document.references(alias)
        ]


class References(Rows):
    """The records that belong to a record, or that its link rows lead to, as references, ordered by slug."""

    def __init__(
        self, reference: Reference, document: type[Document], *, through: str = "", **kwargs: Any
    ) -> None:
        self.through, self.reference = through, reference
        super().__init__(document, order=(f"{through}.slug" if through else "slug",), **kwargs)

    def to_representation(self, value: Any) -> Any:
        """A list of references."""
        rows = [getattr(row, self.through) for row in value] if self.through else value
        return [self.reference.to_representation(row) for row in rows]

    def sql(self, model: Model, row: str) -> str:
        """The same, by PostgreSQL."""
        alias = f"{row}_{self.source}"
        self.reference.source = self.through
        child = self.document.model
        shown = (
            self.reference.sql(child, alias)
            if self.through
            else self.reference.of(child, alias, own=child is model)
        )
        return (
            f"coalesce((SELECT array_to_json(array_agg({shown} ORDER BY {self._order_sql(alias, self.order[0])})) "
            f"{self._from(model, row, alias)}), '[]'::json)"
        )

    def refs(self, model: Model, row: str) -> list[str]:
        """The records shown."""
        alias = f"{row}_{self.source}"
        slug = f"{alias}.slug"
        if self.through:
            child = self.document.model
            target = child._meta.get_field(self.through).related_model
            slug = (
                f"(SELECT t.slug FROM {quoted(target)} t WHERE t.id = {column(child, alias, self.through)})"
            )
        return [f"SELECT {literal(self.reference.endpoint + '/')} || {slug} {self._from(model, row, alias)}"]


def passed_on(source: str) -> str:
    """SQL of whether the content of ``source`` may be passed on.

    Its working copy must say so, and its published one too: a permission that nobody has reviewed opens nothing.
    """
    return (
        f"({source}.redistributable AND NOT EXISTS (SELECT FROM published_sources ks WHERE ks.slug = {source}.slug "
        "AND upper_inf(ks.known) AND ks.document->>'redistributable' = 'false'))"
    )


def readable(source: Any) -> bool:
    """Whether rows that rest on ``source`` may show: it is not confidential and may be passed on."""
    return source.sensitivity != "confidential" and source.redistributable
