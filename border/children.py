"""Programs that we start, and that get the signals that we get and do not outlive us."""

import ctypes
import os
import signal
import subprocess
import sys

PR_SET_PDEATHSIG = 1
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def end_with_parent() -> None:
    """Get a SIGTERM when the parent ends, even by SIGKILL: it could pass on none. Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def on_signals(handler: "signal._HANDLER") -> None:
    """Have ``handler`` called when we are told to end."""
    for number in ENDING:
        signal.signal(number, handler)


def pass_on(number: int, *children: "subprocess.Popen[bytes]") -> None:
    """Send the children the signal that we got, unless the terminal has: it sends Ctrl-C to all in its foreground."""
    if number == signal.SIGINT and _in_foreground():
        return
    for child in children:
        # A terminal that closes means the end; to gunicorn a SIGHUP would mean to begin anew.
        child.send_signal(signal.SIGTERM if number == signal.SIGHUP else number)


def exit_code(code: int) -> int:
    """What a shell would answer for a child that ended with ``code``, or by the signal ``-code``."""
    return code if code >= 0 else 128 - code


def _in_foreground() -> bool:
    try:
        return os.isatty(0) and os.tcgetpgrp(0) == os.getpgrp()
    except OSError:
        return False
