"""Whole requests over kept connections, each contender in turn, so that a slow moment hits them all."""

import http.client
import random
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any


class Asking:
    """Asks a server the same thing again and again, over one kept connection."""

    def __init__(
        self, host: str, port: int, path: str, *, headers: Mapping[str, str] | None = None, status: int = 200
    ) -> None:
        self.path, self.status, self.headers = path, status, {"Accept": "*/*", **(headers or {})}
        self.connection = http.client.HTTPConnection(host, port, timeout=120)

    def __call__(self) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer and its body. Raises RuntimeError when it is another than was to be expected."""
        try:
            answer = self._asked()
        except http.client.RemoteDisconnected:
            # Some servers end a connection on which nobody asked for some seconds.
            self.connection.close()
            answer = self._asked()
        body = answer.read()
        if answer.status != self.status:
            raise RuntimeError(f"{self.path} answered {answer.status}: {body[:500].decode(errors='replace')}")
        return answer, body

    def _asked(self) -> http.client.HTTPResponse:
        self.connection.request("GET", self.path, headers=self.headers)
        return self.connection.getresponse()


def turns(contenders: Mapping[str, Callable[[], Any]], count: int, warm: int = 20) -> dict[str, list[float]]:
    """Milliseconds that each contender took in each of ``count`` rounds, after ``warm`` that do not count.

    Each round has an order of its own: who comes first to a server that slept for the others wakes it for the next.
    """
    took: dict[str, list[float]] = {name: [] for name in contenders}
    order, dice = list(contenders.items()), random.Random(0)  # noqa: S311 -- the same orders every time
    for turn in range(warm + count):
        dice.shuffle(order)
        for name, ask in order:
            begun = time.perf_counter()
            ask()
            spent = (time.perf_counter() - begun) * 1000
            if turn >= warm:
                took[name].append(spent)
    return took


def rounds(
    host: str,
    port: int,
    paths: Sequence[str],
    count: int,
    warm: int = 20,
    headers: Mapping[str, str] | None = None,
) -> dict[str, list[float]]:
    """Milliseconds of ``count`` requests of each path, taken in turn after ``warm`` uncounted rounds.

    Raises RuntimeError when an answer is not 200.
    """
    asking = {path: Asking(host, port, path, headers=headers) for path in paths}
    try:
        return turns(asking, count, warm)
    finally:
        for one in asking.values():
            one.connection.close()


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return percentile(values, 0.95)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    return sorted(values)[max(0, int(len(values) * share) - 1)]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of ours over theirs, round by round."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
