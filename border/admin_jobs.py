"""The pages of jobs: what somebody asked of the workers, how far it is, and calling it off."""

import datetime as dt
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_POST

from border.admin_numbers import answer, page_of, part_of
from border.jobs.asking import cancel
from border.jobs.choices import JobState
from border.jobs.kinds import kind_of
from border.jobs.models import Job

BADGES = {JobState.RUNNING: "is-info", JobState.DONE: "is-good", JobState.FAILED: "is-bad"}


def urls() -> list[URLPattern]:
    """The list of jobs, and the page of each."""
    door = admin.site.admin_view
    return [
        path("jobs/", door(require_GET(jobs)), name="jobs"),
        path("jobs/<int:key>/", door(require_GET(job)), name="job"),
        path("jobs/<int:key>/cancel/", door(require_POST(call_off)), name="job_cancel"),
    ]


def may_see(person: Any) -> bool:
    """Whether ``person`` may ask for jobs and see their own, or see those of all."""
    return bool(person.has_perm("jobs.add_job") or person.has_perm("jobs.view_job"))


def jobs(request: HttpRequest) -> HttpResponse:
    """The jobs of this person, the latest first; of everybody for those who may see them."""
    found = _seen(request).select_related("asked_by").order_by("-pk")
    page = page_of(request, found.count())
    page.rows.extend(map(shown, part_of(found, page)))
    everybody = request.user.has_perm("jobs.view_job")
    context = {
        "title": "Jobs",
        "meaning": "Long work that was asked for" + (" by anybody." if everybody else " by you."),
        "page": page,
    }
    return answer(request, "admin/jobs.html", context)


def job(request: HttpRequest, key: int) -> HttpResponse:
    """One job: how far it is, what came of it, and a way to call it off."""
    found = _one(request, key)
    context = {"title": found.about, "one": shown(found), "may_cancel": _may_cancel(request, found)}
    return answer(request, "admin/job.html", context)


def call_off(request: HttpRequest, key: int) -> HttpResponse:
    """Call a job off, and go back to its page."""
    found = _one(request, key)
    if not _is_its_own(request, found):
        raise PermissionDenied
    if cancel(found, by=request.user):
        messages.success(request, "The job is called off: nothing of it is applied.")
    else:
        messages.warning(request, "The job was over already.")
    return HttpResponseRedirect(reverse("admin:job", args=[key]))


def _seen(request: HttpRequest) -> Any:
    if not may_see(request.user):
        raise PermissionDenied
    return Job.objects.seen_by(request.user)


def _one(request: HttpRequest, key: int) -> Job:
    found = _seen(request).select_related("asked_by", "cancel_asked_by").filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _is_its_own(request: HttpRequest, found: Job) -> bool:
    return found.asked_by_id == request.user.pk or request.user.has_perm("jobs.change_job")


def _may_cancel(request: HttpRequest, found: Job) -> bool:
    return not found.is_over and found.cancel_asked_at is None and _is_its_own(request, found)


def shown(found: Job) -> dict[str, Any]:
    """What the pages say of a job."""
    kind = kind_of(found.kind)
    state = JobState(found.state)
    total = "" if found.total is None else f" of {found.total:,}"
    return {
        "job": found,
        "title": kind.title if kind else found.kind,
        "address": reverse("admin:job", args=[found.pk]),
        "badge": BADGES.get(state, ""),
        "meaning": state.meaning,
        "counted": f"{found.done:,}{total} {found.unit}".rstrip() if found.done or total else "",
        "lasted": said_of(found.lasted) if found.lasted is not None else "",
    }


def said_of(span: dt.timedelta) -> str:
    """How long something took, in its two largest units.

    >>> [said_of(dt.timedelta(seconds=n)) for n in (0.4, 59, 61, 3600, 90061)]
    ['less than 1 s', '59 s', '1 min 1 s', '1 h 0 min', '1 d 1 h']
    """
    seconds = int(span.total_seconds())
    for size, unit, part, smaller in ((86400, "d", 3600, "h"), (3600, "h", 60, "min"), (60, "min", 1, "s")):
        if seconds >= size:
            return f"{seconds // size} {unit} {seconds % size // part} {smaller}"
    return f"{seconds} s" if seconds else "less than 1 s"
