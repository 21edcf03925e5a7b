"""History: who changed what, when, why and from which import, written by the database itself.

Triggers write it, so the admin, CSV, COPY and psql are all in it, once for each statement. One sequence numbers the
history of every table, so that its order is total and owes nothing to clocks.
"""

from collections.abc import Callable
from typing import Any

import pghistory
import pghistory.models
import pghistory.trigger
import pgtrigger
from django.db import connection, models
from django.db.models import Func


class NextHistory(Func):
    """The next number of the one sequence that orders all history."""

    template = "nextval('border_history')"
    output_field = models.BigIntegerField()


class SessionUser(Func):
    """The database role that signed in, whatever role it has taken since."""

    template = "session_user::text"
    output_field = models.TextField()


class HistoryEvent(pghistory.models.Event):
    """One version of one row: the row as it was after an insert or update, or before a delete."""

    pgh_id = models.BigIntegerField(primary_key=True, db_default=NextHistory(), editable=False)
    by_role = models.TextField(db_default=SessionUser(), editable=False)

    class Meta:
        abstract = True


def of_a_statement(each: str, condition: str) -> str:
    """What a trigger for each row, run where ``condition`` holds, does for all rows of an UPDATE at once.

    Both are pghistory's SQL: an ``INSERT … VALUES (…)`` and a comparison, of ``NEW`` and ``OLD``. Old and new versions
    meet in a full join, for which PostgreSQL has no nested loop: as an inner one it was planned for the few rows of the
    first time, and 25,000 updates took minutes.

    >>> of_a_statement('INSERT INTO "h" ("a", "b") VALUES (NEW."a", f()); RETURN NULL;', "WHEN (OLD.* IS DISTINCT FROM NEW.*)")
    'INSERT INTO "h" ("a", "b") SELECT new_values."a", f() FROM old_values FULL JOIN new_values ON new_values."id" = old_values."id" WHERE (old_values.* IS DISTINCT FROM new_values.*); RETURN NULL;'
    """
    into, _, values = each.removesuffix("); RETURN NULL;").partition(" VALUES (")
    once = values.replace("_pgh_attach_context()", "(SELECT _pgh_attach_context())")
    met = 'old_values FULL JOIN new_values ON new_values."id" = old_values."id"'
    changed = condition.removeprefix("WHEN ").replace("OLD.", "old_values.")
    return f"{into} SELECT {once} FROM {met} WHERE {changed}; RETURN NULL;".replace("NEW.", "new_values.")


class _Together(pgtrigger.Trigger):
    """The trigger of an UPDATE that notes all of its rows, instead of ``each`` one alone."""

    def __init__(self, each: pghistory.trigger.Event) -> None:
        super().__init__(
            name=each.name,
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=pgtrigger.Update,
            referencing=pgtrigger.Referencing(old="old_values", new="new_values"),
        )
        self.each = each

    def get_func(self, model: Any) -> str:
        """Its SQL."""
        return of_a_statement(self.each.render_func(model), self.each.render_condition(model))


class _Updates(pghistory.UpdateEvent):
    """The versions that updates make."""

    def add_event_trigger(self, event_model: Any) -> None:
        """As pghistory's for each row would be, but for all together."""
        each = pghistory.trigger.Event(
            event_model=event_model,
            label=self.label,
            name=self.trigger_name,
            row=self.row,
            operation=self.operation,
            condition=self.condition,
            level=pgtrigger.Row,
        )
        pgtrigger.register(_Together(each))(event_model.pgh_tracked_model)


def tracked(**options: Any) -> Callable[[type[models.Model]], type[models.Model]]:
    """A class decorator: the table has a history, and is never truncated past it."""

    def decorate(model: type[models.Model]) -> type[models.Model]:
        recorded = pghistory.track(
            pghistory.InsertEvent(level=pghistory.Statement),
            _Updates(),
            pghistory.DeleteEvent(level=pghistory.Statement),
            base_model=HistoryEvent,
            **options,
        )(model)
        for field in model._meta.concrete_fields:
            # A version is looked up by its row, its owner and its context; each index more costs every write.
            if field.remote_field and field.remote_field.on_delete is not models.CASCADE:
                recorded.pgh_event_model._meta.get_field(field.name).db_index = False
        return pgtrigger.register(
            pgtrigger.Trigger(
                name="never_truncated",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION '% is never truncated: delete its rows, so that history has them.', TG_TABLE_NAME;",
            )
        )(recorded)

    return decorate


def check_now() -> None:
    """Ask at once the rules that wait for the end of the transaction; the history's own block goes on waiting for it.

    A block that was sealed in the middle would keep all others waiting until the end, and might deadlock with them.
    Raises Django's database errors, as the commit would.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT history_hold(true); SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED; SELECT history_hold(false)"
        )
