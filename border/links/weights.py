"""How much each comparison says for or against two events being one, after Fellegi and Sunter.

Each comparison comes out at one of its levels. Of pairs that are one event, a share ``m`` comes out at a level; of pairs
that merely lie near each other, a share ``u``. The weight of a level is the logarithm to the base 2 of m over u, in bits:
three bits for make the odds eight times what they were, three bits against an eighth. The weights of all comparisons are
added, in bits.

What they come to is held against all other pairs of the same event: it has at most one counterpart in another dataset, or
none, and before anything is compared all events near it are as likely. docs/linking.md says where the shares come from,
and `make bench ARGS="--only links"` counts them anew.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log2

# The share of events that have a counterpart among those near them in another dataset: what is known before comparing.
COUNTERPART = 0.4

# How much likelier it has none, before comparing.
NONE_TO_ONE = (1 - COUNTERPART) / COUNTERPART

# The threshold that docs/linking.md chooses from the measured curve: what the pages and the command propose.
CHOSEN = 0.8


@dataclass(frozen=True)
class Level:
    """One way in which a comparison may come out: its name, what it means, and how often it does."""

    name: str
    meaning: str
    m: float
    u: float

    @property
    def bits(self) -> float:
        """What it weighs: above 0 for, below 0 against."""
        return log2(self.m / self.u)


COMPARISONS: dict[str, tuple[Level, ...]] = {
    "days": (
        Level("same", "The same day.", 0.52, 0.13),
        Level("within", "One's day lies among the few that the other may mean.", 0.15, 0.1),
        Level("vague", "Days that overlap, one of them known to a month or so.", 0.08, 0.17),
        Level("next", "The day before or after.", 0.14, 0.18),
        Level("near", "Two or three days apart, or one where a day is not known.", 0.11, 0.42),
    ),
    "place": (
        Level("spot", "Within 1.5 km, both known well.", 0.55, 0.44),
        Level("town", "No farther than both may be wrong, both known well.", 0.03, 0.02),
        Level("around", "No farther than both may be wrong, one known to its surroundings.", 0.22, 0.21),
        Level("beyond", "Farther than both may be wrong, by at most 10 km.", 0.09, 0.13),
        Level("district", "One known to a district or smaller only, the other in it.", 0.03, 0.03),
        Level("province", "One known to a governorate or wider only, the other in it.", 0.08, 0.17),
    ),
    "actors": (
        Level("several", "Two or more take part in both.", 0.2, 0.07),
        Level(
            "one",
            "One takes part in both, itself or by a body of which it is a part or which it succeeded.",
            0.60,
            0.46,
        ),
        Level("none", "Both name somebody, and nobody in common.", 0.03, 0.28),
        Level("unnamed", "One of them names nobody that is known here.", 0.17, 0.19),
    ),
    "kind": (
        Level("same", "The same kind.", 0.46, 0.35),
        Level("kindred", "Kinds that the datasets draw apart differently.", 0.51, 0.52),
        Level("other", "Kinds that are seldom taken for each other.", 0.03, 0.13),
    ),
    "deaths": (
        Level("many", "The same number killed, five or more.", 0.15, 0.005),
        Level("some", "The same number killed, two to four.", 0.19, 0.035),
        Level("equal", "The same number killed, one or none.", 0.29, 0.12),
        Level("close", "Numbers whose ranges meet, or that differ by a fifth or one.", 0.14, 0.17),
        Level("double", "One number at most double the other.", 0.06, 0.04),
        Level("apart", "Numbers farther apart.", 0.05, 0.33),
        Level("untold", "One of them does not say.", 0.12, 0.3),
    ),
}


def level(comparison: str, name: str) -> Level:
    """The level of this name. Raises StopIteration for others."""
    return next(one for one in COMPARISONS[comparison] if one.name == name)


def score(bits: float, near: Iterable[float]) -> float:
    """The probability that an event and one near it are one: what they weigh, among what all ``near`` it weigh, itself too.

    One that stands alone near an event is likelier its counterpart than one in a crowd.

    >>> round(score(0, [0]), 2), round(score(5, [5]), 2), round(score(5, [5, 5]), 2), round(score(5, [5, *[0] * 9]), 2)
    (0.4, 0.96, 0.48, 0.57)
    """
    ratios = [2**one for one in near]
    return float(2**bits / (len(ratios) * NONE_TO_ONE + sum(ratios)))
