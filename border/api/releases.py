"""Releases: what there is, what each holds, and its files, whole or in part."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from border.api import filters, reading
from border.api.asking import Asked, asked
from border.api.etags import has
from border.api.parameters import Parameter
from border.api.problems import Problem, quote
from border.api.questions import FORMAT
from border.api.shapes import ReleaseDetail, ReleasesPage
from border.api.views import BASE, HEADERS, Reading, answer, as_json
from border.publication.chain import instant
from border.releases import citing
from border.releases.models import Release
from border.releases.operations import folder_of, state_of

PATH = f"{BASE}releases/"
_PORTION = 1 << 16
_OF_PARTS = {
    "Access-Control-Allow-Headers": ", If-Range, Range",
    "Access-Control-Expose-Headers": ", Accept-Ranges, Content-Length, Content-Range",
}
_STATE = """
SELECT count(*), sha256(convert_to(coalesce(string_agg(concat_ws('|', name, encode(digest, 'hex'), files, withdrawn_at, reason), E'\\n'
    ORDER BY id), ''), 'UTF8')) FROM published_release
"""


def all_releases() -> Any:
    """Every release, the one made last first, in the role of readers."""
    return Release.objects.using(reading.ALIAS).select_related("before").latest_first()


def page_address(request: HttpRequest, name: str) -> str:
    """The address of the page of a release, for whoever cites it."""
    return request.build_absolute_uri(f"/releases/{name}/")


def known(name: str) -> Release:
    """The release of this name. Raises Problem where there is none."""
    found = all_releases().filter(name=name).first()
    if found is None:
        raise Problem(404, f"There is no release {quote(name)}; {PATH} lists those that there are.")
    return found


class OfReleases(Reading):
    """An answer that rests on the releases there are, not on what is published now."""

    tag = "releases"
    parameters: ClassVar[dict[str, Parameter]] = {FORMAT.name: FORMAT}

    def version(self) -> reading.Version:
        """Which releases there are, and which of them are withdrawn."""
        [(count, digest)] = reading.rows(_STATE)
        return reading.Version(count, bytes(digest))


class ReleasesView(OfReleases):
    """The releases, the one made last first."""

    operation = "releases"
    summary = "The releases: states of the published record under a name, made to be cited."
    where = "the releases"
    shown: ClassVar[Any] = ReleasesPage

    def ask(self, question: Asked, version: reading.Version, **kwargs: Any) -> HttpResponse:
        """All of them: they are few."""
        filters.read(self.parameters, question)
        found = [told(release) for release in all_releases()]
        return answer(as_json({"next": None, "previous": None, "results": found}))


class ReleaseView(OfReleases):
    """One release: what it holds, its files, and how it is cited."""

    operation = "release"
    summary = "One release: its files with their digests, its counts, and how to cite it."
    where = "a release"
    shown: ClassVar[Any] = ReleaseDetail
    problems = (404,)

    def ask(
        self, question: Asked, version: reading.Version, release: str = "", **kwargs: Any
    ) -> HttpResponse:
        """All that is told of it. Raises Problem where there is no such release."""
        filters.read(self.parameters, question)
        found = known(release)
        cited = (found.name, state_of(found), page_address(self.request, found.name))
        more = {
            "changes": found.changes,
            "counts": found.counts,
            "files": [
                {"url": f"{PATH}{found.name}/files/{file['name']}", **_in_order(file)} for file in found.files
            ],
            "made_with": found.made_with,
            "cite": {
                "sentence": citing.sentence(*cited),
                "bibtex": citing.bibtex(*cited),
                "csl": citing.csl(*cited),
            },
        }
        return answer(as_json(told(found) | more))


def _in_order(file: dict[str, Any]) -> dict[str, Any]:
    return {name: file[name] for name in ("name", "bytes", "sha256", "rows", "media_type", "meaning")}


def told(release: Release) -> dict[str, Any]:
    """What is told of a release wherever it is named."""
    withdrawn = (
        {"at": instant(release.withdrawn_at), "reason": release.reason} if release.withdrawn_at else None
    )
    return {
        "name": release.name,
        "url": f"{PATH}{release.name}/",
        "page": f"/releases/{release.name}/",
        "block": release.block,
        "digest": bytes(release.digest).hex(),
        "at": instant(release.at),
        "made_at": instant(release.made_at),
        "before": release.before.name if release.before else None,
        "note": release.note,
        "withdrawn": withdrawn,
    }


class FileView(Reading):
    """A file of a release, whole or a part of it. It never changes: its digest is its name."""

    operation = "release_file"
    summary = "A file of a release, as it was registered."
    explained = (
        "The ETag is the SHA-256 of the file. A part is asked for with Range: DuckDB and others read no more of a Parquet file "
        "than they need."
    )
    tag = "releases"
    where = "a file of a release"
    shown: ClassVar[Any] = {"type": "string", "format": "binary"}
    problems = (404, 410, 416)
    media_types = (
        "application/geo+json", "application/json", "application/vnd.apache.parquet", "application/x-bibtex",
        "application/x-ndjson", "application/zip", "text/csv", "text/markdown", "text/plain",
    )  # fmt: skip

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """As of any question; pages of other sites may ask for parts, and are told which part it is."""
        found = super().dispatch(request, *args, **kwargs)
        for name, more in _OF_PARTS.items():
            if name in found.headers:
                found.headers[name] += more
        return found

    def get(self, request: HttpRequest, release: str = "", file: str = "", **kwargs: Any) -> HttpResponseBase:
        """The file, or the part of it. Raises Problem, 410 where the release was withdrawn."""
        asked(request.META.get("QUERY_STRING", ""), self.parameters, self.where)
        of = known(release)
        registered = of.file(file)
        if registered is None:
            raise Problem(
                404, f"{of.name} has no file {quote(file)}; {PATH}{of.name}/ lists those that it has."
            )
        if of.withdrawn_at:
            since = {"at": instant(of.withdrawn_at), "reason": of.reason}
            detail = f"Release {of.name} was withdrawn on {of.withdrawn_at:%Y-%m-%d}: {of.reason}"
            raise Problem(410, detail, further={"withdrawn": since})
        tag = f'"{registered["sha256"]}"'
        headers = {**HEADERS, "ETag": tag, "Accept-Ranges": "bytes"}
        if has(request.META.get("HTTP_IF_NONE_MATCH", ""), tag):
            return HttpResponse(status=304, headers=headers)
        path = folder_of(of) / registered["name"]
        size = registered["bytes"]
        if not path.is_file() or path.stat().st_size != size:
            raise Problem(
                503,
                f"{registered['name']} of release {of.name} is not at hand: whoever runs this site can make it again.",
                headers={"Retry-After": "3600"},
            )
        headers["Content-Disposition"] = f'attachment; filename="{registered["name"]}"'
        headers["Content-Type"] = _media_type(registered)
        whole = request.META.get("HTTP_IF_RANGE", tag) != tag
        part = None if whole else part_of(request.META.get("HTTP_RANGE", ""), size)
        return _sent(request.method == "HEAD", path, size, part, headers)


def _media_type(registered: dict[str, Any]) -> str:
    kind = str(registered["media_type"])
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def part_of(asked_for: str, size: int) -> tuple[int, int] | None:
    """The first and the last byte of the part that a header Range asks for; None for the whole. Raises Problem 416.

    Several parts at once, and what is no range, are answered by the whole, as RFC 9110 has it.

    >>> part_of("bytes=0-3", 10), part_of("bytes=-4", 10), part_of("bytes=8-", 10), part_of("bytes=0-1,4-5", 10)
    ((0, 3), (6, 9), (8, 9), None)
    """
    found = re.fullmatch(r"bytes=([0-9]{0,18})-([0-9]{0,18})", asked_for.strip(), flags=re.IGNORECASE)
    if (
        found is None
        or found[1] == found[2] == ""
        or (found[1] and found[2] and int(found[1]) > int(found[2]))
    ):
        return None
    if found[1]:
        first, last = int(found[1]), min(int(found[2] or size), size - 1)
    else:
        first, last = max(size - int(found[2]), 0), size - 1
    if first > last:
        raise Problem(416, f"The file has {size} bytes.", headers={"Content-Range": f"bytes */{size}"})
    return first, last


def _sent(
    headers_only: bool, path: Path, size: int, part: tuple[int, int] | None, headers: dict[str, str]
) -> HttpResponseBase:
    first, last = part or (0, size - 1)
    told = {**headers, "Content-Length": str(last - first + 1)}
    if part:
        told["Content-Range"] = f"bytes {first}-{last}/{size}"
    status = 206 if part else 200
    if headers_only:
        return StreamingHttpResponse((), status=status, headers=told)
    if part:
        return StreamingHttpResponse(Part(path, first, last), status=status, headers=told)
    found = FileResponse(path.open("rb"), as_attachment=True, filename=path.name)
    for name, value in told.items():  # what it would say of itself, it guesses
        found.headers[name] = value
    return found


class Part:
    """A part of a file, portion by portion."""

    def __init__(self, path: Path, first: int, last: int) -> None:
        self.file = path.open("rb")
        self.file.seek(first)
        self.left = last - first + 1

    def __iter__(self) -> Iterator[bytes]:
        """The portions."""
        while self.left and (portion := self.file.read(min(_PORTION, self.left))):
            self.left -= len(portion)
            yield portion

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()
