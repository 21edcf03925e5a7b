import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from border.embedded import Server, place


class Story(list[str]):
    """What a server said, to look at afterwards."""

    def __call__(self, sentence: str) -> None:
        self.append(sentence)


@contextmanager
def open_ground() -> Iterator[Path]:
    """An empty folder that every local user can pass through, unlike pytest's own."""
    path = Path(tempfile.mkdtemp(prefix="border-test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


def alone(patch: pytest.MonkeyPatch, ground: Path) -> None:
    """Nothing of this process's own database is seen, and nothing is written beside ``ground``."""
    for name in ("BORDER_DATA", "BORDER_PG_BIN", "DATABASE_URL", "DATABASE_URL_FILE"):
        patch.delenv(name, raising=False)
    patch.setattr(place, "SYSTEM_FOLDER", ground / "system")


@contextmanager
def new_server_started() -> Iterator[Server]:
    """A server that was just made, running, in a folder of its own."""
    with open_ground() as ground:
        server = Server(ground / "var", Story())
        with pytest.MonkeyPatch.context() as patch:
            alone(patch, ground)
            server.start()
        yield server
        server.stop()


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of the test's own."""
    with open_ground() as path:
        alone(monkeypatch, path)
        yield path


@pytest.fixture(scope="session")
def mold() -> Iterator[Path]:
    """The folder of a server that was started once: to make one takes longer than all that most tests do with it."""
    with new_server_started() as server:
        server.stop()
        yield server.folder


@pytest.fixture
def make_server(ground: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Server]]:
    """Makes servers that do not outlive the test."""
    made = []

    def make(folder: Path, say: Callable[[str], None] | None = None) -> Server:
        made.append(Server(folder, say or Story()))
        return made[-1]

    yield make
    monkeypatch.delenv("BORDER_PG_BIN", raising=False)
    for server in reversed(made):
        server.stop()


@pytest.fixture
def server(ground: Path, mold: Path, make_server: Callable[..., Server]) -> Server:
    """One that was made and stopped before."""
    folder = ground / "var"
    subprocess.run(["cp", "-a", mold, folder], check=True)
    credentials = folder / "postgres.json"
    known = json.loads(credentials.read_text())
    credentials.write_text(json.dumps(known | {"socket": ""}))
    return make_server(folder)


@pytest.fixture
def new_server(ground: Path, make_server: Callable[..., Server]) -> Server:
    """One that is made when it is first started."""
    return make_server(ground / "var")
