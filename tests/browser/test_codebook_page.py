"""The codebook in a real browser, under the strict policy of public pages, wide and on a phone."""

import pytest
from playwright.sync_api import expect

from border.security import STRICT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}


def test_codebook_is_a_page_on_which_every_word_is_found(desk):
    one = desk()
    answer = one.page.goto(f"{one.address}/api/v1/codebook/#events.kind")
    assert answer.headers["content-security-policy"] == STRICT
    assert answer.headers["content-type"].startswith("text/html")
    page = one.page
    expect(page.get_by_role("heading", name="Codebook")).to_be_visible()
    field = page.locator("[id='events.kind']")
    expect(field).to_be_in_viewport()
    field.get_by_role("link", name="EventKind").click()
    word = page.locator("[id='EventKind.battle']")
    expect(word).to_be_in_viewport()
    expect(word).to_contain_text("ACLED Battles / Armed clash")
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.set_viewport_size({"width": 1280, "height": 900})
