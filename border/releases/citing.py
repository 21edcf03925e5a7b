"""How a release is cited: a sentence, BibTeX and CSL-JSON, with what proves which state of the record it holds."""

from typing import Any

from border.releases.record import State

TITLE = "border: who holds, crosses and contests the border between Bukamal (Syria) and Qa'im (Iraq)"
AUTHORS = "The border contributors"
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
LICENCE_TOLD = (
    "The data are under CC BY 4.0; quotes and values taken from a source stand under that source's terms, "
    "which its row in sources names."
)


def sentence(name: str, state: State, address: str = "") -> str:
    """A sentence to cite the release with; with its address where that is known."""
    found = f"{AUTHORS}. {TITLE}. Release {name}, as published on {_day(state)}"
    return f"{found}. {_proof(state)}." + (f" {address}" if address else "")


def bibtex(name: str, state: State, address: str = "") -> str:
    """An entry for BibTeX and its kin."""
    fields = {
        "author": "{" + AUTHORS + "}",
        "title": "{" + TITLE + "}",
        "year": str(state.at.year),
        "version": name,
        "note": f"Release {name}, as published on {_day(state)}. {_proof(state)}",
        **({"url": address} if address else {}),
    }
    lines = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items())
    return f"@misc{{border-{name},\n{lines}}}\n"


def csl(name: str, state: State, address: str = "") -> list[dict[str, Any]]:
    """The item for programs that read CSL-JSON, in a list as they expect it."""
    return [
        {
            "id": f"border-{name}",
            "type": "dataset",
            "title": TITLE,
            "author": [{"literal": AUTHORS}],
            "version": name,
            "issued": {"date-parts": [[state.at.year, state.at.month, state.at.day]]},
            "note": _proof(state),
            **({"URL": address} if address else {}),
        }
    ]


def _day(state: State) -> str:
    return f"{state.at:%-d %B %Y}"


def _proof(state: State) -> str:
    return f"Block {state.block} of the published record, {state.digest.hex()}"
