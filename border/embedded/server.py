"""The embedded PostgreSQL: made, started, shared and stopped by rules of our own.

One folder (``BORDER_DATA``) holds everything and no parent's mode is ever changed. Whether the server runs is decided by
connecting to it, never by a process number. Any number of processes may share it: the last one that holds it with
:meth:`Server.use` stops it, unless somebody started it to stay.
"""

import contextlib
import fcntl
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Literal
from urllib.parse import quote

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from border.embedded import cluster, place
from border.embedded.cluster import DATABASE, ROLES, Role
from border.embedded.place import EmbeddedError

LOG_LIMIT = 10 * 1024 * 1024


def tell(sentence: str) -> None:
    """Say ``sentence`` to the person at the keyboard, apart from answers on standard output."""
    print(sentence, file=sys.stderr, flush=True)


class Server:
    """The PostgreSQL server of one folder, whether it runs or not."""

    def __init__(self, folder: Path | None = None, say: Callable[[str], None] = tell) -> None:
        self.folder = (folder or place.folder()).absolute()
        self.log = self.folder / "postgres.log"
        self._credentials = self.folder / "postgres.json"
        self._staying = self.folder / "postgres.staying"
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, role: Role = "owner") -> str:
        """The address for ``role`` with its password; asks nothing of the server and does not start it."""
        known = self._known()
        socket = quote(known["socket"], safe="")
        return f"postgresql://{ROLES[role]}:{known['passwords'][role]}@/{DATABASE}?host={socket}&port={place.PORT}"

    def state(self) -> Literal["running", "busy", "stopped"]:
        """``running`` when it takes connections, ``busy`` while it starts, recovers or stops, else ``stopped``."""
        if not self._credentials.exists():
            return "stopped"
        answer = PGconn.ping(make_conninfo(self._admin_url(), connect_timeout=5).encode())
        if answer == Ping.OK:
            return "running"
        return "busy" if answer == Ping.REJECT or self._live_postmaster() else "stopped"

    def crashed(self) -> bool:
        """Whether the server ended without having been stopped."""
        return self.state() == "stopped" and bool(self._identity())

    def start(self) -> bool:
        """Whether this call started the server: made first if need be, and waited for until it takes connections."""
        place.make_folder(self.folder)
        with self._alone():
            if self.state() == "running":
                self._provide_roles()
                return False
            uid, gid = self._prepare()
            started = self._launch(uid, gid)
            self._provide_roles()
            self._say(f"PostgreSQL runs, as uid {uid}. Its files: {self.home}; its log: {self.log}")
            return started

    def stay(self) -> None:
        """Leave the server running when the processes that share it end: only :meth:`stop` stops it now."""
        self._staying.write_text(self._identity(), encoding="utf-8")

    def stop(self) -> bool:
        """Whether there was a server to stop; its clients are sent away and everything is on disk afterwards."""
        if not self._credentials.exists():
            return False
        with self._alone():
            if self.state() == "stopped":
                self._reap()
                return False
            uid, gid = self._account()
            program = place.binaries(self.base, uid, gid) / "pg_ctl"
            done = subprocess.run(
                [program, "stop", f"--pgdata={self._data}", "--mode=fast", "--silent", "--timeout=86400"],
                cwd="/",
                capture_output=True,
                text=True,
                check=False,
                start_new_session=True,
                **place.as_account(uid, gid),
            )
            if done.returncode != 0 and self.state() != "stopped":
                raise EmbeddedError(
                    f"PostgreSQL does not stop: {done.stderr.strip()}. Its log is {self.log}."
                )
            self._reap()
            return True

    def _reap(self) -> None:
        if self._process:
            self._process.wait()
            self._process = None

    @contextlib.contextmanager
    def use(self) -> Iterator[None]:
        """Have the server run inside the block; the last block to end, of all processes, stops it.

        A process that was killed holds nothing: the next one to use the server inherits the duty to stop it.
        """
        place.make_folder(self.folder)
        with (self.folder / "postgres.users").open("a", encoding="utf-8") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                self.start()
                yield
            finally:
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if not self._stays():
                        self.stop()

    # Where things are

    @property
    def base(self) -> Path:
        """The folder that holds the server's own files: ours, unless its uid cannot reach ours."""
        return Path(self._known().get("base") or self.folder)

    @property
    def home(self) -> Path:
        """The folder, of mode 0700, with the data and (when its path is short enough) the socket."""
        return self.base / "postgres"

    @property
    def _data(self) -> Path:
        return self.home / "data"

    def _account(self) -> tuple[int, int]:
        """The uid and gid the server runs as: those that own the data, whoever starts it."""
        try:
            owner = self._data.stat()
        except PermissionError:
            raise EmbeddedError(
                f"{self.home} belongs to another user. Work as that user, or set BORDER_DATA to a folder of your own."
            ) from None
        if os.geteuid() not in (0, owner.st_uid):
            raise EmbeddedError(
                f"{self._data} belongs to uid {owner.st_uid}. Work as that user, or set BORDER_DATA to another folder."
            )
        return owner.st_uid, owner.st_gid

    def _known(self) -> dict[str, Any]:
        try:
            known: dict[str, Any] = json.loads(self._credentials.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise EmbeddedError(
                f"There is no embedded database in {self.folder} yet. Run `make demo` or "
                "`python -m border.embedded start`, or set DATABASE_URL to a server of your own."
            ) from None
        except PermissionError:
            raise EmbeddedError(
                f"The embedded database in {self.folder} belongs to another user. Work as that user, "
                "or set BORDER_DATA to a folder of your own."
            ) from None
        except ValueError:
            raise EmbeddedError(f"{self._credentials} is damaged. Put it back from a backup.") from None
        return known

    def _write_known(self, known: dict[str, Any]) -> None:
        handle, name = tempfile.mkstemp(prefix="postgres.json.", dir=self.folder)  # mkstemp makes it 0600
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(known, file, indent=1)
        Path(name).replace(self._credentials)

    def _admin_url(self) -> str:
        return make_conninfo(self.url("superuser"), dbname="postgres")

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else starts or stops this server meanwhile."""
        with (self.folder / "postgres.lock").open("a", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    # Making

    def _prepare(self) -> tuple[int, int]:
        """Everything that must be there before the server can be started: the account it runs as."""
        if not self._credentials.exists():
            if (self.folder / "postgres").exists():
                raise EmbeddedError(
                    f"{self._credentials}, which holds the passwords of the database in {self.folder / 'postgres'}, "
                    "is gone. Put it back from a backup; or move that folder away to begin with an empty database."
                )
            self._write_known(
                {"passwords": {role: secrets.token_urlsafe(24) for role in ROLES}, "socket": ""}
            )
        if not self._data_exists():
            self._make_cluster()
        uid, gid = self._account()
        socket = place.socket_folder(self.home, uid, gid)
        self._write_known({**self._known(), "socket": str(socket)})
        return uid, gid

    def _data_exists(self) -> bool:
        try:
            return self._data.exists()
        except PermissionError:
            return True

    def _make_cluster(self) -> None:
        uid = gid = place.unused_uid()
        if os.geteuid() != 0:
            uid, gid = os.geteuid(), os.getegid()
        self._choose_base(uid, gid)
        self._say(f"Making the database in {self.home} …")
        cluster.make(self.base, uid, gid, self._known()["passwords"]["superuser"])

    def _choose_base(self, uid: int, gid: int) -> None:
        if place.can_enter(self.folder, uid, gid):
            return
        base = place.SYSTEM_FOLDER / place.digest(self.folder)
        place.make_own_folder(place.SYSTEM_FOLDER, 0o755)
        place.make_own_folder(base, 0o711)
        self._write_known({**self._known(), "base": str(base)})
        self._say(
            f"PostgreSQL does not run as root, and no other user can reach {self.folder}: its files are in {base}"
        )

    def _provide_roles(self) -> None:
        """Make the roles and the database that are not there yet."""
        passwords = self._known()["passwords"]
        try:
            connection = psycopg.connect(self._admin_url(), autocommit=True)
        except psycopg.OperationalError as error:
            raise EmbeddedError(
                f"PostgreSQL in {self.home} runs but refuses us: {error}. Is {self._credentials} the file that "
                "belongs to it? Put that back from a backup."
            ) from None
        with connection:
            cluster.provide_roles(connection, passwords)

    # Running

    def _launch(self, uid: int, gid: int) -> bool:
        """Whether it was we who started it; waits as long as it takes and says so."""
        self._process = None
        began = spoken = time.monotonic()
        written = self._begin_log()
        while (state := self.state()) != "running":
            if state == "stopped" and (self._process is None or self._process.poll() is not None):
                if self._process and not self._may_try_again(written):
                    self._process = None
                    raise EmbeddedError(
                        cluster.failure("PostgreSQL does not start", self._logged(written), self.base)
                    )
                written = self._begin_log()
                self._process = self._spawn(uid, gid)
            if time.monotonic() - spoken > 3:
                spoken = time.monotonic()
                last = (self._logged(written).splitlines() or ["no word in its log yet"])[-1]
                self._say(f"Waiting for PostgreSQL, {spoken - began:.0f} s so far (no time limit): {last}")
            time.sleep(0.1)
        return self._process is not None

    def _spawn(self, uid: int, gid: int) -> subprocess.Popen[bytes]:
        socket = Path(self._known()["socket"])
        # The socket's folder is ours alone: the lock on the data decides, a left-over one on the socket must not.
        (socket / f".s.PGSQL.{place.PORT}.lock").unlink(missing_ok=True)
        environment = cluster.environment()
        if stale := self._recorded_pid():
            # That process is no server of this folder (see _live_postmaster), but PostgreSQL would take any living
            # process or zombie of that number for one. It never does so for its grandparent.
            environment["PG_GRANDPARENT_PID"] = str(stale)
        programs = place.binaries(self.base, uid, gid)
        with self._open_log() as log:
            return subprocess.Popen(
                [programs / "postgres", "-D", self._data, "-k", socket, "-p", str(place.PORT)],
                cwd="/",
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                umask=0o077,
                **place.as_account(uid, gid),
            )

    def _live_postmaster(self) -> int | None:
        """The process that serves our data, running or on its way up or down; a zombie or a stranger is none."""
        pid = self._recorded_pid()
        if pid is None:
            return None
        if sys.platform == "linux":
            try:
                status = (
                    Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
                )
                arguments = os.fsdecode(Path(f"/proc/{pid}/cmdline").read_bytes()).split("\0")
            except OSError:
                return None
            mine = (
                status.split()[0] not in "ZX" and "postgres" in arguments[0] and str(self._data) in arguments
            )
        else:
            ask = ["ps", "-o", "stat=,command=", "-p", str(pid)]
            shown = subprocess.run(ask, capture_output=True, text=True, check=False).stdout.lstrip()
            mine = not shown.startswith("Z") and f"-D {self._data} " in shown
        return pid if mine else None

    def _recorded_pid(self) -> int | None:
        first = self._identity().partition("\n")[0]
        return int(first) if first.isdigit() else None

    def _identity(self) -> str:
        """Which run of the server this is: process number, folder and time of start; empty when none."""
        try:
            return "".join(
                (self._data / "postmaster.pid").read_text(encoding="utf-8").splitlines(keepends=True)[:3]
            )
        except OSError:
            return ""

    def _stays(self) -> bool:
        try:
            return self._staying.read_text(encoding="utf-8") == self._identity() != ""
        except FileNotFoundError:
            return False

    # The log

    def _open_log(self) -> BinaryIO:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
        return os.fdopen(os.open(self.log, flags, 0o600), "ab")

    def _begin_log(self) -> int:
        """How much of the log there is already; a long one is put aside first."""
        with self._open_log() as log:
            size = log.tell()
        if size < LOG_LIMIT:
            return int(size)
        self.log.replace(self.log.with_suffix(".log.before"))
        return 0

    def _logged(self, since: int) -> str:
        try:
            with self.log.open("rb") as log:
                log.seek(since)
                return log.read().decode("utf-8", errors="replace")
        except FileNotFoundError:
            return ""

    def _may_try_again(self, since: int) -> bool:
        """Whether the start failed only because the last children of a killed server have not all ended yet."""
        return "is still in use" in self._logged(since)
