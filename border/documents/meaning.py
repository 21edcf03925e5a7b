"""What the fields of documents mean: in the words of the database, where a field shows a column."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist

from border.documents.fields import Url


def column_of(field: Any) -> Any:
    """The column that a field of a document shows, or None."""
    model = None if isinstance(field, Url) else getattr(field.parent, "model", None)
    try:
        return model._meta.get_field(field.source) if model else None
    except FieldDoesNotExist:
        return None


def meaning(field: Any) -> str:
    """A sentence or two on a field of a document: the comment of its column, else what fields of its kind are."""
    ours = type(field).__module__.startswith("border.documents")
    told = getattr(column_of(field), "db_comment", None) or (type(field).__doc__ if ours else "") or ""
    return " ".join(told.split())
