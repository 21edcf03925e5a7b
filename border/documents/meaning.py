"""What the fields of documents mean: in the words of the database, where a field shows a column."""

from typing import Any

from django.core.exceptions import FieldDoesNotExist

from border.documents.citations import Citations, SourceReference
from border.documents.fields import Point, Url, Word
from border.documents.lists import Rows
from border.kernel.vocabulary import Vocabulary


def column_of(field: Any) -> Any:
    """The column that a field of a document shows, or None."""
    model = None if isinstance(field, Url) else getattr(field.parent, "model", None)
    try:
        return model._meta.get_field(field.source) if model else None
    except FieldDoesNotExist:
        return None


def vocabulary_of(field: Any) -> type[Vocabulary] | None:
    """The vocabulary of whose words a field of a document holds one, or None."""
    if given := getattr(field, "vocabulary", None):
        return given
    column = column_of(field)
    if column is None and isinstance(field, Word):
        # Of several columns: the one that is called as the field is has the same words.
        column = field.parent.model._meta.get_field(field.field_name)
    return of_column(column)


def of_column(column: Any) -> type[Vocabulary] | None:
    """The vocabulary of whose words a column holds one, or None: a model keeps the words of it, and no more."""
    words = list(getattr(column, "choices", None) or ())
    return next((one for one in Vocabulary.every() if one.choices == words), None) if words else None


def optional(field: Any) -> bool:
    """Whether a field of a document may say nothing: null, an empty text or an empty list."""
    if isinstance(field, (Rows, SourceReference)):
        return True
    if isinstance(field, Point):
        return bool(field.parent.model._meta.get_field("longitude").null)
    column = column_of(field)
    return bool(getattr(column, "blank", False) or getattr(column, "null", False))


def meaning(field: Any) -> str:
    """A sentence or two on a field of a document.

    What it says of itself; else the comment of its column; else, of a list, what each of its rows is; else what fields of its
    kind are.
    """
    told = field.help_text or _comment(field)
    if not told and isinstance(field, Rows) and not isinstance(field, Citations):
        told = field.document.__doc__
    if not told and type(field).__module__.startswith("border.documents"):
        told = type(field).__doc__
    return " ".join((told or "").split())


def _comment(field: Any) -> str:
    comment = str(getattr(column_of(field), "db_comment", None) or "")
    vocabulary = vocabulary_of(field)
    if vocabulary and comment[:1].islower():
        # It only lists the words: what they are about, the vocabulary says.
        about, _, _ = str(vocabulary.__doc__).partition(".")
        return f"{about}: {comment}"
    return comment
