"""What a comparison of two records comes to, and how far apart two points are."""

from dataclasses import dataclass, field
from typing import Any

# Metres per degree of latitude, and of longitude at the equator, on a sphere of the earth's mean radius.
DEGREE_M = 111195.08


@dataclass
class Alike:
    """Two records by their ids, how likely they are one, and why: a sentence for each reason."""

    one: int | None
    other: int
    weight: float = 0.0
    against: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def weigh(self, weight: float, reason: str) -> None:
        """Add ``weight``, which may be negative, and say why."""
        if weight < 0:
            self.against += weight
        else:
            self.weight += weight
        self.reasons.append(reason)

    @property
    def score(self) -> float:
        """What speaks for it, which is never more than certain, less what speaks against it."""
        return max(min(self.weight, 1.0) + self.against, 0.0)


def metres(one: str, other: str) -> str:
    """SQL of the metres between the points of two rows; null where either has none. Good below 100 km."""
    return (
        f"{DEGREE_M} * sqrt(power(({one}.latitude - {other}.latitude)::float8, 2) + "
        f"power(({one}.longitude - {other}.longitude)::float8 * cos(radians({one}.latitude::float8)), 2))"
    )


def apart(distance: float) -> str:
    """A distance in words.

    >>> apart(420), apart(7_300)
    ('420 m apart', '7.3 km apart')
    """
    return f"{distance:.0f} m apart" if distance < 1000 else f"{distance / 1000:.1f} km apart"


def never_met(one: Any, other: Any) -> bool:
    """Whether two half-open ranges of days share none."""
    return bool(
        (one.upper and other.lower and one.upper <= other.lower)
        or (other.upper and one.lower and other.upper <= one.lower)
    )
