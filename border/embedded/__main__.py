"""The embedded PostgreSQL by hand: python -m border.embedded start|stop|status|url|psql|run."""

import argparse
import os
import signal
import subprocess
import sys
from types import FrameType

from border.children import end_with_parent, exit_code, on_signals, pass_on
from border.embedded.cluster import ROLES, Role
from border.embedded.place import EmbeddedError, binaries
from border.embedded.server import Server, tell


def main(arguments: list[str]) -> int:
    """The exit code: 0 when the verb did what it says (``status``: when the server runs)."""
    parser = argparse.ArgumentParser(prog="python -m border.embedded", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("start", help="start the server; it stays until `stop`")
    verbs.add_parser("stop", help="stop the server, whoever uses it")
    verbs.add_parser("status", help="say whether it runs and where its files lie")
    addressed = {"url": "print the address for a role", "psql": "open psql; more arguments after `--`"}
    for verb, what in addressed.items():
        command = verbs.add_parser(verb, help=what)
        command.add_argument("--role", choices=ROLES, default="owner")
        if verb == "psql":
            command.add_argument("rest", nargs="*")
    run = verbs.add_parser(
        "run", help="run a command with the server up, and stop what this started at the end"
    )
    run.add_argument("rest", nargs="+", metavar="command")
    asked = parser.parse_args(arguments)
    server = Server()
    try:
        match asked.verb:
            case "start":
                server.start()
                server.stay()
            case "stop":
                tell("PostgreSQL is stopped." if server.stop() else "PostgreSQL was not running.")
            case "status":
                return _status(server)
            case "url":
                print(server.url(asked.role))
            case "psql":
                return _psql(server, asked.role, asked.rest)
            case "run":
                return _run(server, asked.rest)
    except EmbeddedError as error:
        tell(f"{error}")
        return 1
    except OSError as error:
        tell(
            f"{error.strerror}: {error.filename}. Free some space or set BORDER_DATA to a folder you may write."
        )
        return 1
    return 0


def _status(server: Server) -> int:
    state = server.state()
    print(f"PostgreSQL is {state}; the folder is {server.folder}")
    return 0 if state == "running" else 1


def _psql(server: Server, role: Role, rest: list[str]) -> int:
    if server.state() != "running":
        raise EmbeddedError(
            "PostgreSQL is not running. Start it with `make demo` or `python -m border.embedded start`."
        )
    program = str(binaries(server.base, os.geteuid(), os.getegid()) / "psql")
    os.execv(program, [program, server.url(role), *rest])


def _run(server: Server, command: list[str]) -> int:
    """The exit code of ``command``, which gets every signal that we get."""
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        os.execvp(command[0], command)

    child: subprocess.Popen[bytes] | None = None
    early: list[int] = []

    def forward(number: int, frame: FrameType | None = None) -> None:
        if child is None:
            early.append(number)
        else:
            pass_on(number, child)

    def leave(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    on_signals(leave)
    if "MAKELEVEL" in os.environ:
        end_with_parent()
    with server.use():
        on_signals(forward)
        child = subprocess.Popen(command, preexec_fn=end_with_parent)  # noqa: PLW1509 - before any thread
        for number in early:
            forward(number)
        try:
            code = _outlast(child, server)
        except EmbeddedError:
            child.terminate()
            child.wait()
            raise
        finally:
            on_signals(signal.SIG_IGN)
    return exit_code(code)


def _outlast(child: subprocess.Popen[bytes], server: Server) -> int:
    """The exit code of ``child`` at its end; a server that is killed meanwhile is started again."""
    while True:
        try:
            return child.wait(timeout=2)
        except subprocess.TimeoutExpired:
            if server.crashed():
                tell("PostgreSQL was killed. Starting it again …")
                server.start()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
