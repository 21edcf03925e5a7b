"""Judging pairs: one by a person, or all above a stated threshold at once; and taking that back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from border.curation.refusal import MergeRefused, require_reason
from border.history.selection import Selection, in_context
from border.kernel.history import check_now
from border.links.groups import Unions
from border.links.models import Candidate, Linking
from border.links.models.candidate import OURS
from border.links.refusal import LinkRefused
from events.choices import Verdict
from events.models import Event, ExternalRecord, Match

# The mark of what one linking made, in the history.
MARK = "linking"
# A person need not say why.
UNSAID = {
    Verdict.SAME: "Compared side by side: the same event.",
    Verdict.DIFFERENT: "Compared side by side: two events.",
    Verdict.UNSURE: "Compared side by side: not to be decided by what is known.",
}


def judge(one: Event, other: Event, verdict: str, *, by: Any, reason: str = "") -> Match:
    """What ``by`` finds of two events: same, different or unsure, in the place of what was found before.

    What a program proposed comes along as evidence. Raises LinkRefused.
    """
    if verdict not in Verdict.values:
        raise LinkRefused("Say whether the two are the same, different, or not to be decided.")
    if one.pk == other.pk:
        raise LinkRefused("Choose two different events.")
    reason = " ".join(reason.split()) or UNSAID[Verdict(verdict)]
    _answer_for(by, reason)
    first, second = sorted((one.pk, other.pk))
    with transaction.atomic(), pghistory.context(user=by.pk, why=reason, via="links"):
        # Both events are held, so that of two people who judge at once the second finds what the first said.
        if (
            len(Event.objects.select_for_update(no_key=True).filter(pk__in=(first, second)).order_by("pk"))
            != 2
        ):
            raise LinkRefused("One of the two is gone.")
        proposed = Candidate.objects.filter(first=first, second=second).first()
        judged = {
            "verdict": verdict,
            "reason": reason,
            "decided_by": by,
            "threshold": None,
            "judged_at": timezone.now(),
            **({"score": proposed.score, "evidence": proposed.evidence} if proposed else {}),
        }
        found, _ = Match.objects.update_or_create(first_id=first, second_id=second, defaults=judged)
    return found


@dataclass
class Taken:
    """What a threshold would take for the same, and what it would leave to people."""

    pairs: list[int] = field(default_factory=list)
    not_alone: int = 0
    linked: int = 0

    @property
    def count(self) -> int:
        """How many pairs it would take."""
        return len(self.pairs)


def above(threshold: float, datasets: str = "") -> Taken:
    """The open candidates from ``threshold`` on that a program may take for the same, and why not the others.

    It takes a pair only where neither event has another that is as likely, the likeliest first; and never one by which
    two events of one dataset would become the same, or two that somebody judged to be different.
    """
    taken = Taken()
    sets = _Sets()
    open_ones = Candidate.objects.open().between(datasets).filter(score__gte=threshold)
    for pk, first, second, best in open_ones.order_by("-score", "pk").values_list(
        "pk", "first", "second", "best"
    ):
        if not best:
            taken.not_alone += 1
        elif sets.may_join(first, second):
            sets.join(first, second)
            taken.pairs.append(pk)
        else:
            taken.linked += 1
    return taken


class _Sets:
    """Which events are one by what was judged, of which datasets each set is, and who was told apart from whom."""

    def __init__(self) -> None:
        self._unions: Unions[int] = Unions()
        self._different: dict[int, set[int]] = {}
        self._datasets: dict[int, set[str]] = {}
        named = ExternalRecord.objects.filter(event__isnull=False).exclude(release__dataset="")
        for event, dataset in named.values_list("event_id", "release__dataset").distinct():
            self._datasets.setdefault(event, set()).add(dataset)
        judged = Match.objects.exclude(verdict=Verdict.UNSURE)
        for first, second, verdict in judged.values_list("first_id", "second_id", "verdict"):
            if verdict == Verdict.SAME:
                self._unions.join(first, second)
            else:
                self._different.setdefault(first, set()).add(second)
                self._different.setdefault(second, set()).add(first)

    def may_join(self, first: int, second: int) -> bool:
        ours, theirs = self._unions.members(first), self._unions.members(second)
        if {*ours} & {*theirs} or self._all(ours) & self._all(theirs):
            return False
        return not any(self._different.get(one, set()) & {*theirs} for one in ours)

    def join(self, first: int, second: int) -> None:
        self._unions.join(first, second)

    def _all(self, events: list[int]) -> set[str]:
        return {dataset for event in events for dataset in self._datasets.get(event, {OURS})}


# What was judged meanwhile stays as it is.
_TAKE = """
INSERT INTO events_match (first_id, second_id, verdict, score, evidence, threshold, reason, judged_at)
SELECT first, second, 'same', score, evidence, %(threshold)s, %(reason)s, now() FROM links_candidate WHERE id = ANY(%(pairs)s) ORDER BY id
ON CONFLICT (first_id, second_id) DO NOTHING
"""


def link(threshold: float, *, by: Any, reason: str, datasets: str = "") -> Linking:
    """Take all pairs for the same that `above` finds, as one act that can be taken back as one. Raises LinkRefused.

    Whoever states the threshold answers for it; the matches themselves are nobody's, and what a person judged stays.
    """
    reason = reason.strip()
    _answer_for(by, reason)
    if not 0 < threshold <= 1:
        raise LinkRefused("A threshold lies above 0, and is at most 1.")
    with transaction.atomic(), connection.cursor() as cursor:
        # One after the other: two would each take pairs that the other's do not allow.
        cursor.execute("LOCK TABLE links_linking IN SHARE ROW EXCLUSIVE MODE")
        made = Linking.objects.create(threshold=threshold, datasets=datasets, reason=reason, decided_by=by)
        with pghistory.context(user=by.pk, why=reason, via="links", **{MARK: made.pk}):
            line = " ".join(reason.split())
            given: dict[str, Any] = {
                "threshold": threshold,
                "reason": line,
                "pairs": above(threshold, datasets).pairs,
            }
            cursor.execute(_TAKE, given)
            made.pairs = cursor.rowcount
            check_now()
        made.save(update_fields=["pairs"])
    return made


def of_linking(made: Linking) -> Selection:
    """The matches that a linking made, to be taken back."""
    return in_context(MARK, made.pk)


def note_undone(made: Linking, by: Any) -> None:
    """Note that a linking was taken back."""
    Linking.objects.filter(pk=made.pk, undone_at=None).update(undone_by=by, undone_at=timezone.now())


def of_event(key: int) -> list[Match]:
    """What was judged of the event of this id and others."""
    mine = Match.objects.filter(Q(first=key) | Q(second=key))
    return list(
        mine.select_related("first", "second", "decided_by").order_by(
            "verdict", F("score").desc(nulls_last=True), "pk"
        )
    )


def _answer_for(by: Any, reason: str) -> None:
    with _in_our_words():
        require_reason(by, reason)


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except MergeRefused as refused:
        raise LinkRefused(str(refused)) from refused
