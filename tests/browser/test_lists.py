"""A list that is saved, and records that are changed together, in a browser."""

import pytest
from playwright.sync_api import expect

from events.models import Event
from tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "reader"]),
]


def test_list_is_saved_and_its_events_are_changed_together(person, desk):
    person("curator")
    town = factories.TerritoryFactory(name="Al-Qa'im", name_ar="القائم")
    for number in range(3):
        factories.EventFactory(title=f"Strike no. {number}", kind="airstrike", territory=town)
    factories.EventFactory(title="Another thing", kind="protest")
    curators = desk()
    curators.sign_in("curator")
    page = curators.open("/admin/events/event/?kind__exact=airstrike")
    page.get_by_text("Save this list").click()
    page.get_by_label("Name").fill("غارات")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("link", name="غارات")).to_have_attribute("aria-current", "page")
    curators.open("/admin/events/event/")
    page.get_by_role("link", name="غارات").click()
    expect(page.locator("#result_list tbody tr:visible")).to_have_count(3)

    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("change_selected")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("heading", name="Edit 3 events together")).to_be_visible()
    page.locator("#id_confidence").select_option("low")
    expect(page.get_by_label("Set confidence", exact=True)).to_be_checked()
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("status").filter(has_text="3 would change.")).to_be_visible()
    page.get_by_label("Reason for this change").fill("All rest on one weak report.")
    page.get_by_role("button", name="Change 3 events").click()
    expect(page.get_by_text("3 events changed.")).to_be_visible()
    assert set(Event.objects.filter(kind="airstrike").values_list("confidence", flat=True)) == {"low"}
    assert Event.objects.get(kind="protest").confidence == "moderate"
    for address in ("/admin/events/event/?kind__exact=airstrike",):
        page.set_viewport_size({"width": 400, "height": 800})
        curators.open(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
