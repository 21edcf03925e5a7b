"""Everybody gets at every door the answer that tests/access/matrix.yaml declares."""

import logging
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.contrib import admin
from django.contrib.auth.backends import ModelBackend
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse

from tests.access.visits import ROLES, STATES, Place, Visit, answered
from tests.conftest import standing

MATRIX = Path(__file__).parent / "access" / "matrix.yaml"
Cell = tuple[str, str, str]


@cache
def declared() -> dict[Cell, dict[str, str]]:
    """The answer to each role, by door, method and state."""
    matrix = yaml.safe_load(MATRIX.read_text(encoding="utf-8"))
    roles = matrix["roles"].split()
    found: dict[Cell, dict[str, str]] = {}
    for door, lines in matrix["doors"].items():
        for head, answers in lines.items():
            methods, _, states = head.partition(",")
            for method in methods.split():
                for state in states.split() or [""]:
                    found[door, method, state] = dict(zip(roles, str(answers).split(), strict=True))
    return found


def expected(visit: Visit) -> dict[str, str] | None:
    """The declared answers to a visit; the same for all states where none is named."""
    cells = declared()
    return cells.get((visit.door, visit.method, visit.state)) or cells.get((visit.door, visit.method, ""))


@pytest.fixture(scope="module")
def place(django_db_setup: None, django_db_blocker: Any) -> Iterator[Place]:
    """The site with records in every state, made once."""
    with standing(django_db_blocker):
        yield Place()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Pages are decided upon and not drawn, and refusals not logged: who may see them is settled by then."""
    monkeypatch.setattr(logging.getLogger("django.request"), "disabled", True)
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    monkeypatch.setattr(admin.site, "each_context", lambda request: {})
    monkeypatch.setattr(
        "border.admin_errors._told", lambda request, status, *words: HttpResponse(status=status)
    )
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"  # not looked up at each visit


@pytest.fixture(autouse=True)
def rights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who somebody is, and their rights, are looked up once, not at each visit: nothing stays of what one changes."""
    look_up, found = ModelBackend._get_permissions, {}
    recognise, people = ModelBackend.get_user, {}

    def known(backend: ModelBackend, user: Any, obj: Any, source: str) -> set[str]:
        if not user.is_active or obj is not None:
            return look_up(backend, user, obj, source)
        if (user.pk, source) not in found:
            found[user.pk, source] = look_up(backend, user, obj, source)
        return found[user.pk, source]

    def recognised(backend: ModelBackend, key: Any) -> Any:
        if key not in people:
            people[key] = recognise(backend, key)
        return deepcopy(people[key])

    monkeypatch.setattr(ModelBackend, "get_user", recognised)
    monkeypatch.setattr(ModelBackend, "_get_permissions", known)


def passed_over(role: str, visit: Visit) -> bool:
    """Whether a role leaves out a visit at which the same view answers as at one that it makes.

    Strangers try every method at every door, the common ones with a record in every state, the rarer ones of other nouns
    than events with one in the state whose turn it is. Who is signed in tries the common methods at events with a record
    in every state, and at every second other noun, taking turns, with a record in the state whose turn it is. The rarer
    methods are tried by those who may see nothing and those who may do everything, at one event.
    """
    common = visit.method in {"GET", "POST"}
    if role == "anonymous":
        return visit.alike and not (common or visit.in_turn)
    if visit.alike:
        return not (common and visit.in_turn and (visit.turn + ROLES.index(role)) % 2)
    return not (common or (visit.in_turn and role in {"staff", "admin"}))


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_the_declared_answer(place: Place, role: str) -> None:
    client = place.client(role)
    wrong, count = [], 0
    for visit in place.visits:
        if passed_over(role, visit):
            continue
        row, found = expected(visit), answered(client, visit)
        if row is None or row[role] != found:
            wrong.append(
                f"{visit.method} {visit.address} ({visit.door}, {visit.state}): {found}, not {row and row[role]}"
            )
        count += 1
    assert wrong == []
    assert count > 500


@pytest.mark.django_db
def test_no_page_of_another_site_takes_a_step_for_anybody(place: Place) -> None:
    """A form that does not carry the token of ours is refused at every door of the admin."""
    client = place.client("admin", enforce_csrf_checks=True)
    steps = [
        one for one in place.visits if one.method in {"POST", "PUT", "PATCH", "DELETE"} and not one.alike
    ]
    doors = [one for one in steps if one.address.startswith("/admin/")]
    assert len(doors) > 200
    assert {answered(client, one) for one in doors} == {"403"}


@pytest.mark.django_db
def test_every_route_is_declared_and_every_declared_door_is_there(place: Place) -> None:
    undeclared = {(one.door, one.method, one.state) for one in place.visits if expected(one) is None}
    assert undeclared == set(), "declare who may do this, in tests/access/matrix.yaml"
    visited = {(one.door, one.method) for one in place.visits}
    assert {(door, method) for door, method, _ in declared()} == visited
    assert {state for *_, state in declared()} == {"", *STATES}


@pytest.mark.django_db
def test_refusals_are_those_of_the_view_and_not_of_a_missing_record(place: Place) -> None:
    """What is refused to one is possible for another: otherwise the matrix would prove nothing."""
    admins = {cell: row["admin"] for cell, row in declared().items()}
    for door in (
        "admin/{record}/add/",
        "admin/{record}/import/",
        "admin/{record}/export/",
        "admin/{user}/add/",
    ):
        assert admins[door, "GET", ""] == "200"
    assert admins["admin/{record}/move/publish/", "POST", ""] == "302"
