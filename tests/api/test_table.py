"""A document as a line of a table: nothing of it is lost, and what is written can be read again."""

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from border.documents.table import cell, columns
from border.publication.endpoints import ENDPOINTS

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)


@pytest.mark.parametrize("name", ENDPOINTS)
def test_columns_are_told_apart_typed_and_explained(name):
    found = columns(ENDPOINTS[name].document)
    assert len({column.name for column in found}) == len(found)
    for column in found:
        assert column.type in {"string", "integer", "number", "boolean", "date"}
        assert column.meaning.endswith("."), column.name
    assert {column.field for column in found} == set(ENDPOINTS[name].document().fields)


def leaves(value: Any) -> list[Any]:
    """The texts, numbers and truth values in a document, at any depth."""
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in leaves(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in leaves(one)]
    return [] if value is None else [value]


@pytest.mark.django_db
@pytest.mark.usefixtures("small_world")
def test_everything_in_a_document_stands_in_some_column_and_nothing_else(reader):
    kinds = {"string": str, "date": str, "boolean": bool, "integer": int, "number": (int, float)}
    for name, endpoint in ENDPOINTS.items():
        for document in reader.rows(f"/api/v1/{name}/"):
            held = []
            for column in columns(endpoint.document):
                values = column.of(document)
                for value in values if column.many else [values]:
                    assert value is None or isinstance(value, kinds[column.type]), (name, column.name, value)
                    held += [] if value is None else [value]
            assert sorted(map(str, held)) == sorted(map(str, leaves(document)))


@given(st.lists(TEXTS, max_size=4))
def test_several_values_in_a_cell_are_read_back(values):
    # One empty value looks like none, as the rows of another column tell.
    written = cell(values)
    unguarded = (
        written[1:] if written.startswith("'") and not "".join(values[:1]).startswith("'") else written
    )
    read = next(csv.reader(io.StringIO(unguarded, newline=""), delimiter=";"), [])
    assert read == ([] if values == [""] else values)


@given(TEXTS)
def test_no_text_is_run_by_a_spreadsheet(text):
    for written in (cell(text), cell([text, text])):
        assert written[:1] not in {"=", "+", "@", "\t", "\r"}
        assert not written.startswith("-") or text.strip("-0123456789.;") == ""
