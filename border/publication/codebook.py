"""The codebook: what every field, column and word of the published data means, put together without the database.

The definitions are the comments that the database has on its columns, which the models give it, and the meanings of words.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.db import connection

from border.documents.fields import Date, Document, Point, Reference, Texts
from border.documents.lists import Rows
from border.documents.meaning import meaning, of_column, optional, vocabulary_of
from border.documents.table import SURELY, Column, cell, columns
from border.kernel.vocabulary import Vocabulary
from border.publication.endpoints import ENDPOINTS, Endpoint

READING = {
    "Nothing said": "Where nothing is said, JSON has null, an empty text or an empty list, and a cell of CSV is empty."
    " It means neither no nor zero.",
    "Dates": "A date is a text in EDTF (ISO 8601-2), as vague as its source, and the days that it can mean: possible, the widest"
    " reading, and certain, the narrowest. The days are inclusive, of the Gregorian calendar, without a time of day.",
    "Points": "Longitude and latitude are degrees of WGS 84 (EPSG:4326); the true place lies within uncertainty_m metres. Where"
    " an exact place could endanger people, the point is made coarse, on a grid of a tenth of a degree.",
    "References": "Another record is named by its slug, a key that never changes hands, and its name.",
    "Lists": "In CSV the rows of a list are as many columns as a row has fields. Each column has a value for every row, in the"
    " same order, joined by semicolons; a value that has a semicolon, a quotation mark or a line break itself stands in quotation"
    " marks.",
    "Withheld": "A restricted source is not named; of one whose content may not be passed on only the name shows; a confidential"
    " one does not show at all, nor does what rests on it alone.",
}

LINE = (
    "section",
    "of",
    "name",
    "path",
    "type",
    "list",
    "unit",
    "may_be_empty",
    "vocabulary",
    "definition",
    "terms",
)


@cache
def codebook() -> dict[str, Any]:
    """The whole codebook."""
    endpoints = [_endpoint(endpoint) for endpoint in ENDPOINTS.values()]
    tables = [_table(model) for model in _models(endpoint.document for endpoint in ENDPOINTS.values())]
    used: dict[str, list[str]] = {}
    for part in (*endpoints, *tables):
        for one in part["columns"]:
            if one["vocabulary"]:
                used.setdefault(one["vocabulary"], []).append(f"{part['name']}.{one['name']}")
    every = {one.__name__: one for one in Vocabulary.every()}
    return {
        "reading": [{"name": name, "definition": told} for name, told in READING.items()],
        "endpoints": endpoints,
        "vocabularies": [_vocabulary(every[name], where) for name, where in used.items()],
        "tables": tables,
    }


def _endpoint(endpoint: Endpoint) -> dict[str, Any]:
    document = endpoint.document
    here = [*columns(document), *([SURELY] if endpoint.dated else [])]
    fields = [_field(name, field, here) for name, field in document().fields.items()]
    if endpoint.dated:
        fields.append(_plain(SURELY))
    return {
        "name": endpoint.name,
        "definition": _sentence(document),
        "fields": fields,
        "columns": [_column(column) for column in here],
    }


def _field(name: str, field: Any, among: Iterable[Column]) -> dict[str, Any]:
    own = [column for column in among if column.field == name]
    kinds = {Rows: "array", Texts: "array", Date: "object", Point: "object", Reference: "object"}
    return {
        "name": name,
        "type": next((kind for one, kind in kinds.items() if isinstance(field, one)), own[0].type),
        "unit": getattr(field, "unit", ""),
        "may_be_empty": optional(field),
        "vocabulary": _name(vocabulary_of(field)),
        "definition": meaning(field),
        "columns": [column.name for column in own],
    }


def _plain(column: Column) -> dict[str, Any]:
    """A field that is one column and nothing else."""
    told = {name: said for name, said in _column(column).items() if name not in {"path", "list"}}
    return {**told, "columns": [column.name]}


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "path": column.written_path,
        "type": column.type,
        "list": column.many,
        "unit": column.unit,
        "may_be_empty": column.optional,
        "vocabulary": _name(column.vocabulary),
        "definition": column.meaning,
    }


def _vocabulary(vocabulary: type[Vocabulary], used_by: list[str]) -> dict[str, Any]:
    return {
        "name": vocabulary.__name__,
        "definition": _sentence(vocabulary),
        "used_by": used_by,
        "words": [
            {
                "word": word.value,
                "label": word.label,
                "definition": word.meaning,
                "terms": [term._asdict() for term in word.terms],
            }
            for word in vocabulary
        ],
    }


def _models(documents: Iterable[type[Document]]) -> list[Any]:
    """The models that the documents are read from, the rows within them too; each once, in reading order."""
    found: dict[Any, None] = {}
    for document in documents:
        inner = [field.document for field in document().fields.values() if isinstance(field, Rows)]
        found |= dict.fromkeys([document.model, *_models(inner)])
    return [*found]


def _table(model: Any) -> dict[str, Any]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return {
        "name": model._meta.db_table,
        "definition": model._meta.db_table_comment,
        "columns": [
            {
                "name": field.column,
                "type": field.db_type(connection),
                "may_be_empty": field.null or field.blank,
                "vocabulary": _name(of_column(field)),
                "definition": field.db_comment,
            }
            for field in fields
        ],
    }


def _sentence(told: Any) -> str:
    return " ".join(str(told.__doc__).split())


def _name(vocabulary: type[Vocabulary] | None) -> str:
    return vocabulary.__name__ if vocabulary else ""


def lines() -> Iterator[dict[str, Any]]:
    """The codebook as a table: a line for each endpoint, field, column, vocabulary, word and table of the database."""
    whole = codebook()
    for part in whole["reading"]:
        yield {"section": "reading", **part}
    for part in whole["endpoints"]:
        yield {"section": "endpoint", "name": part["name"], "definition": part["definition"]}
        yield from ({"section": "field", "of": part["name"], **one} for one in part["fields"])
        yield from ({"section": "column", "of": part["name"], **one} for one in part["columns"])
    for part in whole["vocabularies"]:
        yield {"section": "vocabulary", "name": part["name"], "definition": part["definition"]}
        for one in part["words"]:
            terms = "; ".join(f"{term['where']}: {term['term']}".removeprefix(": ") for term in one["terms"])
            yield {"section": "word", "of": part["name"], "name": one["word"], **one, "terms": terms}
    for part in whole["tables"]:
        yield {"section": "table", "name": part["name"], "definition": part["definition"]}
        yield from ({"section": "table column", "of": part["name"], **one} for one in part["columns"])


@cache
def as_csv() -> bytes:
    """The lines as CSV, in UTF-8."""
    file = io.StringIO()
    writer = csv.DictWriter(file, LINE, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: cell(line.get(name)) for name in LINE} for line in lines())
    return file.getvalue().encode()
