"""The pages of datasets that are taken in: a file is brought, looked over, written or given up, and taken back."""

import csv
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from border import admin_jobs, admin_names
from border.admin_import_forms import AgainForm, BringForm, ReasonForm, WriteForm
from border.admin_numbers import answer, page_of, part_of
from border.contracts.dump import for_spreadsheets
from border.imports.asking import MOST_BYTES, ask_for, bring
from border.imports.choices import ImportState, RowVerdict
from border.imports.looking import Words, differing, meaning_of, waiting
from border.imports.models import Import, StagedRow
from border.imports.reading import give_up
from border.jobs.choices import JobState
from sources.choices import BatchState
from sources.models import Source

NAMES_SHOWN = 50
# Rows that are read on, with something odd about them: beside the verdicts a list of its own.
FLAGGED = "flagged"
HEADER = ("file", "line", "key", "verdict", "remarks")
BUSY = {
    "import.read": "Being read",
    "import.write": "Being written",
    "import.undo": "Being taken back",
    "import.back": "Being brought back",
}

# After these some of what was meant may stay as it is.
TO_AND_FRO = ("import.undo", "import.back")

View = Callable[..., HttpResponseBase]


def urls() -> list[URLPattern]:
    """The list of imports, the way to bring a file, and the pages and steps of each import."""

    def door(view: View, only: Callable[[View], View] = require_GET) -> Any:
        return admin.site.admin_view(only(view))

    bringing = require_http_methods(["GET", "POST"])
    return [
        path("imports/", door(imports), name="imports"),
        path("imports/add/", door(add, bringing), name="imports_add"),
        *admin_names.urls(only_for, may_see),
        path("imports/<int:key>/", door(preview), name="import_preview"),
        path("imports/<int:key>/rows/<str:verdict>/", door(rows), name="import_rows"),
        path("imports/<int:key>/report/", door(report), name="import_report"),
        path("imports/<int:key>/read/", door(read_again, require_POST), name="import_read"),
        path("imports/<int:key>/write/", door(write, require_POST), name="import_write"),
        path("imports/<int:key>/give-up/", door(abandon, require_POST), name="import_give_up"),
        path("imports/<int:key>/undo/", door(take_back, require_POST), name="import_undo"),
        path("imports/<int:key>/back/", door(bring_back, require_POST), name="import_back"),
    ]


def may_see(person: Any) -> bool:
    """Whether ``person`` may look at imports of datasets."""
    return bool(person.has_perm("imports.view_import"))


def may_import(person: Any) -> bool:
    """Whether ``person`` may bring files of datasets and decide what becomes of them."""
    return bool(person.has_perm("imports.add_import"))


def may_undo(person: Any) -> bool:
    """Whether ``person`` may take back what an import wrote."""
    return bool(may_see(person) and person.has_perm("sources.undo_batch"))


def only_for(allowed: Callable[[Any], bool]) -> Callable[[View], View]:
    """A decorator: the page is for those who are ``allowed``."""

    def guarded(view: View) -> View:
        @wraps(view)
        def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not allowed(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guard

    return guarded


# What is looked at.


@only_for(may_see)
def imports(request: HttpRequest) -> HttpResponse:
    """All imports, the latest first: who, when, which file, what came of it."""
    found = Import.objects.select_related("release", "asked_by", "job", "batch").order_by("-pk")
    page = page_of(request, found.count())
    page.rows.extend({"one": one, **_standing(one)} for one in part_of(found, page))
    context = {
        "title": "Datasets",
        "meaning": "Files that were brought, of ACLED and UCDP or of border's own tables: looked over, written, taken back.",
        "page": page,
        "may_import": may_import(request.user),
    }
    return answer(request, "admin/imports.html", context)


@only_for(may_see)
def preview(request: HttpRequest, key: int) -> HttpResponse:
    """One import: how far it is, what would become of its rows, and what may be done."""
    one = _one(key)
    refused = one.counts.get(RowVerdict.REFUSED, 0)
    looked_over = one.is_undecided and one.state == ImportState.READ
    decides, undoes = may_import(request.user), may_undo(request.user)
    context = {
        "title": one.name,
        "one": one,
        **_standing(one),
        "job": admin_jobs.shown(one.job) if one.job else None,
        "sees_job": one.job and _sees_job(request, one),
        "readable": one.is_undecided and decides,
        "looked_over": looked_over,
        "verdicts": _verdicts(one, linked=looked_over),
        "flagged": one.rows.flagged().count() if looked_over else 0,
        "names": waiting(one, NAMES_SHOWN) if looked_over else {},
        "refused": refused,
        "whole": one.must_be_whole,
        "tables": _tables(one),
        "write_form": WriteForm(refused=refused) if looked_over and decides and _may_be_written(one) else None,
        "again_form": AgainForm(initial={"release": one.release_said, "within": one.within}),
        "releases": _releases() if one.is_undecided and decides else [],
        "undo_form": ReasonForm() if one.stands and undoes else None,
        "back_form": ReasonForm() if one.may_return and undoes else None,
        "went": one.job.result if one.job and one.job.kind in TO_AND_FRO else None,
    }  # fmt: skip
    return answer(request, "admin/import_preview.html", context)


@only_for(may_see)
def rows(request: HttpRequest, key: int, verdict: str) -> HttpResponse:
    """The rows of an import with one verdict, or those that are flagged, page by page."""
    one = _one(key)
    known = next((kind for kind in RowVerdict if kind == verdict), None)
    if known:
        title, meaning, found = known.label, meaning_of(one, known), one.rows.filter(verdict=known)
    else:
        title, meaning = "Flagged", "They are taken in, and something about them is odd."
        found = one.rows.flagged()
    page = page_of(request, found.count())
    part = list(part_of(found.select_related("of").order_by("number"), page))
    words, told = Words(part), differing(one)
    page.rows.extend(
        {
            "row": row,
            "place": words.place(row),
            "differences": list(words.differences(row)) if known in told else [],
        }
        for row in part
    )
    context = {
        "title": f"{title} rows of {one.name}",
        "meaning": meaning,
        "page": page,
        "back": reverse("admin:import_preview", args=[key]),
    }
    return answer(request, "admin/import_rows.html", context)


@only_for(may_see)
def report(request: HttpRequest, key: int) -> StreamingHttpResponse:
    """Every row of an import with its verdict and what is said of it, as CSV for a spreadsheet."""
    one = _one(key)
    found = one.rows.order_by("number").only("file", "line", "key", "verdict", "remarks")
    lines = csv.writer(_Echo(), lineterminator="\r\n")
    told = (dict(zip(HEADER, _reported(row), strict=True)) for row in found.iterator(2000))

    def content() -> Iterator[str]:
        # Excel takes a file for UTF-8 by this mark only.
        yield "\ufeff" + lines.writerow(HEADER)
        for row in for_spreadsheets(told):
            yield lines.writerow(row.values())

    return StreamingHttpResponse(
        content(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="import-{one.pk}.csv"'},
    )


# What is done.


@only_for(may_import)
def add(request: HttpRequest) -> HttpResponse:
    """The form with which a file is brought; brought, it is read by a worker."""
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        one = bring(given["file"], name=given["file"].name, release=given["release"], within=given["within"], by=request.user)  # fmt: skip
        return _back_to(one.pk)
    context = {
        "title": "Import a dataset",
        "form": form,
        "releases": _releases(),
        "most": MOST_BYTES // 1024**2,
    }
    return answer(request, "admin/import_add.html", context)


@only_for(may_import)
def read_again(request: HttpRequest, key: int) -> HttpResponse:
    """Have a file read once more, perhaps as another release or within another area."""
    one, form = _one(key), AgainForm(request.POST)
    if not one.is_undecided:
        return _not_now(request, one)
    if not form.is_valid():
        return _refused(request, one, form)
    one.release_said, one.within = form.cleaned_data["release"], form.cleaned_data["within"]
    one.save(update_fields=["release_said", "within"])
    ask_for(one, "import.read", f"Read {one.name}", by=request.user)
    return _back_to(key)


@only_for(may_import)
def write(request: HttpRequest, key: int) -> HttpResponse:
    """Have what was looked over written, for a reason; rows that are refused are left out only where somebody says so."""
    one = _one(key)
    if one.state != ImportState.READ or one.is_under_way:
        return _not_now(request, one)
    if not _may_be_written(one):
        messages.error(request, "Rows of it are refused: mend the file, and bring it again.")
        return _back_to(key)
    form = WriteForm(request.POST, refused=one.counts.get(RowVerdict.REFUSED, 0))
    if not form.is_valid():
        return _refused(request, one, form)
    given = {"why": form.cleaned_data["reason"], "without_refused": form.cleaned_data.get("without", False)}
    ask_for(one, "import.write", f"Write {one.name}", by=request.user, **given)
    return _back_to(key)


@only_for(may_import)
def abandon(request: HttpRequest, key: int) -> HttpResponse:
    """Give an import up: its file and its rows go, that there was one stays."""
    one = _one(key)
    if not one.is_undecided:
        return _not_now(request, one)
    give_up(one)
    messages.success(request, f"{one.name} is given up: nothing of it was written.")
    return HttpResponseRedirect(reverse("admin:imports"))


@only_for(may_undo)
def take_back(request: HttpRequest, key: int) -> HttpResponse:
    """Have what an import wrote taken back, for a reason."""
    one, form = _one(key), ReasonForm(request.POST)
    if not one.stands:
        return _not_now(request, one)
    if not form.is_valid():
        return _refused(request, one, form)
    ask_for(one, "import.undo", f"Take back {one.name}", by=request.user, why=form.cleaned_data["reason"])
    return _back_to(key)


@only_for(may_undo)
def bring_back(request: HttpRequest, key: int) -> HttpResponse:
    """Have what was taken back of an import brought back, for a reason."""
    one, form = _one(key), ReasonForm(request.POST)
    if not one.may_return:
        return _not_now(request, one)
    if not form.is_valid():
        return _refused(request, one, form)
    ask_for(one, "import.back", f"Bring back {one.name}", by=request.user, why=form.cleaned_data["reason"])
    return _back_to(key)


# Of what these are made.


class _Echo:
    """What a writer of CSV writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def _reported(row: StagedRow) -> tuple[str, ...]:
    said = (": ".join(filter(None, [column, value, message])) for column, value, message in row.remarks)
    return row.file, str(row.line), row.key, row.verdict, " | ".join(said)


def _one(key: int) -> Import:
    return get_object_or_404(Import.objects.select_related("release", "asked_by", "job__asked_by", "batch"), pk=key)  # fmt: skip


def _sees_job(request: HttpRequest, one: Import) -> bool:
    own = one.job is not None and one.job.asked_by_id == request.user.pk
    return request.user.has_perm("jobs.view_job") or (own and admin_jobs.may_see(request.user))


def _standing(one: Import) -> dict[str, str]:
    """The word for how far an import is, and how it looks: what is under way or went wrong comes before what was."""
    if one.job and one.is_under_way:
        return {"word": BUSY.get(one.job.kind, one.job.kind), "badge": "is-info"}
    if one.batch and one.batch.state == BatchState.UNDONE:
        return {"word": "Taken back", "badge": "is-warning"}
    if one.job and one.job.state == JobState.FAILED:
        return {"word": "Failed", "badge": "is-bad"}
    return {
        "word": one.get_state_display(),
        "badge": "is-good" if one.state == ImportState.WRITTEN else "",
    }


def _verdicts(one: Import, *, linked: bool) -> list[dict[str, Any]]:
    """How many rows have each verdict, and where they are listed while they are here."""
    return [
        {
            "verdict": verdict,
            "meaning": meaning_of(one, verdict),
            "count": one.counts[verdict],
            "address": reverse("admin:import_rows", args=[one.pk, verdict.value]) if linked else "",
        }
        for verdict in RowVerdict
        if one.counts.get(verdict)
    ]


def _may_be_written(one: Import) -> bool:
    """Whether what was looked over may be written: of border's own tables only what has no refused row."""
    return not (one.must_be_whole and one.counts.get(RowVerdict.REFUSED))


def _tables(one: Import) -> list[tuple[str, dict[str, int]]]:
    """The tables of a file of border's own, each with how many rows of it have each verdict."""
    return [(name, counts) for name, counts in one.layout.get("tables", {}).items() if one.counts]


def _releases() -> list[tuple[str, str]]:
    """The releases of datasets that are here, by slug and title."""
    return list(Source.objects.exclude(dataset="").order_by("slug").values_list("slug", "title"))


def _back_to(key: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:import_preview", args=[key]))


def _not_now(request: HttpRequest, one: Import) -> HttpResponse:
    messages.warning(
        request, "Nothing was done: this is under way, was done already, or cannot be done any more."
    )
    return _back_to(one.pk)


def _refused(request: HttpRequest, one: Import, form: Any) -> HttpResponse:
    for faults in form.errors.values():
        for fault in faults:
            messages.error(request, fault)
    return _back_to(one.pk)
