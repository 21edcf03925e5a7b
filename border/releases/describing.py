"""What explains a release: the codebook, the data package with types and keys, and a page to read."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from border.documents.table import cell
from border.releases import citing
from border.releases.files import Told
from border.releases.record import State
from border.releases.tables import LIST, Field, Table, tables

PACKAGE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
CODEBOOK = ("table", "column", "type", "unit", "may_be_empty", "word", "meaning")
DIFFERENCES = (
    Field("record", "string", "The record, as endpoint/slug.", required=True),
    Field("change", "string", "added, changed, withdrawn, merged or erased.", required=True),
    Field("into", "string", "Of a merged record: the one as which it goes on."),
    Field("field", "string", "Of a changed record: the column that is another, as its table calls it."),
    Field("before", "string", "What stood there in the release before."),
    Field("after", "string", "What stands there now."),
    Field("reasons", "string", "The public reasons of withdrawals, mergers and erasures."),
)
MEDIA_TYPES = {
    "csv": "text/csv",
    "ndjson": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
    "geojson": "application/geo+json",
    "json": "application/json",
    "md": "text/markdown",
    "bib": "application/x-bibtex",
    "zip": "application/zip",
}


def media_type(name: str) -> str:
    """The media type of a file by its name."""
    return MEDIA_TYPES.get(name.rpartition(".")[2], "text/plain")


def meaning(name: str) -> str:
    """What a file of a release is, in a sentence."""
    of, _, ending = name.rpartition(".")
    told = {
        "README.md": "What this is, and how to read it.",
        "CITATION.bib": "How to cite it, for BibTeX.",
        "citation.json": "How to cite it, as CSL-JSON.",
        "datapackage.json": "The types, keys and meanings of all tables, as a Frictionless Data Package.",
        "codebook.csv": "What every column and word means.",
        "codebook.json": "What every column and word means.",
        "diff.csv": "What is different from the release before, field by field, for a spreadsheet.",
        "diff.ndjson": "What is different from the release before, for programs.",
        "SHA256SUMS": "The digests of the files, for sha256sum --check.",
    }
    if name in told:
        return told[name]
    if ending == "zip":
        return "All other files in one."
    table = next(table for table in tables() if table.name == of)
    forms = {
        "csv": table.meaning,
        "parquet": f"The same rows as {of}.csv, typed.",
        "ndjson": f"The documents of {of} as the API serves them, one a line.",
        "geojson": f"The rows of {of}.csv on a map: points, and no geometry where no place is known. Outlines are not part of it.",
    }
    return forms[ending]


# The codebook.


def codebook() -> list[dict[str, Any]]:
    """Every table with its columns, and every word that a column may hold, each with its meaning."""
    return [
        {
            "table": table.name,
            "meaning": table.meaning,
            "columns": [
                {
                    "column": field.name,
                    "type": field.type,
                    "unit": field.unit,
                    "may_be_empty": not field.required,
                    "meaning": field.meaning,
                    **({"leads_to": table.leads[field.name]} if field.name in table.leads else {}),
                    **({"words": [_word(word) for word in field.words]} if field.words else {}),
                }
                for field in table.fields
            ],
        }
        for table in tables()
    ]


def _word(word: Any) -> dict[str, Any]:
    terms = [term._asdict() for term in word.terms]
    return {"word": word.value, "meaning": word.meaning, "terms": terms}


def codebook_rows() -> Iterator[dict[str, Any]]:
    """The same as lines of a table: of a table, a column or a word."""
    for table in codebook():
        yield table
        for column in table["columns"]:
            yield {**column, "table": table["table"]}
            for word in column.get("words", ()):
                yield {**word, "table": table["table"], "column": column["column"]}


def write_codebook(folder: Path) -> None:
    """Write codebook.csv and codebook.json."""
    with (folder / "codebook.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.DictWriter(file, CODEBOOK, extrasaction="ignore", lineterminator="\r\n")
        lines.writeheader()
        lines.writerows({name: cell(row.get(name)) for name in CODEBOOK} for row in codebook_rows())
    write_json(folder / "codebook.json", codebook())


# The data package.


def write_json(path: Path, value: Any) -> None:
    """Write ``value`` for programs and people."""
    path.write_text(f"{json.dumps(value, ensure_ascii=False, indent=1)}\n", encoding="utf-8", newline="\n")


def package(
    name: str, state: State, told: Mapping[str, Told], files: Sequence[Mapping[str, Any]], note: str
) -> dict[str, Any]:
    """The data package (version 2): its files, and of tables the types, keys and words."""
    schemas = {f"{table.name}.csv": _schema(table, told[table.name]) for table in tables()}
    schemas["diff.csv"] = {
        "$schema": SCHEMA,
        "fields": [_field(field) for field in DIFFERENCES],
        "missingValues": [""],
    }
    schemas["codebook.csv"] = {
        "$schema": SCHEMA,
        "fields": [{"name": column, "type": "string"} for column in CODEBOOK],
        "missingValues": [""],
    }
    return {
        "$schema": PACKAGE,
        "name": "border",
        "title": citing.TITLE,
        "description": " ".join(filter(None, [_about(state), note])),
        "version": name,
        "created": _instant(state),
        "licenses": [citing.LICENCE],
        "contributors": [{"title": citing.AUTHORS, "roles": ["creator"]}],
        "sources": [{"title": "The sources that its records cite, each a row", "path": "sources.csv"}],
        "keywords": ["Syria", "Iraq", "Bukamal", "Qa'im", "borders", "armed conflict", "event data"],
        "resources": [_resource(file, schemas) for file in files],
    }


def _resource(file: Mapping[str, Any], schemas: Mapping[str, Any]) -> dict[str, Any]:
    name = file["name"]
    of, _, ending = name.rpartition(".")
    tabular = {"type": "table", "dialect": {"header": True, "delimiter": ",", "lineTerminator": "\r\n"}}
    return {
        "$schema": RESOURCE,
        # A name is used once: that of a table is that of its CSV, to which keys lead.
        "name": of if name in schemas else name.replace(".", "-").lower(),
        "path": name,
        "description": file["meaning"],
        "format": ending,
        "mediatype": file["media_type"],
        "encoding": "utf-8",
        "bytes": file["bytes"],
        "hash": f"sha256:{file['sha256']}",
        **({**tabular, "schema": schemas[name]} if name in schemas else {}),
    }


def _schema(table: Table, told: Told) -> dict[str, Any]:
    keys = [
        {"fields": [name], "reference": {"resource": "" if of == table.name else of, "fields": ["slug"]}}
        for name, of in table.leads.items()
    ]
    return {
        "$schema": SCHEMA,
        "fields": [_field(field, told) for field in table.fields],
        "missingValues": [""],
        "primaryKey": list(table.key),
        **({"foreignKeys": keys} if keys else {}),
    }


def _field(field: Field, told: Told | None = None) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    if field.required and not (told and field.name in told.empty):
        rules["required"] = True
    if field.words:
        words = [word.value for word in field.words]
        # What was published under an older vocabulary keeps its words.
        rules["enum"] = words + sorted((told.words[field.name] if told else set()) - {*words, ""})
    return {
        "name": field.name,
        "type": field.type,
        "description": field.meaning,
        **({"delimiter": ";", "itemType": "string"} if field.type == LIST else {}),
        **({"constraints": rules} if rules else {}),
    }


def _instant(state: State) -> str:
    return f"{state.at:%Y-%m-%dT%H:%M:%SZ}"


def _about(state: State) -> str:
    return (
        "Dated, cited, graded and reviewed statements about the border between Syria's Bukamal and Iraq's Qa'im; statements that "
        f"contradict each other stand side by side. The state of block {state.block}, published at {_instant(state)}."
    )


# The page.


def readme(name: str, state: State, told: Mapping[str, Told], note: str, before: str) -> str:
    """A page on the release, for people."""
    counted = "\n".join(
        f"| `{table.name}` | {told[table.name].rows} | {table.meaning} |" for table in tables()
    )
    changed = (
        f"\n`diff.csv` and `diff.ndjson` say what is different from release {before}, record by record and field by field,\n"
        "with the public reasons of withdrawals, mergers and erasures.\n"
        if before
        else ""
    )
    return f"""# border, release {name}

{citing.TITLE}

{note or "A snapshot of the published data."} It is never changed. If it is ever withdrawn, its page says why.

| | |
|---|---|
| data version | block {state.block} |
| digest of the block | `{state.digest.hex()}` |
| published at | {_instant(state)} |

The read API answers the same with `known_at={state.at:%Y-%m-%dT%H:%M:%S.%fZ}`, and `manage.py verify --head {state.block}:{state.digest.hex()}`
shows that this block is part of the record.

## How to cite

> {citing.sentence(name, state)}

`CITATION.bib` and `citation.json` have it for reference managers. A quoted passage is cited with its source.

## Licence

{citing.LICENCE_TOLD}

## Files

Each table is there as CSV and as Parquet, the records of each endpoint also as NDJSON: their documents, letter by letter as the API
serves them. `datapackage.json` has types, keys and meanings for programs, `codebook.csv` meanings for people. Events and territories are
there as GeoJSON, with points; outlines are not part of the published record.
{changed}
| table | rows | what a row is |
|---|---|---|
{counted}

## How to read them

- Text is UTF-8. CSV has a header, commas, and empty cells for what is not known; a list within a cell is joined by semicolons. An apostrophe
  stands before what a spreadsheet would take for a formula; Parquet and NDJSON have the text as it is.
- A record is known by its `slug`. In the tables of what belongs to records, `record` is the slug of the record and `number` the place
  in its list. Slugs of other records lead to the table that `datapackage.json` names; beside each stands the name for reading.
- A date is the text of its EDTF (`2014-08~`) and four days: from when until when it may hold (`possible`) and surely holds (`certain`), both
  days included; empty means open, or that no day is certain.
- `sha256sum --check SHA256SUMS` shows that the files are whole.
"""
