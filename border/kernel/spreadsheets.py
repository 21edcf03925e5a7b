"""Texts that a spreadsheet would take for more than texts."""

import re

_FORMULA = re.compile(r"[=+@\t\r]|-(?![0-9.]+$)").match


def harmless(text: str) -> str:
    """``text`` as a cell that no spreadsheet runs: an apostrophe before what would be a formula.

    >>> harmless("=1+1"), harmless("-3.5"), harmless("-a")
    ("'=1+1", '-3.5', "'-a")
    """
    return f"'{text}" if _FORMULA(text) else text
