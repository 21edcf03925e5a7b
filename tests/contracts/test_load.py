"""What a load does, and what it leaves alone."""

import itertools
import json

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import CheckConstraint
from django.test.utils import CaptureQueriesContext

from actors.models import Actor, ActorName
from border.contracts.load import given, load
from border.contracts.read import Given
from border.contracts.tables import BY_NAME, CONTRACTS
from border.kernel import names
from border.kernel.rules import LINE, TEXT
from events.models import Event
from sources.models import Batch
from territories.models import Containment, Territory
from tests.contracts.conftest import counts, history
from tests.contracts.corpus import ACTOR, EVENT, LEGITIMATE, TOWN
from tests.contracts.world import ROWS, file, world


def faults(*files):
    return [str(fault) for fault in load(files).faults]


def warnings(*files):
    outcome = load(files)
    assert outcome.faults == []
    return [warning.message for warning in outcome.warnings]


def test_second_load_changes_nothing_and_writes_no_history(small_world):
    before = counts(), Batch.objects.count()
    outcome = load(world())
    assert outcome.batch is None
    assert {kind: sum(table[kind] for table in outcome.counts.values()) for kind in ("new", "changed")} == {
        "new": 0,
        "changed": 0,
    }
    assert (counts(), Batch.objects.count()) == before


def test_derived_columns_are_those_that_save_writes(small_world):
    for model in (Actor, Territory, Event, ActorName, Containment):
        for row in model.objects.all():
            stored = {field.attname: getattr(row, field.attname) for field in model._meta.concrete_fields}
            row.save()
            row.refresh_from_db()
            assert {name: getattr(row, name) for name in stored} == stored


def test_every_new_record_is_a_draft(small_world):
    for contract in CONTRACTS:
        if contract.keys == ("slug",):
            assert set(contract.model.objects.values_list("status", flat=True)) == {"draft"}


def test_a_load_keeps_the_status_of_what_it_changes(small_world):
    Actor.objects.filter(slug="is").update(status="in_review")
    assert load([file("actors", ROWS["actors"][2] | {"note": "changed"})]).faults == []
    assert (Actor.objects.get(slug="is").status, Actor.objects.get(slug="is").note) == (
        "in_review",
        "changed",
    )


def test_changed_row_leaves_one_version_with_who_why_and_batch(small_world):
    user = get_user_model().objects.create_user("importer")
    before = history()
    rows = [row | {"sub_kind": "jihadist group"} if row["slug"] == "is" else row for row in ROWS["actors"]]
    outcome = load([file("actors", *rows)], by=user, why="Finer words.")
    assert outcome.counts == {"actors": {"new": 0, "changed": 1, "same": 2}}
    (change,) = [change for change in outcome.changes if change.columns]
    assert (change.columns, change.before["sub_kind"], change.after["sub_kind"]) == (
        ("sub_kind",),
        "",
        "jihadist group",
    )
    assert history() == before + 1
    version = Actor.pgh_event_model.objects.order_by("-pgh_id").first()
    assert (version.sub_kind, version.pgh_label) == ("jihadist group", "update")
    assert version.pgh_context.metadata == {
        "user": user.pk,
        "why": "Finer words.",
        "via": "load",
        "batch": outcome.batch,
    }
    batch = Batch.objects.get(pk=outcome.batch)
    assert (batch.applied_by, batch.counts) == (user, outcome.counts)
    assert (batch.files[0]["name"], batch.files[0]["rows"], len(batch.files[0]["sha256"])) == (
        "actors.csv",
        3,
        64,
    )


def test_rows_absent_from_a_file_stay(small_world):
    load([file("actors", ACTOR)])
    assert Actor.objects.count() == len(ROWS["actors"]) + 1


def test_dry_run_tells_everything_and_writes_nothing(small_world, tmp_path, capsys):
    before = counts(), Batch.objects.count()
    path = tmp_path / "actors.csv"
    path.write_bytes(file("actors", ROWS["actors"][2] | {"name": "IS"}, ACTOR).content)
    call_command("load", str(path), "--dry-run")
    told = capsys.readouterr().out
    assert "actors is: changed\n    name: 'Islamic State' → 'IS'\n" in told
    assert "actors new-actor: new\n" in told
    assert "1 new, 1 changed" in told
    assert told.endswith("This was a rehearsal: nothing was written.\n")
    assert (counts(), Batch.objects.count()) == before


def test_a_value_can_be_emptied(small_world):
    load(
        [
            file(
                "territories",
                {
                    **ROWS["territories"][2],
                    "longitude": "",
                    "latitude": "",
                    "uncertainty_m": "",
                    "countries": "",
                },
            )
        ]
    )
    town = Territory.objects.get(slug="bukamal")
    assert (town.longitude, town.uncertainty_m, town.countries) == (None, None, [])


@pytest.mark.parametrize(
    ("column", "text"), [(column, text) for column, cells in LEGITIMATE.items() for text in cells]
)
def test_legitimate_texts_are_stored_exactly(small_world, column, text):
    assert faults(file("actors", ACTOR | {column: text})) == []
    assert getattr(Actor.objects.get(slug="new-actor"), column) == text


def test_mark_and_line_ends_of_windows_are_accepted(small_world):
    content = b"\xef\xbb\xbf" + file("actors", ACTOR | {"note": "one\ntwo"}).content.replace(b"\n", b"\r\n")
    assert faults(Given.named("actors.csv", content)) == []
    assert Actor.objects.get(slug="new-actor").note == "one\ntwo"


def test_columns_may_stand_in_any_order_and_lines_be_empty(small_world):
    header, row = file("actors", ACTOR).content.decode().splitlines()
    turned = "\n".join(",".join(line.split(",")[::-1]) for line in (header, row))
    assert faults(Given.named("actors.csv", f"{turned}\n\n".encode())) == []
    assert Actor.objects.get(slug="new-actor").name == "New"


def test_a_file_of_only_a_header_is_fine(small_world):
    assert load([file("actors")]).faults == []


def test_a_part_of_a_table_is_named_after_it(small_world):
    assert faults(file("actors", ACTOR, name="more/actors.2019.csv")) == []
    assert Actor.objects.filter(slug="new-actor").exists()


def test_one_record_in_two_files_is_refused(small_world):
    told = faults(file("actors", ACTOR), file("actors", ACTOR, name="actors.2.csv"))
    assert told == [
        'actors.2.csv, line 2, slug "new-actor": The same record stands in actors.csv, line 2. Keep one of the two rows.'
    ]


def test_every_fault_of_every_file_is_told_at_once(small_world):
    told = faults(
        file("actors", ACTOR | {"kind": "x", "confidence": "y"}, ACTOR | {"slug": "b", "parent": "zzz"}),
        file("events", EVENT | {"longitude": "1"}, EVENT | {"slug": "c", "actors": "is", "date": "x"}),
    )
    assert len(told) == 5
    assert not Actor.objects.filter(slug__in=["new-actor", "b"]).exists()


def test_a_row_with_an_unreadable_cell_is_judged_by_the_rules_of_its_others(small_world):
    row = EVENT | {
        "date": "soon",
        "longitude": "999",
        "latitude": "34",
        "uncertainty_m": "9",
        "territory": "x-y-z",
    }
    assert [fault.column for fault in load([file("events", row)]).faults] == [
        "date",
        "territory",
        "longitude",
    ]


def test_a_faulty_row_can_still_be_referred_to(small_world):
    told = faults(
        file("actors", ACTOR | {"kind": "x"}),
        file("actor_names", {"record": "new-actor", "text": "N", "kind": "short"}),
    )
    assert len(told) == 1


def test_every_row_that_breaks_a_rule_of_uniqueness_is_found(small_world):
    rows = [
        {"slug": f"t-{n}", "subject": one, "kind": "allied_with", "object": other, "period": "2015"}
        for n, (one, other) in enumerate(itertools.permutations(["is", "syrian-army", "syrian-state"], 2))
    ]
    told = faults(file("relationships", *rows))
    assert len(told) == 3
    assert all("A symmetric relationship is stored once" in each for each in told)


def test_values_of_two_rows_can_be_exchanged(small_world):
    a, b = ROWS["actor_citations"]
    assert faults(file("actor_citations", a | {"source": b["source"]}, b | {"source": a["source"]})) == []


def test_containments_may_lead_back_on_other_days(small_world):
    later = {
        "slug": "r",
        "child": "wilayat-al-furat",
        "parent": "bukamal",
        "basis": "analytic",
        "period": "2020",
    }
    assert faults(file("containments", later)) == []
    told = faults(file("containments", later | {"period": "2016"}))
    assert len(told) == 1
    assert (
        "bukamal → wilayat-al-furat → bukamal" in told[0]
        or "wilayat-al-furat → bukamal → wilayat-al-furat" in told[0]
    )


def test_a_circle_can_be_undone_and_made_elsewhere_in_one_load(small_world):
    turned = [ROWS["actors"][0] | {"parent": ""}, ROWS["actors"][1] | {"parent": "syrian-army"}]
    assert faults(file("actors", *turned)) == []


def test_swapped_coordinates_are_warned_of_and_kept(small_world):
    told = warnings(
        file("territories", TOWN | {"longitude": "34.4", "latitude": "40.9", "uncertainty_m": "1"})
    )
    assert ["look swapped" in message for message in told] == [True]
    assert Territory.objects.get(slug="new-town").latitude > 40


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            file("territories", TOWN | {"longitude": "0", "latitude": "0", "uncertainty_m": "1"}),
            "in the Atlantic",
        ),
        (file("actors", ACTOR | {"name": "Dаesh"}), "CYRILLIC SMALL LETTER A"),
        (file("actors", ACTOR | {"name": "Islamic  State"}), "Another has the same name: is."),
        (file("actors", ACTOR, ACTOR | {"slug": "second"}), "Another has the same name: second."),
        (file("events", EVENT | {"date": "0023"}), "before 1500"),
        (file("events", EVENT | {"date": "2999"}), "in the future"),
    ],
)
def test_oddities_are_warned_of(small_world, row, says):
    assert says in warnings(row)[0]


def test_rows_that_stay_the_same_are_not_warned_of(small_world):
    odd = file("actors", ACTOR | {"name": "Islamic State"})
    assert warnings(odd)
    assert warnings(odd) == []


def test_the_command_says_who_is_unknown(small_world, tmp_path):
    path = tmp_path / "actors.csv"
    path.write_bytes(file("actors", ACTOR).content)
    with pytest.raises(CommandError, match="There is no user called nobody"):
        call_command("load", str(path), "--by", "nobody")


def test_paths_that_cannot_be_read_are_named(db, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.csv: It cannot be read: No such file or directory"):
        call_command("load", str(tmp_path / "nowhere.csv"))
    with pytest.raises(CommandError, match=r"There is no \.csv or \.geojson file in"):
        call_command("load", str(tmp_path))


def test_a_gigabyte_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "events.csv"
    with path.open("wb") as sparse:
        sparse.truncate(1 << 30)
    files, told = given([path])
    assert files == []
    assert "larger than 100 MB" in told[0].message


def test_a_load_asks_as_many_questions_for_one_row_as_for_thirty(small_world):
    def questions(rows):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert load([file("actors", *rows)]).faults == []
        return len(asked)

    one = questions([ACTOR | {"slug": "first"}])
    assert questions([ACTOR | {"slug": f"a-{n}"} for n in range(30)]) == one
    assert one <= 20


def test_the_rules_asked_are_all_those_of_the_models(db):
    """What the load asks of the database covers every CHECK that a model declares."""
    for contract in CONTRACTS:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'",
                [contract.model._meta.db_table],
            )
            stored = {name for (name,) in cursor.fetchall()}
        declared = {
            rule.name for rule in contract.model._meta.constraints if isinstance(rule, CheckConstraint)
        }
        assert declared <= stored


@pytest.mark.parametrize("multiline", [False, True])
def test_whatever_the_database_refuses_in_a_text_the_load_refuses_first(db, multiline):
    pattern = TEXT if multiline else LINE
    points = [point for point in range(1, 0x3000) if not 0xD800 <= point < 0xE000] + [0xFEFF]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT point FROM unnest(%s::int[]) AS point WHERE 'a' || chr(point) || 'b' ~ %s",
            [points, pattern],
        )
        refused = {point for (point,) in cursor.fetchall()}
    assert refused >= {1, 0x7F, 0x200B, 0x202E, 0x2066}
    passing = {point for point in refused if not names.refuse(f"a{chr(point)}b", multiline=multiline)}
    assert {f"U+{point:04X}" for point in passing} == set()


def test_import_in_the_web_process_needs_no_more_rights_than_it_has(small_world, db_role):
    with db_role("border_app"):
        assert (
            faults(
                file("actors", ACTOR),
                file(
                    "containments", {"slug": "n", "child": "bukamal", "parent": "iraq", "basis": "analytic"}
                ),
            )
            == []
        )
        assert faults(file("actors", ACTOR | {"name": "Newer"})) == []


def test_outline_keeps_what_its_file_says(small_world):
    outline = BY_NAME["outlines"].model.objects.get()
    assert outline.territory.slug == "bukamal"
    assert (outline.geometry["type"], outline.note) == ("Polygon", "Coarse.")
    assert 101 < outline.area_km2 < 103


def test_user_names_of_files_are_told_without_acting_on_the_terminal(db):
    (fault,) = load([Given.named("\x1b[31mevil.csv", b"")]).faults
    assert "\x1b" not in str(fault)
    assert json.dumps(str(fault))
