"""Totals count each event once, and say whose figures they took."""

import json

import pytest

from border.links.deciding import judge
from border.publication import operations
from tests import factories as make

pytestmark = pytest.mark.django_db

URL = "/api/v1/totals/"


@pytest.fixture
def place(db):
    return make.TerritoryFactory(slug="bukamal", kind="town")


@pytest.fixture
def happened(place):
    """``happened(slug, *claims)``: an event in the place; of a dataset where ``dataset`` names one."""

    def event(slug, *claims, dataset="", date="2015-03-01", **more):
        made = make.EventFactory(slug=slug, territory=place, date=date, **more)
        source = (
            make.SourceFactory(kind="dataset", dataset=dataset, version="1")
            if dataset
            else make.SourceFactory()
        )
        make.EventCitationFactory(record=made, source=source)
        for claim in claims:
            make.CasualtyFactory(event=made, **{"kind": "killed", "whom": "unknown", "low": None, "high": None, "source": source, **claim})  # fmt: skip
        return made

    return event


def publish():
    from border.publication.endpoints import ENDPOINTS

    records = [
        one for endpoint in ENDPOINTS.values() for one in endpoint.model.objects.exclude(status="withdrawn")
    ]
    operations.publish(*records, by=make.UserFactory(), reason="Good.")


def totals(client, **asked):
    answer = client.get(URL, asked)
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


def test_events_that_are_the_same_are_counted_once_and_it_is_said_whose_figures_were_taken(client, happened):
    ours = happened("ours", {"best": 4})
    ucdp = happened("ucdp", {"low": 5, "best": 6, "high": 9}, dataset="UCDP GED")
    happened("other", {"best": 10})
    publish()
    before = totals(client)
    assert (before["records"], before["events"], before["killed"]["best"], before["same"]) == (3, 3, 20, [])
    judge(ours, ucdp, "same", by=make.UserFactory())
    publish()
    after = totals(client)
    assert (after["records"], after["events"]) == (3, 2)
    assert after["killed"] == {"low": 14, "best": 14, "high": 14, "told": 2}
    assert after["same"] == [{"counted": "ours", "same_as": ["ucdp"]}]
    assert "stand first" in after["reading"]


def test_figures_are_those_of_one_that_has_any(client, happened):
    ours, ucdp = happened("ours"), happened("ucdp", {"best": 6}, dataset="UCDP GED")
    judge(ours, ucdp, "same", by=make.UserFactory())
    publish()
    found = totals(client)
    assert (found["same"], found["killed"]["best"]) == ([{"counted": "ucdp", "same_as": ["ours"]}], 6)


def test_what_is_the_same_as_the_same_is_counted_once_whatever_was_asked_for(client, happened):
    one, two, three = (
        happened("one", {"best": 1}),
        happened("two", date="2015-03-02"),
        happened("three", {"best": 3}),
    )
    judge(one, two, "same", by=make.UserFactory())
    judge(two, three, "same", by=make.UserFactory())
    publish()
    found = totals(client, **{"from": "2015-03-01", "to": "2015-03-01"})
    assert (found["records"], found["events"]) == (2, 1)
    assert found["same"] == [{"counted": "one", "same_as": ["three"]}]


def test_judgements_that_contradict_each_other_make_nothing_one_and_are_told(client, happened):
    one, two, three = (happened(slug, {"best": 1}) for slug in ("one", "two", "three"))
    for pair, said in (((one, two), "same"), ((two, three), "same"), ((one, three), "different")):
        judge(*pair, said, by=make.UserFactory())
    publish()
    found = totals(client)
    assert (found["events"], found["killed"]["best"], found["same"]) == (3, 3, [])
    assert found["contradicted"] == [["one", "three", "two"]]


def test_what_nobody_could_decide_and_what_is_different_are_counted_each(client, happened):
    one, two, three = (happened(slug, {"best": 1}) for slug in ("one", "two", "three"))
    judge(one, two, "unsure", by=make.UserFactory())
    judge(one, three, "different", by=make.UserFactory())
    publish()
    assert totals(client)["events"] == 3
    assert json.loads(client.get("/api/v1/events/one/").content)["matches"] == [
        {"event": {"slug": "three", "name": three.title}, "verdict": "different"}
    ]


@pytest.mark.parametrize(
    ("claims", "killed"),
    [
        ([{"best": 5}], (5, 5, 5)),
        ([{"low": 2, "best": None, "high": 8}], (2, 2, 8)),
        ([{"best": 5}, {"best": 3, "whom": "civilians"}], (5, 5, 5)),
        ([{"best": 2, "whom": "civilians"}, {"best": 3, "whom": "actor"}], (5, 5, 5)),
        ([{"best": 5, "kind": "injured"}], (0, 0, 0)),
    ],
)
def test_a_count_of_all_comes_before_counts_of_some(client, happened, claims, killed):
    actor = make.ActorFactory()
    happened("one", *[claim | ({"actor": actor} if claim.get("whom") == "actor" else {}) for claim in claims])
    publish()
    found = totals(client)["killed"]
    assert (found["low"], found["best"], found["high"]) == killed


def test_of_several_sources_the_widest_span_and_the_middle_and_a_span_without_source_alone(client, happened):
    sources = [make.SourceFactory() for _ in range(4)]
    happened(
        "one", *[{"best": best, "source": source} for best, source in zip((1, 4, 6, 9), sources, strict=True)]
    )
    event = happened(
        "two", *[{"best": best, "source": source} for best, source in zip((1, 4), sources[:2], strict=True)]
    )
    make.CasualtyFactory(event=event, kind="killed", whom="unknown", low=10, best=20, high=30, source=None)
    publish()
    found = totals(client)["killed"]
    assert (found["low"], found["best"], found["high"]) == (1 + 10, 4 + 20, 9 + 30)


def test_totals_take_the_filters_of_events_and_no_others(client, happened):
    happened("one", kind="battle")
    happened("two", kind="airstrike")
    publish()
    assert totals(client, kind="battle")["records"] == 1
    assert totals(client, territory="bukamal")["records"] == 2
    assert client.get(URL, {"cursor": "x"}).status_code == 400
    assert client.post(URL).status_code == 405


def test_of_very_many_groups_some_are_told_and_all_counted(client, happened, monkeypatch):
    monkeypatch.setattr("border.api.totals.MOST_GROUPS", 1)
    for number in range(3):
        judge(happened(f"one-{number}"), happened(f"two-{number}"), "same", by=make.UserFactory())
    publish()
    found = totals(client)
    assert (found["records"], found["events"], len(found["same"]), found["left_off"]) == (6, 3, 1, 2)
