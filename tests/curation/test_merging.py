"""Two records become one: everything moves, nothing is lost, and what contradicts is refused."""

from typing import Any

import pytest
from django.db import connection, models

from actors.models import Actor, ActorCitation, Relationship
from border.curation.merging import fillable, merge, visible
from border.curation.models import Different, Merge
from border.curation.moving import links_to, pointing
from border.curation.refusal import MergeRefused
from events.models import Event, Match, Participation
from sources.models import Source
from territories.models import Territory
from tests import factories as make
from tests.curation.conftest import surrounded

pytestmark = pytest.mark.django_db
NOUNS = [make.ActorFactory, make.TerritoryFactory, make.SourceFactory, make.EventFactory]
# One name of two differs, see the factories: it becomes a further name.
NAMES = {"actors_actorname.record_id", "territories_territoryname.record_id"}


def merged(kept: Any, dropped: Any, by: Any, **more: Any) -> Merge:
    return merge(kept=kept, dropped=dropped, by=by, reason="One and the same.", **more)


def pointers(record: models.Model) -> dict[str, int]:
    """How many rows point to a record, by column, as the database's own catalogue has it."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT conrelid::regclass::text, a.attname FROM pg_constraint c
               JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
               WHERE c.contype = 'f' AND c.confrelid = %s::regclass""",
            [record._meta.db_table],
        )
        for table, column in cursor.fetchall():
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [record.pk])
            found[f"{table}.{column}"] = cursor.fetchone()[0]
    return found


@pytest.mark.parametrize("factory", NOUNS)
def test_every_foreign_key_that_points_to_one_points_to_the_other(factory: Any, curator: Any) -> None:
    kept, dropped = factory(), factory()
    surrounded(dropped)
    if factory is not make.TerritoryFactory:  # a territory has one crossing only
        surrounded(kept)
    before = [pointers(kept), pointers(dropped)]
    assert all(before[1].values()), "the world leaves no foreign key out"
    made = merged(kept, dropped, curator)
    after = [pointers(kept), pointers(dropped)]
    assert not any(after[1].values())
    for table, count in after[0].items():
        folded = made.moved.get(table, {}).get("folded", 0)
        aliases = 1 if table in NAMES else 0
        assert count == before[0][table] + before[1][table] - folded + aliases, table


def test_the_links_are_those_of_the_catalogue() -> None:
    for model in (Actor, Territory, Source, Event):
        assert {link.table for link in links_to(model)} == set(pointers(make.FACTORIES[model]()))


def test_the_one_that_is_given_up_stays_withdrawn_and_is_hidden(curator: Any) -> None:
    kept, dropped = make.ActorFactory(slug="is"), make.ActorFactory(slug="isil")
    made = merged(kept, dropped, curator)
    dropped.refresh_from_db()
    assert (dropped.status, made.slug, made.into, made.merged_by) == ("withdrawn", "isil", "is", curator)
    assert list(visible(Actor.objects.all())) == [kept]
    assert str(made) == "actors/isil into is"


def test_names_become_further_names_once(curator: Any) -> None:
    kept = make.ActorFactory(name="Islamic State", name_ar="الدولة الإسلامية")
    make.ActorNameFactory(record=kept, text="Daesh", language="", note="In the press.")
    dropped = make.ActorFactory(name="ISIL", name_ar="الدولة الإسلامية")
    make.ActorNameFactory(record=dropped, text="Daesh", language="", note="Among its foes.", kind="variant")
    make.ActorNameFactory(record=dropped, text="ISIS")
    made = merged(kept, dropped, curator)
    assert sorted(kept.names.values_list("text", flat=True)) == ["Daesh", "ISIL", "ISIS"]
    assert kept.names.get(text="Daesh").note == "In the press.\nAmong its foes.\nAlso given as: variant."
    assert made.moved["actors_actorname.record_id"] == {"moved": 1, "folded": 1}
    assert kept in Actor.objects.named("ISIL")


def test_a_name_that_is_taken_over_leaves_its_own_as_a_further_one(curator: Any) -> None:
    kept, dropped = make.ActorFactory(name="ISIL"), make.ActorFactory(name="Islamic State")
    merged(kept, dropped, curator, take=["name"])
    kept.refresh_from_db()
    assert kept.name == "Islamic State"
    assert [name.text for name in kept.names.all()] == ["ISIL"]
    assert kept in Actor.objects.named("Islamic State")


def test_fields_are_taken_and_those_that_are_empty_can_be_filled(curator: Any) -> None:
    kept = make.TerritoryFactory(name_ar="", existed="")
    dropped = make.TerritoryFactory(
        name_ar="القائم",
        existed="1920/..",
        longitude="41.1",
        latitude="34.4",
        uncertainty_m=500,
        people_at_risk=True,
    )
    assert {"name_ar", "existed", "longitude"} <= set(fillable(kept, dropped))
    merged(kept, dropped, curator, take=["existed", "longitude"])
    kept.refresh_from_db()
    assert (kept.name_ar, kept.existed, kept.uncertainty_m, kept.people_at_risk) == ("", "1920/..", 500, True)
    assert kept.possible.lower.year == 1920


def test_citations_add_up_and_are_numbered_anew(curator: Any) -> None:
    kept, dropped = make.ActorFactory(), make.ActorFactory()
    source = make.SourceFactory()
    for number, record in ((1, kept), (2, kept), (1, dropped), (3, dropped)):
        make.ActorCitationFactory(
            record=record, number=number, source=source, quote=f"{record.slug} {number}"
        )
    make.ActorCitationFactory(record=dropped, number=4, source=source, quote=f"{kept.slug} 1")
    made = merged(kept, dropped, curator)
    found = ActorCitation.objects.filter(record=kept).order_by("number").values_list("number", "quote")
    assert list(found) == [
        (1, f"{kept.slug} 1"), (2, f"{kept.slug} 2"), (3, f"{dropped.slug} 1"), (4, f"{dropped.slug} 3"),
    ]  # fmt: skip
    assert made.moved["actors_actorcitation.record_id"] == {"moved": 2, "folded": 1}


def test_the_same_part_in_an_event_is_folded_and_another_refused(curator: Any) -> None:
    kept, dropped = make.ActorFactory(), make.ActorFactory()
    event = make.EventFactory(title="The fall of the town")
    make.ParticipationFactory(
        event=event, actor=kept, role="initiator", attributed_by="Reuters", note="Once."
    )
    second = make.ParticipationFactory(
        event=event, actor=dropped, role="initiator", attributed_by="SANA", note="Again.", certainty="alleged"
    )
    with pytest.raises(
        MergeRefused, match=r"The fall of the town.*certainty Confirmed and Alleged.*say the same"
    ):
        merged(kept, dropped, curator)
    assert Merge.objects.count() == 0
    Participation.objects.filter(pk=second.pk).update(certainty="confirmed")
    merged(kept, dropped, curator)
    [left] = event.participations.all()
    assert (left.attributed_by, left.note) == ("Reuters; SANA", "Once.\nAgain.")


def test_a_record_that_would_relate_it_to_itself_is_named_unless_it_is_withdrawn(curator: Any) -> None:
    kept, dropped = make.ActorFactory(), make.ActorFactory()
    relation = make.RelationshipFactory(slug="rivals", subject=kept, object=dropped, kind="rival_of")
    with pytest.raises(MergeRefused, match=r"relationships/rivals cannot go along.*withdraw it"):
        merged(kept, dropped, curator)
    Relationship.objects.filter(pk=relation.pk).update(status="withdrawn")
    assert merged(kept, dropped, curator).moved["actors_relationship.object_id"] == {"left": 1}


def test_symmetric_relationships_and_crossings_that_say_the_same_are_merged_first(curator: Any) -> None:
    kept, dropped, third = (make.ActorFactory() for _ in range(3))
    one = make.RelationshipFactory(subject=kept, object=third, kind="rival_of", period="2014")
    other = make.RelationshipFactory(
        slug="twice", subject=third, object=dropped, kind="rival_of", period="2014"
    )
    with pytest.raises(MergeRefused, match="relationships/twice cannot go along"):
        merged(kept, dropped, curator)
    merged(one, other, curator)
    assert merged(kept, dropped, curator).moved["actors_relationship.object_id"] == {"left": 1}
    first, second = make.CrossingFactory(slug="one"), make.CrossingFactory(slug="two")
    with pytest.raises(
        MergeRefused, match="crossings/two and crossings/one would say the same: merge these two first"
    ):
        merged(first.territory, second.territory, curator)
    make.CrossingStatusFactory(crossing=second)
    merged(first, second, curator)
    merged(first.territory, second.territory, curator)
    assert first.statuses.count() == 1


def test_an_actor_is_not_made_a_part_of_itself(curator: Any) -> None:
    dropped = make.ActorFactory()
    kept = make.ActorFactory(parent=dropped)
    made = merged(kept, dropped, curator)
    kept.refresh_from_db()
    assert kept.parent is None
    assert made.moved["actors_actor.parent_id"] == {"folded": 1}


def test_a_circle_of_containments_is_refused_in_the_words_of_the_rule(curator: Any) -> None:
    outer, inner, lower = (make.TerritoryFactory(slug=slug) for slug in ("outer", "inner", "lower"))
    make.ContainmentFactory(child=inner, parent=outer, period="2000/2020")
    make.ContainmentFactory(child=lower, parent=inner, period="2000/2020")
    with pytest.raises(MergeRefused, match="would lie in itself on some day"):
        merged(outer, lower, curator)


def test_matches_keep_their_order_and_a_verdict_of_different_stands(curator: Any) -> None:
    one, two, three = (make.EventFactory() for _ in range(3))
    make.MatchFactory(first=two, second=three, verdict="same", reason="As near as can be.")
    make.MatchFactory(first=one, second=three, verdict="same", reason="Same day.")
    between = make.MatchFactory(first=one, second=two, verdict="different", reason="Two raids.")
    with pytest.raises(MergeRefused, match="found different: Two raids"):
        merged(one, two, curator)
    Match.objects.filter(pk=between.pk).update(verdict="same")
    merged(one, two, curator)
    [left] = Match.objects.all()
    assert (left.first, left.second, left.reason) == (one, three, "Same day.; As near as can be.")


def test_a_source_is_not_merged_into_a_more_open_one(curator: Any) -> None:
    secret, public = make.SourceFactory(sensitivity="confidential"), make.SourceFactory()
    with pytest.raises(MergeRefused, match="would be shown"):
        merged(public, secret, curator)
    merged(secret, public, curator)
    kept_back = make.SourceFactory(redistributable=False)
    with pytest.raises(MergeRefused, match="may not be passed on"):
        merged(make.SourceFactory(), kept_back, curator)


def test_the_same_file_is_kept_once(curator: Any) -> None:
    one, other = make.SnapshotFactory(), make.SnapshotFactory()
    assert one.sha256 == other.sha256
    made = merged(one.source, other.source, curator)
    assert made.moved["sources_snapshot.source_id"] == {"folded": 1}


def test_what_is_refused_before_anything_is_looked_at(curator: Any) -> None:
    kept, dropped, third = (make.ActorFactory(slug=slug) for slug in ("kept", "dropped", "third"))
    for wrong, said in (
        ({"kept": kept, "dropped": kept}, "two different records"),
        ({"kept": kept, "dropped": make.SourceFactory()}, "of the same kind"),
        ({"reason": " "}, "Give a reason"),
        ({"reason": "x" * 501}, "shorten it to 500"),
        ({"by": None}, "Somebody must answer"),
        ({"take": ["slug"]}, "no choice of slug"),
    ):
        with pytest.raises(MergeRefused, match=said):
            merge(**{"kept": kept, "dropped": dropped, "by": curator, "reason": "One.", **wrong})
    Different.objects.create(
        endpoint="actors", first="dropped", second="kept", reason="Two wings.", judged_by=curator
    )
    with pytest.raises(MergeRefused, match="told the two apart: Two wings"):
        merged(kept, dropped, curator)
    merged(third, dropped, curator)
    for pair in ((kept, dropped), (dropped, kept)):
        with pytest.raises(MergeRefused, match="already goes on as actors/third"):
            merged(*pair, curator)
    with pytest.raises(MergeRefused, match="is withdrawn: keep the other"):
        merged(make.ActorFactory(status="withdrawn"), kept, curator)


def test_all_changes_are_in_the_history_with_the_merge(curator: Any) -> None:
    kept, dropped = make.ActorFactory(), make.ActorFactory()
    authority = make.AuthorityFactory(actor=dropped)
    made = merged(kept, dropped, curator)
    last = type(authority).pgh_event_model.objects.filter(pgh_obj_id=authority.pk).latest("pgh_id")
    assert last.actor_id == kept.pk
    context = last.pgh_context.metadata
    assert (context["via"], context["merge"], context["user"], context["why"]) == (
        "merge", made.pk, curator.pk, "One and the same.",
    )  # fmt: skip


def test_a_merge_of_many_rows_takes_few_statements(curator: Any, django_assert_max_num_queries: Any) -> None:
    kept, dropped = make.ActorFactory(), make.ActorFactory()
    event = make.EventFactory()
    Participation.objects.bulk_create(
        Participation(event=event, actor=dropped, role="initiator", sub_role=f"unit {number}")
        for number in range(300)
    )
    with django_assert_max_num_queries(80):
        assert merged(kept, dropped, curator).moved["events_participation.actor_id"] == {"moved": 300}
    assert pointing(dropped) == {}
