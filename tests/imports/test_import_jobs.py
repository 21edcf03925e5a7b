"""A file brought to the admin: kept, read, written, given up and taken back by workers, each once or not at all."""

import re
from threading import Thread

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from border.imports import jobs
from border.imports.asking import ask_for, bring
from border.imports.models import Import, StagedRow
from border.imports.reading import give_up
from border.jobs.asking import cancel
from border.jobs.models import Job
from border.jobs.progress import Progress
from border.jobs.running import run
from events.models import Event, ExternalRecord
from sources.models import Batch
from tests import factories as make
from tests.history.world import hand
from tests.imports import invented
from tests.imports.invented import town

pytestmark = pytest.mark.django_db


class Quiet(Progress):
    """A progress that keeps what it is told: the tests' transaction is seen by no other connection."""

    def __init__(self, job):
        super().__init__(job)
        self.told = []

    def step(self, done, total=None, word=None):
        self.told.append((done, total, word))


@pytest.fixture
def brought():
    """``brought(*rows)``: the import of a file of these rows, not read yet."""

    def bring_file(*rows, name="ged231.csv", **how):
        content = ContentFile(invented.file(invented.GED, rows))
        how = {"release": "", "within": "", "by": make.UserFactory()} | how
        return bring(content, name=name, **how)

    return bring_file


def done(work, one, **arguments):
    """What the work answers, and what it told of itself."""
    progress = Quiet(one.job_id)
    answer = work(progress, of=one.pk, **arguments)
    one.refresh_from_db()
    return answer, progress.told


def answered(work, one, **arguments):
    """What the work answers."""
    return done(work, one, **arguments)[0]


def test_file_is_kept_and_its_reading_asked_for(brought):
    one = brought(town(), release="23.1")
    assert (one.state, one.job.kind, one.job.state, one.job.arguments) == (
        "waiting",
        "import.read",
        "waiting",
        {"of": one.pk},
    )
    assert one.file.storage.exists(one.file.name)
    assert "ged" not in one.file.name


def test_import_is_read_written_and_taken_back(world, brought, django_capture_on_commit_callbacks):
    one = brought(town(), town(id="900002"), town(id="900003", best="many"))
    answer, told = done(jobs.read_file, one)
    assert answer["message"] == "Read, and nothing is written yet: 2 new, 1 refused."
    assert (one.state, one.release.version, told) == ("read", "23.1", [(3, None, "rows")])
    kept = one.file
    with pytest.raises(jobs.NotNow, match="refused"):
        done(jobs.write_rows, one, why="The new release.")
    assert not Event.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        answer, told = done(jobs.write_rows, one, why="The new release.", without_refused=True)
    assert (one.state, one.batch_id, one.file.name) == ("written", answer["batch"], "")
    assert (one.batch.applied_by, Event.objects.count()) == (one.asked_by, 2)
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]
    assert not kept.storage.exists(kept.name)
    assert not StagedRow.objects.exists()
    answer, told = done(jobs.take_back, one, why="The wrong file.")
    assert (Event.objects.count(), ExternalRecord.objects.count(), one.batch.state) == (0, 0, "undone")
    assert answer["message"].endswith("rows are taken back.")
    with pytest.raises(jobs.NotNow):
        done(jobs.take_back, one, why="Once more.")
    answer, _ = done(jobs.bring_back, one, why="The right one.")
    assert (Event.objects.count(), ExternalRecord.objects.count(), one.batch.state) == (2, 2, "applied")
    assert answer["message"].endswith("rows are back.")
    with pytest.raises(jobs.NotNow):
        done(jobs.bring_back, one, why="Once more.")
    done(jobs.take_back, one, why="No.")
    assert not Event.objects.exists()


def test_what_somebody_changed_since_is_kept_and_listed(world, brought, monkeypatch):
    one = brought(town(), town(id="900002"), town(id="900003"))
    done(jobs.read_file, one)
    done(jobs.write_rows, one, why="The new release.")
    with hand(make.UserFactory(username="ann")):
        for event in Event.objects.exclude(slug="ucdp-900002"):
            event.outcome = "They left."
            event.save()
    monkeypatch.setattr(jobs, "CONFLICTS_TOLD", 1)
    answer, told = done(jobs.take_back, one, why="The wrong file.")
    assert sorted(Event.objects.values_list("slug", flat=True)) == ["ucdp-900001", "ucdp-900003"]
    assert answer["message"].endswith("rows are taken back. 2 stay as changed since.")
    assert re.fullmatch(
        r"event ucdp-90000[13]: It was changed since\. Last written by ann, \d+ \w+ \d{4}\.",
        answer["stays"][0],
    )
    assert (len(answer["stays"]), answer["more"]) == (1, 1)
    rows = told[-1][0]
    assert (told[-1], f"{rows} rows are taken back" in answer["message"]) == ((rows, rows, "rows"), True)


def test_work_that_was_done_is_not_done_twice(world, brought):
    one = brought(town())
    done(jobs.read_file, one)
    done(jobs.write_rows, one, why="Once.")
    with pytest.raises(jobs.NotNow, match="done already"):
        done(jobs.write_rows, one, why="Twice.")
    assert Batch.objects.count() == 1


def test_file_that_says_nothing_new_is_written_as_no_batch(world, brought):
    for _ in range(2):
        one = brought(town())
        done(jobs.read_file, one)
        answer, _ = done(jobs.write_rows, one, why="Again.")
    assert (one.state, one.batch, Batch.objects.count()) == ("written", None, 1)
    assert "nothing to write" in answer["message"]


def test_rows_that_are_gone_after_a_crash_are_not_taken_for_none(world, brought):
    one = brought(town())
    done(jobs.read_file, one)
    StagedRow.objects.all().delete()
    with pytest.raises(jobs.NotNow, match="read again"):
        done(jobs.write_rows, one, why="The new release.")
    done(jobs.read_file, one)
    done(jobs.write_rows, one, why="The new release.")
    assert Event.objects.count() == 1


def test_second_click_asks_for_nothing(brought):
    one = brought(town())
    assert ask_for(one, "import.read", "Read it", by=one.asked_by) is None
    assert Job.objects.count() == 1
    cancel(one.job, by=one.asked_by)
    assert ask_for(one, "import.read", "Read it", by=one.asked_by) == one.job


def test_import_that_is_given_up_keeps_neither_file_nor_rows(
    world,
    brought,
    django_capture_on_commit_callbacks,
):
    one = brought(town())
    done(jobs.read_file, one)
    kept = one.file
    with django_capture_on_commit_callbacks(execute=True):
        give_up(one)
    assert Import.objects.get().state == "given_up"
    assert not kept.storage.exists(kept.name)
    assert not StagedRow.objects.exists()


def test_worker_may_do_all_of_it(world, brought, db_role):
    with db_role("border_app"):
        one = brought(town())
        done(jobs.read_file, one)
        done(jobs.write_rows, one, why="The new release.")
        done(jobs.take_back, one, why="The wrong file.")
        assert not Event.objects.exists()
        done(jobs.bring_back, one, why="The right one.")
    assert Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_job_that_fails_or_is_called_off_leaves_the_import_as_it_was(brought, monkeypatch):
    one = brought(town(), name="some.csv")
    assert "failed" in run(one.job_id)
    one.refresh_from_db()
    assert (one.state, StagedRow.objects.count()) == ("waiting", 0)
    assert "does not say which release" in one.job.message

    def called_off(one, path, tell):
        StagedRow.objects.create(of=one, number=1, line=1, key="1", verdict="new")
        elsewhere = Thread(target=lambda: cancel(one.job, by=one.asked_by) and connection.close())
        elsewhere.start()
        elsewhere.join(10)
        tell(2000)

    monkeypatch.setattr(jobs, "read_into", called_off)
    ask_for(one, "import.read", "Read it", by=one.asked_by)
    assert "cancelled" in run(one.job_id)
    assert not StagedRow.objects.exists()
