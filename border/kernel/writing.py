"""How a text is written: its script, its direction, and the characters that must not be stored."""

import re
import unicodedata
from functools import lru_cache
from itertools import zip_longest
from typing import Literal

_SCRIPTS = {
    "ARABIC": "Arab", "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "HEBREW": "Hebr", "SYRIAC": "Syrc",
    "ARMENIAN": "Armn", "GEORGIAN": "Geor", "CJK": "Hani", "HIRAGANA": "Hira", "KATAKANA": "Kana", "HANGUL": "Hang",
    "DEVANAGARI": "Deva", "BENGALI": "Beng", "TAMIL": "Taml", "THAI": "Thai", "ETHIOPIC": "Ethi", "THAANA": "Thaa",
}  # fmt: skip
_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa"})


def script(text: str) -> str:
    """The ISO 15924 code of the script most letters of ``text`` are in; ``Zyyy`` when it has no letters.

    >>> script("Abu Kamal (البو)"), script("Абу-Кемаль"), script("القائم"), script("2014")
    ('Latn', 'Cyrl', 'Arab', 'Zyyy')
    """
    counts: dict[str, int] = {}
    for char in text:
        if char.isalpha():
            code = "Latn" if char.isascii() else _script_of(char)
            counts[code] = counts.get(code, 0) + 1
    return max(counts, key=counts.__getitem__, default="Zyyy")


@lru_cache(maxsize=4096)
def _script_of(letter: str) -> str:
    return _SCRIPTS.get(unicodedata.name(letter, "").split(" ")[0], "Zzzz")


def direction(text: str) -> Literal["rtl", "ltr"]:
    """The direction ``text`` is written in, by the script most of it is in."""
    return "rtl" if script(text) in _RIGHT_TO_LEFT else "ltr"


_DELETE = "delete it; direction follows from the script"
_FAULTS = (
    (
        range(0xD800, 0xE000),
        "half of a surrogate pair left by a broken conversion",
        "type the character again",
    ),
    ((0x09,), "a tab", "use a space"),
    ((0x0A, 0x0D), "a line break", "use a space"),
    ((0x2028, 0x2029), "a line or paragraph separator", "use a line break or a space"),
    (range(0x202A, 0x202F), "an invisible direction override", _DELETE),
    (range(0x2066, 0x206A), "an invisible direction isolate", _DELETE),
    ((0x061C, 0x200E, 0x200F), "an invisible direction mark", _DELETE),
    ((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), "an invisible character of no width", "delete it"),
)
_FAULT = {point: (what, remedy) for points, what, remedy in _FAULTS for point in points}
_SUSPECT = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_ARABIC = "[\u0600-\u06ff]"
_PERMITTED = re.compile(f"(?<={_ARABIC})\u200c(?={_ARABIC})")
_PERMITTED_MULTILINE = re.compile(rf"[\n\t]|\r(?=\n)|{_PERMITTED.pattern}")


def refuse(text: str, *, multiline: bool = False) -> str | None:
    """Why ``text`` must not be stored, naming the character, its place and the remedy; None when it may be.

    Refused are control characters, invisible ones that change what is read, lone surrogates, and text that is
    not in Unicode normal form C. A zero-width non-joiner between Arabic letters belongs to Persian and Kurdish
    spelling. Line breaks and tabs are for ``multiline`` text.
    >>> refuse("Qa" + chr(0x202E) + "im")
    'Character 3 is U+202E, an invisible direction override: delete it; direction follows from the script.'
    """
    permitted = _PERMITTED_MULTILINE if multiline else _PERMITTED
    for match in _SUSPECT.finditer(text):
        if not permitted.match(text, match.start()):
            what, remedy = _FAULT.get(ord(match.group()), ("a control character", "delete it"))
            return f"Character {match.end()} is U+{ord(match.group()):04X}, {what}: {remedy}."
    if unicodedata.is_normalized("NFC", text):
        return None
    pairs = enumerate(zip_longest(text, unicodedata.normalize("NFC", text)), 1)
    place, letter = next((place, one) for place, (one, other) in pairs if one != other)
    return (
        f"From character {place}, U+{ord(letter):04X}, the text is not in Unicode normal form C: "
        "type the letter again as one character, or normalise the text."
    )
