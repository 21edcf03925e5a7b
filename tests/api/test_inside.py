"""What lay inside what, day by day, against an oracle that walks the map of each single day."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from border.api import places
from border.api.inside import ALWAYS, BEGINNING, END, Link, closure, shared, union
from border.api.sampling import Sample
from border.publication import operations
from territories.models import Territory
from tests.api.conftest import publish_all
from tests.factories import (
    AuthorityFactory,
    ContainmentFactory,
    CrossingFactory,
    EventFactory,
    TerritoryFactory,
    UserFactory,
)

PLACES = "abcdef"
DAYS = range(1, 12)
ends = st.one_of(
    st.just((BEGINNING, END)), st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted).map(tuple)
)
links = st.lists(st.builds(Link, st.sampled_from(PLACES), st.sampled_from(PLACES), ends), max_size=14)


def on_that_day(found: list[Link], start: str, day: int, *, within: bool) -> set[str]:
    """All places reached from ``start`` by the containments of one day, one step after the other."""
    holding = [link for link in found if link.span[0] <= day < link.span[1]]
    reached = {start}
    for _ in PLACES:
        for link in holding:
            here, there = (link.parent, link.child) if within else (link.child, link.parent)
            if here in reached:
                reached.add(there)
    return reached


@pytest.mark.parametrize("direction", ["within", "covering"])
@given(found=links)
@settings(max_examples=300, deadline=None)
def test_closure_holds_day_by_day(direction, found):
    spans = closure(found, "a", direction)
    for day in DAYS:
        now = {place for place, lying in spans.items() if any(first <= day < after for first, after in lying)}
        assert now == on_that_day(found, "a", day, within=direction == "within")


@given(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12))),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12))),
)
def test_spans_are_sets_of_days(one, other):
    def days(spans):
        return {day for first, after in spans for day in range(first, after)}

    assert days(union(one)) == days(one)
    assert days(shared(one, other)) == days(one) & days(other)
    assert all(before[1] < after[0] for before, after in zip(union(one), union(one)[1:], strict=False))


def test_ring_of_containments_ends():
    ring = [Link("b", "a", (BEGINNING, END)), Link("a", "b", (BEGINNING, END))]
    assert closure(ring, "a") == {"a": ALWAYS, "b": ALWAYS}


# The whole way, over the published record.


@pytest.fixture
def province(db: None) -> None:
    """A town in a district, the district in a country always, and in a province from August 2014 to November 2017."""
    town, district, country, province = (
        TerritoryFactory(slug=slug, kind=kind)
        for slug, kind in (
            ("town", "town"),
            ("district", "district"),
            ("country", "country"),
            ("province", "declared_province"),
        )
    )
    ContainmentFactory(child=town, parent=district, period="")
    ContainmentFactory(child=district, parent=country, period="")
    ContainmentFactory(child=district, parent=province, period="2014-08-30/2017-11-19")
    for year in (2013, 2015, 2019):
        EventFactory(slug=f"event-of-{year}", territory=town, date=str(year))
    EventFactory(slug="event-of-an-age", territory=town, date="1990/2030")
    EventFactory(slug="event-in-province", territory=province, date="2016")
    AuthorityFactory(slug="holds-town", territory=town, period="2012/2020")
    AuthorityFactory(slug="holds-district", territory=district, period="2018/2020")
    AuthorityFactory(slug="holds-province", territory=province, period="2012/2020")
    AuthorityFactory(slug="holds-country", territory=country, period="2012/2020")
    CrossingFactory(slug="gate", territory=town)
    publish_all()


@pytest.mark.django_db
@pytest.mark.usefixtures("province")
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("events/?territory=province", {"event-of-2015", "event-in-province", "event-of-an-age"}),
        ("events/?territory=province&territory_scope=exact", {"event-in-province"}),
        ("events/?territory=province&from=2019&to=2019", set()),
        ("events/?territory=province&from=2015&to=2015", {"event-of-2015", "event-of-an-age"}),
        ("events/?territory=province&on=2019-01-01", set()),
        (
            "events/?territory=country",
            {"event-of-2013", "event-of-2015", "event-of-2019", "event-of-an-age"},
        ),
        ("events/?territory=country,!province", {"event-of-2013", "event-of-2019"}),
        ("events/?territory=!town,!district", {"event-in-province"}),
        ("authorities/?territory=province&on=2015-01-01", {"holds-town", "holds-province"}),
        ("authorities/?territory=province&on=2019-01-01", {"holds-province"}),
        # It held the town while the town lay in the province, though not only then.
        ("authorities/?territory=province", {"holds-town", "holds-province"}),
        ("authorities/?territory=district&on=2019-01-01", {"holds-town", "holds-district"}),
        (
            "authorities/?territory=town&territory_scope=covering&on=2015-01-01",
            {"holds-country", "holds-province"},
        ),
        (
            "authorities/?territory=town&territory_scope=covering&on=2019-01-01",
            {"holds-country", "holds-district"},
        ),
        # A crossing has no date: it may always have been there.
        ("crossings/?territory=province", {"gate"}),
        ("crossings/?territory=!province", set()),
        ("territories/?territory=province&on=2015-01-01", {"province", "district", "town"}),
        ("territories/?territory=province&on=2019-01-01", {"province"}),
        ("territories/?territory=town&territory_scope=covering&on=2019-01-01", {"district", "country"}),
    ],
)
def test_territory_includes_what_lay_in_it_on_the_rows_own_dates(reader, question, answer, monkeypatch):
    assert set(reader.slugs(f"/api/v1/{question}")) == answer
    # However many the territories are, and however common: no answer depends on how it is looked for.
    for few, common in ((places.FEW, True), (places.FEW, False), (0, False)):
        monkeypatch.setattr(places, "FEW", few)
        monkeypatch.setattr(Sample, "common", lambda self, hits, common=common: common)
        assert set(reader.slugs(f"/api/v1/{question}")) == answer


@pytest.mark.django_db
@pytest.mark.usefixtures("province")
def test_new_containment_counts_as_soon_as_it_is_published(reader):
    address = "/api/v1/events/?territory=province&from=2019&to=2019"
    assert reader.slugs(address) == []
    lasting = ContainmentFactory(
        child=Territory.objects.get(slug="district"), parent=Territory.objects.get(slug="province"), period=""
    )
    assert reader.slugs(address) == []
    operations.publish(lasting, by=UserFactory(), reason="It lasted, says another source.")
    assert set(reader.slugs(address)) == {"event-of-2019", "event-of-an-age"}


def test_calendar_fits_between_the_ends():
    assert dt.date.min.toordinal() > BEGINNING
    assert dt.date.max.toordinal() < END
