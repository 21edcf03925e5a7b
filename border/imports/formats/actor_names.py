"""The names by which an actor of ACLED or UCDP may be known here."""

import re
from functools import lru_cache

from border.imports.formats.countries import BY_NAME

_LONGEST = 400
_YEARS = re.compile(r"\d{4}-(\d{4})?")
_QUALIFIED = re.compile(r"(?P<name>[^()]*[^()\s])\s*\((?P<qualifier>[^()]+)\)\s*(?P<unit>[^()\s].*)?")
_SHORT = re.compile(r"(?P<short>[A-Z][\w/.&-]{1,11}): (?P<name>\S.*)")
# What stands before the name of a state.
_BEARERS = (
    "Military Forces of the ",
    "Military Forces of ",
    "Police Forces of the ",
    "Police Forces of ",
    "Government of ",
)


@lru_cache(maxsize=5_000)
def _names(raw: str) -> tuple[str, ...]:
    plain = " ".join(raw.split())
    found = [plain] if plain else []
    found += _without_qualifier(plain)
    for name in list(found):
        if match := _SHORT.fullmatch(name):
            found += [match["name"], *_without_qualifier(match["name"]), match["short"]]
    for name in list(found):
        found += [
            name.removeprefix(bearer) for bearer in _BEARERS if name.startswith(bearer) and "(" not in name
        ][:1]
    return tuple(dict.fromkeys(found))


def bare_name(raw: str) -> list[str]:
    """The names to look an actor of ACLED or UCDP up by, the most faithful first; each is a part of ``raw``.

    >>> bare_name("QSD: Syrian Democratic Forces")
    ['QSD: Syrian Democratic Forces', 'Syrian Democratic Forces', 'QSD']
    >>> bare_name("Military Forces of Syria (2000-2024)")
    ['Military Forces of Syria (2000-2024)', 'Military Forces of Syria', 'Syria']
    >>> bare_name("Military Forces of Iran (1989-) Islamic Revolutionary Guard Corps")[1:]
    ['Islamic Revolutionary Guard Corps']
    >>> bare_name("Militia (Pro-Iran)")
    ['Militia (Pro-Iran)']
    """
    return list(_names(raw)) if len(raw) <= _LONGEST else [raw.strip()]


def _without_qualifier(name: str) -> list[str]:
    """The name before years or a country in brackets; what follows the years is the name of a part, and stands alone."""
    match = _QUALIFIED.fullmatch(name)
    if match is None:
        return []
    qualifier, unit = match["qualifier"].strip(), match["unit"]
    if _YEARS.fullmatch(qualifier):
        return [unit.removeprefix("- ").strip()] if unit else [match["name"]]
    if unit is None and (_is_country(qualifier) or name.startswith("Government of ")):
        return [match["name"]]
    return []


def _is_country(text: str) -> bool:
    return text.casefold() in BY_NAME
