"""References in CSL-JSON, as Zotero, Crossref and DataCite give them."""

import json
from typing import Any

from sources.references.reference import Parts, Reference, ReferenceUnread, fitted, one_line

KINDS = {
    "article": "paper", "article-journal": "paper", "journal-article": "paper", "chapter": "paper", "book-chapter": "paper",
    "paper-conference": "paper", "proceedings-article": "paper", "thesis": "paper", "dissertation": "paper", "manuscript": "paper",
    "posted-content": "paper", "book": "book", "monograph": "book", "collection": "book", "report": "report",
    "article-newspaper": "news", "broadcast": "news", "article-magazine": "analysis", "dataset": "dataset", "map": "map",
    "entry-encyclopedia": "encyclopedia", "entry-dictionary": "encyclopedia", "entry": "encyclopedia", "interview": "interview",
    "post": "social_media", "post-weblog": "social_media", "graphic": "imagery", "legislation": "official_record",
    "legal_case": "official_record", "bill": "official_record", "treaty": "official_record", "hearing": "official_record",
    "regulation": "official_record", "standard": "official_record",
}  # fmt: skip
SEASONS = {
    "1": "21", "2": "22", "3": "23", "4": "24", "21": "21", "22": "22", "23": "23", "24": "24",
    "spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24",
}  # fmt: skip
# What a program keeps for itself says nothing about the source.
OWN = frozenset({"id", "citation-key", "citation-label", "accessed", "schema", "categories"})


def read(text: str) -> list[Reference]:
    """The references that ``text`` holds. Raises ReferenceUnread, which names the line."""
    try:
        found = json.loads(text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise ReferenceUnread(
            f"this is no JSON from character {error.colno} on ({error.msg}): copy the whole text, from its first bracket to its last.",
            error.lineno,
        ) from error
    if isinstance(found, dict) and isinstance(found.get("items"), list):
        found = found["items"]
    items = found if isinstance(found, list) else [found]
    if not items or not all(isinstance(item, dict) for item in items):
        raise ReferenceUnread("CSL-JSON is an item in {…}, or a list of items in […]; there is none here.", 1)
    return [fitted(_parts(item)) for item in items]


def _parts(item: dict[str, Any]) -> Parts:
    fields = {
        name: value for name, value in item.items() if name not in OWN and value not in (None, "", [], {})
    }

    def take(*names: str) -> str:
        """The first of these fields that is there; it counts as taken."""
        for name in names:
            if name in fields:
                return _text(fields.pop(name))
        return ""

    written = take("type")
    title, original = take("title"), take("original-title")
    people: Any = next((fields.pop(role) for role in ("author", "editor") if role in fields), [])
    issued = next((fields.pop(name) for name in ("issued", "published", "created") if name in fields), None)
    parts = Parts(
        kind=KINDS.get(written, ""),
        title=title,
        original=original if original != title else "",
        people=[_person(one) for one in people] if isinstance(people, list) else [_text(people)],
        container=take("container-title"),
        publisher=take("publisher"),
        date=_date(issued),
        language=take("language"),
        doi=take("DOI"),
        isbn=take("ISBN"),
        url=take("URL"),
    )
    if parts.kind == "dataset" and "version" in fields:
        parts.further = {"dataset": title, "version": take("version")}
    if not parts.kind:
        parts.left.append(("type", written))
    parts.left += [(name, _text(value)) for name, value in fields.items()]
    return parts


def _text(value: Any) -> str:
    """A value as one text; of a list, Crossref's titles among them, all parts."""
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return " ".join(value)
    return json.dumps(value, ensure_ascii=False)


def _person(one: Any) -> str:
    if not isinstance(one, dict):
        return _text(one)
    if literal := one.get("literal") or one.get("name"):
        return _text(literal)
    names = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return one_line(" ".join(_text(one[name]) for name in names if one.get(name)))


def _date(issued: Any) -> str:
    """A CSL date in EDTF: parts, ranges, seasons, circa; else the words in which it is written.

    >>> _date({"date-parts": [[2014, 6, 20], [2014, 6, 22]]}), _date({"date-parts": [["2014"]], "season": 2, "circa": True})
    ('2014-06-20/2014-06-22', '2014-22~')
    """
    if not isinstance(issued, dict):
        return _text(issued) if issued else ""
    ends = issued.get("date-parts")
    words = issued.get("literal") or issued.get("raw") or issued.get("edtf") or ""
    if not isinstance(ends, list) or not ends or not all(isinstance(end, list) and any(end) for end in ends):
        return _text(words or issued)
    dates = []
    for end in ends[:2]:
        numbers = [_text(part) for part in end[:3] if part not in (None, "", 0, "0")]
        if not all(number.lstrip("-").isdigit() for number in numbers):
            return _text(words or issued)
        dates.append("-".join([numbers[0].zfill(4), *(number.zfill(2) for number in numbers[1:])]))
    season = SEASONS.get(_text(issued.get("season", "")).lower(), "")
    if season and len(dates) == 1 and len(dates[0]) == 4:
        dates = [f"{dates[0]}-{season}"]
    about = "~" if issued.get("circa") and issued["circa"] not in ("false", "0") else ""
    return "/".join(f"{date}{about}" for date in dates)
