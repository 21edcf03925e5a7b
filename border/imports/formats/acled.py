"""From a row of ACLED to what happened: the event export of both generations, and the list of deletions.

Where: geo precision 1 is a named place, taken as 2 km around its point, since two datasets differ by 0.8 km on one town
of this region, and a town has a size; 2 is the surroundings of a place, taken as the 25 km that UCDP names for the same
judgement, since ACLED names none; 3 is a region, for which the coordinates only stand: no point is kept.
"""

import datetime as dt
from functools import lru_cache, partial
from typing import ClassVar

from border.contracts.cells import nearest, shown
from border.imports.formats import acled_codes as codes
from border.imports.formats.countries import country_of
from border.imports.formats.dates import Span, Unreadable, week_or_month
from border.imports.formats.figures import Place, coordinates, seconds, whole, wrong_count
from border.imports.formats.reader import Reader
from border.imports.formats.records import Happening, Party, Row, Spot, Toll
from events.choices import EventKind, ParticipantRole

AROUND_A_PLACE_M = 2_000
NEAR_A_PLACE_M = 25_000
_LEVELS = {"1": "place", "2": "near", "3": "adm1"}
_METRES = {"1": AROUND_A_PLACE_M, "2": NEAR_A_PLACE_M}
_LONGEST_LIST, _LONGEST_NAME, _LONGEST_SUB_KIND = 500, 100, 60
_PRECISIONS = frozenset("123")


class Events(Reader):
    """Reads the rows of an ACLED event export."""

    wanted: ClassVar = tuple(
        "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1"
        " actor2 assoc_actor_2 inter2 interaction civilian_targeting iso iso3 country admin1 admin2 admin3 location latitude"
        " longitude geo_precision source source_scale notes fatalities timestamp".split()
    )

    def read(self, line: int, cells: list[str]) -> Row:
        """What one row says; with any fault, no event."""
        (
            key, date, year, time_precision, disorder, event_type, sub_event_type, actor1, assoc1, inter1, actor2,
            assoc2, inter2, interaction, targeting, iso, iso3, country, admin1, admin2, admin3, location, latitude,
            longitude, geo_precision, source, scale, notes, fatalities, timestamp,
        ) = self._take((*cells, ""))  # fmt: skip
        row = Row(line, key.strip(), cells)
        if not is_event_id(row.key):
            self._refuse(row, "event_id_cnty", key, WRONG_ID)
        span = self._when(row, date, time_precision)
        kind, sub_kind = self._kind(row, event_type, sub_event_type)
        two_letters = country_of(number=iso[:9], three=iso3[:9], name=country[:_LONGEST_NAME])
        place = coordinates(latitude, longitude, two_letters)
        if place.column:
            self._judge(row, place, {"latitude": latitude, "longitude": longitude})
        if geo_precision not in _PRECISIONS:
            self._refuse(row, "geo_precision", geo_precision, "The precision of a place is 1, 2 or 3.")
        dead = whole(fatalities)
        if dead is None:
            self._refuse(row, "fatalities", fatalities, wrong_count(fatalities))
        updated_at = seconds(timestamp)
        if updated_at is None and timestamp.strip():
            self._warn(
                row,
                "timestamp",
                timestamp,
                "This is no number of seconds since 1970. When the row was changed is not known.",
            )
        if span and year and year != date[:4] and not span.covers(year):
            self._warn(row, "year", year, f"The date is {span.date}. The date is kept.")
        self._judge_words(row, disorder, targeting, interaction, scale)
        sides = self._sides(row, event_type, (actor1, assoc1, inter1), (actor2, assoc2, inter2))
        if span is None or dead is None or row.faults:
            return row
        metres = _METRES.get(geo_precision)
        point = place.point(metres)
        row.event = Happening(
            date=span.date,
            possible=span.possible,
            certain=span.certain,
            kind=kind,
            sub_kind=sub_kind,
            place=_spot(geo_precision, location, (admin1, admin2, admin3), two_letters, country, place),
            point=point,
            uncertainty_m=metres if point else None,
            parties=sides,
            deaths=[Toll("all", None, dead, None)] if dead else [],
            summary=notes,
            sources=source,
            updated_at=updated_at,
            precision={"time_precision": time_precision, "geo_precision": geo_precision},
        )
        return row

    def _when(self, row: Row, date: str, precision: str) -> Span | None:
        if precision not in _PRECISIONS:
            self._refuse(row, "time_precision", precision, "The precision of a date is 1, 2 or 3.")
            precision = "1"
        try:
            return self._span(partial(week_or_month, date, precision))
        except Unreadable as error:
            self._refuse(row, "event_date", date, str(error))
            return None

    def _kind(self, row: Row, event_type: str, sub_event_type: str) -> tuple[str, str]:
        """Our kind and their finer word."""
        finer = sub_event_type.strip()
        known = codes.SUB_EVENT_TYPES.get(finer.lower())
        kind_of_type = codes.EVENT_TYPES.get(event_type.strip().lower())
        if kind_of_type is None:
            likely = nearest(event_type[:_LONGEST_NAME], codes.EVENT_TYPES)
            hint = f"Perhaps {likely}?" if likely else f"It is one of: {', '.join(codes.EVENT_TYPES)}."
            self._refuse(row, "event_type", event_type, f"ACLED has no such event type. {hint}")
            return EventKind.OTHER, finer
        if known is None:
            self._warn(
                row,
                "sub_event_type",
                sub_event_type,
                f"ACLED's codebook has no such sub-event type. It becomes {kind_of_type}, as its event type.",
            )
            return kind_of_type.value, finer[:_LONGEST_SUB_KIND]
        its_type, kind = known
        if its_type != event_type.strip().lower():
            self._warn(
                row,
                "sub_event_type",
                sub_event_type,
                f"This belongs to {its_type}, not to {shown(event_type.strip())}.",
            )
        return kind.value, finer

    def _judge_words(self, row: Row, disorder: str, targeting: str, interaction: str, scale: str) -> None:
        """Warns of words in the columns that nothing is made of; they are kept as they came."""
        if disorder.lower() not in codes.DISORDER_TYPES:
            self._warn(row, "disorder_type", disorder, _odd_disorder(disorder))
        if targeting.strip().lower() not in codes.CIVILIAN_TARGETING:
            self._warn(row, "civilian_targeting", targeting, "This is no word of ACLED's. Kept as it came.")
        if interaction.lower() not in codes.INTERACTIONS and _dashed(interaction) not in codes.INTERACTIONS:
            self._warn(row, "interaction", interaction, "This is no interaction of ACLED's. Kept as it came.")
        if scale and any(part.strip().lower() not in codes.SOURCE_SCALES for part in scale.split("-")):
            self._warn(row, "source_scale", scale, "This is no scale of ACLED's. Kept as it came.")

    def _sides(
        self,
        row: Row,
        event_type: str,
        first: tuple[str, str, str],
        second: tuple[str, str, str],
    ) -> list[Party]:
        """Who took part: order means something only in violence against civilians."""
        one_sided = event_type.strip().lower() == "violence against civilians"
        roles = _ROLES_ONE_SIDED if one_sided else _ROLES
        parties: list[Party] = []
        for number, role, (actor, associates, inter) in zip("12", roles, (first, second), strict=True):
            name = actor.strip()
            kind = codes.INTER.get(inter.strip().lower())
            if kind is None:
                self._warn(
                    row,
                    f"inter{number}",
                    inter,
                    "This is no kind of actor that ACLED knows. Kept as it came.",
                )
                kind = ""
            if name:
                parties.append(Party(name, "", role, kind))
            elif number == "1":
                self._warn(row, "actor1", actor, "The event names nobody who did it.")
            if associates:
                note = f"with {name}" if name else ""
                parties += [Party(one, "", _ASSOCIATE, "", note) for one in _listed(associates)]
        return parties


class Deletions(Reader):
    """Reads the rows of ACLED's list of deleted events."""

    wanted: ClassVar = ("event_id_cnty", "deleted_timestamp")

    def read(self, line: int, cells: list[str]) -> Row:
        """Which event was deleted, and when."""
        key, deleted = self._take((*cells, ""))
        row = Row(line, key.strip(), cells)
        if not is_event_id(row.key):
            self._refuse(row, "event_id_cnty", key, WRONG_ID)
        instant = seconds(deleted)
        if instant is None:
            self._refuse(
                row,
                "deleted_timestamp",
                deleted,
                "This is no number of seconds since 1970. Write it like 1658707200.",
            )
        elif not row.faults:
            row.deleted_at = dt.datetime.fromtimestamp(instant, dt.UTC).isoformat()
        return row


WRONG_ID = "The id of an ACLED event is three capital letters and a number. Write it like SYR101018."


def is_event_id(key: str) -> bool:
    """Whether a text has the form of ACLED's ids.

    >>> is_event_id("SYR101018"), is_event_id("114064")
    (True, False)
    """
    letters, digits = key[:3], key[3:]
    return key.isascii() and letters.isalpha() and letters.isupper() and digits.isdigit() and len(key) <= 20


def _odd_disorder(text: str) -> str:
    parts = [part.strip().lower() for part in text.split(";")]
    typos = [codes.DISORDER_TYPOS[part] for part in parts if part in codes.DISORDER_TYPOS]
    if typos:
        return f"{typos[0]} is meant. Kept as it came."
    if all(part in codes.DISORDER_TYPES for part in parts):
        return "Two types in one. Kept as it came."
    return "This is no disorder type of ACLED's. Kept as it came."


def _dashed(interaction: str) -> str:
    """An interaction with hyphens, as the data write it; the codebook prints dashes with blanks around them."""
    return (
        "-".join(part.strip() for part in interaction.replace("–", "-").split("-")).removesuffix(".0").lower()
    )


_ROLES = (ParticipantRole.SIDE_A.value, ParticipantRole.SIDE_B.value)
_ROLES_ONE_SIDED = (ParticipantRole.INITIATOR.value, ParticipantRole.TARGET.value)
_ASSOCIATE = ParticipantRole.ASSOCIATE.value


def _listed(names: str) -> tuple[str, ...]:
    return _split(names) if len(names) <= _LONGEST_LIST else _split.__wrapped__(names)


@lru_cache(maxsize=5_000)
def _split(names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names.split(";") if name.strip()))


def _spot(
    precision: str,
    location: str,
    divisions: tuple[str, str, str],
    two_letters: str,
    country: str,
    place: Place,
) -> Spot:
    """The place; for a region the region itself, described by the town that stands for it."""
    name, described = location.strip(), ""
    admins = tuple([division.strip() for division in divisions])
    if precision == "3" and admins[0]:
        name, described, admins = admins[0], name, admins[:1]
    return Spot(
        name=name,
        described=described,
        divisions=admins,
        country=two_letters,
        country_name=country.strip(),
        longitude=place.longitude,
        latitude=place.latitude,
        level=_LEVELS[precision],
    )
