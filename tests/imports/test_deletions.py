"""What a dataset took back: withdrawn where it was never public, shown to a reviewer where it was, live when it is back."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import QuerySet

from border.imports.deleting import left_standing
from border.imports.reading import read
from border.imports.writing import write
from border.kernel.audits import findings
from border.publication import operations
from events.models import Event, ExternalRecord
from sources.models import Source
from tests import factories as make
from tests.contracts.conftest import history
from tests.imports import invented
from tests.imports.invented import town

pytestmark = pytest.mark.django_db

AUDIT = "events_deleted_by_their_dataset"


@pytest.fixture
def acled(world, take):
    """``acled(*ids)``: rows of ACLED, as they stand in a file; ``acled.deleted(*ids)``: a list of deletions."""

    class Acled:
        def __call__(self, *keys, timestamp="1700000000"):
            rows = [invented.acled(event_id_cnty=key, timestamp=timestamp) for key in keys]
            return take(*rows, header=invented.ACLED_NOW, name="acled.csv")

        def deleted(self, *keys, at="1750000000"):
            rows = [{"event_id_cnty": key, "deleted_timestamp": at} for key in keys]
            return take(*rows, header=invented.DELETED, name="deleted.csv")

    return Acled()


def statuses():
    return dict(Event.objects.order_by("slug").values_list("slug", "status"))


def deleted():
    return list(
        ExternalRecord.objects.filter(deleted_at__isnull=False).order_by("key").values_list("key", flat=True)
    )


def test_what_acled_deleted_is_withdrawn_with_the_reason_in_the_history(acled):
    acled("SYR1", "SYR2")
    found, written = acled.deleted("SYR1", "SYR7")
    assert found.counts == {"deleted": 1, "absent": 1}
    assert statuses() == {"acled-syr1": "withdrawn", "acled-syr2": "draft"}
    assert f"{ExternalRecord.objects.get(key='SYR1').deleted_at:%Y-%m-%d}" == "2025-06-15"
    assert deleted() == ["SYR1"]
    said = Event.pgh_event_model.objects.latest("pgh_id").pgh_context.metadata
    assert (said["why"], said["via"], said["batch"]) == (
        "ACLED has it no longer. The new release.",
        "load",
        written.pk,
    )
    assert written.counts["events"]["deleted"] == 1
    assert not list(findings(AUDIT))


def test_same_list_of_deletions_again_writes_nothing(acled):
    acled("SYR1")
    acled.deleted("SYR1")
    before = history()
    found, written = acled.deleted("SYR1")
    assert (found.counts, written) == ({"same": 1}, None)
    assert history() == before


def test_row_that_acled_uploaded_after_its_deletion_stays(acled):
    acled("SYR1", timestamp="1800000000")
    found, written = acled.deleted("SYR1")
    assert (found.counts, written) == ({"older": 1}, None)
    assert statuses() == {"acled-syr1": "draft"}


def test_row_that_comes_back_is_live_again_and_its_event_a_draft(acled):
    acled("SYR1")
    acled.deleted("SYR1")
    assert acled("SYR1")[0].counts == {"older": 1}
    found, _ = acled("SYR1", timestamp="1760000000")
    assert (found.counts, statuses(), deleted()) == ({"changed": 1}, {"acled-syr1": "draft"}, [])


def test_event_that_somebody_else_withdrew_does_not_come_back_with_its_row(acled):
    acled("SYR1")
    Event.objects.update(status="withdrawn")
    acled.deleted("SYR1")
    acled("SYR1", timestamp="1760000000")
    assert (statuses(), deleted()) == ({"acled-syr1": "withdrawn"}, [])


def test_event_that_another_dataset_still_has_is_left_to_a_reviewer(acled):
    acled("SYR1")
    event = Event.objects.get()
    make.ExternalRecordFactory(event=event)
    acled.deleted("SYR1")
    assert statuses() == {"acled-syr1": "draft"}
    assert [found.row for found in findings(AUDIT)] == [event]


def test_event_of_ours_to_which_a_row_was_only_linked_is_left_to_a_reviewer(acled):
    acled("SYR1")
    event = make.EventFactory(slug="ours")
    ExternalRecord.objects.update(event=event)
    acled.deleted("SYR1")
    assert statuses() == {"acled-syr1": "draft", "ours": "draft"}
    assert [found.row for found in findings(AUDIT)] == [event]


def test_deletions_taken_back_leave_no_row_deleted(acled, back):
    acled("SYR1")
    _, written = acled.deleted("SYR1")
    back(written, "The wrong list.")
    assert deleted() == []


def test_whole_release_withdraws_what_it_lacks_of_its_countries_and_years(world, take):
    elsewhere = town(id="900004", country="Iraq", country_id="645")
    later = town(id="900005", date_start="2019-03-01", date_end="2019-03-01", year="2019")
    take(town(), town(id="900002"), town(id="900003"), elsewhere, later)
    found, written = take(town(), town(id="900003", best="6"), name="ged241.csv", whole=True)
    assert found.counts == {"same": 1, "changed": 1, "deleted": 1}
    assert [slug for slug, status in statuses().items() if status == "withdrawn"] == ["ucdp-900002"]
    assert deleted() == ["900002"]
    assert written.files[0]["rows"] == 2
    assert take(town(), town(id="900003", best="6"), name="ged241.csv", whole=True)[1] is None


def test_part_of_a_release_withdraws_nothing(world, take):
    take(town(), town(id="900002"))
    take(town(), name="ged241.csv")
    assert (set(statuses().values()), deleted()) == ({"draft"}, [])


def test_event_that_is_back_in_a_later_release_is_live_and_an_earlier_one_does_not_bring_it_back(world, take):
    take(town(), town(id="900002"))
    take(town(), name="ged241.csv", whole=True)
    take(town(), town(id="900002"))
    assert (statuses()["ucdp-900002"], deleted()) == ("withdrawn", ["900002"])
    found, _ = take(town(), town(id="900002"), name="ged251.csv")
    assert found.counts == {"same": 1, "changed": 1}
    assert (statuses()["ucdp-900002"], deleted()) == ("draft", [])


def test_public_event_stays_and_the_command_says_who_should_look(world, file, capsys):
    call_command("load", str(file(town(), town(id="900002"))))
    release, event = Source.objects.get(dataset="UCDP GED"), Event.objects.get(slug="ucdp-900002")
    actors = [part.actor for part in event.participations.all()]
    operations.publish(release, event.territory, *actors, event, by=make.UserFactory(), reason="Checked.")
    capsys.readouterr()
    call_command("load", str(file(town(), name="ged241.csv")), "--whole")
    told = capsys.readouterr().out
    assert "1 deleted" in told
    assert (
        f"1 whose rows were deleted stay until somebody has looked at them: manage.py audit {AUDIT}" in told
    )
    assert (statuses()["ucdp-900002"], deleted()) == ("published", ["900002"])
    assert [found.row for found in findings(AUDIT)] == [event]


@pytest.mark.parametrize(
    ("rows", "header", "name", "options", "told"),
    [
        ([town()], invented.GED, "ged241.csv", ["--within", "40,34,42,35"], "narrowed to an area is not whole"),
        ([invented.acled()], invented.ACLED_NOW, "acled.csv", [], "ACLED has no releases that are whole"),
    ],
)  # fmt: skip
def test_file_that_cannot_be_whole_is_refused(world, file, rows, header, name, options, told):
    with pytest.raises(CommandError, match=told):
        call_command("load", str(file(*rows, name=name, header=header)), "--whole", *options)


def test_list_of_deletions_is_no_release_to_give_back(acled, tmp_path):
    acled("SYR1")
    acled.deleted("SYR1")
    back = tmp_path / "back.csv"
    call_command("dump", str(back), "--format", "acled", "--release", "acled")
    assert back.read_text().startswith("event_id_cnty,event_date,")


def test_deletion_that_cannot_be_read_is_refused(acled, tmp_path):
    acled("SYR1")
    path = tmp_path / "deleted.csv"
    rows = [{"event_id_cnty": "SYR1", "deleted_timestamp": "soon"}]
    path.write_bytes(invented.file(invented.DELETED, rows))
    found = read(path, path.name)
    assert found.counts == {"refused": 1}
    assert write(found, by=None, why="", via="load") is None


def test_who_should_look_is_asked_of_whole_tables_and_only_where_rows_were_deleted(
    acled, django_assert_num_queries, monkeypatch
):
    """A planner that takes the tables for empty went through all of one for each row of the other, for a quarter of an hour."""
    found, _ = acled("SYR1", "SYR2")
    with django_assert_num_queries(0):
        assert left_standing(found) == 0
    found, _ = acled.deleted("SYR1")
    monkeypatch.setattr(QuerySet, "count", QuerySet.explain)
    assert "Nested Loop" not in left_standing(found)
