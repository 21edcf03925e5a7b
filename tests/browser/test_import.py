"""An importer brings in a file: faults first, then a preview with before and after, then it is written."""

import pytest
from playwright.sync_api import expect

from actors.models import Actor
from border.contracts.load import load
from tests.contracts.corpus import ACTOR
from tests.contracts.world import ROWS, file, world

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "reader"]),
]


def give(page, name, content):
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Submit").click()


def test_a_file_is_corrected_looked_over_and_imported(desk, person):
    assert load(world()).faults == []
    person("importer")
    sitting = desk()
    sitting.sign_in("importer")
    page = sitting.open("/admin/actors/actor/import/")
    page.get_by_label("Resource").select_option("actors.csv")
    give(page, "actors.csv", file("actors", ACTOR | {"kind": "militias"}).content)
    expect(page.get_by_text("Perhaps militia?")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm import")).to_have_count(0)

    page = sitting.open("/admin/actors/actor/import/")
    page.get_by_label("Resource").select_option("actors.csv")
    give(page, "actors.csv", file("actors", ROWS["actors"][2] | {"note": "Known as Daesh."}, ACTOR).content)
    expect(page.locator("ins")).to_have_text("Known as Daesh.")
    page.get_by_label("Reason for this import").fill("What the group is called.")
    page.get_by_role("button", name="Confirm import").click()
    expect(page.get_by_text("1 new, 1 changed.")).to_be_visible()
    assert Actor.objects.get(slug="is").note == "Known as Daesh."
