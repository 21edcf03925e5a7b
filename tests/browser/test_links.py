"""Pairs of events are judged with the keyboard, one after the other, and taken back."""

import pytest
from playwright.sync_api import expect

from border.links.looking import look
from border.links.models import Candidate
from events.models import Match
from tests import factories as make

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "reader"]),
]


@pytest.fixture
def pairs(db):
    """Two pairs that lie far apart: of each dataset one event in each."""
    releases = [
        make.SourceFactory(kind="dataset", dataset=name, version="1") for name in ("ACLED", "UCDP GED")
    ]
    for number in range(2):
        for release in releases:
            event = make.EventFactory(
                title=f"Fight {number}",
                date=f"2015-0{number + 1}-01",
                latitude="34.45",
                longitude="40.92",
                uncertainty_m=2000,
            )
            make.CasualtyFactory(
                event=event, kind="killed", whom="unknown", low=None, best=7 + number, high=None
            )
            make.ExternalRecordFactory(release=release, event=event)
    look()
    assert Candidate.objects.count() == 2


def test_pairs_are_judged_with_keys_and_a_verdict_is_taken_back(desk, person, pairs):
    person("curator")
    somebody = desk()
    page = somebody.sign_in("curator")
    somebody.open("/admin/links/")
    shown = page.locator("[data-pair]")
    expect(shown).to_have_count(2)
    shown.first.focus()
    page.keyboard.press("j")
    expect(shown.nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("d")
    expect(shown).to_have_count(1)
    expect(shown.first).to_be_focused()
    reason = shown.first.get_by_label("Why (may stay empty)")
    reason.press_sequentially("suds")
    expect(shown).to_have_count(1)
    reason.fill("One report.")
    shown.first.get_by_role("button", name="Same").click()
    expect(shown).to_have_count(0)
    assert sorted(Match.objects.values_list("verdict", flat=True)) == ["different", "same"]
    page.get_by_role("button", name="Take back").first.click()
    expect(shown).to_have_count(1)
    assert Match.objects.get().verdict == "different"


def test_controls_of_the_filters_stand_in_line(desk, person):
    person("curator")
    somebody = desk()
    page = somebody.sign_in("curator")
    filters = page.get_by_role("form", name="Which pairs")

    def boxes():
        somebody.open("/admin/links/")
        named = [filters.get_by_label(name, exact=True) for name in ("Datasets", "Territory", "Score from", "Score to")]  # fmt: skip
        return [one.bounding_box() for one in (*named, filters.get_by_role("button", name="Show"))]

    page.set_viewport_size({"width": 1280, "height": 900})
    wide = boxes()
    assert len({(round(box["y"]), round(box["height"])) for box in wide}) == 1
    assert len({round(box["width"]) for box in wide[:-1]}) == 1
    page.set_viewport_size({"width": 400, "height": 800})
    narrow = boxes()
    assert len({round(box["width"]) for box in narrow[:-1]}) == 1
    assert max(box["x"] + box["width"] for box in narrow) <= 400
