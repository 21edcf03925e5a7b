"""The production set-up, held against the program: no container engine runs where these tests do."""

import re
import shlex
import stat
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from django.urls import resolve

from border.embedded import place

PROJECT = place.PROJECT
COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (PROJECT / "Dockerfile").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service.get("image") == "border"]
POSTGRES_OWN = {"POSTGRES_PASSWORD_FILE", "POSTGRES_INITDB_ARGS"}
PYTHON_OWN = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}


def text(name: str) -> str:
    return (PROJECT / name).read_text(encoding="utf-8")


def variables_read() -> set[str]:
    """Every variable of the environment that the program reads, from its own code."""
    found: set[str] = set()
    for path in [*PROJECT.glob("border/**/*.py"), *PROJECT.glob("deploy/*.py"), PROJECT / "conftest.py"]:
        source = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'\b(?:environ|flag|words|environ\.get)\(\s*"([A-Z_]+)"', source))
        found |= set(re.findall(r'environ\["([A-Z_]+)"\]', source))
    found |= {f"DATABASE_{role}_URL" for role in ("OWNER", "APP", "READER")}
    return {name.removesuffix("_FILE") for name in found} - {"PATH", "HOME"}


def dockerfile(instruction: str) -> list[str]:
    joined = DOCKERFILE.replace("\\\n", " ")
    return re.findall(rf"^{instruction} +(.+)$", joined, flags=re.MULTILINE)


def environment_of(service: str) -> dict[str, str]:
    baked = dict(pair.split("=", 1) for line in dockerfile("ENV") for pair in shlex.split(line))
    return {**(baked if service in OURS else {}), **SERVICES[service].get("environment", {})}


def commands() -> Iterator[list[str]]:
    """Every command line of ours that a container runs."""
    for line in dockerfile("CMD") + [line.partition("CMD ")[2] for line in dockerfile("HEALTHCHECK")]:
        yield yaml.safe_load(line)
    for name in OURS:
        command = SERVICES[name].get("command", [])
        if command[:2] == ["sh", "-c"]:
            yield from (shlex.split(part) for part in command[2].split("&&"))
        elif command:
            yield command
        check = SERVICES[name]["healthcheck"].get("test", [])
        if check:
            yield check[1:]


def test_every_variable_that_is_set_is_one_that_is_read() -> None:
    known = variables_read() | PYTHON_OWN
    for name in OURS:
        for variable in environment_of(name):
            assert variable.removesuffix("_FILE") in known, f"{name} sets {variable}, which nothing reads"
    assert set(SERVICES["db"]["environment"]) == POSTGRES_OWN
    assert set(SERVICES["proxy"]["environment"]) == set(
        re.findall(r"\{\$([A-Z_]+)\}", text("deploy/Caddyfile"))
    )


def test_the_example_environment_names_every_variable() -> None:
    named = set(re.findall(r"^#?([A-Z_]+)=", text(".env.example"), flags=re.MULTILINE))
    substituted = set(re.findall(r"\$\{([A-Z_]+)", text("docker-compose.yml")))
    of_the_system = {"DJANGO_SETTINGS_MODULE", "XDG_RUNTIME_DIR"}
    of_the_tests = {"BORDER_SHARED"}
    assert named == (variables_read() - of_the_system) | substituted | of_the_tests


def test_every_secret_is_a_file_that_is_made_and_mounted() -> None:
    for name, service in SERVICES.items():
        paths = [v for k, v in service.get("environment", {}).items() if k.endswith("_FILE")]
        for path in paths:
            assert path.removeprefix("/run/secrets/") in service["secrets"], f"{name} does not mount {path}"
    mounted = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}
    assert mounted == set(COMPOSE["secrets"])
    assert {entry["file"] for entry in COMPOSE["secrets"].values()} == {f"./secrets/{n}" for n in mounted}


def test_secrets_are_made_once_random_and_closed(tmp_path: Path) -> None:
    (tmp_path / "deploy").mkdir()
    script = tmp_path / "deploy" / "secrets.sh"
    script.write_text(text("deploy/secrets.sh"))
    subprocess.run(["sh", script], check=True, capture_output=True)
    folder = tmp_path / "secrets"
    made = {path.name: path.read_text() for path in folder.iterdir()}
    assert set(made) == set(COMPOSE["secrets"])
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len({re.sub(r"^.*?:.*:|@.*", "", value.strip()) for value in made.values()}) == len(made)
    assert subprocess.run(["sh", script], check=True, capture_output=True).stdout == b""
    assert {path.name: path.read_text() for path in folder.iterdir()} == made
    for role in ("owner", "app", "reader"):
        assert re.fullmatch(
            rf"postgresql://border_{role}:[0-9a-f]{{64}}@db/border\n", made[f"database_{role}_url"]
        )
        assert f"border_{role}" in text("deploy/roles.sh")


def test_no_password_is_written_anywhere() -> None:
    for name in ("docker-compose.yml", "Dockerfile", "deploy/roles.sh", "deploy/Caddyfile"):
        assert not re.search(r"(?i)password['\"]?\s*(?:=|: )\s*['\"]?\w{4,}", text(name)), name


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_closed_as_far_as_it_goes(name: str) -> None:
    service = SERVICES[name]
    assert service["init"] is True
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "healthcheck" in service
    assert not service.get("privileged")
    assert bool(service.get("ports")) == (name == "proxy")


def test_our_image_runs_as_nobody_in_particular() -> None:
    [user] = dockerfile("USER")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    [folder] = [line for line in dockerfile("RUN") if "install --directory" in line]
    assert "--owner={} --group={}".format(*user.split(":")) in folder
    assert environment_of("web")["BORDER_DATA"] == folder.split()[-1]
    assert [v for n in OURS for v in SERVICES[n]["volumes"]] == [f"data:{folder.split()[-1]}"] * len(OURS)
    assert not [SERVICES[n]["user"] for n in OURS if "user" in SERVICES[n]]


def test_the_roles_fit_the_processes() -> None:
    for name in ("web", "worker"):
        assert environment_of(name)["BORDER_DB_ROLE"] == "app"
        assert "database_owner_url" not in SERVICES[name]["secrets"]
    assert "BORDER_DB_ROLE" not in environment_of("prepare")


def test_worker_is_there_and_has_the_time_to_give_its_job_back() -> None:
    worker = SERVICES["worker"]
    assert worker["command"] == ["python", "manage.py", "worker"]
    assert worker["depends_on"]["prepare"] == {"condition": "service_completed_successfully"}
    assert int(worker["stop_grace_period"].removesuffix("s")) >= 2 * settings.JOB_GRACE


def test_versions_are_those_the_project_uses() -> None:
    major = re.search(r"pginstall(\d+)", place.wheel_binaries().as_posix())
    assert SERVICES["db"]["image"].split(":")[1].split("-")[0] == major[1] == str(place.MAJOR)
    [base] = dockerfile("FROM")
    python = re.fullmatch(r"python:(\d+\.\d+)-slim-\w+", base)[1]
    assert f"python{python}" in text("Makefile")
    oldest = tomllib.loads(text("pyproject.toml"))["project"]["requires-python"].removeprefix(">=")
    assert tuple(map(int, python.split("."))) >= tuple(map(int, oldest.split(".")))


def test_every_command_and_file_exists() -> None:
    packages = set(re.findall(r"^([a-z0-9-]+)==", text("requirements.txt"), flags=re.MULTILINE))
    seen = 0
    for program, *arguments in commands():
        assert program == "python"
        seen += 1
        if arguments[0] == "-m":
            assert arguments[1] in packages
        elif arguments[0] == "manage.py":
            assert arguments[1] in get_commands()
        for argument in arguments:
            if argument.endswith(".py"):
                assert (PROJECT / argument).is_file()
    assert seen >= 5
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert (PROJECT / source).is_file() if source.startswith(".") else source in COMPOSE["volumes"]
    assert (PROJECT / "deploy/roles.sh").stat().st_mode & stat.S_IXOTH
    ignored = text(".dockerignore").split()
    for copied in dockerfile("COPY"):
        assert copied.split()[0] not in ignored
    assert {"secrets", ".env", "var", ".git"} <= set(ignored)


def test_ports_and_health_are_the_same_everywhere() -> None:
    port = environment_of("web")["PORT"]
    assert dockerfile("EXPOSE") == [port]
    assert f"reverse_proxy web:{port} " in text("deploy/Caddyfile")
    assert f'or "{port}"' in text("deploy/web.py")
    assert f"or '{port}'" in text("deploy/health.py")
    assert f":{port} " in text("Makefile")
    [path] = re.findall(r"health_uri (\S+)", text("deploy/Caddyfile"))
    assert f"}}{path}" in text("deploy/health.py")
    assert resolve(path)


def test_gunicorn_accepts_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    for host, bound in [("0.0.0.0", "0.0.0.0:8123"), ("::1", "[::1]:8123")]:
        monkeypatch.setenv("HOST", host)
        monkeypatch.setenv("PORT", "8123")
        shown = subprocess.run(
            [sys.executable, "-m", "gunicorn", "--config", "deploy/web.py", "--print-config"],
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert re.search(rf"^bind +=.*{re.escape(bound)}", shown, flags=re.MULTILINE)
        assert re.search(r"^control_socket_disable += True", shown, flags=re.MULTILINE)


def test_readers_are_counted_by_their_own_address_and_not_by_that_of_the_proxy() -> None:
    """Whatever address the proxy has on the inner network, it is believed; what readers say to it is not passed on."""
    believed = [ip_network(one) for one in environment_of("web")["BORDER_PROXIES"].split(",")]
    for pool in (
        "172.17.0.0/12",
        "192.168.0.0/16",
        "10.0.0.0/8",
        "fd00::/8",
    ):  # what engines take networks from
        given = ip_network(pool, strict=False)
        assert any(given.version == one.version and given.subnet_of(one) for one in believed)
    assert "trusted_proxies" not in text("deploy/Caddyfile")
    assert COMPOSE["networks"]["inside"]["internal"]
    assert {name for name, one in SERVICES.items() if "inside" in one["networks"]} == set(SERVICES)
    assert [name for name, one in SERVICES.items() if "ports" in one] == ["proxy"]
