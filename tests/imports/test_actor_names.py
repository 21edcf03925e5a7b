"""The names by which a foreign actor may be known are parts of its own."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from border.imports.formats import bare_name, open_table

NAMES = {
    "Islamic State (Syria)": ["Islamic State"],
    "Islamic State": [],
    "Military Forces of Turkey (2016-)": ["Military Forces of Turkey", "Turkey"],
    "Military Forces of the United States (2025-)": ["Military Forces of the United States", "United States"],
    "Military Forces of Syria (2000-) 4th Armored Division": ["4th Armored Division"],
    "Military Forces of Iraq (2014-2018) - Popular Mobilization": ["Popular Mobilization"],
    "QSD: Syrian Democratic Forces": ["Syrian Democratic Forces", "QSD"],
    "PKK: Kurdistan Workers Party (Iraq)": [
        "PKK: Kurdistan Workers Party",
        "Kurdistan Workers Party (Iraq)",
        "Kurdistan Workers Party",
        "PKK",
    ],
    "Unidentified Armed Group (Syria)": ["Unidentified Armed Group"],
    "Police Forces of Iraq (2022-)": ["Police Forces of Iraq", "Iraq"],
    "Government of Syria": ["Syria"],
    "Government of Russia (Soviet Union)": ["Government of Russia", "Russia"],
    "Militia (Pro-Iran)": [],
    "Military faction (navy)": [],
    "Hezbollah": [],
    "  QSD:  Syrian   Democratic Forces ": ["Syrian Democratic Forces", "QSD"],
    "": [],
}


@pytest.mark.parametrize(("raw", "further"), NAMES.items())
def test_names_from_the_most_faithful_on(raw: str, further: list[str]) -> None:
    plain = " ".join(raw.split())
    assert bare_name(raw) == ([plain] if plain else []) + further


@given(st.text(alphabet="ABc: ()-2019/Syria", max_size=40) | st.text(min_size=395, max_size=405))
def test_nothing_is_invented(raw: str) -> None:
    names = bare_name(raw)
    plain = " ".join(raw.split())
    for name in names:
        assert " ".join(name.split()) in plain
        assert name == name.strip()
    assert len(set(names)) == len(names)
    assert names[:1] == ([raw.strip()] if len(raw) > 400 else [plain] if plain else [])


@pytest.mark.shared
def test_names_of_real_actors_are_kept_whole_first(shared: Path) -> None:
    with open_table(shared / "data" / "ucdp" / "ucdp-actor-221.csv", "actors") as table:
        for row in table.rows():
            assert row.actor
            assert bare_name(row.actor.name)[0] == " ".join(row.actor.name.split())
