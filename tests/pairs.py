"""The pairs of real spellings beside the checkout, and the halves of which one was looked at while names were worked on."""

import csv
import hashlib
from pathlib import Path

TUNED, HELD_OUT = "tuned", "held out"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Pairs:
    """The pairs of spellings, who bears them, and in which half they are."""

    def __init__(self, data: Path) -> None:
        self.all = rows(data / "names/pairs.csv")
        self._head: dict[str, str] = {}
        # Of each spelling, in any case of letters, the set in which it stands first.
        self.first: dict[str, str] = {}
        for pair in self.all:
            for spelling in (pair["a"], pair["b"]):
                self._merge(pair["set_id"], self.first.setdefault(spelling.casefold(), pair["set_id"]))
        tuned = {self.bearer(pair["set_id"]) for pair in self.all if not self._bit(pair["set_id"])}
        self.halves = {
            pair["set_id"]: TUNED if self.bearer(pair["set_id"]) in tuned else HELD_OUT for pair in self.all
        }

    def _merge(self, one: str, other: str) -> None:
        """Sources that share a spelling speak of one bearer, and stay together in one half."""
        one, other = self.bearer(one), self.bearer(other)
        self._head[max(one, other)] = min(one, other)

    def bearer(self, set_id: str) -> str:
        while (head := self._head.get(set_id, set_id)) != set_id:
            set_id = head
        return set_id

    @staticmethod
    def _bit(set_id: str) -> int:
        return hashlib.sha256(set_id.encode()).digest()[0] % 2
