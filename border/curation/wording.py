"""How the values of public documents are told to people, and where two texts differ."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

_TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
# Word by word, longer texts take seconds; line by line they take none.
_MOST_TOKENS = 4000
# Texts that share less than this are simply two texts.
_ALIKE = 0.3


class Piece(NamedTuple):
    """A stretch of a text, and whether the other side lacks it."""

    text: str
    only_here: bool


def told(value: Any, choices: dict[Any, Any] | None = None) -> str:
    """A value of a document as a person reads it; nothing for nothing.

    >>> told({"slug": "al-qaim", "name": "Al-Qa'im"}), told(True), told(["SY", "IQ"]), told(None)
    ("Al-Qa'im (al-qaim)", 'yes', 'SY, IQ', '')
    """
    if value is None or value in ("", []):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(told(one) for one in value)
    if isinstance(value, dict):
        return _told_object(value)
    return str((choices or {}).get(value, value))


def _told_object(value: dict[str, Any]) -> str:
    if "edtf" in value:
        return str(value["edtf"])
    if "longitude" in value:
        return f"{value['longitude']}° E, {value['latitude']}° N, within {value['uncertainty_m']:,} m"
    if "name" in value:
        return f"{value['name']} ({value['slug']})"
    return "; ".join(f"{key.replace('_', ' ')}: {told(one)}" for key, one in value.items())


def pieces(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces: what they share and what only one has, word by word.

    >>> pieces("held by IS", "held by the army")[1]
    [Piece(text='held by ', only_here=False), Piece(text='the army', only_here=True)]
    """
    ours, theirs = _split(before), _split(after)
    if len(ours) + len(theirs) > _MOST_TOKENS:
        ours, theirs = before.splitlines(keepends=True), after.splitlines(keepends=True)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _whole(before), _whole(after)
    steps = matcher.get_opcodes()
    left = ((step == "equal", "".join(ours[first:last])) for step, first, last, _, _ in steps)
    right = ((step == "equal", "".join(theirs[first:last])) for step, _, _, first, last in steps)
    return list(_joined(left)), list(_joined(right))


def _split(text: str) -> list[str]:
    return _TOKENS.findall(text)


def _whole(text: str) -> list[Piece]:
    return [Piece(text, True)] if text else []


def _joined(parts: Iterator[tuple[bool, str]]) -> Iterator[Piece]:
    for shared, text in parts:
        if text:
            yield Piece(text, not shared)
