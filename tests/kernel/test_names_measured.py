"""How many real names are taken for one that are others, by their keys alone.

The pairs of spellings are gathered from gazetteers and lists beside the checkout. Half of the places were not looked
at while the method was written. Run with ``-s`` to see the figures; what is found is measured with the search.
"""

import csv
import functools
import hashlib
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from border.kernel import names

pytestmark = [pytest.mark.shared, pytest.mark.timeout(280)]

TUNED, HELD_OUT = "tuned", "held out"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Gazetteer:
    """Every spelling known, and whose it is."""

    def __init__(self, folder: Path) -> None:
        self.pairs = rows(folder / "names/pairs.csv")
        self._head: dict[str, str] = {}
        first: dict[str, str] = {}
        for pair in self.pairs:
            for spelling in (pair["a"], pair["b"]):
                self._merge(pair["set_id"], first.setdefault(spelling.casefold(), pair["set_id"]))
        self.owners = defaultdict(set)
        for pair in self.pairs:
            for spelling in (pair["a"], pair["b"]):
                self.owners[spelling].add(self.owner(pair["set_id"]))
        for facts in ("actor_names", "territory_names"):
            for row in rows(folder / f"facts/{facts}.csv"):
                known = first.get(row["name"].casefold())
                self.owners[row["name"]].add(self.owner(known) if known else facts)
        tuned = {self.owner(pair["set_id"]) for pair in self.pairs if not self._bit(pair["set_id"])}
        self.halves = {
            pair["set_id"]: TUNED if self.owner(pair["set_id"]) in tuned else HELD_OUT for pair in self.pairs
        }

    def _merge(self, one: str, other: str) -> None:
        """Sources that share a spelling speak of one place, and stay together in one half."""
        one, other = self.owner(one), self.owner(other)
        self._head[max(one, other)] = min(one, other)

    def owner(self, set_id: str) -> str:
        while (head := self._head.get(set_id, set_id)) != set_id:
            set_id = head
        return set_id

    @staticmethod
    def _bit(set_id: str) -> int:
        return hashlib.sha256(set_id.encode()).digest()[0] % 2


@pytest.fixture(scope="module")
def gazetteer(shared: Path) -> Iterator[Gazetteer]:
    with pytest.MonkeyPatch.context() as patch:
        # The pool is larger than the caches; the figures are the same, sooner.
        for remembered in ("_words", "tokens", "keys"):
            patch.setattr(names, remembered, functools.cache(getattr(names, remembered).__wrapped__))
        yield Gazetteer(shared / "data")


@pytest.mark.parametrize("half", [TUNED, HELD_OUT])
def test_different_places_are_rarely_taken_for_one(gazetteer: Gazetteer, half: str) -> None:
    heads = sorted(
        {p["a"] for p in gazetteer.pairs if p["kind"] == "place" and gazetteer.halves[p["set_id"]] == half}
    )
    apart = [
        (one, other)
        for one, other in itertools.combinations(heads, 2)
        if not gazetteer.owners[one] & gazetteer.owners[other]
    ]
    wrong = Counter(answer[0] for one, other in apart if (answer := names.grade(one, other)))
    print(f"\n{len(apart)} pairs of different places, {half}, taken for one: {dict(wrong)}")
    assert wrong["exact"] == 0
    assert (wrong["folded"] + wrong["skeleton"]) / len(apart) < 0.001
    assert wrong.total() / len(apart) < 0.004


def test_namesakes_told_apart_by_a_word_are_not_one_name(shared: Path) -> None:
    namesakes = [(row["a"], row["b"]) for row in rows(shared / "data/names/hard_negatives.csv")]
    wrong = Counter((names.grade(one, other) or ("none",))[0] for one, other in namesakes if one != other)
    print(f"\n{len(namesakes)} pairs of namesakes: {dict(wrong)}")
    assert not wrong["exact"] + wrong["folded"] + wrong["skeleton"]
