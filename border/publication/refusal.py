"""What a publication came to: what it did, or why it was refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field


class PublicationRefused(Exception):
    """Why nothing was published or withdrawn: one sentence per problem, each with its remedy."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


@dataclass
class Outcome:
    """What a publication did, per endpoint: records added, changed, and left as they were."""

    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    same: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many records are public in a new version."""
        return sum(self.added.values()) + sum(self.changed.values())
