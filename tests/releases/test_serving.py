"""Releases as readers get them: what is told of each, its files whole and in part, and pages for people."""

import hashlib
import json
import re
from typing import Any

import pytest

from border.releases import making, operations
from tests.api.conftest import Reader
from tests.releases.conftest import Two

pytestmark = pytest.mark.django_db
BASE = "/api/v1/releases/"


@pytest.fixture(autouse=True)
def plain_static(settings: Any) -> None:
    """Static files by their own names: none are collected here."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_releases_are_listed_and_told(two: Two, reader: Reader) -> None:
    found = reader.json(BASE)["results"]
    assert [one["name"] for one in found] == ["2026.2", "2026.1"]
    assert [one["before"] for one in found] == ["2026.1", None]
    detail = reader.json(found[0]["url"])
    assert {name: detail[name] for name in found[0]} == found[0]
    assert detail["digest"] == bytes(two.new.release.digest).hex()
    assert detail["counts"]["event_citations"] == 3
    assert detail["changes"] == two.new.release.changes
    assert len(detail["files"]) == len(two.new.release.files)
    for form in ("sentence", "bibtex"):
        assert "http://testserver/releases/2026.2/" in detail["cite"][form]
    assert detail["cite"]["csl"][0]["URL"] == "http://testserver/releases/2026.2/"
    assert "reviewer" not in json.dumps(detail)
    assert reader.json("/api/v1/")["releases"] == BASE


def test_files_are_served_as_they_were_registered(two: Two, reader: Reader) -> None:
    for file in reader.json(f"{BASE}2026.2/")["files"]:
        response = reader.get(file["url"])
        assert response.status_code == 200
        assert hashlib.sha256(body(response)).hexdigest() == file["sha256"]
        assert response["ETag"] == f'"{file["sha256"]}"'
        assert response["Content-Length"] == str(file["bytes"])
        assert response["Content-Disposition"] == f'attachment; filename="{file["name"]}"'
        assert response["Content-Type"].partition(";")[0] == file["media_type"]
        head = reader.head(file["url"])
        assert (head["Content-Length"], head["ETag"], body(head)) == (
            str(file["bytes"]),
            response["ETag"],
            b"",
        )
    assert reader.get(file["url"], headers={"if-none-match": response["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("asked", "got"),
    [
        ("bytes=0-9", slice(0, 10)),
        ("bytes=100-", slice(100, None)),
        ("bytes=-7", slice(-7, None)),
        ("bytes=0-99999999", slice(0, None)),
        ("bytes=-99999999", slice(0, None)),
        ("bytes=5-2", None),
        ("bytes=0-1,4-5", None),
        ("lines=1-2", None),
    ],
)
def test_a_part_is_served_to_who_asks_for_one(
    two: Two, reader: Reader, asked: str, got: slice | None
) -> None:
    address, whole = f"{BASE}2026.2/files/events.parquet", two.new.path("events.parquet").read_bytes()
    response = reader.get(address, headers={"range": asked})
    if got is None:
        assert (response.status_code, body(response)) == (200, whole)
        return
    part = whole[got]
    assert (response.status_code, body(response)) == (206, part)
    assert response["Content-Length"] == str(len(part))
    first = whole.index(part) if len(part) < len(whole) else 0
    assert response["Content-Range"] == f"bytes {first}-{first + len(part) - 1}/{len(whole)}"
    stale = reader.get(address, headers={"range": asked, "if-range": '"another"'})
    assert (stale.status_code, body(stale)) == (200, whole)


def test_a_part_that_is_not_there_is_refused(two: Two, reader: Reader) -> None:
    size = two.new.path("events.csv").stat().st_size
    for asked in (f"bytes={size}-", "bytes=-0"):
        response = reader.get(f"{BASE}2026.2/files/events.csv", headers={"range": asked})
        assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{size}")


@pytest.mark.parametrize(
    "name",
    [
        "nothing.csv",
        "..%2F2026.1%2Fevents.csv",
        "%2e%2e%2fsecret-key",
        "events.csv%00",
        "EVENTS.csv",
        ".",
        "..",
        "%2Fetc%2Fpasswd",
    ],
)
def test_only_registered_names_lead_to_files(two: Two, reader: Reader, name: str) -> None:
    (two.new.folder / "stray.csv").write_text("x")
    for file in (name, "stray.csv"):
        reader.refusal(f"{BASE}2026.2/files/{file}", 404)
    (two.new.folder / "stray.csv").unlink()
    for release in ("2026.9", "..", "%2e%2e", "2026.1%2F.."):
        reader.refusal(f"{BASE}{release}/files/events.csv", 404)
        assert reader.get(f"/releases/{release}/").status_code == 404


def test_lost_files_are_said_to_be_lost(two: Two, reader: Reader) -> None:
    path = two.new.path("findings.csv")
    kept = path.read_bytes()
    for broken in (b"", None):
        path.write_bytes(broken) if broken is not None else path.unlink()
        problem = reader.refusal(f"{BASE}2026.2/files/findings.csv", 503)
        assert "is not at hand" in problem["detail"]
    path.write_bytes(kept)


def test_withdrawn_release_is_told_and_not_served(two: Two, reader: Reader) -> None:
    before = reader.get(BASE)
    assert reader.get(BASE, headers={"if-none-match": before["ETag"]}).status_code == 304
    operations.withdraw("2026.1", by=two.reviewer, reason="Someone is in danger.")
    after = reader.get(BASE, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200, "it is another answer, though nothing was published"
    problem = reader.refusal(f"{BASE}2026.1/files/events.csv", 410)
    assert problem["withdrawn"]["reason"] == "Someone is in danger."
    detail = reader.json(f"{BASE}2026.1/")
    assert detail["withdrawn"] == problem["withdrawn"]
    assert detail["files"], "by their digests copies are told"
    page = reader.get("/releases/2026.1/").content.decode()
    assert "Someone is in danger." in page
    assert "/files/" not in page
    assert "Someone is in danger." in reader.get("/releases/").content.decode()
    making.make("2026.3", by=None)
    assert reader.json(f"{BASE}2026.3/")["before"] == "2026.2"


def test_pages_say_what_there_is_without_a_script(two: Two, reader: Reader) -> None:
    page = reader.get("/releases/2026.2/")
    text = page.content.decode()
    assert "script" not in text
    assert " style=" not in text
    assert "'unsafe" not in page["Content-Security-Policy"]
    for file in two.new.release.files:
        assert f'href="{BASE}2026.2/files/{file["name"]}"' in text
        assert file["sha256"] in text
    assert bytes(two.new.release.digest).hex() in text
    assert re.search(r"Since <a href=\"/releases/2026.1/\">2026.1</a>:\s+1 added", text)
    assert "version = {2026.2}" in text
    assert '<p dir="auto">The first.</p>' in reader.get("/releases/2026.1/").content.decode()
    assert "2026.2" in reader.get("/releases/").content.decode()
    assert reader.post("/releases/").status_code == 405
