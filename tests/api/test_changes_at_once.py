"""The changes while eight people publish: none is missed, and a copy that follows them is what readers see."""

import os
import random
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from border.documents.canonical import canonical
from border.publication import chain
from tests.api.conftest import Reader
from tests.conftest import in_role
from tests.publication.lived import Documents, Past, forgotten, lived, seen

# CHANGES_EDITS=10000 for the whole proof, which takes an hour or more on a busy machine.
EDITS = int(os.environ.get("CHANGES_EDITS", "80"))
WRITERS, MOMENTS = 8, min(50, EDITS // 2)
FEED = "/api/v1/changes/"

pytestmark = pytest.mark.timeout(max(300, EDITS))
Line = dict[str, Any]


def follow(over: threading.Event) -> list[Line]:
    """The changes as somebody gets them who asks again and again, until all is over."""
    reader, lot = Reader(in_role), random.Random(1)
    lines: list[Line] = []
    cursor = "0"
    while True:
        last = over.is_set()
        page = reader.json(f"{FEED}?documents=true&page_size={lot.choice([1, 7, 1000])}&since={cursor}")
        lines += page["results"]
        cursor = page["cursor"]
        if not page["next"]:
            if last:
                return lines
            over.wait(0.1)


def applied(lines: list[Line], until: float = float("inf")) -> Documents:
    """The copy of somebody who applied all lines, up to the block ``until``."""
    copy: dict[str, Any] = {}
    for line in lines:
        if line["block"] > until:
            break
        if line["change"] in {"added", "changed"}:
            copy[line["record"]] = line["document"]
        elif line["change"] != "erased":
            del copy[line["record"]]
    return {ref: canonical(document) for ref, document in copy.items()}


@pytest.fixture(scope="module")
def followed(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[Past, list[Line]]]:
    """A history that was lived once for the module, and the changes of somebody who followed it meanwhile."""
    lines: list[Line] = []
    with django_db_blocker.unblock():
        try:
            past = lived(
                EDITS,
                writers=WRITERS,
                moments=MOMENTS,
                seed=5,
                beside=lambda over: lines.extend(follow(over)),
            )
            yield past, lines
        finally:
            forgotten()


@pytest.mark.django_db
def test_who_follows_eight_people_at_work_misses_nothing(
    followed: tuple[Past, list[Line]], reader: Reader
) -> None:
    past, lines = followed
    assert set(past.taken) == {
        "edit",
        "rename",
        "take_part",
        "add",
        "withdraw",
        "restore",
        "erase",
        "unite",
        "divide",
    }
    again = reader.rows(f"{FEED}?page_size=1000")
    assert [line["cursor"] for line in lines] == [line["cursor"] for line in again]
    assert {line["change"] for line in lines} == {"added", "changed", "withdrawn", "merged", "erased"}
    assert list(chain.verify()) == []


@pytest.mark.django_db
def test_changes_applied_from_nothing_are_what_readers_see(
    followed: tuple[Past, list[Line]], reader: Reader
) -> None:
    _, lines = followed
    now = seen()
    assert now.differing(applied(reader.rows(f"{FEED}?page_size=1000&documents=true"))) == []
    assert now.differing(applied(lines)) == []
    assert len(now.documents) > 20


@pytest.mark.django_db
def test_changes_applied_up_to_any_moment_are_what_readers_saw(followed: tuple[Past, list[Line]]) -> None:
    past, lines = followed
    assert len({moment.number for moment in past.moments}) > MOMENTS // 2
    for moment in past.moments:
        assert moment.differing(applied(lines, until=moment.number)) == [], moment.number
