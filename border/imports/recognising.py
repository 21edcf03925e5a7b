"""Rows that a release has already, letter for letter: known before anything is made of what they say."""

import json
from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

from django.db import connection

from border.imports.formats import Recognise
from border.imports.values import as_json
from events.models import ExternalRecord
from sources.models import Source

# What has no event, or was deleted by its dataset, may have become another case since: such a row is read on.
_KNOWN = """
SELECT given.place - 1, k.id, k.event_id, k.told
FROM jsonb_array_elements(%s) WITH ORDINALITY AS given (row, place)
JOIN events_externalrecord k ON k.release_id = %s AND k.key = given.row ->> 0
WHERE k.event_id IS NOT NULL AND k.deleted_at IS NULL AND k.digest = (given.row ->> 1)::uuid AND k.told -> 'place' IS NOT NULL
"""


class Known(NamedTuple):
    """What is kept of a row: its number, that of its event, and what it said in our words."""

    record: int
    event: int
    told: dict[str, Any]


Digest = Callable[[Sequence[str]], str]


def digesting(columns: Sequence[str]) -> Digest:
    """What makes of the cells in these columns the digest by which they are known again, in hexadecimal digits.

    No file that is read has a NUL, so that no other cells in no other columns come to the same text.
    """
    header = blake2b("\0".join((*columns, "")).encode(), digest_size=16)

    def digest(cells: Sequence[str]) -> str:
        said = header.copy()
        said.update("\0".join(cells).encode())
        return said.hexdigest()

    return digest


def recogniser(release: Source, digest: Digest) -> Recognise | None:
    """What tells of rows, by the ``digest`` of their cells, whether ``release`` has them; None where it has none at all."""
    if not ExternalRecord.objects.filter(release=release).exists():
        return None

    def recognise(rows: Sequence[tuple[str, Sequence[str]]]) -> dict[int, Known]:
        with connection.cursor() as cursor:
            cursor.execute(_KNOWN, [as_json([(key, digest(cells)) for key, cells in rows]), release.pk])
            return {
                place: Known(record, event, json.loads(told))
                for place, record, event, told in cursor.fetchall()
            }

    return recognise
