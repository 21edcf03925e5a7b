"""Made-up names: the words of the fixtures put together anew, so that they have the shapes and spellings of real ones."""

import csv
import random
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings

from border.kernel.finding import search_keys
from border.kernel.names import skeleton

KINDS = [("", ""), ("Tall", "تل"), ("Umm", "أم"), ("Abu", "أبو"), ("", "")]
BODIES = [("Kata'ib", "كتائب"), ("Liwa", "لواء"), ("Harakat", "حركة"), ("Saraya", "سرايا"), ("Hajj", "الحاج")]
RESPELT = [
    ("q", "k"),
    ("kh", "h"),
    ("ee", "i"),
    ("al-", "el-"),
    ("'", ""),
    ("u", "ou"),
    ("dh", "d"),
    ("y", "i"),
]
TITLES = [
    "Battle of",
    "Raid near",
    "Air strikes on",
    "Shelling of",
    "Convoy hit at",
    "Car bomb at",
    "Clashes around",
]


def one_of(dice: random.Random, choices: Any) -> Any:
    """One of the choices; of the first tenth a third of the time."""
    return choices[int(len(choices) * dice.random() ** 2)]


def put_together(dice: random.Random, words: Any, firsts: Any) -> tuple[str, str]:
    """A name of one to three of ``words``, in both scripts, that begins as one of ``firsts`` does."""
    parts = [dice.choice(firsts), *(one_of(dice, words) for _ in range(dice.choice((1, 2, 2, 3))))]
    latin, arabic = (" ".join(filter(None, texts))[:200] for texts in zip(*parts, strict=True))
    return latin, arabic


def respelt(dice: random.Random, name: str, number: int) -> str:
    """The name as somebody else would write it."""
    one, other = dice.choice(RESPELT)
    text = name.replace(one, other)
    return text if text != name else f"{name} {number % 100}"


def keys_of(*texts: str) -> list[str]:
    """The search keys of a record with these names."""
    return sorted({key for text in texts for key in search_keys(text)})


def spellings() -> list[tuple[str, str]]:
    """The words of the fixtures' names that sound alike in both scripts, with all their spellings."""
    folder = Path(settings.BASE_DIR) / "fixtures"
    found: dict[tuple[str, str], None] = {}
    for noun in ("territories", "actors"):
        further: dict[str, list[str]] = {}
        for row in _rows(folder / f"{'territory' if noun == 'territories' else 'actor'}_names.csv"):
            further.setdefault(row["record"], []).append(row["text"])
        for row in _rows(folder / f"{noun}.csv"):
            texts = [row["name"], row["name_ar"], *further.get(row["slug"], [])]
            words = {word for text in texts for word in re.findall(r"[\w'’-]{3,}", text)}
            arabic = [word for word in words if re.search("[\u0600-\u06ff]", word)]
            for one in sorted(words.difference(arabic)):
                for other in sorted(arabic):
                    if skeleton(one) and skeleton(one) == skeleton(other):
                        found[one, other] = None
    return list(found)


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
