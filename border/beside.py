"""Two programs as one: python -m border.beside COMMAND… -- COMMAND….

The first is what it is about, and its end is ours. The other runs beside it and gives way to it; when it ends, it is
started again. Both get every signal that we get, and neither outlives us or the other's end.
"""

import os
import signal
import subprocess
import sys
import time
from types import FrameType

from border.children import end_with_parent, exit_code, on_signals, pass_on

# Seconds. The first has the machine to itself so long while it starts; the other is started again after a pause, which
# grows when it ends at once; told to end, it has some to do so.
AHEAD = 3.0
PAUSE, LONGEST, STEADY = 1.0, 60.0, 60.0
GRACE = 15.0


class Other:
    """The program that runs beside the first."""

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.child: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._due = time.monotonic() + AHEAD
        self._pause = PAUSE

    def look_after(self) -> None:
        """Start it when it is due, and again where it ended."""
        now = time.monotonic()
        if self.child is None:
            if now >= self._due:
                self._began = now
                self.child = subprocess.Popen(self.command, preexec_fn=_give_way)  # noqa: PLW1509 - before any thread
        elif (code := self.child.poll()) is not None:
            self.child = None
            self._pause = PAUSE if now - self._began > STEADY else self._pause
            self._due = now + self._pause
            print(
                f"{self.command[-1]} ended ({_said(code)}) and is started again in {self._pause:.0f} s.",
                file=sys.stderr,
                flush=True,
            )
            self._pause = min(2 * self._pause, LONGEST)

    def end(self) -> None:
        """Have it end, at the latest in some seconds."""
        if self.child is None:
            return
        self.child.terminate()
        try:
            self.child.wait(GRACE)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


def main(arguments: list[str]) -> int:
    """The exit code of the first command."""
    parting = arguments.index("--")
    other = Other(arguments[parting + 1 :])
    told_to_end: list[int] = []
    first: subprocess.Popen[bytes] | None = None

    def forward(number: int, frame: FrameType | None = None) -> None:
        told_to_end.append(number)
        pass_on(number, *filter(None, (first, other.child)))

    on_signals(forward)
    first = subprocess.Popen(arguments[:parting], preexec_fn=end_with_parent)  # noqa: PLW1509 - before any thread
    for number in [*told_to_end]:
        pass_on(number, first)
    while True:
        try:
            code = first.wait(timeout=0.5)
            break
        except subprocess.TimeoutExpired:
            if not told_to_end:
                other.look_after()
    on_signals(signal.SIG_IGN)
    other.end()
    return exit_code(code)


def _give_way() -> None:
    end_with_parent()
    os.nice(10)
    # Until it listens to Ctrl-C: the end of the first will be its end, told by SIGTERM.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _said(code: int) -> str:
    return f"code {code}" if code >= 0 else signal.Signals(-code).name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
