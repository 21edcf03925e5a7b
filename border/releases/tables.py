"""The tables of a release: one for each endpoint, and one for each list within its documents.

Each has the columns of its document (`border.documents.table`). A row that belongs to a record has the record's slug and
its number in the list; the words of a column and the table to which its slugs lead are known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from rest_framework import serializers

from border.documents.citations import Citations, SourceReference
from border.documents.fields import Boolean, Point, Reference, Text, Url, Word
from border.documents.lists import References, Rows
from border.documents.meaning import column_of
from border.documents.table import Column, columns
from border.kernel.vocabulary import Vocabulary
from border.publication.endpoints import ENDPOINTS, Endpoint

LIST = "list"


@dataclass(frozen=True)
class Field:
    """A column of a table: its name, type and meaning, what it may hold, and where in a row of JSON its value stands."""

    name: str
    type: str
    meaning: str
    path: tuple[str | int, ...] = ()
    words: tuple[Vocabulary, ...] = ()
    leads: str = ""
    required: bool = False

    def of(self, row: dict[str, Any]) -> Any:
        """What stands in this column."""
        value: Any = row
        for step in self.path:
            if value is None:
                return None
            value = value[step] if isinstance(step, int) else value.get(step)
        return value


RECORD, NUMBER = "record", "number"


@dataclass(frozen=True)
class Table:
    """A table: the records of an endpoint, or, with ``of``, the rows of one list within their documents."""

    name: str
    meaning: str
    endpoint: Endpoint
    fields: tuple[Field, ...]
    of: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell its rows apart."""
        return (RECORD, NUMBER) if self.of else ("slug",)

    @property
    def leads(self) -> dict[str, str]:
        """The columns that hold slugs of other records, each with the table of those."""
        found = {field.name: field.leads for field in self.fields if field.leads}
        return {RECORD: name_of(self.endpoint), **found} if self.of else found

    @property
    def mapped(self) -> bool:
        """Whether its records have points."""
        return not self.of and any(field.name == "longitude" for field in self.fields)

    def rows(self, document: dict[str, Any]) -> Sequence[list[Any]]:
        """The rows that a document gives, each a value for every column."""
        if not self.of:
            return [[field.of(document) for field in self.fields]]
        own = self.fields[2:]
        slug = document["slug"]
        return [
            [slug, number, *(field.of(row) for field in own)]
            for number, row in enumerate(document.get(self.of) or (), start=1)
        ]


def name_of(endpoint: Endpoint) -> str:
    """What the table of an endpoint is called: as in CSV and in the database, with underscores."""
    return endpoint.name.replace("-", "_")


@cache
def tables_of(endpoint: Endpoint) -> tuple[Table, ...]:
    """The table of an endpoint, then those of the lists within its documents."""
    found = columns(endpoint.document)
    fields = endpoint.document().fields
    lists = [name for name, field in fields.items() if isinstance(field, Rows)]
    own = tuple(_own(fields[one.field], one) for one in found if one.field not in lists)
    meaning = " ".join(str(endpoint.document.__doc__).split())
    return (
        Table(name_of(endpoint), meaning, endpoint, own),
        *(_list(endpoint, name, fields[name], [one for one in found if one.field == name]) for name in lists),
    )


@cache
def tables() -> tuple[Table, ...]:
    """Every table of a release, in the order in which records rest on each other."""
    return tuple(table for endpoint in ENDPOINTS.values() for table in tables_of(endpoint))


def _own(field: Any, one: Column) -> Field:
    """A column of the records themselves."""
    if one.many:
        return Field(one.name, LIST, one.meaning, one.path)
    return _field(field, one.name, one, one.path)


def _list(endpoint: Endpoint, name: str, field: Any, found: list[Column]) -> Table:
    noun = str(endpoint.model._meta.verbose_name).replace(" ", "_")
    if isinstance(field, References):
        slug, shown = found
        target = name_of(ENDPOINTS[field.reference.endpoint])
        inner: list[Field] = [
            Field("slug", "string", slug.meaning, slug.path[1:], leads=target, required=True),
            Field("name", "string", shown.meaning, shown.path[1:], required=True),
        ]
        meaning = slug.meaning.removesuffix(" Its slug.")
    else:
        of = field.document().fields
        inner = [_inner(field, of, replace(one, name=one.name.removeprefix(f"{name}_"))) for one in found]
        meaning = " ".join(
            str((Citations if isinstance(field, Citations) else field.document).__doc__).split()
        )
    owner = [
        Field(RECORD, "string", "Slug of the record to which the row belongs.", required=True),
        Field(NUMBER, "integer", "Its place in the list of the record, from 1.", required=True),
    ]
    return Table(f"{noun}_{name}", meaning, endpoint, (*owner, *inner), of=name)


def _inner(rows: Any, of: dict[str, Any], one: Column) -> Field:
    found = _field(of.get(str(one.path[1])), one.name, one, one.path[1:])
    # Where a citation is withheld nothing of it is told.
    return replace(found, required=False) if isinstance(rows, Citations) else found


def _field(field: Any, name: str, one: Column, path: tuple[str | int, ...]) -> Field:
    first = len(path) == 1
    leads = ""
    if isinstance(field, Reference) and path[-1] == "slug":
        leads = name_of(ENDPOINTS[field.endpoint])
    words = vocabulary_of(field) if first else ()
    return Field(name, one.type, one.meaning, path, words, leads, _required(field, path))


def _required(field: Any, path: tuple[str | int, ...]) -> bool:
    """Whether the database itself sees to it that the column is never empty."""
    if isinstance(field, Url | Boolean):
        return True
    if field is None:
        return False
    told = column_of(field)
    if isinstance(field, Reference):
        known = told is not None and not told.null
        return known and not isinstance(field, SourceReference) and path[-1] in {"slug", "name"}
    return isinstance(field, Text | Word) and told is not None and not told.blank and not told.null


def vocabulary_of(field: serializers.Field[Any, Any, Any, Any] | None) -> tuple[Vocabulary, ...]:
    """The words that a field of a document may hold; none where it may hold any text."""
    if field is None or isinstance(field, Reference | Point):
        return ()
    told = column_of(field) or _column_called(field)
    words = frozenset(value for value, _ in getattr(told, "flatchoices", None) or () if value)
    return _vocabularies().get(words, ())


def _column_called(field: Any) -> Any:
    """The column that is called as the field is, where it shows more than that column."""
    model = getattr(field.parent, "model", None)
    found = {one.name: one for one in model._meta.concrete_fields} if model else {}
    return found.get(field.field_name)


@cache
def _vocabularies() -> dict[frozenset[str], tuple[Vocabulary, ...]]:
    """Every vocabulary by its words."""
    return {frozenset(one.values): tuple(one) for one in _below(Vocabulary)}


def _below(base: type[Vocabulary]) -> list[type[Vocabulary]]:
    below = base.__subclasses__()
    return below + [further for one in below for further in _below(one)]
