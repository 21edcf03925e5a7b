"""What PostgreSQL's planner is told by statements that take many rows at once."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.expressions import RawSQL

from border.documents.sql import quoted

# Below this many rows any plan is good enough.
MANY = 1000


@contextmanager
def whole_tables(cursor: Any) -> Iterator[None]:
    """Joins go through whole tables once, whatever PostgreSQL believes their size to be.

    It knows little of tables that were just filled, or of one whose rows are all of another kind by now, and takes them
    for small: then it goes through all of one for each row of the other, for hours. Plans made when the tables were small
    are not kept either.
    """
    cursor.execute("SET LOCAL enable_nestloop = off; DISCARD PLANS")
    yield
    cursor.execute("SET LOCAL enable_nestloop = on; DISCARD PLANS")


def array(ids: Iterable[int]) -> str:
    """These ``ids`` as PostgreSQL writes an array, for ``%s::bigint[]``: psycopg takes six times as long for a list of many.

    >>> array([1, 2, 3])
    '{1,2,3}'
    """
    return f"{{{','.join(map(str, ids))}}}"


def among(ids: Collection[int]) -> RawSQL:
    """For a filter, these ``ids``: as one value, where each by itself would be a word of the statement to be written and read."""
    return RawSQL("SELECT unnest(%s::bigint[])", [array(ids)])


def known_again(cursor: Any, models: Collection[Any]) -> None:
    """Tell PostgreSQL how large the tables of ``models`` are by now, and their histories.

    Whoever looks at them while rows are being written sees none of these. Where that is PostgreSQL's own look round, it
    takes the tables for empty, and goes through all of one for each row that refers to it, for minutes, until it looks
    again. A small sample will do to keep it from that; a table that somebody else is looking at is left to them.
    """
    histories = (getattr(model, "pgh_event_model", None) for model in models)
    tables = sorted(quoted(model) for model in {*models, *histories} - {None})
    cursor.execute(
        "SET LOCAL default_statistics_target = 10;"
        f"ANALYZE (SKIP_LOCKED) {', '.join(tables)};"
        "SET LOCAL default_statistics_target TO DEFAULT"
    )
