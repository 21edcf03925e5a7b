"""Parameters that measure: days and instants, numbers, distances, degrees."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from border.api.parameters import Parameter
from border.api.problems import quote
from border.kernel.dates import parse_day
from border.kernel.edtf import EDTFError, bounds

_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,12})?").fullmatch


@dataclass(frozen=True)
class Day(Parameter):
    """One day, YYYY-MM-DD."""

    def read(self, text: str) -> dt.date:
        """The day. Raises Refused, quoting what is no day."""
        try:
            return parse_day(text)
        except EDTFError as error:
            raise self.refuse(str(error)) from None

    def schema(self) -> dict[str, Any]:
        """A date."""
        return {"type": "string", "format": "date"}


@dataclass(frozen=True)
class WindowEnd(Parameter):
    """A day or another date in EDTF, as the start or the end of a window."""

    def read(self, text: str) -> str:
        """The text, when it is a date. Raises Refused, quoting what is none."""
        try:
            bounds(text)
        except EDTFError as error:
            raise self.refuse(str(error)) from None
        return text


@dataclass(frozen=True)
class Whole(Parameter):
    """A whole number between two others."""

    least: int
    most: int
    default: int

    def read(self, text: str) -> int:
        """The number. Raises Refused."""
        if not re.fullmatch("[0-9]{1,9}", text) or not self.least <= int(text) <= self.most:
            raise self.refuse(
                f"{self.name} is a whole number from {self.least} to {self.most:,}, not {quote(text)}.",
                [f"{self.least} to {self.most}"],
            )
        return int(text)

    def schema(self) -> dict[str, Any]:
        """A whole number."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most, "default": self.default}


@dataclass(frozen=True)
class Kilometres(Parameter):
    """A distance in kilometres on the earth."""

    def read(self, text: str) -> float:
        """The kilometres. Raises Refused."""
        if not _NUMBER(text) or not 0 <= float(text) <= 20_040:
            raise self.refuse(f"{self.name} is a number of kilometres from 0 to 20,040, not {quote(text)}.")
        return float(text)

    def schema(self) -> dict[str, Any]:
        """A number."""
        return {"type": "number", "minimum": 0, "maximum": 20_040}


@dataclass(frozen=True)
class Degrees(Parameter):
    """Longitudes and latitudes in degrees, parted by commas; ``parts`` names them."""

    parts: tuple[str, ...]

    def read(self, text: str) -> tuple[float, ...]:
        """The degrees. Raises Refused, naming what is out of place."""
        form = ",".join(self.parts)
        found = [part.strip() for part in text.split(",")]
        if len(found) != len(self.parts) or not all(_NUMBER(part) for part in found):
            raise self.refuse(
                f"{self.name} is {form} in degrees, such as {self._example}, not {quote(text)}.", [form]
            )
        degrees = tuple(float(part) for part in found)
        for part, value in zip(self.parts, degrees, strict=True):
            most = 90 if part in {"lat", "south", "north"} else 180
            if abs(value) > most:
                raise self.refuse(
                    f"{self.name}: {part} is between -{most} and {most} degrees, not {value:g}.", [form]
                )
        if len(degrees) == 4:
            self._refuse_inverted(degrees, form)
        return degrees

    def _refuse_inverted(self, box: tuple[float, ...], form: str) -> None:
        west, south, east, north = box
        if west > east:
            raise self.refuse(
                f"{self.name}: west {west:g} lies east of east {east:g}. A box does not cross the 180th meridian: ask twice.",
                [form],
            )
        if south > north:
            raise self.refuse(f"{self.name}: south {south:g} lies north of north {north:g}.", [form])

    @property
    def _example(self) -> str:
        return "40.8,34.3,41.2,34.6" if len(self.parts) == 4 else "40.99,34.38"

    def schema(self) -> dict[str, Any]:
        """Numbers."""
        return {
            "type": "array",
            "items": {"type": "number", "minimum": -180, "maximum": 180},
            "minItems": len(self.parts),
            "maxItems": len(self.parts),
        }

    @property
    def listed(self) -> bool:
        """It does."""
        return True


@dataclass(frozen=True)
class Instant(Parameter):
    """An instant, ISO 8601; without an offset it is UTC."""

    def read(self, text: str) -> dt.datetime:
        """The instant. Raises Refused."""
        # A plus sign that was not percent-encoded arrives as a blank.
        try:
            found = dt.datetime.fromisoformat(re.sub(r" (?=\d\d:?\d\d$)", "+", text))
            return (found if found.tzinfo else found.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
        except (ValueError, OverflowError):
            raise self.refuse(
                f"{quote(text)} is not an instant: write it as 2026-01-31T00:00Z.", ["2026-01-31T00:00Z"]
            ) from None

    def schema(self) -> dict[str, Any]:
        """A date and time."""
        return {"type": "string", "format": "date-time"}
