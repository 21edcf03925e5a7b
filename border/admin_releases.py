"""The pages of releases in the admin: what there is, having one made by a worker, and withdrawing one."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from border.admin_numbers import answer, page_of, part_of
from border.admin_skin import TextArea, TextInput
from border.jobs.asking import ask
from border.jobs.models import Job
from border.publication import chain
from border.releases.models import Release
from border.releases.operations import LONGEST, refusals, withdraw
from border.releases.refusal import ReleaseRefused

KIND = "release.make"


def urls() -> list[URLPattern]:
    """The list of releases, and the ways to make and to withdraw one."""
    door = admin.site.admin_view
    both = require_http_methods(["GET", "POST"])
    return [
        path("releases/", door(require_GET(releases)), name="releases"),
        path("releases/add/", door(both(add)), name="release_add"),
        path("releases/<str:release>/withdraw/", door(both(take_back)), name="release_withdraw"),
    ]


def may_make(person: Any) -> bool:
    """Whether ``person`` may make and withdraw releases."""
    return bool(person.has_perm("releases.make"))


class ReleaseForm(forms.Form):
    """What a release is called, and what is said of it."""

    name = forms.CharField(
        label="Name",
        max_length=9,
        help_text="A year and a number, used once.",
        widget=TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=LONGEST,
        help_text="What is to be said of it: readers see it.",
        widget=TextArea(attrs={"rows": 2, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        """A name that is free, and a note that may be kept; nobody makes a release already."""
        given = self.cleaned_data
        if "name" in given and (problems := refusals(given["name"], given.get("note", ""))):
            raise forms.ValidationError(problems)
        if Job.objects.unfinished().filter(kind=KIND).exists():
            raise forms.ValidationError(
                "A release is being made already: wait until it is done, or call it off."
            )
        return given


class WithdrawForm(forms.Form):
    """Why a release is withdrawn."""

    reason = forms.CharField(
        label="Reason",
        max_length=LONGEST,
        help_text="Readers see it.",
        error_messages={"required": "Give a reason: readers who cite it will ask."},
        widget=TextArea(attrs={"rows": 2, "dir": "auto"}),
    )


def releases(request: HttpRequest) -> HttpResponse:
    """Every release, the one made last first: what it holds, by whom, and whether it stands."""
    _only_makers(request)
    found = Release.objects.latest_first().prefetch_related("hands__by")
    page = page_of(request, found.count())
    page.rows.extend(
        {"one": one, "hand": next((hand for hand in one.hands.all() if not hand.withdrew), None)}
        for one in part_of(found, page)
    )
    context = {
        "title": "Releases",
        "page": page,
        "under_way": Job.objects.unfinished().filter(kind=KIND).first(),
    }
    return answer(request, "admin/releases.html", context)


def add(request: HttpRequest) -> HttpResponse:
    """The form by which a release is asked for; asked for, a worker makes it."""
    _only_makers(request)
    form = ReleaseForm(request.POST or None, initial={"name": next_name()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        job = ask(
            KIND, about=f"Release {given['name']}", by=request.user, name=given["name"], note=given["note"]
        )
        return HttpResponseRedirect(reverse("admin:job", args=[job.pk]))
    context = {"title": "Make a release", "form": form, "head": chain.head()}
    return answer(request, "admin/release_add.html", context)


def take_back(request: HttpRequest, release: str) -> HttpResponse:
    """The form by which a release is withdrawn, for a public reason."""
    _only_makers(request)
    one = get_object_or_404(Release, name=release)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw(one.name, by=request.user, reason=form.cleaned_data["reason"])
        except ReleaseRefused as refused:
            form.add_error(None, refused.problems)
        else:
            messages.success(request, f"Release {one.name} is withdrawn: its files are no longer served.")
            return HttpResponseRedirect(reverse("admin:releases"))
    return answer(
        request, "admin/release_withdraw.html", {"title": f"Withdraw {one.name}", "one": one, "form": form}
    )


def next_name() -> str:
    """The name that comes next this year."""
    year = timezone.now().year
    numbers = [
        int(name.partition(".")[2])
        for name in Release.objects.filter(name__startswith=f"{year}.").values_list("name", flat=True)
    ]
    return f"{year}.{max(numbers, default=0) + 1}"


def _only_makers(request: HttpRequest) -> None:
    if not may_make(request.user):
        raise PermissionDenied
