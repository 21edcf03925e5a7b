"""Audits of actors' authority."""

from django.db.models import F, Q

from actors.models import Authority
from border.kernel.audits import Rows, audit


@audit("An actor holds authority only while it exists.", of=Authority, about="actor")
def authorities_out_of_time(rows: Rows) -> Rows:
    """Authority that surely holds on a day, or can only hold on days, on which its actor surely did not exist."""
    return rows.filter(
        ~Q(certain__contained_by=F("actor__possible")) | ~Q(possible__overlap=F("actor__possible"))
    )
