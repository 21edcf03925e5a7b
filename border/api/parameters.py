"""The kinds of parameters: what each may say, how it is read, and how it stands in the OpenAPI document."""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from border.api import reading
from border.api.problems import Fault, nearest, quote
from border.kernel.vocabulary import Vocabulary

# More values in one parameter than a person would ask for.
MOST_VALUES = 200
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*").fullmatch


class Refused(Exception):
    """What is wrong with a value."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Choice(NamedTuple):
    """Values asked for: any of the first, none of the second."""

    any_of: list[str]
    none_of: list[str]


@dataclass(frozen=True)
class Parameter:
    """A parameter: its name and what it asks for."""

    name: str
    meaning: str

    def read(self, text: str) -> Any:
        """What ``text`` asks for. Raises Refused."""
        return text

    def schema(self) -> dict[str, Any]:
        """The JSON schema of its value."""
        return {"type": "string"}

    @property
    def listed(self) -> bool:
        """Whether it takes several values, parted by commas."""
        return False

    def refuse(self, message: str, allowed: list[str] | None = None) -> Refused:
        """The refusal of a value, in a sentence."""
        return Refused(Fault(self.name, message, allowed or []))


@dataclass(frozen=True)
class Several(Parameter):
    """Values parted by commas: any of them; those after an exclamation mark are not wanted."""

    def read(self, text: str) -> Choice:
        """The values asked for. Raises Refused."""
        parts = [part.strip() for part in text.split(",")]
        if len(parts) > MOST_VALUES:
            raise self.refuse(f"{self.name} takes at most {MOST_VALUES} values at once, not {len(parts)}.")
        if any(part in {"", "!"} for part in parts):
            raise self.refuse(f"{self.name} has an empty value between commas: {quote(text)}.")
        any_of = [part for part in parts if part[0] != "!"]
        none_of = [part[1:].strip() for part in parts if part[0] == "!"]
        return Choice(list(dict.fromkeys(any_of)), list(dict.fromkeys(none_of)))

    def schema(self) -> dict[str, Any]:
        """A list of texts."""
        return {"type": "array", "items": {"type": "string", "pattern": self.pattern}, "minItems": 1}

    @property
    def pattern(self) -> str:
        """What one value looks like."""
        return "^!?[a-z0-9]+(-[a-z0-9]+)*$"

    @property
    def listed(self) -> bool:
        """It does."""
        return True


@dataclass(frozen=True)
class Words(Several):
    """Words of a vocabulary. ``column`` holds one, or several where ``many``."""

    vocabulary: type[Vocabulary]
    column: str = ""
    many: bool = False

    @property
    def words(self) -> list[str]:
        """The words that it takes."""
        return [word for word in self.vocabulary.values if word]

    def read(self, text: str) -> Choice:
        """The words asked for. Raises Refused, listing those that there are."""
        found = super().read(text)
        for word in (*found.any_of, *found.none_of):
            if word not in self.words:
                like = nearest(word, self.words, 1)
                meant = f" Did you mean {quote(like[0])}?" if like else ""
                raise self.refuse(
                    f"There is no {self.name.replace('_', ' ')} {quote(word)}.{meant}", self.words
                )
        return found

    @property
    def pattern(self) -> str:
        """One of the words."""
        return f"^!?({'|'.join(self.words)})$"


@dataclass(frozen=True)
class Slugs(Several):
    """Slugs of published records of ``endpoint``. ``column`` holds one, or several where ``many``."""

    endpoint: str
    column: str = ""
    many: bool = False

    @property
    def table(self) -> str:
        """The published table in which they stand."""
        return f"published_{self.endpoint.replace('-', '_')}"

    def check(self, choice: Choice, state: reading.State) -> None:
        """Raises Refused, with the nearest slugs that there are, unless all are public."""
        slugs = [*choice.any_of, *choice.none_of]
        public = reading.are_public(state, self.table, [slug for slug in slugs if _SLUG(slug)])
        for slug in slugs:
            if slug not in public:
                raise self._unknown(slug, state)

    def _unknown(self, slug: str, state: reading.State) -> Refused:
        if now := reading.merged_into(state, self.endpoint, slug):
            return self.refuse(f"{quote(slug)} goes on as {quote(now)}.", [now])
        near = nearest(slug, reading.all_slugs(state, self.table))
        meant = f" Did you mean {quote(near[0])}?" if near else ""
        return self.refuse(f"There is no {quote(slug)} among {self.endpoint}.{meant}", near)


@dataclass(frozen=True)
class Datasets(Several):
    """Names of datasets of published sources."""

    column: str = ""
    many: bool = False

    def check(self, choice: Choice, state: reading.State) -> None:
        """Raises Refused, listing the datasets that there are."""
        known = reading.all_datasets(state)
        for dataset in (*choice.any_of, *choice.none_of):
            if dataset not in known:
                raise self.refuse(f"There is no dataset {quote(dataset)} among the sources.", known)

    @property
    def pattern(self) -> str:
        """Any text."""
        return "^!?[^,!]"


@dataclass(frozen=True)
class Endpoints(Several):
    """Endpoints among ``names``; ``unlike`` says of another what keeps it from being one."""

    names: tuple[str, ...]
    unlike: str

    def read(self, text: str) -> Choice:
        """The endpoints. Raises Refused, listing those that there are."""
        found = super().read(text)
        for name in (*found.any_of, *found.none_of):
            if name not in self.names:
                raise self.refuse(f"{quote(name)} {self.unlike}.", list(self.names))
        return found

    @property
    def pattern(self) -> str:
        """One of the endpoints."""
        return f"^!?({'|'.join(self.names)})$"


@dataclass(frozen=True)
class Countries(Several):
    """Country codes, ISO 3166-1 alpha-2."""

    column: str = "countries"
    many: bool = True

    def read(self, text: str) -> Choice:
        """The codes asked for. Raises Refused."""
        found = super().read(text)
        for code in (*found.any_of, *found.none_of):
            if not re.fullmatch("[A-Z]{2}", code):
                raise self.refuse(
                    f"{quote(code)} is not a country code: write two capitals, such as SY or IQ."
                )
        return found

    @property
    def pattern(self) -> str:
        """Two capitals."""
        return "^!?[A-Z]{2}$"


@dataclass(frozen=True)
class OneOf(Parameter):
    """One of a few words; the first is what holds when nothing is said."""

    words: tuple[str, ...]

    def read(self, text: str) -> str:
        """The word. Raises Refused, listing those that there are."""
        if text not in self.words:
            raise self.refuse(
                f"{self.name} is one of {', '.join(self.words)}, not {quote(text)}.", list(self.words)
            )
        return text

    def schema(self) -> dict[str, Any]:
        """One of the words."""
        return {"type": "string", "enum": list(self.words), "default": self.words[0]}


@dataclass(frozen=True)
class Flag(Parameter):
    """Yes or no."""

    def read(self, text: str) -> bool:
        """True or false. Raises Refused."""
        if text not in {"true", "false"}:
            raise self.refuse(f"{self.name} is true or false, not {quote(text)}.", ["true", "false"])
        return text == "true"

    def schema(self) -> dict[str, Any]:
        """True or false."""
        return {"type": "boolean"}


@dataclass(frozen=True)
class Phrase(Parameter):
    """Words to search for, as people write them."""

    longest: int = 200

    def read(self, text: str) -> str:
        """The words. Raises Refused."""
        if len(text) > self.longest:
            raise self.refuse(f"{self.name} is at most {self.longest} characters long, not {len(text)}.")
        return text

    def schema(self) -> dict[str, Any]:
        """A text."""
        return {"type": "string", "minLength": 1, "maxLength": self.longest}


@dataclass(frozen=True)
class Fields(Several):
    """Names of fields of a document."""

    names: tuple[str, ...]

    def read(self, text: str) -> Choice:
        """The fields asked for. Raises Refused, listing those that there are."""
        found = super().read(text)
        for name in found.any_of:
            if name not in self.names:
                raise self.refuse(f"{quote(name)} is not a field here.", list(self.names))
        if found.none_of:
            raise self.refuse("fields names what is wanted, without !.", list(self.names))
        return found

    @property
    def pattern(self) -> str:
        """One of the fields."""
        return f"^({'|'.join(self.names)})$"
