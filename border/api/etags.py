"""The ETag of an answer: of which state of the published record it tells, and to which question.

Whoever has the answer of that state need not get it again: that is decided by the number of the state alone.
"""

from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path

from django.utils.http import parse_etags

from border.api.reading import Version

_SIZE = 16


_SITE = Path(__file__).parents[2]
_APPS = ("border", "sources", "territories", "actors", "events")


def code(site: Path) -> bytes:
    """A digest of what makes the answers beside the published record: another version of it may word them otherwise.

    What fields and words mean stands with the nouns; pages have templates and styles.
    """
    found = blake2b(digest_size=_SIZE)
    for app in _APPS:
        for path in sorted((site / app).rglob("*")):
            if path.suffix in {".py", ".html", ".css"}:
                found.update(path.read_bytes())
    return found.digest()


_CODE = code(_SITE)


def etag(version: Version, path: str, question: Mapping[str, str]) -> str:
    """The ETag of the answer that a question has in one state of the published record; a strong one."""
    asked = "\0".join([path, *(f"{name}={text}" for name, text in sorted(question.items()))])
    said = blake2b(_CODE + version.number.to_bytes(8) + version.digest, digest_size=_SIZE)
    said.update(asked.encode())
    return f'"{said.hexdigest()}"'


def has(if_none_match: str, tag: str) -> bool:
    """Whether a reader who says ``If-None-Match`` has the answer of that ``tag``; who has any (``*``) names none."""
    return tag in (held.removeprefix("W/") for held in parse_etags(if_none_match))
