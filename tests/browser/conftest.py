"""A real browser at the running site, watched: what it asks elsewhere and what its policy refuses fails the test."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client, override_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# The browser's driver runs an event loop in this thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

PASSWORD = "a bridge over the Euphrates"
# Nothing here needs a graphics card, nor the pretence of one.
BROWSER = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-gpu",
    "--disable-software-rasterizer",
    # Whatever is asked elsewhere fails at once: so what fails is all that need be told of, not each request.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


class Desk:
    """Somebody at the site in a browser of their own."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.page: Page = context.new_page()
        self.problems: list[str] = []
        self.page.on(
            "console", lambda line: self.problems.append(line.text) if line.type == "error" else None
        )
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("requestfailed", self._asked_in_vain)

    def _asked_in_vain(self, request):
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.problems.append(f"asked elsewhere: {request.url}")

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def left(self) -> BrowserContext:
        """The browser, when nothing of whoever sat here is in it any more."""
        context = self.page.context
        self.page.goto(f"{self.address}/healthz")
        self.page.evaluate("localStorage.clear()")
        for page in context.pages:
            page.close()
        context.clear_cookies()
        return context

    def sign_in(self, name: str) -> Page:
        """Signed in, and at no page yet."""
        client = Client()
        client.force_login(get_user_model().objects.get(username=name))
        badge = client.cookies[settings.SESSION_COOKIE_NAME]
        self.page.context.add_cookies([{"name": badge.key, "value": badge.value, "url": self.address}])
        return self.page

    def sign_in_at_the_door(self, name: str) -> Page:
        """The whole way: from the page where one signs in to the desk."""
        page = self.open("/admin/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(self.address + "/admin/")
        return page


class Driven:
    """The browser of all these tests, and the contexts in it that somebody has left: they know nobody, but have the files."""

    def __init__(self, program: str) -> None:
        self._driver = sync_playwright().start()
        self.browser: Browser = self._driver.chromium.launch(executable_path=program, args=BROWSER)
        self.seats: list[BrowserContext] = []

    def end(self) -> None:
        self.browser.close()
        self._driver.stop()


driven: list[Driven] = []


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    # The driver has an event loop, and must be gone before another test begins one.
    if driven and not (nextitem and nextitem.get_closest_marker("browser")):
        driven.pop().end()


@pytest.fixture
def chromium(chromium_path) -> Browser:
    if not driven:
        driven.append(Driven(chromium_path))
    return driven[0].browser


@pytest.fixture(scope="session", autouse=True)
def files_as_they_are(tmp_path_factory) -> Iterator[None]:
    """Static files under their own names; the server of all these tests is made once and reads this once."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STATIC_ROOT=tmp_path_factory.mktemp("static"), STORAGES=settings.STORAGES | {"staticfiles": plain}
    ):
        yield


@pytest.fixture(scope="session")
def live_server(django_db_setup, live_server):
    """The running site, begun after its database and ended before it: what it still asks keeps that from being dropped."""
    return live_server


@pytest.fixture
def site(live_server):
    """The address of the running site."""
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
    seats = driven[0].seats

    def sit_down():
        seat = (
            seats.pop()
            if seats
            else chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        )
        desks.append(Desk(seat, site))
        return desks[-1]

    yield sit_down
    problems = [problem for one in desks for problem in one.problems]
    seats.extend(one.left() for one in desks)
    assert problems == []
