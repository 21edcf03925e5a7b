"""Outlines of others as a file that is brought: each feature finds its territory by P-code, is looked over, and taken back."""

import json

import pytest
from django.core.files.base import ContentFile

from border.imports import jobs
from border.imports.asking import bring
from border.imports.loading import NotAsSaid
from border.imports.models import Import
from territories.models import Outline
from tests import factories as make
from tests.imports import invented
from tests.imports.test_import_jobs import answered

pytestmark = pytest.mark.django_db

SQUARE = [[41, 34], [42, 34], [42, 35], [41, 35], [41, 34]]
TRIANGLE = [[41, 34], [42, 34], [42, 35.25], [41, 34]]


def feature(code, ring=SQUARE):
    return {
        "type": "Feature",
        "properties": {"ADM1_PCODE": code[:4], "ADM2_PCODE": code, "ADM2_EN": "Somewhere"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def drawn(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def places(db):
    make.SourceFactory(slug="ocha", title="Boundaries")
    make.TerritoryFactory(
        slug="albu-kamal", kind="district", name="Abu Kamal", countries=["SY"], pcode="SY0902"
    )
    qaim = make.TerritoryFactory(
        slug="qaim", kind="district", name="Qaim", countries=["IQ"], pcode="IQG01Q02"
    )
    return {"qaim": qaim}


@pytest.fixture
def brought():
    """``brought(content)``: the import of a file that somebody brought and a worker has read."""

    def bring_file(content, name="adm2.geojson", release="ocha"):
        by = make.UserFactory(is_superuser=True)
        one = bring(ContentFile(content), name=name, release=release, within="", by=by)
        answered(jobs.read_file, one)
        return one

    return bring_file


def test_features_find_their_territories_and_are_taken_back(places, brought):
    one = brought(drawn(feature("SY0902"), feature("IQG01Q02", TRIANGLE)))
    assert (one.format, one.release.slug, one.counts) == ("outlines", "ocha", {"new": 2})
    assert [
        (row.told["territory"], row.told["number"], row.told["shape"]) for row in one.rows.order_by("line")
    ] == [
        ("albu-kamal", "1", "Polygon, 5 points, longitude 41 to 42, latitude 34 to 35"),
        ("qaim", "1", "Polygon, 4 points, longitude 41 to 42, latitude 34 to 35.25"),
    ]
    answered(jobs.write_rows, one, why="Official boundaries.")
    assert (one.batch.format, one.batch.release) == ("outlines", one.release)
    outline = Outline.objects.get(territory__slug="qaim")
    assert (outline.source.slug, outline.geometry["coordinates"]) == ("ocha", [TRIANGLE])
    answered(jobs.take_back, one, why="Too coarse.")
    assert not Outline.objects.exists()


def test_new_shape_is_told_beside_those_that_are_there(places, brought):
    make.OutlineFactory(territory=places["qaim"], number=3, source=make.SourceFactory(slug="atlas"))
    one = brought(drawn(feature("IQG01Q02")))
    row = one.rows.get()
    assert row.told["number"] == "4"
    (before,) = [before for name, before, _ in row.differences if name == "shape"]
    assert before.startswith("number 3 by atlas: ")
    assert "points, longitude" in before


def test_same_shapes_again_change_nothing(places, brought):
    answered(jobs.write_rows, brought(drawn(feature("SY0902"))), why="Official boundaries.")
    one = brought(drawn(feature("SY0902")))
    assert one.counts == {"same": 1}
    assert "nothing to write" in answered(jobs.write_rows, one, why="Again.")["message"]


def test_features_without_a_territory_or_a_shape_are_refused_one_by_one(places, brought):
    crossed = feature("IQG01Q02", [[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]])
    nameless = feature("SY0902") | {"properties": {"ADM2_PCODE": None}}
    one = brought(drawn(feature("SY0902"), feature("SY0101"), crossed, nameless))
    assert one.counts == {"new": 1, "refused": 3}
    told = {row.line: row.remarks[0] for row in one.rows.filter(verdict="refused")}
    assert told[2] == [
        "pcode",
        "SY0101",
        "Left out: No territory has this P-code. Give it to the territory that is meant.",
    ]
    assert told[3][1] == "IQG01Q02"
    assert "Self-intersection" in told[3][2]
    assert told[4][2] == "Left out: The feature has no P-code."
    with pytest.raises(jobs.NotNow, match="left out"):
        answered(jobs.write_rows, one, why="Official boundaries.")
    answered(jobs.write_rows, one, why="Official boundaries.", without_refused=True)
    assert Outline.objects.get().territory.slug == "albu-kamal"


@pytest.mark.parametrize(("release", "said"), [("", "Say whose"), ("nobody", "There is no source nobody")])
def test_whose_outlines_they_are_is_said(places, brought, release, said):
    with pytest.raises(NotAsSaid, match=said):
        brought(drawn(feature("SY0902")), release=release)
    assert Import.objects.get().state == "waiting"


def test_levels_of_divisions_lie_in_one_archive(places, brought):
    one = brought(
        invented.packed(
            adm1__geojson=drawn(feature("SY09")), adm2__geojson=drawn(feature("SY0902")), readme__pdf=b"%PDF"
        ),
        "syr.zip",
    )
    assert one.counts == {"new": 1, "refused": 1}
    assert one.layout["said"] == ["syr.zip: readme.pdf: Not read: this is no table."]
    assert answered(jobs.write_rows, one, why="Official boundaries.", without_refused=True)["batch"]


def test_what_was_drawn_since_is_not_drawn_over(places, brought):
    one = brought(drawn(feature("IQG01Q02")))
    make.OutlineFactory(territory=places["qaim"], number=1)
    with pytest.raises(NotAsSaid, match="read again"):
        answered(jobs.write_rows, one, why="Official boundaries.")


@pytest.mark.shared
def test_official_districts_are_taken_in(places, brought, shared):
    path = shared / "data" / "boundaries" / "border_districts_qaim_abukamal.geojson"
    one = brought(path.read_bytes(), path.name)
    assert one.counts == {"new": 2}
    assert {row.told["territory"] for row in one.rows.all()} == {"albu-kamal", "qaim"}
    answered(jobs.write_rows, one, why="Official boundaries.")
    assert 6_500 < Outline.objects.get(territory__slug="albu-kamal").area_km2 < 7_100


@pytest.mark.shared
def test_official_governorates_that_are_not_here_are_named(places, brought, shared):
    path = shared / "data" / "boundaries" / "irq_adm2.geojson"
    one = brought(path.read_bytes(), path.name)
    assert one.counts["new"] == 1
    assert all(column == "pcode" and value.startswith("IQ") for column, value, _ in _said(one))


def _said(one):
    return [row.remarks[0] for row in one.rows.filter(verdict="refused")]
