"""Two programs that live and end as one, whoever is killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from border.embedded import place

linux = pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel to be told of a parent's end")

# A program that writes its number into the file NAME, and what ended it into NAME.told; it ends with CODE after SECONDS.
PROGRAM = """
import os, signal, sys, time
name, seconds, code = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
def told(number, frame):
    open(name + ".told", "a").write(signal.Signals(number).name)
    sys.exit(code)
signal.signal(signal.SIGTERM, told)
signal.signal(signal.SIGINT, told)
open(name + ".new", "w").write(str(os.getpid()))
os.rename(name + ".new", name)
time.sleep(seconds)
sys.exit(code)
"""

# The module as it is run, but for the start that the first has.
BESIDE = "import sys; from border import beside; beside.AHEAD = 0; sys.exit(beside.main(sys.argv[1:]))"

Pair = Callable[..., subprocess.Popen[str]]


def until(true: Callable[[], object], seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def number(path: Path) -> int:
    until(path.exists)
    return int(path.read_text())


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """``pair()``: two programs side by side, which write into the files ``web`` and ``worker``."""
    started: list[subprocess.Popen[str]] = []

    def begin(*, seconds: float = 60, code: int = 0, worker: float = 60) -> subprocess.Popen[str]:
        run = [sys.executable, "-c", PROGRAM]
        first = [*run, str(tmp_path / "web"), str(seconds), str(code)]
        other = [*run, str(tmp_path / "worker"), str(worker), "0"]
        process = subprocess.Popen(
            [sys.executable, "-c", BESIDE, *first, "--", *other],
            cwd=place.PROJECT,
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        number(tmp_path / "web")
        number(tmp_path / "worker")
        return process

    yield begin
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.mark.parametrize("code", [0, 3])
def test_end_of_the_first_is_the_end_of_both(pair: Pair, tmp_path: Path, code: int) -> None:
    assert pair(seconds=1.5, code=code).wait(15) == code
    assert (tmp_path / "worker.told").read_text() == "SIGTERM"


@pytest.mark.parametrize(
    ("sent", "got"), [("SIGTERM", "SIGTERM"), ("SIGINT", "SIGINT"), ("SIGHUP", "SIGTERM")]
)
def test_both_get_the_signals_that_we_get(pair: Pair, tmp_path: Path, sent: str, got: str) -> None:
    process = pair()
    process.send_signal(signal.Signals[sent])
    assert process.wait(15) == 0
    assert (tmp_path / "web.told").read_text() == got
    assert (tmp_path / "worker.told").read_text().startswith(got)


def test_other_is_started_again_and_that_is_said(pair: Pair, tmp_path: Path) -> None:
    process = pair()
    killed = number(tmp_path / "worker")
    os.kill(killed, signal.SIGKILL)
    until(lambda: number(tmp_path / "worker") != killed)
    process.terminate()
    assert process.communicate(timeout=15)[1].splitlines() == [
        "0 ended (SIGKILL) and is started again in 1 s."
    ]


@linux
def test_kill_of_the_first_ends_the_other(pair: Pair, tmp_path: Path) -> None:
    process = pair()
    os.kill(number(tmp_path / "web"), signal.SIGKILL)
    assert process.wait(15) == 128 + signal.SIGKILL
    assert not lives(number(tmp_path / "worker"))


@linux
def test_both_end_when_we_are_killed(pair: Pair, tmp_path: Path) -> None:
    pair().kill()
    for name in ("web", "worker"):
        pid = number(tmp_path / name)
        until(lambda pid=pid: not lives(pid))
        assert (tmp_path / f"{name}.told").read_text() == "SIGTERM"


def test_other_gives_way_to_the_first(pair: Pair, tmp_path: Path) -> None:
    pair()
    before, given = (os.getpriority(os.PRIO_PROCESS, number(tmp_path / name)) for name in ("web", "worker"))
    assert given == min(before + 10, 19)
