"""The source at hand: the one that somebody is reading just now, kept for the time they are signed in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from sources.models import Source

KEPT_AS = "source_at_hand"


def at_hand(request: HttpRequest) -> Source | None:
    """The source at hand, for those who may see sources; one that was deleted since is at hand no longer."""
    key = request.session.get(KEPT_AS)
    if key is None or not request.user.has_perm("sources.view_source"):
        return None
    return Source.objects.filter(pk=key).first()


@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Takes the posted ``source`` in hand, or puts the one at hand away where none is posted; then back to ``next``."""
    if not request.user.has_perm("sources.view_source"):
        return HttpResponse("Whoever may not see sources has none at hand.", status=403)
    posted = request.POST.get("source", "")
    if posted:
        source = Source.objects.filter(pk=posted).first() if posted.isdigit() else None
        if source is None:
            raise Http404
        request.session[KEPT_AS] = source.pk
        said = f"“{source}” is at hand: in any form Alt+Q cites it."
    else:
        request.session.pop(KEPT_AS, None)
        said = "No source is at hand now."
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"said": said})
    messages.success(request, said)
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if here and address.startswith("/admin/") else reverse("admin:sources_source_changelist")


def shown(request: HttpRequest, label: Any) -> dict[str, Any] | None:
    """The source at hand as a form shows it: its key, its title, and the line that tells it from its namesakes."""
    source = at_hand(request)
    return {"pk": source.pk, "title": source.title, "label": label(source)} if source else None
