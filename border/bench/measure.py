"""Whole requests over one kept connection, each contender in turn, so that a slow moment hits them all."""

import http.client
import statistics
import time
from collections.abc import Mapping, Sequence


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
    connection = http.client.HTTPConnection(host, port, timeout=60)
    took: dict[str, list[float]] = {path: [] for path in paths}
    for turn in range(warm + count):
        for path in paths:
            begun = time.perf_counter()
            connection.request("GET", path, headers={"Accept": "*/*", **(headers or {})})
            answer = connection.getresponse()
            answer.read()
            spent = (time.perf_counter() - begun) * 1000
            if answer.status != 200:
                raise RuntimeError(f"{path} answered {answer.status}")
            if turn >= warm:
                took[path].append(spent)
    connection.close()
    return took


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return percentile(values, 0.95)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    return sorted(values)[max(0, int(len(values) * share) - 1)]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of ours over theirs, round by round."""
    return statistics.median(one / other for one, other in zip(ours, theirs, strict=True))
