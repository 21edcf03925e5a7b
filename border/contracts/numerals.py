"""Numbers as a contract writes them, and what people who wrote them otherwise probably meant."""

import re
import unicodedata
from decimal import Decimal

_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
_NO_NUMBER = re.compile(r"[+-]?(nan|inf|infinity)|n/?a|null|none|unknown|-+|\?+", re.IGNORECASE)
_EXPONENT = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?[eE][+-]?[0-9]")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}([, '\u00a0\u2009\u202f\u066c][0-9]{3})+(\.[0-9]+)?")
_DEGREES = re.compile(
    r"(?P<degrees>[0-9]{1,3}(\.[0-9]+)?)\s*[°º]?\s*"
    r"((?P<minutes>[0-9]{1,2}(\.[0-9]+)?)\s*['′’]\s*)?"
    r"((?P<seconds>[0-9]{1,2}(\.[0-9]+)?)\s*[\"″”]\s*)?"
    r"(?P<side>[NSEW])?",
    re.IGNORECASE,
)
_LONGEST = 40


class Unreadable(ValueError):
    """A cell that does not say what its column asks for; the message says what would."""


def integer(text: str) -> int:
    """The whole number that ``text`` is. Raises Unreadable, with what was probably meant.

    >>> integer("1e5")
    Traceback (most recent call last):
    border.contracts.numerals.Unreadable: This is not a whole number in plain digits. Write 100000.
    """
    if _INTEGER.fullmatch(text):
        return int(text)
    meant = _meant(text, whole=True)
    raise Unreadable(f"This is not a whole number in plain digits. {_remedy(text, meant, '1200')}")


def decimal(text: str) -> Decimal:
    """The decimal number that ``text`` is. Raises Unreadable, with what was probably meant.

    >>> decimal("40.9186"), decimal("-3")
    (Decimal('40.9186'), Decimal('-3'))
    """
    if _DECIMAL.fullmatch(text):
        return Decimal(text)
    meant = _meant(text, whole=False)
    raise Unreadable(
        f"This is not a number in plain digits with a decimal point. {_remedy(text, meant, '34.4522')}"
    )


def written(number: Decimal) -> str:
    """A number without exponent and without zeros at its end.

    >>> written(Decimal("40.918600")), written(Decimal("1E+2")), written(Decimal("-0.0"))
    ('40.9186', '100', '0')
    """
    return format(number.normalize(), "f") if number else "0"


def _remedy(text: str, meant: str | None, example: str) -> str:
    if _NO_NUMBER.fullmatch(text.strip()):
        return "Leave the cell empty where no number is known."
    return f"Write {meant}." if meant else f"Write it like {example}."


def _meant(text: str, *, whole: bool) -> str | None:
    """The canonical number that ``text`` probably stands for, or None."""
    if len(text) > _LONGEST:
        return None
    plain = "".join(_digit(char) for char in unicodedata.normalize("NFKC", text).strip())
    plain = plain.replace("\u2212", "-").replace("\u066b", ".").removeprefix("+")
    if _THOUSANDS.fullmatch(plain):
        if plain.count(",") == 1 and not whole:
            return None  # 1,200 may be a thousand or little more than one
        plain = re.sub(r"[, '\u00a0\u2009\u202f\u066c]", "", plain)
    elif re.fullmatch(r"-?[0-9]+,[0-9]+", plain):
        plain = plain.replace(",", ".")
    number = _number(plain) if whole else _number(plain) or _from_degrees(plain)
    if number is None or (whole and number != number.to_integral_value()):
        return None
    return written(number)


def _digit(char: str) -> str:
    return str(unicodedata.digit(char)) if char.isdecimal() else char


def _number(plain: str) -> Decimal | None:
    if re.fullmatch(r"-?[0-9]+(\.[0-9]*)?|-?\.[0-9]+", plain) or _EXPONENT.fullmatch(plain):
        return Decimal(plain)
    return None


def _from_degrees(plain: str) -> Decimal | None:
    match = _DEGREES.fullmatch(plain)
    if match is None:
        return None
    total = sum(
        Decimal(match[name]) / size
        for name, size in (("degrees", 1), ("minutes", 60), ("seconds", 3600))
        if match[name]
    )
    south_or_west = (match["side"] or "").upper() in {"S", "W"}
    return round(Decimal(-total if south_or_west else total), 6)
