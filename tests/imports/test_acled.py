"""What each word and code of ACLED becomes."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from border.imports.formats import Happening, Party, Row, Toll
from border.imports.formats.acled_codes import INTER, SUB_EVENT_TYPES
from events.choices import EventKind, ParticipantRole
from tests.imports import invented
from tests.imports.invented import ACLED_BEFORE, ACLED_NOW, INTERS, SUB_EVENTS, acled
from tests.imports.reading import read

KINDS = {
    "Government regains territory": "territorial_takeover",
    "Non-state actor overtakes territory": "territorial_takeover",
    "Armed clash": "battle",
    "Excessive force against protesters": "protest",
    "Protest with intervention": "protest",
    "Peaceful protest": "protest",
    "Violent demonstration": "unrest",
    "Mob violence": "unrest",
    "Chemical weapon": "chemical_attack",
    "Air/drone strike": "airstrike",
    "Suicide bomb": "bombing",
    "Shelling/artillery/missile attack": "shelling",
    "Remote explosive/landmine/IED": "bombing",
    "Grenade": "bombing",
    "Sexual violence": "attack_on_civilians",
    "Attack": "attack_on_civilians",
    "Abduction/forced disappearance": "abduction",
    "Agreement": "political_change",
    "Arrests": "arrest",
    "Change to group/activity": "political_change",
    "Disrupted weapons use": "seizure",
    "Headquarters or base established": "deployment",
    "Looting/property destruction": "seizure",
    "Non-violent transfer of territory": "territorial_takeover",
    "Other": "other",
}


@pytest.fixture
def one(tmp_path: Path):
    """The row of a file of one row with these cells."""

    def made(**changes: str) -> Row:
        (row,) = read(
            tmp_path, invented.file(ACLED_BEFORE if "iso3" in changes else ACLED_NOW, [acled(**changes)])
        ).rows
        return row

    return made


def event(row: Row) -> Happening:
    assert row.faults == []
    assert row.event
    return row.event


@pytest.mark.parametrize(("generation", "header"), [("since 2023", ACLED_NOW), ("before 2023", ACLED_BEFORE)])
def test_every_code_and_spelling_of_both_generations_is_read(
    generation: str, header: list[str], tmp_path: Path
) -> None:
    rows = list(invented.every_acled(generation))
    found = read(tmp_path, invented.file(header, rows))
    assert found.faults == []
    assert len(found.rows) == len(rows) > 60
    assert all(row.event for row in found.rows)
    assert set(found.warnings) <= {
        "disorder_type: Demonstrations is meant. Kept as it came.",
        "disorder_type: Two types in one. Kept as it came.",
    }
    assert {row.event.kind for row in found.rows if row.event} <= set(EventKind.values)
    assert {party.role for row in found.rows if row.event for party in row.event.parties} <= set(
        ParticipantRole.values
    )


@pytest.mark.parametrize(
    ("event_type", "sub_event_type"), [(one, finer) for one, all_ in SUB_EVENTS.items() for finer in all_]
)
def test_sub_event_type_is_a_kind(event_type: str, sub_event_type: str, one) -> None:
    row = one(event_type=event_type, sub_event_type=sub_event_type)
    assert row.warnings == []
    assert (event(row).kind, event(row).sub_kind) == (KINDS[sub_event_type], sub_event_type)


def test_codebook_is_whole() -> None:
    assert len(SUB_EVENT_TYPES) == len(KINDS) == 25


def test_case_of_a_word_does_not_matter(one) -> None:
    row = one(event_type="BATTLES ", sub_event_type="armed clash")
    assert (event(row).kind, event(row).sub_kind, row.warnings) == ("battle", "armed clash", [])


def test_sub_event_type_that_is_new_is_kept_and_flagged(one) -> None:
    row = one(
        event_type="Riots",
        sub_event_type="Flying carpets, more than sixty characters of them, one after the other",
    )
    assert event(row).kind == "unrest"
    assert event(row).sub_kind == "Flying carpets, more than sixty characters of them, one afte"
    assert (
        row.warnings[0][2]
        == "ACLED's codebook has no such sub-event type. It becomes unrest, as its event type."
    )


def test_sub_event_type_of_another_event_type_is_flagged(one) -> None:
    row = one(event_type="Battles", sub_event_type="Attack")
    assert event(row).kind == "attack_on_civilians"
    assert row.warnings == [
        ("sub_event_type", "Attack", "This belongs to violence against civilians, not to Battles.")
    ]


@pytest.mark.parametrize(("code", "spelling"), [(code, one) for code, all_ in INTERS.items() for one in all_])
def test_kind_of_an_actor_is_its_current_text(code: str, spelling: str, one) -> None:
    row = one(inter1=spelling, inter2=code, interaction="")
    assert [party.type for party in event(row).parties] == [INTERS[code][0]] * 2
    assert row.warnings == []


@pytest.mark.parametrize("nobody", ["", "0", "0.0", "None"])
def test_nought_is_no_kind_of_actor(nobody: str, one) -> None:
    row = one(actor2="", inter2=nobody, interaction="10")
    assert [party.name for party in event(row).parties] == ["Military Forces of Syria (2000-2024)"]
    assert row.warnings == []


def test_every_interaction_is_known_in_both_ways(one) -> None:
    texts = {int(code): spellings[0] for code, spellings in INTERS.items()}
    codes = [f"{low}{high}" for low in texts for high in texts if low <= high] + [f"{low}0" for low in texts]
    assert len(codes) == 44
    for code in codes:
        low, high = int(code[0]), int(code[1])
        text = f"{texts[low]}-{texts[high]}" if high else f"{texts[low]} only"
        assert one(interaction=code).warnings == one(interaction=text).warnings == []
    assert one(interaction="External/Other forces-Civilians").warnings == []
    assert one(interaction="Rebel group – Civilians").warnings == []
    assert one(interaction="Wizards-Civilians").warnings == [
        ("interaction", "Wizards-Civilians", "This is no interaction of ACLED's. Kept as it came.")
    ]


def test_words_that_nothing_is_made_of_are_flagged_when_odd(one) -> None:
    row = one(
        disorder_type="Disorder",
        civilian_targeting="Yes",
        source_scale="National-Galactic",
        inter1="Wizards",
        year="2018",
    )
    assert event(row)
    assert {(column, value) for column, value, _ in row.warnings} == {
        ("disorder_type", "Disorder"),
        ("civilian_targeting", "Yes"),
        ("source_scale", "National-Galactic"),
        ("inter1", "Wizards"),
        ("year", "2018"),
    }
    assert INTER["protestors"] == "Protesters"


# When


@pytest.mark.parametrize("spelling", invented.SPELLINGS)
def test_day_in_every_spelling(spelling: str, one) -> None:
    happened = event(one(event_date=spelling))
    assert happened.date == "2019-09-18"
    assert happened.possible == happened.certain == (dt.date(2019, 9, 18), dt.date(2019, 9, 18))


@pytest.mark.parametrize("day", ["2019-09-16", "2019-09-18", "2019-09-22"])
def test_second_precision_is_the_week_and_no_day_is_certain(day: str, one) -> None:
    happened = event(one(event_date=day, time_precision="2"))
    assert happened.date == "[2019-09-16..2019-09-22]"
    assert happened.possible == (dt.date(2019, 9, 16), dt.date(2019, 9, 22))
    assert happened.certain is None
    assert happened.precision["time_precision"] == "2"


def test_third_precision_is_the_month(one) -> None:
    happened = event(one(event_date="2020-02-01", year="2020", time_precision="3"))
    assert (happened.date, happened.certain) == ("2020-02", None)
    assert happened.possible == (dt.date(2020, 2, 1), dt.date(2020, 2, 29))


# Where


def test_first_precision_is_a_place(one) -> None:
    happened = event(one(geo_precision="1"))
    assert happened.point == (Decimal("40.8000"), Decimal("34.6000"))
    assert happened.uncertainty_m == 2_000
    place = happened.place
    assert (place.level, place.name, place.described) == ("place", "Tell Invented", "")
    assert place.divisions == ("Deir ez Zor", "Abu Kamal", "Hajin")
    assert (place.country, place.country_name) == ("SY", "Syria")


def test_second_precision_is_around_a_place(one) -> None:
    happened = event(one(geo_precision="2"))
    assert (happened.place.level, happened.uncertainty_m) == ("near", 25_000)
    assert happened.point


def test_third_precision_is_a_region_and_its_town_only_stands_for_it(one) -> None:
    happened = event(one(geo_precision="3", location="Deir ez-Zor"))
    assert (happened.point, happened.uncertainty_m) == (None, None)
    place = happened.place
    assert (place.level, place.name, place.described, place.divisions) == (
        "adm1",
        "Deir ez Zor",
        "Deir ez-Zor",
        ("Deir ez Zor",),
    )
    assert (place.longitude, place.latitude) == (Decimal("40.8000"), Decimal("34.6000"))


def test_division_that_is_not_named_keeps_its_level(one) -> None:
    assert event(one(admin2="")).place.divisions == ("Deir ez Zor", "", "Hajin")


def test_row_without_coordinates_is_kept_without_a_point(one) -> None:
    row = one(latitude="", longitude="")
    assert (event(row).point, event(row).place.latitude, event(row).uncertainty_m) == (None, None, None)
    assert row.warnings == [("latitude", "", "The row has no coordinates.")]


def test_place_beyond_its_country_is_flagged(one) -> None:
    row = one(latitude="51.5", longitude="-0.1")
    assert event(row).point
    assert row.warnings == [("latitude", "51.5", "The place lies outside its country.")]


@pytest.mark.parametrize(
    ("changes", "country"),
    [
        ({"iso": "368", "country": "Iraq", "latitude": "34.3"}, "IQ"),
        ({"iso": "", "country": "Iraq", "latitude": "34.3"}, "IQ"),
        ({"iso": "", "iso3": "SYR"}, "SY"),
        ({"iso": "", "country": "Atlantis"}, ""),
    ],
)
def test_country_by_number_letters_or_name(changes: dict[str, str], country: str, one) -> None:
    assert event(one(**changes)).place.country == country


# Who, and how many


def test_sides_of_a_fight_and_those_with_them(one) -> None:
    happened = event(
        one(
            assoc_actor_1="QSD: Syrian Democratic Forces; Baggara Tribal Militia (Syria);",
            assoc_actor_2="Women (Syria)",
        )
    )
    assert happened.parties == [
        Party("Military Forces of Syria (2000-2024)", "", "side_a", "State forces"),
        Party(
            "QSD: Syrian Democratic Forces", "", "associate", "", "with Military Forces of Syria (2000-2024)"
        ),
        Party(
            "Baggara Tribal Militia (Syria)", "", "associate", "", "with Military Forces of Syria (2000-2024)"
        ),
        Party("Islamic State (Syria)", "", "side_b", "Rebel group"),
        Party("Women (Syria)", "", "associate", "", "with Islamic State (Syria)"),
    ]


def test_violence_against_civilians_has_a_target(one) -> None:
    row = one(
        event_type="Violence against civilians",
        sub_event_type="Attack",
        actor2="Civilians (Syria)",
        inter2="7",
    )
    assert [(party.role, party.type) for party in event(row).parties] == [
        ("initiator", "State forces"),
        ("target", "Civilians"),
    ]


def test_event_without_anybody_is_kept_and_flagged(one) -> None:
    row = one(actor1="", inter1="", actor2="", inter2="", assoc_actor_2="Women (Syria)", interaction="")
    assert event(row).parties == [Party("Women (Syria)", "", "associate", "", "")]
    assert row.warnings == [("actor1", "", "The event names nobody who did it.")]


@pytest.mark.parametrize(
    ("written", "deaths"),
    [("3", [Toll("all", None, 3, None)]), ("0", []), ("12.0", [Toll("all", None, 12, None)])],
)
def test_deaths_are_a_best_count_and_nought_says_nothing(written: str, deaths: list[Toll], one) -> None:
    assert event(one(fatalities=written)).deaths == deaths


# The rest


def test_texts_are_as_they_came(one) -> None:
    notes = ' “On 18 September”,\r\n"quoted" <b>not bold</b> [size=no report] '
    happened = event(one(notes=notes, source="Undisclosed Source; Invented News"))
    assert (happened.summary, happened.sources) == (notes, "Undisclosed Source; Invented News")


@pytest.mark.parametrize(
    ("written", "instant", "flagged"),
    [("1658707200", 1658707200, False), ("", None, False), ("yesterday", None, True)],
)
def test_instant_of_the_last_change(written: str, instant: int | None, flagged: bool, one) -> None:
    row = one(timestamp=written)
    assert event(row).updated_at == instant
    assert bool(row.warnings) is flagged


def test_deletions_are_instants(tmp_path: Path) -> None:
    rows = [{"event_id_cnty": "SYR900001", "deleted_timestamp": "1658707200"}]
    (row,) = read(tmp_path, invented.file(invented.DELETED, rows)).rows
    assert (row.key, row.deleted_at, row.event, row.actor) == (
        "SYR900001",
        "2022-07-25T00:00:00+00:00",
        None,
        None,
    )
