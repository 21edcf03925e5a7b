"""The queue of names of datasets: which wait, who or where is meant, and decisions applied to what was written before."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from border.admin_name_forms import FIRST, WHAT, AnswerForm, ApplyForm, AskedForm, TogetherForm, import_of
from border.admin_name_words import Words, read, written
from border.admin_numbers import answer, page_of, part_of
from border.imports.choices import Answer
from border.imports.deciding import DecisionRefused, Outcome, Said, decide
from border.imports.models import Decision
from border.imports.queue import MODELS, Asked, listed
from border.imports.settling import outlook
from border.jobs.asking import ask
from border.jobs.models import Job
from border.kernel.retrying import passing, retried

MOST = 1000
PENDING_SHOWN = 50
SETTLE = "import.settle"


def urls(only_for: Any, may_see: Any) -> list[URLPattern]:
    """The queue, the page of each name, and the steps of deciding."""

    def door(view: Any, allowed: Any, only: Any) -> Any:
        return admin.site.admin_view(only(only_for(allowed)(view)))

    both = require_http_methods(["GET", "POST"])
    return [
        path("imports/names/", door(names, may_see, require_GET), name="import_names"),
        path("imports/names/decide/", door(decide_one, may_decide, require_POST), name="import_names_decide"),
        path("imports/names/together/", door(together, may_decide, require_POST), name="import_names_together"),
        path("imports/names/apply/", door(apply, may_decide, both), name="import_names_apply"),
        path("imports/names/<str:what>/<int:key>/", door(name, may_see, require_GET), name="import_name"),
    ]  # fmt: skip


def may_decide(person: Any) -> bool:
    """Whether ``person`` may say who or where is meant by names of datasets."""
    return bool(person.has_perm("imports.add_decision"))


# What is looked at.


def names(request: HttpRequest) -> HttpResponse:
    """The names that wait, or that are asked for, those with most rows first; each may be decided here."""
    form = AskedForm(_filled(request.GET))
    asked = form.asked
    found = listed(asked)
    page = page_of(request, found.count())
    words = Words(asked.what, part_of(_with_meant(asked, found), page))
    page.rows.extend(map(words.row, words.readings))
    decides = may_decide(request.user)
    together_form = TogetherForm(asked.what) if decides and page.rows else None
    context = {
        "title": f"Names of {WHAT[asked.what].lower()} in datasets",
        "form": form,
        "asked": asked,
        "page": page,
        "of": import_of(asked),
        "query": _query(asked),
        "pending": Decision.objects.pending().count(),
        "decides": decides,
        "together_form": together_form,
        "media": together_form.media if together_form else "",
    }
    return answer(request, "admin/names.html", context)


def name(request: HttpRequest, what: str, key: int) -> HttpResponse:
    """One name: its rows, who or where may be meant, a look-up, and what was decided of it so far."""
    if what not in MODELS:
        raise Http404
    asked = _asked(request.GET, what)
    reading = _with_meant(asked, MODELS[what]._default_manager.filter(pk=key)).first()
    if reading is None:
        raise Http404
    words = Words(what, [reading])
    form = AnswerForm(what)
    context = {
        "title": reading.name or "A place without a name",
        "row": words.row(reading),
        "history": words.history(reading),
        "what": what,
        "form": form,
        "media": form.media,
        "decides": may_decide(request.user),
        "query": _query(asked),
        "next": _next(asked, key),
        "queue": f"{reverse('admin:import_names')}?{_query(asked)}",
    }
    return answer(request, "admin/name.html", context)


# What is done.


def decide_one(request: HttpRequest) -> HttpResponse:
    """Decide one name: by a candidate in one click, by what was looked up, as none of ours; or take a decision back."""
    sent = request.POST
    what, key = sent.get("what", ""), _whole(sent.get("key", ""))
    # A button of a list names its row too.
    if pick := sent.get("pick", ""):
        row, _, pick = pick.partition("|")
        key = _whole(row) or key
    if what not in MODELS or not key:
        raise Http404
    asked = _asked(QueryDict(sent.get("query", "")), what)
    said = _said(what, pick, sent)
    if said is None:
        messages.error(request, "Choose who or where is meant, or say that it is none of ours.")
        return _back(request, asked, what, key)
    seen = {key: _whole(sent.get(f"seen-{key}", ""))}
    following = _next(asked, key)
    outcome = _decided(request, what, {key: said}, seen)
    if outcome is None:
        return _back(request, asked, what, key)
    if outcome.overtaken:
        return HttpResponseRedirect(f"{reverse('admin:import_name', args=[what, key])}?{_query(asked)}")
    return _back(request, asked, what, following)


def together(request: HttpRequest) -> HttpResponse:
    """Show what one answer would mean for many names; with ``apply``, decide them as it was shown."""
    sent = request.POST
    asked = _asked(QueryDict(sent.get("query", "")), sent.get("what", ""))
    queue = f"{reverse('admin:import_names')}?{_query(asked)}"
    if "apply" in sent:
        return _decide_all(request, asked, queue)
    form = TogetherForm(asked.what, sent)
    found = listed(asked)
    if "all" not in sent:
        found = found.filter(pk__in=[_whole(key) for key in sent.getlist("chosen")][: MOST + 1])
    count = found.count()
    if not count or count > MOST:
        messages.error(
            request, f"Decide at most {MOST:,} at once: narrow the list." if count else "Select names first."
        )
        return HttpResponseRedirect(queue)
    if not form.is_valid():
        return _refused(request, form, queue)
    words = Words(asked.what, _with_meant(asked, found))
    rows = [_would(words, reading, form) for reading in words.readings]
    meant = [row for row in rows if row["said"]]
    context = {
        "title": f"Decide {len(meant):,} name{'' if len(meant) == 1 else 's'} together",
        "rows": meant,
        "left_out": len(rows) - len(meant),
        "kept": sum(row["reading"].kept for row in meant),
        "staged": sum(row["reading"].staged for row in meant),
        "asked": asked,
        "query": _query(asked),
        "queue": queue,
        "answer": dict(form.fields["answer"].choices)[form.cleaned_data["answer"]],  # type: ignore[attr-defined]
    }
    return answer(request, "admin/names_together.html", context)


def apply(request: HttpRequest) -> HttpResponse:
    """What decisions would reach of what was written before; sent, a worker is asked to apply them."""
    found = outlook()
    form = ApplyForm(request.POST if request.method == "POST" else None)
    under_way = Job.objects.filter(kind=SETTLE).unfinished().order_by("pk").first()
    if request.method == "POST" and form.is_valid():
        if under_way or not found.decisions:
            messages.warning(request, "Nothing was asked for: no decision waits, or they are being applied.")
            return HttpResponseRedirect(reverse("admin:import_names_apply"))
        about = f"Apply {found.decisions:,} decisions about names"
        job = ask(SETTLE, about=about, by=request.user, why=form.cleaned_data["reason"])
        return HttpResponseRedirect(reverse("admin:job", args=[job.pk]))
    pending = Decision.objects.pending().select_related("actor_reading", "place_reading", "decided_by")
    context = {
        "title": "Apply decisions about names",
        "found": found,
        "form": form,
        "under_way": under_way,
        "pending": pending.order_by("-pk")[:PENDING_SHOWN],
        "more": max(0, found.decisions - PENDING_SHOWN),
        "queue": reverse("admin:import_names"),
    }
    return answer(request, "admin/names_apply.html", context)


# Of what these are made.


def _filled(sent: QueryDict) -> QueryDict:
    filled = sent.copy()
    filled.setdefault("what", "actors")
    filled.setdefault("state", "waiting")
    return filled


def _asked(sent: QueryDict, what: str) -> Asked:
    filled = _filled(sent)
    filled["what"] = what
    return AskedForm(filled).asked


def _query(asked: Asked) -> str:
    """What is asked for, as the address of the queue has it."""
    said = {"what": asked.what, "state": asked.state, "dataset": asked.dataset, "of": asked.of, "q": asked.q}
    return urlencode({name: value for name, value in said.items() if value})


def _with_meant(asked: Asked, found: Any) -> Any:
    return found.prefetch_related("meant") if asked.what == "actors" else found


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _said(what: str, pick: str, sent: QueryDict) -> Said | None:
    """What was picked, or looked up."""
    if pick:
        return read(what, pick)
    form, chosen = AnswerForm(what, sent), sent.get("answer", "")
    if not form.is_valid() or chosen not in {Answer.THIS, Answer.WITHIN}:
        return None
    said = form.said(chosen)
    return said if said.actors or said.territory else None


def _next(asked: Asked, key: int) -> int:
    """The name that comes after one in the queue; 0 where it is the last."""
    keys = list(listed(asked).values_list("pk", flat=True)[:MOST])
    after = keys[keys.index(key) + 1 :] if key in keys else keys
    return next((one for one in after if one != key), 0)


def _back(request: HttpRequest, asked: Asked, what: str, key: int) -> HttpResponse:
    """Back to where somebody decided: to the list, at a name, or to the page of the next name."""
    query = _query(asked)
    if request.POST.get("from") == "name" and key:
        return HttpResponseRedirect(f"{reverse('admin:import_name', args=[what, key])}?{query}")
    page = f"&page={page}" if (page := _whole(request.POST.get("page", ""))) else ""
    at = f"#name-{key}" if key else "#names"
    return HttpResponseRedirect(f"{reverse('admin:import_names')}?{query}{page}{at}")


def _refused(request: HttpRequest, form: Any, back: str) -> HttpResponse:
    for faults in form.errors.values():
        for fault in faults:
            messages.error(request, fault)
    return HttpResponseRedirect(back)


def _would(words: Words, reading: Any, form: TogetherForm) -> dict[str, Any]:
    """What a name would be decided as; nothing where it has no candidate, or nobody was looked up."""
    chosen = form.cleaned_data["answer"]
    if chosen == FIRST:
        said = words.first(reading)
    else:
        said = form.said(chosen)
        if chosen != Answer.NOBODY and not (said.actors or said.territory):
            said = None
    row = words.row(reading)
    named = [one["label"] for one in row["candidates"] if said and one["said"] == written(said)]
    return {
        **row,
        "said": written(said) if said else "",
        "told": ", ".join(named) or _told(form, said),
    }


def _told(form: TogetherForm, said: Said | None) -> str:
    if said is None or said.answer == Answer.NOBODY:
        return Answer.NOBODY.label if said else ""
    chosen = form.cleaned_data.get("actors") or [form.cleaned_data.get("territory")]
    field: Any = form.fields["actors" if form.what == "actors" else "territory"]
    told = ", ".join(field.label_from_instance(one) for one in chosen)
    return f"Lies in {told}" if said.answer == Answer.WITHIN else told


def _decide_all(request: HttpRequest, asked: Asked, queue: str) -> HttpResponse:
    """Decide as it was shown; each name comes with what was known of it then."""
    said: dict[int, Said] = {}
    seen: dict[int, int] = {}
    for line in request.POST.getlist("said")[:MOST]:
        key, number, text = (*line.split("|"), "", "")[:3]
        found = read(asked.what, text)
        if _whole(key) and found:
            said[_whole(key)], seen[_whole(key)] = found, _whole(number)
    _decided(request, asked.what, said, seen)
    return HttpResponseRedirect(queue)


def _decided(request: HttpRequest, what: str, said: dict[int, Said], seen: dict[int, int]) -> Outcome | None:
    """What came of a decision, which is told; None where nothing was decided."""
    try:
        outcome = retried(lambda: decide(MODELS[what], said, seen=seen, by=request.user))
    except DecisionRefused as refused:
        for problem in refused.problems:
            messages.error(request, problem)
        return None
    except OperationalError as error:
        if not passing(error):
            raise
        messages.error(
            request, "Nothing was decided: an import is at these names just now. Try again in a moment."
        )
        return None
    _tell(request, what, outcome)
    return outcome


def _tell(request: HttpRequest, what: str, outcome: Outcome) -> None:
    if len(outcome.decided) == 1:
        messages.success(request, f"{outcome.decided[0].name or 'The place'} is decided.{_along(outcome)}")
    elif outcome.decided:
        messages.success(request, f"{len(outcome.decided):,} names are decided.{_along(outcome)}")
    for one in outcome.overtaken[:10]:
        messages.warning(request, _overtaken(what, one))
    if len(outcome.overtaken) > 10:
        messages.warning(request, f"So it is with {len(outcome.overtaken) - 10:,} more.")


def _along(outcome: Outcome) -> str:
    count = len(outcome.along)
    return (
        f" So {'is' if count == 1 else 'are'} {count:,} more of the same words within 2 km." if count else ""
    )


def _overtaken(what: str, reading: Any) -> SafeString:
    told = Words(what, [reading]).history(reading)
    last = told[0] if told else None
    who = (last and last["decision"].decided_by) or "Somebody"
    named = ", ".join(one["label"] for one in last["named"]) if last else ""
    said = f"{last['answer'].label}{f' ({named})' if named else ''}" if last else "otherwise"
    return format_html(
        'Meanwhile {} decided about <bdi dir="auto">{}</bdi>: {}. Nothing was overwritten; look again.',
        who, reading.name or "–", said,
    )  # fmt: skip
