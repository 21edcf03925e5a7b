"""A dump gives back what was loaded, byte for byte, and harms nothing where it is written."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from border.contracts.dump import as_csv, dump, texts
from border.contracts.load import given as files_of
from border.contracts.load import load
from border.contracts.tables import BY_NAME, CONTRACTS
from border.kernel import names
from border.kernel.rules import MARKUP
from events.models import Event
from territories.models import Outline
from tests.contracts.corpus import ACTOR
from tests.contracts.world import OUTLINE, ROWS, file, world

WRITABLE = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=60).filter(
    lambda text: names.refuse(text, multiline=True) is None and "<" not in text
)


def content_of(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def empty_everything():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for contract in reversed(CONTRACTS):
            cursor.execute(f"DELETE FROM {contract.model._meta.db_table}")


def test_dump_loaded_into_an_empty_database_gives_the_same_dump(small_world, tmp_path):
    dump(tmp_path / "first", CONTRACTS)
    empty_everything()
    files, faults = files_of([tmp_path / "first"])
    assert faults == []
    assert load(files).faults == []
    dump(tmp_path / "second", CONTRACTS)
    assert content_of(tmp_path / "second") == content_of(tmp_path / "first")
    assert len(content_of(tmp_path / "first")) == len(CONTRACTS)


@pytest.mark.parametrize("turn", range(3))
def test_files_load_in_any_order(db, turn):
    empty_everything()
    files = [world(), world()[::-1], sorted(world(), key=lambda each: each.content)][turn]
    assert load(files).faults == []
    assert Event.objects.get(slug="bukamal-taken-2017").participations.count() == 2


def test_dump_gives_back_the_rows_that_were_loaded(small_world, tmp_path):
    dump(tmp_path, CONTRACTS)
    for table in ("relationships", "crossing_controls", "casualties", "movements", "containment_citations"):
        assert (tmp_path / f"{table}.csv").read_bytes() == file(table, *ROWS[table]).content


def test_numbers_of_citations_are_in_order_of_size(small_world):
    contract = BY_NAME["event_citations"]
    assert [row["number"] for row in texts(contract, contract.model.objects.all())] == ["1", "2", "10"]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(note=WRITABLE, name=WRITABLE)
def test_any_text_comes_back_as_it_was(db, note, name):
    one_line = " ".join(name.split())
    fits = one_line and names.refuse(one_line) is None
    row = ACTOR | {"note": note, "name": one_line if fits else "New"}
    assert load([file("actors", row)]).faults == []
    contract = BY_NAME["actors"]
    written = as_csv(contract, texts(contract, contract.model.objects.filter(slug="new-actor")))
    assert written == file("actors", row).content
    assert load([file("actors", row)]).batch is None


def test_writable_texts_hold_no_markup():
    assert MARKUP.startswith("<")


def test_dump_leaves_other_files_and_says_which_outlines_are_strangers(small_world, tmp_path, capsys):
    (tmp_path / "outlines").mkdir()
    (tmp_path / "outlines" / "gone-1.geojson").write_text("{}")
    (tmp_path / "README.md").write_text("mine")
    call_command("dump", str(tmp_path))
    told = capsys.readouterr()
    assert "gone-1.geojson is no outline of the database" in told.err
    assert "actors                       3\n" in told.out
    assert (tmp_path / "README.md").read_text() == "mine"
    assert not list(tmp_path.glob(".dump-*"))


def test_a_dump_that_fails_leaves_what_was_there(small_world, tmp_path, monkeypatch):
    (tmp_path / "sources.csv").write_text("old")
    monkeypatch.setattr("border.contracts.dump.outlines.written", lambda texts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        dump(tmp_path, CONTRACTS)
    assert content_of(tmp_path) == {"sources.csv": b"old"}


def test_only_the_tables_asked_for_are_dumped(small_world, tmp_path):
    call_command("dump", str(tmp_path), "--tables", "actors, actor_names")
    assert sorted(content_of(tmp_path)) == ["actor_names.csv", "actors.csv"]
    with pytest.raises(CommandError, match='No table is called "actor"'):
        call_command("dump", str(tmp_path), "--tables", "actor")


def test_a_folder_that_cannot_be_written_is_named(small_world, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="file cannot be written"):
        call_command("dump", str(tmp_path / "file"))


def test_an_area_of_ones_own_survives_and_a_computed_one_is_not_written(small_world, tmp_path):
    dump(tmp_path, [BY_NAME["outlines"]])
    path = tmp_path / "outlines" / "bukamal-1.geojson"
    assert json.loads(path.read_bytes()) == OUTLINE
    Outline.objects.update(area_km2=99)
    dump(tmp_path, [BY_NAME["outlines"]])
    assert json.loads(path.read_bytes())["properties"]["area_km2"] == "99"
    files, _ = files_of([tmp_path])
    assert load(files).batch is None


def test_every_table_of_the_small_world_has_a_row():
    assert {each.table for each in world()} == set(BY_NAME)
