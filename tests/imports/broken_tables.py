"""Files of border's own tables and outlines that are not as they should be, and the one right thing to say of each."""

import json
from collections.abc import Callable
from pathlib import Path

from border.contracts.outcome import Fault
from border.imports.formats import NotReadable
from border.imports.ours import ours_in
from tests.contracts.world import OUTLINE, full, text
from tests.imports import invented
from tests.imports.broken import Broken, _bomb
from tests.imports.invented import ged

ARMY = {"slug": "new-army", "kind": "state_military", "name": "New Army", "countries": "SY"}
HEADER = text("actors").decode().strip()
SHEET = ("actors", HEADER.split(","), [full("actors", ARMY)])


def said_of_ours(path: Path, name: str) -> list[Fault]:
    """What is wrong with a file as one of border's own tables or outlines, as a whole or with its rows."""
    try:
        found = ours_in(path, name)
        return [fault for sheet in found.sheets for fault in sheet.faults] if found else []
    except NotReadable as refusal:
        return refusal.faults


def _actors(change: Callable[[str], str], *rows: dict[str, str]) -> Callable[[], bytes]:
    return lambda: change(text("actors", *(rows or (ARMY,))).decode()).encode()


def _in_zip(**members: bytes) -> Callable[[], bytes]:
    return lambda: invented.packed(**members)


def _in_book(*sheets: object) -> Callable[[], bytes]:
    return lambda: invented.sheet(*sheets)  # type: ignore[arg-type]


def _features(*properties: dict[str, object]) -> bytes:
    features = [OUTLINE | {"properties": one} for one in properties]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def _damaged() -> bytes:
    """An archive of which a byte in the middle of a table has changed."""
    rows = [ARMY | {"slug": f"army-{number}", "note": f"{number * 7919 % 10_007}"} for number in range(3_000)]
    archive = bytearray(invented.packed(actors__csv=text("actors", *rows)))
    archive[len(archive) // 2] ^= 0xFF
    return bytes(archive)


OURS = [
    # Headers
    Broken(
        "actors-without-a-name.csv",
        _actors(lambda text: text.replace(",name,", ",nmae,", 1)),
        "actors-without-a-name.csv, line 1: This is nearest to actors, a table of border's own, and lacks the column: name (perhaps"
        f" nmae). Not known to it: nmae. Give exactly its columns: {HEADER.replace(',', ', ')}.",
    ),
    Broken(
        "actors.csv",
        lambda: b"who,what\n1,2\n",
        "actors.csv, line 1: This is nearest to actors, a table of border's own, and lacks columns:"
        f" {HEADER.replace(',', ', ')}. Not known to it: who, what. Give exactly its columns:"
        f" {HEADER.replace(',', ', ')}.",
    ),
    Broken(
        "twice.csv",
        _actors(lambda text: text.replace(",name,", ",name,name,", 1)),
        "twice.csv, line 1, name: This column stands in the header twice. Delete one of the two.",
    ),
    Broken(
        "capitals.csv",
        _actors(lambda text: text.replace("slug", "Slug", 1)),
        "capitals.csv, line 1, Slug: There is no such column in actors. Perhaps slug?",
    ),
    Broken(
        "quotes.csv",
        lambda: text("finding_citations"),
        "quotes.csv, line 1: Several tables have this header. Call the file or the sheet after the one that it is:"
        " territory_citations, containment_citations, crossing_status_citations, actor_citations,"
        " relationship_citations, authority_citations, episode_citations, event_citations, movement_citations,"
        " finding_citations.",
    ),
    Broken(
        "semicolons.csv",
        _actors(lambda text: text.replace(",", ";")),
        "semicolons.csv, line 1: The columns are parted by semicolons. Save the file with commas between columns.",
    ),
    Broken(
        "actors.2.csv",
        lambda: text("actors", ARMY).decode().encode("utf-16"),
        "actors.2.csv, line 1: The file is in UTF-16 little-endian. Save the file as UTF-8 (in Excel: CSV UTF-8).",
    ),
    # Rows
    Broken(
        "wide.csv",
        _actors(lambda text: text.replace("New Army", "New,Army")),
        f"wide.csv, line 2: The row has {HEADER.count(',') + 2} cells, more than the header's {HEADER.count(',') + 1}."
        " Put a cell that holds a comma in double quotes.",
    ),
    Broken(
        "unclosed.csv",
        _actors(lambda text: text.replace("New Army", '"New Army')),
        "unclosed.csv, line 2: A double quote in the row that begins here is never closed. Close it, and double a quote within"
        " a cell.",
    ),
    Broken(
        "actors.nul.csv",
        _actors(lambda text: text.replace("New Army", "New\0Army")),
        "actors.nul.csv, line 2: The line holds a NUL (U+0000). Delete it; it belongs in no text.",
    ),
    # Workbooks
    Broken(
        "formula.xlsx",
        _in_book(("actors", HEADER.split(","), [full("actors", ARMY | {"name": "=A1"})])),
        'formula.xlsx: actors, row 2, name "=A1": The cell D2 holds a formula. Put its value there: copy the column, and paste'
        " the values.",
    ),
    Broken(
        "formula-in-header.xlsx",
        _in_book(("actors", [*HEADER.split(","), "=A1"], [])),
        'formula-in-header.xlsx: actors, row 1, Q "=A1": The cell Q1 holds a formula. Put its value there: copy the column, and'
        " paste the values.",
    ),
    Broken(
        "two-sheets.xlsx",
        _in_book(SHEET, ("More actors", *SHEET[1:])),
        "two-sheets.xlsx: Two sheets are the table actors: actors and More actors. Put their rows into one.",
    ),
    Broken(
        "almost.xlsx",
        _in_book(SHEET, ("events", ["slug", "title"], []), ("Licence", ["CC BY 4.0"], [])),
        "almost.xlsx: events, row 1: This is nearest to events, a table of border's own, and lacks columns: kind, sub_kind, summary,"
        " outcome, date, date_verbatim, date_note, territory, longitude, latitude, uncertainty_m, people_at_risk, episode,"
        " confidence, confidence_reason, note. Give exactly its columns: slug, kind, sub_kind, title, summary, outcome, date,"
        " date_verbatim, date_note, territory, longitude, latitude, uncertainty_m, people_at_risk, episode, confidence,"
        " confidence_reason, note.",
    ),
    Broken(
        "wide.xlsx",
        lambda: invented.changed(
            invented.sheet(
                ("actors", [*HEADER.split(","), "beside"], [full("actors", ARMY) | {"beside": "?"}])
            ),
            "sheet1",
            lambda sheet: sheet.replace(b"<t>beside</t>", b"<t></t>"),
        ),
        f"wide.xlsx: actors, row 2: The row has {HEADER.count(',') + 2} cells, more than the header's {HEADER.count(',') + 1}."
        " Empty the cells beside the table.",
    ),
    # Archives
    Broken(
        "with-others.zip",
        _in_zip(actors__csv=text("actors", ARMY), ged__csv=invented.file(invented.GED, [ged()])),
        "with-others.zip: ged.csv: These are UCDP GED events, beside tables of border's own. Give them by themselves.",
    ),
    Broken(
        "with-outlines.zip",
        _in_zip(actors__csv=text("actors", ARMY), adm2__geojson=_features({"ADM2_PCODE": "SY0902"})),
        "with-outlines.zip: adm2.geojson: These are outlines with P-codes, beside tables of border's own. Give them by"
        " themselves.",
    ),
    Broken(
        "with-utf-16.zip",
        _in_zip(actors__csv=text("actors", ARMY), events__csv=text("events").decode().encode("utf-16")),
        "with-utf-16.zip: events.csv, line 1: The file is in UTF-16 little-endian. Save the file as UTF-8 (in Excel: CSV UTF-8).",
    ),
    Broken(
        "damaged.zip",
        _damaged,
        "damaged.zip: actors.csv: The archive is damaged, or cut off. Fetch it once more.",
    ),
    Broken(
        "bomb.zip",
        lambda: _bomb("events.csv", {"actors.csv": text("actors", ARMY)}),
        "bomb.zip: events.csv in the archive unpacks to more than 200 times its size: no table does. Give the table unpacked.",
    ),
    # Outlines
    Broken(
        "no-outlines.geojson",
        lambda: _features({"name": "Somewhere"}),
        "no-outlines.geojson: These are no outlines: the features have neither the properties territory, number, source,"
        " period, note nor P-codes, such as ADM2_PCODE. They have: name.",
    ),
    Broken(
        "cut-off.geojson",
        lambda: _features({"ADM2_PCODE": "SY0902"})[:100],
        "cut-off.geojson: This is not GeoJSON: Expecting ',' delimiter: line 1 column 101 (char 100).",
    ),
    Broken(
        "bare.geojson",
        lambda: json.dumps(OUTLINE["geometry"]).encode(),
        'bare.geojson: A GeoJSON file of outlines is a "Feature" or a "FeatureCollection" (RFC 7946).',
    ),
    Broken(
        "misspelt.geojson",
        lambda: _features(OUTLINE["properties"] | {"teritory": "x"}),  # type: ignore[operator]
        "misspelt.geojson, feature 1, teritory: There is no such property of an outline. Perhaps territory?",
    ),
]
