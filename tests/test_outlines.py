"""The coarse figures keep the promises of docs/outlines.md."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from shapely.geometry import Point, Polygon, shape

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "fixtures" / "outlines"
OUTLINES = {
    path.stem.removesuffix("-1"): json.loads(path.read_text("utf-8"))
    for path in sorted(FOLDER.glob("*.geojson"))
}
BASE = ROOT / "border" / "static" / "border" / "base.geojson"

# Settlements beside the border, by longitude and latitude: where a careless figure would err first.
IN_BUKAMAL = {
    "bukamal-city": (40.91854, 34.45226),
    "al-hari": (40.95417, 34.40986),
    "hajin": (40.83138, 34.69508),
}
IN_QAIM = {"husaybah": (40.985326, 34.39018), "karabilah": (41.03083, 34.38361), "ubaydi": (41.200939, 34.42)}


def positions(geometry: dict) -> list[list[float]]:
    rings = geometry["coordinates"] if geometry["type"] == "Polygon" else [geometry["coordinates"]]
    return [position for ring in rings for position in ring]


def test_the_six_figures_are_there():
    assert set(OUTLINES) == {
        "anbar-governorate",
        "bukamal-district",
        "deir-ez-zor-governorate",
        "euphrates",
        "iraq-syria-border",
        "qaim-district",
    }


@pytest.mark.parametrize("slug", OUTLINES)
def test_outline_is_a_small_valid_feature(slug):
    outline = OUTLINES[slug]
    figure = shape(outline["geometry"])
    assert outline["type"] == "Feature"
    assert outline["properties"]["territory"] == slug
    cited = outline["properties"]["source"] or outline["properties"]["note"]
    assert "ocha-cod-ab" in cited or "Natural Earth" in cited
    assert outline["properties"]["note"].startswith("Coarse figure")
    assert figure.is_valid
    assert figure.is_simple
    found = positions(outline["geometry"])
    assert len(found) <= 60
    assert all(round(value, 2) == value for position in found for value in position)
    assert all(one != next_one for one, next_one in pairwise(found))


@pytest.mark.parametrize("slug", [slug for slug in OUTLINES if not slug.startswith(("euphrates", "iraq"))])
def test_rings_are_closed_and_right_handed(slug):
    exterior, *holes = OUTLINES[slug]["geometry"]["coordinates"]
    assert exterior[0] == exterior[-1]
    assert Polygon(exterior).exterior.is_ccw
    assert holes == []


def test_settlements_lie_in_their_own_district_and_governorate():
    figures = {slug: shape(outline["geometry"]) for slug, outline in OUTLINES.items()}
    for own, other, governorate, places in (
        ("bukamal-district", "qaim-district", "deir-ez-zor-governorate", IN_BUKAMAL),
        ("qaim-district", "bukamal-district", "anbar-governorate", IN_QAIM),
    ):
        for slug, place in places.items():
            assert figures[own].contains(Point(place)), slug
            assert figures[governorate].contains(Point(place)), slug
            assert not figures[other].contains(Point(place)), slug


def test_the_border_line_passes_between_the_two_towns():
    border = shape(OUTLINES["iraq-syria-border"]["geometry"])
    assert border.crosses(
        shape({"type": "LineString", "coordinates": [IN_BUKAMAL["bukamal-city"], IN_QAIM["husaybah"]]})
    )


def test_docs_state_the_vertices_of_every_figure():
    page = (ROOT / "docs" / "outlines.md").read_text("utf-8")
    for slug, outline in OUTLINES.items():
        assert f"| `{slug}-1.geojson` | {len(positions(outline['geometry']))} |" in page


def test_base_map_is_small_and_named_in_both_scripts():
    assert BASE.stat().st_size <= 60_000
    features = json.loads(BASE.read_text("utf-8"))["features"]
    for feature in features:
        assert shape(feature["geometry"]).is_valid
    names = [f["properties"] for f in features if f["geometry"]["type"] == "Point"]
    assert {"bukamal-city", "qaim-town"} <= {name.get("slug") for name in names}
    for name in names:
        assert name["en"].isascii() or name["en"] == "Türkiye"
        assert any("\u0600" <= letter <= "\u06ff" for letter in name["ar"])


def test_base_map_uses_only_kinds_that_the_map_draws():
    program = (ROOT / "border" / "static" / "border" / "point.js").read_text("utf-8")
    style = (BASE.parent / "map.css").read_text("utf-8")
    for feature in json.loads(BASE.read_text("utf-8"))["features"]:
        kind = feature["properties"]["kind"]
        if feature["geometry"]["type"] != "Point":
            assert f'"{kind}"' in program, kind
            assert f".is-{kind}" in style, kind
