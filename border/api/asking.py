"""The question as it stands in an address: each parameter once, in readable text, and known."""

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import parse_qsl, urlencode

from border.api.problems import Fault, Problem, bad_question, nearest, quote

LONGEST = 8000

Asked = dict[str, str]


def asked(query: str, allowed: Iterable[str], where: str) -> Asked:
    """The parameters of a query string by name. Raises Problem, naming every fault at once."""
    if not query:
        return {}
    if len(query) > LONGEST:
        raise bad_question(
            [Fault("", f"The question is longer than {LONGEST} characters: ask for less at once.")]
        )
    try:
        # A server hands on the bytes of an address as Latin-1; letters may stand there unencoded.
        readable = query.encode("latin-1").decode("utf-8")
        pairs = parse_qsl(readable, keep_blank_values=True, encoding="utf-8", errors="strict")
    except ValueError:
        raise bad_question(
            [Fault("", "The question is not UTF-8: percent-encode its letters as UTF-8.")]
        ) from None
    names = list(allowed)
    found: Asked = {}
    faults: list[Fault] = []
    for name, text in pairs:
        if name not in names:
            faults.append(_unknown(name, names, where))
        elif name in found:
            faults.append(
                Fault(name, f"{quote(name)} stands there twice: give it once, several values by commas.")
            )
        elif not text.strip():
            faults.append(Fault(name, f"{quote(name)} is empty: give it a value or leave it out."))
        elif "\0" in text:
            faults.append(Fault(name, f"{quote(name)} holds a NUL character, which no text of ours does."))
        else:
            found[name] = text
    if faults:
        raise bad_question(faults[:20])
    return found


def _unknown(name: str, allowed: list[str], where: str) -> Fault:
    like = nearest(name, allowed, 1)
    meant = f" Did you mean {quote(like[0])}?" if like else ""
    return Fault(name, f"{quote(name)} is not a parameter of {where}.{meant}", allowed)


def address(path: str, parameters: Mapping[str, str]) -> str:
    """The path with its parameters, readable where it may be."""
    return f"{path}?{urlencode(parameters, safe=',:/!~')}" if parameters else path


# What formats are called in the header Accept.
MEDIA_TYPES = {
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "csv": "text/csv",
    "geojson": "application/geo+json",
}


def negotiated(accept: str, formats: Sequence[str]) -> str:
    """The one of ``formats`` that the header ``accept`` likes best; of equals the first. Raises Problem 406 for none.

    >>> negotiated("text/csv, application/json;q=0.5", ["json", "csv"])
    'csv'
    """
    if not accept or accept == "*/*":
        return formats[0]
    ranges = [_range(part) for part in accept.split(",")]
    liked = {name: _quality(MEDIA_TYPES[name], ranges) for name in formats}
    best = max(formats, key=lambda name: liked[name])
    if liked[best] > 0:
        return best
    there = [MEDIA_TYPES[name] for name in formats]
    raise Problem(
        406,
        f"{quote(accept)} takes none of the formats that there are here: {', '.join(there)}.",
        [Fault("Accept", "There is no such format here.", there)],
    )


def _range(part: str) -> tuple[str, float]:
    kind, *options = (piece.strip().lower() for piece in part.split(";"))
    quality = next((option[2:].strip() for option in options if option.startswith("q=")), "1")
    try:
        return kind, float(quality or "1")
    except ValueError:
        return kind, 1.0


def _quality(media_type: str, ranges: Sequence[tuple[str, float]]) -> float:
    """How much a media type is liked: as the range says that fits it most closely."""
    also = {"application/problem+json"} if media_type == "application/json" else set()
    closest = ({media_type} | also, {media_type.partition("/")[0] + "/*"}, {"*/*"})
    for names in closest:
        if fitting := [quality for kind, quality in ranges if kind in names]:
            return max(fitting)
    return 0.0
