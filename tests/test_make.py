"""The verbs of the Makefile, and what the installer says when something is missing."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import get_commands

from border import install
from border.embedded import place

MAKEFILE = (place.PROJECT / "Makefile").read_text(encoding="utf-8")


def make(*arguments: str, folder: Path = place.PROJECT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "--no-print-directory", *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_make_alone_lists_every_verb_with_a_comment() -> None:
    shown = make().stdout
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, flags=re.MULTILINE)[1].split()
    inner = {"python", "rivals", "$(CHECKS)"}
    assert set(re.findall(r"^  make (\w+) +\S", shown, flags=re.MULTILINE)) == set(phony) - inner


def test_verbs_of_django_exist() -> None:
    assert set(re.findall(r"manage\.py (\w+)", MAKEFILE)) <= set(get_commands())


def test_arguments_reach_pytest() -> None:
    shown = make("-n", "test", "ARGS=-k one", "PYTHON=python3").stdout.rstrip()
    assert re.search(r" -m pytest -n \S.* --dist worksteal -k one$", shown)


def test_the_makefile_needs_no_new_make() -> None:
    for newer in (".ONESHELL", "$(file ", "!=", "::=", "&:"):
        assert newer not in re.sub(r"#.*", "", MAKEFILE)


def test_it_works_in_a_path_with_spaces(tmp_path: Path) -> None:
    folder = tmp_path / "a path with spaces"
    folder.mkdir()
    shutil.copy(place.PROJECT / "Makefile", folder)
    assert "make demo" in make(folder=folder).stdout
    assert make("python", folder=folder).returncode == 0


def test_no_python_is_one_sentence_with_the_remedy() -> None:
    done = make("demo", "PYTHON=")
    assert done.returncode == 2
    assert "found none. Debian, Ubuntu: apt install python3 python3-venv" in done.stderr


@pytest.mark.parametrize(
    ("told", "remedy"),
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "The disk is full"),
        (
            "The virtual environment was not created: ensurepip is not available.",
            "python3-venv|python3.*-venv",
        ),
        ("ERROR: No matching distribution found for numpy==2.4.6", "border compiles nothing"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "do not install it"),
        ("WARNING: Retrying after NewConnectionError", "check the network"),
        ("PermissionError: Permission denied: '.venv'", "work as its owner"),
    ],
)
def test_the_installer_explains_what_failed(told: str, remedy: str) -> None:
    assert re.search(remedy, install.explain(told).splitlines()[0])


def test_an_old_python_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install.sys, "version_info", (3, 10, 12))
    with pytest.raises(install.InstallError, match=r"needs Python 3\.11 or newer"):
        install.install(["requirements.txt"])


def test_what_is_installed_is_not_installed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "RECORD", tmp_path / "installed.json")
    ran = []

    def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
        ran.append(command)
        return subprocess.CompletedProcess(command, 0, "")

    monkeypatch.setattr(install, "_run", run)
    assert install.install(["requirements.txt"]) is True
    assert "--require-hashes" in ran[-1]
    ran.clear()
    assert install.install(["requirements.txt"]) is False
    assert len(ran) == 1
    assert install.install(["requirements.txt", "requirements-dev.txt"]) is True


@pytest.mark.parametrize(
    ("configured", "uv_works", "asked"),
    [
        ("global.extra-index-url='https://more.example'", True, ["pip config", "pip install", "uv pip"]),
        ("", False, ["pip config", "pip install", "uv pip", "pip install"]),
        ("global.index-url='https://mirror.example'", True, ["pip config", "pip install"]),
        (":env:.no-index='1'", True, ["pip config", "pip install"]),
    ],
)
def test_pip_installs_where_it_is_configured_otherwise_or_uv_cannot(
    configured: str, uv_works: bool, asked: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "RECORD", tmp_path / "installed.json")
    ran = []

    def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
        if command[1] != "-m":
            return subprocess.CompletedProcess(command, 0, "")
        ran.append(" ".join(map(str, command[2:4])))
        told = configured if "config" in command else ""
        return subprocess.CompletedProcess(command, int("uv" in command and not uv_works), told)

    monkeypatch.setattr(install, "_run", run)
    assert install.install(["requirements.txt"]) is True
    assert ran == asked


def test_every_requirement_has_a_reason_and_every_pin_a_hash() -> None:
    for name in ("requirements", "requirements-dev", "requirements-bench"):
        lines = (place.PROJECT / f"{name}.in").read_text(encoding="utf-8").splitlines()
        for before, line in zip(["", *lines], lines, strict=False):
            if line and not line.startswith(("#", "-")):
                assert before.startswith("# "), f"{name}.in: no reason above {line}"
        pinned = (place.PROJECT / f"{name}.txt").read_text(encoding="utf-8")
        for block in re.split(r"\n(?=[a-z0-9])", pinned.partition("\n")[2]):
            if re.match(r"[a-z0-9].*==", block):
                assert "--hash=sha256:" in block, block
