"""How alike two sources are: by address, DOI, ISBN, title, date and dataset."""

import re

from border.curation.likeness.alike import Alike, never_met
from border.curation.likeness.pairs import found, same_value, shared_keys
from border.kernel.names import grade
from sources.models import Source

# What an address says besides where the document is: how one came to it, and how it is written.
_BESIDE = r"(#.*$|[?&](utm_[a-z]+|fbclid|gclid|ref)=[^&#]*)"
_PLAIN = f"regexp_replace(regexp_replace(regexp_replace(lower(r.url), '^(https?|ftp)://(www\\.|m\\.)?', ''), '{_BESIDE}', '', 'g'), '/+$', '')"


def plain(url: str) -> str:
    """An address without what does not matter to where the document is; the same as the SQL above.

    >>> plain("https://www.reuters.com/a/?utm_source=x#top"), plain("http://reuters.com/a")
    ('reuters.com/a', 'reuters.com/a')
    """
    bare = re.sub(r"^(https?|ftp)://(www\.|m\.)?", "", url.lower())
    return re.sub(r"/+$", "", re.sub(_BESIDE, "", bare))


def alike(apart: str, pk: int | None = None) -> list[Alike]:
    """The sources that are like ``pk``, or all pairs that are alike."""
    keys = [
        shared_keys(Source, "^[ef]:.{8}"),
        same_value(Source, _PLAIN),
        same_value(Source, "lower(r.doi)"),
        same_value(Source, "replace(r.isbn, '-', '')"),
    ]
    pairs = found(Source, keys, apart, pk)
    records = Source.objects.in_bulk({pk for pair in pairs for pk in pair})
    return [_compared(Alike(one, other), records[one], records[other]) for one, other in pairs]


def _compared(it: Alike, one: Source, other: Source) -> Alike:
    if one.doi and other.doi:
        same = one.doi.lower() == other.doi.lower()
        it.weigh(0.9 if same else -0.5, f"The same DOI: {one.doi}." if same else "Another DOI.")
    if one.isbn and one.isbn.replace("-", "") == other.isbn.replace("-", ""):
        it.weigh(0.5, f"The same ISBN: {one.isbn}.")
    if one.url and other.url:
        same = plain(one.url) == plain(other.url)
        it.weigh(0.5 if same else -0.1, "The same address." if same else "Another address.")
    if graded := grade(one.title, other.title):
        it.weigh(0.4 * graded[1], "The same title." if graded[0] == "exact" else "Titles that are alike.")
    else:
        it.weigh(-0.1, "Another title.")
    if one.published and other.published:
        if one.possible == other.possible:
            it.weigh(0.2, f"Published at the same time: {one.published}.")
        elif never_met(one.possible, other.possible):
            it.weigh(-0.3, f"Published at another time: {one.published} and {other.published}.")
    if one.dataset and (one.dataset, one.version) != (other.dataset, other.version):
        it.weigh(-0.7, f"Another release: {one.dataset} {one.version} and {other.dataset} {other.version}.")
    return it
