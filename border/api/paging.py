"""A page of a list: its order, and the cursor at which it begins."""

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from border.api.problems import Fault, bad_question, quote

# Columns that an order compares; each set has an index.
_KEYS: dict[str, tuple[str, ...]] = {
    "date": ("r.sort", "r.slug"),
    "ordinal": ("r.sort", "r.slug"),
    "slug": ("r.slug",),
    # The order of publication is the order in which the record changed.
    "changed": ("r.sequence",),
}
_WITHOUT_INDEX = {"r.sort": "r.sort || ''", "r.slug": "r.slug || ''", "r.sequence": "r.sequence + 0"}
_DIGEST = 6


@dataclass(frozen=True)
class Cursor:
    """A place in a list: after, or before, the row with these keys."""

    forward: bool
    keys: tuple[str | int, ...]

    def text(self, within: str) -> str:
        """As it stands in an address; ``within`` says of which list, in which order."""
        keys = json.dumps(
            ["n" if self.forward else "p", *self.keys], separators=(",", ":"), ensure_ascii=False
        )
        return base64.urlsafe_b64encode(_digest(within, keys.encode()) + keys.encode()).decode().rstrip("=")


def _digest(within: str, keys: bytes) -> bytes:
    # No secret: it only tells a cursor that was mangled, or belongs to another list, from one of ours.
    return hashlib.blake2b(within.encode() + b"\n" + keys, digest_size=_DIGEST).digest()


@dataclass(frozen=True)
class Order:
    """The order of a list of ``endpoint``: its ORDER BY, and how a page goes on from a cursor."""

    endpoint: str
    name: str

    @property
    def descending(self) -> bool:
        """Whether the order is turned round."""
        return self.name.startswith("-")

    @property
    def keys(self) -> tuple[str, ...]:
        """What it compares."""
        return _KEYS[self.name.removeprefix("-")]

    @property
    def by_day(self) -> bool:
        """Whether it is the order of days."""
        return self.name.removeprefix("-") == "date"

    @property
    def within(self) -> str:
        """What its cursors belong to."""
        return f"{self.endpoint} {self.name}"

    def sql(self, *, forward: bool, fetched: bool = False) -> str:
        """The ORDER BY of a page; backward it is read from its end.

        Where all rows are to be ``fetched`` first, it orders by what is equal to the keys and has no index.
        """
        turn = " DESC" if self.descending == forward else ""
        keys = [_WITHOUT_INDEX[key] for key in self.keys] if fetched else self.keys
        return ", ".join(f"{key}{turn}" for key in keys)

    def beyond(self, cursor: Cursor) -> str:
        """SQL of the rows after the cursor, or before it."""
        names = ", ".join(self.keys)
        less = self.descending == cursor.forward
        return f"({names}) {'<' if less else '>'} ({', '.join(['%s'] * len(self.keys))})"

    def cursor(self, text: str) -> Cursor:
        """The cursor that an address names. Raises Problem where it is none of this list."""
        found = self._cursor(text)
        if found is None:
            message = f"{quote(text)} is no cursor of this list in this order: take it from next or previous."
            raise bad_question([Fault("cursor", message)])
        return found

    def _cursor(self, text: str) -> Cursor | None:
        try:
            whole = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
            direction, *keys = json.loads(whole[_DIGEST:])
        except (ValueError, TypeError):
            return None
        if direction not in ("n", "p") or len(keys) != len(self.keys):
            return None
        if not all(_fits(column, key) for column, key in zip(self.keys, keys, strict=True)):
            return None
        found = Cursor(direction == "n", tuple(keys))
        # The digest must be ours; and the last letter of base64 has bits to spare: only one spelling is.
        return found if found.text(self.within) == text else None


def _fits(column: str, key: Any) -> bool:
    """Whether a cursor may compare ``column`` with ``key``."""
    if column == "r.sequence":
        return type(key) is int and 0 <= key < 2**63
    return isinstance(key, str) and "\0" not in key and key.isprintable()


@dataclass(frozen=True)
class Page:
    """Rows of a list in its order, and the cursors of the pages beside it, where there are any."""

    rows: list[tuple[Any, ...]]
    next: Cursor | None
    previous: Cursor | None


def page(order: Order, cursor: Cursor | None, size: int, rows: list[tuple[Any, ...]]) -> Page:
    """The page that ``rows`` make, read from ``cursor`` on, one more than ``size`` where there are more.

    The first columns of each row are the keys of the order.
    """
    forward = cursor is None or cursor.forward
    more, rows = len(rows) > size, rows[:size]
    if not forward:
        rows = rows[::-1]
    width = len(order.keys)
    if not rows:
        return Page([], None, None)
    after = Cursor(forward=True, keys=rows[-1][:width]) if (more if forward else True) else None
    before = (
        Cursor(forward=False, keys=rows[0][:width]) if (cursor is not None if forward else more) else None
    )
    return Page([row[width:] for row in rows], after, before)
