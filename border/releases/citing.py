"""How a release is cited: a sentence, BibTeX and CSL-JSON, with what proves which state of the record it holds."""

from border.publication.citation import Citation, day
from border.releases.record import State

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
LICENCE_TOLD = (
    "The data are under CC BY 4.0; quotes and values taken from a source stand under that source's terms, "
    "which its row in sources names."
)


def citation(name: str, state: State, address: str = "") -> Citation:
    """The citation of a release; with its address where that is known."""
    note = (
        f"Release {name}, as published on {day(state.at)}. "
        f"Block {state.block} of the published record, {state.digest.hex()}"
    )
    return Citation(f"border-{name}", name, state.at, note, address)
