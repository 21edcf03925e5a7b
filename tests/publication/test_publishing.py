"""What publishing does: versions, names that follow, what it refuses."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test.utils import CaptureQueriesContext

from border.publication import chain, operations
from border.publication.endpoints import ENDPOINTS
from border.publication.models import Review
from tests import factories as make
from tests.publication.conftest import Publish, Writing
from tests.publication.record import column, document, ledger, rows, text, versions

pytestmark = pytest.mark.django_db


def refusal(publish: Publish, *records: object) -> str:
    with pytest.raises(operations.PublicationRefused) as refused:
        publish(*records)
    return str(refused.value)


def test_published_record_is_its_reviewed_text(publish: Publish) -> None:
    actor = make.ActorFactory(slug="liwa", name="Liwa")
    outcome = publish(actor)
    assert (outcome.added["actors"], outcome.total) == (1, 1)
    assert document("actors/liwa")["name"] == "Liwa"
    actor.refresh_from_db()
    assert actor.status == "published"
    assert list(chain.verify()) == []


def test_unchanged_record_gets_no_version_and_no_block(publish: Publish) -> None:
    actor = make.ActorFactory(slug="liwa")
    publish(actor)
    head = chain.head()
    outcome = publish(actor)
    assert (outcome.total, outcome.same["actors"]) == (0, 1)
    assert versions("actors/liwa") == [1]
    assert chain.head() == head
    assert Review.objects.count() == 1


def test_edit_shows_only_when_it_is_published(publish: Publish) -> None:
    actor = make.ActorFactory(slug="liwa", note="Reviewed.")
    publish(actor)
    actor.note = "Not reviewed."
    actor.save()
    assert operations.state(actor) == ("changed", 1)
    assert document("actors/liwa")["note"] == "Reviewed."
    publish(actor)
    assert document("actors/liwa")["note"] == "Not reviewed."
    assert operations.state(actor) == ("current", 2)
    assert ledger() == [("added", "actors/liwa"), ("changed", "actors/liwa")]


def test_unreviewed_name_shows_in_no_new_document(publish: Publish) -> None:
    actor = make.ActorFactory(slug="liwa", name="Reviewed name")
    publish(actor)
    actor.name = "Unreviewed name"
    actor.save()
    event = make.ParticipationFactory(actor=actor).event
    publish(event, event.territory)
    assert document(f"events/{event.slug}")["participations"][0]["actor"]["name"] == "Reviewed name"


def test_unreviewed_name_of_a_territory_shows_through_no_crossing(publish: Publish) -> None:
    crossing = make.CrossingFactory(slug="qaim", territory__name="Reviewed name")
    publish(crossing.territory, crossing.side_a, crossing.side_b)
    crossing.territory.name = "Unreviewed name"
    crossing.territory.save()
    status = make.CrossingStatusFactory(slug="open", crossing=crossing)
    publish(crossing, status)
    assert column("crossings/qaim", "shown") == "Reviewed name"
    assert document("crossing-statuses/open")["crossing"]["name"] == "Reviewed name"


def test_new_name_shows_everywhere_at_once(publish: Publish) -> None:
    event = make.EventFactory(
        slug="fall", territory__slug="qaim", territory__name="Before", summary="Reviewed."
    )
    publish(event, event.territory)
    event.summary = "Not reviewed."
    event.save()
    event.territory.name = "After"
    event.territory.save()
    publish(event.territory)
    found = document("events/fall")
    assert found["territory"] == {"slug": "qaim", "name": "After"}
    assert found["summary"] == "Reviewed."
    assert versions("events/fall") == [1, 2]
    assert ledger()[-2:] == [("changed", "territories/qaim"), ("changed", "events/fall")]
    assert list(chain.verify()) == []


def test_two_new_names_in_one_document_make_one_version(publish: Publish) -> None:
    movement = make.MovementFactory(slug="fighters", origin__name="A", destination__name="B")
    publish(movement, movement.origin, movement.destination)
    for territory, name in ((movement.origin, "A2"), (movement.destination, "B2")):
        territory.name = name
        territory.save()
    publish(movement.origin, movement.destination)
    found = document("movements/fighters")
    assert (found["origin"]["name"], found["destination"]["name"]) == ("A2", "B2")
    assert versions("movements/fighters") == [1, 2]
    assert list(chain.verify()) == []


def test_new_name_of_a_territory_reaches_its_crossing_and_what_shows_that(publish: Publish) -> None:
    status = make.CrossingStatusFactory(
        slug="open", crossing__slug="qaim", crossing__territory__name="Before"
    )
    crossing = status.crossing
    publish(status, crossing, crossing.territory, crossing.side_a, crossing.side_b)
    crossing.territory.name = "After"
    crossing.territory.save()
    status.traffic = "Lorries"
    status.save()
    publish(crossing.territory, status)
    assert document("crossings/qaim")["territory"]["name"] == "After"
    assert column("crossings/qaim", "shown") == "After"
    assert document("crossing-statuses/open")["crossing"]["name"] == "After"
    assert versions("crossing-statuses/open") == [1, 2]
    assert operations.state(status) == ("current", 2)
    assert list(chain.verify()) == []


def test_new_name_changes_only_references_to_that_very_record(publish: Publish) -> None:
    """An actor and a territory may share slug and name; a text may look like a reference."""
    authority = make.AuthorityFactory(
        slug="held", actor__slug="state", actor__name="The State", territory__slug="state", territory__name="The State",
        note='{"slug":"state","name":"The State"}',
    )  # fmt: skip
    publish(authority, authority.actor, authority.territory)
    authority.actor.name = "The Former State"
    authority.actor.save()
    publish(authority.actor)
    found = document("authorities/held")
    assert found["actor"]["name"] == "The Former State"
    assert found["territory"]["name"] == "The State"
    assert found["note"] == '{"slug":"state","name":"The State"}'


def test_renamed_record_is_found_by_its_new_name_alone(publish: Publish) -> None:
    actor = make.ActorFactory(slug="liwa", name="Before", name_ar="")
    publish(actor)
    actor.name = "After"
    actor.save()
    publish(actor)
    assert rows("SELECT text FROM published_name WHERE slug = 'liwa' AND upper_inf(known)") == [("After",)]


def test_records_that_show_each_other_are_published_together(publish: Publish) -> None:
    dilemma = make.FindingFactory(slug="dilemma", statement="Hold or leave.")
    branch = make.FindingFactory(slug="leave", parent=dilemma)
    assert "findings/leave" in refusal(publish, dilemma)
    publish(dilemma, branch)
    assert [one["slug"] for one in document("findings/dilemma")["branches"]] == ["leave"]


def test_record_that_shows_what_is_not_public_is_refused(publish: Publish) -> None:
    event = make.EventFactory(slug="fall", territory__slug="qaim")
    assert refusal(publish, event) == (
        "events/fall shows territories/qaim, which is not public: publish that first, or together with it."
    )
    assert text("events/fall") is None
    assert ledger() == []


@pytest.mark.parametrize("sensitivity", ["restricted", "confidential"])
def test_source_that_is_not_public_is_never_published(publish: Publish, sensitivity: str) -> None:
    source = make.SourceFactory(slug="insider", sensitivity=sensitivity)
    assert refusal(publish, source) == f"sources/insider is {sensitivity}: only public sources are published."


def test_public_source_is_withdrawn_before_it_is_hidden(publish: Publish, reviewer: object) -> None:
    source = make.SourceFactory(slug="insider")
    publish(source)
    operations.submit(source, by=reviewer)
    source.refresh_from_db()
    source.sensitivity = "confidential"
    with (
        pytest.raises(IntegrityError, match="withdraw it before making it confidential"),
        connection.cursor(),
    ):
        source.save()


def test_row_that_belongs_to_a_record_is_not_published_by_itself(publish: Publish) -> None:
    assert "with the record it belongs to" in refusal(publish, make.ActorNameFactory())


def test_permission_to_quote_opens_nothing_before_its_review(publish: Publish) -> None:
    source = make.SourceFactory(redistributable=False)
    event = make.EventCitationFactory(source=source, quote="Their own words", stance="disputes").record
    publish(source, event, event.territory)
    type(source).objects.update(redistributable=True)
    event.note = "Another edit."
    event.save()
    publish(event)
    found = document(f"events/{event.slug}")
    assert found["citations"] == [
        {"source": {"slug": source.slug, "name": source.title}, "withheld": "not redistributable"}
    ]
    assert found["contested"] is False
    publish(source)
    publish(event)
    assert document(f"events/{event.slug}")["citations"][0]["quote"] == "Their own words"


def test_source_that_may_no_longer_be_quoted_is_quoted_nowhere(publish: Publish) -> None:
    source = make.SourceFactory(redistributable=True)
    event = make.EventCitationFactory(source=source, quote="Their own words", stance="disputes").record
    make.CasualtyFactory(event=event, source=source, best=4711)
    place = make.TerritoryNameFactory(source=source, record=event.territory, text="Theirs alone").record
    publish(source, event, place)
    assert document(f"events/{event.slug}")["contested"] is True
    source.redistributable = False
    source.save()
    publish(source)
    found = document(f"events/{event.slug}")
    assert found["citations"] == [
        {"source": {"slug": source.slug, "name": source.title}, "withheld": "not redistributable"}
    ]
    assert (found["contested"], found["casualties"]) == (False, [])
    assert (column(f"events/{event.slug}", "contested"), column(f"events/{event.slug}", "stances")) == (
        False,
        [],
    )
    assert document(f"territories/{place.slug}")["names"] == []
    assert "alone" not in column(f"territories/{place.slug}", "words")
    assert rows("SELECT count(*) FROM published_name WHERE text = 'Theirs alone' AND upper_inf(known)") == [
        (0,)
    ]
    assert operations.state(event) == ("current", 2)
    assert operations.differing(event, place) == []


def test_outline_of_a_hidden_source_moves_nothing(publish: Publish) -> None:
    hidden = make.SourceFactory(sensitivity="confidential")
    border = make.TerritoryFactory(slug="line", kind="border")
    line = {"type": "LineString", "coordinates": [[41.0, 34.0], [41.0, 35.0]]}
    outline = make.OutlineFactory(territory=border, source=hidden, geometry=line)
    town = make.TerritoryFactory(slug="town", longitude="40.9", latitude="34.5", uncertainty_m=500)
    publish(border, town)
    assert column("territories/town", "border_m") is None
    outline.source = None
    outline.note = "Drawn by hand."
    outline.save()
    publish(border, town)
    assert column("territories/town", "border_m") == pytest.approx(9164, abs=5)


def test_border_published_together_with_the_rest_is_measured_at_once(publish: Publish) -> None:
    border = make.TerritoryFactory(kind="border")
    line = {"type": "LineString", "coordinates": [[41.0, 34.0], [41.0, 35.0]]}
    make.OutlineFactory(territory=border, geometry=line)
    town = make.TerritoryFactory(slug="town", longitude="40.9", latitude="34.5", uncertainty_m=500)
    publish(border, town)
    assert column("territories/town", "border_m") == pytest.approx(9164, abs=5)
    assert operations.differing(border, town) == []


def test_people_at_risk_are_shown_on_a_coarse_grid_only(publish: Publish) -> None:
    event = make.EventFactory(
        slug="clinic", longitude="40.918612", latitude="34.452234", uncertainty_m=30, people_at_risk=True
    )
    publish(event, event.territory)
    assert document("events/clinic")["point"] == {"longitude": 40.9, "latitude": 34.5, "uncertainty_m": 8030}
    assert (column("events/clinic", "longitude"), column("events/clinic", "latitude")) == (40.9, 34.5)
    assert "40.9186" not in str(rows("SELECT e::text FROM published_events e"))


def test_lists_are_ordered_by_the_order_of_publication(publish: Publish) -> None:
    publish(*[make.ActorFactory(slug=slug) for slug in ("b", "a", "c-1", "c")], make.SourceFactory(slug="z"))
    assert [ref for _, ref in ledger()] == ["sources/z", "actors/a", "actors/b", "actors/c", "actors/c-1"]


def test_containment_changes_what_lies_inside(publish: Publish) -> None:
    inside = make.ContainmentFactory(slug="inside", period="2014-08/2017-11")
    publish(inside, inside.child, inside.parent)
    assert column("containments/inside", "possible").upper.isoformat() == "2017-12-01"
    inside.period = "2014-08/2019-03"
    inside.save()
    publish(inside)
    assert column("containments/inside", "possible").upper.isoformat() == "2019-04-01"
    assert column("containments/inside", "child") == inside.child.slug


def test_nothing_is_published_without_a_reason_or_a_person(reviewer: object) -> None:
    actor = make.ActorFactory()
    for by, reason, said in (
        (None, "Good.", "Somebody must answer"),
        (reviewer, "  ", "Give a reason"),
        (reviewer, "x" * 501, "501 characters"),
        (reviewer, "Fine\u202e", "U+202E"),
    ):
        with pytest.raises(operations.PublicationRefused, match=said.replace("+", r"\+")):
            operations.publish(actor, by=by, reason=reason)
    assert ledger() == []


@pytest.mark.parametrize("count", [1, 30])
def test_number_of_statements_does_not_depend_on_the_number_of_records(publish: Publish, count: int) -> None:
    territory = make.TerritoryFactory()
    events = [make.ParticipationFactory(event__territory=territory).event for _ in range(count)]
    actors = [event.participations.get().actor for event in events]
    with CaptureQueriesContext(connection) as queries:
        publish(territory, *actors, *events)
    assert len(queries) == 58


def test_publication_that_fails_anywhere_leaves_nothing(publish: Publish) -> None:
    """Whichever statement fails, the record is as it was before, and the next attempt goes through."""
    event = make.EventFactory()
    publish(event.territory)
    event.territory.name = "Another name"
    event.territory.save()
    head, failures = chain.head(), 0

    def fail(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise OperationalError("the connection was lost")
        return execute(sql, params, many, context)

    while True:
        left = failures + 1
        try:
            with connection.execute_wrapper(fail):
                publish(event.territory, event)
            break
        except OperationalError:
            failures += 1
            assert chain.head() == head
            assert text(f"events/{event.slug}") is None
    assert failures > 30
    assert document(f"events/{event.slug}")["territory"]["name"] == "Another name"
    assert list(chain.verify()) == []


def test_every_noun_can_be_public(publish: Publish, writing: Writing) -> None:
    with writing():
        made = {name: make.FACTORIES[endpoint.model]() for name, endpoint in ENDPOINTS.items()}
    rest = [record for endpoint in ENDPOINTS.values() for record in endpoint.model.objects.all()]
    publish(*rest)
    for name, record in made.items():
        assert json.loads(text(f"{name}/{record.slug}") or "")["slug"] == record.slug
