"""The names that a dataset uses for actors and places, each with its reading: known by id, and looked up once."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from border.imports.formats import Happening, Party, Spot, bare_name
from border.imports.models import ActorReading, PlaceReading
from border.imports.values import as_json
from border.kernel.finding import search_keys

LONGEST = 300
EXAMPLES = 3
# By these a name is the same: as it is written, without marks and case, by its consonants.
_TELLING = ("e:", "f:", "s:")
# What a division is called is not its name. As ACLED, UCDP and their sources write it.
_DIVISION = frozenset(
    "governorate province district subdistrict sub-district muhafazat muhafaza muhafazah mintaqat qada qadaa qaza nahiyat"
    " nahiya town city village".split()
)


class Met:
    """How many rows have a name, and the first of them."""

    __slots__ = ("_first", "rows")

    def __init__(self) -> None:
        self.rows, self._first = 0, b""

    @property
    def examples(self) -> list[list[str]]:
        """The first rows, each by its id, date and title."""
        return [json.loads(row) for row in self._first.splitlines()]

    def note(self, row: tuple[str, str, str]) -> None:
        """Note one more row, by its id, date and title."""
        if self.rows < EXAMPLES:
            # As one string of bytes: of ten thousand names, each with three rows, that is a third of the memory.
            self._first += as_json(row).encode() + b"\n"
        self.rows += 1


class Named(NamedTuple):
    """The readings of the names in one event: of its place, and of its parties in their order."""

    place: int
    actors: list[int]


class Names:
    """The readings of one dataset, as ids."""

    def __init__(self, dataset: str) -> None:
        self._dataset = dataset
        self._actors: dict[str, int] = dict(_of(ActorReading, dataset).values_list("key", "pk"))
        self._places: dict[bytes, int] = {
            bytes.fromhex(digest): pk for digest, pk in _of(PlaceReading, dataset).values_list("digest", "pk")
        }

        self.actors_met: defaultdict[int, Met] = defaultdict(Met)
        self.places_met: defaultdict[int, Met] = defaultdict(Met)

    def count(self, actors: Iterable[int], place: int, row: tuple[str, str, str]) -> None:
        """Note that a row, by its id, date and title, names these actors and this place."""
        self.places_met[place].note(row)
        for actor in set(actors):
            self.actors_met[actor].note(row)

    def named(self, events: Iterable[Happening | None]) -> list[Named | None]:
        """The readings of what each event names, made for the names that have none; of no event, nothing."""
        actors: dict[str, Party] = {}
        places: dict[bytes, Spot] = {}
        keyed: list[tuple[bytes, list[str]] | None] = []
        for event in events:
            if event is None:
                keyed.append(None)
                continue
            keys = [_actor_key(party.id, party.name) for party in event.parties]
            for key, party in zip(keys, event.parties, strict=True):
                if key not in self._actors:
                    actors.setdefault(key, party)
            spot = _place_key(event.place)
            if spot not in self._places:
                places.setdefault(spot, event.place)
            keyed.append((spot, keys))
        if actors:
            self._actors |= _added(ActorReading, "key", [self._actor(*one) for one in actors.items()])
        if places:
            added = _added(PlaceReading, "digest", [self._place(*one) for one in places.items()])
            self._places |= {bytes.fromhex(digest): pk for digest, pk in added.items()}
        return [one and Named(self._places[one[0]], [self._actors[key] for key in one[1]]) for one in keyed]

    def _actor(self, key: str, party: Party) -> dict[str, Any]:
        return {
            "dataset": self._dataset,
            "key": key,
            "name": party.name[:LONGEST],
            "keys": keys_of(bare_name(party.name)),
        }

    def _place(self, key: bytes, spot: Spot) -> dict[str, Any]:
        return {
            "dataset": self._dataset,
            "digest": key.hex(),
            "name": spot.name[:LONGEST],
            "divisions": [one[:LONGEST] for one in spot.divisions],
            "country": spot.country,
            "level": spot.level,
            "longitude": None if spot.longitude is None else str(spot.longitude),
            "latitude": None if spot.latitude is None else str(spot.latitude),
            "keys": keys_of(filter(None, [bare_place(spot.name)])),
            "candidates": [],
        }


def keys_of(names: Iterable[str]) -> list[str]:
    """The search keys by which any of ``names`` is the same as a stored one."""
    return sorted({key for name in names for key in search_keys(name) if key.startswith(_TELLING)})


def bare_place(name: str) -> str:
    """A place's name without what the dataset calls its kind: "Albu Kamal district" is Albu Kamal."""
    words = [word for word in name.split() if word.casefold().strip(".,") not in _DIVISION]
    return " ".join(words) or name


def _of(model: type[Any], dataset: str) -> QuerySet[Any]:
    found: QuerySet[Any] = model._default_manager.filter(dataset=dataset)
    return found


def _added(model: type[Any], key: str, readings: list[dict[str, Any]]) -> dict[str, int]:
    table, columns = model._meta.db_table, ", ".join(readings[0])
    with connection.cursor() as cursor:
        # Another import may be adding the same names: whoever comes second takes what is there.
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_recordset(NULL::{table}, %s)"
            " ON CONFLICT DO NOTHING",
            [as_json(readings)],
        )
    found = _of(model, readings[0]["dataset"]).filter(**{f"{key}__in": [one[key] for one in readings]})
    return dict(found.values_list(key, "pk"))


def _actor_key(number: str, name: str) -> str:
    return f"id {number}" if number else name[:LONGEST]


def _place_key(spot: Spot) -> bytes:
    return _digest(spot.name, spot.divisions, spot.country, spot.level, spot.longitude, spot.latitude)


@lru_cache(maxsize=4_000)
def _digest(
    name: str, divisions: tuple[str, ...], country: str, level: str, longitude: Any, latitude: Any
) -> bytes:
    """What tells a place from others, wherever it lies within a hundredth of a degree."""
    words = (name, divisions, country, level, f"{_hundredth(longitude)} {_hundredth(latitude)}")
    return hashlib.md5(repr(words).encode(), usedforsecurity=False).digest()


def _hundredth(degrees: Any) -> str:
    return "" if degrees is None else f"{degrees:.2f}"
