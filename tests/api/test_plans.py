"""How PostgreSQL answers a million events: the plans that `make bench` last saw, and kept."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import resolve

from border.bench import plans
from border.bench.shapes import LARGE, SHAPES
from border.publication.endpoints import ENDPOINTS


def test_plans_of_all_shapes_are_kept():
    kept = plans.on_file()
    assert set(kept) == set(SHAPES)
    assert all(any(statement) for statements in kept.values() for statement in statements)


def test_no_shape_goes_through_a_large_table():
    assert plans.scanned(plans.on_file()) == []


@pytest.mark.parametrize("table", LARGE)
def test_going_through_a_large_table_is_noticed(table):
    found = {"events": [["Limit", f"  Seq Scan on {table}"], ["Index Scan by some_index on published_block"]]}
    assert plans.scanned(found) == [f"events: Seq Scan on {table}"]


@pytest.mark.parametrize("path", SHAPES.values())
def test_shapes_ask_what_can_be_asked(path):
    parts = urlsplit(path)
    view = resolve(f"/api/v1/{parts.path}").func.view_class
    assert set(dict(parse_qsl(parts.query))) <= set(view.parameters)


def test_large_tables_are_published():
    tables = {endpoint.table.strip('"') for endpoint in ENDPOINTS.values()}
    assert {"published_name", "published_entry"} | tables >= set(LARGE)
