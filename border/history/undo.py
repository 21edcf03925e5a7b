"""Taking changes back, as a change of its own: reasoned, in the history, and itself to be taken back."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

import pghistory
from django.db import DataError, IntegrityError, InternalError, connection, router, transaction

from border.documents.planning import MANY, known_again, whole_tables
from border.history.called import Called, Key, called
from border.history.plan import NO_DRAFT, Conflict, Plan, Step, latest, plan
from border.history.selection import Selection
from border.history.sets import STAY, Sets
from border.history.tables import accompanied, tracked
from border.kernel.edtf import EDTFError
from border.kernel.history import check_now
from border.kernel.writing import refuse

__all__ = ["Plan", "PlanChanged", "TakenBack", "UndoRefused", "apply", "plan", "take_back"]

LONGEST_REASON = 500
# Of records that stay together with all that they own, so many are named.
MOST_NAMED = 1000
# So many rows are written in one statement, and told of before the next.
AT_ONCE = 10_000
_REFUSALS = (IntegrityError, DataError, InternalError, EDTFError)


class UndoRefused(Exception):
    """Why nothing was taken back: one sentence, with its remedy."""


class PlanChanged(UndoRefused):
    """The records were changed since the plan was drawn; ``plan`` is what it would come to now."""

    def __init__(self, now: Plan) -> None:
        self.plan = now
        super().__init__("The records were changed since this was shown. Look at what it would come to now.")


def apply(given: Plan | Selection, *, by: Any, reason: str, via: str = "undo") -> Plan:
    """Take changes back, all that can go or nothing; the plan that was carried out, conflicts and all.

    The plan is drawn again under locks. Raises PlanChanged where ``given`` is a plan and it would come to something
    else by now, and UndoRefused where a rule of the database is in the way: the record and the rule are named.
    """
    selection = given.selection if isinstance(given, Plan) else given
    _require(by, reason)
    with transaction.atomic():
        drawn = _locked(selection)
        if isinstance(given, Plan) and drawn.digest != given.digest:
            raise PlanChanged(drawn)
        with pghistory.context(user=by.pk, why=reason.strip(), via=via, undoes=selection.marks):
            _write(drawn)
    return drawn


@dataclass(frozen=True)
class TakenBack:
    """What was taken back: how many rows of each table by what became of them; how much stays, and what of it is named."""

    rows: Counter[tuple[str, type[Any]]]
    kept: int
    conflicts: list[Conflict]


def _quietly(_done: int, _all: int) -> None:
    """Nobody wants to hear."""


def take_back(
    selection: Selection,
    *,
    by: Any,
    reason: str,
    via: str = "undo",
    tell: Callable[[int, int], None] = _quietly,
) -> TakenBack:
    """As `apply` does, but whole tables at a time: of the ``selection``, which has contexts, nobody has seen a plan.

    Only rows on which somebody had a later word, and what hangs together with these, are drawn one by one. ``tell`` hears
    how many rows are done, and of how many. Raises UndoRefused as `apply` does.
    """
    _require(by, reason)
    if selection.contexts is None:
        raise TypeError("Only what whole contexts changed is taken back by sets.")
    with transaction.atomic(), connection.cursor() as cursor:
        contexts = selection.contexts.values_list("pk", "metadata__via")
        sets = Sets(cursor, [pk for pk, by_way_of in contexts if by_way_of != "review"])
        many = sets.gather() >= MANY
        with whole_tables(cursor) if many else nullcontext():
            sets.lock()
            sets.tell_apart()
            drawn = plan(selection, sets.alone(), sets)
            with pghistory.context(user=by.pk, why=reason.strip(), via=via, undoes=selection.marks):
                done = _write(drawn, tell, sets, many=many)
        standing = _standing(sets)
        kept = len(drawn.conflicts) + sum(sets.count(STAY, model) for model in tracked())
        sets.close()
    return TakenBack(done, kept, [*drawn.conflicts, *standing])


def _standing(sets: Sets) -> list[Conflict]:
    """The records that stay by sets, the first of them."""
    rows = latest(set(sets.standing(MOST_NAMED)))
    names = called(rows)
    return [Conflict(*key, "", None, None, NO_DRAFT, None, names[key]) for key in rows]


def _require(by: Any, reason: str) -> None:
    if by is None or not getattr(by, "pk", None):
        raise UndoRefused("Somebody must answer for it: sign in first.")
    if not reason.strip():
        raise UndoRefused("Give a reason: those who come after will ask for it.")
    if len(reason) > LONGEST_REASON:
        raise UndoRefused(f"The reason has {len(reason)} characters: shorten it to {LONGEST_REASON}.")
    if fault := refuse(reason, multiline=True):
        raise UndoRefused(f"The reason cannot be kept as it is. {fault}")


def _locked(selection: Selection) -> Plan:
    """The plan, drawn while nobody else can change the rows that it writes, or the records that own them."""
    held: set[Key] = set()
    wanted = {(model, pk) for model, rows in selection.by_row().items() for pk in rows}
    while True:
        _lock(wanted)
        held |= wanted
        drawn = plan(selection)
        wanted = {key for step in drawn.steps for key in _rests_on(step)} - held
        if not wanted:
            return drawn


def _lock(keys: set[Key]) -> None:
    for model in tracked():
        if ids := [pk for one, pk in keys if one is model]:
            rows = model._base_manager.select_for_update(of=("self",)).filter(pk__in=ids)
            list(rows.order_by("pk").values_list("pk"))


def _rests_on(step: Step) -> list[Key]:
    others = [
        (one, step.row[column])
        for one, column in accompanied(step.model)
        if one in tracked() and step.row[column]
    ]
    return [(step.model, step.pk), *others]


def _write(
    drawn: Plan, tell: Callable[[int, int], None] = _quietly, sets: Sets | None = None, *, many: bool = False
) -> Counter[tuple[str, type[Any]]]:
    """Write the steps, and what goes by ``sets``: what goes first, so that what comes can have its place. How much of what."""
    work: list[tuple[str, type[Any], int, Callable[[], None]]] = []
    for action, write in (("delete", _delete), ("update", _update), ("insert", _insert)):
        for model in tracked():
            if sets:
                for first, last, count in sets.stretches(action, model, AT_ONCE):
                    work.append((action, model, count, partial(_by_sets, sets, action, model, first, last)))
            steps = [step for step in drawn.steps if step.model is model and step.action == action]
            if steps:
                work.append((action, model, len(steps), partial(_try, write, model, steps)))
    done, total = Counter[tuple[str, type[Any]]](), sum(count for _, _, count, _ in work)
    for action, model, count, write_them in work:
        tell(done.total(), total)
        write_them()
        done[action, model] += count
    if many and (back := {model for action, model in done if action == "insert"}):
        # Before the rules are asked, each of which would go through a whole table that seemed empty. One of which rows went
        # is left as it was: to us it has few rows now, and many pages.
        with connection.cursor() as cursor:
            known_again(cursor, back)
    try:
        with transaction.atomic():
            check_now()
    except _REFUSALS as error:
        raise UndoRefused(f"The database refuses the result: {_said(error)}") from error
    tell(total, total)
    return done


def _by_sets(sets: Sets, way: str, model: type[Any], first: int, last: int) -> None:
    """Write what goes by sets in one statement; refused, in halves, until it is known which row is to blame."""
    try:
        with transaction.atomic():
            sets.write(way, model, first, last)
    except _REFUSALS as error:
        if first == last:
            raise _refused(_called(model, first), model, error) from error
        middle = (first + last) // 2
        _by_sets(sets, way, model, first, middle)
        _by_sets(sets, way, model, middle + 1, last)


def _try(write: Callable[[type[Any], Sequence[Step]], None], model: type[Any], steps: Sequence[Step]) -> None:
    """Write ``steps`` in one go; refused, in halves, until it is known which row is to blame."""
    try:
        with transaction.atomic():
            write(model, steps)
    except _REFUSALS as error:
        if len(steps) == 1:
            raise _refused(steps[0].called, model, error) from error
        half = len(steps) // 2
        _try(write, model, steps[:half])
        _try(write, model, steps[half:])


def _delete(model: type[Any], steps: Sequence[Step]) -> None:
    rows = model._base_manager.filter(pk__in=[step.pk for step in steps])
    rows._raw_delete(router.db_for_write(model))


def _update(model: type[Any], steps: Sequence[Step]) -> None:
    rows = model._default_manager.in_bulk([step.pk for step in steps])
    columns: dict[str, None] = {}
    for step in steps:
        for column, (_, then) in step.fields.items():
            setattr(rows[step.pk], column, then)
            columns[column] = None
    # An upsert by id that only ever updates: bulk_update builds a CASE a cell and takes ten times as long.
    model._default_manager.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=list(columns),
        batch_size=1000,
    )


def _insert(model: type[Any], steps: Sequence[Step]) -> None:
    model._default_manager.bulk_create([model(**step.row) for step in steps], batch_size=1000)


def _called(model: type[Any], pk: int) -> Called:
    return called(latest({(model, pk)}))[model, pk]


def _refused(record: Called, model: type[Any], error: Exception) -> UndoRefused:
    return UndoRefused(
        f"The database refuses {record.text} as it was: {_rule(model, error)} "
        "Nothing was taken back: change that record first, or take back less."
    )


def _rule(model: type[Any], error: Exception) -> str:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for rule in model._meta.constraints:
        if name and rule.name == name:
            return str(rule.get_violation_error_message())
    return _said(error)


def _said(error: Exception) -> str:
    said = getattr(getattr(error.__cause__, "diag", None), "message_primary", None) or str(error)
    return f"{said.rstrip('.')}."
