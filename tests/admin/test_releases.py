"""The pages of releases: an admin has one made by a worker, and withdraws one for a reason."""

import pytest
from django.urls import reverse

from border.jobs.models import Job
from border.jobs.running import run
from border.publication import operations
from border.releases.models import Hand, Release
from tests import factories as make

LIST, ADD = reverse("admin:releases"), reverse("admin:release_add")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.RELEASES_ROOT = tmp_path / "releases"


@pytest.fixture
def chief(visit):
    visitor = visit("admin")
    operations.publish(make.ActorFactory(slug="liwa"), by=make.UserFactory(), reason="Good.")
    return visitor


def test_release_is_made_by_a_worker_in_the_name_of_who_asked(chief, monkeypatch):
    form = chief.get(ADD).context["form"]
    name = form.initial["name"]
    assert name.endswith(".1")
    job = Job.objects.get(pk=int(chief.post(ADD, {"name": name, "note": "أول"})["Location"].split("/")[-2]))
    assert "is being made" in chief.get(LIST).content.decode()
    twice = chief.post(ADD, {"name": "2031.1"}).content.decode()
    assert "A release is being made already" in twice
    monkeypatch.setattr("border.jobs.progress.Progress._tell", lambda self: None)
    monkeypatch.setattr(
        "border.jobs.progress.Progress.begin",
        lambda self: Job.objects.update(state="running", started_at=job.asked_at),
    )
    run(job.pk)
    release = Release.objects.get()
    assert (release.name, release.note) == (name, "أول")
    assert Hand.objects.get().by == chief.user
    page = chief.get(LIST).content.decode()
    assert f'href="/releases/{name}/"' in page
    assert chief.user.username in page
    assert chief.get(ADD).context["form"].initial["name"].endswith(".2")
    assert "a name is used once" in chief.post(ADD, {"name": name}).content.decode()
    assert "Write a year and a number" in chief.post(ADD, {"name": "first"}).content.decode()


def test_release_is_withdrawn_for_a_reason_once(chief):
    release = make.ReleaseFactory()
    address = reverse("admin:release_withdraw", args=[release.name])
    assert "Give a reason" in chief.post(address, {"reason": " "}).content.decode()
    page = chief.post(address, {"reason": "It endangers somebody."}, follow=True).content.decode()
    assert f"Release {release.name} is withdrawn" in page
    assert "It endangers somebody." in page
    assert address not in page
    assert Hand.objects.get().by == chief.user
    assert "was withdrawn already" in chief.post(address, {"reason": "Again."}).content.decode()
    assert chief.get(reverse("admin:release_withdraw", args=["1998.1"])).status_code == 404


def test_nobody_else_is_led_there(visit):
    for group in ("reviewer", "importer", "curator"):
        visitor = visit(group)
        assert LIST not in visitor.get("/admin/").content.decode()
        assert visitor.get(LIST).status_code == 403
    assert LIST in visit("admin").get("/admin/").content.decode()
