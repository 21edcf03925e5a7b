"""Filters against an oracle: the slow, obvious reading of the documents in Python."""

import datetime as dt
import math
from collections.abc import Callable, Iterable
from typing import Any
from unittest import mock
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from border.api import reading, sampling
from border.api.parameters import Several
from border.api.questions import HAPPENED, questions_of
from border.publication.endpoints import ENDPOINTS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixtures")]

Document = dict[str, Any]
DATED = [name for name, endpoint in ENDPOINTS.items() if endpoint.dated]
EVERYTHING = {name: f"/api/v1/{name}/?page_size=1000" for name in ENDPOINTS}
# Territories are asked for by where they lie, too: test_inside.py.
ELSEWHERE = {"territory", "about_territory", "fields"}
drawn = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def remembered(standing_fixtures: None) -> dict[str, list[Document]]:
    """What a list was found to hold, by its noun: what is published stands for the module."""
    return {}


@pytest.fixture
def all_of(reader: Any, remembered: dict[str, list[Document]]) -> Callable[[str], list[Document]]:
    """``all_of("events")``: all documents of a noun, asked for once."""

    def asked(endpoint: str) -> list[Document]:
        if endpoint not in remembered:
            remembered[endpoint] = reader.rows(EVERYTHING[endpoint])
        return remembered[endpoint]

    return asked


def slugs(*references: Any) -> set[str]:
    return {reference["slug"] for reference in references if reference}


def citations(document: Document) -> list[Document]:
    return [citation for citation in document["citations"] if "source" in citation]


VALUES: dict[str, Callable[[Document], Iterable[str]]] = {
    "source": lambda d: slugs(*(citation["source"] for citation in citations(d))),
    "stance": lambda d: {citation["stance"] for citation in citations(d) if "stance" in citation},
    "country": lambda d: d["countries"],
    "about_actor": lambda d: slugs(*d["about_actors"]),
    "events.actor": lambda d: slugs(*(part["actor"] for part in d["participations"])),
    "events.role": lambda d: {part["role"] for part in d["participations"]},
    "relationships.actor": lambda d: slugs(d["subject"], d["object"]),
    "authorities.actor": lambda d: slugs(d["actor"]),
    "movements.actor": lambda d: slugs(d["mover"]),
    "crossing-statuses.actor": lambda d: slugs(*(control["actor"] for control in d["controls"])),
    "sources.dataset": lambda d: {d["dataset"]} - {None},
}


def values(endpoint: str, name: str, document: Document) -> set[str]:
    """What a document says of the parameter ``name``."""
    if told := VALUES.get(f"{endpoint}.{name}") or VALUES.get(name):
        return set(told(document))
    shown = document[name]
    return slugs(shown) if isinstance(shown, dict) else {shown} - {None}


LISTED = [
    (endpoint, parameter.name)
    for endpoint in ENDPOINTS
    for parameter in questions_of(endpoint).filters.values()
    if isinstance(parameter, Several) and parameter.name not in ELSEWHERE and (endpoint, parameter.name) != ("events", "dataset")
]  # fmt: skip


@pytest.mark.parametrize(("endpoint", "name"), LISTED)
def test_listed_parameter_finds_what_the_documents_say(reader, all_of, endpoint, name):
    documents = all_of(endpoint)
    said = {document["slug"]: values(endpoint, name, document) for document in documents}
    there = sorted(set().union(*said.values()) - {""})
    if not there:
        pytest.skip(f"No published record of {endpoint} has a {name}.")
    first, last, middle = there[0], there[-1], there[len(there) // 2]

    def found(query: str) -> set[str]:
        return set(reader.slugs(f"{EVERYTHING[endpoint]}&fields=slug&{name}={query}"))

    assert found(middle) == {slug for slug, has in said.items() if middle in has} != set()
    assert found(f"{first},{last}") == {slug for slug, has in said.items() if has & {first, last}}
    assert found(f"!{middle}") == {slug for slug, has in said.items() if middle not in has}
    both = found(f"{first},!{last}") if first != last else set()
    assert both == {slug for slug, has in said.items() if first != last and first in has and last not in has}


def test_dataset_of_an_event_is_that_of_a_source_it_cites(reader, all_of):
    of = {source["slug"]: source["dataset"] for source in all_of("sources")}
    events = all_of("events")
    said = {
        event["slug"]: {of[slug] for slug in values("events", "source", event)} - {None} for event in events
    }
    for dataset in sorted(set().union(*said.values())):
        asked = {"page_size": 1000, "dataset": dataset}
        found = {row["slug"] for row in reader.get("/api/v1/events/", asked).json()["results"]}
        assert found == {slug for slug, has in said.items() if dataset in has}


@pytest.mark.parametrize("contested", [True, False])
def test_contested_is_what_the_document_says(reader, contested):
    found = reader.rows(f"{EVERYTHING['events']}&contested={str(contested).lower()}")
    assert found
    assert all(event["contested"] is contested for event in found)
    total = reader.json("/api/v1/events/?page_size=1&count=true")["count"]
    assert len(found) < total


# Actors and roles


def parts(event: Document) -> set[tuple[str, str]]:
    return {(part["actor"]["slug"], part["role"]) for part in event["participations"]}


ASKED_PARTS: list[tuple[str, Callable[[set[tuple[str, str]]], bool]]] = [
    ("actor=islamic-state&role=initiator", lambda has: ("islamic-state", "initiator") in has),
    (
        "actor=islamic-state,irgc&role=initiator,target",
        lambda has: any(a in {"islamic-state", "irgc"} and r in {"initiator", "target"} for a, r in has),
    ),
    (
        "actor=islamic-state&role=!initiator",
        lambda has: any(a == "islamic-state" for a, _ in has) and ("islamic-state", "initiator") not in has,
    ),
    (
        "actor=!islamic-state&role=initiator",
        lambda has: any(r == "initiator" for _, r in has) and ("islamic-state", "initiator") not in has,
    ),
    (
        "actor=!islamic-state&role=!target",
        lambda has: all(a != "islamic-state" and r != "target" for a, r in has),
    ),
]


@pytest.mark.parametrize(("query", "answers"), ASKED_PARTS)
def test_actor_and_role_are_of_one_participant(reader, all_of, query, answers):
    events = all_of("events")
    found = set(reader.slugs(f"{EVERYTHING['events']}&{query}"))
    assert found == {event["slug"] for event in events if answers(parts(event))} != set()


# Days and windows


Days = tuple[dt.date, dt.date]


def day(text: str | None, unbounded: dt.date) -> dt.date:
    return dt.date.fromisoformat(text) if text else unbounded


def span(days: list[str | None] | None) -> Days | None:
    return days and (day(days[0], dt.date.min), day(days[1], dt.date.max))


def date_of(document: Document) -> tuple[Days, Days | None]:
    """The possible and the certain days of a document."""
    [date] = [shown for shown in document.values() if isinstance(shown, dict) and "edtf" in shown]
    possible = span(date["possible"])
    assert possible
    return possible, span(date["certain"])


def overlap(one: Days | None, other: Days) -> bool:
    return one is not None and one[0] <= other[1] and other[0] <= one[1]


def lies_in(one: Days, other: Days) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]


def may(document: Document, window: Days) -> bool:
    return overlap(date_of(document)[0], window)


def surely_on(document: Document, window: Days) -> bool:
    return overlap(date_of(document)[1], window)


def surely_in(endpoint: str, document: Document, window: Days) -> bool:
    possible, certain = date_of(document)
    return lies_in(possible, window) or (endpoint not in HAPPENED and overlap(certain, window))


days = st.dates(dt.date(1916, 1, 1), dt.date(2024, 12, 31))


@pytest.mark.parametrize("endpoint", DATED)
@given(data=st.data())
@drawn
def test_day_finds_what_the_documents_say(reader, all_of, endpoint, data):
    documents = all_of(endpoint)
    on = data.draw(days)
    expected = {d["slug"]: surely_on(d, (on, on)) for d in documents if may(d, (on, on))}
    found = {row["slug"]: row["surely"] for row in reader.rows(f"{EVERYTHING[endpoint]}&on={on}")}
    assert found == expected
    certain = reader.slugs(f"{EVERYTHING[endpoint]}&on={on}&date_match=certain")
    assert set(certain) == {slug for slug, surely in expected.items() if surely}


@pytest.mark.parametrize("endpoint", DATED)
@given(data=st.data())
@drawn
def test_window_finds_what_the_documents_say(reader, all_of, endpoint, data):
    documents = all_of(endpoint)
    start, end = sorted((data.draw(days), data.draw(days)))
    open_at = data.draw(st.sampled_from(["", "start", "end"]))
    window = (dt.date.min if open_at == "start" else start, dt.date.max if open_at == "end" else end)
    asked = "".join(
        f"&{name}={value}"
        for name, value, skipped in (("from", start, "start"), ("to", end, "end"))
        if open_at != skipped
    )
    expected = {d["slug"]: surely_in(endpoint, d, window) for d in documents if may(d, window)}
    found = {row["slug"]: row["surely"] for row in reader.rows(f"{EVERYTHING[endpoint]}{asked}")}
    assert found == expected
    certain = reader.slugs(f"{EVERYTHING[endpoint]}{asked}&date_match=certain")
    assert set(certain) == {slug for slug, surely in expected.items() if surely}


def test_window_may_be_written_in_edtf(reader):
    june = reader.rows("/api/v1/events/?from=2014-06&to=2014-06")
    assert june == reader.rows("/api/v1/events/?from=2014-06-01&to=2014-06-30")
    assert june


@pytest.mark.parametrize("more", ["", "&role=side_a", "&ordering=slug", "&territory=iraq", "&contested=true"])
@given(data=st.data())
@drawn
def test_actor_in_a_window_is_found_however_common(reader, more, data):
    actors = data.draw(
        st.sampled_from(
            ["islamic-state", "israel", "free-syrian-army,islamic-state", "islamic-state,!israel"]
        )
    )
    start = data.draw(st.dates(dt.date(2013, 1, 1), dt.date(2019, 12, 31)))
    end = start + dt.timedelta(days=data.draw(st.integers(0, 1000)))
    always = f"{EVERYTHING['events']}&actor={actors}{more}"
    asked = f"{always}&from={start}&to={end}"
    found = []
    for common in (True, False):
        with mock.patch.object(sampling.Sample, "common", lambda *_, common=common: common):
            found.append(reader.slugs(asked))
    assert found[0] == found[1]
    # What lies in a territory depends on the window.
    if "territory" not in more:
        assert found[0] == [row["slug"] for row in reader.rows(always) if may(row, (start, end))]


# The map


def metres(longitude: float, latitude: float, other: tuple[float, float]) -> float:
    """The distance of two points on a sphere, by another formula than the one asked."""
    one, two = math.radians(latitude), math.radians(other[1])
    apart = math.radians(other[0] - longitude)
    cosine = math.sin(one) * math.sin(two) + math.cos(one) * math.cos(two) * math.cos(apart)
    return 6_371_008.8 * math.acos(max(-1, min(1, cosine)))


def clamped(value: float, low: float, high: float) -> float:
    return max(low, min(high, value))


longitudes, latitudes = (
    st.floats(38, 44).map(lambda x: round(x, 3)),
    st.floats(32, 38).map(lambda x: round(x, 3)),
)


@pytest.mark.parametrize("endpoint", ["events", "territories"])
@given(corners=st.tuples(longitudes, latitudes, longitudes, latitudes))
@example(corners=(40.918, 34.452, 40.918, 34.452))
@drawn
def test_box_finds_points_whose_uncertainty_reaches_in(reader, all_of, endpoint, corners):
    west, east = sorted(corners[::2])
    south, north = sorted(corners[1::2])
    found = set(reader.slugs(f"{EVERYTHING[endpoint]}&bbox={west},{south},{east},{north}"))
    for document in all_of(endpoint):
        if not (point := document["point"]):
            assert document["slug"] not in found
            continue
        longitude, latitude = point["longitude"], point["latitude"]
        distance = metres(
            longitude, latitude, (clamped(longitude, west, east), clamped(latitude, south, north))
        )
        if abs(distance - point["uncertainty_m"]) > 1:
            assert (document["slug"] in found) == (distance < point["uncertainty_m"] or distance == 0)


@pytest.mark.parametrize("endpoint", ["events", "territories"])
@given(longitude=longitudes, latitude=latitudes, kilometres=st.integers(0, 400))
@drawn
def test_near_finds_points_within_the_distance(reader, all_of, endpoint, longitude, latitude, kilometres):
    found = set(reader.slugs(f"{EVERYTHING[endpoint]}&near={longitude},{latitude}&within_km={kilometres}"))
    for document in all_of(endpoint):
        point = document["point"]
        reach = (
            point
            and metres(point["longitude"], point["latitude"], (longitude, latitude)) - point["uncertainty_m"]
        )
        if point is None:
            assert document["slug"] not in found
        elif abs(reach - kilometres * 1000) > 1:
            assert (document["slug"] in found) == (reach < kilometres * 1000)


def test_near_reaches_round_the_earth(reader, all_of):
    placed = [event["slug"] for event in all_of("events") if event["point"]]
    assert reader.slugs(f"{EVERYTHING['events']}&near=-139,-34&within_km=20040") == placed


def test_border_is_so_near(reader):
    near = set(reader.slugs(f"{EVERYTHING['events']}&border_within_km=10"))
    nearer = set(reader.slugs(f"{EVERYTHING['events']}&border_within_km=1"))
    assert nearer < near
    assert "e-al-hari-raid-2025-04" in nearer
    assert "e-sinjar-raid-2007" not in near


# Text, and when the record changed


def test_words_are_found_as_people_write_them(reader):
    assert "e-crossing-reopens-2019" in reader.slugs('/api/v1/events/?q="crossing" reopens')
    without = reader.slugs("/api/v1/events/?q=crossing -reopens")
    assert without
    assert "e-crossing-reopens-2019" not in without


def test_names_are_found_in_any_script(reader):
    for query in ("القائم", "Kaim", "Al-Qaim"):
        assert "qaim-town" in reader.slugs(f"/api/v1/territories/?q={query}")
    assert "islamic-state" in reader.slugs("/api/v1/actors/?q=Daesh")


def test_text_without_words_finds_nothing(reader):
    for endpoint in ENDPOINTS:
        assert reader.slugs(f"/api/v1/{endpoint}/?q=...") == []


def test_changed_since_is_when_the_record_was_published(reader):
    assert reader.slugs("/api/v1/findings/?changed_since=2000-01-01") == reader.slugs("/api/v1/findings/")
    assert reader.slugs("/api/v1/findings/?changed_since=2999-01-01T00:00%2B03:00") == []


@pytest.mark.parametrize("common", [True, False])
@pytest.mark.parametrize("moment", ["", "&known_at={}"])
@pytest.mark.parametrize(
    "text", ['"crossing" reopens', "-crossing", "Kaim or Daesh", "القائم", "...", "battle", "%", "'"]
)
def test_words_lead_to_the_same_rows_however_common_they_are(reader, monkeypatch, text, moment, common):
    known = reader.json("/api/v1/changes/head/")["at"]
    asked = {"q": text} | ({"known_at": known} if moment else {})
    addresses = [f"/api/v1/{name}/?{urlencode(asked)}" for name in ("events", "territories", "findings")]
    expected = [reader.slugs(address) for address in addresses]
    monkeypatch.setattr("border.api.filters.is_common", lambda *_: common)
    assert [reader.slugs(address) for address in addresses] == expected


def test_what_most_rows_have_is_common_and_what_few_have_is_not(reader, monkeypatch):
    monkeypatch.setattr(sampling, "MOST", 100.0)  # few as they are, all are looked at
    monkeypatch.setattr(sampling, "LOOKED_INTO", 10)
    state, events = reading.State(reading.version()), ENDPOINTS["events"]
    assert sampling.is_common(state, events, "true", [])
    assert not sampling.is_common(state, events, "r.slug = %s", ["e-crossing-reopens-2019"])
    assert not sampling.is_common(state, events, "false", [])
