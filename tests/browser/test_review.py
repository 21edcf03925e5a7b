"""A review in the browser: four eyes, a field that goes back and comes again, readers who see the reviewed text."""

import pytest
from playwright.sync_api import expect

from border.publication import operations
from tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "reader"]),
]


@pytest.fixture
def event(person):
    """An event that readers know, with its paper and its town."""
    town = factories.TerritoryFactory(slug="al-qaim", name="Al-Qa'im", name_ar="القائم")
    paper = factories.SourceFactory(slug="border-security", title="Border Security and the Euphrates")
    made = factories.EventFactory(slug="qaim-falls", title="Qa'im falls", territory=town)
    factories.cite(made, source=paper, number=1, quote="The town fell.")
    operations.publish(town, paper, made, by=person("admin"), reason="Known already.")
    person("curator")
    person("reviewer")
    return made


def seen_by_readers(page, address):
    answer = page.request.get(f"{address}/api/v1/events/qaim-falls/")
    assert answer.status == 200, answer.text()
    return answer.json()


def test_field_is_sent_back_resolved_and_published_while_readers_see_the_reviewed_text(event, desk):
    curators, reviewers = desk(), desk()
    change = f"/admin/events/event/{event.pk}/change/"
    review = f"/admin/events/event/{event.pk}/review/"

    page = curators.sign_in("curator")
    page = curators.open(change)
    page.locator("#id_title").fill("Qa'im and Rutba fall")
    page.locator("#id_summary").fill("سقطت القائم والرطبة في يوم واحد.")
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("link", name="Submit for review").click()
    page.get_by_label("Reviewer").select_option(label="reviewer")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("reviewer is asked to review it.")).to_be_visible()
    # Whoever wrote it sees the differences and judges none.
    page = curators.open(review)
    expect(page.get_by_text("somebody else judges and publishes it")).to_be_visible()
    assert page.get_by_role("radio").count() == 0
    assert seen_by_readers(page, curators.address)["title"] == "Qa'im falls"

    page = reviewers.sign_in("reviewer")
    page = reviewers.open("/admin/events/event/?review=asked")
    page.get_by_role("link", name="Qa'im and Rutba fall").click()
    page.get_by_role("link", name="Compare with version 1").click()
    title = page.get_by_role("row", name="Title")
    expect(title.locator("ins")).to_have_text("and Rutba fall")
    title.get_by_label("Accept").check()
    summary = page.get_by_role("row", name="Summary")
    assert (
        page.evaluate(
            "getComputedStyle([...document.querySelectorAll('ins')].at(-1).closest('[dir=auto]')).direction"
        )
        == "rtl"
    )
    summary.get_by_label("Send back").check()
    page.get_by_role("button", name="Keep my judgement").click()
    expect(page.get_by_text("Say what is to be changed")).to_be_visible()
    page.get_by_role("row", name="Summary").get_by_label("What is to be changed in summary").fill(
        "Rutba fell a day later."
    )
    page.get_by_role("button", name="Keep my judgement").click()
    expect(page.get_by_text("1 accepted, 1 sent back.")).to_be_visible()

    page = curators.open("/admin/events/event/?review=back")
    page.get_by_role("link", name="Qa'im and Rutba fall").click()
    expect(page.get_by_text("1 field sent back")).to_be_visible()
    at_the_field = page.locator("#id_summary").locator("xpath=ancestor::*[contains(., 'Sent back by')][1]")
    expect(at_the_field).to_contain_text("Rutba fell a day later.")
    page.locator("#id_summary").fill("سقطت القائم، ثم الرطبة.")
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_text("Say something").click()
    page.locator("#comments").get_by_label("About").select_option(label="summary")
    page.locator("#comments").get_by_label("Comment", exact=True).fill("Put right.")
    page.get_by_role("button", name="Say it").click()
    expect(page.locator("#comments").get_by_text("Put right.")).to_be_visible()
    page.get_by_role("button", name="Resolve the comment by reviewer").click()
    expect(page.get_by_text("resolved by curator")).to_be_visible()
    page.get_by_role("link", name="Submit for review").click()
    page.get_by_role("button", name="Submit for review").click()
    assert seen_by_readers(page, curators.address)["title"] == "Qa'im falls"

    page = reviewers.open(review)
    # What was accepted stays accepted; only the other field is judged.
    expect(page.get_by_role("row", name="Title")).to_contain_text("accepted")
    assert page.get_by_label("Accept").count() == 1
    page.get_by_label("Reason for publishing").fill("Both papers say so.")
    page.get_by_role("button", name="Accept all and publish").click()
    expect(page.get_by_text("Readers see this text.")).to_be_visible()
    seen = seen_by_readers(page, reviewers.address)
    assert seen["title"] == "Qa'im and Rutba fall"
    assert seen["summary"] == "سقطت القائم، ثم الرطبة."


def test_pages_of_a_review_fit_a_narrow_screen(event, desk):
    event.title = "Qa'im and Rutba fall, one after the other"
    event.note = "https://example.org/" + "a-very-long-address-without-a-break" * 4
    event.save()
    reviewers = desk()
    page = reviewers.sign_in("reviewer")
    page.set_viewport_size({"width": 400, "height": 800})
    for path in ("review/", "comments/", "change/"):
        page = reviewers.open(f"/admin/events/event/{event.pk}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
