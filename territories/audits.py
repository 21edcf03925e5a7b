"""Audits of territories, and of what lay in what."""

from django.db.models import F, Q

from border.kernel.audits import Rows, audit
from territories.models import Containment


@audit("Territories lie in each other while both exist.", of=Containment, about="child parent")
def containments_out_of_time(rows: Rows) -> Rows:
    """Containments that surely hold on a day on which the child or the parent surely did not exist."""
    return rows.filter(
        ~Q(certain__contained_by=F("child__possible"))
        | ~Q(certain__contained_by=F("parent__possible"))
        | ~Q(possible__overlap=F("child__possible"))
        | ~Q(possible__overlap=F("parent__possible"))
    )
