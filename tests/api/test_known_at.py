"""Any question can be asked of an earlier moment: the answer is the one that was given then."""

import datetime as dt
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from actors.models import Actor
from border.publication import operations
from border.publication.endpoints import ENDPOINTS
from events.models import Event, Movement
from territories.models import Containment
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]

ASKED = [
    *(f"/api/v1/{name}/?count=true" for name in ENDPOINTS),
    *(f"/api/v1/{name}/?ordering=-changed&page_size=2" for name in ENDPOINTS),
    "/api/v1/events/?territory=syria",
    "/api/v1/events/?territory=wilayat-al-furat&from=2014&to=2018",
    "/api/v1/events/?actor=is&kind=!protest",
    "/api/v1/events/?q=army",
    "/api/v1/territories/?q=Abu+Kamal",
    "/api/v1/events/bukamal-taken-2017/",
    "/api/v1/authorities/?on=2015-01-01&fields=slug,actor",
    "/api/v1/totals/",
    "/api/v1/totals/?territory=syria",
    "/api/v1/search/?q=bukamal",
    "/api/v1/search/?q=Islamic+Sta",
]


def now() -> dt.datetime:
    """The moment, by the clock of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def at(address: str, moment: dt.datetime) -> str:
    """The question, asked of a moment."""
    return f"{address}{'&' if '?' in address else '?'}known_at={quote(moment.isoformat())}"


def told(reader: Any, address: str, moment: dt.datetime) -> Any:
    """The answer of a moment; the addresses in it lead on without it, to be compared with those given then."""
    response = reader.get(at(address, moment))
    asked = f"known_at={quote(moment.isoformat(), safe=':')}"
    return response.status_code, response.content.decode().replace(f"&{asked}", "").replace(f"?{asked}", "")


def test_what_was_answered_stays_the_answer_of_its_moment(reader):
    before = {address: reader.get(address) for address in ASKED}
    assert {response.status_code for response in before.values()} == {200}
    moment = now()
    reviewer = UserFactory.create()
    Event.objects.filter(slug="bukamal-taken-2017").update(title="Otherwise", date="1999-01-01")
    Actor.objects.filter(slug="is").update(name="Renamed")
    operations.publish(
        Event.objects.filter(slug="bukamal-taken-2017"),
        Actor.objects.filter(slug="is"),
        by=reviewer,
        reason="Corrected",
    )
    for containment in Containment.objects.all():
        operations.withdraw(containment, by=reviewer, reason="Not so")
    changed = {address for address in ASKED if reader.get(address).content != before[address].content}
    assert len(changed) > 10
    for address, response in before.items():
        assert told(reader, address, moment) == (200, response.content.decode()), address


def test_before_anything_was_published_nothing_is_known(reader):
    early = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
    assert reader.slugs(at("/api/v1/events/", early)) == []
    found = reader.refusal(at("/api/v1/events/bukamal-taken-2017/", early), 404)
    assert "was published on" in found["detail"]
    found = reader.refusal(at("/api/v1/events/?actor=is", early))
    assert found["errors"][0]["parameter"] == "actor"


def test_moment_that_has_not_come_is_refused(reader):
    later = now() + dt.timedelta(hours=1)
    for address in ("/api/v1/events/", "/api/v1/events/bukamal-taken-2017/", "/api/v1/totals/"):
        assert reader.refusal(at(address, later))["errors"][0]["parameter"] == "known_at"


def test_before_a_merger_there_were_two(reader):
    moment, reviewer = now(), UserFactory.create()
    one, other = Event.objects.get(slug="bukamal-taken-2017"), Event.objects.get(slug="qaim-opened-2019")
    two = reader.slugs("/api/v1/events/")
    operations.redirect(other, into=one, by=reviewer, reason="One event")
    assert reader.slugs("/api/v1/events/") == [one.slug]
    assert reader.slugs(at("/api/v1/events/", moment)) == two
    assert reader.json(at(f"/api/v1/events/{other.slug}/", moment))["slug"] == other.slug
    led = reader.get(at(f"/api/v1/events/{other.slug}/", now()))
    assert led.status_code == 308
    assert led.headers["Location"].startswith(f"/api/v1/events/{one.slug}/?known_at=")


def test_what_was_withdrawn_stood_before_and_what_was_erased_is_gone(reader):
    moment, reviewer = now(), UserFactory.create()
    movement = Movement.objects.get(slug="trucks-2019")
    operations.withdraw(movement, by=reviewer, reason="Not so")
    assert reader.slugs("/api/v1/movements/") == []
    assert reader.slugs(at("/api/v1/movements/", moment)) == ["trucks-2019"]
    assert reader.refusal(at("/api/v1/movements/trucks-2019/", now()), 410)["withdrawn"]["reason"] == "Not so"
    operations.erase("movements", "trucks-2019", by=reviewer, reason="A person is at risk")
    assert reader.slugs(at("/api/v1/movements/", moment)) == []
    assert (
        "A person is at risk" in reader.refusal(at("/api/v1/movements/trucks-2019/", moment), 410)["detail"]
    )


def test_pages_of_a_moment_lead_to_pages_of_that_moment(reader):
    moment = now()
    whole = reader.slugs("/api/v1/territories/")
    operations.withdraw(
        Containment.objects.get(slug="bukamal-in-furat"), by=UserFactory.create(), reason="Not so"
    )
    first = reader.json(at("/api/v1/territories/?page_size=2", moment))
    assert "known_at=" in first["next"]
    assert reader.slugs(at("/api/v1/territories/?page_size=2", moment)) == whole
