"""What the text of a cell means for its column, and how a value is written in a cell."""

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from rapidfuzz import process

from border.contracts import numerals
from border.contracts.numerals import Unreadable
from border.kernel import names
from border.kernel.rules import MARKUP

_MARKUP = re.compile(MARKUP)
_LIKE_ENOUGH = 60
# Characters that a terminal or a browser would act on, or not show; in messages they are spelt out.
_UNSEEN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)


def value_of(field: "models.Field[Any, Any]", text: str, *, multiline: bool) -> Any:
    """The value that ``text`` means in a column; for a reference the slug itself.

    An empty cell is the column's own empty value. Raises Unreadable, with what would have been right.
    """
    if text == "":
        return _empty(field)
    if isinstance(field, models.ForeignKey):
        _check_text(text, multiline=False)
        return text
    value = _typed(field, text, multiline=multiline)
    try:
        field.run_validators(value)
    except ValidationError as error:
        raise Unreadable(" ".join(_in_our_words(field, one) for one in error.error_list)) from error
    return value


def text_of(value: Any) -> str:
    """A value as it stands in a cell; a record is written by its slug.

    >>> text_of(True), text_of(None), text_of(["SY", "IQ"]), text_of(Decimal("40.918600"))
    ('yes', '', 'SY;IQ', '40.9186')
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return numerals.written(value)
        case dict():
            return json.dumps(value, sort_keys=True)
        case list():
            return ";".join(value)
        case models.Model():
            return str(getattr(value, "slug", value.pk))
        case _:
            return str(value)


def shown(text: str, longest: int = 60) -> str:
    """``text`` for a message: shortened, and with invisible characters spelt out.

    >>> shown("Qa" + chr(0x202E) + "im")
    'Qa<U+202E>im'
    """
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return _UNSEEN.sub(lambda match: f"<U+{ord(match.group()):04X}>", cut)


def nearest(text: str, known: Iterable[str]) -> str | None:
    """Which of the ``known`` words ``text`` was probably meant to be; None when none is like it."""
    found = process.extractOne(
        text.strip().lower(), list(known), processor=str.lower, score_cutoff=_LIKE_ENOUGH
    )
    return found[0] if found else None


@lru_cache(maxsize=256)
def words_of(field: "models.Field[Any, Any]") -> tuple[str, ...]:
    """The words that a column with a vocabulary may hold; empty for any other column."""
    return tuple(word for word, _ in field.flatchoices if word)


def _empty(field: "models.Field[Any, Any]") -> Any:
    if isinstance(field, models.BooleanField):
        raise Unreadable("This must not be empty. Write yes or no.")
    if not field.blank:
        words = words_of(field)
        remedy = f"Write one of: {', '.join(words)}." if words else str(field.help_text)
        raise Unreadable(f"This must not be empty. {remedy}")
    if field.null:
        return None
    return [] if isinstance(field, ArrayField) else ""


def _typed(field: "models.Field[Any, Any]", text: str, *, multiline: bool) -> Any:
    match field:
        case models.BooleanField():
            if text not in {"yes", "no"}:
                meant = {"true": "yes", "1": "yes", "y": "yes", "false": "no", "0": "no", "n": "no"}
                likely = meant.get(text.strip().lower(), text.strip().lower())
                raise Unreadable(f"Write {likely}." if likely in {"yes", "no"} else "Write yes or no.")
            return text == "yes"
        case models.IntegerField():
            return numerals.integer(text)
        case models.DecimalField():
            return numerals.decimal(text)
        case ArrayField():
            return _codes(text)
        case models.JSONField():
            return json.loads(text)
    _check_text(text, multiline=multiline)
    words = words_of(field)
    if words and text not in words:
        word = nearest(text.replace(" ", "_").replace("-", "_"), words)
        hint = f" Perhaps {word}?" if word else ""
        raise Unreadable(f"This is no {field.verbose_name} we know. Write one of: {', '.join(words)}.{hint}")
    return text


def _codes(text: str) -> list[str]:
    codes = text.split(";")
    if all(re.fullmatch("[A-Z]{2}", code) for code in codes):
        if len(set(codes)) < len(codes):
            raise Unreadable("The same country stands here twice. Write it once.")
        return codes
    likely = [code.upper() for code in re.split(r"[;,/ |]+", text.strip())]
    remedy = ";".join(likely) if all(re.fullmatch("[A-Z]{2}", code) for code in likely) else "SY;IQ"
    raise Unreadable(
        f"Countries are two capital letters each (ISO 3166-1), joined by semicolons. Write it like {remedy}."
    )


def _check_text(text: str, *, multiline: bool) -> None:
    refusal = names.refuse(text, multiline=multiline)
    if refusal:
        raise Unreadable(refusal)
    markup = _MARKUP.search(text)
    if markup:
        raise Unreadable(
            f"Character {markup.start() + 1} begins markup ({shown(text[markup.start() :], 20)}): write plain text; "
            "leave a space after a < that means less than."
        )
    if not multiline and text != text.strip():
        raise Unreadable("The cell begins or ends with a space. Delete it.")


def _in_our_words(field: "models.Field[Any, Any]", error: ValidationError) -> str:
    if isinstance(field, models.URLField) and error.code == "invalid":
        return "This is not an address on the web. Write it whole, beginning with https:// or http://."
    return error.messages[0]
