import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from border.embedded import Server, place


class Story(list[str]):
    """What a server said, to look at afterwards."""

    def __call__(self, sentence: str) -> None:
        self.append(sentence)


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder that every local user can pass through, unlike pytest's own."""
    for name in ("BORDER_DATA", "BORDER_PG_BIN", "DATABASE_URL", "DATABASE_URL_FILE"):
        monkeypatch.delenv(name, raising=False)
    path = Path(tempfile.mkdtemp(prefix="border-test-"))
    path.chmod(0o755)
    monkeypatch.setattr(place, "SYSTEM_FOLDER", path / "system")
    yield path
    shutil.rmtree(path)


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
def server(ground: Path, make_server: Callable[..., Server]) -> Server:
    return make_server(ground / "var")
