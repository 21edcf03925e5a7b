"""Which ids a file had already, in a few bytes each."""

from array import array
from collections.abc import Sequence

_MASK = 2**64 - 1
_DIGEST = 2**32 - 1
# Shelves are told apart by the first bits of a hash, and grow one at a time: what is copied is never much.
_BITS = 6
_SLOTS = 64


class Seen:
    """Remembers the id and the content of each row, by their hashes: some 30 bytes for a row, however long it is."""

    def __init__(self) -> None:
        self._shelves = [_Shelf() for _ in range(1 << _BITS)]

    def before(self, key: str, cells: Sequence[str], place: int) -> tuple[int, bool] | None:
        """The place of an earlier row with this id, and whether it had the same cells; None, and it is remembered.

        ``place`` is a number below 2**32.
        """
        name, digest = (hash(key) & _MASK) or 1, hash("\x1f".join(cells)) & _DIGEST
        found = self._shelves[name >> 64 - _BITS].before(name, place << 32 | digest)
        return None if found is None else (found >> 32, found & _DIGEST == digest)


class _Shelf:
    """Numbers under names that are numbers above 0."""

    def __init__(self) -> None:
        self._count = 0
        self._ids, self._rows = _empty(_SLOTS), _empty(_SLOTS)

    def before(self, name: int, row: int) -> int | None:
        """What stands under the name already; None, and ``row`` does now."""
        ids = self._ids
        slot, last = name % len(ids), len(ids)
        while ids[slot]:
            if ids[slot] == name:
                return self._rows[slot]
            slot = slot + 1 if slot + 1 < last else 0
        ids[slot], self._rows[slot] = name, row
        self._count += 1
        if self._count * 3 > last * 2:
            self._grow()
        return None

    def _grow(self) -> None:
        size = len(self._ids) * 2
        ids, rows = _empty(size), _empty(size)
        for name, row in zip(self._ids, self._rows, strict=True):
            if name:
                slot = name % size
                while ids[slot]:
                    slot = slot + 1 if slot + 1 < size else 0
                ids[slot], rows[slot] = name, row
        self._ids, self._rows = ids, rows


def _empty(slots: int) -> "array[int]":
    """So many slots with nothing in them."""
    return array("Q", [0]) * slots
