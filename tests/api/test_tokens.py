"""A token lets its owner ask more often and nothing else; one that is not good is refused, never passed over."""

import datetime as dt
import hashlib
from io import StringIO
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from border.api import counting
from border.api.limits import Limiter
from border.tokens import recognising
from border.tokens.models import Token
from border.tokens.operations import drawn, revoke, written
from tests.api.conftest import problem
from tests.factories import EventFactory, TokenFactory, UserFactory

pytestmark = pytest.mark.django_db

LIST = "/api/v1/events/"


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    """Three questions a minute without a token, five with one; the clock stands still."""
    settings.API_RATE, settings.API_TOKEN_RATE = 3, 5
    monkeypatch.setattr(counting, "LIMITER", Limiter(slots=4096, clock=lambda: 10**12))
    recognising.forget()


@pytest.fixture
def token() -> str:
    return made()


def made(**values: Any) -> str:
    """A new token; what is kept of it has these values."""
    token = drawn()
    written(token, TokenFactory.build(owner=UserFactory(), **values)).save()
    return token


def ask(client: Client, token: str, address: str = LIST, **headers: str) -> Any:
    return client.get(address, headers={"Authorization": f"Bearer {token}", **headers})


def test_token_has_a_limit_of_its_own_wherever_it_is_used(client: Client, token: str) -> None:
    first = ask(client, token)
    assert first.headers["RateLimit-Policy"] == '"token";q=5;w=60'
    assert first.headers["RateLimit"] == '"token";r=4;t=12'
    elsewhere = [
        client.get(
            LIST, REMOTE_ADDR=f"192.0.2.{n}", headers={"Authorization": f"bearer  {token}"}
        ).status_code
        for n in range(5)
    ]
    assert elsewhere == [200] * 4 + [429]
    assert "come from programs with this token" in problem(ask(client, token))["detail"]
    assert ask(client, made()).status_code == 200
    assert client.get(LIST).headers["RateLimit"] == '"anonymous";r=2;t=20'


def test_who_is_told_to_wait_is_told_of_tokens(client: Client, token: str, settings: Any) -> None:
    refused = [client.get(LIST) for _ in range(4)][-1]
    assert (
        "A token allows 5 questions a minute: send Authorization: Bearer border_…"
        in problem(refused)["detail"]
    )
    assert ask(client, token).status_code == 200
    settings.API_TOKEN_RATE = 0
    assert "A token allows any number of questions" in problem(client.get(LIST))["detail"]
    assert "RateLimit" not in ask(client, token).headers
    settings.API_TOKEN_RATE = 3
    assert "token" not in problem(client.get(LIST))["detail"]


def test_answer_is_that_of_everybody(client: Client, token: str) -> None:
    EventFactory()
    for address in (LIST, "/api/v1/", "/api/v1/events/none/"):
        anonymous, known = client.get(address), ask(client, token, address)
        assert (known.status_code, known.content) == (anonymous.status_code, anonymous.content)
        assert {name: text for name, text in known.headers.items() if name[:9] != "RateLimit"} == {
            name: text for name, text in anonymous.headers.items() if name[:9] != "RateLimit"
        }
        assert "Authorization" in known.headers["Vary"]
    tag = ask(client, token).headers["ETag"]
    assert ask(client, token, **{"If-None-Match": tag}).status_code == 304
    assert client.get(LIST, REMOTE_ADDR="192.0.2.1", headers={"If-None-Match": tag}).status_code == 304


NOW = timezone.now()
BAD = [
    ("Basic", "bWU6bWU=", "is the word Bearer and a token"),
    ("Bearer", "", "64 hexadecimal digits"),
    ("Bearer", "border_x", "64 hexadecimal digits"),
    ("Bearer", "é" * 71, "64 hexadecimal digits"),
    ("Bearer", f"border_{'0' * 64} x", "64 hexadecimal digits"),
    ("Bearer", f"border_{'0' * 64}", "not known here"),
]


@pytest.mark.parametrize(("scheme", "sent", "said"), BAD)
def test_what_is_no_token_is_refused(client: Client, scheme: str, sent: str, said: str) -> None:
    refused = client.get(LIST, headers={"Authorization": f"{scheme} {sent}"})
    assert refused.status_code == 401
    assert refused.headers["WWW-Authenticate"] == 'Bearer realm="border", error="invalid_token"'
    assert refused.headers["Cache-Control"] == "no-store"
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    [fault] = problem(refused)["errors"]
    assert said in fault["message"]
    assert "make tokens in the admin" in problem(refused)["detail"]
    assert fault["parameter"] == "Authorization"
    assert not sent or sent not in refused.content.decode()


@pytest.mark.parametrize(
    ("values", "owner", "said"),
    [
        ({"expires_at": NOW + dt.timedelta(microseconds=1), "made_at": NOW}, {}, "expired on"),
        ({"revoked_at": NOW}, {}, "was revoked on"),
        ({}, {"is_active": False}, "owner is switched off"),
        ({}, {"is_staff": False}, "owner is switched off"),
    ],
)
def test_token_that_no_longer_holds_is_refused(
    client: Client, values: dict[str, Any], owner: dict[str, Any], said: str
) -> None:
    token = made()
    row = Token.objects.get()
    values |= {"revoked_by": row.owner} if "revoked_at" in values else {}
    Token.objects.update(**values)
    type(row.owner).objects.filter(pk=row.owner_id).update(**owner)
    assert said in problem(ask(client, token))["detail"]
    assert Token.objects.get().used_at is None


def test_refusals_count_by_the_address(client: Client) -> None:
    found = [ask(client, f"border_{n:064x}") for n in range(4)]
    assert [one.status_code for one in found] == [401, 401, 401, 429]
    assert found[0].headers["RateLimit"] == '"anonymous";r=2;t=20'


def test_token_is_looked_up_once_in_some_seconds_and_then_what_became_of_it_holds(
    client: Client, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looked_up() -> bool:
        with CaptureQueriesContext(connection) as asked:
            ask(client, token)
        return any("tokens_token" in one["sql"] for one in asked)

    clock = mock.Mock(return_value=1000.0)
    monkeypatch.setattr(recognising.time, "monotonic", clock)
    assert looked_up()
    assert not looked_up()
    assert revoke(Token.objects.get(), by=UserFactory())
    clock.return_value += recognising.REMEMBERED_S + 0.1
    assert ask(client, token).status_code == 401
    assert recognising.REMEMBERED_S <= 5


def test_many_that_are_tried_take_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognising, "_MOST", 10)
    for number in range(25):
        assert recognising.fault(f"border_{number:064x}")
    assert len(recognising._known) <= 10


def test_last_use_is_noted_at_most_once_an_hour(token: str) -> None:
    def used(ago: dt.timedelta | None) -> dt.datetime | None:
        noted = ago and timezone.now() - ago
        Token.objects.update(used_at=noted)
        recognising.forget()
        assert recognising.fault(token) == ""
        found = Token.objects.get().used_at
        return None if found == noted else found

    assert used(dt.timedelta(minutes=59)) is None
    for ago in (None, dt.timedelta(minutes=61)):
        assert timezone.now() - used(ago) < dt.timedelta(minutes=1)


def test_database_that_is_away_is_not_taken_for_a_bad_token(client: Client, token: str) -> None:
    with mock.patch.object(recognising, "_looked_up", side_effect=OperationalError("10.0.0.7 refused")):
        assert ask(client, token).status_code == 503


def test_token_is_kept_nowhere(
    client: Client, token: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    ask(client, token)
    ask(client, token, "/api/v1/nothing/")
    with mock.patch("border.api.reading._asked", side_effect=ZeroDivisionError):
        assert ask(client, token).status_code == 500
    assert caplog.records
    row = Token.objects.get()
    assert row.digest == hashlib.sha256(token.encode()).hexdigest()
    said = [caplog.text, str(vars(row))]
    call_command("dump", str(tmp_path / "out"), stdout=StringIO())
    dumped = [path.read_text("utf-8") for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert dumped
    assert not [text for text in said + dumped if token[7:] in text]
    assert not [text for text in [caplog.text, *dumped] if row.digest in text]


def test_readers_of_the_database_cannot_look_tokens_up(db_role: Any) -> None:
    with db_role("border_app"):
        assert recognising.fault(made()) == ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('border_reader', 'tokens_token', 'SELECT')")
        assert cursor.fetchone() == (False,)


def test_tokens_are_drawn_from_256_bits() -> None:
    tokens = {drawn() for _ in range(100)}
    assert len(tokens) == 100
    assert all(recognising.FORM.fullmatch(one) for one in tokens)
    assert len(next(iter(tokens)).partition("_")[2]) * 4 == 256
