"""The pages of datasets that are taken in: bringing a file, looking it over, deciding, and who may do which of these."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from border.admin_import_forms import MOST_BYTES, BringForm
from border.imports import jobs
from border.imports.formats import NotReadable
from border.imports.models import ActorReading, Import, PlaceReading, StagedRow
from border.jobs.models import Job
from border.jobs.running import told
from events.models import Event
from territories.models import Territory
from tests import factories as make
from tests.contracts import world as own_tables
from tests.history.world import hand
from tests.imports import invented
from tests.imports.invented import town
from tests.imports.test_import_jobs import Quiet

LIST = reverse("admin:imports")
ADD = reverse("admin:imports_add")


def page_of(one, name="import_preview", **more):
    return reverse(f"admin:{name}", kwargs={"key": one.pk, **more})


def upload(*rows, name="ged231.csv", header=invented.GED):
    return SimpleUploadedFile(name, invented.file(header, rows), content_type="text/csv")


def done(one):
    """Do what was asked for, as a worker does, in the tests' own transaction."""
    work = {
        "import.read": jobs.read_file,
        "import.write": jobs.write_rows,
        "import.undo": jobs.take_back,
        "import.back": jobs.bring_back,
    }
    job = Job.objects.get(pk=Import.objects.get(pk=one.pk).job_id)
    result = work[job.kind](Quiet(job.pk), **job.arguments)
    Job.objects.filter(pk=job.pk).update(
        state="done", started_at=job.asked_at, finished_at=job.asked_at, message="Done.", result=result
    )
    one.refresh_from_db()


@pytest.fixture
def world(db):
    make.TerritoryFactory(slug="syria", kind="country", name="Syria", countries=["SY"])
    make.ActorFactory(slug="syria-state", name="Syrian Arab Republic", kind="state", ucdp_id=118)


@pytest.fixture
def read(world, visit):
    """``read(*rows)``: the import of a file that an importer brought and a worker has read, and the importer."""

    def bring(*rows, **how):
        visitor = visit("importer")
        visitor.post(ADD, {"file": upload(*rows, **how), "release": "", "within": ""})
        one = Import.objects.latest("pk")
        done(one)
        return one, visitor

    return bring


def test_importer_brings_a_file_and_is_led_to_its_page(world, visit):
    visitor = visit("importer")
    assert LIST in visitor.get("/admin/").content.decode()
    answer = visitor.post(
        ADD, {"file": upload(town(), name="<b>ged\u202e231.csv"), "release": "23.1", "within": "40,34,42,35"}
    )
    one = Import.objects.get()
    assert answer["Location"] == page_of(one)
    assert (one.release_said, one.within, one.asked_by, one.job.kind) == (
        "23.1", "40,34,42,35", visitor.user, "import.read",
    )  # fmt: skip
    assert "<" not in one.name
    page = visitor.get(page_of(one)).content.decode()
    assert 'data-job="open"' in page
    assert "Being read" in page
    assert page_of(one, "import_write") not in page


def test_file_that_waits_is_not_served(world, visit):
    visitor = visit("admin")
    visitor.post(ADD, {"file": upload(town())})
    one = Import.objects.get()
    assert visitor.get(one.file.url).status_code == 404


@pytest.mark.parametrize(
    ("field", "value"), [("within", "nowhere"), ("within", "4,3,2,1"), ("release", "23\u202e1")]
)
def test_what_cannot_be_meant_is_refused_at_the_form(world, visit, field, value):
    answer = visit("importer").post(ADD, {"file": upload(town()), field: value})
    assert list(answer.context["form"].errors) == [field]
    assert not Import.objects.exists()


def test_file_that_is_too_large_is_refused():
    file = upload(town())
    file.size = MOST_BYTES + 1
    form = BringForm({}, {"file": file})
    assert "larger than 100 MB" in form.errors["file"][0]


def test_preview_counts_rows_and_names_that_wait(read):
    one, visitor = read(
        town(),
        town(id="900002", side_b="Jaysh al-Wahm", side_b_new_id="777"),
        town(id="900003", side_b="Jaysh al-Wahm", side_b_new_id="777", best="many"),
    )
    answer = visitor.get(page_of(one))
    assert [(row["verdict"], row["count"]) for row in answer.context["verdicts"]] == [
        ("new", 2),
        ("refused", 1),
    ]
    names = {
        what: [(one["name"], one["rows"]) for one in found] for what, found in answer.context["names"].items()
    }
    assert names == {"actors": [("IS", 1), ("Jaysh al-Wahm", 1)], "places": [("Albu Kamal town", 2)]}


def test_rows_are_listed_with_what_is_wrong_and_what_changes(read):
    one, visitor = read(town(), town(id="900003", best="many"))
    page = visitor.get(page_of(one, "import_rows", verdict="refused")).content.decode()
    assert "best" in page
    assert "many" in page
    visitor.post(page_of(one, "import_write"), {"reason": "New.", "without": "on"})
    done(one)
    again, visitor = read(town(best="6", date_start="2015-03-02", date_end="2015-03-02"))
    page = visitor.get(page_of(again, "import_rows", verdict="changed")).content.decode()
    assert "<del>2015-03-01</del>" in page
    assert "<ins>2015-03-02</ins>" in page
    assert "unknown: low 5, best 6, high 7" in page


def test_lists_ask_the_same_for_one_row_and_for_many(read, django_assert_num_queries):
    for count in (1, 60):
        one, visitor = read(*[town(id=str(900000 + number)) for number in range(count)])
        with django_assert_num_queries(9):
            visitor.get(page_of(one, "import_rows", verdict="new"))
        with django_assert_num_queries(9):
            visitor.get(page_of(one))
        with django_assert_num_queries(6):
            visitor.get(LIST)


def test_report_has_every_row_and_no_formula(read):
    one, visitor = read(town(), town(id="=1+1", best="many"))
    answer = visitor.get(page_of(one, "import_report"))
    found = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert found[0] == ["file", "line", "key", "verdict", "remarks"]
    assert [row[1:4] for row in found[1:]] == [["2", "900001", "new"], ["3", "'=1+1", "refused"]]
    assert "many" in found[2][4]


def test_refused_rows_are_left_out_only_where_somebody_says_so(read):
    one, visitor = read(town(), town(id="900003", best="many"))
    page = visitor.post(page_of(one, "import_write"), {"reason": "New."}, follow=True).content.decode()
    assert "say that they are left out" in page
    assert Job.objects.count() == 1
    visitor.post(page_of(one, "import_write"), {"reason": "New.", "without": "on"})
    visitor.post(page_of(one, "import_write"), {"reason": "New.", "without": "on"})
    assert Job.objects.count() == 2
    done(one)
    assert Event.objects.count() == 1
    assert one.batch.applied_by == visitor.user


def test_reviewer_takes_back_what_was_written_and_an_importer_does_not(read, visit):
    one, visitor = read(town())
    visitor.post(page_of(one, "import_write"), {"reason": "New."})
    done(one)
    page = visitor.get(page_of(one)).content.decode()
    assert reverse("admin:sources_batch_review", args=[one.batch_id]) in page
    assert page_of(one, "import_undo") not in page
    assert visitor.post(page_of(one, "import_undo"), {"reason": "Wrong."}).status_code == 403
    reviewer = visit("reviewer")
    assert page_of(one, "import_undo") in reviewer.get(page_of(one)).content.decode()
    reviewer.post(page_of(one, "import_undo"), {"reason": "Wrong."})
    done(one)
    assert not Event.objects.exists()
    page = reviewer.get(page_of(one)).content.decode()
    assert "Taken back" in page
    assert page_of(one, "import_undo") not in page
    assert visitor.post(page_of(one, "import_back"), {"reason": "Right."}).status_code == 403
    assert page_of(one, "import_back") in page
    reviewer.post(page_of(one, "import_back"), {"reason": "Right."})
    done(one)
    assert Event.objects.exists()
    page = reviewer.get(page_of(one)).content.decode()
    assert "Written" in page
    assert page_of(one, "import_back") not in page


def test_batch_of_a_dataset_leads_to_the_page_on_which_a_worker_takes_it_back(read, visit):
    one, visitor = read(town())
    visitor.post(page_of(one, "import_write"), {"reason": "New."})
    done(one)
    page = visit("reviewer").get(reverse("admin:sources_batch_change", args=[one.batch_id])).content.decode()
    assert f'href="{page_of(one)}">Take this import back</a>' in page


def test_page_of_an_import_that_was_taken_back_lists_what_stays(read, visit):
    one, visitor = read(town())
    visitor.post(page_of(one, "import_write"), {"reason": "New."})
    done(one)
    with hand(visitor.user):
        Event.objects.update(outcome="They left.")
    reviewer = visit("reviewer")
    reviewer.post(page_of(one, "import_undo"), {"reason": "Wrong."})
    done(one)
    page = reviewer.get(page_of(one)).content.decode()
    assert "What stays as it is" in page
    assert "event ucdp-900001: It was changed since. Last written by" in page


def test_names_are_counted_anew_when_a_batch_is_taken_back_on_its_own_page_and_brought_back(read, visit):
    one, visitor = read(town())
    visitor.post(page_of(one, "import_write"), {"reason": "New."})
    done(one)
    admin, address = visit(is_superuser=True), reverse("admin:sources_batch_undo", args=[one.batch_id])
    for kept in (0, 1):
        digest = admin.get(address).context["plan"].digest
        admin.post(address, {"reason": "Wrong.", "digest": digest})
        assert {*ActorReading.objects.values_list("kept", flat=True)} == {kept}
        assert PlaceReading.objects.get().kept == kept


def test_list_of_actors_taken_back_on_the_page_of_its_batch_is_asked_no_more_before_it_is_back(read, visit):
    one, visitor = read(town(side_b="IFO", side_b_new_id="9091"))
    visitor.post(page_of(one, "import_write"), {"reason": "New."})
    done(one)
    make.ActorFactory(slug="front", name=invented.ACTOR_ROW["NameOrigFullEng"], kind="nonstate_armed_group")
    actors, visitor = read(invented.ACTOR_ROW, name="ucdp-actor-221.csv", header=invented.ACTORS)
    visitor.post(page_of(actors, "import_write"), {"reason": "The list."})
    done(actors)
    admin, address = visit(is_superuser=True), reverse("admin:sources_batch_undo", args=[actors.batch_id])
    waiting, found = ActorReading.objects.get(key="id 9091"), []
    for _ in range(2):
        digest = admin.get(address).context["plan"].digest
        admin.post(address, {"reason": "Too old.", "digest": digest})
        waiting.refresh_from_db()
        found.append(waiting.found)
    assert found == ["unknown", "unsure"]


def test_name_of_a_file_is_shown_as_it_is(read):
    one, visitor = read(town())
    page = visitor.get(page_of(one)).content.decode()
    assert "ged231.csv" in page
    assert "Ged231.csv" not in page


def test_import_is_given_up_or_read_again_within_another_area(read):
    one, visitor = read(town())
    visitor.post(page_of(one, "import_read"), {"release": "", "within": "0,0,1,1"})
    done(one)
    assert one.counts == {"outside": 1}
    visitor.post(page_of(one, "import_give_up"))
    one.refresh_from_db()
    assert (one.state, StagedRow.objects.count()) == ("given_up", 0)
    page = visitor.post(page_of(one, "import_read"), {}, follow=True).content.decode()
    assert "Nothing was done" in page


def test_why_a_file_could_not_be_read_is_said(world, visit):
    visitor = visit("importer")
    visitor.post(ADD, {"file": upload(town(), name="some.csv")})
    one = Import.objects.get()
    Job.objects.update(
        state="failed", finished_at="2026-01-01T00:00Z", message="some.csv does not say which release."
    )
    page = visitor.get(page_of(one)).content.decode()
    assert "does not say which release" in page
    assert "Failed" in page
    assert page_of(one, "import_read") in page


# Border's own tables


@pytest.fixture
def own(db, visit):
    """``own(*rows)``: the import of a table of territories that an importer brought and a worker has read, and the importer."""

    def bring(*rows):
        visitor = visit("importer")
        content = own_tables.text("territories", *rows)
        visitor.post(ADD, {"file": SimpleUploadedFile("places.csv", content), "release": "", "within": ""})
        one = Import.objects.latest("pk")
        done(one)
        return one, visitor

    return bring


IRAQ = {"slug": "iraq", "kind": "country", "name": "Iraq", "countries": "IQ"}


def test_own_table_is_looked_over_field_by_field_and_written(own):
    make.TerritoryFactory(slug="syria", kind="country", name="Syria", countries=["SY"])
    one, visitor = own(IRAQ, IRAQ | {"slug": "syria", "name": "Syrie", "countries": "SY"})
    answer = visitor.get(page_of(one))
    assert answer.context["tables"] == [("territories", {"new": 1, "changed": 1})]
    assert "The record of this key says something else." in answer.content.decode()
    assert "border-csv" not in answer.content.decode()
    page = visitor.get(page_of(one, "import_rows", verdict="changed")).content.decode()
    assert "<del>Syria</del>" in page
    assert "<ins>Syrie</ins>" in page
    page = visitor.get(page_of(one, "import_rows", verdict="new")).content.decode()
    assert "territories iraq" in page
    assert "<ins>IQ</ins>" in page
    visitor.post(page_of(one, "import_write"), {"reason": "Places."})
    done(one)
    assert Territory.objects.get(slug="syria").name == "Syrie"
    assert (
        reverse("admin:sources_batch_review", args=[one.batch_id])
        in visitor.get(page_of(one)).content.decode()
    )


def test_own_table_with_a_refused_row_is_not_written(own):
    one, visitor = own(IRAQ, IRAQ | {"slug": "x", "kind": "land"})
    page = visitor.get(page_of(one)).content.decode()
    assert "written whole or not at all" in page
    assert page_of(one, "import_write") not in page
    page = visitor.post(page_of(one, "import_write"), {"reason": "Places.", "without": "on"}, follow=True)
    assert "mend the file" in page.content.decode()
    assert Job.objects.count() == 1
    page = visitor.get(page_of(one, "import_rows", verdict="refused")).content.decode()
    assert "land" in page
    assert "nothing of the file is written before it is mended" in page


def test_why_no_table_is_read_is_said_by_the_job(world, visit):
    visitor = visit("importer")
    visitor.post(ADD, {"file": SimpleUploadedFile("letter.csv", b"Dear colleague\nRegards\n")})
    with pytest.raises(NotReadable) as refusal:
        done(Import.objects.get())
    assert "the header of no table" in told(refusal.value)
