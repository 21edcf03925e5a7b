"""The one way in which a document is written as text."""

import json
from typing import Any


def canonical(document: Any) -> str:
    """The JSON text of ``document``: keys in their own order, no blanks, characters as they are.

    PostgreSQL's ``row_to_json`` writes the same bytes. ``canonical(json.loads(text)) == text`` holds for
    every document of ours.

    >>> canonical({"name": "القائم", "point": None})
    '{"name":"القائم","point":null}'
    """
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
