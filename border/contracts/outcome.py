"""What became of a load: every fault at once, or every row that is new, changed or the same."""

from collections import Counter
from dataclasses import dataclass, field

from border.contracts.cells import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong, or with a warning one thing odd: where, what it says, and what would be right."""

    file: str
    message: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    unit: str = "line"

    def __str__(self) -> str:
        place = [shown(self.file, 200)]
        if self.line is not None:
            place.append(f"{self.unit} {self.line}")
        if self.column is not None:
            place.append(self.column)
        value = f' "{shown(self.value)}"' if self.value else ""
        return f"{', '.join(place)}{value}: {self.message}"


@dataclass(frozen=True, slots=True)
class Change:
    """What a load does to one row: its table, line, key, and for each column the text before and after."""

    table: str
    file: str
    line: int
    key: tuple[str, ...]
    pk: int
    before: dict[str, str] | None
    after: dict[str, str]

    @property
    def new(self) -> bool:
        """Whether the row was not there before."""
        return self.before is None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose text differs; all that say something for a new row; none for one that is the same."""
        if self.before is None:
            return tuple(name for name, text in self.after.items() if text)
        return tuple(name for name, text in self.after.items() if self.before[name] != text)


@dataclass(slots=True)
class Outcome:
    """Faults, and then nothing was written; or the changes, and the number of the batch that they are."""

    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    batch: int | None = None

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Rows new, changed and the same, by table, in the order of loading."""
        found: dict[str, Counter[str]] = {}
        for change in self.changes:
            kind = "new" if change.new else "changed" if change.columns else "same"
            found.setdefault(change.table, Counter(new=0, changed=0, same=0))[kind] += 1
        return {table: dict(counter) for table, counter in found.items()}
