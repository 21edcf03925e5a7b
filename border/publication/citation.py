"""How the published record is cited: a sentence, BibTeX and CSL-JSON."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

TITLE = "border: who holds, crosses and contests the border between Bukamal (Syria) and Qa'im (Iraq)"
AUTHORS = "The border contributors"


@dataclass(frozen=True)
class Citation:
    """What is cited: a key for files of references, its version and date, a note that tells it apart, and where it is."""

    key: str
    version: str
    at: dt.datetime
    note: str
    url: str = ""

    @property
    def sentence(self) -> str:
        """For a footnote."""
        return f"{AUTHORS}. {TITLE}. {self.note}." + (f" {self.url}" if self.url else "")

    @property
    def bibtex(self) -> str:
        """An entry for BibTeX and its kin."""
        fields = {
            "author": f"{{{AUTHORS}}}",
            "title": f"{{{TITLE}}}",
            "year": str(self.at.year),
            "version": self.version,
            "note": self.note,
            **({"url": self.url} if self.url else {}),
        }
        lines = "".join(f"  {name} = {{{_escaped(text)}}},\n" for name, text in fields.items())
        return f"@misc{{{self.key},\n{lines}}}\n"

    @property
    def csl(self) -> dict[str, Any]:
        """The item for programs that read CSL-JSON."""
        return {
            "id": self.key,
            "type": "dataset",
            "title": TITLE,
            "author": [{"literal": AUTHORS}],
            "version": self.version,
            "issued": {"date-parts": [[self.at.year, self.at.month, self.at.day]]},
            "note": self.note,
            **({"URL": self.url} if self.url else {}),
        }


def day(at: dt.datetime) -> str:
    """A day as a sentence has it.

    >>> day(dt.datetime(2026, 2, 1))
    '1 February 2026'
    """
    return f"{at:%-d %B %Y}"


def _escaped(text: str) -> str:
    """``text`` in a field of BibTeX."""
    return "".join(f"\\{char}" if char in "%&#$_" else char for char in text)
