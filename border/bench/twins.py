"""Made-up ACLED rows about the events of a UCDP file, with the noise that two datasets have between them, and many near them
that are other events.

How much of each kind of noise there is stands in `NOISE`; docs/linking.md says why.
"""

import csv
import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator
from math import cos, radians
from pathlib import Path

Cells = dict[str, str]

# Shares of twins, or of rows; what is left of each is the plain case.
NOISE = {
    "missing": 0.25,  # ACLED has no row of the event
    "split": 0.06,  # it has two, of which the one with more deaths is the twin
    "lumped": 0.06,  # it has one for this and the next event of the same place within two days
    "another place": 0.15,  # 3 to 15 km off, in another place nearby
    "coarse place": 0.10,  # known to its surroundings, or to its division only
    "coarse date": 0.10,  # known to a week or a month
    "another actor": 0.12,  # somebody unidentified in the place of one side
    "swapped sides": 0.25,
}
# So many days off are dates; one way or the other.
DAYS_OFF = {0: 0.70, 1: 0.18, 2: 0.07, 3: 0.05}
# How the number killed compares: as it is, within a fifth, up to double or half, nothing told, anything.
DEATHS = {"same": 0.45, "fifth": 0.22, "double": 0.15, "none": 0.10, "any": 0.08}
# For each UCDP row so many that are none of its twins lie near it in time and place.
OTHERS = 1.5
FIGHTS = {
    ("Battles", "Armed clash"): 0.45,
    ("Battles", "Government regains territory"): 0.04,
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"): 0.17,
    ("Explosions/Remote violence", "Air/drone strike"): 0.16,
    ("Explosions/Remote violence", "Remote explosive/landmine/IED"): 0.14,
    ("Explosions/Remote violence", "Suicide bomb"): 0.04,
}
ON_CIVILIANS = {
    ("Violence against civilians", "Attack"): 0.50,
    ("Violence against civilians", "Abduction/forced disappearance"): 0.06,
    ("Explosions/Remote violence", "Remote explosive/landmine/IED"): 0.26,
    ("Explosions/Remote violence", "Suicide bomb"): 0.12,
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"): 0.06,
}
COLUMNS = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,"
    "assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,"
    "geo_precision,source,source_scale,notes,fatalities,tags,timestamp"
).split(",")
ISO = {"Iraq": "368", "Syria": "760"}
_DISORDER = {"Battles": "Political violence", "Explosions/Remote violence": "Political violence"}
_KM = 1 / 111.19508


def rows_of(path: Path) -> list[Cells]:
    """The rows of a UCDP file, without a line of tags below its header."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.DictReader(file) if row["id"].isdigit()]


def write(path: Path, rows: list[Cells], seed: int) -> dict[str, str]:
    """Write the ACLED file of twins and others, in no order; the true twins, by the id of the ACLED row that of UCDP."""
    maker = _Maker(rows, seed)
    made = list(maker.made())
    maker.dice.shuffle(made)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
        table.writeheader()
        table.writerows(made)
    return maker.twins


class _Maker:
    def __init__(self, rows: list[Cells], seed: int) -> None:
        self.rows, self.dice = rows, random.Random(seed)  # noqa: S311 -- the same rows every time
        self.twins: dict[str, str] = {}
        self._numbers = iter(self.dice.sample(range(1, 10 * len(rows) + 100), 5 * len(rows) + 50))
        self._in_place: dict[tuple[str, str], list[Cells]] = defaultdict(list)
        places: dict[tuple[int, int], dict[str, Cells]] = defaultdict(dict)
        for row in rows:
            self._in_place[row["latitude"], row["longitude"]].append(row)
            if row["where_prec"] == "1":
                cell = (int(float(row["latitude"]) * 8), int(float(row["longitude"]) * 8))
                places[cell].setdefault(row["where_coordinates"], row)
        self._places = places

    def made(self) -> Iterator[Cells]:
        for row in self.rows:
            for _ in range(int(OTHERS + self.dice.random())):
                yield self._other(row)
            if self._falls("missing"):
                continue
            yield from self._twins(row)

    def _twins(self, row: Cells) -> Iterator[Cells]:
        killed = int(row["best"])
        if self._falls("split"):
            part = killed // 3
            first = self._row(row, self._day(row), killed - part)
            yield first
            yield self._row(row, self._day(row), part)
        elif (next_one := self._next(row)) and self._falls("lumped"):
            first = self._row(row, self._day(row), killed + int(next_one["best"]))
            yield first
            if int(next_one["best"]) > killed:
                row = next_one
        else:
            first = self._row(row, self._day(row), self._killed(killed))
            yield first
        self.twins[first["event_id_cnty"]] = row["id"]

    def _other(self, row: Cells) -> Cells:
        """Another event: mostly in the same place or near, some days off, between the same or others, with few killed."""
        day = dt.date.fromisoformat(row["date_start"][:10]) + dt.timedelta(
            days=self._sign() * int(1 + 12 * self.dice.random() ** 1.5)
        )
        if self.dice.random() < 0.15:
            day = dt.date.fromisoformat(row["date_start"][:10])
        about = row if self.dice.random() < 0.6 else self.dice.choice(self.rows)
        killed = self.dice.choices((0, 1, 2, 3, int(1 / (0.02 + self.dice.random()))), (35, 25, 15, 10, 15))[
            0
        ]
        return self._row({**about, **self._where(row)}, day, killed)

    def _where(self, row: Cells) -> Cells:
        names = ("latitude", "longitude", "where_coordinates", "where_prec", "adm_1", "adm_2", "country")
        return {name: row[name] for name in names}

    def _falls(self, noise: str) -> bool:
        return self.dice.random() < NOISE[noise]

    def _sign(self) -> int:
        return self.dice.choice((-1, 1))

    def _day(self, row: Cells) -> dt.date:
        begun, ended = (dt.date.fromisoformat(row[name][:10]) for name in ("date_start", "date_end"))
        some = begun + dt.timedelta(days=self.dice.randint(0, (ended - begun).days))
        off = self.dice.choices(list(DAYS_OFF), list(DAYS_OFF.values()))[0]
        return some + dt.timedelta(days=self._sign() * off)

    def _killed(self, killed: int) -> int:
        how = self.dice.choices(list(DEATHS), list(DEATHS.values()))[0]
        if how == "fifth":
            return max(0, round(killed * self.dice.uniform(0.8, 1.2)))
        if how == "double":
            return round(killed * self.dice.uniform(0.5, 2))
        return {"same": killed, "none": 0}.get(how, int(1 / (0.02 + self.dice.random())))

    def _next(self, row: Cells) -> Cells | None:
        day = dt.date.fromisoformat(row["date_start"][:10])
        return next(
            (
                other
                for other in self._in_place[row["latitude"], row["longitude"]]
                if other is not row and 0 <= (dt.date.fromisoformat(other["date_start"][:10]) - day).days <= 2
            ),
            None,
        )

    def _point(self, row: Cells) -> tuple[float, float, str, str]:
        """Latitude, longitude, precision and name of the place."""
        latitude, longitude, name = float(row["latitude"]), float(row["longitude"]), row["where_coordinates"]
        precision = {"1": "1", "2": "2"}.get(row["where_prec"], "3")
        if precision == "1" and self._falls("coarse place"):
            precision = self.dice.choice("23")
        if precision == "1" and self._falls("another place"):
            away, turn = self.dice.uniform(3, 15) * _KM, self.dice.uniform(0, 360)
            latitude += away * cos(radians(turn))
            longitude += away * cos(radians(turn - 90)) / cos(radians(latitude))
            name = self._neighbour(latitude, longitude) or f"{name} countryside"
        # Another gazetteer: the middle of a town lies some hundred metres elsewhere.
        latitude += self.dice.gauss(0, 0.6) * _KM
        longitude += self.dice.gauss(0, 0.6) * _KM
        return (
            latitude,
            longitude,
            precision,
            name.removesuffix(" town").removesuffix(" city").removesuffix(" village"),
        )

    def _neighbour(self, latitude: float, longitude: float) -> str:
        near = self._places.get((int(latitude * 8), int(longitude * 8)))
        return self.dice.choice(list(near)) if near else ""

    def _row(self, row: Cells, day: dt.date, killed: int) -> Cells:
        civilian = row["type_of_violence"] == "3"
        kinds = ON_CIVILIANS if civilian else FIGHTS
        event_type, sub_event_type = self.dice.choices(list(kinds), list(kinds.values()))[0]
        country = row["country"]
        sides = [
            acled_name(row["side_a"], country),
            "Civilians" if civilian else acled_name(row["side_b"], country),
        ]
        if self._falls("another actor"):
            sides[self.dice.randrange(2 - civilian)] = "Unidentified Armed Group"
        if not civilian and self._falls("swapped sides"):
            sides.reverse()
        one, other = (
            f"{side} ({country})" if side in {"Unidentified Armed Group", "Civilians"} else side
            for side in sides
        )
        precise = self.dice.choices("23", (7, 3))[0] if self._falls("coarse date") else "1"
        latitude, longitude, precision, place = self._point(row)
        return {
            "event_id_cnty": f"{country[:3].upper()}{next(self._numbers)}",
            "event_date": f"{day:%d %B %Y}",
            "year": str(day.year),
            "time_precision": precise,
            "disorder_type": _DISORDER.get(event_type, "Political violence"),
            "event_type": event_type,
            "sub_event_type": sub_event_type,
            "actor1": one,
            "inter1": "State forces" if "Forces" in one else "Rebel group",
            "actor2": other,
            "inter2": "Civilians" if "Civilians" in other else "Rebel group",
            "iso": ISO.get(country, ""),
            "region": "Middle East",
            "country": country,
            "admin1": row["adm_1"].removesuffix(" governorate").removesuffix(" province"),
            "admin2": row["adm_2"].removesuffix(" district"),
            "location": place,
            "latitude": f"{latitude:.4f}",
            "longitude": f"{longitude:.4f}",
            "geo_precision": precision,
            "source": "Made-up Agency",
            "source_scale": "National",
            "fatalities": str(killed),
            "timestamp": "1658707200",
        }


def acled_name(name: str, country: str) -> str:
    """How ACLED would call whom UCDP calls so.

    >>> acled_name("Government of Iraq", "Iraq"), acled_name("IS", "Syria"), acled_name("Ansar al-Islam", "Iraq")
    ('Military Forces of Iraq (2014-)', 'Islamic State (Syria)', 'Ansar al-Islam')
    """
    if name.startswith("Government of "):
        return f"Military Forces of {name.removeprefix('Government of ').partition(' (')[0]} (2014-)"
    return f"Islamic State ({country})" if name == "IS" else name
