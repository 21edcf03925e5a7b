"""The first page, for people: what this site is, what is published, a search by name, and the ways to all of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from border.api import reading, search
from border.api.counting import limited
from border.api.parameters import Refused
from border.api.release_pages import page
from border.api.releases import all_releases
from border.api.views import BASE
from border.publication.endpoints import ENDPOINTS


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The page; with ``q`` the records of that name. It counts as a question to the API."""
    return limited(request, lambda: _page(request))


def _page(request: HttpRequest) -> HttpResponse:
    state = reading.State(reading.version())
    query = request.GET.get("q", "").replace("\0", " ").strip()
    return page(
        request,
        "api/home.html",
        {
            "api": BASE,
            "version": state.version,
            "lists": _lists(state),
            "release": all_releases().filter(withdrawn_at=None).first(),
            "query": query,
            **_found(query, state),
        },
    )


def _lists(state: reading.State) -> list[dict[str, Any]]:
    """Each list of the API: what its records are, and how many are public."""

    def counted() -> dict[str, int]:
        counts = [
            f"SELECT '{name}', count(*) FROM {endpoint.table} WHERE upper_inf(known)"
            for name, endpoint in ENDPOINTS.items()
        ]
        return dict(reading.rows(" UNION ALL ".join(counts)))

    counts = state.remembered("counts", counted)
    return [
        {"name": name, "definition": endpoint.document.__doc__, "count": counts[name]}
        for name, endpoint in ENDPOINTS.items()
    ]


def _found(query: str, state: reading.State) -> dict[str, Any]:
    """The records of that name, or why it cannot be searched for."""
    if not query:
        return {}
    try:
        name = search.PARAMETERS["q"].read(query)
    except Refused as refused:
        return {"refused": refused.fault.message}
    return {"hits": search.best(name, search.SEARCHED, state)}
