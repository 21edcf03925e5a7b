"""What people are told under /admin/ when there is no page for them: why, and what to do. Elsewhere the API answers."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views import defaults

from border.api import problems

Handler = Callable[..., HttpResponse]

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to a request that could not be read."""
    if not _ours(request):
        return problems.bad_request(request, exception)
    return _told(
        request,
        400,
        "This could not be read",
        "The browser sent what this page does not take. Go back and try again.",
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer to somebody who may not do this."""
    if not _ours(request):
        return defaults.permission_denied(request, exception)
    return _told(
        request,
        403,
        "You may not do this",
        "Your groups do not give you the right to it. Somebody in the group admin can change that.",
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The answer where there is nothing."""
    if not _ours(request):
        return problems.not_found(request, exception)
    return _told(
        request,
        404,
        "There is nothing here",
        "The address is misspelt, or what it led to was deleted or merged. Search for it by name.",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """The answer to a mistake of the site's own."""
    if not _ours(request):
        return problems.server_error(request)
    return _told(
        request,
        500,
        "Something went wrong here",
        "It has been logged, and nothing was saved by halves. Go back: what you typed is still in the form. If it happens again, tell whoever runs this site.",
    )


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form that does not carry the token of ours."""
    if not _ours(request):
        return problems.Problem(403, "This form did not come from this site.").response()
    return _told(
        request,
        403,
        "This form is out of date",
        "You signed in or out since it was opened, or it came from another site. Go back, load the page again and send it once more.",
    )


def _ours(request: HttpRequest) -> bool:
    return request.path_info.startswith(reverse("admin:index"))


def _told(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    return render(
        request,
        "admin/problem.html",
        {**_frame(request), "title": title, "words": words, "status": status},
        status=status,
    )


def _frame(request: HttpRequest) -> dict[str, Any]:
    """What the admin's frame needs; without its sidebar for strangers, and where the database itself is away."""
    try:
        return {
            **admin.site.each_context(request),
            "is_nav_sidebar_enabled": admin.site.has_permission(request),
        }
    except (AttributeError, DatabaseError):
        logger.exception("A page of error has no frame")
        return {}
