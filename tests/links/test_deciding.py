"""Pairs are judged by people, or above a threshold at once; both are in the history, and both are taken back."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from border.history import undo
from border.history.selection import one_change
from border.links.deciding import above, judge, link, of_event, of_linking
from border.links.groups import Unions, groups
from border.links.looking import look
from border.links.models import Candidate, Linking
from border.links.refusal import LinkRefused
from events.models import Event, Match
from tests import factories as make
from tests.imports import invented
from tests.links.conftest import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(db):
    return make.UserFactory(username="somebody")


# One pair


def test_person_judges_a_pair_and_what_was_compared_comes_along(pair, person):
    look()
    proposed = Candidate.objects.get()
    judge(pair[1], pair[0], "same", by=person, reason=" The same\nreport. ")
    found = Match.objects.get()
    assert (found.first, found.second, found.verdict, found.reason) == (*pair, "same", "The same report.")
    assert (found.decided_by, found.threshold, found.score) == (person, None, proposed.score)
    assert found.evidence == proposed.evidence
    assert not Candidate.objects.open().exists()


def test_pair_that_no_program_proposed_is_judged_too(person):
    one, other = make.EventFactory(), make.EventFactory()
    judge(other, one, "different", by=person)
    assert (Match.objects.get().score, Match.objects.get().evidence) == (None, {})


def test_last_verdict_stands_and_the_history_has_both(pair, person):
    second = make.UserFactory()
    judge(*pair, "same", by=person)
    judge(*pair, "different", by=second, reason="Two attacks.")
    assert Match.objects.get().decided_by == second
    history = Match.pgh_event_model.objects.order_by("pgh_id")
    assert list(history.values_list("verdict", "pgh_context__metadata__user")) == [
        ("same", person.pk), ("different", second.pk),
    ]  # fmt: skip
    assert history.last().pgh_context.metadata["why"] == "Two attacks."


def test_verdict_is_taken_back(pair, person):
    judge(*pair, "same", by=person)
    judge(*pair, "different", by=person)
    _, changed = Match.pgh_event_model.objects.order_by("pgh_id").values_list("pgh_id", flat=True)
    undo.apply(one_change(Match, changed), by=person, reason="Too quick.")
    assert Match.objects.get().verdict == "same"


def test_only_verdict_is_taken_back_and_the_pair_is_open_again(pair, person):
    look()
    judge(*pair, "same", by=person)
    made = Match.pgh_event_model.objects.get().pgh_id
    undo.apply(one_change(Match, made), by=person, reason="Too quick.")
    assert not Match.objects.exists()
    assert Candidate.objects.open().count() == 1


@pytest.mark.parametrize("verdict", ["", "perhaps"])
def test_verdict_that_there_is_not_is_refused(pair, person, verdict):
    with pytest.raises(LinkRefused):
        judge(*pair, verdict, by=person)


def test_nobody_judges_an_event_and_itself_or_without_a_name(pair, person):
    with pytest.raises(LinkRefused, match="two different events"):
        judge(pair[0], pair[0], "same", by=person)
    with pytest.raises(LinkRefused, match="sign in"):
        judge(*pair, "same", by=None)
    assert not Match.objects.exists()


def test_pair_is_judged_by_a_person_or_by_a_threshold(pair, person):
    with pytest.raises(IntegrityError, match="match_by_person_or_threshold"), transaction.atomic():
        Match.objects.create(
            first=pair[0], second=pair[1], verdict="same", reason="Both.", threshold=0.9, decided_by=person
        )


# All above a threshold


def test_pairs_above_a_threshold_are_taken_for_the_same_and_nobody_is_said_to_have_looked(pair, person):
    look()
    Candidate.objects.update(score=0.95)
    made = link(0.9, by=person, reason="Chosen from the curve.")
    found = Match.objects.get()
    assert (made.pairs, made.threshold, made.decided_by) == (1, 0.9, person)
    assert (found.verdict, found.threshold, found.decided_by) == ("same", 0.9, None)
    assert found.reason == "Chosen from the curve."
    assert found.score >= 0.9
    metadata = Match.pgh_event_model.objects.get().pgh_context.metadata
    assert (metadata["user"], metadata["linking"], metadata["via"]) == (person.pk, made.pk, "links")


def test_pairs_below_the_threshold_or_of_other_datasets_stay(pair, person):
    look()
    Candidate.objects.update(score=0.8)
    assert link(0.81, by=person, reason="High.").pairs == 0
    assert link(0.5, by=person, reason="Others.", datasets="ACLED + ours").pairs == 0
    assert link(0.8, by=person, reason="These.", datasets="ACLED + UCDP GED").pairs == 1


@pytest.mark.parametrize("verdict", ["different", "unsure", "same"])
def test_what_a_person_judged_is_never_overwritten(pair, person, verdict):
    look()
    judge(*pair, verdict, by=person)
    before = Match.objects.values().get()
    assert link(0.5, by=make.UserFactory(), reason="All of them.").pairs == 0
    look()
    link(0.5, by=make.UserFactory(), reason="And again.")
    assert Match.objects.values().get() == before


def test_person_judges_anew_what_a_threshold_decided(pair, person):
    look()
    link(0.5, by=make.UserFactory(), reason="From the curve.")
    judge(*pair, "different", by=person)
    found = Match.objects.get()
    assert (found.verdict, found.decided_by, found.threshold) == ("different", person, None)


def test_linking_is_taken_back_as_one_and_what_people_judged_since_stays(pair, take, person):
    take(invented.town(id="900005", date_start="2016-05-01", date_end="2016-05-01", year="2016"))
    take(
        told(event_id_cnty="SYR900005", event_date="2016-05-01", year="2016"),
        header=invented.ACLED_NOW,
        name="acled.csv",
    )
    look()
    made = link(0.5, by=person, reason="From the curve.")
    assert made.pairs == 2
    judge(*pair, "different", by=person, reason="Two.")
    undo.apply(of_linking(made), by=person, reason="Too low.")
    assert list(Match.objects.values_list("verdict", "reason")) == [("different", "Two.")]


def test_pair_with_a_rival_stays_for_people(pair, take, person):
    take(told(event_id_cnty="SYR900002"), header=invented.ACLED_NOW, name="acled.csv")
    look()
    taken = above(0.1)
    assert (taken.count, taken.not_alone) == (0, 2)
    assert link(0.1, by=person, reason="All.").pairs == 0


def test_program_makes_no_two_events_of_one_dataset_the_same(pair, take, person):
    take(told(event_id_cnty="SYR900002"), header=invented.ACLED_NOW, name="acled.csv")
    judge(pair[0], Event.objects.get(slug="acled-syr900002"), "same", by=person)
    look()
    Candidate.objects.filter(second=pair[1].pk).update(best=True)
    taken = above(0.1)
    assert (taken.count, taken.linked) == (0, 1)


def test_program_does_not_contradict_anybody(pair, person, world):
    """An event of ours is the one, and was told apart from the other: the two are not taken for the same."""
    ours = make.EventFactory(date="2015-03-01", territory=world["town"])
    judge(ours, pair[0], "same", by=person)
    judge(ours, pair[1], "different", by=person)
    look()
    assert above(0.5).count == 0


@pytest.mark.parametrize("threshold", [0, -1, 1.01])
def test_threshold_that_is_none_is_refused(person, threshold):
    with pytest.raises(LinkRefused, match="A threshold lies above 0"):
        link(threshold, by=person, reason="Why not.")


def test_linking_without_a_reason_is_refused(person):
    with pytest.raises(LinkRefused, match="reason"):
        link(0.9, by=person, reason=" ")
    assert not Linking.objects.exists()


def test_command_looks_previews_and_links(pair, person, capsys):
    call_command("link")
    assert capsys.readouterr().out == "1 pairs of events may be one; nobody has judged 1 of them.\n"
    call_command("link", "--above=0.5", "--dry-run")
    assert capsys.readouterr().out.startswith("1 pairs would be taken for the same.")
    assert not Match.objects.exists()
    with pytest.raises(CommandError, match="sign in"):
        call_command("link", "--above=0.5", "--why=Well.")
    call_command("link", "--above=0.5", "--by=somebody", "--why=From the curve.")
    assert Match.objects.get().threshold == 0.5


# Sets


def test_what_is_the_same_as_the_same_is_the_same_and_a_contradiction_is_told():
    found = groups([(1, 2), (4, 5), (2, 3), (6, 5)], [(3, 1), (1, 4), (7, 8)])
    assert [(one.members, one.contradicted) for one in found] == [([1, 2, 3], [(3, 1)]), ([4, 5, 6], [])]


def test_long_chain_is_one_set():
    unions = Unions()
    for number in range(5000):
        unions.join(number + 1, number)
    assert len(unions.members(17)) == 5001
    assert unions.members(-1) == [-1]


def test_event_tells_what_was_judged_of_it(pair, person):
    judge(*pair, "same", by=person)
    for event in pair:
        assert [match.verdict for match in of_event(event.pk)] == ["same"]
