"""Ten curators on thirty records at once, with and without imports: what was said to be saved is there."""

import os
import random
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.template.response import SimpleTemplateResponse
from django.test import Client
from django.urls import reverse

from actors.models import Actor, ActorCitation
from border import accounts
from border.contracts.dump import as_csv, texts
from border.contracts.load import load
from border.contracts.read import Given
from border.contracts.tables import BY_NAME
from tests import factories as make

CURATORS, RECORDS, TABS = 10, 30, 3
# RACE_SAVES=600 for the whole race, which takes a minute or more.
SAVES = int(os.environ.get("RACE_SAVES", CURATORS * TABS))
WAYS = ("note", "citation", "new citation")

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(max(300, 2 * SAVES))]


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Pages are made and not drawn: what stands in their forms is settled by then."""
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


@pytest.fixture
def actors() -> list[Actor]:
    accounts.grant()
    found = [make.ActorFactory(note="Begun.") for _ in range(RECORDS)]
    for actor in found:
        make.ActorCitationFactory(record=actor, number=1, note="Begun.")
    return found


class Curator:
    """Somebody who opens some forms, writes a word of their own into each, and merges whatever stands against it."""

    def __init__(self, number: int, actors: list[Actor], *, careful: bool = True) -> None:
        self.draw = random.Random(number)
        self.actors, self.number, self.careful = actors, number, careful
        self.saved: list[tuple[int, str]] = []
        self.seen: Counter[str] = Counter()
        user = make.UserFactory(username=f"curator-{number}")
        user.groups.add(Group.objects.get(name="curator"))
        self.client = Client()
        self.client.force_login(user)

    def work(self, saves: int) -> None:
        while len(self.saved) < saves:
            tabs = [(actor, self.opened(actor)) for actor in self.draw.sample(self.actors, TABS)]
            for actor, fields in tabs[: saves - len(self.saved)]:
                word = f"w{self.number}.{len(self.saved)}."
                self.write(fields, self.draw.choice(WAYS), word)
                self.save(actor, fields, word)
                self.saved.append((actor.pk, word))

    def opened(self, actor: Actor) -> dict[str, Any]:
        return sent(self.client.get(address(actor)).context_data)

    def write(self, fields: dict[str, Any], way: str, word: str) -> None:
        if way == "note":
            fields["note"] += f" {word}"
        elif way == "citation":
            fields["citations-0-note"] += f" {word}"
        else:
            number = fields["citations-TOTAL_FORMS"]
            fields["citations-TOTAL_FORMS"] = number + 1
            row = {"source": fields["citations-0-source"], "stance": "supports", "note": word}
            fields |= {f"citations-{number}-{name}": value for name, value in row.items()}

    def save(self, actor: Actor, fields: dict[str, Any], word: str) -> None:
        if not self.careful:  # as a form that does not know what it had shown
            fields["seen"] = self.opened(actor)["seen"]
        for _ in range(50):
            response = self.client.post(address(actor), fields | {"_save": "1"})
            if response.status_code == 302:
                self.seen["saved"] += 1
                return
            assert response.status_code == 200, response.status_code
            assert response.template_name == "admin/conflict.html", response.context_data["errors"]
            self.seen["shown"] += 1
            fields = self.merged(response.context_data)
        raise AssertionError(f"{word} was never saved")

    def merged(self, page: dict[str, Any]) -> dict[str, Any]:
        """What a person sends from the page that shows both texts: a text of both."""
        fields = dict(page["kept"]) | {"shown": page["shown"]}
        for one in page["compared"].open:
            words = list(dict.fromkeys(f"{one.theirs} {one.yours}".split()))
            fields |= {f"choice-{one.name}": "written", f"written-{one.name}": " ".join(words)}
            self.seen["chosen"] += 1
        return fields


def address(actor: Actor) -> str:
    return reverse("admin:actors_actor_change", args=[actor.pk])


def sent(page: dict[str, Any]) -> dict[str, Any]:
    """What a browser would send from a form as it stands."""
    formsets = [inline.formset for inline in page["inline_admin_formsets"]]
    forms = [page["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    values = {
        bound.html_name: bound.value()
        for form in forms
        for bound in form
        if bound.name != "DELETE" and bound.value() is not False
    }
    return {name: "" if value is None else value for name, value in values.items()}


def at_once(*tasks: Callable[[], None]) -> None:
    """All tasks together, each on a connection of its own; the first error of any is raised."""
    start, errors = threading.Barrier(len(tasks)), []

    def work(task: Callable[[], None]) -> None:
        try:
            start.wait()
            task()
        except BaseException as error:  # noqa: BLE001 -- handed to the test, which judges it
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def words_in(actors: list[Actor]) -> dict[int, str]:
    """All that stands in a record and its rows, by its key."""
    found = dict(Actor.objects.filter(pk__in=[actor.pk for actor in actors]).values_list("pk", "note"))
    for record, note in ActorCitation.objects.values_list("record", "note"):
        found[record] += f" {note}"
    return found


def lost(people: list[Curator], actors: list[Actor]) -> list[str]:
    """The words that were said to be saved and are not there."""
    there = words_in(actors)
    return [word for curator in people for actor, word in curator.saved if word not in there[actor].split()]


def test_nothing_that_ten_curators_save_is_lost(actors: list[Actor]) -> None:
    people = [Curator(number, actors) for number in range(CURATORS)]
    at_once(*[lambda one=one: one.work(SAVES // CURATORS) for one in people])
    seen = sum((one.seen for one in people), Counter())
    assert seen["saved"] == SAVES // CURATORS * CURATORS
    assert seen["shown"] > SAVES / 20, "they were hardly ever in each other's way"
    assert seen["chosen"]
    assert lost(people, actors) == []


@pytest.mark.slow
def test_race_would_lose_words_to_a_form_that_does_not_look(actors: list[Actor]) -> None:
    few = actors[: RECORDS // 5]  # so that a short race is enough to see it
    people = [Curator(number, few, careful=False) for number in range(CURATORS)]
    at_once(*[lambda one=one: one.work(SAVES // CURATORS) for one in people])
    assert len(lost(people, actors)) > SAVES / 20


def test_two_imports_and_ten_curators_get_all_their_saves(actors: list[Actor]) -> None:
    people = [Curator(number, actors) for number in range(CURATORS)]
    contract = BY_NAME["actors"]
    rows = list(texts(contract, Actor.objects.all()))
    batches: list[Any] = []

    def bring_in(number: int) -> None:
        for time in range(3):
            new = {**rows[0], "slug": f"imported-{number}-{time}", "sub_kind": ""}
            told = [{**row, "sub_kind": f"import {number}.{time}"} for row in rows]
            file = Given.named("actors.csv", as_csv(contract, [*told, new][:: 1 if number else -1]))
            outcome = load([file], why="A race.")
            assert outcome.faults == []
            batches.append(outcome.batch)

    curate = [lambda one=one: one.work(TABS) for one in people]
    at_once(lambda: bring_in(0), lambda: bring_in(1), *curate)
    assert sum(one.seen["saved"] for one in people) == TABS * CURATORS
    assert len(set(batches)) == 6
