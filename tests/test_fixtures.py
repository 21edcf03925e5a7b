"""The small world of fixtures/: whole, sound, and stable under load and dump."""

import re
from collections import defaultdict
from collections.abc import Iterator
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction

from border.contracts.tables import BY_NAME
from tests.small_world import CITED, FOLDER, ROOT, attributes, by_slug, named_rows, vocabulary

COUNTS = {
    "sources": 375,
    "territories": 67,
    "territory_names": 261,
    "territory_citations": 303,
    "containments": 75,
    "containment_citations": 101,
    "crossings": 3,
    "crossing_statuses": 18,
    "crossing_status_citations": 55,
    "crossing_controls": 29,
    "actors": 96,
    "actor_names": 214,
    "actor_citations": 338,
    "relationships": 52,
    "relationship_citations": 73,
    "authorities": 50,
    "authority_citations": 83,
    "episodes": 10,
    "episode_citations": 17,
    "events": 97,
    "event_citations": 446,
    "participations": 233,
    "casualties": 46,
    "authority_events": 39,
    "movements": 24,
    "movement_citations": 43,
    "findings": 22,
    "finding_citations": 32,
    "finding_territories": 26,
    "finding_actors": 48,
}


def test_each_table_has_its_rows():
    assert {name: len(named_rows(name)) for name in COUNTS} == COUNTS
    assert sum(count for name, count in COUNTS.items() if name.endswith("_citations")) == 1491
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(COUNTS)


def test_counts_are_those_of_the_page():
    text = (ROOT / "docs" / "fixtures.md").read_text("utf-8")
    told = {name: int(count) for name, count in re.findall(r"`(\w+)\.csv` \| (\d+) \|", text)}
    assert told == COUNTS


@pytest.mark.parametrize("noun", CITED)
def test_every_row_is_cited_and_every_citation_resolves(noun):
    sources = by_slug("sources")
    records = by_slug(CITED[noun])
    citations = named_rows(f"{noun}_citations")
    assert {row["record"] for row in citations} == set(records)
    assert {row["source"] for row in citations} <= set(sources)
    numbers = defaultdict(list)
    for row in citations:
        numbers[row["record"]].append(int(row["number"]))
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in numbers.values())


def test_every_source_is_used():
    used = {row["source"] for name in COUNTS for row in named_rows(name) if row.get("source")}
    used |= {
        found
        for path in FOLDER.glob("outlines/*")
        for found in re.findall(r'"source": "([^"]+)"', path.read_text())
    }
    assert len(set(by_slug("sources")) - used) < 10


def test_every_finer_word_is_on_the_page():
    known = {finer for words in vocabulary().values() for _, finer in words.values()}
    for name in COUNTS:
        for row in named_rows(name):
            for column in ("sub_kind", "sub_role", "sub_state"):
                assert row.get(column, "") in known, (name, row)


def test_every_attribute_is_on_the_page():
    used, _ = attributes()
    for noun in CITED:
        found = {row["attribute"] for row in named_rows(f"{noun}_citations")} - {""}
        assert found == used[noun]


def test_low_confidence_says_why():
    for name in COUNTS:
        for row in named_rows(name):
            assert (row.get("confidence") == "low") == bool(row.get("confidence_reason")), (name, row)


def test_an_event_has_a_point_only_where_its_place_is_small():
    places = by_slug("territories")
    small = {"town", "neighbourhood", "crossing", "base", "field"}
    for row in named_rows("events"):
        place = places[row["territory"]]
        if place["kind"] in small and place["longitude"]:
            assert (row["longitude"], row["latitude"]) == (place["longitude"], place["latitude"])
            assert int(row["uncertainty_m"]) >= max(5000, int(place["uncertainty_m"]))
        else:
            assert not row["longitude"], row["slug"]


def history() -> int:
    """How many rows all history tables hold."""
    tracked = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    return sum(model.objects.count() for model in tracked)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: pytest.FixtureDef) -> Iterator[str]:
    """The fixtures in the database, for all tests here; what was loaded is taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        told = StringIO()
        call_command("load", str(FOLDER), stdout=told)
        yield told.getvalue()
        transaction.set_rollback(True)


def test_the_fixtures_load(loaded):
    stored = {name: BY_NAME[name].model.objects.count() for name in COUNTS}
    assert stored == COUNTS


def test_the_outlines_load(loaded):
    assert BY_NAME["outlines"].model.objects.count() == 6


def test_a_second_load_changes_nothing(loaded):
    before = history()
    assert before > sum(COUNTS.values())
    call_command("load", str(FOLDER), stdout=StringIO())
    assert history() == before


def test_a_dump_is_the_fixtures_byte_for_byte(loaded, tmp_path):
    call_command("dump", str(tmp_path), stdout=StringIO())
    dumped = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    kept = {path.relative_to(FOLDER): path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()}
    assert set(dumped) == set(kept)
    for path, text in kept.items():
        assert dumped[path] == text, path
