"""Pages: whatever their size and order, each row once, and the same rows on the way back."""

import base64
import datetime as dt
import json
import re

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from border.api.paging import Cursor, Order, _digest
from border.api.questions import questions_of
from border.publication import operations
from border.publication.endpoints import ENDPOINTS
from events.models import Event
from tests.api.conftest import publish_all
from tests.factories import EventFactory, TerritoryFactory, UserFactory

pytestmark = pytest.mark.django_db
ORDERED = [(name, order) for name in ENDPOINTS for order in questions_of(name).orderings]
DATES = [
    "2014",
    "2014-06",
    "2014-06-22",
    "2014-06-22",
    "2013",
    "2013",
    "../2011",
    "../2011",
    "../2012",
    "2019-09-30~",
    "2003/..",
]


# Windows into which events reach from before, with the first day in each and the first after it.
WINDOWS = {
    "": (dt.date.min, dt.date.max),
    "&from=2014-06-15&to=2014-06-22": (dt.date(2014, 6, 15), dt.date(2014, 6, 23)),
    "&from=2012-03-01": (dt.date(2012, 3, 1), dt.date.max),
    "&to=2013": (dt.date.min, dt.date(2014, 1, 1)),
    "&on=2014-06-22": (dt.date(2014, 6, 22), dt.date(2014, 6, 23)),
}


@pytest.fixture
def events(db: None) -> list[Event]:
    """Events, many of one date, in the order of their first possible day."""
    place = TerritoryFactory()
    made = [EventFactory(slug=f"event-{n:02}", date=date, territory=place) for n, date in enumerate(DATES)]
    publish_all()

    def first(event):
        return str(event.possible.lower or "")

    return sorted(made, key=lambda event: (first(event), event.slug))


@given(
    size=st.integers(1, len(DATES) + 1),
    order=st.sampled_from(["date", "-date", "slug", "-slug", "changed", "-changed"]),
    window=st.sampled_from(list(WINDOWS)),
)
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_hold_each_row_once_there_and_back(reader, events, size, order, window):
    first, after = WINDOWS[window]
    slugs = [
        event.slug
        for event in events
        if (event.possible.lower or dt.date.min) < after and (event.possible.upper or dt.date.max) > first
    ]
    # What is published together is written in the order of days.
    if order.removeprefix("-") == "slug":
        slugs = sorted(slugs)
    expected = slugs[::-1] if order.startswith("-") else slugs
    pages = []
    following = f"/api/v1/events/?page_size={size}&ordering={order}&fields=slug{window}"
    while following:
        page = reader.json(following)
        pages.append(page)
        following = page["next"]
    assert [row["slug"] for page in pages for row in page["results"]] == expected
    assert all(len(page["results"]) == size for page in pages[:-1])
    assert pages[0]["previous"] is None
    for page, before in zip(pages[:0:-1], pages[-2::-1], strict=True):
        back = reader.json(page["previous"])
        assert back["results"] == before["results"]
        assert reader.json(back["next"])["results"] == page["results"]
    if len(pages) > 1:
        assert reader.json(pages[1]["previous"])["previous"] is None


@pytest.mark.usefixtures("events")
def test_rows_published_meanwhile_move_no_page(reader):
    page = reader.json("/api/v1/events/?page_size=4")
    seen = [row["slug"] for row in page["results"]]
    place = TerritoryFactory()
    late = EventFactory(slug="event-at-last", date="2012", territory=place)
    operations.publish(place, late, by=UserFactory(), reason="New.")
    rest = reader.slugs(page["next"])
    assert "event-at-last" not in seen
    assert len({*seen, *rest}) == len(seen) + len(rest) >= len(DATES)


@pytest.mark.parametrize(("name", "order"), ORDERED)
def test_order_has_an_index_of_its_keys(name, order):
    keys = ", ".join(key.removeprefix("r.") for key in Order(name, order).keys)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = %s", [ENDPOINTS[name].table.strip('"')]
        )
        indexes = [definition for (definition,) in cursor.fetchall()]
    assert any(re.search(rf"USING btree \({keys}\)", definition) for definition in indexes)


def cursor_of(reader) -> str:
    following = reader.json("/api/v1/events/?page_size=2")["next"]
    return following.partition("cursor=")[2]


@pytest.mark.usefixtures("events")
def test_mangled_cursor_is_refused(reader):
    cursor = cursor_of(reader)
    assert reader.json(f"/api/v1/events/?cursor={cursor}")["results"]
    for place in range(len(cursor)):
        letter = "A" if cursor[place] != "A" else "B"
        mangled = cursor[:place] + letter + cursor[place + 1 :]
        [error] = reader.refusal(f"/api/v1/events/?cursor={mangled}")["errors"]
        assert error["parameter"] == "cursor"


@pytest.mark.usefixtures("events")
@pytest.mark.parametrize(
    "query", ["events/?ordering=-date", "events/?ordering=slug", "authorities/?page_size=2"]
)
def test_cursor_belongs_to_its_list_and_order(reader, query):
    assert "cursor" in reader.refusal(f"/api/v1/{query}&cursor={cursor_of(reader)}")["detail"]


FORGED: list[object] = [
    [], {}, 1, None, "n", ["n"], ["n", 1, 2], ["x", "", ""], ["n", "2014", None], ["n", ["2014"], "a"], ["n", "2014", "a\0"],
    ["n", "", "", ""], ["n", "\ud800", "a"],
]  # fmt: skip


@pytest.mark.usefixtures("events")
@pytest.mark.parametrize("keys", FORGED, ids=repr)
def test_forged_cursor_is_refused(reader, keys):
    text = json.dumps(keys, separators=(",", ":")).encode()
    forged = (
        base64.urlsafe_b64encode(_digest(Order("events", "date").within, text) + text).decode().rstrip("=")
    )
    assert reader.refusal(f"/api/v1/events/?cursor={forged}")["errors"][0]["parameter"] == "cursor"


@pytest.mark.usefixtures("events")
@pytest.mark.parametrize("number", [-1, 2**63, 2**70, True, 1.5])
def test_forged_number_is_refused(reader, number):
    order = Order("events", "changed")
    forged = Cursor(forward=True, keys=(number,)).text(order.within)
    assert (
        reader.refusal(f"/api/v1/events/?ordering=changed&cursor={forged}")["errors"][0]["parameter"]
        == "cursor"
    )


@pytest.mark.usefixtures("events")
def test_links_keep_the_question(reader):
    following = reader.json(
        "/api/v1/events/?from=2013&to=2014-06&page_size=1&kind=territorial_takeover,battle"
    )["next"]
    assert following.startswith(
        "/api/v1/events/?from=2013&to=2014-06&page_size=1&kind=territorial_takeover,battle&cursor="
    )


@pytest.mark.usefixtures("events")
def test_count_is_of_the_whole_list(reader):
    assert reader.json("/api/v1/events/?page_size=1&count=true")["count"] == len(DATES)
    assert "count" not in reader.json("/api/v1/events/?page_size=1&count=false")
    assert reader.json("/api/v1/events/?page_size=1&count=true&on=2019-09-30")["count"] == 2
