"""A file of a dataset taken in: looked over first, written once, brought up to date, given back, taken back."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from actors.models import Actor
from border.curation.merging import merge
from border.imports.formats import open_table, ucdp
from border.imports.giving_back import give_back
from border.imports.models import ActorReading, Import, PlaceReading, StagedRow
from border.imports.reading import forget, read
from border.imports.recognising import digesting
from border.imports.writing import write
from border.publication import operations
from events.models import Casualty, Event, EventCitation, ExternalRecord, Participation
from sources.models import Batch, Source
from territories.models import Territory
from tests import factories as make
from tests.contracts.conftest import history
from tests.history.world import hand
from tests.imports import invented
from tests.imports.invented import town

pytestmark = pytest.mark.django_db

HEADER = invented.GED


def test_row_becomes_an_event_with_all_that_it_says(world, take):
    found, written = take(town())
    event = Event.objects.get()
    assert (event.slug, event.status, event.kind, event.date) == (
        "ucdp-900001",
        "draft",
        "battle",
        "2015-03-01",
    )
    assert event.title == "Battle: Government of Syria – IS, Albu Kamal town"
    assert event.territory == world["town"]
    assert (str(event.longitude), str(event.latitude)) == ("40.918611", "34.450000")
    assert list(event.participations.order_by("role").values_list("actor__slug", "role")) == [
        ("syria-state", "side_a"),
        ("is", "side_b"),
    ]
    assert list(
        event.casualties.order_by("number").values_list("whom", "actor__slug", "low", "best", "high")
    ) == [
        ("unknown", None, 5, 5, 7),
        ("actor", "syria-state", None, 2, None),
        ("actor", "is", None, 3, None),
    ]
    citation = event.citations.get()
    assert (citation.source, citation.locator, citation.stance) == (found.release, "id 900001", "supports")
    kept = event.external_records.get()
    assert (kept.release, kept.key, kept.raw["side_b"]) == (found.release, "900001", "IS")
    assert (found.release.dataset, found.release.version, found.release.redistributable) == (
        "UCDP GED",
        "23.1",
        True,
    )
    assert written.counts == {"events": {"new": 1, "changed": 0, "same": 0}}


def test_event_is_found_by_its_title_as_one_that_was_saved(world, take):
    take(town())
    event = Event.objects.get()
    kept, (possible, certain) = event.search_keys, (event.possible, event.certain)
    event.save()
    event.refresh_from_db()
    assert (event.search_keys, event.possible, event.certain) == (kept, possible, certain)


def test_planner_knows_how_many_rows_there_are_by_now(world, take, monkeypatch):
    monkeypatch.setattr("border.imports.writing.MANY", 2)
    tables = ["events_event", "events_eventhistoryevent", "events_casualty", "events_externalrecord"]
    with connection.cursor() as cursor:
        # Looked at while nobody sees the rows that are being written.
        cursor.execute(f"ANALYZE {', '.join(tables)}")
        take(town(), town(id="900002"))
        cursor.execute("SELECT relname, reltuples FROM pg_class WHERE relname = ANY(%s)", [tables])
        assert dict(cursor.fetchall()) == {
            "events_event": 2,
            "events_eventhistoryevent": 2,
            "events_casualty": 6,
            "events_externalrecord": 2,
        }


def test_of_several_actors_of_one_id_the_one_of_the_time_takes_part(world, take):
    take(town(date_start="2005-03-01", date_end="2005-03-01", year="2005"), town(id="900002"))
    parts = Participation.objects.filter(role="side_b").order_by("event__slug")
    assert list(parts.values_list("actor__slug", flat=True)) == ["aqi", "is"]


def test_same_file_again_changes_nothing_and_leaves_no_history(world, take):
    take(town(), town(id="900002"))
    before = history()
    found, written = take(town(), town(id="900002"))
    assert (found.counts, written) == ({"same": 2}, None)
    assert history() == before


def looked_over(path):
    """What a file of every case comes to, and how many of its rows were read on."""
    found = read(path, "ged231.csv")
    rows = found.rows.order_by("number").values_list(
        "key", "verdict", "record", "event", "title", "date", "place"
    )
    # An event that will be made has another number each time.
    rows = [(*row[:3], None, *row[4:]) if row[1] == "new" else row for row in rows]
    names = found.names.order_by("actor_reading", "place_reading")
    told = (
        found.counts,
        rows,
        list(names.values_list("actor_reading", "place_reading", "rows", "examples")),
    )
    forget(found)
    return told


@pytest.mark.parametrize("at_once", [1, 2, 1000])
def test_rows_that_are_known_come_to_what_they_come_to_when_read_on(world, take, file, monkeypatch, at_once):
    monkeypatch.setattr("border.imports.formats.table._AT_ONCE", at_once)
    nowhere = {"country": "Nigeria", "country_id": "475", "latitude": "11.5", "longitude": "13.7"}
    take(*(town(id=f"90000{number}") for number in range(1, 5)), town(id="900005", **nowhere))
    ExternalRecord.objects.filter(key="900004").update(deleted_at=timezone.now())
    path = file(
        town(id="900001"),
        town(id="900002", best="6", low="6"),
        town(id="900003"),
        town(id="900004"),
        town(id="900005", **nowhere),
        town(id="900001"),
        town(id="900003", best="9", high="9"),
        town(id="900006", side_b="Islamic State"),
    )
    read_on = []
    reads = ucdp.Events.read
    monkeypatch.setattr(ucdp.Events, "read", lambda *one: read_on.append(one[1]) or reads(*one))
    known = looked_over(path)
    assert read_on == [3, 5, 6, 8, 9]
    monkeypatch.setattr("border.imports.staging.recogniser", lambda *_: None)
    assert looked_over(path) == known
    assert known[0] == {"same": 4, "changed": 1, "repeated": 1, "refused": 1, "new": 1}
    assert len(read_on) == 5 + 8


def test_row_whose_record_was_changed_by_hand_is_read_on(world, take):
    take(town())
    kept = ExternalRecord.objects.get()
    with connection.cursor() as cursor:
        cursor.execute('UPDATE events_externalrecord SET raw = raw || \'{"best": "6"}\'')
    assert (kept.digest is None, ExternalRecord.objects.get().digest) == (False, None)
    found, _ = take(town())
    assert found.counts == {"changed": 1}
    assert ExternalRecord.objects.get().digest == kept.digest


def test_digest_tells_rows_apart_by_cells_and_columns():
    digest = digesting(["a", "b"])
    assert digest(["1", "2"]) == digesting(["a", "b"])(["1", "2"])
    assert (
        len({digest(["1", "2"]), digest(["12", ""]), digest(["", "12"]), digesting(["b", "a"])(["1", "2"])})
        == 4
    )


def test_area_leaves_out_what_is_known_too(world, take):
    take(town())
    found, _ = take(town(), within="44,33,45,34")
    assert found.counts == {"outside": 1}


def test_changed_row_changes_what_it_says_otherwise_and_no_more(world, take):
    take(town(), town(id="900002"))
    before = history()
    found, written = take(town(best="6", low="6", date_end="2015-03-03", date_prec="2"), town(id="900002"))
    assert found.counts == {"changed": 1, "same": 1}
    event = Event.objects.get(slug="ucdp-900001")
    assert event.date == "[2015-03-01..2015-03-03]"
    assert event.casualties.get(whom="unknown").best == 6
    assert event.casualties.count() == 3
    # The event, three claims away and three here, and what is kept of the row.
    assert history() == before + 8
    assert written.counts == {"events": {"new": 0, "changed": 1, "same": 1}}


def test_what_a_curator_changed_stays(world, take):
    take(town())
    event = Event.objects.get()
    event.title, event.territory = "The fight for the bridge", world["syria"]
    event.save()
    take(
        town(
            side_b="Islamic State",
            where_coordinates="Albu Kamal bridge",
            date_start="2015-03-02",
            date_end="2015-03-02",
        )
    )
    event.refresh_from_db()
    assert (event.title, event.territory.slug, event.date) == (
        "The fight for the bridge",
        "syria",
        "2015-03-02",
    )


def test_new_release_keeps_what_the_old_one_said(world, take):
    take(town(), town(id="900002"))
    take(town(best="9"), town(id="900002"), town(id="900003"), name="ged241.csv")
    assert Event.objects.count() == 3
    said = ExternalRecord.objects.filter(key="900001").order_by("release__version")
    assert [(one.release.version, one.raw["best"], one.event.slug) for one in said] == [
        ("23.1", "5", "ucdp-900001"),
        ("24.1", "9", "ucdp-900001"),
    ]
    assert ExternalRecord.objects.filter(key="900002").count() == 2


def test_province_is_no_pin(world, take):
    take(town(where_prec="4", where_coordinates="Deir ez Zor governorate", adm_2=""))
    event = Event.objects.get()
    assert (event.longitude, event.latitude, event.uncertainty_m) == (None, None, None)
    assert event.territory.slug == "deir-ez-zor"


def test_place_that_nobody_knows_lies_in_the_district_that_is_named(world, take):
    take(town(where_coordinates="Hasrat village", latitude="34.61", longitude="40.82"))
    assert Event.objects.get().territory.slug == "albu-kamal"
    reading = PlaceReading.objects.get()
    assert (reading.found, reading.how) == ("unknown", "In Abu Kamal.")


def test_place_of_the_same_name_far_away_is_another(world, take):
    take(town(latitude="34.60"))
    assert Event.objects.get().territory.slug == "albu-kamal"


def test_row_whose_place_lies_in_nothing_of_ours_is_kept_and_waits(world, take):
    found, _ = take(
        town(
            country="Nigeria",
            country_id="475",
            adm_1="Borno state",
            adm_2="",
            where_coordinates="Bama town",
            latitude="11.5",
            longitude="13.7",
        )
    )
    assert found.counts == {"unplaced": 1}
    assert (Event.objects.count(), ExternalRecord.objects.get().event) == (0, None)
    nigeria = make.TerritoryFactory(slug="nigeria", kind="country", name="Nigeria", countries=["NG"])
    found, _ = take(
        town(
            country="Nigeria",
            country_id="475",
            adm_1="Borno state",
            adm_2="",
            where_coordinates="Bama town",
            latitude="11.5",
            longitude="13.7",
        )
    )
    assert found.counts == {"new": 1}
    assert Event.objects.get().territory == nigeria
    assert ExternalRecord.objects.get().event == Event.objects.get()


def test_actor_that_nobody_knows_is_not_invented_and_its_name_is_kept(world, take):
    before = Actor.objects.count()
    take(town(side_a="Jaysh al-Wahm", side_a_new_id="99999"))
    assert Actor.objects.count() == before
    assert list(Participation.objects.values_list("actor__slug", flat=True)) == ["is"]
    assert ActorReading.objects.get(key="id 99999").found == "unknown"
    assert ExternalRecord.objects.get().raw["side_a"] == "Jaysh al-Wahm"


def test_actor_is_known_by_its_name_in_any_spelling(world, take):
    actor = make.ActorFactory(slug="baggara", name="Baggara tribe")
    make.ActorNameFactory(record=actor, text="قبيلة البقارة", kind="transliteration")
    take(town(side_a="Baggara Tribe", side_a_new_id="88888"))
    assert Participation.objects.get(role="side_a").actor == actor


def test_actor_whose_name_is_only_like_one_is_left_to_a_person(world, take):
    make.ActorFactory(slug="shaitat", name="Shaitat")
    take(town(side_a="Sheitaat", side_a_new_id="77777"))
    reading = ActorReading.objects.get(key="id 77777")
    assert (reading.found, reading.how) == ("unsure", "A name that is like it.")
    assert not Participation.objects.filter(role="side_a").exists()


@pytest.mark.parametrize(
    ("latitude", "found", "offered"),
    [("34.46", "matched", []), ("34.60", "unsure", ["bukamal"]), ("35.90", "unknown", [])],
)
def test_place_of_the_same_name_farther_away_is_left_to_a_person(latitude, found, offered, world, take):
    take(town(latitude=latitude, longitude="40.9186", geom_wkt=""))
    reading = PlaceReading.objects.get()
    candidates = Territory.objects.filter(pk__in=reading.candidates)
    assert (reading.found, [one.slug for one in candidates]) == (found, offered)
    assert Event.objects.get().territory.slug == ("bukamal" if found == "matched" else "albu-kamal")


def test_actor_that_was_given_up_for_another_is_that_one(world, take):
    other = make.ActorFactory(slug="the-state", name="State of Syria")
    merge(
        kept=other, dropped=Actor.objects.get(slug="syria-state"), by=make.UserFactory(), reason="One state."
    )
    take(town())
    assert Participation.objects.get(role="side_a").actor == other


def test_decision_holds_for_the_next_release(world, take):
    row = town(where_coordinates="Al Hasrat village", latitude="34.61", longitude="40.82")
    take(row)
    place = make.TerritoryFactory(slug="hasrat", kind="town", name="Hasrat", countries=["SY"])
    PlaceReading.objects.update(
        found="matched", territory=place, decided_by=make.UserFactory(), decided_at="2026-01-01T00:00Z"
    )
    take(row | {"id": "900009", "latitude": "34.6180", "geom_wkt": ""}, name="ged241.csv")
    assert Event.objects.get(slug="ucdp-900009").territory == place


def test_estimates_out_of_order_are_kept_and_told(world, take):
    found, _ = take(town(low="9", best="5", high="7"))
    claim = Casualty.objects.get(whom="unknown")
    assert (claim.low, claim.best, claim.high) == (9, 5, 7)
    assert "not in order" in found.rows.get().remarks[0][2]


def test_only_what_lies_in_the_area_is_taken(world, take):
    elsewhere = town(
        id="900002", latitude="36.3", longitude="43.1", side_a="Jaysh al-Wahm", side_a_new_id="99999"
    )
    found, _ = take(town(), elsewhere, within="40,34,42,35")
    assert found.counts == {"new": 1, "outside": 1}
    assert list(Event.objects.values_list("slug", flat=True)) == ["ucdp-900001"]
    assert PlaceReading.objects.count() == 1
    assert not ActorReading.objects.filter(name="Jaysh al-Wahm").exists()


def test_slug_that_is_taken_refuses_the_row(world, take, tmp_path):
    make.EventFactory(slug="ucdp-900001")
    found, _ = take(town(), town(id="900002"))
    assert found.counts == {"refused": 1, "new": 1}


def test_import_goes_back_whole_and_leaves_what_was_there(world, take, back):
    make.EventFactory()
    kept = [
        model.objects.count() for model in (Event, Participation, Casualty, EventCitation, ExternalRecord)
    ]
    _, written = take(*[town(id=str(900000 + n)) for n in range(20)])
    back(written, "The wrong file.")
    assert [
        model.objects.count() for model in (Event, Participation, Casualty, EventCitation, ExternalRecord)
    ] == kept


def test_event_that_stays_since_somebody_changed_it_still_came_from_its_row(world, take, back):
    header, name = invented.ACLED_NOW, "acled.csv"
    rows = [invented.acled(event_id_cnty=key, timestamp="1700000000") for key in ("SYR900001", "SYR900002")]
    _, written = take(*rows, header=header, name=name)
    event = Event.objects.get(slug="acled-syr900001")
    with hand(make.UserFactory()):
        event.outcome = "They left."
        event.save()
    back(written, "The wrong file.")
    assert [record.event for record in ExternalRecord.objects.all()] == [event]
    assert Participation.objects.filter(event=event).exists()
    with pytest.raises(operations.PublicationRefused, match="may not be passed on"):
        operations.publish(event, event.territory, by=make.UserFactory(), reason="Checked.")
    found, _ = take(*rows, header=header, name=name)
    assert found.counts == {"same": 1, "new": 1}


def test_history_says_who_why_and_which_import(world, tmp_path):
    user = make.UserFactory()
    path = tmp_path / "ged231.csv"
    path.write_bytes(invented.file(HEADER, [town()]))
    written = write(read(path, path.name, by=user), by=user, why="The new release.", via="load")
    for model in (Event, Participation, Casualty, EventCitation, ExternalRecord):
        version = model.pgh_event_model.objects.latest("pgh_id")
        assert version.pgh_context.metadata == {
            "user": user.pk, "why": "The new release.", "via": "load", "batch": written.pk,
        }, model  # fmt: skip


def test_acled_row_is_never_public(world, take):
    found, _ = take(invented.acled(event_id_cnty="SYR900001"), header=invented.ACLED_NOW, name="acled.csv")
    assert (found.release.slug, found.release.redistributable) == ("acled", False)
    event = Event.objects.get(slug="acled-syr900001")
    with pytest.raises(operations.PublicationRefused, match="may not be passed on"):
        operations.publish(event, event.territory, by=make.UserFactory(), reason="Checked.")


def test_associate_of_an_acled_row_keeps_on_whose_side_it_was(world, take):
    make.ActorFactory(slug="front", name="Wahm Front")
    make.ActorFactory(slug="brigade", name="Brigade", acled_name="Wahm Brigade (Syria)")
    make.ActorFactory(slug="army", name="Wahm Army")
    given = {
        "actor1": "Wahm Army",
        "assoc_actor_1": "Wahm Front; Wahm Brigade (Syria)",
        "actor2": "Civilians",
    }
    header, name = invented.ACLED_NOW, "acled.csv"
    row = invented.acled(**given, timestamp="1700000000")
    take(row, header=header, name=name)
    notes = dict(Participation.objects.values_list("actor__slug", "note"))
    assert notes == {
        "army": "",
        "front": "with Wahm Army",
        "brigade": "Named as: Wahm Brigade (Syria); with Wahm Army",
    }
    found, written = take(row, header=header, name=name)
    assert (found.counts, written) == ({"same": 1}, None)
    take(row | {"actor1": "Wahm Army (Syria)", "timestamp": "1700000001"}, header=header, name=name)
    assert Participation.objects.get(actor__slug="front").note == "with Wahm Army (Syria)"


def test_acled_changes_in_place_and_an_older_row_does_not_come_back(world, take):
    row = invented.acled(event_id_cnty="SYR900001", fatalities="3", timestamp="1700000000")
    header, name = invented.ACLED_NOW, "acled.csv"
    take(row, header=header, name=name)
    found, _ = take(row | {"fatalities": "4", "timestamp": "1800000000"}, header=header, name=name)
    assert found.counts == {"changed": 1}
    assert Casualty.objects.get().best == 4
    found, written = take(row, header=header, name=name)
    assert (found.counts, written) == ({"older": 1}, None)
    assert ExternalRecord.objects.get().raw["fatalities"] == "4"


def test_forgotten_import_leaves_nothing_but_its_batch(world, take):
    found, _ = take(town())
    forget(found)
    assert StagedRow.objects.count() == 0
    assert Import.objects.get().batch == Batch.objects.get()


# The command


def test_command_takes_a_file_in_and_says_what_became_of_it(world, file, capsys):
    call_command("load", str(file(town(), town(id="900002"))))
    told = capsys.readouterr().out
    assert "ged231.csv: 49 columns, as ucdp-ged-23-1: 2 new\n" in told
    assert f"Written as batch {Batch.objects.get().pk}.\n" in told
    assert StagedRow.objects.count() == 0


def test_command_rehearses_and_leaves_nothing(world, file, capsys):
    call_command("load", str(file(town())), "--dry-run")
    assert "1 new" in capsys.readouterr().out
    for model in (Event, Import, StagedRow, ActorReading, PlaceReading, Batch):
        assert model.objects.count() == 0, model
    assert not Source.objects.filter(dataset="UCDP GED").exists()


def test_command_writes_nothing_when_a_row_is_refused_unless_told_to(world, file, capsys):
    path = str(file(town(), town(id="900002", date_start="2015-02-30")))
    with pytest.raises(
        CommandError,
        match=r"ged231.csv, line 3, date_start \"2015-02-30\"(.|\n)*1 row refused; nothing was written",
    ):
        call_command("load", path)
    assert (Event.objects.count(), Import.objects.count()) == (0, 0)
    call_command("load", path, "--without-refused")
    assert list(Event.objects.values_list("slug", flat=True)) == ["ucdp-900001"]


def test_command_asks_for_the_release_that_nothing_names(world, file):
    with pytest.raises(
        CommandError, match=r"some.csv does not say which release of UCDP GED it is. Name the release"
    ):
        call_command("load", str(file(town(), name="some.csv")))
    call_command("load", str(file(town(), name="some.csv")), "--release", "24.1")
    assert Source.objects.get(dataset="UCDP GED").slug == "ucdp-ged-24-1"


def test_command_refuses_an_area_that_is_none(world, file):
    for area, told in (
        ("nowhere", "There is no territory nowhere"),
        ("bukamal", "bukamal has no outline"),
        ("1,2,3", "is no box: write"),
        ("42,34,40,35", "no box on the earth"),
    ):
        with pytest.raises(CommandError, match=told):
            call_command("load", str(file(town())), "--within", area)


def test_release_is_given_back_as_it_came(world, file, tmp_path):
    rows = [
        town(),
        town(id="900002", side_a='Someone; else, "here"\nand there'),
        town(id="900003", where_prec="6"),
    ]
    path = file(*rows)
    call_command("load", str(path))
    back = tmp_path / "back.csv"
    assert give_back(Source.objects.get(dataset="UCDP GED"), back) == 3
    assert back.read_bytes() == path.read_bytes()


def test_command_gives_a_release_back_as_it_came(world, file, tmp_path, capsys):
    path, back = (
        file(town(), town(id="900002", side_a='Someone; else, "here"\nand there')),
        tmp_path / "back.csv",
    )
    call_command("load", str(path))
    call_command("dump", str(back), "--format", "ucdp-ged", "--release", "ucdp-ged-23-1")
    assert back.read_bytes() == path.read_bytes()
    told = capsys.readouterr()
    assert told.out.split()[-2:] == ["ucdp-ged-23-1", "2"]
    assert "passed on" not in told.err


def test_command_gives_acled_back_and_says_that_it_may_not_be_passed_on(world, file, tmp_path, capsys):
    path, back = file(invented.acled(), name="acled.csv", header=invented.ACLED_NOW), tmp_path / "back.csv"
    call_command("load", str(path))
    call_command("dump", str(back), "--format", "acled", "--release", "acled")
    assert back.read_bytes() == path.read_bytes()
    assert "acled may not be passed on: ACLED terms of use" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--format", "ucdp-ged"], "Say with --release which release. There are: ucdp-ged-23-1"),
        (
            ["--format", "ucdp-ged", "--release", "none"],
            'No source is called "none". There are: ucdp-ged-23-1',
        ),
        (["--format", "ucdp-ged", "--release", "a-book"], "The source a-book is no dataset, not UCDP GED"),
        (
            ["--format", "acled", "--release", "ucdp-ged-23-1"],
            "is UCDP GED, not ACLED. No release of ACLED is here",
        ),
        (["--format", "ucdp-ged", "--release", "ucdp-ged-23-1"], "No file of ucdp-ged-23-1 was taken in"),
        (["--release", "ucdp-ged-23-1"], "--release goes with --format"),
        (["--format", "acled", "--tables", "actors"], "Leave out --tables or --format"),
    ],
)
def test_command_says_why_it_gives_nothing_back(world, tmp_path, asked, told):
    make.SourceFactory(slug="ucdp-ged-23-1", kind="dataset", dataset="UCDP GED", version="23.1")
    make.SourceFactory(slug="a-book")
    with pytest.raises(CommandError, match=told):
        call_command("dump", str(tmp_path / "back.csv"), *asked)
    assert not (tmp_path / "back.csv").exists()


def test_command_says_where_a_release_cannot_be_written(world, file, tmp_path):
    call_command("load", str(file(town())))
    with pytest.raises(CommandError, match="cannot be written: Is a directory"):
        call_command("dump", str(tmp_path), "--format", "ucdp-ged", "--release", "ucdp-ged-23-1")


@pytest.mark.shared
@pytest.mark.parametrize("name", ["ged231_sample1000.csv", "ged191_iraq_hxl.csv"])
def test_real_files_are_taken_in_and_given_back(world, shared, tmp_path, name):
    path = shared / "data" / "ucdp" / name
    call_command("load", str(path), "--release", "23.1", stdout=io.StringIO(), stderr=io.StringIO())
    release = Source.objects.get(dataset="UCDP GED")
    found = read(path, name, release="23.1")
    assert set(found.counts) == {"same"}
    assert write(found, by=None, why="", via="load") is None
    forget(found)
    back = tmp_path / "back.csv"
    give_back(release, back)
    with open_table(path, name) as one, open_table(back, name) as other:
        assert one.columns == other.columns
        assert [row.cells for row in one.rows()] == [row.cells for row in other.rows()]
