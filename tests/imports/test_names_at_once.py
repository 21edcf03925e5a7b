"""Several decide about names, and apply decisions, at the same moment: once, and nobody's word is lost."""

import threading

import pytest
from django.db import connection, transaction

from border.imports.choices import Answer
from border.imports.deciding import Said, decide
from border.imports.matching import look_up
from border.imports.models import ActorReading, Decision
from border.imports.reading import read
from border.imports.settling import settle
from border.imports.writing import write
from events.models import Participation
from sources.models import Batch
from tests import factories as make
from tests.imports import invented
from tests.imports.invented import town

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works):
    """What each answers; each in a thread and a connection of its own, all beginning together."""
    answers, gate = [None] * len(works), threading.Barrier(len(works))

    def run(number):
        try:
            gate.wait(10)
            answers[number] = works[number]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers


@pytest.fixture
def reading(tmp_path):
    make.TerritoryFactory(slug="syria", kind="country", name="Syria", countries=["SY"])
    path = tmp_path / "ged231.csv"
    rows = [town(id=str(900001 + n), side_a="Jaysh al-Wahm", side_a_new_id="99999") for n in range(5)]
    path.write_bytes(invented.file(invented.GED, rows))
    write(read(path, path.name), by=None, why="New.", via="load")
    return ActorReading.objects.get(key="id 99999")


def test_of_two_who_decide_one_name_the_second_is_told(reading):
    actors, people = [make.ActorFactory() for _ in range(4)], [make.UserFactory() for _ in range(4)]

    def say(number):
        said = {reading.pk: Said(Answer.THIS, (actors[number].pk,))}
        return lambda: decide(ActorReading, said, seen={reading.pk: 0}, by=people[number])

    outcomes = at_once(*map(say, range(4)))
    assert sorted(len(one.decided) for one in outcomes) == [0, 0, 0, 1]
    assert sorted(len(one.overtaken) for one in outcomes) == [0, 1, 1, 1]
    winner = next(number for number, one in enumerate(outcomes) if one.decided)
    reading.refresh_from_db()
    assert (reading.decided_by, [one.actor for one in reading.meant.all()]) == (
        people[winner],
        [actors[winner]],
    )


def test_decisions_are_applied_once_by_two_workers(reading):
    actor, person = make.ActorFactory(), make.UserFactory()
    decide(ActorReading, {reading.pk: Said(Answer.THIS, (actor.pk,))}, seen={}, by=person)
    done = at_once(*[lambda: settle(by=person, via="settle")] * 2)
    assert sorted(one.decisions for one in done) == [0, 1]
    assert Batch.objects.filter(format="names").count() == 1
    assert Participation.objects.filter(actor=actor, role="side_a").count() == 5


def test_what_somebody_decides_while_a_file_is_read_is_not_looked_up_away(reading):
    """Whoever reads has looked the name up, in a transaction that still goes on."""
    named, looked_up = make.ActorFactory(name="Front"), make.ActorFactory(name="Jaysh al Wahm")
    seen, decided = threading.Event(), threading.Event()

    def read_on():
        with transaction.atomic():
            ActorReading.objects.get(pk=reading.pk)
            seen.set()
            decided.wait(10)
            look_up("UCDP GED", actors=[reading.pk])

    def say():
        seen.wait(10)
        decide(ActorReading, {reading.pk: Said(Answer.THIS, (named.pk,))}, seen={}, by=make.UserFactory())
        decided.set()

    at_once(read_on, say)
    reading.refresh_from_db()
    assert [one.actor for one in reading.meant.all()] == [named]
    assert Decision.objects.latest("pk").slugs == [named.slug]
    assert looked_up.readings.count() == 0
