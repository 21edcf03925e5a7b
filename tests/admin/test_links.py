"""The pages of links: the queue of pairs, a verdict by a button, a threshold with its count, and the way back."""

import re

import pytest
from django.urls import reverse

from border.jobs.models import Job
from border.links.deciding import judge
from border.links.looking import look
from border.links.models import Candidate, Linking
from events.models import Event, Match
from tests import factories as make
from tests.imports import invented
from tests.links.conftest import pair, take, told, world  # noqa: F401 - fixtures

QUEUE, JUDGE, LOOK, ABOVE, CONTRADICTIONS = (
    reverse(f"admin:links{name}") for name in ("", "_judge", "_look", "_above", "_contradictions")
)


@pytest.fixture
def queue(pair):  # noqa: F811
    look()
    Candidate.objects.update(score=0.95)
    return pair


def verdict(events, said, **more):
    return {"first": events[0].pk, "second": events[1].pk, "verdict": said, **more}


def test_queue_shows_both_sides_and_what_was_compared(queue, curator):
    answer = curator.get(QUEUE)
    [shown] = answer.context["page"].rows
    assert (shown.one, shown.other, shown.percent) == (*queue, 95)
    lines = {line.label: line for line in shown.lines}
    assert lines["Date"].one == lines["Date"].other == ("2015-03-01",)
    assert lines["Killed and harmed"].one[0] == "killed: low 5, best 5, high 7"
    assert lines["Killed and harmed"].other == ("killed: best 5",)
    assert lines["Killed and harmed"].differs
    assert not lines["Date"].differs
    assert lines["Date"].weighed == "The same day."
    assert lines["Date"].weight.startswith("+")
    text = answer.content.decode()
    assert "ACLED" in text
    assert all(f'value="{said}"' in text for said in ("same", "different", "unsure"))
    assert text.count("<mark>") > 0


def test_queue_asks_as_little_for_many_pairs_as_for_one(queue, take, curator, django_assert_num_queries):  # noqa: F811
    curator.get(QUEUE)
    with django_assert_num_queries(18) as few:
        curator.get(QUEUE)
    for number in range(2, 6):
        take(
            told(event_id_cnty=f"SYR90000{number}"),
            invented.acled(event_id_cnty=f"SYR90009{number}", latitude="34.46", longitude="40.92"),
            header=invented.ACLED_NOW,
            name="acled.csv",
        )
    look()
    with django_assert_num_queries(len(few.captured_queries)):
        assert len(curator.get(QUEUE).context["page"].rows) > 3


def test_verdict_is_given_and_the_pair_leaves_the_queue(queue, curator):
    answer = curator.post(JUDGE, verdict(queue, "same", reason="One report.", asked="least=0.5"))
    assert answer["Location"] == f"{QUEUE}?least=0.5"
    found = Match.objects.get()
    assert (found.verdict, found.reason, found.decided_by) == ("same", "One report.", curator.user)
    page = curator.get(QUEUE)
    assert page.context["page"].rows == []
    assert page.context["lately"] == [found]


@pytest.mark.parametrize(
    "sent", [{"verdict": "perhaps"}, {"second": "0"}, {"second": "x"}, {"reason": "a" * 501}]
)
def test_what_is_no_verdict_is_refused_in_words(queue, curator, sent):
    answer = curator.post(JUDGE, verdict(queue, "same") | sent, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert not Match.objects.exists()


def test_own_verdict_is_taken_back_and_that_of_another_is_not(queue, curator, visit):
    curator.post(JUDGE, verdict(queue, "same"))
    way = reverse("admin:links_match_undo", args=[Match.objects.get().pk])
    assert visit("curator").post(way).status_code == 403
    assert Match.objects.exists()
    curator.post(way)
    assert not Match.objects.exists()
    assert len(curator.get(QUEUE).context["page"].rows) == 1


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"datasets": "ACLED + UCDP GED"}, 1),
        ({"least": "0.9", "most": "0.96"}, 1),
        ({"least": "0.96"}, 0),
        ({"most": "0.9"}, 0),
        ({"territory": "bukamal"}, 1),
        ({"territory": "deir-ez-zor"}, 1),
        ({"territory": "iraq"}, 0),
        ({"territory": "nowhere"}, 0),
        ({"datasets": "ACLED + ours"}, 0),
        ({"least": "much"}, 0),
    ],
)
def test_queue_is_narrowed(queue, curator, asked, shown):
    places = make.TerritoryFactory._meta.model.objects
    make.ContainmentFactory(child=places.get(slug="bukamal"), parent=places.get(slug="deir-ez-zor"))
    answer = curator.get(QUEUE, asked)
    assert answer.status_code == 200
    assert len(answer.context["page"].rows) == shown


def test_looking_is_asked_for_once(queue, curator):
    for _ in range(2):
        curator.post(LOOK)
    job = Job.objects.get()
    assert (job.kind, job.asked_by) == ("links.look", curator.user)
    assert "Pairs are being looked for" in curator.get(QUEUE).content.decode()


def test_threshold_is_counted_stated_and_taken_back(queue, visit):
    admin = visit("admin")
    answer = admin.get(ABOVE, {"threshold": "0.96"})
    assert answer.context["taken"].count == 0
    answer = admin.get(ABOVE, {"threshold": "0.9", "datasets": "ACLED + UCDP GED"})
    assert answer.context["taken"].count == 1
    assert "<strong>1 pair</strong>" in answer.content.decode()
    sent = {"threshold": "0.9", "datasets": "ACLED + UCDP GED"}
    assert admin.post(ABOVE, sent).context["form"].errors["reason"]
    assert admin.post(ABOVE, {**sent, "reason": "From the curve."}).status_code == 302
    made = Linking.objects.get()
    assert (made.pairs, made.decided_by, made.stands) == (1, admin.user, True)
    assert Match.objects.get().threshold == 0.9
    way = reverse("admin:links_linking", args=[made.pk])
    page = admin.get(way).content.decode()
    digest = re.search(r'name="digest" value="(\w+)"', page)[1]
    assert admin.post(way, {"digest": digest, "reason": "Too low."}).status_code == 302
    made.refresh_from_db()
    assert (made.stands, made.undone_by) == (False, admin.user)
    assert not Match.objects.exists()
    assert f"by {admin.user}" in admin.get(ABOVE).content.decode()


def test_whoever_decides_nothing_about_datasets_states_no_threshold(queue, curator):
    assert ABOVE not in curator.get(QUEUE).content.decode()
    assert curator.get(ABOVE).status_code == 403


def test_contradiction_is_shown_with_who_was_told_apart(queue, curator, world):  # noqa: F811
    ours = make.EventFactory(date="2015-03-01", territory=world["town"], title="نقطة تفتيش")
    assert "No judgements contradict" in curator.get(CONTRADICTIONS).content.decode()
    judge(ours, queue[0], "same", by=curator.user)
    judge(ours, queue[1], "same", by=curator.user)
    judge(*queue, "different", by=curator.user)
    [row] = curator.get(CONTRADICTIONS).context["page"].rows
    assert set(row["events"]) == {ours, *queue}
    assert [set(two) for two in row["pairs"]] == [set(queue)]


def test_event_shows_what_was_judged_of_it(queue, curator):
    judge(*queue, "same", by=curator.user, reason="One report.")
    text = curator.get(reverse("admin:events_event_change", args=[queue[0].pk])).content.decode()
    assert queue[1].slug in text
    assert "One report." in text
    assert Event.objects.count() == 2


def test_match_of_the_threshold_becomes_that_of_whoever_edits_it(queue, curator):
    made = make.MatchFactory(first=queue[0], second=queue[1], threshold=0.9, score=0.95, decided_by=None)
    way = reverse("admin:events_match_change", args=[made.pk])
    curator.post(
        way,
        {
            "first": queue[0].pk,
            "second": queue[1].pk,
            "verdict": "different",
            "score": "0.95",
            "reason": "Two.",
        },
    )
    made.refresh_from_db()
    assert (made.verdict, made.threshold, made.decided_by) == ("different", None, curator.user)
