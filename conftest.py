"""Which tests can run on this machine: those that drive a browser need one."""

import gc
import os
import shutil

import pytest

INSTALL_CHROMIUM = "sudo apt-get install -y chromium-headless-shell"
# The one without windows takes two thirds of the time of the one that pretends to have them.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser")


def chromium() -> str | None:
    """The program that drives the browser tests: ``BORDER_CHROMIUM``, else the first one on the path."""
    named = os.environ.get("BORDER_CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else CHROMIUM)), None)


def pytest_configure(config: pytest.Config) -> None:
    if os.environ.get("BORDER_REQUIRE_BROWSER") == "1" and not chromium():
        pytest.exit(f"The browser tests are required here and there is no Chromium: {INSTALL_CHROMIUM}", 1)

    # The programs that tests start need not compile ours anew each time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_finish() -> None:
    # What is loaded by now is never garbage: a twentieth of the time went into looking through it.
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def pytest_report_header() -> str | None:
    if chromium():
        return None
    return f"The browser tests are left out: there is no Chromium. To run them: {INSTALL_CHROMIUM}"


@pytest.hookimpl(trylast=True)  # after they were shuffled
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    driven = [item for item in items if item.get_closest_marker("browser")]
    others = [item for item in items if not item.get_closest_marker("browser")]
    if chromium():
        # Together, and so with one browser instead of another for each module that a worker comes to.
        items[:] = [*driven, *others]
    else:
        config.hook.pytest_deselected(items=driven)
        items[:] = others


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser to drive; tests marked ``browser`` run only where there is one."""
    found = chromium()
    assert found, "a test that asks for a browser is marked `browser`"
    return found
