"""The pages of jobs: one's own for everybody who may ask, all for an admin, and calling off."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from border.admin_jobs import may_see
from tests import factories as make

LIST = reverse("admin:jobs")


def page_of(job):
    return reverse("admin:job", args=[job.pk])


@pytest.mark.parametrize(("group", "count"), [("curator", 1), ("importer", 1), ("reviewer", 1), ("admin", 2)])
def test_everybody_sees_their_own_jobs_and_an_admin_all(visit, group, count):
    visitor = visit(group)
    own, other = make.JobFactory(asked_by=visitor.user), make.JobFactory(asked_by=None)
    assert visitor.get(LIST).context["page"].count == count
    assert LIST in visitor.get("/admin/").content.decode()
    assert visitor.get(page_of(own)).status_code == 200
    assert visitor.get(page_of(other)).status_code == (200 if group == "admin" else 404)


def test_staff_without_a_group_is_not_led_there(db):
    user = make.UserFactory()
    assert not may_see(user)


def test_job_is_called_off_by_whoever_asked_and_by_an_admin_once(visit):
    visitor, chief, stranger = visit("importer"), visit("admin"), visit("curator")
    mine, other = make.JobFactory(asked_by=visitor.user), make.JobFactory(asked_by=visitor.user)
    address = reverse("admin:job_cancel", args=[mine.pk])
    assert stranger.post(address).status_code == 404
    assert "Call it off" in visitor.get(page_of(mine)).content.decode()
    page = visitor.post(address, follow=True).content.decode()
    assert "The job is called off" in page
    assert "Call it off" not in page
    assert "The job was over already." in visitor.post(address, follow=True).content.decode()
    chief.post(reverse("admin:job_cancel", args=[other.pk]))
    for job, by in ((mine, visitor.user), (other, chief.user)):
        job.refresh_from_db()
        assert (job.state, job.cancel_asked_by) == ("cancelled", by)


def test_page_says_how_far_it_is_and_what_came_of_it(visit):
    visitor = visit("admin")
    now = timezone.now()
    job = make.JobFactory(
        kind="gone.kind", state="running", started_at=now, done=1200, total=5000, unit="rows", attempts=2
    )
    page = visitor.get(page_of(job)).content.decode()
    assert 'max="5000" value="1200"' in page
    assert "1,200 of 5,000 rows" in page
    assert "gone.kind" in page
    assert ", 2 times" in page
    job.state, job.finished_at, job.message = "failed", now, "<b>No</b> such place.\nNo date."
    job.save()
    page = visitor.get(page_of(job)).content.decode()
    assert "<progress" not in page
    assert "&lt;b&gt;No&lt;/b&gt; such place.<br>No date." in page
    assert 'data-job="over"' in page


def test_list_asks_the_same_for_one_job_and_for_many(visit, django_assert_num_queries):
    visitor = visit("admin")
    for count in (1, 5):
        make.JobFactory.create_batch(count)
        visitor.get(LIST)
        with django_assert_num_queries(6):
            visitor.get(LIST)


def test_pages_of_the_queue_itself_are_not_there():
    assert not [model for model in admin.site._registry if model._meta.app_label == "procrastinate"]
