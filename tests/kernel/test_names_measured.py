"""How many real spellings of one name are found, and how many names are found that are others.

The pairs of spellings are gathered from gazetteers and lists beside the checkout. Every place or group is known to
the searcher by one spelling only and asked for by each of its others, among the spellings of all others. Half of
the places were not looked at while the method was written. Run with ``-s`` to see the figures of docs/names.md.
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
from border.kernel.finding import search_keys

pytestmark = [pytest.mark.shared, pytest.mark.timeout(280)]

TUNED, HELD_OUT = "tuned", "held out"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Gazetteer:
    """Every spelling known, whose it is, and the index a search reads."""

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
        self.index = defaultdict(list)
        for spelling in self.owners:
            for key in set(search_keys(spelling)):
                self.index[key].append(spelling)

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

    def search(self, query: str, *, without: str, but: str) -> list[str]:
        """The spellings that answer ``query``, best first; of the names of ``without`` only ``but`` is known."""
        found = {spelling for key in search_keys(query) for spelling in self.index.get(key, ())}
        known = (
            name for name in found if name == but or (name != query and without not in self.owners[name])
        )
        graded = ((names.grade(query, name), name) for name in known)
        return [name for _, name in sorted((-answer[1], name) for answer, name in graded if answer)]


@pytest.fixture(scope="module")
def gazetteer(shared: Path) -> Iterator[Gazetteer]:
    with pytest.MonkeyPatch.context() as patch:
        # The pool is larger than the caches; the figures are the same, sooner.
        for remembered in ("_words", "tokens", "keys"):
            patch.setattr(names, remembered, functools.cache(getattr(names, remembered).__wrapped__))
        yield Gazetteer(shared / "data")


def recall(gazetteer: Gazetteer, kind: str, half: str) -> dict[str, tuple[int, float, float]]:
    """Pairs, recall at 1 and at 10, in all, by scripts and by source."""
    places: dict[str, list[int]] = defaultdict(list)
    for pair in gazetteer.pairs:
        if pair["kind"] == kind and gazetteer.halves[pair["set_id"]] == half:
            found = gazetteer.search(pair["b"], without=gazetteer.owner(pair["set_id"]), but=pair["a"])
            place = found.index(pair["a"]) if pair["a"] in found else len(gazetteer.owners)
            for group in ("all", pair["scripts"], pair["source"].split(" (")[0]):
                places[group].append(place)
    return {
        group: (len(at), sum(n < 1 for n in at) / len(at), sum(n < 10 for n in at) / len(at))
        for group, at in sorted(places.items())
    }


@pytest.mark.parametrize(
    ("kind", "half", "floor"),
    [("place", TUNED, 0.81), ("place", HELD_OUT, 0.79), ("group", TUNED, 0.25), ("group", HELD_OUT, 0.3)],
)
def test_other_spellings_find_the_one_known(gazetteer: Gazetteer, kind: str, half: str, floor: float) -> None:
    figures = recall(gazetteer, kind, half)
    print(f"\n{kind}s, {half}; pairs, recall at 1, recall at 10")
    for group, (count, at_1, at_10) in figures.items():
        print(f"  {group:32} {count:5} {at_1:.3f} {at_10:.3f}")
    assert figures["all"][2] >= floor


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


def test_every_attested_spelling_of_the_two_towns_finds_its_town_first(
    gazetteer: Gazetteer, shared: Path
) -> None:
    known = {"Qaim": ["Al-Qa'im", "Husaybah"], "AbuKamal": ["Al-Bukamal"]}
    attested = rows(shared / "data/names/attested_spellings_bukamal_qaim.csv")
    towns = set().union(*(gazetteer.owners.get(name, set()) for names_ in known.values() for name in names_))
    others = [
        name
        for name, owners in gazetteer.owners.items()
        if not owners & (towns | {"territory_names", "actor_names"})
    ]
    missed = []
    for row in attested:
        graded = [
            (answer[1], place, name)
            for place, stored in [*known.items(), ("", others)]
            for name in stored
            if (answer := names.grade(row["spelling"], name))
        ]
        if not graded or max(graded)[1] != row["place"]:
            missed.append((row["spelling"], sorted(graded)[-3:]))
    assert len(attested) > 80
    assert missed == []
