"""The backup and the restore that docs/operating.md describes, run as they are written there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from border.embedded import place

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
SHELL = re.findall(
    r"^```\n(.*?)^```", PAGE.partition("\n## Backup and restore\n")[2], flags=re.MULTILINE | re.DOTALL
)
NEW_FOLDER = "/path/to/new/folder"
COUNTS = (
    "SELECT count(*) FROM published_events; SELECT count(*) FROM events_eventhistoryevent;"
    "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal; SELECT count(*) FROM pg_constraint WHERE contype = 'c'"
)

# Fills a new database, all of it in one process: what is to be backed up, not how it came.
SOMETHING = """
import django
django.setup()
from django.contrib.auth import get_user_model
from django.core.management import call_command

NAMES = "sources territories episodes events territory_citations episode_citations event_citations".split()
call_command("migrate", verbosity=0)
call_command("load", *[f"fixtures/{name}.csv" for name in NAMES])
get_user_model().objects.create_superuser("r")
call_command("publish", all=True, by="r", reason="For a test.")
"""
Run = Callable[..., str]


@pytest.fixture
def run() -> Iterator[Run]:
    """Runs lines of shell in the project, with nothing of this process's database; stops what they start."""
    ground = Path(tempfile.mkdtemp(prefix="border-test-"))
    ground.chmod(0o755)
    programs = f"{place.wheel_binaries()}:{Path(sys.executable).parent}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    environment |= {"DJANGO_SETTINGS_MODULE": "border.settings"}
    environment |= {"PATH": f"{programs}:{environment['PATH']}", "LOG_LEVEL": "WARNING"}

    def lines(shell: str, folder: str) -> str:
        shell = shell.replace("border.dump", f"{ground}/border.dump").replace(
            NEW_FOLDER, str(ground / folder)
        )
        done = subprocess.run(
            ["/bin/sh", "-ec", shell.replace(".venv/bin/python", shlex.quote(sys.executable))],
            cwd=ROOT,
            env={**environment, "BORDER_DATA": str(ground / folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    yield lines
    for folder in ("one", "two"):
        lines("python -m border.embedded stop", folder)
    shutil.rmtree(ground)


def content(run: Run, folder: str) -> str:
    return run(f'python -m border.embedded psql -- --tuples-only --command="{COUNTS}"', folder)


@pytest.mark.slow
def test_a_database_is_restored_whole_by_the_page(run: Run) -> None:
    [backup, _, restore] = SHELL[:3]
    assert "pg_dump" in backup
    assert NEW_FOLDER in restore
    run(
        f"""
        python -m border.embedded start
        python -c {shlex.quote(SOMETHING)}
        """,
        "one",
    )
    before, head = content(run, "one"), run("python manage.py verify", "one")
    run(backup, "one")
    assert head == run(restore, "two")
    assert before == content(run, "two")
    assert (
        run(
            "python -m border.embedded psql --role reader -- -Atc 'SELECT count(*) FROM published_events'",
            "two",
        )
        == "97\n"
    )
