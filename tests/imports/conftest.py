"""The small world that the files of the tests speak of."""

import pytest

from tests import factories as make


@pytest.fixture
def world(db):
    """Two states, a governorate, a district and a town on the border, and those who fight there."""
    syria = make.TerritoryFactory(slug="syria", kind="country", name="Syria", countries=["SY"])
    iraq = make.TerritoryFactory(slug="iraq", kind="country", name="Iraq", countries=["IQ"])
    make.TerritoryFactory(slug="deir-ez-zor", kind="governorate", name="Deir ez-Zor", countries=["SY"])
    make.TerritoryFactory(slug="albu-kamal", kind="district", name="Abu Kamal", countries=["SY"])
    town = make.TerritoryFactory(
        slug="bukamal",
        kind="town",
        name="Bukamal",
        countries=["SY"],
        longitude="40.9186",
        latitude="34.4522",
        uncertainty_m=500,
    )
    make.TerritoryNameFactory(record=town, text="Al-Bukamal", kind="transliteration")
    make.ActorFactory(
        slug="is", name="Islamic State", kind="nonstate_armed_group", ucdp_id=234, existed="2013-04/.."
    )
    make.ActorFactory(
        slug="aqi", name="Al-Qaeda in Iraq", kind="nonstate_armed_group", ucdp_id=234, existed="2004/2006"
    )
    make.ActorFactory(slug="syria-state", name="Syrian Arab Republic", kind="state", ucdp_id=118)
    return {"syria": syria, "iraq": iraq, "town": town}
