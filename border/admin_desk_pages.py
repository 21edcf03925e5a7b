"""The pages of the desk: the desk itself, and the lists behind its numbers. Only what the person may see is counted or shown."""

from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET

from border import admin_audits, admin_week_pages
from border.admin_base import RecordAdmin
from border.admin_desk import QUESTIONS, answers, counts, nouns
from border.admin_numbers import PER_PAGE, Number, address_of, answer, page_of, part_of
from border.curation.queues import comments_for
from border.publication.endpoints import ENDPOINTS
from sources.models import Batch

IMPORTS_SHOWN = 5
QUICK = ("events.event", "sources.source", "actors.actor", "territories.territory")


def urls() -> list[URLPattern]:
    """The lists behind the numbers of the desk."""

    def door(view: Any) -> Any:
        return admin.site.admin_view(require_GET(view))

    return [
        path("desk/comments/", door(comments), name="desk_comments"),
        path("desk/changes/", door(admin_week_pages.changes), name="desk_changes"),
        path("desk/week/", door(admin_week_pages.week), name="desk_week"),
        path("desk/audits/", door(audits), name="desk_audits"),
        path("desk/audits/<str:audit>/", door(suspicious), name="desk_audit"),
        path("desk/<str:question>/", door(records), name="desk_records"),
    ]


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
            {"name": str(one.opts.verbose_name), "address": address_of(one, "add")}
            for label in QUICK
            for one in shown
            if one.opts.label_lower == label and one.has_add_permission(request)
        ],
        "imports": _imports(request),
    }


def _noun(
    shown: RecordAdmin, counted: dict[str, dict[type[Any], int]], request: HttpRequest
) -> dict[str, Any]:
    address = address_of(shown, "changelist")
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
    page = page_of(request, sum(counted.values()))
    rows: list[dict[str, Any]] = []
    passed = 0
    for model, matching in found.items():
        first = max(0, (page.number - 1) * PER_PAGE - passed)
        most = PER_PAGE - len(rows)
        if most and first < counted[model]:
            shown: Any = admin.site._registry[model]
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
                "number": Number(count, address_of(admin.site._registry[model], "changelist") + asked.query),
            }
            for model, count in counted.items()
            if count
        ],
    }
    return answer(request, "admin/desk_records.html", context)


def _row(shown: Any, record: Any, said: list[Any]) -> dict[str, Any]:
    return {
        "label": shown.label(record),
        "noun": str(shown.opts.verbose_name),
        "status": record.get_status_display(),
        "address": address_of(shown, "change", record.pk),
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
    page = page_of(request, found.count())
    part = list(part_of(found, page))
    page.rows.extend({"comment": one, "address": address} for one, address in _with_addresses(part))
    return answer(
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
        (row, address_of(admin.site._registry[ENDPOINTS[row.endpoint].model], "change", key) if key else "")
        for row in rows
        for key in [keys.get((row.endpoint, row.slug))]
    ]


def audits(request: HttpRequest) -> HttpResponse:
    """What each audit finds: those that find something, the most before all, and those that do not."""
    known = admin_audits.shown_to(request)
    found: list[dict[str, Any]] = [
        {
            "audit": known[name],
            "number": Number(sum(len(keys) for _, keys in rows), reverse("admin:desk_audit", args=[name])),
        }
        for name, rows in admin_audits.found_by(known.values()).items()
    ]
    found.sort(key=lambda one: -one["number"].count)
    context = {
        "title": "Audits",
        "firing": [one for one in found if one["number"].count],
        "quiet": [one for one in found if not one["number"].count],
        "slow": [audit.name for audit in admin_audits.slow()],
    }
    return answer(request, "admin/desk_audits.html", context)


def suspicious(request: HttpRequest, audit: str) -> HttpResponse:
    """The rows for which an audit's claim does not hold, each with the record that it belongs to."""
    known = admin_audits.shown_to(request)
    if audit not in known:
        raise Http404
    found = admin_audits.found_by([known[audit]])[audit]
    keys = [(model, key) for model, rows in found for key in rows]
    page = page_of(request, len(keys))
    for model, chosen in groupby(part_of(keys, page), key=lambda one: one[0]):
        rows = model._default_manager.in_bulk([key for _, key in chosen])
        for key in sorted(rows):
            record = admin_audits.record_of(rows[key])
            shown = admin.site._registry[type(record)]
            page.rows.append(
                {
                    "row": rows[key] if record is not rows[key] else None,
                    "noun": str(model._meta.verbose_name),
                    "label": shown.label(record),  # type: ignore[attr-defined]
                    "address": address_of(shown, "change", record.pk),
                }
            )
    context = {"title": known[audit].claim, "meaning": f"{audit}: not so for these.", "page": page}
    return answer(request, "admin/desk_audit.html", context)
