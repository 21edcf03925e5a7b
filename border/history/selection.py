"""Which changes are meant: one, a record's since a moment, a person's, a batch's, those of one go."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from pghistory.models import Context

from border.history.tables import parts, tracked

Undone = dict[type[Any], dict[int, set[int]]]


class Made(NamedTuple):
    """One change: of which row, and its number in the history."""

    model: type[Any]
    pk: int
    sequence: int


@dataclass(frozen=True)
class Selection:
    """Changes that are meant together, asked for anew whenever it is read; steps of a review are never among them.

    ``marks`` say what they are, and are kept in the history of whatever takes them back. ``contexts`` are those whose
    changes they are, all of them; None where something else decides.
    """

    marks: dict[str, Any]
    _ask: Callable[[], Iterator[Made]] = field(repr=False, compare=False)
    contexts: QuerySet[Context] | None = field(default=None, repr=False, compare=False)

    def __iter__(self) -> Iterator[Made]:
        return self._ask()

    def by_row(self) -> Undone:
        """The numbers of the changes by model and row, models in the order in which rows are locked."""
        found: Undone = {model: {} for model in tracked()}
        for made in self:
            found[made.model].setdefault(made.pk, set()).add(made.sequence)
        return {model: rows for model, rows in found.items() if rows}


def one_change(model: type[Any], pgh_id: int) -> Selection:
    """The change numbered ``pgh_id``; where a record came or went, what it owns came or went with it."""

    def ask() -> Iterator[Made]:
        version = _changes(model).filter(pgh_id=pgh_id).first()
        if version is None:
            return
        yield Made(model, version.pgh_obj_id, version.pgh_id)
        if version.pgh_label == "update":
            return
        # All that one transaction wrote bears the same instant.
        together = Q(pgh_created_at=version.pgh_created_at, pgh_label=version.pgh_label)
        for part, owner in parts(model):
            yield from _made(part, together & Q(**{owner: version.pgh_obj_id}))

    return Selection({"change": pgh_id}, ask)


def one_save(record: Any, sequence: int) -> Selection:
    """What was written of ``record`` and of what it owns together with the change numbered ``sequence``."""

    def ask() -> Iterator[Made]:
        model = type(record)
        tables = [(model, "pgh_obj_id"), *parts(model)]
        for table, owner in tables:
            version = _changes(table).filter(pgh_id=sequence, **{owner: record.pk}).first()
            if version is not None:
                together = Q(pgh_created_at=version.pgh_created_at, pgh_context=version.pgh_context_id)
                for part, column in tables:
                    yield from _made(part, together & Q(**{column: record.pk}))

    return Selection({"save": sequence}, ask)


def since(record: Any, sequence: int) -> Selection:
    """All changes of ``record`` and of what it owns, or owned, after the change numbered ``sequence``."""

    def ask() -> Iterator[Made]:
        model = type(record)
        yield from _made(model, Q(pgh_obj_id=record.pk, pgh_id__gt=sequence))
        for part, owner in parts(model):
            ever = tracked()[part]._default_manager.filter(**{owner: record.pk}).values("pgh_obj_id")
            yield from _made(part, Q(pgh_obj_id__in=ever, pgh_id__gt=sequence))

    return Selection({"record": f"{record._meta.label_lower}/{record.pk}", "since": sequence}, ask)


def by_person(user: Any, since: dt.datetime | None = None, until: dt.datetime | None = None) -> Selection:
    """What ``user`` changed, from the instant ``since`` and before the instant ``until``, where given."""
    within = Q(pgh_context__in=Context.objects.filter(metadata__user=user.pk))
    if since:
        within &= Q(pgh_created_at__gte=since)
    if until:
        within &= Q(pgh_created_at__lt=until)
    return Selection({"person": user.pk}, lambda: _everywhere(within))


def of_batch(batch: Any) -> Selection:
    """What an import changed, and what was done since to take it back or bring it back again."""
    ours = Q(metadata__batch=batch.pk) | Q(metadata__undoes__batch=batch.pk)
    return _of({"batch": batch.pk}, Context.objects.filter(ours))


def last_undoing(batch: Any) -> Selection | None:
    """What was done last to take an import back, or to bring it back; None where nothing was."""
    last = Context.objects.filter(metadata__undoes__batch=batch.pk).order_by("-created_at").first()
    return in_one_go(last.pk) if last else None


def in_context(key: str, value: Any) -> Selection:
    """What was changed with ``key: value`` in the metadata of the history, such as one merge."""
    return _of({key: value}, Context.objects.filter(metadata__contains={key: value}))


def in_one_go(context: Any) -> Selection:
    """What was changed in one go, by its ``context``: one save of a form, one import, one undoing.

    An undoing that is taken back still speaks of what it had undone, so that both are found together later.
    """
    metadata = Context.objects.filter(pk=context).values_list("metadata", flat=True).first() or {}
    batch = {"batch": metadata["batch"]} if "batch" in metadata else {}
    marks = {**metadata.get("undoes", {}), **batch, "context": str(context)}
    return _of(marks, Context.objects.filter(pk=context))


def _of(marks: dict[str, Any], contexts: QuerySet[Context]) -> Selection:
    return Selection(marks, lambda: _everywhere(Q(pgh_context__in=contexts)), contexts)


def _everywhere(which: Q) -> Iterator[Made]:
    for model in tracked():
        yield from _made(model, which)


def _made(model: type[Any], which: Q) -> Iterator[Made]:
    for pk, sequence in _changes(model).filter(which).values_list("pgh_obj_id", "pgh_id"):
        yield Made(model, pk, sequence)


def _changes(model: type[Any]) -> QuerySet[Any]:
    reviewing = Context.objects.filter(pk=OuterRef("pgh_context_id"), metadata__via="review")
    return tracked()[model]._default_manager.filter(~Exists(reviewing))
