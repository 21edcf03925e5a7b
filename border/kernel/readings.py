"""How else a name that somebody asks for may be written: what the keys of a stored name do not say.

A stored name keeps the skeletons of its own spelling (border/kernel/names.py). Whoever asks may hear ذ as t, write غ as
the French do, glue the article, translate *Liwa* or give initials. Such *readings* are made of what was asked, when it is
asked, so that stored names need no more keys. Each rule says what it knows of spelling or of words; none knows a name.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Literal, NamedTuple

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from border.kernel import names

__all__ = ["HOW", "Answer", "Asked", "asked", "initials"]

Answer = Literal["exact", "folded", "skeleton", "initials", "token", "near"]
HOW: tuple[Answer, ...] = ("exact", "folded", "skeleton", "initials", "token", "near")

# ------------------------------------------------------------------------------------------- other spellings

# Consonants that one language tells apart and another does not, or that schemes of romanisation write alike.
_CONFUSED: dict[str, str] = {}
for _pair in (
    "td",  # ط, ض, ذ and ظ in whatever scheme; the ends of words in Turkish
    "ts",  # ث is th in English and s in Turkish, Persian and Kurdish
    *("ds", "tz"),  # ذ, ض and ظ are z there
    "zs",  # s between vowels in French
    "kh",  # kh without its h; Greek chi
    "gh",  # ه and غ are both Г in Russian
    "gr",  # غ as it is heard in French
    *("kx", "ks", "hx"),  # c and ch, as languages read them
    "jx",  # ج as zh, ş as sh
    *("bf", "fw", "bw"),  # p for f in Georgian, Tamil and Korean; beta is v
    "mn",  # before b, and where a word ends
    "lr",  # one letter in Japanese, Korean and Chinese
):
    for _one, _other in ((_pair[0], _pair[1]), (_pair[1], _pair[0])):
        _CONFUSED[_one] = _CONFUSED.get(_one, "") + _other

# Letters for which others stand elsewhere, in Latin spelling.
_RESPELT = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"rh", "gh"),  # غ in French
        (r"eh(?=[^aeiouy\W])", "e"),  # Э; a long e
        (r"nt", "d"), (r"mp", "b"), (r"n?gk", "g"), (r"t[zs]", "j"),  # Greek, which has no letters for these
        (r"dz", "dez"),  # two letters or one: Qala Diza, Qaladza
        (r"([tdksgz])h", r"\1ah"),  # two letters or one: Is'haq
        (r"v", "f"), (r"v", "b"),
        (r"(?<=\w\w[ae])t\b", ""),  # ة at the end, in Persian and Turkish
    )
)  # fmt: skip
_MIXED = re.compile("(?=\\S*[a-z])\\S*[\u0600-\u06ff]\\S*", re.IGNORECASE)
_EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_OTHER_SCRIPTS = re.compile("[\u0900-\u0dff\u10a0-\u10ff]")
_INNER_H = re.compile("ح(?= )")
# An article written as part of its word, or whose consonant is doubled: Alqaim, Errastan, Kherbet Elsawda, ett Tine.
_ARTICLE = re.compile(
    r"\b[aeu]l(?=[^aeiouyl\W]\w\w)|\b[aeu](?=(sh|ch|[tdrszn])\1\w\w)|\be(tt|dd|rr|ss|zz|nn|ch) (?=\2?[tdrsznc])"
)

_LEAST, _LONGEST = 2, 16
# So many readings are looked up at most.
_MOST = 100


def _spellings(text: str) -> Iterator[str]:
    """The text in other spellings, each letter as it is heard elsewhere."""
    if _EASTERN.search(text) or _OTHER_SCRIPTS.search(text):
        latin = anyascii(text).lower()
        yield from (latin, latin.replace("l", "r"), latin.replace("r", "l"))
    if _MIXED.search(text):
        yield text.translate(names._ARABIC_SOUND).replace("x", "sh").replace("C", "ch")
    if _INNER_H.search(text):
        # It is heard where the words are written as one.
        yield _INNER_H.sub("حا", text)
    plain = anyascii(text).lower()
    for pattern, letters in _RESPELT:
        if (respelt := pattern.sub(letters, plain)) != plain:
            yield respelt


def _heard(consonants: str) -> Iterator[str]:
    """The consonants with one of them another, one less, or ة at the end."""
    for at, sound in enumerate(consonants):
        for other in _CONFUSED.get(sound, ""):
            yield consonants[:at] + other + consonants[at + 1 :]
        if sound == "h" and consonants[at - 1 : at] in set("tdksgz") - {""}:
            # A Latin spelling has one sound for both.
            yield consonants[:at] + consonants[at + 1 :]
    yield consonants + "t"
    if len(consonants) > _LEAST + 1:
        for at in range(len(consonants)):
            yield consonants[:at] + consonants[at + 1 :]


def _otherwise(text: str) -> Iterator[str]:
    """Skeletons by which the name ``text`` may also be stored."""
    for spelling in _spellings(text):
        yield from names.skeletons(spelling)
    words = [word.consonants for word in names._words(text)]
    heard = [*_heard("".join(words))]
    telling = "".join(word.consonants for word in names.tokens(text))
    if telling != "".join(words):
        heard += [telling, *_heard(telling)]
    # An article that is part of the stored word.
    heard += ["".join([*words[:at], "l", *words[at:]]) for at in range(len(words))]
    for consonants in heard:
        yield consonants.translate(names._COARSE).replace("w", "")


# ----------------------------------------------------------------------------------------------- other words

# Words that are translated with a name, in English, Arabic and its romanisations; of each line one stands for another.
_TRANSLATED = """
brigade brigades battalion battalions liwa kataib katiba لواء كتائب كتيبة
army jaysh جيش
movement haraka حركة
front jabha جبهة
party hizb حزب
forces force quwwat قوات
council majlis مجلس
group gathering jamaa tajammu جماعة تجمع
organization organisation tanzim munazzama تنظيم منظمة
association society jamiya جمعية
foundation institution muassasa مؤسسة
company corporation sharika شركة
guard guards haras حرس
state dawla دولة
islamic islamiyah إسلامية
islam islami إسلام
popular people peoples shabi شعبي
resistance muqawamah مقاومة
supporters partisans ansar أنصار
soldiers jund جند
lions usud أسود
falcons hawks suqur صقور
martyrs shuhada شهداء
free hurr حر
syrian suriyah سورية
iraqi iraqiyah عراقية
levant sham syria شام
north northern shamali شمالي
south southern janubi جنوبي
east eastern sharqi sharqiyah شرقي شرقية
west western gharbi gharbiyah غربي غربية
upper fawqani fawqa فوقاني فوقا
lower tahtani tahta تحتاني تحتا
great big greater kabir kabirah كبير كبيرة
little small saghir saghirah صغير صغيرة
new jadid jadidah جديد جديدة
old qadim qadimah قديم قديمة
river nahr نهر
mount mountain mountains jabal جبل
hill tall tell تل
valley wadi وادي
spring ayn عين
well bir بئر
bridge jisr جسر
castle fort qala قلعة
island jazira جزيرة
lake buhayra بحيرة
camp mukhayyam مخيم
crossing mabar معبر
airport airbase matar مطار
road tariq طريق
euphrates furat فرات
"""
# What a company is in law is no part of what it is called.
_LEGAL = frozenset(
    "co company corp corporation inc ltd limited llc plc gmbh sal psc ag bv trust branch".split()
)
# Of a question with many such words, so many translations are looked up.
_TRANSLATIONS = 8


def _senses() -> dict[str, list[tuple[names.Word, tuple[names.Word, ...]]]]:
    """Each word that is translated, by its skeleton, with those that may stand for it."""
    found: dict[str, list[tuple[names.Word, tuple[names.Word, ...]]]] = {}
    for line in _TRANSLATED.split("\n"):
        words = tuple(word for text in line.split() for word in names.tokens(text))
        for word in words:
            found.setdefault(word.skeleton, []).append((word, words))
    return found


_SENSES = _senses()


def _choices(word: names.Word) -> list[str]:
    """The word, and one for each other skeleton of what it is translated with."""
    found = {word.skeleton: word.folded}
    for known, words in _SENSES.get(word.skeleton, []):
        if names._same(word, known):
            for other in words:
                found.setdefault(other.skeleton, other.folded)
    return [*found.values()]


def _translated(text: str) -> Iterator[str]:
    """The name with words translated, and without what a company is in law; itself left out."""
    words = [word for word in names.tokens(text) if word.folded not in _LEGAL] or [*names.tokens(text)]
    if len(words) < len(names.tokens(text)):
        yield " ".join(word.folded for word in words)
    if len(words) > 1:
        every = product(*map(_choices, words))
        yield from (" ".join(some) for some in islice(every, 1, 1 + _TRANSLATIONS))


# Words of which an abbreviation has no letter: articles and what joins words.
_UNSPOKEN = frozenset(
    "al el ul the of and for in to on a an de la le du des et wa w fi li bi ar as ad at az ash".split()
)
_NO_LETTERS = re.compile("[^A-Za-z0-9 /-]+")
_ABBREVIATED = 8
_ABBREVIATION = re.compile(rf"[A-Z]{{2}}|[A-Za-z]{{3,{_ABBREVIATED}}}")


def initials(text: str) -> str:
    """The first letters of the words of ``text``, articles and the like left out; empty for one word or many.

    The database has the same, as border_initials(text).
    >>> initials("Islamic State of Iraq and al-Shām"), initials("Hay'at Tahrir al-Sham")
    ('isis', 'hts')
    """
    plain = _NO_LETTERS.sub("", unicodedata.normalize("NFD", text)).lower()
    words = [word for word in re.split("[ /-]+", plain) if word and word not in _UNSPOKEN]
    return "".join(word[0] for word in words) if 2 <= len(words) <= _ABBREVIATED else ""


def _abbreviated(text: str) -> frozenset[str]:
    """The initials that ``text`` may be; of al-Qaeda's those who write them have the article's too."""
    letters = text.replace(".", "").strip()
    if not _ABBREVIATION.fullmatch(letters):
        return frozenset()
    letters = letters.lower()
    return frozenset({letters, letters[1:]} if letters[0] == "a" and len(letters) > 3 else {letters})


# --------------------------------------------------------------------------------------------------- answers

# How much two names must sound alike, consonants that are confused taken for one, by how many they have.
_SOUND = {2: 0.9, 3: 0.8}
_SOUND_LONG = 0.72
# Confused consonants as one, so that what is compared is the vowels.
_CLASS: dict[int, str] = names._HEARD | dict(zip(map(ord, "dszxSXkghCjJfmr"), "ttttttkkkkkkbnl", strict=True))
_TWICE = re.compile(r"(.)\1+")
_SHARE = 2 / 3


def _sounds(text: str) -> str:
    heard = "".join(word.sounded for word in names._words(text)).translate(_CLASS)[: names._SOUNDS]
    return _TWICE.sub(r"\1", heard)


def _leaves_out(short: str, full: str) -> bool:
    """Whether ``short`` is ``full`` but for letters, as Arabic leaves out short vowels."""
    letters = iter(full)
    return all(letter in letters for letter in short)


class Asked(NamedTuple):
    """A name that somebody asks for, and what else may be meant: the same in other spellings, words or skeletons."""

    text: str
    keys: names.Keys
    sounds: str
    spellings: tuple[str, ...]
    words: tuple[str, ...]
    translations: dict[str, frozenset[str]]
    skeletons: frozenset[str]
    abbreviated: frozenset[str]
    initials: str

    def answer(self, name: str) -> tuple[Answer, float] | None:
        """How ``name`` answers: as `names.grade` says, or else by what may also be meant."""
        graded: tuple[Answer, float] | None = names.grade(self.text, name)
        if graded and graded[0] not in {"token", "near"}:
            return graded
        if better := self._short(name) or self._spelt(name):
            return better
        if graded and graded[0] == "token":
            return graded
        given = names.keys(name)
        return (
            self._alike(name, given)
            or self._translated(name, given)
            or graded
            or self._nearly(name, given)
            or self._by_most_words(name, given)
        )

    def _short(self, name: str) -> tuple[Answer, float] | None:
        """By initials, of the name or of what is asked."""
        long = self.abbreviated and initials(name) in self.abbreviated
        short = self.initials and len(name) <= 2 * _ABBREVIATED and self.initials in _abbreviated(name)
        return ("initials", 0.75) if long or short else None

    def _spelt(self, name: str) -> tuple[Answer, float] | None:
        """With the article told from its word."""
        for spelling in self.spellings:
            if (graded := names.grade(spelling, name)) and graded[0] != "near":
                return ("token", graded[1]) if graded[0] == "token" else ("skeleton", 0.75)
        return None

    def _alike(self, name: str, given: names.Keys) -> tuple[Answer, float] | None:
        """By few consonants that are the same, where one script leaves out the vowels."""
        if set(self.keys.skeletons).isdisjoint(given.skeletons) or not self._heard(name):
            return None
        return "skeleton", 0.75

    def _translated(self, name: str, given: names.Keys) -> tuple[Answer, float] | None:
        """With a word translated."""
        for text, words in self.translations.items():
            if words.issubset(given.tokens) and (graded := names.grade(text, name)):
                return "token", min(graded[1], 0.6)
        return None

    def _nearly(self, name: str, given: names.Keys) -> tuple[Answer, float] | None:
        """By another reading, or one consonant more, if the vowels are alike."""
        shared = self.skeletons.intersection(given.skeletons)
        if not shared:
            shared = self.skeletons & {"".join(word.skeleton for word in names.tokens(name))}
        if not shared and not set(self.keys.skeletons[:1]).isdisjoint(given.near):
            shared = frozenset(self.keys.skeletons[:1])
        if not shared:
            return None
        likeness = 1.0 if self._heard(name) else JaroWinkler.similarity(self.sounds, _sounds(name))
        least = _SOUND.get(max(map(len, shared)), _SOUND_LONG)
        return ("near", round(0.25 + 0.2 * likeness, 4)) if likeness >= least else None

    def _by_most_words(self, name: str, given: names.Keys) -> tuple[Answer, float] | None:
        """By two thirds of the words of both, two at least."""
        if len(set(self.keys.tokens).intersection(given.tokens)) < 2:
            return None
        one, other = names.tokens(self.text), names.tokens(name)
        longer = max(len(one), len(other))
        if longer > names._WORDS or min(len(one), len(other)) < _SHARE * longer:
            return None
        share = sum(any(names._same(word, like) for like in other) for word in one) / longer
        return ("near", round(0.25 + 0.15 * min(share, 1), 4)) if share >= _SHARE else None

    def _heard(self, name: str) -> bool:
        """Whether one is the other but for what is left out."""
        other = _sounds(name)
        return _leaves_out(self.sounds, other) or _leaves_out(other, self.sounds)


def _skeletons(text: str) -> tuple[str, ...]:
    """The skeletons of the telling words."""
    return tuple(word.skeleton for word in names.tokens(text) if word.skeleton)


@lru_cache(maxsize=256)
def asked(text: str) -> Asked:
    """What may be meant by ``text``.

    >>> asked("Laziqiye").answer("Latakia"), asked("SDF").answer("Syrian Democratic Forces")
    (('near', 0.4289), ('initials', 0.75))
    """
    plain = anyascii(text).lower()
    bare = _ARTICLE.sub("", plain)
    keys = names.keys(text)
    own = keys.skeletons
    found = dict.fromkeys(_otherwise(text) if own and len(own[0]) <= _LONGEST else ())
    return Asked(
        text=text,
        keys=keys,
        sounds=_sounds(text),
        spellings=(bare,) if bare != plain and names.skeletons(bare) else (),
        words=_skeletons(text),
        translations={other: frozenset(words) for other in _translated(text) if (words := _skeletons(other))},
        skeletons=frozenset([one for one in found if len(one) >= _LEAST and one not in own][:_MOST]),
        abbreviated=_abbreviated(text),
        initials=initials(text),
    )
