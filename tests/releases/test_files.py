"""The files of a release say what the API says, in types that programs read, with the same bytes each time."""

import csv
import datetime as dt
import hashlib
import json
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from border.documents.meaning import column_of
from border.publication.endpoints import ENDPOINTS
from border.releases import making
from border.releases.refusal import ReleaseRefused
from border.releases.tables import name_of, tables, tables_of
from tests.api.examples import printed, program
from tests.releases.conftest import FORMULA, Files, Two

pytestmark = pytest.mark.django_db

DUCKDB = {
    "string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE", "list": "VARCHAR[]",
}  # fmt: skip
POLARS = {
    "string": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date, "list": pl.List(pl.String),
}  # fmt: skip
R = {
    "string": "character", "integer": "integer", "number": "numeric", "boolean": "logical", "date": "Date", "list": "character",
}  # fmt: skip
PANDAS = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "list": "string"}


def package(files: Files) -> dict[str, Any]:
    return files.json("datapackage.json")


def schemas(files: Files) -> dict[str, dict[str, Any]]:
    """The declared schema of each table, by the name of the table."""
    return {one["name"]: one["schema"] for one in package(files)["resources"] if "schema" in one}


def typed(files: Files, table: str) -> list[dict[str, Any]]:
    return pq.read_table(files.path(f"{table}.parquet")).to_pylist()


# What is in them


def test_every_record_is_there_as_the_api_serves_it_and_no_other(two: Two, reader: Any) -> None:
    for name, endpoint in ENDPOINTS.items():
        served = reader.rows(f"/api/v1/{name}/")
        lines = two.new.lines(f"{name_of(endpoint)}.ndjson")
        assert [json.loads(line) for line in lines] == sorted(served, key=lambda row: row["slug"].encode()), (
            name
        )
        stood = reader.rows(f"/api/v1/{name}/?known_at={two.old.release.at.isoformat().replace('+', '%2B')}")
        held = {row["slug"]: row for row in map(json.loads, two.old.lines(f"{name_of(endpoint)}.ndjson"))}
        # What was erased since is in the older release, and nowhere else.
        assert {slug: held[slug] for slug in held if slug != "in-danger"} == {
            row["slug"]: row for row in stood
        }


def leaves(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [leaf for one in value.values() for leaf in leaves(one)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in leaves(one)]
    return [] if value is None else [str(float(value) if type(value) is int else value)]


def test_every_value_of_every_document_stands_in_the_tables_once(two: Two) -> None:
    for endpoint in ENDPOINTS.values():
        main, *lists = tables_of(endpoint)
        documents = [json.loads(line) for line in two.new.lines(f"{main.name}.ndjson")]
        rows = [leaves(list(row.values())) for row in typed(two.new, main.name)]
        for table in lists:
            # A row tells which record it belongs to, and where; the rest is its own.
            rows += [leaves(list(row.values())[2:]) for row in typed(two.new, table.name)]
        told = sorted(leaf for row in rows for leaf in row)
        assert told == sorted(leaf for document in documents for leaf in leaves(document)), endpoint.name


def test_rows_of_lists_lead_to_their_record_in_its_order(two: Two) -> None:
    [document] = [
        json.loads(line) for line in two.new.lines("events.ndjson") if '"bukamal-taken-2017"' in line
    ]
    rows = two.new.rows("event_citations.csv")
    assert [(row["record"], row["number"]) for row in rows] == [
        ("bukamal-taken-2017", str(n)) for n in (1, 2, 3)
    ]
    assert [row["source"] for row in rows] == [one["source"]["slug"] for one in document["citations"]]


def test_csv_is_parquet_in_text_and_nothing_in_it_is_a_formula(two: Two) -> None:
    for table in tables():
        written, kept = two.new.rows(f"{table.name}.csv"), typed(two.new, table.name)
        assert len(written) == len(kept)
        for text, row in zip(written, kept, strict=True):
            for name, value in row.items():
                assert as_text(text[name]) == ("" if value is None else as_written(value)), (table.name, name)
    titles = [row["title"] for row in two.new.rows("events.csv")]
    assert f"'{FORMULA}" in titles
    assert FORMULA in [row["title"] for row in typed(two.new, "events")]


def as_text(cell: str) -> str:
    return cell.removeprefix("'") if cell.startswith("'=") else cell


def as_written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(value).removesuffix(".0")
    return ";".join(value) if isinstance(value, list) else str(value)


def test_map_has_every_record_with_its_point_and_no_outline(two: Two) -> None:
    for name in ("events", "territories"):
        features = two.new.json(f"{name}.geojson")["features"]
        rows = {row["slug"]: row for row in typed(two.new, name)}
        assert [one["id"] for one in features] == list(rows)
        for one in features:
            row = rows[one["id"]]
            point = None if row["longitude"] is None else [row["longitude"], row["latitude"]]
            assert (one["geometry"] or {}).get("coordinates") == point
            assert one["properties"]["slug"] == one["id"]
        assert any(one["geometry"] for one in features)
        assert not all(one["geometry"] for one in features)


# How programs read them


def test_parquet_has_the_declared_types_in_duckdb_and_polars(two: Two) -> None:
    for name, schema in schemas(two.new).items():
        if name in {"diff", "codebook"}:
            continue
        path = two.new.path(f"{name}.parquet")
        declared = {field["name"]: field["type"] for field in schema["fields"]}
        described = duckdb.sql(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
        assert {row[0]: row[1] for row in described} == {one: DUCKDB[kind] for one, kind in declared.items()}
        assert dict(pl.read_parquet_schema(path)) == {one: POLARS[kind] for one, kind in declared.items()}
    [(days,)] = duckdb.sql(
        f"SELECT date_possible_to - date_possible_from FROM '{two.new.path('events.parquet')}' e "
        f"JOIN '{two.new.path('event_participations.parquet')}' p ON p.record = e.slug WHERE p.actor = 'is'"
    ).fetchall()
    assert days == 29
    taken = pl.read_parquet(two.new.path("events.parquet")).filter(pl.col("slug") == "bukamal-taken-2017")
    assert taken["date_possible_from"].to_list() == [dt.date(2017, 11, 1)]


def test_csv_has_the_declared_types_in_pandas(two: Two) -> None:
    for name, schema in schemas(two.new).items():
        if name in {"diff", "codebook"}:
            continue
        days = [field["name"] for field in schema["fields"] if field["type"] == "date"]
        kinds = {one["name"]: PANDAS[one["type"]] for one in schema["fields"] if one["type"] in PANDAS}
        read = pd.read_csv(
            two.new.path(f"{name}.csv"), dtype=kinds, parse_dates=days, na_values=schema["missingValues"], keep_default_na=False
        )  # fmt: skip
        kept = typed(two.new, name)
        assert len(read) == len(kept)
        for day in days:
            if any(row[day] for row in kept):
                assert [None if pd.isna(one) else one.date() for one in read[day]] == [
                    row[day] for row in kept
                ]
        for one in ("longitude", "uncertainty_m", "contested", "number"):
            if one in kinds:
                assert [None if pd.isna(value) else value for value in read[one]] == [
                    row[one] for row in kept
                ]


def test_csv_has_the_declared_types_in_r(two: Two, tmp_path: Path) -> None:
    """Each table is read with the declared classes; what R then has is written anew and compared."""
    rscript, script = program("Rscript"), tmp_path / "read.R"
    read = {name: schema for name, schema in schemas(two.new).items() if name not in {"diff", "codebook"}}
    code = ["options(digits = 17)"]
    for name, schema in read.items():
        classes = ", ".join(f"{json.dumps(one['name'])} = '{R[one['type']]}'" for one in schema["fields"])
        missing = ", ".join(map(json.dumps, schema["missingValues"]))
        written = f"colClasses = c({classes}), na.strings = c({missing}), encoding = 'UTF-8'"
        code += [
            f"read <- read.csv('{two.new.path(f'{name}.csv')}', {written}, check.names = FALSE)",
            f"cat('{name}', nrow(read), sapply(read, class), '\\n')",
            f"write.csv(read, '{tmp_path / name}.csv', row.names = FALSE, na = '', fileEncoding = 'UTF-8')",
        ]
    script.write_text("\n".join(code), "utf-8")
    told = [line.split() for line in printed(rscript, str(script), folder=tmp_path).splitlines()]
    for (name, schema), (named, count, *classes) in zip(read.items(), told, strict=True):
        kept = typed(two.new, name)
        assert (named, int(count)) == (name, len(kept))
        assert classes == [R[field["type"]] for field in schema["fields"]]
        with (tmp_path / f"{name}.csv").open(newline="", encoding="utf-8") as rows:
            for row, wanted in zip(csv.DictReader(rows), kept, strict=True):
                for one, value in wanted.items():
                    if isinstance(value, bool):
                        assert row[one] == str(value).upper()
                    elif isinstance(value, int | float):
                        assert float(row[one]) == value
                    elif isinstance(value, dt.date):
                        assert row[one] == value.isoformat()
                    elif value is None:
                        assert row[one] == ""


# What describes them


def test_data_package_describes_every_file_as_the_standard_wants(two: Two) -> None:
    """The rules of Data Package, Data Resource and Table Schema, version 2, as far as they are used here."""
    told = package(two.new)
    assert told["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert re.fullmatch(r"[a-z0-9._/-]+", told["name"])
    assert told["version"] == "2026.2"
    dt.datetime.fromisoformat(told["created"])
    assert all({"name", "path"} & set(one) for one in told["licenses"])
    assert all({"title", "path", "email"} & set(one) for one in told["sources"] + told["contributors"])
    names = [one["name"] for one in told["resources"]]
    assert len(set(names)) == len(names)
    schema = schemas(two.new)
    for one in told["resources"]:
        path = two.new.path(one["path"])
        assert re.fullmatch(r"[A-Za-z0-9_.-]+", one["path"])
        assert one["bytes"] == path.stat().st_size
        assert one["hash"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
        assert ("schema" in one) == (one["format"] == "csv") == (one.get("type") == "table")
    for of in schema.values():
        columns = [field["name"] for field in of["fields"]]
        assert len(set(columns)) == len(columns)
        assert {field["type"] for field in of["fields"]} <= set(DUCKDB)
        for field in of["fields"]:
            assert set(field.get("constraints", {})) <= {"required", "enum"}
        assert set(of.get("primaryKey", ())) <= set(columns)
        for key in of.get("foreignKeys", ()):
            target = key["reference"]["resource"]
            assert set(key["fields"]) <= set(columns)
            assert target == "" or schema[target]["primaryKey"] == key["reference"]["fields"]


def test_every_row_keeps_what_the_data_package_says(two: Two) -> None:
    forms = {
        "integer": r"-?\d+", "number": r"-?\d+(\.\d+)?", "boolean": "true|false", "date": r"\d{4}-\d\d-\d\d", "string": r"[\s\S]*", "list": r"[^;]+(;[^;]+)*",
    }  # fmt: skip
    for files in (two.old, two.new):
        told = schemas(files)
        rows = {name: files.rows(f"{name}.csv") for name in told}
        slugs = {name: {row.get("slug") for row in found} for name, found in rows.items()}
        for name, schema in told.items():
            assert not rows[name] or list(rows[name][0]) == [field["name"] for field in schema["fields"]]
            for field in schema["fields"]:
                rules = field.get("constraints", {})
                for row in rows[name]:
                    value = row[field["name"]]
                    assert value or not rules.get("required"), (name, field["name"])
                    assert not value or re.fullmatch(forms[field["type"]], value), (
                        name,
                        field["name"],
                        value,
                    )
                    assert not value or value in rules.get("enum", [value]), (name, field["name"], value)
            if "primaryKey" in schema:
                keys = [tuple(row[column] for column in schema["primaryKey"]) for row in rows[name]]
                assert len(set(keys)) == len(keys)
            for key in schema.get("foreignKeys", ()):
                held = {row[key["fields"][0]] for row in rows[name]} - {""}
                assert held <= slugs[key["reference"]["resource"] or name], (name, key)


def test_every_word_and_every_key_of_a_document_is_declared(two: Two) -> None:
    told = schemas(two.new)
    for table in tables():
        fields = {field["name"]: field for field in told[table.name]["fields"]}
        assert list(fields) == [field.name for field in table.fields]
        for name, field in table.endpoint.document().fields.items():
            if not table.of and getattr(column_of(field), "choices", None):
                words = {str(word) for word, _ in column_of(field).choices if word}
                assert set(fields[name]["constraints"]["enum"]) == words
    leads = {key["fields"][0] for key in told["authorities"]["foreignKeys"]}
    assert leads == {"actor", "territory"}


def test_codebook_explains_every_column_and_every_word(two: Two) -> None:
    rows = two.new.rows("codebook.csv")
    assert all(row["meaning"].endswith((".", ".)")) for row in rows), "say what it means"
    listed = {(row["table"], row["column"]) for row in rows if row["column"] and not row["word"]}
    assert listed == {(table.name, field.name) for table in tables() for field in table.fields}
    book = {one["table"]: one for one in two.new.json("codebook.json")}
    words = {(row["table"], row["column"], row["word"]) for row in rows if row["word"]}
    assert words == {
        (name, column["column"], word["word"])
        for name, table in book.items()
        for column in table["columns"]
        for word in column.get("words", ())
    }
    assert ("events", "kind", "crossing_opened") in words


def test_page_and_citations_tell_which_state_it_is(two: Two) -> None:
    release = two.new.release
    readme = two.new.path("README.md").read_text("utf-8")
    assert f"block {release.block}" in readme
    assert bytes(release.digest).hex() in readme
    assert "| `event_citations` | 3 |" in readme
    [item] = two.new.json("citation.json")
    assert (item["type"], item["version"]) == ("dataset", "2026.2")
    assert "version = {2026.2}" in two.new.path("CITATION.bib").read_text("utf-8")
    assert "The first." in two.old.path("README.md").read_text("utf-8")


# The same bytes


def test_digests_are_those_of_the_files_and_the_archive_has_them_all(two: Two) -> None:
    there = {path.name: path.read_bytes() for path in two.new.folder.iterdir()}
    registered = {file["name"]: file["sha256"] for file in two.new.release.files}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in there.items()} == registered
    sums = dict(reversed(line.split("  ")) for line in two.new.lines("SHA256SUMS"))
    assert sums == {
        name: registered[name] for name in registered if name not in {"SHA256SUMS", "border-2026.2.zip"}
    }
    with zipfile.ZipFile(two.new.path("border-2026.2.zip")) as packed:
        assert packed.testzip() is None
        held = {name.removeprefix("border-2026.2/"): packed.read(name) for name in packed.namelist()}
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert held == {name: content for name, content in there.items() if not name.endswith(".zip")}


def test_made_again_another_day_it_has_the_same_bytes(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    assert making.make("2026.3", by=None).file("events.parquet") == two.new.release.file("events.parquet")
    kept = {path.name: path.read_bytes() for path in two.new.folder.iterdir()}
    shutil.rmtree(two.new.folder)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    making.make_again("2026.2")
    assert {path.name: path.read_bytes() for path in two.new.folder.iterdir()} == kept
    two.new.path("events.csv").write_text("slug\r\n")
    making.make_again("2026.2")
    assert two.new.path("events.csv").read_bytes() == kept["events.csv"]


def test_what_was_erased_since_is_not_made_again(two: Two) -> None:
    with pytest.raises(ReleaseRefused, match="erased since: findings/in-danger"):
        making.make_again("2026.1")
    assert two.old.path("findings.ndjson").exists()
