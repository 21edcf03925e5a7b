"""References as they are pasted: a web address, a DOI, BibTeX, RIS or CSL-JSON. Nothing here asks anybody."""

import re

from sources.references import address, bibtex, csl, ris
from sources.references.reference import Reference, ReferenceUnread

__all__ = ["Reference", "ReferenceUnread", "read"]

LONGEST = 200_000


def read(text: str) -> list[Reference]:
    """The references in ``text``, in their order; at least one. Raises ReferenceUnread, which says where and what to do.

    >>> [reference] = read("https://doi.org/10.1234/qaim")
    >>> reference.fields
    {'doi': '10.1234/qaim'}
    """
    text = text.strip("\ufeff \t\r\n")
    if not text:
        raise ReferenceUnread("Paste a web address, a DOI, BibTeX, RIS or CSL-JSON.")
    if len(text) > LONGEST:
        raise ReferenceUnread(
            f"This is longer than {LONGEST:,} characters: paste the items that you need only."
        )
    found = _read(text)
    for place, reference in enumerate(found, 1):
        if reference.fields.keys().isdisjoint({"title", "title_original", "doi", "url"}):
            raise ReferenceUnread(
                f"Item {place} has neither a title nor a DOI nor a web address: add one of them."
            )
    return found


def _read(text: str) -> list[Reference]:
    if text[0] in "{[":
        return csl.read(text)
    if re.match(r"[A-Z][A-Z0-9]\s{1,2}-(\s|$)", text):
        return ris.read(text)
    if re.search(r"^\s*@\w", text, re.MULTILINE):
        return bibtex.read(text)
    if len(text.split()) > 1 and not re.match(r"doi:", text, re.IGNORECASE):
        raise ReferenceUnread(
            "This is none of the forms that are read here. BibTeX begins with @, RIS with TY  -, CSL-JSON with { or [; a web "
            "address or a DOI stands alone."
        )
    return address.read(text)
