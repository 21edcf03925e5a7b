"""Whether the process lives, and whether it is fit to serve: the database, its migrations, the disk."""

import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from border.api import reading

# Less than either is too little for PostgreSQL's journal; above one of them it is not.
LEAST_SHARE, LEAST_BYTES = 0.05, 256 * 1024 * 1024

logger = logging.getLogger(__name__)
_seen: set[str] = set()


def alive(request: HttpRequest) -> HttpResponse:
    """200: the process answers. Nothing else is looked at."""
    return JsonResponse({"alive": True}, headers={"Cache-Control": "no-store"})


def ready(request: HttpRequest) -> HttpResponse:
    """200 when all is fit to serve, else 503; says of each thing what is wrong with it, or "ok"."""
    found = {"database": _said(_database), "migrations": _said(_migrations), "disk": _said(_disk)}
    fit = all(what == "ok" for what in found.values())
    headers = {"Cache-Control": "no-store"} | ({} if fit else {"Retry-After": "5"})
    return JsonResponse({"ready": fit, **found}, status=200 if fit else 503, headers=headers)


def _said(look: Callable[[], str]) -> str:
    try:
        return look() or "ok"
    except (DatabaseError, InterfaceError):
        logger.exception("The database is not fit to serve")
        return "the database does not answer"


def _database() -> str:
    reading.rows("SELECT 1")
    return ""


def _migrations() -> str:
    # Applied migrations stay applied while the process lives: the files are read once.
    if "migrations" not in _seen:
        executor = MigrationExecutor(connections["default"])
        if waiting := executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return f"{len(waiting)} not applied: run manage.py migrate"
        _seen.add("migrations")
    return ""


def _disk() -> str:
    usage: Any = shutil.disk_usage(_existing(Path(settings.BORDER_DATA)))
    if usage.free >= LEAST_BYTES or usage.free >= LEAST_SHARE * usage.total:
        return ""
    return f"{usage.free // 2**20} MB free: make room"


def _existing(folder: Path) -> Path:
    return next(place for place in (folder, *folder.parents) if place.exists())
