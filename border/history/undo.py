"""Taking changes back, as a change of its own: reasoned, in the history, and itself to be taken back."""

from collections.abc import Callable, Sequence
from typing import Any

import pghistory
from django.db import DataError, IntegrityError, InternalError, router, transaction

from border.history.called import Key
from border.history.plan import Plan, Step, plan
from border.history.selection import Selection
from border.history.tables import owners, tracked
from border.kernel.edtf import EDTFError
from border.kernel.history import check_now
from border.kernel.writing import refuse

__all__ = ["Plan", "PlanChanged", "UndoRefused", "apply", "plan"]

LONGEST_REASON = 500
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
    own = [(owner, step.row[column]) for owner, column in owners(step.model) if owner in tracked()]
    return [(step.model, step.pk), *own]


def _write(drawn: Plan) -> None:
    """Write the steps: what goes first, so that what comes can have its place."""
    for action, write in (("delete", _delete), ("update", _update), ("insert", _insert)):
        for model in tracked():
            steps = [step for step in drawn.steps if step.model is model and step.action == action]
            if steps:
                _try(write, model, steps)
    try:
        with transaction.atomic():
            check_now()
    except _REFUSALS as error:
        raise UndoRefused(f"The database refuses the result: {_said(error)}") from error


def _try(write: Callable[[type[Any], Sequence[Step]], None], model: type[Any], steps: Sequence[Step]) -> None:
    """Write ``steps`` in one go; refused, in halves, until it is known which row is to blame."""
    try:
        with transaction.atomic():
            write(model, steps)
    except _REFUSALS as error:
        if len(steps) == 1:
            raise UndoRefused(
                f"The database refuses {steps[0].called.text} as it was: {_rule(model, error)} "
                "Nothing was taken back: change that record first, or take back less."
            ) from error
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


def _rule(model: type[Any], error: Exception) -> str:
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for rule in model._meta.constraints:
        if name and rule.name == name:
            return str(rule.get_violation_error_message())
    return _said(error)


def _said(error: Exception) -> str:
    said = getattr(getattr(error.__cause__, "diag", None), "message_primary", None) or str(error)
    return f"{said.rstrip('.')}."
