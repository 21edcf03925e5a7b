"""How a public record ends: withdrawn with a tombstone, redirected for good, erased beyond recovery."""

import re

import pytest
from django.db import IntegrityError, transaction

from border.publication import chain, operations
from border.publication.models import Review
from tests import factories as make
from tests.publication.conftest import Publish
from tests.publication.record import column, document, everything, ledger, rows, text, versions

pytestmark = pytest.mark.django_db


def test_withdrawn_record_leaves_a_tombstone(publish: Publish, reviewer: object) -> None:
    actor = make.ActorFactory(slug="liwa", name="Liwa")
    publish(actor)
    operations.withdraw(actor, by=reviewer, reason="It never existed.")
    assert text("actors/liwa") is None
    assert operations.state(actor) == ("withdrawn", 1)
    actor.refresh_from_db()
    assert actor.status == "withdrawn"
    assert rows("SELECT change, version, reason FROM published_entry ORDER BY sequence DESC LIMIT 1") == [
        ("withdrawn", 1, "It never existed.")
    ]
    assert rows("SELECT count(*) FROM published_name WHERE upper_inf(known)") == [(0,)]
    assert list(chain.verify()) == []


def test_withdrawn_record_comes_back_as_the_next_version(publish: Publish, reviewer: object) -> None:
    """Whoever takes a record back has not written it, and may publish it again."""
    actor = make.ActorFactory(slug="liwa")
    publish(actor)
    operations.withdraw(actor, by=reviewer, reason="In doubt.")
    publish(actor)
    assert operations.state(actor) == ("current", 2)
    assert [change for change, _ in ledger()] == ["added", "withdrawn", "added"]
    assert list(chain.verify()) == []


def test_record_that_others_show_is_not_withdrawn(publish: Publish, reviewer: object) -> None:
    event = make.EventFactory(slug="fall", territory__slug="qaim")
    publish(event, event.territory)
    with pytest.raises(operations.PublicationRefused, match="events/fall shows territories/qaim"):
        operations.withdraw(event.territory, by=reviewer, reason="Doubtful.")
    assert text("territories/qaim")


def test_record_that_is_not_public_is_not_withdrawn(reviewer: object) -> None:
    with pytest.raises(operations.PublicationRefused, match="is not public"):
        operations.withdraw(make.ActorFactory(), by=reviewer, reason="Doubtful.")


def cited_everywhere(source: object) -> list[object]:
    """An event with a citation, a casualty and a named place that rest on ``source``, and another one on none."""
    event = make.EventCitationFactory(
        source=source, record__slug="fall", quote="Secret words", stance="disputes"
    ).record
    make.CasualtyFactory(event=event, source=source)
    make.TerritoryNameFactory(source=source, record=event.territory, text="Their name")
    return [event, event.territory, make.ActorFactory()]


def test_citations_of_a_withdrawn_source_show_as_withheld(publish: Publish, reviewer: object) -> None:
    source = make.SourceFactory(slug="insider", title="Insider", dataset="GED")
    records = cited_everywhere(source)
    publish(source, *records)
    assert document("events/fall")["contested"] is True
    records[0].summary = "Not reviewed."  # type: ignore[attr-defined]
    records[0].save()  # type: ignore[attr-defined]
    operations.withdraw(source, by=reviewer, reason="Its author is in danger.")
    found = document("events/fall")
    assert found["citations"] == [{"withheld": "restricted source"}]
    assert (found["contested"], found["summary"]) == (False, "")
    assert found["casualties"][0]["source"] == {"withheld": "restricted source"}
    for name, value in {"sources": [], "stances": [], "datasets": [], "contested": False}.items():
        assert column("events/fall", name) == value
    place = records[1].slug  # type: ignore[attr-defined]
    assert document(f"territories/{place}")["names"][0]["source"] == {"withheld": "restricted source"}
    assert versions("events/fall") == [1, 2]
    assert list(chain.verify()) == []


def test_withdrawn_source_may_be_hidden_and_its_readers_see_no_difference(
    publish: Publish, reviewer: object
) -> None:
    source = make.SourceFactory(slug="insider")
    records = cited_everywhere(source)
    publish(source, *records)
    operations.withdraw(source, by=reviewer, reason="Its author is in danger.")
    type(source).objects.update(sensitivity="restricted")
    before = text("events/fall")
    assert publish(*records).total == 0
    assert text("events/fall") == before


def test_erasure_removes_every_word_and_place_and_keeps_the_chain(publish: Publish, reviewer: object) -> None:
    source = make.SourceFactory(
        slug="insider", title="Tok3nTitle", authors="Tok3nAuthor", dataset="Tok3nDataset"
    )
    event = make.EventCitationFactory(source=source, quote="Tok3nQuote", record__slug="fall").record
    publish(source, event, event.territory)
    assert everything().count("Tok3n") > 4
    operations.withdraw(source, by=reviewer, reason="Its author is in danger.")
    assert "Tok3nQuote" in everything(), "past versions still hold it"
    assert operations.erase("sources", "insider", by=reviewer, reason="Danger to life.") == 2
    assert "Tok3n" not in everything()
    assert ("erased", "events/fall") in ledger()
    assert document("events/fall")["citations"] == [{"withheld": "restricted source"}]
    assert list(chain.verify()) == []


def test_erasure_removes_dates_points_and_names_of_a_record(publish: Publish, reviewer: object) -> None:
    place = make.TerritoryFactory(
        slug="house", name="Tok3nName", name_ar="بيت", longitude="40.123456", latitude="34.654321", uncertainty_m=77123,
        existed="1987-06-05/1993-02-01", countries=["SY"],
    )  # fmt: skip
    publish(place)
    operations.withdraw(place, by=reviewer, reason="Somebody's house.")
    operations.erase("territories", "house", by=reviewer, reason="Danger to life.")
    left = re.sub(
        r"x[0-9a-f]{64}|\d\d:\d\d:\d\d[.\d]*", "", everything()
    )  # digests and clocks hold any digits
    for trace in ("Tok3n", "بيت", "40.12", "34.65", "77123", "1987-06", "1993-02", "SY", "town"):
        assert trace not in left.replace("house", ""), trace
    assert list(chain.verify()) == []


def test_public_record_is_not_erased(publish: Publish, reviewer: object) -> None:
    actor = make.ActorFactory(slug="liwa")
    publish(actor)
    with pytest.raises(operations.PublicationRefused, match="withdraw it first"):
        operations.erase("actors", "liwa", by=reviewer, reason="Danger.")
    with pytest.raises(operations.PublicationRefused, match="no text to erase"):
        operations.erase("actors", "nobody", by=reviewer, reason="Danger.")


def test_redirected_record_goes_on_under_another_slug_for_good(publish: Publish, reviewer: object) -> None:
    twice, once = make.ActorFactory(slug="isil"), make.ActorFactory(slug="is")
    publish(twice, once)
    operations.redirect(twice, into=once, by=reviewer, reason="The same organisation.")
    assert text("actors/isil") is None
    assert rows('SELECT change, "into" FROM published_entry ORDER BY sequence DESC LIMIT 1') == [
        ("merged", "is")
    ]
    with pytest.raises(operations.PublicationRefused, match="goes on as actors/is: publish that one instead"):
        publish(twice)
    assert list(chain.verify()) == []


def test_record_is_redirected_only_to_another_of_its_kind(publish: Publish, reviewer: object) -> None:
    actor, draft = make.ActorFactory(), make.ActorFactory()
    publish(actor)
    for record, into, said in (
        (draft, actor, "is not public"),
        (actor, actor, "same kind"),
        (actor, make.SourceFactory(), "same kind"),
    ):
        with pytest.raises(operations.PublicationRefused, match=said):
            operations.redirect(record, into=into, by=reviewer, reason="The same.")


def test_public_record_is_not_deleted(publish: Publish, reviewer: object) -> None:
    actor = make.ActorFactory(slug="liwa")
    publish(actor)
    with pytest.raises(IntegrityError, match="withdraw it, with a reason"), transaction.atomic():
        actor.delete()
    operations.withdraw(actor, by=reviewer, reason="Doubtful.")
    actor.delete()


def test_slug_that_was_public_is_never_given_to_another_record(publish: Publish, reviewer: object) -> None:
    actor = make.ActorFactory(slug="liwa")
    publish(actor)
    operations.withdraw(actor, by=reviewer, reason="Doubtful.")
    actor.delete()
    for again in (lambda: make.ActorFactory(slug="liwa"), lambda: type(actor).objects.bulk_create([actor])):
        with (
            pytest.raises(IntegrityError, match="liwa was the public key of another record"),
            transaction.atomic(),
        ):
            again()
    make.TerritoryFactory(slug="liwa")


def test_tombstones_of_the_review_say_who(publish: Publish, reviewer: object) -> None:
    actor = make.ActorFactory(slug="liwa")
    publish(actor)
    operations.withdraw(actor, by=reviewer, reason="Doubtful.")
    assert list(Review.objects.order_by("id").values_list("change", "reviewer__username", "reason")) == [
        ("added", "reviewer", "Checked against its sources."),
        ("withdrawn", "reviewer", "Doubtful."),
    ]
