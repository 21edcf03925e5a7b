"""Audits of events, of those who took part, and of those who were harmed."""

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.lookups import LessThan

from border.kernel.audits import Rows, audit
from border.kernel.records import Status
from events.models import Casualty, Event, ExternalRecord, Participation
from territories.choices import TerritoryKind
from territories.models import Territory

AREAS = (
    TerritoryKind.REGION,
    TerritoryKind.COUNTRY,
    TerritoryKind.GOVERNORATE,
    TerritoryKind.DISTRICT,
    TerritoryKind.SUBDISTRICT,
    TerritoryKind.RIVER,
    TerritoryKind.BORDER,
    TerritoryKind.BORDER_AREA,
    TerritoryKind.DECLARED_PROVINCE,
)
SMALL_M = 5_000


@audit("Nobody takes part in an event before coming into being.", of=Participation, about="event actor")
def participants_too_early(rows: Rows) -> Rows:
    """Parts in events that lie whole before the first day on which the actor may have existed."""
    return rows.filter(event__possible__fully_lt=F("actor__possible"))


@audit("Nobody takes part in an event after ceasing to be.", of=Participation, about="event actor")
def participants_too_late(rows: Rows) -> Rows:
    """Parts in events that lie whole after the last day on which the actor may have existed."""
    return rows.filter(event__possible__fully_gt=F("actor__possible"))


@audit("An event happens in a territory that exists at the time.", of=Event, about="territory")
def events_out_of_time(rows: Rows) -> Rows:
    """Events that can only have happened on days on which their territory surely did not exist."""
    return rows.filter(~Q(possible__overlap=F("territory__possible")))


@audit("Of a claim's counts, low is not above best, nor best above high.", of=Casualty, about="event")
def casualties_out_of_order(rows: Rows) -> Rows:
    """Claims whose counts are not in order. Real datasets have some, so no rule forbids them."""
    return rows.filter(Q(low__gt=F("best")) | Q(best__gt=F("high")) | Q(low__gt=F("high")))


@audit("An event known only to lie in an area is not a pin on its middle.", of=Event, about="territory")
def pins_on_areas(rows: Rows) -> Rows:
    """Events at the very point that stands for an area, surer of it than the area is, or within 5 km."""
    middle = Territory.objects.filter(
        kind__in=AREAS, longitude=OuterRef("longitude"), latitude=OuterRef("latitude")
    )
    # One question, which PostgreSQL answers by joining; two of them it asks anew for each event.
    surer = Q(uncertainty_m__gt=OuterRef("uncertainty_m")) | Q(LessThan(OuterRef("uncertainty_m"), SMALL_M))
    return rows.filter(Exists(middle.filter(surer)))


@audit("What a dataset deleted is withdrawn here.", of=Event, about="territory")
def events_deleted_by_their_dataset(rows: Rows) -> Rows:
    """Events of which a dataset deleted the row, and that stand: public ones, and those that rest on more than the row."""
    deleted = ExternalRecord.objects.filter(event=OuterRef("pk"), deleted_at__isnull=False)
    return rows.exclude(status=Status.WITHDRAWN).filter(Exists(deleted))
