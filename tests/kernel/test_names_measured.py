"""How many real names are taken for one that are others, by their keys alone.

The pairs of spellings are gathered from gazetteers and lists beside the checkout. Half of the places were not looked
at while the method was written. Run with ``-s`` to see the figures; what is found is measured with the search.
"""

import functools
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from border.kernel import names
from tests.pairs import HELD_OUT, TUNED, Pairs, rows

pytestmark = [pytest.mark.shared, pytest.mark.timeout(280)]


class Gazetteer(Pairs):
    """Every spelling known, and whose it is."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.owners = defaultdict(set)
        for pair in self.all:
            for spelling in (pair["a"], pair["b"]):
                self.owners[spelling].add(self.bearer(pair["set_id"]))
        for facts in ("actor_names", "territory_names"):
            for row in rows(data / f"facts/{facts}.csv"):
                known = self.first.get(row["name"].casefold())
                self.owners[row["name"]].add(self.bearer(known) if known else facts)


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
        {p["a"] for p in gazetteer.all if p["kind"] == "place" and gazetteer.halves[p["set_id"]] == half}
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
