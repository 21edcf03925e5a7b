"""What readers learn of matches: those between public events, and nothing of any other, by any path."""

import json

import pytest

from border.curation.merging import merge, publish_merge
from border.links.deciding import judge
from border.publication import operations
from border.publication.endpoints import ENDPOINTS
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def events(db):
    """Events of ours and of UCDP, and one made from a row of ACLED, which may not be passed on."""
    place = make.TerritoryFactory(slug="bukamal", kind="town")
    made = {}
    for name, redistributable in (("ours", None), ("ucdp", True), ("acled", False)):
        made[name] = make.EventFactory(
            slug=f"{name}-1", title=f"As {name} has it", territory=place, date="2015-03-01"
        )
        make.CasualtyFactory(
            event=made[name], kind="killed", whom="unknown", low=1, best=2, high=3, source=None
        )
        if redistributable is not None:
            release = make.SourceFactory(
                kind="dataset", dataset=name.upper(), version="1", redistributable=redistributable
            )
            make.ExternalRecordFactory(release=release, event=made[name], told={"title": "x"})
    return made


def publish(*records):
    operations.publish(*records, by=make.UserFactory(), reason="Good.")


@pytest.fixture
def public(events):
    publish(*[one for endpoint in ENDPOINTS.values() for one in endpoint.model.objects.exclude(pk=events["acled"].pk if endpoint.name == "events" else 0)])  # fmt: skip
    return events


def document(client, slug):
    return json.loads(client.get(f"/api/v1/events/{slug}/").content)


def everything(client):
    """All that readers get about events, by every way to it, letter by letter."""
    ways = (
        "events/",
        "events/ours-1/",
        "events/ucdp-1/",
        "totals/",
        "events/?count=true&ordering=-changed",
        "search/?q=has",
        "events/?fields=slug,matches",
    )
    return [client.get(f"/api/v1/{way}").content for way in ways]


def test_both_public_events_tell_of_each_other_once_reviewed(public, client):
    judge(public["ours"], public["ucdp"], "same", by=make.UserFactory())
    assert document(client, "ours-1")["matches"] == []
    assert operations.state(public["ours"])[0] == "changed"
    publish(public["ours"], public["ucdp"])
    assert document(client, "ours-1")["matches"] == [
        {"event": {"slug": "ucdp-1", "name": "As ucdp has it"}, "verdict": "same"}
    ]
    assert document(client, "ucdp-1")["matches"][0]["event"]["slug"] == "ours-1"


def test_whoever_judged_a_pair_does_not_publish_it(public):
    person = make.UserFactory()
    judge(public["ours"], public["ucdp"], "same", by=person)
    with pytest.raises(operations.PublicationRefused, match="changes of yours"):
        operations.publish(public["ours"], by=person, reason="Good.")


@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_match_with_an_event_of_a_dataset_that_is_not_passed_on_shows_by_no_path(public, client, verdict):
    before = everything(client)
    judge(public["ours"], public["acled"], verdict, by=make.UserFactory(), reason="As in ACLED.")
    judge(public["ucdp"], public["acled"], verdict, by=make.UserFactory(), reason="As in ACLED.")
    for name in ("ours", "ucdp"):
        assert operations.state(public[name])[0] == "current"
    publish(public["ours"], public["ucdp"])
    assert everything(client) == before
    assert client.get("/api/v1/events/acled-1/").status_code == 404


def test_two_that_are_one_only_through_what_is_not_passed_on_are_counted_each(public, client):
    for name in ("ours", "ucdp"):
        judge(public[name], public["acled"], "same", by=make.UserFactory())
    publish(public["ours"], public["ucdp"])
    assert json.loads(client.get("/api/v1/totals/").content)["events"] == 2


def test_event_that_is_withdrawn_takes_its_matches_along(public, client):
    judge(public["ours"], public["ucdp"], "same", by=make.UserFactory())
    publish(public["ours"], public["ucdp"])
    operations.withdraw(public["ucdp"], by=make.UserFactory(), reason="In doubt.")
    assert document(client, "ours-1")["matches"] == []
    assert operations.state(public["ours"])[0] == "current"
    assert "ucdp" not in client.get("/api/v1/events/").content.decode()


def test_event_that_goes_on_as_another_is_matched_under_its_slug_once_and_never_with_itself(public, client):
    third = make.EventFactory(slug="third", territory=public["ours"].territory, title="The third")
    publish(third)
    for one, other in (("ours", "ucdp"), ("third", "ours"), ("third", "ucdp")):
        pair = [third if name == "third" else public[name] for name in (one, other)]
        judge(*pair, "same", by=make.UserFactory())
    publish(third, public["ours"], public["ucdp"])
    merged = merge(kept=public["ours"], dropped=public["ucdp"], by=make.UserFactory(), reason="One row each.")
    publish_merge(merged, by=make.UserFactory(), reason="So it is.")
    assert [one["event"]["slug"] for one in document(client, "third")["matches"]] == ["ours-1"]
    assert [one["event"]["slug"] for one in document(client, "ours-1")["matches"]] == ["third"]


def test_event_that_is_matched_is_still_told_apart_where_others_show_it(public, client):
    make.AuthorityEventFactory(event=public["ucdp"])
    publish(
        *ENDPOINTS["territories"].model.objects.all(),
        *ENDPOINTS["actors"].model.objects.all(),
        *ENDPOINTS["authorities"].model.objects.all(),
    )
    with pytest.raises(operations.PublicationRefused, match="shows events/ucdp-1"):
        operations.withdraw(public["ucdp"], by=make.UserFactory(), reason="In doubt.")
