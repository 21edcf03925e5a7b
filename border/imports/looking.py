"""What the preview of an import shows: its rows in words, and the names in it of which nobody knows who is meant."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from border.imports.choices import Found, RowVerdict
from border.imports.models import WAITING, ActorReading, Import, PlaceReading, StagedRow
from border.imports.queue import LINKS

# The parts of a row that are numbers of readings, or hold them.
_LABELS = {"updated_at": "changed there", "sub_kind": "finer kind", "deaths": "killed"}


# What verdicts mean of rows that are of no dataset.
_MEANINGS = {
    RowVerdict.NEW: "No record of this key is here yet: it is made.",
    RowVerdict.CHANGED: "The record of this key says something else.",
    RowVerdict.SAME: "The record of this key says so already.",
}
_WHOLE = "Something in it cannot be right: nothing of the file is written before it is mended."


def meaning_of(one: Import, verdict: RowVerdict) -> str:
    """What a verdict means of the rows of an import."""
    if one.must_be_whole and verdict == RowVerdict.REFUSED:
        return _WHOLE
    return verdict.meaning if one.is_of_a_dataset else _MEANINGS.get(verdict, verdict.meaning)


def differing(one: Import) -> frozenset[RowVerdict]:
    """The verdicts of rows of which it is told what they say, before and after; what new rows of a dataset say is their event."""
    return frozenset({RowVerdict.CHANGED} if one.is_of_a_dataset else {RowVerdict.CHANGED, RowVerdict.NEW})


def waiting(one: Import, most: int) -> dict[str, list[dict[str, Any]]]:
    """The names of actors and of places that are unsure or unknown, with how many rows have each, most rows first."""
    found = {}
    for what, link in LINKS.items():
        counts = one.names.filter(**{f"{link}__found__in": WAITING}).select_related(link)
        found[what] = [
            {
                "name": count.reading.name,
                "found": Found(count.reading.found),
                "rows": count.rows,
                "key": count.reading.pk,
            }
            for count in counts.order_by("-rows", f"{link}__name")[:most]
        ]
    return found


class Words:
    """What rows say, in words: the names that stand for numbers are looked up once for all of them."""

    def __init__(self, rows: Iterable[StagedRow]) -> None:
        said = [side for row in rows for side in (row.told, row.before) if side]
        actors = {key for side in said for key, *_ in side.get("parties", ())}
        actors |= {key for side in said for _, key, *_ in side.get("deaths", ()) if key}
        places = {side["place"] for side in said if side.get("place")}
        self._actors = dict(ActorReading.objects.filter(pk__in=actors).values_list("pk", "name"))
        self._places = dict(PlaceReading.objects.filter(pk__in=places).values_list("pk", "name"))

    def place(self, row: StagedRow) -> str:
        """Where a row says that it was."""
        return self._places.get(row.place, "") if row.place else ""

    def differences(self, row: StagedRow) -> Iterator[tuple[str, str, str]]:
        """What a row says otherwise than before: the name, before and after."""
        if not row.of.is_of_a_dataset:
            yield from (
                (name, before or "", after) for name, before, after in row.differences if before or after
            )
            return
        for name, before, after in row.differences:
            yield _LABELS.get(name, name), self._said(name, before), self._said(name, after)

    def _said(self, name: str, value: Any) -> str:
        if value in (None, "", []):
            return ""
        match name:
            case "place":
                return self._places.get(value, str(value))
            case "names":
                return "\n".join(value)
            case "parties":
                return "\n".join(f"{self._actors.get(key, key)}, {role}" for key, role, *_ in value)
            case "deaths":
                return "\n".join(self._claim(*claim) for claim in value)
            case "point":
                longitude, latitude, metres = value
                return f"{latitude}, {longitude}, within {metres:,} m"
            case "updated_at":
                return f"{dt.datetime.fromtimestamp(value, dt.UTC):%Y-%m-%d %H:%M} UTC"
        return str(value)

    def _claim(self, whom: str, actor: int | None, low: Any, best: Any, high: Any) -> str:
        of = self._actors.get(actor, str(actor)) if actor else whom
        return f"{of}: {counts_in_words(low, best, high)}"


def counts_in_words(low: Any, best: Any, high: Any) -> str:
    """What a claim counts; of counts that it does not give, nothing.

    >>> counts_in_words(None, 3, 5)
    'best 3, high 5'
    """
    given = (("low", low), ("best", best), ("high", high))
    return ", ".join(f"{word} {count}" for word, count in given if count is not None)
