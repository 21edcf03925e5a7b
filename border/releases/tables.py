"""The tables of a release: one for each endpoint, and one for each list within its documents.

Each has the columns of its document (`border.documents.table`). A row that belongs to a record has the record's slug and
its number in the list; the words of a column and the table to which its slugs lead are known.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from border.documents.citations import Citations
from border.documents.fields import Reference
from border.documents.lists import References, Rows
from border.documents.meaning import meaning as meaning_of
from border.documents.table import Column, columns
from border.kernel.vocabulary import Vocabulary
from border.publication.endpoints import ENDPOINTS, Endpoint

LIST = "list"


@dataclass(frozen=True)
class Field:
    """A column of a table: its name, type and meaning, what it may hold, and where in a row of JSON its value stands.

    ``leads`` is the table among whose slugs it is; ``required`` says that it is never empty.
    """

    name: str
    type: str
    meaning: str
    path: tuple[str | int, ...] = ()
    words: tuple[Vocabulary, ...] = ()
    leads: str = ""
    required: bool = False
    unit: str = ""

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
    return (
        Table(name_of(endpoint), _sentence(endpoint.document), endpoint, own),
        *(_list(endpoint, name, fields[name], [one for one in found if one.field == name]) for name in lists),
    )


@cache
def tables() -> tuple[Table, ...]:
    """Every table of a release, in the order in which records rest on each other."""
    return tuple(table for endpoint in ENDPOINTS.values() for table in tables_of(endpoint))


def _own(field: Any, one: Column) -> Field:
    """A column of the records themselves."""
    return Field(one.name, LIST, one.meaning, one.path) if one.many else _field(field, one, one.path)


def _list(endpoint: Endpoint, name: str, field: Any, found: list[Column]) -> Table:
    noun = str(endpoint.model._meta.verbose_name).replace(" ", "_")
    if isinstance(field, References):
        slug, shown = found
        inner = [
            replace(_field(field.reference, slug, slug.path[1:]), name="slug"),
            replace(_field(field.reference, shown, shown.path[1:]), name="name"),
        ]
        meaning = meaning_of(field)
    else:
        of = field.document().fields
        inner = [
            replace(
                _field(of.get(str(one.path[1])), one, one.path[1:]), name=one.name.removeprefix(f"{name}_")
            )
            for one in found
        ]
        meaning = meaning_of(field) if isinstance(field, Citations) else _sentence(field.document)
    owner = [
        Field(RECORD, "string", "Slug of the record to which the row belongs.", required=True),
        Field(NUMBER, "integer", "Its place in the list of the record, from 1.", required=True),
    ]
    return Table(f"{noun}_{name}", meaning, endpoint, (*owner, *inner), of=name)


def _field(field: Any, one: Column, path: tuple[str | int, ...]) -> Field:
    leads = isinstance(field, Reference) and path[-1] == "slug"
    return Field(
        one.name,
        one.type,
        one.meaning,
        path,
        tuple(one.vocabulary) if one.vocabulary else (),
        name_of(ENDPOINTS[field.endpoint]) if leads else "",
        not one.optional,
        one.unit,
    )


def _sentence(told: Any) -> str:
    return " ".join(str(told.__doc__).split())
