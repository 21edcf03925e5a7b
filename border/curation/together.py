"""Changing many records together: what it would do to each, and doing it to all of them or none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pghistory
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import Max
from django.db.models.functions import Concat

# More are a matter for CSV, where a file can be read before it is loaded.
MOST = 1000
ADDED_TO = "note"


class ChangeRefused(Exception):
    """Nothing was changed; ``problems`` says why, a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Values:
    """What is to become of every record: fields with their new values, and what is added to the note."""

    fields: dict[str, Any]
    added: str = ""

    @property
    def names(self) -> list[str]:
        """The fields that are written."""
        return [*self.fields, *([ADDED_TO] if self.added else [])]

    def written(self) -> dict[str, Any]:
        """The new values as the database is told them, the same for every record."""
        if not self.added:
            return self.fields
        text = models.TextField()
        below = models.Value(f"\n\n{self.added}", output_field=text)
        alone = models.When(note="", then=models.Value(self.added, output_field=text))
        added = models.Case(alone, default=Concat(ADDED_TO, below, output_field=text))
        return {**self.fields, ADDED_TO: added}

    def of(self, record: Any) -> dict[str, Any]:
        """The new values of ``record``."""
        if not self.added:
            return self.fields
        return {**self.fields, ADDED_TO: f"{record.note}\n\n{self.added}" if record.note else self.added}


@dataclass(frozen=True)
class Change:
    """One record: its name, each field that changes with its value before and after, and the rules in the way."""

    record: Any
    name: str
    differences: list[tuple[str, str, str]]
    faults: list[str]


@dataclass
class Preview:
    """What a change would do: the records that change, how many are so already, and how far their history had come."""

    changes: list[Change] = field(default_factory=list)
    same: int = 0
    seen: int = 0

    @property
    def faults(self) -> int:
        """In how many records a rule is in the way."""
        return sum(bool(change.faults) for change in self.changes)


def preview(records: models.QuerySet[Any], values: Values, called: Callable[[Any], str] = str) -> Preview:
    """What ``values`` would do to each of ``records``, as they are ``called`` now; nothing is written."""
    # What was written since is looked for from here on: read before the records are.
    found = Preview(seen=_latest(records.model, records.values("pk")))
    related = [name for name in values.fields if records.model._meta.get_field(name).is_relation]
    faults = _faults(records, values)
    for record in records.select_related(*related) if related else records:
        name_now = called(record)
        before = {name: _shown(record, name) for name in values.names}
        for name, value in values.of(record).items():
            setattr(record, name, value)
        after = {name: _shown(record, name) for name in values.names}
        differences = [
            (str(record._meta.get_field(name).verbose_name), before[name], after[name])
            for name in values.names
            if before[name] != after[name]
        ]
        if not differences:
            found.same += 1
            continue
        taken = [message for rule in _unique(records.model, values) for message in _judged(rule, record)]
        found.changes.append(Change(record, name_now, differences, [*faults.get(record.pk, []), *taken]))
    return found


def change_together(
    *, model: type[models.Model], keys: Sequence[int], values: Values, seen: int, by: Any, why: str
) -> int:
    """Write ``values`` to all records of these keys, or to none; how many changed.

    Raises ChangeRefused when one of them is gone, was changed by somebody after ``seen``, or would break a rule, and
    the database's own errors for what only it can see.
    """
    with transaction.atomic(), pghistory.context(user=by.pk, why=why, via="admin"):
        chosen = model._default_manager.filter(pk__in=keys)
        locked = {*chosen.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)}
        if gone := len({*keys} - locked):
            raise ChangeRefused([f"{gone} of the records are no longer there: select them anew."])
        if problems := _since(model, keys, seen):
            raise ChangeRefused(problems)
        found = preview(chosen, values)
        if found.faults:
            raise ChangeRefused([f"{found.faults} of the records would break a rule: see below which."])
        changed = model._default_manager.filter(pk__in=[change.record.pk for change in found.changes])
        count = changed.update(**values.written())
        # Rules that wait for the end of the transaction speak now, while the page can still show them.
        connection.check_constraints()
        return count


def _since(model: Any, keys: Iterable[int], seen: int) -> list[str]:
    """Which of the records somebody changed after ``seen``, and who."""
    later = list(
        model.pgh_event_model.objects.filter(pgh_obj_id__in=keys, pgh_id__gt=seen)
        .order_by("pgh_id")
        .values_list("slug", "pgh_context__metadata__user", "by_role")
    )
    people = get_user_model()._default_manager.in_bulk({who for _, who, _ in later if who is not None})
    return [
        f"{slug} was changed by {people.get(who) or f'database role {role}'} since you looked: look at the preview again."
        for slug, who, role in later
    ]


def _latest(model: Any, keys: Any) -> int:
    return (
        model.pgh_event_model.objects.filter(pgh_obj_id__in=keys).aggregate(last=Max("pgh_id"))["last"] or 0
    )


def _shown(record: Any, name: str) -> str:
    """A value as a person reads it."""
    column = record._meta.get_field(name)
    value = getattr(record, name)
    if column.flatchoices:
        return str(dict(column.flatchoices).get(value, value) or "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _faults(records: models.QuerySet[Any], values: Values) -> dict[Any, list[str]]:
    """The rules that each record would break, by its key: one question a CHECK, however many the records are.

    Only CHECKs that speak of a field that is written can be broken.
    """
    model = records.model
    aliases = {f"new_{name}": _expression(model, name, value) for name, value in values.written().items()}
    renamed = {name: f"new_{name}" for name in values.names}
    found: dict[Any, list[str]] = {}
    for rule in model._meta.constraints:
        if not isinstance(rule, models.CheckConstraint) or _spoken_of(rule).isdisjoint(renamed):
            continue
        holds = models.ExpressionWrapper(_of_new(models.Q(rule.condition), renamed), models.BooleanField())
        broken = records.order_by().alias(**aliases).alias(holds=holds).filter(holds=False)
        for key in broken.values_list("pk", flat=True):
            found.setdefault(key, []).append(str(rule.get_violation_error_message()))
    return found


def _expression(model: Any, name: str, value: Any) -> Any:
    column = model._meta.get_field(name)
    if hasattr(value, "resolve_expression"):
        return value
    plain = getattr(value, "pk", value)
    return models.Value(plain, output_field=column.target_field if column.is_relation else column)


def _of_new(rule: Any, renamed: dict[str, str]) -> Any:
    """A condition upon columns as the same condition upon what is to be in them."""
    if isinstance(rule, models.Q):
        return models.Q(
            *(_of_new(part, renamed) for part in rule.children),
            _connector=rule.connector,
            _negated=rule.negated,
        )
    if isinstance(rule, tuple):
        (column, *lookups), value = rule[0].split("__"), rule[1]
        return "__".join([renamed.get(column, column), *lookups]), _of_new(value, renamed)
    if isinstance(rule, models.F):
        column = rule.name  # type: ignore[attr-defined]
        return models.F(renamed.get(column, column))
    if hasattr(rule, "get_source_expressions"):
        copied = rule.copy()
        copied.set_source_expressions([_of_new(part, renamed) for part in rule.get_source_expressions()])
        return copied
    return rule


def _unique(model: Any, values: Values) -> list[Any]:
    """The rules that something is there once which a written field could break."""
    return [
        rule
        for rule in model._meta.constraints
        if isinstance(rule, models.UniqueConstraint) and not _spoken_of(rule).isdisjoint(values.names)
    ]


def _judged(rule: Any, record: Any) -> list[str]:
    try:
        rule.validate(type(record), record)
    except ValidationError as error:
        return [str(message) for message in error.messages]
    return []


def _spoken_of(rule: Any) -> set[str]:
    """The fields that a constraint is about."""
    condition = getattr(rule, "condition", None)
    spoken = models.Q(condition).referenced_base_fields if condition else set()
    return spoken | {*getattr(rule, "fields", ())}
