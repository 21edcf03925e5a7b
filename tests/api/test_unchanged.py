"""A 304 is given again without Django while the record stands where it stood, and never otherwise."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection
from django.test import RequestFactory

from border.api import counting, reading
from border.api.limits import Limiter
from border.api.unchanged import LONGEST, MOST, Unchanged
from border.api.watching import Watch
from border.publication import operations
from border.publication.chain import CHANNEL
from border.tokens import recognising
from border.tokens.operations import drawn, revoke, written
from tests.factories import ActorFactory, EventFactory, TokenFactory, UserFactory

LIST = "/api/v1/events/?kind=battle"
Told = tuple[int, dict[str, str], bytes]
pytestmark = pytest.mark.usefixtures("kept_connection")


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Six questions a minute, nine with a token; the clock stands still."""
    settings.API_RATE, settings.API_TOKEN_RATE = 6, 9
    monkeypatch.setattr(counting, "LIMITER", Limiter(slots=4096, clock=lambda: 10**12))
    recognising.forget()


class Server:
    """The site as a web server calls it, and how often Django was asked."""

    def __init__(self, newest: Callable[[], reading.Version | None] = reading.version) -> None:
        self.asked = 0
        self.django = WSGIHandler()
        self.site = Unchanged(self._counted, newest)

    def _counted(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.asked += 1
        return self.django(environ, start_response)

    def get(self, address: str, method: str = "GET", **headers: str) -> Told:
        """Status, headers and body."""
        begun: list[Any] = []
        environ = RequestFactory().generic(method, address, headers=headers).environ
        parts = self.site(environ, lambda status, headers, *error: begun.extend((status, headers)))
        body = b"".join(parts)
        if close := getattr(parts, "close", None):
            close()
        return int(begun[0].split()[0]), dict(begun[1]), body

    def tag(self, address: str = LIST) -> str:
        """The ETag of an answer, which Django was asked for twice by who has it, once too often to be told again."""
        tag = self.get(address)[1]["ETag"]
        assert self.get(address, **{"If-None-Match": tag})[0] == 304
        self.asked = 0
        return tag


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.mark.django_db
def test_who_has_the_newest_is_told_so_in_the_same_words_without_django(server: Server) -> None:
    tag = server.get(LIST)[1]["ETag"]
    first = server.get(LIST, **{"If-None-Match": tag})
    assert (first[0], server.asked) == (304, 2)
    again = server.get(LIST, **{"If-None-Match": tag})
    assert server.asked == 2
    assert (first[1]["RateLimit"], again[1]["RateLimit"]) == ('"anonymous";r=4;t=20', '"anonymous";r=3;t=30')
    assert again == (304, {**first[1], "RateLimit": again[1]["RateLimit"]}, b"")
    assert again[1]["Access-Control-Allow-Origin"] == "*"
    assert "Content-Security-Policy" in again[1]


@pytest.mark.django_db
def test_what_is_published_is_answered_by_django(server: Server) -> None:
    tag = server.tag()
    draft = EventFactory(kind="battle")
    server.get(LIST, **{"If-None-Match": tag})
    assert server.asked == 0
    operations.publish(draft.territory, draft, by=UserFactory(), reason="Checked.")
    status, headers, body = server.get(LIST, **{"If-None-Match": tag})
    assert (status, server.asked) == (200, 1)
    assert draft.slug.encode() in body
    assert headers["ETag"] != tag


@pytest.mark.django_db
def test_while_nobody_knows_which_is_the_newest_django_is_asked() -> None:
    server = Server(newest=lambda: None)
    tag = server.tag()
    assert server.get(LIST, **{"If-None-Match": tag})[0] == 304
    assert server.asked == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "method", "headers"),
    [
        (LIST, "GET", {"Host": "elsewhere.example"}),
        (LIST, "GET", {"Accept": "text/csv"}),
        (LIST, "GET", {"X-Forwarded-Proto": "https"}),
        (LIST, "HEAD", {}),
        (LIST, "POST", {}),
        (LIST, "OPTIONS", {}),
        ("/api/v1/events/?kind=raid", "GET", {}),
        ("/api/v1/events?kind=battle", "GET", {}),
        (f"{LIST}&kin=", "GET", {}),
        (LIST, "GET", {"X-Long": "x" * LONGEST}),
    ],
)
def test_any_other_request_is_answered_by_django(
    server: Server, address: str, method: str, headers: dict[str, str]
) -> None:
    tag = server.tag()
    plain = Server()
    for _ in range(2):
        server.asked = 0
        found = server.get(address, method, **{"If-None-Match": tag, **headers})
        whole = plain.get(address, method, **{"If-None-Match": tag, **headers})
        assert (found[0], found[2]) == (whole[0], whole[2])
        if found[0] != 304 or method != "GET" or "X-Long" in headers:
            assert server.asked == 1


@pytest.mark.django_db
def test_who_has_another_answer_is_answered_by_django(server: Server) -> None:
    server.tag()
    assert server.get(LIST, **{"If-None-Match": '"other"'})[0] == 200
    assert server.get(LIST)[0] == 200
    assert server.asked == 2


@pytest.mark.django_db
def test_every_question_counts_and_too_many_are_refused(server: Server) -> None:
    tag = server.tag()
    found = [server.get(LIST, **{"If-None-Match": tag}) for _ in range(6)]
    assert [status for status, _, _ in found] == [304] * 4 + [429] * 2
    assert [headers["RateLimit"] for _, headers, _ in found[:4]] == [
        f'"anonymous";r={left};t={60 - 10 * left}' for left in (3, 2, 1, 0)
    ]
    assert server.asked == 2
    other = server.get(LIST, **{"If-None-Match": tag, "User-Agent": "another"})
    assert other[0] == 429, "who one says to be does not matter"


@pytest.mark.django_db
def test_token_counts_for_its_owner_and_is_refused_once_revoked(server: Server) -> None:
    tag, token = server.tag(), drawn()
    kept = written(token, TokenFactory.build(owner=UserFactory()))
    kept.save()
    headers = {"If-None-Match": tag, "Authorization": f"Bearer {token}"}
    status, told, _ = server.get(LIST, **headers)
    assert (status, server.asked, told["RateLimit-Policy"]) == (304, 0, '"token";q=9;w=60')
    revoke(kept, by=kept.owner)
    recognising.forget()
    assert server.get(LIST, **headers)[0] == 401
    assert server.get(LIST, **headers | {"Authorization": "Bearer border_x"})[0] == 401


@pytest.mark.django_db
def test_where_the_database_is_away_django_says_so(
    server: Server, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    tag = server.tag()

    def away(meta: Any) -> Any:
        raise OperationalError("away")

    monkeypatch.setattr("border.api.unchanged.asker", away)
    assert server.get(LIST, **{"If-None-Match": tag})[0] == 304
    assert server.asked == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/releases/", "/readyz", "/api/v1/nothing/"])
def test_what_rests_on_something_else_than_the_record_is_answered_by_django(
    server: Server, address: str
) -> None:
    tag = server.get(address)[1].get("ETag", '"none"')
    before = server.asked
    for _ in range(3):
        server.get(address, **{"If-None-Match": tag})
    assert server.asked == before + 3


@pytest.mark.django_db
def test_no_more_is_remembered_than_there_is_room_for(server: Server, settings: Any) -> None:
    settings.API_RATE = 0
    tag = server.tag()
    assert "RateLimit" not in server.get(LIST, **{"If-None-Match": tag})[1]
    for number in range(MOST + 5):
        server.site._answers.keep(reading.version(), (str(number),), [])
    assert len(server.site._answers._of[1]) <= MOST


# Who knows the newest state


def soon(found: Callable[[], Any], what: Any) -> None:
    """Wait until ``found`` finds it."""
    for _ in range(500):
        if found() == what:
            return
        time.sleep(0.01)
    raise AssertionError(f"{found()!r} is not {what!r}")


LISTENING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def ended() -> None:
    """End the other connections to this database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid) FROM ({LISTENING}) other")


@pytest.fixture
def watch() -> Iterator[Watch]:
    """One who watches, for as long as the test takes."""
    found = Watch(looked_up_s=0.2)
    yield found
    found._process = -1
    for thread in threading.enumerate():
        if thread.name == "published":
            thread.join(10)
            assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_the_newest_state_is_known_at_once_and_after_the_connection_was_lost(watch: Watch) -> None:
    watch._looked_up_s = 60
    assert watch.newest() is None, "it has only begun"
    soon(watch.newest, reading.Version(0, b""))
    for slug in ("first", "second"):
        operations.publish(ActorFactory(slug=slug), by=UserFactory(), reason="Good.")
        soon(watch.newest, reading.version())
    watch._looked_up_s = 0.2
    ended()
    soon(watch.newest, None)
    soon(watch.newest, reading.version())
    operations.publish(ActorFactory(slug="third"), by=UserFactory(), reason="Good.")
    soon(watch.newest, reading.version())


@pytest.mark.django_db(transaction=True)
def test_the_newest_state_is_looked_up_where_nobody_tells_of_it(
    watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch.newest()
    soon(watch.newest, reading.Version(0, b""))
    monkeypatch.setattr("border.publication.chain.CHANNEL", f"{CHANNEL}_elsewhere")
    operations.publish(ActorFactory(), by=UserFactory(), reason="Good.")
    soon(watch.newest, reading.version())


@pytest.mark.django_db(transaction=True)
def test_where_messages_are_refused_nothing_is_known_and_that_is_said_once(
    watch: Watch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried = []

    def refused(self: Watch, process: int) -> None:
        tried.append(process)
        raise OperationalError("cannot execute LISTEN during recovery")

    monkeypatch.setattr(Watch, "_listen", refused)
    watch._looked_up_s = 0.01
    caplog.set_level("INFO", "border.api.watching")
    watch.newest()
    soon(lambda: len(tried) > 5, True)
    assert watch.newest() is None
    assert [one.getMessage() for one in caplog.records if one.name == "border.api.watching"] == [
        "Nobody tells at once what is published: cannot execute LISTEN during recovery"
    ]


@pytest.mark.django_db(transaction=True)
def test_another_process_watches_for_itself(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    watch.newest()
    soon(watch.newest, reading.Version(0, b""))
    here = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: here + 1)
    assert watch.newest() is None
    soon(watch.newest, reading.Version(0, b""))
