"""A number and the list that has as many rows, page by page."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

PER_PAGE = 50


@dataclass(frozen=True)
class Number:
    """A number, and the list that has as many rows."""

    count: int
    address: str


@dataclass(frozen=True)
class Page:
    """Some rows of a longer list, and the addresses of the pages before and after."""

    rows: list[Any]
    count: int
    number: int
    last: int
    before: str
    after: str


def page_of(request: HttpRequest, count: int, size: int = PER_PAGE) -> Page:
    """An empty page of a list of ``count`` rows, ``size`` of them a page: the one asked for, or the last there is."""
    last = max(1, -(-count // size))
    number = min(_asked(request), last)

    def address(other: int) -> str:
        asked = request.GET.copy()
        asked["page"] = str(other)
        return f"?{asked.urlencode()}" if 1 <= other <= last else ""

    return Page([], count, number, last, address(number - 1), address(number + 1))


def part_of(rows: Any, page: Page, size: int = PER_PAGE) -> Any:
    """Those of all ``rows`` that stand on ``page``."""
    return rows[(page.number - 1) * size : page.number * size]


def answer(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page ``template`` in the admin's frame."""
    return TemplateResponse(request, template, {**admin.site.each_context(request), **context})


def address_of(shown: Any, page: str, *keys: Any) -> str:
    """The address of a page of the noun whose admin is ``shown``."""
    return reverse(f"admin:{shown.opts.app_label}_{shown.opts.model_name}_{page}", args=keys)


def _asked(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return max(1, int(asked)) if asked.isdecimal() and len(asked) < 8 else 1
