"""Names of datasets are decided in a browser: by a key, by a look-up, several at once; then applied to what was written."""

import threading

import pytest
from django.db import connection
from playwright.sync_api import expect

from border.imports.counting import count_kept
from border.imports.models import ActorReading
from border.imports.reading import clear, read
from border.imports.writing import write
from border.jobs.models import Job
from border.jobs.running import run
from events.models import Participation
from tests import factories as make
from tests.imports import invented
from tests.imports.invented import town

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "reader"]),
]


@pytest.fixture
def names(tmp_path):
    """An import of which three sides are not known for sure, and two actors who may be meant by them."""
    make.TerritoryFactory(slug="syria", kind="country", name="Syria", countries=["SY"])
    make.ActorFactory(slug="is", name="Islamic State", ucdp_id=234)
    rows = [
        *[town(id=f"90001{n}", side_a="Sheitaat", side_a_new_id="77777") for n in range(3)],
        *[town(id=f"90002{n}", side_a="جيش الوهم", side_a_new_id="99999") for n in range(2)],
        town(id="900030", side_a="Civilians at large", side_a_new_id="55555"),
    ]
    actors = (
        make.ActorFactory(slug="shaitat", name="Shaitat"),
        make.ActorFactory(slug="wahm", name="Illusion"),
    )
    path = tmp_path / "ged231.csv"
    path.write_bytes(invented.file(invented.GED, rows))
    one = read(path, path.name)
    write(one, by=None, why="New.", via="load")
    clear(one)
    count_kept("UCDP GED")
    return actors


@pytest.fixture
def work():
    """``work()``: the last job that was asked for is done, as by a worker; afterwards the queue is empty."""

    def do():
        def run_it():
            try:
                run(Job.objects.latest("pk").pk)
            finally:
                connection.close()

        worker = threading.Thread(target=run_it)
        worker.start()
        worker.join(30)

    yield do
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_names_are_decided_by_keys_and_look_ups_and_applied(desk, person, names, work):
    shaitat, wahm = names
    person("curator")
    somebody = desk()
    page = somebody.sign_in("curator")
    somebody.open("/admin/imports/")
    page.get_by_role("link", name="Names of actors and places").click()
    rows = page.locator("[data-names] [data-name]")
    expect(rows).to_have_count(3)
    page.wait_for_load_state()  # the rows are there before the keys are

    rows.nth(0).focus()
    page.keyboard.press("1")
    expect(page.get_by_text("Sheitaat is decided.")).to_be_visible()
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_be_focused()

    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("x")
    expect(page.get_by_label("Select Civilians at large")).to_be_checked()
    page.get_by_label("Answer").select_option("nobody")
    page.get_by_role("button", name="See what that means").click()
    expect(page.get_by_text("None of ours: 1 name, in up to 1 rows")).to_be_visible()
    page.get_by_role("button", name="Decide 1 name").click()
    expect(page.get_by_text("Civilians at large is decided.")).to_be_visible()

    page.get_by_role("link", name="جيش الوهم").first.click()
    expect(page.get_by_role("heading", name="Who is meant?")).to_be_visible()
    expect(page.get_by_role("button", name="None of ours")).to_be_focused()
    page.keyboard.press("/")
    page.locator(".select2-search__field").last.fill("illusion")
    page.locator(".select2-results__option--highlighted", has_text="Illusion").click()
    page.get_by_role("button", name="This is meant").click()
    expect(page.get_by_text("جيش الوهم is decided.")).to_be_visible()
    expect(page.get_by_text("There is nothing here.")).to_be_visible()
    assert set(ActorReading.objects.exclude(decided_by=None).values_list("name", "found")) == {
        ("Sheitaat", "matched"), ("جيش الوهم", "matched"), ("Civilians at large", "nobody"),
    }  # fmt: skip

    page.get_by_role("link", name="Apply 3 decisions").click()
    page.get_by_role("button", name="Apply 3 decisions to 6 rows").click()
    page.wait_for_url("**/admin/jobs/*/")
    work()
    expect(page.get_by_text("3 decisions applied to 6 rows")).to_be_visible()
    parts = Participation.objects.filter(role="side_a").values_list("actor", flat=True)
    assert sorted(parts) == [shaitat.pk] * 3 + [wahm.pk] * 2
