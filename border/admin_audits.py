"""What the audits find, for people at the desk: remembered until something changes, since some look at every row."""

from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Model, Value
from django.http import HttpRequest

from border.accounts import working_models
from border.documents.sql import quoted
from border.kernel.audits import Audit, audits

# A change that commits late, under a number below the last, is seen after this long at the latest.
REMEMBERED_S = 300

Found = list[tuple[type[Model], list[int]]]


def shown_to(request: HttpRequest) -> dict[str, Audit]:
    """The audits of tables that this person may see, by name; not those that take too long for a page."""
    return {
        audit.name: audit
        for audit in audits()
        if not audit.slow and all(_may_see(request, model) for model in audit.models())
    }


def slow() -> list[Audit]:
    """The audits that are run by command only."""
    return [audit for audit in audits() if audit.slow]


def found_by(asked: Iterable[Audit]) -> dict[str, Found]:
    """For each audit the keys of the rows for which its claim does not hold, by table, as of the last change of the history."""
    last = _last_change()
    return {audit.name: _remembered(audit, f"audit-{audit.name}-{last}") for audit in asked}


def _remembered(audit: Audit, key: str) -> Found:
    found: Found | None = cache.get(key)
    if found is None:
        found = _suspicious(audit)
        cache.set(key, found, REMEMBERED_S)
    return found


def _suspicious(audit: Audit) -> Found:
    models = {model._meta.label: model for model in audit.models()}
    rows = [
        audit.suspicious(model).order_by().annotate(noun=Value(label)).values_list("noun", "pk")
        for label, model in models.items()
    ]
    keys: dict[str, list[int]] = {label: [] for label in models}
    for label, key in rows[0].union(*rows[1:], all=True):
        keys[label].append(key)
    return [(model, sorted(keys[label])) for label, model in models.items()]


def record_of(row: Any) -> Any:
    """The record that ``row`` belongs to: itself where it has a slug, else its owner."""
    while not hasattr(row, "slug"):
        row = getattr(row, _owner(type(row)))
    return row


def _owner(model: type[Any]) -> str:
    return next(
        field.name
        for field in model._meta.concrete_fields
        if field.many_to_one and field.remote_field.on_delete.__name__ == "CASCADE"
    )


def _may_see(request: HttpRequest, model: type[Model]) -> bool:
    return request.user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")


def _last_change() -> int:
    tables = [
        quoted(model.pgh_event_model) for model in working_models() if hasattr(model, "pgh_event_model")
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(max(last), 0) FROM ({' UNION ALL '.join(f'SELECT max(pgh_id) AS last FROM {table}' for table in tables)}) t"
        )
        (number,) = cursor.fetchone()
    return int(number)
