"""A dataset is brought in a browser: looked over, written with its progress before one's eyes, reviewed, taken back."""

import threading

import pytest
from django.db import connection
from playwright.sync_api import expect

from border.imports.models import Import
from border.jobs.running import run
from events.models import Event
from territories.models import Territory
from tests import factories as make
from tests.contracts.world import text
from tests.imports import invented
from tests.imports.invented import town

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "reader"]),
]


@pytest.fixture
def work():
    """``work()``: what was asked for last is done, as by a worker; afterwards the queue is empty."""

    def do():
        def run_it():
            try:
                run(Import.objects.get().job_id)
            finally:
                connection.close()

        worker = threading.Thread(target=run_it)
        worker.start()
        worker.join(30)

    yield do
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_dataset_is_looked_over_written_and_taken_back(desk, person, work):
    person("admin")
    make.TerritoryFactory(slug="syria", kind="country", name="Syria", countries=["SY"])
    make.ActorFactory(slug="syria-state", name="Syrian Arab Republic", kind="state", ucdp_id=118)
    rows = [
        town(),
        town(id="900002", side_b="جيش الوهم", side_b_new_id="777"),
        town(id="900003", best="many"),
    ]
    somebody = desk()
    page = somebody.sign_in("admin")
    somebody.open("/admin/")
    page.get_by_role("link", name="Datasets").click()
    page.get_by_role("link", name="Import a dataset").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "ged231.csv", "mimeType": "text/csv", "buffer": invented.file(invented.GED, rows)}
    )
    expect(page.get_by_label("Release")).to_have_value("")
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_text("Being read")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="What would become of its rows")).to_be_visible()
    expect(page.get_by_role("row", name="جيش الوهم")).to_be_visible()
    page.get_by_role("link", name="1 Refused").click()
    expect(page.get_by_text("many", exact=True)).to_be_visible()
    page.get_by_role("link", name="Back to the import").click()

    page.get_by_label("Reason").fill("The new release.")
    page.get_by_label("Leave out the refused rows").check()
    page.get_by_role("button", name="Write").click()
    expect(page.get_by_text("Being written")).to_be_visible()
    work()
    expect(page.get_by_text("Written as batch")).to_be_visible()
    assert Event.objects.count() == 2
    page.get_by_role("link", name="Review this import").click()
    expect(page.get_by_role("link", name="Events", exact=True).last).to_be_visible()
    page.go_back()

    page.get_by_label("Reason").fill("The wrong file.")
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_text("Being taken back")).to_be_visible()
    work()
    expect(page.get_by_text("Taken back", exact=True)).to_be_visible()
    assert not Event.objects.exists()


def test_own_tables_in_an_archive_are_looked_over_written_and_taken_back(desk, person, work):
    person("admin")
    make.TerritoryFactory(slug="syria", kind="country", name="Syria", countries=["SY"])
    place = {"slug": "iraq", "kind": "country", "name": "Iraq", "countries": "IQ"}
    name = {"record": "iraq", "text": "العراق", "language": "ar", "kind": "variant"}
    archive = invented.packed(
        territories__csv=text(
            "territories", place, place | {"slug": "syria", "name": "Syrie", "countries": "SY"}
        ),
        territory_names__csv=text("territory_names", name),
    )
    somebody = desk()
    page = somebody.sign_in("admin")
    somebody.open("/admin/imports/add/")
    page.locator("input[type=file]").set_input_files(
        {"name": "border.zip", "mimeType": "application/zip", "buffer": archive}
    )
    page.get_by_role("button", name="Read it").click()
    work()
    expect(page.get_by_text("territory_names: 1 new")).to_be_visible()
    page.get_by_role("link", name="1 Changed").click()
    expect(page.get_by_role("row", name="name Syria Syrie", exact=True)).to_be_visible()
    page.get_by_role("link", name="Back to the import").click()

    page.get_by_label("Reason").fill("Names of places.")
    page.get_by_role("button", name="Write").click()
    work()
    expect(page.get_by_text("Written as batch")).to_be_visible()
    assert Territory.objects.get(slug="syria").name == "Syrie"

    page.get_by_label("Reason").fill("The wrong file.")
    page.get_by_role("button", name="Take back").click()
    work()
    expect(page.get_by_text("Taken back", exact=True)).to_be_visible()
    assert list(Territory.objects.values_list("slug", "name")) == [("syria", "Syria")]
