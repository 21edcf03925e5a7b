"""Candidates worked out anew, all of them."""

from dataclasses import dataclass

from django.db import connection, transaction

from border.documents.planning import whole_tables
from border.links.comparing import FILL
from border.links.models import Candidate


@dataclass(frozen=True)
class Found:
    """How many pairs may be one, and how many of them nobody has judged."""

    pairs: int
    open: int

    def __str__(self) -> str:
        return f"{self.pairs:,} pairs of events may be one; nobody has judged {self.open:,} of them."


def look() -> Found:
    """Put the pairs of events that may be one by what is known now in the place of those before; what was judged stays."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM links_candidate")
        with whole_tables(cursor):
            cursor.execute(FILL)
        cursor.execute("ANALYZE links_candidate")
    return Found(Candidate.objects.count(), Candidate.objects.open().count())
