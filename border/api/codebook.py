"""The codebook as an answer: JSON for programs, CSV for spreadsheets, a page for people."""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static

from border.api import filters
from border.api.asking import Asked
from border.api.parameters import OneOf, Parameter
from border.api.reading import Version
from border.api.views import Reading, answer, as_json
from border.publication.codebook import as_csv, codebook

FORMAT = OneOf(
    "format", "The format of the answer: html is a page for people, csv one table.", ("json", "csv", "html")
)

_TEXT = {"type": "string"}
_TRUTH = {"type": "boolean"}
_TEXTS = {"type": "array", "items": _TEXT}


def _objects(**properties: dict[str, Any]) -> dict[str, Any]:
    shape = {"type": "object", "required": [*properties], "properties": properties}
    return {"type": "array", "items": shape}


def _said(told: str, schema: dict[str, Any] = _TEXT) -> dict[str, Any]:
    return {**schema, "description": told}


_NAME = _said("Its name.")
_MEANS = {
    "type": _said("Its type."),
    "may_be_empty": _said("Whether there may be no value.", _TRUTH),
    "vocabulary": _said("The vocabulary of which it holds a word; empty for others."),
    "definition": _said("What it means."),
}
_UNIT = _said("What a number counts or measures; empty for others.")
_PARTS = {
    "reading": _said("What holds for all lists.", _objects(name=_NAME, definition=_said("What holds."))),
    "endpoints": _said(
        "Each list of the API: the fields of its JSON, and the columns that they become in CSV and Parquet.",
        _objects(
            name=_NAME,
            definition=_said("What its records are."),
            fields=_said(
                "The fields of a record.",
                _objects(name=_NAME, unit=_UNIT, **_MEANS, columns=_said("The columns it becomes.", _TEXTS)),
            ),
            columns=_said(
                "The columns, one for each value in a record.",
                _objects(
                    name=_NAME,
                    path=_said(
                        "Where the value stands in JSON: [] for each row of a list, [0] for the first of two."
                    ),
                    list=_said("Whether it has a value for each row of a list.", _TRUTH),
                    unit=_UNIT,
                    **_MEANS,
                ),
            ),
        ),
    ),
    "vocabularies": _said(
        "Each vocabulary, with its words and what they are called elsewhere.",
        _objects(
            name=_NAME,
            definition=_said("What its words are about."),
            used_by=_said("The columns that hold its words.", _TEXTS),
            words=_said(
                "Its words.",
                _objects(
                    word=_said("The word."),
                    label=_said("How people read it."),
                    definition=_said("What it asserts."),
                    terms=_said(
                        "The same elsewhere.",
                        _objects(where=_said("Which dataset or standard."), term=_said("Its term.")),
                    ),
                ),
            ),
        ),
    ),
    "tables": _said(
        "The tables of the database from which the records are made, for those who have it.",
        _objects(
            name=_NAME,
            definition=_said("What a row is."),
            columns=_said("Its columns.", _objects(name=_NAME, **_MEANS)),
        ),
    ),
}


class CodebookView(Reading):
    """What every field, column and word means."""

    operation = "codebook"
    summary = "What every field, column and word means."
    explained = (
        "From the comments of the database and its vocabularies, with units, whether there may be no value, and the terms of"
        " ACLED, UCDP, PLOVER and others. With format=html a page for people."
    )
    tag = "about"
    where = "the codebook"
    parameters: ClassVar[Mapping[str, Parameter]] = {FORMAT.name: FORMAT}
    formats: ClassVar[tuple[str, ...]] = FORMAT.words
    shown: ClassVar[Any] = {"type": "object", "required": [*_PARTS], "properties": _PARTS}

    def ask(self, question: Asked, version: Version, **kwargs: Any) -> HttpResponse:
        """The codebook, in the format asked for."""
        asked_for = filters.read(self.parameters, question).get("format", "json")
        if asked_for == "html":
            return answer(_page(static("api/codebook.css")), "text/html; charset=utf-8")
        if asked_for == "csv":
            found = answer(as_csv(), "text/csv; charset=utf-8")
            found.headers["Content-Disposition"] = 'attachment; filename="border-codebook.csv"'
            return found
        return answer(_json())


@cache
def _json() -> bytes:
    return as_json(codebook())


# What types are called on the page.
_TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "date": "day",
    "array": "list",
    "object": "object",
}
# A field of more columns than this stands once on the page where several lists have the same.
_FEW = 3


@cache
def _page(style: str) -> bytes:
    """The page, made once: it is the same for everybody."""
    whole = codebook()
    shared, lists = _laid_out(whole["endpoints"])
    laid_out = {**whole, "endpoints": lists, "shared": shared, "style": style}
    return render_to_string("api/codebook.html", laid_out).encode()


def _laid_out(endpoints: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The fields that several lists have alike, and each list with its fields, their columns within them."""
    lists = [
        {**one, "fields": [_with_columns(field, one["columns"]) for field in one["fields"]]}
        for one in endpoints
    ]
    large = [field for one in lists for field in one["fields"] if len(field["parts"]) > _FEW]
    alike = {field["name"]: field for field in large if large.count(field) > 1}
    for one in lists:
        for field in one["fields"]:
            field["alike"] = field["name"] in alike and field["parts"] == alike[field["name"]]["parts"]
    return [*alike.values()], lists


def _with_columns(field: dict[str, Any], columns: list[dict[str, Any]]) -> dict[str, Any]:
    own = [_called(column) for column in columns if column["name"] in field["columns"]]
    alone = [column["name"] for column in own] == [field["name"]] and field["type"] != "object"
    return {**_called(field), "parts": [] if alone else own}


def _called(one: dict[str, Any]) -> dict[str, Any]:
    return {**one, "type": _TYPES[one["type"]]}
