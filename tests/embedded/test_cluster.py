"""How the cluster is made: settings, roles, secrets, and what is said when it cannot be."""

import json
import os
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from border.embedded import EmbeddedError, Server, place, url
from tests.embedded.conftest import new_server_started

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act as another user")

Maker = Callable[..., Server]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def setting(server: Server, name: str) -> str:
    with psycopg.connect(server.url("owner")) as connection:
        return connection.execute("SELECT current_setting(%s)", [name]).fetchone()[0]


@pytest.fixture(scope="module")
def running() -> Iterator[Server]:
    """A new server that has been started, for those who only look at it."""
    with new_server_started() as server:
        yield server


def test_cluster_is_closed_checked_and_speaks_utf8(running: Server) -> None:
    expected = {
        "listen_addresses": "",
        "data_checksums": "on",
        "server_encoding": "UTF8",
        "fsync": "on",
        "shared_buffers": "512MB",
    }
    assert {name: setting(running, name) for name in expected} == expected
    with psycopg.connect(running.url("superuser")) as connection:
        hba = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
        locale = connection.execute(
            "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'border'"
        ).fetchone()
    assert hba == [("scram-sha-256",)]
    assert locale == ("b", "C.UTF-8")


def test_roles_can_what_they_are_for(running: Server) -> None:
    with psycopg.connect(running.url("owner"), autocommit=True) as owner:
        owner.execute("CREATE DATABASE test_border")
        owner.execute("ALTER ROLE border_reader SET statement_timeout = '5s'")
        owner.execute("CREATE TABLE kept (id int)")
        owner.execute("GRANT SELECT ON kept TO border_reader")
        owner.execute("SET ROLE border_reader")
    with psycopg.connect(running.url("reader")) as reader:
        assert reader.execute("SELECT count(*) FROM kept").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            reader.execute("CREATE TABLE refused (id int)")
    with psycopg.connect(running.url("app")) as app:
        app.execute("CREATE TEMPORARY TABLE staged (id int)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("CREATE TABLE public.refused (id int)")


def test_files_are_for_their_owner_only(running: Server) -> None:
    socket = Path(json.loads((running.folder / "postgres.json").read_text())["socket"])
    assert [mode(path) for path in (running.home, running.home / "data", socket)] == [0o700] * 3
    assert mode(socket / ".s.PGSQL.5432") == 0o700
    assert mode(running.folder / "postgres.json") == mode(running.log) == 0o600
    assert running.home.stat().st_uid != 0


def test_a_wrong_password_is_refused(running: Server) -> None:
    passwords = json.loads((running.folder / "postgres.json").read_text())["passwords"]
    assert len(set(passwords.values())) == 4
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(running.url("owner").replace(passwords["owner"], passwords["reader"]))


@as_root
def test_another_local_user_gets_nowhere(running: Server) -> None:
    stranger = {"user": 12345, "group": 12345, "extra_groups": []}
    address = running.url("owner")
    socket = running.home / "run"
    assert not place.can_enter(running.home, 12345, 12345)
    assert not place.can_enter(socket, 12345, 12345)
    read = subprocess.run(
        ["cat", running.folder / "postgres.json"], capture_output=True, check=False, **stranger
    )
    assert read.stdout == b""
    tried = subprocess.run(
        [place.binaries(running.base, *running._account()) / "psql", address, "-c", "SELECT 1"],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        **stranger,
    )
    assert tried.returncode != 0
    assert "Permission denied" in tried.stderr


@as_root
def test_the_server_runs_without_root_and_without_groups(running: Server) -> None:
    pid = (running.home / "data" / "postmaster.pid").read_text().split()[0]
    status = dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    uid = str(running.home.stat().st_uid)
    assert status["Uid"].split() == [uid] * 4
    assert status["Gid"].split() == [uid] * 4
    assert status["Groups"].split() == []


@pytest.mark.parametrize("modes", [(0o711, 0o755, 0o711), (0o755, 0o700)])
def test_no_parent_changes_its_mode(ground: Path, make_server: Maker, modes: tuple[int, ...]) -> None:
    parent = ground
    for closed in modes:
        parent /= "further"
        parent.mkdir()
        parent.chmod(closed)
    above = [parent, *parent.parents]
    before = [mode(path) for path in above]
    server = make_server(parent / "var")
    server.start()
    server.stop()
    assert [mode(path) for path in above] == before


@as_root
def test_files_lie_elsewhere_when_the_server_cannot_reach_ours(ground: Path, new_server: Server) -> None:
    new_server.folder.mkdir(mode=0o700)
    new_server.start()
    assert new_server.home.is_relative_to(ground / "system")
    assert any(str(new_server.base) in sentence for sentence in new_server._say)
    assert mode(new_server.folder) == 0o700
    assert Server(new_server.folder).state() == "running"


@as_root
def test_programs_are_copied_when_the_server_cannot_reach_them(
    ground: Path, new_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = place.wheel_binaries()
    package = found.parents[1]
    hidden = ground / "hidden"
    hidden.mkdir(mode=0o700)
    shutil.copytree(found.parent, hidden / package.name / found.parent.name, symlinks=True)
    if package.with_name(f"{package.name}.libs").exists():
        shutil.copytree(package.with_name(f"{package.name}.libs"), hidden / f"{package.name}.libs")
    monkeypatch.setattr(place, "wheel_binaries", lambda: hidden / package.name / found.parent.name / "bin")
    assert new_server.start() is True
    assert setting(new_server, "data_checksums") == "on"
    assert mode(hidden) == 0o700


@pytest.mark.parametrize("name", ["it's 100% القائم", "x" * 120])
def test_any_path_will_do(ground: Path, make_server: Maker, name: str) -> None:
    server = make_server(ground / name / "var")
    server.folder.parent.mkdir()
    server.start()
    assert setting(server, "data_checksums") == "on"
    socket = Path(json.loads((server.folder / "postgres.json").read_text())["socket"])
    assert mode(socket) == 0o700
    assert socket.stat().st_uid == server.home.stat().st_uid
    assert len(os.fsencode(socket / ".s.PGSQL.5432")) <= place.SOCKET_LIMIT
    server.stop()
    if not socket.is_relative_to(ground):
        socket.rmdir()


def test_a_foreign_socket_folder_is_not_used(ground: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = ground / ("x" * 120)
    monkeypatch.setattr(place, "_runtime_folders", lambda: [ground])
    planted = ground / f".border-{place.digest(home)}"
    planted.mkdir(mode=0o777)
    planted.chmod(0o777)
    with pytest.raises(EmbeddedError, match="Set BORDER_DATA to a folder with a shorter path"):
        place.socket_folder(home, os.geteuid(), os.getegid())


def test_url_before_the_first_start_says_what_to_run(ground: Path) -> None:
    with pytest.raises(EmbeddedError, match="Run `make demo`"):
        url(folder=ground / "var")


def test_lost_passwords_are_told_and_nothing_is_made_anew(server: Server) -> None:
    server.start()
    server.stop()
    (server.folder / "postgres.json").rename(server.folder / "elsewhere.json")
    with pytest.raises(EmbeddedError, match="Put it back from a backup"):
        server.start()
    (server.folder / "elsewhere.json").rename(server.folder / "postgres.json")
    assert server.start() is True


def test_a_file_in_place_of_the_folder_is_told(new_server: Server) -> None:
    new_server.folder.write_text("")
    with pytest.raises(EmbeddedError, match="is not a folder"):
        new_server.start()


def test_programs_that_are_missing_are_told(new_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDER_PG_BIN", "/nowhere")
    with pytest.raises(EmbeddedError, match="no program 'postgres' in /nowhere"):
        new_server.start()


def test_programs_in_a_path_that_initdb_misreads_are_told(
    ground: Path, new_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = ground / 'a "quoted" folder'
    folder.mkdir()
    (folder / "postgres").touch()
    monkeypatch.setenv("BORDER_PG_BIN", str(folder))
    with pytest.raises(EmbeddedError, match='whose path has no "'):
        new_server.start()


def test_an_older_postgresql_is_refused(
    ground: Path, new_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ground / "postgres").write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 15.8'\n")
    (ground / "postgres").chmod(0o755)
    monkeypatch.setenv("BORDER_PG_BIN", str(ground))
    with pytest.raises(EmbeddedError, match="holds PostgreSQL 15; border needs 18"):
        new_server.start()


def test_a_full_disk_is_told_before_anything_is_made(
    new_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")._replace(free=1)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(EmbeddedError, match="Free some space"):
        new_server.start()
    assert not (new_server.folder / "postgres").exists()


def test_a_disk_that_fills_up_meanwhile_leaves_nothing_half_made(
    ground: Path, new_server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, line in [("postgres", "echo '(PostgreSQL) 18.4'"), ("initdb", "echo No space left; exit 1")]:
        (ground / name).write_text(f"#!/bin/sh\n{line}\n")
        (ground / name).chmod(0o755)
    monkeypatch.setenv("BORDER_PG_BIN", str(ground))
    with pytest.raises(EmbeddedError, match="is full: free some space"):
        new_server.start()
    monkeypatch.delenv("BORDER_PG_BIN")
    assert not list(new_server.folder.glob("making-*"))
    assert new_server.start() is True
