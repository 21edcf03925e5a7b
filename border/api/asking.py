"""The question as it stands in an address: each parameter once, in readable text, and known."""

from collections.abc import Iterable, Mapping
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


def acceptable(accept: str) -> None:
    """Raises Problem 406 unless JSON is among what the header ``accept`` takes."""
    if not accept or accept == "*/*":
        return
    for part in accept.split(","):
        kind, *options = (piece.strip().lower() for piece in part.split(";"))
        if kind in {"application/json", "application/*", "*/*", "application/problem+json"}:
            quality = next((option[2:] for option in options if option.startswith("q=")), "1")
            if quality.strip("0.") or quality == "":
                return
    raise Problem(
        406,
        f"Answers are JSON; {quote(accept)} does not take it. Ask with Accept: application/json.",
        [Fault("Accept", "Answers are JSON.", ["application/json"])],
    )
