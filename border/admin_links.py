"""The pages on which events of several datasets are recognised as one: the queue of pairs, a threshold, and taking back."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from border.admin_imports import only_for
from border.admin_link_forms import AboveForm, QueueForm, ThresholdForm
from border.admin_numbers import answer, page_of, part_of
from border.admin_undo import decide
from border.history.selection import one_change
from border.history.undo import UndoRefused, apply
from border.jobs.asking import ask
from border.jobs.models import Job
from border.links.deciding import above, judge, link, note_undone, of_linking
from border.links.groups import Group, groups
from border.links.models import Candidate, Linking
from border.links.refusal import LinkRefused
from border.links.showing import of_candidates
from border.links.weights import CHOSEN
from events.choices import Verdict
from events.models import Event, Match

PER_PAGE = 20
LATELY = 5
LOOK = "links.look"
TAKEN_BACK = "Taken back at once."


def urls() -> list[URLPattern]:
    """The queue, judging a pair, a threshold, what it took, and contradictions."""
    door = admin.site.admin_view
    both = require_http_methods(["GET", "POST"])
    return [
        path("links/", door(require_GET(queue)), name="links"),
        path("links/judge/", door(require_POST(say)), name="links_judge"),
        path("links/look/", door(require_POST(look_anew)), name="links_look"),
        path("links/above/", door(both(take_above)), name="links_above"),
        path("links/contradictions/", door(require_GET(contradictions)), name="links_contradictions"),
        path("links/match/<int:key>/undo/", door(require_POST(take_back)), name="links_match_undo"),
        path("links/linking/<int:key>/", door(both(linking)), name="links_linking"),
    ]


def may_see(person: Any) -> bool:
    """Whether ``person`` may see what was judged of events."""
    return bool(person.has_perm("events.view_match"))


def may_judge(person: Any) -> bool:
    """Whether ``person`` may judge pairs one by one."""
    return bool(person.has_perm("events.add_match") and person.has_perm("events.change_match"))


def may_link(person: Any) -> bool:
    """Whether ``person`` may take all pairs above a threshold for the same: who decides about datasets as a whole."""
    return may_judge(person) and bool(person.has_perm("imports.add_import"))


# What is looked at.


@only_for(may_see)
def queue(request: HttpRequest) -> HttpResponse:
    """The pairs that nobody has judged, the likeliest first."""
    form = QueueForm(request.GET, datasets=_datasets())
    found = form.narrowed(Candidate.objects.open()) if form.is_valid() else Candidate.objects.none()
    page = page_of(request, found.count(), PER_PAGE)
    page.rows.extend(of_candidates(part_of(found.order_by("-score", "pk"), page, PER_PAGE)))
    context = {
        "title": "Links between datasets",
        "meaning": "Pairs of events of different datasets that may be one, the likeliest first. Both go on standing; what is the same is counted once.",
        "page": page,
        "form": form,
        "verdicts": Verdict,
        "asked": request.GET.urlencode(),
        "may_judge": may_judge(request.user),
        "may_link": may_link(request.user),
        "lately": _lately(request.user),
        "looking": Job.objects.filter(kind=LOOK).unfinished().exists(),
        "looked": Job.objects.filter(kind=LOOK, state="done").order_by("-pk").first(),
    }
    return answer(request, "admin/links.html", context)


@only_for(may_see)
def contradictions(request: HttpRequest) -> HttpResponse:
    """The groups of events that are the same by some judgements and different by others."""
    found = contradicted()
    events = Event.objects.in_bulk({pk for group in found for pk in group.members})
    page = page_of(request, len(found), PER_PAGE)
    page.rows.extend(
        {
            "events": [events[pk] for pk in group.members],
            "pairs": [(events[one], events[other]) for one, other in group.contradicted],
        }
        for group in part_of(found, page, PER_PAGE)
    )
    context = {
        "title": "Contradictions between links",
        "meaning": "Events that are the same as the same, and two of which somebody judged to be different. Nothing decides between "
        "them: until a judgement changes, each of the events is counted.",
        "page": page,
    }
    return answer(request, "admin/links_contradictions.html", context)


def contradicted() -> list[Group[int]]:
    """The groups in which judgements contradict each other."""
    judged: dict[str, list[tuple[int, int]]] = {Verdict.SAME: [], Verdict.DIFFERENT: []}
    for first, second, verdict in Match.objects.exclude(verdict=Verdict.UNSURE).values_list(
        "first_id", "second_id", "verdict"
    ):
        judged[verdict].append((first, second))
    if not judged[Verdict.DIFFERENT]:
        return []
    return [group for group in groups(judged[Verdict.SAME], judged[Verdict.DIFFERENT]) if group.contradicted]


# What is done.


@only_for(may_judge)
def say(request: HttpRequest) -> HttpResponse:
    """Judge a pair, and go back to the queue."""
    events = Event.objects.in_bulk(
        [key for key in map(request.POST.get, ("first", "second")) if key and key.isdecimal()]
    )
    if len(events) != 2:
        messages.error(request, "One of the two is gone.")
        return _back(request)
    one, other = events.values()
    try:
        match = judge(
            one,
            other,
            request.POST.get("verdict", ""),
            by=request.user,
            reason=request.POST.get("reason", ""),
        )
    except LinkRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, f"{match.first.slug} and {match.second.slug}: {match.get_verdict_display().lower()}."
        )
    return _back(request)


@only_for(may_judge)
def take_back(request: HttpRequest, key: int) -> HttpResponse:
    """Take back what this person said last of a pair, unless somebody said something since."""
    match = get_object_or_404(Match, pk=key)
    last = _last(match)
    if last is None or last.pgh_context is None or last.pgh_context.metadata.get("user") != request.user.pk:
        raise PermissionDenied
    try:
        apply(one_change(Match, last.pgh_id), by=request.user, reason=TAKEN_BACK)
    except UndoRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Your judgement is taken back.")
    return _back(request)


@only_for(may_judge)
def look_anew(request: HttpRequest) -> HttpResponse:
    """Have the candidates worked out anew, unless that is under way."""
    if Job.objects.filter(kind=LOOK).unfinished().exists():
        messages.warning(request, "They are being looked for already.")
    else:
        ask(LOOK, about="Look for events that are the same", by=request.user)
        messages.success(request, "A worker looks for pairs; Jobs says how far it is.")
    return _back(request)


@only_for(may_link)
def take_above(request: HttpRequest) -> HttpResponse:
    """What a threshold would take for the same, and, sent with a reason, taking it."""
    sent = request.POST if request.method == "POST" else request.GET
    stated = ThresholdForm({"threshold": CHOSEN, **sent.dict()}, datasets=_datasets())
    given = stated.cleaned_data if stated.is_valid() else None
    form = AboveForm(request.POST or None, initial=given or sent.dict(), datasets=_datasets())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = link(
                given["threshold"], by=request.user, reason=given["reason"], datasets=given["datasets"]
            )
        except LinkRefused as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, f"{made.pairs:,} pairs are taken for the same.")
            return HttpResponseRedirect(reverse("admin:links_above"))
    context = {
        "title": "Link above a threshold",
        "preview": stated,
        "form": form,
        "given": given,
        "taken": above(given["threshold"], given["datasets"]) if given else None,
        "linkings": Linking.objects.select_related("decided_by", "undone_by").order_by("-pk")[:20],
    }
    return answer(request, "admin/links_above.html", context)


@only_for(may_see)
def linking(request: HttpRequest, key: int) -> HttpResponse:
    """One decision above a threshold, and the page on which it is taken back."""
    made = get_object_or_404(Linking.objects.select_related("decided_by"), pk=key)
    if not may_judge(request.user):
        raise PermissionDenied
    return decide(
        request,
        of_linking(made),
        title=f"Take back {made}",
        meaning=f"{made.decided_by} took {made.pairs:,} pairs for the same on {made.decided_at:%d %B %Y}, from {made.threshold:g} on: "
        f"{made.reason} What somebody judged since stays.",
        back=reverse("admin:links_above") if may_link(request.user) else reverse("admin:links"),
        done=partial(note_undone, made, request.user),
    )


# Of what these are made.


def _back(request: HttpRequest) -> HttpResponseRedirect:
    asked = request.POST.get("asked", "")
    return HttpResponseRedirect(reverse("admin:links") + (f"?{asked}" if asked else ""))


def _datasets() -> list[str]:
    return list(Candidate.objects.order_by("datasets").values_list("datasets", flat=True).distinct())


def _last(match: Match) -> Any:
    history: Any = Match.pgh_event_model  # type: ignore[attr-defined]
    return (
        history.objects.filter(pgh_obj_id=match.pk).select_related("pgh_context").order_by("-pgh_id").first()
    )


def _lately(person: Any) -> list[Match]:
    return list(
        Match.objects.filter(decided_by=person)
        .select_related("first", "second")
        .order_by(F("judged_at").desc(nulls_last=True), "-pk")[:LATELY]
    )
