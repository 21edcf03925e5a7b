"""How PostgreSQL answers each shape of question: the plans of its statements, without costs or values."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import connections
from django.test import RequestFactory
from django.urls import resolve

from border.api import reading
from border.bench.shapes import LARGE, SHAPES

Plans = dict[str, list[list[str]]]
ON_FILE = Path(settings.BASE_DIR) / "tests" / "golden" / "plans.json"


def told() -> None:
    """Print the plans of all shapes in this world, as JSON."""
    print(json.dumps({name: plans_of(f"/api/v1/{path}") for name, path in SHAPES.items()}))


def plans_of(path: str) -> list[list[str]]:
    """The plan of each statement that it takes to answer, once what is remembered is known."""
    asked: list[tuple[str, Any]] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql.removesuffix(reading.AND_VERSION), params))
        return execute(sql, params, many, context)

    _answer(path)
    with connections[reading.ALIAS].execute_wrapper(keep):
        _answer(path)
    return [
        _explained(sql, params)
        for sql, params in dict.fromkeys((sql, _fixed(params)) for sql, params in asked)
    ]


def _answer(path: str) -> None:
    parts = urlsplit(quote(path, safe="/?=&,:+!'"))
    view = resolve(parts.path)
    found = view.func(RequestFactory().get(f"{parts.path}?{parts.query}"), *view.args, **view.kwargs)
    if found.status_code != 200:
        raise RuntimeError(f"{path} answered {found.status_code}")
    b"".join(found) if found.streaming else found.content


def _fixed(params: Any) -> Any:
    """Parameters that can be compared."""
    return tuple(tuple(one) if isinstance(one, list) else one for one in params or ())


def _explained(sql: str, params: Any) -> list[str]:
    listed = [list(one) if isinstance(one, tuple) else one for one in params]
    with connections[reading.ALIAS].cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON, COSTS OFF) {sql}", listed)
        found = cursor.fetchone()[0]
    return list(_lines((json.loads(found) if isinstance(found, str | bytes) else found)[0]["Plan"], 0))


def _lines(node: dict[str, Any], depth: int) -> Any:
    index, table = node.get("Index Name"), node.get("Relation Name")
    turned = " backward" if node.get("Scan Direction") == "Backward" else ""
    yield (
        "  " * depth
        + node["Node Type"]
        + turned
        + (f" by {index}" if index else "")
        + (f" on {table}" if table else "")
    )
    for child in node.get("Plans", ()):
        yield from _lines(child, depth + 1)


def on_file() -> Plans:
    """The plans that were looked at and kept."""
    found: Plans = json.loads(ON_FILE.read_text(encoding="utf-8"))
    return found


def write(found: Plans) -> None:
    """Keep these plans."""
    ON_FILE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def changed(found: Plans) -> list[str]:
    """The shapes whose plan is another than the one that was kept, each with what it is now."""
    kept = on_file()
    return [
        f"{name}: {' | '.join(line.strip() for line in statement)}"
        for name, statements in found.items()
        if statements != kept.get(name)
        for statement in statements
    ]


def scanned(plans: Plans) -> list[str]:
    """The shapes for which a large table is gone through row by row, each with that table."""
    return [
        f"{name}: {line.strip()}"
        for name, statements in plans.items()
        for statement in statements
        for line in statement
        if "Seq Scan" in line and line.rpartition(" ")[2] in LARGE
    ]
