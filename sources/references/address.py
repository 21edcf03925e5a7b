"""What a bare web address or identifier says of the source it leads to, without asking anybody."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sources.references.reference import DOI, Parts, Reference, ReferenceUnread, fitted

ADDRESS = re.compile(r"(https?|ftp)://[^\s/]+\S*")
_TOLD_BY = re.compile(
    r"(utm_.*|fbclid|gclid|mc_cid|mc_eid|igshid|ref_src|cmpid|ocid|at_medium|at_campaign)", re.IGNORECASE
)
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?P<url>https?://\S+)")
_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<sign>[/-]?)(?P<month>0[1-9]|1[0-2])(?P=sign)(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
_MONTH = re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>0?[1-9]|1[0-2])/")


def read(text: str) -> list[Reference]:
    """The reference that an address or a DOI is. Raises ReferenceUnread."""
    text = text.strip()
    if found := DOI.fullmatch(re.sub(r"^(doi:|https?://(dx\.)?doi\.org/)\s*", "", text, flags=re.IGNORECASE)):
        return [fitted(Parts(doi=found[0].rstrip(".,;")))]
    if not ADDRESS.fullmatch(text):
        raise ReferenceUnread(
            f"“{text[:60]}” is neither a web address nor a DOI: one begins with https://, the other with 10."
        )
    parts = Parts(url=told(text))
    if archived := _ARCHIVED.fullmatch(text):
        parts.url, parts.further = told(archived["url"]), {"archived_url": text}
    path = urlsplit(parts.url).path
    if day := _DAY.search(path):
        parts.date = f"{day['year']}-{day['month']}-{day['day']}"
    elif month := _MONTH.search(path):
        parts.date = f"{month['year']}-{int(month['month']):02}"
    if doi := DOI.search(path):
        parts.doi = doi[0].removesuffix("/").removesuffix(".pdf")
    return [fitted(parts)]


def told(url: str) -> str:
    """The address without what only says by which link one came.

    >>> told("https://example.org/a?id=7&utm_source=x&fbclid=y")
    'https://example.org/a?id=7'
    """
    parts = urlsplit(url)
    asked = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in asked if not _TOLD_BY.fullmatch(name)]
    return url if kept == asked else urlunsplit(parts._replace(query=urlencode(kept)))


def place(url: str) -> tuple[str, str, str]:
    """Host, path and question of an address, alike for all ways of writing the same one.

    >>> place("http://www.Example.org/a/?utm_source=x#top") == place("https://example.org/a")
    True
    """
    parts = urlsplit(told(url))
    return host(url), parts.path.rstrip("/"), parts.query


def host(url: str) -> str:
    """The host of an address, without www.

    >>> host("https://www.Reuters.com/world/")
    'reuters.com'
    """
    return (urlsplit(url).hostname or "").lower().removeprefix("www.")
