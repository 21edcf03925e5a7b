"""The names of datasets as a queue: which of them are asked for, with how many rows each, most rows first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from border.imports.choices import Found, ImportState
from border.imports.models import WAITING, ActorReading, Decision, NameCount, PlaceReading
from border.imports.names import keys_of

MODELS: dict[str, type[Any]] = {"actors": ActorReading, "places": PlaceReading}
# How what belongs to a reading names it.
LINKS = {"actors": "actor_reading", "places": "place_reading"}
STATES = {
    "waiting": "Waiting",
    "unsure": "Unsure",
    "unknown": "Unknown",
    "decided": "Decided by a person",
    "matched": "Found without a person",
    "all": "All",
}
_WHICH = {
    "waiting": Q(found__in=WAITING),
    "unsure": Q(found=Found.UNSURE),
    "unknown": Q(found=Found.UNKNOWN),
    "decided": Q(decided_by__isnull=False),
    "matched": Q(decided_by=None, found=Found.MATCHED),
    "all": Q(),
}
# A search this short would find half of all.
SHORTEST = 2


@dataclass(frozen=True)
class Asked:
    """Which names are asked for: of actors or places, of a dataset, in which state, of one import, like what."""

    what: str = "actors"
    state: str = "waiting"
    dataset: str = ""
    of: int | None = None
    q: str = ""

    @property
    def model(self) -> type[Any]:
        """The table of these names."""
        return MODELS[self.what]


def listed(asked: Asked) -> QuerySet[Any]:
    """The readings that are asked for, with ``staged``, ``here`` and ``last``.

    Rows that are ``staged`` wait to be written; those ``here`` are of the import that is asked for; ``last`` is the number
    of the latest decision, 0 where there is none.
    """
    link = LINKS[asked.what]
    counts = NameCount.objects.filter(**{link: OuterRef("pk")}).order_by()
    staged = counts.filter(of__state=ImportState.READ).values(link).annotate(all=Sum("rows")).values("all")
    last = Decision.objects.filter(**{link: OuterRef("pk")}).order_by("-pk").values("pk")
    found = asked.model._default_manager.filter(_WHICH[asked.state]).annotate(
        staged=_number(staged),
        last=_number(last[:1]),
        here=_number(counts.filter(of=asked.of).values("rows")[:1]),
    )
    if asked.dataset:
        found = found.filter(dataset=asked.dataset)
    if len(asked.q) >= SHORTEST:
        found = found.filter(Q(name__icontains=asked.q) | Q(keys__overlap=keys_of([asked.q])))
    if asked.of is not None:
        return found.filter(here__gt=0).order_by("-here", "name", "pk")
    return found.annotate(rows=F("kept") + F("staged")).order_by("-rows", "name", "pk")


def datasets(what: str) -> list[str]:
    """The datasets that have names of actors, or of places."""
    return list(
        MODELS[what]._default_manager.order_by("dataset").values_list("dataset", flat=True).distinct()
    )


def _number(rows: Any) -> Coalesce:
    return Coalesce(Subquery(rows), 0, output_field=IntegerField())
