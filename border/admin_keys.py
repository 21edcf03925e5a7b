"""The keys that add a row to a form: which letter, what it adds, and where the cursor goes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class RowKey:
    """Alt and ``letter`` add a row: with ``preset`` already chosen, and with the cursor in ``focus``.

    ``source`` names the field that takes the source at hand, where there is one; ``same`` the field that takes what the
    row above has in it. The cursor then goes to ``beside``.
    """

    letter: str
    label: str
    focus: str
    preset: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    same: str = ""
    beside: str = ""

    @property
    def chosen(self) -> str:
        """What is chosen beforehand, as the page carries it."""
        return json.dumps(dict(self.preset))
