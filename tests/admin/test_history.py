"""The history in the admin: what it shows, to whom, at what cost, and how changes are taken back there."""

from typing import Any

import pghistory
import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from border.accounts import grant
from border.history.selection import one_change
from border.history.undo import plan
from border.publication import operations
from events.models import Casualty, Event
from sources.models import Batch
from tests import factories
from tests.history.world import hand, latest_number

# A rise here is a page that has begun to ask once for each change.
HISTORY_QUERIES = 19


@pytest.fixture
def event(db: None) -> Any:
    return factories.EventFactory(slug="al-qaim", outcome="Left.", sub_kind="raid")


def page(event: Any, name: str = "history", *args: Any) -> str:
    return reverse(f"admin:events_event_{name}", args=[event.pk, *args])


def change(row: Any, by: Any, **values: Any) -> int:
    with hand(by):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    return latest_number()


def take_back(visitor: Any, address: str, reason: str = "No source says so.") -> Any:
    """Open the page, read the plan, say why and do it."""
    digest = visitor.get(address).context["plan"].digest
    return visitor.post(address, {"reason": reason, "digest": digest})


# Reading


def test_changes_of_one_save_stand_together(curator: Any, event: Any) -> None:
    with pghistory.context(user=curator.user.pk, via="admin", why="After the 2020 report."):
        event.outcome = "Stayed."
        event.save()
        factories.CasualtyFactory(event=event)
    saves = curator.get(page(event)).context["saves"]
    assert [one.action for one in saves[0]["changes"]] == ["added", "changed"]
    assert (saves[0]["hand"].who, saves[0]["hand"].why) == (curator.user.username, "After the 2020 report.")
    assert saves[0]["several"]


def test_history_is_narrowed_by_person_and_by_field(curator: Any, reviewer: Any, event: Any) -> None:
    change(event, curator.user, outcome="Stayed.")
    change(event, reviewer.user, outcome="Fled.")
    change(event, curator.user, sub_kind="ambush")

    def shown(query: str) -> list[Any]:
        return [one.fields for one in curator.get(page(event) + query).context["changes"]]

    assert shown(f"?person={reviewer.user.pk}") == [[("outcome", "Stayed.", "Fled.")]]
    assert shown("?field=event.outcome")[:2] == [
        [("outcome", "Stayed.", "Fled.")],
        [("outcome", "Left.", "Stayed.")],
    ]
    assert shown(f"?person={curator.user.pk}&field=event.sub_kind") == [[("sub kind", "raid", "ambush")]]
    assert shown("?field=casualty.note") == []
    assert shown("?field=event.no_such") == []


def test_import_is_told_with_the_way_to_it(curator: Any, event: Any) -> None:
    batch = factories.BatchFactory()
    with hand(curator.user, via="load", batch=batch.pk):
        event.outcome = "Imported."
        event.save()
    text = curator.get(page(event)).content.decode()
    assert f'<a href="/admin/sources/batch/{batch.pk}/change/">import {batch.pk}</a>' in text


def test_part_that_moves_is_in_the_history_of_both_records(curator: Any, event: Any) -> None:
    other = factories.EventFactory(slug="other")
    casualty = factories.CasualtyFactory(event=event, number=7)
    change(casualty, curator.user, event=other)
    for one in (event, other):
        last = curator.get(page(one)).context["changes"][0]
        assert last.fields == [("event", str(event), str(other))]


def test_long_history_costs_what_its_page_costs(curator: Any, event: Any) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert curator.get(page(event)).status_code == 200
        return len(queries)

    change(event, curator.user, outcome="0")
    cost()  # content types and the like are remembered from here on
    few = cost()
    for number in range(1, 120):
        change(event, curator.user, outcome=str(number))
    assert cost() == few == HISTORY_QUERIES
    second = curator.get(page(event) + "?p=2").context
    assert [one.fields[0][2] for one in second["changes"]][:2] == ["69", "68"]
    assert second["page"].paginator.count == 121


def test_record_is_shown_as_it_was_beside_what_it_is(curator: Any, event: Any) -> None:
    kept = factories.CasualtyFactory(event=event, number=1, best=3, note="«القائم»")
    gone = factories.CasualtyFactory(event=event, number=2)
    moment = latest_number()
    change(event, curator.user, outcome="Stayed.")
    change(kept, curator.user, best=4)
    with hand(curator.user):
        gone.delete()
        factories.CasualtyFactory(event=event, number=3)
    shown = curator.get(page(event, "version", moment)).context
    outcome = next(line for line in shown["lines"] if line["name"] == "outcome")
    assert (outcome["then"], outcome["now"], outcome["differs"]) == ("Left.", "Stayed.", True)
    assert [line["name"] for line in shown["lines"] if line["differs"]] == ["outcome"]
    casualties = dict(shown["parts"])["casualties"]
    assert [(row["what"], row["became"]) for row in casualties] == [
        ("casualty 1", "changed since"),
        ("casualty 2", "gone since"),
        ("casualty 3", "added since"),
    ]
    named = {line["name"] for row in casualties for line in row["lines"]}
    assert "event" not in named, "the page is about it"
    assert {"number", "best", "note"} <= named


def test_history_of_a_record_that_is_gone_leads_back_to_it(curator: Any, event: Any) -> None:
    factories.CasualtyFactory(event=event)
    pk = event.pk
    deleted = curator.post(page(event, "delete"), {"post": "yes"}, follow=True)
    assert f'<a href="{page(event)}">' in str(deleted.context["messages"]._loaded_data[0])
    shown = curator.get(page(event))
    assert shown.context["gone"]
    number = next(one.sequence for one in shown.context["changes"] if one.what == "event")
    assert take_back(curator, page(event, "undo", number, "change")).status_code == 302
    assert Event.objects.get(pk=pk).slug == "al-qaim"
    assert Casualty.objects.filter(event=pk).exists()


def test_record_that_never_was_has_no_history(curator: Any) -> None:
    address = reverse("admin:events_event_history", args=[987654])
    assert curator.get(address).status_code == 302
    assert curator.get("/admin/events/event/none/history/").status_code == 302


# Taking back


def test_change_is_taken_back_with_a_reason(curator: Any, event: Any) -> None:
    number = change(event, curator.user, outcome="Stayed.")
    address = page(event, "undo", number, "change")
    assert take_back(curator, address).status_code == 302
    event.refresh_from_db()
    assert event.outcome == "Left."
    last = curator.get(page(event)).context["changes"][0]
    assert (last.hand.via, last.hand.why, last.hand.who) == (
        "undo",
        "No source says so.",
        curator.user.username,
    )


def test_nothing_is_written_without_a_reason(curator: Any, event: Any) -> None:
    number = change(event, curator.user, outcome="Stayed.")
    answer = take_back(curator, page(event, "undo", number, "change"), reason=" ")
    assert answer.context["form"].errors["reason"] == ["This field is required."]
    event.refresh_from_db()
    assert event.outcome == "Stayed."


def test_plan_that_is_out_of_date_is_shown_anew(curator: Any, event: Any) -> None:
    number = change(event, curator.user, outcome="Stayed.", sub_kind="ambush")
    address = page(event, "undo", number, "change")
    digest = curator.get(address).context["plan"].digest
    change(event, curator.user, outcome="Fled.")
    answer = curator.post(address, {"reason": "Not so.", "digest": digest})
    assert "changed since this was shown" in answer.content.decode()
    assert "Not so." in answer.content.decode()
    event.refresh_from_db()
    assert (event.outcome, event.sub_kind) == ("Fled.", "ambush")
    again = curator.post(address, {"reason": "Not so.", "digest": answer.context["plan"].digest})
    assert again.status_code == 302
    event.refresh_from_db()
    assert (event.outcome, event.sub_kind) == ("Fled.", "raid")


def test_save_is_taken_back_whole(curator: Any, event: Any) -> None:
    with hand(curator.user):
        event.outcome = "Stayed."
        event.save()
        factories.CasualtyFactory(event=event)
    take_back(curator, page(event, "undo", latest_number(), "save"))
    event.refresh_from_db()
    assert event.outcome == "Left."
    assert not event.casualties.exists()


def test_record_goes_back_to_a_moment(curator: Any, reviewer: Any, event: Any) -> None:
    moment = latest_number()
    change(event, curator.user, outcome="Stayed.")
    change(event, reviewer.user, outcome="Fled.", sub_kind="ambush")
    take_back(curator, page(event, "undo", moment, "back"))
    event.refresh_from_db()
    assert (event.outcome, event.sub_kind) == ("Left.", "raid")


def test_change_of_another_record_is_not_to_be_had_by_this_ones_address(curator: Any, event: Any) -> None:
    other = factories.EventFactory()
    number = change(other, curator.user, outcome="Stayed.")
    assert curator.get(page(event, "undo", number, "change")).status_code == 404
    assert curator.get(page(event, "version", number)).status_code == 404
    assert curator.get(page(other, "undo", number, "sideways")).status_code == 404


def test_to_take_an_addition_back_is_to_delete(visit: Any, event: Any) -> None:
    importer = visit("importer")
    with hand(importer.user):
        factories.CasualtyFactory(event=event)
    address = page(event, "undo", latest_number(), "change")
    shown = importer.get(address)
    assert shown.context["lacking"] == ["delete casualties"]
    assert importer.post(address, {"reason": "x", "digest": shown.context["plan"].digest}).status_code == 403
    assert event.casualties.count() == 1


def test_who_may_only_view_reads_the_history_and_takes_nothing_back(visit: Any, event: Any) -> None:
    number = change(event, factories.UserFactory(), outcome="Stayed.")
    viewer = visit()
    assert viewer.get(page(event)).status_code == 403
    assert viewer.get(page(event, "version", number)).status_code == 403
    viewer.user.user_permissions.add(Permission.objects.get(codename="view_event"))
    shown = viewer.get(page(event))
    assert "Take back" not in shown.content.decode()
    assert viewer.get(page(event, "version", number)).status_code == 200
    assert viewer.get(page(event, "undo", number, "change")).status_code == 403
    assert viewer.post(page(event, "undo", number, "change"), {"reason": "x"}).status_code == 403


def test_parts_that_somebody_may_not_see_are_not_in_the_history(visit: Any, event: Any) -> None:
    factories.CasualtyFactory(event=event, note="canary")
    number = latest_number()
    viewer = visit()
    viewer.user.user_permissions.add(Permission.objects.get(codename="view_event"))
    assert [one.what for one in viewer.get(page(event)).context["changes"]] == ["event"]
    assert viewer.get(page(event, "version", number)).status_code == 404
    first = event.pgh_event_model.objects.get().pgh_id
    assert "canary" not in viewer.get(page(event, "version", first)).content.decode()


def test_plan_shows_nobody_what_they_may_not_see(visit: Any, event: Any) -> None:
    moment = change(event, factories.UserFactory(), outcome="Stayed.")
    factories.CasualtyFactory(event=event, note="canary")
    editor = visit()
    editor.user.user_permissions.add(Permission.objects.get(codename="change_event"))
    assert editor.get(page(event, "undo", moment, "change")).status_code == 200
    assert editor.get(page(event, "undo", moment, "back")).status_code == 403


def test_published_record_shows_that_it_was_changed_since(curator: Any, reviewer: Any, visit: Any) -> None:
    event = factories.EventFactory(outcome="Left.")
    number = change(event, curator.user, outcome="Stayed.")
    operations.publish(event.territory, event, by=reviewer.user, reason="Good.")
    take_back(curator, page(event, "undo", number, "change"))
    assert operations.state(Event.objects.get(pk=event.pk))[0] == "changed"


# All of a person, all of an import


def test_changes_of_a_person_are_taken_back(reviewer: Any, event: Any) -> None:
    person = factories.UserFactory(username="careless")
    other = factories.SourceFactory(title="As it was")
    change(event, person, outcome="Stayed.")
    change(other, person, title="Changed")
    address = reverse("admin:auth_user_changes", args=[person.pk])
    shown = reviewer.get(address)
    assert [record["called"] for record in shown.context["records"]] == [
        f"source {other.slug}",
        "event al-qaim",
    ]
    assert take_back(reviewer, address).status_code == 302
    event.refresh_from_db()
    other.refresh_from_db()
    assert (event.outcome, other.title) == ("Left.", "As it was")


def test_changes_of_a_person_are_those_within_the_time(reviewer: Any, event: Any) -> None:
    person = factories.UserFactory()
    change(event, person, outcome="Stayed.")
    address = reverse("admin:auth_user_changes", args=[person.pk])
    assert (
        reviewer.get(f"{address}?since=2001-01-01T00:00&until=2001-01-02T00:00").context["plan"].steps == []
    )
    assert len(reviewer.get(f"{address}?since=2001-01-01T00:00&until=").context["plan"].steps) == 1
    wrong = reviewer.get(f"{address}?since=2001-01-02T00:00&until=2001-01-01T00:00")
    assert "put the earlier time first" in wrong.content.decode()
    assert wrong.context["plan"].steps == []


def test_many_records_are_listed_in_a_line_each_page_by_page(reviewer: Any) -> None:
    person = factories.UserFactory()
    territory = factories.TerritoryFactory()
    with hand(person):
        Event.objects.bulk_create(factories.EventFactory.build_batch(130, territory=territory))
    address = reverse("admin:auth_user_changes", args=[person.pk])
    shown = reviewer.get(address)
    assert "130 events deleted." in shown.content.decode()
    assert len(shown.context["records"]) == 100
    assert {record["line"] for record in shown.context["records"]} == {"is deleted"}
    assert len(reviewer.get(f"{address}?p=2").context["records"]) == 30


def test_import_is_taken_back_and_brought_back(reviewer: Any) -> None:
    batch = factories.BatchFactory()
    with hand(batch.applied_by, batch=batch.pk):
        event = factories.EventFactory()
    address = reverse("admin:sources_batch_undo", args=[batch.pk])
    change_page = reverse("admin:sources_batch_change", args=[batch.pk])
    assert "Take this import back" in reviewer.get(change_page).content.decode()
    assert take_back(reviewer, address)["Location"] == change_page
    assert not Event.objects.exists()
    assert Batch.objects.get().state == "undone"
    assert "Bring this import back" in reviewer.get(change_page).content.decode()
    take_back(reviewer, address)
    assert Event.objects.get().pk == event.pk
    assert Batch.objects.get().state == "applied"


@pytest.mark.parametrize("group", ["curator", "importer"])
def test_only_reviewers_take_back_what_others_did_wholesale(visit: Any, group: str, event: Any) -> None:
    visitor, batch = visit(group), factories.BatchFactory()
    person = reverse("admin:auth_user_changes", args=[factories.UserFactory().pk])
    for address in (person, reverse("admin:sources_batch_undo", args=[batch.pk])):
        assert visitor.get(address).status_code == 403
        assert visitor.post(address, {"reason": "x", "digest": "x"}).status_code == 403
    batch_page = visitor.get(reverse("admin:sources_batch_change", args=[batch.pk]))
    assert "Take this import back" not in batch_page.content.decode()


def test_rights_to_take_back_wholesale_are_made_anew_by_every_grant(db: None) -> None:
    Permission.objects.filter(codename__startswith="undo_").delete()
    grant()
    assert set(
        Permission.objects.filter(group__name="reviewer", codename__startswith="undo_").values_list(
            "codename", flat=True
        )
    ) == {"undo_batch", "undo_user"}


def test_steps_of_a_review_offer_no_way_back(curator: Any, event: Any) -> None:
    with hand(curator.user, via="review"):
        Event.objects.filter(pk=event.pk).update(status="in_review")
    number = latest_number()
    text = curator.get(page(event)).content.decode()
    assert page(event, "undo", number, "change") not in text
    assert plan(one_change(Event, number)).steps == []
