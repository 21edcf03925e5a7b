"""Pairs of events of different datasets that may be one and the same."""

from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from border.kernel import rules
from events.models import Event, Match

# What an event of ours is told by, where events of datasets are told by the dataset.
OURS = "ours"


class CandidateQuerySet(models.QuerySet["Candidate"]):
    """Words about candidates."""

    def open(self) -> Self:
        """Pairs that nobody has judged, neither of which is withdrawn by now."""
        judged = Match.objects.filter(first=OuterRef("first"), second=OuterRef("second"))
        standing = Event.objects.exclude(status="withdrawn")
        return self.filter(
            ~Exists(judged),
            Exists(standing.filter(pk=OuterRef("first"))),
            Exists(standing.filter(pk=OuterRef("second"))),
        )

    def between(self, datasets: str) -> Self:
        """Pairs of two datasets, as ``datasets`` names them; all where it is empty."""
        return self.filter(datasets=datasets) if datasets else self


class Candidate(models.Model):
    """Two events of different datasets that may be one: how likely, and by what.

    It is worked out anew as a whole and has no history; whoever judges a pair makes a `Match`. Its events are named by
    their numbers only: one that is gone takes its pairs out of every list.
    """

    first = models.BigIntegerField(
        help_text="One event.", db_comment="Id of one event; the one with the lower id."
    )
    second = models.BigIntegerField(help_text="The other event.", db_comment="Id of the other event.")
    datasets = models.CharField(
        max_length=200,
        help_text="Of which two datasets.",
        db_comment="The two datasets in the order of the alphabet, with a plus between them; ours for events of none.",
    )
    score = models.FloatField(
        help_text="How likely they are one, from 0 to 1.",
        db_comment="How likely it is that the two are one, from 0 to 1.",
    )
    bits = models.FloatField(
        help_text="What all comparisons weigh together.",
        db_comment="What all comparisons weigh together, in bits: logarithms to the base 2 of likelihood ratios.",
    )
    evidence = models.JSONField(
        help_text="What was compared.",
        db_comment="What was compared: days and metres apart, actors shared, kinds, killed; and how each came out.",
    )
    best = models.BooleanField(
        help_text="Whether neither has a pair of these datasets that is as likely.",
        db_comment="True where of each of the two events this is the likeliest pair of these datasets, alone.",
    )

    objects = CandidateQuerySet.as_manager()

    class Meta:
        db_table_comment = (
            "Pairs of events of different datasets that may be one; worked out anew as a whole. Never public."
        )
        indexes = [
            models.Index(F("score").desc(), F("id"), name="candidate_in_order"),
            models.Index(fields=["second"], name="candidate_second"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="candidate_once",
                violation_error_message="A pair is a candidate once.",
            ),
            models.CheckConstraint(
                name="candidate_pair_in_order",
                condition=Q(first__lt=F("second")),
                violation_error_message="The event with the lower id comes first.",
            ),
            models.CheckConstraint(
                name="candidate_score_in_range",
                condition=Q(score__gte=0, score__lte=1),
                violation_error_message="A score lies between 0 and 1.",
            ),
            rules.clean_text("candidate", lines=("datasets",)),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}: {self.score:.2f}"
