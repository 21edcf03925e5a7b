"""References in BibTeX and BibLaTeX, as library catalogues and reference managers give them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sources.references.latex import address, plain
from sources.references.reference import Parts, Reference, ReferenceUnread, fitted, turned

KINDS = {
    "article": "paper", "inproceedings": "paper", "conference": "paper", "incollection": "paper", "inbook": "paper",
    "phdthesis": "paper", "mastersthesis": "paper", "thesis": "paper", "proceedings": "book", "book": "book",
    "mvbook": "book", "collection": "book", "booklet": "report", "techreport": "report", "report": "report",
    "dataset": "dataset", "legislation": "official_record", "jurisdiction": "official_record", "legal": "official_record",
    "inreference": "encyclopedia", "newspaper": "news", "map": "map", "image": "imagery",
}  # fmt: skip
CONTAINERS = ("journaltitle", "journal", "booktitle", "maintitle", "newspaper", "magazine")
PUBLISHERS = ("publisher", "institution", "organization", "school", "howpublished")
MONTHS = "january february march april may june july august september october november december".split()
_MONTH = re.compile("|".join(month[:3] for month in MONTHS))
_WORD = re.compile(r"[^\s\"#%'(),={}@]+")
_NUMBER = re.compile(r"\d+")


@dataclass
class Entry:
    """One entry as it is written: its type, its key, its fields in LaTeX, and the line on which it begins."""

    kind: str
    key: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


def read(text: str) -> list[Reference]:
    """The references that ``text`` holds. Raises ReferenceUnread, which names the line."""
    found = [fitted(_parts(entry)) for entry in Reader(text).entries()]
    if not found:
        raise ReferenceUnread("there is no entry here: one begins with @article{ or the like.", 1)
    return found


class Reader:
    """Goes through a text once, from entry to entry."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.macros = {month[:3]: month.capitalize() for month in MONTHS}

    def entries(self) -> Iterator[Entry]:
        """The entries in their order; macros are remembered, comments passed over."""
        while (start := self.text.find("@", self.at)) >= 0:
            self.at = start + 1
            kind = self._word("the type of the entry, such as article").lower()
            if kind == "comment":
                continue
            self._blanks()
            if self._peek() not in {"{", "("}:
                raise self._wrong(f"after @{kind} comes {{")
            close = "}" if self._peek() == "{" else ")"
            opened = self._line()
            self.at += 1
            if kind == "preamble":
                self._value(opened)
                self._closing(close, opened)
            elif kind == "string":
                for name, value in self._fields(close, opened):
                    self.macros[name] = value
            else:
                yield self._entry(kind, close, opened)

    def _entry(self, kind: str, close: str, opened: int) -> Entry:
        self._blanks()
        key = self.text[self.at : self.at + 400].split(",", 1)[0].split(close, 1)[0]
        if "=" in key:  # some catalogues leave the key out
            key = ""
        else:
            self.at += len(key)
            self._blanks()
            if self._peek() == ",":
                self.at += 1
        entry = Entry(kind, key.strip(), opened)
        for name, value in self._fields(close, opened):
            if name in entry.fields and entry.fields[name] != value:
                entry.doubts.append(
                    f"The reference gives {name} twice; the first was taken, not “{plain(value)}”."
                )
            entry.fields.setdefault(name, value)
        return entry

    def _fields(self, close: str, opened: int) -> Iterator[tuple[str, str]]:
        while True:
            self._blanks()
            if self._peek() == close:
                self.at += 1
                return
            name = self._word(f"the name of a field, or {close} to close the entry of line {opened}").lower()
            self._blanks()
            if self._peek() != "=":
                raise self._wrong(f"after the field name {name} comes =")
            self.at += 1
            yield name, self._value(opened)
            self._blanks()
            if self._peek() == ",":
                self.at += 1
            elif self._peek() != close:
                raise self._wrong(
                    f"after the value of {name} comes a comma, or {close} at the end of the entry"
                )

    def _value(self, opened: int) -> str:
        """A value: pieces in braces, in quotes, numbers and macros, joined by #."""
        pieces = []
        while True:
            self._blanks()
            if self._peek() == "{":
                pieces.append(self._nested("}"))
            elif self._peek() == '"':
                pieces.append(self._nested('"'))
            else:
                word = self._word('a value: {…}, "…", a number or the name of a @string')
                if not word.isdigit() and word.lower() not in self.macros:
                    raise self._wrong(f"there is no @string {word} here: put the value in braces, {{{word}}}")
                pieces.append(word if word.isdigit() else self.macros[word.lower()])
            self._blanks()
            if self._peek() != "#":
                return "".join(pieces)
            self.at += 1

    def _nested(self, close: str) -> str:
        """What stands between braces or quotes; braces inside it are balanced."""
        opened, start, depth = self._line(), self.at + 1, 0
        self.at += 1
        while self.at < len(self.text):
            char = self.text[self.at]
            if char == "\\":
                self.at += 1
            elif char == close and depth == 0:
                self.at += 1
                return self.text[start : self.at - 1]
            elif char == "{":
                depth += 1
            elif char == "}":
                depth -= 1
                if depth < 0:
                    raise self._wrong("this } closes nothing: take it away, or put { before it")
            self.at += 1
        sign = "{" if close == "}" else close
        raise ReferenceUnread(
            f"the {sign} that opens here is never closed: put {close} where the value ends.", opened
        )

    def _closing(self, close: str, opened: int) -> None:
        self._blanks()
        if self._peek() != close:
            raise ReferenceUnread(
                f"the entry that opens here is never closed: put {close} at its end.", opened
            )
        self.at += 1

    def _word(self, wanted: str) -> str:
        self._blanks()
        found = _WORD.match(self.text, self.at)
        if not found:
            raise self._wrong(f"here comes {wanted}")
        self.at = found.end()
        return found[0]

    def _blanks(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _line(self) -> int:
        return self.text.count("\n", 0, self.at) + 1

    def _wrong(self, wanted: str) -> ReferenceUnread:
        rest = self.text[self.at : self.at + 20].split("\n")[0].strip()
        return ReferenceUnread(
            f"{wanted}; {f'“{rest}” stands there' if rest else 'the text ends there'}.", self._line()
        )


def _parts(entry: Entry) -> Parts:
    fields = {name: value for name, value in entry.fields.items() if value.strip()}

    def take(*names: str, read: Callable[[str], str] = plain) -> str:
        """The first of these fields that is there; it counts as taken."""
        for name in names:
            if name in fields:
                return read(fields.pop(name))
        return ""

    author = "author" if "author" in fields else "editor"
    people = [_person(name) for name in _names(fields.pop(author, ""))]
    kind = KINDS.get(entry.kind, "")
    subtitle = take("subtitle")
    title = take("title")
    parts = Parts(
        kind=kind,
        title=f"{title}: {subtitle}" if title and subtitle else title or subtitle,
        people=people,
        container=take(*CONTAINERS),
        publisher=take(*PUBLISHERS),
        language=take("langid", "language"),
        doi=take("doi", read=address),
        isbn=take("isbn"),
        url=take("url", read=address),
        doubts=entry.doubts,
    )
    parts.date = _date(take, parts)
    if not kind:
        parts.left.append(("type", entry.kind))
    if parts.kind == "dataset":
        parts.further["version"] = take("version", "edition")
        parts.further["dataset"] = parts.title if parts.further["version"] else ""
    if not parts.url and "howpublished" not in fields and parts.publisher.startswith(("http://", "https://")):
        parts.url, parts.publisher = parts.publisher, ""
    parts.left += [(name, plain(value)) for name, value in fields.items()]
    return parts


def _names(value: str) -> list[str]:
    """The names of a list joined by ``and``, which inside braces is a word of a name."""
    names, depth, start = [], 0, 0
    for found in re.finditer(r"\\.|[{}]|\sand\s", value, re.IGNORECASE | re.DOTALL):
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
        elif depth == 0 and not found[0].startswith("\\"):
            names.append(value[start : found.start()])
            start = found.end() - 1
    return [name.strip() for name in [*names, value[start:]] if name.strip()]


def _person(name: str) -> str:
    if name.startswith("{") and name.endswith("}"):
        return plain(name)
    return "and others" if name.lower() == "others" else turned(plain(name))


def _date(take: Callable[..., str], parts: Parts) -> str:
    """The date in EDTF where it can be made of year, month and day; else as it is written."""
    if date := take("date", read=address):
        return date
    year, month, day = take("year"), take("month"), take("day")
    if not re.fullmatch(r"\d{4}", year):
        return " ".join(part for part in (day, month, year) if part)
    months = [
        next(number for number, name in enumerate(MONTHS, 1) if name.startswith(found))
        for found in _MONTH.findall(month.lower())
    ]
    if not months and month.isdigit() and 1 <= int(month) <= 12:
        months = [int(month)]
    if not months and month:
        parts.left.append(("month", month))
    days = _NUMBER.findall(day) or (_NUMBER.findall(month) if not month.isdigit() else [])
    if len(months) == 1 and len(days) == 1:
        return f"{year}-{months[0]:02}-{int(days[0]):02}"
    if days:
        parts.left.append(("day", day or month))
    return (
        "/".join(f"{year}-{number:02}" for number in [months[0], months[-1]][: len(months)])
        if months
        else year
    )
