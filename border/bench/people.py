"""Readers and curators at a site, all at once: each asks for something, rests, and asks again."""

import http.client
import random
import threading
import time
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode


class Refused(Exception):
    """The site answered otherwise than it should."""


class Person(threading.Thread):
    """Somebody who asks the site again and again until it is ``over``, and rests ``rest`` seconds in between, on average."""

    def __init__(self, number: int, address: tuple[str, int], rest: float, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.dice = random.Random(number)  # noqa: S311 -- the same pauses every time
        self.connection = http.client.HTTPConnection(*address, timeout=60)
        self.rest, self.over = rest, over
        self.took: list[tuple[float, float]] = []
        self.faults: list[tuple[float, str]] = []

    def run(self) -> None:
        """Ask, and keep when it was and how many milliseconds it took, or what went wrong."""
        while not self.over.wait(self.dice.expovariate(1 / self.rest)):
            began = time.monotonic()
            try:
                self.took.append((began, self.ask()))
            except (OSError, http.client.HTTPException, Refused) as fault:
                self.faults.append((began, repr(fault)))
                self.connection.close()
        self.connection.close()

    def ask(self) -> float:
        """How many milliseconds it took."""
        raise NotImplementedError

    def answer(
        self, path: str, status: int, sent: Mapping[str, str] | None = None, **headers: str
    ) -> tuple[http.client.HTTPResponse, str, float]:
        """The answer to a question or a form, its text, and how long it took. Raises Refused if it is another than ``status``."""
        method, body = ("GET", None) if sent is None else ("POST", urlencode(sent))
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request(method, path, body, {"Accept": "*/*", **headers})
        answer = self.connection.getresponse()
        text = answer.read().decode()
        spent = (time.perf_counter() - began) * 1000
        if answer.status != status:
            raise Refused(f"{method} {path} answered {answer.status}")
        return answer, text, spent


class Reader(Person):
    """Somebody who reads pages of the API."""

    def __init__(self, paths: Sequence[str], *about: Any) -> None:
        super().__init__(*about)
        self.paths = paths

    def ask(self) -> float:
        """Fetch a page."""
        return self.answer(self.dice.choice(self.paths), 200)[2]


class Curator(Person):
    """Somebody who opens forms, writes a note into each and saves it."""

    def __init__(self, session: str, paths: Sequence[str], *about: Any) -> None:
        super().__init__(*about)
        self.session, self.paths = session, paths

    def ask(self) -> float:
        """Save a form; that it was opened before does not count."""
        path = self.dice.choice(self.paths)
        opened, page, _ = self.answer(path, 200, Cookie=self.session)
        form = Form(page)
        fields = form.fields | {"note": f"Looked at {len(self.took)} times.", "_save": "1"}
        token = (opened.getheader("Set-Cookie") or "").partition(";")[0]
        return self.answer(path, 302, fields, Cookie=f"{self.session}; {token}")[2]


class Form(HTMLParser):
    """What a browser would send from the one form of a page that has rows, as it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._within = False
        self._named, self._text = "", ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """The values of inputs and choices."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._within = given.get("id", "").endswith("_form")
        elif not self._within:
            return
        elif tag == "input" and given.get("name"):
            kind = given.get("type", "text")
            ticked = kind in {"checkbox", "radio"}
            if kind not in {"submit", "button", "file"} and (not ticked or "checked" in given):
                self.fields[given["name"]] = given.get("value", "on" if ticked else "")
        elif tag in {"select", "textarea"}:
            self._named, self._text = given.get("name", ""), ""
            if tag == "select":
                self.fields.setdefault(self._named, "")
        elif tag == "option" and "selected" in given:
            self.fields[self._named] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        """The text of a textarea."""
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        """A textarea is sent with its text, without the line break that stands before it."""
        if tag == "textarea" and self._within:
            self.fields[self._named] = self._text.removeprefix("\r").removeprefix("\n")
        elif tag == "form":
            self._within = False
