"""Everybody at every door: roles, routes, methods and the states of records, and what is answered."""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.test import Client

from border.publication import operations
from border.publication.admin import MOVES, Publishing
from border.publication.endpoints import ENDPOINTS
from tests import factories as make
from tests.access.routes import filled, walk

ROLES = ("anonymous", "inactive", "visitor", "staff", "curator", "importer", "reviewer", "admin")
GROUPS = ("curator", "importer", "reviewer", "admin")
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "DELETE")
STATES = ("draft", "published", "withdrawn")
# These answer a question; without one they would only say that there is none.
QUESTIONS = {
    "admin/autocomplete/": {
        "app_label": "events",
        "model_name": "participation",
        "field_name": "actor",
        "term": "x",
    },
    "admin/edtf/": {"text": "2014"},
    "api/v1/search/": {"q": "Brigade"},
}


@dataclass(frozen=True)
class Visit:
    """One request: where, how, and to a record in which state. ``door`` is the row that declares its answers."""

    door: str
    method: str
    state: str
    address: str
    sent: tuple[tuple[str, Any], ...] = ()

    @property
    def alike(self) -> bool:
        """Whether the same view answers at another door of its kind, that of events or of reviews."""
        return ("{record}" in self.door or "{ledger}" in self.door) and not re.match(
            r"/admin/events/event/|/api/v1/events/|/admin/publication/review/", self.address
        )


def kind(model: type[models.Model]) -> str:
    """What a model is to the admin: all records are treated alike, and so are both ledgers."""
    if isinstance(admin.site._registry[model], Publishing):
        return "record"
    return "ledger" if model._meta.app_label == "publication" else model._meta.model_name or ""


class Place:
    """The site with a record of every noun in every state, and somebody in every role."""

    def __init__(self) -> None:
        reviewer = make.UserFactory(username="first-reviewer")
        self.rows: dict[tuple[Any, str], Any] = {}
        for state in STATES:
            for endpoint in ENDPOINTS.values():
                self.rows[endpoint.model, state] = make.FACTORIES[endpoint.model](slug=f"{state}-record")
            if state == "published":
                before = [row for (_, of), row in self.rows.items() if of == "draft"]
                operations.publish(
                    *[row for row in _open() if row not in before], by=reviewer, reason="Good."
                )
            if state == "withdrawn":
                mine = [row for (_, of), row in self.rows.items() if of == state]
                operations.publish(
                    *[row for row in _open() if row.slug != "draft-record"], by=reviewer, reason="Good."
                )
                for row in reversed(mine):
                    operations.withdraw(row, by=reviewer, reason="In doubt.")
        self.snapshot = make.SnapshotFactory(source=self.rows[make.SourceFactory._meta.model, "draft"])
        others = {
            "batch": make.BatchFactory(),
            "match": make.MatchFactory(),
            "externalrecord": make.ExternalRecordFactory(),
            "user": make.UserFactory(),
            "group": Group.objects.create(name="observers"),
        }
        for model in admin.site._registry:
            if kind(model) != "record":
                self.rows[model, ""] = others.get(kind(model)) or model._default_manager.first()
        self.people: dict[str, Any] = {"anonymous": None, "visitor": make.UserFactory(is_staff=False)}
        self.people["staff"] = make.UserFactory()
        self.people["inactive"] = make.UserFactory(is_active=True)
        self.people |= {name: make.UserFactory() for name in GROUPS}
        for name in ("inactive", *GROUPS):
            self.people[name].groups.add(Group.objects.get(name="admin" if name == "inactive" else name))

    def client(self, role: str, **manners: Any) -> Client:
        """Somebody in this role; who is inactive was not yet so when they signed in."""
        client = Client(raise_request_exception=False, **manners)
        if person := self.people[role]:
            client.force_login(person)
        if role == "inactive":
            type(person).objects.filter(pk=person.pk).update(is_active=False)
        return client

    def visits(self) -> Iterator[Visit]:
        """Every request of the matrix."""
        for route, entry in walk():
            for method in METHODS:
                yield from self._visits(route, entry, method)

    def _visits(self, route: str, entry: Any, method: str) -> Iterator[Visit]:
        model = _model_of(entry)
        if model is None:
            yield from self._elsewhere(route, method)
            return
        door = route.replace(
            f"admin/{model._meta.app_label}/{model._meta.model_name}/", f"admin/{{{kind(model)}}}/"
        )
        states = STATES if kind(model) == "record" else ("",)
        if "<" not in route:
            yield Visit(door, method, "", f"/{route}", _sent(route, method))
            if method == "POST" and route.endswith(f"/{model._meta.model_name}/"):
                yield from self._actions(door, model, f"/{route}", states)
            return
        for state in states:
            row = self.rows[model, state]
            for name in MOVES if "<name>" in route else [""]:
                address = filled(route, object_id=row.pk, id=row.pk, name=name)
                sent = {"ids": row.pk, "confirmed": "1", "reason": "Good."} if name else {"post": "yes"}
                if name and method != "POST":
                    address += f"?ids={row.pk}"
                yield Visit(
                    door.replace("<name>", name),
                    method,
                    state,
                    address,
                    tuple(sent.items()) if method == "POST" else (),
                )

    def _actions(self, door: str, model: Any, address: str, states: Any) -> Iterator[Visit]:
        """The actions on a list, by those who may see it."""
        names = (
            [*registered.actions] if isinstance(registered := admin.site._registry[model], Publishing) else []
        )
        for action in [*names, "delete_selected"]:
            for state in states:
                sent = {"action": action, "_selected_action": str(self.rows[model, state].pk), "post": "yes"}
                yield Visit(f"{door} {action}", "POST", state, address, tuple(sent.items()))

    def _elsewhere(self, route: str, method: str) -> Iterator[Visit]:
        content_type = ContentType.objects.get_for_model(make.ActorFactory._meta.model).pk
        values = {"app_label": "events", "content_type_id": content_type, "object_id": 1, "url": "nowhere"}
        values |= {"question": "drafts", "audit": "participants_too_early"}
        if route.endswith("<slug>/"):
            for state in STATES:
                yield Visit("api/v1/{record}/<slug>/", method, state, filled(route, slug=f"{state}-record"))
            return
        name = route.split("/")[-2] if route.startswith("api/v1/") else ""
        door = "api/v1/{record}/" if name in ENDPOINTS else route
        address = filled(route, **values, name=self.snapshot.file.name)
        if route in QUESTIONS:
            address += f"?{urlencode(QUESTIONS[route])}"
        yield Visit(door, method, "", address)


def _open() -> list[Any]:
    return [row for endpoint in ENDPOINTS.values() for row in endpoint.model.objects.filter(status="draft")]


def _sent(route: str, method: str) -> tuple[tuple[str, Any], ...]:
    return (("_save", "1"),) if method == "POST" and route.endswith("/add/") else ()


def _model_of(entry: Any) -> Any:
    """The model whose admin page a route is, if it is one."""
    view = getattr(entry.callback, "model_admin", None) or getattr(
        getattr(entry.callback, "__wrapped__", None), "__self__", None
    )
    if isinstance(view, admin.ModelAdmin):
        return view.model
    name = entry.name or ""
    for model in admin.site._registry:
        if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_"):
            return model
    return None


def answered(client: Client, visit: Visit) -> str:
    """What a visit comes to: a status, or "login" for being sent there. Nothing stays of it."""
    badge = copy(client.cookies)
    with transaction.atomic():
        if visit.method == "POST":
            response = client.post(visit.address, dict(visit.sent))
        else:
            response = client.generic(visit.method, visit.address)
        if response.streaming:
            list(response.streaming_content)  # to its end, where it closes what it holds
        transaction.set_rollback(True)
    client.cookies = badge
    if response.status_code == 302 and response["Location"].startswith("/admin/login/"):
        return "login"
    return str(response.status_code)
