"""The virtual environment `.venv` with the pinned packages of the requirements files named as arguments.

Runs before anything is installed (`python -I border/install.py requirements.txt`), so it imports the standard library
only. A second run sees that nothing changed and does nothing.
"""

import hashlib
import json
import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

OLDEST = (3, 11)
PROJECT = Path(__file__).resolve().parents[1]
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
RECORD = VENV / "installed.json"
# The files name every package that is needed. Left to look for dependencies by itself, pip before 23.3 would take
# the newest release for one that is asked for with an extra (`coverage[toml]`), and refuse it as not pinned.
_PINNED = ("--quiet", "--require-hashes", "--only-binary=:all:", "--no-deps")
PIP = ("install", "--no-input", "--disable-pip-version-check", *_PINNED)


class InstallError(Exception):
    """What could not be installed and what to do about it, in one sentence or two."""


def install(names: list[str]) -> bool:
    """Whether anything had to be installed for the requirements files ``names``."""
    if sys.version_info < OLDEST:
        raise InstallError(
            f"border needs Python 3.11 or newer; this is {sys.version.split()[0]}. {_get_python()}"
        )
    wanted = {name: hashlib.sha256((PROJECT / name).read_bytes()).hexdigest() for name in names}
    works = PYTHON.exists() and _run(PYTHON, "-c", "").returncode == 0
    recorded = json.loads(RECORD.read_text(encoding="utf-8")) if works and RECORD.exists() else {}
    if wanted.items() <= recorded.items():
        return False
    if not works:
        _make_venv()
    print(f"Installing what {', '.join(names)} name into .venv; the first time takes a minute …", flush=True)
    files = [part for name in names for part in ("--requirement", str(PROJECT / name))]
    if not _installed_by_uv(files):
        done = _run(PYTHON, "-m", "pip", *PIP, *files)
        if done.returncode != 0:
            raise InstallError(explain(done.stdout))
    RECORD.write_text(json.dumps({**recorded, **wanted}, indent=1), encoding="utf-8")
    return True


def _installed_by_uv(files: list[str]) -> bool:
    """Whether uv did it, which takes a quarter of the time; whatever keeps it from that, pip may still do.

    It knows nothing of how pip is configured: where that names an index of its own, pip asks there.
    """
    index = _run(PYTHON, "-m", "pip", "config", "list").stdout
    if re.search(r"\bindex-url=|\bno-index=", index.replace("extra-index-url", "")):
        return False
    pinned = re.search(
        r"^uv==(?:.*\\\n)*.*\n", (PROJECT / "requirements.txt").read_text("utf-8"), re.MULTILINE
    )
    with tempfile.TemporaryDirectory() as folder:
        alone = Path(folder) / "uv.txt"
        alone.write_text(pinned[0] if pinned else "uv", encoding="utf-8")
        if _run(PYTHON, "-m", "pip", *PIP, "--requirement", alone).returncode != 0:
            return False
    return _run(PYTHON, "-m", "uv", "pip", "install", "--compile-bytecode", *_PINNED, *files).returncode == 0


def _make_venv() -> None:
    print("Making the virtual environment .venv …", flush=True)
    done = _run(sys.executable, "-m", "venv", "--clear", VENV)
    if done.returncode != 0:
        raise InstallError(explain(done.stdout))


def _run(*command: str | Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def explain(told: str) -> str:
    """What the output ``told`` by venv or pip means and what helps, with its last lines.

    >>> explain("OSError: [Errno 28] No space left on device").splitlines()[0]
    'The disk is full: free about 1 GB, then run the same command again.'
    """
    version = ".".join(map(str, sys.version_info[:2]))
    remedies = {
        "No space left": "The disk is full: free about 1 GB, then run the same command again.",
        "ensurepip": f"Python {version} lacks its venv module: install it (Debian, Ubuntu: `apt install "
        f"python{version}-venv`), then run the same command again.",
        "No module named venv": f"Python {version} lacks its venv module: install it (Debian, Ubuntu: `apt install "
        f"python{version}-venv`), then run the same command again.",
        "Permission denied": f"You may not write in {PROJECT}: work as its owner, or in a copy of your own.",
        "DO NOT MATCH THE HASHES": "A package is not the one that was pinned: the download was changed or damaged. "
        "Try again; if it stays so, do not install it and report it.",
        "No matching distribution": f"A package has no ready-made file for Python {version} on "
        f"{sysconfig.get_platform()}, and border compiles nothing. {_get_python()}",
        "Connection": "The package index cannot be reached: check the network (or PIP_INDEX_URL), then try again.",
    }
    remedy = next(
        (text for sign, text in remedies.items() if sign in told), "The packages could not be installed."
    )
    tail = "\n".join(f"  {line}" for line in told.strip().splitlines()[-5:])
    return f"{remedy}\n{tail}"


def _get_python() -> str:
    return (
        "Install Python 3.11, 3.12 or 3.13 (Debian, Ubuntu: `apt install python3 python3-venv`; macOS: `brew install "
        "python@3.13`) and say `make demo PYTHON=/path/to/python3` if it is not found by itself."
    )


if __name__ == "__main__":
    try:
        install(sys.argv[1:])
    except (InstallError, OSError) as error:
        sys.exit(str(error))
