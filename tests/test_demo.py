"""What `make demo` prepares, and that it serves, ends and begins again as it should."""

import json
import os
import re
import select
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError

from border.embedded import Server, place
from border.management.commands import demo

SECONDS_TO_START = 240


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_port_that_is_taken_is_told_with_a_free_one(taken: int) -> None:
    with pytest.raises(
        CommandError, match=rf"Another program uses it: stop that, or `make demo PORT={taken + 1}`"
    ):
        demo.require_free("127.0.0.1", str(taken))


@pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(CommandError, match="set it to a number from 1 to 65535"):
        demo.require_free("127.0.0.1", port)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(CommandError, match="Set HOST and PORT to others"):
        demo.require_free("192.0.2.1", "8000")


def test_the_site_answers_to_the_address_it_listens_on() -> None:
    assert demo.hosts("127.0.0.1") == settings.ALLOWED_HOSTS
    assert demo.hosts("10.0.0.7") == [*settings.ALLOWED_HOSTS, "10.0.0.7"]
    assert demo.hosts("fd00::7")[-1] == "[fd00::7]"


@pytest.mark.django_db
def test_accounts_are_made_once_one_for_each_role(tmp_path: Path) -> None:
    kept = tmp_path / "accounts.json"
    passwords = demo.accounts(kept)
    assert list(passwords) == ["curator", "reviewer", "importer", "admin"]
    assert len(set(passwords.values())) == 4
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    for name, password in passwords.items():
        user = authenticate(username=name, password=password)
        assert user.is_staff
        assert not user.is_superuser
        assert [group.name for group in user.groups.all()] == [name]
    assert demo.accounts(kept) == passwords


@pytest.mark.django_db
def test_a_lost_password_file_is_made_anew_for_the_accounts_there_are(tmp_path: Path) -> None:
    kept = tmp_path / "accounts.json"
    before = demo.accounts(kept)
    kept.unlink()
    after = demo.accounts(kept)
    assert set(after.values()).isdisjoint(before.values())
    assert authenticate(username="curator", password=after["curator"])
    assert get_user_model().objects.filter(username__in=demo.ROLES).count() == 4


def test_static_files_are_collected_when_one_of_them_changed(tmp_path: Path, settings: object) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "one.css").write_text("a {}")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    assert demo.collect_static() is True
    assert (tmp_path / "static" / "one.css").read_text() == "a {}"
    assert demo.collect_static() is False
    (source / "one.css").write_text("a { b: c }")
    assert demo.collect_static() is True
    assert (tmp_path / "static" / "one.css").read_text() == "a { b: c }"


@contextmanager
def demonstration(folder: Path, port: int) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The demo, serving, and what it said until then."""
    given = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_"))
    }
    with subprocess.Popen(
        [sys.executable, "-m", "border.embedded", "run", "--", sys.executable, "manage.py", "demo"],
        cwd=place.PROJECT,
        env={**given, "BORDER_DATA": str(folder), "PORT": str(port), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            yield process, _read_until(process, b"Serving", b"Ready for jobs")
            process.send_signal(signal.SIGINT)
            process.stdout.read()
            assert process.wait() == 0
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def _read_until(process: subprocess.Popen[bytes], *signs: bytes) -> str:
    said, deadline = b"", time.monotonic() + SECONDS_TO_START
    while not all(sign in said for sign in signs):
        ready = select.select([process.stdout], [], [], max(0, deadline - time.monotonic()))[0]
        more = os.read(process.stdout.fileno(), 65536) if ready else b""
        assert more, f"the demo does not serve:\n{said.decode()}"
        said += more
    return said.decode()


def get(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.read()


def count(port: int) -> int:
    return json.loads(get(port, "/api/v1/events/?count=true&page_size=1"))["count"]


def assert_counted_together(port: int) -> None:
    """Whichever worker answers, it knows what the others have counted."""

    def left() -> int:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/") as answer:
            return int(re.search(r"r=(\d+)", answer.headers["RateLimit"])[1])

    first, begun = left(), time.monotonic()
    last = [left() for _ in range(40)][-1]
    regained = (time.monotonic() - begun) * 600 / 60
    assert last <= first - 40 + regained + 1


@pytest.fixture
def open_ground() -> Iterator[Path]:
    """An empty folder that the database's own user can pass through, unlike pytest's."""
    path = Path(tempfile.mkdtemp(prefix="border-demo-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_demo_serves_survives_and_repeats_nothing(open_ground: Path, taken: int) -> None:
    folder = open_ground / "var"
    port = taken + 1
    with demonstration(folder, port) as (_, said):
        assert "Loading and publishing fixtures/" in said
        events = count(port)
        assert events > 0
        page = get(port, "/admin/login/").decode()
        style = re.search(r'"(/static/[^"]+\.css)"', page)[1]
        assert get(port, style)
        passwords = dict(re.findall(r"^  (\w+) +(\S+)$", said, flags=re.MULTILINE))
        assert set(passwords) == set(demo.ROLES)
        os.kill(int((Server(folder).home / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    assert Server(folder).state() == "stopped"
    with demonstration(folder, port) as (_, said):
        assert "Loading" not in said
        assert count(port) == events
        assert_counted_together(port)
        assert dict(re.findall(r"^  (\w+) +(\S+)$", said, flags=re.MULTILINE)) == passwords
    assert Server(folder).state() == "stopped"
