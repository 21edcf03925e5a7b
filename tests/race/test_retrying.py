"""What two transactions do to each other, and what becomes of the one that had to give way."""

import threading

import pytest
from django.db import OperationalError, connection, transaction
from django.template.response import SimpleTemplateResponse
from django.urls import reverse

from actors.models import Actor
from border import accounts
from border.kernel.retrying import TRIES, retried
from tests import factories as make
from tests.admin.conftest import Visitor
from tests.race.test_curators import sent

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_that_wait_for_each_other_both_come_through() -> None:
    """A deadlock that PostgreSQL finds: each has locked what the other wants next."""
    first, second = make.ActorFactory(), make.ActorFactory()
    both_have_one, one_is_through, tries = threading.Barrier(2), threading.Event(), []

    def work(*order: Actor) -> None:
        tries.append(order)
        if len(tries) > 2:  # who gave way could have its first row again before the other wakes, and so on
            assert one_is_through.wait(10)
        with transaction.atomic():
            for actor in order:
                Actor.objects.select_for_update().get(pk=actor.pk)
                if len(tries) <= 2 and actor is order[0]:
                    both_have_one.wait(10)
            Actor.objects.filter(pk=order[0].pk).update(note="Written.")
        one_is_through.set()

    def other() -> None:
        try:
            retried(lambda: work(second, first))
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    retried(lambda: work(first, second))
    thread.join()
    assert len(tries) == 3
    assert set(Actor.objects.values_list("note", flat=True)) == {"Written."}


@pytest.mark.parametrize(
    ("state", "tries"), [("40P01", TRIES), ("40001", TRIES), ("55P03", TRIES), ("57014", 1), ("08006", 1)]
)
def test_only_what_passes_by_itself_is_tried_again(state: str, tries: int) -> None:
    done = []

    def work() -> None:
        done.append(state)
        raised(state)

    with pytest.raises(OperationalError):
        retried(work)
    assert len(done) == tries


def test_within_another_transaction_nothing_is_repeated() -> None:
    done = []

    def work() -> None:
        done.append(1)
        raised("40P01")

    with pytest.raises(OperationalError), transaction.atomic():
        retried(work)
    assert len(done) == 1


def raised(state: str) -> None:
    """Have PostgreSQL refuse with an SQLSTATE of its own."""
    with connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = '{state}'; END $$")


@pytest.mark.parametrize(
    ("state", "said"), [("55P03", "writing to the same records"), ("57014", "took too long")]
)
def test_form_comes_back_when_the_database_will_not_have_it(
    monkeypatch: pytest.MonkeyPatch, settings: object, state: str, said: str
) -> None:
    accounts.grant()
    curator = make.UserFactory(is_superuser=True)
    visitor, actor = Visitor(curator), make.ActorFactory(name="As it was")
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    settings.STORAGES = settings.STORAGES | {  # type: ignore[attr-defined]
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    address = reverse("admin:actors_actor_change", args=[actor.pk])
    fields = sent(visitor.get(address).context_data) | {"name": "Mine"}
    before = Actor.pgh_event_model.objects.count()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION busy() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = '{state}'; END $$; "
            "CREATE TRIGGER busy BEFORE UPDATE ON actors_actor FOR EACH ROW EXECUTE FUNCTION busy()"
        )
    try:
        response = visitor.post(address, fields)
        form = response.context_data["adminform"].form
        assert said in str(form.non_field_errors())
        assert form["name"].value() == "Mine"
        assert list(response.wsgi_request._messages) == []
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER busy ON actors_actor; DROP FUNCTION busy()")
    assert Actor.pgh_event_model.objects.count() == before
    assert visitor.post(address, fields).status_code == 302
