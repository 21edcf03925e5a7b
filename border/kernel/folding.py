"""A name without what writers may leave out: case, marks, signs, punctuation and articles."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

# Signs that stand inside a word and are no letters of it: apostrophes, ayn and hamza, Cyrillic soft signs.
_SIGNS = frozenset("'`´\"ʹʺʻʼʽʾʿˈˊˋ‘’‚‛′‵＇ˌ׳״ـءьъ")
# Latin letters that do not decompose into a letter and a mark.
_LETTERS = dict(zip("ıøđðłəħæœþ", ["i", "o", "d", "d", "l", "e", "h", "ae", "oe", "th"], strict=True))
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
# Kurdish writes ئ before an initial vowel, as Arabic writes ا.
_KURDISH_INITIAL = re.compile("(?<!\\S)ي\u0654")
_DROP_HAMZA = dict.fromkeys(map(ord, _HAMZA))
# ال is an article unless it is the first half of الله, or all but a letter of the word.
_ARABIC_ARTICLE = re.compile(r"(?<!\S)(?:ال)+(?!له(?!\S))(?=\S\S)")
_ARABIC_FAMILIES = {
    "ا": "ٱ", "ي": "ىیېۍێ", "و": "ۆۇۈۋ", "ه": "ةەہھ", "ك": "کڪگ", "ب": "پ", "ج": "چ", "ز": "ژ", "ف": "ڤ", "ر": "ڕ", "ل": "ڵ",
}  # fmt: skip
ARABIC_FOLD = {ord(letter): head for head, family in _ARABIC_FAMILIES.items() for letter in family}
_ARTICLES = frozenset({"al", "el", "ul", "il", "ehl", "אל"})
# The article before a sun letter takes the letter's sound: ar-Ramadi, ez-Zor, ash-Sham.
_SUN_ARTICLE = re.compile(r"(?:[aeiu]h?)?(sh|ch|th|dh|[tdrzsn])")
_LONGEST_ARTICLE = 4


def latin(word: str) -> str:
    """A plain word in Latin letters."""
    return word if word.isascii() else anyascii(word).lower()


@lru_cache(maxsize=8192)
def _bare(written: str) -> tuple[str, ...]:
    """The words in what stands between two spaces, without case, marks, signs and punctuation."""
    if written.isascii():
        return tuple(written.lower().translate(_PLAIN).split())
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", written).casefold())
    text = text.translate(_PLAIN)
    if _ARABIC.search(text):
        text = _KURDISH_INITIAL.sub("ا", text).translate(_DROP_HAMZA)
        text = _ARABIC_ARTICLE.sub("", text)
    return tuple(text.split())


@lru_cache(maxsize=8192)
def _article(word: str) -> str | None:
    """The sound before which a word is an article, an empty one where it is one before any; None where it is none."""
    if len(word) > _LONGEST_ARTICLE and word.isascii():
        return None
    sounded = latin(word)
    if sounded in _ARTICLES or word in _ARTICLES:
        return ""
    sun = _SUN_ARTICLE.fullmatch(sounded)
    return sun and sun[1]


def plain_words(text: str) -> list[str]:
    """The words of ``text`` without case, marks, signs, punctuation and articles."""
    bare = [word for written in text.split() for word in _bare(written)]
    words: list[str] = []
    for word in reversed(bare):
        sound = _article(word)
        if sound is not None:
            following = latin(words[-1]) if words else ""
            if not sound or (following.startswith(sound) and following != sound):
                continue
        words.append(word)
    return words[::-1] or bare


def fold(text: str) -> str:
    """``text`` as it is compared when spelling is forgiven: in its own script, and folding twice changes nothing.

    Without case, vowel signs, diacritics, apostrophes, ayn and hamza signs, invisible characters and articles;
    one space for any run of punctuation; one letter for each family of Arabic, Persian and Kurdish letters.
    >>> fold("Al-Qā’im"), fold("El Qa'im"), fold("القَائِم"), fold("Deir ez-Zor")
    ('qaim', 'qaim', 'قايم', 'deir zor')
    """
    return " ".join(plain_words(text)).translate(ARABIC_FOLD)
