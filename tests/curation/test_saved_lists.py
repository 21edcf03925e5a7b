"""Lists are saved with their filters, shared or kept, and never with a filter that they do not have."""

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse

from border.curation.models import SavedView
from tests.admin.conftest import Visitor, plain_static  # noqa: F401 -- pages need their files under plain names
from tests.factories import ActorFactory, SavedViewFactory, UserFactory

EVENTS = reverse("admin:events_event_changelist")
SAVE = reverse("admin:events_event_save_list")


@pytest.fixture
def somebody(db):
    """``somebody()``: a curator, signed in."""

    def enter():
        user = UserFactory()
        user.groups.add(Group.objects.get(name="curator"))
        return Visitor(user)

    return enter


def change(view):
    return reverse("admin:events_event_saved_list", args=[view.pk])


def above(visitor, address=EVENTS):
    """The saved lists that stand above a list, and the page."""
    page = visitor.get(address).content.decode()
    return page.partition('<nav class="border-saved"')[2].partition("</nav>")[0]


def test_saved_list_keeps_filters_search_and_order_but_not_the_page(somebody):
    curator = somebody()
    answer = curator.post(
        SAVE, {"name": "My drafts", "query": "status__exact=draft&p=3&q=qaim&o=-3&years_from="}
    )
    view = SavedView.objects.get()
    assert (view.owner, view.model, view.shared) == (curator.user, "events.event", False)
    assert view.query == "o=-3&q=qaim&status__exact=draft"
    assert answer["Location"] == f"{EVENTS}?{view.query}"
    assert (
        'aria-current="page"'
        in above(curator, answer["Location"]).partition("My drafts")[0].rpartition("<a")[2]
    )


def test_others_see_a_saved_list_when_it_is_shared(somebody):
    mine, theirs = somebody(), somebody()
    SavedViewFactory(owner=mine.user, name="Kept", query="q=a")
    SavedViewFactory(owner=mine.user, name="Shown", query="q=b", shared=True)
    SavedViewFactory(owner=mine.user, name="Of actors", query="q=c", shared=True, model="actors.actor")
    assert ("Kept" in above(mine), "Shown" in above(mine)) == (True, True)
    bar = above(theirs)
    assert ("Kept" in bar, "Shown" in bar, mine.user.username in bar, "Of actors" in bar) == (
        False,
        True,
        True,
        False,
    )


def test_only_its_owner_changes_or_removes_a_saved_list(somebody):
    mine, theirs = somebody(), somebody()
    shared = SavedViewFactory(owner=mine.user, name="Shown", shared=True)
    kept = SavedViewFactory(owner=mine.user, name="Kept")
    assert theirs.post(change(shared), {"delete": "1"}).status_code == 403
    assert theirs.post(change(kept), {"name": "Theirs"}).status_code == 404
    assert mine.post(change(shared), {"name": "Renamed"}).status_code == 302
    shared.refresh_from_db()
    assert (shared.name, shared.shared) == ("Renamed", False)
    mine.post(change(shared), {"delete": "1"})
    assert list(SavedView.objects.all()) == [kept]


@pytest.mark.parametrize(
    ("name", "query", "said"),
    [
        ("A", "title__contains=x", "This list has no filter “title__contains”."),
        ("A", "territory__id__exact=qaim", "One of its filters cannot be read"),
        ("A", "nonsense=1", "One of its filters cannot be read"),
        ("A", "p=2&q=", "There is nothing to save"),
        ("", "q=a", "This field is required."),
        ("<b>", "q=a", "A text holds markup"),
        ("Taken", "q=a", "You already have a view of this name."),
        ("x" * 81, "q=a", "at most 80 characters"),
        ("A", "q=" + "x" * 2000, "Shorten it"),
    ],
)
def test_what_cannot_be_saved_is_said_and_the_name_is_not_lost(somebody, name, query, said):
    curator = somebody()
    SavedViewFactory(owner=curator.user, name="Taken", query="q=other")
    page = curator.post(SAVE, {"name": name, "query": query})
    assert page.status_code == 200
    assert said in page.content.decode()
    assert page.context["typed"]["name"] == name
    assert SavedView.objects.count() == 1


def test_names_are_given_once_and_only_to_one_person(db):
    first = SavedViewFactory(name="Mine")
    SavedViewFactory(name="Mine")
    for broken in ({"owner": first.owner, "name": "Mine"}, {"name": ""}, {"name": "two\nlines"}):
        with transaction.atomic(), pytest.raises(IntegrityError):
            SavedViewFactory(**broken)


def test_saved_lists_cost_a_list_one_question(somebody, django_assert_num_queries):
    curator = somebody()
    ActorFactory()
    curator.get(EVENTS)
    for count in (0, 1, 3):
        SavedView.objects.all().delete()
        SavedViewFactory.create_batch(count, owner=curator.user)
        with django_assert_num_queries(8):
            curator.get(EVENTS)
