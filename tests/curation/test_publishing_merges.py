"""How a merge, and its undoing, reach readers: by somebody else, in one block, and everywhere at once."""

from typing import Any

import pghistory
import pytest
from django.db import IntegrityError, transaction

from border.curation.merging import merge, publish_merge
from border.curation.parting import leads_on, publish_undo, undo_merge
from border.curation.refusal import MergeRefused
from border.publication import chain, operations
from border.publication.endpoints import ENDPOINTS
from border.publication.models import Entry, Review
from border.publication.operations import PublicationRefused
from tests import factories as make
from tests.curation.conftest import surrounded
from tests.publication.record import column, document, rows, text

pytestmark = pytest.mark.django_db
NOUNS = [make.ActorFactory, make.TerritoryFactory, make.SourceFactory, make.EventFactory]


def everything() -> list[Any]:
    return [endpoint.model.objects.all() for endpoint in ENDPOINTS.values()]


def as_readers_see_it() -> dict[str, Any]:
    """Every public row but for the number and the time of its version, the index of names, and all slugs."""
    found = {}
    for endpoint in ENDPOINTS.values():
        for slug, row in rows(
            f"SELECT slug, to_jsonb(p) - ARRAY['version', 'sequence', 'known'] FROM {endpoint.table} p WHERE upper_inf(known)"
        ):
            found[f"{endpoint.name}/{slug}"] = row
    names = "SELECT endpoint, slug, text, kind, language FROM published_name WHERE upper_inf(known) ORDER BY 1, 2, 3, 4, 5"
    return {**found, "names": rows(names)}


@pytest.fixture
def merged(curator: Any, publish: Any) -> Any:
    """``merged(factory)``: two public records, everything that can point to the second, and their merge."""

    def make_one(factory: Any, **more: Any) -> Any:
        kept, dropped = factory(slug="kept"), factory(slug="dropped")
        surrounded(dropped)
        publish(*everything())
        return merge(kept=kept, dropped=dropped, by=curator, reason="Two names for one.", **more)

    return make_one


@pytest.mark.parametrize("factory", NOUNS)
def test_readers_are_led_on_and_every_document_shows_the_other(
    factory: Any, merged: Any, reviewer: Any, client: Any
) -> None:
    made = merged(factory)
    noun = made.endpoint
    before = as_readers_see_it()
    assert f"{noun}/dropped" in before
    publish_merge(made, by=reviewer, reason="Looked at both.")
    found = client.get(f"/api/v1/{noun}/dropped/")
    assert (found.status_code, found.headers["Location"]) == (308, f"/api/v1/{noun}/kept/")
    assert "Two names for one." in found.content.decode()
    shown = as_readers_see_it()
    assert set(before) - set(shown) == {f"{noun}/dropped"}
    assert not [ref for ref, row in shown.items() if f"{noun}/dropped" in str(row)]
    # The oracle: what was made again from reviewed text is what the working copies would be published as.
    assert operations.differing(*[qs.exclude(status="withdrawn") for qs in everything()]) == []
    assert list(chain.verify()) == []
    assert (
        len(
            {
                entry.block
                for entry in Entry.objects.filter(
                    sequence__gt=Entry.objects.get(change="merged").sequence - 1
                )
            }
        )
        == 1
    )


@pytest.mark.parametrize("factory", NOUNS)
def test_a_merge_taken_back_is_to_readers_as_if_it_had_never_been(
    factory: Any, curator: Any, merged: Any, reviewer: Any, client: Any
) -> None:
    made = merged(factory)
    before = as_readers_see_it()
    publish_merge(made, by=reviewer, reason="Looked at both.")
    undo_merge(made, by=curator, reason="They are two after all.")
    made.refresh_from_db()
    assert client.get(f"/api/v1/{made.endpoint}/dropped/").status_code == 308
    assert leads_on(made)
    with pytest.raises(PublicationRefused, match="has changes of yours"):
        publish_undo(made, by=curator, reason="I know.")
    publish_undo(made, by=reviewer, reason="Looked at both again.")
    after = as_readers_see_it()
    assert client.get(f"/api/v1/{made.endpoint}/dropped/").status_code == 200
    assert {ref for ref in before if before[ref] != after.get(ref)} == set()
    assert operations.differing(*everything()) == []
    assert Entry.objects.filter(slug="dropped").order_by("-sequence").first().change == "added"
    assert list(chain.verify()) == []
    with pytest.raises(MergeRefused, match="nothing to publish"):
        publish_undo(made, by=reviewer, reason="Again.")


def test_readers_see_the_two_as_before_until_it_is_published(merged: Any, curator: Any, publish: Any) -> None:
    actor = make.ActorFactory._meta.model
    made = merged(make.ActorFactory)
    assert text("actors/dropped")
    [authority, _] = make.AuthorityFactory._meta.model.objects.filter(actor__slug="kept")
    authority.note = "Another word."
    authority.save()
    publish(authority)
    assert document(f"authorities/{authority.slug}")["actor"]["slug"] == "kept"
    publish(actor.objects.get(slug="kept"))
    assert text("actors/dropped")
    assert "Two names" not in str(rows("SELECT * FROM published_entry"))
    with pytest.raises(PublicationRefused, match="You decided that the two are one"):
        publish_merge(made, by=curator, reason="I know.")


def test_a_record_that_is_given_up_is_not_published_by_itself(
    merged: Any, reviewer: Any, publish: Any
) -> None:
    made = merged(make.ActorFactory)
    publish_merge(made, by=reviewer, reason="Good.")
    with pytest.raises(
        PublicationRefused, match="goes on as actors/kept: publish that one instead, or take the merge back"
    ):
        publish(make.ActorFactory._meta.model.objects.get(slug="dropped"))


def test_what_goes_along_is_not_reviewed_by_who_wrote_it(curator: Any, reviewer: Any, publish: Any) -> None:
    kept, dropped = make.ActorFactory(), make.ActorFactory()
    publish(kept, dropped)
    writer = make.UserFactory()
    with pghistory.context(user=writer.pk, via="admin"):
        make.ActorNameFactory(record=dropped, text="A name of mine")
    publish(kept)  # reviewed since, yet without that name
    made = merge(kept=kept, dropped=dropped, by=curator, reason="One.")
    with pytest.raises(PublicationRefused, match="has changes of yours"):
        publish_merge(made, by=writer, reason="Good.")
    publish_merge(made, by=reviewer, reason="Good.")
    assert "A name of mine" in str(document(f"actors/{kept.slug}"))
    assert Review.objects.get(change="merged").authors == [curator.pk]


def test_the_database_refuses_a_reviewer_who_merged(curator: Any, publish: Any) -> None:
    review = {
        "endpoint": "actors",
        "slug": "a",
        "version": 1,
        "change": "merged",
        "reason": "x",
        "history": 1,
    }
    with pytest.raises(IntegrityError, match="review_not_by_author"), transaction.atomic():
        Review.objects.create(**review, at="2026-01-01T00:00Z", authors=[curator.pk], reviewer=curator)


def test_unreviewed_edits_of_what_is_remade_stay_unseen(merged: Any, reviewer: Any) -> None:
    made = merged(make.ActorFactory)
    participation = make.ParticipationFactory._meta.model.objects.filter(actor__slug="kept").first()
    event = participation.event
    type(event).objects.filter(pk=event.pk).update(summary="Nobody has read this.")
    publish_merge(made, by=reviewer, reason="Good.")
    shown = document(f"events/{event.slug}")
    assert [one["actor"]["slug"] for one in shown["participations"]] == ["kept"]
    assert shown["summary"] == ""
    assert column(f"events/{event.slug}", "actors") == ["kept"]


def test_names_are_searchable_under_the_one_that_goes_on(
    curator: Any, reviewer: Any, publish: Any, client: Any
) -> None:
    kept, dropped = (
        make.ActorFactory(slug="is", name="Islamic State"),
        make.ActorFactory(slug="isil", name="Daesh"),
    )
    publish(kept, dropped)
    publish_merge(merge(kept=kept, dropped=dropped, by=curator, reason="One."), by=reviewer, reason="Good.")
    found = client.get("/api/v1/actors/?q=Daesh").json()
    assert [row["slug"] for row in found["results"]] == ["is"]
    error = client.get("/api/v1/events/?actor=isil").json()["errors"][0]
    assert error["message"] == '"isil" goes on as "is".'


def test_a_chain_of_merges_leads_to_its_end(curator: Any, reviewer: Any, publish: Any, client: Any) -> None:
    one, two, three = (make.ActorFactory(slug=slug) for slug in ("one", "two", "three"))
    publish(one, two, three)
    first = merge(kept=two, dropped=one, by=curator, reason="One.")
    publish_merge(first, by=reviewer, reason="Good.")
    publish_merge(merge(kept=three, dropped=two, by=curator, reason="One."), by=reviewer, reason="Good.")
    error = client.get("/api/v1/events/?actor=one").json()["errors"][0]
    assert error["allowed"] == ["three"]
    steps = [client.get(f"/api/v1/actors/{slug}/").headers["Location"] for slug in ("one", "two")]
    assert steps == ["/api/v1/actors/two/", "/api/v1/actors/three/"]
    with pytest.raises(MergeRefused, match="goes on as three since: take that merge back first"):
        undo_merge(first, by=curator, reason="No.")


def test_a_territory_that_gives_its_name_to_a_crossing_renames_it(
    curator: Any, reviewer: Any, publish: Any
) -> None:
    kept, dropped = (
        make.TerritoryFactory(name=name, kind="crossing") for name in ("Qaim crossing", "Husaybah")
    )
    crossing = make.CrossingFactory(territory=dropped)
    status = make.CrossingStatusFactory(crossing=crossing)
    publish(*everything())
    publish_merge(merge(kept=kept, dropped=dropped, by=curator, reason="One."), by=reviewer, reason="Good.")
    assert document(f"crossing-statuses/{status.slug}")["crossing"]["name"] == "Qaim crossing"
    assert column(f"crossing-statuses/{status.slug}", "territories") == [kept.slug]


def test_quotes_of_a_source_go_when_it_goes_on_as_one_that_may_not_be_quoted(
    curator: Any, reviewer: Any, publish: Any
) -> None:
    kept, dropped = make.SourceFactory(redistributable=False, dataset="GED"), make.SourceFactory()
    event = make.EventCitationFactory(source=dropped, quote="Word for word").record
    publish(*everything())
    publish_merge(merge(kept=kept, dropped=dropped, by=curator, reason="One."), by=reviewer, reason="Good.")
    assert "Word for word" not in text(f"events/{event.slug}")
    assert document(f"events/{event.slug}")["citations"][0]["source"]["slug"] == kept.slug
    assert column(f"events/{event.slug}", "datasets") == ["GED"]


def test_only_a_public_record_leads_readers_on(curator: Any, reviewer: Any, publish: Any) -> None:
    kept, dropped = make.ActorFactory(), make.ActorFactory(slug="never")
    made = merge(kept=kept, dropped=dropped, by=curator, reason="One.")
    with pytest.raises(PublicationRefused, match="actors/never is not public"):
        publish_merge(made, by=reviewer, reason="Good.")
    with pytest.raises(MergeRefused, match="The merge stands"):
        publish_undo(made, by=reviewer, reason="Good.")
    undo_merge(made, by=curator, reason="No.")
    made.refresh_from_db()
    with pytest.raises(MergeRefused, match="was taken back: there is nothing"):
        publish_merge(made, by=reviewer, reason="Good.")
