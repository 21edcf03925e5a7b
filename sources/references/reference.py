"""What a pasted reference says of one source, in the fields of ours; what no field holds is kept beside them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from border.kernel.edtf import EDTFError, bounds
from border.kernel.writing import script

DOI = re.compile(r"10\.\d{4,9}/\S+")
ISBN = re.compile(r"[0-9][0-9-]{8,15}[0-9X]")
# Direction marks and characters of no width, which no field may hold; the joiners of Arabic and Persian stay.
MARKS = re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# Of a paper, readers look for the journal; of a book, for the house that published it.
APPEARS_IN = frozenset({"paper", "news", "analysis", "encyclopedia", "social_media"})
LANGUAGES = {
    "arabic": "ar", "english": "en", "american": "en", "british": "en", "french": "fr", "german": "de", "hebrew": "he",
    "kurdish": "ku", "persian": "fa", "farsi": "fa", "russian": "ru", "spanish": "es", "turkish": "tr", "italian": "it",
    "العربية": "ar", "eng": "en", "ara": "ar", "fre": "fr", "fra": "fr", "ger": "de", "deu": "de", "per": "fa", "fas": "fa",
    "tur": "tr", "rus": "ru", "spa": "es", "heb": "he", "kur": "ku",
}  # fmt: skip


class ReferenceUnread(ValueError):
    """A text that could not be read as a reference: names the line and what would be right."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(f"Line {line}: {message}" if line else message)


@dataclass
class Reference:
    """One source as a reference describes it.

    ``fields`` are fields of `Source` by name; ``left`` is what none of them holds, under the reference's own names;
    ``doubts`` say what was read with a choice that the curator should look at.
    """

    fields: dict[str, str] = field(default_factory=dict)
    left: list[tuple[str, str]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        shown = (self.fields.get(name, "") for name in ("authors", "title", "title_original", "published"))
        return " · ".join(part for part in shown if part) or self.fields.get(
            "url", self.fields.get("doi", "")
        )


@dataclass
class Parts:
    """What a reader of one format found, before it is fitted to our fields. Texts are plain, dates as written."""

    kind: str = ""
    title: str = ""
    original: str = ""
    people: list[str] = field(default_factory=list)
    container: str = ""
    publisher: str = ""
    date: str = ""
    language: str = ""
    doi: str = ""
    isbn: str = ""
    url: str = ""
    further: dict[str, str] = field(default_factory=dict)
    left: list[tuple[str, str]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)


def one_line(text: str) -> str:
    r"""``text`` with each stretch of blanks and line breaks as one blank, and without the marks that copying brings along.

    >>> one_line("Qa'im   falls\n  again\u200f ")
    "Qa'im falls again"
    """
    return " ".join(MARKS.sub("", text).split())


def turned(name: str) -> str:
    """A person's name as it is spoken: what stands before the comma goes last.

    >>> turned("Cabayan, Hriar")
    'Hriar Cabayan'
    """
    last, *rest = [one_line(part) for part in name.split(",")]
    return one_line(" ".join([*reversed(rest[-1:]), last, *rest[:-1]]))


def people(names: Iterable[str]) -> str:
    """Names as `Source.authors` keeps them, joined by semicolons."""
    return "; ".join(one_line(name).replace(";", ",") for name in names if name.strip())


def fitted(parts: Parts) -> Reference:
    """The reference in the fields of ours. Nothing is lost: what does not fit a field is in ``left``."""
    found = Reference(left=[*parts.left], doubts=[*parts.doubts])
    _title(parts, found)
    _publisher(parts, found)
    _date(one_line(parts.date), found)
    _language(one_line(parts.language), found)
    _doi(parts.doi, found)
    _isbn(parts.isbn, found)
    url = one_line(parts.url)
    if re.fullmatch(r"((https?|ftp)://|urn:)\S+", url):
        found.fields["url"] = url
    elif url:
        found.left.append(("url", url))
    found.fields |= {"kind": parts.kind, "authors": people(parts.people), **parts.further}
    found.fields = {name: one_line(text) for name, text in found.fields.items() if text and text.strip()}
    found.left = [(name, one_line(text)) for name, text in found.left if text.strip()]
    return found


def _title(parts: Parts, found: Reference) -> None:
    title, original = one_line(parts.title), one_line(parts.original)
    if title and not original and script(title) not in {"Latn", "Zyyy"}:
        title, original = "", title
        found.doubts.append("The title is not in Latin script: write the title in English beside it.")
    found.fields |= {"title": title, "title_original": original}


def _publisher(parts: Parts, found: Reference) -> None:
    places = [("container", parts.container), ("publisher", parts.publisher)]
    if parts.kind not in APPEARS_IN and parts.publisher:
        places.reverse()
    (_, first), (name, second) = sorted(places, key=lambda place: not place[1])
    found.fields["publisher"] = first
    if second and one_line(second) != one_line(first):
        found.left.append((name, second))


def _date(text: str, found: Reference) -> None:
    if not text:
        return
    try:
        bounds(text)
    except EDTFError:
        found.doubts.append(f"The date “{text}” is not EDTF yet: under the field stands what it may mean.")
    found.fields["published"] = text


def _language(text: str, found: Reference) -> None:
    tag = LANGUAGES.get(text.lower(), text.replace("_", "-"))
    if TAG.fullmatch(tag):
        first, *rest = tag.split("-")
        found.fields["language"] = "-".join([first.lower(), *rest])
    else:
        found.left.append(("language", text))


def _doi(text: str, found: Reference) -> None:
    doi = DOI.search(one_line(text))
    if doi:
        found.fields["doi"] = doi[0]
    elif text:
        found.left.append(("doi", text))


def _isbn(text: str, found: Reference) -> None:
    plain = text.upper()
    numbers = ISBN.findall(plain) or ISBN.findall(plain.replace(" ", ""))
    if numbers:
        found.fields["isbn"], *others = numbers
        found.left.extend(("isbn", other) for other in others)
    else:
        found.left.append(("isbn", text))
