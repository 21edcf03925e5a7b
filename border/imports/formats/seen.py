"""Which ids a file had already, in a few bytes each."""

from collections.abc import Sequence

_DIGEST = 2**32 - 1
# What is known of a row: the hash of its id, then its place and the digest of its cells, each of so many bytes.
_WORD = 8
_ROW = 2 * _WORD
# Rows are told apart by the last bits of that hash first: of a million, sixty are looked through.
_SHELVES = 1 << 14


class Seen:
    """Remembers the id and the content of each row, by their hashes: some 20 bytes for a row, however long it is."""

    def __init__(self) -> None:
        self._shelves = [bytearray() for _ in range(_SHELVES)]

    def before(self, key: str, cells: Sequence[str], place: int) -> tuple[int, bool] | None:
        """The place of an earlier row with this id, and whether it had the same cells; None, and it is remembered.

        ``place`` is a number below 2**32.
        """
        number = hash(key)
        shelf, name = self._shelves[number % _SHELVES], number.to_bytes(_WORD, "little", signed=True)
        digest = hash("\x1f".join(cells)) & _DIGEST
        at = shelf.find(name)
        while at > 0 and at % _ROW:  # across what is known of other rows
            at = shelf.find(name, at + 1)
        if at < 0:
            shelf += name + (place << 32 | digest).to_bytes(_WORD, "little")
            return None
        found = int.from_bytes(shelf[at + _WORD : at + _ROW], "little")
        return found >> 32, found & _DIGEST == digest
