"""A real browser at the running site, watched: what it asks elsewhere and what its policy refuses fails the test."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import override_settings
from playwright.sync_api import Browser, Page, sync_playwright

from border import accounts

# The browser's driver runs an event loop in this thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

PASSWORD = "a bridge over the Euphrates"
BROWSER = ["--no-sandbox", "--disable-background-networking"]


class Desk:
    """Somebody at the site in a browser of their own."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.address = address
        self.page: Page = browser.new_context(
            viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
        ).new_page()
        self.problems: list[str] = []
        self.page.on(
            "console", lambda line: self.problems.append(line.text) if line.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", self._asks)

    def _asks(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.problems.append(f"asked elsewhere: {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def sign_in(self, name: str) -> Page:
        page = self.open("/admin/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(self.address + "/admin/")
        return page


@pytest.fixture(scope="module")
def chromium(chromium_path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=BROWSER)
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def files_as_they_are(tmp_path_factory) -> Iterator[None]:
    """Static files under their own names; the server of all these tests is made once and reads this once."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STATIC_ROOT=tmp_path_factory.mktemp("static"), STORAGES=settings.STORAGES | {"staticfiles": plain}
    ):
        yield


@pytest.fixture
def site(live_server):
    """The address of the running site, with its groups."""
    accounts.grant()
    return live_server.url


@pytest.fixture
def person(site):
    """``person("curator")``: a member of that group, of the same name."""

    def make(group):
        user = get_user_model().objects.create_user(group, password=PASSWORD, is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        return user

    return make


@pytest.fixture
def desk(chromium, site):
    """``desk()``: a browser of its own; at the end none of them may have anything to complain of."""
    desks: list[Desk] = []

    def sit_down():
        desks.append(Desk(chromium, site))
        return desks[-1]

    yield sit_down
    for one in desks:
        one.page.context.close()
    assert [problem for one in desks for problem in one.problems] == []
