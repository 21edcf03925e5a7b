"""Counts and coordinates as these files write them."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from border.imports.formats.countries import lies_in

_NUMBER = re.compile(r"-?\d{1,4}(\.\d{1,20})?", re.ASCII)
_WHOLE = re.compile(r"(\d{1,9})(?:\.0+)?", re.ASCII)
_SECONDS = re.compile(r"(\d{9,10})(?:\.0+)?", re.ASCII)
_POINT = re.compile(r"POINT ?\(\s*(-?[\d.]{1,25})\s+(-?[\d.]{1,25})\s*\)", re.IGNORECASE | re.ASCII)
_LONGEST = 60
# About a hundred metres: what rounding to three places can do.
_SAME = Decimal("0.001")

# The counts and years that fill these files, read without thinking.
_SMALL = {str(number): number for number in range(2100)}
whole_if_small: Callable[[str], int | None] = _SMALL.get


class Place(NamedTuple):
    """Two coordinates, why they are refused, and what is odd about them."""

    latitude: Decimal | None
    longitude: Decimal | None
    column: str = ""
    fault: str = ""
    warning: str = ""

    def point(self, metres: int | None) -> tuple[Decimal, Decimal] | None:
        """Longitude and latitude, unless they only stand for an area, for which there are no metres."""
        if metres is None or self.latitude is None or self.longitude is None:
            return None
        return (self.longitude, self.latitude)


def whole(text: str) -> int | None:
    """A count of nought or more; None when the text is no such number.

    >>> whole("12"), whole("12.0"), whole("-1"), whole("a few")
    (12, 12, None, None)
    """
    found = _SMALL.get(text)
    if found is None and (match := _WHOLE.fullmatch(text.strip())):
        return int(match[1])
    return found


def seconds(text: str) -> int | None:
    """An instant in seconds since 1970, from 1973 on; None when the text is none.

    >>> seconds("1658707200"), seconds("1658707200000")
    (1658707200, None)
    """
    match = _SECONDS.fullmatch(text.strip())
    return int(match[1]) if match else None


def wrong_count(text: str) -> str:
    """Why a text is no count, and what would be."""
    plain = text.strip()
    if not plain:
        return "A count is missing. Write 0 where there is none or none is known."
    if re.fullmatch(r"-\d+(\.0+)?", plain):
        return "A count is never below 0."
    return "This is not a whole number in plain digits. Write it like 12."


def coordinates(latitude: str, longitude: str, country: str, outline: str = "") -> Place:
    """Where a pair of texts lies, held against the country and, for UCDP, against the point in its ``geom_wkt``."""
    if len(latitude) + len(longitude) + len(outline) > 3 * _LONGEST:
        return _judged.__wrapped__(latitude, longitude, country, outline)  # no long text is kept for later
    return _judged(latitude, longitude, country, outline)


@lru_cache(maxsize=20_000)
def _judged(latitude: str, longitude: str, country: str, outline: str) -> Place:
    if not latitude.strip() and not longitude.strip():
        return Place(None, None, "latitude", warning="The row has no coordinates.")
    for column, text in (("latitude", latitude), ("longitude", longitude)):
        if len(text) > _LONGEST or not _NUMBER.fullmatch(text.strip()):
            return Place(
                None, None, column, "This is no number of degrees. Write it like 34.4522, with a point."
            )
    north, east = Decimal(latitude.strip()), Decimal(longitude.strip())
    if abs(north) > 90 or abs(east) > 180:
        column = "latitude" if abs(north) > 90 else "longitude"
        swapped = abs(north) <= 180 and abs(east) <= 90
        remedy = "Perhaps latitude and longitude are swapped." if swapped else "Look it up in the original."
        limit = 90 if column == "latitude" else 180
        return Place(None, None, column, f"A {column} lies between -{limit} and {limit}. {remedy}")
    if not north and not east:
        return Place(
            None,
            None,
            "latitude",
            "0 and 0 is a point in the Atlantic that stands for no coordinates. Leave both empty.",
        )
    return _held_against(north, east, country, outline)


def _held_against(north: Decimal, east: Decimal, country: str, outline: str) -> Place:
    point = _POINT.fullmatch(outline.strip()) if len(outline) <= _LONGEST else None
    if point:
        across, up = _decimal(point[1]), _decimal(point[2])
        if across is None or up is None:
            return Place(north, east, "geom_wkt", warning="This is no point.")
        if abs(up - north) > _SAME or abs(across - east) > _SAME:
            if abs(up - east) <= _SAME and abs(across - north) <= _SAME:
                return Place(
                    None,
                    None,
                    "latitude",
                    "Latitude and longitude are swapped: geom_wkt has them the other way.",
                )
            return Place(
                north,
                east,
                "geom_wkt",
                warning="This is another point than latitude and longitude, which are kept.",
            )
    elif outline.strip():
        return Place(north, east, "geom_wkt", warning="This is no point. Latitude and longitude are kept.")
    if lies_in(country, north, east):
        return Place(north, east)
    if lies_in(country, east, north):
        return Place(
            None,
            None,
            "latitude",
            "Latitude and longitude are swapped: as they stand, the place lies outside its country.",
        )
    return Place(north, east, "latitude", warning="The place lies outside its country.")


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if _NUMBER.fullmatch(text) else None
