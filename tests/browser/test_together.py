"""Two curators at one event, and a session that ends while somebody writes."""

import pytest
from playwright.sync_api import expect

from events.models import Event
from tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "reader"]),
]


@pytest.fixture
def event(person):
    person("curator")
    person("reviewer")
    event = factories.EventFactory(title="Qa'im falls", summary="سقطت المدينة.", outcome="")
    factories.EventCitationFactory(record=event, number=1, quote="The town fell.")
    return event


def test_two_curators_choose_between_their_words(desk, event):
    address = f"/admin/events/event/{event.pk}/change/"
    layla, omar = desk(), desk()
    layla.sign_in("curator")
    omar.sign_in("reviewer")
    first, second = layla.open(address), omar.open(address)

    first.locator("#id_summary").fill("سقطت مدينة القائم.")
    first.locator("#id_outcome").fill("The border was open.")
    first.get_by_role("link", name="Citations").click()
    first.locator("#id_citations-0-quote").fill("The town fell on 22 June.")
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("was changed successfully")).to_be_visible()

    second.locator("#id_title").fill("Qa'im and Rutba fall")
    second.locator("#id_summary").fill("سقطت القائم في حزيران.")
    second.get_by_role("link", name="Citations").click()
    second.locator("#id_citations-0-quote").fill("The town fell in June.")
    second.get_by_role("button", name="Save", exact=True).click()

    expect(second.get_by_role("alert")).to_contain_text("Changed meanwhile by curator (admin)")
    kept = second.get_by_role("table")
    expect(kept.get_by_role("row", name="Title")).to_contain_text("Qa'im and Rutba fall")
    expect(kept.get_by_role("row", name="Outcome")).to_contain_text("The border was open.")
    summary = second.get_by_role("group", name="Summary")
    expect(summary.get_by_text("سقطت مدينة القائم.")).to_have_css("direction", "rtl")

    # By keyboard: theirs for the summary, a text of both for the quote.
    summary.get_by_role("radio", name="Theirs").focus()
    second.keyboard.press("Space")
    quote = second.get_by_role("group", name="Quote")
    quote.get_by_role("radio", name="Theirs").focus()
    second.keyboard.press("ArrowDown")
    second.keyboard.press("ArrowDown")
    expect(quote.get_by_role("radio", name="Something of both")).to_be_checked()
    second.keyboard.press("Tab")
    second.keyboard.press("Control+a")
    second.keyboard.type("The town fell in June, on the 22nd.")
    second.get_by_role("button", name="Save what is chosen").press("Enter")
    expect(second.get_by_text("was changed successfully")).to_be_visible()

    event.refresh_from_db()
    assert (event.title, event.summary) == ("Qa'im and Rutba fall", "سقطت مدينة القائم.")
    assert event.outcome == "The border was open."
    assert event.citations.get().quote == "The town fell in June, on the 22nd."


def test_form_comes_back_after_the_session_has_ended(desk, event):
    curators = desk()
    curators.sign_in("curator")
    page = curators.open("/admin/events/event/add/")
    page.locator("#id_title").fill("Rutba falls")
    page.locator("#id_summary").fill("سقطت الرطبة.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("what you typed is not lost")).to_be_visible()
    page.get_by_label("Username").fill("reviewer")
    page.get_by_label("Password").fill("a bridge over the Euphrates")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("You are signed in again. Nothing was saved yet")).to_be_visible()
    expect(page.locator("#id_title")).to_have_value("Rutba falls")
    expect(page.locator("#id_summary")).to_have_value("سقطت الرطبة.")
    assert not Event.objects.filter(title="Rutba falls").exists()
    assert curators.problems.pop().startswith(
        "Failed to load resource: the server responded with a status of 403"
    )
