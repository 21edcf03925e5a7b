"""The pages of the desk: the desk itself, and the lists behind its numbers. Only what the person may see is counted or shown."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET

from border import admin_audits, admin_weeks
from border.admin_base import RecordAdmin
from border.admin_desk import QUESTIONS, answers, counts, nouns
from border.curation.queues import comments_for
from border.publication.endpoints import ENDPOINTS, Endpoint, endpoint_of
from border.publication.models import Entry
from sources.models import Batch

PER_PAGE = 50
IMPORTS_SHOWN = 5
# The bars of a chart, in the units of its picture.
CHART_WIDTH, CHART_HEIGHT, BAR = 520, 120, 16
QUICK = ("events.event", "sources.source", "actors.actor", "territories.territory")


def urls() -> list[URLPattern]:
    """The lists behind the numbers of the desk."""

    def door(view: Any) -> Any:
        return admin.site.admin_view(require_GET(view))

    return [
        path("desk/comments/", door(comments), name="desk_comments"),
        path("desk/changes/", door(changes), name="desk_changes"),
        path("desk/week/", door(week), name="desk_week"),
        path("desk/audits/", door(audits), name="desk_audits"),
        path("desk/audits/<str:audit>/", door(suspicious), name="desk_audit"),
        path("desk/<str:question>/", door(records), name="desk_records"),
    ]


@dataclass(frozen=True)
class Number:
    """A number, and the list that has as many rows."""

    count: int
    address: str


@dataclass(frozen=True)
class Page:
    """Some rows of a longer list, and the addresses of the pages before and after."""

    rows: list[Any]
    count: int
    number: int
    last: int
    before: str
    after: str


# The desk.


def desk(request: HttpRequest) -> dict[str, Any]:
    """What waits for this person, what wants care, and the records of each noun."""
    counted = counts(QUESTIONS.values(), request)
    shown = nouns(request)
    mine = [
        {
            "question": QUESTIONS[name],
            "number": Number(sum(counted[name].values()), reverse("admin:desk_records", args=[name])),
        }
        for name in ("drafts", "review", "back")
        if counted[name]
    ]
    care = [
        {
            "question": QUESTIONS[name],
            "number": Number(sum(counted[name].values()), reverse("admin:desk_records", args=[name])),
        }
        for name in ("uncited", "contradicted")
        if counted[name]
    ]
    return {
        "nouns": [_noun(one, counted, request) for one in shown],
        "questions": [question for question in QUESTIONS.values() if counted[question.name]],
        "mine": mine,
        "comments": Number(comments_for(request.user).count(), reverse("admin:desk_comments"))
        if shown
        else None,
        "care": care,
        "quick": [
            {"name": str(one.opts.verbose_name), "address": _address(one, "add")}
            for label in QUICK
            for one in shown
            if one.opts.label_lower == label and one.has_add_permission(request)
        ],
        "imports": _imports(request),
    }


def _noun(
    shown: RecordAdmin, counted: dict[str, dict[type[Any], int]], request: HttpRequest
) -> dict[str, Any]:
    address = _address(shown, "changelist")
    return {
        "name": str(shown.opts.verbose_name_plural),
        "numbers": [
            Number(found[shown.model], address + QUESTIONS[name].query) if shown.model in found else None
            for name, found in counted.items()
            if found
        ],
    }


def _imports(request: HttpRequest) -> dict[str, Any] | None:
    batches = admin.site._registry[Batch]
    if not batches.has_view_permission(request):
        return None
    recent = Batch.objects.select_related("applied_by").order_by("-pk")[:IMPORTS_SHOWN]
    return {
        "number": Number(Batch.objects.count(), reverse("admin:sources_batch_changelist")),
        "recent": [
            {
                "batch": batch,
                "address": reverse("admin:sources_batch_change", args=[batch.pk]),
                "files": ", ".join(file["name"] for file in batch.files),
                "new": sum(table.get("new", 0) for table in batch.counts.values()),
                "changed": sum(table.get("changed", 0) for table in batch.counts.values()),
            }
            for batch in recent
        ],
    }


# The lists behind its numbers.


def records(request: HttpRequest, question: str) -> HttpResponse:
    """The records of all nouns that answer a question of the desk."""
    if question not in QUESTIONS:
        raise Http404
    asked = QUESTIONS[question]
    found = answers(asked, request)
    counted = counts([asked], request)[question]
    page = _page(request, sum(counted.values()))
    rows: list[dict[str, Any]] = []
    passed = 0
    for model, matching in found.items():
        first = max(0, (page.number - 1) * PER_PAGE - passed)
        most = PER_PAGE - len(rows)
        if most and first < counted[model]:
            shown = admin.site._registry[model]
            part = list(shown.labelled(matching.order_by("pk"))[first : first + most])
            said = _said(part) if question == "contradicted" else {}
            rows += [_row(shown, record, said.get(record.pk, [])) for record in part]
        passed += counted[model]
    page.rows.extend(rows)
    context = {
        "title": asked.title,
        "meaning": asked.meaning,
        "page": page,
        "nouns": [
            {
                "name": str(model._meta.verbose_name_plural),
                "number": Number(count, _address(admin.site._registry[model], "changelist") + asked.query),
            }
            for model, count in counted.items()
            if count
        ],
    }
    return _answer(request, "admin/desk_records.html", context)


def _row(shown: Any, record: Any, said: list[Any]) -> dict[str, Any]:
    return {
        "label": shown.label(record),
        "noun": str(shown.opts.verbose_name),
        "status": record.get_status_display(),
        "address": _address(shown, "change", record.pk),
        "said": said,
    }


def _said(records: list[Any]) -> dict[int, list[tuple[str, list[Any]]]]:
    """For each record, the fields for which sources give different values, each with the citations that do."""
    if not records:
        return {}
    model = type(records[0])._meta.get_field("citations").related_model
    citations = (
        model._default_manager.contradicting()
        .filter(record__in=records)
        .select_related("source")
        .order_by("record_id", "attribute", "number")
    )
    return {
        key: [(field, list(values)) for field, values in groupby(found, attrgetter("attribute"))]
        for key, found in groupby(citations, attrgetter("record_id"))
    }


def comments(request: HttpRequest) -> HttpResponse:
    """The open comments to this person, the latest first."""
    found = comments_for(request.user).select_related("author").order_by("-made_at", "-pk")
    page = _page(request, found.count())
    part = list(_part(found, page))
    page.rows.extend({"comment": one, "address": address} for one, address in _with_addresses(part))
    return _answer(
        request,
        "admin/desk_comments.html",
        {"title": "Comments to me", "meaning": "Open until somebody resolves them.", "page": page},
    )


def _with_addresses(rows: Iterable[Any]) -> list[tuple[Any, str]]:
    """Rows that name a record by endpoint and slug, each with the address of that record's form; empty where it is gone."""
    rows = list(rows)
    keys: dict[tuple[str, str], int] = {}
    for name in {row.endpoint for row in rows}:
        wanted = [row.slug for row in rows if row.endpoint == name]
        found = ENDPOINTS[name].model._default_manager.filter(slug__in=wanted).values_list("slug", "pk")
        keys |= {(name, slug): pk for slug, pk in found}
    return [
        (row, _address(admin.site._registry[ENDPOINTS[row.endpoint].model], "change", key) if key else "")
        for row in rows
        for key in [keys.get((row.endpoint, row.slug))]
    ]


def week(request: HttpRequest) -> HttpResponse:
    """What changed in the last seven days, and the weeks before as pictures."""
    seen = _endpoints(request)
    days = admin_weeks.week()
    counted = admin_weeks.by_person(seen, days)
    names = admin_weeks.people(set(counted))
    people = [
        {
            "name": names[who],
            "reviewed": Number(reviewed, _changes(days, who=who, reviewed="yes")),
            "unreviewed": Number(unreviewed, _changes(days, who=who, reviewed="no")),
        }
        for who, (reviewed, unreviewed) in counted.items()
    ]
    charts = []
    if seen:
        charts.append(
            _chart(
                "Worked on, by week",
                "Records changed, once for each person who changed them.",
                admin_weeks.by_week(seen),
                _changes,
            )
        )
    if admin.site._registry[Entry].has_view_permission(request):
        charts.append(
            _chart(
                "Published, by week",
                "Lines of the public ledger: records published, changed and taken back.",
                admin_weeks.published_by_week(),
                _entries,
            )
        )
    context = {"title": "This week", "days": days, "people": people, "charts": charts}
    return _answer(request, "admin/desk_week.html", context)


def changes(request: HttpRequest) -> HttpResponse:
    """The records that somebody changed between two days, once for each person; ``who`` and ``reviewed`` narrow it."""
    days = admin_weeks.Days(
        _day(request, "first", admin_weeks.week().first), _day(request, "last", admin_weeks.week().last)
    )
    who = request.GET.get("who", "")
    asked = admin_weeks.Changes(
        _endpoints(request),
        days,
        who=int(who) if who.isdecimal() and len(who) < 10 else None,
        reviewed={"yes": True, "no": False}.get(request.GET.get("reviewed", "")),
    )
    page = _page(request, asked.count())
    found = asked.part((page.number - 1) * PER_PAGE, PER_PAGE)
    names = admin_weeks.people({one.who for one in found} | ({asked.who} - {None}))
    page.rows.extend(
        {
            "changed": one,
            "who": names[one.who],
            "noun": str(ENDPOINTS[one.endpoint].model._meta.verbose_name),
            "address": _address(admin.site._registry[ENDPOINTS[one.endpoint].model], "change", one.pk),
        }
        for one in found
    )
    context = {
        "title": f"Changed, {days}",
        "who": names.get(asked.who, ""),
        "reviewed": asked.reviewed,
        "page": page,
    }
    return _answer(request, "admin/desk_changes.html", context)


def audits(request: HttpRequest) -> HttpResponse:
    """What each audit finds: those that find something, the most before all, and those that do not."""
    found: list[dict[str, Any]] = [
        {
            "audit": audit,
            "number": Number(
                sum(len(keys) for _, keys in admin_audits.found_by(audit)),
                reverse("admin:desk_audit", args=[name]),
            ),
        }
        for name, audit in admin_audits.shown_to(request).items()
    ]
    context = {
        "title": "Audits",
        "firing": sorted((one for one in found if one["number"].count), key=lambda one: -one["number"].count),
        "quiet": [one for one in found if not one["number"].count],
        "slow": [audit.name for audit in admin_audits.slow()],
    }
    return _answer(request, "admin/desk_audits.html", context)


def suspicious(request: HttpRequest, audit: str) -> HttpResponse:
    """The rows for which an audit's claim does not hold, each with the record that it belongs to."""
    known = admin_audits.shown_to(request)
    if audit not in known:
        raise Http404
    keys = [(model, key) for model, found in admin_audits.found_by(known[audit]) for key in found]
    page = _page(request, len(keys))
    for model, chosen in groupby(_part(keys, page), key=lambda one: one[0]):
        rows = model._default_manager.in_bulk([key for _, key in chosen])
        for key in sorted(rows):
            record = admin_audits.record_of(rows[key])
            shown = admin.site._registry[type(record)]
            page.rows.append(
                {
                    "row": rows[key] if record is not rows[key] else None,
                    "noun": str(model._meta.verbose_name),
                    "label": shown.label(record),  # type: ignore[attr-defined]
                    "address": _address(shown, "change", record.pk),
                }
            )
    context = {"title": known[audit].claim, "meaning": f"{audit}: not so for these.", "page": page}
    return _answer(request, "admin/desk_audit.html", context)


# Pieces.


def _answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})


def _endpoints(request: HttpRequest) -> list[Endpoint]:
    return [endpoint_of(shown.model) for shown in nouns(request)]


def _address(shown: Any, page: str, *keys: Any) -> str:
    return reverse(f"admin:{shown.opts.app_label}_{shown.opts.model_name}_{page}", args=keys)


def _changes(days: admin_weeks.Days, **narrowed: Any) -> str:
    asked = {"first": days.first.isoformat(), "last": days.last.isoformat(), **narrowed}
    return f"{reverse('admin:desk_changes')}?{urlencode(asked)}"


def _entries(days: admin_weeks.Days) -> str:
    since, until = (f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in days.bounds().values())
    return f"{reverse('admin:publication_entry_changelist')}?{urlencode({'at__gte': since, 'at__lt': until})}"


def _chart(title: str, meaning: str, values: list[int], address: Any) -> dict[str, Any]:
    """A bar for each week, as high as its share of the highest."""
    highest = max(values) or 1
    step = CHART_WIDTH / len(values)
    bars = []
    for number, (days, count) in enumerate(zip(admin_weeks.weeks(), values, strict=True)):
        height = max(round(count / highest * CHART_HEIGHT), 2 if count else 0)
        bars.append(
            {
                "days": days,
                "number": Number(count, address(days)),
                "x": round(number * step + (step - BAR) / 2, 1),
                "middle": round((number + 0.5) * step, 1),
                "y": CHART_HEIGHT - height,
                "height": height,
            }
        )
    return {
        "title": title,
        "meaning": meaning,
        "bars": bars,
        "highest": max(values),
        "total": sum(values),
        "width": CHART_WIDTH,
        "height": CHART_HEIGHT,
        "bar": BAR,
    }


def _number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 8 else 1


def _page(request: HttpRequest, count: int) -> Page:
    """An empty page of a list of ``count`` rows: the one asked for, or the last there is."""
    last = max(1, -(-count // PER_PAGE))
    number = min(_number(request), last)

    def address(other: int) -> str:
        asked = request.GET.copy()
        asked["page"] = str(other)
        return f"?{asked.urlencode()}" if 1 <= other <= last else ""

    return Page([], count, number, last, address(number - 1), address(number + 1))


def _part(rows: Any, page: Page) -> Any:
    return rows[(page.number - 1) * PER_PAGE : page.number * PER_PAGE]


def _day(request: HttpRequest, name: str, otherwise: dt.date) -> dt.date:
    try:
        return dt.date.fromisoformat(request.GET.get(name, ""))
    except ValueError:
        return otherwise
