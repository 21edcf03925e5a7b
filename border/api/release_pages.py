"""The pages of releases, for people: what there is, and of each what it holds, how to cite it and what changed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from border.api.releases import PATH, all_releases, page_address
from border.publication.chain import instant
from border.releases import citing
from border.releases.models import Release
from border.releases.operations import state_of

# Those that most people look for come first.
_FIRST = ("README.md", "datapackage.json", "codebook.csv")


@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """Every release, the one made last first."""
    found = all_releases()
    return page(request, "api/releases.html", {"releases": found})


@require_safe
def release(request: HttpRequest, release: str) -> HttpResponse:
    """One release."""
    found = all_releases().filter(name=release).first()
    if found is None:
        raise Http404
    cited = citing.citation(found.name, state_of(found), page_address(request, found.name))
    context = {
        "release": found,
        "digest": bytes(found.digest).hex(),
        "archive": found.file(f"border-{found.name}.zip"),
        "files": f"{PATH}{found.name}/files/",
        "groups": _groups(found),
        "rows": sum(found.counts.values()),
        "sentence": cited.sentence,
        "bibtex": cited.bibtex,
        "licence": citing.LICENCE,
        "licence_told": citing.LICENCE_TOLD,
        "api": f"{PATH}{found.name}/",
        "moment": instant(found.at),
    }
    return page(request, "api/release.html", context)


def _groups(found: Release) -> list[dict[str, Any]]:
    """The files by what they are about: first what explains them, then each table in all its forms."""
    tables: dict[str, dict[str, Any]] = {}
    others = []
    for file in found.files:
        of = file["name"].rpartition(".")[0]
        if of in found.counts:
            table = tables.setdefault(of, {"name": of, "rows": found.counts[of], "files": []})
            table["files"].append(file)
            if file["name"].endswith(".csv"):
                table["meaning"] = file["meaning"]
        else:
            others.append(file)
    others.sort(key=lambda file: (file["name"] not in _FIRST, file["name"]))
    return [{"name": "", "files": others}, *(tables[name] for name in sorted(tables))]


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page for everybody, which may be kept for a minute."""
    found = render(request, template, context)
    found.headers["Cache-Control"] = "public, max-age=60"
    return found
