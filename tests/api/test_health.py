"""Whether the site says rightly that it is fit to serve."""

from typing import NamedTuple
from unittest import mock

import pytest
from django.db import OperationalError

from border.api import health

pytestmark = pytest.mark.django_db


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_living_process_says_so_without_a_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"alive": True})
    assert response.headers["Cache-Control"] == "no-store"


def test_fit_site_is_ready(client):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"ready": True, "database": "ok", "migrations": "ok", "disk": "ok"}


def test_database_that_is_away_is_said(client):
    with mock.patch("border.api.reading.rows", side_effect=OperationalError("10.0.0.7 refused")):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert response.json()["database"] == "the database does not answer"
    assert "10.0.0.7" not in response.content.decode()


def test_migrations_that_wait_are_counted(client):
    with (
        mock.patch.object(health, "_seen", set()),
        mock.patch.object(health.MigrationExecutor, "migration_plan", return_value=[1, 2]),
    ):
        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["migrations"] == "2 not applied: run manage.py migrate"


@pytest.mark.parametrize(
    ("total", "free", "fit"),
    [
        (10 * 2**40, 300 * 2**20, True),
        (2**30, 100 * 2**20, True),
        (10 * 2**40, 200 * 2**20, False),
        (2**30, 50 * 2**20, False),
    ],
)
def test_full_disk_is_said(client, total, free, fit):
    with mock.patch.object(health.shutil, "disk_usage", return_value=Usage(total, total - free, free)):
        response = client.get("/readyz")
    assert response.status_code == (200 if fit else 503)
    assert (response.json()["disk"] == "ok") is fit
