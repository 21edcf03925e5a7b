"""The page of a job in a browser: it follows the work by itself, and lets it be called off."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from border.jobs.models import Job
from tests import factories as make

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "reader"]),
]


@pytest.fixture
def running(person):
    return make.JobFactory(
        asked_by=person("importer"),
        about="استيراد events.csv",
        state="running",
        started_at=timezone.now(),
        done=10,
        total=40,
        unit="rows",
    )


def test_page_follows_the_work_to_its_end(running, desk):
    somebody = desk()
    page = somebody.sign_in("importer")
    somebody.open(f"/admin/jobs/{running.pk}/")
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_attribute("value", "10")
    page.get_by_role("button", name="Call it off").focus()
    Job.objects.update(done=30)
    expect(bar).to_have_attribute("value", "30")
    expect(page.get_by_text("30 of 40 rows")).to_be_visible()
    expect(page.get_by_role("button", name="Call it off")).to_be_focused()
    Job.objects.update(state="done", done=40, finished_at=timezone.now(), message="40 rows are written.")
    expect(page.get_by_text("40 rows are written.")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Done")).to_be_visible()
    expect(page.get_by_role("button", name="Call it off")).to_have_count(0)
    expect(page.locator("[data-job]")).to_be_focused()


def test_job_is_called_off(running, desk):
    somebody = desk()
    page = somebody.sign_in("importer")
    somebody.open("/admin/jobs/")
    page.get_by_role("link", name=running.about).click()
    page.get_by_role("button", name="Call it off").click()
    expect(page.get_by_text("nothing of it is applied").first).to_be_visible()
    running.refresh_from_db()
    assert running.cancel_asked_by == running.asked_by
    expect(page.get_by_text("Called off", exact=True).first).to_be_visible()
