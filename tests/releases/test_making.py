"""A release is made whole or not at all, under a name that is used once, and stays what it is."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, transaction

from border.releases import making, operations
from border.releases.models import Hand, Release
from border.releases.refusal import ReleaseRefused
from tests.publication.record import rows, run


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.RELEASES_ROOT = tmp_path / "releases"


def command(*words: str) -> str:
    out = StringIO()
    call_command("release", *words, stdout=out, stderr=StringIO())
    return out.getvalue()


# What it is called, and what is said of it


@pytest.mark.parametrize(
    "name", ["", "2026", "2026.0", "2026.01", "v2026.1", "2026.1/..", "..", "2026.1\n", "٢٠٢٦.1"]
)
def test_name_is_a_year_and_a_number(published: Any, name: str) -> None:
    with pytest.raises(ReleaseRefused, match="Write a year and a number"):
        making.make(name, by=None)
    with pytest.raises(IntegrityError, match="release_named"), transaction.atomic():
        Release.objects.bulk_create(
            [
                Release(
                    name=name[:9], block=1, digest=b"", at=moment(), files=[], made_at=moment(), made_with="-"
                )
            ]
        )


def moment() -> Any:
    return rows("SELECT now()")[0][0]


def test_name_is_used_once_even_after_a_withdrawal(published: Any) -> None:
    said = command("2026.1", "--by", "reviewer", "--note", "The first.")
    assert "Release 2026.1 of block 1:" in said
    assert Release.objects.get().note == "The first."
    assert Hand.objects.get().by == published
    operations.withdraw("2026.1", by=None, reason="A mistake.")
    with pytest.raises(CommandError, match="a name is used once"):
        command("2026.1")
    assert "2026.2" in command("2026.2")
    assert Release.objects.get(name="2026.2").before is None, "nobody has the one before"


def test_nothing_is_no_release(db: None) -> None:
    with pytest.raises(CommandError, match="Nothing is published yet"):
        command("2026.1")
    assert not list(operations.root().iterdir())


def test_note_is_one_that_may_be_kept(published: Any) -> None:
    with pytest.raises(ReleaseRefused, match="an invisible direction override"):
        making.make("2026.1", by=None, note="Of\u202eall")
    with pytest.raises(ReleaseRefused, match="shorten it to 500"):
        making.make("2026.1", by=None, note="x" * 501)
    with pytest.raises(CommandError, match="Leave out --note"):
        command("2026.1", "--again", "--note", "Other")


# What stays


def test_withdrawn_release_stays_and_says_why(published: Any) -> None:
    making.make("2026.1", by=None)
    with pytest.raises(CommandError, match="Give a reason"):
        command("2026.1", "--withdraw", " ")
    assert "2026.1 is withdrawn" in command("2026.1", "--withdraw", "Of another year.", "--by", "reviewer")
    release = Release.objects.get()
    assert (release.reason, bool(release.withdrawn_at)) == ("Of another year.", True)
    assert [(hand.withdrew, hand.by) for hand in Hand.objects.order_by("pk")] == [
        (False, None),
        (True, published),
    ]
    for words in (["--withdraw", "Again."], ["--again"]):
        with pytest.raises(CommandError, match="was withdrawn"):
            command("2026.1", *words)
    with pytest.raises(CommandError, match="There is no release 2027"):
        command("2027.1", "--again")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE published_release SET files = '[]'",
        "UPDATE published_release SET note = 'Other', withdrawn_at = now(), reason = 'So.'",
        "UPDATE published_release SET reason = 'Because.'",
        "DELETE FROM published_release",
        "TRUNCATE published_release, publication_release_hand",
        "UPDATE publication_release_hand SET by_id = NULL",
        "DELETE FROM publication_release_hand",
    ],
)
def test_nobody_changes_a_release(published: Any, db_role: Any, sql: str) -> None:
    making.make("2026.1", by=published)
    run("SET CONSTRAINTS ALL IMMEDIATE")  # what is to be judged is: only then may a table be emptied at all
    with (
        pytest.raises(IntegrityError, match=r"release_never_changed|published_append_only"),
        transaction.atomic(),
    ):
        run(sql)
    with pytest.raises((ProgrammingError, IntegrityError)), db_role("border_app"):
        run(sql)
    operations.withdraw("2026.1", by=None, reason="So.")
    with pytest.raises(IntegrityError, match="release_never_changed"), transaction.atomic():
        run("UPDATE published_release SET withdrawn_at = NULL, reason = ''")


def test_app_makes_and_withdraws_and_readers_see_not_who(published: Any, db_role: Any) -> None:
    with db_role("border_app"):
        making.make("2026.1", by=published)
        operations.withdraw("2026.1", by=published, reason="So.")
    with db_role("border_reader"):
        assert Release.objects.get().reason == "So."
    with pytest.raises(ProgrammingError, match="permission denied"), db_role("border_reader"):
        Hand.objects.get()


# What keeps it whole


def test_what_breaks_in_the_middle_leaves_nothing(published: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: Any) -> None:
        raise OSError(28, "No space left on device", "border.zip")

    with monkeypatch.context() as patch:
        patch.setattr("border.releases.packing.pack", full)
        with pytest.raises(ReleaseRefused, match="No space left on device"):
            making.make("2026.1", by=None)
    assert not Release.objects.exists()
    assert not list(operations.root().iterdir())
    # As one that was killed leaves it: half written, or in place and not registered.
    for name in (".making-2025.9", "2026.1"):
        (operations.root() / name).mkdir()
        (operations.root() / name / "leftover.csv").touch()
    release = making.make("2026.1", by=None)
    assert [path.name for path in operations.root().iterdir()] == ["2026.1"]
    assert not making.faults(release)
    assert not (operations.folder_of(release) / "leftover.csv").exists()
