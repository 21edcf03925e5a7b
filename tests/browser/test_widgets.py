"""The map and the reading of dates in a real browser, under the public pages' strict policy.

No server: the browser's requests are answered from the folder of static files and from a table.
"""

import json
import mimetypes
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from border.widgets import PointMap, PointWidget, point_picture

pytestmark = pytest.mark.browser

STATIC = Path(__file__).parents[2] / "border" / "static"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'"
ANSWERS = {
    "2014-06": {
        "ok": True,
        "description": "June 2014",
        "possible": ["2014-06-01", "2014-06-30"],
        "certain": ["2014-06-01", "2014-06-30"],
    },
    "2003/..": {
        "ok": True,
        "description": "from 2003, still so",
        "possible": ["2003-01-01", None],
        "certain": ["2003-12-31", None],
    },
    "196X": {
        "ok": True,
        "description": "a year of the 1960s",
        "possible": ["1960-01-01", "1969-12-31"],
        "certain": None,
    },
}
REFUSAL = {"ok": False, "message": "<b>There is no month 13.</b>", "suggestion": "2014-06"}


class Site:
    """One page with the given form, what it asked of the site, and what went wrong in it."""

    def __init__(self, page):
        self.page = page
        self.asked: list[str] = []
        self.problems: list[str] = []
        self.html = ""
        page.on(
            "console", lambda message: self.problems.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.route("**/*", self.answer)

    def answer(self, route):
        address = urlsplit(route.request.url)
        if address.path == "/form":
            route.fulfill(
                body=self.html, content_type="text/html", headers={"Content-Security-Policy": POLICY}
            )
        elif address.path == "/edtf":
            [text] = parse_qs(address.query)["text"]
            self.asked.append(text)
            route.fulfill(body=json.dumps(ANSWERS.get(text, REFUSAL)), content_type="application/json")
        elif address.path == "/favicon.ico":
            route.fulfill(status=204)
        else:
            file = STATIC / address.path.removeprefix("/static/")
            route.fulfill(path=file, content_type=mimetypes.guess_type(file)[0] or "application/geo+json")

    def open(self, form, *, direction="ltr"):
        self.html = (
            f"<!doctype html><html lang=en dir={direction}><head><meta charset=utf-8><title>Form</title>{PointMap().media}"
            f"<script src=/static/border/edtf.js></script></head><body><form>{form}</form></body></html>"
        )
        self.page.goto("http://border.example/form")
        return self.page

    def value(self, name):
        return self.page.locator(f"[name='{name}']").input_value()


@pytest.fixture
def site(chromium, settings):
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    page = chromium.new_page(viewport={"width": 1000, "height": 900})
    site = Site(page)
    yield site
    page.close()
    assert site.problems == []


def point(longitude="", latitude="", uncertainty="", prefix=""):
    return (
        f"<div>{PointWidget().render(prefix + 'longitude', longitude)}"
        f"<input type=number step=any name={prefix}latitude value='{latitude}'>"
        f"<input type=number name={prefix}uncertainty_m value='{uncertainty}'></div>"
    )


def date(text=""):
    return f"<input name=period data-edtf data-edtf-url=/edtf value='{text}'>"


def test_click_sets_the_point_that_the_map_shows(site):
    page = site.open(point())
    expect(page.get_by_role("status")).to_contain_text("No point")
    expect(page.locator(".border-map__pin")).to_have_count(0)
    page.locator(".border-map").click(position={"x": 300, "y": 150})
    expect(page.locator(".border-map__pin")).to_have_count(1)
    assert 38 < float(site.value("longitude")) < 41.2
    assert 34 < float(site.value("latitude")) < 36
    expect(page.get_by_role("status")).to_contain_text("How exact is it?")


def test_typing_moves_the_pin_and_sizes_the_circle(site):
    page = site.open(point("40.9185", "34.4523", "5000"))
    circle = page.locator(".border-map__uncertainty")
    expect(page.get_by_role("status")).to_have_text("34.4523° N, 40.9185° E, within 5 km.")
    narrow = circle.bounding_box()["width"]
    page.locator("[name=uncertainty_m]").fill("10000")
    expect(page.get_by_role("status")).to_contain_text("within 10 km")
    assert circle.bounding_box()["width"] == pytest.approx(2 * narrow, rel=0.1)
    before = page.locator(".border-map__pin").bounding_box()["x"]
    page.locator("[name=longitude]").fill("41")
    expect(page.get_by_role("status")).to_contain_text("41° E")
    assert page.locator(".border-map__pin").bounding_box()["x"] > before


def test_what_is_wrong_with_a_point_is_said_and_not_drawn(site):
    page = site.open(point("40.9", "34.4"))
    status = page.get_by_role("status")
    for name, value, words in (
        ("latitude", "95", "Latitude is a number of degrees from -90 to 90."),
        ("latitude", "", "Latitude is missing."),
    ):
        page.locator(f"[name={name}]").fill(value)
        expect(status).to_have_text(words)
        expect(page.locator(".border-map__pin")).to_have_count(0)


def test_no_point_clears_all_three_inputs(site):
    page = site.open(point("40.9", "34.4", "100"))
    page.get_by_role("button", name="No point").click()
    assert [site.value(name) for name in ("longitude", "latitude", "uncertainty_m")] == ["", "", ""]
    expect(page.locator(".border-map__pin")).to_have_count(0)
    expect(page.get_by_role("button", name="No point")).to_be_disabled()


def test_an_uncertainty_can_be_chosen(site):
    page = site.open(point("40.9", "34.4"))
    page.get_by_role("button", name="25 km").click()
    assert site.value("uncertainty_m") == "25000"
    expect(page.get_by_role("button", name="25 km")).to_have_attribute("aria-pressed", "true")


def test_the_keyboard_sets_the_point(site):
    page = site.open(point("40.9", "34.4"))
    page.locator(".border-map").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".border-map__pin")).to_have_count(1)
    assert page.url.endswith("/form")


def test_inline_rows_have_maps_of_their_own_and_the_pattern_row_has_none(site):
    page = site.open(
        point("40.9", "34.4", prefix="stops-0-")
        + point(prefix="stops-1-")
        + f"<div id=pattern>{point(prefix='stops-__prefix__-')}</div>"
    )
    expect(page.locator(".border-map")).to_have_count(2)
    page.locator(".border-map").nth(1).click(position={"x": 300, "y": 150})
    assert site.value("stops-0-longitude") == "40.9"
    assert site.value("stops-1-longitude") != ""
    page.evaluate(
        """() => {
            const row = document.querySelector("#pattern").cloneNode(true);
            for (const input of row.querySelectorAll("input")) input.name = input.name.replace("__prefix__", "2");
            document.querySelector("form").append(row);
            row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true }));
        }"""
    )
    expect(page.locator(".border-map")).to_have_count(3)


def test_names_stand_in_both_scripts(site):
    page = site.open(point("40.9185", "34.4523"))
    town = page.locator(".border-map__town", has_text="Al-Bukamal")
    expect(town.locator("[lang=ar]")).to_have_text("البوكمال")
    expect(town.locator("[lang=ar]")).to_have_attribute("dir", "auto")


def test_a_map_that_was_hidden_draws_itself_when_shown(site):
    page = site.open(f"<details><summary>Where</summary>{point('40.9185', '34.4523', '5000')}</details>")
    page.get_by_text("Where").click()
    middle = page.locator(".border-map").bounding_box()
    expect(page.locator(".border-map__uncertainty")).to_be_visible()
    pin = page.locator(".border-map__pin").bounding_box()
    assert abs(pin["x"] + pin["width"] / 2 - middle["x"] - middle["width"] / 2) < 20


def test_a_picture_shows_a_point_and_takes_no_clicks(site):
    page = site.open(str(point_picture(40.9185, 34.4523, 5000)))
    pin = page.locator(".border-map__pin")
    expect(pin).to_have_count(1)
    before = pin.bounding_box()
    page.locator(".border-map").click(position={"x": 100, "y": 100})
    assert pin.bounding_box() == before


def test_a_date_is_explained_in_words_and_on_a_line(site):
    page = site.open(date("2014-06"))
    help_text = page.locator(".border-edtf")
    expect(help_text).to_contain_text("June 2014")
    expect(help_text).to_contain_text("possible 1 Jun 2014 – 30 Jun 2014")
    expect(help_text).to_have_attribute("aria-live", "polite")
    box = help_text.get_attribute("id")
    assert box in page.locator("[name=period]").get_attribute("aria-describedby")
    expect(help_text.locator("svg .is-certain")).to_have_count(1)
    expect(help_text.locator("svg .is-open")).to_have_count(0)


def test_an_open_or_uncertain_date_says_so(site):
    page = site.open(date("2003/.."))
    expect(page.locator(".border-edtf")).to_contain_text("certain 31 Dec 2003 – open")
    page.locator("[name=period]").fill("196X")
    expect(page.locator(".border-edtf")).to_contain_text("no day is certain")
    expect(page.locator(".border-edtf svg .is-certain")).to_have_count(0)


def test_a_refused_date_offers_what_was_meant_as_text_not_markup(site):
    page = site.open(date("2014-13"))
    expect(page.locator(".border-edtf__wrong")).to_have_text("<b>There is no month 13.</b>")
    page.get_by_role("button", name="Use 2014-06").click()
    assert site.value("period") == "2014-06"
    expect(page.locator(".border-edtf")).to_contain_text("June 2014")


def test_a_text_is_asked_for_once(site):
    page = site.open(date("2014-06"))
    expect(page.locator(".border-edtf")).to_contain_text("June 2014")
    page.locator("[name=period]").fill("196X")
    expect(page.locator(".border-edtf")).to_contain_text("1960s")
    page.locator("[name=period]").fill("2014-06")
    expect(page.locator(".border-edtf")).to_contain_text("June 2014")
    page.locator("[name=period]").fill("")
    expect(page.locator(".border-edtf")).to_be_empty()
    assert site.asked == ["2014-06", "196X"]


def test_a_page_from_right_to_left_keeps_coordinates_readable(site):
    page = site.open(point("40.9185", "34.4523", "5000"), direction="rtl")
    expect(page.get_by_role("status")).to_have_attribute("dir", "auto")
    expect(page.locator(".border-map")).to_have_attribute("dir", "ltr")
