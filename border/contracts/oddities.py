"""What is allowed but looks like a slip; told as a warning, and nothing is stopped."""

import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from border.contracts.draft import Draft
from border.contracts.outcome import Fault
from border.kernel import names
from border.kernel.dates import Dated
from border.kernel.records import Named

# Longitudes and latitudes of the land that this database is about, and of its neighbours.
EAST, NORTH = (36, 50), (29, 39)
_EARLIEST = dt.date(1500, 1, 1)


def oddities(drafts: Sequence[Draft]) -> list[Fault]:
    """A warning for each point, date and name of new or changed rows that looks like a slip."""
    found = []
    for draft in drafts:
        found += [*_points(draft), *_dates(draft), *_letters(draft)]
    return found + _namesakes([draft for draft in drafts if isinstance(draft.record, Named)])


def _within(longitude: Decimal, latitude: Decimal) -> bool:
    return EAST[0] <= longitude <= EAST[1] and NORTH[0] <= latitude <= NORTH[1]


def _points(draft: Draft) -> Iterator[Fault]:
    longitude, latitude = draft.values.get("longitude"), draft.values.get("latitude")
    if longitude is None or latitude is None:
        return
    where = f"{draft.texts['longitude']}, {draft.texts['latitude']}"
    if not _within(longitude, latitude) and _within(latitude, longitude):
        message = "Longitude and latitude look swapped: the other way round the point lies in Syria, Iraq or beside them."
        yield draft.fault(message, "longitude, latitude", where)
    elif longitude == latitude == 0:
        yield draft.fault(
            "0, 0 is a point in the Atlantic. Leave all empty where no point is known.",
            "longitude, latitude",
            where,
        )


def _dates(draft: Draft) -> Iterator[Fault]:
    if not isinstance(draft.record, Dated):
        return
    possible, column = draft.record.possible, draft.record.dated_by
    if possible.upper and possible.upper < _EARLIEST:
        yield draft.fault(f"The date lies before {_EARLIEST.year}. Is the year complete?", column)
    elif possible.lower and possible.lower > dt.datetime.now(tz=dt.UTC).date():
        yield draft.fault("The date lies in the future.", column)


def _letters(draft: Draft) -> Iterator[Fault]:
    for name in ("name", "title", "text"):
        for word in draft.texts.get(name, "").split():
            scripts = {names.script(char) for char in word if char.isalpha()}
            if len(scripts) > 1:
                rare = min((char for char in word if char.isalpha()), key=lambda char: _share(char, word))
                yield draft.fault(
                    f'The word "{word}" mixes scripts: {unicodedata.name(rare)} (U+{ord(rare):04X}) stands among others.',
                    name,
                )


def _share(char: str, word: str) -> int:
    return sum(names.script(other) == names.script(char) for other in word)


def _called(draft: Draft) -> tuple[Any, str]:
    return draft.contract.model, names.fold(draft.record.name) or draft.record.name


def _namesakes(drafts: Sequence[Draft]) -> list[Fault]:
    """New actors and territories that are called exactly as another."""
    bearers: dict[tuple[Any, str], list[str]] = defaultdict(list)
    for draft in drafts:
        bearers[_called(draft)].append(draft.record.slug)
    for model in {draft.contract.model for draft in drafts}:
        mine = [draft.record.pk for draft in drafts if draft.contract.model is model]
        keys = [f"f:{folded}" for owner, folded in bearers if owner is model]
        others = model._default_manager.exclude(pk__in=mine).filter(search_keys__overlap=keys)
        for slug, name in others.values_list("slug", "name"):
            bearers[model, names.fold(name)].append(slug)
    return [
        draft.fault(f"Another has the same name: {', '.join(same)}. Is it the same?", "name")
        for draft in drafts
        if draft.existing is None
        and (same := [slug for slug in bearers[_called(draft)] if slug != draft.record.slug])
    ]
