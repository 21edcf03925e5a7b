"""The interactive page of the API in a real browser, under the strict policy of public pages."""

import pytest
from playwright.sync_api import expect

from border.security import STRICT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_question_is_tried_on_the_page_and_nothing_is_refused_or_asked_elsewhere(desk):
    one = desk()
    answer = one.page.goto(f"{one.address}/api/v1/docs/")
    assert answer.headers["content-security-policy"] == STRICT
    page = one.page
    expect(page.get_by_role("heading", name="border")).to_be_visible()
    asked = page.locator("#operations-authorities-list_authorities")
    asked.locator(".opblock-summary-control").click()
    expect(asked).to_contain_text("Rows that hold, or happen, on this day")
    asked.get_by_role("button", name="Try it out").click()
    asked.get_by_role("button", name="Execute").click()
    expect(asked.locator(".live-responses-table")).to_contain_text('"results": []')
