"""A made-up release of UCDP GED, and the world that it is taken into: of its names, some are known here."""

import csv
import datetime as dt
import random
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from actors.models import Actor
from border.bench.naming import BODIES, KINDS, put_together, spellings
from border.imports.formats.headers import GED_COLUMNS
from border.publication.operations import publish
from territories.models import Territory

WHO, REVIEWER = "bench-importer", "bench"
PLACES, KNOWN_PLACES = 5_000, 1_500
ACTORS, KNOWN_ACTORS = 500, 300
# Who fights whom: in a thousand rows of GED 23.1 there are 253 pairs, in the 7,474 of GED 19.1 about Iraq 32.
DYADS = 800
GOVERNORATES, DISTRICTS = 14, 60
HEADLINE = "Clashes reported as forces move on the road to {}, residents say"
ARTICLE = '"Invented News Agency,{},Clashes reported as forces move on the road to {}";"Made-up Wire,{},Several killed"'


class Names:
    """The places and actors of the release, the same every time; the first of each are known here."""

    def __init__(self) -> None:
        dice, words = random.Random(2015), spellings()  # noqa: S311 -- the same names every time
        self.governorates = _several(dice, words, GOVERNORATES, KINDS)
        self.districts = _several(dice, words, DISTRICTS, KINDS)
        self.places = [
            (name, number % DISTRICTS, f"{32 + 5 * dice.random():.6f}", f"{36 + 5 * dice.random():.6f}")
            for number, name in enumerate(_several(dice, words, PLACES, KINDS))
        ]
        self.actors = _several(dice, words, ACTORS, BODIES)
        self.dyads = [
            (*(int(ACTORS * dice.random() ** 2) for _ in range(2)), dice.choices((1, 2, 3), (65, 10, 25))[0])
            for _ in range(DYADS)
        ]
        # How well a place is known goes with its name: a town is a town each time.
        self.precisions = dice.choices((1, 2, 3, 4, 6), (60, 15, 15, 8, 2), k=PLACES)


def make() -> None:
    """Fill an empty, migrated database with what is known of the release's names, and publish it."""
    names, people = Names(), get_user_model().objects
    people.create(username=WHO)
    state: dict[str, Any] = {"countries": ["SY"], "existed": ""}
    with transaction.atomic():
        Territory.objects.create(slug="syria", name="Syria", kind="country", **state)
        for kind, several in (("governorate", names.governorates), ("district", names.districts)):
            for number, name in enumerate(several):
                Territory.objects.create(slug=f"{kind}-{number}", name=name, kind=kind, **state)
        for number, (name, _, latitude, longitude) in enumerate(names.places[:KNOWN_PLACES]):
            where = {"latitude": latitude, "longitude": longitude, "uncertainty_m": 500}
            Territory.objects.create(slug=f"town-{number}", name=name, kind="town", **where, **state)
        for number, name in enumerate(names.actors[:KNOWN_ACTORS]):
            Actor.objects.create(
                slug=f"actor-{number}", name=name, kind="militia", ucdp_id=1 + number, existed=""
            )
    reviewer = people.create(username=REVIEWER)
    publish(Territory.objects.all(), Actor.objects.all(), by=reviewer, reason="A world to measure")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def write(path: Path, count: int, *, first: int = 1) -> None:
    """Write ``count`` rows of the release: a few places and actors have most of them, some dates and places are vague.

    Their ids are counted from that of the ``first``.
    """
    dice, names = random.Random(2016), Names()  # noqa: S311 -- the same rows every time
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(GED_COLUMNS)
        for number in range(first, first + count):
            row = _row(dice, names, number)
            rows.writerow([row.get(name, "") for name in GED_COLUMNS])


def _row(dice: random.Random, names: Names, number: int) -> dict[str, Any]:
    at = int(PLACES * dice.random() ** 2)
    place, district, latitude, longitude = names.places[at]
    one, other, kind = names.dyads[int(DYADS * dice.random() ** 2)]
    sides = [
        (1 + one, names.actors[one]),
        (9999, "Civilians") if kind == 3 else (1 + other, names.actors[other]),
    ]
    where = names.precisions[at] if dice.random() < 0.9 else 2
    precise = dice.choices((1, 2, 4), (75, 15, 10))[0]
    begun = dt.date(2011, 3, 15) + dt.timedelta(days=dice.randrange(4400))
    ended = begun + dt.timedelta(days={1: 0, 2: 3, 4: 27}[precise])
    killed = int(1 / (0.02 + dice.random()))
    told = killed if dice.random() < 0.25 else 0
    return {
        "id": 500_000 + number, "relid": f"SYR-{begun.year}-1-{number}", "year": begun.year, "active_year": 1,
        "code_status": "Clear", "type_of_violence": kind, "conflict_new_id": 299, "conflict_name": "Invented: Government",
        "dyad_new_id": 1000 + one, "dyad_name": f"{sides[0][1]} - {sides[1][1]}",
        "side_a_new_id": sides[0][0], "side_a": sides[0][1], "side_b_new_id": sides[1][0], "side_b": sides[1][1],
        "number_of_sources": 2, "source_article": ARTICLE.format(begun, place, begun),
        "source_office": "Invented News Agency;Made-up Wire", "source_date": f"{begun};{begun}",
        "source_headline": HEADLINE.format(place), "where_prec": where,
        "where_coordinates": f"{place} town", "where_description": f"on the road to {place}",
        "adm_1": f"{names.governorates[district % GOVERNORATES]} governorate", "adm_2": f"{names.districts[district]} district",
        "latitude": latitude, "longitude": longitude, "geom_wkt": f"POINT ({longitude} {latitude})",
        "priogrid_gid": 179_000 + district, "country": "Syria", "country_id": 652, "region": "Middle East",
        "event_clarity": 1 if dice.random() < 0.9 else 2, "date_prec": precise, "date_start": f"{begun} 00:00:00.000",
        "date_end": f"{ended} 00:00:00.000", "deaths_a": 0, "deaths_b": told, "deaths_civilians": 0,
        "deaths_unknown": killed - told, "best": killed, "high": killed + dice.randrange(3), "low": killed, "gwnoa": "",
        "gwnob": "",
    }  # fmt: skip


def _several(dice: random.Random, words: Any, count: int, firsts: Any) -> list[str]:
    """So many different names."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[put_together(dice, words, firsts)[0]] = None
    return list(found)
