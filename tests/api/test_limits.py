"""How much a reader may ask: counted rightly, by all workers together, told in headers, refused with a remedy."""

import os
import time
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from border.api import counting
from border.api.askers import place
from border.api.limits import WINDOW_S, Left, Limiter
from border.publication.endpoints import ENDPOINTS
from tests.api.conftest import problem

SECOND = 1_000_000_000
LIST = "/api/v1/events/"


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 1000 * SECOND

    def __call__(self) -> int:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += round(seconds * SECOND)


@pytest.fixture
def clock() -> Clock:
    return Clock()


# The count itself


def test_a_minutes_worth_may_be_asked_at_once_and_comes_back_evenly(clock: Clock) -> None:
    limiter = Limiter(slots=64, clock=clock)
    assert limiter.take(b"one", 60) == Left(granted=True, questions=59, whole_s=1, wait_s=0)
    assert [limiter.take(b"one", 60).granted for _ in range(60)] == [True] * 59 + [False]
    assert limiter.take(b"one", 60) == Left(granted=False, questions=0, whole_s=60, wait_s=1)
    clock.wait(0.99)
    assert not limiter.take(b"one", 60).granted
    clock.wait(0.01)
    assert limiter.take(b"one", 60).granted
    assert not limiter.take(b"one", 60).granted
    clock.wait(10)
    assert limiter.take(b"one", 60) == Left(granted=True, questions=9, whole_s=51, wait_s=0)
    clock.wait(1000)
    assert limiter.take(b"one", 60).questions == 59


def test_readers_are_counted_apart_and_differently_at_each_start(clock: Clock) -> None:
    limiter, other = Limiter(clock=clock), Limiter(clock=clock)
    readers = [number.to_bytes(4) for number in range(200)]
    alone = sum(limiter.take(reader, 600).questions == 599 for reader in readers)
    assert alone >= 195, "two of 200 meet in one of 262,144 slots once in thirteen starts"
    assert limiter._key != other._key


def test_a_slot_that_two_share_is_strict_and_never_says_less_than_none(clock: Clock) -> None:
    limiter = Limiter(slots=1, clock=clock)
    for _ in range(7):
        limiter.take(b"one", 7)
    assert limiter.take(b"two", 600) == Left(granted=False, questions=0, whole_s=60, wait_s=1)


@given(
    rate=st.integers(1, 8),
    waits=st.lists(st.integers(0, 90) | st.sampled_from([0, 60, 7.5, 0.001]), min_size=1, max_size=60),
)
def test_it_grants_what_a_slow_count_over_every_stretch_of_time_grants(rate: int, waits: list[Any]) -> None:
    """In no stretch of time more than a minute's worth and what that stretch regains, and never less than that."""
    clock = Clock()
    limiter, granted = Limiter(slots=1, clock=clock), list[int]()
    each = Fraction(WINDOW_S * SECOND // rate)

    def oracle(now: int) -> bool:
        stretches = [(now - begun, len(granted) - number + 1) for number, begun in enumerate(granted)]
        return all(asked <= rate + Fraction(length) / each for length, asked in stretches)

    for wait in waits:
        clock.wait(wait)
        left = limiter.take(b"", rate)
        assert left.granted is oracle(clock.now)
        if left.granted:
            granted.append(clock.now)
        else:
            ahead = clock.now + left.wait_s * SECOND
            assert oracle(ahead), "who waits as long as they are told is granted"
            assert not oracle(ahead - SECOND), "and need not wait a second longer"
        further = [clock.now] * left.questions
        granted += further
        assert oracle(clock.now) is False, "no more than it says"
        del granted[len(granted) - len(further) :]


def test_processes_that_part_later_count_together() -> None:
    limiter, rate = Limiter(), 300
    reading, writing = os.pipe()
    children = []
    for _ in range(2):
        if not (child := os.fork()):
            found = 0
            try:
                for _ in range(rate):
                    found += limiter.take(b"one", rate).granted
                    time.sleep(0.0002)  # as between two questions: the other one asks meanwhile
            finally:
                os.write(writing, found.to_bytes(4))
                os._exit(0)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    counts = [int.from_bytes(os.read(reading, 4)) for _ in children]
    # Some are regained meanwhile; now and then two ask in the same microsecond.
    assert rate <= sum(counts) <= rate * 1.1
    assert min(counts) > rate / 10


def test_a_question_is_counted_in_microseconds() -> None:
    limiter = Limiter()
    begun = time.thread_time()
    for _ in range(1000):
        limiter.take(b"one", 600)
    assert (time.thread_time() - begun) / 1000 < 50e-6


# Who asks


PROXIES = ("10.0.0.0/8", "fd00::/8")


@pytest.mark.parametrize(
    ("peer", "forwarded", "who"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("10.1.1.1", "", "10.1.1.1"),
        ("10.1.1.1", "192.0.2.7", "192.0.2.7"),
        ("fd00::1", "192.0.2.7", "192.0.2.7"),
        ("::ffff:10.1.1.1", "::ffff:192.0.2.7", "192.0.2.7"),
        ("10.1.1.1", "198.51.100.1, 192.0.2.7", "192.0.2.7"),
        ("10.1.1.1", "198.51.100.1,192.0.2.7,10.2.2.2", "192.0.2.7"),
        ("10.1.1.1", "10.3.3.3, 10.2.2.2", "10.3.3.3"),
        ("10.1.1.1", "192.0.2.7:4711", "192.0.2.7"),
        ("10.1.1.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("10.1.1.1", "192.0.2.7, unknown", "10.1.1.1"),
        ("10.1.1.1", "192.0.2.7, unknown, 10.2.2.2", "10.2.2.2"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::"),
    ],
)
def test_reader_is_the_nearest_address_that_is_no_proxy_of_ours(peer: str, forwarded: str, who: str) -> None:
    assert place(peer, forwarded, PROXIES) == place(who, "", ())


def test_readers_of_other_networks_are_others() -> None:
    peers = ["192.0.2.7", "192.0.2.8", "2001:db8:1:2::1", "2001:db8:1:3::1", "::1", "", "a socket"]
    assert len({place(peer, "", ()) for peer in peers}) == len(peers)


# What readers get


@pytest.fixture
def limiter(monkeypatch: pytest.MonkeyPatch, clock: Clock, settings: Any) -> Limiter:
    """The site's limiter, new and by a clock that stands still: five questions a minute."""
    settings.API_RATE = 5
    new = Limiter(slots=1024, clock=clock)
    monkeypatch.setattr(counting, "LIMITER", new)
    return new


@pytest.mark.django_db
@pytest.mark.usefixtures("limiter")
class TestAnswers:
    """Answers to somebody who may ask five questions a minute."""

    def test_every_answer_says_what_is_left(self, reader: Any, clock: Clock) -> None:
        first = reader.get(LIST)
        assert first.headers["RateLimit-Policy"] == '"anonymous";q=5;w=60'
        assert first.headers["RateLimit"] == '"anonymous";r=4;t=12'
        held = reader.get(LIST, headers={"If-None-Match": first.headers["ETag"]})
        assert (held.status_code, held.headers["RateLimit"]) == (304, '"anonymous";r=3;t=24')
        for number, (ask, address, status) in enumerate(
            [(reader.head, LIST, 200), (reader.get, f"{LIST}?x=1", 400), (reader.post, LIST, 405)]
        ):
            found = ask(address)
            assert found.status_code == status
            assert found.headers["RateLimit"] == f'"anonymous";r={2 - number};t={36 + 12 * number}'

    def test_who_asks_too_much_is_told_when_to_ask_again(self, reader: Any, clock: Clock) -> None:
        tags = {reader.get(LIST).headers["ETag"] for _ in range(5)}
        refused = reader.get(LIST)
        assert refused.status_code == 429
        told = "More than 5 questions a minute come from your address. Ask again in 12 s."
        assert told in problem(refused)["detail"]
        assert refused.headers["Retry-After"] == "12"
        assert refused.headers["RateLimit"] == '"anonymous";r=0;t=60'
        assert refused.headers["Cache-Control"] == "no-store"
        assert refused.headers["Access-Control-Allow-Origin"] == "*"
        [held] = tags
        assert reader.get(LIST, headers={"If-None-Match": held}).status_code == 429
        clock.wait(12)
        assert reader.get(LIST).status_code == 200
        assert reader.get(LIST).status_code == 429

    @pytest.mark.parametrize(
        "path", ["", *ENDPOINTS, "events/none", "search", "totals", "schema", "docs", "none"]
    )
    def test_no_address_is_left_out(self, reader: Any, path: str, settings: Any) -> None:
        settings.STORAGES = settings.STORAGES | {
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        }
        address = f"/api/v1/{path}/" if path else "/api/v1/"
        assert reader.get(address).headers["RateLimit"] == '"anonymous";r=4;t=12'

    def test_what_is_no_question_does_not_count(self, client: Any, reader: Any) -> None:
        for _ in range(6):
            assert "RateLimit" not in client.get("/healthz").headers
            assert reader.options(LIST).status_code == 204
        assert "RateLimit" not in client.get("/readyz").headers
        assert reader.get(LIST).headers["RateLimit"] == '"anonymous";r=4;t=12'

    def test_others_may_still_ask(self, reader: Any, settings: Any) -> None:
        settings.PROXIES = ("127.0.0.1",)
        for who in ("192.0.2.7", "192.0.2.8", "2001:db8::1"):
            for _ in range(5):
                assert reader.get(LIST, headers={"X-Forwarded-For": who}).status_code == 200
        assert reader.get(LIST, headers={"X-Forwarded-For": "2001:db8::2"}).status_code == 429

    def test_who_says_that_they_are_somebody_else_is_not_believed(self, reader: Any) -> None:
        found = [reader.get(LIST, headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(6)]
        assert found == [200] * 5 + [429]


@pytest.mark.django_db
def test_without_a_limit_nothing_is_counted(reader: Any) -> None:
    assert "RateLimit" not in reader.get(LIST).headers
