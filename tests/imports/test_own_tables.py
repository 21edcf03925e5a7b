"""Border's own tables through the pages of imports: known by their header, looked over, written, taken back."""

import datetime as dt
import io
import json
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from actors.models import Actor, ActorName
from border.accounts import rights
from border.contracts.load import load
from border.contracts.tables import CONTRACTS
from border.imports import jobs
from border.imports.asking import bring
from border.imports.formats import NotReadable
from border.imports.loading import NotAsSaid, _right
from border.imports.models import Import, StagedRow
from border.imports.reading import read
from events.models import Event
from sources.models import Batch
from territories.models import Outline, Territory
from tests import factories as make
from tests.contracts.conftest import counts, history
from tests.contracts.world import OUTLINE, ROWS, full, text, world
from tests.imports import invented
from tests.imports.test_import_jobs import answered

pytestmark = pytest.mark.django_db

ARMY = {"slug": "new-army", "kind": "state_military", "name": "New Army", "countries": "SY"}


def packed(*tables, **others):
    """A ZIP of these tables of the small world, and of other files."""
    made = {f"{table}__csv": text(table, *ROWS[table]) for table in tables}
    return invented.packed(**made, **others)


def whole_world():
    return invented.packed(**{one.name: one.content for one in world()})


def book(*sheets):
    """A workbook: of each sheet its title, its table and its rows."""
    made = [(title, header_of(table), [full(table, row) for row in rows]) for title, table, rows in sheets]
    return invented.sheet(*made)


def header_of(table):
    return text(table).decode().strip().split(",")


@pytest.fixture
def small_world(db):
    assert load(world()).faults == []


@pytest.fixture
def importer():
    return make.UserFactory(is_superuser=True)


@pytest.fixture
def brought(importer):
    """``brought(content, name)``: the import of a file that an importer brought, not read yet."""

    def bring_file(content, name="own.zip", **how):
        how = {"release": "", "within": "", "by": importer} | how
        return bring(ContentFile(content), name=name, **how)

    return bring_file


def refused(content, name, tmp_path, **how):
    """What is said of a file that is not read."""
    path = tmp_path / "uploaded"
    path.write_bytes(content)
    with pytest.raises(NotReadable) as refusal:
        read(path, name, **how)
    return [str(fault) for fault in refusal.value.faults]


def test_tables_in_an_archive_are_written_as_one_batch_and_taken_back(brought):
    before = counts()
    one = brought(whole_world())
    answer = answered(jobs.read_file, one)
    told = sum(map(len, ROWS.values())) + 1
    assert answer["message"] == f"Read, and nothing is written yet: {told} new."
    assert counts() == before
    assert one.release is None
    assert one.layout["tables"]["actors"] == {"new": 3}
    answer = answered(jobs.write_rows, one, why="The first world.")
    batch = Batch.objects.get(pk=answer["batch"])
    assert (batch.format, batch.applied_by, batch.files[0]["rows"]) == ("border-csv", one.asked_by, told)
    assert batch.counts["events"] == {"new": 2, "changed": 0, "same": 0}
    assert Actor.objects.get(slug="syrian-army").parent.slug == "syrian-state"
    assert not StagedRow.objects.exists()
    answered(jobs.take_back, one, why="The wrong world.")
    assert not Event.objects.exists()
    assert not Territory.objects.exists()
    one.batch.refresh_from_db()
    assert one.batch.state == "undone"


def test_same_archive_again_is_written_as_no_batch_and_leaves_no_history(brought):
    load(world())
    before = history()
    one = brought(whole_world())
    answered(jobs.read_file, one)
    assert list(one.counts) == ["same"]
    assert "nothing to write" in answered(jobs.write_rows, one, why="Again.")["message"]
    assert history() == before


def test_table_is_known_by_its_header_whatever_the_file_is_called(small_world, brought):
    one = brought(text("actors", ARMY), "people of the border.csv")
    answered(jobs.read_file, one)
    assert (one.format, one.dialect, one.counts) == ("border-csv", "actors", {"new": 1})
    answered(jobs.write_rows, one, why="An army.")
    assert Actor.objects.get(slug="new-army").name == "New Army"


def test_tables_of_one_header_are_told_apart_by_their_names(small_world, brought, tmp_path):
    citation = {"record": "is", "number": "3", "source": "old-atlas"}
    one = brought(packed(actor_citations__2__csv=text("actor_citations", citation)))
    answered(jobs.read_file, one)
    assert one.layout["tables"] == {"actor_citations": {"new": 1}}
    (said,) = refused(text("actor_citations", citation), "quotes.csv", tmp_path)
    assert said.startswith(
        "quotes.csv, line 1: Several tables have this header. Call the file or the sheet after"
    )
    assert "event_citations" in said


def test_sheets_of_a_workbook_are_tables(small_world, brought):
    name = {"record": "new-army", "text": "الجيش الجديد", "language": "ar", "kind": "variant"}
    content = book(("actors", "actors", [ARMY]), ("actor_names", "actor_names", [name]))
    one = brought(content, "border.xlsx")
    answered(jobs.read_file, one)
    assert one.layout["tables"] == {"actors": {"new": 1}, "actor_names": {"new": 1}}
    assert [row.file for row in one.rows.order_by("number")] == [
        "border.xlsx: actors",
        "border.xlsx: actor_names",
    ]
    answered(jobs.write_rows, one, why="An army.")
    assert ActorName.objects.get(text="الجيش الجديد").record.slug == "new-army"


@pytest.mark.parametrize(
    ("shown", "kept"),
    [("mmm-yy", "2014-07"), ("yyyy", "2014"), ("d mmm yyyy", "2014-07-01"), ('mmm "day" yyyy', "2014-07")],
)
def test_day_that_a_spreadsheet_made_of_a_month_is_a_month(small_world, brought, shown, kept):
    event = full("events", ROWS["events"][1] | {"slug": "made-a-day"}) | {"date": dt.date(2014, 7, 1)}
    opened = load_workbook(io.BytesIO(invented.sheet(("events", header_of("events"), [event]))))
    opened["events"].cell(2, header_of("events").index("date") + 1).number_format = shown
    content = io.BytesIO()
    opened.save(content)
    one = brought(content.getvalue(), "events.xlsx")
    answered(jobs.read_file, one)
    assert one.rows.get().told["date"] == kept


def test_table_with_a_byte_order_mark_and_line_ends_of_windows(small_world, brought):
    one = brought(b"\xef\xbb\xbf" + text("actors", ARMY).replace(b"\n", b"\r\n"), "people.csv")
    answered(jobs.read_file, one)
    assert one.counts == {"new": 1}


def test_two_files_of_one_name_are_refused(small_world, tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("actors.csv", text("actors", ARMY))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("actors.csv", text("actors", ARMY))
    (said,) = refused(content.getvalue(), "own.zip", tmp_path)
    assert said == "own.zip: actors.csv: Two files of the archive are called so. Keep one."


def test_every_table_has_a_right_that_importers_hold():
    held = rights()["importer"]
    assert {_right(contract) for contract in CONTRACTS} <= held


def test_changed_rows_are_told_field_by_field(small_world, brought):
    row = ROWS["actors"][2] | {"name": "Islamic State group", "name_ar": ""}
    one = brought(text("actors", row, ARMY), "actors.csv")
    answered(jobs.read_file, one)
    changed, new = one.rows.order_by("number")
    assert (changed.verdict, changed.title) == ("changed", "actors is")
    assert sorted(changed.differences) == [
        ("name", "Islamic State", "Islamic State group"),
        ("name_ar", "الدولة الإسلامية", ""),
    ]
    assert (new.verdict, new.before, new.told["kind"]) == ("new", None, "state_military")


def test_faults_are_told_row_by_row_and_nothing_is_written(small_world, brought):
    before = counts()
    wrong = ARMY | {"slug": "other-army", "kind": "armee"}
    one = brought(text("actors", ARMY, wrong, {**ARMY, "slug": "third", "parent": "nobody"}), "actors.csv")
    answered(jobs.read_file, one)
    assert one.counts == {"new": 1, "refused": 2}
    ((column, value, message),) = one.rows.get(line=3).remarks
    assert (column, value) == ("kind", "armee")
    assert "state_military" in message
    assert one.rows.get(line=4).remarks[0][0] == "parent"
    with pytest.raises(jobs.NotNow, match="whole or not at all"):
        answered(jobs.write_rows, one, why="An army.", without_refused=True)
    assert counts() == before


def test_rule_of_the_database_is_told_at_its_row(small_world, brought):
    one = brought(text("events", ROWS["events"][0] | {"uncertainty_m": ""}), "events.csv")
    answered(jobs.read_file, one)
    assert one.counts == {"refused": 1}
    assert one.rows.get().remarks


def test_what_looks_like_a_slip_is_flagged_and_written(small_world, brought):
    swapped = ROWS["events"][0] | {"longitude": "34.452", "latitude": "40.918"}
    one = brought(text("events", swapped), "events.csv")
    answered(jobs.read_file, one)
    assert one.rows.flagged().get().remarks[0][0] == "longitude, latitude"
    assert answered(jobs.write_rows, one, why="A point.")["batch"]


def test_what_somebody_wrote_since_is_not_written_over(small_world, brought):
    one = brought(text("actors", ROWS["actors"][2] | {"name": "IS"}), "actors.csv")
    answered(jobs.read_file, one)
    group = Actor.objects.get(slug="is")
    group.name = "Daesh"
    group.save()
    with pytest.raises(NotAsSaid, match="read again"):
        answered(jobs.write_rows, one, why="A name.")
    answered(jobs.read_file, one)
    assert one.rows.get().differences == [("name", "Daesh", "IS")]
    answered(jobs.write_rows, one, why="A name.")
    group.refresh_from_db()
    assert group.name == "IS"


def test_batch_that_is_taken_back_gives_back_what_was_there(small_world, brought):
    one = brought(text("actors", ROWS["actors"][2] | {"name": "IS"}, ARMY), "actors.csv")
    answered(jobs.read_file, one)
    answered(jobs.write_rows, one, why="A name.")
    answered(jobs.take_back, one, why="No.")
    assert Actor.objects.get(slug="is").name == "Islamic State"
    assert not Actor.objects.filter(slug="new-army").exists()


def test_who_may_not_import_a_noun_cannot_through_an_archive(small_world, brought, giving):
    person = giving("imports.add_import", "actors.import_actor")
    one = brought(text("actors", ARMY), "actors.csv", by=person)
    answered(jobs.read_file, one)
    answered(jobs.write_rows, one, why="An army.")
    one = brought(packed("actors", "territory_names", "participations"), by=person)
    with pytest.raises(jobs.NotNow, match="You may not import territory_names, participations"):
        answered(jobs.read_file, one)


@pytest.fixture
def giving():
    """``giving(right, …)``: somebody with these rights."""
    from django.contrib.auth.models import Permission

    from border.accounts import grant

    def give(*rights):
        grant()
        person = make.UserFactory()
        for right in rights:
            app, _, codename = right.partition(".")
            person.user_permissions.add(
                Permission.objects.get(content_type__app_label=app, codename=codename)
            )
        return type(person)._default_manager.get(pk=person.pk)

    return give


def test_release_and_area_are_not_said_of_own_tables(small_world, tmp_path):
    path = tmp_path / "actors.csv"
    path.write_bytes(text("actors", ARMY))
    with pytest.raises(NotAsSaid, match="leave the release empty"):
        read(path, "actors.csv", release="23.1")
    with pytest.raises(NotAsSaid, match="no area"):
        read(path, "actors.csv", within="40,34,41,35")


def test_other_files_of_an_archive_are_left_out_and_told(small_world, brought):
    one = brought(packed("actors", readme__pdf=b"%PDF-1.7", notes__csv=b"what,else\n1,2\n"))
    answered(jobs.read_file, one)
    assert one.layout["said"] == [
        "own.zip: readme.pdf: Not read: this is no table.",
        "own.zip: notes.csv: Not read: this is no table of border's own.",
    ]


def test_outlines_of_ours_lie_in_an_archive_as_in_a_dump(small_world, brought):
    second = json.dumps(OUTLINE | {"properties": OUTLINE["properties"] | {"number": 2}}).encode()
    one = brought(packed(**{"outlines/bukamal-2.geojson": second}))
    answered(jobs.read_file, one)
    assert one.rows.get().told["shape"] == "Polygon, 5 points, longitude 40.9 to 41, latitude 34.4 to 34.5"
    answered(jobs.write_rows, one, why="A shape.")
    assert Outline.objects.count() == 2


def test_shell_takes_an_archive_in_as_the_admin_does(small_world, tmp_path):
    path, told = tmp_path / "own.zip", io.StringIO()
    path.write_bytes(packed(actors__csv=text("actors", ROWS["actors"][2] | {"name": "IS"}, ARMY)))
    call_command("load", str(path), "--dry-run", stdout=told)
    assert "own.zip: actors: 1 changed, 1 new" in told.getvalue()
    assert "actors is name: 'Islamic State' → 'IS'" in told.getvalue()
    assert not Actor.objects.filter(slug="new-army").exists()
    call_command("load", str(path), "--why", "An army.", stdout=told)
    assert "Written as batch" in told.getvalue()
    assert Actor.objects.filter(slug="new-army").exists()
    assert Import.objects.get().state == "written"


def test_shell_refuses_an_archive_with_a_fault_whole(small_world, tmp_path):
    path = tmp_path / "own.zip"
    path.write_bytes(packed(actors__csv=text("actors", ARMY, ARMY | {"slug": "b", "kind": "armee"})))
    with pytest.raises(CommandError, match='line 3, kind "armee"') as refusal:
        call_command("load", str(path), "--without-refused")
    assert "--without-refused" not in str(refusal.value)
    assert not Actor.objects.filter(slug="new-army").exists()


def test_too_many_rows_are_refused_before_they_are_judged(small_world, monkeypatch, tmp_path):
    monkeypatch.setattr("border.imports.ours.MOST_ROWS", 1)
    rows = (ARMY, ARMY | {"slug": "another"})
    (said,) = refused(text("actors", *rows), "actors.csv", tmp_path)
    assert said == "actors.csv: The file has more than 1 rows. Give it in parts."
    (said,) = refused(book(("actors", "actors", rows)), "own.xlsx", tmp_path)
    assert said == "own.xlsx: The file has more than 1 rows. Give it in parts."
    monkeypatch.setattr("border.imports.ours.MOST_BYTES", 10)
    (said,) = refused(packed("actors"), "own.zip", tmp_path)
    assert "larger than 0 MB" in said
