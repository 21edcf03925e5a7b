"""What is different from the release before: record by record, field by field, with the public reasons."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from border.documents.canonical import canonical
from border.documents.table import cell, columns
from border.publication.endpoints import ENDPOINTS, Endpoint
from border.releases import record
from border.releases.describing import DIFFERENCES
from border.releases.record import Difference, State

NDJSON, CSV = "diff.ndjson", "diff.csv"


def write(folder: Path, connection: Any, old: State, new: State, tell: Callable[[], None]) -> dict[str, int]:
    """Write diff.ndjson and diff.csv; how many records were added, changed and so on. ``tell`` is called for each."""
    counts: Counter[str] = Counter()
    with (
        (folder / NDJSON).open("w", encoding="utf-8", newline="\n") as lines,
        (folder / CSV).open("w", encoding="utf-8", newline="") as file,
    ):
        rows = csv.writer(file, lineterminator="\r\n")
        rows.writerow(field.name for field in DIFFERENCES)
        for endpoint in ENDPOINTS.values():
            for one in record.differences(connection, endpoint, old, new):
                told = _told(endpoint, one)
                counts[told["change"]] += 1
                lines.write(f"{canonical(told)}\n")
                rows.writerows(_rows(endpoint, one, told))
                tell()
    return dict(sorted(counts.items()))


def _told(endpoint: Endpoint, one: Difference) -> dict[str, Any]:
    """A line of diff.ndjson. Of what was erased since the release before only what stands now is told."""
    change, into = _change(one)
    found: dict[str, Any] = {
        "record": f"{endpoint.name}/{one.slug}",
        "change": change,
        "into": f"{endpoint.name}/{into}" if into else None,
        "reasons": [
            {"change": line["change"], "at": line["at"], "reason": line["reason"]}
            for line in one.ledger
            if line["reason"]
        ],
    }
    if one.erased and one.after:
        found["before_erased"] = True
    before, after = (json.loads(text) if text else {} for text in (one.before, one.after))
    found["fields"] = [
        {"field": name, **_both(name, before, after)}
        for name in ({**after, **before} if after else ())
        if name not in before or name not in after or before[name] != after[name]
    ]
    return found


def _both(name: str, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What a field said and says; of a document that has no such field, nothing."""
    return {when: of[name] for when, of in (("before", before), ("after", after)) if name in of}


def _change(one: Difference) -> tuple[str, str]:
    """What became of a record, and as which it goes on: by what it was and is, then by the ledger."""
    if one.after:
        return ("changed" if one.before or one.erased else "added"), ""
    into = next((line["into"] for line in reversed(one.ledger) if line["change"] == "merged"), "")
    if one.erased:
        return "erased", into
    last = next(line["change"] for line in reversed(one.ledger) if line["change"] != "erased")
    return last, into if last == "merged" else ""


def _rows(endpoint: Endpoint, one: Difference, told: dict[str, Any]) -> Iterator[list[str]]:
    """The lines of diff.csv: one for each column that is another; one for a record that came or went."""
    reasons = " | ".join(f"{line['change']}: {line['reason']}" for line in told["reasons"])
    head = [told["record"], told["change"], told["into"] or ""]
    cells = [["", "", ""]]
    if one.before and one.after:
        before, after = json.loads(one.before), json.loads(one.after)
        both = (
            (column.name, _cell(column, before), _cell(column, after))
            for column in columns(endpoint.document)
        )
        cells = [[*changed] for changed in both if changed[1] != changed[2]]
    for changed in cells:
        yield [*head, *changed, cell(reasons)]


def _cell(column: Any, document: dict[str, Any]) -> str:
    # A document that was published before there was such a field has none.
    return cell(column.of(document)) if column.field in document else ""
