"""The story of one event, from a curator's draft to its readers and past a later change."""

import re

import pytest
from playwright.sync_api import expect

from border.publication import operations
from events.models import Event
from tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "reader"]),
]


@pytest.fixture
def world(person):
    """A town, a militia and a paper that readers know of already, and a namesake of the town."""
    town = factories.TerritoryFactory(slug="al-qaim", name="Al-Qa'im", name_ar="القائم", countries=["IQ"])
    factories.TerritoryFactory(slug="qaim-district", name="Al-Qa'im", name_ar="القائم", kind="district")
    militia = factories.ActorFactory(
        slug="kataib-hizballah", name="Kata'ib Hizballah", name_ar="كتائب حزب الله"
    )
    paper = factories.SourceFactory(slug="border-security", title="Border Security and the Euphrates")
    operations.publish(town, militia, paper, by=person("admin"), reason="Known already.")
    person("curator")
    person("reviewer")


def choose(page, select, term, answer):
    """Look a record up by ``term`` and take the ``answer``."""
    page.locator(f"{select} + .select2").click()
    page.locator(".select2-search__field").last.fill(term)
    page.get_by_role("option", name=answer).click()


def as_readers_see_it(page, address):
    answer = page.request.get(address)
    assert answer.status == 200, answer.text()
    return answer.json()


def test_event_goes_from_a_draft_to_its_readers_and_a_later_change_waits(world, desk):
    curators, reviewers = desk(), desk()

    page = curators.sign_in_at_the_door("curator")
    page.get_by_role("link", name="Events", exact=True).first.click()
    page.goto(curators.address + "/admin/events/event/add/")
    page.locator("#id_title").fill("Qa'im falls")
    page.locator("#id_kind").select_option("battle")
    page.locator("#id_date").fill("22 June 2014")
    page.get_by_role("button", name="Use 2014-06-22").click()
    expect(page.locator("#id_date")).to_have_value("2014-06-22")
    page.locator("#id_date").fill("2014-06-20/2014-06-22")
    expect(page.locator(".border-edtf__words").first).to_have_text("from 20 June 2014 to 22 June 2014")
    choose(page, "#id_territory", "القايم", re.compile("Al-Qa'im · القائم · Town · IQ"))
    page.locator(".border-map").click(position={"x": 300, "y": 150})
    page.get_by_role("button", name="5 km", exact=True).click()
    expect(page.locator(".border-point__status")).to_contain_text("within 5 km")

    page.get_by_role("link", name="Participants").click()
    page.get_by_text("Add another Participant").click()
    choose(page, "#id_participations-0-actor", "كتائب", re.compile("Kata'ib Hizballah"))
    page.locator("#id_participations-0-role").select_option("target")

    page.get_by_role("link", name="Citations").click()
    page.get_by_text("Add another Citation").click()
    choose(page, "#id_citations-0-source", "euphrates", re.compile("Border Security"))
    page.locator("#id_citations-0-quote").fill("The town fell on 22 June.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was added successfully")).to_be_visible()

    event = Event.objects.get()
    assert (event.slug, event.status, event.uncertainty_m) == ("qaim-falls", "draft", 5000)
    assert event.longitude is not None
    assert [part.actor.slug for part in event.participations.all()] == ["kataib-hizballah"]
    assert [(one.number, one.source.slug) for one in event.citations.all()] == [(1, "border-security")]
    public = f"{curators.address}/api/v1/events/qaim-falls/"
    change = f"/admin/events/event/{event.pk}/change/"
    assert page.request.get(public).status == 404

    page = curators.open(change)
    expect(page.get_by_text("Readers do not see this event.")).to_be_visible()
    page.get_by_role("link", name="Submit for review").click()
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("It awaits review.")).to_be_visible()

    page = reviewers.sign_in_at_the_door("reviewer")
    page.get_by_role("link", name="1 For me to review").click()
    page.get_by_role("link", name=re.compile("Qa'im falls")).click()
    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_label("Reason").fill("The paper says so and nobody disputes it.")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Readers see this text.")).to_be_visible()
    seen = as_readers_see_it(page, public)
    assert seen["title"] == "Qa'im falls"
    assert seen["date"]["edtf"] == "2014-06-20/2014-06-22"

    page = curators.open(change)
    page.locator("#id_title").fill("Qa'im and Rutba fall")
    page.locator("#id_why").fill("The paper names both towns.")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("Readers see version 1.")).to_be_visible()
    assert as_readers_see_it(page, public) == seen

    page.get_by_role("link", name="History").click()
    expect(page.get_by_text("The paper names both towns.")).to_be_visible()


def test_main_pages_fit_a_narrow_screen(world, desk):
    curators = desk()
    page = curators.sign_in("curator")
    event = factories.EventFactory()
    page.set_viewport_size({"width": 400, "height": 800})
    for path in (
        "/admin/",
        "/admin/events/event/",
        f"/admin/events/event/{event.pk}/change/",
        f"/admin/events/event/{event.pk}/history/",
    ):
        page = curators.open(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
