"""References in RIS, as journals, catalogues and reference managers export them."""

import re
from collections.abc import Iterator

from sources.references.reference import Parts, Reference, ReferenceUnread, fitted, turned

KINDS = {
    "JOUR": "paper", "EJOUR": "paper", "JFULL": "paper", "CHAP": "paper", "ECHAP": "paper", "CONF": "paper", "CPAPER": "paper",
    "THES": "paper", "INPR": "paper", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "SER": "book", "RPRT": "report",
    "NEWS": "news", "MGZN": "analysis", "DATA": "dataset", "DBASE": "dataset", "AGGR": "dataset", "MAP": "map",
    "ENCYC": "encyclopedia", "DICT": "encyclopedia", "GOVDOC": "official_record", "BILL": "official_record",
    "STAT": "official_record", "LEGAL": "official_record", "HEAR": "official_record", "CASE": "official_record",
    "PCOMM": "interview", "BLOG": "social_media", "FIGURE": "imagery", "ART": "imagery",
}  # fmt: skip
_LINE = re.compile(r"([A-Z][A-Z0-9])\s{1,2}-(?:\s(.*))?")
# Beside their meaning, tags have an order: the first that is there is taken.
TITLES = ("TI", "T1", "CT")
CONTAINERS = ("T2", "JO", "JF", "JA", "J2", "BT")
AUTHORS = ("AU", "A1")
DATES = ("DA", "PY", "Y1")
ADDRESSES = ("UR", "LK", "L2")
SEASONS = {"spring": "21", "summer": "22", "autumn": "23", "fall": "23", "winter": "24"}
Tagged = dict[str, list[str]]


def read(text: str) -> list[Reference]:
    """The references that ``text`` holds. Raises ReferenceUnread, which names the line."""
    return [fitted(_parts(item)) for item in _items(text)]


def _items(text: str) -> Iterator[Tagged]:
    item: Tagged | None = None
    opened, tag = 0, ""
    for number, line in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        found = _LINE.fullmatch(line.strip())
        if found is None:
            if not line.strip():
                continue
            if item is None or not tag:
                raise ReferenceUnread(
                    f"“{line.strip()[:40]}” is no line of RIS: one begins with two letters, two blanks and a hyphen, as TY  - NEWS.",
                    number,
                )
            item[tag][-1] += f" {line.strip()}"
            continue
        tag, value = found[1], (found[2] or "").strip()
        if tag == "TY":
            if item is not None:
                raise ReferenceUnread(
                    f"a new item begins before that of line {opened} has ended: put a line ER  - between them.",
                    number,
                )
            item, opened = {"TY": [value]}, number
        elif item is None:
            raise ReferenceUnread(f"an item begins with a line TY  - and its type, not with {tag}.", number)
        elif tag == "ER":
            yield item
            item, tag = None, ""
        else:
            item.setdefault(tag, []).append(value)
    if item is not None:
        yield item


def _parts(item: Tagged) -> Parts:
    tags = {tag: [value for value in values if value] for tag, values in item.items()}

    def take(*names: str) -> str:
        """The first of these tags that is there; it counts as taken."""
        for name in names:
            if tags.get(name):
                return tags[name].pop(0)
        return ""

    written = take("TY").upper()
    people = [turned(name) for tag in AUTHORS for name in tags.pop(tag, [])]
    if not people:
        people = [turned(name) for name in tags.pop("A2", []) or tags.pop("ED", [])]
    title, translated = take(*TITLES), take("TT")
    parts = Parts(
        kind=KINDS.get(written, ""),
        title=translated or title,
        original=title if translated else "",
        people=people,
        container=take(*CONTAINERS),
        publisher=take("PB"),
        date=_date(tags),
        language=take("LA"),
        doi=take("DO"),
        url=take(*ADDRESSES),
    )
    if not parts.title:
        parts.title = parts.container
        parts.container = take(*CONTAINERS)
    if parts.kind in {"book", "report"} and tags.get("SN"):
        parts.isbn = take("SN")
    if not parts.kind:
        parts.left.append(("TY", written))
    # Short and long forms of one title, and a date given twice, are nothing that would be missed.
    told = {parts.title, parts.container, parts.doi, parts.url}
    parts.left += [(tag, value) for tag, values in tags.items() for value in values if value not in told]
    return parts


def _date(tags: Tagged) -> str:
    """The most exact date of the item, in EDTF where its parts are numbers or a season."""
    dates = [(tag, value) for tag in DATES for value in tags.get(tag, [])]
    if not dates:
        return ""
    read = {value: _edtf(value) for _, value in dates}
    best = max((value for _, value in dates), key=lambda value: (bool(read[value]), len(read[value])))
    told = read[best] or best
    for tag, value in dates:
        if value == best or told.startswith(read[value] or "?"):
            tags[tag].remove(value)
    return told


def _edtf(value: str) -> str:
    """``2014/06/22/`` or ``2014///Summer`` in EDTF; empty where it is something else.

    >>> _edtf("2014/06/22/"), _edtf("2014///Summer"), _edtf("2014"), _edtf("soon")
    ('2014-06-22', '2014-22', '2014', '')
    """
    year, *rest = [part.strip() for part in value.split("/")]
    if re.fullmatch(r"\d{4}(-\d{2}){0,2}", year) and not any(rest):
        return year
    month, day, other = [*rest, "", "", ""][:3]
    if not re.fullmatch(r"\d{4}", year):
        return ""
    if not month and other.lower() in SEASONS:
        return f"{year}-{SEASONS[other.lower()]}"
    numbers = [part for part in (month, day) if part]
    if all(number.isdigit() for number in numbers) and not (day and not month) and not other:
        return "-".join([year, *(f"{int(number):02}" for number in numbers)])
    return ""
