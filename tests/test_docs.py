"""The pages say what the program is: every command, variable, word, file, link and promise in them is looked up."""

import ast
import csv
import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.db import connection
from django.test import Client

from border import settings as site
from border.kernel.records import Confidence
from border.kernel.vocabulary import Vocabulary
from border.publication import operations
from border.publication.endpoints import ENDPOINTS
from border.publication.models import Change

ROOT = Path(__file__).parents[1]
OURS = {"border", "border.publication", "border.api", "sources", "territories", "actors", "events"}
ELSEWHERE = {".venv", ".git", "node_modules", "var"}


@cache
def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pages() -> list[Path]:
    return sorted(
        path
        for path in ROOT.rglob("*.md")
        if not ELSEWHERE & {part.partition("-")[0] for part in path.relative_to(ROOT).parts[:-1]}
    )


def table(name: str, heading: str) -> list[list[str]]:
    """The rows of the first table below ``heading`` of a page, without its own first two lines."""
    _, _, below = text(name).partition(f"\n{heading}\n")
    assert below, f"{name} has no heading {heading}"
    lines = re.search(r"(?:^\|.*\n)+", below, flags=re.MULTILINE)[0].splitlines()
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines[2:]]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def blocks(name: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text(name), flags=re.MULTILINE | re.DOTALL)


def verbs() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*# ", text("Makefile"), flags=re.MULTILINE))


# Links


def anchors(path: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", pages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(
        r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    ):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        assert target.exists(), f"{link} in {page.name}"
        assert ROOT in target.resolve().parents, f"{link} in {page.name} leaves the project"
        assert not anchor or anchor in anchors(target), f"{link} in {page.name}: no such heading"


def test_every_page_is_in_the_index() -> None:
    listed = set(re.findall(r"\]\(([^)#]+)", text("docs/README.md")))
    there = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")} - {
        "README.md"
    }
    assert there <= listed


def test_paths_named_in_the_architecture_exist() -> None:
    named = [path for row in table("docs/architecture.md", "## The house") for path in quoted(row[0])]
    assert len(named) > 15
    for path in named:
        assert list(ROOT.glob(path)) or list((ROOT / "border").glob(path)), path


# Commands and verbs


def test_every_command_of_ours_is_explained() -> None:
    ours = {name for name, app in get_commands().items() if app in OURS}
    named = [quoted(row[0])[0].split()[0] for row in table("docs/README.md", "## Commands")]
    assert sorted(ours) == named


def test_every_make_verb_is_explained_and_no_other_is_named() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in pages())
    shells = "\n".join(re.findall(r"^```\w*\n.*?^```$", written, flags=re.MULTILINE | re.DOTALL))
    named = {
        *re.findall(r"`make ([a-z]+)", written),
        *re.findall(r"^make ([a-z]+)", shells, flags=re.MULTILINE),
    }
    assert named == verbs()


def test_every_manage_command_named_exists() -> None:
    for path in pages():
        for name in re.findall(r"manage\.py ([a-z_]+)", path.read_text(encoding="utf-8")):
            assert name in get_commands(), f"manage.py {name} in {path.name}"


def test_the_readme_gives_the_two_commands_and_ci_runs_its_test_command() -> None:
    commands = "\n".join(blocks("README.md", "sh"))
    targets = re.findall(r"^make ([a-z]+)", commands, flags=re.MULTILINE)
    assert {"demo", "test"} <= set(targets) <= verbs()
    recipe = re.search(r"^ci: check .*\n\t(.*)\n", text("Makefile"), flags=re.MULTILINE)[1]
    assert re.fullmatch(r"@exec \$\(MAKE\) --no-print-directory test", recipe)
    assert re.search(r"^exec make .*\bci$", text(".ci/run"), flags=re.MULTILINE)


# Environment variables


def reads() -> Iterator[tuple[str, str | None]]:
    """Every environment variable that the program or its tests read, with its literal default."""
    files = [*ROOT.glob("border/**/*.py"), *ROOT.glob("deploy/*.py"), ROOT / "conftest.py"]
    for path in [*files, ROOT / "tests" / "conftest.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {
                "environ",
                "flag",
                "words",
                "os.environ.get",
            }:
                name, *more = [*node.args, *(keyword.value for keyword in node.keywords)]
            elif (
                isinstance(node, ast.Subscript)
                and isinstance(node.ctx, ast.Load)
                and ast.unparse(node.value) == "os.environ"
            ):
                name, more = node.slice, []
            else:
                continue
            if isinstance(name, ast.Constant):
                default = more[0].value if more and isinstance(more[0], ast.Constant) else None
                yield name.value.removesuffix("_FILE"), default
    for role in site.TIMEOUTS:
        yield f"DATABASE_{role.upper()}_URL", None


SYSTEM = {"PATH", "HOME", "XDG_RUNTIME_DIR"}


def test_every_environment_variable_is_explained_with_its_default() -> None:
    rows = {
        quoted(name)[0]: (default, meaning)
        for name, default, meaning in table("docs/operating.md", "## Environment variables")
    }
    compose = set(re.findall(r"\$\{([A-Z_]+)", text("docker-compose.yml")))
    assert set(rows) == ({name for name, _ in reads()} - SYSTEM) | compose
    for name, default in reads():
        shown = {True: "1", False: "0"}.get(default, default) if isinstance(default, bool) else default
        if shown and name in rows:
            assert f"`{shown}`" in rows[name][0], f"{name} defaults to {shown}"


def test_the_time_outs_are_those_of_the_settings() -> None:
    settings = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    for role, _, *shown in table("docs/operating.md", "## Roles and time-outs"):
        given = site.TIMEOUTS[quoted(role)[0].removeprefix("border_")]
        assert [time.replace(" ", "") for time in shown] == [given.get(name, "none") for name in settings]


def test_the_patience_of_workers_is_that_of_the_settings() -> None:
    page = text("docs/operating.md")
    statement, lock, idle = (re.sub(r"(?<=\d)(?=[a-z])", " ", value) for value in site.JOB_TIMEOUTS.values())
    assert f"{statement} for a statement, {lock} for a lock, {idle} idle." in page
    assert f"tells every {site.JOB_HEARTBEAT} s that it lives" in page
    assert f"not heard of for {site.JOB_STALLED_AFTER} s" in page
    assert f"every {site.JOB_SWEEPS.removeprefix('*/')} s somebody looks" in page
    assert f"has {site.JOB_GRACE} s to end" in page


# Words


def vocabularies(base: type[Vocabulary] = Vocabulary) -> Iterator[type[Vocabulary]]:
    for one in base.__subclasses__():
        yield one
        yield from vocabularies(one)


def test_every_vocabulary_and_every_word_is_listed() -> None:
    assert Change in set(vocabularies())
    listed = {row[0]: quoted(row[2]) for row in table("docs/codebook.md", "## Vocabularies")}
    assert listed == {one.__name__: list(one.values) for one in vocabularies()}


def test_confidence_is_defined_as_the_program_defines_it() -> None:
    shown = {
        quoted(word)[0]: meaning for word, meaning in table("docs/codebook.md", "## Confidence and grades")
    }
    assert shown == {member.value: member.meaning for member in Confidence}


# Decisions


DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))


def test_decisions_are_numbered_and_indexed_by_their_titles() -> None:
    titles = [re.match(r"# (\d+)\. (.+)\n", path.read_text(encoding="utf-8")).groups() for path in DECISIONS]
    assert [int(number) for number, _ in titles] == list(range(1, len(DECISIONS) + 1))
    assert [
        [f"[{path.name[:4]}](adr/{path.name})", title]
        for path, (_, title) in zip(DECISIONS, titles, strict=True)
    ] == table("docs/README.md", "## Decisions")


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_half_a_page_of_three_parts(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", written, flags=re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert re.search(r"^Status: (accepted|replaced by \[\d{4}\]\(.+\))$", written, flags=re.MULTILINE)
    assert len(written.split()) < 420


# The README's figures and answers


def rows_of(name: str) -> int:
    with (ROOT / "fixtures" / name).open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.DictReader(file))


def test_the_readme_counts_what_comes_with_it() -> None:
    shown = {
        noun: int(number.replace(",", ""))
        for number, noun in re.findall(
            r"([\d,]+) (events|actors|territories|citations|sources)", text("README.md")
        )
    }
    citations = sum(rows_of(path.name) for path in (ROOT / "fixtures").glob("*_citations.csv"))
    assert shown == {
        **{noun: rows_of(f"{noun}.csv") for noun in ("events", "actors", "territories", "sources")},
        "citations": citations,
    }


@pytest.fixture
def small_world(db: None) -> None:
    """The fixtures, loaded and published."""
    call_command("load", str(ROOT / "fixtures"), verbosity=0, stdout=StringIO(), stderr=StringIO())
    reviewer = get_user_model().objects.create(username="reviewer")
    operations.publish(
        *(e.model.objects.all() for e in ENDPOINTS.values()), by=reviewer, reason="For a test."
    )


@pytest.mark.usefixtures("small_world")
def test_the_readme_shows_real_answers(client: Client) -> None:
    [question] = re.findall(r"^GET (\S+)$", text("README.md"), flags=re.MULTILINE)
    [answer] = blocks("README.md", "json")
    assert client.get(question).json() == json.loads(answer)
    [query] = blocks("README.md", "sql")
    with connection.cursor() as cursor:
        cursor.execute(query)
        rows = [[str(value) for value in row] for row in cursor.fetchall()]
    [shown] = re.findall(r"^(.+\n-+\+[-+]+\n(?:.+\n)+?)```$", text("README.md"), flags=re.MULTILINE)
    assert [[cell.strip() for cell in line.split(" | ")] for line in shown.splitlines()[2:-1]] == rows
    assert shown.splitlines()[-1] == f"({len(rows)} rows)"


# Citing


def test_the_citation_file_names_the_version_and_both_licences() -> None:
    cited = yaml.safe_load(text("CITATION.cff"))
    assert cited["version"] == tomllib.loads(text("pyproject.toml"))["project"]["version"]
    assert cited["license"] == ["MIT", "CC-BY-4.0"]
    for words in ("MIT License", "CC BY 4.0"):
        assert words in text("LICENSE")
        assert words.removesuffix(" License") in text("README.md")
