"""Hostile and broken files, each with the one thing that must be said of it: fragment, line and column."""

from collections.abc import Iterator
from typing import NamedTuple

from tests.contracts.world import file, text

EVENT = {"slug": "new-event", "kind": "battle", "title": "New", "date": "2020", "territory": "bukamal"}
ACTOR = {"slug": "new-actor", "kind": "militia", "name": "New"}
TOWN = {"slug": "new-town", "kind": "town", "name": "New", "countries": "IQ"}
SOURCE = {"slug": "new-source", "kind": "news", "title": "New"}


class Case(NamedTuple):
    """A file of ``table``, and what must be said of it, on which line, of which column."""

    name: str
    table: str
    content: bytes
    says: str
    line: int | None = None
    column: str | None = None


def cell(table: str, column: str, value: str, says: str, **others: str) -> Case:
    """A file of one row of which one cell is wrong."""
    usual = {"events": EVENT, "actors": ACTOR, "territories": TOWN, "sources": SOURCE}[table]
    content = file(table, usual | {column: value} | others).content
    return Case(f"{table}.{column}={value[:20]!a}", table, content, says, 2, column)


def encodings() -> Iterator[Case]:
    good = text("actors", ACTOR | {"name_ar": "القائم"})
    yield Case("utf-16 little", "actors", good.decode().encode("utf-16-le"), "UTF-16")
    yield Case("utf-16 with mark", "actors", good.decode().encode("utf-16"), "UTF-16 little-endian", 1)
    yield Case(
        "utf-16 big with mark", "actors", b"\xfe\xff" + good.decode().encode("utf-16-be"), "UTF-16 big", 1
    )
    yield Case(
        "cp1256", "actors", good.decode().encode("cp1256"), 'Windows-1256 (Arabic), and the cell "القائم"', 2
    )
    latin = text("actors", ACTOR | {"name": "Al-Qaïm"}).decode().encode("latin-1")
    yield Case("latin-1", "actors", latin, 'Latin-1 (Windows-1252), and the cell "Al-Qaïm"', 2)
    yield Case("surrogate in utf-8", "actors", good.replace(b"New", b"\xed\xa0\x80"), "not UTF-8", 2)
    yield Case("NUL", "actors", good.replace(b"New", b"N\x00w"), "NUL (U+0000)", 2)
    yield Case("lone CR", "actors", good.replace(b"\n", b"\r"), "carriage return without a line feed", 1)
    yield Case("xlsx", "actors", b"PK\x03\x04" + bytes(100), "a spreadsheet or zip archive")
    yield Case("old xls", "actors", b"\xd0\xcf\x11\xe0" + bytes(600), "an old Excel workbook")
    yield Case("PDF", "actors", b"%PDF-1.7 ...", "a PDF")
    yield Case("gzip", "actors", b"\x1f\x8b\x08\x00abc", "a gzip archive")
    yield Case("JSON", "actors", b'[{"slug": "new-actor"}]', "This is JSON", 1)
    yield Case("HTML", "actors", b"<table><tr><td>slug</td></tr></table>", "This is HTML", 1)
    yield Case("empty", "actors", b"", "The file is empty")
    yield Case("only a mark", "actors", b"\xef\xbb\xbf", "The file is empty")


def structure() -> Iterator[Case]:
    good = text("actors", ACTOR, ACTOR | {"slug": "second"})
    header, first, second = good.splitlines(keepends=True)
    yield Case("semicolons", "actors", good.replace(b",", b";"), "parted by semicolons", 1)
    yield Case("tabs", "actors", good.replace(b",", b"\t"), "parted by tabs", 1)
    yield Case("bars", "actors", good.replace(b",", b"|"), "parted by vertical bars", 1)
    yield Case(
        "misspelt column", "actors", good.replace(b"sub_kind", b"subkind"), "Perhaps sub_kind?", 1, "subkind"
    )
    yield Case(
        "its right name missing", "actors", good.replace(b"sub_kind", b"subkind"), "missing", 1, "sub_kind"
    )
    yield Case("column twice", "actors", good.replace(b"sub_kind", b"kind"), "twice", 1, "kind")
    yield Case("column missing", "actors", good.replace(b",note\n", b"\n"), "missing", 1, "note")
    yield Case(
        "column too many",
        "actors",
        good.replace(b",note\n", b",note,remark\n"),
        "no such column",
        1,
        "remark",
    )
    yield Case(
        "column without a name",
        "actors",
        good.replace(b",note\n", b",note,\n"),
        "has no name",
        1,
        "(no name)",
    )
    yield Case(
        "status",
        "actors",
        good.replace(b",note\n", b",note,status\n"),
        "cannot be set by a file",
        1,
        "status",
    )
    yield Case("id", "actors", good.replace(b",note\n", b",note,id\n"), "cannot be set by a file", 1, "id")
    yield Case("no header", "actors", first + second, "not the header of actors", 1)
    yield Case(
        "header of another table", "actors", text("events", EVENT), "no such column in actors", 1, "title"
    )
    yield Case(
        "10,000 columns", "actors", b",".join(b"c%d" % n for n in range(10_000)), "9990 more columns", 1
    )
    yield Case("row too short", "actors", header + first + b"a,b,c\n", "3 cells, fewer than", 3)
    yield Case("row too long", "actors", header + first[:-1] + b",more\n", "17 cells, more than", 2)
    yield Case(
        "quote never closed", "actors", header + first + second.replace(b"New", b'"New'), "never closed", 3
    )
    yield Case(
        "text after a quote",
        "actors",
        header + first.replace(b"New", b'"New" one'),
        "After a closing double quote",
        2,
    )
    yield Case(
        "huge cell", "actors", header + first.replace(b"New", b'"' + b"x\n" * 100_000 + b'"'), "131,072", 2
    )
    yield Case("line of 2 MB", "actors", header + b"x" * (2 << 20), "longer than 1 MB", 2)
    yield Case(
        "error in the last of 200 rows",
        "actors",
        header
        + b"".join(first.replace(b"new-actor", b"a-%d" % n) for n in range(199))
        + first.replace(b"militia", b"militias"),
        "Perhaps militia?",
        201,
        "kind",
    )
    yield Case("row twice", "actors", header + first + first, "stands in line 2", 3, "slug")
    yield Case("name twice", "actor_names", text("actor_names", *[{"record": "is", "text": "Daech", "language": "fr", "kind": "exonym"}] * 2), "stands in line 2", 3, "record, text, language")  # fmt: skip


def keys_and_references() -> Iterator[Case]:
    yield cell("actors", "slug", "", "must not be empty")
    yield cell("actors", "slug", "New Actor", "A slug is lower-case")
    yield cell("actors", "slug", "قائم", "A slug is lower-case")
    yield cell("actors", "slug", "x" * 101, "at most 100 characters")
    yield cell("events", "territory", "bukamall", "Perhaps bukamal?")
    yield cell("events", "territory", "", "must not be empty")
    yield cell("events", "episode", "nowhere-at-all-xyz", "no episode of this slug")
    yield cell("actors", "parent", "new-actor", "not a part of itself")
    circle = [ACTOR | {"slug": one, "parent": other} for one, other in (("a", "b"), ("b", "c"), ("c", "a"))]
    yield Case("circle of parents", "actors", text("actors", *circle), "a → b → c → a", 2, "parent")
    back = text(
        "actors",
        {
            "slug": "syrian-state",
            "kind": "state",
            "name": "Syrian state",
            "countries": "SY",
            "ucdp_id": "118",
            "parent": "syrian-army",
        },
    )
    yield Case(
        "circle through the database",
        "actors",
        back,
        "syrian-state → syrian-army → syrian-state",
        2,
        "parent",
    )
    yield Case(
        "circle of containments",
        "containments",
        text("containments", {"slug": "round", "child": "syria", "parent": "bukamal", "basis": "analytic", "period": "2015"}),
        "syria → bukamal → syria", 2, "parent",
    )  # fmt: skip
    yield Case(
        "in itself", "containments",
        text("containments", {"slug": "round", "child": "syria", "parent": "syria", "basis": "analytic"}),
        "does not lie in itself", 2, "child, parent",
    )  # fmt: skip
    twin = {
        "slug": "is-fights-army",
        "subject": "is",
        "kind": "fights",
        "object": "syrian-army",
        "period": "2014/2017",
        "territory": "bukamal",
    }
    yield Case("symmetric twin", "relationships", text("relationships", twin), "symmetric relationship is stored once", 2)  # fmt: skip
    other = {
        "slug": "other-crossing",
        "territory": "qaim-crossing-place",
        "side_a": "syria",
        "side_b": "iraq",
    }
    yield Case(
        "place of another crossing",
        "crossings",
        text("crossings", other),
        "taken by another record",
        2,
        "territory",
    )
    yield Case("citation of nothing", "event_citations", text("event_citations", {"record": "bukamal-taken", "number": "1", "source": "old-atlas"}), "Perhaps bukamal-taken-2017?", 2, "record")  # fmt: skip
    yield Case("citation number 0", "event_citations", text("event_citations", {"record": "qaim-opened-2019", "number": "0", "source": "old-atlas"}), "numbered from 1", 2, "number")  # fmt: skip
    yield Case("value of no attribute", "event_citations", text("event_citations", {"record": "qaim-opened-2019", "number": "1", "source": "old-atlas", "asserted_value": "x"}), "needs the attribute", 2, "attribute, asserted_value")  # fmt: skip


def dates() -> Iterator[Case]:
    for value, says in {
        "03/04/2023": "2023-04-03", "22 June 2014": "2014-06-22", "١٤٤٥-٠١-٠١": 'date "١٤٤٥-٠١-٠١"', "today": 'date "today"', "infinity": 'date "infinity"', "23": 'date "23"',
        "2013-02-29": "2013", "2020-13-01": "2020", "2015/2014": "2014", "2014-06-22T10:00": "2014-06-22", "١٤ رمضان ١٤٤٥": 'date "١٤ رمضان ١٤٤٥"',
        "2014-06-31": "June", "June": 'date "June"', "2014-06-22 ": "begins or ends with a space",
    }.items():  # fmt: skip
        yield cell("events", "date", value, says)
    yield cell("events", "date", "", "must not be empty")


def numbers() -> Iterator[Case]:
    point = {"latitude": "34.4", "uncertainty_m": "100"}
    for value, says in {
        "NaN": "Leave the cell empty", "inf": "Leave the cell empty", "-Infinity": "Leave the cell empty", "999": "between -180 and 180",
        "40,91": "Write 40.91", "٤٠٫٩١": "Write 40.91", "40°55'07\"E": "Write 40.918611", "4e1": "Write 40", "40.1234567": "6 decimal places",
        "-200": "between -180 and 180", "040.9": "Write 40.9", "unknown": "Leave the cell empty", "forty": "like 34.4522", "1234.5": "before the decimal point",
    }.items():  # fmt: skip
        yield cell("events", "longitude", value, says, **point)
    whole = {"longitude": "40", "latitude": "34"}
    for value, says in {
        "1e5": "Write 100000", "1,000": "Write 1000", "12.0": "Write 12", "12.5": "like 1200", "٥٠٠": "Write 500", "-5": "0",
        "99999999999": "2147483647", "0x10": "like 1200", "0": "between 1 and 1,000,000",
    }.items():  # fmt: skip
        yield cell("events", "uncertainty_m", value, says, **whole)
    yield cell(
        "events", "longitude, latitude, uncertainty_m", "", "A point needs", longitude="40.9", latitude="34.4"
    )._replace(content=text("events", EVENT | {"longitude": "40.9", "latitude": "34.4"}))


def texts() -> Iterator[Case]:
    for value, says in {
        "<script>alert(1)</script>": "begins markup", "<img src=x onerror=alert(1)>": "begins markup", "a<svg/onload=x>": "begins markup", "<!-- x -->": "begins markup",
        "Qa\u202eim": "U+202E", "Qa\u2066im\u2069": "U+2066", "Qa\u200bim": "U+200B", "Qa\u200fim": "U+200F", "Qa\ufeffim": "U+FEFF", "Qa\u200dim": "U+200D", "Qa\u061cim": "U+061C",
        "Qa\x07im": "U+0007", "Qa\x1b[31mim": "U+001B", "Qa\tim": "a tab", "Qa\nim": "a line break", "Qa\u2028im": "U+2028", "Qa\x85im": "U+0085",
        "Cafe\u0301": "normal form C", " Qaim": "begins or ends with a space", "Qaim\u00a0": "begins or ends with a space", "x" * 201: "at most 200 characters", "": "must not be empty",
    }.items():  # fmt: skip
        yield cell("actors", "name", value, says)
    yield cell("actors", "note", "Qa\u202eim", "U+202E")
    yield cell("actors", "note", "<b>bold</b>", "begins markup")
    yield cell("actors", "countries", "Syria", "two capital letters")
    yield cell("actors", "countries", "SY, IQ", "Write it like SY;IQ")
    yield cell("actors", "countries", "SY;SY", "twice")
    yield cell("actors", "kind", "Militia", "Perhaps militia?")
    yield cell("actors", "confidence", "", "must not be empty")
    yield cell("actors", "confidence", "sure", "low, moderate, high")
    yield cell("actors", "wikidata_id", "858", "looks like Q858")
    yield cell("sources", "redistributable", "maybe", "Write yes or no")
    yield cell("sources", "redistributable", "TRUE", "Write yes.")
    yield cell("sources", "redistributable", "", "Write yes or no")
    yield cell("sources", "url", "javascript:alert(1)", "not an address on the web")
    yield cell("sources", "url", "www.example.org", "beginning with https://")
    yield cell("sources", "doi", "https://doi.org/10.1/x", "A DOI begins with 10.")
    yield cell("sources", "reliability", "G", "A, B, C, D, E, F")
    yield cell("sources", "version, dataset", "23.1", "name the dataset too")._replace(
        content=text("sources", SOURCE | {"version": "23.1"}), column="dataset, version"
    )
    quote = {"record": "is", "number": "9", "source": "old-atlas", "quote": "x" * 301}
    yield Case(
        "long quote", "actor_citations", text("actor_citations", quote), "at most 300 characters", 2, "quote"
    )
    counts = {"event": "bukamal-taken-2017", "number": "2", "kind": "killed"}
    yield Case(
        "no count", "casualties", text("casualties", counts), "at least one count", 2, "low, best, high"
    )
    who = counts | {"low": "1", "actor": "is"}
    yield Case(
        "actor unasked", "casualties", text("casualties", who), "Name the actor where", 2, "whom, actor"
    )
    span = {"slug": "m", "title": "m", "kind": "fuel", "quantity_low": "9", "quantity_high": "3"}
    yield Case(
        "span upside down",
        "movements",
        text("movements", span),
        "cannot be above",
        2,
        "quantity_low, quantity_high",
    )


CASES = [
    case for kind in (encodings, structure, keys_and_references, dates, numbers, texts) for case in kind()
]

# Odd to look at and yet what a cell may say: stored exactly as they are.
LEGITIMATE = {
    "note": [
        "=1+1", "=cmd|' /C calc'!A0", "+963 11 000", "-", "@handle", "a < b and b > c", "[link](javascript:alert(1))", 'say "so", he said', "two\nlines\n\nand more",
        "a\ttab", "کتاب‌ها", "ـقائمـ", "🙂", "100% ; DROP TABLE actors;--", "{{ 7*7 }} %s %(x)s {0}", "\\N", "NULL", "'",
    ],
    "name": ["=1+1", "@is", "-x", "Qā’im", "القائم (البوكمال)", "O'Brien; & Co", "0", "NaN", "No"],
}  # fmt: skip
