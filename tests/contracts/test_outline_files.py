"""Outlines as GeoJSON: what is refused, and polygons of others that find their territory by P-code."""

import json
from copy import deepcopy

import pytest
from django.core.management import call_command

from border.contracts.load import load
from border.contracts.outlines import area_km2
from border.contracts.read import Given
from territories.models import Outline, Territory
from tests.contracts.world import OUTLINE

SQUARE = [[41, 34], [42, 34], [42, 35], [41, 35], [41, 34]]


def changed(**parts):
    outline = deepcopy(OUTLINE)
    for name, value in parts.items():
        outline[name] = outline[name] | value if isinstance(value, dict) else value
    return json.dumps(outline).encode()


BROKEN = {
    "not JSON": (b"territory,number", "This is not GeoJSON"),
    "not UTF-8": (b'{"type": "\xff"}', "not UTF-8"),
    "a NaN": (changed(geometry={"coordinates": [[[float("nan"), 1]]]}), "NaN is no number"),
    "a bare geometry": (json.dumps(OUTLINE["geometry"]).encode(), "FeatureCollection"),
    "deep nesting": (b"[" * 100_000, "This is not GeoJSON"),
    "no feature": (json.dumps({"type": "FeatureCollection", "features": [1]}).encode(), 'no GeoJSON "Feature"'),
    "no properties": (changed(properties=None), "no properties"),
    "unknown property": (changed(properties={"teritory": "x"}), "Perhaps territory?"),
    "missing property": (json.dumps(OUTLINE | {"properties": {"territory": "bukamal"}}).encode(), "This property is missing"),
    "property of lists": (changed(properties={"note": ["x"]}), "neither a text nor a number"),
    "number 0": (changed(properties={"number": 0}), "numbered from 1"),
    "number 1.5": (changed(properties={"number": 1.5}), "not a whole number"),
    "unknown territory": (changed(properties={"territory": "bukamall"}), "Perhaps bukamal?"),
    "unknown source": (changed(properties={"source": "atlas"}), "Perhaps old-atlas?"),
    "hidden character": (changed(properties={"note": "a\u202eb"}), "U+202E"),
    "bad date": (changed(properties={"period": "03/04/2014"}), "2014-04-03"),
    "area below zero": (changed(properties={"area_km2": -1}), "more than zero"),
    "a point": (changed(geometry={"type": "Point", "coordinates": [41, 34]}), "An outline is one of"),
    "no geometry": (changed(geometry=None), "An outline is one of"),
    "wrong depth": (changed(geometry={"coordinates": SQUARE}), "nested"),
    "words for numbers": (changed(geometry={"coordinates": [[["41", "34"]]]}), "A position is two numbers"),
    "four numbers": (changed(geometry={"coordinates": [[[1, 2, 3, 4]]]}), "a longitude and a latitude"),
    "degrees off the globe": (changed(geometry={"coordinates": [[[34, 999], *SQUARE]]}), "between -180 and 180"),
    "not closed": (changed(geometry={"coordinates": [SQUARE[:3]]}), "not closed"),
    "crossing itself": (changed(geometry={"coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}), "Self-intersection"),
    "empty": (changed(geometry={"coordinates": []}), "it is empty"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_broken_outlines_are_refused_with_their_reason(standing_world, db, case):
    content, says = BROKEN[case]
    outcome = load([Given.named("o.geojson", content)])
    assert any(says in str(fault) for fault in outcome.faults), list(map(str, outcome.faults))
    assert Outline.objects.count() == 1


def test_lines_have_no_area():
    assert area_km2({"type": "LineString", "coordinates": SQUARE}) is None


def test_area_of_a_square_degree_is_that_of_the_ellipsoid():
    # From the closed formula of the zone between two parallels of WGS 84, one degree wide.
    assert float(area_km2({"type": "Polygon", "coordinates": [SQUARE]})) == pytest.approx(10_175.6, abs=15)


def borrowed(*codes):
    features = [
        {
            "type": "Feature",
            "properties": {"admin0Pcode": code[:2], "admin2Pcode": code},
            "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
        }
        for code in codes
    ]
    return Given.named(
        "adm2.geojson", json.dumps({"type": "FeatureCollection", "features": features}).encode()
    )


def test_polygons_of_others_find_their_territory_once(small_world):
    files = [borrowed("SY090200", "SY0101")]
    assert "--outlines-by" in str(load(files).faults[0])
    outcome = load(files, outlines_by="old-atlas")
    assert outcome.counts == {"outlines": {"new": 1, "changed": 0, "same": 0}}
    assert [str(warning) for warning in outcome.warnings] == [
        'adm2.geojson, feature 2, pcode "SY0101": Left out: No territory has this P-code. Give it to the territory that is meant.'
    ]
    assert (
        Outline.objects.get(territory__slug="bukamal", number=2).note
        == "As drawn in adm2.geojson, P-code SY090200."
    )
    assert load(files, outlines_by="old-atlas").batch is None


def test_polygons_of_an_unknown_source_are_refused(small_world):
    assert "no source of this slug" in str(load([borrowed("SY090200")], outlines_by="atlas").faults[0])


@pytest.mark.shared
def test_official_polygons_of_the_districts_load(small_world, shared):
    Territory.objects.filter(slug="bukamal").update(pcode="SY0902")
    path = shared / "data" / "boundaries" / "border_districts_qaim_abukamal.geojson"
    call_command("load", str(path), "--outlines-by", "old-atlas")
    assert 6_500 < Outline.objects.get(territory__slug="bukamal", number=2).area_km2 < 7_100
