"""A small world as CSV, a row or two of every table, from which the tests of the contract start."""

import csv
import io
import json

from border.contracts.read import Given
from border.contracts.tables import BY_NAME

DEFAULTS = {
    "confidence": "moderate", "redistributable": "yes", "reliability": "F", "sensitivity": "public", "people_at_risk": "no",
    "ambiguous": "no", "both_ways": "no", "mode": "unclear", "modality": "asserted", "certainty": "confirmed", "stance": "supports",
}  # fmt: skip
# Where a column of that name may be empty, or means something else.
SPARED = {("relationships", "modality"), *((name, "reliability") for name in BY_NAME if name != "sources")}

ROWS = {
    "sources": [
        {"slug": "reuters-2019", "kind": "news", "title": "Qaim crossing reopens, says Reuters", "published": "2019-09-30", "language": "en", "url": "https://example.org/a", "reliability": "B"},
        {"slug": "old-atlas", "kind": "book", "title": 'An "Atlas", with commas', "title_original": "أطلس", "published": "196X", "note": "Two\nlines."},
    ],
    "territories": [
        {"slug": "syria", "kind": "country", "name": "Syria", "name_ar": "سوريا", "countries": "SY"},
        {"slug": "iraq", "kind": "country", "name": "Iraq", "name_ar": "العراق", "countries": "IQ"},
        {"slug": "bukamal", "kind": "town", "name": "Bukamal", "name_ar": "البوكمال", "countries": "SY", "pcode": "SY090200", "longitude": "40.918", "latitude": "34.4522", "uncertainty_m": "500", "people_at_risk": "yes"},
        {"slug": "wilayat-al-furat", "kind": "declared_province", "name": "Wilayat al-Furat", "countries": "SY;IQ", "existed": "2014-08/2017-11"},
        {"slug": "qaim-crossing-place", "kind": "crossing", "name": "Qaim crossing", "countries": "IQ;SY"},
    ],
    "territory_names": [
        {"record": "bukamal", "text": "Abu Kamal", "language": "ar-Latn", "kind": "transliteration", "source": "old-atlas"},
        {"record": "bukamal", "text": "البو كمال", "language": "ar", "kind": "variant", "ambiguous": "yes", "period": "2014/.."},
    ],
    "territory_citations": [{"record": "bukamal", "number": "1", "source": "old-atlas", "attribute": "name", "asserted_value": "Abou Kemal", "locator": "p. 3", "credibility": "2", "stance": "disputes"}],
    "containments": [
        {"slug": "bukamal-in-syria", "child": "bukamal", "parent": "syria", "basis": "de_jure"},
        {"slug": "bukamal-in-furat", "child": "bukamal", "parent": "wilayat-al-furat", "basis": "declared", "period": "2014-08~/2017-11"},
    ],
    "containment_citations": [{"record": "bukamal-in-furat", "number": "1", "source": "reuters-2019", "quote": "said,\nit was"}],
    "crossings": [{"slug": "qaim-crossing", "territory": "qaim-crossing-place", "side_a": "syria", "name_a": "Bukamal", "side_b": "iraq", "name_b": "Qaim"}],
    "crossing_statuses": [{"slug": "qaim-open-2019", "crossing": "qaim-crossing", "state": "open", "period": "2019-09-30/.."}],
    "crossing_status_citations": [{"record": "qaim-open-2019", "number": "1", "source": "reuters-2019"}],
    "actors": [
        {"slug": "syrian-army", "kind": "state_military", "name": "Syrian Arab Army", "countries": "SY", "parent": "syrian-state", "home": "syria"},
        {"slug": "syrian-state", "kind": "state", "name": "Syrian state", "countries": "SY", "ucdp_id": "118"},
        {"slug": "is", "kind": "nonstate_armed_group", "name": "Islamic State", "name_ar": "الدولة الإسلامية", "existed": "2014-06-29/.."},
    ],
    "actor_names": [{"record": "is", "text": "Daesh", "language": "en", "kind": "exonym"}],
    "actor_citations": [{"record": "is", "number": "1", "source": "reuters-2019"}, {"record": "is", "number": "2", "source": "old-atlas"}],
    "relationships": [{"slug": "army-fights-is", "subject": "syrian-army", "kind": "fights", "object": "is", "period": "2014/2017", "territory": "bukamal"}],
    "relationship_citations": [{"record": "army-fights-is", "number": "1", "source": "reuters-2019"}],
    "authorities": [
        {"slug": "is-holds-bukamal", "actor": "is", "role": "controls", "territory": "bukamal", "mode": "informal", "share": "sole", "period": "2014-07/2017-11"},
    ],
    "authority_citations": [{"record": "is-holds-bukamal", "number": "1", "source": "reuters-2019"}],
    "crossing_controls": [{"crossing_status": "qaim-open-2019", "side": "a", "actor": "syrian-army"}],
    "episodes": [
        {"slug": "caliphate", "title": "The caliphate", "kind": "phase", "ordinal": "2.1", "parent": "war", "territory": "bukamal", "period": "2014/2017"},
        {"slug": "war", "title": "The war", "kind": "background", "ordinal": "2", "period": "2011/.."},
    ],
    "episode_citations": [{"record": "war", "number": "1", "source": "reuters-2019"}],
    "events": [
        {"slug": "bukamal-taken-2017", "kind": "territorial_takeover", "title": "The army takes Bukamal", "summary": "It did.", "date": "2017-11-19", "territory": "bukamal", "longitude": "40.918", "latitude": "34.452", "uncertainty_m": "2000", "episode": "caliphate"},
        {"slug": "qaim-opened-2019", "kind": "crossing_opened", "title": "The crossing opens again", "date": "2019-09-30~", "territory": "qaim-crossing-place"},
    ],
    "event_citations": [{"record": "bukamal-taken-2017", "number": str(n), "source": "reuters-2019"} for n in (1, 2, 10)],
    "participations": [{"event": "bukamal-taken-2017", "actor": "is", "role": "target"}, {"event": "bukamal-taken-2017", "actor": "syrian-army", "role": "initiator", "sub_role": "attacker"}],
    "casualties": [{"event": "bukamal-taken-2017", "number": "1", "kind": "killed", "whom": "actor", "actor": "is", "low": "10", "best": "20", "high": "15", "source": "reuters-2019"}],
    "authority_events": [{"authority": "is-holds-bukamal", "bound": "end", "event": "bukamal-taken-2017"}],
    "movements": [{"slug": "trucks-2019", "title": "Trucks again", "kind": "goods", "origin": "iraq", "destination": "syria", "via": "qaim-crossing-place", "both_ways": "yes", "quantity_low": "10", "quantity_high": "100.5", "unit": "trucks a day", "period": "2019-10/.."}],
    "movement_citations": [{"record": "trucks-2019", "number": "1", "source": "reuters-2019"}],
    "findings": [
        {"slug": "dilemma", "kind": "dilemma", "statement": "Open, or closed?", "as_of": "2020"},
        {"slug": "branch-open", "kind": "conditional", "statement": "If open, then trade.", "parent": "dilemma", "condition": "it opens"},
    ],
    "finding_territories": [{"finding": "dilemma", "territory": "bukamal"}],
    "finding_actors": [{"finding": "dilemma", "actor": "syrian-state"}],
    "finding_citations": [{"record": "dilemma", "number": "1", "source": "old-atlas"}],
}  # fmt: skip

OUTLINE = {
    "type": "Feature",
    "properties": {
        "territory": "bukamal",
        "number": 1,
        "source": "old-atlas",
        "period": "",
        "note": "Coarse.",
    },
    "geometry": {
        "type": "Polygon",
        "coordinates": [[[40.9, 34.4], [41.0, 34.4], [41.0, 34.5], [40.9, 34.5], [40.9, 34.4]]],
    },
}


def full(table: str, row: dict[str, str]) -> dict[str, str]:
    """A row with every column of its table, those not given at their usual value."""
    usual = {
        name: "" if (table, name) in SPARED else DEFAULTS.get(name, "") for name in BY_NAME[table].header
    }
    if "whom" in usual:
        usual["whom"] = "unknown"
    return usual | row


def text(table: str, *rows: dict[str, str], header: list[str] | None = None) -> bytes:
    """A CSV of ``table`` with these rows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    names = header or list(BY_NAME[table].header)
    writer.writerow(names)
    writer.writerows([full(table, row)[name] for name in names] for row in rows)
    return out.getvalue().encode()


def file(table: str, *rows: dict[str, str], name: str = "") -> Given:
    """Such a CSV as a file handed in."""
    return Given.named(name or f"{table}.csv", text(table, *rows))


def world() -> list[Given]:
    """Every file of the small world."""
    outline = Given.named("outlines/bukamal-1.geojson", json.dumps(OUTLINE).encode())
    return [outline, *(file(table, *rows) for table, rows in ROWS.items())]
