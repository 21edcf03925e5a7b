"""The queue of names of datasets: what waits, deciding in one click or by a look-up, several at once, applying, and by whom."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.urls import reverse
from psycopg import errors

from actors.models import Actor
from border.imports import jobs
from border.imports.choices import Answer
from border.imports.counting import count_kept
from border.imports.deciding import Said, decide
from border.imports.models import ActorReading, Decision, PlaceReading
from border.imports.reading import clear, read
from border.imports.writing import write
from border.jobs.models import Job
from events.models import Event, Participation
from territories.models import Territory
from tests import factories as make
from tests.imports import invented
from tests.imports.invented import town
from tests.imports.test_import_jobs import Quiet

QUEUE = reverse("admin:import_names")
DECIDE = reverse("admin:import_names_decide")
TOGETHER = reverse("admin:import_names_together")
APPLY = reverse("admin:import_names_apply")
LIKE = {"side_a": "Sheitaat", "side_a_new_id": "77777"}
WAHM = {"side_a": "Jaysh al-Wahm", "side_a_new_id": "99999"}


@pytest.fixture
def world(db):
    make.TerritoryFactory(slug="syria", kind="country", name="Syria", countries=["SY"])
    make.TerritoryFactory(slug="albu-kamal", kind="district", name="Abu Kamal", countries=["SY"])
    make.ActorFactory(slug="syria-state", name="Syrian Arab Republic", kind="state", ucdp_id=118)
    make.ActorFactory(slug="is", name="Islamic State", ucdp_id=234)
    return make.ActorFactory(slug="shaitat", name="Shaitat")


@pytest.fixture
def kept(world, tmp_path):
    """``kept(*rows)``: they are read and written; with ``written=False`` they are looked over only."""

    def taken(*rows, written=True, name="ged231.csv"):
        path = tmp_path / name
        path.write_bytes(invented.file(invented.GED, rows))
        one = read(path, name)
        if written:
            write(one, by=None, why="New.", via="load")
            clear(one)
            count_kept("UCDP GED")
        return one

    return taken


def shown(answer):
    return [
        (row["name"], row["reading"].kept, row["reading"].staged, [one["said"] for one in row["candidates"]])
        for row in answer.context["page"].rows
    ]


def reading(key):
    return ActorReading.objects.get(key=f"id {key}")


def pick(visitor, one, said, *, seen=0, **more):
    what = "actors" if isinstance(one, ActorReading) else "places"
    sent = {"what": what, "pick": f"{one.pk}|{said}", f"seen-{one.pk}": seen, **more}
    return visitor.post(DECIDE, sent, follow=True)


def test_names_that_wait_are_listed_most_rows_first_with_candidates_and_a_row(kept, world, curator):
    kept(town(**WAHM), town(id="900002", **LIKE))
    kept(*[town(id=str(900010 + number), **LIKE) for number in range(3)], written=False)
    answer = curator.get(QUEUE)
    assert shown(answer) == [("Sheitaat", 1, 3, [f"this:{world.pk}"]), ("Jaysh al-Wahm", 1, 0, [])]
    page = answer.content.decode()
    assert "Battle: Sheitaat – IS, Albu Kamal town" in page
    assert reverse("admin:actors_actor_change", args=[world.pk]) in page
    answer = curator.get(QUEUE, {"what": "places"})
    district = PlaceReading.objects.get().territory
    assert shown(answer) == [("Albu Kamal town", 2, 3, [f"within:{district.pk}"])]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"state": "unsure"}, ["Sheitaat"]),
        ({"state": "unknown"}, ["Jaysh al-Wahm"]),
        ({"state": "decided"}, []),
        ({"state": "matched"}, ["Government of Syria", "IS"]),
        ({"state": "all", "q": "wahm"}, ["Jaysh al-Wahm"]),
        ({"state": "all", "q": "شعيطات"}, ["Sheitaat"]),
        ({"dataset": "ACLED"}, []),
        ({"dataset": "UCDP GED", "what": "places"}, ["Albu Kamal town"]),
        ({"state": "nonsense", "what": "nonsense", "of": "x"}, ["Jaysh al-Wahm", "Sheitaat"]),
    ],
)
def test_names_are_asked_for_by_dataset_kind_state_and_spelling(kept, curator, asked, names):
    kept(town(), town(id="900002", **WAHM), town(id="900003", **LIKE))
    answer = curator.get(QUEUE, asked)
    assert sorted(row["name"] for row in answer.context["page"].rows) == names


def test_names_of_one_import_are_those_that_its_rows_have(kept, curator):
    kept(town(**WAHM))
    one = kept(town(id="900002", **LIKE), town(id="900003", **LIKE), written=False)
    preview = reverse("admin:import_preview", args=[one.pk])
    answer = curator.get(preview)
    assert f"{QUEUE}?what=actors&amp;of={one.pk}" in answer.content.decode()
    answer = curator.get(QUEUE, {"of": one.pk})
    assert [(row["name"], row["reading"].here) for row in answer.context["page"].rows] == [("Sheitaat", 2)]
    assert preview in answer.content.decode()


def test_queue_says_what_else_the_list_of_actors_calls_a_name(kept, curator, tmp_path):
    kept(town(**WAHM))
    row = invented.ACTOR_ROW | {
        "ActorId": "99999",
        "NameData": "JW",
        "Location": "Syria, Iraq",
        "NamePrev": "The First",
    }
    path = tmp_path / "ucdp-actor-221.csv"
    path.write_bytes(
        invented.file(invented.ACTORS, [row | {"NameOrigFullEng": "Army of Illusion", "ActorIdPrev": "12"}])
    )
    write(read(path, path.name), by=None, why="Names.", via="load")
    assert "Also called" in (page := curator.get(QUEUE).content.decode())
    assert "Army of Illusion" in page
    page = curator.get(
        reverse("admin:import_name", args=["actors", ActorReading.objects.get(key="id 99999").pk])
    )
    for told in ("JW", "Army of Illusion", "New Invented Front", "Syria, Iraq", "The First (12)"):
        assert told in page.content.decode()


def test_queue_asks_the_same_for_one_name_and_for_many(kept, curator, django_assert_num_queries):
    for count in (1, 30):
        kept(
            *[
                town(id=str(900000 + number), side_a=f"Sheitaat {number}", side_a_new_id=str(5000 + number))
                for number in range(count)
            ]
        )
        with django_assert_num_queries(12):
            curator.get(QUEUE)
        with django_assert_num_queries(11):
            curator.get(QUEUE, {"what": "places"})


def test_candidate_is_picked_in_one_click(kept, world, curator):
    kept(town(**WAHM), town(id="900002", **LIKE))
    one = reading(77777)
    answer = pick(curator, one, f"this:{world.pk}", query="what=actors&state=unsure")
    one.refresh_from_db()
    assert (one.found, one.decided_by, [meant.actor for meant in one.meant.all()]) == (
        "matched", curator.user, [world],
    )  # fmt: skip
    page = answer.content.decode()
    assert "Sheitaat is decided" in page
    assert "1 decision waits to be applied" in page
    assert answer.redirect_chain[-1][0].startswith(f"{QUEUE}?what=actors&state=unsure")


def test_cursor_goes_on_to_the_name_that_comes_next(kept, world, curator):
    kept(town(**WAHM), *[town(id=str(900002 + number), **LIKE) for number in range(2)])
    answer = pick(curator, reading(77777), "nobody:")
    assert answer.redirect_chain[-1][0].endswith(f"#name-{reading(99999).pk}")
    answer = pick(curator, reading(99999), "nobody:", **{"from": "name"})
    assert answer.redirect_chain[-1][0].endswith("#names")


def test_somebody_else_is_looked_up_and_several_may_be_meant(kept, curator):
    kept(town(**WAHM))
    one = reading(99999)
    first, second = make.ActorFactory(existed="2010/2016"), make.ActorFactory(existed="2017/..")
    address = reverse("admin:import_name", args=["actors", one.pk])
    page = curator.get(address).content.decode()
    assert 'data-model-name="meant"' in page
    sent = {"what": "actors", "key": one.pk, f"seen-{one.pk}": 0, "from": "name", "answer": "this"}
    answer = curator.post(DECIDE, sent, follow=True)
    assert "Choose who or where is meant" in answer.content.decode()
    curator.post(DECIDE, {**sent, "actors": [first.pk, second.pk]})
    assert sorted(one.meant.values_list("actor", flat=True)) == [first.pk, second.pk]


def test_look_up_finds_actors_and_territories(world, curator):
    for model, field, term, found in (
        ("meant", "actor", "shaitat", "Shaitat"),
        ("placereading", "territory", "abu kamal", "Abu Kamal"),
    ):
        answer = curator.get(
            "/admin/autocomplete/",
            {"app_label": "imports", "model_name": model, "field_name": field, "term": term},
        )
        assert found in answer.json()["results"][0]["text"]


def test_place_lies_in_a_larger_territory(kept, curator):
    kept(town())
    one = PlaceReading.objects.get()
    syria = Territory.objects.get(slug="syria")
    sent = {"what": "places", "key": one.pk, f"seen-{one.pk}": 0, "answer": "within", "territory": syria.pk}
    curator.post(DECIDE, sent)
    one.refresh_from_db()
    assert (one.found, one.territory) == ("within", syria)


def test_second_curator_is_told_what_the_first_decided(kept, world, curator, visit):
    kept(town(**LIKE))
    one, other = reading(77777), visit("curator", username="second")
    pick(curator, one, f"this:{world.pk}")
    answer = pick(other, one, "nobody:")
    page = answer.content.decode()
    assert f"Meanwhile {curator.user} decided" in page
    assert "This one (Shaitat" in page
    assert answer.redirect_chain[-1][0].startswith(reverse("admin:import_name", args=["actors", one.pk]))
    assert Decision.objects.filter(decided_by=other.user).count() == 0
    last = Decision.objects.latest("pk")
    pick(other, one, "nobody:", seen=last.pk)
    one.refresh_from_db()
    assert (one.found, one.decided_by) == ("nobody", other.user)


def test_decision_is_taken_back_and_its_history_stays(kept, world, curator):
    kept(town(**LIKE))
    one = reading(77777)
    pick(curator, one, f"this:{world.pk}")
    address = reverse("admin:import_name", args=["actors", one.pk])
    assert "Take the decision back" in curator.get(address).content.decode()
    pick(curator, one, "looked_up:", seen=Decision.objects.latest("pk").pk)
    answer = curator.get(address)
    assert [told["answer"] for told in answer.context["history"]] == ["looked_up", "this", "looked_up"]
    page = answer.content.decode()
    assert "Taken back:" in page
    assert "Take the decision back" not in page
    one.refresh_from_db()
    assert (one.found, one.decided_by) == ("unsure", None)


def test_what_does_not_stand_is_refused(kept, world, curator):
    kept(town(**LIKE))
    Actor.objects.filter(pk=world.pk).update(status="withdrawn")
    answer = pick(curator, reading(77777), f"this:{world.pk}")
    assert "withdrawn, goes on as another, or is gone" in answer.content.decode()
    assert not Decision.objects.exists()
    assert shown(curator.get(QUEUE)) == [("Sheitaat", 1, 0, [])]


def test_names_that_somebody_else_holds_are_decided_a_moment_later(kept, curator, monkeypatch):
    kept(town(**WAHM))

    def busy(*args, **how):
        error = OperationalError("lock timeout")
        error.__cause__ = errors.LockNotAvailable()
        raise error

    monkeypatch.setattr("border.admin_names.decide", busy)
    assert "Try again in a moment" in pick(curator, reading(99999), "nobody:").content.decode()
    monkeypatch.undo()
    pick(curator, reading(99999), "nobody:")
    assert reading(99999).found == "nobody"


@pytest.mark.parametrize("sent", [{"what": "nonsense"}, {"what": "actors"}, {"what": "actors", "key": "x"}])
def test_nonsense_decides_nothing(world, curator, sent):
    assert curator.post(DECIDE, sent).status_code == 404


# Several at once


def together(visitor, keys=(), **more):
    sent = {"what": "actors", "answer": "nobody", "chosen": keys, **more}
    return visitor.post(TOGETHER, sent, follow=True)


def test_selection_gets_one_answer_after_a_look_at_what_that_means(kept, curator):
    kept(town(**WAHM), town(id="900002", **LIKE))
    keys = [reading(99999).pk, reading(77777).pk]
    answer = together(curator, keys)
    assert "Decide 2 names" in answer.content.decode()
    assert not Decision.objects.exists()
    said = [f"{row['reading'].pk}|{row['seen']}|{row['said']}" for row in answer.context["rows"]]
    answer = curator.post(TOGETHER, {"what": "actors", "apply": "1", "said": said}, follow=True)
    assert "2 names are decided." in answer.content.decode()
    assert set(ActorReading.objects.filter(pk__in=keys).values_list("found", flat=True)) == {"nobody"}


def test_first_candidates_of_a_list_are_taken_and_names_without_one_left_out(kept, world, curator):
    kept(town(**WAHM), town(id="900002", **LIKE))
    answer = together(curator, answer="first", all="1", query="what=actors&state=waiting")
    assert [(row["name"], row["said"]) for row in answer.context["rows"]] == [
        ("Sheitaat", f"this:{world.pk}")
    ]
    assert answer.context["left_out"] == 1
    assert answer.context["rows"][0]["told"].startswith("Shaitat")


def test_what_somebody_decided_after_the_look_is_left_and_told(kept, world, curator):
    kept(town(**WAHM), town(id="900002", **LIKE))
    answer = together(curator, answer="nobody", all="1")
    said = [f"{row['reading'].pk}|{row['seen']}|{row['said']}" for row in answer.context["rows"]]
    other = make.UserFactory(username="quicker")
    one = reading(77777)
    decide(ActorReading, {one.pk: Said(Answer.THIS, (world.pk,))}, seen={}, by=other)
    answer = curator.post(TOGETHER, {"what": "actors", "apply": "1", "said": said}, follow=True)
    page = answer.content.decode()
    assert "Jaysh al-Wahm is decided." in page
    assert "Meanwhile quicker decided" in page
    one.refresh_from_db()
    assert one.decided_by == other


def test_one_is_looked_up_for_all_that_are_selected(kept, world, curator):
    kept(town(**WAHM), town(id="900002", **LIKE))
    keys = [reading(99999).pk, reading(77777).pk]
    answer = together(curator, keys, answer="this", actors=[world.pk])
    assert {row["said"] for row in answer.context["rows"]} == {f"this:{world.pk}"}
    assert {row["told"].split(" ·")[0] for row in answer.context["rows"]} == {"Shaitat"}
    assert together(curator, keys, answer="this").context["rows"] == []


def test_nothing_selected_is_said(world, curator):
    assert "Select names first" in together(curator).content.decode()


# Applied


def test_decisions_are_applied_by_a_worker_once(kept, world, curator):
    kept(town(**LIKE))
    pick(curator, reading(77777), f"this:{world.pk}")
    page = curator.get(APPLY).content.decode()
    assert "Apply 1 decision to 1 row" in " ".join(page.split())
    answer = curator.post(APPLY, {"reason": "They are."})
    job = Job.objects.get()
    assert (job.kind, job.asked_by, answer["Location"]) == (
        "import.settle", curator.user, reverse("admin:job", args=[job.pk]),
    )  # fmt: skip
    answer = curator.post(APPLY, {"reason": ""}, follow=True)
    assert "Nothing was asked for" in answer.content.decode()
    assert Job.objects.count() == 1
    jobs.apply_decisions(Quiet(job.pk), **job.arguments)
    assert Participation.objects.get(role="side_a").actor == world
    Job.objects.update(state="done", started_at=job.asked_at, finished_at=job.asked_at)
    assert "No decision waits" in curator.get(APPLY).content.decode()
    page = curator.get(reverse("admin:import_name", args=["actors", reading(77777).pk])).content.decode()
    batch = Decision.objects.get(answer="this").settled_in
    assert reverse("admin:sources_batch_review", args=[batch.pk]) in page


def test_rows_that_are_looked_over_heed_what_is_decided_before_they_are_written(world, visit):
    row = town(
        country="Nigeria", country_id="475", adm_1="", adm_2="", where_coordinates="Bama", latitude="11.5",
        longitude="13.7",
    )  # fmt: skip
    importer = visit("importer")
    file = SimpleUploadedFile("ged231.csv", invented.file(invented.GED, [row]))
    importer.post(reverse("admin:imports_add"), {"file": file})
    job = Job.objects.get()
    jobs.read_file(Quiet(job.pk), **job.arguments)
    one = PlaceReading.objects.get()
    syria = Territory.objects.get(slug="syria")
    pick(importer, one, f"within:{syria.pk}")
    jobs.write_rows(Quiet(job.pk), of=job.arguments["of"], why="New.")
    assert Event.objects.get().territory == syria


# By whom


@pytest.mark.parametrize("group", ["curator", "importer", "reviewer", "admin"])
def test_all_who_write_may_decide(kept, visit, group):
    kept(town(**WAHM))
    visitor = visit(group)
    assert "None of ours" in visitor.get(QUEUE).content.decode()
    pick(visitor, reading(99999), "nobody:")
    assert reading(99999).decided_by == visitor.user


def test_who_may_only_look_is_offered_no_decision(kept, visit):
    kept(town(**LIKE))
    visitor = visit()
    assert visitor.get(QUEUE).status_code == 403
    visitor.user.user_permissions.add(Permission.objects.get(codename="view_import"))
    page = visitor.get(QUEUE).content.decode()
    assert "Sheitaat" in page
    assert "names-decide" not in page
    assert visitor.post(DECIDE, {}).status_code == 403
    assert visitor.get(APPLY).status_code == 403
