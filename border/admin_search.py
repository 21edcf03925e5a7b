"""The order in which records answer a name that somebody typed."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, QuerySet, Value

from border.kernel.finding import SHORT
from border.kernel.names import grade, tokens

# So many records are compared name by name, those that answer most strictly first: five pages of a look-up.
CANDIDATES = 100
# An answer found by its code or its prose alone: below every graded one.
WRITTEN = 0.1
# What the letters themselves are worth: as much as lies between a word that is begun and one that is heard.
BEGUN = 0.15


class Place(Func):
    """The place of a key in a list of keys, from 1; null where it is not among them."""

    function = "array_position"
    template = "%(function)s(%(expressions)s)"
    output_field = models.IntegerField()


def ranked(found: QuerySet[Any], term: str, *, keep_order: bool) -> QuerySet[Any]:
    """Rows of ``found`` that ``term`` names or is written in, the best first unless ``keep_order``.

    Where more than `CANDIDATES` answer, the best of those compared come first, the others in the order of ``found``.
    """
    best, all_compared = _best(found, term)
    every: Any = found
    rows = found.filter(pk__in=best) if all_compared else every.answering(term, *best)
    if keep_order:
        return rows
    return rows.order_by(_place(best).asc(nulls_last=True), *found.query.order_by)


def looked_up(found: QuerySet[Any], term: str) -> QuerySet[Any]:
    """The best answers to ``term`` among ``found``, best first: as many as are compared, for whoever types on."""
    best, _ = _best(found, term)
    return found.filter(pk__in=best).order_by(_place(best))


def _place(keys: list[Any]) -> Place:
    return Place(Value(keys, output_field=ArrayField(models.BigIntegerField())), F("pk"))


def _best(found: Any, term: str) -> tuple[list[Any], bool]:
    """The keys of the best answers, best first, and whether no other record answers."""
    named = found.nearest(term, CANDIDATES + 1)
    written = [*found.written(term).order_by("pk").values_list("pk", flat=True)[: CANDIDATES + 1]]
    keys = [*dict.fromkeys([*named, *written])]
    compared = keys[:CANDIDATES]
    among = {*written}
    scores = {key: WRITTEN if key in among else 0.0 for key in compared}
    for key, text in _texts(found.model, compared):
        scores[key] = max(scores[key], score(term, text))
    best = sorted((key for key in compared if scores[key]), key=lambda key: (-scores[key], key))
    return best, len(keys) <= CANDIDATES


def score(term: str, text: str) -> float:
    """How well the name ``text`` answers ``term``, as `names.grade` says; 0 when it does not.

    Whoever has typed two letters is spelling: then a word that begins with them comes before one that sounds like them.
    """
    graded = grade(term, text)
    if graded is None:
        return 0
    how, found = graded
    asked = tokens(term)
    if how == "token" and asked and len(asked[-1].skeleton) <= SHORT:
        found += BEGUN * any(word.folded.startswith(asked[-1].folded) for word in tokens(text))
    return found


def _texts(model: Any, keys: list[Any]) -> list[tuple[Any, str]]:
    """All the names by which the records of these keys are known."""
    rows = model._default_manager.filter(pk__in=keys).only(*model.keyed_by)
    texts = [(row.pk, text) for row in rows for text in row.keyed_texts() if text]
    if hasattr(model, "names"):
        bearers = model._meta.get_field("names").related_model._default_manager
        texts += bearers.filter(record__in=keys).values_list("record", "text")
    return texts
