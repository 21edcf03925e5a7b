"""Two actors that are one: merged by a curator, published by a reviewer, and made two again."""

import pytest
from playwright.sync_api import expect

from border.curation.models import Merge
from border.publication import operations
from border.publication.endpoints import ENDPOINTS
from tests import factories
from tests.curation.conftest import surrounded
from tests.curation.test_merging import pointers

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, databases=["default", "reader"]),
]


def give_reason(page, reason, button):
    page.locator("textarea[name=reason]").fill(reason)
    page.get_by_role("button", name=button, exact=True).click()


def test_two_actors_become_one_and_two_again(person, desk):
    kept = factories.ActorFactory(slug="is", name="Islamic State", name_ar="")
    dropped = factories.ActorFactory(slug="isil", name="Islamic State", name_ar="داعش")
    surrounded(dropped)
    admin = person("admin")
    operations.publish(
        *[endpoint.model.objects.all() for endpoint in ENDPOINTS.values()], by=admin, reason="Known already."
    )
    person("curator")
    person("reviewer")
    before = pointers(kept), pointers(dropped)
    assert all(before[1].values())
    curators, reviewers = desk(), desk()

    page = curators.sign_in("curator")
    page = curators.open("/admin/actors/actor/")
    page.get_by_role("link", name="Possible duplicates among the actors").click()
    expect(page.get_by_text("The same name: Islamic State.")).to_be_visible()
    page.get_by_role("link", name="Merge…").first.click()
    if page.get_by_text("Kept: isil").count():
        page.get_by_role("link", name="Keep is instead").click()
    expect(page.get_by_label("Name in Arabic: داعش")).to_be_checked()
    page.get_by_text("Participations, as actor: 2").click()
    give_reason(page, "Two names of one group.", "Merge")
    expect(page.get_by_text("isil goes on as is.").first).to_be_visible()
    after = pointers(kept), pointers(dropped)
    assert not any(after[1].values())
    # Its own English name is known already, and its Arabic one was taken.
    assert after[0] == {table: before[0][table] + count for table, count in before[1].items()}
    assert page.request.get(f"{curators.address}/api/v1/actors/isil/").status == 200

    page = reviewers.sign_in("reviewer")
    page = reviewers.open(f"/admin/curation/merge/{Merge.objects.get().pk}/change/")
    page.get_by_role("link", name="Publish this merge").click()
    expect(page.get_by_text("Two names of one group.")).to_be_visible()
    give_reason(page, "Looked at both.", "Publish this merge")
    answer = page.request.get(f"{curators.address}/api/v1/actors/isil/", max_redirects=0)
    assert (answer.status, answer.headers["location"]) == (308, "/api/v1/actors/is/")

    page = curators.open(f"/admin/actors/actor/{dropped.pk}/change/")
    expect(page.get_by_text("It goes on as")).to_be_visible()
    page.get_by_role("link", name="See or undo this merge").click()
    page.get_by_role("link", name="Undo this merge").click()
    give_reason(page, "They are two after all.", "Undo this merge")
    expect(page.get_by_text("isil and is are two records again.")).to_be_visible()
    assert (pointers(kept), pointers(dropped)) == before

    page = reviewers.page
    page.reload()
    page.get_by_role("link", name="Publish the undoing").click()
    give_reason(page, "Looked at both again.", "Publish the undoing")
    assert page.request.get(f"{curators.address}/api/v1/actors/isil/", max_redirects=0).status == 200
    assert (curators.problems, reviewers.problems) == ([], [])
