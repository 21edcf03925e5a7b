"""The codebook defines everything in an answer, in the words of the database, in three formats."""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from border.documents.fields import Word
from border.documents.lists import References, Rows
from border.documents.meaning import column_of
from border.kernel.vocabulary import ELSEWHERE, Vocabulary
from border.publication.codebook import LINE, codebook, lines
from border.publication.endpoints import ENDPOINTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_static")]
ADDRESS = "/api/v1/codebook/"
# Numbers that name or order, and count or measure nothing.
WITHOUT_UNIT = {"geonames_id", "ucdp_id", "ordinal"}


def part(name: str) -> dict[str, Any]:
    [found] = [one for one in codebook()["endpoints"] if one["name"] == name]
    return found


# Everything is defined


def test_everything_has_a_definition_of_a_sentence_or_more() -> None:
    found = list(lines())
    assert len(found) > 1000
    for line in found:
        assert re.search(r"\S\S.*[.)]$", line["definition"]), line
        # psql's readers see the words that a column may hold beside its comment, which may begin with them.
        assert line["section"] == "table column" or not line["definition"][0].islower(), line


def test_no_field_is_explained_by_what_it_is_made_of() -> None:
    """What is said of all references or lists says nothing of one of them."""
    for line in lines():
        assert "Another record, as its slug" not in line["definition"], line
        assert "belong to a record" not in line["definition"], line


def test_every_number_says_what_it_counts_or_measures() -> None:
    for endpoint in codebook()["endpoints"]:
        for column in endpoint["columns"]:
            number = column["type"] in {"integer", "number"} and column["name"] not in WITHOUT_UNIT
            assert bool(column["unit"]) is number, (endpoint["name"], column["name"])


def test_every_word_of_a_vocabulary_stands_there_with_the_terms_of_others() -> None:
    every = {one.__name__: one for one in Vocabulary.every()}
    for told in codebook()["vocabularies"]:
        words = {word["word"]: word for word in told["words"]}
        assert list(words) == every[told["name"]].values
        assert told["used_by"]
    kinds = {one["name"]: one["words"] for one in codebook()["vocabularies"]}
    [takeover] = [word for word in kinds["EventKind"] if word["word"] == "territorial_takeover"]
    assert [term["where"] for term in takeover["terms"]] == ["ACLED", "PLOVER"]
    assert "; Strategic developments / Non-violent transfer of territory" in takeover["terms"][0]["term"]


def test_terms_give_back_the_origin_and_name_where_they_are_from() -> None:
    for vocabulary in Vocabulary.every():
        for word in vocabulary:
            written = "; ".join(f"{where}: {term}" for where, term in word.terms)
            assert re.sub(r"\W+", "", written) == re.sub(r"\W+", "", word.origin), word
            assert all(
                where in ELSEWHERE and term for where, term in word.terms if word != "declared_province"
            )


def words_in(document: Any, before: str = "") -> Iterator[str]:
    """The columns of a document that hold words of vocabularies, the rows within it too."""
    for name, field in document().fields.items():
        if isinstance(field, Rows) and not isinstance(field, References):
            yield from words_in(field.document, f"{name}_")
        elif isinstance(field, Word) or getattr(column_of(field), "choices", None):
            yield before + name


@pytest.mark.parametrize("name", ENDPOINTS)
def test_every_column_that_holds_words_names_their_vocabulary(name: str) -> None:
    held = {column["name"] for column in part(name)["columns"] if column["vocabulary"]}
    assert held == set(words_in(ENDPOINTS[name].document))


# It is true


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """The paths of all values in a document, as the codebook writes them, with the values."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from leaves(one, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        days = path.endswith((".possible", ".certain"))
        for number, one in enumerate(value):
            yield from leaves(one, f"{path}[{number if days else ''}]")
    else:
        yield path, value


@pytest.mark.usefixtures("small_world")
def test_every_value_of_every_record_stands_where_a_column_says_and_only_those_may_be_empty_that_say_so(
    reader,
) -> None:
    kinds = {"string": str, "date": str, "boolean": bool, "integer": int, "number": (int, float)}
    for name in ENDPOINTS:
        told = part(name)
        by_path = {column["path"]: column for column in told["columns"]}
        words = {one["name"]: {word["word"] for word in one["words"]} for one in codebook()["vocabularies"]}
        for record in reader.rows(f"/api/v1/{name}/"):
            assert list(record) == [field["name"] for field in told["fields"] if field["name"] != "surely"]
            for path, value in leaves(record):
                column = by_path.get(path)
                if value is None and column is None:  # an object that is not there
                    within = [
                        one for other, one in by_path.items() if other.startswith((f"{path}.", f"{path}["))
                    ]
                    assert within, (name, path)
                    assert all(one["may_be_empty"] for one in within), (name, path)
                    continue
                assert column, (name, path)
                if value in (None, ""):
                    assert column["may_be_empty"], (name, path)
                else:
                    assert isinstance(value, kinds[column["type"]])
                    assert not column["vocabulary"] or value in words[column["vocabulary"]]


def comments() -> dict[tuple[str, str], tuple[str, bool]]:
    """What the database says of its columns, by table and column; of its tables, where no column is named."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT relname, coalesce(attname, ''), coalesce(col_description(c.oid, attnum), obj_description(c.oid, 'pg_class'))
            FROM pg_class c CROSS JOIN LATERAL (
                SELECT attname, attnum FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped
                UNION ALL SELECT NULL, NULL
            ) a
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
        """)
        return {(table, column): told for table, column, told in cursor.fetchall()}


def test_it_says_what_the_database_says_of_every_table_and_column() -> None:
    said = comments()
    for table in codebook()["tables"]:
        assert table["definition"] == said[table["name"], ""]
        told = {column["name"]: column["definition"] for column in table["columns"]}
        there = {
            column: comment
            for (name, column), comment in said.items()
            if name == table["name"] and column not in {"", "id"}
        }
        assert told == there


@pytest.mark.parametrize("name", ENDPOINTS)
def test_a_field_that_shows_a_column_is_defined_by_its_comment(name: str) -> None:
    said = comments()
    told = {field["name"]: field["definition"] for field in part(name)["fields"]}
    shown = 0
    for field_name, field in ENDPOINTS[name].document().fields.items():
        column = column_of(field)
        if getattr(column, "db_comment", None):
            shown += 1
            comment = said[ENDPOINTS[name].model._meta.db_table, column.column]
            # A comment that only lists words is led up to by what they are about.
            assert told[field_name] == comment or (
                comment[0].islower() and told[field_name].endswith(f": {comment}")
            )
    assert shown > 5


@pytest.mark.usefixtures("small_world")
def test_columns_are_those_of_a_file(reader) -> None:
    for name, endpoint in ENDPOINTS.items():
        day = "&on=2017-11-20" if endpoint.dated else ""
        lines = (
            b"".join(reader.get(f"/api/v1/{name}/?format=csv{day}").streaming_content).decode().splitlines()
        )
        told = [column["name"] for column in part(name)["columns"]]
        assert lines[0].split(",") == told
        assert [one for field in part(name)["fields"] for one in field["columns"]] == told


# It is answered


def test_json_is_the_codebook(reader) -> None:
    assert reader.json(ADDRESS) == codebook()
    assert reader.get(f"{ADDRESS}?format=json").content == reader.get(ADDRESS).content


def test_csv_has_a_line_for_everything(reader) -> None:
    found = reader.get(f"{ADDRESS}?format=csv")
    assert found.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert found.headers["Content-Disposition"] == 'attachment; filename="border-codebook.csv"'
    rows = list(csv.DictReader(io.StringIO(found.content.decode(), newline="")))
    assert tuple(rows[0]) == LINE
    assert len(rows) == len(list(lines()))
    [low] = [
        row
        for row in rows
        if (row["section"], row["of"], row["name"]) == ("column", "events", "casualties_low")
    ]
    assert low["path"] == "casualties[].low"
    assert (low["type"], low["list"], low["unit"], low["may_be_empty"]) == (
        "integer",
        "true",
        "persons",
        "true",
    )
    [raid] = [
        row for row in rows if (row["section"], row["of"], row["name"]) == ("word", "EventKind", "raid")
    ]
    assert raid["terms"] == "ACLED: Battles / Armed clash; UCDP: 1; PLOVER: ASSAULT"


def test_page_has_a_place_for_every_field_and_word_and_no_link_leads_nowhere(reader) -> None:
    found = reader.get(f"{ADDRESS}?format=html")
    assert found.headers["Content-Type"] == "text/html; charset=utf-8"
    page = found.content.decode()
    places = re.findall(r'\bid="([^"]+)"', page)
    assert len(places) == len(set(places))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(places)
    for endpoint in codebook()["endpoints"]:
        assert {f"{endpoint['name']}.{field['name']}" for field in endpoint["fields"]} <= set(places)
        for column in endpoint["columns"]:
            assert f"<code>{column['name']}</code>" in page
    for vocabulary in codebook()["vocabularies"]:
        assert {f"{vocabulary['name']}.{word['word']}" for word in vocabulary["words"]} <= set(places)
    assert "<script" not in page
    assert "style=" not in page


def test_a_browser_gets_the_page_and_whoever_names_no_format_json(reader) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for accept, media_type in ((browser, "text/html"), ("text/csv", "text/csv"), ("*/*", "application/json")):
        found = reader.get(ADDRESS, headers={"Accept": accept})
        assert found.headers["Content-Type"].startswith(media_type)
        assert found.headers["Vary"] == "Accept, Authorization"
    tags = {
        reader.get(ADDRESS, headers={"Accept": accept}).headers["ETag"]
        for accept in (browser, "text/csv", "*/*")
    }
    assert len(tags) == 3


def test_another_format_or_parameter_is_refused_by_name(reader) -> None:
    [fault] = reader.refusal(f"{ADDRESS}?format=xlsx")["errors"]
    assert fault["allowed"] == ["json", "csv", "html"]
    assert reader.refusal(f"{ADDRESS}?fields=slug")["errors"][0]["parameter"] == "fields"


def test_it_is_linked_from_the_root(reader) -> None:
    assert reader.json("/api/v1/")["codebook"] == ADDRESS


def test_it_is_put_together_without_the_database(reader, django_assert_max_num_queries) -> None:
    codebook.cache_clear()
    with django_assert_max_num_queries(0):
        assert codebook()["endpoints"]
