"""The page on which somebody sees what taking changes back would come to, says why, and does it."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from border.admin_skin import TextArea
from border.history.called import Key
from border.history.plan import Conflict, Plan, Step, plan
from border.history.reading import what
from border.history.selection import Selection
from border.history.shown import Shown, fields
from border.history.undo import LONGEST_REASON, PlanChanged, UndoRefused, apply

# Up to so many records their values are shown one by one, beyond it in a line each.
IN_FULL = 20
RECORDS_A_PAGE = 100
CONFLICTS_SHOWN = 200
VERBS = {"insert": "comes back", "update": "changes", "delete": "is deleted"}
RIGHTS = {"insert": "add", "update": "change", "delete": "delete"}


class UndoForm(forms.Form):
    """Why changes are taken back, and which plan was on the page."""

    reason = forms.CharField(
        max_length=LONGEST_REASON, widget=TextArea(attrs={"rows": 3, "dir": "auto"}), strip=True
    )
    digest = forms.CharField(widget=forms.HiddenInput)


def decide(
    request: HttpRequest,
    selection: Selection,
    *,
    title: str,
    meaning: str,
    back: str,
    verb: str = "Take it back",
    done: Callable[[], None] | None = None,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page that shows the plan and asks why, or, once it is carried out, the way ``back``.

    What was changed since the page was shown is shown anew before anything is written. ``done`` is called in the end.
    Raises PermissionDenied for whoever may not see all that the plan shows.
    """
    drawn, problem = plan(selection), ""
    tables = {step.model for step in drawn.steps} | {one.model for one in drawn.conflicts}
    if not all(may_see(model, request.user) for model in tables):
        raise PermissionDenied
    lacking = rights_lacking(drawn, request.user)
    form = UndoForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and lacking:
        raise PermissionDenied
    if request.method == "POST" and form.is_valid():
        try:
            carried_out = _carry_out(drawn, form, by=request.user, done=done)
        except PlanChanged as changed:
            drawn, problem = changed.plan, str(changed)
        except UndoRefused as refused:
            problem = str(refused)
        else:
            messages.success(request, _summary(carried_out))
            return HttpResponseRedirect(back)
    page = Paginator(list(drawn.records.items()), RECORDS_A_PAGE).get_page(request.GET.get("p"))
    in_full = len(drawn.records) <= IN_FULL
    return TemplateResponse(
        request,
        "admin/undo.html",
        {
            **admin.site.each_context(request),
            "title": title,
            "meaning": meaning,
            "verb": verb,
            "back": back,
            "form": form,
            "problem": problem,
            "lacking": lacking,
            "plan": drawn,
            "summary": _summary(drawn) if drawn.steps else "",
            "page": page,
            "in_full": in_full,
            "records": list(_records(page, in_full=in_full)),
            "conflicts": list(_conflicts(drawn.conflicts[:CONFLICTS_SHOWN])),
            "more_conflicts": max(0, len(drawn.conflicts) - CONFLICTS_SHOWN),
            **(context or {}),
        },
    )


def _carry_out(drawn: Plan, form: UndoForm, *, by: Any, done: Callable[[], None] | None) -> Plan:
    """The plan as it was carried out. Raises PlanChanged where the page had shown another, and UndoRefused."""
    if form.cleaned_data["digest"] != drawn.digest:
        raise PlanChanged(drawn)
    with transaction.atomic():
        carried_out = apply(drawn, by=by, reason=form.cleaned_data["reason"])
        if done:
            done()
    return carried_out


def may_see(model: type[Any], user: Any) -> bool:
    """Whether ``user`` may see the rows of ``model``: to view or to change them."""
    app, name = model._meta.app_label, model._meta.model_name
    return user.has_perm(f"{app}.view_{name}") or user.has_perm(f"{app}.change_{name}")


def rights_lacking(drawn: Plan, user: Any) -> list[str]:
    """What ``user`` may not do and the plan would: to take back an addition is to delete."""
    wanted = {(step.model._meta, RIGHTS[step.action]) for step in drawn.steps}
    return sorted(
        f"{right} {options.verbose_name_plural}"
        for options, right in wanted
        if not user.has_perm(f"{options.app_label}.{right}_{options.model_name}")
    )


def address(key: Key) -> str:
    """The history of a record, where it has pages of its own."""
    model, pk = key
    options = model._meta
    return (
        reverse(f"admin:{options.app_label}_{options.model_name}_history", args=[pk])
        if model in admin.site._registry
        else ""
    )


def _summary(drawn: Plan) -> str:
    """How many rows of each table change, in one sentence.

    Counted by table and by what becomes of their rows.
    """
    if not drawn.steps:
        return "There was nothing to take back."
    counts = Counter((step.action, step.model) for step in drawn.steps)
    words = {"insert": "brought back", "update": "changed back", "delete": "deleted"}
    told = [
        f"{count} {model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural} {words[action]}"
        for (action, model), count in counts.items()
    ]
    kept = len(drawn.conflicts)
    stays = f" {kept} {'thing stays' if kept == 1 else 'things stay'} as changed since." if kept else ""
    return f"{', '.join(told)}.{stays}"


def _records(page: Iterable[tuple[Key, list[Step]]], *, in_full: bool) -> Iterable[dict[str, Any]]:
    """The records of one page of the plan with what becomes of each."""
    listed = list(page)
    rows = [(step.model, _row(step, side)) for _, steps in listed for step in steps for side in (0, 1)]
    shown = Shown(rows) if in_full else Shown([])
    for key, steps in listed:
        own = next((step for step in steps if (step.model, step.pk) == key), None)
        yield {
            "called": f"{key[0]._meta.verbose_name} {steps[0].called.slug}",
            "address": address(key),
            "gone": own is not None and own.action == "delete",
            "steps": [_step(step, shown) for step in steps] if in_full else [],
            "line": "" if in_full else _line(key, steps),
        }


def _row(step: Step, side: int) -> dict[str, Any]:
    return step.row | {name: pair[side] for name, pair in step.fields.items()}


def _step(step: Step, shown: Shown) -> dict[str, Any]:
    values = []
    for field in fields(step.model):
        if field.attname in step.fields:
            before, after = (shown(field, value) for value in step.fields[field.attname])
            if before or after:
                values.append((field.verbose_name, before, after))
    return {"what": what(step.model, step.row, shown), "verb": VERBS[step.action], "action": step.action, "values": values}  # fmt: skip


def _line(key: Key, steps: list[Step]) -> str:
    """What becomes of a record, in a line."""
    told = []
    for step in steps:
        if (step.model, step.pk) == key:
            names = [str(one.verbose_name) for one in fields(step.model) if one.attname in step.fields]
            told.append(", ".join(names) if step.action == "update" else VERBS[step.action])
    counts = Counter((step.model, step.action) for step in steps if (step.model, step.pk) != key)
    words = {"insert": "back", "update": "changed", "delete": "deleted"}
    told += [
        f"{count} {model._meta.verbose_name if count == 1 else model._meta.verbose_name_plural} {words[action]}"
        for (model, action), count in counts.items()
    ]
    return "; ".join(told)


def _conflicts(conflicts: list[Conflict]) -> Iterable[dict[str, Any]]:
    """What stays as it is, with whose word it is and where to look."""
    values = [
        (one.model, {one.column: value})
        for one in conflicts
        if one.column
        for value in (one.kept, one.wanted)
    ]
    shown = Shown(values)
    for one in conflicts:
        field = next((field for field in fields(one.model) if field.attname == one.column), None)
        yield {
            "called": one.called.text,
            "address": address(one.called.record),
            "field": field and field.verbose_name,
            "kept": field and shown(field, one.kept),
            "wanted": field and shown(field, one.wanted),
            "reason": one.reason,
            "hand": one.hand,
        }
