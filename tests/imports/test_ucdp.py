"""What each code of UCDP becomes."""

import datetime as dt
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from border.imports.formats import Happening, Party, Row, Toll, open_table
from border.imports.formats.countries import BY_GLEDITSCH_WARD, BY_NAME, BY_NUMBER, BY_THREE_LETTERS
from tests.imports import invented
from tests.imports.invented import ACTORS, GED, GED_HDX, ged
from tests.imports.reading import read


@pytest.fixture
def one(tmp_path: Path):
    """The row of a file of one row with these cells."""

    def made(**changes: str) -> Row:
        (row,) = read(tmp_path, invented.file(GED, [ged(**changes)])).rows
        return row

    return made


def event(row: Row) -> Happening:
    assert row.faults == []
    assert row.event
    return row.event


def test_row_in_our_words(one) -> None:
    row = one()
    happened = event(row)
    assert (row.key, row.warnings) == ("900001", [])
    assert (happened.kind, happened.sub_kind) == ("battle", "state-based conflict")
    assert happened.parties == [
        Party("Government of Syria", "118", "side_a", "", "Gleditsch and Ward 652"),
        Party("Invented Front", "9091", "side_b"),
    ]
    assert happened.deaths == [
        Toll("all", 2, 3, 5),
        Toll("side_a", None, 1, None),
        Toll("side_b", None, 2, None),
    ]
    assert happened.summary == "A clash that never was;The same"
    assert happened.sources == invented.GED_ROW["source_article"]
    assert happened.precision == {
        "date_prec": "1",
        "where_prec": "1",
        "event_clarity": "1",
        "code_status": "Clear",
    }
    assert (happened.source_count, happened.active_year, happened.updated_at) == (2, True, None)


@pytest.mark.parametrize(
    ("code", "kind", "finer", "roles"),
    [
        ("1", "battle", "state-based conflict", ["side_a", "side_b"]),
        ("2", "battle", "non-state conflict", ["side_a", "side_b"]),
        ("3", "attack_on_civilians", "one-sided violence", ["initiator", "target"]),
    ],
)
def test_type_of_violence(code: str, kind: str, finer: str, roles: list[str], one) -> None:
    happened = event(one(type_of_violence=code))
    assert (happened.kind, happened.sub_kind) == (kind, finer)
    assert [party.role for party in happened.parties] == roles


# When


@pytest.mark.parametrize(
    "written", ["2019-09-18", "2019-09-18 00:00:00.000", "2019-09-18T00:00:00", "18 Sep 2019"]
)
def test_day_in_every_spelling(written: str, one) -> None:
    happened = event(one(date_start=written, date_end=written))
    assert happened.date == "2019-09-18"
    assert happened.certain == (dt.date(2019, 9, 18), dt.date(2019, 9, 18))


@pytest.mark.parametrize(
    ("code", "end"), [("2", "2019-09-20"), ("3", "2019-09-24"), ("4", "2019-10-01"), ("5", "2020-03-01")]
)
def test_wider_dates_are_one_of_their_days(code: str, end: str, one) -> None:
    row = one(date_prec=code, date_end=end)
    assert event(row).date == f"[2019-09-18..{end}]"
    assert event(row).possible == (dt.date(2019, 9, 18), dt.date.fromisoformat(end))
    assert event(row).certain is None
    assert row.warnings == []


@pytest.mark.parametrize(
    ("code", "date", "name"),
    [
        ("2", "[2019-09-16..2019-09-22]", "week"),
        ("3", "[2019-09-16..2019-09-22]", "week"),
        ("4", "2019-09", "month"),
        ("5", "2019", "year"),
    ],
)
def test_one_day_that_is_said_to_be_no_exact_one(code: str, date: str, name: str, one) -> None:
    row = one(date_prec=code)
    assert (event(row).date, event(row).certain) == (date, None)
    assert row.warnings == [
        ("date_prec", code, f"date_prec {code} is no exact day, and here is one: kept as its {name}.")
    ]


def test_several_days_that_are_said_to_be_exact(one) -> None:
    row = one(date_end="2019-09-19")
    assert event(row).date == "[2019-09-18..2019-09-19]"
    assert [column for column, _, _ in row.warnings] == ["date_prec"]


def test_year_that_is_another_is_flagged(one) -> None:
    row = one(year="2018")
    assert event(row).date == "2019-09-18"
    assert row.warnings == [("year", "2018", "The date is 2019-09-18. The date is kept.")]
    assert one(date_prec="5", date_start="2018-12-30", date_end="2019-03-01", year="2019").warnings == []


# Where


@pytest.mark.parametrize(
    ("code", "level", "metres"),
    [
        ("1", "place", 2_000),
        ("2", "near", 25_000),
        ("3", "adm2", None),
        ("4", "adm1", None),
        ("5", "area", None),
        ("6", "country", None),
        ("7", "none", None),
    ],
)
def test_precision_of_a_place(code: str, level: str, metres: int | None, one) -> None:
    happened = event(one(where_prec=code))
    assert (happened.place.level, happened.uncertainty_m) == (level, metres)
    assert happened.point == ((Decimal("40.800000"), Decimal("34.600000")) if metres else None)
    assert (happened.place.longitude, happened.place.latitude) == (Decimal("40.800000"), Decimal("34.600000"))


def test_place_in_its_words(one) -> None:
    place = event(one()).place
    assert (place.name, place.described) == ("Tell Invented village", "near the invented hill")
    assert place.divisions == ("Deir ez Zor governorate", "Albu Kamal district")
    assert (place.country, place.country_name) == ("SY", "Syria")
    assert event(one(where_prec="4", adm_2="")).place.divisions == ("Deir ez Zor governorate", "")


def test_another_point_in_the_outline_is_flagged(one) -> None:
    row = one(geom_wkt="POINT (41.800000 34.600000)")
    assert event(row).point == (Decimal("40.800000"), Decimal("34.600000"))
    assert row.warnings == [
        (
            "geom_wkt",
            "POINT (41.800000 34.600000)",
            "This is another point than latitude and longitude, which are kept.",
        )
    ]
    assert one(geom_wkt="somewhere").warnings[0][0] == "geom_wkt"


# Who, and how many


@pytest.mark.parametrize(
    ("written", "note"),
    [
        ("2;200;900", "Gleditsch and Ward 2, 200, 900"),
        ("645.0", "Gleditsch and Ward 645"),
        ("", ""),
    ],
)
def test_states_of_a_side(written: str, note: str, one) -> None:
    assert event(one(gwnoa=written)).parties[0].note == note


def test_coalition_is_one_party(one) -> None:
    coalition = "Government of Australia, Government of United Kingdom"
    assert event(one(side_a=coalition, side_a_new_id="3822")).parties[0].name == coalition


@pytest.mark.parametrize(("low", "best", "high"), [("5", "3", "5"), ("2", "3", "2"), ("9", "3", "1")])
def test_estimates_out_of_order_are_flagged_and_not_repaired(low: str, best: str, high: str, one) -> None:
    row = one(low=low, best=best, high=high)
    assert event(row).deaths[0] == Toll("all", int(low), int(best), int(high))
    assert row.warnings == [
        (
            "best",
            best,
            f"The estimates are not in order: low {low}, best {best}, high {high}. Kept as they came.",
        )
    ]


def test_deaths_that_do_not_add_up_are_flagged(one) -> None:
    row = one(deaths_civilians="4")
    assert event(row).deaths[-1] == Toll("civilians", None, 4, None)
    assert row.warnings == [
        ("best", "3", "The deaths of the sides add up to 7, not to 3. Kept as they came.")
    ]


def test_event_in_which_nobody_may_have_died(one) -> None:
    happened = event(one(deaths_a="0", deaths_b="0", best="0", low="0", high="4"))
    assert happened.deaths == [Toll("all", 0, 0, 4)]


def test_unknown_dead(one) -> None:
    assert Toll("unknown", None, 3, None) in event(one(deaths_a="0", deaths_b="0", deaths_unknown="3")).deaths


# The rest


@pytest.mark.parametrize(
    ("written", "active"), [("1", True), ("0", False), ("true", True), ("FALSE", False), ("", None)]
)
def test_year_of_activity(written: str, active: bool | None, one) -> None:
    row = one(active_year=written)
    assert (event(row).active_year, row.warnings) == (active, [])


@pytest.mark.parametrize(("written", "count"), [("-1", None), ("", None), ("18", 18)])
def test_number_of_sources(written: str, count: int | None, one) -> None:
    row = one(number_of_sources=written)
    assert (event(row).source_count, row.warnings) == (count, [])


def test_odd_words_are_flagged(one) -> None:
    row = one(active_year="perhaps", number_of_sources="some", event_clarity="3", gwnoa="SY")
    assert event(row)
    assert [column for column, _, _ in row.warnings] == [
        "number_of_sources",
        "active_year",
        "event_clarity",
        "gwnoa",
    ]


def test_candidate_is_known_by_its_status(one) -> None:
    assert event(one(code_status="Check deaths")).precision["code_status"] == "Check deaths"


def test_file_of_hdx_needs_neither_descriptions_nor_old_ids(tmp_path: Path) -> None:
    content = invented.file(GED_HDX, [ged(country_id="")], hxl=invented.hxl_tags(GED_HDX))
    (row,) = read(tmp_path, content).rows
    assert event(row).place.country == "SY"
    assert event(row).place.described == ""
    assert row.line == 3


def test_old_ids_are_not_taken_for_new_ones(tmp_path: Path) -> None:
    header = [name for name in GED if not name.endswith("_new_id")]
    (row,) = read(tmp_path, invented.file(header, [ged()])).rows
    assert [party.id for party in event(row).parties] == ["", ""]


def test_actor_with_all_its_names(tmp_path: Path) -> None:
    (row,) = read(tmp_path, invented.file(ACTORS, [invented.ACTOR_ROW])).rows
    assert (row.key, row.event) == ("9091", None)
    assert row.actor == Party("Invented Front", "9091", names=("Front of the Invented", "New Invented Front"))
    assert row.cells[1] == "Invented Front "


# Countries


def test_countries_are_those_of_the_standard() -> None:
    assert len(BY_NUMBER) == len(BY_THREE_LETTERS) == 249
    assert len(set(BY_NUMBER.values())) == 249
    assert set(BY_GLEDITSCH_WARD.values()) | set(BY_NAME.values()) <= set(BY_NUMBER.values())


@pytest.mark.shared
def test_numbers_and_names_of_countries_agree_in_real_rows(shared: Path) -> None:
    seen: Counter[str] = Counter()
    for path in sorted((shared / "data" / "ucdp").glob("ged*.csv")):
        with open_table(path, path.name) as table:
            number, name = table.columns.index("country_id"), table.columns.index("country")
            for row in table.rows():
                assert BY_GLEDITSCH_WARD[row.cells[number]] == BY_NAME[row.cells[name].casefold()], row.cells[
                    name
                ]
                seen[row.cells[name]] += 1
    assert len(seen) > 50


@pytest.mark.shared
def test_real_rows_are_read_without_a_fault(shared: Path) -> None:
    warned = {
        "ged191_iraq_hxl.csv": (7_473, 69),
        "ged231_sample1000.csv": (1_000, 14),
        "ucdp-actor-221.csv": (1_725, 0),
    }
    for name, (count, odd) in warned.items():
        with open_table(shared / "data" / "ucdp" / name, name) as table:
            for row in table.rows():
                assert row.event or row.actor
            assert (table.counted, table.refused, table.warned) == (count, 0, odd)
