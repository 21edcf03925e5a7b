"""The plain text that a piece of LaTeX stands for, as far as bibliographies use it."""

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", '"': "\u0308",
    "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
    "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "textendash": "–", "textemdash": "—",
    "textquoteright": "’", "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”", "textasciitilde": "~",
    "textbackslash": "\\", "ldots": "…", "dots": "…", "ayn": "ʿ", "hamza": "ʾ", "textapos": "'", "textquotesingle": "'",
}  # fmt: skip
_FORMATS = frozenset(
    "emph textit textbf textsc textrm texttt textnormal text url mbox enquote uppercase lowercase it bf em sc rm".split()
)
_ACCENT = re.compile(
    r"\\(?:([`'^\"~=.])\s*|([uvHckdbr])(?![A-Za-z])\s*)(?:\{\s*(\\?[^\W\d_]?)\s*\}|(\\[ij](?![A-Za-z])|[^\W\d_]))",
    re.UNICODE,
)
_COMMAND = re.compile(r"\\([A-Za-z]+)(?:\s+|(?=[^A-Za-z])|$)(?:\{\})?")
_ESCAPED = re.compile(r"\\([&%$#_{}])")
_SIGNS = (("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("~", "\u00a0"))
# Where an escaped character waits while braces are taken away.
_JOIN = "\uf8ff"
_KEPT = {char: chr(0xE000 + place) for place, char in enumerate("&%$#_{}\\~")}


def plain(text: str) -> str:
    r"""The text that ``text`` stands for in LaTeX; a command that is not known stays as it is written.

    >>> plain(r"{\'E}l{\"o}d, {\c{c}}a va: D{\=a}w{\=u}d \& \emph{Qa'im} 3--4")
    "Élöd, ça va: Dāwūd & Qa'im 3–4"
    """
    text = _ESCAPED.sub(lambda found: _KEPT[found[1]], text)
    text = _ACCENT.sub(_accented, text)
    text = _COMMAND.sub(_letter, text)
    for written, sign in _SIGNS:
        text = text.replace(written, sign)
    text = text.replace("{", "").replace("}", "").replace("\u00a0", " ")
    for char, kept in _KEPT.items():
        text = text.replace(kept, char)
    return text


def address(text: str) -> str:
    r"""The address or identifier that ``text`` stands for in LaTeX: a tilde in it is a tilde.

    >>> address(r"\url{https://example.org/~a\_b}")
    'https://example.org/~a_b'
    """
    return plain(text.replace("\\~{}", "~").replace("~", _KEPT["~"]).replace("--", f"-{_JOIN}-")).replace(
        _JOIN, ""
    )


def _accented(found: re.Match[str]) -> str:
    mark = _ACCENTS[found[1] or found[2]]
    letter = (found[3] or found[4] or "").replace("\\i", "i").replace("\\j", "j")
    return unicodedata.normalize("NFC", letter.lstrip("\\") + mark) if letter else ""


def _letter(found: re.Match[str]) -> str:
    name = found[1]
    if name in _FORMATS:
        return ""
    letter = _LETTERS.get(name)
    if letter is None:
        return found[0]
    return _KEPT.get(letter, letter)
