"""What rows are called, those that are gone included, and which record each belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from border.history.replay import Version
from border.history.tables import owners, tracked

Key = tuple[type[Any], int]
_TELLING = ("number", "text", "role", "kind", "bound", "side", "verdict", "key")


@dataclass(frozen=True)
class Called:
    """What a row is called, and the record that it belongs to: itself, where it has no owner."""

    text: str
    record: Key
    slug: str


def called(rows: Mapping[Key, Version]) -> dict[Key, Called]:
    """What each of ``rows`` is called: its noun and slug, or its noun and number and those of its owner."""
    owned = {key: _owner(key, row) for key, row in rows.items()}
    slugs = {key: str(row["slug"]) for key, row in rows.items() if row.get("slug")}
    slugs |= _slugs({record for record in owned.values() if record not in slugs})
    found = {}
    for key, row in rows.items():
        record, noun = owned[key], str(key[0]._meta.verbose_name)
        slug = slugs.get(record, "")
        whole = f"{record[0]._meta.verbose_name} {slug or f'number {record[1]}'}"
        telling = next((str(row[name]) for name in _TELLING if row.get(name)), "")
        found[key] = Called(whole if record == key else f"{noun} {telling} of {whole}", record, slug)
    return found


def _owner(key: Key, row: Version) -> Key:
    for owner, column in owners(key[0]):
        if row.get(column):
            return owner, row[column]
    return key


def _slugs(keys: set[Key]) -> dict[Key, str]:
    """The slugs of records, from the history where they are gone: it never forgets a row."""
    found: dict[Key, str] = {}
    for model in {model for model, _ in keys}:
        if not any(field.name == "slug" for field in model._meta.concrete_fields):
            continue
        ids = {pk for one, pk in keys if one is model}
        past = tracked()[model]._default_manager.filter(pgh_obj_id__in=ids)
        found |= {(model, pk): slug for pk, slug in past.values_list("pgh_obj_id", "slug")}
    return found
