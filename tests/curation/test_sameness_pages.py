"""The pages on which records are compared, merged, split, told apart; and what they ask for."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from actors.models import Actor
from border.curation.models import Different, Merge
from border.publication.models import Entry
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def plain(settings: Any) -> None:
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": static}


def signed_in(client: Any, group: str, name: str) -> Any:
    person = make.UserFactory(username=name)
    person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    return person


@pytest.fixture
def pair() -> Any:
    kept = make.ActorFactory(slug="is", name="Islamic State", name_ar="", kind="militia")
    dropped = make.ActorFactory(slug="isil", name="The Islamic State", name_ar="الدولة", kind="militia")
    return kept, dropped


def page(name: str, *args: Any) -> str:
    return reverse(f"admin:actors_actor_{name}", args=[one.pk for one in args])


def test_from_a_candidate_to_a_merge_and_back(client: Any, pair: Any) -> None:
    kept, dropped = pair
    make.AuthorityFactory(actor=dropped)
    curator = signed_in(client, "curator", "writer")
    assert page("duplicates") in client.get(page("changelist")).content.decode()
    for address in (page("duplicates"), page("same", kept)):
        assert "The Islamic State" in client.get(address).content.decode()
    shown = client.get(f"{page('merge', kept)}?with={dropped.pk}").content.decode()
    assert "Authorities, as actor: 1" in shown
    assert 'name="take-name_ar"' in shown
    answer = client.post(
        page("merge", kept), {"with": dropped.pk, "take-name_ar": "dropped", "reason": "One group."}
    )
    made = Merge.objects.get()
    assert answer.url == reverse("admin:curation_merge_change", args=[made.pk])
    assert (made.merged_by, made.into, Actor.objects.get(slug="is").name_ar) == (curator, "is", "الدولة")
    assert "Undo this merge" in client.get(answer.url).content.decode()
    assert "The Islamic State" not in client.get(page("changelist")).content.decode()
    assert "The Islamic State" in client.get(f"{page('changelist')}?status__exact=withdrawn").content.decode()
    given_up = client.get(page("change", dropped)).content.decode()
    assert "It goes on as" in given_up
    assert 'name="_save"' not in given_up
    undo = reverse("admin:curation_merge_step", args=[made.pk, "undo"])
    client.post(undo, {"reason": "Two."})
    made.refresh_from_db()
    assert not made.stands
    assert dropped.authorities.count() == 1


def test_what_stands_in_the_way_is_said_and_what_was_chosen_stays(client: Any, pair: Any) -> None:
    kept, dropped = pair
    make.RelationshipFactory(slug="kin", subject=kept, object=dropped)
    signed_in(client, "curator", "writer")
    shown = client.post(
        page("merge", kept), {"with": dropped.pk, "take-name": "dropped", "reason": "One group."}
    ).content.decode()
    assert "relationships/kin cannot go along" in shown
    assert "One group." in shown
    chosen = shown.split('name="take-name"')[2]
    assert "checked" in chosen.split(">")[0]
    assert not Merge.objects.exists()


def test_a_pair_that_is_told_apart_is_not_suggested_again(client: Any, pair: Any) -> None:
    kept, dropped = pair
    curator = signed_in(client, "curator", "writer")
    sent = {"one": kept.pk, "other": dropped.pk, "reason": "A state and its army.", "from": "same"}
    assert client.post(page("different"), sent).url == page("same", kept)
    judged = Different.objects.get()
    assert (judged.first, judged.second, judged.judged_by) == ("is", "isil", curator)
    assert "Nothing looks like this record." in client.get(page("same", kept)).content.decode()
    assert client.get(page("different")).status_code == 405
    client.post(page("different"), sent | {"reason": " "})
    assert Different.objects.count() == 1
    client.post(reverse("admin:curation_different_delete", args=[judged.pk]), {"post": "yes"})
    assert not Different.objects.exists()


def test_two_selected_records_are_compared(client: Any, pair: Any) -> None:
    signed_in(client, "curator", "writer")
    sent = {"action": "merge_two", "_selected_action": [record.pk for record in pair]}
    assert client.post(page("changelist"), sent).url.startswith(page("merge", pair[0]))
    answer = client.post(page("changelist"), sent | {"_selected_action": [pair[0].pk]}, follow=True)
    assert "Select the two records that are one." in answer.content.decode()
    for slug, status in (("isil", 302), ("nobody", 200)):
        assert client.get(page("same", pair[0]), {"slug": slug}).status_code == status


def test_a_split_moves_what_was_chosen(client: Any, pair: Any) -> None:
    record, other = pair
    authority = make.AuthorityFactory(actor=record)
    make.ActorCitationFactory(record=record)
    signed_in(client, "curator", "writer")
    shown = client.get(page("split", record)).content.decode()
    assert f'value="actors_authority.actor_id:{authority.pk}"' in shown
    sent = {"row": f"actors_authority.actor_id:{authority.pk}", "slug": "isil-ii", "reason": "Another group."}
    assert "for a new one its name too" in client.post(page("split", record), sent).content.decode()
    assert "checked" in client.post(page("split", record), sent).content.decode()
    assert client.post(page("split", record), sent | {"name": "The second"}).status_code == 302
    authority.refresh_from_db()
    assert (authority.actor.slug, authority.actor.name) == ("isil-ii", "The second")
    client.post(page("split", authority.actor), sent | {"slug": other.slug})
    authority.refresh_from_db()
    assert authority.actor == other


def test_only_another_reviewer_publishes_a_merge(client: Any, pair: Any, publish: Any) -> None:
    publish(*pair)
    writer = signed_in(client, "reviewer", "writer")
    client.post(page("merge", pair[0]), {"with": pair[1].pk, "reason": "One group."})
    made = Merge.objects.get(merged_by=writer)
    step = reverse("admin:curation_merge_step", args=[made.pk, "publish"])
    assert client.get(step).status_code == 403
    signed_in(client, "curator", "another")
    assert client.get(step).status_code == 403
    signed_in(client, "reviewer", "second")
    assert (
        "Publish this merge"
        in client.get(reverse("admin:curation_merge_change", args=[made.pk])).content.decode()
    )
    assert client.post(step, {"reason": ""}).status_code == 200
    assert client.post(step, {"reason": "Looked at both."}).status_code == 302
    assert Entry.objects.get(change="merged").reason == "One group."
    assert client.get("/api/v1/actors/isil/").status_code == 308
    client.post(reverse("admin:curation_merge_step", args=[made.pk, "undo"]), {"reason": "Two."})
    signed_in(client, "reviewer", "third")
    part = reverse("admin:curation_merge_step", args=[made.pk, "part"])
    assert client.post(part, {"reason": "Looked again."}).status_code == 302
    assert client.get("/api/v1/actors/isil/").status_code == 200


def test_who_may_not_change_records_may_not_compare_them(client: Any, pair: Any) -> None:
    person = make.UserFactory(username="nobody")
    client.force_login(person)
    kept, dropped = pair
    for address in (
        page("duplicates"),
        page("same", kept),
        page("split", kept),
        f"{page('merge', kept)}?with={dropped.pk}",
    ):
        assert client.get(address).status_code in {403, 404}, address


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_candidates_costs_the_same_for_one_pair_and_for_three(
    rows: int, client: Any, django_assert_num_queries: Any
) -> None:
    signed_in(client, "curator", "writer")
    for number in range(rows):
        for slug in ("a", "b"):
            make.ActorFactory(
                slug=f"{slug}-{number}",
                name_ar="",
                name=["Liwa Fatemiyoun", "Harakat al-Nujaba", "Saraya Khorasani"][number],
            )
    client.get(page("duplicates"))
    with django_assert_num_queries(11):
        assert client.get(page("duplicates")).content.decode().count("Merge…") == rows
