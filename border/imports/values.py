"""How what rows say is written: as the database takes it, and as a line of ours may be."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import orjson

from border.kernel.finding import search_keys
from border.kernel.rules import LINE, MARKUP

LONGEST_QUOTE = 300
_HIDDEN = re.compile(f"{LINE}|(?={MARKUP})<")


def as_json(value: Any) -> str:
    """``value`` in JSON, without spaces and in any script."""
    return orjson.dumps(value).decode()


def encoder(columns: Sequence[str]) -> Callable[[Sequence[str]], str]:
    """What writes the cells in these columns as an object in JSON."""

    def encode(cells: Sequence[str]) -> str:
        return as_json(dict(zip(columns, cells, strict=True)))

    return encode


def found_by(title: str) -> str:
    """The search keys of a title, as PostgreSQL writes arrays."""
    keys = sorted({*search_keys(title)})
    written = "".join(keys)
    if "\\" in written or '"' in written:
        keys = [key.replace("\\", "\\\\").replace('"', '\\"') for key in keys]
    return '{"' + '","'.join(keys) + '"}'


def quoted(text: str) -> str:
    """The beginning of ``text``, as much of it as a quote may be."""
    line = plain(text)
    return line if len(line) <= LONGEST_QUOTE else f"{line[: LONGEST_QUOTE - 1]}…"


def plain(text: str) -> str:
    """``text`` as a line of ours may be: in normal form C, without hidden characters and markup."""
    return text if text.isascii() and text.isprintable() and "<" not in text else _plain(text)


@lru_cache(maxsize=20_000)
def _plain(text: str) -> str:
    return " ".join(_HIDDEN.sub(" ", unicodedata.normalize("NFC", text)).split())


@lru_cache(maxsize=4_000)
def as_range(days: tuple[dt.date, dt.date] | None) -> str:
    """From the first to the last of these days, as PostgreSQL writes it; of none, nothing."""
    if days is None:
        return "empty"
    first, last = days
    return f"[{first},{last + dt.timedelta(days=1)})"
