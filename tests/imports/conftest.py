"""The small world that the files of the tests speak of."""

import pytest

from border.history import undo
from border.history.selection import of_batch
from border.imports.choices import Answer
from border.imports.deciding import Said, decide, latest
from border.imports.reading import read
from border.imports.writing import write
from tests import factories as make
from tests.imports import invented


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


@pytest.fixture
def take(tmp_path):
    """``take(*rows)``: a file of these rows, read and written; the import and the batch."""

    def taken(*rows, header=invented.GED, name="ged231.csv", **how):
        path = tmp_path / name
        path.write_bytes(invented.file(header, rows))
        found = read(path, name, **how)
        written = write(found, by=None, why="The new release.", via="load")
        return found, written

    return taken


@pytest.fixture(params=[undo.apply, undo.take_back], ids=["row by row", "by sets"])
def back(request):
    """``back(batch, reason)``: the batch is taken back, as on its own page and as by a worker."""
    return lambda batch, reason: request.param(of_batch(batch), by=make.UserFactory(), reason=reason)


@pytest.fixture
def file(tmp_path):
    def made(*rows, name="ged231.csv", header=invented.GED):
        path = tmp_path / name
        path.write_bytes(invented.file(header, rows))
        return path

    return made


@pytest.fixture
def person(db):
    return make.UserFactory()


@pytest.fixture
def say(person):
    """``say(reading, answer, *actors, territory=)``: somebody who has seen what was said last decides."""

    def said(reading, answer, *actors, territory=None, by=person, seen=None):
        last = latest(reading)
        known = (last.pk if last else 0) if seen is None else seen
        answers = {
            reading.pk: Said(Answer(answer), tuple(one.pk for one in actors), territory and territory.pk)
        }
        outcome = decide(type(reading), answers, seen={reading.pk: known}, by=by)
        reading.refresh_from_db()
        return outcome

    return said
