"""Starting, sharing, crashing, stopping: the server is there when it should be, and nothing is lost."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from border.embedded import EmbeddedError, Server, place

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")

Maker = Callable[..., Server]


def postmaster(server: Server) -> int | None:
    """The process of the server; None while it has written no number, as in the middle of a start."""
    try:
        words = (server.home / "data" / "postmaster.pid").read_text().split()
    except FileNotFoundError:
        return None
    return int(words[0]) if words else None


def keep_a_row(server: Server) -> None:
    with psycopg.connect(server.url("owner")) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (id int)")
        connection.execute("INSERT INTO kept VALUES (1)")


def rows_kept(server: Server) -> int:
    with psycopg.connect(server.url("owner")) as connection:
        return connection.execute("SELECT count(*) FROM kept").fetchone()[0]


class Running(subprocess.Popen[bytes]):
    """A process that does not outlive the test that fails beside it."""

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is not None:
            self.terminate()
        super().__exit__(kind, *rest)  # type: ignore[arg-type]


def begin(server: Server, *arguments: str) -> Running:
    return Running(
        [sys.executable, "-m", "border.embedded", *arguments],
        env={**os.environ, "BORDER_DATA": str(server.folder)},
        cwd=place.PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def run(server: Server, *arguments: str) -> tuple[int, str]:
    """The exit code and the answer of a verb of the launcher."""
    with begin(server, *arguments) as process:
        answer = process.communicate()[0].decode()
    return process.returncode, answer


def test_start_twice_starts_once_and_stop_twice_stops_once(server: Server) -> None:
    assert server.start() is True
    assert Server(server.folder).start() is False
    keep_a_row(server)
    assert server.stop() is True
    assert server.stop() is False
    assert server.state() == "stopped"
    assert server.start() is True
    assert rows_kept(server) == 1


@linux
def test_killed_server_that_nobody_reaped_starts_again(server: Server, make_server: Maker) -> None:
    server.start()
    for round_ in range(1, 4):
        keep_a_row(server)
        pid = postmaster(server)
        os.kill(pid, signal.SIGKILL)
        with Path(f"/proc/{pid}/stat").open() as stat:
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
            assert stat.read().rpartition(")")[2].split()[0] == "Z"
        other = make_server(server.folder)
        assert other.start() is True
        assert rows_kept(other) == round_
        server._process.wait()
        server = other


def test_a_stranger_with_the_number_of_the_dead_server_does_no_harm(server: Server) -> None:
    server.start()
    keep_a_row(server)
    account = server._account()
    server._process.kill()
    server._process.wait()
    stranger = subprocess.Popen(["sleep", "600"], **place.as_account(*account))
    lock = server.home / "data" / "postmaster.pid"
    lock.write_text("\n".join([str(stranger.pid), *lock.read_text().splitlines()[1:]]) + "\n")
    assert server.state() == "stopped"
    assert server.start() is True
    assert rows_kept(server) == 1
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


@linux
def test_a_server_that_does_not_answer_yet_is_waited_for(server: Server, make_server: Maker) -> None:
    server.start()
    keep_a_row(server)
    pid = postmaster(server)
    os.kill(pid, signal.SIGSTOP)
    waiting = threading.Event()
    answers = []
    other = make_server(server.folder, lambda sentence: waiting.set())
    starter = threading.Thread(target=lambda: answers.append(other.start()))
    starter.start()
    try:
        assert waiting.wait(60)
    finally:
        os.kill(pid, signal.SIGCONT)
        starter.join()
    assert answers == [False]
    assert postmaster(server) == pid
    assert rows_kept(server) == 1


def test_a_server_that_cannot_start_shows_its_log(server: Server) -> None:
    server.start()
    server.stop()
    with (server.home / "data" / "postgresql.conf").open("a") as configuration:
        configuration.write("no_such_setting = 1\n")
    with pytest.raises(EmbeddedError, match='unrecognized configuration parameter "no_such_setting"'):
        server.start()


def test_the_last_of_those_who_share_it_stops_it(server: Server) -> None:
    with server.use():
        keep_a_row(server)
        assert run(server, "run", "--", "echo", "shared") == (0, "shared\n")
        assert server.state() == "running"
    assert server.state() == "stopped"


def test_started_to_stay_it_stays_until_it_is_stopped(server: Server) -> None:
    assert run(server, "start") == (0, "")
    with server.use():
        keep_a_row(server)
    assert server.state() == "running"
    assert run(server, "stop") == (0, "")
    assert server.state() == "stopped"
    with server.use():
        assert rows_kept(server) == 1
    assert server.state() == "stopped"


@linux
def test_what_a_killed_process_left_running_is_taken_over(server: Server) -> None:
    with begin(server, "run", "--", "sh", "-c", "echo up; exec sleep 600") as holder:
        assert holder.stdout.readline() == b"up\n"
        pid = postmaster(server)
        holder.kill()
        assert holder.stdout.read() == b"", "the command ends with the one who ran it"
    assert server.state() == "running"
    with server.use():
        assert postmaster(server) == pid
    assert server.state() == "stopped"


def test_run_starts_a_killed_server_again(server: Server) -> None:
    with begin(server, "run", "--", "sh", "-c", "echo up; exec sleep 600") as running:
        assert running.stdout.readline() == b"up\n"
        keep_a_row(server)
        assert not server.crashed()
        killed = postmaster(server)
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        deadline = time.monotonic() + 60
        while (
            postmaster(server) in {killed, None} or server.state() != "running"
        ) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert rows_kept(server) == 1
        running.terminate()
    assert server.state() == "stopped"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_run_ends_its_command_and_its_server_on_a_signal(server: Server, number: signal.Signals) -> None:
    trap = "trap 'echo told; exit 3' INT TERM HUP; echo up; while :; do sleep 0.1; done"
    running = begin(server, "run", "--", "sh", "-c", trap)
    assert running.stdout.readline() == b"up\n"
    running.send_signal(number)
    assert running.communicate()[0] == b"told\n"
    assert running.returncode == 3
    assert server.state() == "stopped"


def test_run_leaves_the_database_to_a_database_url(
    new_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/border")
    assert run(new_server, "run", "--", "true") == (0, "")
    assert not new_server.folder.exists()


def test_verbs_answer_where_nothing_was_made_yet(new_server: Server) -> None:
    assert run(new_server, "status") == (1, f"PostgreSQL is stopped; the folder is {new_server.folder}\n")
    assert run(new_server, "url") == (1, "")


def test_verbs_answer_with_the_address_and_the_state(server: Server) -> None:
    server.start()
    assert run(server, "url", "--role", "reader") == (0, server.url("reader") + "\n")
    assert run(server, "status")[0] == 0
    assert run(server, "psql", "--", "-At", "-c", "SELECT current_user") == (0, "border_owner\n")
