"""UCDP's list of actors: kept as it came, makes nobody, and says of names that wait what else they are called."""

import csv
import io

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from actors.models import Actor
from border.imports import jobs
from border.imports.asking import bring
from border.imports.models import ActorReading
from border.imports.reading import read
from border.imports.releases import UnknownRelease
from events.models import Event, ExternalRecord
from tests import factories as make
from tests.imports import invented
from tests.imports.invented import ACTORS, town
from tests.imports.test_import_jobs import answered

pytestmark = pytest.mark.django_db

FRONT = invented.ACTOR_ROW
GROUP = {
    "ActorId": "777",
    "NameData": "IGB",
    "NameOrig": "IGB",
    "NameOrigFullEng": "Invented Group of the Bridge",
    "NewName": "IGN, IGS",
    "NewNameFullMotherTongue": "n/a",
    "NewNameFullEng": "Invented Group of the North, Invented Group of the South",
    "NamePrev": "Invented Front",
    "ActorIdPrev": "9091",
    "Location": "Syria, Iraq",
    "Version": "22.1",
}


@pytest.fixture
def brought():
    """``brought(*rows)``: the import of a list that somebody brought and a worker has read."""

    def bring_file(*rows, name="ucdp-actor-221.csv", **how):
        how = {"release": "", "within": "", "by": make.UserFactory()} | how
        one = bring(ContentFile(invented.file(ACTORS, rows)), name=name, **how)
        answered(jobs.read_file, one)
        return one

    return bring_file


def written(one):
    answered(jobs.write_rows, one, why="The list of actors.")
    return one


def reading(number="777"):
    found = ActorReading.objects.get(key=f"id {number}")
    return found.found, found.how, [one.slug for one in found.actors.order_by("slug")]


def test_list_is_kept_as_it_came_and_makes_nobody(brought):
    one = brought(FRONT, GROUP)
    assert (one.format, one.release.dataset, one.release.version) == ("ucdp-actors", "UCDP actors", "22.1")
    assert one.counts == {"new": 2}
    assert not ExternalRecord.objects.exists()
    written(one)
    kept = ExternalRecord.objects.get(key="777")
    assert (kept.release, kept.event, kept.raw["NewName"]) == (one.release, None, "IGN, IGS")
    assert kept.told == {
        "name": "IGB",
        "names": [
            "Invented Group of the Bridge",
            "IGN, IGS",
            "Invented Group of the North, Invented Group of the South",
        ],
        "location": "Syria, Iraq",
        "earlier": "Invented Front (9091)",
    }
    assert one.batch.counts == {"external_records": {"new": 2, "changed": 0, "same": 0}}
    assert not Actor.objects.exists()
    assert not Event.objects.exists()
    answered(jobs.take_back, one, why="Too old.")
    assert not ExternalRecord.objects.exists()


def test_list_again_changes_nothing_and_the_next_one_what_it_says_otherwise(brought):
    written(brought(FRONT, GROUP))
    again = brought(FRONT, GROUP)
    assert again.counts == {"same": 2}
    assert "nothing to write" in answered(jobs.write_rows, again, why="Again.")["message"]
    newer = {"Version": "23.1"}
    one = brought(
        FRONT | newer, GROUP | newer | {"NameData": "IGBN", "NameOrig": "IGBN"}, name="ucdp-actor-231.csv"
    )
    assert one.counts == {"changed": 1, "same": 1}
    assert one.rows.get(verdict="changed").differences == [("name", "IGB", "IGBN")]
    written(one)
    assert ExternalRecord.objects.filter(key="777").count() == 2
    changed = brought(GROUP | {"Location": "Syria"})
    assert changed.counts == {"changed": 1}
    written(changed)
    assert ExternalRecord.objects.get(key="777", release__version="22.1").raw["Location"] == "Syria"


def test_name_that_waits_is_asked_by_all_that_its_id_is_called(world, take, brought):
    make.ActorFactory(slug="south", name="Invented Group of the South", kind="nonstate_armed_group")
    take(town(side_b="IGB", side_b_new_id="777"))
    assert reading() == ("unknown", "", [])
    one = written(brought(GROUP))
    assert reading() == ("unsure", "Another name that UCDP has for it.", ["south"])
    answered(jobs.take_back, one, why="Too old.")
    assert reading() == ("unknown", "", [])


def test_name_of_a_later_file_is_asked_so_too_and_left_to_a_person(world, take, brought):
    written(brought(GROUP))
    make.ActorFactory(slug="south", name="Invented Group of the South", kind="nonstate_armed_group")
    take(town(side_b="IGB", side_b_new_id="777"))
    assert reading() == ("unsure", "Another name that UCDP has for it.", ["south"])
    assert not Event.objects.get().participations.filter(role="side_b").exists()


def test_what_the_row_itself_says_comes_first(world, take, brought):
    make.ActorFactory(slug="bridge", name="IGB", kind="nonstate_armed_group")
    make.ActorFactory(slug="south", name="Invented Group of the South", kind="nonstate_armed_group")
    written(brought(GROUP))
    take(town(side_b="IGB", side_b_new_id="777"))
    assert reading() == ("matched", "The same name.", ["bridge"])


def test_what_somebody_decided_stays(world, take, brought, say):
    make.ActorFactory(slug="south", name="Invented Group of the South", kind="nonstate_armed_group")
    take(town(side_b="IGB", side_b_new_id="777"))
    say(ActorReading.objects.get(key="id 777"), "nobody")
    written(brought(GROUP))
    assert reading()[0] == "nobody"


def test_latest_list_is_asked(world, take, brought):
    make.ActorFactory(slug="south", name="Invented Group of the South", kind="nonstate_armed_group")
    written(brought(GROUP | {"NewNameFullEng": "n/a", "Version": "23.1"}, name="ucdp-actor-231.csv"))
    written(brought(GROUP))
    take(town(side_b="IGB", side_b_new_id="777"))
    assert reading() == ("unknown", "", [])


def test_rows_that_cannot_be_right_are_left_out(brought):
    one = brought(FRONT, GROUP | {"NameData": " "}, FRONT)
    assert one.counts == {"new": 1, "refused": 1, "repeated": 1}
    assert one.rows.get(verdict="refused").remarks[0][0] == "NameData"
    with pytest.raises(jobs.NotNow, match="left out"):
        written(one)
    answered(jobs.write_rows, one, why="The list of actors.", without_refused=True)
    assert ExternalRecord.objects.get().key == "9091"


@pytest.mark.parametrize("how", [{"within": "40,34,41,35"}, {"whole": True}])
def test_list_has_neither_area_nor_years(tmp_path, db, how):
    path = tmp_path / "list.csv"
    path.write_bytes(invented.file(ACTORS, [GROUP]))
    with pytest.raises(UnknownRelease, match="neither places nor years"):
        read(path, "ucdp-actor-221.csv", **how)


def test_shell_takes_a_list_in_and_gives_it_back(tmp_path, db):
    path, back, told = tmp_path / "ucdp-actor-221.csv", tmp_path / "back.csv", io.StringIO()
    path.write_bytes(invented.file(ACTORS, [FRONT, GROUP]))
    call_command("load", str(path), stdout=told)
    assert "as ucdp-actor-22-1: 2 new" in told.getvalue()
    call_command("dump", str(back), "--format", "ucdp-actors", "--release", "ucdp-actor-22-1", stdout=told)
    assert back.read_bytes() == path.read_bytes()


@pytest.mark.shared
def test_real_list_is_taken_in_and_given_back(tmp_path, db, shared):
    path, back = shared / "data" / "ucdp" / "ucdp-actor-221.csv", tmp_path / "back.csv"
    call_command("load", str(path), stdout=io.StringIO())
    assert ExternalRecord.objects.count() == 1_725
    assert not Actor.objects.exists()
    call_command(
        "dump", str(back), "--format", "ucdp-actors", "--release", "ucdp-actor-22-1", stdout=io.StringIO()
    )
    assert [*csv.reader(io.StringIO(back.read_text("utf-8")))] == [
        *csv.reader(io.StringIO(path.read_text("utf-8")))
    ]
