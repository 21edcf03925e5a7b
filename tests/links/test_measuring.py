"""What links are measured with: made-up twins, the curve and its picture; and pairs of two real releases."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from border.bench import curve, links, release, twins
from border.imports.formats import open_table
from border.imports.reading import read
from border.imports.writing import write
from border.links.deciding import above
from border.links.looking import look
from border.links.models import Candidate
from border.links.weights import CHOSEN, COMPARISONS
from events.models import ExternalRecord
from sources.models import Source
from tests import factories as make
from tests.imports.conftest import world  # noqa: F401 - a fixture

DOCS = Path(__file__).parents[2] / "docs"


# Twins


def test_twins_are_the_same_for_a_seed_and_readable_and_most_rows_are_none(tmp_path):
    release.write(tmp_path / "ged.csv", 400)
    rows = twins.rows_of(tmp_path / "ged.csv")
    true = twins.write(tmp_path / "acled.csv", rows, 1)
    first = (tmp_path / "acled.csv").read_bytes()
    assert twins.write(tmp_path / "acled.csv", rows, 1) == true
    assert (tmp_path / "acled.csv").read_bytes() == first
    assert twins.write(tmp_path / "acled.csv", rows, 2) != true
    with open_table(tmp_path / "acled.csv", "acled.csv") as table:
        found = list(table.rows())
    assert not [row.faults for row in found if row.faults]
    keys = [row.key for row in found]
    assert len(keys) == len(set(keys))
    assert len(true) < 0.85 * len(rows)
    assert len(keys) > 2 * len(true)


def test_share_of_twins_on_the_same_day_is_the_one_that_is_stated(tmp_path):
    release.write(tmp_path / "ged.csv", 2000)
    rows = {row["id"]: row for row in twins.rows_of(tmp_path / "ged.csv")}
    true = twins.write(tmp_path / "acled.csv", list(rows.values()), 1)
    with (tmp_path / "acled.csv").open(encoding="utf-8", newline="") as file:
        made = {row["event_id_cnty"]: row for row in csv.DictReader(file)}
    days = [
        abs((day(made[acled]["event_date"], "%d %B %Y") - day(rows[ged]["date_start"][:10], "%Y-%m-%d")).days)
        for acled, ged in true.items()
        if rows[ged]["date_prec"] == "1"
    ]
    assert days.count(0) / len(days) == pytest.approx(twins.DAYS_OFF[0], abs=0.07)
    assert max(days) <= 5  # three off, and of lumped ones two more


def day(text, form):
    return dt.datetime.strptime(text, form).replace(tzinfo=dt.UTC)


# The curve


def measured(taken, true):
    return links.Measured("Twins of <this> & that", true, 10, 5, 0.1, taken, {})


def test_precision_and_recall_are_those_of_the_pairs_from_a_threshold_on():
    one = measured([(0.9, True), (0.8, True), (0.7, False), (0.6, True)], 6)
    assert one.at(0.85) == (1.0, 1 / 6)
    assert one.at(0.65) == (2 / 3, 2 / 6)
    assert one.at(0.95) == (1.0, 0.0)
    assert one.chosen == 0.71


def test_curve_is_drawn_for_both_grounds_and_the_same_each_time():
    drawn = curve.drawn([measured([(0.9, True), (0.3, False)], 2)] * 2, 0.8)
    assert drawn == curve.drawn([measured([(0.9, True), (0.3, False)], 2)] * 2, 0.8)
    assert "precision, recall: Twins of &lt;this&gt; &amp; that</text>" in drawn
    assert ">chosen: 0.8</text>" in drawn
    assert "prefers-color-scheme: dark" in drawn


# Docs


def test_page_has_the_weights_and_the_threshold_of_the_program():
    page = (DOCS / "linking.md").read_text("utf-8")
    told = [line for line in page.splitlines() if line.startswith("| `")]
    expected = [
        f"| `{comparison}` | `{level.name}`: {level.meaning} | {level.m:g} | {level.u:g} | {level.bits:+.1f} |"
        for comparison, levels in COMPARISONS.items()
        for level in levels
    ]
    assert told == expected
    assert f"**{CHOSEN:g}**" in page


# Real pairs


@pytest.mark.shared
@pytest.mark.django_db
def test_rows_of_two_releases_are_known_again_without_their_ids(world, shared, tmp_path):  # noqa: F811
    """Those of Iraq in the later release, among all that the earlier one has of the same weeks."""
    files = shared / "data" / "ucdp"
    later = [row for row in twins.rows_of(files / "ged231_sample1000.csv") if row["country"] == "Iraq"]
    days = [dt.date.fromisoformat(row["date_start"][:10]) for row in later]
    earlier = [
        row
        for row in twins.rows_of(files / "ged191_iraq_hxl.csv")
        if any(abs((dt.date.fromisoformat(row["date_start"][:10]) - day).days) <= 10 for day in days)
    ]
    make.ActorFactory(name="Government of Iraq", kind="government", ucdp_id=116, existed="")
    for name, rows in (("one.csv", earlier), ("kept.csv", later)):
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
    links.hide_ids(tmp_path / "kept.csv", tmp_path / "other.csv")
    for name, version in (("one.csv", "19.1"), ("other.csv", "23.1")):
        found = read(tmp_path / name, name, release=version)
        write(found, by=None, why="To compare", via="load")
        Source.objects.filter(dataset="UCDP GED").update(dataset=f"UCDP GED {version}")
    keys = dict(ExternalRecord.objects.filter(event__isnull=False).values_list("event_id", "key"))
    true = {row["id"] for row in later} & {row["id"] for row in earlier}
    assert len(true) >= 15
    assert len(earlier) > 10 * len(true)
    look()
    taken = Candidate.objects.filter(pk__in=above(CHOSEN).pairs).values_list("first", "second")
    right = {keys[first] for first, second in taken if int(keys[first]) + links.HIDES == int(keys[second])}
    proposed = Candidate.objects.values_list("first", "second")
    among = {keys[first] for first, second in proposed if int(keys[first]) + links.HIDES == int(keys[second])}
    assert len(right) >= 0.9 * len(taken)
    assert len(right) >= 0.3 * len(true)
    assert len(among & true) >= 0.75 * len(true)
