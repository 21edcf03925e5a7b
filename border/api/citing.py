"""How an answer is cited: the question, the state of the record that it was asked of, and an address that keeps its answer."""

import datetime as dt
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.urls import Resolver404, resolve

from border.api import filters, reading
from border.api.asking import Asked, asked
from border.api.parameters import Parameter
from border.api.problems import Fault, Problem, bad_question, quote
from border.api.questions import FORMAT
from border.api.views import BASE, Reading, answer, as_json, lasting
from border.publication.chain import instant
from border.publication.citation import Citation, day

_TEXT = {"type": "string"}


class Address(Parameter):
    """An address of this API whose answer can be cited."""

    def read(self, text: str) -> tuple[str, Asked, dt.datetime | None]:
        """Its path, its question, and the moment that it names. Raises Refused, also for what would be refused there."""
        parts = urlsplit(text)
        try:
            view: Any = getattr(resolve(parts.path).func, "cls", None)
        except Resolver404:
            view = None
        if not getattr(view, "citable", False):
            raise self.refuse(f"{quote(text)} is no list, record or sum of this API: these are cited.")
        try:
            question = asked(parts.query, view.parameters, view.where)
            values = filters.read(view.parameters, question)
        except Problem as problem:
            raise self.refuse(f"It is no question that can be asked: {problem.detail}") from None
        return parts.path, question, values.get("known_at")


class CiteView(Reading):
    """How to cite an answer."""

    operation = "cite"
    summary = "How to cite an answer: an address that keeps it, a sentence, BibTeX and CSL-JSON."
    tag = "about"
    where = "cite"
    required = ("of",)
    parameters: ClassVar[dict[str, Parameter]] = {
        "of": Address("of", "The address of the answer, from /api/v1/ on, percent-encoded as one value."),
        FORMAT.name: FORMAT,
    }
    shown: ClassVar[Any] = {
        "type": "object",
        "required": ["question", "url", "version", "digest", "at", "sentence", "bibtex", "csl"],
        "properties": {
            "question": {**_TEXT, "description": "What was asked."},
            "url": {**_TEXT, "format": "uri", "description": "Where the same answer is given at any time."},
            "version": {"type": "integer", "description": "The data version: the newest block by then."},
            "digest": {**_TEXT, "description": "SHA-256 of that block, which seals all before it."},
            "at": {**_TEXT, "format": "date-time", "description": "When that block was published."},
            "sentence": {**_TEXT, "description": "For a footnote."},
            "bibtex": {**_TEXT, "description": "For a file of BibTeX."},
            "csl": {"type": "object", "description": "The same as CSL-JSON."},
        },
    }

    def ask(self, question: Asked, version: reading.Version, **kwargs: Any) -> HttpResponse:
        """The citation. Raises Problem where nothing was public."""
        if "of" not in question:
            raise bad_question([Fault("of", f"Say what to cite, as in ?of={BASE}events/.", ["of"])])
        path, asked_for, known_at = filters.read(self.parameters, question)["of"]
        filters.state({"known_at": known_at}, version)
        of = reading.version(known_at) if known_at else version
        if not of.at:
            raise bad_question([Fault("of", "Nothing was public at that moment.")])
        site = self.request.build_absolute_uri("/")[:-1]
        return answer(as_json(cited(f"{site}{lasting(path, asked_for, of)}", path, asked_for, of, of.at)))


def cited(url: str, path: str, question: Asked, version: reading.Version, at: dt.datetime) -> dict[str, Any]:
    """The citation of the answer to a question, given at ``url`` from one state of the record."""
    asked_for = " ".join(
        [path.removeprefix(BASE).strip("/"), *(f"{name}={text}" for name, text in question.items())]
    )
    digest = version.digest.hex()
    citation = Citation(
        key=f"border-v{version.number}-{digest[:8]}",
        version=str(version.number),
        at=at,
        note=f"Data version {version.number} of {day(at)}; asked: {asked_for}",
        url=url,
    )
    return {
        "question": asked_for,
        "url": url,
        "version": version.number,
        "digest": digest,
        "at": instant(at),
        "sentence": citation.sentence,
        "bibtex": citation.bibtex,
        "csl": citation.csl,
    }
