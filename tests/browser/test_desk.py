"""The desk in a browser: its parts come by themselves, and every number is the length of the list it leads to."""

import pghistory
import pytest
from playwright.sync_api import expect

from border.curation.models import Comment
from border.publication import operations
from tests import factories as make

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "reader"]),
]


@pytest.fixture
def world(person):
    """Records that answer every question of the desk, for a reviewer who also writes."""
    chief, curator, reviewer = person("admin"), person("curator"), person("reviewer")
    town, paper, report = make.TerritoryFactory(), make.SourceFactory(), make.SourceFactory()
    with pghistory.context(user=curator.pk, via="admin"):
        waiting = make.EventFactory(status="in_review", territory=town)
        for source, value in [(paper, "2014-06-20"), (report, "2014-06-21")]:
            make.EventCitationFactory(record=waiting, source=source, attribute="date", asserted_value=value)
        make.ParticipationFactory(
            event=waiting, actor=make.ActorFactory(existed="2020", name="Too late for it")
        )
    with pghistory.context(user=reviewer.pk, via="admin"):
        make.ActorFactory()
        back = make.ActorFactory(slug="sent-back")
    Comment.objects.create(
        endpoint="actors", slug=back.slug, field="kind", text="Sure?", sends_back=True, author=chief
    )
    make.BatchFactory()
    operations.publish(town, by=reviewer, reason="Good.")


def rows_listed(page):
    """How many rows the list on this page says it has, or shows where all of them are on one page."""
    if page.locator("[data-total]").count():
        return int(page.locator("[data-total]").get_attribute("data-total"))
    return page.locator("#result_list .data-row").count()


def test_desk_numbers_equal_their_lists(world, desk):
    somebody = desk()
    page = somebody.sign_in_at_the_door("reviewer")
    expect(page.get_by_role("heading", name="Worked on, by week")).to_be_visible()
    expect(page.get_by_text("audits find nothing")).to_be_visible()
    numbers = page.locator("[data-number]").evaluate_all(
        "links => links.map(link => [link.getAttribute('href'), Number(link.dataset.number)])"
    )
    shown = dict(numbers)
    assert len(shown) > 60
    assert shown["/admin/desk/review/"] == 1
    assert shown["/admin/desk/back/"] == 1
    assert shown["/admin/desk/contradicted/"] == 1
    assert shown["/admin/desk/audits/participants_too_early/"] == 1
    listed = {}
    # Of the numbers that are nought and lead to the same page the first stands for all: tests/admin asks them all.
    empty = {address.partition("?")[0]: address for address, count in shown.items() if not count}
    for address in [address for address, count in shown.items() if count] + [*empty.values()]:
        somebody.open(address)
        listed[address] = rows_listed(page)
    assert listed == {address: shown[address] for address in listed}
    assert len(listed) > 30


def test_desk_leads_to_its_parts_without_javascript(world, chromium, site, desk):
    somebody = desk()
    somebody.sign_in("reviewer")
    cookies = somebody.page.context.cookies()
    plain = chromium.new_context(java_script_enabled=False)
    plain.add_cookies(cookies)
    page = plain.new_page()
    page.goto(f"{site}/admin/")
    page.get_by_role("link", name="Run the audits").click()
    expect(page.get_by_text("Nobody takes part in an event before coming into being.")).to_be_visible()
    page.goto(f"{site}/admin/")
    page.get_by_role("link", name="Show what changed").click()
    expect(page.get_by_text("Reviewed since")).to_be_visible()
    plain.close()


def test_sidebar_and_filters_are_reached_by_the_keyboard(world, desk):
    somebody = desk()
    somebody.sign_in("reviewer")
    page = somebody.open("/admin/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()
    sidebar = page.get_by_role("link", name="Movements", exact=True)
    expect(sidebar).to_be_visible()
    page.get_by_role("button", name="Sidebar").focus()
    page.keyboard.press("Enter")
    expect(sidebar).to_be_hidden()
    page.keyboard.press("Space")
    expect(sidebar).to_be_visible()
    somebody.open("/admin/events/event/")
    page.get_by_role("button", name="Filters").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#changelist-filter :focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Apply Filters")).to_be_hidden()
