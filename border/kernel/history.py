"""History: who changed what, when, why and from which import, written by the database itself.

Triggers write it, so the admin, CSV, COPY and psql are all in it. Inserts and deletes are recorded once per
statement and updates once per row: a statement-level UPDATE trigger keeps a bad plan (a bulk update took
minutes). One sequence numbers the history of every table, so that its order is total and owes nothing to clocks.
"""

from collections.abc import Callable
from typing import Any

import pghistory
import pghistory.models
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


def tracked(**options: Any) -> Callable[[type[models.Model]], type[models.Model]]:
    """A class decorator: the table has a history, and is never truncated past it."""

    def decorate(model: type[models.Model]) -> type[models.Model]:
        recorded = pghistory.track(
            pghistory.InsertEvent(level=pghistory.Statement),
            pghistory.UpdateEvent(level=pghistory.Row),
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
