"""What people write for dates, in English and Arabic, and the EDTF it probably stands for.

Only for hints beside a refused date: nothing here is ever applied to what a curator wrote.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_LONGEST = 64

# Arabic has two sets of names: the one used from Egypt westwards, and that of Syria and Iraq.
_ARABIC_MONTHS = (
    ("يناير", "كانون الثاني"),
    ("فبراير", "شباط"),
    ("مارس", "آذار", "اذار"),
    ("أبريل", "ابريل", "إبريل", "نيسان"),
    ("مايو", "أيار", "ايار"),
    ("يونيو", "يونيه", "حزيران"),
    ("يوليو", "يوليه", "تموز"),
    ("أغسطس", "اغسطس", "آب", "اب"),
    ("سبتمبر", "أيلول", "ايلول"),
    ("أكتوبر", "اكتوبر", "تشرين الأول", "تشرين الاول"),
    ("نوفمبر", "تشرين الثاني"),
    ("ديسمبر", "كانون الأول", "كانون الاول"),
)
_SEASONS = {
    "spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24,
    "ربيع": 21, "صيف": 22, "خريف": 23, "شتاء": 24,
}  # fmt: skip

_MONTH_NUMBERS: dict[str, int] = {}
for _number, _name in enumerate(MONTHS, start=1):
    for _form in (_name, _name[:3], f"{_name[:3]}.", *_ARABIC_MONTHS[_number - 1]):
        _MONTH_NUMBERS[unicodedata.normalize("NFKC", _form).lower()] = _number
_MONTH_NUMBERS |= {"sept": 9, "sept.": 9}
_NAMED_MONTH = re.compile(
    r"(?<!\w)(" + "|".join(map(re.escape, sorted(_MONTH_NUMBERS, key=len, reverse=True))) + r")(?!\w)"
)


def in_edtf(text: str) -> str | None:
    """The probable EDTF for a date written for people; it may still name a day that does not exist."""
    if len(text) > _LONGEST:
        return None
    plain = _plain(text)
    return _interval(plain) or _relative(plain) or _date(plain)


def _plain(text: str) -> str:
    """Lower case, digits 0 to 9, single spaces, no Arabic vowel signs; a month's name becomes ``m06``."""
    digits = (str(unicodedata.digit(c)) if c.isdecimal() else c for c in unicodedata.normalize("NFKC", text))
    plain = "".join(c for c in digits if c != "\N{ARABIC TATWEEL}" and not "\u064b" <= c <= "\u0652")
    plain = plain.lower().replace("،", " ").replace(",", " ")
    plain = _NAMED_MONTH.sub(lambda match: f"m{_MONTH_NUMBERS[match[1]]:02}", plain)
    plain = re.sub(r"(m[0-9]{2}) ?(?:/ ?\1|\( ?\1 ?\))", r"\1", plain)  # "June/June": both Arabic names
    plain = re.sub(r"(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th)(?= (?:of )?m[0-9])", r"\1", plain)
    return " ".join(plain.split())


def _date(plain: str) -> str | None:
    for pattern, write in _FORMS:
        match = pattern.fullmatch(plain)
        if match:
            return write(match)
    return None


def _day(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"


def _day_first(match: re.Match[str]) -> str:
    first, second, year = match.groups()
    # Only when the second number cannot be a month was the month written first.
    return _day(year, first, second) if int(second) > 12 >= int(first) else _day(year, second, first)


def _two_years(match: re.Match[str]) -> str:
    return f"{match[1]}/{match[1][:2]}{match[2]}"


_FORMS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = [
    (re.compile(pattern), write)
    for pattern, write in (
        (r"([0-9]{4})", lambda m: m[1]),
        (r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:[t ][0-9].*)?", lambda m: _day(*m.groups())),
        (r"([0-9]{4})[-/. ]([0-9]{1,2})[-/. ]([0-9]{1,2})", lambda m: _day(*m.groups())),
        (r"([0-9]{1,2})[-/. ]([0-9]{1,2})[-/. ]([0-9]{4})", _day_first),
        (r"([0-9]{4})[-/.](0?[1-9]|1[0-2])", lambda m: f"{m[1]}-{int(m[2]):02}"),
        (r"(0?[1-9]|1[0-2])[-/.]([0-9]{4})", lambda m: f"{m[2]}-{int(m[1]):02}"),
        (r"([0-9]{4})/([0-9]{2})", _two_years),
        (r"([0-9]{1,2})[- ](?:of )?m([0-9]{2})[- ]([0-9]{4})", lambda m: _day(m[3], m[2], m[1])),
        (r"m([0-9]{2}) ([0-9]{1,2})(?:st|nd|rd|th)? ([0-9]{4})", lambda m: _day(m[3], m[1], m[2])),
        (r"([0-9]{4}) m([0-9]{2}) ([0-9]{1,2})", lambda m: _day(*m.groups())),
        (r"(?:شهر )?m([0-9]{2})(?: of| عام)?[- ]([0-9]{4})", lambda m: f"{m[2]}-{m[1]}"),
        (r"([0-9]{4})[- ]m([0-9]{2})", lambda m: f"{m[1]}-{m[2]}"),
        (
            rf"({'|'.join(_SEASONS)})(?: of| عام)? ([0-9]{{4}})(?:[-/][0-9]{{2,4}})?",
            lambda m: f"{m[2]}-{_SEASONS[m[1]]}",
        ),
        (r"(?:the )?([0-9]{3})(?:0'?s|x|u|-)", lambda m: f"{m[1]}X"),
        (r"([0-9]{2})(?:xx|uu|--)", lambda m: f"{m[1]}XX"),
        (r"([0-9]{4})-(?:xx|uu)(?:-(?:xx|uu))?", lambda m: m[1]),
        (r"([0-9]{4}-[0-9]{2})-(?:xx|uu)", lambda m: m[1]),
        (r"(?:the )?([0-9]{2})(?:st|nd|rd|th) century", lambda m: f"{int(m[1]) - 1:02}XX"),
        (r"([0-9]{4})-2[5-8]", lambda m: f"{m[1]}-2{int(m[0][-1]) - 4}"),
        (r"([0-9]{4})-(?:29|3[0-2])", lambda m: f"{m[1]}-2{(int(m[0][-2:]) - 28)}"),
        (
            r"([0-9]{4})-3([3-6])",
            lambda m: f"[{m[1]}-{3 * int(m[2]) - 8:02}..{m[1]}-{3 * int(m[2]) - 6:02}]",
        ),
        (
            r"q([1-4])[ -]([0-9]{4})",
            lambda m: f"[{m[2]}-{3 * int(m[1]) - 2:02}..{m[2]}-{3 * int(m[1]):02}]",
        ),
        (r"(?:in|on|في|عام|سنة) (.+)", lambda m: _date(m[1]) or ""),
    )
]

_ABOUT = re.compile(r"(?:(?:circa|about|around|approximately|approx\.?|c\.|ca\.?|c|حوالي|نحو) ?|~ ?)(.+)")
_WORDS_BEFORE = re.compile(r"(before|after|since|until|till|قبل|بعد|منذ|حتى) (.+)")
_BETWEEN = re.compile(r"(?:between|بين) (.+?) (?:and|و) ?(.+)")
_FROM_TO = re.compile(
    r"(?:from |من )?(.+?)(?: to | until | till | ?[\u2013\u2014] ?| - | إلى | الى | حتى |(?<=[0-9]{4})-(?=[0-9]{4}))(.+)"
)


def _interval(plain: str) -> str | None:
    for pattern, write in ((_BETWEEN, "[{}..{}]"), (_FROM_TO, "{}/{}")):
        match = pattern.fullmatch(plain)
        if match:
            first, last = _date(match[1]), _date(match[2])
            if first and last:
                return write.format(first, last)
    return None


def _relative(plain: str) -> str | None:
    about = _ABOUT.fullmatch(plain)
    if about:
        date = _date(about[1])
        return f"{date}~" if date and date[0] != "[" else None
    match = _WORDS_BEFORE.fullmatch(plain)
    date = _date(match[2]) if match else None
    if not match or not date:
        return None
    if match[1] in ("since", "منذ"):
        return f"{date}/.."
    if match[1] in ("until", "till", "حتى"):
        return f"../{date}"
    if match[1] in ("before", "قبل"):
        before = _neighbour(date, -1)
        return before and f"[..{before}]"
    after = _neighbour(date, 1)
    return after and f"[{after}..]"


def _neighbour(date: str, step: int) -> str | None:
    """The year, month or day before or after a date; None for seasons, decades and the calendar's ends."""
    try:
        if len(date) == 10:
            return (dt.date.fromisoformat(date) + dt.timedelta(days=step)).isoformat()
        if len(date) == 7 and int(date[5:]) <= 12:
            year, month = divmod(int(date[:4]) * 12 + int(date[5:]) - 1 + step, 12)
            return f"{year:04}-{month + 1:02}"
        return f"{int(date) + step:04}" if len(date) == 4 else None
    except (ValueError, OverflowError):
        return None
