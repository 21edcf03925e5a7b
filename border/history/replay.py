"""What a row would be, had some of its changes not been made. Pure: versions in, a verdict out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

Version = dict[str, Any]

# Values that say something only together: half of an older point is a place that nobody ever gave.
TOGETHER = (
    ("longitude", "latitude", "uncertainty_m"),
    ("low", "best", "high"),
    ("attribute", "asserted_value"),
    ("whom", "actor_id"),
)


@dataclass(frozen=True)
class Word:
    """A later change that has the last word on a field, or on the whole row where ``column`` is empty."""

    column: str
    wanted: Any
    version: Version


@dataclass
class Replay:
    """What became of a row (``now``), what it would be without the changes (``then``), and what stands against it.

    ``now`` and ``then`` are None where there is no row.
    """

    now: Version | None = None
    then: Version | None = None
    words: dict[str, Word] = field(default_factory=dict)

    @property
    def changed(self) -> list[str]:
        """The columns in which ``now`` and ``then`` differ, where there is a row either way."""
        if self.now is None or self.then is None:
            return []
        return [column for column, value in self.then.items() if self.now[column] != value]

    @property
    def standing(self) -> list[Word]:
        """The later changes that stay, where that makes a difference."""
        return [
            word
            for word in self.words.values()
            if not word.column or self.then is None or self.then[word.column] != word.wanted
        ]


def replay(versions: Iterable[Version], undone: Collection[int], columns: Collection[str]) -> Replay:
    """The life of one row, from its ``versions`` in their order, as if those numbered in ``undone`` had not been.

    A column goes back only where the latest word on it is among the undone; a later word stays and is named.
    A row whose making is undone goes, unless it was changed since. A row whose deletion is undone comes back.
    """
    life = Replay()
    last: Version | None = None
    for version in versions:
        ours = version["pgh_id"] in undone
        row = {column: version[column] for column in columns}
        if last is None and version["pgh_label"] != "insert":  # the row is older than its history
            life.then = row.copy()
        match version["pgh_label"]:
            case "insert":
                if not ours:
                    life.then, life.words = row.copy(), {}
                life.now = row
            case "delete":
                if not ours:
                    life.words = {"": Word("", None, version)} if life.changed else {}
                    life.then = None
                life.now = None
            case _:
                moved = _moved(last, row)
                if not ours:
                    _said(life, row, moved, version)
                else:
                    for column in moved:
                        life.words.pop(column, None)
                life.now = row
        last = row
    return life


def _said(life: Replay, row: Version, moved: Collection[str], version: Version) -> None:
    """Somebody whose word stays changed the columns ``moved``."""
    if life.then is None:
        if moved:
            life.words = {"": Word("", None, version)}
        return
    for column in moved:
        if life.now and life.now[column] != life.then[column]:
            life.words[column] = Word(column, life.then[column], version)
        elif column in life.words:
            life.words[column] = Word(column, life.words[column].wanted, version)
        life.then[column] = row[column]


def _moved(before: Version | None, row: Version) -> set[str]:
    if before is None:
        return set(row)
    moved = {column for column, value in row.items() if before[column] != value}
    for group in TOGETHER:
        if not moved.isdisjoint(group):
            moved |= {column for column in group if column in row}
    return moved
