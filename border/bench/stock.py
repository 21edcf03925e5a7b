"""The usual way to import a dataset: a resource of django-import-export that saves row by row through the models."""

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt
from typing import Any

import tablib
from import_export import resources

from actors.models import Actor
from border.imports.formats import Happening, Party, Row, Spot, bare_name
from border.imports.names import bare_place, keys_of
from events.choices import EventKind
from events.models import Casualty, Event, EventCitation, ExternalRecord, Participation
from sources.models import Source
from territories.models import Territory

NEAR_M = 2_000
DIVISIONS = ("governorate", "district")
SURE = {"place": 2, "near": 1, "adm2": 2, "adm1": 1}
WHOSE = {"all": "unknown", "civilians": "civilians", "side_a": "actor", "side_b": "actor"}


class EventResource(resources.ModelResource):
    """Events with all that belongs to them, from rows that are read already."""

    class Meta:
        model = Event
        import_id_fields = ("slug",)
        fields = (
            "slug", "title", "kind", "sub_kind", "date", "confidence", "territory", "longitude", "latitude", "uncertainty_m",
        )  # fmt: skip

    def __init__(self, release: Source, columns: Iterable[str]) -> None:
        super().__init__()
        self.release, self.columns = release, list(columns)

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Who took part, how many died, where it stands, and the row itself."""
        read: Row = row["row"]
        told: Any = read.event
        parties = [(actor_of(party), party) for party in told.parties]
        for actor, party in parties:
            if actor is not None:
                note = "" if actor.name == party.name else f"Named as: {party.name}"[:300]
                Participation.objects.get_or_create(
                    event=instance, actor=actor, role=party.role, sub_role=party.type, defaults={"note": note}
                )
        number = 0
        for toll in told.deaths:
            side = {"side_a": 0, "side_b": 1}.get(toll.whom)
            actor = None if side is None else parties[side][0]
            if toll.whom in WHOSE and (side is None or actor is not None):
                number += 1
                Casualty.objects.create(
                    event=instance, number=number, kind="killed", whom=WHOSE[toll.whom], actor=actor, low=toll.low,
                    best=toll.best, high=toll.high, source=self.release,
                )  # fmt: skip
        EventCitation.objects.create(
            record=instance, number=1, source=self.release, locator=f"id {read.key}", quote=told.summary[:300]
        )
        raw = dict(zip(self.columns, read.cells, strict=True))
        ExternalRecord.objects.create(release=self.release, key=read.key, raw=raw, event=instance)


def take(rows: Iterable[Row], release: Source, columns: Iterable[str]) -> Any:
    """Import ``rows`` through the resource; what it says of them."""
    columns = list(columns)
    data = tablib.Dataset(headers=[*EventResource._meta.fields, "row"])
    for row in rows:
        if row.event:
            data.append([*_event(row.key, row.event), row])
    return EventResource(release, columns).import_data(data, raise_errors=True)


def actor_of(party: Party) -> Actor | None:
    """Who is meant: by the id in the dataset, else by the same name if only one bears it."""
    if found := Actor.objects.filter(ucdp_id=party.id).first():
        return found
    same = [key for key in keys_of(bare_name(party.name)) if key[0] in "ef"]
    named = list(Actor.objects.filter(search_keys__overlap=same)[:2])
    return named[0] if len(named) == 1 else None


def place_of(spot: Spot) -> Territory | None:
    """Where it was: a town of that name within 2 km, else the smallest division that is named, else the country."""
    if spot.level == "place":
        keys = [key for key in keys_of([bare_place(spot.name)]) if key[0] in "ef" or len(key) > 4]
        towns = Territory.objects.filter(kind="town", search_keys__overlap=keys)
        near = [town for town in towns if _metres(town, spot) <= NEAR_M]
        if len(near) == 1:
            return near[0]
    sure = list(enumerate(spot.divisions))[: SURE.get(spot.level, 0)]
    for depth, name in reversed(sure):
        keys = keys_of([bare_place(name)])
        found = list(Territory.objects.filter(kind=DIVISIONS[depth], search_keys__overlap=keys)[:2])
        if len(found) == 1:
            return found[0]
    return Territory.objects.filter(kind="country", countries=[spot.country]).first()


def _event(key: str, told: Happening) -> list[Any]:
    who = " – ".join(party.name for party in told.parties)
    territory, point = place_of(told.place), told.point or ("", "")
    unclear = told.precision["event_clarity"] == "2"
    return [
        f"ucdp-{key}", f"{EventKind(told.kind).label}: {who}, {told.place.name}"[:200], told.kind, told.sub_kind, told.date,
        "low" if unclear else "moderate", territory.pk if territory else "", *point,
        told.uncertainty_m if told.point else "",
    ]  # fmt: skip


def _metres(town: Territory, spot: Spot) -> float:
    one, other, east = (
        radians(float(degrees or 0))
        for degrees in (town.latitude, spot.latitude, float(town.longitude or 0) - float(spot.longitude or 0))
    )
    half = sin((one - other) / 2) ** 2 + cos(one) * cos(other) * sin(east / 2) ** 2
    return 2 * 6_371_000 * asin(sqrt(half))


def said(slugs: Iterable[str]) -> list[tuple[Any, ...]]:
    """What the database has of the events with these slugs, without numbers of rows: for comparing two ways."""
    found = Event.objects.filter(slug__in=list(slugs)).select_related("territory").order_by("slug")
    return [_said(event) for event in found]


def _said(event: Any) -> tuple[Any, ...]:
    return (
        event.slug, event.title, event.kind, event.sub_kind, event.date, event.possible, event.certain, event.confidence,
        event.territory.slug, event.longitude, event.latitude, event.uncertainty_m, sorted(event.search_keys), event.status,
        sorted(event.participations.values_list("actor__slug", "role", "sub_role", "certainty", "note")),
        list(event.casualties.order_by("number").values_list("number", "whom", "actor__slug", "low", "best", "high")),
        list(event.citations.values_list("number", "locator", "quote", "stance")),
        list(event.external_records.values_list("key", "raw")),
    )  # fmt: skip


__all__ = ["said", "take"]
