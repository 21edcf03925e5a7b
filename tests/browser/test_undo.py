"""A wrong change and a wrong import are taken back by hand; what came later stays, and is said."""

import pytest
from playwright.sync_api import expect

from events.models import Casualty, Event
from sources.models import Batch
from tests import factories
from tests.history.world import hand

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "reader"]),
]


def test_one_field_goes_back_and_a_later_word_stays(person, desk):
    ann, bob = person("curator"), person("reviewer")
    event = factories.EventFactory(slug="al-qaim", outcome="غادروا", sub_kind="raid", note="Seen.")
    with hand(ann, why="From a rumour."):
        event.outcome, event.sub_kind, event.note = "Stayed.", "ambush", "Heard."
        event.save()
    with hand(bob):
        event.sub_kind = "drone strike"
        event.save()

    somebody = desk()
    somebody.sign_in("curator")
    page = somebody.open(f"/admin/events/event/{event.pk}/history/")
    page.get_by_label("Field").select_option(label="outcome")
    page.get_by_role("button", name="Show", exact=True).click()
    rumour = page.get_by_role("listitem").filter(has_text="From a rumour.")
    rumour.get_by_role("link", name="As it was then").click()
    expect(page.get_by_role("row", name="outcome Stayed.")).to_be_visible()
    expect(page.get_by_role("row", name="sub kind ambush drone strike")).to_contain_text("(differs)")
    page.get_by_role("link", name="History", exact=True).click()
    page.get_by_role("listitem").filter(has_text="From a rumour.").get_by_role(
        "link", name="Take back this change"
    ).click()

    kept = page.get_by_role("region", name="What stays as it is (1)")
    expect(kept).to_contain_text("sub kind stays drone strike and does not become raid")
    expect(kept).to_contain_text("reviewer")
    expect(page.get_by_role("region", name="What would change")).to_contain_text("غادروا")
    page.get_by_label("Reason").fill("The rumour was denied.")
    page.get_by_role("button", name="Take it back").click()

    expect(page.get_by_text("1 event changed back. 1 thing stays as changed since.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="The rumour was denied.").first).to_contain_text(
        "undo"
    )
    event.refresh_from_db()
    assert (event.outcome, event.sub_kind, event.note) == ("غادروا", "drone strike", "Seen.")


def test_import_goes_back_and_comes_back(person, desk):
    importer = person("importer")
    person("reviewer")
    old = factories.EventFactory(slug="known", outcome="Left.")
    batch = factories.BatchFactory(applied_by=importer)
    with hand(importer, via="load", batch=batch.pk):
        new = factories.EventFactory(slug="imported", territory=old.territory)
        factories.CasualtyFactory(event=new)
        old.outcome = "Imported."
        old.save()

    somebody = desk()
    somebody.sign_in("reviewer")
    page = somebody.open(f"/admin/sources/batch/{batch.pk}/change/")
    page.get_by_role("link", name="Take this import back").click()
    expect(page.get_by_text("1 event deleted, 1 casualty deleted, 1 event changed back.")).to_be_visible()
    page.get_by_label("Reason").fill("The wrong file.")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_role("link", name="Bring this import back")).to_be_visible()
    assert [(event.slug, event.outcome) for event in Event.objects.all()] == [("known", "Left.")]
    assert not Casualty.objects.exists()

    page.get_by_role("link", name="Bring this import back").click()
    page.get_by_label("Reason").fill("It was the right one.")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("link", name="Take this import back")).to_be_visible()
    assert Event.objects.get(slug="imported").pk == new.pk
    assert Event.objects.get(slug="known").outcome == "Imported."
    assert Batch.objects.get().state == "applied"
