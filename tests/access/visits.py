"""Everybody at every door: roles, routes, methods and the states of records, and what is answered."""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import pghistory
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.test import Client

from border.curation.merging import merge
from border.publication import operations
from border.publication.admin import Publishing
from border.publication.endpoints import ENDPOINTS
from tests import factories as make
from tests.access.routes import filled, walk

ROLES = ("anonymous", "inactive", "visitor", "staff", "curator", "importer", "reviewer", "admin")
GROUPS = ("curator", "importer", "reviewer", "admin")
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "DELETE")
STATES = ("draft", "published", "withdrawn")
# The steps of a merge that is public nowhere and stands.
STEPS = ("undo", "publish", "part")
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
    """One request: where, how, and to a record in which state. ``door`` is the row that declares its answers.

    ``turn`` counts the nouns.
    """

    door: str
    method: str
    state: str
    address: str
    sent: tuple[tuple[str, Any], ...] = ()
    turn: int = 0

    @property
    def in_turn(self) -> bool:
        """Whether this is the state whose turn it is at this noun: over the nouns it is that of each."""
        return self.state in {"", STATES[self.turn % len(STATES)]}

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
                row = make.FACTORIES[endpoint.model](slug=f"{state}-record")
                self.rows[endpoint.model, state] = row
                if endpoint.cited:
                    make.cite(row)
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
        self.snapshot = make.SnapshotFactory()
        others = {
            "batch": make.BatchFactory(),
            "match": make.MatchFactory(),
            "externalrecord": make.ExternalRecordFactory(),
            "merge": self._merge(reviewer),
            "different": make.DifferentFactory(),
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
        self.job = make.JobFactory(asked_by=self.people["curator"])
        self.imported = make.ImportFactory(batch=others["batch"])
        self.name = make.ActorReadingFactory()
        make.DecisionFactory()
        self.linking = make.LinkingFactory()
        self.release = make.ReleaseFactory()
        self.token = make.TokenFactory(owner=self.people["curator"])
        with pghistory.context(user=self.people["curator"].pk, via="links"):
            self.judged = make.MatchFactory(decided_by=self.people["curator"])
        self.saved = {
            model: make.SavedViewFactory(
                owner=self.people["curator"], model=model._meta.label_lower, query="q=x", shared=True
            )
            for model in admin.site._registry
            if kind(model) == "record"
        }

    def _merge(self, reviewer: Any) -> Any:
        """A merge that waits to be published: two public actors."""
        kept, dropped = make.ActorFactory(slug="goes-on"), make.ActorFactory(slug="given-up")
        operations.publish(kept, dropped, by=reviewer, reason="Good.")
        return merge(kept=kept, dropped=dropped, by=make.UserFactory(), reason="One and the same.")

    def client(self, role: str, **manners: Any) -> Client:
        """Somebody in this role; who is inactive was not yet so when they signed in."""
        client = Client(raise_request_exception=False, **manners)
        if person := self.people[role]:
            client.force_login(person)
        if role == "inactive":
            type(person).objects.filter(pk=person.pk).update(is_active=False)
        return client

    @cached_property
    def visits(self) -> list[Visit]:
        """Every request of the matrix."""
        return [
            visit
            for route, entry in walk()
            for method in METHODS
            for visit in self._visits(route, entry, method)
        ]

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
            yield Visit(door, method, "", f"/{route}", self._sent(route, model, method))
            if method == "POST" and route.endswith(f"/{model._meta.model_name}/"):
                yield from self._actions(door, model, f"/{route}", states)
            return
        for state in states:
            row = self.rows[model, state]
            steps = admin.site._registry[model].moves if "<name>" in route else [""]
            for name in STEPS if "<step>" in route else steps:
                moment = {"sequence": _made_by(row), "way": "change"} if "<sequence>" in route else {}
                key = self.saved[model].pk if "/saved/" in route else row.pk
                address = filled(route, object_id=row.pk, id=row.pk, key=key, name=name, step=name, **moment)
                sent = {"ids": row.pk, "confirmed": "1", "reason": "Good."} if name else {"post": "yes"}
                sent |= {"name": "Renamed"} if "/saved/" in route else {}
                if name == "assign":
                    sent["reviewer"] = self.people["reviewer"].pk
                if name and method != "POST":
                    address += f"?ids={row.pk}"
                if route.endswith("/merge/"):
                    sent, address = self._with_another(model, row, method, address)
                if route.endswith("/split/"):
                    sent = {"slug": "draft-record", "reason": "Two.", "row": ""}
                yield Visit(
                    door.replace("<name>", name).replace("<step>", name),
                    method,
                    state,
                    address,
                    tuple(sent.items()) if method == "POST" else (),
                    self._turn(model),
                )

    def _turn(self, model: Any) -> int:
        """Which noun this is, counted."""
        return (
            [endpoint.model for endpoint in ENDPOINTS.values()].index(model) if kind(model) == "record" else 0
        )

    def _apart(self, model: Any) -> tuple[tuple[str, Any], ...]:
        """What is sent to tell two records apart."""
        one, other = (self.rows[model, state].pk for state in ("draft", "published"))
        return (("one", one), ("other", other), ("reason", "Two."))

    def _with_another(self, model: Any, row: Any, method: str, address: str) -> tuple[dict[str, Any], str]:
        """What is sent to compare a record with another of its kind."""
        other = self.rows[model, "published" if row == self.rows[model, "draft"] else "draft"]
        return {
            "with": other.pk,
            "reason": "One.",
        }, address if method == "POST" else f"{address}?with={other.pk}"

    def _sent(self, route: str, model: Any, method: str) -> tuple[tuple[str, Any], ...]:
        """What a page is sent that takes a step at once."""
        if method != "POST":
            return ()
        if route.endswith("/saved/"):
            return (("name", "Drafts"), ("query", "q=x"))
        if route.endswith("/together/"):
            keys = str(self.rows[model, "draft"].pk)
            return (("keys", keys), ("set_confidence", "on"), ("confidence", "low"))
        if route.endswith("/different/") and kind(model) == "record":
            return self._apart(model)
        return (("_save", "1"),) if route.endswith("/add/") else ()

    def _actions(self, door: str, model: Any, address: str, states: Any) -> Iterator[Visit]:
        """The actions on a list, by those who may see it."""
        names = (
            [*registered.actions] if isinstance(registered := admin.site._registry[model], Publishing) else []
        )
        for action in [*names, "delete_selected"]:
            for state in states:
                sent = {"action": action, "_selected_action": str(self.rows[model, state].pk), "post": "yes"}
                yield Visit(
                    f"{door} {action}", "POST", state, address, tuple(sent.items()), self._turn(model)
                )

    def _elsewhere(self, route: str, method: str) -> Iterator[Visit]:
        content_type = ContentType.objects.get_for_model(make.ActorFactory._meta.model).pk
        values = {"app_label": "events", "content_type_id": content_type, "object_id": 1, "url": "nowhere"}
        values |= {
            "question": "drafts",
            "audit": "participants_too_early",
            "key": self.job.pk,
            "verdict": "new",
            "what": "actors",
            "release": self.release.name,
            "file": self.release.files[0]["name"],
        }
        if route.startswith("admin/imports/"):
            values["key"] = self.name.pk if "/names/" in route else self.imported.pk
        if route.startswith("admin/tokens/"):
            values["key"] = self.token.pk
        if route.startswith("admin/links/"):
            values["key"] = self.judged.pk if "/match/" in route else self.linking.pk
        if route.endswith("<slug>/"):
            turn = [*ENDPOINTS].index(route.split("/")[-3])
            for state in STATES:
                address = filled(route, slug=f"{state}-record")
                yield Visit("api/v1/{record}/<slug>/", method, state, address, turn=turn)
            return
        name = route.split("/")[-2] if route.startswith("api/v1/") else ""
        door = "api/v1/{record}/" if name in ENDPOINTS else route
        address = filled(route, **values, name=self.snapshot.file.name)
        if route in QUESTIONS:
            address += f"?{urlencode(QUESTIONS[route])}"
        yield Visit(door, method, "", address, self._named(route) if method == "POST" else ())

    def _named(self, route: str) -> tuple[tuple[str, Any], ...]:
        """What is sent to decide about a name, or about several."""
        if route == "admin/imports/names/decide/":
            return (("what", "actors"), ("pick", f"{self.name.pk}|nobody:"))
        if route == "admin/imports/names/together/":
            return (("what", "actors"), ("answer", "nobody"), ("chosen", self.name.pk))
        return ()


def _open() -> list[Any]:
    return [row for endpoint in ENDPOINTS.values() for row in endpoint.model.objects.filter(status="draft")]


def _made_by(row: Any) -> int:
    """The number of the change by which a record came."""
    return row.pgh_event_model.objects.get(pgh_obj_id=row.pk, pgh_label="insert").pgh_id


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
    """What a visit comes to: a status, or "login" for being sent there or shown it. Nothing stays of it."""
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
    if getattr(response, "template_name", "") == "admin/sign_in_again.html":
        return "login"  # with what was sent
    return str(response.status_code)
