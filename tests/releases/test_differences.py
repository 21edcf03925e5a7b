"""What is different from the release before: complete, with public reasons, and without what was erased."""

import json
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command

from border.publication import operations as publishing
from border.releases import making
from border.releases.holding import holding
from border.releases.models import Release
from tests import factories
from tests.releases.conftest import Files, Two

pytestmark = pytest.mark.django_db


# What holds what


def test_releases_that_hold_a_record_are_named(two: Two) -> None:
    """The second tells what an event said in the first. Of what was withdrawn or erased in between it tells nothing."""
    held = {
        ref: [one.name for one in holding(*ref.split("/"))]
        for ref in (
            "findings/in-danger",
            "movements/trucks-2019",
            "sources/new-source",
            "sources/reuters-2019",
        )
    }
    assert held == {
        "findings/in-danger": ["2026.1"],
        "movements/trucks-2019": ["2026.1"],
        "sources/new-source": ["2026.2"],
        "sources/reuters-2019": ["2026.1", "2026.2"],
    }


def test_whoever_erases_is_told_which_releases_to_withdraw(published: Any) -> None:
    source = factories.SourceFactory(slug="insider", title="Insider")
    event = factories.EventCitationFactory(source=source, record__slug="fall").record
    publishing.publish(source, event, event.territory, by=published, reason="Good.")
    making.make("2028.1", by=None)
    publishing.withdraw(source, by=published, reason="In doubt.")
    making.make("2028.2", by=None)
    published.user_permissions.add(Permission.objects.get(codename="withdraw"))
    out = StringIO()
    call_command("erase", "sources/insider", by=published.username, reason="Danger.", stdout=out)
    assert "Releases that hold it or what showed it: 2028.1, 2028.2." in out.getvalue()
    assert "Insider" in Files(Release.objects.get(name="2028.2")).path("diff.ndjson").read_text("utf-8")


# The differences


def test_differences_say_what_became_of_each_record_and_why_in_public(two: Two) -> None:
    told = {line["record"]: line for line in map(json.loads, two.new.lines("diff.ndjson"))}
    became = {name: (line["change"], line["into"]) for name, line in told.items()}
    assert became["sources/new-source"] == ("added", None)
    assert became["movements/trucks-2019"] == ("withdrawn", None)
    assert became["actors/daesh"] == ("merged", "actors/is")
    assert became["findings/in-danger"] == ("erased", None)
    assert became["events/bukamal-taken-2017"] == ("changed", None)
    reasons = {
        name: [one["reason"] for one in line["reasons"]] for name, line in told.items() if line["reasons"]
    }
    assert reasons == {
        "movements/trucks-2019": ["It was goods of another year."],
        "actors/daesh": ["One and the same."],
        "findings/in-danger": ["In doubt.", "It endangers him."],
    }
    [name] = [one for one in told["actors/is"]["fields"] if one["field"] == "name_ar"]
    assert (name["before"], name["after"]) == ("الدولة الإسلامية", "داعش")
    counted: dict[str, int] = {}
    for change, _ in became.values():
        counted[change] = counted.get(change, 0) + 1
    assert two.new.release.changes == counted
    assert not two.old.path("diff.ndjson").exists()
    for path in (two.new.path("diff.ndjson"), two.new.path("diff.csv")):
        written = path.read_text("utf-8")
        assert "He told us so." not in written
        assert "Not public." not in written


def test_differences_applied_to_the_older_release_give_the_newer(two: Two) -> None:
    held = {}
    for path in two.old.folder.glob("*.ndjson"):
        endpoint = path.stem.replace("_", "-")
        held |= {f"{endpoint}/{one['slug']}": one for one in map(json.loads, two.old.lines(path.name))}
    for line in map(json.loads, two.new.lines("diff.ndjson")):
        if line["change"] not in {"added", "changed"}:
            del held[line["record"]]
            continue
        document = held.setdefault(line["record"], {})
        for one in line["fields"]:
            if "before" in one:
                assert document[one["field"]] == one["before"]
            document[one["field"]] = one["after"]
    newer = {}
    for path in two.new.folder.glob("*.ndjson"):
        if path.stem != "diff":
            endpoint = path.stem.replace("_", "-")
            newer |= {f"{endpoint}/{one['slug']}": one for one in map(json.loads, two.new.lines(path.name))}
    assert held == newer


def test_differences_are_told_column_by_column_for_spreadsheets(two: Two) -> None:
    found = [row for row in two.new.rows("diff.csv") if row["record"] == "events/bukamal-taken-2017"]
    told = {row["field"]: (row["before"], row["after"]) for row in found}
    assert told["title"] == ("The army takes Bukamal", '\'=HYPERLINK("https://example.org")')
    assert told["date_possible_from"] == ("2017-11-19", "2017-11-01")
    assert {row["change"] for row in found} == {"changed"}
    [merged] = [row for row in two.new.rows("diff.csv") if row["record"] == "actors/daesh"]
    assert (merged["change"], merged["into"], merged["reasons"]) == (
        "merged",
        "actors/is",
        "merged: One and the same.",
    )


def test_of_what_was_erased_only_what_stands_is_told(published: Any) -> None:
    source = factories.SourceFactory(slug="insider", title="Insider")
    event = factories.EventCitationFactory(source=source, record__slug="fall").record
    publishing.publish(source, event, event.territory, by=published, reason="Good.")
    making.make("2027.1", by=None)
    publishing.withdraw(source, by=published, reason="In doubt.")
    publishing.erase("sources", "insider", by=published, reason="Danger.")
    files = Files(making.make("2027.2", by=None))
    told = {line["record"]: line for line in map(json.loads, files.lines("diff.ndjson"))}
    assert told["sources/insider"]["change"] == "erased"
    assert told["events/fall"]["before_erased"] is True
    assert all("before" not in one for one in told["events/fall"]["fields"])
    assert "Insider" not in files.path("diff.ndjson").read_text("utf-8")
    assert "insider" not in [row["slug"] for row in files.rows("sources.csv")]
