"""Which rows a name that somebody typed may mean: the ways in which a stored name answers, each a condition that an index keeps.

A stored name is known by its search keys. Beside their index lies one of their *words*, which also finds words that are
begun: `border_words(search_keys)` in the database, a tsvector of the skeleton of each word (t:) and of each word as it
is folded (w:), Abu and its kin also as one word with what follows.
"""

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db.models import BooleanField, Func, Q, Value

from border.kernel import names

# So few consonants are shared by chance, and are the beginning of too much.
SHORT = 2
# Of a question of so many words, all but one may do.
_MOST_WORDS = 6
# What nobody types as a name; the index of words takes no longer ones.
LONGEST = 200


def search_keys(text: str) -> list[str]:
    """The keys by which ``text`` is stored and found, each marked with how strict it is (e, f, s, t, n)."""
    found = names.keys(text)
    return [
        f"e:{found.exact}",
        f"f:{found.folded}",
        *[f"s:{key}" for key in found.skeletons],
        *[f"t:{key}" for key in found.tokens],
        *[f"n:{key}" for key in found.near],
    ]


class Words(Func):
    """The words of an array of search keys, as the index has them."""

    function = "border_words"
    output_field = SearchVectorField()


class _Have(Func):
    """Whether words have what a search asks for."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()


def strict(query: str) -> list[Q]:
    """The conditions upon ``search_keys`` under which a name answers ``query`` with all of its words, the strictest first.

    The same text or spelling; the same skeleton; the same words; the same words, the last of them begun. Few
    consonants are shared by much: by these a name answers after the others.
    """
    kinds, words = _kinds(query), _tokens(query)
    skeletons = _sharing(kinds["s"])
    conditions = [_sharing([*kinds["e"], *kinds["f"]])]
    if max(map(len, kinds["s"]), default=0) - len("s:") > SHORT:
        conditions.append(skeletons)
    if words:
        conditions += [_all(words, SHORT + 1), _begun(words, SHORT + 1)]
    conditions.append(skeletons)
    if any(0 < len(word.skeleton) <= SHORT for word in words):
        conditions.append(_begun(words, 1))
    return [*dict.fromkeys(condition for condition in conditions if condition)]


def surely(query: str) -> list[Q]:
    """The fewest conditions that together let through whatever those of `strict` do."""
    kinds, words = _kinds(query), _tokens(query)
    found = [_sharing(kinds["s"]), _begun(words, 1) if words else _sharing([*kinds["e"], *kinds["f"]])]
    return [condition for condition in found if condition]


def loose(query: str) -> list[Q]:
    """The conditions under which a name may answer ``query`` although a word is missing or a letter is another."""
    words, kinds = _tokens(query), _kinds(query)
    conditions = [_sharing(kinds["n"])]
    if 2 < len(words) <= _MOST_WORDS:
        conditions.insert(0, _having(" | ".join(_and(some) for some in combinations(words, len(words) - 1))))
    if len(kinds["t"]) > 1:
        conditions.append(_sharing(kinds["t"]))
    return [condition for condition in conditions if condition]


def prose(*fields: str) -> SearchVector:
    """The words of ``fields``, as the index of prose has them: without case, otherwise as they are written."""
    return SearchVector(*fields, config="simple")


def prose_query(query: str) -> SearchQuery | None:
    """A search for all the words of ``query``, the last of them perhaps unfinished; None where it has no word."""
    words = re.findall(r"\w+", query[:LONGEST])
    return SearchQuery(f"{' & '.join(words)}:*", config="simple", search_type="raw") if words else None


def _tokens(query: str) -> list[names.Word]:
    return [word for word in names.tokens(query[:LONGEST]) if word.folded]


def _kinds(query: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {kind: [] for kind in "efstn"}
    for key in search_keys(query[:LONGEST]):
        if key[2:]:
            found[key[0]].append(key)
    return found


def _sharing(keys: list[str]) -> Q:
    return Q(search_keys__overlap=keys) if keys else Q()


def _having(tsquery: str) -> Q:
    return Q(_Have(Words("search_keys"), _Query(tsquery)))


class _Query(Value):
    """A search for words that are taken as they are."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str, ...]]:
        """The search as PostgreSQL writes it."""
        return "%s::tsquery", (self.value,)


def _all(words: Sequence[names.Word], least: int) -> Q:
    """All the words, in any order; by their consonants too where these are ``least``."""
    return _having(_and(words, least))


def _begun(words: Sequence[names.Word], least: int) -> Q:
    """All the words, of the last of which perhaps only the beginning."""
    begun = " | ".join(f"{lexeme}:*" if known else lexeme for lexeme, known in _ends(words[-1], least))
    return _having(" & ".join([_and(words[:-1], least), f"({begun})"] if words[1:] else [f"({begun})"]))


def _ends(word: names.Word, least: int) -> list[tuple[str, bool]]:
    """The lexemes of an unfinished word, and whether more may follow: not after a few consonants."""
    return [
        (lexeme, lexeme.startswith("'w:") or len(word.skeleton) > SHORT) for lexeme in _lexemes(word, least)
    ]


def _and(words: Sequence[names.Word], least: int = 1) -> str:
    return f"({' & '.join(_word(word, least) for word in words)})"


def _word(word: names.Word, least: int = 1) -> str:
    return f"({' | '.join(_lexemes(word, least))})"


def _lexemes(word: names.Word, least: int) -> list[str]:
    """The word as it is folded, and by its consonants where these are ``least``."""
    texts = [f"w:{word.folded}", *([f"t:{word.skeleton}"] if len(word.skeleton) >= least else [])]
    return ["'" + text.replace("\\", "\\\\").replace("'", "''") + "'" for text in texts]
