"""What readers see beside what they would see: which fields differ, where, and whose word it is."""

import json

import pghistory
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from border.curation.authorship import last_words
from border.curation.comparison import differences, documents, summaries
from border.curation.fields import judged
from border.curation.wording import pieces
from border.publication import operations
from border.publication.endpoints import ENDPOINTS, endpoint_of
from tests import factories as make

pytestmark = pytest.mark.django_db


def different(record):
    endpoint = endpoint_of(record)
    return {one.field.key: one for one in differences(endpoint, *documents(endpoint, [record.pk])[record.pk])}


@pytest.fixture
def public(event, reviewer):
    operations.publish(event, by=reviewer, reason="Good.")
    return event


def test_nothing_differs_right_after_publication(public):
    assert different(public) == {}


def test_first_publication_shows_all_that_says_something(event):
    found = different(event)
    assert {"title", "kind", "date", "territory", "citations", "confidence"} <= set(found)
    assert not {"slug", "url", "summary", "note", "participations", "contested"} & set(found)
    assert [row.state for row in found["citations"].rows] == ["added"]


def test_changed_text_is_marked_word_by_word(public):
    public.title = "The whole town falls"
    public.save()
    (found,) = different(public).values()
    assert found.field.name == "title"
    assert [piece for piece in found.cell.before if piece.only_here] == []
    assert [piece.text.strip() for piece in found.cell.after if piece.only_here] == ["whole"]


def test_values_are_told_as_people_read_them(public):
    public.kind, public.date = "airstrike", "2014-06-21"
    public.longitude, public.latitude, public.uncertainty_m = "40.9", "34.4", 5000
    public.save()
    found = {key: "".join(piece.text for piece in one.cell.after) for key, one in different(public).items()}
    assert found == {
        "kind": "Airstrike",
        "date": "2014-06-21",
        "point": "40.9° E, 34.4° N, within 5,000 m",
    }


def test_rows_that_are_new_changed_or_gone_are_told_apart(public, paper, reviewer):
    militia, army = make.ActorFactory(slug="militia"), make.ActorFactory(slug="army")
    operations.publish(militia, army, by=reviewer, reason="Good.")
    make.ParticipationFactory(event=public, actor=militia)
    operations.publish(public, by=reviewer, reason="Good.")
    public.citations.update(quote="It fell at dawn.")
    public.participations.all().delete()
    make.ParticipationFactory(event=public, actor=army, role="target", note="Fled.")
    found = different(public)
    assert [row.state for row in found["citations"].rows] == ["changed"]
    assert {cell.label for cell in found["citations"].rows[0].cells} == {"source", "quote"}
    assert [row.state for row in found["participations"].rows] == ["added", "removed"]
    assert found["participations"].summary == "participations (1 added, 1 removed)"


def test_row_added_twice_the_same_is_not_lost(public, paper):
    first = public.citations.get()
    make.cite(public, source=paper, number=2, quote=first.quote, locator=first.locator)
    assert [row.state for row in different(public)["citations"].rows] == ["added"]


@pytest.mark.parametrize("name", ENDPOINTS)
def test_every_field_of_every_document_can_be_compared(name):
    endpoint = ENDPOINTS[name]
    record = make.FACTORIES[endpoint.model]()
    keys = {one.key for one in judged(endpoint)}
    assert keys == set(endpoint.document().fields) - {"slug", "url"}
    assert set(different(record)) <= keys
    assert {one.key for one in judged(endpoint) if not one.own} <= {"contested", "branches"}


@pytest.mark.parametrize("count", [1, 3])
def test_summaries_of_many_cost_one_query(count):
    ids = [make.EventFactory().pk for _ in range(count)]
    with CaptureQueriesContext(connection) as queries:
        found = summaries(ENDPOINTS["events"], ids)
    assert len(queries) == 1
    assert set(found) == set(ids)


def test_last_word_on_a_field_says_who_and_why(public, writing, author):
    other = make.UserFactory(username="other")
    with writing(why="The paper says dawn."):
        public.title = "The town falls at dawn"
        public.save()
        public.citations.update(quote="At dawn.")
    with pghistory.context(user=other.pk, why="Checked."):
        public.date = "2014-06-21"
        public.save()
    words = last_words(public)
    assert (words["title"].who, words["title"].why) == ("author", "The paper says dawn.")
    assert (words["citations"].who, words["citations"].why) == ("author", "The paper says dawn.")
    assert (words["date"].who, words["date"].why) == ("other", "Checked.")
    assert words["kind"].why == "Seen in the paper."
    assert words["date"].sequence > words["title"].sequence


def test_word_of_somebody_at_psql_names_the_database_role():
    event = make.EventFactory()
    assert last_words(event)["title"].who.startswith("database role ")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "x"),
        ("held by IS", "held by the army"),
        ("قضاء القائم", "قضاء القائم الجديد"),
        ("a\nb", "a\n\nb"),
        ("x", ""),
    ],
)
def test_pieces_put_together_are_the_texts(before, after):
    left, right = pieces(before, after)
    assert "".join(piece.text for piece in left) == before
    assert "".join(piece.text for piece in right) == after


def test_long_texts_are_compared_by_lines():
    lines = [f"Line {number} of a very long note.\n" for number in range(2000)]
    left, right = pieces("".join(lines), "".join([*lines[:1000], "Another.\n", *lines[1000:]]))
    assert [piece.text for piece in right if piece.only_here] == ["Another.\n"]
    assert json.dumps(left)
