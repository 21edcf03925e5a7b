"""The desk counts what its lists list, for those who may see it, at the same cost for one record and for many."""

import re
from html import unescape

import pghistory
import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.db import connection
from django.template.response import SimpleTemplateResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from border.curation.models import Comment
from border.publication import operations
from events.models import Event
from tests import factories as make

DESK, WEEK, AUDITS = "admin:index", "admin:desk_week", "admin:desk_audits"
NUMBER = re.compile(r'class="border-number[^>]*?href="([^"]+)"\s+data-number="(\d+)"', re.DOTALL)
# A rise here is a desk that has begun to ask once for each noun or record.
QUERIES = {DESK: 8, WEEK: 8, AUDITS: 17}


@pytest.fixture(autouse=True)
def forgotten():
    """What the audits found in another test's world."""
    cache.clear()


def numbers(visitor, page):
    """Every number on a page of the desk, with the address of its list."""
    html = visitor.get(reverse(page)).content.decode()
    return [(unescape(address), int(count)) for address, count in NUMBER.findall(html)]


def listed(visitor, address):
    """How many rows the list at ``address`` has. Its page is made and not drawn."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SimpleTemplateResponse, "rendered_content", "")
        page = visitor.get(address)
    assert page.status_code == 200, address
    if "cl" in page.context_data:
        return page.context_data["cl"].result_count
    return page.context_data["page"].count


def written_by(person):
    return pghistory.context(user=person.pk, via="admin")


@pytest.fixture
def world(curator, reviewer, visit):
    """Records that answer every question of the desk, for a curator and for a reviewer."""
    other, town = visit("curator").user, make.TerritoryFactory()
    paper, report = make.SourceFactory(), make.SourceFactory(status="in_review")
    event = make.EventFactory(territory=town, date="2014-06-20")
    make.ParticipationFactory(event=event, actor=make.ActorFactory(existed="2020"))
    make.BatchFactory()
    # A context holds on until the end of the transaction, which is that of the test.
    with written_by(curator.user):
        make.EventFactory.create_batch(2, territory=town)
        back = make.EventFactory(slug="sent-back", status="in_review", territory=town)
        make.ActorFactory()
    with written_by(other):
        waiting = make.EventFactory(status="in_review", territory=town)
        make.EventFactory(territory=town)
    for source, value in [(paper, "2014-06-20"), (report, "2014-06-21")]:
        make.EventCitationFactory(record=waiting, source=source, attribute="date", asserted_value=value)
    Comment.objects.create(
        endpoint="events",
        slug=back.slug,
        field="date",
        text="By whom?",
        sends_back=True,
        author=reviewer.user,
    )
    operations.publish(town, by=reviewer.user, reason="Good.")
    return waiting


@pytest.mark.parametrize("who", ["curator", "reviewer"])
@pytest.mark.parametrize("page", [DESK, WEEK, AUDITS])
def test_every_number_is_that_of_its_list(world, who, page, curator, reviewer):
    visitor = {"curator": curator, "reviewer": reviewer}[who]
    found = numbers(visitor, page)
    assert any(count for _, count in found)
    assert [(address, listed(visitor, address)) for address, _ in found] == found


def test_numbers_are_those_of_the_world(world, curator, reviewer):
    mine = dict(numbers(curator, DESK))
    assert mine[reverse("admin:desk_records", args=["drafts"])] == 3
    assert mine[reverse("admin:desk_records", args=["back"])] == 1
    assert mine[reverse("admin:desk_comments")] == 1
    assert mine[reverse("admin:desk_records", args=["contradicted"])] == 1
    theirs = dict(numbers(reviewer, DESK))
    assert theirs[reverse("admin:desk_records", args=["drafts"])] == 0
    assert theirs[reverse("admin:desk_records", args=["review"])] == 3
    assert dict(numbers(curator, AUDITS))[reverse("admin:desk_audit", args=["participants_too_early"])] == 1


def test_only_who_publishes_has_a_review_queue(world, curator, reviewer):
    queue = reverse("admin:desk_records", args=["review"])
    assert queue in dict(numbers(reviewer, DESK))
    assert queue not in dict(numbers(curator, DESK))
    waiting = reverse("admin:events_event_changelist") + "?review=mine"
    assert listed(reviewer, waiting) == 2
    assert listed(curator, waiting) == 0


def test_contradiction_shows_who_says_what(world, curator):
    page = curator.get(reverse("admin:desk_records", args=["contradicted"])).content.decode()
    assert "2014-06-20" in page
    assert "2014-06-21" in page


@pytest.mark.parametrize(
    ("values", "same_source", "contradict"),
    [
        (("5", "7"), False, True),
        (("five", "Five"), False, False),
        (("5", ""), False, False),
        (("5", "7"), True, False),
    ],
)
def test_contradiction_is_between_sources_that_give_values(db, values, same_source, contradict):
    event, source = make.EventFactory(), make.SourceFactory()
    for value in values:
        make.EventCitationFactory(
            record=event,
            source=source if same_source else make.SourceFactory(),
            attribute="killed",
            asserted_value=value,
        )
    assert event.citations.contradicting().exists() is contradict


def test_different_fields_do_not_contradict_each_other(db):
    event = make.EventFactory()
    for field in ("killed", "injured"):
        make.EventCitationFactory(record=event, attribute=field, asserted_value=field)
    make.EventCitationFactory(record=make.EventFactory(), attribute="killed", asserted_value="7")
    assert not event.citations.contradicting().exists()


def test_week_tells_what_was_reviewed_since(curator, reviewer):
    with written_by(curator.user):
        seen, changed = make.ActorFactory(), make.ActorFactory()
        make.ActorFactory()
    operations.publish(seen, changed, by=reviewer.user, reason="Good.")
    with written_by(curator.user):
        make.ActorNameFactory(record=changed)
    (name,) = curator.get(reverse(WEEK)).context["people"]
    assert name["name"] == curator.user.username
    assert (name["reviewed"].count, name["unreviewed"].count) == (1, 2)
    rows = curator.get(name["reviewed"].address).context["page"].rows
    assert [row["changed"].slug for row in rows] == [seen.slug]


def test_week_leaves_out_the_weeks_before_and_days_are_as_asked(curator):
    with written_by(curator.user):
        make.ActorFactory()
    address = reverse("admin:desk_changes")
    assert listed(curator, address) == 1
    assert listed(curator, f"{address}?first=2001-01-01&last=2001-01-07") == 0
    assert listed(curator, f"{address}?who={curator.user.pk}&reviewed=no") == 1
    assert listed(curator, f"{address}?who={curator.user.pk + 1}") == 0
    assert listed(curator, f"{address}?first=yesterday&last=&who=me&page=x") == 1


def test_charts_say_in_a_table_what_they_draw(world, reviewer):
    page = reviewer.get(reverse(WEEK))
    for chart in page.context["charts"]:
        assert len(chart["bars"]) == 26
        assert chart["bars"][-1]["number"].count == chart["highest"] > 0
        assert chart["bars"][-1]["height"] == chart["height"]
    assert page.content.decode().count('role="img"') == 2


def test_audits_are_remembered_until_something_changes(curator):
    address = reverse("admin:desk_audit", args=["records_uncited"])
    town = make.TerritoryCitationFactory().record
    make.EventFactory(territory=town)
    assert listed(curator, address) == 1
    with CaptureQueriesContext(connection) as again:
        curator.get(reverse(AUDITS))
    with CaptureQueriesContext(connection) as third:
        curator.get(reverse(AUDITS))
    assert len(third) < len(again)
    make.EventFactory(territory=town)
    assert listed(curator, address) == 2


def test_long_lists_come_in_pages(curator):
    town = make.TerritoryFactory()
    with written_by(curator.user):
        make.ActorFactory.create_batch(30)
        make.EventFactory.create_batch(30, territory=town)
    address = reverse("admin:desk_records", args=["drafts"])
    first, second, beyond = (curator.get(f"{address}?page={page}").context["page"] for page in (1, 2, 9))
    assert (len(first.rows), len(second.rows), first.last) == (50, 10, 2)
    assert beyond.number == 2
    labels = [row["address"] for row in first.rows + second.rows]
    assert len(set(labels)) == 60


def test_who_sees_one_noun_gets_the_numbers_of_that_noun_only(world, visit):
    reader = visit()
    reader.user.user_permissions.add(Permission.objects.get(codename="view_actor"))
    assert {address.split("?")[0] for address, count in numbers(reader, DESK) if count} == {
        reverse("admin:actors_actor_changelist"),
        reverse("admin:desk_records", args=["uncited"]),
    }
    assert listed(reader, reverse("admin:desk_records", args=["uncited"])) == 2
    rows = reader.get(reverse("admin:desk_changes")).context["page"].rows
    assert {row["noun"] for row in rows} == {"actor"}
    assert reader.get(reverse("admin:desk_audit", args=["participants_too_early"])).status_code == 404
    assert numbers(reader, AUDITS) == []


def test_who_may_see_nothing_is_told_what_to_do(visit):
    stranger = visit()
    assert "An admin gives you a group" in stranger.get(reverse(DESK)).content.decode()
    assert numbers(stranger, DESK) == numbers(stranger, WEEK) == numbers(stranger, AUDITS) == []


def test_questions_that_there_are_not_are_not_found(curator):
    assert curator.get(reverse("admin:desk_records", args=["nonsense"])).status_code == 404
    assert curator.get(reverse("admin:desk_audit", args=["nonsense"])).status_code == 404
    assert curator.post(reverse("admin:desk_records", args=["drafts"])).status_code == 405


@pytest.mark.parametrize("page", QUERIES)
def test_desk_costs_the_same_for_many_records(page, curator):
    def cost():
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert curator.get(reverse(page)).status_code == 200
        return len(queries)

    with written_by(curator.user):
        make.EventFactory()
    cost()  # content types and the like are remembered from here on
    one = cost()
    with written_by(curator.user):
        make.EventFactory.create_batch(3)
        make.EventCitationFactory(record=Event.objects.first())
    assert cost() == one == QUERIES[page]
