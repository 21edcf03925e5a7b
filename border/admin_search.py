"""The order in which records answer a name that somebody typed."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value

from border.kernel.names import grade

# Names are compared one by one in Python only among so many candidates; beyond, the list's own order must do.
CANDIDATES = 500
# An answer found by its letters alone: below every graded one.
SPELT = 0.1


class Place(Func):
    """The place of a key in a list of keys, from 1."""

    function = "array_position"
    template = "%(function)s(%(expressions)s)"
    output_field = models.IntegerField()


def ranked(found: QuerySet[Any], spelt: QuerySet[Any], term: str, *, keep_order: bool) -> QuerySet[Any]:
    """Rows of ``found`` that one of their names or ``spelt`` answers, the best first unless ``keep_order``.

    ``found`` has the word ``named``, in any script; ``spelt`` are the rows whose letters contain the term.
    """
    named = found.model._default_manager.named(term)
    either = found.filter(Q(pk__in=named.values("pk")) | Q(pk__in=spelt.values("pk")))
    records = list(either.order_by()[: CANDIDATES + 1])
    if len(records) > CANDIDATES:
        return either
    letters = set(spelt.filter(pk__in=[record.pk for record in records]).values_list("pk", flat=True))
    scores = {
        record.pk: max((score for text in texts if (score := _score(term, text))), default=0)
        for record, texts in _texts(found.model, records)
    }
    answers = {pk: max(score, SPELT if pk in letters else 0) for pk, score in scores.items()}
    keys = sorted((pk for pk, score in answers.items() if score), key=lambda pk: -answers[pk])
    rows = found.filter(pk__in=keys)
    if keep_order:
        return rows
    return rows.order_by(Place(Value(keys, output_field=ArrayField(models.BigIntegerField())), F("pk")))


def _score(term: str, text: str) -> float:
    graded = grade(term, text) if text else None
    return graded[1] if graded else 0


def _texts(model: type[models.Model], records: list[Any]) -> list[tuple[Any, list[str]]]:
    """Each record with all the names by which it is known."""
    further: dict[Any, list[str]] = {}
    if hasattr(model, "names"):
        rows = model._meta.get_field("names").related_model._default_manager.filter(  # type: ignore[union-attr]
            record__in=[record.pk for record in records]
        )
        for bearer, text in rows.values_list("record", "text"):
            further.setdefault(bearer, []).append(text)
    return [(record, [*record.keyed_texts(), *further.get(record.pk, [])]) for record in records]
