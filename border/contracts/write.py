"""From drafts to the database: judged by its own rules in one question, written in one statement a table."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import DataError, IntegrityError, InternalError, connection, models, transaction
from psycopg.types.range import Range

from border.contracts.declare import Contract
from border.contracts.draft import Draft
from border.contracts.outcome import Fault
from border.kernel.history import check_now

_MOST_AT_ONCE = 5000
_MOST_COLUMNS_NAMED = 4
_RULES = """
SELECT conname, pg_get_expr(conbin, conrelid),
    ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey) ORDER BY attnum)
FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c' ORDER BY conname
"""
_BROKEN = """
SELECT ordinality, rule FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb) WITH ORDINALITY,
LATERAL unnest(ARRAY[{rules}]::boolean[]) WITH ORDINALITY AS judged(broken, rule) WHERE broken ORDER BY ordinality, rule
"""
_INSERT = (
    "INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb)"
)
_UPDATE = """
UPDATE {table} AS kept SET {assignments} FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb) AS given
WHERE kept.id = given.id
"""
# What PostgreSQL says when a row is not to be had; anything else (a lost connection, a time-out) is no fault of a row.
_REFUSALS = (IntegrityError, DataError, InternalError)

Statement = Callable[[Sequence[Draft]], None]


def broken_rules(drafts: Sequence[Draft]) -> list[Fault]:
    """A fault for every CHECK that a draft breaks, with the rule's own message.

    The rules are those in the database itself, put to all rows of a table at once. Of a draft with unread cells
    only those rules are asked that concern none of them.
    """
    return [fault for group in _by_table(drafts) for fault in _broken(group)]


def write(drafts: Sequence[Draft]) -> list[Fault]:
    """Write what is new or changed; a fault for every row that the database refuses. Runs in a transaction.

    A refused statement is tried again in halves, so that each refused row is found and told why.
    """
    faults = []
    for group in _by_table(drafts):
        faults += _apply(_update, [draft for draft in group if draft.existing is not None])
        faults += _apply(_insert, [draft for draft in group if draft.existing is None])
    return faults


def settle(drafts: Sequence[Draft]) -> list[Fault]:
    """Faults from the rules that the database keeps for the end of a transaction, judged now."""
    try:
        with transaction.atomic():
            check_now()
    except _REFUSALS as error:
        told = str(error).partition("\n")[0]
        blamed = next(
            (draft for draft in drafts if re.search(rf"\b{re.escape(draft.key[0])}\b", told)), drafts[0]
        )
        return [blamed.fault(told.partition(": ")[2] or told)]
    return []


def _by_table(drafts: Sequence[Draft]) -> Iterator[list[Draft]]:
    for _, group in groupby(drafts, key=lambda draft: draft.contract.name):
        yield list(group)


def _broken(group: list[Draft]) -> Iterator[Fault]:
    contract = group[0].contract
    rules = checks_of(contract.model)
    with connection.cursor() as cursor:
        expressions = ", ".join(f"({expression}) IS FALSE" for _, expression, _ in rules).replace("%", "%%")
        question = _BROKEN.format(table=_table(contract.model), rules=expressions)
        for chunk in _chunks(group):
            cursor.execute(question, [_payload(chunk)])
            for place, rule in cursor.fetchall():
                (name, _, columns), draft = rules[rule - 1], chunk[place - 1]
                if not _names(contract, columns) & draft.unread:
                    yield _fault(draft, message_of(contract.model, name), columns)


def checks_of(model: type[models.Model]) -> list[tuple[str, str, list[str]]]:
    """The CHECKs of the table of ``model`` as the database has them: name, expression, and the columns they concern."""
    with connection.cursor() as cursor:
        cursor.execute(_RULES, [model._meta.db_table])
        return cursor.fetchall()


def _names(contract: Contract, columns: list[str]) -> set[str]:
    return {name for name, field in contract.fields.items() if field.column in columns}


def _fault(draft: Draft, message: str, columns: list[str]) -> Fault:
    named = [name for name, field in draft.contract.fields.items() if field.column in columns]
    if not named or len(named) > _MOST_COLUMNS_NAMED:
        return draft.fault(message)
    return draft.fault(message, ", ".join(named), ", ".join(draft.texts[name] for name in named))


def message_of(model: type[models.Model], rule: str) -> str:
    """What the rule called ``rule`` says to whoever breaks it."""
    for constraint in model._meta.constraints:
        if constraint.name == rule:
            return str(constraint.get_violation_error_message())
    return f"The database refuses this: it breaks the rule {rule}."


def _apply(statement: Statement, drafts: list[Draft]) -> list[Fault]:
    if not drafts:
        return []
    try:
        with transaction.atomic():
            statement(drafts)
    except _REFUSALS as error:
        if len(drafts) == 1:
            return [_refusal(drafts[0], error)]
        half = len(drafts) // 2
        return _apply(statement, drafts[:half]) + _apply(statement, drafts[half:])
    return []


def _refusal(draft: Draft, error: Exception) -> Fault:
    diagnosis = getattr(error.__cause__, "diag", None)
    rule = getattr(diagnosis, "constraint_name", None)
    if not rule:
        return draft.fault(str(error).partition("\n")[0])
    detail = re.match(r"Key \((?P<columns>[^=]*)\)=", getattr(diagnosis, "message_detail", None) or "")
    columns = re.findall(r"\w+", detail["columns"]) if detail else []
    known = any(constraint.name == rule for constraint in draft.contract.model._meta.constraints)
    unique = "This is taken by another record, and no two may share it."
    return _fault(draft, message_of(draft.contract.model, rule) if known else unique, columns)


def _insert(drafts: Sequence[Draft]) -> None:
    model = drafts[0].contract.model
    columns = ", ".join(_quoted(field.column) for field in model._meta.concrete_fields)
    _execute(_INSERT.format(table=_table(model), columns=columns), drafts)


def _update(drafts: Sequence[Draft]) -> None:
    model = drafts[0].contract.model
    changed = [
        field.column
        for field in model._meta.concrete_fields
        if any(
            getattr(draft.existing, field.attname) != getattr(draft.record, field.attname) for draft in drafts
        )
    ]
    assignments = ", ".join(f"{_quoted(column)} = given.{_quoted(column)}" for column in changed)
    _execute(_UPDATE.format(table=_table(model), assignments=assignments), drafts)


def _execute(statement: str, drafts: Sequence[Draft]) -> None:
    with connection.cursor() as cursor:
        for chunk in _chunks(drafts):
            cursor.execute(statement, [_payload(chunk)])


def _chunks(drafts: Sequence[Draft]) -> Iterator[Sequence[Draft]]:
    for start in range(0, len(drafts), _MOST_AT_ONCE):
        yield drafts[start : start + _MOST_AT_ONCE]


def _table(model: type[models.Model]) -> str:
    return _quoted(model._meta.db_table)


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


def _payload(drafts: Sequence[Draft]) -> str:
    """The records as one JSON array of rows, which PostgreSQL turns into rows of their table."""
    return json.dumps(
        [
            {
                field.column: _plain(getattr(draft.record, field.attname))
                for field in draft.contract.model._meta.concrete_fields
            }
            for draft in drafts
        ],
        ensure_ascii=False,
    )


def _plain(value: Any) -> Any:
    match value:
        case Decimal():
            return str(value)
        case Range() if value.isempty:
            return "empty"
        case Range():
            return f"{value.bounds[0]}{value.lower or ''},{value.upper or ''}{value.bounds[1]}"
        case _:
            return value
