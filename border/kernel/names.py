"""Names across scripts: the keys a name is found by, and how well a name answers a query.

Qa'im, Al-Kaim and القائم are one town; Abu Kamal, Albukamal and البوكمال another. Vowels are written in one
script and not in the other, consonants survive: so beside its folded spelling a name is known by its
*skeleton*, the sound classes of its consonants. Abbreviations and translations (ISIS, Daesh) are other names;
no key finds those.

The method, and what it finds and misses among real names, are in docs/names.md.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import JaroWinkler, LCSseq

from border.kernel.folding import ARABIC_FOLD, fold, latin, plain_words
from border.kernel.writing import direction, refuse, script

__all__ = [
    "Answer", "Keys", "Word", "direction", "fold", "grade", "keys", "refuse", "script", "skeleton", "skeletons", "tokens",
]  # fmt: skip

# ----------------------------------------------------------------------------------------------- skeletons

# Sounds, one letter each: x is sh, j also zh, g gh, h also kh; emphatic letters go with their plain sisters.
# C (ch), J (j), S (c before e and i) and X (x) are Latin spellings that languages read differently.
_ARABIC_SOUNDS = {
    "b": "بپ", "t": "تطث", "d": "دذض", "z": "زظ", "s": "سص", "x": "ش", "C": "چ", "j": "جژ", "k": "كکڪق", "g": "غگ", "h": "حخهھہ",
    "f": "ف", "r": "رڕ", "l": "لڵ", "m": "م", "n": "ن", "w": "وۇۈۋڤ", "y": "يیېۍ", "a": "اٱعةى", "e": "ەێ", "o": "ۆ",
}  # fmt: skip
_ABJAD = re.compile("[\u05d0-\u074f]")
_ARABIC_SOUND = {ord(letter): sound for sound, letters in _ARABIC_SOUNDS.items() for letter in letters}
for _alphabet in ("אבגדהוזחטיכלמנסעפצקרשת", "ܐܒܓܕܗܘܙܚܛܝܟܠܡܢܣܥܦܨܩܪܫܬ"):
    _ARABIC_SOUND |= dict(zip(map(ord, _alphabet), "abgdhwzhtyklmnsafskrxt", strict=True))
_ARABIC_SOUND |= dict(zip(map(ord, "ךםןףץ"), "kmnfs", strict=True))
_LATIN_SOUNDS = {
    "sch": "x", "tch": "x", "tsch": "x", "dzh": "j", "dz": "j", "dsch": "j", "sh": "x", "ch": "C", "kh": "h", "gh": "g", "th": "t",
    "dh": "d", "ph": "f", "zh": "j", "dj": "j", "ck": "k", "c": "k", "p": "b", "v": "w", "x": "X", "j": "J", "q": "k",
}  # fmt: skip
_LATIN_SOUND = re.compile(
    r"c(?=[eiy])|[dt]?sch|dzh?|tch|([sckgtdpz]h)\1?|dj|ck|([b-df-hj-np-tv-z])\2*|[^a-z0-9]"
)
_LATIN_EDGES = (
    (re.compile(r"(?<![skgtdpzc])h+$"), ""),
    (re.compile(r"^ou(?=[aei])"), "w"),
    (re.compile(r"^i(?=[aeou])"), "y"),
    (re.compile(r"^rh"), "gh"),
    (re.compile(r"^nt"), "d"),
    # Al-Bu, Albu: Abu, the word for a family or a tribe, written apart or glued to what follows.
    (re.compile(r"^[ae]l(?=b(?:u|o|ou|oo)(?![aeiou]))"), ""),
)
# The last letter of a construct state, which the other spelling may not write: Jabhat al-Nusra, جبهة النصرة.
_CONSTRUCT_T = re.compile(r"(?<=...[ae])t$|(?<=.ا)ت$")
# Kurdish writes every vowel, so that two letters alike are one long consonant.
_KURDISH = re.compile("[ەێۆڕڵڤ]")
_DOUBLED = re.compile(r"(.)\1+")
_GLUED_AND = re.compile(r"^وال(?=\w\w\w)")
# Vowels, and w and y, which are vowels or consonants without the spelling saying which: only an initial one counts.
_WEAK = str.maketrans("", "", "aeiouwy")
_USUAL = str.maketrans({"C": "x", "J": "j", "S": "s", "X": "ks"})
_COARSE = str.maketrans({"g": "k", "x": "s", "z": "d", "j": "k", "C": "s", "J": "k", "S": "s", "X": "ks"})
_EUROPEAN = {**_COARSE, ord("C"): "h", ord("J"): ""}
_TURKISH = {**_COARSE, ord("S"): "k", ord("X"): "h", ord("C"): "k"}
# As it is heard: for comparing names vowels and all.
_HEARD = {**_COARSE, **str.maketrans({"e": "a", "o": "u", "w": "u", "y": "i"})}


class Word(NamedTuple):
    """One word of a name: folded, as it sounds, and its consonants, finely and coarsely told apart."""

    folded: str
    sounded: str
    consonants: str
    skeleton: str

    def joined(self, other: "Word") -> "Word":
        """This word and ``other`` written as one."""
        return Word(*(one + two for one, two in zip(self, other, strict=True)))


def _sound(match: re.Match[str]) -> str:
    """The sound of one letter, digraph or doubled letter of a Latin word."""
    letters = match.group(1) or match.group(2) or match.group()
    if letters == "c" and match.string[match.end() : match.end() + 1] in {"e", "i", "y"}:
        return "S"
    return _LATIN_SOUNDS.get(letters, letters if letters.isalnum() else "")


def _sounds(word: str, *, last: bool) -> str:
    """How one plain word sounds, its vowels as written."""
    if not last:
        word = _CONSTRUCT_T.sub("", word)
    if _ABJAD.search(word):
        word = _GLUED_AND.sub("و", word)
        word = word[:-1] + "ة" if word[-1] in "هحھہהܗ" and len(word) > 1 else word
        word = _DOUBLED.sub(r"\1", word) if _KURDISH.search(word) else word.replace("لل", "ل")
        word = word.replace("دز", "ج")
        return word.translate(_ARABIC_SOUND)
    word = latin(word)
    for pattern, letters in _LATIN_EDGES:
        word = pattern.sub(letters, word)
    return _LATIN_SOUND.sub(_sound, word)


@lru_cache(maxsize=8192)
def _word(plain: str, last: bool) -> Word:
    sounded = _sounds(plain, last=last)
    consonants = sounded.translate(_WEAK)
    if sounded[:1] in {"w", "y"}:
        consonants = sounded[0] + consonants
    return Word(plain.translate(ARABIC_FOLD), sounded, consonants, consonants.translate(_COARSE))


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[Word, ...]:
    plain = plain_words(text)
    return tuple(_word(word, place == len(plain)) for place, word in enumerate(plain, 1))


def skeletons(text: str) -> tuple[str, ...]:
    """The skeleton of ``text``, then coarser ones it may also be known by; empty without a consonant.

    Coarse: g, j and k are one, sh and s, z and d. Then ch as in German (kh) and j as in Dajr; then x as in
    Kurdish (kh) and c or ch as in Turkish and Kurdish (j).
    >>> skeletons("Dajr ez-Zaur")
    ('djrzr', 'dkrdr', 'drdr')
    """
    return _skeletons(_words(text))


def _skeletons(words: Iterable[Word]) -> tuple[str, ...]:
    forms = map("".join, zip(*[_forms(word.consonants) for word in words], strict=True))
    return tuple(dict.fromkeys(filter(None, forms)))


@lru_cache(maxsize=8192)
def _forms(consonants: str) -> tuple[str, ...]:
    return tuple([consonants.translate(table) for table in (_USUAL, _COARSE, _EUROPEAN, _TURKISH)])


def skeleton(text: str) -> str:
    """The consonants of ``text`` as sound classes, equal across scripts and transliterations; may be empty.

    >>> skeleton("Al-Qa'im") == skeleton("El Kaim") == skeleton("القائم")
    True
    >>> skeleton("Abu Kamal") == skeleton("Al-Boukamal") == skeleton("البوكمال")
    True
    """
    return next(iter(skeletons(text)), "")


# ---------------------------------------------------------------------------------------------------- keys

# Words that say what kind of thing a name is of, or nothing, and are written in one source and not in another.
_STOP_WORDS = """
the of and for in to a de la le du des et wa fi bi li و في من
district sub subdistrict governorate province city town village center centre region area
qada nahiya nahiyat muhafazat madinat qaryat markaz mintaqat
قضاء ناحيه محافظه مدينه قريه مركز منطقه پارێزگای قەزای ناوەندی شاری
"""
_STOP = frozenset(word.translate(ARABIC_FOLD) for word in _STOP_WORDS.split()) | {"قضا"}
_is_abu = lru_cache(maxsize=8192)(re.compile(r"[ae]?b[iouwy]+").fullmatch)
# A slip in a longer name leaves other words of it to find it by; keys for every letter of it would be most of the index.
_NEAR_LENGTHS = range(4, 17)


class Keys(NamedTuple):
    """What a name is found by, from the strictest to the most forgiving; stored beside the name.

    A name may answer a query when they share a key of one kind; ``grade`` then says whether and how.
    """

    exact: str
    folded: str
    skeletons: tuple[str, ...]
    tokens: tuple[str, ...]
    near: tuple[str, ...]


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[Word, ...]:
    """The words of ``text`` that tell it from others, Abu and its kin one word with what follows.

    Without "of", "district" or قضاء, unless nothing else is there.
    >>> [word.skeleton for word in tokens("District of Abu Kamal")]
    ['bkml']
    """
    return tuple(_tokens(_words(text)))


def _tokens(words: Sequence[Word]) -> list[Word]:
    told: list[Word] = []
    for word in reversed([word for word in words if word.folded not in _STOP] or words):
        if told and _is_abu(word.sounded):
            told.append(word.joined(told.pop()))
        else:
            told.append(word)
    return told[::-1]


def _near(primary: str) -> tuple[str, ...]:
    """``primary`` and what remains of it without one letter; two that share one differ by about one edit."""
    if len(primary) not in _NEAR_LENGTHS:
        return ()
    return tuple({primary: None} | {primary[:at] + primary[at + 1 :]: None for at in range(len(primary))})


def _exact(text: str) -> str:
    if text.isascii():
        return text.lower().strip()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold()).strip()


@lru_cache(maxsize=8192)
def keys(text: str) -> Keys:
    """The keys of the name ``text``; never raises, and empty where the text has nothing to offer.

    >>> keys("Abu Kamal").skeletons[0]
    'bkml'
    """
    words = _words(text)
    forms = _skeletons(words)
    spoken = [word.skeleton for word in (*_tokens(words), *words) if word.folded not in _STOP]
    return Keys(
        exact=_exact(text),
        folded=" ".join([word.folded for word in words]),
        skeletons=forms,
        tokens=tuple(dict.fromkeys(filter(None, spoken))),
        near=_near(forms[0]) if forms else (),
    )


# ------------------------------------------------------------------------------------------------- answers

Answer = Literal["exact", "folded", "skeleton", "token", "near"]

# So few consonants are shared by chance (Anah, Aynah); the vowels must then be alike too. Of a single one, more alike than
# one sound is to three that begin with it, which is .80.
_SHORT = 2
_ALIKE, _ALIKE_ALONE = 0.75, 0.81
# And of fewer than these, half is another name once one of them is another; more than these, nobody types.
_COMPARED = range(4, 33)
# A name is read as far as this many words, and compared by ear as far as this many sounds.
_WORDS, _SOUNDS = 50, 100


def _likeness(one: Iterable[Word], other: Iterable[Word]) -> float:
    """How alike two names sound, vowels and all, 0 to 1."""
    heard = ("".join(word.sounded for word in words).translate(_HEARD)[:_SOUNDS] for words in (one, other))
    return JaroWinkler.similarity(*heard)


def _same(one: Word, other: Word) -> bool:
    if one.folded == other.folded:
        return True
    if not one.skeleton or one.skeleton != other.skeleton:
        return False
    return _enough(one.skeleton, _likeness([one], [other]))


def _enough(shared: str, likeness: float) -> bool:
    """Whether names that have these consonants in common, and sound so alike, may be one."""
    return len(shared) > _SHORT or likeness >= (_ALIKE if len(shared) > 1 else _ALIKE_ALONE)


def _nearly(one: Keys, other: Keys) -> bool:
    """Whether two skeletons are one but for a consonant: another, one more or less, or one in another place."""
    if not one.skeletons or not other.skeletons:
        return False
    first, second = one.skeletons[0], other.skeletons[0]
    if len(first) not in _COMPARED or len(second) not in _COMPARED:
        return False
    return LCSseq.distance(first, second, score_cutoff=1) <= 1


def _starts(asked: Word, word: Word) -> bool:
    """Whether ``asked`` may be the beginning of ``word``, typed so far."""
    if word.folded.startswith(asked.folded):
        return True
    return len(asked.skeleton) > _SHORT and word.skeleton.startswith(asked.skeleton)


def _among(words: Iterable[Word], others: Iterable[Word]) -> bool:
    return all(any(_same(word, other) for other in others) for word in words)


def _token_score(query: str, name: str) -> float:
    """How far the words of one are words of the other: 0 when not, from .45 to .75 when they are."""
    asked, given = tokens(query)[:_WORDS], tokens(name)[:_WORDS]
    if not asked or not given:
        return 0
    asked_apart, given_apart = (*asked, *_words(query)[:_WORDS]), (*given, *_words(name)[:_WORDS])
    share = min(len(asked), len(given)) / max(len(asked), len(given))
    rest = 0.1 * share + 0.04 * _likeness(asked, given)
    if _among(asked, given_apart):
        return 0.6 + rest
    if _among(given, asked_apart):
        return 0.5 + rest
    if _among(asked[:-1], given_apart) and any(_starts(asked[-1], word) for word in given_apart):
        return 0.45 + rest
    return 0


def grade(query: str, name: str) -> tuple[Answer, float] | None:
    """How ``name`` answers ``query``: the strictest way it does, and a score from 0 to 1; None when it does not.

    Any exact answer scores above any folded one, folded above skeleton, then token (all the words of one among
    the words of the other, the last perhaps unfinished), then near (about one consonant apart).
    >>> grade("Kaim", "القائم"), grade("قائم", "Paris")
    (('skeleton', 0.94), None)
    """
    asked, given = keys(query), keys(name)
    if not asked.exact or not given.exact:
        return None
    if asked.exact == given.exact:
        return "exact", 1.0
    if asked.folded and asked.folded == given.folded:
        return "folded", 0.95
    likeness = _likeness(_words(query), _words(name))
    shared = set(asked.skeletons) & set(given.skeletons)
    if shared and _enough(max(shared, key=len), likeness):
        closer = 0.1 if asked.skeletons[0] == given.skeletons[0] else 0
        return "skeleton", round(0.75 + closer + 0.09 * likeness, 4)
    if score := _token_score(query, name):
        return "token", round(score, 4)
    if likeness >= _ALIKE and _nearly(asked, given):
        return "near", round(0.25 + 0.2 * likeness, 4)
    return None
