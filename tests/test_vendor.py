"""The committed browser pieces are those that frontend/ builds, complete, licensed and self-contained."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FRONTEND = ROOT / "frontend"
STATIC = ROOT / "border" / "static" / "border"
PACKAGE = json.loads((FRONTEND / "package.json").read_text("utf-8"))
LOCK = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))
WANTED = PACKAGE["dependencies"] | PACKAGE["devDependencies"]
OURS = ["point.js", "edtf.js", "entry.js", "desk.js", "jobs.js", "reach.js"]
BUILT = [*OURS, "vendor/leaflet.js", "vendor/leaflet.css", "vendor/leaflet.LICENSE.txt"]
# What only the tests use lies with them.
AXE = ROOT / "tests" / "browser" / "vendor"
STYLES = sorted(STATIC.rglob("*.css"))


def test_versions_are_exact():
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in WANTED.values())


def test_lock_pins_what_package_json_names():
    packages = LOCK["packages"]
    for name, version in WANTED.items():
        assert packages[f"node_modules/{name}"]["version"] == version


def test_lock_has_a_digest_for_every_package_and_no_address_of_a_mirror():
    for name, package in LOCK["packages"].items():
        assert name == "" or package["integrity"].startswith("sha512-"), name
        assert package.get("resolved", "https://registry.npmjs.org/").startswith(
            "https://registry.npmjs.org/"
        )


def test_bundle_carries_the_version_that_package_json_names():
    version = PACKAGE["dependencies"]["leaflet"]
    assert f'"{version}"' in (STATIC / "vendor" / "leaflet.js").read_text("utf-8")


def test_licence_lies_beside_the_bundle():
    text = (STATIC / "vendor" / "leaflet.LICENSE.txt").read_text("utf-8")
    assert "Copyright (c) 2010-2023, Volodymyr Agafonkin" in text
    assert "THIS SOFTWARE IS PROVIDED" in text


def test_axe_is_of_the_version_that_package_json_names_and_carries_its_licence():
    head = (AXE / "axe.min.js").read_text("utf-8")[:1000]
    assert f"axe v{PACKAGE['devDependencies']['axe-core']}" in head
    assert "Mozilla Public" in head
    assert "Mozilla Public License, version 2.0" in (AXE / "axe.LICENSE.txt").read_text("utf-8")


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_styles_name_only_files_that_are_here(style):
    for target in re.findall(r"url\(\s*[\"']?([^\"')]+)", style.read_text("utf-8")):
        assert target.startswith("#") or (style.parent / target).is_file(), target


@pytest.mark.parametrize("name", [*OURS, "entry.css", "map.css", "admin.css", "vendor/leaflet.css"])
def test_nothing_is_fetched_from_elsewhere(name):
    text = (STATIC / name).read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert "http:" not in text
    assert "https:" not in text
    assert "@import" not in text


@pytest.mark.parametrize("name", [*OURS, "vendor/leaflet.js"])
def test_scripts_run_under_a_strict_policy(name):
    text = (STATIC / name).read_text("utf-8")
    assert not re.search(r"\beval\(|new Function\(|javascript:(?!void)", text)


def test_a_new_build_equals_the_committed_one(tmp_path):
    if not (FRONTEND / "node_modules").is_dir() or not shutil.which("node"):
        pytest.skip("The browser pieces are not rebuilt here: run `make vendor` first, which needs Node.js.")
    subprocess.run(["node", "build.js", str(tmp_path)], cwd=FRONTEND, check=True, timeout=60)
    for name in BUILT:
        assert (tmp_path / name).read_bytes() == (STATIC / name).read_bytes(), f"{name}: run `make vendor`"
    for kept in AXE.iterdir():
        assert (tmp_path / "tests" / kept.name).read_bytes() == kept.read_bytes(), (
            f"{kept.name}: run `make vendor`"
        )
