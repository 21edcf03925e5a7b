"""A table written again as it was read."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Protocol


class Writable(Protocol):
    """What takes text: a file opened with ``newline=""`` and UTF-8, a StringIO, a response."""

    def write(self, text: str, /) -> Any: ...


def write_table(stream: Writable, layout: Mapping[str, Any], rows: Iterable[Sequence[str]]) -> None:
    """Writes rows as a text file whose header and cells read the same as those of the table with this layout."""
    if layout["bom"]:
        stream.write("\ufeff")
    delimiter, newline = layout["delimiter"], layout["newline"]
    # The csv module would leave a carriage return bare where lines end with a line feed, and read it as a line's end.
    needs_quotes = re.compile(f'["\r\n{delimiter}]').search
    before = [layout["columns"]] if layout["header"] else []
    before += [layout["hxl"]] if layout["hxl"] else []
    for row in chain(before, rows):
        stream.write(
            delimiter.join([_quoted(cell) if needs_quotes(cell) else cell for cell in row]) + newline
        )


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
