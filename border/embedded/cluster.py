"""A PostgreSQL cluster as border wants it: made once, closed to all but its roles, checked by checksums."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Literal

import psycopg
from psycopg import sql

from border.embedded import place
from border.embedded.place import EmbeddedError

Role = Literal["owner", "app", "reader", "superuser"]

DATABASE = "border"
ROLES: dict[Role, str] = {
    "owner": "border_owner",
    "app": "border_app",
    "reader": "border_reader",
    "superuser": "postgres",
}
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
    "client_connection_check_interval": "1s",
    # PostgreSQL's own 128 MB hold a third of 300,000 events: pages of the API then wait for copies from the system.
    # It is taken only as it is used.
    "shared_buffers": "512MB",
}
SPACE_NEEDED = 200 * 1024 * 1024


def environment(**more: str) -> dict[str, str]:
    """What PostgreSQL's programs see of the environment: nothing that could change their answers."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", **more}


def make(base: Path, uid: int, gid: int, password: str) -> None:
    """Make ``base/postgres/data`` for ``uid``, wholly or not at all; ``password`` is the superuser's."""
    if shutil.disk_usage(base).free < SPACE_NEEDED:
        raise EmbeddedError(
            f"The disk that holds {base} has less than {SPACE_NEEDED >> 20} MB left. Free some space, "
            "or set BORDER_DATA to a folder on another disk."
        )
    for left_over in base.glob("making-*"):
        shutil.rmtree(left_over)
    work = Path(tempfile.mkdtemp(prefix="making-", dir=base))
    try:
        _initdb(work, place.binaries(base, uid, gid) / "initdb", uid, gid, password)
        home = work / "postgres"
        home.mkdir(mode=0o700)
        (work / "data").rename(home / "data")
        if os.geteuid() == 0:
            for path in [home, *home.rglob("*")]:
                os.chown(path, uid, gid, follow_symlinks=False)
        home.rename(base / home.name)
    finally:
        shutil.rmtree(work)


def _initdb(work: Path, program: Path, uid: int, gid: int, password: str) -> None:
    data, told = work / "data", work / "password"
    data.mkdir(mode=0o700)
    told.write_text(password, encoding="utf-8")
    told.chmod(0o640)
    if os.geteuid() == 0:
        # initdb insists on a uid with a name, the server does not. Only our own gid can look into the folder, so that
        # other programs of the named account cannot, and the files change hands before the first start.
        uid = place.initdb_uid()
        for path, owner in [(data, uid), (told, 0), (work, 0)]:
            os.chown(path, owner, gid)
        work.chmod(0o710)
    done = subprocess.run(
        [
            *(program, f"--pgdata={data}", "--username=postgres", f"--pwfile={told}"),
            *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin"),
            *("--builtin-locale=C.UTF-8", "--data-checksums", "--no-instructions"),
            *(f"--set={name}={value}" for name, value in SETTINGS.items()),
        ],
        cwd="/",
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        umask=0o077,
        **place.as_account(uid, gid),
    )
    if done.returncode != 0:
        raise EmbeddedError(failure("The database could not be made", done.stdout, work.parent))


def provide_roles(connection: psycopg.Connection, passwords: dict[Role, str]) -> None:
    """Make the roles and the database that are not there yet; the superuser's ``connection`` commits by itself."""
    there = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    for role, name in ROLES.items():
        if name not in there:
            create = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
            connection.execute(create.format(sql.Identifier(name), sql.Literal(passwords[role])))
    connection.execute("ALTER ROLE border_owner CREATEDB CREATEROLE")
    # The owner's migrations set the rights and time-outs of the other two.
    connection.execute("GRANT border_app, border_reader TO border_owner WITH ADMIN TRUE, INHERIT FALSE")
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'border'").fetchone():
        connection.execute("CREATE DATABASE border OWNER border_owner")
    connection.execute("REVOKE ALL ON DATABASE border FROM PUBLIC")
    connection.execute("GRANT CONNECT, TEMPORARY ON DATABASE border TO border_app")
    connection.execute("GRANT CONNECT ON DATABASE border TO border_reader")


def failure(what: str, told: str, where: Path) -> str:
    """``what`` went wrong with ``where``, what helps, and what PostgreSQL ``told`` about it."""
    tail = "\n".join(f"  {line}" for line in told.strip().splitlines()[-8:])
    if "No space left" in told:
        remedy = f"The disk that holds {where} is full: free some space on it, then run this again."
    elif "shared memory" in told:
        remedy = "This machine gives too little shared memory: raise its limits, or set DATABASE_URL to another server."
    else:
        remedy = "Nothing was changed. Set DATABASE_URL to use a PostgreSQL server of your own instead."
    return f"{what}. {remedy}\nPostgreSQL said:\n{tail}"
