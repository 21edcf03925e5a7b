"""Names across scripts: the keys a name is found by, and how well a name answers a query.

Qa'im, Al-Kaim and القائم are one town; Abu Kamal, Albukamal and البوكمال another. Vowels are written in one
script and not in the other, consonants survive: so beside its folded spelling a name is known by its
*skeleton*, the sound classes of its consonants. Abbreviations and translations (ISIS, Daesh) are other names;
no key finds those.

The method, and what it finds and misses among real names, are in docs/names.md.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from anyascii import anyascii

# ------------------------------------------------------------------------------------------------- folding

# Signs that stand inside a word and are no letters of it: apostrophes, ayn and hamza, Cyrillic soft signs.
_SIGNS = frozenset("'`´\"ʹʺʻʼʽʾʿˈˊˋ‘’‚‛′‵＇׳״ـءьъ")
# Latin letters that do not decompose into a letter and a mark.
_LETTERS = {
    "ı": "i",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ł": "l",
    "æ": "ae",
    "œ": "oe",
    "ə": "e",
    "þ": "th",
    "ħ": "h",
}
_HAMZA = "\u0653\u0654\u0655"


class _Plain(dict[int, str]):
    """What each character becomes in plain text: itself, a letter like it, a space or nothing."""

    def __missing__(self, point: int) -> str:
        char = chr(point)
        kind = unicodedata.category(char)
        if char in _SIGNS or (kind in {"Mn", "Me", "Cf"} and char not in _HAMZA):
            plain = ""
        elif kind == "Nd":
            plain = str(unicodedata.decimal(char))
        elif kind[0] in "LNM":
            plain = _LETTERS.get(char, char)
        else:
            plain = " "
        self[point] = plain
        return plain


_PLAIN = _Plain()
_ARABIC = re.compile("[\u0600-\u06ff]")
_DROP_HAMZA = dict.fromkeys(map(ord, _HAMZA))
# ال is an article unless it is the first half of الله, or all but a letter of the word.
_ARABIC_ARTICLE = re.compile(r"(?<!\S)(?:ال)+(?!له(?!\S))(?=\S\S)")
_ARABIC_FAMILIES = {
    "ا": "ٱ", "ي": "ىیېۍێ", "و": "ۆۇۈۋ", "ه": "ةەہھ", "ك": "کڪگ", "ب": "پ", "ج": "چ", "ز": "ژ", "ف": "ڤ", "ر": "ڕ", "ل": "ڵ",
}  # fmt: skip
_ARABIC_FOLD = {ord(letter): head for head, family in _ARABIC_FAMILIES.items() for letter in family}
_ARTICLES = frozenset({"al", "el", "ul", "il", "аль", "эль", "ал", "эл"})
# The article before a sun letter takes the letter's sound: ar-Ramadi, ez-Zor, ash-Sham.
_SUN_ARTICLE = re.compile(r"[aeiu](?:sh|th|dh|[tdrzsn])")


def _plain(text: str) -> list[str]:
    """The words of ``text`` without case, marks, signs, punctuation and articles."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    text = text.translate(_PLAIN)
    if _ARABIC.search(text):
        text = _ARABIC_ARTICLE.sub("", text).translate(_DROP_HAMZA)
    words: list[str] = []
    for word in reversed(text.split()):
        following = words[-1] if words else ""
        if word in _ARTICLES:
            continue
        if _SUN_ARTICLE.fullmatch(word) and following.startswith(word[1:]) and following != word[1:]:
            continue
        words.append(word)
    return words[::-1] or text.split()


def fold(text: str) -> str:
    """``text`` as it is compared when spelling is forgiven: in its own script, and folding twice changes nothing.

    Without case, vowel signs, diacritics, apostrophes, ayn and hamza signs, invisible characters and articles;
    one space for any run of punctuation; one letter for each family of Arabic, Persian and Kurdish letters.
    >>> fold("Al-Qā’im"), fold("El Qa'im"), fold("القَائِم"), fold("Deir ez-Zor")
    ('qaim', 'qaim', 'قايم', 'deir zor')
    """
    return " ".join(_plain(text)).translate(_ARABIC_FOLD)


# ----------------------------------------------------------------------------------------------- skeletons

# Sound classes, one letter each: x is sh or ch, j is also zh, g is gh, h is also kh; emphatic letters go with
# their plain sisters. و and ي are vowels or consonants and spelling does not say which: only an initial one counts.
_ARABIC_CLASSES = {
    "b": "بپ", "t": "تطث", "d": "دذض", "z": "زظ", "s": "سص", "x": "شچ", "j": "جژ", "k": "كکڪق", "g": "غگ",
    "h": "حخهھہ", "f": "ف", "r": "رڕ", "l": "لڵ", "m": "م", "n": "ن", "w": "وۆۇۈۋڤ", "y": "يیىێېۍ", "": "اٱعەة",
}  # fmt: skip
_ARABIC_SOUND = {ord(letter): sound for sound, letters in _ARABIC_CLASSES.items() for letter in letters}
_LATIN_CLASSES = {
    "sch": "x", "tch": "x", "tsch": "x", "dzh": "j", "dsch": "j", "sh": "x", "ch": "x", "kh": "h", "gh": "g", "th": "t",
    "dh": "d", "ph": "f", "zh": "j", "dj": "j", "ck": "k", "b": "b", "c": "k", "p": "b", "f": "f", "v": "w", "t": "t",
    "d": "d", "z": "z", "s": "s", "x": "ks", "j": "j", "k": "k", "q": "k", "g": "g", "h": "h", "r": "r", "l": "l",
    "m": "m", "n": "n", "w": "w", "y": "y",
}  # fmt: skip
_LATIN_SOUND = re.compile(
    r"c(?=[eiy])|t?sch|dsch|tch|dzh|([sckgtdpz]h)\1?|dj|ck|([b-df-hj-np-tv-z])\2*|[0-9]+|."
)
_FINAL_H = re.compile(r"(?<![skgtdpzc])h+$")
# The last letter of a construct state, which the other script may not write: Jabhat al-Nusra, جبهة النصرة.
_CONSTRUCT_T = re.compile(r"(?<=..[aei])t$|(?<=.ا)ت$")
_INITIAL = ((re.compile(r"^ou(?=[aei])"), "w"), (re.compile(r"^i(?=[aeou])"), "y"))
# Abu, Abou, Bu, Al-Bu, Albu: one word for a family or tribe, written apart or glued to what follows.
_GLUED_ABU = re.compile(r"^[ae]l(?=b(?:u|o|ou|oo)(?![aeiou]))")
_GLUED_AND = re.compile(r"^وال(?=\w\w\w)")
_WEAK = frozenset("wvyويی")
_COARSE = str.maketrans("gxzj", "ksdk")


def _sound(match: re.Match[str]) -> str:
    """The class of one letter, digraph or doubled letter of a Latin word."""
    letters = match.group()
    if letters == "c" and match.string[match.end() : match.end() + 1] in {"e", "i", "y"}:
        return "s"
    single = match.group(1) or match.group(2) or letters
    return _LATIN_CLASSES.get(single, single if single.isdigit() else "")


def _consonants(word: str, *, last: bool) -> str:
    """The sound classes of one plain word in any script."""
    if _ARABIC.search(word):
        word = _GLUED_AND.sub("و", word)
        word = word if last else _CONSTRUCT_T.sub("", word)
        word = word[:-1] if word[-1] in "هحھہ" else word
        sounds = word.replace("لل", "ل").translate(_ARABIC_SOUND)
        initial = sounds[:1] if word[:1] in _WEAK else ""
    else:
        if not word.isascii():
            word = anyascii(word).lower()
        for pattern, letter in _INITIAL:
            word = pattern.sub(letter, word)
        word = word if last else _CONSTRUCT_T.sub("", word)
        sounds = _LATIN_SOUND.sub(_sound, _FINAL_H.sub("", _GLUED_ABU.sub("", word)))
        initial = sounds[:1] if word[:1] in _WEAK else ""
    return initial + sounds.replace("w", "").replace("y", "")


def _words(text: str) -> list[tuple[str, str]]:
    """The plain words of ``text``, each with its consonants."""
    plain = _plain(text)
    return [(word, _consonants(word, last=place == len(plain))) for place, word in enumerate(plain, 1)]


def _skeletons(words: list[tuple[str, str]]) -> tuple[str, ...]:
    primary = "".join(consonants for _, consonants in words)
    found = {primary: None, primary.translate(_COARSE): None}
    found.pop("", None)
    return tuple(found)


def skeletons(text: str) -> tuple[str, ...]:
    """The skeleton of ``text`` and the coarser ones it may also be known by, the best first.

    Coarser ones take g for k and j, z for d, sh for s, and a glued ``al`` for an article. Empty for a text
    without a consonant.
    """
    return _skeletons(_words(text))


def skeleton(text: str) -> str:
    """The consonants of ``text`` as sound classes, equal across scripts and transliterations; may be empty.

    >>> skeleton("Al-Qa'im") == skeleton("El Kaim") == skeleton("القائم")
    True
    >>> skeleton("Abu Kamal") == skeleton("Al-Boukamal") == skeleton("البوكمال")
    True
    """
    return "".join(consonants for _, consonants in _words(text))


# ---------------------------------------------------------------------------------------------------- keys

# Words that say nothing about which name it is.
_STOP = frozenset("the of and for in to a de la le du des et von und wa fi bi li min e i y و في من".split())
_NEAR_LENGTHS = range(4, 33)


@dataclass(frozen=True, slots=True)
class Keys:
    """What a name is found by, from the strictest to the most forgiving; stored beside the name.

    Two names answer each other when a key of one is among the same keys of the other, ``near`` in ``near``.
    """

    exact: str
    folded: str
    skeletons: tuple[str, ...]
    tokens: tuple[str, ...]
    near: tuple[str, ...]


def tokens(text: str) -> tuple[tuple[str, str], ...]:
    """The words of ``text``, folded, each with its skeleton; without those that name nobody (of, the, في)."""
    return _tokens(_words(text))


def _tokens(words: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    found = [(word.translate(_ARABIC_FOLD), consonants) for word, consonants in words]
    return tuple(pair for pair in found if pair[0] not in _STOP) or tuple(found)


def _near(primary: str) -> tuple[str, ...]:
    """``primary`` and what remains of it without one letter; two that share one differ by about one edit."""
    if len(primary) not in _NEAR_LENGTHS:
        return ()
    return tuple({primary: None} | {primary[:at] + primary[at + 1 :]: None for at in range(len(primary))})


def keys(text: str) -> Keys:
    """The keys of the name ``text``; never raises, and empty where the text has nothing to offer.

    >>> keys("Abu Kamal").skeletons[0]
    'bkml'
    """
    words = _words(text)
    forms = _skeletons(words)
    return Keys(
        exact=unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).strip(),
        folded=" ".join(word for word, _ in words).translate(_ARABIC_FOLD),
        skeletons=forms,
        tokens=tuple(dict.fromkeys(consonants for _, consonants in _tokens(words) if consonants)),
        near=_near(forms[0]) if forms else (),
    )


# --------------------------------------------------------------------------------------- scripts and faults

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


_FAULTS = (
    (
        range(0xD800, 0xE000),
        "half of a surrogate pair, left by a broken conversion",
        "type the character again",
    ),
    (range(0x2028, 0x202A), "a line or paragraph separator", "use a plain line break or a space"),
    (
        range(0x202A, 0x202F),
        "an invisible direction override",
        "delete it; direction follows from the script",
    ),
    (range(0x2066, 0x206A), "an invisible direction isolate", "delete it; direction follows from the script"),
    ((0x061C, 0x200E, 0x200F), "an invisible direction mark", "delete it; direction follows from the script"),
    ((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), "an invisible character of no width", "delete it"),
)
_FAULT = {point: (what, remedy) for points, what, remedy in _FAULTS for point in points}
_SUSPECT = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)


def refuse(text: str, *, multiline: bool = False) -> str | None:
    """Why ``text`` must not be stored, naming the character, its place and the remedy; None when it may be.

    Refused are control characters, invisible ones that change what is read, lone surrogates, and text that is not
    in Unicode normal form C. A zero-width non-joiner inside an Arabic-script word belongs to Persian and Kurdish
    spelling. Line breaks and tabs are for ``multiline`` text.
    >>> refuse("Qa\u202eim")
    'Character 3 is U+202E, an invisible direction override: delete it; direction follows from the script.'
    """
    for match in _SUSPECT.finditer(text):
        char, at = match.group(), match.start()
        if multiline and char in "\n\t" or (multiline and text[at : at + 2] == "\r\n"):
            continue
        if char == "\u200c" and _ARABIC.match(text[at - 1 : at]) and _ARABIC.match(text[at + 1 : at + 2]):
            continue
        kind, remedy = _FAULT.get(ord(char), ("a control character", "delete it"))
        if char in "\n\r\t":
            kind, remedy = ("a tab" if char == "\t" else "a line break"), "use one space"
        return f"Character {at + 1} is U+{ord(char):04X}, {kind}: {remedy}."
    if not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        at = next((n for n, (a, b) in enumerate(zip(text, composed, strict=False)) if a != b), len(composed))
        return f"Character {at + 1} is U+{ord(text[at]):04X}, not in Unicode normal form C: normalise the text to NFC."
    return None
